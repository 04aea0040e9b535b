import { useWords } from "../words.ts";
import { Field } from "./field.tsx";

export type BuyerField = { value: string; valid: boolean; complaint: string | undefined };

export function BuyerFields(props: {
  customerTin: BuyerField | null;
  purchaseCode: BuyerField | null;
  onTyped: (field: "customerTin" | "purchaseCode", value: string) => void;
}) {
  const words = useWords();
  const { customerTin, purchaseCode } = props;
  return (
    <div class="fields">
      {customerTin && (
        <Field
          {...customerTin}
          label={words.buyerTin}
          help={words.buyerTinHelp}
          inputMode="numeric"
          onValue={(value) => props.onTyped("customerTin", value)}
        />
      )}
      {purchaseCode && (
        <Field
          {...purchaseCode}
          label={words.purchaseCode}
          help={words.purchaseCodeHelp}
          onValue={(value) => props.onTyped("purchaseCode", value)}
        />
      )}
    </div>
  );
}
