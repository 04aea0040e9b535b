import { recordAudit } from "../db/audit.ts";
import type { BusinessId } from "../db/with-business.ts";
import { bringReports, bringUsers } from "./bring-people-and-days.ts";
import { bringReceipts } from "./bring-receipts.ts";
import { count, type Inputs, type MigrateDeps, type Migrating } from "./migrating.ts";
import { deviceOf, idOf, isOrganization, openBusiness } from "./open-business.ts";
import { type Activity, readActivity } from "./read-activity.ts";
import { type Counts, type DirtyRow, nothing, type Result } from "./report.ts";
import type { BusinessRow, ReportRow, Source, UserRow } from "./source.ts";

/**
 * Brings what the predecessor left, each business inside itself and in small transactions: killed at any moment, the next
 * run goes on; run again, it changes nothing. Dry, it writes nothing.
 */
export async function migratePredecessor(deps: MigrateDeps, { isDry }: { isDry: boolean }): Promise<Result> {
  const { source } = deps;
  const [businesses, users, reports] = [
    await source.businesses(),
    await source.users(),
    await source.reports(),
  ];
  const highest = new Map(
    (await source.transactionNumbers()).map((row) => [row.businessId, BigInt(row.number)]),
  );
  const activities = await readActivities(source);
  const result: Result = { brought: nothing(), known: nothing(), dirty: [] };
  const migrated = new Set<number>();
  for (const business of businesses) {
    const inputs: Inputs = {
      business,
      users: users.filter((user) => user.businessId === business.id),
      reports: reports.filter((report) => report.businessId === business.id),
      activities: activities.get(business.tin) ?? [],
      transactionNumber: highest.get(business.id) ?? 0n,
    };
    if (await migrateBusiness(deps, { inputs, isDry, result })) migrated.add(business.id);
  }
  sayStrangers(result.dirty, { businesses, users, reports, activities, migrated });
  return result;
}

/** What each proves, without its texts: small enough for all of them at once. */
async function readActivities(source: Source): Promise<Map<string | null, Activity[]>> {
  const byTin = new Map<string | null, Activity[]>();
  for await (const batch of source.activities()) {
    for (const activity of batch.map(readActivity)) {
      const known = byTin.get(activity.tin);
      if (known) known.push(activity);
      else byTin.set(activity.tin, [activity]);
    }
  }
  return byTin;
}

/** Rows that belong to no business that came. */
function sayStrangers(
  dirty: DirtyRow[],
  all: {
    businesses: BusinessRow[];
    users: UserRow[];
    reports: ReportRow[];
    activities: Map<string | null, Activity[]>;
    migrated: Set<number>;
  },
): void {
  const isHeld = false;
  const came = new Set(all.businesses.filter(({ id }) => all.migrated.has(id)).map(({ tin }) => tin));
  for (const { id, businessId: owner } of all.users) {
    if (owner === null) dirty.push({ table: "users", id, reason: "user-without-business", isHeld });
    else if (!all.migrated.has(owner))
      dirty.push({ table: "users", id, reason: "business-not-migrated", isHeld });
  }
  for (const { id, businessId: owner } of all.reports) {
    if (!all.migrated.has(owner))
      dirty.push({ table: "daily_reports", id, reason: "business-not-migrated", isHeld });
  }
  for (const [tin, activities] of all.activities) {
    if (tin !== null && came.has(tin)) continue;
    for (const { id } of activities)
      dirty.push({ table: "webhook_activities", id, reason: "business-unknown", isHeld });
  }
}

async function migrateBusiness(deps: MigrateDeps, { inputs, isDry, result }: Migrating): Promise<boolean> {
  const { business } = inputs;
  const say = (reason: DirtyRow["reason"]) =>
    result.dirty.push({ table: "businesses", id: business.id, reason, isHeld: false });
  if (!/^\d{9}$/.test(business.tin)) {
    say("tin-invalid");
    return false;
  }
  const id = idOf(business.tin);
  const device = deviceOf(inputs, say);
  if (business.organizationId !== null && !isOrganization(business.organizationId))
    say("organization-invalid");
  const opened = await openBusiness(deps, id, { inputs, device, isDry });
  if (opened === "tin-taken") {
    say("tin-taken");
    return false;
  }
  count(result, "businesses", opened.isKnown ? 0 : 1, opened.isKnown ? 1 : 0);
  const before = { ...result.brought };
  await bringUsers(deps, id, { inputs, isDry, result });
  await bringReceipts(deps, id, { inputs, isDry, result });
  await bringReports(deps, id, { inputs, isDry, result });
  if (!isDry) await noteRun(deps, id, before, result.brought, opened.isKnown);
  return true;
}

async function noteRun(
  deps: MigrateDeps,
  id: BusinessId,
  before: Counts,
  after: Counts,
  isKnown: boolean,
): Promise<void> {
  const { users, receipts, held, reports } = after;
  const detail = {
    users: users - before.users,
    receipts: receipts - before.receipts,
    held: held - before.held,
    reports: reports - before.reports,
  };
  if (isKnown && Object.values(detail).every((brought) => brought === 0)) return;
  await deps.withBusiness(id, (tx) =>
    recordAudit(tx, { actor: "system", action: "predecessor-migrated", subject: `business:${id}`, detail }),
  );
}
