/** The time of a storm: it stands still while more waits than this machine can serve. */
export interface StormClock {
  /** Returns when the clock shows it. */
  at(ms: number): Promise<void>;
  stop(): void;
}

const TICK_MS = 20;

export function startStormClock(fromMs: number, isBusy: () => boolean): StormClock {
  const waiting: { ms: number; wake: () => void }[] = [];
  let shown = fromMs;
  let ticked = performance.now();
  const timer = setInterval(() => {
    const now = performance.now();
    if (!isBusy()) shown += now - ticked;
    ticked = now;
    for (const { wake } of waiting.filter(({ ms }) => ms <= shown)) wake();
    waiting.splice(0, waiting.length, ...waiting.filter(({ ms }) => ms > shown));
  }, TICK_MS);
  return {
    at: (ms) => new Promise((wake) => waiting.push({ ms, wake })),
    stop: () => clearInterval(timer),
  };
}
