import type { DifferenceKind } from "@fiscalise/shared/reconciliation.ts";
import { expect, it } from "vitest";
import type { LedgerEntry } from "../vsdc/ledger.ts";
import { BOOKS_RULES } from "./books-rules.ts";
import type { Evidence } from "./evidence.ts";
import { RULES } from "./rules.ts";

const NOW = new Date("2026-07-20T10:00:00Z");
const ONE = "00000000-0000-4000-8000-000000000001";
const TWO = "00000000-0000-4000-8000-000000000002";

type Submission = Evidence["submissions"][number];

function entry(differing: Partial<LedgerEntry> = {}): LedgerEntry {
  return {
    invcNo: "1",
    rcptTyCd: "S",
    requestSha256: "aa",
    requestText: '{"remark":"INV-1"}',
    signedAt: NOW.toISOString(),
    data: {
      rcptNo: 5,
      totRcptNo: 6,
      intrlData: "DATA",
      rcptSign: "SIGN",
      vsdcRcptPbctDate: "20260720120000",
      sdcId: "SDC000000001",
      mrcNo: "WIS00000001",
    },
    ...differing,
  };
}

function sale(invcNo: string, amount: string): LedgerEntry {
  return entry({ invcNo, requestText: JSON.stringify({ remark: `INV-${invcNo}`, [amount]: 5 }) });
}

/** Of the sale 1. */
function refunding(invcNo: string, amount: string): LedgerEntry {
  const requestText = JSON.stringify({ remark: `CN-${invcNo}`, orgInvcNo: 1, [amount]: 5 });
  return entry({ invcNo, rcptTyCd: "R", requestText });
}

function submission(differing: Partial<Submission> = {}): Submission {
  return {
    id: ONE,
    originalSubmissionId: null,
    documentKind: "invoice",
    createdBy: TWO,
    zohoDocumentId: "1",
    documentNumber: "INV-1",
    state: "fiscalised",
    invoiceNumber: 1n,
    requestSha256: "aa",
    attempts: 1,
    needsAttention: false,
    problem: null,
    resultCode: "000",
    ...differing,
  };
}

function attempt(requestSha256: string): Evidence["attempts"][number] {
  return { submissionId: ONE, invoiceNumber: 1n, requestSha256, finishedAt: NOW, reason: null };
}

const RECEIPT: Evidence["receipts"][number] = {
  submissionId: ONE,
  receiptNumber: "5",
  totalNumber: "6",
  internalData: "DATA",
  signature: "SIGN",
  publishedAt: "20260720120000",
  sdcId: "SDC000000001",
  mrcNumber: "WIS00000001",
  qrText: "https://example.rw/5",
};

type Booked = Evidence["booked"][number];

function booked(differing: Partial<Booked> = {}): Booked {
  return {
    kind: "invoice",
    zohoId: "1",
    number: "INV-1",
    fields: {
      "Fiscal receipt": "5/6 NS",
      "Fiscal device": "SDC000000001 20/07/2026 12:00:00",
      "Fiscal verification": "https://example.rw/5",
      "Fiscal status": "Fiscalised",
    },
    files: [{ name: "receipt-INV-1.pdf", isPdf: true }],
    comments: [],
    edits: 2,
    ...differing,
  };
}

const WRITTEN = { submissionId: ONE, part: "fields", state: "done", problem: null } as const;
const REFUND = submission({
  id: TWO,
  originalSubmissionId: ONE,
  documentKind: "credit-note",
  zohoDocumentId: "2",
  documentNumber: "CN-1",
});
const NOTE = booked({ kind: "credit-note", zohoId: "2", number: "CN-1", fields: {}, files: [], edits: 0 });
/** The refund of the one document, as the end shows it. */
const REFUNDED = {
  submissions: [submission(), REFUND],
  receipts: [RECEIPT, { ...RECEIPT, submissionId: TWO, receiptNumber: "7", totalNumber: "8" }],
};

