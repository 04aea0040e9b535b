import { useState } from "preact/hooks";
import { readUnits } from "../../../api/mappings.ts";
import { Form } from "../../../components/form.tsx";
import { SaveRow } from "../../../components/save-row.tsx";
import { Section } from "../../../components/section.tsx";
import { SelectField } from "../../../components/select-field.tsx";
import { useSettingsWords } from "../../../settings-words.ts";
import { ClassSearch } from "../mappings/class-search.tsx";
import { useSettings } from "../settings-context.ts";
import { type ConfigPart, useConfigPart } from "../use-config-part.ts";
import { useLoad } from "../use-load.ts";
import { PaymentModes, Units } from "./pair-rows.tsx";

export function PoliciesCard(props: ConfigPart) {
  const words = useSettingsWords();
  const { request } = useSettings();
  const units = useLoad((signal) => readUnits(request, signal));
  const { draft, change, save, ...saving } = useConfigPart(props, {
    first: () => props.config.policies,
    partOf: (policies) => ({ policies }),
  });
  const { defaultItemClasses } = draft;
  return (
    <Section title={words.policies} text={words.policiesText}>
      <Form label={words.policies} onSend={() => void save()}>
        <DefaultClass
          label={words.defaultGoods}
          value={defaultItemClasses.goods}
          onValue={(goods) => change({ defaultItemClasses: { ...defaultItemClasses, goods } })}
        />
        <DefaultClass
          label={words.defaultService}
          value={defaultItemClasses.service}
          onValue={(service) => change({ defaultItemClasses: { ...defaultItemClasses, service } })}
        />
        <Switch
          title={words.enrolment}
          label={words.enrolmentLabel}
          help={words.enrolmentHelp}
          value={draft.autoEnrolment}
          onValue={(autoEnrolment) => change({ autoEnrolment })}
        />
        <Switch
          title={words.training}
          label={words.trainingLabel}
          help={words.trainingHelp}
          value={draft.trainingReceipts}
          onValue={(trainingReceipts) => change({ trainingReceipts })}
        />
        <SelectField
          label={words.closePolicy}
          value={draft.closeDay}
          options={[
            ["off", words.closePolicyOff],
            ["at-2359", words.closePolicyAt2359],
          ]}
          onValue={(closeDay) => change({ closeDay })}
          help={words.closePolicyHelp}
        />
        <PaymentModes rows={draft.paymentModes} onRows={(paymentModes) => change({ paymentModes })} />
        <Units
          rows={draft.units}
          codes={units.value?.items ?? []}
          onRows={(rows) => change({ units: rows })}
        />
        <SaveRow {...saving} />
      </Form>
    </Section>
  );
}

function Switch(props: {
  title: string;
  label: string;
  help: string;
  value: boolean;
  onValue: (value: boolean) => void;
}) {
  return (
    <fieldset>
      <legend>{props.title}</legend>
      <label class="check">
        <input
          type="checkbox"
          checked={props.value}
          onChange={(event) => props.onValue(event.currentTarget.checked)}
        />
        {props.label}
      </label>
      <p class="help">{props.help}</p>
    </fieldset>
  );
}

function DefaultClass(props: {
  label: string;
  value: string | null;
  onValue: (value: string | null) => void;
}) {
  const words = useSettingsWords();
  const [name, setName] = useState("");
  return (
    <div class="field">
      <span class="label">{props.label}</span>
      <div>
        {props.value ? (
          <p class="chosen">
            <code>{props.value}</code> {name}
            <button
              type="button"
              class="link"
              aria-label={`${words.removeClass}: ${props.label}`}
              onClick={() => props.onValue(null)}
            >
              {words.removeClass}
            </button>
          </p>
        ) : (
          <ClassSearch
            label={props.label}
            onChoose={(choice) => {
              setName(choice.name);
              props.onValue(choice.code);
            }}
          />
        )}
      </div>
    </div>
  );
}
