import type { SaleDraft } from "@fiscalise/shared/api/invoices.ts";
import type { Submission } from "../db/submissions.ts";
import { readFrozenSale, saleFacts } from "../vsdc/rwanda/receipt-document.ts";
import { isReadable } from "./imported.ts";

/** What was sent; null when nobody can read it. */
export function draftOfSent(submission: Submission): SaleDraft | null {
  if (!isReadable(submission)) return null;
  const { exchangeRate } = submission.sale as { exchangeRate: string };
  return draftFrom(submission.requestText, exchangeRate, null);
}

/** What is or would be sent, from the frozen bytes; `known`: the item codes given already, null for all. */
export function draftFrom(
  requestText: string,
  exchangeRate: string,
  known: ReadonlySet<string> | null,
): SaleDraft {
  const facts = saleFacts(readFrozenSale(requestText));
  return {
    lines: facts.lines.map((line) => ({
      name: line.name,
      itemCode: known === null || known.has(line.itemCode) ? line.itemCode : null,
      quantity: line.quantity,
      unitPrice: line.unitPrice,
      discount: line.discountAmount,
      total: line.total,
      taxClass: line.taxClass,
    })),
    taxTotals: facts.taxTotals.filter(({ taxable, ratePercent }) => taxable !== "0" || ratePercent !== "0"),
    total: facts.total,
    tax: facts.tax,
    exchangeRate,
  };
}
