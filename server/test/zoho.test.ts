import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { call, problemOf } from "./api.ts";
import { line } from "./factories.ts";
import { type Business, type Stage, startStage } from "./harness.ts";

let stage: Stage;
beforeAll(async () => {
  stage = await startStage();
});
afterAll(() => stage.close());

const look = (shop: Business, zohoId: string) => shop.api.get(`/invoices/${zohoId}`);
const tokenCalls = () => stage.zoho.calls().filter(({ path }) => path.startsWith("/oauth/v2/token")).length;

async function connectionOf({ id }: Business): Promise<Record<string, unknown>> {
  const [row] = await stage.database.owner`select * from zoho_connections where business_id = ${id}`;
  return row ?? {};
}

/** As if an hour had passed: our token is due. */
async function expireToken({ id }: Business): Promise<void> {
  await stage.database.owner`
    update zoho_connections set access_expires_at = now() - interval '1 minute' where business_id = ${id}`;
}

describe("Zoho's tokens", () => {
  it("are nowhere in the database in clear", async () => {
    const shop = await stage.open();
    const connection = await connectionOf(shop);
    for (const field of ["refresh_token", "access_token"])
      expect(connection[field]).toMatch(/^dk1\.[0-9a-f-]{36}\.[\w-]{60,}$/);
    const tables = await stage.database.owner`
      select table_schema || '.' || quote_ident(table_name) as name from information_schema.tables
      where table_type = 'BASE TABLE' and table_schema in ('public', 'graphile_worker')`;
    for (const { name } of tables) {
      const [row] = await stage.database.owner.unsafe(
        `select count(*)::int as count from ${name} t where t::text ~ '1000\\.[0-9a-f]{32}'`,
      );
      expect(row?.count, `${name}`).toBe(0);
    }
  });

  it("do not open in another business's row, or in the other field", async () => {
    const [one, two] = [await stage.open(), await stage.open()];
    const { owner } = stage.database;
    await owner`update zoho_connections set access_token =
      (select access_token from zoho_connections where business_id = ${one.id}) where business_id = ${two.id}`;
    const called = stage.zoho.calls().length;
    expect(problemOf(await look(two, two.put()))).toMatchObject({ status: 500 });
    expect(stage.zoho.calls().length).toBe(called);
    await owner`update zoho_connections set access_token = refresh_token where business_id = ${one.id}`;
    expect(problemOf(await look(one, one.put()))).toMatchObject({ status: 500 });
  });

  it("are renewed once for twenty requests at once", async () => {
    const shop = await stage.open();
    const other = await stage.addServer();
    const zohoId = shop.put();
    await expireToken(shop);
    stage.zoho.behave({ kind: "slow", delayMs: 200, match: "/oauth/v2/token" });
    const calls = tokenCalls();
    const there = { authorization: `Bearer ${stage.token(shop)}` };
    const answers = await Promise.all(
      Array.from({ length: 20 }, (_, index) =>
        index % 2 === 0
          ? look(shop, zohoId)
          : call(`${other.url}/api/v1/invoices/${zohoId}`, { headers: there }),
      ),
    );
    stage.zoho.behave("up");
    await other.stop();
    expect(new Set(answers.map(({ status }) => status))).toEqual(new Set([200]));
    expect(tokenCalls()).toBe(calls + 1);
  });

  it("are renewed when Zoho no longer takes them, unseen by the user", async () => {
    const shop = await stage.open();
    const zohoId = shop.put();
    stage.zoho.expireAccessTokens();
    expect((await look(shop, zohoId)).status).toBe(200);
  });

  it("are renewed nine times in ten minutes, then Zoho is not asked", async () => {
    const shop = await stage.open();
    const zohoId = shop.put();
    for (let renewal = 1; renewal <= 9; renewal += 1) {
      await expireToken(shop);
      expect((await look(shop, zohoId)).status).toBe(200);
    }
    await expireToken(shop);
    const calls = stage.zoho.calls().length;
    const answer = await look(shop, zohoId);
    expect(problemOf(answer)).toMatchObject({ code: "zoho-rate-limited", status: 503 });
    expect(answer.headers.get("retry-after")).toBe("5");
    expect(stage.zoho.calls()).toHaveLength(calls);
    await stage.database.owner`
      update zoho_connections set refreshed_at = array(select at - interval '10 minutes' from unnest(refreshed_at) at)
      where business_id = ${shop.id}`;
    // The clock of the sandbox did not move: it has given its ten, and says so.
    expect(problemOf(await look(shop, zohoId))).toMatchObject({ code: "zoho-rate-limited" });
    expect(stage.zoho.calls()).toHaveLength(calls + 1);
    expect(await connectionOf(shop)).toMatchObject({ status: "connected" });
  });

  it("when the renewal fails for a moment, the next request renews", async () => {
    const shop = await stage.open();
    const zohoId = shop.put();
    await expireToken(shop);
    stage.zoho.behave({ kind: "http", status: 503, times: 1, match: "/oauth/v2/token" });
    expect(problemOf(await look(shop, zohoId))).toMatchObject({ code: "zoho-unavailable", status: 503 });
    expect((await look(shop, zohoId)).status).toBe(200);
    expect(await connectionOf(shop)).toMatchObject({ status: "connected" });
  });
});

