import { createHmac } from "node:crypto";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { WebhookCredentials } from "../src/businesses/books/webhook-credentials.ts";
import { LIMITS } from "../src/request-limits.ts";
import { problemOf } from "./api.ts";
import { type Business, type Stage, startStage } from "./harness.ts";
import { answerToHead, deliverEndlessly } from "./unread-body.ts";
import { until } from "./until.ts";
import { deliver, payloadOf, post, sign, webhookOf } from "./webhook.ts";

let stage: Stage;
let shop: Business;
let hook: WebhookCredentials;
beforeAll(async () => {
  stage = await startStage();
  shop = await stage.open({ settings: { autoFiscalise: "on-sent" } });
  hook = await webhookOf(stage, shop);
});
afterAll(() => stage.close());

/** Of the right form, of nobody's secret. */
const SOME_SIGNATURE = "0".repeat(64);

const owner = (...args: Parameters<Stage["database"]["owner"]>) => stage.database.owner(...args);

async function deliveries(business = shop) {
  return owner`select state, document_kind, document_id from webhook_deliveries where business_id = ${business.id}
    order by received_at` as unknown as Promise<{ state: string; document_id: string | null }[]>;
}
/** Beside them, what was fiscalised is written back. */
const reads = () => stage.zoho.calls().filter(({ method }) => method === "GET");
const submissionsOf = async (zohoId: string) =>
  (await owner`select state from submissions where zoho_document_id = ${zohoId}`) as unknown as {
    state: string;
  }[];
const signed = (zohoId: string) =>
  until("receipt", async () => (await submissionsOf(zohoId)).some(({ state }) => state === "fiscalised"));

describe("a delivery", () => {
  it("signed in hex makes the receipt that a click would have made, by the automation", async () => {
    const zohoId = shop.put();
    const answer = await deliver(stage, hook, payloadOf(zohoId));
    expect(answer).toMatchObject({ status: 202, text: "" });
    await signed(zohoId);
    const [row] =
      await owner`select created_by, actor, request_text from submissions where zoho_document_id = ${zohoId}`;
    expect(row).toMatchObject({ created_by: null, actor: { name: "Fiscalise automation" } });
    expect(JSON.parse(String(row?.request_text))).toMatchObject({
      regrId: "0",
      regrNm: "Fiscalise automation",
    });
    expect(await shop.audit()).toContainEqual(
      expect.objectContaining({ actor: "automation", action: "submission-accepted" }),
    );
    const asked = reads().filter(({ path }) => path.includes(zohoId));
    expect(asked.map(({ method }) => method)).toEqual(["GET"]);
  });

  it("signed in base64, with query parameters sorted by name, is taken as well", async () => {
    const [zohoId, query] = [shop.put(), "?b=2&a=one%20x"];
    const body = payloadOf(zohoId);
    const signature = createHmac("sha256", hook.secret).update("aone xb2").update(body).digest("base64");
    expect((await post(stage, { token: hook.token, body, signature, query })).status).toBe(202);
    await signed(zohoId);
  });

  it("is not believed: amounts and status are read from Zoho itself", async () => {
    const zohoId = shop.put({ status: "draft" });
    await deliver(stage, hook, payloadOf(zohoId, { status: "paid", total: 5 }));
    await until(
      "looked at",
      async () =>
        (
          await owner`
      select from automated_documents where document_id = ${zohoId} and state = 'left'`
        ).length > 0,
    );
    expect(await submissionsOf(zohoId)).toEqual([]);
  });

  it("that came twenty times at once makes one receipt and one row", async () => {
    const zohoId = shop.put();
    const body = payloadOf(zohoId);
    const answers = await Promise.all(Array.from({ length: 20 }, () => deliver(stage, hook, body)));
    expect(new Set(answers.map(({ status }) => status))).toEqual(new Set([202]));
    await signed(zohoId);
    expect(await submissionsOf(zohoId)).toHaveLength(1);
    expect((await deliveries()).filter((row) => row.document_id === zohoId)).toHaveLength(1);
    expect(reads().filter(({ path }) => path.includes(zohoId))).toHaveLength(1);
  });

  it("about a document that is fiscalised asks Zoho nothing: what we write leads to nothing", async () => {
    const zohoId = shop.put();
    await shop.fiscalise(zohoId);
    const calls = reads().length;
    for (const custom of ["1", "2", "3"]) await deliver(stage, hook, payloadOf(zohoId, { custom }));
    const next = shop.put();
    await deliver(stage, hook, payloadOf(next));
    await signed(next);
    const since = reads().slice(calls);
    expect(since.filter(({ path }) => path.includes(zohoId))).toEqual([]);
  });
});