const AGREES: Evidence["compared"] = { problem: null, documents: 1, differences: [] };
const finding = (kind: DifferenceKind, zohoId: string | null): Partial<Evidence> => {
  const document =
    zohoId === null ? null : ({ kind: "invoice", zohoId, number: "INV-1", date: null } as const);
  return { compared: { ...AGREES, differences: [{ kind, document, here: null, there: null }] } };
};

/** One document, signed and recorded. */
function evidence(differing: Partial<Evidence> = {}): Evidence {
  return {
    name: "device 1",
    ledger: [entry()],
    mostAtOnce: 1,
    taken: new Set(),
    lastNumber: 1n,
    freed: [],
    lost: [],
    submissions: [submission()],
    attempts: [attempt("aa")],
    receipts: [RECEIPT],
    frozenExact: new Set(),
    writeBacks: [WRITTEN],
    booked: [booked()],
    forgedTaken: [],
    compared: AGREES,
    ...differing,
  };
}

function brokenBy(differing: Partial<Evidence>): string[] {
  return [...RULES, ...BOOKS_RULES]
    .filter(({ check }) => check(evidence(differing)).violations.length > 0)
    .map(({ name }) => name);
}

it("finds nothing wrong where a document is signed and recorded", () => {
  expect(brokenBy({})).toEqual([]);
});

it("takes a document found again after a restore for the one that was signed under its number", () => {
  const found = submission({ requestSha256: "cc" });
  const lost = [{ number: 1n, settledAs: "document" as const, submissionId: ONE }];
  expect(brokenBy({ submissions: [found], lost, attempts: [] })).toEqual([]);
  expect(brokenBy({ submissions: [{ ...found, documentNumber: "INV-2" }], lost, attempts: [] })).toContain(
    "every ledger entry is in our books",
  );
});

it.each<[string, Partial<Evidence>]>([
  ["each document signed at most once", { ledger: [entry(), entry({ invcNo: "2", requestSha256: "bb" })] }],
  [
    "each document has at most one live submission",
    { submissions: [submission(), submission({ id: TWO, state: "queued", invoiceNumber: 2n })] },
  ],
  [
    "each receipt refunded at most once, whole, as it was sold",
    { ledger: [sale("1", "totAmt"), refunding("2", "totAmt"), refunding("3", "totAmt")] },
  ],
  [
    "each receipt refunded at most once, whole, as it was sold",
    { ledger: [sale("1", "totAmt"), refunding("2", "totTaxAmt")] },
  ],
  ["each receipt refunded at most once, whole, as it was sold", { ledger: [refunding("2", "totAmt")] }],
  [
    "each receipt refunded at most once, whole, as it was sold",
    { submissions: [submission({ originalSubmissionId: TWO }), submission({ originalSubmissionId: TWO })] },
  ],
  ["nothing stuck without a visible reason", { submissions: [submission({ state: "unknown" })] }],
  ["fiscalised: one ledger entry, same bytes, same receipt", { ledger: [entry({ requestSha256: "bb" })] }],
  [
    "fiscalised: one ledger entry, same bytes, same receipt",
    { receipts: [{ ...RECEIPT, signature: "OTHER" }] },
  ],
  [
    "receipt missing: one ledger entry with our bytes",
    { ledger: [], receipts: [], submissions: [submission({ state: "receipt-missing" })] },
  ],
  [
    "rejected with a reason, withdrawn: never signed",
    { submissions: [submission({ state: "withdrawn", invoiceNumber: null })], freed: ["1"], receipts: [] },
  ],
  ["every ledger entry is in our books", { submissions: [], attempts: [], receipts: [], freed: ["1"] }],
  ["bytes identical over all attempts of a number", { attempts: [attempt("aa"), attempt("bb")] }],
  ["numbers unique", { ledger: [entry(), entry()] }],
  ["numbers gapless: used, freed, or another till's", { lastNumber: 2n }],
  ["numbers gapless: used, freed, or another till's", { freed: ["1"] }],
  ["never two sales at the device at once", { mostAtOnce: 2 }],
  ["a forged delivery is not taken", { forgedTaken: ["1"] }],
  ["no refund without a person", { submissions: [submission(), { ...REFUND, createdBy: null }] }],
  ["everything written back, nothing given up", { writeBacks: [{ ...WRITTEN, state: "waiting" }] }],
  ["everything written back, nothing given up", { writeBacks: [{ ...WRITTEN, state: "blocked" }] }],
  ["a fiscalised invoice shows its receipt in Zoho", { booked: [booked({ fields: {} })] }],
  ["a fiscalised invoice shows its receipt in Zoho", REFUNDED],
  ["a fiscalised invoice has its PDF in Zoho, once", { booked: [booked({ files: [] })] }],
  [
    "a fiscalised invoice has its PDF in Zoho, once",
    { booked: [booked({ files: [...booked().files, ...booked().files] })] },
  ],
  [
    "a fiscalised invoice has its PDF in Zoho, once",
    { booked: [booked({ files: [{ name: "receipt-INV-1.pdf", isPdf: false }] })] },
  ],
  ["a refund is one comment on its credit note", { ...REFUNDED, booked: [NOTE] }],
  [
    "a refund is one comment on its credit note",
    { ...REFUNDED, booked: [{ ...NOTE, comments: ["7/8 NR: signed", "7/8 NR: signed"] }] },
  ],
  ["nothing of ours on a document without a receipt", { receipts: [], submissions: [] }],
  [
    "nothing of ours on a document without a receipt",
    { booked: [booked(), { ...NOTE, comments: ["7/8 NR: signed"] }] },
  ],
  ["what is written back leads to no further writing", { booked: [booked({ edits: 3 })] }],
  ["our own comparison finds nothing that is not so", finding("not-fiscalised", "1")],
  ["our own comparison finds nothing that is not so", finding("not-written-back", "1")],
  ["our own comparison finds nothing that is not so", finding("device-ahead", null)],
  [
    "our own comparison finds nothing that is not so",
    { compared: { ...AGREES, problem: "zoho-unavailable" } },
  ],
])("sees a broken promise: %s", (name, differing) => {
  expect(brokenBy(differing)).toContain(name);
});

