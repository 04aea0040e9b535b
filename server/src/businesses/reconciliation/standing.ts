import { receiptCounter } from "@fiscalise/shared/receipt.ts";
import { findBranch } from "../../db/branches.ts";
import type { ReconciledRef } from "../../db/reconciliations.ts";
import { findRefundOf } from "../../db/refunds.ts";
import { findReceiptOf, latestSubmission, type Submission } from "../../db/submissions.ts";
import type { BusinessTx } from "../../db/with-business.ts";
import { listWriteBacks } from "../../db/write-backs.ts";
import { findAutomation } from "../../db/zoho-automation.ts";
import { localDay } from "../../fiscal/calendar.ts";
import type { OwnDocument } from "../../fiscal/judge-differences.ts";
import { isResubmittable, SIGNATURE_UNEXPECTED } from "../../receipts/find-submission.ts";
import { mayBeUnsigned } from "../../receipts/imported.ts";
import { RWANDA } from "../../vsdc/rwanda/jurisdiction.ts";

/** What we hold of a document; `under-way` also where a person has to say first what became of it. */
export type Standing =
  | { kind: "none" }
  | { kind: "under-way" }
  | { kind: "signed"; submission: Submission; counter: string | null; own: OwnDocument };

const SIGNED = ["fiscalised", "receipt-missing"];
/** What is written back by itself takes its time; until then nothing is missing. */
const WRITTEN_WITHIN_MS = 24 * 3_600_000;

/** Read before the document is: what is signed or written meanwhile must not look as if it were missing. */
export async function standingOf(tx: BusinessTx, { kind, id }: ReconciledRef, now: Date): Promise<Standing> {
  const submission = await latestSubmission(tx, { kind, zohoId: id });
  if (!submission) return { kind: "none" };
  if (isResubmittable(submission))
    return { kind: submission.problem === SIGNATURE_UNEXPECTED ? "under-way" : "none" };
  if (!SIGNED.includes(submission.state) || mayBeUnsigned(submission)) return { kind: "under-way" };
  const receipt = await findReceiptOf(tx, submission.id);
  const refund = await findRefundOf(tx, submission.id);
  const due = receipt && (await isWriteBackDue(tx, submission.id, now));
  const counter = receipt && receiptCounter(receipt.receiptNumber, receipt.totalNumber, receipt.label);
  return {
    kind: "signed",
    submission,
    counter,
    own: {
      isRefunded: refund !== null && SIGNED.includes(refund.state),
      due: due && counter !== null ? { receipt: counter, verification: receipt.qrText } : null,
    },
  };
}

async function isWriteBackDue(tx: BusinessTx, submissionId: string, now: Date): Promise<boolean> {
  const fields = (await listWriteBacks(tx, submissionId)).find(({ part }) => part === "fields");
  if (!fields) return false;
  return fields.state === "done" || now.getTime() - fields.stateSince.getTime() > WRITTEN_WITHIN_MS;
}

/** From which day on documents are the business's to fiscalise here: its device's first, and its organisation's. */
export async function firstDayOf(tx: BusinessTx): Promise<string | null> {
  const initialisedOn = (await findBranch(tx))?.initialisedOn ?? null;
  const since = (await findAutomation(tx))?.organizationSince ?? null;
  if (initialisedOn === null || since === null) return initialisedOn;
  const organizationOn = localDay(since, RWANDA);
  return [initialisedOn, organizationOn].toSorted().at(-1) ?? null;
}
