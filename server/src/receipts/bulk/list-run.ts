import { BULK_DOCUMENTS_MAX } from "@fiscalise/shared/bulk.ts";
import {
  type BulkRunRow,
  insertBulkDocuments,
  liveAmong,
  lockBulkRun,
  type NewBulkDocument,
  updateBulkRun,
} from "../../db/bulk-runs.ts";
import type { BusinessId, BusinessTx } from "../../db/with-business.ts";
import { readDay } from "../../fiscal/calendar.ts";
import { plain, readDecimal } from "../../fiscal/decimal.ts";
import type { BulkDeps, ListedInvoice } from "./bulk-deps.ts";
import { moveRun } from "./move-run.ts";
import { isOfPeriod } from "./of-period.ts";

/** 20,000 invoices: whoever has more in one period chooses a shorter one. */
const PAGES_MAX = 100;

interface Found extends ListedInvoice {
  page: number;
}

/**
 * The period's invoices, all of them or none: a list broken off is read again from its first page. Those with a
 * receipt, or on the way to one, are left out and counted.
 */
export async function listRun(deps: BulkDeps, businessId: BusinessId, run: BulkRunRow): Promise<void> {
  const found = await readList(deps, businessId, run);
  const stored = found && (await deps.withBusiness(businessId, (tx) => store(tx, deps, run, found)));
  if (stored !== true) await moveRun(deps, run, { to: "stopped", reason: "bulk-too-large" });
}

async function readList(
  { books }: BulkDeps,
  businessId: BusinessId,
  { askedFrom: from, askedTo: to }: BulkRunRow,
): Promise<Found[] | null> {
  if (from === null || to === null) throw new Error("bug: a run that lists has a period");
  const found = new Map<string, Found>();
  for (let page = 1; page <= PAGES_MAX; page += 1) {
    const { rows, hasMore } = await books.listInvoices(businessId, { from, to, page });
    for (const row of rows) if (isOfPeriod(row, { from, to })) found.set(row.id, { ...row, page });
    if (!hasMore) return [...found.values()].toSorted(inOrderOfDate);
  }
  return null;
}

/** As a person would do them by hand: the oldest first. */
function inOrderOfDate(a: Found, b: Found): number {
  return (a.date ?? "").localeCompare(b.date ?? "") || (a.number ?? "").localeCompare(b.number ?? "");
}

/** False: more than a run holds. */
async function store(tx: BusinessTx, deps: BulkDeps, run: BulkRunRow, found: Found[]): Promise<boolean> {
  const current = await lockBulkRun(tx, run.id);
  if (current?.state !== "checking" || current.listedAt !== null) return true;
  const live = await liveAmong(
    tx,
    found.map(({ id }) => id),
  );
  const wanted = found.filter(({ id, status }) => !live.has(id) && status !== "void");
  if (wanted.length > BULK_DOCUMENTS_MAX) return false;
  await insertBulkDocuments(
    tx,
    run.id,
    wanted.map((row) => documentOf(row, deps.clock())),
  );
  const leftOut = found.filter(({ id }) => live.has(id)).length;
  await updateBulkRun(tx, run.id, { listedAt: deps.clock(), leftOut });
  return true;
}

function documentOf(row: Found, now: Date): NewBulkDocument {
  const total = row.total === null ? null : readDecimal(row.total);
  return {
    zohoDocumentId: row.id,
    number: row.number,
    date: readDay(row.date),
    customerName: row.customerName,
    currencyCode: row.currencyCode,
    total: total && plain(total),
    listPage: row.page,
    // Known without reading it, which spares a call of each draft.
    ...(row.status === "draft" && {
      state: "refused" as const,
      refusals: [{ code: "document-not-final" as const, lines: [] }],
      settledAt: now,
    }),
  };
}
