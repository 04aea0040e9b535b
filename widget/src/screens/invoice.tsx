import type { InvoiceView } from "@fiscalise/shared/api/invoices.ts";
import type { SubmissionView } from "@fiscalise/shared/api/submissions.ts";
import { useEffect, useState } from "preact/hooks";
import type { Api } from "../api.ts";
import { Heading } from "../components/heading.tsx";
import { Notice } from "../components/notice.tsx";
import { Skeleton } from "../components/skeleton.tsx";
import { clockTime, fill, useWords } from "../words.ts";
import type { Zoho } from "../zoho-sdk.ts";
import { BeforeClick } from "./before-click.tsx";
import { lazy } from "./lazy.tsx";
import { sidebarState } from "./sidebar-state.ts";
import { InsteadOfInvoice } from "./trouble.tsx";
import { requestOf, type Typed } from "./typed.ts";
import { Queued, Sending, Unknown } from "./under-way.tsx";
import { useInvoice } from "./use-invoice.ts";
import { useSubmit } from "./use-submit.ts";

const loadSigned = () => import("./signed.tsx").then((file) => file.Signed);
const Signed = lazy(loadSigned);
const ReceiptMissing = lazy(() => import("./receipt-missing.tsx").then((file) => file.ReceiptMissing));

export function InvoiceScreen(props: {
  api: Api;
  zoho: Zoho;
  zohoId: string;
  change: number;
  onNotConnected: () => void;
}) {
  const { api, zoho, zohoId, change, onNotConnected } = props;
  const words = useWords();
  const [typed, setTyped] = useState<Typed>({});
  const [paused, setPaused] = useState(false);
  const request = requestOf(typed);
  const invoice = useInvoice(api, { zohoId, typed: request, change, paused });
  const { view, trouble } = invoice;
  const { underWay, remark, submit } = useSubmit({ onSubmission, onNotConnected });

  function onSubmission(submission: SubmissionView) {
    invoice.show(submission);
    if (submission.state === "fiscalised") zoho.refreshInvoice();
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
      {trouble && (
        <Notice tone="warn">
          <p>{fill(words.stale, { time: clockTime(invoice.answeredAt) })}</p>
        </Notice>
      )}
      {remark?.kind === "lost" && (
        <Notice tone="warn">
          <p>{words.lostClick}</p>
        </Notice>
      )}
      {remark?.kind === "problem" && (
        <Notice tone="bad" title={remark.problem.title}>
          <p>{remark.problem.remedy}</p>
        </Notice>
      )}
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
        onFiscalise={() =>
          void submit("fiscalise", () => api.fiscalise(zohoId, request, crypto.randomUUID()))
        }
      />
    );
  }
}
