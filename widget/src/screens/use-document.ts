import type { InvoiceProgress } from "@fiscalise/shared/api/invoices.ts";
import type { SubmissionView } from "@fiscalise/shared/api/submissions.ts";
import { useEffect, useRef, useState } from "preact/hooks";
import type { Reply, Trouble } from "../api.ts";
import { pollDelayMs } from "./sidebar-state.ts";

type Shown<View> = {
  view: View | null;
  /** The typed values `view.problems` were judged with. */
  checkedFor: string;
  trouble: Trouble | null;
  answeredAt: string;
};

export type WatchedDocument<View> = Shown<View> & {
  checkedNow: boolean;
  reload(): void;
  show(submission: SubmissionView): void;
};

type Source<View, Typed> = {
  read: (zohoId: string, typed: Typed, signal: AbortSignal) => Promise<Reply<View>>;
  readProgress: (zohoId: string, signal: AbortSignal) => Promise<Reply<InvoiceProgress>>;
};

const DEBOUNCE_MS = 400;
const NOTHING: Shown<never> = { view: null, checkedFor: "", trouble: null, answeredAt: "" };

/**
 * Loads the document, then watches its progress while visible, and not while a click is under way (its answer is newer).
 * The document itself is read again only when it may have changed: each reading costs one of Zoho's calls.
 */
export function useDocument<View extends InvoiceProgress, Typed>(
  source: Source<View, Typed>,
  question: { zohoId: string; typed: Typed; change: number; paused: boolean },
): WatchedDocument<View> {
  const { zohoId, typed, change, paused } = question;
  const [shown, setShown] = useState<Shown<View>>(NOTHING);
  const [round, setRound] = useState(0);
  const typedKey = JSON.stringify(typed);
  const askedKey = useRef(typedKey);
  const seen = useRef(shown);
  seen.current = shown;

  useEffect(() => {
    if (paused) return;
    let asking = new AbortController();
    let timer = 0;
    /** One question at a time: a page hidden and seen again must not be answered by the one before. */
    const anew = () => {
      asking.abort();
      asking = new AbortController();
      return asking.signal;
    };
    const schedule = (delayMs: number, next: () => Promise<void>) => {
      clearTimeout(timer);
      timer = window.setTimeout(() => !document.hidden && void next(), delayMs);
    };
    const read = async () => {
      const signal = anew();
      const reply = await source.read(zohoId, typed, signal);
      if (signal.aborted) return;
      setShown((before) => after(before, reply, typedKey));
      schedule(pollDelayMs(reply), reply.status === "ok" ? watch : read);
    };
    const watch = async () => {
      const signal = anew();
      const reply = await source.readProgress(zohoId, signal);
      if (signal.aborted) return;
      if (reply.status === "ok" && hasMoved(seen.current.view, reply.value)) return read();
      setShown((before) => withProgress(before, reply));
      schedule(pollDelayMs(reply), watch);
    };
    const readWhenSeen = () => schedule(0, read);
    document.addEventListener("visibilitychange", readWhenSeen);
    schedule(askedKey.current === typedKey ? 0 : DEBOUNCE_MS, read);
    askedKey.current = typedKey;
    return () => {
      asking.abort();
      clearTimeout(timer);
      document.removeEventListener("visibilitychange", readWhenSeen);
    };
  }, [source.read, zohoId, typedKey, change, paused, round]);

  return {
    ...shown,
    checkedNow: shown.checkedFor === typedKey,
    reload: () => setRound((before) => before + 1),
    show: (submission) => {
      setShown((before) => withSubmission(before, submission));
      setRound((before) => before + 1);
    },
  };
}

/** Another tab, the worker or a person at the device moved it: what may be sent and what may be done changed too. */
function hasMoved(view: InvoiceProgress | null, { submission }: InvoiceProgress): boolean {
  const before = view?.submission;
  return before?.id !== submission?.id || before?.state !== submission?.state;
}

function after<View>(before: Shown<View>, reply: Reply<View>, typedKey: string): Shown<View> {
  if (reply.status !== "ok") return { ...before, trouble: reply };
  return { view: reply.value, checkedFor: typedKey, trouble: null, answeredAt: new Date().toISOString() };
}

function withProgress<View>(before: Shown<View>, reply: Reply<InvoiceProgress>): Shown<View> {
  if (reply.status !== "ok") return { ...before, trouble: reply };
  const view = before.view && { ...before.view, ...reply.value };
  return { ...before, view, trouble: null, answeredAt: new Date().toISOString() };
}

/** What was judged before it is judged no more: what may be sent, and its sums, are read again. */
function withSubmission<View>(before: Shown<View>, submission: SubmissionView): Shown<View> {
  return before.view ? { ...before, view: { ...before.view, submission }, checkedFor: "" } : before;
}