it("accepts that our comparison finds what nobody fiscalised, and a till that went further than we", () => {
  const unsigned = {
    submissions: [],
    attempts: [],
    receipts: [],
    ledger: [],
    lastNumber: 0n,
    writeBacks: [],
    booked: [],
  };
  expect(brokenBy({ ...unsigned, ...finding("not-fiscalised", "1") })).toEqual([]);
  expect(brokenBy({ ...finding("device-ahead", null), taken: new Set(["2"]) })).toEqual([]);
});

it("accepts a sale and its one refund", () => {
  const ledger = [sale("1", "totAmt"), refunding("2", "totAmt")];
  expect(brokenBy({ ledger })).not.toContain("each receipt refunded at most once, whole, as it was sold");
});

it("accepts a refund that shows on the invoice and on its credit note", () => {
  const fields = { ...booked().fields, "Fiscal status": "Refunded by CN-1 (7/8 NR)" };
  const shown = [booked({ fields, edits: 3 }), { ...NOTE, comments: ["7/8 NR: signed"] }];
  const broken = BOOKS_RULES.filter(
    ({ check }) => check(evidence({ ...REFUNDED, booked: shown })).violations.length > 0,
  );
  expect(broken).toEqual([]);
});

it("accepts a submission that asks for a person and says why", () => {
  const asking = submission({ state: "unknown", needsAttention: true, resultCode: "896" });
  expect(brokenBy({ submissions: [asking], receipts: [], ledger: [], booked: [] })).toEqual([]);
});

it("accepts a refused document whose next submission signed the same bytes", () => {
  const refused = submission({ id: TWO, state: "rejected", problem: "device-refused", invoiceNumber: null });
  expect(brokenBy({ submissions: [refused, submission()] })).toEqual([]);
});

it("accepts other bytes for a number only after the switch to exact arithmetic", () => {
  const attempts = [attempt("natural"), attempt("aa")];
  expect(brokenBy({ attempts, frozenExact: new Set([ONE]) })).toEqual([]);
});
