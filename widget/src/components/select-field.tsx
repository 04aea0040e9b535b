import type { ComponentChildren } from "preact";
import { useId } from "preact/hooks";

export type Option<Value extends string> = readonly [value: Value, label: string];

export function SelectField<Value extends string>(props: {
  label: string;
  value: Value;
  options: readonly Option<Value>[];
  onValue: (value: Value) => void;
  help?: ComponentChildren;
}) {
  const id = useId();
  return (
    <div class="field">
      <label for={id}>{props.label}</label>
      <div>
        <Select {...props} id={id} describedBy={`${id}-help`} />
        <div id={`${id}-help`} class="help">
          {props.help}
        </div>
      </div>
    </div>
  );
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
