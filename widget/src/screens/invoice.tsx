import type { FiscaliseRequest, InvoiceView } from "@fiscalise/shared/api/invoices.ts";
import type { SubmissionView } from "@fiscalise/shared/api/submissions.ts";
import { useEffect, useMemo, useState } from "preact/hooks";
import { invoiceApi } from "../api.ts";
import { Heading } from "../components/heading.tsx";
import { Remarks } from "../components/remarks.tsx";
import { Skeleton } from "../components/skeleton.tsx";
import { useWords } from "../words.ts";
import { BeforeClick } from "./before-click.tsx";
import { lazy } from "./lazy.tsx";
import type { DocumentScreenProps } from "./sidebar.tsx";
import { sidebarState } from "./sidebar-state.ts";
import { InsteadOfInvoice } from "./trouble.tsx";
import { requestOf, type Typed } from "./typed.ts";
import { Queued, Sending, Unknown } from "./under-way.tsx";
import { useDocument } from "./use-document.ts";
import { useSubmit } from "./use-submit.ts";

const loadSigned = () => import("./signed.tsx").then((file) => file.Signed);
const Signed = lazy(loadSigned);
const Papers = lazy(() => import("./signed.tsx").then((file) => file.Papers));
const ReceiptMissing = lazy(() => import("./receipt-missing.tsx").then((file) => file.ReceiptMissing));

export function InvoiceScreen(props: DocumentScreenProps) {
  const { request: send, zoho, zohoId, change, onNotConnected } = props;
  const words = useWords();
  const api = useMemo(() => invoiceApi(send), [send]);
  const [typed, setTyped] = useState<Typed>({});
  const [paused, setPaused] = useState(false);
  const request = requestOf(typed);
  const invoice = useDocument<InvoiceView, FiscaliseRequest>(
    { read: api.readInvoice, readProgress: api.readProgress },
    { zohoId, typed: request, change, paused },
  );
  const { view, trouble } = invoice;
  const { underWay, remark, submit } = useSubmit({ onSubmission, onNotConnected });

  function onSubmission(submission: SubmissionView) {
    invoice.show(submission);
    if (submission.state === "fiscalised") zoho.refresh();
  }
  // Needed for most invoices: fetched while the invoice itself is asked for.
  useEffect(() => void loadSigned().catch(() => undefined), []);
  // The answer to a click is newer than any poll that was on its way.
  useEffect(() => setPaused(underWay !== null), [underWay]);
  useEffect(() => {
    if (trouble?.status === "not-connected") onNotConnected();
  }, [trouble]);

  if (!view) return trouble ? <InsteadOfInvoice trouble={trouble} onRetry={invoice.reload} /> : <Skeleton />;
  return (
    <>
      {underWay?.action === "fiscalise" ? <Sending view={view} since={underWay.since} /> : screenFor(view)}
      <Remarks stale={trouble !== null} answeredAt={invoice.answeredAt} view={view} remark={remark} />
    </>
  );

  function screenFor(shown: InvoiceView) {
    const { submission } = shown;
    switch (sidebarState(shown)) {
      case "fiscalised":
        return submission?.receipt && <Signed api={api} view={shown} receipt={submission.receipt} />;
      case "receipt-missing":
        return submission && <ReceiptMissing api={api} submission={submission} onStored={invoice.show} />;
      case "queued":
        return (
          submission && (
            <Queued
              view={shown}
              submission={submission}
              busy={underWay !== null}
              onWithdraw={() => void submit("withdraw", () => api.withdraw(submission.id))}
            />
          )
        );
      case "sending":
        return <Sending view={shown} since={Date.parse(submission?.stateSince ?? "")} />;
      case "superseded":
        return <Heading tone="quiet" icon="receipt" title={words.supersededTitle} />;
      case "unknown":
        return submission && <Unknown view={shown} submission={submission} />;
    }
    return (
      <BeforeClick
        view={shown}
        typed={typed}
        checked={invoice.checkedNow}
        onTyped={(field, value) => setTyped((before) => ({ ...before, [field]: value }))}
        onCheck={invoice.reload}
        papers={
          shown.papers.length > 0 && (
            <Papers api={api} path={`/invoices/${zohoId}`} offered={shown.papers} entry={request} />
          )
        }
        onFiscalise={() =>
          void submit("fiscalise", () => api.fiscalise(zohoId, request, crypto.randomUUID()))
        }
      />
    );
  }
}
