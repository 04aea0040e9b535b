import { useEffect } from "preact/hooks";

/**
 * Reads at once and after as many milliseconds as `show` answers; null: not again by itself. Not while nobody looks on,
 * and at once when somebody does again. One look at a time: another gives up the one before. Another `round` begins anew.
 */
export function useLooking<T>(
  { read, show }: { read: (signal: AbortSignal) => Promise<T>; show: (seen: T) => number | null },
  round = 0,
): void {
  useEffect(() => {
    let looking = new AbortController();
    let timer = 0;
    const look = async () => {
      clearTimeout(timer);
      looking.abort();
      if (document.hidden) return;
      looking = new AbortController();
      const { signal } = looking;
      const seen = await read(signal);
      if (signal.aborted) return;
      const waitMs = show(seen);
      if (waitMs !== null) timer = window.setTimeout(look, waitMs);
    };
    const lookWhenSeen = () => void look();
    document.addEventListener("visibilitychange", lookWhenSeen);
    void look();
    return () => {
      looking.abort();
      clearTimeout(timer);
      document.removeEventListener("visibilitychange", lookWhenSeen);
    };
  }, [round]);
}
