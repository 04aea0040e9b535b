import { readdirSync, readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { parseExactJson } from "../../fiscal/exact-json.ts";
import { freezeRefund, type RefundFrame } from "./refund-request.ts";

const FOLDER = new URL("../../../test/examples/", import.meta.url);
const frame: RefundFrame = {
  invoiceNumber: 12345678901234567890123456789012345678n,
  // 23:30 in Kigali is still the 21st there.
  frozenAt: new Date("2026-11-21T21:30:05Z"),
  reason: "09",
  purchaseCode: null,
  documentNumber: " CN-00012 ",
  actor: { number: "7", name: "Aline  Uwase" },
  profile: "vsdc-1.0.5",
  initialisedOn: "2026-11-20",
};

/** Every sale of the golden examples, as its bytes are sent. */
const sales = readdirSync(FOLDER)
  .filter((file) => file.endsWith(".vsdc.json"))
  .flatMap((file) => {
    const text = readFileSync(new URL(file, FOLDER), "utf8");
    const { ok, request } = parseExactJson(text) as { ok?: boolean; request?: object };
    return ok === false || request === undefined ? [] : [{ file, text: requestIn(text) }];
  });

/** The literal bytes of the request inside an example. */
function requestIn(text: string): string {
  return text.slice(text.indexOf("{", text.indexOf('"request":')), text.lastIndexOf("}"));
}

const CHANGED = [
  ...["invcNo", "orgInvcNo", "rcptTyCd", "salesSttsCd", "cfmDt", "salesDt", "rfdDt", "rfdRsnCd", "remark"],
  ...["regrId", "regrNm", "modrId", "modrNm"],
];

describe("the wire of a refund", () => {
  it("has examples to repeat", () => {
    expect(sales.length).toBeGreaterThan(50);
  });

  it.each(sales)("repeats every amount, text and line of $file", ({ text }) => {
    const sale = parseExactJson(text) as Record<string, unknown>;
    const refund = parseExactJson(freezeRefund({ path: "/x", text }, frame).text) as Record<string, unknown>;
    expect(Object.keys(refund)).toEqual(Object.keys(sale));
    for (const [key, value] of Object.entries(sale)) {
      if (key === "receipt")
        expect({ ...(refund.receipt as object), rptNo: "" }).toEqual({ ...(value as object), rptNo: "" });
      else if (!CHANGED.includes(key)) expect([key, refund[key]]).toEqual([key, value]);
    }
    expect(refund).toMatchObject({
      invcNo: "12345678901234567890123456789012345678",
      orgInvcNo: sale.invcNo,
      rcptTyCd: "R",
      salesSttsCd: "05",
      cfmDt: "20261121233005",
      rfdDt: "20261121233005",
      salesDt: "20261121",
      rfdRsnCd: "09",
      remark: "CN-00012",
      regrId: "7",
      regrNm: "Aline Uwase",
      modrId: "7",
      modrNm: "Aline Uwase",
      receipt: { rptNo: "2" },
    });
  });

  it("carries the refund's own purchase code when one was typed", () => {
    const text = sales.find(({ text }) => text.includes('"prcOrdCd": "'))?.text ?? "";
    const sale = parseExactJson(text) as { prcOrdCd: string };
    const codeOf = (purchaseCode: string | null) =>
      parseExactJson(freezeRefund({ path: "/x", text }, { ...frame, purchaseCode }).text);
    expect(codeOf("Z9Z9Z9")).toMatchObject({ prcOrdCd: "Z9Z9Z9" });
    expect(codeOf(null)).toMatchObject({ prcOrdCd: sale.prcOrdCd });
  });
});
