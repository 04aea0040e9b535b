import { useId, useState } from "preact/hooks";
import { useWords } from "../words.ts";

/** A wrong value is told when she leaves the field, not while she types; the help keeps its place. */
export function Field(props: {
  label: string;
  help: string;
  value: string;
  valid: boolean;
  inputMode?: "numeric" | "text";
  /** What the server has against this value. */
  complaint?: string | undefined;
  onValue: (value: string) => void;
}) {
  const words = useWords();
  const id = useId();
  const [left, setLeft] = useState(false);
  const wrong = Boolean(props.complaint) || (left && props.value !== "" && !props.valid);
  return (
    <div class="field">
      <label for={id}>{props.label}</label>
      <input
        id={id}
        type="text"
        inputMode={props.inputMode ?? "text"}
        value={props.value}
        autocomplete="off"
        autocapitalize="characters"
        spellcheck={false}
        aria-invalid={wrong}
        aria-describedby={`${id}-help`}
        onInput={(event) => props.onValue(event.currentTarget.value)}
        onFocus={() => setLeft(false)}
        onBlur={() => setLeft(true)}
      />
      <div id={`${id}-help`} class="help">
        {wrong && <p class="wrong">{props.complaint ?? words.notOfThisForm}</p>}
        <p>{props.help}</p>
      </div>
    </div>
  );
}
