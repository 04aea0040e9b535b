import type { XReport } from "@fiscalise/shared/api/reports.ts";
import type { Actor } from "../../actor.ts";
import { type Branch, knownDevice } from "../../db/branches.ts";
import type { Business } from "../../db/businesses.ts";
import { openReceipts, reportClosing } from "../../db/day-reports.ts";
import { incompleteSales } from "../../db/report-sums.ts";
import type { WithBusiness } from "../../db/with-business.ts";
import { localDay } from "../../fiscal/calendar.ts";
import { RWANDA } from "../../vsdc/rwanda/jurisdiction.ts";
import { requireBusiness } from "../require-business.ts";
import { viewedDay } from "./count-day.ts";
import { reportBranch } from "./report-branch.ts";

export interface ReportDeps {
  withBusiness: WithBusiness;
  clock: () => Date;
}

/**
 * The X report: what was issued on a day, at any time and as often as wanted; nothing is closed by it.
 * @throws Failure already-under-way
 */
export async function viewDay(
  deps: ReportDeps,
  { actor, branch: bhfId, day }: { actor: Actor; branch: string | null; day: string | null },
): Promise<XReport> {
  const now = deps.clock();
  const today = localDay(now, RWANDA);
  const asked = day ?? today;
  return deps.withBusiness(actor.businessId, async (tx) => {
    const business = await requireBusiness(tx);
    const branch = await reportBranch(tx, bhfId);
    const open = await openReceipts(tx, { branchId: branch.id, day: asked });
    const closed = await reportClosing(tx, { branchId: branch.id, day: asked });
    return {
      seller: sellerFacts(business, branch),
      day: asked,
      at: now.toISOString(),
      figures: await viewedDay(tx, { branchId: branch.id, day: asked }, await incompleteSales(tx, branch.id)),
      closing: {
        closedBy: closed?.number ?? null,
        hasBegun: asked <= today,
        receipts: open.receipts,
        earlier: open.earlier,
        total: open.total,
        vat: open.vat,
      },
    };
  });
}

export function sellerFacts(business: Business, branch: Branch): XReport["seller"] {
  return { name: business.name, tin: business.tin, branchId: knownDevice(branch).bhfId };
}
