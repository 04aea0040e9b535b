import type { InvoiceView } from "@fiscalise/shared/api/invoices.ts";
import { formatAmount, formatDecimal } from "@fiscalise/shared/money.ts";
import { fill, useWords } from "../words.ts";

/** Buyer, tax by class and total: what she checks before the click. */
export function Facts(props: {
  view: Pick<InvoiceView, "document" | "draft" | "buyer">;
  typedTin?: string | undefined;
}) {
  const words = useWords();
  const { document, draft, buyer } = props.view;
  const tin = props.typedTin || buyer.tin;
  const total = draft?.total ?? document.total;
  const classes = draft?.taxTotals.filter((tax) => /[1-9]/.test(tax.taxable)) ?? [];
  return (
    <dl class="facts">
      <div>
        <dt>{words.buyer}</dt>
        <dd>
          <span class="name">{document.customerName ?? words.noName}</span>
          {tin && (
            <span class="minor">
              {words.tin} {tin}
            </span>
          )}
        </dd>
      </div>
      {classes.map((tax) => (
        <div>
          <dt>{fill(words.taxClass, { class: tax.taxClass, rate: formatDecimal(tax.ratePercent) })}</dt>
          <dd class="figure">
            {formatAmount(tax.taxable)}
            <span class="minor">{fill(words.includedVat, { amount: formatAmount(tax.tax) })}</span>
          </dd>
        </div>
      ))}
      {total && (
        <div class="sum">
          <dt>{words.total}</dt>
          <dd class="figure">
            <span>{draft ? "RWF" : document.currencyCode}</span> {formatAmount(total)}
            {draft && classes.length > 1 && (
              <span class="minor">{fill(words.includedVat, { amount: formatAmount(draft.tax) })}</span>
            )}
          </dd>
        </div>
      )}
    </dl>
  );
}
