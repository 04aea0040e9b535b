import { createHash } from "node:crypto";
import { recordAudit } from "../../db/audit.ts";
import { findBranch } from "../../db/branches.ts";
import { findBusiness, lockBusiness } from "../../db/businesses.ts";
import { enqueueReconciliation } from "../../db/queue.ts";
import {
  businessesToReconcile,
  findRunningReconciliation,
  insertReconciliation,
  reconciledUntil,
} from "../../db/reconciliations.ts";
import type { AtGate, BusinessId, WithBusiness } from "../../db/with-business.ts";
import { findConnection } from "../../db/zoho-connections.ts";
import { addDays, localDay } from "../../fiscal/calendar.ts";
import { RWANDA } from "../../vsdc/rwanda/jurisdiction.ts";

export interface NightDeps {
  withBusiness: WithBusiness;
  clock: () => Date;
}

/** From the first minutes of Zoho's day on, 02:05 to 06:00 in Kigali: what the night uses is not missing in the evening. */
export const NIGHT_MINUTES = 235;
/** What was changed late, or dated back. */
const OVERLAP_DAYS = 3;
/** Of the first night: the month before. */
const FIRST_DAYS = 31;
/** A business whose nights all stop is not looked at further back than this. */
const DAYS_MAX = 92;

/** Queues each business's run of this night at its own minute, so that hundreds do not begin together. */
export async function planNight({ atGate, ...deps }: NightDeps & { atGate: AtGate }): Promise<number> {
  const businesses = await atGate(businessesToReconcile);
  const begins = deps.clock();
  for (const businessId of businesses) {
    const at = new Date(begins.getTime() + minuteOf(businessId) * 60_000);
    await deps.withBusiness(businessId, (tx) => enqueueReconciliation(tx, at, { byNight: true }));
  }
  return businesses.length;
}

/** The same every night, and spread evenly over them. */
export function minuteOf(businessId: BusinessId): number {
  return createHash("sha256").update(businessId).digest().readUInt32BE(0) % NIGHT_MINUTES;
}

/** Until yesterday, from the last completed run on and a little before. */
export function daysOfNight(today: string, until: string | null): { fromDay: string; toDay: string } {
  const toDay = addDays(today, -1);
  const wanted = addDays(until ?? toDay, until === null ? 1 - FIRST_DAYS : -OVERLAP_DAYS);
  const earliest = addDays(toDay, 1 - DAYS_MAX);
  const latest = addDays(toDay, -OVERLAP_DAYS);
  // The middle of the three.
  const fromDay = [earliest, wanted, latest].toSorted()[1] ?? wanted;
  return { fromDay, toDay };
}

/** Nothing where one runs, or where there is nothing to compare any more. */
export async function beginByNight(
  { withBusiness, clock }: NightDeps,
  businessId: BusinessId,
): Promise<void> {
  await withBusiness(businessId, async (tx) => {
    await lockBusiness(tx);
    const isActive = (await findBusiness(tx))?.status === "active";
    const initialisedOn = (await findBranch(tx))?.initialisedOn ?? null;
    const connected = (await findConnection(tx))?.status === "connected";
    if (!isActive || initialisedOn === null || !connected) return;
    if (await findRunningReconciliation(tx)) return;
    const now = clock();
    const days = daysOfNight(localDay(now, RWANDA), await reconciledUntil(tx));
    const { id } = await insertReconciliation(tx, { ...days, createdBy: null, createdAt: now });
    const detail = { from: days.fromDay, to: days.toDay };
    const subject = `reconciliation:${id}`;
    await recordAudit(tx, { actor: "system", action: "reconciliation-started", subject, detail });
    await enqueueReconciliation(tx, "now");
  });
}
