import type { Language } from "@fiscalise/shared/problem.ts";
import type { Trouble } from "../request.ts";
import { type CompanyDraft, isWellFormed } from "../screens/settings/config/company-draft.ts";
import { complaintOf } from "../screens/settings/use-action.ts";
import { useSettingsWords } from "../settings-words.ts";
import { SelectField } from "./select-field.tsx";
import { TextField } from "./text-field.tsx";

/** Their own names, whatever the page's language is. */
export const LANGUAGE_NAMES: readonly (readonly [Language, string])[] = [
  ["en", "English"],
  ["fr", "Français"],
  ["rw", "Ikinyarwanda"],
];

export function CompanyFields(props: {
  draft: CompanyDraft;
  onDraft: (draft: CompanyDraft) => void;
  trouble: Trouble | null;
  /** Before each field's name in the server's complaints. */
  path: "" | "company.";
}) {
  const words = useSettingsWords();
  const { draft } = props;
  const field = (name: "name" | "email" | "phone" | "address") => ({
    value: draft[name],
    required: true,
    valid: isWellFormed(name, draft),
    complaint: complaintOf(props.trouble, props.path + name),
    onValue: (value: string) => props.onDraft({ ...draft, [name]: value }),
  });
  return (
    <>
      <TextField {...field("name")} label={words.companyName} autocomplete="organization" maxLength={100} />
      <TextField
        {...field("address")}
        label={words.address}
        autocomplete="street-address"
        maxLength={200}
        rows={2}
      />
      <TextField
        {...field("phone")}
        label={words.phone}
        type="tel"
        autocomplete="tel"
        maxLength={20}
        help={<p>{words.phoneHelp}</p>}
      />
      <TextField {...field("email")} label={words.email} type="email" autocomplete="email" maxLength={254} />
      <SelectField
        label={words.receiptLanguage}
        value={draft.language}
        options={LANGUAGE_NAMES}
        onValue={(language) => props.onDraft({ ...draft, language })}
      />
    </>
  );
}
