import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { type Device, startDevice } from "./device.ts";
import { callDevice, registerItem } from "./device-call.ts";
import { type ExampleSale, exampleSale } from "./example-sale.ts";

type Body = ReturnType<typeof exampleSale>;
type Change = (body: Body) => void;

const IDENTITY = { tin: "999909695", bhfId: "00" };
const DISCOUNTED = {
  lines: [{ quantity: "3", price: "1000.00", discountRate: "7.5" }, { taxClass: "A" }],
} as const;
let device: Device;
let invoiceNumber = 0;

beforeAll(async () => {
  device = await startDevice({ ...IDENTITY, serial: "SANDBOX-1" });
  await registerItem(device);
});
afterAll(() => device.close());
beforeEach(() => {
  invoiceNumber += 1;
});

function send(sale: Partial<ExampleSale> = {}, change: Change = () => {}) {
  const body = exampleSale({ ...IDENTITY, invoiceNumber, ...sale });
  change(body);
  return callDevice(device, "/trnsSales/saveSales", body);
}
const set = (path: string, value: unknown) => (body: Body) => {
  const keys = path.split(".");
  const last = keys.pop() ?? "";
  const parent = keys.reduce<Record<string, unknown>>(
    (object, key) => object[key] as Record<string, unknown>,
    body,
  );
  if (value === undefined) delete parent[last];
  else parent[last] = value;
};

const TOMORROW = new Date(Date.now() + 26 * 3_600_000).toISOString().replace(/\D/g, "").slice(0, 14);
const REFUSED: [field: string, value: unknown, code: string, named: string][] = [
  ["tin", "999909696", "901", "valid device"],
  ["bhfId", "01", "901", "valid device"],
  ["tin", undefined, "910", "'tin'"],
  ["sdcId", "SDC010000005", "910", "'sdcId': Unknown field"],
  ["receipt.footer", "x", "910", "'receipt.footer': Unknown field"],
  ["itemList.0.sku", "x", "910", "'itemList[0].sku': Unknown field"],
  ["regrId", null, "910", "'regrId'"],
  ["regrId", 7, "910", "'regrId': Must be a text"],
  ["regrId", "x".repeat(21), "910", "'regrId': Length"],
  ["custNm", "x".repeat(61), "910", "'custNm'"],
  ["receipt.trdeNm", "x".repeat(21), "910", "'receipt.trdeNm'"],
  ["receipt.btmMsg", "x".repeat(21), "910", "'receipt.btmMsg'"],
  ["receipt", null, "910", "'receipt'"],
  ["itemList", [], "910", "'itemList'"],
  ["itemList.0", "x", "910", "'itemList[0]'"],
  ["prchrAcptcYn", "yes", "910", "'prchrAcptcYn'"],
  ["totAmt", true, "910", "'totAmt': Must be a number"],
  ["totAmt", "1180.005", "910", "NUMBER(18,2)"],
  ["totAmt", "1 180", "910", "plain number"],
  ["totAmt", "1.18e3", "910", "plain number"],
  ["totAmt", "-1180", "910", "Must not be negative"],
  ["itemList.0.prc", -1180, "910", "Must not be negative"],
  ["itemList.0.qty", 1.005, "910", "NUMBER(13,2)"],
  ["itemList.0.qty", "100000000000", "910", "NUMBER(13,2)"],
  ["itemList.0.dcRt", 1000, "910", "NUMBER(5,2)"],
  ["itemList.0.itemSeq", 1000, "910", "NUMBER(3)"],
  ["invcNo", "1.5", "910", "'invcNo'"],
  ["cfmDt", "20260230101010", "910", "[<cfmDt>]".slice(2, 7)],
  ["cfmDt", "2026-02-01 10:10", "910", "yyyyMMddHHmmss"],
  ["cfmDt", TOMORROW, "910", "in the future"],
  ["salesDt", TOMORROW.slice(0, 8), "910", "'salesDt': Is in the future"],
  ["salesDt", TOMORROW, "910", "yyyyMMdd format"],
  [
    "rfdDt",
    "20241107",
    "910",
    "'rfdDt': Must be a valid date in yyyyMMddHHmmss format. rejected value: '20241107'",
  ],
  ["orgInvcNo", 12, "910", "only provided for refunds"],
  ["rcptTyCd", "X", "913", "<rcptTyCd>"],
  ["salesTyCd", "P", "913", "<salesTyCd>"],
  ["salesSttsCd", "05", "913", "<salesSttsCd>"],
  ["pmtTyCd", "08", "913", "<pmtTyCd>"],
  ["itemList.0.taxTyCd", "E", "913", "<itemList[0].taxTyCd>"],
  ["itemList.0.qtyUnitCd", "QQ", "913", "<itemList[0].qtyUnitCd>"],
  ["itemList.0.pkgUnitCd", "QQ", "913", "<itemList[0].pkgUnitCd>"],
  ["itemList.0.itemSeq", 2, "910", "'itemList[0].itemSeq'"],
  ["itemList.0.qty", 0, "910", "'itemList[0].qty'"],
  ["itemList.0.dcAmt", 4000, "910", "'itemList[0].dcAmt': Exceeds"],
  ["itemList.0.dcRt", 0, "910", "'itemList[0].dcRt'"],
  ["itemList.0.prc", "1000.01", "910", "'itemList[0].splyAmt'"],
  ["itemList.0.totAmt", "2775.01", "910", "'itemList[0].totAmt'"],
  ["itemList.0.taxblAmt", "2775.01", "910", "'itemList[0].taxblAmt'"],
  ["itemList.0.taxAmt", "423.30", "910", "'itemList[0].taxAmt': Must be 423.31"],
  ["itemList.1.taxAmt", "180.00", "910", "'itemList[1].taxAmt'"],
  ["itemList.0.itemCd", "RW2NTXU0000009", "910", "'itemList[0].itemCd'"],
  ["totItemCnt", 3, "910", "'totItemCnt'"],
  ["taxRtB", 16, "910", "'taxRtB'"],
  ["taxblAmtA", "0", "910", "'taxblAmtA'"],
  ["taxAmtB", "423.30", "910", "'taxAmtB'"],
  ["totTaxblAmt", "1", "910", "'totTaxblAmt'"],
  ["totTaxAmt", "1", "910", "'totTaxAmt'"],
  ["totAmt", "1", "910", "'totAmt'"],
  ["receipt.custTin", "299999999", "884", "customer TIN"],
  ["prcOrdCd", "AB12cd", "882", "invalid"],
];

