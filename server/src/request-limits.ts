import { createHash } from "node:crypto";
import { RateLimiterPostgres, RateLimiterRes } from "rate-limiter-flexible";
import { Failure } from "./failure.ts";

/** Runs one SQL statement; the store of limits is a table that all servers share. */
export type RunSql = (
  text: string,
  values: unknown[],
) => Promise<{ rows: Record<string, unknown>[]; rowCount: number }>;

export interface Limit {
  points: number;
  seconds: number;
}

/** Generous for people and their tabs, tight for a script gone wild (docs/operations.md#request-limits). */
export const LIMITS = {
  /** An office behind one address. */
  address: { points: 3_000, seconds: 60 },
  user: { points: 600, seconds: 60 },
  business: { points: 2_400, seconds: 60 },
  /** Webhooks of one business. Of their own, so that whoever learned its address cannot hold up its people; what is beyond, the sweep finds. */
  deliveries: { points: 1_200, seconds: 60 },
  /** Webhooks from one address: Zoho's few send for all businesses. */
  deliveriesAddress: { points: 12_000, seconds: 60 },
  /** Signing in, accepting codes, showing a token that is nobody's: nobody is known yet. */
  anonymous: { points: 120, seconds: 60 },
  /** Passwords tried for one account from one address. */
  signInPair: { points: 5, seconds: 300 },
  signInAddress: { points: 50, seconds: 600 },
  /** From addresses where the account never had a session; short, so that nobody can lock somebody out for long. */
  signInStrangers: { points: 10, seconds: 60 },
  knownAddress: { points: 1, seconds: 90 * 86_400 },
  /** Sign-ins with Zoho begun; each is a row for an hour. */
  pairingAddress: { points: 60, seconds: 600 },
  codeAddress: { points: 20, seconds: 600 },
  /** Tests and set-ups of a device: each is a call to the tenant's network. */
  deviceTest: { points: 20, seconds: 300 },
  /** Unsigned webhooks of the predecessor for one TIN; each may be a reading at Zoho, whose day is counted. What is beyond, the sweep finds. */
  oldWebhook: { points: 60, seconds: 3_600 },
  upload: { points: 20, seconds: 300 },
  /** PDF bundles begun: each may render thousands of receipts. */
  bundle: { points: 10, seconds: 300 },
} as const satisfies Record<string, Limit>;

/** What strangers may have written about them, whatever number of requests the operator lets in. */
const WRITTEN = {
  /** In a business's audit, of deliveries that are not Zoho's; what is beyond is counted and logged. */
  forgedDeliveries: { points: 5, seconds: 3_600 },
} as const satisfies Record<string, Limit>;

/**
 * Calls to one organisation of Zoho. Four windows fill a minute and a fifth may overlap it, so a fifth of what a minute
 * allows goes into each (docs/decisions/018).
 */
export function zohoLimits(perMinute: number) {
  const points = Math.max(2, Math.floor(perMinute / 5));
  return {
    zohoCalls: { points, seconds: 15 },
    zohoBackground: { points: Math.max(1, Math.floor((points * 12) / 19)), seconds: 15 },
  } satisfies Record<string, Limit>;
}
export type LimitName = keyof typeof LIMITS | keyof typeof WRITTEN | keyof ReturnType<typeof zohoLimits>;

export interface RequestLimits {
  /** @throws Failure too-many-requests, with how long to wait */
  take: (name: LimitName, key: string) => Promise<void>;
  give: (name: LimitName, key: string) => Promise<void>;
  remember: (name: LimitName, key: string) => Promise<void>;
  isRemembered: (name: LimitName, key: string) => Promise<boolean>;
  forget: (name: LimitName, key: string) => Promise<void>;
}

export interface LimitSettings {
  /** The operator's, on every number of requests that come to us. */
  factor: number;
  /** Calls that one organisation of Zoho takes. */
  zohoPerMinute: number;
}

export function createRequestLimits(run: RunSql, { factor, zohoPerMinute }: LimitSettings): RequestLimits {
  const limits: Record<LimitName, Limit> = {
    ...scaled(factor),
    ...WRITTEN,
    ...zohoLimits(zohoPerMinute),
  };
  const storeClient = {
    query: ({ text, values }: { text: string; values: unknown[] }) => run(text, values),
  };
  const limiters = new Map(
    Object.entries(limits).map(([name, { points, seconds }]) => {
      return [
        name,
        new RateLimiterPostgres({
          storeClient,
          storeType: "client",
          tableName: "rate_limits",
          tableCreated: true,
          keyPrefix: name,
          points,
          duration: seconds,
          inMemoryBlockOnConsumed: points + 1,
        }),
      ];
    }),
  );
  const leases = createLeases();
  const limiter = (name: LimitName) => {
    const found = limiters.get(name);
    if (!found) throw new Error(`bug: no limit ${name}`);
    return found;
  };
  return {
    take: async (name, key) => {
      try {
        const [store, hashed] = [limiter(name), digest(key)];
        const points = Math.max(1, Math.floor(store.points / LEASES_PER_WINDOW));
        await leases(`${name} ${hashed}`, async () => {
          const { msBeforeNext } = await store.consume(hashed, points);
          return { points, ms: msBeforeNext };
        });
      } catch (error) {
        if (!(error instanceof RateLimiterRes)) throw error;
        const retryAfterS = Math.max(1, Math.ceil(error.msBeforeNext / 1_000));
        throw new Failure("too-many-requests", `limit ${name}`, { retryAfterS });
      }
    },
    give: async (name, key) => {
      await limiter(name).reward(digest(key));
    },
    remember: async (name, key) => {
      await limiter(name).set(digest(key), 1, limits[name].seconds);
    },
    isRemembered: async (name, key) => (await limiter(name).get(digest(key))) !== null,
    forget: async (name, key) => {
      await limiter(name).delete(digest(key));
    },
  };
}

function scaled(factor: number): Record<keyof typeof LIMITS, Limit> {
  const entries = Object.entries(LIMITS).map(([name, { points, seconds }]) => [
    name,
    { points: Math.max(1, Math.round(points * factor)), seconds },
  ]);
  return Object.fromEntries(entries);
}

/** Small limits are counted one by one; of large ones a server takes a sixtieth at a time, and may waste as much. */
const LEASES_PER_WINDOW = 60;

interface Lease {
  left: number;
  endsAtMs: number;
}

/** Hands out points taken from the store in one statement, so that a request seldom costs one. */
function createLeases() {
  const held = new Map<string, Promise<Lease>>();
  return async (key: string, take: () => Promise<{ points: number; ms: number }>): Promise<void> => {
    for (;;) {
      const taking = held.get(key) ?? begin(key, take);
      const lease = await taking;
      if (lease.left > 0 && performance.now() < lease.endsAtMs) {
        lease.left -= 1;
        return;
      }
      drop(key, taking);
    }
  };

  function drop(key: string, lease: Promise<Lease>): void {
    if (held.get(key) === lease) held.delete(key);
  }

  function begin(key: string, take: () => Promise<{ points: number; ms: number }>): Promise<Lease> {
    const taking = take().then(({ points, ms }) => {
      setTimeout(() => drop(key, taking), ms).unref();
      return { left: points, endsAtMs: performance.now() + ms };
    });
    held.set(key, taking);
    taking.catch(() => drop(key, taking));
    return taking;
  }
}

/** Keys name people and addresses; the table does not. */
function digest(key: string): string {
  return createHash("sha256").update(key).digest("base64url");
}
