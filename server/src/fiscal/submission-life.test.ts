import { describe, expect, it } from "vitest";
import {
  type AttemptResult,
  afterDeadWorker,
  NUMBER_CONFLICTS_MAX,
  nextStep,
  restAfter,
  type SubmissionHistory,
} from "./submission-life.ts";

const NOW = new Date("2026-11-23T10:00:00Z");
const POLICY = { firstMs: 1_000, longestMs: 300_000 };

function history(change: Partial<SubmissionHistory> = {}): SubmissionHistory {
  return { unknownAttempts: 0, unknownSince: null, numberConflicts: 0, lineArithmetic: "natural", ...change };
}

function step(result: AttemptResult, change: Partial<SubmissionHistory> = {}) {
  return nextStep(result, history(change), NOW, POLICY);
}

const refused = { kind: "refused", namesLineAmounts: false } as const;
const refusedAmounts = { kind: "refused", namesLineAmounts: true } as const;
const unclear = { kind: "unknown", signedBefore: false } as const;
const hoursAgo = (hours: number) => new Date(NOW.getTime() - hours * 3_600_000);

describe("nextStep", () => {
  it("ends with a signature, whatever was before", () => {
    expect(step({ kind: "signed" })).toEqual({ state: "fiscalised" });
    expect(step({ kind: "signed" }, { unknownAttempts: 7 })).toEqual({ state: "fiscalised" });
  });

  it("frees the number of a definite refusal", () => {
    const expected = { state: "rejected", problem: "device-refused", number: "freed" };
    expect(step(refused)).toEqual(expected);
    expect(step(refused, { unknownAttempts: 3 })).toEqual(expected);
  });

  it("freezes a refused line amount anew in exact arithmetic, once", () => {
    expect(step(refusedAmounts)).toEqual({ state: "queued", freeze: "exact" });
    expect(step(refusedAmounts, { lineArithmetic: "exact" })).toMatchObject({
      state: "rejected",
      number: "freed",
    });
  });

  it("takes the next number when another till used this one, 20 times", () => {
    for (const numberConflicts of [0, 1, NUMBER_CONFLICTS_MAX - 1])
      expect(step({ kind: "number-taken" }, { numberConflicts })).toEqual({
        state: "queued",
        freeze: "next-number",
      });
    expect(step({ kind: "number-taken" }, { numberConflicts: NUMBER_CONFLICTS_MAX })).toEqual({
      state: "rejected",
      problem: "device-numbering-conflict",
      number: "lost",
    });
    expect(NUMBER_CONFLICTS_MAX).toBe(20);
  });

  it("keeps what was not sent in the queue, but never what may have arrived before", () => {
    expect(step({ kind: "not-sent" })).toEqual({ state: "queued", freeze: null, retryInMs: 1_000 });
    expect(step({ kind: "not-sent" }, { unknownAttempts: 1 })).toMatchObject({ state: "unknown" });
  });

  it("knows a receipt is missing once the device says it signed before", () => {
    const signedBefore = { kind: "unknown", signedBefore: true } as const;
    expect(step(signedBefore, { unknownAttempts: 1 })).toEqual({ state: "receipt-missing" });
  });

  it("waits twice as long after each unknown attempt, and never longer than the longest", () => {
    const waits = [0, 1, 2, 3, 8, 9, 30, 5_000].map((unknownAttempts) => step(unclear, { unknownAttempts }));
    expect(waits.map((wait) => "retryInMs" in wait && wait.retryInMs)).toEqual([
      1_000, 2_000, 4_000, 8_000, 256_000, 300_000, 300_000, 300_000,
    ]);
  });

  it.each([
    [8, null, false],
    [9, null, true],
    [0, hoursAgo(1.99), false],
    [0, hoursAgo(2), true],
  ])("after %i unknown attempts since %o asks for a person: %s", (unknownAttempts, unknownSince, asks) => {
    expect(step(unclear, { unknownAttempts, unknownSince })).toMatchObject({ needsAttention: asks });
  });

  it("a dead worker's attempt counts as unknown and goes again at once", () => {
    expect(afterDeadWorker(history(), NOW)).toEqual({
      state: "unknown",
      retryInMs: 0,
      needsAttention: false,
    });
    expect(afterDeadWorker(history({ unknownAttempts: 9 }), NOW)).toMatchObject({ needsAttention: true });
  });
});

describe("restAfter", () => {
  it.each([
    [1, 0],
    [4, 0],
    [5, 30_000],
    [50, 30_000],
  ])("after %i failures in a row: %i ms", (failures, restMs) => {
    expect(restAfter(failures, { failuresMax: 5, restMs: 30_000 })).toBe(restMs);
  });
});
