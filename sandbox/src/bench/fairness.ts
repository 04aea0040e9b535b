import { Agent } from "node:http";
import { setTimeout as pause } from "node:timers/promises";
import { sessions } from "@fiscalise/server/db/access-tables.ts";
import { users } from "@fiscalise/server/db/tables.ts";
import { businessId } from "@fiscalise/server/db/with-business.ts";
import type { StageBusiness } from "../prove/businesses.ts";
import { openStage, type Stage } from "../prove/stage.ts";
import { type Call, post, send } from "./calls.ts";
import { startInstantDevices } from "./instant-device.ts";
import { quantile, type Row, withinBudget } from "./row.ts";
import { createPen, fiscaliseCall, makeInstant, type Pen } from "./sales.ts";

const BUDGET = 2;
const CONNECTIONS = 50;
const NOISY_USERS = 5;
/** Of the noise, one in ten is a click; the rest looks on. */
const CLICK_EVERY = 10;
const EVERY_MS = 100;
const WARM_UP = 30;
const CLICKS = 120;
/** The middle one counts: the machine is shared. */
const ROUNDS = 3;
/** Requests the noisy business has prepared; it begins anew at the end. */
const NOISE = 3_000;

/** A quiet business clicks every 100 ms, alone and beside one that sends whatever it can; limits as in production. */
export async function measureFairness(): Promise<Row[]> {
  const devices = await startInstantDevices();
  const env = { REQUEST_LIMITS_FACTOR: "1", TRUSTED_PROXIES: "loopback" };
  const stage = await openStage({ businesses: 2, servers: 1, durable: true, env });
  const [quiet, noisy] = stage.businesses;
  if (!quiet || !noisy) throw new Error("bug: no business");
  try {
    await makeInstant(stage, devices);
    const pen = createPen();
    await clicks(stage, { quiet, pen, count: WARM_UP });
    const calls = await noisyCalls(stage, noisy, pen);
    const rounds: Round[] = [];
    for (let index = 0; index < ROUNDS; index += 1) {
      const alone = await clicks(stage, { quiet, pen, count: CLICKS });
      const noise = startNoise(calls);
      const beside = await clicks(stage, { quiet, pen, count: CLICKS });
      rounds.push({ alone, beside, perSecond: await noise.stop() });
    }
    return rowsOf(rounds);
  } finally {
    await stage.close({ keepFiles: false });
    await devices.close();
  }
}

async function clicks(
  stage: Stage,
  { quiet, pen, count }: { quiet: StageBusiness; pen: Pen; count: number },
): Promise<number[]> {
  const agent = new Agent({ keepAlive: true });
  const timesMs: number[] = [];
  const running: Promise<void>[] = [];
  for (let index = 0; index < count; index += 1) {
    const call = from("10.0.0.1", fiscaliseCall(stage, quiet, pen(stage, quiet).zohoId));
    const begun = performance.now();
    running.push(post(agent, call).then(() => void timesMs.push(performance.now() - begun)));
    await pause(EVERY_MS);
  }
  await Promise.all(running);
  agent.destroy();
  return timesMs;
}

/** `stop` answers how many answers a second the noise had. */
function startNoise(calls: readonly Call[]): { stop: () => Promise<number> } {
  const agent = new Agent({ keepAlive: true, maxSockets: CONNECTIONS });
  const begun = performance.now();
  let [stopping, next, answers] = [false, 0, 0];
  const hammer = async () => {
    while (!stopping) {
      const call = calls[next % calls.length];
      next += 1;
      if (!call) return;
      const status = await send(agent, call);
      answers += 1;
      if (status >= 500) throw new Error(`${call.url}: HTTP ${status}`);
    }
  };
  const all = Promise.all(Array.from({ length: CONNECTIONS }, hammer));
  return {
    stop: async () => {
      stopping = true;
      await all;
      agent.destroy();
      return answers / ((performance.now() - begun) / 1_000);
    },
  };
}

/** Progress, figures and clicks, by several users of the business at one address. */
async function noisyCalls(stage: Stage, noisy: StageBusiness, pen: Pen): Promise<Call[]> {
  const people = await hire(stage, noisy);
  const [server] = stage.servers;
  return Array.from({ length: NOISE }, (_, index) => {
    const person = people[index % people.length];
    if (!person) throw new Error("bug: nobody");
    const { zohoId } = pen(stage, noisy);
    const fiscalise = fiscaliseCall(stage, person, zohoId);
    const get = (path: string) => ({
      ...fiscalise,
      method: "GET" as const,
      url: `${server?.apiUrl}/api/v1${path}`,
    });
    const looks = [get(`/invoices/${zohoId}/progress`), get("/businesses/me/stats")] as const;
    return from("10.0.0.2", index % CLICK_EVERY === 0 ? fiscalise : (looks[index % 2] ?? fiscalise));
  });
}

async function hire(stage: Stage, noisy: StageBusiness): Promise<StageBusiness[]> {
  const id = businessId(noisy.id);
  const hired = Array.from({ length: NOISY_USERS - 1 }, (_, index) => ({
    ...noisy,
    adminId: `0000000a-0000-4000-8000-${String(index + 1).padStart(12, "0")}`,
  }));
  await stage.database.withBusiness(id, async ({ sql }) => {
    for (const [index, { adminId }] of hired.entries()) {
      const email = `person${index}@example.rw`;
      const person = { number: 100 + index, name: "Person", email, role: "business_admin" as const };
      await sql.insert(users).values({ ...person, id: adminId, businessId: id });
      const expiresAt = new Date(Date.now() + 3_600_000);
      await sql.insert(sessions).values({ id: adminId, userId: adminId, businessId: id, expiresAt });
    }
  });
  return [noisy, ...hired];
}

function from(address: string, call: Call): Call {
  return { ...call, headers: { ...call.headers, "x-forwarded-for": address } };
}

interface Round {
  alone: readonly number[];
  beside: readonly number[];
  perSecond: number;
}

function rowsOf(rounds: readonly Round[]): Row[] {
  const ratioOf = ({ alone, beside }: Round) => quantile(beside, 0.95) / quantile(alone, 0.95);
  const middle = rounds.toSorted((one, other) => ratioOf(one) - ratioOf(other))[
    Math.floor(rounds.length / 2)
  ];
  if (!middle) throw new Error("bug: no round");
  const { alone, beside, perSecond } = middle;
  const text = (times: readonly number[]) =>
    `${Math.round(quantile(times, 0.95))} ms (p50 ${Math.round(quantile(times, 0.5))} ms)`;
  return [
    {
      name: `quiet business's click beside one with ${CONNECTIONS} connections (${Math.round(perSecond)}/s), p95`,
      measured: text(beside),
      peer: `${text(alone)} alone`,
      ratio: rounds.map((round) => ratioOf(round).toFixed(1)).join(", "),
      budget: `≤ ${BUDGET}`,
      verdict: withinBudget(ratioOf(middle) <= BUDGET),
    },
  ];
}