describe("a revoked grant", () => {
  it("is told as such, kept in mind, audited once, and mended by connecting again", async () => {
    const own = await startStage();
    try {
      const shop = await own.open();
      const zohoId = shop.put();
      own.zoho.revokeAll();
      expect(problemOf(await look(shop, zohoId))).toMatchObject({ code: "zoho-grant-lost", status: 409 });
      const [row] = await own.database.owner`select status from zoho_connections`;
      expect(row?.status).toBe("lost");
      const calls = own.zoho.calls().length;
      expect(problemOf(await look(shop, zohoId))).toMatchObject({ code: "zoho-grant-lost" });
      expect(own.zoho.calls()).toHaveLength(calls);
      expect((await shop.audit()).filter(({ action }) => action === "zoho-grant-lost")).toHaveLength(1);
      await own.connect(shop);
      expect((await look(shop, zohoId)).status).toBe(200);
    } finally {
      await own.close();
    }
  });
});

describe("reading an invoice", () => {
  it.each([
    [{ kind: "rate-limited" }, "zoho-rate-limited", 503],
    [{ kind: "http", status: 429 }, "zoho-rate-limited", 503],
    [{ kind: "http", status: 500 }, "zoho-unavailable", 503],
    [{ kind: "http", status: 502 }, "zoho-unavailable", 503],
    [{ kind: "http", status: 400 }, "zoho-unavailable", 503],
    [{ kind: "garbage" }, "zoho-answer-unreadable", 502],
    [{ kind: "down" }, "zoho-unavailable", 503],
  ] as const)("%o is told as %s and reserves nothing", async (fault, code, status) => {
    const shop = await stage.open();
    const zohoId = shop.put();
    stage.zoho.behave({ ...fault, match: `/invoices/${zohoId}` });
    for (const answer of [await look(shop, zohoId), await shop.api.post(`/invoices/${zohoId}/fiscalise`, {})])
      expect(problemOf(answer)).toMatchObject({ code, status });
    stage.zoho.behave("up");
    expect(await shop.fiscalise(zohoId)).toMatchObject({ state: "fiscalised", invoiceNumber: "1" });
  });

  it("survives one broken connection", async () => {
    const shop = await stage.open();
    const zohoId = shop.put();
    stage.zoho.behave({ kind: "down", times: 1, match: `/invoices/${zohoId}` });
    expect((await look(shop, zohoId)).status).toBe(200);
  });

  it("that is not there, or another organisation's, is told as not found", async () => {
    const [shop, other] = [await stage.open(), await stage.open()];
    for (const zohoId of ["481500000000001", other.put()])
      expect(problemOf(await look(shop, zohoId))).toMatchObject({
        code: "zoho-document-not-found",
        status: 404,
      });
  });

  it("keeps numbers that no floating point holds, from Zoho to the device and back", async () => {
    const shop = await stage.open();
    const zohoId = shop.put({ lines: [line({ quantity: "1", rate: "700000000000000.01" })] });
    const view = await shop.fiscalise(zohoId);
    expect(view.receipt).toMatchObject({ total: "826000000000000.01" });
    expect(shop.device.ledger()[0]?.requestText).toContain('"totAmt":826000000000000.01');
    const [row] = await stage.database.owner`select document_text from submissions where id = ${view.id}`;
    expect(row?.document_text).toContain("700000000000000.01");
  });

  it("asks Zoho for what it needs only, with the token in the header", async () => {
    const shop = await stage.open();
    await shop.fiscalise(shop.put());
    const asked = stage.zoho
      .calls()
      .filter(({ path }) => !path.includes("/users/me") && path.includes(shop.organizationId));
    const called = asked.map(({ method, path }) => `${method} ${path.split("?")[0]?.split("/")[3]}`);
    expect(called).toEqual(["GET invoices", "GET settings", "GET settings"]);
    expect(
      stage.zoho.calls().some(({ path }) => /1000\.[0-9a-f]{32}/.test(path) && path.startsWith("/books")),
    ).toBe(false);
  });

  it("of items it does not know asks for all of them in one call, once", async () => {
    const shop = await stage.open();
    const items = stage.zoho.forOrganization(shop.organizationId).items;
    const ids = ["4815001", "4815002", "4815003"];
    for (const id of ids)
      items.put(
        JSON.stringify({ item_id: id, name: `Item ${id}`, unit: "box", rate: 10, product_type: "goods" }),
      );
    const lines = ids.map((itemId) => line({ itemId, rate: "10" }));
    await shop.fiscalise(shop.put({ lines }));
    await shop.fiscalise(shop.put({ lines }));
    const asked = stage.zoho
      .calls()
      .filter(({ path }) => path.includes("itemdetails") && path.includes(ids[0] ?? ""));
    expect(asked).toHaveLength(1);
    expect(shop.device.items()).toHaveLength(3);
  });
});
