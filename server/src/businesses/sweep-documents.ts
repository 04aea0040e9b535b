import { isDatabaseAway } from "../db/database-away.ts";
import { enqueueDocument } from "../db/queue.ts";
import type { AtGate, BusinessId, WithBusiness } from "../db/with-business.ts";
import {
  businessesToSweep,
  type DocumentKind,
  dropDeliveriesBefore,
  findAutomation,
  keepAutomation,
} from "../db/zoho-automation.ts";
import { isVoid } from "../fiscal/automation-policy.ts";
import type { ListedDocument } from "../zoho/books-documents.ts";
import type { CallBooks } from "./books.ts";

export interface SweepDeps {
  atGate: AtGate;
  withBusiness: WithBusiness;
  callBooks: CallBooks;
  clock: () => Date;
  /** A business whose books cannot be read now is looked through next time; the others do not wait for it. */
  onFailed: (failed: { businessId: BusinessId; error: unknown }) => void;
}

/** Zoho's clock is not ours, and a document may show late in its lists. */
const OVERLAP_MS = 3_600_000;
/** Before the first sweep of a business. */
const FIRST_LOOK_MS = 24 * 3_600_000;
const PAGES_MAX = 50;
const KEEP_DELIVERIES_MS = 30 * 24 * 3_600_000;

/** Finds the documents whose webhook never came: what changed since the last sweep is looked at again. */
export async function sweepDocuments(deps: SweepDeps): Promise<{ businesses: number; documents: number }> {
  const businesses = await deps.atGate(businessesToSweep);
  let documents = 0;
  for (const businessId of businesses) {
    try {
      documents += await sweepBusiness(deps, businessId);
    } catch (error) {
      if (isDatabaseAway(error)) throw error;
      deps.onFailed({ businessId, error });
    }
  }
  return { businesses: businesses.length, documents };
}

async function sweepBusiness(deps: SweepDeps, businessId: BusinessId): Promise<number> {
  const startedAt = deps.clock();
  const until = await deps.withBusiness(businessId, async (tx) => (await findAutomation(tx))?.sweptUntil);
  const lastMs = until?.getTime() ?? startedAt.getTime() - FIRST_LOOK_MS;
  const since = new Date(lastMs - OVERLAP_MS);
  const found: { kind: DocumentKind; row: ListedDocument }[] = [];
  let isAll = true;
  for (const kind of ["invoice", "credit-note"] as const) {
    const { rows, hasMore } = await changedSince(deps, businessId, { kind, since });
    found.push(...rows.map((row) => ({ kind, row })));
    isAll &&= !hasMore;
  }
  await deps.withBusiness(businessId, async (tx) => {
    for (const { kind, row } of found) {
      await enqueueDocument(tx, { kind, id: row.id, mayBeVoid: isVoid(row.status) }, startedAt);
    }
    await keepAutomation(tx, { sweptAt: startedAt, ...(isAll && { sweptUntil: startedAt }) });
    await dropDeliveriesBefore(tx, new Date(startedAt.getTime() - KEEP_DELIVERIES_MS));
  });
  return found.length;
}

async function changedSince(
  { callBooks }: SweepDeps,
  businessId: BusinessId,
  { kind, since }: { kind: DocumentKind; since: Date },
): Promise<{ rows: ListedDocument[]; hasMore: boolean }> {
  const rows: ListedDocument[] = [];
  for (let page = 1; page <= PAGES_MAX; page += 1) {
    const listed = await callBooks(businessId, (client, access) =>
      client.listDocuments(access, kind, { modifiedSince: since, page }),
    );
    rows.push(...listed.rows.filter(({ status }) => status !== "draft"));
    if (!listed.hasMore) return { rows, hasMore: false };
  }
  return { rows, hasMore: true };
}
