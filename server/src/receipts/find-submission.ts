import { RESUBMITTABLE_STATES } from "@fiscalise/shared/receipt.ts";
import { lockBranch } from "../db/branches.ts";
import {
  type DocumentRef,
  findByIdempotencyKey,
  findSubmission,
  latestSubmission,
  type Submission,
} from "../db/submissions.ts";
import { type BusinessTx, isUuid } from "../db/with-business.ts";
import { Failure } from "../failure.ts";

/** The problem of a submission whose bytes were signed after they had been settled otherwise. */
export const SIGNATURE_UNEXPECTED = "signature-unexpected";

/** @throws Failure not-found, also for another business's id */
export async function requireSubmission(tx: BusinessTx, id: string): Promise<Submission> {
  const submission = isUuid(id) ? await findSubmission(tx, id) : null;
  if (!submission) throw new Failure("not-found", "no such submission");
  return submission;
}

/** The submission as it is once no sender can touch it: senders hold the branch's lock to change its state. */
export async function lockSubmission(tx: BusinessTx, id: string): Promise<Submission> {
  const seen = await requireSubmission(tx, id);
  await lockBranch(tx, seen.branchId);
  const submission = await findSubmission(tx, seen.id);
  if (!submission) throw new Error(`bug: submission ${id} vanished`);
  return submission;
}

export function requireState(submission: Submission, states: readonly string[]): void {
  if (states.includes(submission.state)) return;
  throw new Failure("action-not-allowed", `submission ${submission.id} is ${submission.state}`);
}

/** Nothing was signed for it, as far as we know. */
export function isResubmittable({ state, problem }: Pick<Submission, "state" | "problem">): boolean {
  return (
    problem !== SIGNATURE_UNEXPECTED && RESUBMITTABLE_STATES.some((resubmittable) => resubmittable === state)
  );
}

export function keyOfAnother(what: string): Failure {
  return new Failure("input-invalid", `idempotency key of another ${what}`, {
    fields: [{ path: "Idempotency-Key", code: "idempotency-key-used" }],
  });
}

/** What asking again returns: the submission of the same intent, or the document's live one. */
export async function findExisting(
  tx: BusinessTx,
  { document, idempotencyKey }: { document: DocumentRef; idempotencyKey: string | null },
): Promise<Submission | null> {
  const byKey = idempotencyKey === null ? null : await findByIdempotencyKey(tx, idempotencyKey);
  if (byKey) return requireSameDocument(byKey, document);
  const latest = await latestSubmission(tx, document);
  return latest && !isResubmittable(latest) ? latest : null;
}

function requireSameDocument(submission: Submission, { kind, zohoId }: DocumentRef): Submission {
  if (submission.documentKind === kind && submission.zohoDocumentId === zohoId) return submission;
  throw keyOfAnother("document");
}
