import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type Business, type Stage, startStage } from "./harness.ts";
import { until } from "./until.ts";
import { connectBooks } from "./zoho-consent.ts";

let stage: Stage;
beforeAll(async () => {
  stage = await startStage({ zohoPerMinute: 20_000, zohoRowsPerPage: 2 });
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

  it("goes on in its next run where more changed than one may read, and loses nothing meanwhile", async () => {
    const shop = await stage.open({ settings: { autoFiscalise: "on-sent" } });
    // All of one second, and left after one reading.
    const ids = Array.from({ length: 24 }, () => shop.put({ status: "approved" }));
    const looked = async () => {
      const rows = await stage.database.owner<{ document_id: string }[]>`
        select document_id from automated_documents where business_id = ${shop.id}`;
      return new Set(rows.map((row) => row.document_id));
    };
    const pages = () =>
      stage.zoho
        .calls()
        .filter(({ path }) => path.includes(shop.organizationId) && path.includes("last_modified_time"))
        .length;
    const mark = async () => {
      const [row] = await stage.database.owner`
        select swept_until, sweep_place from zoho_automation where business_id = ${shop.id}`;
      return { until: row?.swept_until as Date | null, isUnderWay: row?.sweep_place !== null };
    };
    await swept(shop);
    expect(pages()).toBe(10);
    expect(await mark()).toEqual({ until: null, isUnderWay: true });
    await until("what the run listed was looked at", async () => (await looked()).size === 20);
    // One of a page that was read is deleted: those behind it move forward over the page's border.
    const [deleted = ""] = ids;
    stage.zoho.forOrganization(shop.organizationId).invoices.remove(deleted);
    const changed = ids[1] ?? "";
    const { organizationId } = shop;
    stage.zoho.setStatus("invoices", changed, { status: "sent", organizationId });
    await swept(shop);
    expect(pages()).toBe(14);
    expect((await mark()).isUnderWay).toBe(false);
    const remaining = ids.filter((id) => id !== deleted);
    await until("all were looked at", async () => (await looked()).isSupersetOf(new Set(remaining)));
    await swept(shop);
    await until("receipt", async () => (await stateOf(changed)) === "fiscalised");
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

  it("keeps nothing of an organisation that another replaced meanwhile", async () => {
    const shop = await stage.open({ settings: { autoFiscalise: "on-sent" } });
    const other = await stage.open({ connected: false });
    const isListed = ({ path }: { path: string }) =>
      path.includes("last_modified_time") && path.includes(shop.organizationId);
    stage.zoho.behave({ kind: "slow", delayMs: 1_500, match: `organization_id=${shop.organizationId}` });
    await sweep();
    await until("being listed", async () => stage.zoho.calls().some(isListed));
    await connectBooks(stage, { ...shop, zohoUserId: other.zohoUserId });
    stage.zoho.behave("up");
    await until("over", async () => {
      const jobs = await stage.database
        .owner`select from graphile_worker.jobs where task_identifier = 'sweep-documents'`;
      return jobs.length === 0;
    });
    expect(await sweptAt(shop)).toBe(0);
  });
});
