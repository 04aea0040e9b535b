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
  /** Gives what is sent, and what the server had taken before. Null when it did not come about. */
  save<T>(call: (sent: Draft, before: Draft) => Promise<Reply<T>>): Promise<T | null>;
};

type Ways<Draft> = {
  /** Of several forms that must not be sent at once. */
  action?: Action;
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
  const [saved, setSaved] = useState(false);

  async function save<T>(call: (sent: Draft, before: Draft) => Promise<Reply<T>>): Promise<T | null> {
    setSaved(false);
    const answer = await run(() => call(draft, taken));
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
