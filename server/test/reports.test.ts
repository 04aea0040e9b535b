import { randomUUID } from "node:crypto";
import {
  type DayFigures,
  type ZReport,
  ZReportSchema,
  ZReportsSchema,
} from "@fiscalise/shared/api/reports.ts";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { readOff } from "../../sandbox/src/vsdc/read-off.ts";
import { businessId, type Database, openDatabase } from "../src/db/with-business.ts";
import { closeDay } from "../src/receipts/reports/close-day.ts";
import { closeDueDays } from "../src/receipts/reports/close-due-days.ts";
import { problemOf } from "./api.ts";
import { putNote, refund } from "./credit-notes.ts";
import { line, today } from "./factories.ts";
import { type Business, type Stage, startStage } from "./harness.ts";
import { REPORTS, sumsOf, xOf } from "./report-steps.ts";
import { storeDocuments, storedDocument } from "./stored-documents.ts";
import { cents, type WireReceipt, wireSums } from "./wire-sums.ts";

const DAY_MS = 86_400_000;
let stage: Stage;
let database: Database;
beforeAll(async () => {
  stage = await startStage({ answerWithinMs: 1_000 });
  database = openDatabase({ url: stage.database.urls.app, prepare: true, connectionsMax: 15 });
});
afterAll(async () => {
  await database.close();
  await stage.close();
});

const close = (shop: Business, day: string) => shop.api.post(`${REPORTS}/z`, { day });
const zOf = async (shop: Business, day: string) => {
  const answer = await close(shop, day);
  expect(answer.status, answer.text).toBe(201);
  return ZReportSchema.parse(answer.body);
};
/** As the admin does so many days from now; a session does not live that long. */
async function zLater(shop: Business, days: number): Promise<ZReport> {
  const clock = () => new Date(Date.now() + days * DAY_MS);
  const origin = { address: null, requestId: randomUUID() };
  const actor = {
    businessId: businessId(shop.id),
    userId: shop.adminId,
    role: "business_admin",
    origin,
  } as const;
  const closed = await closeDay(
    { withBusiness: database.withBusiness, clock },
    { actor, branch: null, day: today(days) },
  );
  return ZReportSchema.parse((await shop.api.get(`${REPORTS}/z/${closed.number}`)).body);
}
const listed = async (shop: Business) =>
  ZReportsSchema.parse((await shop.api.get(`${REPORTS}/z`)).body).items;

function ledgerOf(shop: Business): WireReceipt[] {
  return shop.device
    .ledger()
    .map(({ requestText, rcptTyCd }) => ({ requestText, label: rcptTyCd === "R" ? "NR" : "NS" }));
}

async function adopt(shop: Business, id: string): Promise<void> {
  const answer = await shop.api.post(`/submissions/${id}/adopt`, readOff(shop.device.ledger().at(-1)));
  expect(answer.status, answer.text).toBe(200);
}

