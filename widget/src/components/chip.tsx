import type { Tone } from "./heading.tsx";
import { Icon, type IconName } from "./icon.tsx";

/** A state in a list: word, colour and shape. */
export function Chip(props: { tone: Tone; icon: IconName; word: string }) {
  return (
    <span class={`chip ${props.tone}`}>
      <Icon name={props.icon} />
      {props.word}
    </span>
  );
}
