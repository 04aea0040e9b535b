import { StatsSchema } from "@fiscalise/shared/api/figures.ts";
import { type Difference, ReconciliationsSchema } from "@fiscalise/shared/api/reconciliations.ts";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { zohoTime } from "../../sandbox/src/zoho/zoho-time.ts";
import { problemOf } from "./api.ts";
import { booksOf } from "./books-steps.ts";
import { putNote } from "./credit-notes.ts";
import { today } from "./factories.ts";
import { type Business, type Stage, startStage } from "./harness.ts";
import { reconcilingOf } from "./reconciliation-steps.ts";

let stage: Stage;
beforeAll(async () => {
  const env = { ZOHO_WRITE_SETTLES_MS: "10" };
  stage = await startStage({ answerWithinMs: 300, zohoPerMinute: 20_000, env });
});
afterAll(() => stage.close());

const { change, openWithFields, sell, sellWritten, textOf, written } = booksOf(() => stage);

const REASON = "The second till uses this device";
const accept = (shop: Business, { id, foundSha256 }: Difference, seen: object = {}) =>
  shop.api.put(`/differences/${id}/acceptance`, { reason: REASON, foundSha256, ...seen });
const REFUSED = { kind: "result", code: "910", message: "bad buyer", signed: false, times: 1 } as const;
const told = async (shop: Business) => {
  const { attention } = StatsSchema.parse((await shop.api.get("/businesses/me/stats")).body);
  return attention.flatMap(({ kind, count }) => (kind === "default-classes-missing" ? [] : [[kind, count]]));
};
const open = async (shop: Business) => {
  const { attention } = StatsSchema.parse((await shop.api.get("/businesses/me/stats")).body);
  const listed = ReconciliationsSchema.parse((await shop.api.get("/reconciliations")).body);
  return {
    told: attention.find(({ kind }) => kind === "differences")?.count ?? 0,
    counted: listed.open.reduce((sum, { count }) => sum + count, 0),
  };
};

