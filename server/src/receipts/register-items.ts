import { recordAudit } from "../db/audit.ts";
import { type Branch, noteAnswer, noteFailure } from "../db/branches.ts";
import { findBusiness } from "../db/businesses.ts";
import { keepRegistrations } from "../db/item-registrations.ts";
import {
  findSubmission,
  type Submission,
  type SubmissionChange,
  updateSubmission,
} from "../db/submissions.ts";
import type { BusinessId, BusinessTx } from "../db/with-business.ts";
import { restAfter } from "../fiscal/submission-life.ts";
import type { Delivery } from "../vsdc/device-call.ts";
import { type DeviceWords, readAnswer, saleOutcome } from "../vsdc/outcome.ts";
import type { DrainDeps, StateChange } from "./draining.ts";
import { neverLeft } from "./next-work.ts";
import { giveBack } from "./number-for.ts";
import type { Registration } from "./registrations.ts";

export interface RegistrationResult {
  done: Registration[];
  /** The first that failed. Saving an item twice does no harm, so a lost answer is simply asked again. */
  failure: RegistrationFailure | null;
}

type RegistrationFailure =
  /** The device said no, or something neither yes nor no. */
  { status: "rejected" | "unclear"; words: DeviceWords } | { status: "unreachable"; reason: string };

/** So many unclear answers in a row refuse the submission: nothing of the sale was sent, and others wait behind it. */
const UNCLEAR_MAX = 5;

export async function registerItems(
  deps: Pick<DrainDeps, "callDevice" | "stopping" | "persist" | "withBusiness">,
  work: { businessId: BusinessId; baseUrl: string; registrations: Registration[] },
): Promise<RegistrationResult> {
  const done: Registration[] = [];
  for (const registration of work.registrations) {
    if (deps.stopping() || (done.length > 0 && !(await mayGoOn(deps, work.businessId)))) break;
    const failure = failureOf(await deps.callDevice(work.baseUrl, registration.request));
    if (failure !== null) return { done, failure };
    done.push(registration);
  }
  return { done, failure: null };
}

/** An invoice may bring many new items; a business deactivated meanwhile stops before the next. */
async function mayGoOn(
  deps: Pick<DrainDeps, "persist" | "withBusiness">,
  businessId: BusinessId,
): Promise<boolean> {
  const business = await deps.persist(() => deps.withBusiness(businessId, findBusiness));
  return business?.status === "active";
}

function failureOf(delivery: Delivery): RegistrationFailure | null {
  if (delivery.kind !== "answered") return { status: "unreachable", reason: delivery.reason };
  const answer = delivery.httpStatus === 200 ? readAnswer(delivery.text) : null;
  if (answer?.resultCode === "000") return null;
  if (answer === null) {
    const resultCode = `HTTP ${delivery.httpStatus}`;
    return { status: "unclear", words: { resultCode, resultMessage: "no answer of a device" } };
  }
  const { resultCode, resultMessage } = answer;
  const isRefusal = saleOutcome(delivery, { repeated: false }).status === "rejected";
  return { status: isRefusal ? "rejected" : "unclear", words: { resultCode, resultMessage } };
}

/** Nothing of the sale was sent: a refused item refuses the submission and frees its number, anything else waits. */
export async function recordRegistration(
  tx: BusinessTx,
  deps: Pick<DrainDeps, "clock" | "retry" | "breaker">,
  input: { branch: Branch; submissionId: string; result: RegistrationResult },
): Promise<StateChange[]> {
  const now = deps.clock();
  const { done, failure } = input.result;
  const { branch } = input;
  await keepRegistrations(tx, branch.id, done);
  const answered = done.length > 0 || (failure !== null && failure.status !== "unreachable");
  if (answered) await noteAnswer(tx, branch.id, now);
  if (failure === null) return [];
  const submission = await findSubmission(tx, input.submissionId);
  if (!submission || !neverLeft(submission)) return [];
  if (failure.status === "unreachable") {
    const restMs = restAfter(branch.failures + 1, deps.breaker);
    await noteFailure(tx, branch.id, { at: now, restMs });
    await updateSubmission(tx, submission.id, {
      nextAttemptAt: new Date(now.getTime() + deps.retry.firstMs),
    });
    return [];
  }
  const itemFailures = submission.itemFailures + 1;
  if (failure.status === "unclear" && itemFailures < UNCLEAR_MAX) {
    const nextAttemptAt = new Date(now.getTime() + deps.retry.firstMs * 2 ** itemFailures);
    await updateSubmission(tx, submission.id, { itemFailures, nextAttemptAt, ...wordsOf(failure.words) });
    return [];
  }
  await rejectForItem(tx, { branch, submission, words: failure.words, now });
  const { resultCode } = failure.words;
  return [{ submissionId: submission.id, from: submission.state, to: "rejected", resultCode }];
}

async function rejectForItem(
  tx: BusinessTx,
  {
    branch,
    submission,
    words,
    now,
  }: { branch: Branch; submission: Submission; words: DeviceWords; now: Date },
): Promise<void> {
  if (submission.invoiceNumber !== null) await giveBack(tx, branch, submission.invoiceNumber);
  // Only what is being sent may be refused.
  if (submission.state === "unknown") await updateSubmission(tx, submission.id, { state: "sending" });
  await updateSubmission(tx, submission.id, {
    state: "rejected",
    stateSince: now,
    problem: "device-refused",
    needsAttention: false,
    ...wordsOf(words),
    invoiceNumber: null,
  });
  await recordAudit(tx, {
    actor: "system",
    action: "submission-rejected",
    subject: `submission:${submission.id}`,
    detail: { resultCode: words.resultCode, of: "item" },
  });
}

function wordsOf({ resultCode, resultMessage }: DeviceWords): SubmissionChange {
  return { resultCode, resultMessage };
}
