import type { AdoptResponse } from "@fiscalise/shared/api/submissions.ts";
import { dashed } from "@fiscalise/shared/receipt.ts";
import { useWords } from "../words.ts";
import { Pairs } from "./pairs.tsx";

export function Understood(props: {
  understood: AdoptResponse["understood"];
  busy: boolean;
  onStore: () => void;
  onChange: () => void;
}) {
  const words = useWords();
  const { counter, issuedAt, sdcId, mrcNumber, internalData, signature } = props.understood;
  return (
    <>
      <p>{words.understoodText}</p>
      <Pairs
        pairs={[
          [words.receiptNumber, counter],
          [words.signedAt, issuedAt],
          [words.sdcId, sdcId],
          [words.mrcNumber, mrcNumber],
          [words.internalData, dashed(internalData)],
          [words.signature, dashed(signature)],
        ]}
      />
      <div class="actions">
        <button type="button" class="primary" disabled={props.busy} onClick={props.onStore}>
          {words.storeReceipt}
        </button>
        <button type="button" class="secondary" disabled={props.busy} onClick={props.onChange}>
          {words.change}
        </button>
      </div>
    </>
  );
}
