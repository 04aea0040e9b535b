import { useSettingsWords } from "../settings-words.ts";
import { Icon } from "./icon.tsx";

/** Beside the button; its place is kept, so that nothing jumps. */
export function Saved(props: { shown: boolean; word?: string }) {
  const words = useSettingsWords();
  return (
    <p class="saved" role="status">
      {props.shown && (
        <>
          <Icon name="check" /> {props.word ?? words.saved}
        </>
      )}
    </p>
  );
}
