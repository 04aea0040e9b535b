import type { DayFigures, ItemsReport, SalesReport, SoldItem, Split } from "@fiscalise/shared/api/reports.ts";
import { type Cell, csv } from "./csv.ts";

/** Every figure with what it is of, so that a spreadsheet can filter and add them up. */
const HEAD = [
  "Section",
  "Key",
  "Name",
  "Sales count",
  "Sales gross",
  "Sales tax",
  "Refunds count",
  "Refunds gross",
  "Refunds tax",
  "Net gross",
  "Net tax",
];
const ITEM_HEAD = ["Lowest price", "Highest price", "Quantity sold", "Quantity refunded"];
const NO_ITEM: Cell[] = ITEM_HEAD.map(() => null);

export interface ReportFact {
  name: string;
  value: Cell;
}

/** An X or a Z report: facts first, then its sections. */
export function dayCsv(facts: readonly ReportFact[], figures: DayFigures): AsyncIterable<string> {
  const rows = [
    ...facts.map(({ name, value }) => fact("report", name, value)),
    ...figures.devices.flatMap(deviceRows),
    ...figures.labels.map(({ label, count, gross }) => [
      ...["label", label, null, String(count), gross],
      ...Array<null>(HEAD.length - 5).fill(null),
    ]),
    splitRow({ section: "total", key: null, name: null }, figures.total),
    ...figures.classes.map((each) =>
      splitRow({ section: "class", key: each.taxClass, name: `${each.ratePercent}%` }, each),
    ),
    ...figures.payments.map((each) => splitRow({ section: "payment", key: each.payment, name: null }, each)),
    ...(["sales", "refunds", "net"] as const).map((of) => fact("discount", of, figures.discounts[of])),
    fact("items sold", "quantity sold", figures.itemsSold.quantities.sold),
    fact("items sold", "quantity refunded", figures.itemsSold.quantities.refunded),
    ...figures.days.map(({ day, receipts, gross }) => [
      ...["issued on", day, null, String(receipts)],
      ...Array<null>(HEAD.length - 6).fill(null),
      gross,
      null,
    ]),
    fact("incomplete", "count", String(figures.incomplete.count)),
    fact("incomplete", "gross", figures.incomplete.gross),
    ...figures.incomplete.documents.map(({ number, state, total }) => [
      ...["incomplete", number, state, null, total],
      ...Array<null>(HEAD.length - 5).fill(null),
    ]),
  ].map((row) => [...row, ...NO_ITEM]);
  return csv([...HEAD, ...ITEM_HEAD], once([...rows, ...figures.items.map(itemRow)]));
}

export function itemsCsv({ items, total }: ItemsReport): AsyncIterable<string> {
  const all = [...splitRow({ section: "total", key: null, name: null }, total), ...NO_ITEM];
  return csv([...HEAD, ...ITEM_HEAD], once([...items.map(itemRow), all]));
}

export function salesCsv({ by, rows, total }: SalesReport): AsyncIterable<string> {
  const all = splitRow({ section: "total", key: null, name: null }, total);
  return csv(HEAD, once([...rows.map((row) => splitRow({ section: by, ...row }, row)), all]));
}

async function* once(rows: Cell[][]): AsyncGenerator<Cell[][]> {
  yield rows;
}

function fact(section: string, key: string, value: Cell): Cell[] {
  return [section, key, value, ...Array<null>(HEAD.length - 3).fill(null)];
}

function deviceRows(device: DayFigures["devices"][number]): Cell[][] {
  const numbers = (of: "opening" | "closing") =>
    Object.entries(device[of]).map(([name, value]) => fact("device", `${device.sdcId} ${of} ${name}`, value));
  return [
    fact("device", `${device.sdcId} MRC`, device.mrcNumber),
    fact("device", `${device.sdcId} receipts`, String(device.receipts)),
    ...numbers("opening"),
    ...numbers("closing"),
  ];
}

function splitRow(
  { section, key, name }: { section: string; key: Cell; name: Cell },
  { sales, refunds, net }: Split,
): Cell[] {
  const part = ({ count, gross, tax }: Split["sales"]) => [String(count), gross, tax];
  return [section, key, name, ...part(sales), ...part(refunds), net.gross, net.tax];
}

function itemRow(item: SoldItem): Cell[] {
  const name = `${item.name} (${item.taxClass})`;
  return [
    ...splitRow({ section: "item", key: item.itemCode, name }, item),
    item.lowestPrice,
    item.highestPrice,
    item.quantities.sold,
    item.quantities.refunded,
  ];
}
