import { decimalText, parseDecimal, unitsAt } from "../vsdc/decimal.ts";
import { type Literal, type LiteralObject, numberLiteral } from "../vsdc/literal-json.ts";
import { creditLines, decimalOf, type PickedLine, totalsOf } from "./credit-note-lines.ts";
import { parseDocument } from "./documents.ts";
import { customFields } from "./invoice-parts.ts";

export interface AppliedCredit {
  invoiceId: string;
  invoiceNumber: string;
  invoiceDate: string;
  amount: string;
}

export interface CreditNoteSpec {
  id: string;
  number: string;
  date: string;
  status?: "draft" | "approved" | "open" | "closed" | "void";
  /** Places of the lines that are credited, header rows not counted; absent = all of the invoice. */
  lines?: readonly PickedLine[];
  /** Where the credit was used: "original" = all of it on that invoice; absent = nowhere. */
  applied?: "original" | readonly AppliedCredit[];
  customFields?: Readonly<Record<string, string>>;
  reference?: string;
  notes?: string;
  /** Laid over the result: the way to an inconsistent document. */
  overrides?: Readonly<Record<string, unknown>>;
}

const INVOICE_ONLY = [
  "invoice_id",
  "invoice_number",
  "due_date",
  "type",
  "transaction_type",
  "payments",
  "payment_made",
  "credits_applied",
  "write_off_amount",
  "tax_amount_withheld",
  "documents",
  "has_attachment",
  "can_send_in_mail",
  "invoice_url",
];

/** A document as `GET /creditnotes/{id}` returns it, over an invoice as it is stored. Raw JSON text. */
export function creditNoteText(invoiceText: string, spec: CreditNoteSpec): string {
  const invoice = parseDocument(invoiceText);
  const money = spec.lines ? partOf(invoice, spec) : { line_items: creditLines(invoice, spec) };
  const applied = appliedTo(invoice, spec, money.total ?? invoice.total);
  const rest = Object.entries(invoice).filter(([key]) => !INVOICE_ONLY.includes(key));
  const time = `${spec.date}T00:01:00+0200`;
  const note: LiteralObject = {
    creditnote_id: spec.id,
    creditnote_number: spec.number,
    ...Object.fromEntries(rest),
    date: spec.date,
    status: spec.status ?? (applied.length > 0 ? "closed" : "open"),
    reference_number: spec.reference ?? "",
    ...customFields("custom_fields", "custom_field_hash", spec.customFields ?? {}),
    ...money,
    notes: spec.notes ?? "",
    created_time: time,
    updated_time: time,
    last_modified_time: time,
  };
  return JSON.stringify({
    ...note,
    ...usedFields(note, applied),
    invoices_credited: applied.map((credit, index) => creditedRow(spec, { credit, index })),
    ...(spec.overrides as LiteralObject | undefined),
  });
}

function partOf(invoice: LiteralObject, spec: CreditNoteSpec): LiteralObject {
  const line_items = creditLines(invoice, spec);
  return { line_items, ...totalsOf(invoice, line_items) };
}

function appliedTo(
  invoice: LiteralObject,
  { applied = [] }: CreditNoteSpec,
  total: Literal | undefined,
): readonly AppliedCredit[] {
  if (applied !== "original") return applied;
  const original = {
    invoiceId: String(invoice.invoice_id),
    invoiceNumber: String(invoice.invoice_number),
    invoiceDate: String(invoice.date),
  };
  const { units, scale } = decimalOf(total);
  return [{ ...original, amount: decimalText(units, scale) }];
}

function usedFields(note: LiteralObject, applied: readonly AppliedCredit[]): LiteralObject {
  const scale = 2;
  const used = applied.reduce((sum, { amount }) => sum + unitsAt(parseDecimal(amount), scale), 0n);
  const total = unitsAt(decimalOf(note.total), scale);
  const write = (units: bigint) => numberLiteral(decimalText(units, scale));
  return {
    balance: write(total - used),
    total_credits_used: write(used),
    total_refunded_amount: write(0n),
  };
}

function creditedRow(
  { id, date }: CreditNoteSpec,
  { credit, index }: { credit: AppliedCredit; index: number },
): LiteralObject {
  return {
    creditnote_id: id,
    creditnote_invoice_id: `${id}8${index}`,
    invoice_id: credit.invoiceId,
    invoice_number: credit.invoiceNumber,
    invoice_date: credit.invoiceDate,
    date,
    amount_applied: numberLiteral(credit.amount),
    credited_amount: numberLiteral(credit.amount),
  };
}
