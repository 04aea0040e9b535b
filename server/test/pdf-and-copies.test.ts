import { CopyResponseSchema } from "@fiscalise/shared/api/submissions.ts";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { readPdf, textOf } from "../src/pdf/testing/read-pdf.ts";
import { problemOf } from "./api.ts";
import { type Business, type Stage, startStage } from "./harness.ts";

let stage: Stage;
let shop: Business;
let receiptId: string;
beforeAll(async () => {
  stage = await startStage();
  shop = await stage.open();
  const view = await shop.fiscalise(shop.put({ number: 'INV/20 26"\r\nx' }));
  receiptId = view.receipt?.id ?? "";
});
afterAll(() => stage.close());

const words = async (path: string) => {
  const { bytes } = await shop.api.bytes(path);
  return readPdf(bytes).map(textOf).join("\n");
};

describe("the receipt as PDF", () => {
  it("is the same bytes each time, from every server", async () => {
    const other = await stage.addServer();
    const first = await shop.api.bytes(`/receipts/${receiptId}/pdf`);
    const second = await shop.api.bytes(`/receipts/${receiptId}/pdf`);
    const there = await fetch(`${other.url}/api/v1/receipts/${receiptId}/pdf`, {
      headers: { authorization: `Bearer ${stage.token(shop)}` },
    });
    await other.stop();
    expect(first.bytes.subarray(0, 5).toString()).toBe("%PDF-");
    expect(second.bytes.equals(first.bytes)).toBe(true);
    expect(Buffer.from(await there.arrayBuffer()).equals(first.bytes)).toBe(true);
  });

  it("shows the device's data and the label of a normal sale", async () => {
    const text = await words(`/receipts/${receiptId}/pdf`);
    const { data } = shop.device.ledger()[0] ?? { data: null };
    expect(text).toContain("1/1 NS");
    expect(text).toContain(data?.rcptSign.match(/.{4}/g)?.join("-"));
    expect(text).toContain(data?.sdcId);
    expect(text).toContain("11,800.00");
    expect(text).not.toContain("CS");
  });

  it("stays what it was when the business changes its name, and the invoice changes in Zoho", async () => {
    const before = await shop.api.bytes(`/receipts/${receiptId}/pdf`);
    await stage.database.owner`update businesses set name = 'Somebody Else Ltd' where id = ${shop.id}`;
    const after = await shop.api.bytes(`/receipts/${receiptId}/pdf`);
    await stage.database.owner`update businesses set name = 'Shop 0 Ltd' where id = ${shop.id}`;
    expect(after.bytes.equals(before.bytes)).toBe(true);
  });

  it("is named after the document, with nothing a header could trip over", async () => {
    const { headers } = await shop.api.bytes(`/receipts/${receiptId}/pdf`);
    expect(headers.get("content-type")).toBe("application/pdf");
    expect(headers.get("content-disposition")).toMatch(/^inline; filename="receipt-[A-Za-z0-9._-]+\.pdf"$/);
    expect(headers.get("cache-control")).toBe("no-store");
  });
});

describe("the receipt on a roll", () => {
  it("is a page of 80 mm that says the same, and no other form of paper is known", async () => {
    const { bytes, headers } = await shop.api.bytes(`/receipts/${receiptId}/pdf?paper=roll`);
    const [page, ...more] = readPdf(bytes);
    expect(more).toEqual([]);
    expect(page?.size[0]).toBeCloseTo(226.77, 1);
    expect(textOf(page)).toContain("1/1 NS");
    expect(headers.get("content-disposition")).toMatch(/-roll\.pdf"$/);
    const [sheet] = readPdf((await shop.api.bytes(`/receipts/${receiptId}/pdf?paper=a4`)).bytes);
    expect(sheet?.size).toEqual([595.28, 841.89]);
    expect(problemOf(await shop.api.get(`/receipts/${receiptId}/pdf?paper=a5`))).toMatchObject({
      code: "input-invalid",
      fields: [{ path: "paper" }],
    });
  });
});

describe("copies", () => {
  it("are counted, audited, labelled, and the device is not asked", async () => {
    const asked = shop.device.exchanges().length;
    const taken = await Promise.all([1, 2, 3].map(() => shop.api.post(`/receipts/${receiptId}/copies`)));
    expect(taken.map(({ status }) => status)).toEqual([201, 201, 201]);
    const copies = taken.map(({ body }) => CopyResponseSchema.parse(body));
    expect(copies.map(({ copyNumber }) => copyNumber).sort()).toEqual([1, 2, 3]);
    const events = (await shop.audit()).filter(({ action }) => action === "receipt-copied");
    expect(events.map(({ detail }) => detail.copyNumber).sort()).toEqual([1, 2, 3]);
    expect(
      events.every(({ actor, subject }) => actor === "user:1" && subject === `receipt:${receiptId}`),
    ).toBe(true);
    const second = copies.find(({ copyNumber }) => copyNumber === 2);
    const path = second?.pdfPath.replace("/api/v1", "") ?? "";
    const text = await words(path);
    expect(text).toContain("1/1 CS");
    expect(text).not.toContain("1/1 NS");
    expect(await words(`${path}&paper=roll`)).toContain("1/1 CS");
    const again = await shop.api.bytes(path);
    expect((await shop.api.bytes(path)).bytes.equals(again.bytes)).toBe(true);
    expect(shop.device.exchanges()).toHaveLength(asked);
    expect(shop.device.ledger()).toHaveLength(1);
  });

  it("asked for again with the same Idempotency-Key are the same copy", async () => {
    const sold = await shop.fiscalise(shop.put());
    const take = (key: string) =>
      shop.api.post(`/receipts/${sold.receipt?.id}/copies`, undefined, { "idempotency-key": key });
    const answers = [
      ...(await Promise.all([take("a"), take("a"), take("a")])),
      await take("a"),
      await take("b"),
    ];
    const numbers = answers.map(({ body }) => CopyResponseSchema.parse(body).copyNumber);
    expect(numbers).toEqual([1, 1, 1, 1, 2]);
    expect((await shop.submission(sold.id)).receipt?.copies).toBe(2);
  });

  it.each(["999", "999999"])("number %s does not exist until it is taken", async (copy) => {
    expect(problemOf(await shop.api.get(`/receipts/${receiptId}/pdf?copy=${copy}`))).toMatchObject({
      code: "not-found",
    });
  });

  it.each(["0", "-1", "x", "1e3", "1234567"])("number %s is not a number of a copy", async (copy) => {
    expect(problemOf(await shop.api.get(`/receipts/${receiptId}/pdf?copy=${copy}`))).toMatchObject({
      code: "input-invalid",
      fields: [{ path: "copy" }],
    });
  });
});