describe("a sale", () => {
  it.each(REFUSED)(
    "with %s = %j is refused %s naming %s, and nothing is signed",
    async (field, value, code, named) => {
      const reply = await send(DISCOUNTED, set(field, value));
      expect(reply).toMatchObject({ resultCd: code, data: null });
      expect(reply.resultMsg).toContain(named);
      expect(device.sales.has(String(invoiceNumber))).toBe(false);
    },
  );

  it("is signed with discounts, several classes, texts for numbers and empty optional texts", async () => {
    const reply = await send(DISCOUNTED, (body) => {
      set("totItemCnt", "2")(body);
      set("receipt.trdeNm", "")(body);
      set("prcOrdCd", "000000")(body);
      set("invcNo", `000${invoiceNumber}`)(body);
    });
    expect(reply).toMatchObject({ resultCd: "000" });
    expect(device.sales.has(String(invoiceNumber))).toBe(true);
  });

  it("may round the unit price in natural form: 10 for 3 is 3.33 each", async () => {
    const rounded: Change = (body) => {
      for (const [field, value] of Object.entries({
        prc: "3.33",
        splyAmt: "10.00",
        taxblAmt: "10.00",
        totAmt: "10.00",
      })) {
        set(`itemList.0.${field}`, value)(body);
      }
      for (const field of ["taxblAmtB", "totTaxblAmt", "totAmt"]) set(field, "10.00")(body);
      for (const field of ["itemList.0.taxAmt", "taxAmtB", "totTaxAmt"]) set(field, "1.53")(body);
    };
    const lines = [{ quantity: "3", price: "3.33" }];
    expect(await send({ lines }, rounded)).toMatchObject({ resultCd: "000" });

    const exact = await startDevice({ ...IDENTITY, serial: "SANDBOX-1", checksLineArithmetic: true });
    await registerItem(exact);
    const body = exampleSale({ ...IDENTITY, invoiceNumber, lines });
    expect(await callDevice(exact, "/trnsSales/saveSales", body)).toMatchObject({ resultCd: "000" });
    rounded(body);
    const refused = await callDevice(exact, "/trnsSales/saveSales", {
      ...body,
      invcNo: invoiceNumber + 1000,
    });
    expect(refused.resultMsg).toContain("'itemList[0].splyAmt': Must be 9.9900");
    const discounted = exampleSale({ ...IDENTITY, invoiceNumber: invoiceNumber + 1001, ...DISCOUNTED });
    set("itemList.0.dcRt", 7)(discounted);
    const wrongRate = await callDevice(exact, "/trnsSales/saveSales", discounted);
    expect(wrongRate.resultMsg).toContain("'itemList[0].dcAmt': Must be 210.00");
    await exact.close();
  });

  it("to a business needs a valid, unused purchase code", async () => {
    const buyerTin = "101234567";
    expect(await send({ buyerTin: "301234567", purchaseCode: "A1B2C3" })).toMatchObject({ resultCd: "884" });
    expect(await send({ buyerTin })).toMatchObject({ resultCd: "881" });
    expect(await send({ buyerTin, purchaseCode: "A1B2C" })).toMatchObject({ resultCd: "882" });
    expect(await send({ buyerTin, purchaseCode: "BADCOD" })).toMatchObject({ resultCd: "882" });
    expect(await send({ buyerTin, purchaseCode: "A1B2C3" })).toMatchObject({ resultCd: "000" });
    expect(await send({ buyerTin, purchaseCode: "A1B2C3" })).toMatchObject({ resultCd: "883" });
    const replay = await send({ buyerTin, purchaseCode: "D4E5F6" });
    expect(replay).toMatchObject({
      resultCd: "924",
      resultMsg: "Invoice number already exists.",
      data: null,
    });
  });

  it("keeps amounts exact beyond what a binary float holds", async () => {
    const lines = [{ price: "9999999999999.99" }, { price: "0.01" }];
    expect(await send({ lines })).toMatchObject({ resultCd: "000" });
    invoiceNumber += 1;
    const off = await send({ lines }, set("totAmt", "10000000000000.01"));
    expect(off.resultMsg).toContain("'totAmt': Must be 10000000000000.00");
  });
});

