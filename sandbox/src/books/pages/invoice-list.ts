import { day, daysBetween, money } from "../format.ts";
import { type Html, html } from "../html.ts";
import type { ZohoInvoice } from "../invoice.ts";
import { current } from "./layout.ts";
import { statusOf, statusTag } from "./status.ts";

export type ListView = { root: string; invoices: readonly ZohoInvoice[]; todayOn: string };

/** What the extension wrote back onto the document, wherever its custom field sits. */
export function writtenReceipt(invoice: ZohoInvoice): string {
  const field = invoice.custom_fields.find(
    ({ api_name, label }) => /receipt/i.test(api_name) || /receipt/i.test(label),
  );
  return field?.value ?? "";
}

export function invoiceList(view: ListView): Html {
  return html`<div class="list-page">
    <div class="page-head">
      <h1>All Invoices</h1>
      <a class="button button-main" href="${view.root}/control#documents">+ New</a>
    </div>
    ${paymentSummary(view)}
    ${view.invoices.length === 0 ? emptyList(view) : table(view)}
  </div>`;
}

function table(view: ListView): Html {
  const hasReceipts = view.invoices.some((invoice) => writtenReceipt(invoice) !== "");
  return html`<div class="table-frame"><table class="documents">
    <thead><tr>
      <th scope="col">Date</th><th scope="col">Invoice#</th><th scope="col" class="wide-only">Order Number</th>
      <th scope="col">Customer Name</th><th scope="col">Status</th><th scope="col" class="wide-only">Due Date</th>
      ${hasReceipts && html`<th scope="col">Fiscal Receipt</th>`}<th scope="col" class="figure">Amount</th>
      <th scope="col" class="figure">Balance Due</th>
    </tr></thead>
    <tbody>${view.invoices.map((invoice) => row(view, invoice, hasReceipts))}</tbody>
  </table></div>`;
}

function row(view: ListView, invoice: ZohoInvoice, hasReceipts: boolean): Html {
  const href = invoiceHref(view, invoice);
  return html`<tr data-href="${href}">
    <td class="nowrap document-date">${day(invoice.date)}</td>
    <td class="nowrap document-number"><a href="${href}">${invoice.invoice_number}</a></td>
    <td class="wide-only muted">${invoice.reference_number}</td>
    <td class="document-buyer">${invoice.customer_name}</td>
    <td class="document-status">${statusTag(statusOf(invoice, view.todayOn))}</td>
    <td class="nowrap wide-only">${day(invoice.due_date)}</td>
    ${hasReceipts && html`<td class="nowrap receipt-cell">${writtenReceipt(invoice)}</td>`}
    <td class="figure document-total">${money(invoice.currency_code, invoice.total)}</td>
    <td class="figure document-due">${money(invoice.currency_code, invoice.balance ?? 0)}</td>
  </tr>`;
}

function emptyList({ root }: ListView): Html {
  return html`<div class="empty"><h2>No invoices yet</h2>
    <p>Add one in the control room: paste the JSON of a Zoho document, or change a copy of another.</p>
    <a class="button" href="${root}/control#documents">Add a document</a></div>`;
}

function paymentSummary({ invoices, todayOn }: ListView): Html {
  const owed = invoices
    .filter((invoice) => !["draft", "void"].includes(invoice.status))
    .map((invoice) => ({
      balance: (invoice.balance ?? 0) * (invoice.currency_code === "RWF" ? 1 : invoice.exchange_rate || 1),
      days: invoice.due_date ? daysBetween(todayOn, invoice.due_date) : Number.NaN,
    }));
  const sum = (keep: (days: number) => boolean) =>
    money(
      "RWF",
      owed.filter(({ days }) => keep(days)).reduce((total, { balance }) => total + balance, 0),
    );
  const cells = [
    ["Total Outstanding Receivables", sum(() => true)],
    ["Due Today", sum((days) => days === 0)],
    ["Due Within 30 Days", sum((days) => days > 0 && days <= 30)],
    ["Overdue Invoices", sum((days) => days < 0)],
  ];
  return html`<dl class="summary">
    ${cells.map(([word, value]) => html`<div><dt>${word}</dt><dd>${value}</dd></div>`)}
  </dl>`;
}

export function narrowList(view: ListView, openId: string): Html {
  return html`<nav class="narrow-list" aria-label="All Invoices">
    <h2>All Invoices</h2>
    <ul>${view.invoices.map(
      (invoice) => html`<li><a href="${invoiceHref(view, invoice)}" ${current(invoice.invoice_id === openId)}>
        <span class="narrow-who">${invoice.customer_name}</span>
        <span class="narrow-what">${invoice.invoice_number} • ${day(invoice.date)}</span>
        ${statusTag(statusOf(invoice, view.todayOn))}
        <span class="figure">${money(invoice.currency_code, invoice.total)}</span>
      </a></li>`,
    )}</ul>
  </nav>`;
}

function invoiceHref({ root }: ListView, invoice: ZohoInvoice): string {
  return `${root}/invoices/${encodeURIComponent(invoice.invoice_id)}`;
}
