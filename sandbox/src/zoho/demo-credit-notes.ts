import { type CreditNoteSpec, creditNoteText } from "./credit-note-builder.ts";

type DemoCreditNote = Omit<CreditNoteSpec, "id" | "number" | "date"> & { about: string; over: number };

/** `over`: the place of the invoice among the demo's. */
const DEMO_CREDIT_NOTES: readonly DemoCreditNote[] = [
  { about: "all of an invoice, used on it", over: 0, applied: "original" },
  {
    about: "one chair of three, used on its invoice",
    over: 1,
    lines: [{ index: 0, quantity: "1" }],
    applied: "original",
  },
  { about: "all of an invoice, used on none: the money was paid back", over: 13 },
  { about: "a draft", over: 3, status: "draft", lines: [{ index: 0 }] },
];

export function demoCreditNotes(invoices: readonly string[], date: string): string[] {
  return DEMO_CREDIT_NOTES.map(({ about: _, over, ...spec }, index) => {
    const invoice = invoices[over];
    if (invoice === undefined) throw new Error(`bug: the demo has no invoice ${over}`);
    return creditNoteText(invoice, {
      ...spec,
      id: `4815000000060000${101 + index}`,
      number: `CN-000${101 + index}`,
      date,
    });
  });
}
