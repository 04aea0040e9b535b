import type { CreditNoteView, Refundable, RefundRequest } from "@fiscalise/shared/api/credit-notes.ts";
import { formatAmount } from "@fiscalise/shared/money.ts";
import { REFUND_REASONS, type RefundReason } from "@fiscalise/shared/refund.ts";
import { Field } from "../components/field.tsx";
import { type Option, SelectField } from "../components/select-field.tsx";
import { refundWords } from "../refund-words.ts";
import { isWellFormed } from "./typed.ts";

/** What a choice here mends is asked for by its field, not listed as a problem. */
export const ASKED_BY_FIELD: readonly string[] = ["original-ambiguous", "refund-reason-missing"];

/** Which receipt a credit note refunds, and why. */
export function RefundChoices(props: {
  view: CreditNoteView;
  chosen: RefundRequest;
  onChosen: (choice: RefundRequest) => void;
}) {
  const { words, reasons } = refundWords();
  const { view, chosen } = props;
  const { original, candidates } = view;
  const code = chosen.purchaseCode ?? "";
  const reasonOptions: Option<RefundReason | "">[] = [
    ["", words.chooseReason],
    ...REFUND_REASONS.map((reason) => [reason, `${reason} ${reasons[reason]}`] as const),
  ];
  return (
    <div class="fields">
      <SelectField
        label={words.original}
        value={original?.zohoInvoiceId ?? ""}
        options={originalOptions(view, words.chooseOriginal)}
        help={candidates.length === 0 && !original ? words.noCandidates : words.originalHelp}
        onValue={(id) => props.onChosen(id === "" ? {} : { originalInvoiceId: id })}
      />
      <SelectField
        label={words.reason}
        value={chosen.refundReason ?? ""}
        options={reasonOptions}
        help={words.reasonHelp}
        onValue={(reason) => reason !== "" && props.onChosen({ refundReason: reason })}
      />
      {(view.inputs.includes("purchaseCode") || code !== "") && (
        <Field
          label={words.purchaseCode}
          help={words.purchaseCodeHelp}
          value={code}
          valid={code === "" || isWellFormed("purchaseCode", code)}
          onValue={(purchaseCode) => props.onChosen({ purchaseCode })}
        />
      )}
    </div>
  );
}

function originalOptions({ original, candidates }: CreditNoteView, nothing: string): Option<string>[] {
  const known = candidates.some(({ zohoInvoiceId }) => zohoInvoiceId === original?.zohoInvoiceId);
  const all = original && !known ? [original, ...candidates] : candidates;
  return [["", nothing], ...all.map((each) => [each.zohoInvoiceId, nameOf(each)] as const)];
}

function nameOf({ documentNumber, counter, total }: Refundable): string {
  return [documentNumber, counter, formatAmount(total)].filter(Boolean).join(" · ");
}
