import type { FiscaliseRequest, InvoiceProgress, InvoiceView } from "@fiscalise/shared/api/invoices.ts";
import type { SubmissionView } from "@fiscalise/shared/api/submissions.ts";
import { useEffect, useRef, useState } from "preact/hooks";
import type { Api, Reply, Trouble } from "../api.ts";
import { pollDelayMs } from "./sidebar-state.ts";

type Shown = {
  view: InvoiceView | null;
  /** The typed values `view.problems` were judged with. */
  checkedFor: string;
  trouble: Trouble | null;
  answeredAt: string;
};

export type Invoice = Shown & { checkedNow: boolean; reload(): void; show(submission: SubmissionView): void };

const DEBOUNCE_MS = 400;
const NOTHING: Shown = { view: null, checkedFor: "", trouble: null, answeredAt: "" };

/**
 * Loads the invoice, then watches its progress while visible, and not while a click is under way (its answer is newer).
 * The document itself is read again only when it may have changed: each reading costs one of Zoho's calls.
 */
export function useInvoice(
  api: Api,
  question: { zohoId: string; typed: FiscaliseRequest; change: number; paused: boolean },
): Invoice {
  const { zohoId, typed, change, paused } = question;
  const [shown, setShown] = useState(NOTHING);
  const [round, setRound] = useState(0);
  const typedKey = JSON.stringify(typed);
  const askedKey = useRef(typedKey);
  const seen = useRef(shown);
  seen.current = shown;

  useEffect(() => {
    if (paused) return;
    const controller = new AbortController();
    let timer = 0;
    const schedule = (delayMs: number, next: () => Promise<void>) => {
      clearTimeout(timer);
      timer = window.setTimeout(() => !document.hidden && void next(), delayMs);
    };
    const read = async () => {
      const reply = await api.readInvoice(zohoId, typed, controller.signal);
      if (controller.signal.aborted) return;
      setShown((before) => after(before, reply, typedKey));
      schedule(pollDelayMs(reply), reply.status === "ok" ? watch : read);
    };
    const watch = async () => {
      const reply = await api.readProgress(zohoId, controller.signal);
      if (controller.signal.aborted) return;
      if (reply.status === "ok" && hasMoved(seen.current.view, reply.value)) return read();
      setShown((before) => withProgress(before, reply));
      schedule(pollDelayMs(reply), watch);
    };
    const readWhenSeen = () => schedule(0, read);
    document.addEventListener("visibilitychange", readWhenSeen);
    schedule(askedKey.current === typedKey ? 0 : DEBOUNCE_MS, read);
    askedKey.current = typedKey;
    return () => {
      controller.abort();
      clearTimeout(timer);
      document.removeEventListener("visibilitychange", readWhenSeen);
    };
  }, [api, zohoId, typedKey, change, paused, round]);

  return {
    ...shown,
    checkedNow: shown.checkedFor === typedKey,
    reload: () => setRound(round + 1),
    show: (submission) => setShown((before) => withSubmission(before, submission)),
  };
}

/** Another tab, the worker or a person at the device moved it: what may be sent and what may be done changed too. */
function hasMoved(view: InvoiceView | null, { submission }: InvoiceProgress): boolean {
  const before = view?.submission;
  return before?.id !== submission?.id || before?.state !== submission?.state;
}

function after(before: Shown, reply: Reply<InvoiceView>, typedKey: string): Shown {
  if (reply.status !== "ok") return { ...before, trouble: reply };
  return { view: reply.value, checkedFor: typedKey, trouble: null, answeredAt: new Date().toISOString() };
}

function withProgress(before: Shown, reply: Reply<InvoiceProgress>): Shown {
  if (reply.status !== "ok") return { ...before, trouble: reply };
  const view = before.view && { ...before.view, ...reply.value };
  return { ...before, view, trouble: null, answeredAt: new Date().toISOString() };
}

function withSubmission(before: Shown, submission: SubmissionView): Shown {
  return before.view ? { ...before, view: { ...before.view, submission } } : before;
}
