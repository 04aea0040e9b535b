import type { ComponentChildren } from "preact";
import { useId } from "preact/hooks";
import { useSettingsWords } from "../settings-words.ts";
import { useTried } from "./form.tsx";

export type Option<Value extends string> = readonly [value: Value, label: string];

export function SelectField<Value extends string>(props: {
  label: string;
  value: Value;
  options: readonly Option<Value>[];
  onValue: (value: Value) => void;
  help?: ComponentChildren;
  /** The empty value is no answer. */
  required?: boolean;
  valid?: boolean;
  /** What is wrong with this choice. */
  complaint?: string | undefined;
}) {
  const id = useId();
  const tried = useTried();
  const missing = props.required === true && props.value === "";
  const valid = !missing && props.valid !== false;
  const isTold = missing && tried;
  return (
    <div class="field">
      <label for={id}>{props.label}</label>
      <div>
        <Select
          {...props}
          id={id}
          describedBy={`${id}-help`}
          valid={valid}
          wrong={isTold || Boolean(props.complaint)}
        />
        <div id={`${id}-help`} class="help">
          {props.complaint ? <p class="wrong">{props.complaint}</p> : isTold && <Needed />}
          {props.help}
        </div>
      </div>
    </div>
  );
}

/** Its words are the settings' alone, and the panel beside a document has no field that may miss. */
function Needed() {
  return <p class="wrong">{useSettingsWords().needed}</p>;
}

/** Bare, for table cells: `name` is what screen readers hear. */
export function Select<Value extends string>(props: {
  value: Value;
  options: readonly Option<Value>[];
  onValue: (value: Value) => void;
  id?: string;
  describedBy?: string;
  name?: string;
  disabled?: boolean;
  valid?: boolean;
  wrong?: boolean;
}) {
  const choose = (chosen: string) => {
    const option = props.options.find(([value]) => value === chosen);
    if (option) props.onValue(option[0]);
  };
  return (
    <select
      id={props.id}
      value={props.value}
      disabled={props.disabled}
      aria-label={props.name}
      aria-describedby={props.describedBy}
      aria-invalid={props.wrong}
      data-valid={props.valid}
      onChange={(event) => choose(event.currentTarget.value)}
    >
      {props.options.map(([value, label]) => (
        <option key={value} value={value} selected={value === props.value}>
          {label}
        </option>
      ))}
    </select>
  );
}
