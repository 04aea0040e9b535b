import type { Router } from "express";
import * as z from "zod";
import { creditNoteText } from "../zoho/credit-note-builder.ts";
import { accept } from "./accept.ts";
import { readDocuments, readText } from "./books-document.ts";
import { kigaliDay } from "./format.ts";
import { isHeaderRow } from "./invoice.ts";
import type { BooksZoho } from "./zoho-view.ts";

const StatusInput = z.strictObject({
  kind: z.enum(["invoices", "creditnotes"]),
  id: z.string(),
  status: z.string(),
});
const CreditNoteInput = z.strictObject({
  invoiceId: z.string(),
  /** The place of the one line that is credited; null: all of the invoice. */
  line: z.int().nonnegative().nullable(),
  applied: z.boolean(),
});

/** What a person does to a document on its page. */
export function serveDocumentActions(
  router: Router,
  { root, zoho }: { root: string; zoho: BooksZoho },
): void {
  router.post("/status", (req, res) => {
    const input = accept(StatusInput, req, res);
    if (!input) return;
    const refusal = zoho.setStatus(input.kind, input.id, input.status);
    if (refusal) return void res.status(409).json({ message: `Books refuses: ${refusal}.` });
    res.json({ status: input.status });
  });
  router.post("/creditnotes", (req, res) => {
    const input = accept(CreditNoteInput, req, res);
    if (!input) return;
    const invoiceText = zoho.invoices.get(input.invoiceId);
    if (invoiceText === undefined) return void res.status(404).json({ message: "There is no such invoice." });
    if (input.line !== null && !hasLine(invoiceText, input.line))
      return void res.status(404).json({ message: "The invoice has no such line." });
    const created = createCreditNote(zoho, { invoiceText, ...input });
    res.status(201).json({ ...created, path: `${root}/creditnotes/${encodeURIComponent(created.id)}` });
  });
}

function hasLine(invoiceText: string, line: number): boolean {
  const { line_items } = readText("invoices", invoiceText);
  return line < line_items.filter((row) => !isHeaderRow(row)).length;
}

/** Ids of Zoho look like this; ours go on from the largest. */
const FIRST_ID = 4815000000600000n;

function createCreditNote(
  zoho: BooksZoho,
  { invoiceText, line, applied }: { invoiceText: string; line: number | null; applied: boolean },
): { id: string; number: string } {
  const ids = zoho.creditnotes.ids().filter((id) => /^\d+$/.test(id));
  const largest = [FIRST_ID, ...ids.map(BigInt)].sort((a, b) => Number(a - b)).at(-1) ?? FIRST_ID;
  const id = String(largest + 1n);
  const numbers = readDocuments(zoho, "creditnotes").map((note) =>
    Number(/(\d+)$/.exec(note.number)?.[1] ?? 0),
  );
  const number = `CN-${String(Math.max(0, ...numbers) + 1).padStart(6, "0")}`;
  const text = creditNoteText(invoiceText, {
    ...{ id, number, date: kigaliDay(new Date()) },
    ...(line !== null && { lines: [{ index: line }] }),
    ...(applied && { applied: "original" }),
  });
  zoho.creditnotes.put(text);
  return { id, number };
}
