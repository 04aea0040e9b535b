import type { Finding } from "@fiscalise/shared/api/findings.ts";
import { useSettingsWords } from "../settings-words.ts";
import { Icon } from "./icon.tsx";
import { Pairs } from "./pairs.tsx";

/** What the test came to: what, what it means, what to do, and what the device says of the business. */
export function FindingCard(props: { finding: Finding }) {
  const words = useSettingsWords();
  const { good, title, meaning, remedy, code, facts } = props.finding;
  const labels: Record<string, string> = { taxpayerName: words.companyName, branchName: words.branch };
  return (
    <section class={`notice finding ${good ? "good" : "bad"}`} role="status" aria-label={words.testResult}>
      <Icon name={good ? "check" : "warning"} />
      <div>
        <h3>{title}</h3>
        <p>{meaning}</p>
        {remedy && <p class="remedy">{remedy}</p>}
        {facts && (
          <Pairs pairs={Object.entries(facts).map(([fact, value]) => [labels[fact] ?? fact, value])} />
        )}
        {!good && <code>{code}</code>}
      </div>
    </section>
  );
}
