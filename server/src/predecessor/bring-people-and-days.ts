import { randomUUID } from "node:crypto";
import { importedIds, insertImportedDayReport, insertImportedUser, noteImported } from "../db/imports.ts";
import type { BusinessId } from "../db/with-business.ts";
import { count, type MigrateDeps, type Migrating } from "./migrating.ts";
import { planReports } from "./plan-reports.ts";
import { planUsers } from "./plan-users.ts";

export async function bringUsers(
  deps: MigrateDeps,
  id: BusinessId,
  { inputs, isDry, result }: Migrating,
): Promise<void> {
  const plan = planUsers(inputs.users);
  result.dirty.push(...plan.dirty);
  await deps.withBusiness(id, async (tx) => {
    const known = await importedIds(tx, "users");
    const fresh = plan.users.filter(({ sourceId }) => !known.has(sourceId));
    const importedAt = deps.clock();
    count(result, "users", fresh.length, plan.users.length - fresh.length);
    for (const { sourceId, user } of isDry ? [] : fresh) {
      const ourId = randomUUID();
      await insertImportedUser(tx, { ...user, id: ourId });
      await noteImported(tx, [{ sourceTable: "users", sourceId, ourId, sourceName: user.name, importedAt }]);
    }
  });
}

export async function bringReports(
  deps: MigrateDeps,
  id: BusinessId,
  { inputs, isDry, result }: Migrating,
): Promise<void> {
  const plan = planReports(inputs.reports);
  result.dirty.push(...plan.dirty);
  await deps.withBusiness(id, async (tx) => {
    const known = await importedIds(tx, "daily_reports");
    const fresh = plan.reports.filter(({ sourceId }) => !known.has(sourceId));
    const importedAt = deps.clock();
    count(result, "reports", fresh.length, plan.reports.length - fresh.length);
    for (const { sourceId, ...report } of isDry ? [] : fresh) {
      const ourId = randomUUID();
      await insertImportedDayReport(tx, { ...report, id: ourId, importedAt });
      await noteImported(tx, [{ sourceTable: "daily_reports", sourceId, ourId, importedAt }]);
    }
  });
}