describe("a Z report", () => {
  it("of a busy day equals the device's ledger to the cent, and a second one is refused in words", async () => {
    const shop = await stage.open({ taxMappings: [{ taxId: "", taxClass: "A" }] });
    const discounted = [line({ discount: "12.5%" }), line({ name: "Ink", rate: "333.33", quantity: "3" })];
    const invoices = [
      shop.put(),
      shop.put({ lines: discounted }),
      shop.put({ lines: [line({ rate: "199.99", quantity: "7" })] }),
    ];
    for (const id of [...invoices, shop.put(), shop.put()]) await shop.fiscalise(id, {}, ["fiscalised"]);
    await refund(shop, putNote(stage, shop, { invoices: [invoices[0] ?? ""], total: "11800" }));
    shop.device.behave({ kind: "lose-answer", times: 1 });
    const adopted = await shop.fiscalise(shop.put(), {}, ["receipt-missing"]);
    await adopt(shop, adopted.id);
    shop.device.behave({ kind: "lose-answer", times: 1 });
    const missing = await shop.fiscalise(shop.put(), {}, ["receipt-missing"]);
    const { receipt } = await shop.submission(adopted.id);
    await shop.api.post(`/receipts/${receipt?.id}/copies`);
    await shop.api.post(`/receipts/${receipt?.id}/copies`);

    const x = await xOf(shop);
    const z = await zOf(shop, today());
    expect(z.figures).toEqual(x.figures);
    expect(x.closing).toMatchObject({
      closedBy: null,
      hasBegun: true,
      receipts: 7,
      earlier: 0,
      total: z.total,
    });
    const signed = ledgerOf(shop).slice(0, -1);
    expect(sumsOf(z.figures)).toEqual(wireSums(signed));
    const [first, last] = [shop.device.ledger()[0]?.data, shop.device.ledger().at(-2)?.data];
    expect(z).toMatchObject({
      number: 1,
      day: today(),
      firstDay: today(),
      receipts: 7,
      closedBy: "Aline Uwase",
    });
    expect(z.figures.devices).toEqual([
      {
        sdcId: first?.sdcId,
        mrcNumber: first?.mrcNo,
        receipts: 7,
        opening: { receipt: String(first?.rcptNo), total: String(first?.totRcptNo), invoice: "1" },
        closing: { receipt: String(last?.rcptNo), total: String(last?.totRcptNo), invoice: "7" },
      },
    ]);
    expect(z.figures.labels.map(({ label, count }) => `${label} ${count}`)).toEqual([
      "NS 6",
      "NR 1",
      "CS 2",
      "CR 0",
      "TS 0",
      "TR 0",
      "PS 0",
    ]);
    expect(z.figures.incomplete).toMatchObject({
      count: 1,
      documents: [{ number: missing.documentNumber, state: "receipt-missing" }],
    });

    for (const language of ["en", "fr", "rw"]) {
      const second = await shop.api.post(`${REPORTS}/z`, { day: today() }, { "accept-language": language });
      expect(problemOf(second)).toMatchObject({ status: 409, code: "day-closed" });
      expect(problemOf(second).title).not.toBe("");
    }
    expect((await shop.audit()).filter(({ action }) => action === "day-closed")).toHaveLength(1);
    const csv = (await shop.api.bytes(`${REPORTS}/z/1.csv`)).bytes.toString();
    expect(csv).toContain(`label,NS,,6,${z.figures.total.sales.gross},`);

    // Read off the device only now: it belongs to the day after, shown with the day it was issued on.
    await adopt(shop, missing.id);
    expect((await shop.api.get(`${REPORTS}/z/1`)).body).toMatchObject({ receipts: 7 });
    const next = await zLater(shop, 1);
    expect(next).toMatchObject({ number: 2, receipts: 1, firstDay: today(), lastDay: today() });
    expect(sumsOf(next.figures)).toEqual(wireSums(ledgerOf(shop).slice(-1)));
  });

  it("counts each receipt exactly once while the device signs and days are closed at the same time", async () => {
    const shop = await stage.open();
    const sell = (count: number) =>
      Promise.all(
        Array.from({ length: count }, async (_, index) => {
          const { receipt } = await shop.fiscalise(shop.put({ lines: [line({ rate: `${index + 1}.01` })] }));
          await shop.api.post(`/receipts/${receipt?.id}/copies`);
        }),
      );
    const closed: ZReport[] = [];
    for (const firstDay of [0, 7]) {
      const selling = sell(6);
      for (let day = firstDay; day < firstDay + 6; day += 1) closed.push(await zLater(shop, day));
      await selling;
      closed.push(await zLater(shop, firstDay + 6));
    }
    const sum = (of: (figures: DayFigures) => string) =>
      closed.reduce((all, { figures }) => all + cents(of(figures)), 0n);
    const ledger = wireSums(ledgerOf(shop));
    expect(closed.reduce((all, { receipts }) => all + receipts, 0)).toBe(12);
    expect(sum(({ total }) => total.net.gross)).toBe(ledger["NS total"]?.gross);
    expect(sum(({ total }) => total.net.tax)).toBe(ledger["NS total"]?.tax);
    expect(sum(({ labels }) => String(labels[2]?.count))).toBe(1_200n);
  });

  it("asked for by five at once is one", async () => {
    const shop = await stage.open();
    await shop.fiscalise(shop.put(), {}, ["fiscalised"]);
    const answers = await Promise.all(Array.from({ length: 5 }, () => close(shop, today())));
    expect(answers.map(({ status }) => status).toSorted()).toEqual([201, 409, 409, 409, 409]);
    expect(await listed(shop)).toHaveLength(1);
  });

  it("of a day without receipts is made by hand and says so; not of a day to come, nor before a closed one", async () => {
    const shop = await stage.open();
    const z = await zOf(shop, today(-1));
    expect(z).toMatchObject({ receipts: 0, firstDay: null, total: "0" });
    expect(sumsOf(z.figures)).toEqual({});
    expect(problemOf(await close(shop, today(1)))).toMatchObject({
      code: "input-invalid",
      fields: [{ path: "day", code: "day-to-come", message: "This day has not begun." }],
    });
    expect(problemOf(await close(shop, today(-2)))).toMatchObject({ code: "day-closed" });
    expect((await xOf(shop, `?day=${today(-2)}`)).closing.closedBy).toBe(1);
    expect(problemOf(await shop.api.get(`${REPORTS}/x?branch=07`))).toMatchObject({ code: "not-found" });
  });

  it("never changes, nor does what it counted, whatever the server's role tries", async () => {
    const shop = await stage.open();
    await shop.fiscalise(shop.put(), {}, ["fiscalised"]);
    await zOf(shop, today());
    const tries = [
      "update day_reports set number = 9",
      "update day_report_figures set receipts = 0",
      "delete from day_reports",
      "update receipts set report_day = report_day + 1",
      "delete from day_report_figures",
    ];
    for (const text of tries) {
      const tried = database.client.begin(async (sql) => {
        await sql`select set_config('app.business_id', ${shop.id}, true)`;
        await sql.unsafe(text);
      });
      await expect(tried, text).rejects.toThrow(/permission denied|stays in the report/);
    }
  });
});

