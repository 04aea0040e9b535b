import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { SALE_PATH } from "../../sandbox/src/vsdc/behaviour.ts";
import { problemOf } from "./api.ts";
import { line } from "./factories.ts";
import { type Business, type Stage, startStage } from "./harness.ts";
import { addSuperAdmin, type SuperAdminOfStage } from "./super-admin.ts";
import { until } from "./until.ts";

const ITEM_PATH = "/items/saveItems";

let stage: Stage;
let provider: SuperAdminOfStage;
beforeAll(async () => {
  stage = await startStage({ answerWithinMs: 20 });
  provider = await addSuperAdmin(stage);
});
afterAll(() => stage.close());

async function turn(shop: Business, way: "deactivate" | "activate") {
  const answer = await provider.api.put(`/businesses/${shop.id}/${way}`);
  expect(answer.status).toBe(200);
  return answer.body as { status: string };
}

async function click(shop: Business): Promise<string> {
  const answer = await shop.api.post(`/invoices/${shop.put()}/fiscalise`, {});
  expect(answer.status).toBe(202);
  return (answer.body as { id: string }).id;
}

async function clickSeveral(shop: Business, count: number): Promise<string[]> {
  const ids: string[] = [];
  for (let sale = 0; sale < count; sale += 1) ids.push(await click(shop));
  return ids;
}

const salesSent = (shop: Business) => shop.device.exchanges().filter(({ path }) => path === SALE_PATH);

const statesOf = async (shop: Business) => {
  const rows = await stage.database.owner`
    select id, state, invoice_number, attempts from submissions where business_id = ${shop.id} order by sequence`;
  return rows.map(({ state }) => state as string);
};

/** Nothing of the device's waits in the queue, runs, or is set to come back. */
const queueIsEmpty = (shop: Business) =>
  until("the device's job has ended for good", async () => {
    const [row] = await stage.database.owner`
      select count(*)::int as jobs from graphile_worker._private_jobs j
        join graphile_worker._private_tasks t on t.id = j.task_id
      where t.identifier = 'drain-device' and j.payload ->> 'businessId' = ${shop.id}`;
    return row?.jobs === 0;
  });

const requestsInOrder = async (shop: Business) => {
  const rows = await stage.database.owner`
    select request_sha256 from submissions where business_id = ${shop.id} order by sequence`;
  return rows.map(({ request_sha256 }) => request_sha256 as string);
};

async function finishesInOrder(shop: Business, ids: string[]) {
  for (const id of ids) await shop.reaches(id, "fiscalised");
  expect(shop.device.ledger().map(({ requestSha256 }) => requestSha256)).toEqual(await requestsInOrder(shop));
  expect(shop.device.ledger().map(({ invcNo }) => invcNo)).toEqual(ids.map((_, index) => String(index + 1)));
}

/** One sale is with the device, the others wait behind it, and the business is deactivated. */
async function stopInTheMiddle() {
  const shop = await stage.open();
  await shop.device.takeDown();
  const ids = await clickSeveral(shop, 4);
  const held = Promise.withResolvers<void>();
  shop.device.behave({ kind: "held", until: held.promise, times: 1 });
  await shop.device.bringUp();
  await until("the first is with the device", () => salesSent(shop).length === 1);
  await turn(shop, "deactivate");
  held.resolve();
  return { shop, ids };
}

