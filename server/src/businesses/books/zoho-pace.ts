import { setTimeout as pause } from "node:timers/promises";
import pLimit, { type LimitFunction } from "p-limit";
import type { BusinessId, WithBusiness } from "../../db/with-business.ts";
import { findDailyCallsMax } from "../../db/zoho-automation.ts";
import { addUsage, usageOf, type ZohoUsage } from "../../db/zoho-usage.ts";
import { Failure } from "../../failure.ts";
import type { RequestLimits } from "../../request-limits.ts";
import { limitReached } from "../../zoho/answer.ts";
import { type ReadPolicy, readWithPatience, type Turns } from "../../zoho/books-access.ts";
import type { ZohoAnswer } from "../../zoho/http.ts";

/** A person waits in front of the page, or a job does. */
export type Urgency = "click" | "background";

export interface Organization {
  businessId: BusinessId;
  organizationId: string;
}

export interface ZohoPace {
  turnsOf: (organization: Organization, urgency: Urgency) => Turns;
  /** Writes the counts that are still held. */
  flush: () => Promise<void>;
}

export interface ZohoPaceDeps {
  limits: RequestLimits;
  withBusiness: WithBusiness;
  clock: () => Date;
  /** How long a call waited for room in the minute. */
  onWait: (wait: { urgency: Urgency; seconds: number }) => void;
}

/** Zoho allows 5 at once on its smallest plan; jobs leave two of them to people (docs/zoho.md#endpoints). */
const AT_ONCE = 5;
const BACKGROUND_AT_ONCE = 3;
/** Three windows of the limit: after that the job's own backoff is the better place to wait. */
const BACKGROUND_WAIT_MAX_MS = 45_000;
/** Of what the plan allows in a day, jobs leave this much to people. */
const BACKGROUND_SHARE = 0.8;
const FLUSH_MS = 2_000;

const PATIENCE: Record<Urgency, ReadPolicy> = {
  click: { attempts: 2, firstPauseMs: 200, longestPauseMs: 1_000 },
  background: { attempts: 4, firstPauseMs: 500, longestPauseMs: 20_000 },
};

/**
 * Every call to an organisation takes its turn here: so many a minute over all servers, so many at once in this
 * process, jobs behind people (docs/decisions/018).
 */
export function createZohoPace(deps: ZohoPaceDeps): ZohoPace {
  const lanes = createLanes();
  const counts = createCounts(deps);
  const room = async (organization: Organization, urgency: Urgency) => {
    const started = performance.now();
    try {
      if (urgency === "click") await takeClick(deps, organization);
      else await takeBackground(deps, organization);
    } catch (error) {
      if (error instanceof Failure && error.code === "zoho-rate-limited") counts.refused(organization);
      throw error;
    } finally {
      deps.onWait({ urgency, seconds: (performance.now() - started) / 1_000 });
    }
  };
  return {
    turnsOf: (organization, urgency) => {
      const noticed = async (answer: ZohoAnswer) => {
        const limit = limitReached(answer);
        if (limit !== null) counts.refused(organization);
        if (limit === "day") await counts.dayUsedUp(organization);
      };
      const inLane = <T>(call: () => Promise<T>) =>
        lanes(organization.organizationId, urgency, {
          before: () => room(organization, urgency),
          call: () => {
            counts.called(organization);
            return call();
          },
        });
      return {
        read: (call) =>
          readWithPatience(async () => {
            const answer = await inLane(call);
            await noticed(answer);
            return answer;
          }, PATIENCE[urgency]),
        write: async (call) => {
          const sent = await inLane(call);
          if (sent.kind === "answered") await noticed(sent.answer);
          return sent;
        },
      };
    },
    flush: counts.flush,
  };
}

async function takeClick({ limits }: ZohoPaceDeps, { organizationId }: Organization): Promise<void> {
  const wait = await waitFor(() => limits.take("zohoCalls", organizationId));
  if (wait !== null) throw limited("this minute's calls are used up", wait);
}

async function takeBackground(deps: ZohoPaceDeps, organization: Organization): Promise<void> {
  const { limits, clock } = deps;
  await requireDayLeft(deps, organization);
  const deadline = clock().getTime() + BACKGROUND_WAIT_MAX_MS;
  for (const name of ["zohoBackground", "zohoCalls"] as const) {
    for (;;) {
      const waitS = await waitFor(() => limits.take(name, organization.organizationId));
      if (waitS === null) break;
      if (clock().getTime() + waitS * 1_000 > deadline) throw limited("no room for background work", waitS);
      await pause(waitS * 1_000);
    }
  }
}

