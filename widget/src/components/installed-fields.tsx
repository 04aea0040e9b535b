import type { Trouble } from "../request.ts";
import { firstNumberHere, type InstalledDraft } from "../screens/settings/device/installed-draft.ts";
import { complaintOf } from "../screens/settings/use-action.ts";
import { useSettingsWords } from "../settings-words.ts";
import { fill } from "../words.ts";
import { SelectField } from "./select-field.tsx";
import { TextField } from "./text-field.tsx";

/** What a device that was set up before does not say again. */
export function InstalledFields(props: {
  draft: InstalledDraft;
  onDraft: (draft: InstalledDraft) => void;
  trouble: Trouble | null;
}) {
  const words = useSettingsWords();
  const { draft, onDraft } = props;
  const first = firstNumberHere(draft);
  return (
    <>
      <TextField
        label={words.lastNumber}
        value={draft.lastInvoiceNumber}
        required
        valid={first !== null}
        inputMode="numeric"
        maxLength={15}
        complaint={complaintOf(props.trouble, "installed.lastInvoiceNumber")}
        help={
          <>
            <p>{words.lastNumberHelp}</p>
            {first && <p>{fill(words.firstHere, { number: first })}</p>}
          </>
        }
        onValue={(lastInvoiceNumber) => onDraft({ ...draft, lastInvoiceNumber })}
      />
      <SelectField<InstalledDraft["vatRegistered"]>
        label={words.vatRegistered}
        value={draft.vatRegistered}
        required
        options={[
          ["", words.pleaseChoose],
          ["yes", words.yes],
          ["no", words.no],
        ]}
        help={<p>{words.vatRegisteredHelp}</p>}
        onValue={(vatRegistered) => onDraft({ ...draft, vatRegistered })}
      />
    </>
  );
}
