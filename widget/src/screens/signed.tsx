import type { InvoiceView } from "@fiscalise/shared/api/invoices.ts";
import type { ReceiptView } from "@fiscalise/shared/api/submissions.ts";
import { dashed } from "@fiscalise/shared/receipt.ts";
import type { ScreenWords } from "@fiscalise/shared/words/screens.ts";
import type { Api } from "../api.ts";
import { DraftDetails } from "../components/draft-details.tsx";
import { Heading } from "../components/heading.tsx";
import { Pairs } from "../components/pairs.tsx";
import { ReceiptCard } from "../components/receipt-card.tsx";
import { fill, useWords } from "../words.ts";
import { ReceiptActions } from "./receipt-actions.tsx";
import { WrittenBack } from "./written-back.tsx";

/** Opens PDFs too: in a file of its own, what both need would move into the first one (docs/decisions/007). */
export { Papers } from "./papers.tsx";

/** Fiscalised, and whether the invoice still is what was signed. */
export function Signed(props: { api: Api; view: InvoiceView; receipt: ReceiptView }) {
  const words = useWords();
  const { view, receipt } = props;
  const { refund } = view;
  const changed = view.changes.length > 0 && refund === null;
  const changes = view.changes.map((change) => changeWord(change, words)).join(", ");
  return (
    <>
      {refund ? (
        <Heading
          tone="quiet"
          icon="receipt"
          title={fill(refund.counter ? words.refundedTitle : words.refundingTitle, {
            number: refund.documentNumber,
          })}
        >
          {refund.counter && <p>{refund.counter}</p>}
          {refund.counter && <p>{words.refundedText}</p>}
        </Heading>
      ) : changed ? (
        <Heading tone="warn" icon="warning" title={words.changedTitle}>
          <p>{fill(words.changedText, { changes })}</p>
        </Heading>
      ) : (
        <Heading tone="good" icon="check" title={words.fiscalisedTitle}>
          <p>{view.document.customerName}</p>
        </Heading>
      )}
      {changed && (
        <details>
          <summary>{words.changedHow}</summary>
          <p>{words.changedRemedy}</p>
        </details>
      )}
      <ReceiptCard receipt={receipt} />
      <ReceiptActions api={props.api} receipt={receipt} actions={view.submission?.actions ?? []} />
      {view.submission && <WrittenBack api={props.api} submission={view.submission} />}
      {view.draft && !changed && <DraftDetails draft={view.draft} title={words.whatWasSent} />}
      <details>
        <summary>{words.receiptData}</summary>
        <Pairs
          pairs={[
            [words.mrcNumber, receipt.mrcNumber],
            [words.internalData, dashed(receipt.internalData)],
            ...(receipt.copies > 0 ? [[words.copiesMade, String(receipt.copies)] as const] : []),
          ]}
        />
      </details>
    </>
  );
}

function changeWord(change: InvoiceView["changes"][number], words: ScreenWords): string {
  return {
    currency: words.changeCurrency,
    total: words.changeTotal,
    date: words.changeDate,
    buyer: words.changeBuyer,
    lines: words.changeLines,
    void: words.changeVoid,
  }[change];
}
