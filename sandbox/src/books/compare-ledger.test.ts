import type { SubmissionState } from "@fiscalise/shared/receipt.ts";
import { describe, expect, it } from "vitest";
import type { LedgerEntry } from "../vsdc/ledger.ts";
import { compareLedger, type SubmissionRow, VERDICTS } from "./compare-ledger.ts";

function entry(
  number: number,
  over: Partial<LedgerEntry> & { remark?: string; orgInvcNo?: number } = {},
): LedgerEntry {
  const { remark = `INV-${number}`, orgInvcNo = 0, ...fields } = over;
  return {
    invcNo: String(number),
    rcptTyCd: "S",
    requestSha256: `sha-${number}`,
    requestText: JSON.stringify({ invcNo: number, remark, orgInvcNo, totAmt: 1180 }),
    data: {
      rcptNo: number,
      totRcptNo: number,
      intrlData: "A".repeat(26),
      rcptSign: "B".repeat(16),
      vsdcRcptPbctDate: "20261123104200",
      sdcId: "SDC010000001",
      mrcNo: "WIS01000001",
    },
    signedAt: "2026-11-23T08:42:00Z",
    ...fields,
  };
}

function submission(number: number | null, over: Partial<SubmissionRow> = {}): SubmissionRow {
  return {
    id: `id-${number}`,
    documentNumber: `INV-${number}`,
    state: "fiscalised",
    invoiceNumber: number === null ? null : String(number),
    requestSha256: `sha-${number}`,
    attempts: 1,
    receiptCounter: number === null ? null : `${number}/${number} NS`,
    lastResult: "000",
    stateSince: "2026-11-23T08:42:00Z",
    ...over,
  };
}

const inState = (state: SubmissionState) => submission(1, { state, receiptCounter: null });

describe("compareLedger", () => {
  it.each([
    ["matches", [entry(1)], [submission(1)]],
    ["in-flight", [entry(1)], [inState("sending")]],
    ["answer-lost", [entry(1)], [inState("unknown")]],
    ["answer-lost", [entry(1)], [inState("receipt-missing")]],
    ["waiting", [], [inState("queued")]],
    ["refused", [], [inState("rejected")]],
    ["withdrawn", [], [inState("withdrawn")]],
    ["bytes-differ", [entry(1, { requestSha256: "other" })], [submission(1)]],
    ["receipt-differs", [entry(1)], [submission(1, { receiptCounter: "2/2 NS" })]],
    ["not-in-our-books", [entry(1)], []],
    ["not-at-the-device", [], [submission(1)]],
    ["signed-unknown-to-us", [entry(1)], [inState("rejected")]],
    ["signed-unknown-to-us", [entry(1)], [inState("queued")]],
  ] as const)("says %s", (verdict, ledger, submissions) => {
    expect(compareLedger(ledger, submissions).map((row) => row.verdict)).toEqual([verdict]);
  });

  it("calls one document signed under two numbers a duplicate, on both lines", () => {
    const ledger = [entry(1, { remark: "INV-9" }), entry(2, { remark: "INV-9" }), entry(3)];
    const rows = compareLedger(ledger, [submission(1), submission(2), submission(3)]);
    expect(rows.map((row) => row.verdict)).toEqual(["matches", "duplicate", "duplicate"]);
    expect(VERDICTS.duplicate.alarm).toBe(true);
  });

  it("accepts a reissue after a refund of the first receipt", () => {
    const ledger = [
      entry(1, { remark: "INV-9" }),
      entry(2, { remark: "CN-1", rcptTyCd: "R", orgInvcNo: 1 }),
      entry(3, { remark: "INV-9" }),
    ];
    const ours = [submission(1), submission(2, { receiptCounter: "2/2 NR" }), submission(3)];
    expect(compareLedger(ledger, ours).map((row) => row.verdict)).toEqual(["matches", "matches", "matches"]);
  });

  it("orders by number, newest first, also beyond what a double can hold", () => {
    const big = "99999999999999999999999999999999999998";
    const rows = compareLedger(
      [entry(2), entry(10), entry(1, { invcNo: big })],
      [submission(2), submission(10), submission(null, { state: "rejected" })],
    );
    expect(rows.map((row) => row.invoiceNumber)).toEqual([big, "10", "2", null]);
  });
});
