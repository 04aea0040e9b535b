import type { LINE_ARITHMETICS } from "@fiscalise/shared/api/devices.ts";
import {
  type Decimal,
  decimal,
  decimalsOf,
  divide,
  fromUnits,
  HUNDRED,
  max,
  ONE,
  plain,
  round,
  toUnits,
  ZERO,
} from "../../fiscal/decimal.ts";
import type { AmountLine } from "../../fiscal/prepare-sale.ts";
import { cut, tidy } from "../../fiscal/text.ts";

/** How a device wants price, quantity and amount of a line to agree (fiscal rules 10). */
export type LineArithmetic = (typeof LINE_ARITHMETICS)[number];

export const NAME_LENGTH = 200;
const UNIT_LENGTH = 20;
const CENT = decimal("0.01");
const PRICE_BELOW = decimal("1e16");

/** One wire line's arithmetic; VAT-inclusive RWF. `folded`: the quantity went into the name. */
export interface WireAmounts {
  quantity: Decimal;
  price: Decimal;
  supply: Decimal;
  discountPercent: Decimal;
  discount: Decimal;
  total: Decimal;
  folded: boolean;
}

/** Rule 10: one document line as one wire line, or two when an exact device makes it split. */
export function wireAmounts(line: AmountLine, arithmetic: LineArithmetic): WireAmounts[] {
  return arithmetic === "natural" ? [natural(line)] : exact(line);
}

function natural(line: AmountLine): WireAmounts {
  const supply = line.hasDiscount ? max(line.undiscounted, line.gross) : line.gross;
  const price = divide(supply, line.quantity);
  const vanishes = price.eq(ZERO) && supply.gt(ZERO);
  if (decimalsOf(line.quantity) > 2 || vanishes || !fitsWire(price)) return folded(line);
  const discount = supply.minus(line.gross);
  const discountPercent = discount.eq(ZERO)
    ? ZERO
    : naturalPercent(line.onlyDiscountPercent, supply, discount);
  return {
    quantity: line.quantity,
    price,
    supply,
    discountPercent,
    discount,
    total: line.gross,
    folded: false,
  };
}

/** The percentage a person typed when it explains the discount to the cent, else the nearest that is not zero. */
function naturalPercent(typed: Decimal | null, supply: Decimal, discount: Decimal): Decimal {
  const isWireRate = typed !== null && decimalsOf(typed) <= 2 && typed.lte(HUNDRED);
  if (isWireRate && percentOf(supply, typed).eq(discount)) return typed;
  const nearest = divide(discount.times(HUNDRED), supply);
  return nearest.lt(CENT) ? CENT : nearest;
}

function exact(line: AmountLine): WireAmounts[] {
  const one = discountShown(line) ?? plainLine(line);
  return one ? [one] : (split(line) ?? [folded(line)]);
}

/** (a) The discount shown: price × quantity is the undiscounted amount, and the chain gives the gross. */
function discountShown(line: AmountLine): WireAmounts | null {
  const { gross, quantity, undiscounted } = line;
  if (!line.hasDiscount || decimalsOf(quantity) > 2) return null;
  const price = divide(undiscounted, quantity);
  if (!price.times(quantity).eq(undiscounted) || undiscounted.eq(ZERO) || !fitsWire(price)) return null;
  const typed = line.onlyDiscountPercent;
  const candidates = typed !== null && decimalsOf(typed) <= 2 ? [typed] : [];
  candidates.push(divide(undiscounted.minus(gross).times(HUNDRED), undiscounted));
  for (const percent of candidates) {
    const discount = percentOf(undiscounted, percent);
    const inRange = percent.gt(ZERO) && percent.lte(HUNDRED) && discount.gt(ZERO);
    if (inRange && undiscounted.minus(discount).eq(gross)) {
      return {
        quantity,
        price,
        supply: undiscounted,
        discountPercent: percent,
        discount,
        total: gross,
        folded: false,
      };
    }
  }
  return null;
}

/** (b) Plain: a discount is inside the price. */
function plainLine(line: AmountLine): WireAmounts | null {
  if (decimalsOf(line.quantity) > 2) return null;
  const price = divide(line.gross, line.quantity);
  const holds = price.times(line.quantity).eq(line.gross) && fitsWire(price);
  return holds ? undiscountedLine(line.quantity, price) : null;
}

/** Bounded amounts over a quantity below 1 can give a price that NUMBER(18,2) cannot hold: such a line is folded too. */
function fitsWire(price: Decimal): boolean {
  return price.lt(PRICE_BELOW);
}

/** (c) Split: the remainder in cents makes the first units a cent dearer. */
function split(line: AmountLine): WireAmounts[] | null {
  if (decimalsOf(line.quantity) > 0 || line.quantity.lt("2")) return null;
  const quantity = toUnits(line.quantity, 0);
  const cents = toUnits(line.gross, 2);
  const price = cents / quantity;
  if (price === 0n) return null;
  const dearer = cents % quantity;
  return [
    undiscountedLine(fromUnits(dearer, 0), fromUnits(price + 1n, 2)),
    undiscountedLine(fromUnits(quantity - dearer, 0), fromUnits(price, 2)),
  ];
}

/** (d) Folded: quantity 1, the real quantity in the name. */
function folded(line: AmountLine): WireAmounts {
  return { ...undiscountedLine(ONE, line.gross), folded: true };
}

function undiscountedLine(quantity: Decimal, price: Decimal): WireAmounts {
  const supply = price.times(quantity);
  return { quantity, price, supply, discountPercent: ZERO, discount: ZERO, total: supply, folded: false };
}

function percentOf(amount: Decimal, percent: Decimal): Decimal {
  return round(amount.times(percent).times(CENT), 2);
}

/** The item name as sent; a folded line says its quantity and unit. */
export function wireName(line: Pick<AmountLine, "name" | "quantity" | "unit">, isFolded: boolean): string {
  const name = tidy(line.name) ?? "";
  if (!isFolded) return cut(name, NAME_LENGTH);
  const unit = tidy(line.unit);
  const amount = plain(line.quantity);
  const suffix = ` (${unit === null ? amount : `${amount} ${cut(unit, UNIT_LENGTH)}`})`;
  return cut(`${cut(name, Math.max(0, NAME_LENGTH - suffix.length))}${suffix}`, NAME_LENGTH);
}
