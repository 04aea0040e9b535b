import { ZERO } from "./decimal.ts";
import type { FiscalDocument } from "./document.ts";
import { lookup } from "./lookup.ts";
import type { PaymentKind } from "./sale.ts";

/** The kind of each payment mode, by its name in lower case. */
export type PaymentModes = Readonly<Record<string, PaymentKind>>;

/** The modes Zoho Books ships; a business adds its own names. */
export const USUAL_PAYMENT_MODES: PaymentModes = {
  cash: "cash",
  check: "cheque",
  cheque: "cheque",
  card: "card",
  "credit card": "card",
  "debit card": "card",
  "mobile money": "mobile-money",
};

/** How the sale was paid (fiscal rules 14): unpaid is credit, partly paid is cash/credit, else by the payment's mode. */
export function paymentKind(document: FiscalDocument, modes: PaymentModes): PaymentKind {
  const balance = document.balance ?? ZERO;
  const total = document.total ?? ZERO;
  if (balance.gt(ZERO)) return balance.gte(total) ? "credit" : "cash-credit";
  const used = new Set(document.paymentModes.map((mode) => mode.toLowerCase()));
  const [mode] = used;
  return used.size === 1 && mode !== undefined ? (lookup(modes, mode) ?? "other") : "other";
}
