import type { ReceiptView, SubmissionView } from "@fiscalise/shared/api/submissions.ts";
import type { Language } from "@fiscalise/shared/problem.ts";
import { receiptCounter, type SubmissionState } from "@fiscalise/shared/receipt.ts";
import { DEVICE_ANSWER_WORDS, UNLISTED_ANSWER_WORDS } from "@fiscalise/shared/words/device-answers.ts";
import { PROBLEM_WORDS } from "@fiscalise/shared/words/problems.ts";
import type { Branch } from "../db/branches.ts";
import type { Receipt, Submission } from "../db/submissions.ts";
import type { StoredWriteBack } from "../db/write-backs.ts";
import { printedMoment } from "../fiscal/calendar.ts";
import { lookup } from "../fiscal/lookup.ts";
import { readFrozenSale } from "../vsdc/rwanda/receipt-document.ts";
import { actionsOf } from "./imported.ts";
import { presentWriteBack } from "./present-write-back.ts";

export interface Presentation {
  language: Language;
  now: Date;
}

export interface SubmissionFacts {
  submission: Submission;
  receipt: Receipt | null;
  branch: Branch;
  /** Unsettled submissions of the device before this one. */
  before: number;
  /** Copies taken of the receipt. */
  copies: number;
  writeBacks: StoredWriteBack[];
}

export function presentSubmission(facts: SubmissionFacts, presentation: Presentation): SubmissionView {
  const { submission, receipt } = facts;
  const state = visibleState(submission);
  return {
    id: submission.id,
    state,
    stateSince: submission.stateSince.toISOString(),
    createdAt: submission.createdAt.toISOString(),
    documentKind: submission.documentKind,
    zohoDocumentId: submission.zohoDocumentId,
    documentNumber: submission.documentNumber,
    invoiceNumber: submission.invoiceNumber?.toString() ?? null,
    attempts: submission.attempts,
    wait: state === "queued" ? { reason: waitReason(facts, presentation.now), before: facts.before } : null,
    unknownSince: submission.unknownSince?.toISOString() ?? null,
    needsAttention: submission.needsAttention,
    deviceAnswer: deviceAnswer(submission, presentation.language),
    receipt: receipt && presentReceipt({ ...facts, receipt }),
    writeBacks: facts.writeBacks.map((row) => presentWriteBack(row, presentation.language)),
    actions: actionsOf(submission),
  };
}

/** While the same bytes go again, a person still waits for the lost answer. */
export function visibleState(submission: Pick<Submission, "state" | "unknownAttempts">): SubmissionState {
  return submission.state === "sending" && submission.unknownAttempts > 0 ? "unknown" : submission.state;
}

function waitReason({ submission, branch }: SubmissionFacts, now: Date) {
  if (branch.restingUntil !== null && branch.restingUntil > now) return "device-resting" as const;
  if (branch.failures > 0 || submission.attempts > 0) return "device-unreachable" as const;
  return "in-line" as const;
}

function deviceAnswer(submission: Submission, language: Language): SubmissionView["deviceAnswer"] {
  const { problem, resultCode, resultMessage } = submission;
  if (submission.state !== "rejected") return null;
  if (problem === "device-refused" || problem === null) {
    const words = (lookup(DEVICE_ANSWER_WORDS, resultCode ?? "") ?? UNLISTED_ANSWER_WORDS)[language];
    return { resultCode: resultCode ?? "", resultMessage: resultMessage ?? "", ...words };
  }
  const known = lookup(PROBLEM_WORDS, problem)?.[language];
  if (!known) throw new Error(`bug: no words for ${problem}`);
  return {
    resultCode: resultCode ?? "",
    resultMessage: resultMessage ?? "",
    meaning: known.detail,
    remedy: known.remedy,
  };
}

export function counterOf(receipt: Receipt): string {
  return receiptCounter(receipt.receiptNumber, receipt.totalNumber, receipt.label);
}

export function presentReceipt({
  submission,
  receipt,
  copies,
}: Pick<SubmissionFacts, "submission" | "copies"> & { receipt: Receipt }): ReceiptView {
  const sale = readFrozenSale(submission.requestText);
  return {
    id: receipt.id,
    counter: counterOf(receipt),
    receiptNumber: receipt.receiptNumber,
    totalNumber: receipt.totalNumber,
    sdcId: receipt.sdcId,
    mrcNumber: receipt.mrcNumber,
    internalData: receipt.internalData,
    signature: receipt.signature,
    issuedAt: printedMoment(receipt.publishedAt),
    qrText: receipt.qrText,
    total: sale.totAmt,
    tax: sale.totTaxAmt,
    source: receipt.source,
    copies,
  };
}
