import type { SaleDraft } from "@fiscalise/shared/api/invoices.ts";
import type { Submission } from "../db/submissions.ts";
import { plain } from "../fiscal/decimal.ts";
import type { PricedSale } from "../fiscal/sale.ts";
import { readFrozenSale, saleFacts } from "../vsdc/rwanda/receipt-document.ts";
import { type BusinessProfile, itemSetting } from "./business-profile.ts";
import { freeze } from "./freeze.ts";
import { isReadable } from "./imported.ts";
import { newItemCodes } from "./item-codes.ts";

/** What was sent; null when nobody can read it. */
export function draftOfSent(submission: Submission): SaleDraft | null {
  if (!isReadable(submission)) return null;
  const { exchangeRate } = submission.sale as { exchangeRate: string };
  return draftFrom(submission.requestText, exchangeRate, null);
}

/** What would be sent. */
export function draftOfSale(sale: PricedSale, profile: BusinessProfile, now: Date): SaleDraft {
  const { requestText, known } = freezeDraft(sale, profile, now);
  return draftFrom(requestText, plain(sale.exchangeRate), known);
}

/** From the very function that freezes a sale; `known`: the item codes given already, numbers not yet given do not show. */
export function freezeDraft(
  sale: PricedSale,
  profile: BusinessProfile,
  now: Date,
): { requestText: string; known: ReadonlySet<string> } {
  const codes = newItemCodes(sale, profile, 1);
  const given = sale.lines.map(({ itemKey }) => itemSetting(profile, itemKey).itemCode);
  const itemCodes = Object.fromEntries([
    ...codes.map(({ key, itemCode }) => [key, itemCode]),
    ...sale.lines.flatMap(({ itemKey }, index) => (given[index] ? [[itemKey, given[index]]] : [])),
  ]);
  const { requestText } = freeze({
    sale,
    profile,
    actor: { number: "0", name: "-" },
    invoiceNumber: 1n,
    arithmetic: profile.branch.lineArithmetic,
    itemCodes,
    now,
  });
  return { requestText, known: new Set(given.filter((code) => code !== null)) };
}

/** What is or would be sent, from the frozen bytes; `known`: the item codes given already, null for all. */
function draftFrom(requestText: string, exchangeRate: string, known: ReadonlySet<string> | null): SaleDraft {
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
