import { randomUUID } from "node:crypto";
import { setTimeout as pause } from "node:timers/promises";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { createZohoPace, type Organization, type ZohoPace } from "../src/businesses/books/zoho-pace.ts";
import { openLimitStore } from "../src/db/request-limits.ts";
import { businessId, type Database, openDatabase } from "../src/db/with-business.ts";
import { createRequestLimits, zohoLimits } from "../src/request-limits.ts";
import type { ZohoAnswer } from "../src/zoho/http.ts";
import { type Stage, startStage } from "./harness.ts";

let stage: Stage;
let database: Database;
let store: ReturnType<typeof openLimitStore>;
beforeAll(async () => {
  stage = await startStage();
  database = openDatabase({ url: stage.database.urls.app, prepare: true, connectionsMax: 10 });
  store = openLimitStore({ url: stage.database.urls.app, prepare: true });
});
afterAll(async () => {
  await database.close();
  await store.close();
  await stage.close();
});

const DAY = "2026-03-01";
const clock = () => new Date(`${DAY}T21:00:00Z`);

/** As another server: nothing but the database is shared. */
function newPace(zohoPerMinute = 95): ZohoPace {
  const limits = createRequestLimits(store.run, { factor: 1, zohoPerMinute });
  return createZohoPace({ limits, withBusiness: database.withBusiness, clock, onWait: () => {} });
}

async function newOrganization(): Promise<Organization> {
  const { id } = await stage.open({ connected: false });
  return { businessId: businessId(id), organizationId: randomUUID() };
}

const answer = (httpStatus: number, code: number): ZohoAnswer => ({
  httpStatus,
  text: JSON.stringify({ code, message: "" }),
  retryAfterMs: null,
});
const fine = async () => answer(200, 0);

async function usage({ businessId: id }: Organization) {
  const [row] = await stage.database.owner`
    select day::text, calls, refused, day_limit_reached_at from zoho_usage where business_id = ${id}`;
  return row;
}

describe("an organisation's calls", () => {
  it.each([95, 60, 200])("are at most %i in any minute, by the size of the windows", (perMinute) => {
    const { zohoCalls, zohoBackground } = zohoLimits(perMinute);
    const windowsTouched = 60 / zohoCalls.seconds + 1;
    expect(zohoCalls.points * windowsTouched).toBeLessThanOrEqual(perMinute);
    expect(zohoBackground.points).toBeLessThan(zohoCalls.points);
    if (perMinute === 95) expect(zohoBackground.points * windowsTouched).toBe(60);
  });

  it("are counted over all servers; a click too many is told to wait and makes no call", async () => {
    const organization = await newOrganization();
    const servers = [newPace(), newPace()];
    let called = 0;
    const clicks = Array.from({ length: 30 }, (_, index) =>
      servers[index % 2]?.turnsOf(organization, "click").read(async () => {
        called += 1;
        return fine();
      }),
    );
    const settled = await Promise.allSettled(clicks);
    const refused = settled.filter(({ status }) => status === "rejected");
    expect(called).toBe(19);
    expect(refused).toHaveLength(11);
    expect(refused[0]).toMatchObject({ reason: { code: "zoho-rate-limited" } });
    for (const server of servers) await server.flush();
    expect(await usage(organization)).toMatchObject({ day: DAY, calls: 19, refused: 11 });
    const other = await newOrganization();
    expect((await newPace().turnsOf(other, "click").read(fine)).httpStatus).toBe(200);
  });

  it("of a job leave room to a person's", async () => {
    const organization = await newOrganization();
    const pace = newPace();
    const jobs = pace.turnsOf(organization, "background");
    let jobCalls = 0;
    const counted = async () => {
      jobCalls += 1;
      return fine();
    };
    for (let call = 0; call < 12; call += 1) await jobs.read(counted);
    const waiting = jobs.read(counted);
    for (let call = 0; call < 7; call += 1)
      expect((await pace.turnsOf(organization, "click").read(fine)).httpStatus).toBe(200);
    expect(jobCalls).toBe(12);
    await waiting;
    expect(jobCalls).toBe(13);
  }, 30_000);

  it("go five at a time, of which three may be jobs'", async () => {
    const organization = await newOrganization();
    const pace = newPace(1_000);
    const under = { click: 0, background: 0, most: 0, mostJobs: 0 };
    const slow = (urgency: "click" | "background") =>
      pace.turnsOf(organization, urgency).read(async () => {
        under[urgency] += 1;
        under.most = Math.max(under.most, under.click + under.background);
        under.mostJobs = Math.max(under.mostJobs, under.background);
        await pause(20);
        under[urgency] -= 1;
        return answer(200, 0);
      });
    await Promise.all(
      Array.from({ length: 24 }, (_, index) => slow(index % 2 === 0 ? "click" : "background")),
    );
    expect(under).toMatchObject({ most: 5, mostJobs: 3 });
  });
});

describe("the day's limit", () => {
  it("stops jobs until the next day once Zoho names it, and no person", async () => {
    const organization = await newOrganization();
    const pace = newPace();
    const used = await pace.turnsOf(organization, "click").read(async () => answer(400, 45));
    expect(used.httpStatus).toBe(400);
    let called = 0;
    const job = newPace()
      .turnsOf(organization, "background")
      .read(async () => {
        called += 1;
        return fine();
      });
    await expect(job).rejects.toMatchObject({
      code: "zoho-rate-limited",
      details: { retryAfterS: 3 * 3_600 },
    });
    expect(called).toBe(0);
    expect((await pace.turnsOf(organization, "click").read(fine)).httpStatus).toBe(200);
    await pace.flush();
    expect(await usage(organization)).toMatchObject({ calls: 2, refused: 1, day_limit_reached_at: clock() });
  });

  it("where it is known, leaves a fifth to people", async () => {
    const organization = await newOrganization();
    const { businessId: id } = organization;
    await stage.database
      .owner`insert into zoho_automation (business_id, daily_calls_max) values (${id}, 1000)`;
    await stage.database.owner`insert into zoho_usage (business_id, day, calls) values (${id}, ${DAY}, 799)`;
    const pace = newPace();
    await pace.turnsOf(organization, "background").read(fine);
    await pace.flush();
    const job = pace.turnsOf(organization, "background").read(fine);
    await expect(job).rejects.toMatchObject({ code: "zoho-rate-limited" });
    expect((await pace.turnsOf(organization, "click").read(fine)).httpStatus).toBe(200);
  });
});
