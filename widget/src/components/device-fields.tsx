import type { LINE_ARITHMETICS } from "@fiscalise/shared/api/devices.ts";
import type { Trouble } from "../request.ts";
import { type DeviceDraft, isWellFormed } from "../screens/settings/device/device-draft.ts";
import { complaintOf } from "../screens/settings/use-action.ts";
import { useSettingsWords } from "../settings-words.ts";
import { SelectField } from "./select-field.tsx";
import { TextField } from "./text-field.tsx";

type LineArithmetic = (typeof LINE_ARITHMETICS)[number];

export function DeviceFields(props: {
  draft: DeviceDraft;
  onDraft: (draft: DeviceDraft) => void;
  trouble: Trouble | null;
}) {
  const words = useSettingsWords();
  const { draft, onDraft } = props;
  const field = (name: "baseUrl" | "branchId" | "serial") => ({
    value: draft[name],
    required: true,
    valid: isWellFormed(name, draft),
    complaint: complaintOf(props.trouble, name),
    onValue: (value: string) => onDraft({ ...draft, [name]: value }),
  });
  return (
    <>
      <TextField
        {...field("baseUrl")}
        label={words.deviceAddress}
        type="url"
        maxLength={500}
        help={<p>{words.deviceAddressHelp}</p>}
      />
      <TextField
        {...field("branchId")}
        label={words.branch}
        inputMode="numeric"
        maxLength={2}
        help={<p>{words.branchHelp}</p>}
      />
      <TextField {...field("serial")} label={words.serial} maxLength={100} help={<p>{words.serialHelp}</p>} />
      <details class="more">
        <summary>{words.more}</summary>
        <SelectField<LineArithmetic>
          label={words.lineArithmetic}
          value={draft.lineArithmetic}
          options={[
            ["natural", words.lineNatural],
            ["exact", words.lineExact],
          ]}
          help={<p>{words.lineArithmeticHelp}</p>}
          onValue={(lineArithmetic) => onDraft({ ...draft, lineArithmetic })}
        />
      </details>
    </>
  );
}
