import { Agent, request } from "node:http";
import { listSubmissions } from "@fiscalise/server/db/submission-lists.ts";
import { businessId, type Database } from "@fiscalise/server/db/with-business.ts";
import { cursorAtRow } from "@fiscalise/server/list-cursor.ts";
import { post } from "./calls.ts";
import { type LargeStage, openLargeStage } from "./large-stage.ts";
import { EVERYTHING, plansOf } from "./plans.ts";
import { quantile, type Row, withinBudget } from "./row.ts";
import { MILLION, seededBusiness } from "./seed-million.ts";

const BUDGET_MS = 100;
const WARM_UP = 10;
const CALLS = 100;
const SMALL_FROM = 2;
const BIG = 1;

/** Lists and figures over HTTP at 1,000 businesses and 1,000,000 receipts, one call at a time. */
export async function measureFigures(): Promise<Row[]> {
  const stage = await openLargeStage();
  try {
    return [
      seeded(stage),
      ...(await measureLists(
        stage,
        `one of ${MILLION.businesses - 1} small businesses`,
        (call) => SMALL_FROM + call,
      )),
      ...(await measureLists(stage, "the business with 100,000", () => BIG)),
      await measureCsv(stage),
      await measureBusinessList(stage),
      await checkPlans(stage),
    ];
  } finally {
    await stage.close();
  }
}

function seeded({ seedSeconds }: LargeStage): Row {
  const name = "1,000 businesses and 1,000,000 receipts, made";
  return { ...bare, name, measured: `${Math.round(seedSeconds)} s`, budget: null, verdict: "no budget" };
}

const bare = { peer: null, ratio: null };

/** What a person asks of the dashboard, and what is hardest: the far end of the list, a word nobody bears. */
const QUESTIONS: Record<string, (n: number, stage: LargeStage) => string | Promise<string>> = {
  "its figures": () => "/businesses/me/stats",
  "first page of its documents": () => "/submissions?limit=25",
  "its refused documents": () => "/submissions?limit=25&state=rejected",
  "page after three quarters": async (n, { database }) =>
    `/submissions?limit=25&cursor=${await deepCursor(n, database)}`,
  "a document by number": () => "/submissions?limit=25&search=INV-0000",
  "a name that is nowhere": () => "/submissions?limit=25&search=zebra",
  "a month long ago": () => `/submissions?limit=25&from=${daysAgo(300)}&to=${daysAgo(270)}`,
};

async function measureLists(
  stage: LargeStage,
  who: string,
  businessOf: (call: number) => number,
): Promise<Row[]> {
  const rows: Row[] = [];
  const asked = Array.from({ length: WARM_UP + CALLS }, (_, call) => businessOf(call));
  for (const [what, path] of Object.entries(QUESTIONS)) {
    const paths = await Promise.all(asked.map((n) => path(n, stage)));
    const timesMs = await timed(async (call) => {
      const url = `${stage.apiUrl}/api/v1${paths[call]}`;
      await post(agent, { url, method: "GET", headers: stage.headersOf(businessOf(call)) });
    });
    rows.push(latencyRow(`${who}: ${what}`, timesMs));
  }
  return rows;
}

const agent = new Agent({ keepAlive: true });

async function timed(call: (index: number) => Promise<unknown>): Promise<number[]> {
  const timesMs: number[] = [];
  for (let index = 0; index < WARM_UP + CALLS; index += 1) {
    const begun = performance.now();
    await call(index);
    if (index >= WARM_UP) timesMs.push(performance.now() - begun);
  }
  return timesMs;
}

function latencyRow(name: string, timesMs: readonly number[]): Row {
  const [p50, p95] = [quantile(timesMs, 0.5), quantile(timesMs, 0.95)];
  return {
    ...bare,
    name: `${name}, p95`,
    measured: `${p95.toFixed(1)} ms (p50 ${p50.toFixed(1)} ms)`,
    budget: `≤ ${BUDGET_MS} ms`,
    verdict: withinBudget(p95 <= BUDGET_MS),
  };
}

async function deepCursor(n: number, { withBusiness }: Database): Promise<string> {
  const id = businessId(seededBusiness(n).id);
  const place = { ...EVERYTHING, belowSequence: BigInt(MILLION.receipts / 4), limit: 1 };
  const [row] = await withBusiness(id, (tx) => listSubmissions(tx, place));
  if (!row) throw new Error(`business ${n} has too few receipts`);
  return cursorAtRow(row.id, ["submissions", id, null, null, null, null, null]);
}

function daysAgo(days: number): string {
  return new Date(Date.now() - days * 86_400_000).toISOString().slice(0, 10);
}

/** All of the big business's receipts, as fast as they are taken. */
async function measureCsv({ apiUrl, headersOf }: LargeStage): Promise<Row> {
  const begun = performance.now();
  const { lines, bytes } = await new Promise<{ lines: number; bytes: number }>((resolve, reject) => {
    const seen = { lines: 0, bytes: 0 };
    const sent = request(`${apiUrl}/api/v1/receipts.csv`, { headers: headersOf(BIG) }, (response) => {
      if (response.statusCode !== 200) reject(new Error(`receipts.csv: HTTP ${response.statusCode}`));
      response.on("data", (chunk: Buffer) => {
        seen.bytes += chunk.length;
        for (const byte of chunk) if (byte === 10) seen.lines += 1;
      });
      response.once("end", () => resolve(seen));
      response.once("error", reject);
    });
    sent.once("error", reject).end();
  });
  const seconds = (performance.now() - begun) / 1_000;
  return {
    ...bare,
    name: `receipts.csv of ${lines - 1} receipts, ${Math.round(bytes / 1_048_576)} MB`,
    measured: `${Math.round(lines / seconds)}/s (${seconds.toFixed(1)} s)`,
    budget: null,
    verdict: "no budget",
  };
}

async function measureBusinessList({ apiUrl, superAdminHeaders: headers }: LargeStage): Promise<Row> {
  const timesMs = await timed((index) => {
    const query = `search=hotel&status=active&pageSize=50&page=${1 + (index % 2)}`;
    return post(agent, { url: `${apiUrl}/api/v1/businesses?${query}`, method: "GET", headers });
  });
  return latencyRow("super admin: page of 1,000 businesses, searched", timesMs);
}

async function checkPlans({ database }: LargeStage): Promise<Row> {
  const plans = await plansOf(database.withBusiness, seededBusiness(BIG).id, new Date());
  const scanning = plans.filter(({ scans }) => scans.some((scan) => scan.startsWith("Seq Scan")));
  const names = scanning.map(({ name }) => name).join(", ");
  return {
    ...bare,
    name: `sequential scans in ${plans.length} queries of figures and lists`,
    measured: scanning.length === 0 ? "none" : names,
    budget: "none",
    verdict: withinBudget(scanning.length === 0),
  };
}