describe("the predecessor's receipts", () => {
  it("count on the days they were issued, and in a Z report only since the branch's own first receipt", async () => {
    const shop = await stage.open();
    const issued = (day: string, source: "device" | "imported") =>
      storedDocument({ source, publishedAt: `${day.replaceAll("-", "")}120000` });
    await storeDocuments(stage, shop, [
      issued("2026-04-01", "imported"),
      issued("2026-04-02", "imported"),
      issued("2026-04-02", "device"),
    ]);
    const x = await xOf(shop, "?day=2026-04-01");
    expect(x.figures.total.sales.count).toBe(1);
    expect(x.closing.receipts).toBe(0);
    expect(await zOf(shop, "2026-04-02")).toMatchObject({ receipts: 2, firstDay: "2026-04-02" });
  });
});

describe("closing by policy", () => {
  it("closes every missed day by itself, in order, and one business's fault stops no other", async () => {
    const [broken, shop, off] = [
      await stage.open({ settings: { closeDay: "at-2359" } }),
      await stage.open({ settings: { closeDay: "at-2359" } }),
      await stage.open(),
    ];
    const issued = (day: string) => storedDocument({ publishedAt: `${day.replaceAll("-", "")}120000` });
    const days = ["2026-03-02", "2026-03-03", "2026-03-07", "2026-03-08"];
    for (const each of [broken, shop, off])
      await storeDocuments(stage, each, [...days, "2026-03-07"].map(issued));
    await stage.database.owner`update submissions set request_text = 'x' where business_id = ${broken.id}`;
    const failed: string[] = [];
    const runAt = (at: string) =>
      closeDueDays({
        atGate: database.atGate,
        withBusiness: database.withBusiness,
        clock: () => new Date(at),
        onFailed: ({ businessId }) => void failed.push(businessId),
      });
    const list = async () =>
      (await listed(shop)).map(({ number, day, receipts }) => `${number} ${day} ${receipts}`);
    // 23:58 in Kigali: the 7th is not over.
    await runAt("2026-03-07T21:58:00Z");
    expect(await list()).toEqual(["2 2026-03-03 1", "1 2026-03-02 1"]);
    await runAt("2026-03-07T21:59:00Z");
    await runAt("2026-03-07T21:59:30Z");
    expect(await list()).toEqual(["3 2026-03-07 2", "2 2026-03-03 1", "1 2026-03-02 1"]);
    expect(new Set(failed)).toEqual(new Set([broken.id]));
    // Signed after its day was closed: the next day's, though nothing else was issued on that one.
    await storeDocuments(stage, shop, [issued("2026-03-07")]);
    await stage.database
      .owner`delete from receipts where business_id = ${shop.id} and issued_on = '2026-03-08'`;
    await runAt("2026-03-09T00:00:00Z");
    expect((await listed(shop))[0]).toMatchObject({
      day: "2026-03-08",
      firstDay: "2026-03-07",
      closedBy: null,
    });
    expect(await listed(off)).toEqual([]);
  });
});
