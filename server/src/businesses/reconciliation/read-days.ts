import {
  foundDocuments,
  type ReconciliationRow,
  unseenDocuments,
  updateRunning,
} from "../../db/reconciliations.ts";
import type { BusinessId } from "../../db/with-business.ts";
import { findAutomation } from "../../db/zoho-automation.ts";
import { BusinessSettingsSchema } from "../../receipts/business-profile.ts";
import { requireBusiness } from "../../receipts/require-business.ts";
import { type Examining, examineDocument } from "./examine-document.ts";
import type { ReconcileDeps } from "./reconcile-deps.ts";
import { firstDayOf } from "./standing.ts";

/** The job's time is over: the place it is at is kept, and a later one goes on. */
export type IsOver = () => boolean;

interface Reading {
  businessId: BusinessId;
  run: ReconciliationRow;
  isOver: IsOver;
}

/**
 * One page of Zoho's list, in order of creation, which no edit moves. A page that was broken off is listed again; what
 * was judged of it is not judged again.
 */
export async function readPage(deps: ReconcileDeps, reading: Reading, kind: "invoice" | "credit-note") {
  const { businessId, run, isOver } = reading;
  const { fromDay: from, toDay: to, page } = run;
  const examining = await prepare(deps, reading);
  const { rows, hasMore } = await deps.callBooks(businessId, (client, access) =>
    client.listDocuments(access, kind, { from, to, page }),
  );
  for (const row of rows) {
    if (isOver()) return;
    // Whatever Zoho makes of the filter.
    if (row.date === null || row.date < from || row.date > to) continue;
    await examineDocument(deps, examining, { ref: { kind, id: row.id }, listed: row });
  }
  const next = hasMore && rows.length > 0 ? { page: page + 1 } : ({ phase: AFTER[kind], page: 1 } as const);
  await deps.withBusiness(businessId, (tx) =>
    updateRunning(tx, run.id, { ...next, pagesRead: run.pagesRead + 1 }),
  );
}

const AFTER = { invoice: "credit-note", "credit-note": "unseen" } as const;
const DOCUMENTS_AT_ONCE = 50;

/** Signed documents of these days that no list showed: each is asked for, for it may only have another date now. */
export async function readUnseen(deps: ReconcileDeps, reading: Reading): Promise<void> {
  const { businessId, run, isOver } = reading;
  const examining = await prepare(deps, reading);
  const unseen = await deps.withBusiness(businessId, async (tx) => {
    const since = (await findAutomation(tx))?.organizationSince ?? null;
    return unseenDocuments(tx, run, { since, limit: DOCUMENTS_AT_ONCE });
  });
  for (const ref of unseen) {
    if (isOver()) return;
    await examineDocument(deps, examining, { ref, listed: null });
  }
  if (unseen.length > 0) return;
  await deps.withBusiness(businessId, (tx) => updateRunning(tx, run.id, { phase: "open" }));
}

/**
 * The batches of one run: nobody's calls of the day are used up for what is long known, and however much is open, some of
 * what was accepted is looked at each time.
 */
const FOUND_BATCHES = ["open", "accepted"] as const;

/** What is open or accepted from other days: whatever was mended or changed since is over, whenever the document was dated. */
export async function readOpen(deps: ReconcileDeps, reading: Reading): Promise<void> {
  const { businessId, run, isOver } = reading;
  const examining = await prepare(deps, reading);
  const first = FOUND_BATCHES[run.page - 1] ?? "open";
  const found = await deps.withBusiness(businessId, (tx) =>
    foundDocuments(tx, run, { first, limit: DOCUMENTS_AT_ONCE }),
  );
  for (const ref of found) {
    if (isOver()) return;
    await examineDocument(deps, examining, { ref, listed: null });
  }
  const isLast = found.length < DOCUMENTS_AT_ONCE || run.page >= FOUND_BATCHES.length;
  const next = isLast ? ({ phase: "device", page: 1 } as const) : { page: run.page + 1 };
  await deps.withBusiness(businessId, (tx) => updateRunning(tx, run.id, next));
}

async function prepare(deps: ReconcileDeps, { businessId, run }: Reading): Promise<Examining> {
  const { names, firstDay } = await deps.withBusiness(businessId, async (tx) => {
    const { settings } = await requireBusiness(tx);
    const { customFields } = BusinessSettingsSchema.parse(settings);
    return { names: customFields, firstDay: await firstDayOf(tx) };
  });
  const fields = await deps.fieldIds(businessId);
  // Without a device nothing can be signed, so nothing is missing.
  return { businessId, run, names, fields, firstDay: firstDay ?? "9999" };
}
