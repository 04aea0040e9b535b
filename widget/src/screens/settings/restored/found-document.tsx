import type { CreditNoteView, RefundRequest } from "@fiscalise/shared/api/credit-notes.ts";
import type { FiscaliseRequest, InvoiceView } from "@fiscalise/shared/api/invoices.ts";
import type { SettleLostNumber } from "@fiscalise/shared/api/restored-device.ts";
import { formatAmount } from "@fiscalise/shared/money.ts";
import { RESUBMITTABLE_STATES } from "@fiscalise/shared/receipt.ts";
import type { ComponentChildren } from "preact";
import { useState } from "preact/hooks";
import { creditNoteApi } from "../../../api/credit-notes.ts";
import { settleLost } from "../../../api/restored.ts";
import { invoiceApi } from "../../../api.ts";
import { BuyerFields } from "../../../components/buyer-fields.tsx";
import { Pairs } from "../../../components/pairs.tsx";
import { ProblemList } from "../../../components/problem-list.tsx";
import { TroubleNotice } from "../../../components/trouble-notice.tsx";
import { restoredWords } from "../../../restored-words.ts";
import { type AllSettingsWords, useSettingsWords } from "../../../settings-words.ts";
import { fill } from "../../../words.ts";
import { ASKED_BY_FIELD, RefundChoices } from "../../refund-choices.tsx";
import { isWellFormed, type TypedField } from "../../typed.ts";
import { useSettings } from "../settings-context.ts";
import { type Loaded, useLoad } from "../use-load.ts";
import { useSettled } from "../use-typed.ts";
import { inTheWay, nameOf, type SettlingProps, takingBack, useSettling } from "./settling.ts";

type FoundProps = SettlingProps & { zohoId: string; onAnother: () => void };

export function LostInvoice(props: FoundProps) {
  const { request } = useSettings();
  const [entry, setEntry] = useState<FiscaliseRequest>({});
  const { zohoId, number } = props;
  const key = useSettled(JSON.stringify(entry));
  const found = useLoad((signal) => invoiceApi(request).readInvoice(zohoId, entry, signal), key);
  const asks = (field: TypedField) => {
    const value = entry[field] ?? "";
    if (value === "" && !found.value?.inputs.includes(field)) return null;
    return { value, valid: isWellFormed(field, value), complaint: undefined };
  };
  const fields = { customerTin: asks("customerTin"), purchaseCode: asks("purchaseCode") };
  return (
    <Found
      {...props}
      found={found}
      problems={found.value?.problems ?? []}
      isChecked={found.isCurrent && key === JSON.stringify(entry)}
      settled={{ number, as: "invoice", zohoId, entry }}
    >
      {(fields.customerTin || fields.purchaseCode) && (
        <BuyerFields {...fields} onTyped={(field, value) => setEntry(withTyped(entry, field, value))} />
      )}
    </Found>
  );
}

export function LostCreditNote(props: FoundProps) {
  const { request } = useSettings();
  const [entry, setEntry] = useState<RefundRequest>({});
  const { zohoId, number } = props;
  const key = useSettled(JSON.stringify(entry));
  const found = useLoad((signal) => creditNoteApi(request).read(zohoId, entry, signal), key);
  const problems = found.value?.problems ?? [];
  return (
    <Found
      {...props}
      found={found}
      problems={problems.filter(({ code }) => !ASKED_BY_FIELD.includes(code))}
      isChecked={found.isCurrent && key === JSON.stringify(entry) && problems.length === 0}
      settled={{ number, as: "credit-note", zohoId, entry }}
    >
      {found.value && (
        <RefundChoices
          view={found.value}
          chosen={entry}
          onChosen={(choice) => setEntry({ ...entry, ...choice })}
        />
      )}
    </Found>
  );
}

/** The document as Zoho has it, what stands against it, and the one confirmation. */
function Found(
  props: FoundProps & {
    found: Loaded<InvoiceView | CreditNoteView>;
    problems: InvoiceView["problems"];
    isChecked: boolean;
    settled: SettleLostNumber;
    children: ComponentChildren;
  },
) {
  const words = restoredWords();
  const all = useSettingsWords();
  const { request } = useSettings();
  const { busy, trouble, run } = useSettling(props.onStale);
  const { found, problems, number, settled } = props;
  const view = found.value;
  const holder = view?.submission?.invoiceNumber === number ? null : props.holder;
  const taken = view && (takenBy(view, props) ?? inTheWay(holder));
  const named = view?.document.number ?? props.zohoId;

  async function settle() {
    const answer = await run(() => settleLost(request, { ...settled, ...takingBack(holder) }));
    if (answer) props.onSettled(answer, fill(words.saidDocument, { number, document: named }));
  }
  return (
    <>
      <TroubleNotice trouble={found.trouble} onRetry={found.reload} />
      {view ? <Pairs pairs={factsOf(view, all)} /> : !found.trouble && <div class="bone facts" />}
      {taken && <p class="wrong">{taken}</p>}
      {view && !taken && (
        <>
          {problems.length > 0 && <ProblemList problems={problems} />}
          {props.children}
          {holder && <p class="wrong">{fill(words.takesBack, { document: nameOf(holder) })}</p>}
          <p class="help">{words.settleText}</p>
        </>
      )}
      <TroubleNotice trouble={trouble} />
      <div class="form-end">
        {view && !taken && (
          <button
            type="button"
            class="primary narrow"
            disabled={busy || !props.isChecked || problems.length > 0 || found.trouble !== null}
            onClick={() => void settle()}
          >
            {fill(words.settle, { document: named, number })}
          </button>
        )}
        <button type="button" class="secondary narrow" disabled={busy} onClick={props.onAnother}>
          {words.another}
        </button>
        <button type="button" class="secondary narrow" disabled={busy} onClick={props.onCancel}>
          {all.cancel}
        </button>
      </div>
    </>
  );
}

/** Why the number cannot be this document's; one that stands under it already may be confirmed. */
function takenBy(
  { submission }: InvoiceView | CreditNoteView,
  { number: other, openNumbers }: FoundProps,
): string | null {
  if (!submission || RESUBMITTABLE_STATES.some((state) => state === submission.state)) return null;
  const words = restoredWords();
  const { invoiceNumber: number, state } = submission;
  if (number === other) return null;
  if (number === null) return words.taken;
  // Without its receipt it may be taken back from under that number.
  const isUnsettled = state === "receipt-missing" && openNumbers.includes(number);
  return fill(isUnsettled ? words.takenFirst : words.takenBy, { number, other });
}

function factsOf({ document }: InvoiceView | CreditNoteView, words: AllSettingsWords): [string, string][] {
  const { number, date, customerName, currencyCode, total } = document;
  return [
    [words.document, number],
    [restoredWords().customer, customerName ?? "–"],
    [words.date, date ?? "–"],
    [words.total, total === null ? "–" : `${currencyCode ?? ""} ${formatAmount(total)}`],
  ];
}

/** A field she emptied is not typed. */
function withTyped(entry: FiscaliseRequest, field: TypedField, value: string): FiscaliseRequest {
  const { [field]: _, ...others } = entry;
  return value === "" ? others : { ...others, [field]: value };
}
