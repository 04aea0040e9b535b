import type { CreditNoteView, RefundRequest } from "@fiscalise/shared/api/credit-notes.ts";
import type { SubmissionView } from "@fiscalise/shared/api/submissions.ts";
import { useEffect, useMemo, useState } from "preact/hooks";
import { creditNoteApi } from "../api/credit-notes.ts";
import { invoiceApi } from "../api.ts";
import { Heading } from "../components/heading.tsx";
import { Remarks } from "../components/remarks.tsx";
import { Skeleton } from "../components/skeleton.tsx";
import { useWords } from "../words.ts";
import { Papers } from "./papers.tsx";
import { ReceiptMissing } from "./receipt-missing.tsx";
import { RefundBefore } from "./refund-before.tsx";
import { Refunded } from "./refunded.tsx";
import type { DocumentScreenProps } from "./sidebar.tsx";
import { InsteadOfInvoice } from "./trouble.tsx";
import { Queued, type SaleView, Sending, Unknown } from "./under-way.tsx";
import { useDocument } from "./use-document.ts";
import { useSubmit } from "./use-submit.ts";

export function CreditNoteScreen(props: DocumentScreenProps) {
  const { request, zoho, zohoId, change, onNotConnected } = props;
  const words = useWords();
  const api = useMemo(() => ({ ...invoiceApi(request), note: creditNoteApi(request) }), [request]);
  const [chosen, setChosen] = useState<RefundRequest>({});
  const { underWay, remark, submit } = useSubmit({ onSubmission, onNotConnected });
  // The answer to a click is newer than any poll that was on its way.
  const question = { zohoId, typed: chosen, change, paused: underWay !== null };
  const watched = useDocument<CreditNoteView, RefundRequest>(api.note, question);
  const { view, trouble } = watched;

  function onSubmission(submission: SubmissionView) {
    watched.show(submission);
    if (submission.state === "fiscalised") zoho.refresh();
  }
  useEffect(() => {
    if (trouble?.status === "not-connected") onNotConnected();
  }, [trouble]);

  if (!view) return trouble ? <InsteadOfInvoice trouble={trouble} onRetry={watched.reload} /> : <Skeleton />;
  return (
    <>
      {underWay?.action === "fiscalise" ? (
        <Sending view={saleView(view)} since={underWay.since} />
      ) : (
        screenFor(view)
      )}
      <Remarks stale={trouble !== null} answeredAt={watched.answeredAt} view={view} remark={remark} />
    </>
  );

  function screenFor(shown: CreditNoteView) {
    const { submission } = shown;
    switch (submission?.state) {
      case "fiscalised":
        return (
          submission.receipt && (
            <Refunded api={api} view={shown} submission={submission} receipt={submission.receipt} />
          )
        );
      case "receipt-missing":
        return <ReceiptMissing api={api} submission={submission} onStored={watched.show} />;
      case "queued":
        return (
          <Queued
            view={saleView(shown)}
            submission={submission}
            busy={underWay !== null}
            onWithdraw={() => void submit("withdraw", () => api.withdraw(submission.id))}
          />
        );
      case "sending":
        return <Sending view={saleView(shown)} since={Date.parse(submission.stateSince)} />;
      case "unknown":
        return <Unknown view={saleView(shown)} submission={submission} />;
      case "superseded":
        return <Heading tone="quiet" icon="receipt" title={words.supersededTitle} />;
    }
    return (
      <RefundBefore
        view={shown}
        chosen={chosen}
        checked={watched.checkedNow}
        onChosen={(choice) => setChosen((before) => ({ ...before, ...choice }))}
        onCheck={watched.reload}
        papers={<Papers api={api} path={`/credit-notes/${zohoId}`} offered={shown.papers} entry={chosen} />}
        onRefund={() => void submit("fiscalise", () => api.note.refund(zohoId, chosen, crypto.randomUUID()))}
      />
    );
  }
}

function saleView(view: CreditNoteView): SaleView {
  return { ...view, buyer: { tin: null, purchaseCode: null } };
}
