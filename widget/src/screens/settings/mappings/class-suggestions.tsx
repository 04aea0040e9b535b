import type { ClassSuggestion } from "@fiscalise/shared/api/mappings.ts";
import { readSuggestions } from "../../../api/mappings.ts";
import type { Choice } from "../../../components/combobox.tsx";
import { useSettingsWords } from "../../../settings-words.ts";
import { fill } from "../../../words.ts";
import { useSettings } from "../settings-context.ts";
import { useLoad } from "../use-load.ts";

/** What the item's name speaks for, with how sure that is and why; she chooses. Nothing where nothing does. */
export function ClassSuggestions(props: {
  itemKey: string;
  busy: boolean;
  onChoose: (choice: Choice) => void;
}) {
  const words = useSettingsWords();
  const { request } = useSettings();
  const suggested = useLoad((signal) => readSuggestions(request, props.itemKey, signal), props.itemKey);
  if (!suggested.value || suggested.value.items.length === 0) return null;
  const sure = { high: words.sureHigh, medium: words.sureMedium, low: words.sureLow };
  const reasonOf = ({ confidence, words: shared }: ClassSuggestion) =>
    `${sure[confidence]} · ${fill(words.sharedWords, { words: shared.join(", ") })}`;
  return (
    <section class="suggestions" aria-label={words.suggestions}>
      <p class="minor">{words.suggestions}</p>
      <ul>
        {suggested.value.items.map((suggestion) => (
          <li key={suggestion.code}>
            <button
              type="button"
              class="link"
              disabled={props.busy}
              onClick={() => props.onChoose({ code: suggestion.code, name: suggestion.name })}
            >
              {suggestion.name}
            </button>{" "}
            <code>{suggestion.code}</code>
            <span class="minor">{reasonOf(suggestion)}</span>
          </li>
        ))}
      </ul>
    </section>
  );
}
