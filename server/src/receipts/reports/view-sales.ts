import type { ItemsReport, SalesBy, SalesReport } from "@fiscalise/shared/api/reports.ts";
import type { Actor } from "../../actor.ts";
import {
  type Counted,
  type SumRow,
  type Sums,
  sumByItem,
  sumByPayment,
  sumByUser,
} from "../../db/report-sums.ts";
import { takeReportTurn } from "../../db/report-turn.ts";
import type { BusinessTx, WithBusiness } from "../../db/with-business.ts";
import { byKey, type Sum, soldItems, splitOf } from "../../fiscal/day-figures.ts";
import { paymentOf } from "../../vsdc/rwanda/receipt-document.ts";
import { classesOf, itemSumOf, sumOf } from "./count-day.ts";
import { reportBranch } from "./report-branch.ts";

export interface PeriodAsked {
  actor: Actor;
  branch: string | null;
  /** Days the receipts were issued on, both included. */
  from: string;
  to: string;
}
interface Deps {
  withBusiness: WithBusiness;
}
type Keyed = Sum & { key: string; name: string | null };

/** The PLU report: what was sold and refunded of each item. */
export async function viewItems(deps: Deps, asked: PeriodAsked): Promise<ItemsReport> {
  const { from, to } = asked;
  const { rows, total } = await ofPeriod(deps, asked, sumByItem);
  return { from, to, total: splitOf(total.map(sumOf)), items: soldItems(rows.map(itemSumOf)) };
}

/** Sales and refunds of a period by what is asked for. */
export async function viewSales(
  deps: Deps,
  { by, ...asked }: PeriodAsked & { by: SalesBy },
): Promise<SalesReport> {
  const { from, to } = asked;
  const { rows, total } = await ofPeriod(deps, asked, KEYED[by]);
  const split = byKey(rows, ({ key }) => key).map(([key, [first, ...others]]) => ({
    key,
    name: first.name,
    ...splitOf([first, ...others]),
  }));
  return { from, to, by, total: splitOf(total.map(sumOf)), rows: split };
}

const KEYED: Record<SalesBy, (tx: BusinessTx, counted: Counted) => Promise<Sums<Keyed>>> = {
  class: async (tx, counted) => {
    const { rows, total } = await sumByPayment(tx, counted);
    const classes = rows.flatMap(classesOf).filter(({ count }) => count > 0);
    return { rows: classes.map((each) => ({ ...each, key: each.taxClass, name: null })), total };
  },
  payment: async (tx, counted) =>
    keyed(await sumByPayment(tx, counted), ({ code }) => ({ key: paymentOf(code ?? ""), name: null })),
  item: async (tx, counted) =>
    keyed(await sumByItem(tx, counted), ({ itemCode, name }) => ({ key: itemCode, name })),
  user: async (tx, counted) =>
    keyed(await sumByUser(tx, counted), ({ userNumber, name }) => ({
      key: userNumber === null ? "automation" : `user:${userNumber}`,
      name,
    })),
};

function keyed<T extends SumRow>(
  { rows, total }: Sums<T>,
  keyOf: (row: T) => { key: string; name: string | null },
): Sums<Keyed> {
  return { rows: rows.map((row) => ({ ...sumOf(row), ...keyOf(row) })), total };
}

function ofPeriod<T>(
  { withBusiness }: Deps,
  { actor, branch, from, to }: PeriodAsked,
  sums: (tx: BusinessTx, counted: Counted) => Promise<T>,
): Promise<T> {
  return withBusiness(actor.businessId, async (tx) => {
    const { id: branchId } = await reportBranch(tx, branch);
    await takeReportTurn(tx);
    return sums(tx, { branchId, from, to });
  });
}
