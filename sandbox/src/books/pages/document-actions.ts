import type { BooksDocument } from "../books-document.ts";
import { money } from "../format.ts";
import { type Html, html } from "../html.ts";
import { isHeaderRow } from "../invoice.ts";

/** What Books offers for the document as it stands. */
export function documentActions(root: string, document: BooksDocument): Html {
  const { kind, id, status } = document;
  if (kind === "estimates") return html``;
  const isDraft = status === "draft";
  const isOpening = isDraft || status === "approved";
  const opening =
    kind === "invoices" ? statusButton("sent", "Mark as Sent") : statusButton("open", "Mark as Open");
  return html`
    ${kind === "invoices" && html`<a class="button" href="${root}/control?edit=${encodeURIComponent(id)}#documents">Edit</a>`}
    ${isDraft && statusButton("approved", "Approve")}
    ${isOpening && opening}
    ${kind === "invoices" && status !== "void" && creditNoteMenu(document)}
    ${status !== "void" && statusButton("void", "Void")}`;
}

function statusButton(status: string, word: string): Html {
  return html`<button type="button" class="button" data-status="${status}">${word}</button>`;
}

function creditNoteMenu({ line_items, currency_code }: BooksDocument): Html {
  const lines = line_items.filter((line) => !isHeaderRow(line));
  return html`<details class="menu"><summary class="button">Create Credit Note</summary>
    <form class="menu-body">
      <label>Of
        <select name="line">
          <option value="">the whole invoice</option>
          ${lines.map((line, index) => html`<option value="${index}">${line.name || line.description}, ${money(currency_code, line.item_total)}</option>`)}
        </select></label>
      <label class="menu-check"><input type="checkbox" name="applied" checked> Apply it to this invoice</label>
      <button class="button button-main">Create</button>
    </form></details>`;
}
