import { recordAudit } from "../db/audit.ts";
import { freeNumber, lockBranch, noteAnswer, noteFailure } from "../db/branches.ts";
import { keepRegistrations } from "../db/item-registrations.ts";
import { findSubmission, updateSubmission } from "../db/submissions.ts";
import type { BusinessTx } from "../db/with-business.ts";
import { restAfter } from "../fiscal/submission-life.ts";
import { type DeviceWords, readAnswer, saleOutcome } from "../vsdc/outcome.ts";
import type { Device, DrainDeps, StateChange } from "./draining.ts";
import type { Registration } from "./registrations.ts";

export interface RegistrationResult {
  done: Registration[];
  /** The first that failed. Saving an item twice does no harm, so a lost answer is simply asked again. */
  failure: { status: "rejected"; words: DeviceWords } | { status: "unreachable"; reason: string } | null;
}

export async function registerItems(
  deps: Pick<DrainDeps, "callDevice">,
  work: { baseUrl: string; registrations: Registration[] },
): Promise<RegistrationResult> {
  const done: Registration[] = [];
  for (const registration of work.registrations) {
    const delivery = await deps.callDevice(work.baseUrl, registration.request);
    const answer =
      delivery.kind === "answered" && delivery.httpStatus === 200 ? readAnswer(delivery.text) : null;
    if (answer?.resultCode === "000") {
      done.push(registration);
      continue;
    }
    const outcome = saleOutcome(delivery, { repeated: false });
    const failure =
      outcome.status === "rejected"
        ? { status: "rejected" as const, words: outcome.words }
        : { status: "unreachable" as const, reason: answer?.resultCode ?? delivery.kind };
    return { done, failure };
  }
  return { done, failure: null };
}

/** Nothing of the sale was sent: a refused item refuses the submission and frees its number, anything else waits. */
export async function recordRegistration(
  tx: BusinessTx,
  deps: Pick<DrainDeps, "clock" | "retry" | "breaker">,
  input: { device: Device; submissionId: string; result: RegistrationResult },
): Promise<StateChange[]> {
  const now = deps.clock();
  const { done, failure } = input.result;
  const branch = await lockBranch(tx, input.device.branchId);
  await keepRegistrations(tx, branch.id, done);
  if (failure === null) {
    await noteAnswer(tx, branch.id, now);
    return [];
  }
  const submission = await findSubmission(tx, input.submissionId);
  if (submission?.state !== "queued") return [];
  if (failure.status === "unreachable") {
    const restMs = restAfter(branch.failures + 1, deps.breaker);
    await noteFailure(tx, branch.id, restMs > 0 ? new Date(now.getTime() + restMs) : null);
    await updateSubmission(tx, submission.id, {
      nextAttemptAt: new Date(now.getTime() + deps.retry.firstMs),
    });
    return [];
  }
  await noteAnswer(tx, branch.id, now);
  if (submission.invoiceNumber !== null) await freeNumber(tx, branch.id, submission.invoiceNumber);
  const { resultCode, resultMessage } = failure.words;
  await updateSubmission(tx, submission.id, {
    state: "rejected",
    stateSince: now,
    problem: "device-refused",
    resultCode,
    resultMessage,
    invoiceNumber: null,
  });
  await recordAudit(tx, {
    actor: "system",
    action: "submission-rejected",
    subject: `submission:${submission.id}`,
    detail: { resultCode, of: "item" },
  });
  return [{ submissionId: submission.id, from: "queued", to: "rejected", resultCode }];
}
