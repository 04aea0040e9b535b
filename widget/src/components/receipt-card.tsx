import type { ReceiptView } from "@fiscalise/shared/api/submissions.ts";
import { formatAmount } from "@fiscalise/shared/money.ts";
import { dashed } from "@fiscalise/shared/receipt.ts";
import { fill, useWords } from "../words.ts";
import { CopyButton } from "./copy-button.tsx";
import { QrCode } from "./qr-code.tsx";

export function ReceiptCard(props: { receipt: ReceiptView }) {
  const words = useWords();
  const { receipt } = props;
  const signature = dashed(receipt.signature);
  return (
    <section class="receipt">
      <div class="top">
        <div>
          <p class="counter">{receipt.counter}</p>
          <p class="figure">
            <span class="minor">RWF</span>{" "}
            {formatAmount(receipt.counter.endsWith("R") ? `-${receipt.total}` : receipt.total)}
          </p>
          <p class="minor">{fill(words.includedVat, { amount: formatAmount(receipt.tax) })}</p>
        </div>
        <QrCode text={receipt.qrText} />
      </div>
      <dl class="pairs">
        <div>
          <dt>{words.signedAt}</dt>
          <dd>{receipt.issuedAt}</dd>
        </div>
        <div>
          <dt>{words.sdcId}</dt>
          <dd>{receipt.sdcId}</dd>
        </div>
        <div>
          <dt>{words.signature}</dt>
          <dd class="code">
            <span>{signature}</span>
            <CopyButton text={signature} label={words.signature} />
          </dd>
        </div>
      </dl>
      {receipt.source !== "device" && <p class="minor">{words[receipt.source]}</p>}
    </section>
  );
}
