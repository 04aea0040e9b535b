import { type BooksDocument, KINDS, type Kind } from "../books-document.ts";
import { day, daysBetween, money } from "../format.ts";
import { type Html, html } from "../html.ts";
import { current } from "./layout.ts";
import { statusOf, statusTag } from "./status.ts";

export type ListView = { root: string; kind: Kind; documents: readonly BooksDocument[]; todayOn: string };

/** What the extension wrote back onto the document, wherever its custom field sits. */
export function writtenReceipt(document: BooksDocument): string {
  const field = document.custom_fields.find(
    ({ api_name, label }) => /receipt/i.test(api_name) || /receipt/i.test(label),
  );
  return field?.value ?? "";
}

export function documentList(view: ListView): Html {
  const isInvoices = view.kind === "invoices";
  return html`<div class="list-page">
    <div class="page-head">
      <h1>All ${KINDS[view.kind].words}</h1>
      ${isInvoices && html`<a class="button button-main" href="${view.root}/control#documents">+ New</a>`}
    </div>
    ${isInvoices && paymentSummary(view)}
    ${view.documents.length === 0 ? emptyList(view) : table(view)}
  </div>`;
}

function table(view: ListView): Html {
  const { kind, documents } = view;
  const hasReceipts = documents.some((document) => writtenReceipt(document) !== "");
  const { word, balanceWord } = KINDS[kind];
  return html`<div class="table-frame"><table class="documents">
    <thead><tr>
      <th scope="col">Date</th><th scope="col">${word}#</th><th scope="col" class="wide-only">${kind === "invoices" ? "Order Number" : "Reference#"}</th>
      <th scope="col">Customer Name</th><th scope="col">Status</th>${kind === "invoices" && html`<th scope="col" class="wide-only">Due Date</th>`}
      ${hasReceipts && html`<th scope="col">Fiscal Receipt</th>`}<th scope="col" class="figure">Amount</th>
      ${kind !== "estimates" && html`<th scope="col" class="figure">${balanceWord}</th>`}
    </tr></thead>
    <tbody>${documents.map((document) => row(view, document, hasReceipts))}</tbody>
  </table></div>`;
}

function row(view: ListView, document: BooksDocument, hasReceipts: boolean): Html {
  const href = documentHref(view, document);
  return html`<tr data-href="${href}">
    <td class="nowrap document-date">${day(document.date)}</td>
    <td class="nowrap document-number"><a href="${href}">${document.number}</a></td>
    <td class="wide-only muted">${document.reference_number}</td>
    <td class="document-buyer">${document.customer_name}</td>
    <td class="document-status">${statusTag(statusOf(document, view.todayOn))}</td>
    ${view.kind === "invoices" && html`<td class="nowrap wide-only">${day(document.due_date)}</td>`}
    ${hasReceipts && html`<td class="nowrap receipt-cell">${writtenReceipt(document)}</td>`}
    <td class="figure document-total">${money(document.currency_code, document.total)}</td>
    ${view.kind !== "estimates" && html`<td class="figure document-due">${money(document.currency_code, document.balance ?? 0)}</td>`}
  </tr>`;
}

function emptyList({ root, kind }: ListView): Html {
  if (kind === "estimates") return html`<div class="empty"><h2>No estimates yet</h2></div>`;
  if (kind === "creditnotes")
    return html`<div class="empty"><h2>No credit notes yet</h2>
      <p>Open an invoice and choose Create Credit Note: of the whole, or of one line.</p>
      <a class="button" href="${root}/invoices">All invoices</a></div>`;
  return html`<div class="empty"><h2>No invoices yet</h2>
    <p>Add one in the control room: paste the JSON of a Zoho document, or change a copy of another.</p>
    <a class="button" href="${root}/control#documents">Add a document</a></div>`;
}

function paymentSummary({ documents, todayOn }: ListView): Html {
  const owed = documents
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
  return html`<nav class="narrow-list" aria-label="All ${KINDS[view.kind].words}">
    <h2>All ${KINDS[view.kind].words}
      ${view.kind === "invoices" && html`<a class="button button-main" href="${view.root}/control#documents">+ New</a>`}</h2>
    <ul>${view.documents.map(
      (document) => html`<li><a href="${documentHref(view, document)}" ${current(document.id === openId)}>
        <span class="narrow-who">${document.customer_name}</span>
        <span class="narrow-what">${document.number} • ${day(document.date)}</span>
        ${statusTag(statusOf(document, view.todayOn))}
        <span class="figure">${money(document.currency_code, document.total)}</span>
      </a></li>`,
    )}</ul>
  </nav>`;
}

function documentHref({ root }: ListView, { kind, id }: BooksDocument): string {
  return `${root}/${kind}/${encodeURIComponent(id)}`;
}
