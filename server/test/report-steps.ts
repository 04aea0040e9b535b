import { type DayFigures, type Split, XReportSchema } from "@fiscalise/shared/api/reports.ts";
import { expect } from "vitest";
import { PAYMENT_CODES } from "../src/vsdc/rwanda/codes.ts";
import type { Business } from "./harness.ts";
import { cents, type Sums } from "./wire-sums.ts";

export const REPORTS = "/businesses/me/reports";
export const xOf = async (shop: Business, query = "") =>
  XReportSchema.parse((await shop.api.get(`${REPORTS}/x${query}`)).body);

/** The figures in the terms of the ledger's sums. */
export function sumsOf(figures: DayFigures): Sums {
  const sums: Sums = {};
  const add = (key: string, count: number, gross: string, tax: string) => {
    if (count > 0) sums[key] = { count, gross: cents(gross), tax: cents(tax) };
  };
  const split = (key: string, { sales, refunds, net }: Split) => {
    expect(cents(net.gross), key).toBe(cents(sales.gross) - cents(refunds.gross));
    expect(cents(net.tax), key).toBe(cents(sales.tax) - cents(refunds.tax));
    add(`NS ${key}`, sales.count, sales.gross, sales.tax);
    add(`NR ${key}`, refunds.count, refunds.gross, refunds.tax);
  };
  split("total", figures.total);
  for (const each of figures.classes) split(`class ${each.taxClass}`, each);
  for (const each of figures.payments) split(`payment ${PAYMENT_CODES[each.payment]}`, each);
  for (const each of figures.items) split(`item ${each.itemCode} ${each.taxClass}`, each);
  const { discounts, itemsSold } = figures;
  add("NS discount", itemsSold.sales, discounts.sales, "0");
  add("NR discount", itemsSold.refunds, discounts.refunds, "0");
  add("NS quantity", itemsSold.sales, itemsSold.quantities.sold, "0");
  add("NR quantity", itemsSold.refunds, itemsSold.quantities.refunded, "0");
  return sums;
}
