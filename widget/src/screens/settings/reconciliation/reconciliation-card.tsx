import type { Reconciliation } from "@fiscalise/shared/api/reconciliations.ts";
import type { ReconciliationState } from "@fiscalise/shared/reconciliation.ts";
import { useEffect, useRef } from "preact/hooks";
import { useAnnounce } from "../../../components/announcer.tsx";
import { Chip } from "../../../components/chip.tsx";
import type { Tone } from "../../../components/heading.tsx";
import type { IconName } from "../../../components/icon.tsx";
import { Notice } from "../../../components/notice.tsx";
import { Pairs } from "../../../components/pairs.tsx";
import { Section } from "../../../components/section.tsx";
import { reconciliationWords } from "../../../reconciliation-words.ts";
import { clockTime, fill } from "../../../words.ts";
import { count } from "../bulk/bulk-words.ts";

const LOOKS: Record<ReconciliationState, { tone: Tone; icon: IconName }> = {
  running: { tone: "accent", icon: "search" },
  completed: { tone: "good", icon: "check" },
  stopped: { tone: "warn", icon: "cross" },
};

/** How far the latest one is, or how it ended. */
export function ReconciliationCard({ run }: { run: Reconciliation }) {
  const own = reconciliationWords();
  const announce = useAnnounce();
  const word = own[run.state];
  const shown = useRef(run.state);
  useEffect(() => {
    if (shown.current === run.state) return;
    shown.current = run.state;
    announce(`${own.last}: ${word}`);
  }, [run.state]);
  const { problem, waiting, startedBy, createdAt, endedAt, from, to } = run;
  const time = clockTime(endedAt ?? createdAt);
  return (
    <Section title={own.last} side={<Chip {...LOOKS[run.state]} word={word} />}>
      <p class="minor">
        {startedBy === null ? fill(own.byNight, { time }) : fill(own.byPerson, { name: startedBy, time })}
      </p>
      <p>{fill(own.days, { from, to })}</p>
      {run.state === "running" && <p>{waiting ? waiting.title : own.leaves}</p>}
      {waiting && <p class="minor">{fill(own.waits, { time: clockTime(waiting.until) })}</p>}
      {problem && (
        <Notice tone="warn" title={problem.title}>
          <p>{problem.detail}</p>
          <p class="remedy">{problem.remedy}</p>
          <p>
            <code>{problem.code}</code>
          </p>
        </Notice>
      )}
      <div class="bulk-figures">
        <Pairs pairs={figuresOf(run)} />
      </div>
    </Section>
  );
}

function figuresOf({ documents, documentsRead, documentsUnread, device }: Reconciliation) {
  const own = reconciliationWords();
  const said = device.problem?.title ?? (device.compared ? own.deviceCompared : null);
  return [
    [own.documents, count(documents)] as const,
    [own.read, count(documentsRead)] as const,
    ...(documentsUnread > 0 ? [[own.unread, count(documentsUnread)] as const] : []),
    ...(said === null ? [] : [[own.device, said] as const]),
  ];
}
