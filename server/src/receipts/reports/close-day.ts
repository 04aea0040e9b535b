import type { Actor, Automaton } from "../../actor.ts";
import { recordAudit } from "../../db/audit.ts";
import { knownDevice, lockBranch } from "../../db/branches.ts";
import { findBusiness } from "../../db/businesses.ts";
import { insertDayReport, lastDayReport } from "../../db/day-reports.ts";
import { lastImportedReport } from "../../db/imports.ts";
import { incompleteSales } from "../../db/report-sums.ts";
import type { BusinessTx } from "../../db/with-business.ts";
import { Failure } from "../../failure.ts";
import { localDay } from "../../fiscal/calendar.ts";
import { RWANDA } from "../../vsdc/rwanda/jurisdiction.ts";
import { auditedBy, requester } from "../actor.ts";
import { requireBusiness } from "../require-business.ts";
import { countReports } from "./count-reports.ts";
import { reportBranch } from "./report-branch.ts";
import { type ReportDeps, sellerFacts } from "./view-day.ts";

/**
 * The Z report of a day that has begun, by hand; also when there is nothing to count.
 * @throws Failure day-closed, input-invalid, not-found
 */
export async function closeDay(
  deps: ReportDeps,
  { actor, branch, day }: { actor: Actor; branch: string | null; day: string },
): Promise<{ number: number; branch: string }> {
  const now = deps.clock();
  if (day > localDay(now, RWANDA)) {
    throw new Failure("input-invalid", "a day to come", { fields: [{ path: "day", code: "day-to-come" }] });
  }
  const closed = await deps.withBusiness(actor.businessId, async (tx) => {
    await requireBusiness(tx);
    const found = await reportBranch(tx, branch);
    const { id } = found;
    return {
      id,
      branch: knownDevice(found).bhfId,
      number: await closeBranchDay(tx, { branchId: id, day, by: actor, now }),
    };
  });
  await countReports(deps, { businessId: actor.businessId, branchId: closed.id });
  return closed;
}

/**
 * Closes the day under the lock that whoever stores a receipt takes too: what is stored later is of a later day. What
 * the report counts is thereby settled, and can be counted without keeping the device waiting.
 */
export async function closeBranchDay(
  tx: BusinessTx,
  { branchId, day, by, now }: { branchId: string; day: string; by: Actor | Automaton; now: Date },
): Promise<number> {
  const branch = await lockBranch(tx, branchId);
  const last = await lastDayReport(tx, branchId);
  if (last && last.day >= day) throw new Failure("day-closed", `report ${last.number} closed ${last.day}`);
  const business = await findBusiness(tx);
  if (!business) throw new Error("bug: a branch without its business");
  const who = await requester(tx, by);
  const number = (last?.number ?? (await lastImportedReport(tx))) + 1;
  await insertDayReport(tx, {
    branchId,
    number,
    day,
    afterDay: last?.day ?? null,
    incomplete: await incompleteSales(tx, branchId),
    seller: { ...sellerFacts(business, branch), address: business.address, language: business.language },
    closedAt: now,
    closedBy: who.id,
  });
  await recordAudit(tx, {
    ...auditedBy(who),
    action: "day-closed",
    subject: `day-report:${branch.bhfId}/${number}`,
    detail: { number, day, branch: branch.bhfId },
  });
  return number;
}
