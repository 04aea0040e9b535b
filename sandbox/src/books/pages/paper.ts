import { type BooksDocument, KINDS } from "../books-document.ts";
import { amount, day, money } from "../format.ts";
import { type Html, html } from "../html.ts";
import { isHeaderRow, type ZohoInvoice, type ZohoLine } from "../invoice.ts";
import { statusOf } from "./status.ts";

/** The document as Books would print it. */
export function paper(invoice: BooksDocument, context: { organisationName: string; todayOn: string }): Html {
  const { word, title, balanceWord } = KINDS[invoice.kind];
  const status = statusOf(invoice, context.todayOn);
  return html`<article class="paper" aria-label="${word} ${invoice.number}">
    <div class="ribbon"><span class="ribbon-${status.tone}">${ribbonWord(invoice)}</span></div>
    <header class="paper-head">
      <address><strong>${context.organisationName}</strong><br>Rwanda</address>
      <div class="paper-title"><h2>${title}</h2>
        <p># ${invoice.number}</p>
        ${
          invoice.balance !== undefined &&
          html`<p class="paper-balance"><span>${balanceWord}</span>
          <strong>${money(invoice.currency_code, invoice.balance)}</strong></p>`
        }</div>
    </header>
    <div class="paper-parties">${buyer(invoice)}${particulars(invoice)}</div>
    ${lines(invoice)}
    <div class="paper-foot">${words(invoice)}${totals(invoice)}</div>
  </article>`;
}

function ribbonWord(invoice: ZohoInvoice): string {
  const word = invoice.status.replaceAll("_", " ");
  return word.charAt(0).toUpperCase() + word.slice(1);
}

function buyer(invoice: ZohoInvoice): Html {
  const place = invoice.billing_address;
  const address = [place?.address, place?.street2, place?.city, place?.country].filter(Boolean);
  return html`<address class="paper-buyer"><span class="muted">Bill To</span><br>
    <strong>${invoice.customer_name}</strong>${address.map((line) => html`<br>${line}`)}</address>`;
}

function particulars(invoice: BooksDocument): Html {
  const rows: [string, string][] = [
    [`${KINDS[invoice.kind].word} Date`, day(invoice.date)],
    ["Due Date", day(invoice.due_date)],
    [invoice.kind === "invoices" ? "Order Number" : "Reference#", invoice.reference_number],
    [
      "Exchange Rate",
      invoice.currency_code === "RWF" ? "" : `1 ${invoice.currency_code} = ${invoice.exchange_rate} RWF`,
    ],
    ...invoice.custom_fields.map((field): [string, string] => [field.label || field.api_name, field.value]),
  ];
  return html`<dl class="particulars">${rows
    .filter(([, value]) => value !== "")
    .map(([word, value]) => html`<dt>${word}</dt><dd>${linked(value)}</dd>`)}</dl>`;
}

/** Books makes a link of a field that holds one. */
function linked(value: string): Html {
  if (!/^https?:\/\//.test(value)) return html`${value}`;
  return html`<a href="${value}" target="_blank" rel="noopener noreferrer">${value}</a>`;
}

function lines(invoice: ZohoInvoice): Html {
  const discounted = invoice.line_items.some((line) => line.discount_amount > 0);
  const counted = invoice.line_items.filter((line) => !isHeaderRow(line));
  return html`<div class="table-frame"><table class="lines">
    <thead><tr><th scope="col" class="line-number">#</th><th scope="col">Item &amp; Description</th>
      <th scope="col" class="figure">Qty</th><th scope="col" class="figure">Rate</th>
      ${discounted && html`<th scope="col" class="figure">Discount</th>`}
      <th scope="col" class="figure">Tax</th><th scope="col" class="figure">Amount</th></tr></thead>
    <tbody>${invoice.line_items.map((line) =>
      isHeaderRow(line)
        ? html`<tr class="line-header"><th colspan="7" scope="rowgroup">${line.name || line.description}</th></tr>`
        : lineRow(line, counted.indexOf(line) + 1, discounted),
    )}</tbody>
  </table></div>`;
}

function lineRow(line: ZohoLine, number: number, discounted: boolean): Html {
  return html`<tr>
    <td class="line-number">${number}</td>
    <td>${line.name || line.description}${line.name && line.description && html`<br><span class="muted">${line.description}</span>`}</td>
    <td class="figure">${amount(line.quantity)}${line.unit && html`<br><span class="muted">${line.unit}</span>`}</td>
    <td class="figure">${amount(line.rate)}</td>
    ${discounted && html`<td class="figure">${line.discount.includes("%") ? line.discount : amount(line.discount_amount)}</td>`}
    <td class="figure">${line.tax_name || "–"}</td>
    <td class="figure">${amount(line.item_total)}</td>
  </tr>`;
}

function totals(invoice: BooksDocument): Html {
  const entityDiscount = invoice.discount_type === "entity_level" ? invoice.discount_total : 0;
  const paid = invoice.payment_made;
  const rows: [string, number, boolean][] = [
    [invoice.is_inclusive_tax ? "Sub Total (Tax Inclusive)" : "Sub Total", invoice.sub_total, true],
    [
      `Discount (${invoice.is_discount_before_tax ? "before" : "after"} tax)`,
      -entityDiscount,
      entityDiscount !== 0,
    ],
    ["Shipping charge", invoice.shipping_charge, invoice.shipping_charge !== 0],
    ...invoice.taxes.map((tax): [string, number, boolean] => [tax.tax_name, tax.tax_amount, true]),
    ["Adjustment", invoice.adjustment, invoice.adjustment !== 0],
    ["Rounding", invoice.roundoff_value, invoice.roundoff_value !== 0],
  ];
  return html`<table class="totals"><tbody>
    ${rows.filter(([, , shown]) => shown).map(([word, value]) => html`<tr><th scope="row">${word}</th><td>${amount(value)}</td></tr>`)}
    <tr class="totals-total"><th scope="row">Total</th><td>${money(invoice.currency_code, invoice.total)}</td></tr>
    ${paid !== 0 && html`<tr class="totals-paid"><th scope="row">Payment Made</th><td>(-) ${amount(paid)}</td></tr>`}
    ${invoice.balance !== undefined && html`<tr class="totals-balance"><th scope="row">${KINDS[invoice.kind].balanceWord}</th><td>${money(invoice.currency_code, invoice.balance)}</td></tr>`}
  </tbody></table>`;
}

function words(invoice: ZohoInvoice): Html {
  return html`<div class="paper-words">
    ${invoice.notes && html`<h3>Notes</h3><p>${invoice.notes}</p>`}
    ${invoice.terms && html`<h3>Terms &amp; Conditions</h3><p>${invoice.terms}</p>`}
  </div>`;
}