describe("a business deactivated while sales wait", () => {
  it("ends the call under way, sends nothing else, and finishes all once, in order, when it is active again", async () => {
    const { shop, ids } = await stopInTheMiddle();
    await queueIsEmpty(shop);
    expect(await statesOf(shop)).toEqual(["fiscalised", "queued", "queued", "queued"]);
    expect(salesSent(shop)).toHaveLength(1);
    expect(await turn(shop, "activate")).toMatchObject({ status: "active" });
    await finishesInOrder(shop, ids);
    expect(salesSent(shop)).toHaveLength(4);
  });

  it("keeps them over a restart of the server, and over jobs that run all the same", async () => {
    const { shop, ids } = await stopInTheMiddle();
    await queueIsEmpty(shop);
    const server = await stage.addServer();
    await stage.database.owner.begin(async (sql) => {
      await sql`select set_config('app.business_id', ${shop.id}, true)`;
      await sql`select device_queue.enqueue(${shop.id}, ${shop.branchId}, now(), false)`;
    });
    await queueIsEmpty(shop);
    expect(salesSent(shop)).toHaveLength(1);
    await server.stop();
    await turn(shop, "activate");
    await finishesInOrder(shop, ids);
  });

  it("keeps one whose outcome is unknown: the same bytes go again, once it is active", async () => {
    const shop = await stage.open();
    shop.device.behave({ kind: "hang", times: 1 });
    const ids = await clickSeveral(shop, 3);
    await until("the first is with the device", () => salesSent(shop).length === 1);
    await turn(shop, "deactivate");
    await shop.device.takeDown();
    await shop.device.bringUp();
    await queueIsEmpty(shop);
    expect(await statesOf(shop)).toEqual(["unknown", "queued", "queued"]);
    expect(salesSent(shop)).toHaveLength(1);
    await turn(shop, "activate");
    await finishesInOrder(shop, ids);
    const [first, again] = salesSent(shop);
    expect(again?.requestText).toBe(first?.requestText);
  });

  it("tells the device of no further item either", async () => {
    const shop = await stage.open();
    const held = Promise.withResolvers<void>();
    shop.device.behave({ kind: "held", until: held.promise, times: 1, paths: [ITEM_PATH] });
    const names = ["Pens", "Ink", "Glue", "Tape"];
    const zohoId = shop.put({
      lines: names.map((name, index) => line({ name, itemId: `77000000000000${index}` })),
    });
    const answer = await shop.api.post(`/invoices/${zohoId}/fiscalise`, {});
    const itemsSent = () => shop.device.exchanges().filter(({ path }) => path === ITEM_PATH);
    await until("the first item is with the device", () => itemsSent().length === 1);
    await turn(shop, "deactivate");
    held.resolve();
    await queueIsEmpty(shop);
    expect(itemsSent()).toHaveLength(1);
    await turn(shop, "activate");
    await shop.reaches((answer.body as { id: string }).id, "fiscalised");
    expect(itemsSent()).toHaveLength(names.length);
    expect(shop.device.ledger()).toHaveLength(1);
  });

  it("does not stop another business", async () => {
    const { shop } = await stopInTheMiddle();
    const other = await stage.open();
    expect(await other.fiscalise(other.put())).toMatchObject({ state: "fiscalised" });
    await turn(shop, "activate");
  });
});

it("deactivating waits for whoever is about to send, and nobody is after it", async () => {
  const [shop, { owner }] = [await stage.open({ connected: false }), stage.database];
  const statusOf = async () => {
    const [row] = await owner`select status from businesses where id = ${shop.id}`;
    return row?.status as string;
  };
  let asked: ReturnType<typeof turn> | undefined;
  await owner.begin(async (sql) => {
    // As a worker holds it while it looks whether it may send, and says that it does.
    await sql`select from branches where business_id = ${shop.id} for update`;
    asked = turn(shop, "deactivate");
    await until("it waits for the device", async () => {
      const waiting = await owner`
        select from pg_stat_activity
        where datname = current_database() and wait_event_type = 'Lock' and query like '%"branches"%'`;
      return waiting.length > 0;
    });
    expect(await statusOf()).toBe("active");
  });
  await asked;
  expect(await statusOf()).toBe("inactive");
});

describe("an inactive business", () => {
  it("cannot sign in, refresh or call, and has its sessions again once it is active", async () => {
    const shop = await stage.open();
    const issued = await provider.api.post(`/businesses/${shop.id}/activation-codes`, {
      userId: shop.userId,
    });
    const { code } = issued.body as { code: string };
    const password = "seven boats at dawn";
    const accepted = (await shop.api.post("/auth/accept", { code, password })).body as {
      refreshToken: string;
      user: { email: string };
    };
    const credentials = { email: accepted.user.email, password, businessTin: shop.tin };
    await turn(shop, "deactivate");
    const refused = [
      await shop.api.post("/auth/login", credentials),
      await shop.api.post("/auth/refresh", { refreshToken: accepted.refreshToken }),
      await shop.api.post(`/invoices/${shop.put()}/fiscalise`, {}),
      await shop.api.get("/invoices/1/progress"),
    ];
    for (const answer of refused)
      expect(problemOf(answer)).toMatchObject({ status: 403, code: "business-inactive" });
    expect(shop.device.ledger()).toHaveLength(0);
    await turn(shop, "activate");
    expect((await shop.api.post("/auth/login", credentials)).status).toBe(200);
    expect((await shop.api.post("/auth/refresh", { refreshToken: accepted.refreshToken })).status).toBe(200);
    expect((await shop.api.get("/invoices/1/progress")).status).toBe(200);
  });
});
