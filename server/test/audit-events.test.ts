import { type AuditEvents, AuditEventsSchema } from "@fiscalise/shared/api/audit.ts";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { createApi, problemOf } from "./api.ts";
import { today } from "./factories.ts";
import { type Business, type Stage, startStage } from "./harness.ts";

const BATCH = 1_000;
let stage: Stage;
let shop: Business;
beforeAll(async () => {
  stage = await startStage();
  shop = await stage.open({ connected: false });
});
afterAll(() => stage.close());

async function list(query = "", business = shop): Promise<AuditEvents> {
  const answer = await business.api.get(`/businesses/me/audit-events?${query}`);
  expect(answer.status, answer.text).toBe(200);
  return AuditEventsSchema.parse(answer.body);
}

/** Events of one action, `count` of them, each a day older than the one before it when `daily`. */
async function add(action: string, { count = 1, actor = "user:1", subject = "it:1", business = shop } = {}) {
  await stage.database.owner`
    insert into audit_events (business_id, actor, action, subject, detail)
    select ${business.id}, ${actor}, ${action}, ${subject}, jsonb_build_object('n', n) from generate_series(1, ${count}) n`;
}

describe("the audit of a business", () => {
  it("is paged newest first, each event once, whatever is added meanwhile", async () => {
    await add("paged", { count: 7 });
    const pages: string[] = [];
    let cursor: string | null = "";
    for (let page = 0; cursor !== null && page < 9; page += 1) {
      const found: AuditEvents = await list(`action=paged&limit=3${cursor && `&cursor=${cursor}`}`);
      pages.push(...found.items.map(({ detail }) => String(detail.n)));
      cursor = found.nextCursor;
      await add("paged");
    }
    expect(pages).toEqual(["7", "6", "5", "4", "3", "2", "1"]);
  });

  it("names people of the business as they are called today, and nobody else", async () => {
    for (const actor of ["user:2", "super-admin:2", "system", "user:99"]) await add("named", { actor });
    const { items } = await list("action=named");
    expect(items.map(({ actor, actorName }) => [actor, actorName])).toEqual([
      ["user:99", null],
      ["system", null],
      ["super-admin:2", null],
      ["user:2", "Eric Habimana"],
    ]);
    expect((await list("action=named&actor=system")).items).toHaveLength(1);
  });

  it("names what was done to as the reader knows it, and else by its id", async () => {
    const own = await stage.open({ settings: { autoFiscalise: "on-sent" } });
    const other = await stage.open();
    const zohoId = own.put();
    const foreign = await other.fiscalise(other.put());
    const sold = await own.fiscalise(zohoId);
    const { documentNumber: number } = sold;
    const run = (await own.api.post("/bulk-runs", { from: today(), to: today() })).body as { id: string };
    const subjects: [string, string | null][] = [
      [`submission:${sold.id}`, number],
      [`receipt:${sold.receipt?.id}`, number],
      [`invoice:${zohoId}`, number],
      [`user:${own.userId}`, "Eric Habimana"],
      [`branch:${own.branchId}`, "00"],
      [`bulk-run:${run.id}`, today()],
      [`credit-note:${zohoId}`, null],
      [`submission:${foreign.id}`, null],
      [`user:${other.userId}`, null],
      ["user:2", null],
      ["zoho-connection", null],
      ["constructor:1", null],
    ];
    for (const [subject] of subjects) await add("called", { subject, business: own });
    const { items } = await list("action=called", own);
    expect(items.map(({ subject, subjectName }) => [subject, subjectName]).reverse()).toEqual(subjects);
    const { text } = await own.api.get("/businesses/me/audit-events.csv?action=called");
    expect(text).toContain(`,called,submission:${sold.id},${number},done,`);
  });

  it("is filtered by days of the business's own calendar, both included", async () => {
    // Kigali's 9 March begins at 22:00 UTC of the 8th.
    const business = await stage.open({ connected: false });
    const times = [
      "2026-03-08T21:59:59Z",
      "2026-03-08T22:00:00Z",
      "2026-03-09T21:59:59Z",
      "2026-03-09T22:00:00Z",
    ];
    for (const at of times)
      await stage.database.owner`
        insert into audit_events (business_id, at, actor, action, subject)
        values (${business.id}, ${at}, 'system', 'timed', ${at})`;
    const subjects = async (query: string) =>
      (await list(`action=timed&${query}`, business)).items.map(({ subject }) => subject).reverse();
    expect(await subjects("from=2026-03-09&to=2026-03-09")).toEqual(times.slice(1, 3));
    expect(await subjects("from=2026-03-09")).toEqual(times.slice(1));
    expect(await subjects("to=2026-03-09")).toEqual(times.slice(0, 3));
    expect(await subjects(`from=${today()}`)).toEqual([]);
  });

  it("shows what was refused, and where from", async () => {
    await shop.api.get(`/submissions/${crypto.randomUUID()}`);
    const { items } = await list("result=refused");
    expect(items[0]).toMatchObject({ action: "access-refused", actor: "user:1", result: "refused" });
    expect(items[0]?.address).toMatch(/127\.0\.0\.1|::1/);
  });

  it("is for its admins only, and nobody else's cursor or events reach into it", async () => {
    await add("mine", { count: 5 });
    const other = await stage.open({ connected: false });
    expect((await list("action=mine", other)).items).toEqual([]);
    const { nextCursor } = await list("limit=1");
    const foreign = await other.api.get(`/businesses/me/audit-events?limit=1&cursor=${nextCursor}`);
    expect(problemOf(foreign).status).toBe(400);
    const user = createApi(stage.url, stage.token(shop, "business_user"));
    for (const path of ["/businesses/me/audit-events", "/businesses/me/audit-events.csv"]) {
      expect(problemOf(await user.get(path)).status).toBe(403);
      expect(problemOf(await createApi(stage.url, null).get(path)).status).toBe(401);
    }
    for (const query of [
      "limit=0",
      "limit=999",
      "cursor=x",
      "result=maybe",
      "from=2026-02-30",
      "from=2026-03-02&to=2026-03-01",
    ])
      expect(problemOf(await shop.api.get(`/businesses/me/audit-events?${query}`)).status, query).toBe(400);
  });
});

describe("the audit as a table", () => {
  it("has every event that matches, over any number of batches", async () => {
    const business = await stage.open({ connected: false });
    await add("many", { count: 2 * BATCH + 1, business });
    const { text } = await business.api.get("/businesses/me/audit-events.csv?action=many");
    const numbers = text
      .trimEnd()
      .split("\r\n")
      .slice(1)
      .map((line) => line.split(",")[0]);
    expect(numbers).toHaveLength(2 * BATCH + 1);
    expect(new Set(numbers).size).toBe(numbers.length);
  });

  it("is run by no spreadsheet, and keeps commas, quotes and line ends in their cells", async () => {
    const subjects = ["=cmd()", "+1+1", "-2+3", "@sum", "\tx", 'a,"b"\r\nc'];
    for (const subject of subjects) await add("written", { subject });
    const answer = await shop.api.get("/businesses/me/audit-events.csv?action=written");
    expect(answer.headers.get("content-type")).toMatch(/^text\/csv/);
    expect(answer.headers.get("content-disposition")).toBe('attachment; filename="audit-events.csv"');
    for (const text of ["'=cmd()", "'+1+1", "'-2+3", "'@sum", "'\tx", '"a,""b""\r\nc"'])
      expect(answer.text).toContain(`,written,${text},,done,`);
  });
});
