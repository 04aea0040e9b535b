import { PAYMENT_KINDS } from "@fiscalise/shared/api/config.ts";
import * as z from "zod";
import type { Submission } from "../../db/submissions.ts";
import type { UnsignedPaper } from "../../db/unsigned-papers.ts";
import { localStamp } from "../../fiscal/calendar.ts";
import type { ReceiptDocument } from "../../fiscal/receipt-document.ts";
import type { PricedSale } from "../../fiscal/sale.ts";
import { RWANDA } from "../../vsdc/rwanda/jurisdiction.ts";
import { readFrozenSale, saleFacts } from "../../vsdc/rwanda/receipt-document.ts";
import type { LoadedProfile } from "../load-profile.ts";
import { printedDocument } from "../receipt-pdf.ts";
import { freezeDraft } from "../sale-draft.ts";
import { printedSeller, SellerSnapshotSchema, SoftwareSchema, sellerSnapshot } from "../seller-snapshot.ts";
import { saleOf, sellerOfStored } from "../stored-submission.ts";

const text = z.string();

/** All that an unsigned paper says but its number, its moment and the logo's bytes, as it was when it was made. */
export const PaperContentSchema = z.object({
  seller: SellerSnapshotSchema,
  software: SoftwareSchema,
  buyer: z.object({
    name: text.nullable(),
    tin: text.nullable(),
    mobile: text.nullable(),
    purchaseCode: text.nullable(),
  }),
  document: z.object({
    number: text,
    date: text,
    currencyCode: text,
    exchangeRate: text,
    total: text,
  }),
  lines: z.array(
    z.object({
      name: text,
      itemCode: text,
      quantity: text,
      unit: text,
      unitPrice: text,
      supplyAmount: text,
      discountPercent: text,
      discountAmount: text,
      total: text,
      taxClass: text,
    }),
  ),
  taxTotals: z.array(z.object({ taxClass: text, ratePercent: text, taxable: text, tax: text })),
  total: text,
  tax: text,
  payment: z.enum(PAYMENT_KINDS),
  refundOf: text.nullable(),
});
export type PaperContent = z.infer<typeof PaperContentSchema>;

/** What a sale's receipt would say, by the function that freezes it; an item without a code gets none by this. */
export function contentOfSale(
  sale: PricedSale,
  { profile, now, software }: { profile: LoadedProfile; now: Date; software: PaperContent["software"] },
): PaperContent {
  const { requestText, known } = freezeDraft(sale, profile, now);
  const { invoiceNumber, frozenAt, ...facts } = saleFacts(readFrozenSale(requestText));
  return {
    ...facts,
    lines: facts.lines.map((line) => ({ ...line, itemCode: known.has(line.itemCode) ? line.itemCode : "" })),
    document: printedDocument(sale, sale.documentNumber ?? ""),
    seller: sellerSnapshot(profile),
    software,
  };
}

/** What was signed, with its number as that of the receipt taken back. */
export function contentOfSubmission(sold: Submission): Omit<PaperContent, "software"> {
  const { invoiceNumber, frozenAt, ...facts } = saleFacts(readFrozenSale(sold.requestText));
  return {
    ...facts,
    refundOf: invoiceNumber,
    document: printedDocument(saleOf(sold), sold.documentNumber),
    seller: sellerOfStored(sold),
  };
}

/** The same value years later. */
export function documentOfPaper(
  { kind, number, madeAt, content }: UnsignedPaper,
  logo: Uint8Array | null,
): ReceiptDocument {
  const { seller, ...said } = PaperContentSchema.parse(content);
  return {
    ...said,
    ...printedSeller(seller, logo),
    label: kind,
    device: null,
    qrText: null,
    invoiceNumber: String(number),
    frozenAt: localStamp(madeAt, RWANDA),
    copyNumber: null,
  };
}
