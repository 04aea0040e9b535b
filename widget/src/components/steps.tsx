import { useSettingsWords } from "../settings-words.ts";
import { Icon } from "./icon.tsx";

export function Steps(props: {
  label: string;
  steps: readonly { name: string; title: string; done: boolean }[];
  current: string;
  onStep: (name: string) => void;
}) {
  const words = useSettingsWords();
  return (
    <ol class="wizard-steps" aria-label={props.label}>
      {props.steps.map(({ name, title, done }, place) => {
        const current = name === props.current;
        const reachable = done || current || props.steps[place - 1]?.done;
        return (
          <li key={name} class={current ? "current" : done ? "done" : ""}>
            <button
              type="button"
              disabled={!reachable}
              aria-current={current ? "step" : undefined}
              onClick={() => props.onStep(name)}
            >
              <span class="number">{done ? <Icon name="check" /> : place + 1}</span>
              <span>{title}</span>
              {done && <span class="visually-hidden">{words.stepDone}</span>}
            </button>
          </li>
        );
      })}
    </ol>
  );
}