describe("a refund", () => {
  it("refers to a signed sale, whole, once; a repeated one is a duplicate", async () => {
    const buyer = { buyerTin: "101234567", purchaseCode: "G7H8J9" };
    expect(await send({ ...buyer })).toMatchObject({ resultCd: "000" });
    const original = invoiceNumber;
    invoiceNumber += 1;
    expect((await send({ ...buyer, refundOf: 987_654 })).resultMsg).toContain("'orgInvcNo'");
    expect((await send({ ...buyer, refundOf: original }, set("rfdDt", null))).resultMsg).toContain("'rfdDt'");
    expect((await send({ ...buyer, refundOf: original }, set("rfdRsnCd", "14"))).resultCd).toBe("913");
    const part = await send({ ...buyer, refundOf: original, lines: [{ price: "590.00" }] });
    expect(part.resultMsg).toContain("'totAmt'");
    expect(await send({ ...buyer, refundOf: original })).toMatchObject({ resultCd: "000" });
    expect(device.sales.get(String(invoiceNumber))?.rcptTyCd).toBe("R");
    expect(await send({ ...buyer, refundOf: original })).toMatchObject({ resultCd: "924" });
    invoiceNumber += 1;
    expect((await send({ ...buyer, refundOf: original })).resultMsg).toContain("already refunded");
    expect((await send({ ...buyer, refundOf: original + 1 })).resultMsg).toContain("does not exist");
  });
});