describe("a forged delivery", () => {
  const nothingDone = async (work: () => Promise<void>) => {
    const before = [await deliveries(), reads().length];
    await work();
    expect([await deliveries(), reads().length]).toEqual(before);
  };

  it.each<[string, (body: string) => string | null]>([
    ["without a signature", () => null],
    ["with an empty one", () => ""],
    ["with one of no form", () => "not-hex"],
    ["signed by another secret", (body) => sign("x".repeat(48), body)],
    ["whose body was altered", (body) => sign(hook.secret, `${body} `)],
    ["whose signature is cut", (body) => sign(hook.secret, body).slice(0, 62)],
  ])("%s is refused and leaves no row", (_, signatureOf) =>
    nothingDone(async () => {
      const body = payloadOf(shop.put());
      const answer = await post(stage, { token: hook.token, body, signature: signatureOf(body) });
      expect(problemOf(answer)).toMatchObject({ status: 401, code: "unauthenticated" });
    }),
  );

  it("is audited with where it came from; of a flood the first five of an hour", async () => {
    const flooded = await stage.open({ settings: { autoFiscalise: "on-sent" } });
    const { token } = await webhookOf(stage, flooded);
    for (let sent = 0; sent < 8; sent += 1) {
      const signature = sent % 2 === 0 ? SOME_SIGNATURE : "not-hex";
      expect((await post(stage, { token, body: "{}", signature })).status).toBe(401);
    }
    const audited = await stage.database.owner`
      select actor, subject, result, address, request_id from audit_events
      where business_id = ${flooded.id} and action = 'webhook-refused'`;
    expect(audited).toHaveLength(5);
    expect(audited[0]).toMatchObject({ actor: "system", subject: "webhook", result: "refused" });
    expect(audited[0]?.address).toMatch(/127\.0\.0\.1$/);
    expect(audited[0]?.request_id).not.toBeNull();
  });

  it("whose query was added to is refused", () =>
    nothingDone(async () => {
      const body = payloadOf(shop.put());
      const signature = sign(hook.secret, body);
      const answer = await post(stage, { token: hook.token, body, signature, query: "?invoice_id=1" });
      expect(answer.status).toBe(401);
    }));

  it("sent to another business's address is refused, and to nobody's is not found", async () => {
    const other = await stage.open({ settings: { autoFiscalise: "on-sent" } });
    const theirs = await webhookOf(stage, other);
    await nothingDone(async () => {
      const body = payloadOf(shop.put());
      const signature = sign(hook.secret, body);
      expect((await post(stage, { token: theirs.token, body, signature })).status).toBe(401);
      for (const token of ["x", "A".repeat(43), hook.token.toLowerCase(), `${hook.token}A`]) {
        const answer = await post(stage, { token, body, signature });
        expect(problemOf(answer)).toMatchObject({ status: 404, code: "not-found" });
      }
    });
    expect(await deliveries(other)).toEqual([]);
  });

  it("of more than a megabyte is not read", () =>
    nothingDone(async () => {
      const body = JSON.stringify({ invoice: { invoice_id: "1" }, filler: "x".repeat(1_048_576) });
      const answer = await deliver(stage, hook, body);
      expect(problemOf(answer)).toMatchObject({ status: 413, code: "payload-too-large" });
    }));

  it("is refused before its body is waited for: by its token, its signature's form, its length, its sender's limit", async () => {
    const announced = { base: stage.url(), token: hook.token, signature: SOME_SIGNATURE, length: 1_000_000 };
    for (const [head, status] of [
      [{ ...announced, token: "A".repeat(43) }, 404],
      [{ ...announced, token: "x" }, 404],
      [{ ...announced, signature: null }, 401],
      [{ ...announced, signature: "f".repeat(63) }, 401],
      [{ ...announced, length: 1_048_577 }, 413],
    ] as const) {
      expect(await answerToHead(head), JSON.stringify(head)).toBe(status);
    }
    const [factor, name] = [0.01, "deliveriesAddress"] as const;
    const { url } = await stage.addServer({ REQUEST_LIMITS_FACTOR: String(factor), ROLE: "web" });
    // What the first server took of it, with another factor, is no part of this.
    await owner`delete from rate_limits where key like ${`${name}:%`}`;
    const unknown = { ...announced, base: url, token: "x" };
    const statuses: (number | undefined)[] = [];
    const allowed = LIMITS[name].points * factor;
    while (statuses.length <= allowed) statuses.push(await answerToHead(unknown));
    expect(statuses).toEqual([...Array<number>(allowed).fill(404), 429]);
  });

  it("without an end is answered when the megabyte is over, and cut", async () => {
    const { status, sentBytes } = await deliverEndlessly({
      base: stage.url(),
      token: hook.token,
      signature: SOME_SIGNATURE,
    });
    expect(status).toBe(413);
    // What the two sockets hold comes on top of what is let by.
    expect(sentBytes).toBeLessThan(33_554_432);
  });

  it("is refused at once when its address is the business's no more, though a delivery came to it before", async () => {
    const other = await stage.open({ settings: { autoFiscalise: "on-sent" } });
    const theirs = await webhookOf(stage, other);
    expect((await deliver(stage, theirs, payloadOf(other.put()))).status).toBe(202);
    await other.api.del("/zoho/connection");
    const answer = await deliver(stage, theirs, payloadOf(other.put()));
    expect(problemOf(answer)).toMatchObject({ status: 404, code: "not-found" });
    expect(await deliveries(other)).toHaveLength(1);
  });

  it("is refused once the secret was renewed, and the address stays", async () => {
    const other = await stage.open({ settings: { autoFiscalise: "on-sent" } });
    const [before, after] = [await webhookOf(stage, other), await webhookOf(stage, other)];
    expect(after.token).toBe(before.token);
    const body = payloadOf(other.put());
    expect((await deliver(stage, before, body)).status).toBe(401);
    expect((await deliver(stage, after, body)).status).toBe(202);
  });
});

