import * as z from "zod";
import type { Submission } from "../db/submissions.ts";
import { plain } from "../fiscal/decimal.ts";
import type { Fingerprint } from "../fiscal/fingerprint.ts";
import type { CreditNote } from "../fiscal/judge-refund.ts";
import { type PricedSale, PricedSaleSchema } from "../fiscal/sale.ts";
import { readFrozenSale } from "../vsdc/rwanda/receipt-document.ts";
import type { Actor } from "../vsdc/rwanda/sale-request.ts";
import type { Registration } from "./registrations.ts";
import { type SellerSnapshot, SellerSnapshotSchema } from "./seller-snapshot.ts";

const actorSchema = z.object({ number: z.string(), name: z.string() });
const itemCodesSchema = z.record(z.string(), z.string());
const fingerprintSchema = z.object({
  currency: z.string().nullable(),
  total: z.string().nullable(),
  date: z.string().nullable(),
  buyer: z.string().nullable(),
  lines: z.array(
    z.object({
      name: z.string().nullable(),
      quantity: z.string().nullable(),
      amount: z.string().nullable(),
      tax: z.string(),
    }),
  ),
});

const registrationsSchema = z.array(
  z.object({
    key: z.string(),
    facts: z.string(),
    request: z.object({ path: z.string(), text: z.string() }),
  }),
);

export function registrationsOf(submission: Submission): Registration[] {
  return registrationsSchema.parse(submission.registrations);
}

export function sellerOfStored(submission: Submission): SellerSnapshot {
  return SellerSnapshotSchema.parse(submission.seller);
}

export function saleOf(submission: Submission): PricedSale {
  return PricedSaleSchema.parse(submission.sale);
}

export function actorOf(submission: Submission): Actor {
  return actorSchema.parse(submission.actor);
}

export function itemCodesOf(submission: Submission): Record<string, string> {
  return itemCodesSchema.parse(submission.itemCodes);
}

export function fingerprintOfStored(submission: Submission): Fingerprint {
  return fingerprintSchema.parse(submission.fingerprint);
}

/** Of a credit note's lines nothing is sent, so nothing is compared. */
export function noteFingerprint({ currencyCode, total, date }: CreditNote): Fingerprint {
  return { currency: currencyCode, total: total && plain(total), date, buyer: null, lines: [] };
}

/** As it was frozen: the refund's own, or the original's. */
export function purchaseCodeOf(submission: Submission): string | null {
  return readFrozenSale(submission.requestText).prcOrdCd;
}
