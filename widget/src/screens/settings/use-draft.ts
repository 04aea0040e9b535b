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
  /** Gives what was sent, and what the server had taken before. Null when it did not come about. */
  save<T>(call: (sent: Draft, before: Draft) => Promise<Reply<T>>): Promise<T | null>;
};

/** What a form holds until it is saved. `own` is of several that must not be sent at once. */
export function useDraft<Draft extends object>(first: () => Draft, own?: Action): Saving<Draft> {
  const alone = useAction();
  const { busy, trouble, run } = own ?? alone;
  const [draft, setDraft] = useState(first);
  const [taken, setTaken] = useState(draft);
  const [saved, setSaved] = useState<Draft | null>(null);

  async function save<T>(call: (sent: Draft, before: Draft) => Promise<Reply<T>>): Promise<T | null> {
    setSaved(null);
    const answer = await run(() => call(draft, taken));
    if (answer === null) return null;
    setTaken(draft);
    setSaved(draft);
    return answer;
  }
  return {
    ...{ draft, busy, trouble, save },
    change: (changed) => setDraft((now) => ({ ...now, ...changed })),
    saved: saved !== null && isSame(saved, draft),
  };
}

const isSame = (one: object, other: object) => JSON.stringify(one) === JSON.stringify(other);
