import { StatsSchema } from "@fiscalise/shared/api/figures.ts";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { readOff } from "../../sandbox/src/vsdc/read-off.ts";
import { acceptDatabase, markRestored } from "../src/businesses/restored-database.ts";
import { problemOf } from "./api.ts";
import { putNote } from "./credit-notes.ts";
import { freePort } from "./free-port.ts";
import type { Business, Stage } from "./harness.ts";
import { check, hold, settle, startRestored } from "./restored-shop.ts";
import { until } from "./until.ts";

let restored: Awaited<ReturnType<typeof startRestored>>;
let stage: Stage;
beforeAll(async () => {
  restored = await startRestored();
  ({ stage } = restored);
});
afterAll(() => restored.close());

const deps = () => restored.deps;
const attention = async (shop: Business) =>
  StatsSchema.parse((await shop.api.get("/businesses/me/stats")).body).attention;

/** What a restore from before these documents leaves: none of their rows, and the counter as it was. */
async function forget(shop: Business, zohoIds: string[]): Promise<void> {
  const { owner } = stage.database;
  const ids = owner`select id from submissions where business_id = ${shop.id} and zoho_document_id in ${owner(zohoIds)}`;
  await owner`delete from write_backs where submission_id in (${ids})`;
  await owner`delete from receipts where submission_id in (${ids})`;
  await owner`delete from attempts where submission_id in (${ids})`;
  await owner`update branches set last_invoice_number = last_invoice_number - ${zohoIds.length} where business_id = ${shop.id}`;
  await owner`delete from submissions where business_id = ${shop.id} and zoho_document_id in ${owner(zohoIds)}`;
}

