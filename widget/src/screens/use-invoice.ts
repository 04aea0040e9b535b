import type { FiscaliseRequest, InvoiceView } from "@fiscalise/shared/api/invoices.ts";
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

/** Loads the invoice and keeps it current: while visible, and not while a click is under way (its answer is newer). */
export function useInvoice(
  api: Api,
  question: { zohoId: string; typed: FiscaliseRequest; change: number; paused: boolean },
): Invoice {
  const { zohoId, typed, change, paused } = question;
  const [shown, setShown] = useState(NOTHING);
  const [round, setRound] = useState(0);
  const typedKey = JSON.stringify(typed);
  const askedKey = useRef(typedKey);

  useEffect(() => {
    if (paused) return;
    const controller = new AbortController();
    let timer = 0;
    const schedule = (delayMs: number) => {
      clearTimeout(timer);
      timer = window.setTimeout(() => void ask(), delayMs);
    };
    const ask = async () => {
      if (document.hidden) return;
      const reply = await api.readInvoice(zohoId, typed, controller.signal);
      if (controller.signal.aborted) return;
      setShown((before) => after(before, reply, typedKey));
      schedule(pollDelayMs(reply));
    };
    const askWhenSeen = () => !document.hidden && schedule(0);
    document.addEventListener("visibilitychange", askWhenSeen);
    schedule(askedKey.current === typedKey ? 0 : DEBOUNCE_MS);
    askedKey.current = typedKey;
    return () => {
      controller.abort();
      clearTimeout(timer);
      document.removeEventListener("visibilitychange", askWhenSeen);
    };
  }, [api, zohoId, typedKey, change, paused, round]);

  return {
    ...shown,
    checkedNow: shown.checkedFor === typedKey,
    reload: () => setRound(round + 1),
    show: (submission) => setShown((before) => withSubmission(before, submission)),
  };
}

function after(before: Shown, reply: Reply<InvoiceView>, typedKey: string): Shown {
  if (reply.status !== "ok") return { ...before, trouble: reply };
  return { view: reply.value, checkedFor: typedKey, trouble: null, answeredAt: new Date().toISOString() };
}

function withSubmission(before: Shown, submission: SubmissionView): Shown {
  return before.view ? { ...before, view: { ...before.view, submission } } : before;
}
