import type { SaleDraft } from "@fiscalise/shared/api/invoices.ts";
import { formatAmount, formatDecimal } from "@fiscalise/shared/money.ts";
import { fill, useWords } from "../words.ts";

/** Every line as it goes to the device. */
export function DraftDetails(props: { draft: SaleDraft; title: string }) {
  const words = useWords();
  const { lines, exchangeRate } = props.draft;
  return (
    <details>
      <summary>
        {props.title} <span class="count">{lines.length}</span>
      </summary>
      <ul class="rows">
        {lines.map((line) => (
          <li>
            <div>
              <span class="name">{line.name}</span>
              <span class="minor">
                {formatDecimal(line.quantity)} × {formatAmount(line.unitPrice)}
                {Number(line.discount) > 0 &&
                  `, ${fill(words.discount, { amount: formatAmount(line.discount) })}`}
              </span>
            </div>
            <div class="figure">
              {formatAmount(line.total)}
              <span class="minor">{line.taxClass}</span>
            </div>
          </li>
        ))}
        {exchangeRate !== "1" && (
          <li>
            <div>{words.exchangeRate}</div>
            <div class="figure">{formatDecimal(exchangeRate)}</div>
          </li>
        )}
      </ul>
    </details>
  );
}