describe("a restored database", () => {
  it("from which nothing is missing goes on once the device was asked", async () => {
    const shop = await stage.open();
    await shop.fiscalise(shop.put());
    await markRestored(deps());
    const zohoId = shop.put();
    const refused = await shop.api.post(`/invoices/${zohoId}/fiscalise`, {});
    expect(problemOf(refused)).toMatchObject({ code: "device-restored", status: 409 });
    expect(await hold(shop)).toMatchObject({ numbers: [] });
    expect(await attention(shop)).toMatchObject([{ kind: "device-restored", count: 1 }]);
    expect(await check(shop)).toMatchObject({ status: 200, body: { hold: null } });
    expect(await attention(shop)).toEqual([]);
    expect(await shop.fiscalise(zohoId)).toMatchObject({ state: "fiscalised", invoiceNumber: "2" });
  });

  it("that forgot receipts signs none of them again, and gets each back under its own number", async () => {
    const shop = await stage.open();
    const [kept, lost] = [shop.put(), shop.put()];
    await shop.fiscalise(kept);
    await shop.fiscalise(lost);
    const noteId = putNote(stage, shop, { invoices: [kept], total: "11800" });
    const refunded = await shop.api.post(`/credit-notes/${noteId}/fiscalise`, { refundReason: "06" });
    expect(refunded.status).toBeLessThan(300);
    await until("the refund is signed", () => shop.device.ledger().length === 3);
    await shop.reaches((refunded.body as { id: string }).id, "fiscalised");
    const signed = shop.device.ledger();
    await forget(shop, [lost, noteId]);
    await markRestored(deps());

    expect(problemOf(await check(shop, "0")).code).toBe("input-invalid");
    expect(await check(shop)).toMatchObject({
      body: {
        hold: {
          numbers: [
            { number: "2", settledAs: null },
            { number: "3", settledAs: null },
          ],
        },
      },
    });
    for (const zohoId of [lost, shop.put()])
      expect(problemOf(await shop.api.post(`/invoices/${zohoId}/fiscalise`, {})).code).toBe(
        "device-restored",
      );
    // Looked at before it is said which document it was.
    const looked = await Promise.all([
      shop.api.get(`/invoices/${lost}`),
      shop.api.get(`/credit-notes/${noteId}?originalInvoiceId=${kept}&refundReason=06`),
    ]);
    expect(looked).toMatchObject([
      { status: 200, body: { problems: [], submission: null } },
      { status: 200, body: { problems: [], submission: null } },
    ]);
    const asInvoice = { number: "2", as: "invoice", zohoId: lost, entry: {} };
    expect((await settle(shop, asInvoice)).status).toBe(200);
    const wrong = await settle(shop, { ...asInvoice, number: "3", zohoId: kept });
    expect(problemOf(wrong).code).toBe("action-not-allowed");
    const asNote = { number: "3", as: "credit-note", zohoId: noteId, entry: { refundReason: "06" } };
    expect(await settle(shop, asNote)).toMatchObject({ status: 200, body: { hold: null } });

    const again = await shop.fiscalise(lost);
    expect(again).toMatchObject({ state: "receipt-missing", invoiceNumber: "2", actions: ["adopt"] });
    const adopted = await shop.api.post(`/submissions/${again.id}/adopt`, readOff(signed[1]));
    expect(adopted.status).toBe(200);
    expect(await shop.fiscalise(shop.put())).toMatchObject({ invoiceNumber: "4", state: "fiscalised" });
    expect(shop.device.ledger()).toHaveLength(4);
  });

  it("sends what was on its way with the same bytes: 924 tells that it was signed, and it is not signed again", async () => {
    const { owner } = stage.database;
    const shop = await stage.open();
    await shop.fiscalise(shop.put());
    await owner`update branches set base_url = ${`http://127.0.0.1:${await freePort()}`} where business_id = ${shop.id}`;
    const sent = await shop.fiscalise(shop.put(), {}, ["queued"]);
    const waiting = await shop.fiscalise(shop.put(), {}, ["queued"]);
    // In the time that was lost the first of them was signed.
    const [row] = await owner`select request_path, request_text from submissions where id = ${sent.id}`;
    const answer = await fetch(`${shop.device.url}${row?.request_path}`, {
      method: "POST",
      headers: { "content-type": "application/json" },
      body: String(row?.request_text),
    });
    expect(await answer.json()).toMatchObject({ resultCd: "000" });
    await owner`update branches set base_url = ${shop.device.url}, resting_until = null where business_id = ${shop.id}`;
    await markRestored(deps());
    expect(await shop.reaches(sent.id, "receipt-missing")).toMatchObject({ invoiceNumber: "2" });
    expect(await shop.reaches(waiting.id, "fiscalised")).toMatchObject({ invoiceNumber: "3" });
    expect(shop.device.ledger()).toHaveLength(3);
    const document = { kind: "invoice", submissionId: sent.id, state: "receipt-missing" };
    expect(await check(shop)).toMatchObject({ body: { hold: { numbers: [{ number: "2", document }] } } });
    // Neither is it entered nor another till's before somebody says whose number it is.
    const entered = await shop.api.post(`/submissions/${sent.id}/adopt`, readOff(shop.device.ledger()[1]));
    expect(problemOf(entered).code).toBe("device-restored");
    const others = await settle(shop, { number: "2", as: "other-till", confirmed: true });
    expect(problemOf(others).code).toBe("action-not-allowed");
    expect(await shop.submission(sent.id)).toMatchObject({ state: "receipt-missing", invoiceNumber: "2" });
    const [named] = await owner`select zoho_document_id as id from submissions where id = ${sent.id}`;
    expect(await settle(shop, { number: "2", as: "invoice", zohoId: named?.id, entry: {} })).toMatchObject({
      status: 200,
      body: { hold: null },
    });
    expect(await shop.audit()).toContainEqual(
      expect.objectContaining({ action: "lost-number-confirmed", subject: `submission:${sent.id}` }),
    );
  });

  it("does not take 924 for its own signature where the number was given back and went to another document", async () => {
    const { owner } = stage.database;
    const shop = await stage.open();
    const [first, second] = [shop.put(), shop.put()];
    await owner`update branches set base_url = ${`http://127.0.0.1:${await freePort()}`} where business_id = ${shop.id}`;
    const waiting = await shop.fiscalise(first, {}, ["queued"]);
    expect((await shop.api.post(`/submissions/${waiting.id}/withdraw`, {})).status).toBe(200);
    await owner`update branches set base_url = ${shop.device.url}, resting_until = null where business_id = ${shop.id}`;
    expect(await shop.fiscalise(second)).toMatchObject({ state: "fiscalised", invoiceNumber: "1" });
    // The backup is from before the first was taken back.
    await forget(shop, [second]);
    await owner`update branches set last_invoice_number = 1 where business_id = ${shop.id}`;
    await owner.begin(async (sql) => {
      await sql`alter table submissions disable trigger user`;
      await sql`update submissions set state = 'queued', invoice_number = 1 where id = ${waiting.id}`;
      await sql`alter table submissions enable trigger user`;
    });
    await markRestored(deps());
    await shop.reaches(waiting.id, "receipt-missing");
    expect(await check(shop)).toMatchObject({
      body: { hold: { underWay: 0, numbers: [{ number: "1", settledAs: null }] } },
    });

    const asSecond = { number: "1", as: "invoice", zohoId: second, entry: {}, takesBack: waiting.id };
    // A document that is refused leaves the number where it was.
    const unready = shop.put({ status: "draft" });
    expect(problemOf(await settle(shop, { ...asSecond, zohoId: unready })).code).toBe("document-refused");
    const { takesBack: _, ...unnamed } = asSecond;
    expect(problemOf(await settle(shop, unnamed)).code).toBe("action-not-allowed");
    expect(await shop.submission(waiting.id)).toMatchObject({ state: "receipt-missing", invoiceNumber: "1" });
    expect(await settle(shop, asSecond)).toMatchObject({ status: 200, body: { hold: null } });
    expect(await shop.fiscalise(second)).toMatchObject({ state: "receipt-missing", invoiceNumber: "1" });
    expect(await shop.fiscalise(first)).toMatchObject({ state: "fiscalised", invoiceNumber: "2" });
    expect(shop.device.ledger()).toHaveLength(2);
  });

  it("settles no refund before the number of its sale, which the refund names to the device for ever", async () => {
    const { owner } = stage.database;
    const shop = await stage.open();
    const [first, second] = [shop.put(), shop.put()];
    await owner`update branches set base_url = ${`http://127.0.0.1:${await freePort()}`} where business_id = ${shop.id}`;
    const waiting = await shop.fiscalise(first, {}, ["queued"]);
    expect((await shop.api.post(`/submissions/${waiting.id}/withdraw`, {})).status).toBe(200);
    await owner`update branches set base_url = ${shop.device.url}, resting_until = null where business_id = ${shop.id}`;
    expect(await shop.fiscalise(second)).toMatchObject({ invoiceNumber: "1" });
    const sold = await shop.fiscalise(first);
    expect(sold).toMatchObject({ invoiceNumber: "2" });
    const noteId = putNote(stage, shop, { invoices: [first], total: "11800" });
    const refunded = await shop.api.post(`/credit-notes/${noteId}/fiscalise`, { refundReason: "06" });
    await shop.reaches((refunded.body as { id: string }).id, "fiscalised");
    // The backup knows the first as it was queued under number 1, and nothing of all this.
    await forget(shop, [second, noteId]);
    await owner`delete from write_backs where submission_id = ${sold.id}`;
    await owner`delete from receipts where submission_id = ${sold.id}`;
    await owner`delete from attempts where submission_id = ${sold.id}`;
    await owner`delete from submissions where id = ${sold.id}`;
    await owner`update branches set last_invoice_number = 1 where business_id = ${shop.id}`;
    await owner.begin(async (sql) => {
      await sql`alter table submissions disable trigger user`;
      await sql`update submissions set state = 'queued', invoice_number = 1 where id = ${waiting.id}`;
      await sql`alter table submissions enable trigger user`;
    });
    await markRestored(deps());
    await shop.reaches(waiting.id, "receipt-missing");
    expect((await check(shop)).status).toBe(200);

    const asNote = { number: "3", as: "credit-note", zohoId: noteId, entry: { refundReason: "06" } };
    expect(problemOf(await settle(shop, asNote)).code).toBe("device-restored");
    const asSecond = { number: "1", as: "invoice", zohoId: second, entry: {}, takesBack: waiting.id };
    expect((await settle(shop, asSecond)).status).toBe(200);
    // The first has no number at all now, so there is nothing to refund.
    expect(problemOf(await settle(shop, asNote)).code).toBe("document-refused");
    expect((await settle(shop, { number: "2", as: "invoice", zohoId: first, entry: {} })).status).toBe(200);
    expect(await settle(shop, asNote)).toMatchObject({ status: 200, body: { hold: null } });
    const [refund] = await owner`select request_text from submissions where zoho_document_id = ${noteId}`;
    expect(JSON.parse(String(refund?.request_text))).toMatchObject({ invcNo: 3, orgInvcNo: 2 });
    const another = putNote(stage, shop, { invoices: [first], total: "11800" });
    const twice = await shop.api.post(`/credit-notes/${another}/fiscalise`, { refundReason: "06" });
    expect(problemOf(twice)).toMatchObject({ problems: [{ code: "original-already-refunded" }] });
    expect(shop.device.ledger()).toHaveLength(3);
  });

  it("tries an item of what never left as patiently as ever, and refuses it where the device does", async () => {
    const { owner } = stage.database;
    const shop = await stage.open();
    await owner`update branches set base_url = ${`http://127.0.0.1:${await freePort()}`} where business_id = ${shop.id}`;
    const waiting = await shop.fiscalise(shop.put(), {}, ["queued"]);
    await owner`update submissions set next_attempt_at = now() where id = ${waiting.id}`;
    await owner`update branches set resting_until = null where business_id = ${shop.id}`;
    await markRestored(deps());
    await until("it waits", async () => {
      const [row] = await owner`
        select state, attempts, next_attempt_at > now() as waits from submissions where id = ${waiting.id}`;
      return row?.state === "unknown" && row.attempts === 0 && row.waits;
    });
    shop.device.behave({ kind: "result", code: "910", signed: false, paths: ["/items/saveItems"] });
    await owner`update branches set base_url = ${shop.device.url}, resting_until = null where business_id = ${shop.id}`;
    await owner`update submissions set next_attempt_at = now() where id = ${waiting.id}`;
    await owner`update graphile_worker._private_jobs set run_at = now() where key like ${`%${shop.branchId}`}`;
    expect(await shop.reaches(waiting.id, "rejected")).toMatchObject({ invoiceNumber: null });
    expect(shop.device.exchanges().filter(({ path }) => path === "/items/saveItems")).toHaveLength(1);
    expect(await hold(shop)).toMatchObject({ underWay: 0, numbers: [{ number: "1", settledAs: null }] });
  });

  it("keeps its lost numbers though the device is set up again, is marked again, or had numbers to give back", async () => {
    const { owner } = stage.database;
    const shop = await stage.open();
    const lost = shop.put();
    await shop.fiscalise(shop.put());
    await shop.fiscalise(lost);
    await owner`insert into freed_numbers (business_id, branch_id, number) values (${shop.id}, ${shop.branchId}, 7)`;
    await forget(shop, [lost]);
    await markRestored(deps());
    const [first] = await owner`select restored_to from branches where business_id = ${shop.id}`;
    const { baseUrl, branchId, serial, profile } = (await shop.api.get("/businesses/me/vsdc-config"))
      .body as Record<string, string>;
    const again = { baseUrl, branchId, serial, profile };
    expect((await shop.api.post("/businesses/me/setup/step2", again)).status).toBe(200);
    await markRestored(deps());
    const [second] = await owner`select restored_to from branches where business_id = ${shop.id}`;
    expect(second).toEqual(first);
    expect(await check(shop)).toMatchObject({
      body: { hold: { numbers: [{ number: "2" }, { number: "7" }] } },
    });
    expect(problemOf(await shop.api.post(`/invoices/${lost}/fiscalise`, {})).code).toBe("device-restored");
  });

  it("is no server's to use before it was marked", async () => {
    const { owner } = stage.database;
    await owner`update database_identity set timeline = '00000000'`;
    await expect(stage.addServer()).rejects.toThrow(/^configuration: .*restore mark/);
    await acceptDatabase(deps());
    await (await stage.addServer()).stop();
  });
});
