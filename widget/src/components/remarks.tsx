import type { InvoiceProgress } from "@fiscalise/shared/api/invoices.ts";
import type { Remark } from "../screens/use-submit.ts";
import { clockTime, fill, useWords } from "../words.ts";
import { Notice } from "./notice.tsx";

/** Beside the state: that it may be old, and what an action came to that did not simply work. */
export function Remarks(props: {
  stale: boolean;
  answeredAt: string;
  view: InvoiceProgress;
  remark: Remark;
}) {
  const words = useWords();
  // What did not work at a click is past once the document is signed, by whomever.
  const remark = props.view.submission?.state === "fiscalised" ? null : props.remark;
  return (
    <>
      {props.stale && (
        <Notice tone="warn">
          <p>{fill(words.stale, { time: clockTime(props.answeredAt) })}</p>
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
}
