import { useState } from "preact/hooks";
import type { Reply, Trouble } from "../../request.ts";
import { type Action, useAction } from "./use-action.ts";

type Saving<Draft> = {
  draft: Draft;
  change(changed: Partial<Draft>): void;
  busy: boolean;
  trouble: Trouble | null;
  /** What stands in the form now is what the server took, not what was typed since. */
  saved: boolean;
  /** Gives what is sent, and all that the server may have by then. Null when it did not come about. */
  save<T>(call: Send<Draft, T>): Promise<T | null>;
};

type Send<Draft, T> = (sent: Draft, before: readonly Draft[]) => Promise<Reply<T>>;

type Ways<Draft> = {
  /** Of several forms that must not be sent at once. */
  action?: Action;
  /** No yes came: it may have been done all the same. */
  onUnheard?: () => void;
  /** What the form still holds once `sent` was taken; else all. */
  rest?: (now: Draft, sent: Draft) => Draft;
};

/** What a form holds until it is saved. */
export function useDraft<Draft extends object>(first: () => Draft, ways: Ways<Draft> = {}): Saving<Draft> {
  const own = useAction();
  const { busy, trouble, run } = ways.action ?? own;
  const rest = ways.rest ?? all;
  const [draft, setDraft] = useState(first);
  const [taken, setTaken] = useState(draft);
  // Sent since, without a yes: any of them may be stored all the same.
  const [unheard, setUnheard] = useState<readonly Draft[]>([]);
  const [saved, setSaved] = useState(false);

  async function save<T>(call: Send<Draft, T>): Promise<T | null> {
    setSaved(false);
    const answer = await run(async () => {
      const reply = await call(draft, [taken, ...unheard]);
      setUnheard((before) => (reply.status === "ok" ? [] : [...before, draft]));
      if (reply.status !== "ok") ways.onUnheard?.();
      return reply;
    });
    if (answer === null) return null;
    setTaken(rest(draft, draft));
    setDraft((now) => rest(now, draft));
    setSaved(true);
    return answer;
  }
  return {
    ...{ draft, busy, trouble, save },
    change: (changed) => setDraft((now) => ({ ...now, ...changed })),
    saved: saved && isSame(draft, taken),
  };
}

/** A form for the next one: as empty as it began, if nothing was typed since. */
export const emptied =
  <Draft extends object>(none: Draft) =>
  (now: Draft, sent: Draft): Draft =>
    isSame(now, sent) ? none : now;

const all = <Draft>(now: Draft) => now;

const isSame = (one: object, other: object) => JSON.stringify(one) === JSON.stringify(other);
