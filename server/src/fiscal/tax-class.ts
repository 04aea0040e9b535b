import type { RefusalCode } from "@fiscalise/shared/problem.ts";
import { type Decimal, decimal, ONE, round, ZERO } from "./decimal.ts";
import type { StatedTax } from "./document.ts";
import type { Jurisdiction } from "./jurisdiction.ts";
import { lookup } from "./lookup.ts";

export interface TaxSettings {
  vatRegistered: boolean;
  /** The class the business gave a tax; `null` as key is "no tax". */
  mappedClass: (taxId: string | null) => string | null;
}

export type Classification =
  | { kind: "classified"; taxClass: string; ratePercent: Decimal }
  | { kind: "refused"; code: RefusalCode };

/** The class of a stated tax: the first row of fiscal rules §4 that applies. 0 % is never guessed. */
export function classify(tax: StatedTax, settings: TaxSettings, jurisdiction: Jurisdiction): Classification {
  if (!settings.vatRegistered) {
    const taxed = !tax.percentage.eq(ZERO) || (tax.amount !== null && !tax.amount.eq(ZERO));
    return taxed ? refused("vat-not-registered") : classified(jurisdiction.unregisteredClass, jurisdiction);
  }
  const mapped = settings.mappedClass(tax.taxId);
  if (mapped !== null) {
    const result = classified(mapped, jurisdiction);
    return tax.percentage.eq(result.ratePercent) ? result : refused("tax-class-mismatch");
  }
  if (tax.isGroup) return refused("tax-group-unsupported");
  const known = jurisdiction.classByPercentage.find(({ percentage }) => percentage.eq(tax.percentage));
  return known ? classified(known.taxClass, jurisdiction) : refused("tax-class-unmapped");
}

function classified(taxClass: string, jurisdiction: Jurisdiction): Classification & { kind: "classified" } {
  const known = lookup(jurisdiction.taxClasses, taxClass);
  if (!known) throw new Error(`bug: ${jurisdiction.code} has no tax class ${taxClass}`);
  return { kind: "classified", taxClass, ratePercent: known.ratePercent };
}

function refused(code: RefusalCode): Classification {
  return { kind: "refused", code };
}

const PERCENT = decimal("0.01");

/** Whether a line's stated tax is that of its class (fiscal rules §4, VAT check); `tax` before any allocation. */
export function taxAgrees(
  line: { net: Decimal; tax: Decimal },
  ratePercent: Decimal,
  pricePrecision: number,
): boolean {
  if (ratePercent.eq(ZERO)) return line.tax.eq(ZERO);
  const expected = round(line.net.times(ratePercent).times(PERCENT), pricePrecision);
  return line.tax.minus(expected).abs().lte(smallestUnit(pricePrecision));
}

/** `10^-decimals` */
export function smallestUnit(decimals: number): Decimal {
  return decimals === 0 ? ONE : decimal(`1e-${decimals}`);
}

/** VAT on a net amount at the stated percentage (fiscal rules 2). */
export function taxOn(net: Decimal, percentage: Decimal, pricePrecision: number): Decimal {
  return round(net.times(percentage).times(PERCENT), pricePrecision);
}
