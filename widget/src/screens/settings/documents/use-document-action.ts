import type { SubmissionSummary } from "@fiscalise/shared/api/figures.ts";
import type { SubmissionView } from "@fiscalise/shared/api/submissions.ts";
import { useState } from "preact/hooks";
import { invoiceApi } from "../../../api.ts";
import { usePdf } from "../../use-pdf.ts";
import { useSettings } from "../settings-context.ts";
import { type Action, useAction } from "../use-action.ts";

/** The one right thing to do with a document of the list. */
export function useDocumentAction(onMoved: (id: string, after: SubmissionSummary) => void) {
  const { request } = useSettings();
  const api = invoiceApi(request);
  const { pdf, open } = usePdf(api);
  const action: Action = useAction();
  const [subject, setSubject] = useState<SubmissionSummary | null>(null);

  async function act(document: SubmissionSummary) {
    setSubject(document);
    switch (document.action) {
      case "openPdf":
        return openPdf(document);
      case "withdraw":
        return moved(document, await action.run(() => api.withdraw(document.id)));
      case "fiscaliseAgain": {
        const again = () => api.fiscalise(document.zohoDocumentId, {}, crypto.randomUUID());
        return moved(document, await action.run(again));
      }
    }
  }
  async function openPdf({ receipt }: SubmissionSummary) {
    if (!receipt) return;
    const fileName = `${receipt.counter.replace(/\W+/g, "-")}.pdf`;
    await action.run(async () => {
      const trouble = await open(api.pdfPath(receipt.id), fileName);
      return trouble ?? { status: "ok" as const, value: true };
    });
  }
  function moved(document: SubmissionSummary, after: SubmissionView | null) {
    if (after) onMoved(document.id, summaryAfter(document, after));
  }
  return { ...action, api, pdf, subject, act, moved, close: () => setSubject(null) };
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
