import { type CustomFields, FIELD_ENTITY, type FieldChoices } from "@fiscalise/shared/api/setup.ts";
import type { ComponentChildren } from "preact";
import { useEffect, useState } from "preact/hooks";
import { readZohoFields } from "../../../api/setup.ts";
import { Form } from "../../../components/form.tsx";
import { type Option, SelectField } from "../../../components/select-field.tsx";
import { TroubleNotice } from "../../../components/trouble-notice.tsx";
import type { Trouble } from "../../../request.ts";
import { type AllSettingsWords, useSettingsWords } from "../../../settings-words.ts";
import { fill, useWords } from "../../../words.ts";
import { useSettings } from "../settings-context.ts";
import { complaintOf } from "../use-action.ts";
import { useLoad } from "../use-load.ts";

type Name = keyof CustomFields;
const NAMES = Object.keys(FIELD_ENTITY) as Name[];
const pathOf = (name: Name) => `customFields.${name}`;

type CustomFieldsProps = {
  stored: CustomFields;
  chosen: CustomFields;
  onChosen: (chosen: CustomFields) => void;
  /** Of the last sending; the last row tells it, the fields only what is theirs. */
  trouble: Trouble | null;
  help?: string;
  onSend: () => void;
  /** The form's last row. */
  children: ComponentChildren;
};

/** Chosen from what the organisation has at this moment; without its answer there is nothing to choose, or to send. */
export function CustomFieldsForm(props: CustomFieldsProps) {
  const { request } = useSettings();
  const all = useWords();
  const { value, trouble, reload } = useLoad((signal) => readZohoFields(request, signal));
  // What the server refused was deleted since the list was read.
  const isRefused = NAMES.some((name) => complaintOf(props.trouble, pathOf(name)) !== undefined);
  useEffect(() => {
    if (isRefused) reload();
  }, [props.trouble]);
  if (!value && !trouble) return <div class="bone facts" />;
  return (
    <>
      <TroubleNotice trouble={trouble} />
      {trouble && (
        <button type="button" class="link" onClick={reload}>
          {all.tryAgain}
        </button>
      )}
      {value && <ChoiceForm {...props} choices={value} onReload={reload} />}
    </>
  );
}

function ChoiceForm(props: CustomFieldsProps & { choices: FieldChoices; onReload: () => void }) {
  const words = useSettingsWords();
  const { stored, chosen, choices } = props;
  const [sent, setSent] = useState<CustomFields | null>(null);
  const labels: Record<Name, string> = {
    buyerTin: words.fieldBuyerTin,
    purchaseCode: words.fieldPurchaseCode,
    contactTin: words.fieldContactTin,
  };
  function send() {
    setSent(chosen);
    props.onSend();
  }
  // Once another is chosen, what the server had against the one before is past.
  const refused = (name: Name) =>
    sent?.[name] === chosen[name] ? complaintOf(props.trouble, pathOf(name)) : undefined;
  return (
    <Form label={words.customFields} onSend={send}>
      <fieldset>
        <legend>{words.customFields}</legend>
        <p class="help">{words.customFieldsHelp}</p>
        {props.help && <p class="help">{props.help}</p>}
        {NAMES.map((name) => (
          <SelectField
            key={name}
            label={labels[name]}
            value={chosen[name] ?? ""}
            options={optionsOf(name, { known: [stored, chosen], choices }, words)}
            valid={isThere(chosen, name, choices)}
            complaint={isThere(chosen, name, choices) ? refused(name) : words.fieldNotThere}
            onValue={(value) => props.onChosen({ ...chosen, [name]: value || null })}
          />
        ))}
        <button type="button" class="link" onClick={props.onReload}>
          {words.fieldsReload}
        </button>
      </fieldset>
      {props.children}
    </Form>
  );
}

const isThere = (chosen: CustomFields, name: Name, choices: FieldChoices) =>
  chosen[name] === null || choices[FIELD_ENTITY[name]].some(({ apiName }) => apiName === chosen[name]);

/** By the labels her colleagues see. What is stored or chosen and gone stays to be seen until she chooses another. */
function optionsOf(
  name: Name,
  { known, choices }: { known: CustomFields[]; choices: FieldChoices },
  words: AllSettingsWords,
): Option<string>[] {
  const gone = known.flatMap((fields) => (isThere(fields, name, choices) ? [] : (fields[name] ?? [])));
  return [
    ["", words.fieldNone],
    ...[...new Set(gone)].map((apiName) => [apiName, fill(words.fieldGone, { name: apiName })] as const),
    ...choices[FIELD_ENTITY[name]].map(({ apiName, label }) => [apiName, label] as const),
  ];
}