/** Jobs stop for the day where Zoho said so, and before where the plan's limit is known. */
async function requireDayLeft({ withBusiness, clock }: ZohoPaceDeps, { businessId }: Organization) {
  const now = clock();
  const { usage, max } = await withBusiness(businessId, async (tx) => ({
    usage: await usageOf(tx, dayOf(now)),
    max: await findDailyCallsMax(tx),
  }));
  if (!isDaySpent(usage, max)) return;
  throw limited("the day's calls are used up", Math.ceil((nextDay(now).getTime() - now.getTime()) / 1_000));
}

/** For jobs; people go on. */
export function isDaySpent({ calls, dayLimitReachedAt }: ZohoUsage, max: number | null): boolean {
  return dayLimitReachedAt !== null || (max !== null && calls >= Math.floor(max * BACKGROUND_SHARE));
}

/** Seconds to wait; null when there was room. */
async function waitFor(take: () => Promise<void>): Promise<number | null> {
  try {
    await take();
    return null;
  } catch (error) {
    if (!(error instanceof Failure) || error.code !== "too-many-requests") throw error;
    return error.details.retryAfterS ?? 1;
  }
}

function limited(message: string, retryAfterS: number): Failure {
  return new Failure("zoho-rate-limited", message, { retryAfterS });
}

/** Zoho's day (docs/zoho.md#endpoints). */
export function dayOf(now: Date): string {
  return now.toISOString().slice(0, 10);
}

export function nextDay(now: Date): Date {
  const day = new Date(`${dayOf(now)}T00:00:00Z`);
  day.setUTCDate(day.getUTCDate() + 1);
  return day;
}

function createLanes() {
  const held = new Map<string, Record<Urgency | "all", LimitFunction>>();
  return async <T>(
    organizationId: string,
    urgency: Urgency,
    work: { before: () => Promise<void>; call: () => Promise<T> },
  ): Promise<T> => {
    const lanes = held.get(organizationId) ?? {
      all: pLimit(AT_ONCE),
      click: pLimit(AT_ONCE),
      background: pLimit(BACKGROUND_AT_ONCE),
    };
    held.set(organizationId, lanes);
    try {
      return await lanes[urgency](async () => {
        await work.before();
        return lanes.all(work.call);
      });
    } finally {
      const { all, click, background } = lanes;
      const busy = [all, click, background].some((lane) => lane.activeCount + lane.pendingCount > 0);
      if (!busy && held.get(organizationId) === lanes) held.delete(organizationId);
    }
  };
}

/** Held for a moment, so that a call costs no transaction of its own; what a crash loses of them is no fact of any receipt. */
function createCounts({ withBusiness, clock }: ZohoPaceDeps) {
  const held = new Map<BusinessId, Pick<ZohoUsage, "calls" | "refused">>();
  let timer: NodeJS.Timeout | null = null;
  const of = ({ businessId }: Organization) => {
    const counts = held.get(businessId) ?? { calls: 0, refused: 0 };
    held.set(businessId, counts);
    // What could not be written is held again, and goes with the next.
    timer ??= setTimeout(() => void flush().catch(() => undefined), FLUSH_MS).unref();
    return counts;
  };
  const keep = (businessId: BusinessId, added: ZohoUsage) =>
    withBusiness(businessId, (tx) => addUsage(tx, dayOf(clock()), added));

  async function flush(): Promise<void> {
    if (timer) clearTimeout(timer);
    timer = null;
    for (const [businessId, counts] of [...held]) {
      held.delete(businessId);
      try {
        await keep(businessId, { ...counts, dayLimitReachedAt: null });
      } catch (error) {
        const since = held.get(businessId) ?? { calls: 0, refused: 0 };
        held.set(businessId, {
          calls: since.calls + counts.calls,
          refused: since.refused + counts.refused,
        });
        throw error;
      }
    }
  }

  return {
    called: (organization: Organization) => {
      of(organization).calls += 1;
    },
    refused: (organization: Organization) => {
      of(organization).refused += 1;
    },
    dayUsedUp: ({ businessId }: Organization) =>
      keep(businessId, { calls: 0, refused: 0, dayLimitReachedAt: clock() }),
    flush,
  };
}
