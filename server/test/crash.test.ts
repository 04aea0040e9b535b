import { chmodSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { SALE_PATH } from "../../sandbox/src/vsdc/behaviour.ts";
import { readOff } from "../../sandbox/src/vsdc/read-off.ts";
import { type EmbeddedPostgres, startEmbeddedPostgres } from "../src/db/embedded.ts";
import { call } from "./api.ts";
import { makeTemplate } from "./database.ts";
import { freePort } from "./free-port.ts";
import { type Business, type Stage, startStage } from "./harness.ts";
import { lifeOf } from "./life-of.ts";
import { startServerChild } from "./server-child.ts";
import { until } from "./until.ts";

const RECOVERY_MS = 60_000;

const salesSent = (shop: Business) =>
  shop.device
    .exchanges()
    .filter(({ path }) => path === SALE_PATH)
    .map(({ requestText }) => requestText);

async function click(shop: Business): Promise<string> {
  const answer = await shop.api.post(`/invoices/${shop.put()}/fiscalise`, {});
  expect(answer.status).toBe(202);
  return (answer.body as { id: string }).id;
}

async function settle(shop: Business, id: string, state: string) {
  return until(
    `submission is ${state}`,
    async () => {
      const view = await shop.submission(id);
      return view.state === state && view;
    },
    RECOVERY_MS,
  );
}

describe("a worker process", () => {
  let stage: Stage;
  /** Answers HTTP only: the workers are processes of their own. */
  beforeAll(async () => {
    stage = await startStage({ env: { ROLE: "web" }, answerWithinMs: 50 });
  });
  afterAll(() => stage.close());

  const workerEnv = () => ({ ...stage.env, ROLE: "worker", LOG_LEVEL: "info" });

  it("killed during calls leaves nothing undone: another finishes within 60 s, and nothing is signed twice", async () => {
    const [unsigned, signed, waiting] = [await stage.open(), await stage.open(), await stage.open()];
    unsigned.device.behave({ kind: "hang", times: 1 });
    signed.device.behave({ kind: "hang", signed: true, times: 1 });
    waiting.device.behave({ kind: "hang", times: 1 });
    const child = await startServerChild(workerEnv());
    const ids = {
      unsigned: await click(unsigned),
      signed: await click(signed),
      waiting: await click(waiting),
    };
    const behind = await click(waiting);
    await until("all three devices have the request", () =>
      [unsigned, signed, waiting].every((shop) => salesSent(shop).length === 1),
    );
    const survivor = await stage.addServer({ ROLE: "worker" });
    child.kill("SIGKILL");
    expect(await child.ended).toBeNull();

    expect(await settle(unsigned, ids.unsigned, "fiscalised")).toMatchObject({
      invoiceNumber: "1",
      attempts: 2,
    });
    expect(await settle(signed, ids.signed, "receipt-missing")).toMatchObject({
      invoiceNumber: "1",
      attempts: 2,
    });
    expect(await settle(waiting, ids.waiting, "fiscalised")).toMatchObject({ invoiceNumber: "1" });
    expect(await settle(waiting, behind, "fiscalised")).toMatchObject({ invoiceNumber: "2", attempts: 1 });
    for (const shop of [unsigned, signed]) {
      expect(shop.device.ledger()).toHaveLength(1);
      expect(salesSent(shop)).toHaveLength(2);
      expect(new Set(salesSent(shop)).size).toBe(1);
    }
    const events = await lifeOf(unsigned, ids.unsigned);
    expect(events).toMatchObject([
      { action: "submission-accepted" },
      { action: "submission-unknown", detail: { reason: "worker died" } },
      { action: "submission-fiscalised" },
    ]);
    await survivor.stop();
  }, 90_000);

  it("asked to end during a call waits for the answer, records the receipt, takes no other, and exits 0", async () => {
    const shop = await stage.open();
    const child = await startServerChild(workerEnv());
    const held = Promise.withResolvers<void>();
    shop.device.behave({ kind: "held", until: held.promise, times: 1 });
    const first = await click(shop);
    await until("the device has the request", () => salesSent(shop).length === 1);
    const second = await click(shop);
    child.kill("SIGTERM");
    await until("it is ending", () => child.lines().some((line) => line.includes('"event":"stopping"')));
    held.resolve();
    expect(await child.ended).toBe(0);
    expect(await shop.submission(first)).toMatchObject({ state: "fiscalised", attempts: 1 });
    expect(await shop.submission(second)).toMatchObject({ state: "queued", attempts: 0 });
    expect(child.lines().at(-1)).toContain('"event":"stopped"');
    const next = await stage.addServer({ ROLE: "worker" });
    expect(await settle(shop, second, "fiscalised")).toMatchObject({ invoiceNumber: "2", attempts: 1 });
    await next.stop();
    expect(shop.device.ledger()).toHaveLength(2);
  });

  it("asked to end has nothing to lose when it is idle", async () => {
    const child = await startServerChild(workerEnv());
    child.kill("SIGTERM");
    expect(await child.ended).toBe(0);
  });
});

describe("a signature that comes late", () => {
  let stage: Stage;
  beforeAll(async () => {
    stage = await startStage({ answerWithinMs: 50 });
  });
  afterAll(() => stage.close());

  /** The device has signed and thinks; meanwhile another worker gave the attempt up, as after a lost liveness lock. */
  async function givenUp(state: "unknown" | "receipt-missing") {
    const shop = await stage.open();
    shop.device.behave({ kind: "slow-after", delayMs: 1_000, times: 1 });
    const id = await click(shop);
    await until("the device has signed", () => shop.device.ledger().length === 1);
    await stage.database.owner`
      update submissions set state = ${state}, worker = null, attempts = attempts + 1, unknown_attempts = 1,
        needs_attention = true, next_attempt_at = now() + interval '1 hour' where id = ${id}`;
    return { shop, id };
  }

  it.each(["unknown", "receipt-missing"] as const)("is kept when the sale is %s by then", async (state) => {
    const { shop, id } = await givenUp(state);
    const view = await settle(shop, id, "fiscalised");
    expect(view).toMatchObject({ needsAttention: false, receipt: { counter: "1/1 NS", source: "device" } });
    expect(salesSent(shop)).toHaveLength(1);
  });

  it("changes nothing when a person has entered the receipt by then", async () => {
    const { shop, id } = await givenUp("receipt-missing");
    const entry = readOff(shop.device.ledger()[0]);
    const adopted = await shop.api.post(`/submissions/${id}/adopt`, entry);
    expect(adopted.status).toBe(200);
    await until("the late answer is recorded", async () => {
      const [attempt] = await stage.database.owner`select outcome from attempts where submission_id = ${id}`;
      return attempt?.outcome === "signed";
    });
    expect(await shop.submission(id)).toMatchObject({ state: "fiscalised", receipt: { source: "adopted" } });
    expect(await shop.fiscalise(shop.put())).toMatchObject({ state: "fiscalised", invoiceNumber: "2" });
  });
});

describe("a web process", () => {
  it("killed after accepting has lost nothing", async () => {
    const stage = await startStage({ env: { ROLE: "web" }, answerWithinMs: 50 });
    try {
      const shop = await stage.open();
      const id = await click(shop);
      const worker = await stage.addServer({ ROLE: "worker" });
      expect(await settle(shop, id, "fiscalised")).toMatchObject({ attempts: 1 });
      await worker.stop();
    } finally {
      await stage.close();
    }
  });
});

describe("PostgreSQL", () => {
  let cluster: EmbeddedPostgres;
  let folder: string;
  let stage: Stage;
  const start = async (port: number) =>
    startEmbeddedPostgres({ dataDir: join(folder, "postgres"), port, durable: false });
  beforeAll(async () => {
    folder = mkdtempSync(join(tmpdir(), "fiscalise-restart-"));
    chmodSync(folder, 0o755);
    cluster = await start(await freePort());
    await makeTemplate(cluster.port);
    stage = await startStage({ postgresPort: cluster.port, env: { ROLE: "web" }, answerWithinMs: 50 });
  });
  afterAll(async () => {
    await stage.close();
    await cluster.stop();
    rmSync(folder, { recursive: true, force: true });
  });

  it("restarted during a call loses no receipt: the answer in hand is recorded, once", async () => {
    const child = await startServerChild({ ...stage.env, ROLE: "worker", LOG_LEVEL: "info" });
    const shop = await stage.open();
    await shop.fiscalise(shop.put());
    shop.device.behave({ kind: "slow-after", delayMs: 1_000, times: 1 });
    const id = await click(shop);
    await until("the device has signed", () => shop.device.ledger().length === 2);
    await cluster.stop();
    const away = await until("the server says that it is not ready", async () => {
      const answer = await call(`${stage.url()}/readyz`);
      return answer.status === 503 && answer;
    });
    expect(away.body).toEqual({ status: "not-ready", database: "unreachable" });
    expect((await call(`${stage.url()}/healthz`)).status).toBe(200);
    await until("the device has answered, and nobody could record it", () => {
      const answered = shop.device.exchanges().at(-1)?.httpStatus === 200;
      return answered && child.lines().some((text) => text.includes('"event":"database-away"'));
    });
    cluster = await start(cluster.port);
    await until(
      "the server is ready again",
      async () => (await call(`${stage.url()}/readyz`)).status === 200,
    );
    expect(await settle(shop, id, "fiscalised")).toMatchObject({
      invoiceNumber: "2",
      attempts: 1,
      receipt: { counter: "2/2 NS" },
    });
    expect(shop.device.ledger()).toHaveLength(2);
    expect(salesSent(shop)).toHaveLength(2);
    const audit = await lifeOf(shop, id);
    expect(audit.map(({ action }) => action)).toEqual(["submission-accepted", "submission-fiscalised"]);
    expect(await shop.fiscalise(shop.put())).toMatchObject({ state: "fiscalised", invoiceNumber: "3" });
    child.kill("SIGTERM");
    expect(await child.ended).toBe(0);
  }, 90_000);
});