describe("a difference that is accepted", () => {
  it("is open nowhere, says by whom, when and why, until that is taken back or it is mended", async () => {
    const shop = await stage.open();
    const { run, differences } = reconcilingOf(shop);
    const zohoId = shop.put();
    await run();
    const [found] = await differences();
    if (!found) throw new Error("nothing was found");
    expect(await open(shop)).toEqual({ told: 1, counted: 1 });
    expect((await accept(shop, found, { reason: `  ${REASON}\n` })).status).toBe(204);
    expect(await run()).toMatchObject({ state: "completed", found: 1 });
    expect(await open(shop)).toEqual({ told: 0, counted: 0 });
    expect(await differences()).toEqual([]);
    const [{ name } = { name: null }] = await stage.database.owner`
      select name from users where id = ${shop.adminId}`;
    expect(await differences("state=accepted")).toEqual([
      { ...found, accepted: { by: name, at: expect.stringMatching(/Z$/), reason: REASON } },
    ]);
    expect((await shop.api.get("/differences.csv?state=accepted")).text).toContain(REASON);
    expect(await shop.audit()).toContainEqual(
      expect.objectContaining({
        action: "difference-accepted",
        subject: `difference:${found.id}`,
        detail: {
          kind: "not-fiscalised",
          of: `invoice:${zohoId}`,
          foundSha256: found.foundSha256,
          here: null,
          there: found.there,
          reason: REASON,
        },
      }),
    );
    const takeBack = () => shop.api.del(`/differences/${found.id}/acceptance`);
    expect((await takeBack()).status).toBe(204);
    expect(await differences()).toEqual([found]);
    expect(problemOf(await takeBack()).code).toBe("action-not-allowed");
    expect((await shop.audit()).map(({ action }) => action)).toContain("difference-acceptance-withdrawn");
    await accept(shop, found);
    await shop.fiscalise(zohoId, {}, ["fiscalised"]);
    await written(shop);
    await run();
    expect(await differences("state=resolved")).toMatchObject([
      { id: found.id, accepted: { reason: REASON } },
    ]);
  });

  it("is over when another is found, which is open, though a reader would see the same of it", async () => {
    const shop = await stage.open();
    const { run, differences } = reconcilingOf(shop);
    const zohoId = await sell(shop);
    await written(shop);
    const signed = textOf(shop, zohoId);
    const rename = (name: string) =>
      change(shop, zohoId, {}, signed.replace(/"name": ?"[^"]*"/, `"name":"${name}"`));
    rename("Another");
    await run();
    const [first] = await differences();
    expect(first).toMatchObject({ kind: "changed-after-signing", changes: ["lines"] });
    if (!first) throw new Error("nothing was found");
    expect((await accept(shop, first)).status).toBe(204);
    rename("A third");
    await run();
    const { id, firstSeen, resolvedAt, foundSha256, accepted, ...shown } = first;
    expect(await differences()).toMatchObject([{ ...shown, accepted: null }]);
    expect(await differences("state=resolved")).toMatchObject([{ id, accepted: { reason: REASON } }]);
    expect(await differences("state=accepted")).toEqual([]);
  });

  it("as not fiscalised is over when other things are sold by it, or another sale is credited", async () => {
    const shop = await stage.open();
    const { run, differences } = reconcilingOf(shop);
    const { creditnotes } = stage.zoho.forOrganization(shop.organizationId);
    const [first = "", second = ""] = [await sell(shop), await sell(shop)];
    const zohoId = shop.put();
    const noteId = putNote(stage, shop, { invoices: [first], total: "11800" });
    await run();
    const found = await differences("kind=not-fiscalised");
    expect(found).toHaveLength(2);
    for (const each of found) await accept(shop, each);
    await run();
    expect(await differences()).toEqual([]);
    change(shop, zohoId, {}, textOf(shop, zohoId).replace(/"name": ?"[^"]*"/, '"name":"Another"'));
    const note = creditnotes.get(noteId) ?? "";
    creditnotes.put(note.replace(`"invoice_id":"${first}"`, `"invoice_id":"${second}"`));
    await run();
    const shown = ({ document, there }: Difference) => [document?.zohoId, there];
    expect((await differences()).map(shown).toSorted()).toEqual(found.map(shown).toSorted());
    expect(await differences("state=accepted")).toEqual([]);
  });

  it("stays so where what was seen of it is kept in another form, and its document is read again", async () => {
    const shop = await stage.open();
    const { run, differences } = reconcilingOf(shop);
    const zohoId = shop.put();
    change(shop, zohoId, { last_modified_time: zohoTime(new Date(Date.now() - 3_600_000)) });
    await run();
    for (const each of await differences()) await accept(shop, each);
    expect(await run()).toMatchObject({ documentsRead: 0, found: 1 });
    await stage.database
      .owner`update reconciled_documents set seen = seen - 'credits' where business_id = ${shop.id}`;
    expect(await run()).toMatchObject({ state: "completed", documentsRead: 1, found: 1 });
    expect(await run()).toMatchObject({ documentsRead: 0, found: 1 });
    expect(await differences("state=accepted")).toHaveLength(1);
  });

  it("is looked at again though a hundred others are open", async () => {
    const { owner } = stage.database;
    const shop = await stage.open();
    const { run, differences } = reconcilingOf(shop);
    const zohoId = await sell(shop);
    await written(shop);
    change(shop, zohoId, { total: 12 });
    await run();
    const [found] = await differences();
    if (!found) throw new Error("nothing was found");
    await accept(shop, found);
    await owner`
      insert into differences (business_id, kind, subject, document_kind, zoho_document_id, document_date, detail,
        found_sha256, first_seen, reconciliation_id)
      select business_id, kind, 'invoice:' || n, 'invoice', n, '2020-01-01', detail, found_sha256, now(), reconciliation_id
      from differences, generate_series(1, 100) n where id = ${found.id}`;
    change(shop, zohoId, { total: 13 });
    await run({ from: today(-3), to: today(-2) });
    expect(await differences("state=accepted")).toEqual([]);
    expect(await differences()).toContainEqual(
      expect.objectContaining({ document: expect.objectContaining({ zohoId }), accepted: null }),
    );
  });

  it("was seen as it is, is accepted once, and for a reason", async () => {
    const shop = await stage.open();
    const { run, differences } = reconcilingOf(shop);
    const zohoId = shop.put();
    await run();
    const [seen] = await differences();
    if (!seen) throw new Error("nothing was found");
    for (const wrong of [
      { reason: " " },
      { reason: "x".repeat(501) },
      { reason: undefined },
      { foundSha256: "x" },
    ])
      expect(problemOf(await accept(shop, seen, wrong)).code).toBe("input-invalid");
    change(shop, zohoId, { total: 12 });
    await run();
    expect(problemOf(await accept(shop, seen)).code).toBe("action-not-allowed");
    const [now] = await differences();
    expect(now?.id).toBe(seen.id);
    const answers = await Promise.all([accept(shop, now ?? seen), accept(shop, now ?? seen)]);
    expect(answers.map(({ status }) => status).toSorted()).toEqual([204, 409]);
  });

  it("silences what the device refused before, not what it refuses after, and never what it signed", async () => {
    const { owner } = stage.database;
    const shop = await stage.open();
    const { run, differences } = reconcilingOf(shop);
    const zohoId = shop.put();
    const refused = async () => {
      shop.device.behave(REFUSED);
      return shop.fiscalise(zohoId, {}, ["rejected"]);
    };
    const { id } = await refused();
    await run();
    const [found] = await differences();
    if (!found) throw new Error("nothing was found");
    expect(await told(shop)).toEqual([["rejected", 1]]);
    await accept(shop, found);
    expect(await told(shop)).toEqual([]);
    await owner`update submissions set problem = 'signature-unexpected' where id = ${id}`;
    expect(await told(shop)).toEqual([["rejected", 1]]);
    await owner`update submissions set problem = null where id = ${id}`;
    await refused();
    await run();
    expect(await differences("state=accepted")).toMatchObject([{ id: found.id }]);
    expect(await told(shop)).toEqual([["rejected", 1]]);
    await shop.api.del(`/differences/${found.id}/acceptance`);
    await accept(shop, found);
    expect(await told(shop)).toEqual([]);
    await shop.fiscalise(zohoId, {}, ["fiscalised"]);
    await owner`update submissions set problem = 'signature-unexpected', state_since = now() - interval '25 hours'
      where id = ${id}`;
    await run();
    expect(await told(shop)).toEqual([["differences", 1]]);
  });

  it("silences what the automation said of it before, not what it says after", async () => {
    const shop = await stage.open();
    const { run, differences } = reconcilingOf(shop);
    const zohoId = shop.put();
    const judged = (at: Date) => stage.database.owner`
      insert into automated_documents (business_id, document_kind, document_id, state, state_since, judged_at)
      values (${shop.id}, 'invoice', ${zohoId}, 'refused', ${at}, ${at})
      on conflict (business_id, document_kind, document_id) do update set state_since = excluded.state_since`;
    await judged(new Date(Date.now() - 60_000));
    await run();
    for (const each of await differences()) await accept(shop, each);
    expect(await told(shop)).toEqual([]);
    await judged(new Date(Date.now() + 60_000));
    expect(await told(shop)).toEqual([["not-fiscalised", 1]]);
  });

  it("silences what was blocked before of what is written back, not what is blocked after", async () => {
    const { owner } = stage.database;
    const shop = await openWithFields();
    const { run, differences } = reconcilingOf(shop);
    const emptied = await sellWritten(shop);
    const block = (at: Date) => owner`update write_backs set state = 'blocked', problem = 'zoho-refused',
      state_since = ${at} where business_id = ${shop.id} and part = 'fields'`;
    change(shop, emptied, { custom_fields: [], custom_field_hash: {} });
    await block(new Date(Date.now() - 25 * 3_600_000));
    await run();
    expect(await told(shop)).toEqual([["not-written-back", 1]]);
    for (const each of await differences()) await accept(shop, each);
    expect(await told(shop)).toEqual([]);
    await block(new Date(Date.now() + 60_000));
    expect(await differences("state=accepted")).toHaveLength(1);
    expect(await told(shop)).toEqual([["not-written-back", 1]]);
  });

  it("of a device is so until the device signs more, whatever we sign, and over when our numbers pass it", async () => {
    const shop = await stage.open();
    const { run, differences } = reconcilingOf(shop);
    const acceptAll = async () => {
      for (const each of await differences()) await accept(shop, each);
    };
    await sell(shop);
    shop.device.takeNumbers(5, 2);
    await run();
    const remedy = expect.stringContaining("an administrator accepts it here");
    const explanation = expect.stringContaining("over by itself when the numbers here pass");
    const ahead = { kind: "device-ahead", remedy, explanation };
    expect(await differences()).toMatchObject([{ ...ahead, here: "1", there: "6" }]);
    await acceptAll();
    await sell(shop);
    await run();
    expect(await differences("state=accepted")).toMatchObject([{ here: "2", there: "6" }]);
    shop.device.takeNumbers(7);
    await run();
    expect(await differences()).toMatchObject([{ here: "2", there: "7" }]);
    await acceptAll();
    for (let number = 3; number < 6; number += 1) await sell(shop);
    await run();
    expect(await differences("state=open")).toEqual([]);
    expect(await differences("state=accepted")).toEqual([]);
    expect(await differences("state=resolved")).toHaveLength(2);
  });
});
