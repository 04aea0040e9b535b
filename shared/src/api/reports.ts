import * as z from "zod/mini";
import { AmountSchema, DecimalSchema } from "../money.ts";
import { RECEIPT_LABELS, SubmissionStateSchema } from "../receipt.ts";
import { PAYMENT_KINDS } from "./config.ts";

/** What a period's sales are split by. */
export const SALES_BY = ["class", "payment", "item", "user"] as const;
export type SalesBy = (typeof SALES_BY)[number];

/** `count`: receipts; of an item, its lines. Amounts are positive and include VAT. */
const part = z.object({ count: z.number(), gross: AmountSchema, tax: AmountSchema });
const split = {
  sales: part,
  refunds: part,
  /** Sales less refunds. */
  net: z.object({ gross: AmountSchema, tax: AmountSchema }),
};
export const SplitSchema = z.object(split);
export type Split = z.infer<typeof SplitSchema>;

const quantities = z.object({ sold: DecimalSchema, refunded: DecimalSchema });
const discounts = z.object({ sales: AmountSchema, refunds: AmountSchema, net: AmountSchema });

/** One item code in one tax class. */
export const SoldItemSchema = z.object({
  itemCode: z.string(),
  name: z.string(),
  taxClass: z.string(),
  lowestPrice: AmountSchema,
  highestPrice: AmountSchema,
  quantities,
  ...split,
});
export type SoldItem = z.infer<typeof SoldItemSchema>;

const labelTotal = z.object({ label: z.enum(RECEIPT_LABELS), count: z.number(), gross: AmountSchema });

export const DayFiguresSchema = z.object({
  /** The signing devices, each with the numbers it began and ended with. */
  devices: z.array(
    z.object({
      sdcId: z.string(),
      mrcNumber: z.string(),
      receipts: z.number(),
      opening: z.object({ receipt: z.string(), total: z.string(), invoice: z.string() }),
      closing: z.object({ receipt: z.string(), total: z.string(), invoice: z.string() }),
    }),
  ),
  /** All seven, in the order of `RECEIPT_LABELS`; training and proforma papers are of no device. */
  labels: z.array(labelTotal),
  total: SplitSchema,
  classes: z.array(z.object({ taxClass: z.string(), ratePercent: z.string(), ...split })),
  payments: z.array(z.object({ payment: z.enum(PAYMENT_KINDS), ...split })),
  discounts,
  /** Lines and quantities over all items. */
  itemsSold: z.object({ sales: z.number(), refunds: z.number(), quantities }),
  /** Accepted or signed but without a receipt when this was counted; the oldest of them by name. */
  incomplete: z.object({
    count: z.number(),
    gross: AmountSchema,
    documents: z.array(z.object({ number: z.string(), state: SubmissionStateSchema, total: AmountSchema })),
  }),
  /** Receipts by the day they were issued. */
  days: z.array(z.object({ day: z.string(), receipts: z.number(), gross: AmountSchema })),
  items: z.array(SoldItemSchema),
});
export type DayFigures = z.infer<typeof DayFiguresSchema>;

const seller = z.object({ name: z.string(), tin: z.string(), branchId: z.string() });

export const XReportSchema = z.object({
  seller,
  day: z.string(),
  /** When it was counted. */
  at: z.string(),
  figures: DayFiguresSchema,
  /** What closing this day now would come to. */
  closing: z.object({
    /** Null: the day may be closed; else the number of the Z report that closed it, or a later day. */
    closedBy: z.nullable(z.number()),
    hasBegun: z.boolean(),
    /** What no Z report has counted yet, up to this day; `earlier` of them were issued before it. */
    receipts: z.number(),
    earlier: z.number(),
    total: AmountSchema,
    vat: AmountSchema,
  }),
});
export type XReport = z.infer<typeof XReportSchema>;

const summary = {
  number: z.number(),
  day: z.string(),
  /** Days its receipts were issued on; null when it counts none. */
  firstDay: z.nullable(z.string()),
  lastDay: z.nullable(z.string()),
  receipts: z.number(),
  /** Refunds taken off. */
  total: AmountSchema,
  vat: AmountSchema,
  closedAt: z.string(),
  /** Who closed it; null: the business's policy. */
  closedBy: z.nullable(z.string()),
};
export const ZReportSummarySchema = z.object(summary);
export type ZReportSummary = z.infer<typeof ZReportSummarySchema>;

export const ZReportSchema = z.object({ ...summary, seller, figures: DayFiguresSchema });
export type ZReport = z.infer<typeof ZReportSchema>;

export const ZReportsSchema = z.object({
  /** Newest first. */
  items: z.array(ZReportSummarySchema),
  nextCursor: z.nullable(z.string()),
});
export type ZReports = z.infer<typeof ZReportsSchema>;

const periodOf = { from: z.string(), to: z.string() };

export const ItemsReportSchema = z.object({
  ...periodOf,
  total: SplitSchema,
  items: z.array(SoldItemSchema),
});
export type ItemsReport = z.infer<typeof ItemsReportSchema>;

export const SalesReportSchema = z.object({
  ...periodOf,
  by: z.enum(SALES_BY),
  total: SplitSchema,
  /** `name` is missing where `key` says it all: a tax class, a kind of payment; or is the automation's. */
  rows: z.array(z.object({ key: z.string(), name: z.nullable(z.string()), ...split })),
});
export type SalesReport = z.infer<typeof SalesReportSchema>;
