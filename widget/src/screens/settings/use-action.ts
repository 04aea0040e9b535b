import { useEffect, useLayoutEffect, useRef, useState } from "preact/hooks";
import type { Reply, Trouble } from "../../request.ts";

export type Action = {
  busy: boolean;
  trouble: Trouble | null;
  /** Null when it did not come about: `trouble` says why. */
  run<T>(call: () => Promise<Reply<T>>): Promise<T | null>;
};

type Ways = {
  /** No yes came: it may have been done all the same, and what is shown is read anew. */
  onUnheard?: () => void;
  /** What the press is about: beside another its trouble is not shown. */
  of?: string;
  /** What the press would change: once that is another, it no longer matters that the answer was not heard. */
  outcome?: string;
};

/** One at a time: a second press before the answer does nothing. */
export function useAction({ onUnheard, of = "", outcome = "" }: Ways = {}): Action {
  const [busy, setBusy] = useState(false);
  const [last, setLast] = useState<{ of: string; outcome: string; trouble: Trouble } | null>(null);
  const underWay = useRef(false);
  const focused = useRef<Element | null>(null);
  useLayoutEffect(() => {
    if (!busy) {
      giveBack(focused.current);
      return;
    }
    // Once she was elsewhere, it is what she pressed there that gives the focus back.
    document.addEventListener("focusin", forget);
    return () => document.removeEventListener("focusin", forget);
  }, [busy]);

  function forget() {
    focused.current = null;
  }

  // A refusal stands: it was heard.
  const isOver = last !== null && last.trouble.status !== "problem" && last.outcome !== outcome;
  useEffect(() => {
    if (isOver) setLast(null);
  }, [isOver]);

  async function run<T>(call: () => Promise<Reply<T>>): Promise<T | null> {
    if (underWay.current) return null;
    underWay.current = true;
    focused.current = document.activeElement;
    setBusy(true);
    setLast(null);
    const reply = await call();
    underWay.current = false;
    setBusy(false);
    if (reply.status === "ok") return reply.value;
    setLast({ of, outcome, trouble: reply });
    onUnheard?.();
    return null;
  }
  return { busy, trouble: last?.of === of && !isOver ? last.trouble : null, run };
}

/** What is disabled while it waits loses the focus, and a keyboard would begin at the top again. */
function giveBack(focused: Element | null) {
  // She may be typing in Zoho's page around our frame by now.
  const isLost = document.hasFocus() && document.activeElement === document.body;
  if (isLost && focused instanceof HTMLElement && focused.isConnected) focused.focus({ preventScroll: true });
}

/** Several forms of which one at a time is sent; each shows the trouble of its own. */
export function useActions<Name extends string>(): (name: Name) => Action {
  const action = useAction();
  const [last, setLast] = useState<Name | null>(null);
  return (name) => ({
    busy: action.busy,
    trouble: last === name ? action.trouble : null,
    run: (call) =>
      action.run(() => {
        setLast(name);
        return call();
      }),
  });
}

/** What the server has against one field. */
export function complaintOf(trouble: Trouble | null, path: string): string | undefined {
  return trouble?.status === "problem"
    ? trouble.problem.fields?.find((field) => field.path === path)?.message
    : undefined;
}
