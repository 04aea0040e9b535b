import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type Business, type Stage, startStage } from "./harness.ts";
import { until } from "./until.ts";

let stage: Stage;
beforeAll(async () => {
  stage = await startStage();
});
afterAll(() => stage.close());

/** As the clock would. */
const sweep = () => stage.database.owner`select graphile_worker.add_job('sweep-documents', '{}'::json)`;
const sweptAt = async ({ id }: Business) => {
  const [row] = await stage.database.owner`select swept_at from zoho_automation where business_id = ${id}`;
  return (row?.swept_at as Date | undefined)?.getTime() ?? 0;
};
const swept = async (shop: Business) => {
  const before = await sweptAt(shop);
  await sweep();
  await until("swept", async () => (await sweptAt(shop)) > before);
};
const stateOf = async (zohoId: string) => {
  const [row] = await stage.database.owner`select state from submissions where zoho_document_id = ${zohoId}`;
  return row?.state;
};

describe("the sweep", () => {
  it("finds what changed while no server was there, once, and leaves drafts", async () => {
    const shop = await stage.open({ settings: { autoFiscalise: "on-sent" } });
    const [sent, draft] = [shop.put(), shop.put({ status: "draft" })];
    await swept(shop);
    await until("receipt", async () => (await stateOf(sent)) === "fiscalised");
    const read = () =>
      stage.zoho.calls().filter(({ method, path }) => method === "GET" && path.includes(`/invoices/${sent}`))
        .length;
    const count = read();
    await swept(shop);
    await swept(shop);
    expect(read()).toBe(count);
    expect(await stateOf(draft)).toBeUndefined();
  });

  it("asks nothing of businesses whose policy is off", async () => {
    const [shop, off] = [await stage.open({ settings: { autoFiscalise: "on-sent" } }), await stage.open()];
    await swept(shop);
    const asked = stage.zoho.calls().filter(({ path }) => path.includes(off.organizationId));
    expect(asked.filter(({ path }) => path.includes("last_modified_time"))).toEqual([]);
  });

  it("keeps its mark while Zoho is away, goes on with the others, and catches up", async () => {
    const [away, fine] = [
      await stage.open({ settings: { autoFiscalise: "on-sent" } }),
      await stage.open({ settings: { autoFiscalise: "on-sent" } }),
    ];
    const zohoId = away.put();
    stage.zoho.behave({ kind: "http", status: 400, match: `organization_id=${away.organizationId}` });
    await swept(fine);
    expect(await sweptAt(away)).toBe(0);
    stage.zoho.behave("up");
    await swept(away);
    await until("receipt", async () => (await stateOf(zohoId)) === "fiscalised");
  });

  it("goes on with the others when one business's row is broken", async () => {
    const shops = [
      await stage.open({ settings: { autoFiscalise: "on-sent" } }),
      await stage.open({ settings: { autoFiscalise: "on-sent" } }),
    ];
    // Looked through in this order: the broken one comes first.
    const [broken, fine] = shops.sort((a, b) => (a.id < b.id ? -1 : 1)) as [Business, Business];
    await stage.database.owner`
      update zoho_connections set access_token = 'unreadable', refresh_token = 'unreadable' where business_id = ${broken.id}`;
    await swept(fine);
    expect(await sweptAt(broken)).toBe(0);
  });
});
