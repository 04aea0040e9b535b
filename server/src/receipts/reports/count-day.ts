import { type DayFigures, DayFiguresSchema } from "@fiscalise/shared/api/reports.ts";
import { copyLabel } from "@fiscalise/shared/receipt.ts";
import { figuresOfDay } from "../../db/day-reports.ts";
import {
  type Counted,
  type DaySumRows,
  type ItemRow,
  type PaymentRow,
  type SumRow,
  sumCopies,
  sumDay,
} from "../../db/report-sums.ts";
import { takeReportTurn } from "../../db/report-turn.ts";
import type { BusinessTx } from "../../db/with-business.ts";
import { dayFigures, figuresSince, type ItemSum, type Sum } from "../../fiscal/day-figures.ts";
import { decimal } from "../../fiscal/decimal.ts";
import { RWANDA } from "../../vsdc/rwanda/jurisdiction.ts";
import { paymentOf } from "../../vsdc/rwanda/receipt-document.ts";

export const IncompleteSchema = DayFiguresSchema.shape.incomplete;

/** What a report says of the receipts counted, from their frozen requests alone. */
export async function countDay(
  tx: BusinessTx,
  counted: Counted,
  incomplete: DayFigures["incomplete"],
): Promise<DayFigures> {
  const rows = await sumDay(tx, counted);
  return dayFigures(
    {
      devices: rows.devices,
      classes: rows.payments.flatMap(classesOf),
      payments: rows.payments.map((row) => ({ ...sumOf(row), payment: paymentOf(row.code ?? "") })),
      items: rows.items.map(itemSumOf),
      days: rows.days.map((row) => ({ ...sumOf(row), day: row.day })),
      papers: rows.copies.map(paperOf),
      incomplete,
    },
    RWANDA,
  );
}

/** What was issued on one day: as its Z report counted it, where that counted nothing else; a busy day costs seconds. */
export async function viewedDay(
  tx: BusinessTx,
  { branchId, day }: { branchId: string; day: string },
  incomplete: DayFigures["incomplete"],
): Promise<DayFigures> {
  const counted = { branchId, from: day, to: day };
  const stored = await figuresOfDay(tx, { branchId, day });
  if (stored === null) {
    await takeReportTurn(tx);
    return countDay(tx, counted, incomplete);
  }
  const papers = (await sumCopies(tx, counted)).map(paperOf);
  return figuresSince(DayFiguresSchema.parse(stored), { papers, incomplete });
}

function paperOf({ label, count, gross }: DaySumRows["copies"][number]) {
  return { label: copyLabel(label), count, gross: decimal(gross) };
}

export function sumOf({ label, count, gross, tax }: SumRow): Sum {
  return { label, count, gross: decimal(gross), tax: decimal(tax) };
}

export function classesOf({ label, classes }: PaymentRow): (Sum & { taxClass: string })[] {
  return classes.map(({ taxClass, ...row }) => ({ ...sumOf({ label, ...row }), taxClass }));
}

export function itemSumOf(row: ItemRow): ItemSum {
  return {
    ...sumOf(row),
    itemCode: row.itemCode,
    name: row.name,
    taxClass: row.taxClass,
    lowestPrice: decimal(row.lowestPrice),
    highestPrice: decimal(row.highestPrice),
    quantity: decimal(row.quantity),
    discount: decimal(row.discount),
  };
}
