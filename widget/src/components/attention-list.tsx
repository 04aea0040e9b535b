import type { Stats } from "@fiscalise/shared/api/figures.ts";
import { ATTENTION } from "@fiscalise/shared/attention.ts";
import { useSettingsWords } from "../settings-words.ts";
import { clockTime, fill, useWords } from "../words.ts";
import { Icon } from "./icon.tsx";

type Matter = Stats["attention"][number];

/** Most urgent first, each with the one right action; what only an administrator can do says so. */
export function AttentionList(props: { attention: readonly Matter[]; isAdmin: boolean }) {
  const words = useSettingsWords();
  if (props.attention.length === 0) {
    return (
      <p class="all-well">
        <Icon name="check" /> {words.allWell}
      </p>
    );
  }
  return (
    <section class="attention" aria-label={words.attention}>
      <h2>{words.attention}</h2>
      <ul>
        {props.attention.map((matter) => (
          <Entry key={matter.kind} matter={matter} isAdmin={props.isAdmin} />
        ))}
      </ul>
    </section>
  );
}

function Entry({ matter, isAdmin }: { matter: Matter; isAdmin: boolean }) {
  const words = useSettingsWords();
  const { since } = useWords();
  const { title, text, action, href, admin } = ATTENTION[matter.kind];
  return (
    <li>
      <Icon name="warning" />
      <div>
        <h3>{fill(words[title], { count: matter.count })}</h3>
        <p>
          {words[text]} {matter.since && fill(since, { time: clockTime(matter.since) })}
        </p>
      </div>
      {admin && !isAdmin ? (
        <p class="minor">{words.adminDoes}</p>
      ) : (
        <a class="secondary narrow" href={href}>
          {words[action]}
        </a>
      )}
    </li>
  );
}
