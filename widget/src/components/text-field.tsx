import type { ComponentChildren } from "preact";
import { useId, useState } from "preact/hooks";
import { useSettingsWords } from "../settings-words.ts";
import { useTried } from "./form.tsx";

type InputType = "text" | "email" | "password" | "tel" | "url" | "search" | "date";

type TextFieldProps = {
  label: string;
  value: string;
  onValue: (value: string) => void;
  help?: ComponentChildren;
  type?: InputType;
  inputMode?: "numeric" | "text";
  autocomplete?: string;
  maxLength?: number;
  /** A text of several lines; one line would lose its breaks. */
  rows?: number;
  required?: boolean;
  valid?: boolean;
  /** What the server has against this value; gone once it is changed. */
  complaint?: string | undefined;
};

/** A wrong value is told when she leaves the field or sends the form, not while she types. */
export function TextField(props: TextFieldProps) {
  const words = useSettingsWords();
  const id = useId();
  const tried = useTried();
  const [left, setLeft] = useState(false);
  const [complainedOf, setComplainedOf] = useState<string | null>(null);
  if (props.complaint && complainedOf === null) setComplainedOf(props.value);
  if (!props.complaint && complainedOf !== null) setComplainedOf(null);

  const missing = props.required === true && props.value.trim() === "";
  const valid = !missing && (props.value === "" || props.valid !== false);
  const complaint = complainedOf === props.value ? props.complaint : undefined;
  const wrong = Boolean(complaint) || (!valid && (tried || (left && !missing)));
  const control = {
    id,
    value: props.value,
    maxLength: props.maxLength,
    autocomplete: props.autocomplete ?? "off",
    autocapitalize: "off" as const,
    spellcheck: false,
    required: props.required,
    "data-valid": valid,
    "aria-invalid": wrong,
    "aria-describedby": `${id}-help`,
    onInput: (event: { currentTarget: { value: string } }) => props.onValue(event.currentTarget.value),
    onFocus: () => setLeft(false),
    onBlur: () => afterPress(() => setLeft(true)),
  };
  return (
    <div class="field">
      <label for={id}>{props.label}</label>
      <div>
        {props.rows ? (
          <textarea {...control} rows={props.rows} />
        ) : (
          <input {...control} {...typed(props.type ?? "text")} inputMode={props.inputMode} />
        )}
        <div id={`${id}-help`} class="help">
          {wrong && <p class="wrong">{complaint ?? (missing ? words.needed : words.notOfThisForm)}</p>}
          {props.help}
        </div>
      </div>
    </div>
  );
}

/** A complaint that appears while a button below is being pressed would move it away from under the pointer. */
function afterPress(tell: () => void): void {
  if (document.querySelector(":active")) addEventListener("click", tell, { once: true });
  else tell();
}

/** Preact's types know each kind of input alone, and no variable kind. */
const typed = (type: InputType) => ({ type }) as { type: "text" };
