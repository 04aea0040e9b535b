import type { Finding } from "@fiscalise/shared/api/findings.ts";
import { type AllSettingsWords, useSettingsWords } from "../settings-words.ts";
import { Icon } from "./icon.tsx";
import { Pairs } from "./pairs.tsx";

/** What the test came to: what, what it means, what to do, and what the device says of the business. */
export function FindingCard(props: { finding: Finding }) {
  const words = useSettingsWords();
  const { good, title, meaning, remedy, code, facts } = props.finding;
  return (
    <section class={`notice finding ${good ? "good" : "bad"}`} role="status" aria-label={words.testResult}>
      <Icon name={good ? "check" : "warning"} />
      <div>
        <h3>{title}</h3>
        <p>{meaning}</p>
        {remedy && <p class="remedy">{remedy}</p>}
        {facts && <Pairs pairs={pairsOf(facts, words)} />}
        {!good && <code>{code}</code>}
      </div>
    </section>
  );
}

/** Which trouble of TLS it is, its meaning says. */
function pairsOf(facts: NonNullable<Finding["facts"]>, words: AllSettingsWords): [string, string][] {
  const { taxpayerName, branchName, resultCode, resultMessage, httpStatus } = facts;
  const pairs: [string, string | undefined][] = [
    [words.companyName, taxpayerName],
    [words.branch, branchName],
    [words.itsAnswer, resultCode && `${resultCode} ${resultMessage}`],
    [words.itsAnswer, httpStatus && `HTTP ${httpStatus}`],
  ];
  return pairs.filter((pair): pair is [string, string] => Boolean(pair[1]));
}
