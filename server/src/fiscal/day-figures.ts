import { PAYMENT_KINDS } from "@fiscalise/shared/api/config.ts";
import type { DayFigures, SoldItem, Split } from "@fiscalise/shared/api/reports.ts";
import { RECEIPT_LABELS, type ReceiptLabel } from "@fiscalise/shared/receipt.ts";
import { type Decimal, plain, sum, ZERO } from "./decimal.ts";
import type { Jurisdiction } from "./jurisdiction.ts";
import type { PaymentKind } from "./sale.ts";

type Signed = "NS" | "NR";

/** Receipts of one label added up: by class, by payment, by whoever sold. */
export interface Sum {
  label: Signed;
  count: number;
  gross: Decimal;
  tax: Decimal;
}
export interface ItemSum extends Sum {
  itemCode: string;
  name: string;
  taxClass: string;
  lowestPrice: Decimal;
  highestPrice: Decimal;
  quantity: Decimal;
  discount: Decimal;
}

/** What was added up of a day; how, is the caller's. */
export interface DaySums {
  devices: DayFigures["devices"];
  classes: (Sum & { taxClass: string })[];
  payments: (Sum & { payment: PaymentKind })[];
  items: ItemSum[];
  days: (Sum & { day: string })[];
  /** Of papers that are no receipts of their own: copies, training, proforma. */
  papers: { label: Exclude<ReceiptLabel, Signed>; count: number; gross: Decimal }[];
  incomplete: DayFigures["incomplete"];
}

/** What an X or a Z report says (docs/api/reports.md#what-the-figures-say). */
export function dayFigures(sums: DaySums, { taxClasses }: Pick<Jurisdiction, "taxClasses">): DayFigures {
  const { classes, payments, items, papers, incomplete, days } = sums;
  const total = splitOf(payments);
  return {
    devices: sums.devices,
    labels: RECEIPT_LABELS.map((label) => labelTotal(label, total, papers)),
    total,
    classes: Object.entries(taxClasses).map(([taxClass, { ratePercent }]) => ({
      taxClass,
      ratePercent: plain(ratePercent),
      ...splitOf(classes.filter((each) => each.taxClass === taxClass)),
    })),
    payments: PAYMENT_KINDS.map((payment) => ({
      payment,
      ...splitOf(payments.filter((each) => each.payment === payment)),
    })),
    discounts: discountsOf(items),
    itemsSold: {
      sales: countOf(items, "NS"),
      refunds: countOf(items, "NR"),
      quantities: quantitiesOf(items),
    },
    incomplete,
    days: byKey(days, ({ day }) => day).map(([day, sumsOfDay]) => {
      const { sales, refunds, net } = splitOf(sumsOfDay);
      return { day, receipts: sales.count + refunds.count, gross: net.gross };
    }),
    items: soldItems(items),
  };
}

/** What was stored of a closed day, with what has come since: copies made of its receipts, and what is incomplete now. */
export function figuresSince(
  stored: DayFigures,
  { papers, incomplete }: Pick<DaySums, "papers" | "incomplete">,
): DayFigures {
  const labels = RECEIPT_LABELS.map((label) => labelTotal(label, stored.total, papers));
  return { ...stored, labels, incomplete };
}

/** By item code and class, in the order of the codes. */
export function soldItems(items: readonly ItemSum[]): SoldItem[] {
  return byKey(items, ({ itemCode, taxClass }) => `${itemCode} ${taxClass}`).map(([, [first, ...others]]) => {
    const all = [first, ...others];
    const lowest = all.reduce(
      (low, { lowestPrice }) => (lowestPrice.lt(low) ? lowestPrice : low),
      first.lowestPrice,
    );
    const highest = all.reduce(
      (high, { highestPrice }) => (highestPrice.gt(high) ? highestPrice : high),
      first.highestPrice,
    );
    return {
      itemCode: first.itemCode,
      name: first.name,
      taxClass: first.taxClass,
      lowestPrice: plain(lowest),
      highestPrice: plain(highest),
      quantities: quantitiesOf(all),
      ...splitOf(all),
    };
  });
}

export function splitOf(sums: readonly Sum[]): Split {
  const of = (label: Signed, pick: (each: Sum) => Decimal) =>
    sum(sums.filter((each) => each.label === label).map(pick));
  const part = (label: Signed) => ({
    count: countOf(sums, label),
    gross: plain(of(label, ({ gross }) => gross)),
    tax: plain(of(label, ({ tax }) => tax)),
  });
  const net = (pick: (each: Sum) => Decimal) => plain(of("NS", pick).minus(of("NR", pick)));
  return {
    sales: part("NS"),
    refunds: part("NR"),
    net: { gross: net(({ gross }) => gross), tax: net(({ tax }) => tax) },
  };
}

export function byKey<T>(rows: readonly T[], keyOf: (row: T) => string): [string, [T, ...T[]]][] {
  const groups = new Map<string, [T, ...T[]]>();
  for (const row of rows) {
    const group = groups.get(keyOf(row));
    if (group) group.push(row);
    else groups.set(keyOf(row), [row]);
  }
  return [...groups].toSorted(([one], [other]) => (one < other ? -1 : 1));
}

function labelTotal(
  label: ReceiptLabel,
  total: Split,
  papers: DaySums["papers"],
): DayFigures["labels"][number] {
  if (label === "NS") return { label, count: total.sales.count, gross: total.sales.gross };
  if (label === "NR") return { label, count: total.refunds.count, gross: total.refunds.gross };
  const own = papers.filter((paper) => paper.label === label);
  return {
    label,
    count: own.reduce((all, { count }) => all + count, 0),
    gross: plain(sum(own.map(({ gross }) => gross))),
  };
}

function discountsOf(items: readonly ItemSum[]): DayFigures["discounts"] {
  const of = (label: Signed) =>
    sum(items.filter((item) => item.label === label).map(({ discount }) => discount));
  const [sales, refunds] = [of("NS"), of("NR")];
  return { sales: plain(sales), refunds: plain(refunds), net: plain(sales.minus(refunds)) };
}

function quantitiesOf(items: readonly ItemSum[]): { sold: string; refunded: string } {
  const of = (label: Signed) =>
    items.reduce((all, item) => (item.label === label ? all.plus(item.quantity) : all), ZERO);
  return { sold: plain(of("NS")), refunded: plain(of("NR")) };
}

function countOf(sums: readonly Sum[], label: Signed): number {
  return sums.reduce((all, each) => (each.label === label ? all + each.count : all), 0);
}
