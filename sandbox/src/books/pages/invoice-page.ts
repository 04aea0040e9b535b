import { type Html, html } from "../html.ts";
import type { ZohoInvoice } from "../invoice.ts";
import { icon } from "./icons.ts";
import { type ListView, narrowList } from "./invoice-list.ts";
import { paper } from "./paper.ts";
import { widgetPlace, widthChoice } from "./widget-place.ts";

const SIDEBAR_WIDTHS = ["280", "320", "420"];

export function invoicePage(
  view: ListView,
  invoice: ZohoInvoice,
  context: { organisationName: string; widgetOrigin: string },
): Html {
  return html`<div class="document-page">
    ${narrowList(view, invoice.invoice_id)}
    <section class="document-column" aria-label="Invoice">
      <div class="document-bar">
        <h1>${invoice.invoice_number}</h1>
        <a class="button" href="${view.root}/control?edit=${encodeURIComponent(invoice.invoice_id)}#documents">Edit</a>
        <a class="icon-button" href="${view.root}/invoices" title="Close" aria-label="Close">${icon("close")}</a>
      </div>
      <div id="record" class="document-scroll">
        ${paper(invoice, { organisationName: context.organisationName, todayOn: view.todayOn })}
      </div>
    </section>
    ${sidebar(invoice.invoice_id, context.widgetOrigin)}
  </div>`;
}

function sidebar(id: string, widgetOrigin: string): Html {
  const widths = SIDEBAR_WIDTHS.map((value) => ({ value, word: value }));
  return html`<aside class="widget-side" aria-label="Extension">
    <div class="widget-bar">
      <h2>Fiscalise</h2>
      ${widthChoice("sidebar-width", widths, "320")}
    </div>
    ${widgetPlace({ origin: widgetOrigin, page: "/app/widget.html", record: id })}
  </aside>`;
}
