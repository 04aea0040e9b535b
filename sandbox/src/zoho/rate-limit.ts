const MINUTE_MS = 60_000;

export interface RateLimit {
  /** Counts one request of the key; `remaining` below 0 means refused. */
  count(key: string): { limit: number; remaining: number; resetSeconds: number };
}

/** A window of one minute per organization, from its first request on. */
export function createRateLimit(limit: number, clock: () => Date): RateLimit {
  const windows = new Map<string, { startedAtMs: number; used: number }>();
  return {
    count(key) {
      const nowMs = clock().getTime();
      let window = windows.get(key);
      if (!window || nowMs >= window.startedAtMs + MINUTE_MS) {
        window = { startedAtMs: nowMs, used: 0 };
        windows.set(key, window);
      }
      window.used += 1;
      const resetSeconds = Math.ceil((window.startedAtMs + MINUTE_MS - nowMs) / 1000);
      return { limit, remaining: limit - window.used, resetSeconds };
    },
  };
}
