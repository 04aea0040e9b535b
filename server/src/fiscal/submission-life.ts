import type { SubmissionState } from "@fiscalise/shared/receipt.ts";

/** What a sale's attempt came to, as the life of a submission sees it. */
export type AttemptResult =
  | { kind: "signed" }
  | { kind: "refused"; namesLineAmounts: boolean }
  | { kind: "number-taken" }
  | { kind: "not-sent" }
  | { kind: "unknown"; signedBefore: boolean };

export interface SubmissionHistory {
  /** Attempts of the present bytes whose outcome is unknown, this one not counted. */
  unknownAttempts: number;
  unknownSince: Date | null;
  numberConflicts: number;
  lineArithmetic: "natural" | "exact";
}

/** The next state, and what the transaction that records it must do beside. */
export type NextStep =
  | { state: "fiscalised" }
  | { state: "receipt-missing" }
  | { state: "rejected"; problem: "device-refused"; number: "freed" }
  | { state: "rejected"; problem: "device-numbering-conflict"; number: "lost" }
  /** Frozen anew, with the same number in exact arithmetic or with the next number. */
  | { state: "queued"; freeze: "exact" | "next-number" }
  | { state: "queued"; freeze: null; retryInMs: number }
  | { state: "unknown"; retryInMs: number; needsAttention: boolean };

export interface RetryPolicy {
  firstMs: number;
  longestMs: number;
}

export const RETRY_POLICY: RetryPolicy = { firstMs: 1_000, longestMs: 300_000 };
export const NUMBER_CONFLICTS_MAX = 20;
const ATTENTION_AFTER_ATTEMPTS = 10;
const ATTENTION_AFTER_MS = 2 * 3_600_000;

/** Design §2 and fiscal rules §6 as one function: pure, so that every branch is a test. */
export function nextStep(
  result: AttemptResult,
  history: SubmissionHistory,
  now: Date,
  policy: RetryPolicy,
): NextStep {
  switch (result.kind) {
    case "signed":
      return { state: "fiscalised" };
    case "refused":
      return result.namesLineAmounts && history.lineArithmetic === "natural"
        ? { state: "queued", freeze: "exact" }
        : { state: "rejected", problem: "device-refused", number: "freed" };
    case "number-taken":
      return history.numberConflicts < NUMBER_CONFLICTS_MAX
        ? { state: "queued", freeze: "next-number" }
        : { state: "rejected", problem: "device-numbering-conflict", number: "lost" };
    case "not-sent":
      return history.unknownAttempts > 0
        ? unknownAgain(history, history.unknownAttempts, now, policy)
        : { state: "queued", freeze: null, retryInMs: policy.firstMs };
    case "unknown":
      return result.signedBefore
        ? { state: "receipt-missing" }
        : unknownAgain(history, history.unknownAttempts + 1, now, policy);
  }
}

/** A dead worker's attempt counts as unknown; it is sent again at once. */
export function afterDeadWorker(history: SubmissionHistory, now: Date): NextStep {
  return {
    state: "unknown",
    retryInMs: 0,
    needsAttention: needsAttention(history, history.unknownAttempts + 1, now),
  };
}

function unknownAgain(
  history: SubmissionHistory,
  attempts: number,
  now: Date,
  policy: RetryPolicy,
): NextStep {
  const retryInMs = Math.min(policy.longestMs, policy.firstMs * 2 ** Math.min(attempts - 1, 20));
  return { state: "unknown", retryInMs, needsAttention: needsAttention(history, attempts, now) };
}

function needsAttention(history: SubmissionHistory, attempts: number, now: Date): boolean {
  const since = history.unknownSince;
  return (
    attempts >= ATTENTION_AFTER_ATTEMPTS ||
    (since !== null && now.getTime() - since.getTime() >= ATTENTION_AFTER_MS)
  );
}

/** States that still need the device. */
export const UNSETTLED_STATES = [
  "queued",
  "sending",
  "unknown",
] as const satisfies readonly SubmissionState[];

export interface BreakerPolicy {
  failuresMax: number;
  restMs: number;
}

/** After repeated failures a device gets one probe every 30 s (docs/receipt-states.md). */
export const BREAKER_POLICY: BreakerPolicy = { failuresMax: 5, restMs: 30_000 };

/** How long a device rests after its n-th failure in a row; 0 means no rest. */
export function restAfter(failures: number, policy: BreakerPolicy): number {
  return failures >= policy.failuresMax ? policy.restMs : 0;
}
