import { useEffect, useState } from "preact/hooks";
import type { Reply, Trouble } from "../../request.ts";

export type Loaded<T> = {
  value: T | null;
  trouble: Trouble | null;
  reload(): void;
  /** After a change: its answer is newer than what was read. */
  show(value: T): void;
};

/** Reads once per key, and again on demand; what was read stays while the next answer is awaited. */
export function useLoad<T>(read: (signal: AbortSignal) => Promise<Reply<T>>, key = ""): Loaded<T> {
  const [state, setState] = useState<{ value: T | null; trouble: Trouble | null }>(NOTHING);
  const [round, setRound] = useState(0);
  useEffect(() => {
    const controller = new AbortController();
    void read(controller.signal).then((reply) => {
      if (controller.signal.aborted) return;
      setState((before) =>
        reply.status === "ok" ? { value: reply.value, trouble: null } : { ...before, trouble: reply },
      );
    });
    return () => controller.abort();
  }, [key, round]);
  return {
    ...state,
    reload: () => setRound((before) => before + 1),
    show: (value) => setState({ value, trouble: null }),
  };
}

const NOTHING = { value: null, trouble: null };
