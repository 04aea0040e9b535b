import type { SubmissionSummary } from "@fiscalise/shared/api/figures.ts";
import type { SubmissionView } from "@fiscalise/shared/api/submissions.ts";
import { useState } from "preact/hooks";
import { readLatest, readSubmission } from "../../../api/figures.ts";
import { invoiceApi } from "../../../api.ts";
import type { Reply } from "../../../request.ts";
import { usePdf } from "../../use-pdf.ts";
import { useSettings } from "../settings-context.ts";
import { useAction } from "../use-action.ts";

type Sending = Record<"call" | "look", () => Promise<Reply<SubmissionView>>> & {
  /** Whether it became what was pressed for: it moves by itself too. */
  isDone: (now: SubmissionView) => boolean;
};

/** The one right thing to do with a document of the list. */
export function useDocumentAction(onMoved: (id: string, after: SubmissionSummary) => void) {
  const { request } = useSettings();
  const api = invoiceApi(request);
  const { pdf, open } = usePdf(api);
  const action = useAction();
  const [subject, setSubject] = useState<SubmissionSummary | null>(null);
  // Of which document `trouble` and `pdf` are: what was said of one is not shown below another.
  const [tried, setTried] = useState<string | null>(null);
  const [opened, setOpened] = useState<string | null>(null);

  async function act(document: SubmissionSummary) {
    setSubject(document);
    switch (document.action) {
      case "openPdf":
        return openPdf(document);
      case "withdraw":
        return send(document, {
          call: () => api.withdraw(document.id),
          look: () => readSubmission(request, document.id),
          isDone: ({ state }) => state === "withdrawn",
        });
      case "fiscaliseAgain":
        return send(document, {
          call: () => api.fiscalise(document.zohoDocumentId, {}, crypto.randomUUID()),
          look: () => readLatest(request, document.zohoDocumentId),
          isDone: ({ id }) => id !== document.id,
        });
    }
  }
  /** Where no yes came, what became of it is read; a refusal is said all the same. */
  async function send(document: SubmissionSummary, { call, look, isDone }: Sending) {
    const after = await run(document, async () => {
      const reply = await call();
      if (reply.status === "ok") return reply;
      const now = await look();
      if (now.status !== "ok") return reply;
      if (reply.status !== "problem" && isDone(now.value)) return now;
      moved(document, now.value);
      return reply;
    });
    moved(document, after);
  }
  function run<T>({ id }: SubmissionSummary, call: () => Promise<Reply<T>>) {
    setTried(id);
    return action.run(call);
  }
  async function openPdf(document: SubmissionSummary) {
    const { id, receipt } = document;
    if (!receipt) return;
    const fileName = `${receipt.counter.replace(/\W+/g, "-")}.pdf`;
    const done = await run(document, async () => {
      const trouble = await open(api.pdfPath(receipt.id), fileName);
      return trouble ?? { status: "ok" as const, value: true };
    });
    if (done) setOpened(id);
  }
  function moved(document: SubmissionSummary, after: SubmissionView | null) {
    if (!after) return;
    onMoved(document.id, summaryAfter(document, after));
    // The row goes by another id once it was fiscalised again; what was said of it is still below it.
    const { id } = after;
    setSubject((was) => (was?.id === document.id ? { ...was, id } : was));
    setTried((was) => (was === document.id ? id : was));
  }
  return {
    busy: action.busy,
    trouble: tried === subject?.id ? action.trouble : null,
    pdf: opened === subject?.id ? pdf : null,
    ...{ api, subject, act, moved },
    close: () => setSubject(null),
  };
}

function summaryAfter(before: SubmissionSummary, after: SubmissionView): SubmissionSummary {
  const { id, state, stateSince, createdAt, needsAttention, receipt, actions } = after;
  const action = (["openPdf", "adopt", "fiscaliseAgain", "withdraw"] as const).find((it) =>
    actions.includes(it),
  );
  return {
    ...before,
    ...{ id, state, stateSince, createdAt, needsAttention },
    receipt: receipt && { id: receipt.id, counter: receipt.counter, copies: receipt.copies },
    action: action ?? null,
  };
}