describe("a signed delivery of no use", () => {
  it.each([
    ["no JSON", "hello"],
    ["nothing", ""],
    ["another module", JSON.stringify({ bill: { bill_id: "1" } })],
    ["no id", JSON.stringify({ invoice: { status: "sent" } })],
    ["an id of no form", JSON.stringify({ invoice: { invoice_id: "../items/1" } })],
    ["an id that was a number", JSON.stringify({ invoice: { invoice_id: 4815 } })],
    ["a list", "[1]"],
    ["a forged prototype", '{"__proto__":{"invoice":{"invoice_id":"1"}}}'],
  ])("with %s is taken, kept as ignored, and leads to nothing", async (_, body) => {
    const other = await stage.open({ settings: { autoFiscalise: "on-sent" } });
    const calls = reads().length;
    const answer = await deliver(stage, await webhookOf(stage, other), body);
    expect(answer.status).toBe(202);
    expect(await deliveries(other)).toMatchObject([{ state: "ignored", document_id: null }]);
    expect(reads()).toHaveLength(calls);
  });

  it("of an inactive business is kept and leads to nothing", async () => {
    const other = await stage.open({ settings: { autoFiscalise: "on-sent" } });
    const theirs = await webhookOf(stage, other);
    await owner`update businesses set status = 'inactive' where id = ${other.id}`;
    const calls = reads().length;
    const zohoId = other.put();
    expect((await deliver(stage, theirs, payloadOf(zohoId))).status).toBe(202);
    expect(await deliveries(other)).toMatchObject([{ state: "ignored", document_id: zohoId }]);
    expect(reads()).toHaveLength(calls);
  });

  it("replayed within a day does nothing; after it, it is new", async () => {
    const other = await stage.open({ settings: { autoFiscalise: "on-sent" } });
    const theirs = await webhookOf(stage, other);
    const zohoId = other.put({ status: "draft" });
    const looked = () => reads().filter(({ path }) => path.includes(zohoId)).length;
    await deliver(stage, theirs, payloadOf(zohoId));
    await until("looked at", async () => looked() === 1);
    await deliver(stage, theirs, payloadOf(zohoId));
    expect(await deliveries(other)).toHaveLength(1);
    await owner`update webhook_deliveries set received_at = received_at - interval '25 hours' where business_id = ${other.id}`;
    await deliver(stage, theirs, payloadOf(zohoId));
    await until("looked at again", async () => looked() === 2);
    expect(await deliveries(other)).toHaveLength(1);
  });
});
