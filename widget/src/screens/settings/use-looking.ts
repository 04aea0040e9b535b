import { useEffect } from "preact/hooks";

/**
 * Reads at once and after as many milliseconds as `show` answers; null: not again by itself. Not while nobody looks on,
 * and at once when somebody does again. Another `round` begins anew.
 */
export function useLooking<T>(
  { read, show }: { read: (signal: AbortSignal) => Promise<T>; show: (seen: T) => number | null },
  round = 0,
): void {
  useEffect(() => {
    const controller = new AbortController();
    const { signal } = controller;
    let timer = 0;
    const look = async () => {
      clearTimeout(timer);
      if (document.hidden) return;
      const seen = await read(signal);
      if (signal.aborted) return;
      const waitMs = show(seen);
      clearTimeout(timer);
      if (waitMs !== null) timer = window.setTimeout(look, waitMs);
    };
    const lookWhenSeen = () => void look();
    document.addEventListener("visibilitychange", lookWhenSeen);
    void look();
    return () => {
      controller.abort();
      clearTimeout(timer);
      document.removeEventListener("visibilitychange", lookWhenSeen);
    };
  }, [round]);
}
