import { useEffect, useState } from "preact/hooks";

const TICK_MS = 1_000;

/** Whole seconds since an instant, at least 0 (the server's clock may be ahead of ours). */
export function useElapsed(since: number): number {
  const [now, setNow] = useState(Date.now);
  useEffect(() => {
    const timer = setInterval(() => setNow(Date.now()), TICK_MS);
    return () => clearInterval(timer);
  }, []);
  return Math.max(0, Math.floor((now - since) / 1_000));
}
