import type { CreditNoteView } from "@fiscalise/shared/api/credit-notes.ts";
import { formatAmount, subtract } from "@fiscalise/shared/money.ts";
import { Notice } from "../components/notice.tsx";
import { refundWords } from "../refund-words.ts";
import { fill } from "../words.ts";

/** The lawful way, step by step: refund the whole, then a new invoice for what the buyer keeps. */
export function PartialRefund(props: {
  partial: NonNullable<CreditNoteView["partial"]>;
  note: CreditNoteView["document"];
}) {
  const { words } = refundWords();
  const { currencyCode, credited, sold } = props.partial;
  const currency = currencyCode ?? "";
  if (props.note.currencyCode !== currencyCode) {
    return (
      <Notice tone="warn" title={words.partialTitle}>
        <p>{fill(words.otherCurrency, { currency })}</p>
      </Notice>
    );
  }
  const values = {
    currency,
    credited: formatAmount(credited),
    sold: formatAmount(sold),
    rest: formatAmount(subtract(sold, credited)),
  };
  return (
    <Notice tone="warn" title={words.partialTitle}>
      <p>{fill(words.partialText, values)}</p>
      <ol class="ways">
        {words.partialSteps.map((step) => (
          <li>{fill(step, values)}</li>
        ))}
      </ol>
    </Notice>
  );
}
