import { describe, expect, it } from "vitest";
import { RWANDA } from "../vsdc/rwanda/jurisdiction.ts";
import { decimal } from "./decimal.ts";
import {
  type CreditNote,
  judgeRefund,
  type OriginalSale,
  originalOf,
  type RefundQuestion,
} from "./judge-refund.ts";

const note: CreditNote = {
  id: "71",
  number: "CN-00012",
  status: "open",
  date: "2026-11-20",
  currencyCode: "RWF",
  total: decimal("11800.00"),
  customerId: "30",
  customerName: "Kigali Fresh Markets Ltd",
  creditedInvoiceIds: ["42"],
};
const original: OriginalSale = {
  isSigned: true,
  isRefunded: false,
  customerId: "30",
  buyerTin: "101234567",
  currencyCode: "RWF",
  total: decimal("11800"),
};

function judge(change: Partial<RefundQuestion>): string[] {
  const question: RefundQuestion = {
    note,
    original,
    reason: "06",
    purchaseCode: null,
    jurisdiction: RWANDA,
    today: "2026-11-21",
    ...change,
  };
  return judgeRefund(question)
    .list()
    .map(({ code }) => code);
}
const ofNote = (change: Partial<CreditNote>) => judge({ note: { ...note, ...change } });
const ofOriginal = (change: Partial<OriginalSale>) => judge({ original: { ...original, ...change } });

describe("a refund (fiscal rules §7)", () => {
  it("of the whole is lawful", () => {
    expect(judge({})).toEqual([]);
  });

  it.each(["approved", "open", "closed"])("of a note that is %s is lawful", (status) => {
    expect(ofNote({ status })).toEqual([]);
  });

  it.each(["draft", "void", "sent", "paid", null])("of a note that is %s is not", (status) => {
    expect(ofNote({ status })).toEqual(["document-not-final"]);
  });

  it("is dated, and not tomorrow", () => {
    expect(ofNote({ date: null })).toEqual(["document-not-final"]);
    expect(ofNote({ date: "2026-11-21" })).toEqual([]);
    expect(ofNote({ date: "2026-11-22" })).toEqual(["date-in-future"]);
  });

  it("has a reason", () => {
    expect(judge({ reason: null })).toEqual(["refund-reason-missing"]);
  });

  it("has an original that is known, ours and signed", () => {
    expect(judge({ original: null })).toEqual(["original-ambiguous"]);
    expect(judge({ original: "unknown" })).toEqual(["original-not-fiscalised"]);
    expect(ofOriginal({ isSigned: false })).toEqual(["original-not-fiscalised"]);
  });

  it("goes to the customer of the original, named on both", () => {
    expect(ofNote({ customerId: "31" })).toEqual(["original-buyer-mismatch"]);
    expect(ofNote({ customerId: null })).toEqual(["original-buyer-mismatch"]);
    expect(
      judge({ note: { ...note, customerId: null }, original: { ...original, customerId: null } }),
    ).toEqual(["original-buyer-mismatch"]);
  });

  it("is the only one of its original", () => {
    expect(ofOriginal({ isRefunded: true })).toEqual(["original-already-refunded"]);
  });

  it.each([
    ["a cent less", { total: decimal("11799.99") }],
    ["a cent more", { total: decimal("11800.01") }],
    ["another currency", { currencyCode: "USD" }],
    ["no total", { total: null }],
  ])("is not partial: %s", (_what, change) => {
    expect(ofNote(change)).toEqual(["partial-refund-unsupported"]);
  });

  it("takes a purchase code of its own only in its form and for a buyer with a TIN", () => {
    expect(judge({ purchaseCode: "A1b2C3" })).toEqual([]);
    expect(judge({ purchaseCode: "A1b2C" })).toEqual(["purchase-code-required"]);
    const noTin = { original: { ...original, buyerTin: null } };
    expect(judge({ ...noTin, purchaseCode: "A1b2C3" })).toEqual(["purchase-code-without-tin"]);
    expect(judge(noTin)).toEqual([]);
  });

  it("says everything that holds at once", () => {
    const wrong = { ...note, status: "draft", customerId: "31", total: decimal("1") };
    expect(judge({ note: wrong, original: { ...original, isRefunded: true }, reason: null })).toEqual([
      "document-not-final",
      "original-buyer-mismatch",
      "original-already-refunded",
      "partial-refund-unsupported",
      "refund-reason-missing",
    ]);
  });
});

describe("the original", () => {
  it("is the choice, before what the credit was applied to", () => {
    expect(originalOf(note, "7")).toBe("7");
    expect(originalOf(note, null)).toBe("42");
  });

  it("is not known when the credit was applied to none or to several", () => {
    expect(originalOf({ ...note, creditedInvoiceIds: [] }, null)).toBeNull();
    expect(originalOf({ ...note, creditedInvoiceIds: ["1", "2"] }, null)).toBeNull();
  });
});
