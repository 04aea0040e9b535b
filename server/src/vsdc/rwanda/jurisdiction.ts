import { decimal, ZERO } from "../../fiscal/decimal.ts";
import type { Jurisdiction } from "../../fiscal/jurisdiction.ts";

/** Rwanda, RRA: docs/vsdc.md, with the source of each fact. */
export const RWANDA: Jurisdiction = {
  code: "RW",
  baseCurrency: "RWF",
  utcOffsetMinutes: 120,
  buyerTin: /^[19]\d{8}$/,
  purchaseCode: /^[A-Za-z0-9]{6}$/,
  taxClasses: {
    A: { ratePercent: ZERO, printedName: "A-EX" },
    B: { ratePercent: decimal("18"), printedName: "B-18.00%" },
    C: { ratePercent: ZERO, printedName: "C" },
    D: { ratePercent: ZERO, printedName: "D" },
  },
  classByPercentage: [{ percentage: decimal("18"), taxClass: "B" }],
  unregisteredClass: "D",
  limits: { wireLines: 999, quantityBelow: decimal("1e11"), amountBelow: decimal("1e15") },
  capabilities: { receiptQuery: false, partialRefund: false, refundsPerReceipt: 1 },
};
