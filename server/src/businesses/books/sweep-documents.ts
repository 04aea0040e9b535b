import * as z from "zod";
import { isDatabaseAway } from "../../db/database-away.ts";
import { enqueueDocument } from "../../db/queue.ts";
import type { AtGate, BusinessId, BusinessTx, WithBusiness } from "../../db/with-business.ts";
import {
  businessesToSweep,
  dropDeliveriesBefore,
  findAutomation,
  keepAutomation,
} from "../../db/zoho-automation.ts";
import { isVoid } from "../../fiscal/automation-policy.ts";
import type { DocumentPage, ListedDocument } from "../../zoho/books-documents.ts";
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
/** Of one run in one organisation. What is left goes on in the next, so that a backlog leaves the day's calls to others. */
const PAGES_MAX = 10;
const KEEP_DELIVERIES_MS = 30 * 24 * 3_600_000;

/** Where a sweep is: it may need several runs. */
const placeSchema = z.object({
  since: z.coerce.date(),
  startedAt: z.coerce.date(),
  kind: z.enum(["invoice", "credit-note"]),
  page: z.number().int().min(1),
});
type Place = z.output<typeof placeSchema>;

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
  const { callBooks, withBusiness, clock } = deps;
  const begun = await withBusiness(businessId, (tx) => findPlace(tx, clock()));
  let place: Place | null = begun.place;
  let documents = 0;
  for (let pages = 0; place !== null && pages < PAGES_MAX; pages += 1) {
    const { kind, since: modifiedSince, page }: Place = place;
    const listed: DocumentPage = await callBooks(businessId, (client, access) =>
      client.listDocuments(access, kind, { modifiedSince, page }),
    );
    const found = listed.rows.filter(({ status }) => status !== "draft");
    const isLast = !listed.hasMore || listed.rows.length === 0;
    const next: Place | null = isLast ? afterList(place) : { ...place, page: page + 1 };
    const seen = { place, next: isLast ? next : place, found, until: begun.until };
    if (!(await withBusiness(businessId, (tx) => keepPage(tx, seen, clock())))) return documents;
    documents += found.length;
    place = next;
  }
  await withBusiness(businessId, async (tx) => {
    await keepAutomation(tx, { sweptAt: clock() });
    await dropDeliveriesBefore(tx, new Date(clock().getTime() - KEEP_DELIVERIES_MS));
  });
  return documents;
}

async function findPlace(tx: BusinessTx, now: Date): Promise<{ place: Place; until: Date | null }> {
  const { sweepPlace = null, sweptUntil: until = null } = (await findAutomation(tx)) ?? {};
  if (sweepPlace) return { place: placeSchema.parse(sweepPlace), until };
  const lastMs = until?.getTime() ?? now.getTime() - FIRST_LOOK_MS;
  const place: Place = {
    since: new Date(lastMs - OVERLAP_MS),
    startedAt: now,
    kind: "invoice",
    page: 1,
  };
  return { place, until };
}

function afterList(place: Place): Place | null {
  return place.kind === "invoice" ? { ...place, kind: "credit-note", page: 1 } : null;
}

/**
 * Each page with the place to go on from, so that a run broken off loses nothing. A run that follows reads the last page
 * once more: a document deleted meanwhile moves those behind it forward. False where the mark was set anew meanwhile,
 * maybe for another organisation: what was found is not wanted any more.
 */
async function keepPage(
  tx: BusinessTx,
  seen: { place: Place; next: Place | null; found: readonly ListedDocument[]; until: Date | null },
  now: Date,
): Promise<boolean> {
  const { place, next, found, until } = seen;
  const mark = (await findAutomation(tx))?.sweptUntil;
  if (mark?.getTime() !== until?.getTime()) return false;
  for (const { id, status } of found) {
    await enqueueDocument(tx, { kind: place.kind, id, mayBeVoid: isVoid(status) }, now);
  }
  await keepAutomation(tx, { sweepPlace: next, ...(next === null && { sweptUntil: place.startedAt }) });
  return true;
}
