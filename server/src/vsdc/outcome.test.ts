import { describe, expect, it } from "vitest";
import type { Delivery } from "./device-call.ts";
import { namesLineAmounts, readAnswer, saleOutcome } from "./outcome.ts";
import { RESULT_CLASSES } from "./rwanda/result-codes.ts";

type Expected = "signed" | "refused" | "number-taken" | "unknown" | "signed-before";

/** Fiscal rules §6: what each result code proves at the first attempt, and after a lost answer of the same bytes. */
const CODES: Readonly<Record<string, readonly [first: Expected, repeated: Expected]>> = {
  "000": ["signed", "signed"],
  "001": ["unknown", "unknown"],
  "603": ["refused", "unknown"],
  "881": ["refused", "refused"],
  "882": ["refused", "refused"],
  "883": ["refused", "signed-before"],
  "884": ["refused", "refused"],
  "891": ["refused", "unknown"],
  "892": ["refused", "unknown"],
  "893": ["refused", "unknown"],
  "894": ["unknown", "unknown"],
  "895": ["refused", "unknown"],
  "896": ["unknown", "unknown"],
  "899": ["unknown", "unknown"],
  "900": ["refused", "unknown"],
  "901": ["refused", "unknown"],
  "902": ["unknown", "unknown"],
  "903": ["refused", "unknown"],
  "910": ["refused", "refused"],
  "911": ["refused", "unknown"],
  "912": ["refused", "unknown"],
  "913": ["refused", "refused"],
  "921": ["refused", "unknown"],
  "922": ["unknown", "unknown"],
  "924": ["number-taken", "signed-before"],
  "990": ["unknown", "unknown"],
  "991": ["unknown", "unknown"],
  "992": ["unknown", "unknown"],
  "993": ["unknown", "unknown"],
  "994": ["number-taken", "signed-before"],
  "995": ["unknown", "unknown"],
  "999": ["unknown", "unknown"],
};

const SIGNED = {
  rcptNo: 53,
  totRcptNo: 62,
  intrlData: "FEKT5U42JNKHVIGXSV5AGF4QDA",
  rcptSign: "47VCUSYGG6SH2PSL",
  vsdcRcptPbctDate: "20261123085627",
  sdcId: "SDC010000005",
  mrcNo: "WIS00000001",
};

function answered(resultCd: string, data: unknown = null, httpStatus = 200): Delivery {
  return { kind: "answered", httpStatus, text: JSON.stringify({ resultCd, resultMsg: "words", data }) };
}

function found(delivery: Delivery, repeated: boolean): Expected | "not-sent" {
  const outcome = saleOutcome(delivery, { repeated });
  if (outcome.status === "rejected") return outcome.reason;
  if (outcome.status === "unknown") return outcome.signedBefore ? "signed-before" : "unknown";
  return outcome.status;
}

describe("saleOutcome", () => {
  it("has a row here for every result code", () => {
    expect(Object.keys(CODES).sort()).toEqual(Object.keys(RESULT_CLASSES).sort());
  });

  it.each(Object.entries(CODES))("result %s: first %o", (code, [first, repeated]) => {
    const delivery = answered(code, code === "000" ? SIGNED : null);
    expect(found(delivery, false)).toBe(first);
    expect(found(delivery, true)).toBe(repeated);
  });

  it.each(["", "997", "0000", "toString", "__proto__"])("an unlisted code %o proves nothing", (code) => {
    expect(found(answered(code), false)).toBe("unknown");
    expect(found(answered(code), true)).toBe("unknown");
  });

  it("keeps the seven data of a receipt as the literal text the device wrote", () => {
    const long = "9".repeat(38);
    const text = `{"resultCd":"000","resultMsg":"ok","data":${JSON.stringify(SIGNED).replace("62", long)}}`;
    const outcome = saleOutcome({ kind: "answered", httpStatus: 200, text }, { repeated: false });
    expect(outcome).toMatchObject({
      status: "signed",
      receipt: { ...SIGNED, rcptNo: "53", totRcptNo: long },
    });
  });

  it.each(Object.keys(SIGNED))("000 without %s is unknown: it may have been signed", (field) => {
    expect(found(answered("000", { ...SIGNED, [field]: null }), false)).toBe("unknown");
  });

  it.each([
    ["no JSON", "<!doctype html><title>Tomcat</title>"],
    ["half a JSON text", '{"resultCd":"000","resultMsg":"It is suc'],
    ["no result code", '{"resultMsg":"It is succeeded","data":null}'],
    ["a list", "[]"],
    ["nothing", ""],
  ])("%s is unknown", (_what, text) => {
    expect(found({ kind: "answered", httpStatus: 200, text }, false)).toBe("unknown");
  });

  it.each([201, 204, 302, 400, 404, 413, 500, 502, 503])("HTTP %i is unknown whatever it says", (status) => {
    for (const code of ["000", "884", "924"])
      expect(found(answered(code, SIGNED, status), false)).toBe("unknown");
  });

  it("a lost answer is unknown, and only a connection that never opened is not-sent", () => {
    expect(found({ kind: "lost", reason: "ECONNRESET" }, false)).toBe("unknown");
    expect(found({ kind: "not-sent", reason: "ECONNREFUSED" }, false)).toBe("not-sent");
  });
});

describe("namesLineAmounts", () => {
  const words = (resultMessage: string, resultCode = "910") => ({ resultCode, resultMessage });

  it.each([
    "Request parameter error 'itemList[0].splyAmt': Must be 35.43",
    "Request parameter error 'itemList[12].totAmt': Must be 1.00",
    "prc",
    "itemList[0].dcRt: Exceeds 100",
  ])("a 910 that names a line's amount: %s", (text) => {
    expect(namesLineAmounts(words(text))).toBe(true);
  });

  it.each([
    "Request parameter error 'totAmt': Must be 1.00",
    "Request parameter error 'totTaxblAmt': Must be 1.00",
    "Request parameter error 'itemList[0].itemCd': Item is not registered",
    "Request parameter error 'custTin'",
    "",
  ])("not: %s", (text) => {
    expect(namesLineAmounts(words(text))).toBe(false);
  });

  it("never for another code", () => {
    expect(namesLineAmounts(words("itemList[0].prc", "913"))).toBe(false);
  });
});

describe("readAnswer", () => {
  it("keeps no more of the device's words than the database takes", () => {
    const text = JSON.stringify({ resultCd: "910", resultMsg: "x".repeat(5_000), data: null });
    expect(readAnswer(text)?.resultMessage).toHaveLength(2_000);
  });
});
