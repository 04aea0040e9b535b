import type { Problem } from "../problem.ts";
import { type Entry, type EntryField, fieldIsWellFormed } from "../screens/adopt-entry.ts";
import { fill, useWords } from "../words.ts";
import { Field } from "./field.tsx";

export function AdoptFields(props: {
  entry: Entry;
  complaints: NonNullable<Problem["fields"]>;
  onField: (field: EntryField, value: string) => void;
}) {
  const words = useWords();
  const { entry } = props;
  const fields: Record<EntryField, { label: string; help: string }> = {
    receiptNumber: { label: words.receiptNumber, help: fill(words.numberHelp, { place: words.first }) },
    totalNumber: { label: words.totalNumber, help: fill(words.numberHelp, { place: words.second }) },
    issuedAt: { label: words.signedAt, help: words.signedAtHelp },
    sdcId: { label: words.sdcId, help: words.sdcIdHelp },
    mrcNumber: { label: words.mrcNumber, help: words.mrcHelp },
    internalData: { label: words.internalData, help: words.internalDataHelp },
    signature: { label: words.signature, help: words.signatureHelp },
  };
  return (
    <div class="fields">
      {(Object.keys(fields) as EntryField[]).map((name) => (
        <Field
          key={name}
          {...fields[name]}
          inputMode={name.endsWith("Number") && name !== "mrcNumber" ? "numeric" : "text"}
          value={entry[name]}
          valid={fieldIsWellFormed(name, entry)}
          complaint={props.complaints.find(({ path }) => path === name)?.message}
          onValue={(value) => props.onField(name, value)}
        />
      ))}
    </div>
  );
}
