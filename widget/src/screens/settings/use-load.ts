import { useEffect, useRef, useState } from "preact/hooks";
import type { Reply, Trouble } from "../../request.ts";

export type Loaded<T> = {
  value: T | null;
  /** It answers the key asked for now, not one before. */
  isCurrent: boolean;
  trouble: Trouble | null;
  reload(): void;
  /** After a change: its answer is newer than what was read. */
  show(value: T): void;
  /** The same of what is shown by then. */
  change(how: (now: T) => T): void;
};

type Shown<T> = { value: T | null; trouble: Trouble | null; key: string };

/** Reads once per key, and again on demand; what was read stays while the next answer is awaited. */
export function useLoad<T>(read: (signal: AbortSignal) => Promise<Reply<T>>, key = ""): Loaded<T> {
  const [state, setState] = useState<Shown<T>>({ value: null, trouble: null, key });
  const [round, setRound] = useState(0);
  const onItsWay = useRef<AbortController | null>(null);
  const reload = () => setRound((before) => before + 1);
  useEffect(() => {
    const controller = new AbortController();
    onItsWay.current = controller;
    void read(controller.signal).then((reply) => {
      if (controller.signal.aborted) return;
      onItsWay.current = null;
      setState((before) =>
        reply.status === "ok" ? { value: reply.value, trouble: null, key } : { ...before, trouble: reply },
      );
    });
    return () => controller.abort();
  }, [key, round]);

  /** A read that began before a change may not know of it: asked anew. */
  function outdate() {
    if (!onItsWay.current) return;
    onItsWay.current.abort();
    reload();
  }
  const { value, trouble } = state;
  return {
    ...{ value, trouble, reload },
    isCurrent: value !== null && state.key === key,
    show: (value) => {
      outdate();
      setState({ value, trouble: null, key });
    },
    change: (how) => {
      outdate();
      setState((before) => ({ ...before, value: before.value === null ? null : how(before.value) }));
    },
  };
}
