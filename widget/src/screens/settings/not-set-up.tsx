import { Heading } from "../../components/heading.tsx";
import { useSettingsWords } from "../../settings-words.ts";

/** What a business user sees before the set-up: who can do it. */
export function NotSetUp() {
  const words = useSettingsWords();
  return (
    <Heading tone="quiet" icon="plug" title={words.notSetUpTitle}>
      <p>{words.notSetUpText}</p>
    </Heading>
  );
}
