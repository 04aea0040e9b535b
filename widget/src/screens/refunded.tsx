import type { CreditNoteView } from "@fiscalise/shared/api/credit-notes.ts";
import type { ReceiptView, SubmissionView } from "@fiscalise/shared/api/submissions.ts";
import { dashed } from "@fiscalise/shared/receipt.ts";
import type { RefundWords } from "@fiscalise/shared/words/refunds.ts";
import type { Api } from "../api.ts";
import { DraftDetails } from "../components/draft-details.tsx";
import { Heading } from "../components/heading.tsx";
import { Pairs } from "../components/pairs.tsx";
import { ReceiptCard } from "../components/receipt-card.tsx";
import { refundWords } from "../refund-words.ts";
import { fill, useWords } from "../words.ts";
import { ReceiptActions } from "./receipt-actions.tsx";
import { WrittenBack } from "./written-back.tsx";

/** Signed: the refund's own receipt, and whether the credit note still is what was refunded. */
export function Refunded(props: {
  api: Api;
  view: CreditNoteView;
  submission: SubmissionView;
  receipt: ReceiptView;
}) {
  const common = useWords();
  const { words, reasons } = refundWords();
  const { view, receipt, submission } = props;
  const { original, refundReason, changes } = view;
  const said = fill(original?.counter ? words.refundedText : words.refundedTextPlain, {
    counter: original?.counter ?? "",
    number: original?.documentNumber ?? "",
  });
  return (
    <>
      {changes.length > 0 ? (
        <Heading tone="warn" icon="warning" title={words.changedTitle}>
          <p>
            {fill(words.changedText, { changes: changes.map((each) => changeWord(each, words)).join(", ") })}
          </p>
          <p>{words.changedRemedy}</p>
        </Heading>
      ) : (
        <Heading tone="good" icon="check" title={words.refundedTitle}>
          <p>{said}</p>
        </Heading>
      )}
      <ReceiptCard receipt={receipt} />
      <ReceiptActions api={props.api} receipt={receipt} actions={submission.actions} />
      <WrittenBack api={props.api} submission={submission} />
      {view.draft && <DraftDetails draft={view.draft} title={common.whatWasSent} />}
      <details>
        <summary>{common.receiptData}</summary>
        <Pairs
          pairs={[
            ...(refundReason ? [[words.reasonGiven, reasons[refundReason]] as const] : []),
            [common.mrcNumber, receipt.mrcNumber],
            [common.internalData, dashed(receipt.internalData)],
          ]}
        />
      </details>
    </>
  );
}

function changeWord(change: CreditNoteView["changes"][number], words: RefundWords): string {
  return {
    currency: words.changeCurrency,
    total: words.changeTotal,
    date: words.changeDate,
    void: words.changeVoid,
  }[change];
}
