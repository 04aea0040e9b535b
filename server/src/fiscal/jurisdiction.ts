import type { Decimal } from "./decimal.ts";

/** What one country's law fixes, as data: a second country is another value of this type (docs/decisions/004). */
export interface Jurisdiction {
  code: string;
  baseCurrency: string;
  /** Minutes east of UTC; none of our jurisdictions has summer time. */
  utcOffsetMinutes: number;
  buyerTin: RegExp;
  purchaseCode: RegExp;
  taxClasses: Record<string, { ratePercent: Decimal; printedName: string }>;
  /** An unmapped tax of exactly this percentage is of this class; every other must be mapped. */
  classByPercentage: { percentage: Decimal; taxClass: string }[];
  /** The class of every line of a business that is not registered for VAT. */
  unregisteredClass: string;
  limits: { wireLines: number; quantityBelow: Decimal; amountBelow: Decimal };
  capabilities: {
    /** A lost receipt can be read from the device's own store. */
    receiptQuery: boolean;
    partialRefund: boolean;
    refundsPerReceipt: number;
  };
}
