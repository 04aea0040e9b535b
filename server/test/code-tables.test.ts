import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { branchesOf, CLASSES, CODES, INITIALISE, runCodeSyncNow, stepTwo } from "./device-steps.ts";
import { type Business, type Stage, startStage } from "./harness.ts";
import { startDeviceOfAnswers } from "./stub-device.ts";
import { until } from "./until.ts";

let stage: Stage;
beforeAll(async () => {
  stage = await startStage();
});
afterAll(() => stage.close());

describe("the device's code tables", () => {
  it("are asked for once a day, for what changed, and merged by code", async () => {
    const shop = await stage.open({ setUp: false });
    const asked: Record<string, unknown>[] = [];
    const table = (rows: object[]) => ({ resultCd: "000", data: { itemClsList: rows } });
    let classes = table([
      { itemClsCd: "10000000", itemClsNm: "Live animals", useYn: "Y" },
      { itemClsCd: "20000000", itemClsNm: "Oil", useYn: "Y" },
    ]);
    const info = { tin: shop.tin, bhfId: "00", vatTyCd: "1" };
    const stub = await startDeviceOfAnswers({
      [INITIALISE]: () => ({ resultCd: "000", data: { info } }),
      [CODES]: () => ({ resultCd: "000", data: { clsList: [] } }),
      [CLASSES]: (body) => {
        asked.push(body);
        return classes;
      },
    });
    await stepTwo(shop, { baseUrl: stub.url });
    const next = await codeSyncJob(shop);
    expect(next.run_at.getTime() - Date.now()).toBeGreaterThan(23 * 3_600_000);
    expect(next.queue_name).toBe(`device:${shop.id}:${(await branchesOf(stage, shop))[0]?.id}`);

    classes = table([
      { itemClsCd: "20000000", itemClsNm: "Oil", useYn: "N" },
      { itemClsCd: "30000000", itemClsNm: "Cement", useYn: "Y" },
    ]);
    const [before] = await branchesOf(stage, shop);
    await runCodeSyncNow(stage, shop);
    await until("the tables were asked for again", async () => {
      const [branch] = await branchesOf(stage, shop);
      return branch?.codes_synced_at > before?.codes_synced_at;
    });
    await stub.close();
    expect(asked.map(({ lastReqDt }) => lastReqDt)).toEqual([
      "20180101000000",
      expect.stringMatching(/^20[2-9]\d/),
    ]);
    const found = await stage.database.owner`
      select code, in_use from item_classes where business_id = ${shop.id} order by code`;
    expect([...found]).toEqual([
      { code: "10000000", in_use: true },
      { code: "20000000", in_use: false },
      { code: "30000000", in_use: true },
    ]);
  });

  it("that the device does not give are asked for again, and sales go on", async () => {
    const shop = await stage.open();
    shop.device.behave({ kind: "result", code: "999", signed: false, paths: [CODES] });
    await runCodeSyncNow(stage, shop);
    const failed = await until("the job failed once", async () => {
      const job = await codeSyncJob(shop);
      return job.attempts === 1 && job.locked_at === null && job;
    });
    expect(failed.last_error).toBe("Error");
    expect(failed.run_at.getTime()).toBeGreaterThan(Date.now() - 1_000);
    expect((await shop.fiscalise(shop.put())).state).toBe("fiscalised");
    shop.device.behave("up");
  });

  it("are not asked for beside a sale", async () => {
    const shop = await stage.open();
    shop.device.behave({ kind: "slow", delayMs: 800, times: 1 });
    const seen = shop.device.exchanges().length;
    const sold = shop.fiscalise(shop.put());
    await until("the sale is under way", () =>
      shop.device.exchanges().some(({ path }) => path === "/trnsSales/saveSales"),
    );
    await runCodeSyncNow(stage, shop);
    await sold;
    await until("the tables were asked for", () =>
      shop.device
        .exchanges()
        .slice(seen)
        .some(({ path }) => path === CLASSES),
    );
    const paths = shop.device
      .exchanges()
      .slice(seen)
      .map(({ path, httpStatus }) => `${path} ${httpStatus}`);
    expect(paths.indexOf(`${CODES} 200`)).toBeGreaterThan(paths.indexOf("/trnsSales/saveSales 200"));
  });

  it("of a device at rest wait until its sales go again", async () => {
    const shop = await stage.open();
    await stage.database.owner`update branches set failures = 3 where business_id = ${shop.id}`;
    const seen = shop.device.exchanges().length;
    await runCodeSyncNow(stage, shop);
    await until(
      "the job was put off",
      async () => (await codeSyncJob(shop)).run_at.getTime() > Date.now() + 600_000,
    );
    expect(shop.device.exchanges()).toHaveLength(seen);
  });
});

interface SyncJob {
  run_at: Date;
  attempts: number;
  locked_at: Date | null;
  last_error: string | null;
  queue_name: string;
}

async function codeSyncJob(business: Business): Promise<SyncJob> {
  const rows = await stage.database.owner<SyncJob[]>`
    select job.run_at, job.attempts, job.locked_at, job.last_error, queue.queue_name
    from graphile_worker._private_jobs job
    left join graphile_worker._private_job_queues queue on queue.id = job.job_queue_id
    where job.key like ${`codes:${business.id}:%`}`;
  expect(rows).toHaveLength(1);
  return rows[0]!;
}
