import { useEffect, useId, useRef, useState } from "preact/hooks";
import { useSettingsWords } from "../settings-words.ts";

export type Choice = { code: string; name: string };

type ComboboxProps = {
  label: string;
  text: string;
  /** Null while they are looked for. */
  choices: readonly Choice[] | null;
  onText: (text: string) => void;
  onChoose: (choice: Choice) => void;
  onCancel?: () => void;
  /** She asked for it: the cursor is in it from the start. */
  focused?: boolean;
};

/** Editable, with a list that follows what is typed (WAI-ARIA APG, combobox with list autocomplete). */
export function Combobox(props: ComboboxProps) {
  const words = useSettingsWords();
  const id = useId();
  const { choices, listed, active, choose, setOpen, onKey } = useList(props);
  const list = useRef<HTMLDivElement>(null);
  const input = useRef<HTMLInputElement>(null);
  useEffect(() => {
    if (props.focused) input.current?.focus();
  }, []);
  useEffect(() => list.current?.children[active]?.scrollIntoView({ block: "nearest" }), [active]);
  return (
    <div class="combobox">
      <input
        ref={input}
        type="text"
        role="combobox"
        aria-label={props.label}
        aria-expanded={listed && choices.length > 0}
        aria-controls={`${id}-list`}
        aria-autocomplete="list"
        aria-activedescendant={listed && active >= 0 ? `${id}-${active}` : undefined}
        autocomplete="off"
        spellcheck={false}
        placeholder={words.classSearch}
        value={props.text}
        onInput={(event) => {
          setOpen(true);
          props.onText(event.currentTarget.value);
        }}
        onFocus={() => setOpen(true)}
        onBlur={() => setOpen(false)}
        onKeyDown={onKey}
      />
      <div
        ref={list}
        id={`${id}-list`}
        class="list"
        role="listbox"
        aria-label={props.label}
        hidden={!listed || choices.length === 0}
      >
        {choices.map((choice, place) => (
          // biome-ignore lint/a11y/useKeyWithClickEvents: the keys are the input's, which keeps the focus.
          <div
            key={choice.code}
            id={`${id}-${place}`}
            role="option"
            aria-selected={place === active}
            tabIndex={-1}
            onPointerDown={(event) => event.preventDefault()}
            onClick={() => choose(choice)}
          >
            <code>{choice.code}</code> {choice.name}
          </div>
        ))}
      </div>
      <p class="help" role="status">
        {listed && props.choices === null && words.searching}
        {listed && props.choices?.length === 0 && words.classNone}
        {listed && choices.length > 0 && (
          <span class="visually-hidden">{`${choices.length} ${words.results}`}</span>
        )}
      </p>
    </div>
  );
}

const NO_CHOICES: readonly Choice[] = [];

function useList(props: ComboboxProps) {
  const [open, setOpen] = useState(false);
  const [marked, setMarked] = useState<{ choices: readonly Choice[]; place: number } | null>(null);
  const choices = props.choices ?? NO_CHOICES;
  const listed = open && props.text.trim() !== "";
  // Of another list nothing is marked, from its first moment on: Enter must not choose what she has not seen.
  const active = marked?.choices === choices ? marked.place : -1;

  function choose(choice: Choice) {
    setOpen(false);
    props.onChoose(choice);
  }
  function move(to: number) {
    setOpen(true);
    if (choices.length > 0) setMarked({ choices, place: (to + choices.length) % choices.length });
  }
  const keys: Record<string, () => void> = {
    ArrowDown: () => move(active + 1),
    ArrowUp: () => move(active <= 0 ? choices.length - 1 : active - 1),
    Escape: () => (listed ? setOpen(false) : props.onCancel?.()),
    Enter: () => {
      const chosen = choices[active];
      if (listed && chosen) choose(chosen);
    },
  };
  function onKey(event: KeyboardEvent) {
    const key = keys[event.key];
    if (!key) return;
    event.preventDefault();
    key();
  }
  return { choices, listed, active, choose, setOpen, onKey };
}
