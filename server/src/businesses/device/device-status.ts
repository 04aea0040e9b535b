import type { VsdcStatus } from "@fiscalise/shared/api/devices.ts";
import type { Actor } from "../../actor.ts";
import { type Branch, findBranch } from "../../db/branches.ts";
import { countWaiting, oldestWaiting } from "../../db/submissions.ts";
import type { WithBusiness } from "../../db/with-business.ts";
import { requireBusiness } from "../../receipts/require-business.ts";
import { deviceHealth } from "../../receipts/view-progress.ts";

const NOT_SET_UP: VsdcStatus = {
  status: "not-set-up",
  lastAnswerAt: null,
  failures: 0,
  restingUntil: null,
  waiting: 0,
  oldestWaitingSince: null,
};

/** How the device is doing, from what sales of late came to; it is not asked. */
export async function viewDeviceStatus(
  deps: { withBusiness: WithBusiness; clock: () => Date },
  actor: Actor,
): Promise<VsdcStatus> {
  return deps.withBusiness(actor.businessId, async (tx) => {
    await requireBusiness(tx);
    const branch = await findBranch(tx);
    if (!branch || branch.initialisedOn === null) return NOT_SET_UP;
    return {
      status: deviceHealth(branch),
      lastAnswerAt: branch.lastAnswerAt?.toISOString() ?? null,
      failures: branch.failures,
      restingUntil: restOf(branch, deps.clock()),
      waiting: await countWaiting(tx, branch.id, null),
      oldestWaitingSince: (await oldestWaiting(tx, branch.id))?.toISOString() ?? null,
    };
  });
}

function restOf({ restingUntil }: Branch, now: Date): string | null {
  return restingUntil !== null && restingUntil > now ? restingUntil.toISOString() : null;
}
