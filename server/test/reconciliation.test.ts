import { StatsSchema } from "@fiscalise/shared/api/figures.ts";
import type { DifferenceKind } from "@fiscalise/shared/reconciliation.ts";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { startDevice } from "../../sandbox/src/vsdc/device.ts";
import { readOff } from "../../sandbox/src/vsdc/read-off.ts";
import { booksOf } from "./books-steps.ts";
import { putNote, refund } from "./credit-notes.ts";
import { today } from "./factories.ts";
import { type Business, type Stage, startStage } from "./harness.ts";
import { reconcilingOf } from "./reconciliation-steps.ts";

let stage: Stage;
beforeAll(async () => {
  const env = { ZOHO_WRITE_SETTLES_MS: "10" };
  stage = await startStage({ answerWithinMs: 300, zohoPerMinute: 20_000, env });
});
afterAll(() => stage.close());

const { callsTo, invoicesOf, textOf, change, openWithFields, sell, sellWritten, setStatus, written } =
  booksOf(() => stage);

describe("a reconciliation", () => {
  it("of a business whose books agree finds nothing, writes nothing and asks the device once", async () => {
    const shop = await openWithFields();
    const { run, differences } = reconcilingOf(shop);
    await sell(shop);
    const refunded = await sell(shop);
    await refund(shop, putNote(stage, shop, { invoices: [refunded], total: "11800" }));
    shop.put({ status: "draft" });
    const voided = shop.put({ status: "void" });
    // From before its device signed anything; and of a sale that was never signed.
    shop.put({ date: today(-2) });
    putNote(stage, shop, { invoices: [voided], total: "11800" });
    await written(shop);
    const [before, asked] = [callsTo(shop).length, shop.device.exchanges().length];
    const done = await run();
    expect(await differences()).toEqual([]);
    expect(done).toMatchObject({ state: "completed", documentsUnread: 0, found: 0, problem: null });
    expect(done.device).toEqual({ compared: true, problem: null });
    const methods = new Set(
      callsTo(shop)
        .slice(before)
        .map(({ method }) => method),
    );
    expect([...methods]).toEqual(["GET"]);
    const questions = shop.device.exchanges().slice(asked);
    expect(questions.map(({ path }) => path)).toEqual([expect.stringMatching(/selectInitInfo$/)]);
    const actions = (await shop.audit()).map(({ action }) => action);
    expect(actions).toEqual(expect.arrayContaining(["reconciliation-started", "reconciliation-completed"]));
  });

  type Case = [string, DifferenceKind[], () => Promise<{ of?: string; mend: () => unknown }>];
  const casesOf = (shop: Business): Case[] => [
    [
      "an invoice that was sent and never fiscalised",
      ["not-fiscalised"],
      async () => {
        const of = shop.put();
        return { of, mend: () => shop.fiscalise(of, {}, ["fiscalised"]) };
      },
    ],
    [
      "a credit note over a signed invoice that was never fiscalised",
      ["not-fiscalised"],
      async () => {
        const of = putNote(stage, shop, { invoices: [await sell(shop)], total: "11800" });
        return { of, mend: () => refund(shop, of) };
      },
    ],
    [
      "another total",
      ["changed-after-signing"],
      async () => {
        const of = await sellWritten(shop);
        const before = textOf(shop, of);
        change(shop, of, { total: 11900 });
        return { of, mend: () => change(shop, of, {}, before) };
      },
    ],
    [
      "a date outside the days compared",
      ["changed-after-signing"],
      async () => {
        const of = await sellWritten(shop);
        change(shop, of, { date: today(-40) });
        return { of, mend: () => change(shop, of, { date: today() }) };
      },
    ],
    [
      "an invoice voided though signed",
      ["void-after-signing"],
      async () => {
        const of = await sellWritten(shop);
        setStatus(shop, of, "void");
        return { of, mend: () => setStatus(shop, of, "sent") };
      },
    ],
    [
      "an invoice voided though signed, until its refund is",
      ["void-after-signing"],
      async () => {
        const of = await sellWritten(shop);
        setStatus(shop, of, "void");
        return {
          of,
          mend: () => refund(shop, putNote(stage, shop, { invoices: [of], total: "11800" })),
        };
      },
    ],
    [
      "an invoice deleted though signed",
      ["gone-after-signing"],
      async () => {
        const of = await sellWritten(shop);
        const before = textOf(shop, of);
        invoicesOf(shop).remove(of);
        return { of, mend: () => shop.putText(before) };
      },
    ],
    [
      "a receipt that is missing for more than a day",
      ["unresolved"],
      async () => {
        const of = shop.put();
        shop.device.behave({ kind: "lose-answer", times: 1 });
        const { id } = await shop.fiscalise(of, {}, ["receipt-missing"]);
        const longAgo = new Date(Date.now() - 25 * 3_600_000);
        await stage.database.owner`
          update submissions set state_since = ${longAgo}, unknown_since = null where id = ${id}`;
        const entry = readOff(shop.device.ledger().at(-1));
        return { of, mend: () => shop.api.post(`/submissions/${id}/adopt`, entry) };
      },
    ],
    [
      "fields that somebody emptied",
      ["not-written-back"],
      async () => {
        const of = await sellWritten(shop);
        change(shop, of, { custom_fields: [], custom_field_hash: {} });
        const mend = async () => {
          const [found] = await reconcilingOf(shop).differences("kind=not-written-back");
          expect(found).toMatchObject({ action: "write-again", there: null });
          expect((await shop.api.post(`/differences/${found?.id}/write-again`)).status).toBe(204);
        };
        return { of, mend };
      },
    ],
    [
      "a copy that carries the receipt of what it was copied from",
      ["not-fiscalised", "twice-at-zoho"],
      async () => {
        const copied = await sellWritten(shop);
        const of = `${copied}9`;
        const copy = { invoice_id: of, invoice_number: "INV-COPY" };
        shop.putText(JSON.stringify({ ...JSON.parse(textOf(shop, copied)), ...copy }));
        return { of, mend: () => setStatus(shop, of, "void") };
      },
    ],
  ];

  it("finds every kind of difference, each once, and closes it when it is mended", async () => {
    const shop = await openWithFields();
    const { run, differences } = reconcilingOf(shop);
    const made: { what: string; kinds: DifferenceKind[]; of: string; mend: () => unknown }[] = [];
    for (const [what, kinds, differ] of casesOf(shop)) {
      const { of = "", mend } = await differ();
      made.push({ what, kinds, of, mend });
    }
    await written(shop);
    const whatIs = (zohoId: string | undefined) => made.find(({ of }) => of === zohoId)?.what ?? zohoId;
    const expected = made.flatMap(({ what, kinds }) => kinds.map((kind) => `${kind}: ${what}`)).toSorted();
    const first = await run();
    const found = await differences();
    expect(found.map(({ kind, document }) => `${kind}: ${whatIs(document?.zohoId)}`).toSorted()).toEqual(
      expected,
    );
    expect(first).toMatchObject({ state: "completed", found: expected.length });
    // Without the one that the overview tells as a missing receipt.
    const { attention } = StatsSchema.parse((await shop.api.get("/businesses/me/stats")).body);
    expect(attention.find(({ kind }) => kind === "differences")?.count).toBe(expected.length - 1);
    await run();
    expect(await differences()).toEqual(found);
    const signed = shop.device.ledger().length;
    for (const { mend } of made) await mend();
    await written(shop);
    // What was mended by signing: an invoice and two credit notes.
    expect(shop.device.ledger().length - signed).toBe(3);
    await run();
    expect((await differences()).map(({ kind, document }) => `${kind}: ${whatIs(document?.zohoId)}`)).toEqual(
      [],
    );
    const closed = await differences("state=resolved");
    expect(closed.map(({ id }) => id)).toEqual(found.map(({ id }) => id));
  });

  it("leaves to the matter that tells of it already what it finds too, and tells the rest", async () => {
    const { owner } = stage.database;
    const shop = await openWithFields();
    const { run, kinds, differences } = reconcilingOf(shop);
    const judged = (zohoId: string, state: string) => owner`
      insert into automated_documents (business_id, document_kind, document_id, state, state_since, judged_at)
      values (${shop.id}, 'invoice', ${zohoId}, ${state}, now(), now())
      on conflict (business_id, document_kind, document_id) do update set state = excluded.state`;
    await judged(shop.put(), "refused");
    const voided = await sellWritten(shop);
    setStatus(shop, voided, "void");
    await judged(voided, "void-after-fiscalisation");
    shop.device.behave({ kind: "result", code: "910", message: "bad buyer", signed: false, times: 1 });
    await shop.fiscalise(shop.put(), {}, ["rejected"]);
    const [emptied, gone] = [await sellWritten(shop), await sellWritten(shop)];
    change(shop, emptied, { custom_fields: [], custom_field_hash: {} });
    invoicesOf(shop).remove(gone);
    await owner`update write_backs w set state = 'blocked', state_since = now() - interval '25 hours',
        problem = case s.zoho_document_id when ${gone} then 'zoho-document-not-found' else 'zoho-refused' end
      from submissions s where s.id = w.submission_id and s.zoho_document_id in ${owner([emptied, gone])}`;
    await run();
    const told = async () => {
      const { attention } = StatsSchema.parse((await shop.api.get("/businesses/me/stats")).body);
      return attention.flatMap(({ kind, count }) =>
        kind === "default-classes-missing" ? [] : [[kind, count]],
      );
    };
    const others = [
      ["rejected", 1],
      ["void-after-fiscalisation", 1],
      ["not-fiscalised", 1],
      ["not-written-back", 2],
    ];
    expect(await kinds()).toEqual([
      "gone-after-signing",
      "not-fiscalised",
      "not-fiscalised",
      "not-written-back",
      "void-after-signing",
    ]);
    expect(await told()).toEqual(others);
    shop.put();
    const { id } = await shop.fiscalise(shop.put(), {}, ["fiscalised"]);
    await owner`update submissions set problem = 'signature-unexpected', state_since = now() - interval '25 hours'
      where id = ${id}`;
    await written(shop);
    await run();
    expect(await told()).toEqual([...others, ["differences", 2]]);
    for (const { id, foundSha256 } of await differences())
      await shop.api.put(`/differences/${id}/acceptance`, { reason: "As agreed", foundSha256 });
    expect(await told()).toEqual([]);
  });

  it("finds a device that signed more than we know, and one that was exchanged for an empty one", async () => {
    const shop = await stage.open();
    const { run, differences, kinds } = reconcilingOf(shop);
    await sell(shop);
    shop.device.takeNumbers(2, 2);
    await run();
    expect(await differences()).toMatchObject([
      { kind: "device-ahead", here: "1", there: "3", document: null },
    ]);
    await sell(shop);
    const { tin, bhfId, serial } = shop.device;
    const empty = await startDevice({ tin, bhfId, serial });
    await stage.database.owner`update branches set base_url = ${empty.url} where business_id = ${shop.id}`;
    await run();
    expect(await differences()).toMatchObject([{ kind: "device-behind", here: "4", there: "0" }]);
    await stage.database
      .owner`update branches set base_url = ${shop.device.url} where business_id = ${shop.id}`;
    await run();
    expect(await kinds()).toEqual([]);
    await empty.close();
  });
});
