import type { BooksDocument, Comment } from "../books-document.ts";
import { day, money } from "../format.ts";
import { type Html, html } from "../html.ts";
import { icon } from "./icons.ts";

/** What Books shows below the paper: files, credited invoices, comments. */
export function documentTail(root: string, document: BooksDocument, comments: readonly Comment[]): Html {
  return html`<div class="document-tail">
    ${document.documents.length > 0 && attachments(root, document)}
    ${document.kind === "creditnotes" && credited(root, document)}
    ${comments.length > 0 && history(comments)}
  </div>`;
}

function attachments(root: string, { kind, id, documents }: BooksDocument): Html {
  const base = `${root}/${kind}/${encodeURIComponent(id)}/attachments`;
  return html`<section><h2>Attachments</h2><ul class="attachments">${documents.map(
    ({ document_id, file_name, file_size }) =>
      html`<li>${icon("clip")} <a href="${base}/${document_id}" target="_blank" rel="noopener">${file_name}</a>
        <span class="muted">${Math.max(1, Math.round(file_size / 1024))} KB</span></li>`,
  )}</ul></section>`;
}

function credited(root: string, { invoices_credited, currency_code }: BooksDocument): Html {
  if (invoices_credited.length === 0)
    return html`<section><h2>Invoices credited</h2><p class="muted">None. The credit is not applied to an invoice.</p></section>`;
  return html`<section><h2>Invoices credited</h2><ul class="credited">${invoices_credited.map(
    ({ invoice_id, invoice_number, amount_applied }) =>
      html`<li><a href="${root}/invoices/${encodeURIComponent(invoice_id)}">${invoice_number}</a>
        <span class="figure">${money(currency_code, amount_applied)}</span></li>`,
  )}</ul></section>`;
}

function history(comments: readonly Comment[]): Html {
  return html`<section><h2>Comments &amp; History</h2><ul class="history">${comments.map(
    ({ by, at, text }) =>
      html`<li><p>${text}</p><span class="muted">${by}, ${day(at.slice(0, 10))} ${at.slice(11)}</span></li>`,
  )}</ul></section>`;
}
