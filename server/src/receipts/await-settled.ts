import { setTimeout as pause } from "node:timers/promises";
import { stateOfSubmission } from "../db/submissions.ts";
import type { BusinessId, WithBusiness } from "../db/with-business.ts";

const PAUSES_MS = [15, 15, 20, 30, 50, 80, 120, 200];
const UNSETTLED = ["queued", "sending"];

/** Waits until a submission needs no more watching, or the time is over. Holds no transaction meanwhile. */
export async function awaitSettled(
  deps: { withBusiness: WithBusiness },
  { businessId, submissionId, waitMs }: { businessId: BusinessId; submissionId: string; waitMs: number },
): Promise<void> {
  const deadline = performance.now() + waitMs;
  for (let look = 0; performance.now() < deadline; look += 1) {
    const state = await deps.withBusiness(businessId, (tx) => stateOfSubmission(tx, submissionId));
    if (state === null || !UNSETTLED.includes(state)) return;
    await pause(PAUSES_MS[Math.min(look, PAUSES_MS.length - 1)]);
  }
}
