import { type Html, html } from "../html.ts";
import type { ZohoInvoice } from "../invoice.ts";
import { icon } from "./icons.ts";
import { type ListView, narrowList } from "./invoice-list.ts";
import { paper } from "./paper.ts";

export const SIDEBAR_WIDTHS = [280, 320, 420] as const;

export const SDK_MODES = [
  { mode: "normal", word: "Normal", title: "Answers at once, as on a good day" },
  { mode: "slow", word: "Slow", title: "Every answer takes 3 seconds" },
  { mode: "hangs", word: "Hangs", title: "Nothing ever settles, not even init()" },
  { mode: "rejects", word: "Rejects", title: "Everything after init() is rejected with a plain string" },
] as const;

/** Zoho does not publish its iframe's sandbox flags; these are what popups, OAuth and downloads need. */
const FRAME_SANDBOX =
  "allow-scripts allow-same-origin allow-popups allow-popups-to-escape-sandbox allow-forms allow-downloads";

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
        <a class="button" href="/control?edit=${encodeURIComponent(invoice.invoice_id)}#documents">Edit</a>
        <a class="icon-button" href="/" title="Close" aria-label="Close">${icon("close")}</a>
      </div>
      <div id="record" class="document-scroll">
        ${paper(invoice, { organisationName: context.organisationName, todayOn: view.todayOn })}
      </div>
    </section>
    ${sidebar(invoice.invoice_id, context.widgetOrigin)}
  </div>
  <dialog id="widget-modal" aria-label="Fiscalise"></dialog>`;
}

function sidebar(id: string, widgetOrigin: string): Html {
  return html`<aside class="widget-side" aria-label="Extension">
    <div class="widget-bar">
      <h2>Fiscalise</h2>
      <fieldset class="segments segments-small"><legend>Width</legend>
        ${SIDEBAR_WIDTHS.map(
          (width) =>
            html`<label><input type="radio" name="sidebar-width" value="${width}" ${width === 320 && html`checked`}><span>${width}</span></label>`,
        )}
      </fieldset>
    </div>
    <div id="widget" class="widget-place" data-sandbox="${FRAME_SANDBOX}"
      data-origin="${widgetOrigin}" data-page="/app/widget.html" data-id="${id}"></div>
  </aside>`;
}

export function sdkToggle(): Html {
  return html`<fieldset class="segments segments-strip"><legend>Zoho SDK</legend>
    ${SDK_MODES.map(
      ({ mode, word, title }) =>
        html`<label title="${title}"><input type="radio" name="sdk-mode" value="${mode}" ${mode === "normal" && html`checked`}><span>${word}</span></label>`,
    )}
  </fieldset>`;
}
