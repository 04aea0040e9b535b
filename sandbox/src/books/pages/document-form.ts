import { SENTINELS } from "../../vsdc/sentinel.ts";
import { type Html, html } from "../html.ts";

const STATUSES = [
  "draft",
  "approved",
  "sent",
  "viewed",
  "unpaid",
  "overdue",
  "partially_paid",
  "paid",
  "void",
];

/** Fields that rewrite the JSON below them; the JSON is what is kept. */
const FIELDS: readonly { path: string; word: string; hint?: string; list?: string; kind?: string }[] = [
  { path: "invoice_number", word: "Invoice#" },
  { path: "customer_name", word: "Customer name" },
  { path: "date", word: "Invoice date", kind: "date" },
  { path: "status", word: "Status", list: "statuses" },
  { path: "currency_code", word: "Currency" },
  { path: "exchange_rate", word: "Exchange rate", kind: "number" },
  { path: "custom:tin", word: "Buyer TIN" },
  { path: "custom:purchase", word: "Purchase code" },
];
const LINE_FIELDS: typeof FIELDS = [
  {
    path: "line:name",
    word: "First line: name",
    list: "sentinels",
    hint: "[[lose-answer]] in a name makes the device misbehave",
  },
  { path: "line:quantity", word: "Quantity", kind: "number" },
  { path: "line:rate", word: "Rate", kind: "number" },
];

export function documentForm(): Html {
  return html`<section class="card" aria-labelledby="documents-title" id="documents">
    <div class="section-head"><h2 id="documents-title">Add or change an invoice</h2>
      <label class="start-from">Start from <select id="document-source"><option value="">an example</option></select></label></div>
    <form id="document-form" class="document-form" novalidate>
      <div class="document-fields">
        ${[...FIELDS, ...LINE_FIELDS].map(field)}
        <p class="hint document-wide">Totals follow a changed quantity or rate. Every other field is in the JSON.</p>
        <datalist id="statuses">${STATUSES.map((status) => html`<option value="${status}"></option>`)}</datalist>
        <datalist id="sentinels">${SENTINELS.map((name) => html`<option value="Copper cable [[${name}]]"></option>`)}</datalist>
      </div>
      <div class="document-json">
        <label for="document-text">Zoho invoice, JSON</label>
        <textarea id="document-text" spellcheck="false" aria-describedby="document-problems"></textarea>
      </div>
      <div class="document-actions">
        <div id="document-problems" class="problems" role="alert"></div>
        <button type="submit" class="button" name="as" value="new">Add as a new invoice</button>
        <button type="submit" class="button button-main" name="as" value="same" id="document-replace" hidden>Save changes</button>
      </div>
    </form>
  </section>`;
}

function field({ path, word, hint, list, kind }: (typeof FIELDS)[number]): Html {
  return html`<label class="${path === "line:name" ? "document-wide" : ""}">${word}
    <input type="${kind ?? "text"}" data-path="${path}" autocomplete="off" ${kind === "number" && html`step="any"`}
      ${list && html`list="${list}"`} ${hint && html`title="${hint}"`}></label>`;
}
