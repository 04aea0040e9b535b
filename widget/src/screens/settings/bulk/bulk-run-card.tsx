import type { BulkRun } from "@fiscalise/shared/api/bulk-runs.ts";
import type { BulkAction, BulkState } from "@fiscalise/shared/bulk.ts";
import { useEffect, useId, useRef } from "preact/hooks";
import { actOnBulkRun } from "../../../api/bulk.ts";
import { useAnnounce } from "../../../components/announcer.tsx";
import { Chip } from "../../../components/chip.tsx";
import type { Tone } from "../../../components/heading.tsx";
import type { IconName } from "../../../components/icon.tsx";
import { Notice } from "../../../components/notice.tsx";
import { Pairs } from "../../../components/pairs.tsx";
import { Section } from "../../../components/section.tsx";
import { TroubleNotice } from "../../../components/trouble-notice.tsx";
import { type AllSettingsWords, useSettingsWords } from "../../../settings-words.ts";
import { clockTime, fill } from "../../../words.ts";
import { useSettings } from "../settings-context.ts";
import { useAction } from "../use-action.ts";
import { bulkStateWords, count } from "./bulk-words.ts";

const LOOKS: Record<BulkState, { tone: Tone; icon: IconName }> = {
  checking: { tone: "accent", icon: "search" },
  checked: { tone: "accent", icon: "check" },
  running: { tone: "accent", icon: "receipt" },
  paused: { tone: "warn", icon: "clock" },
  done: { tone: "good", icon: "check" },
  stopped: { tone: "quiet", icon: "cross" },
};

/** How far it is, what it waits for, and what can be done about it. */
export function BulkRunCard(props: {
  run: BulkRun;
  onRun: (run: BulkRun) => void;
  /** It was not heard what came of a press: it may have been done all the same. */
  onUnheard: () => void;
}) {
  const words = useSettingsWords();
  const { request } = useSettings();
  const announce = useAnnounce();
  const { run, onUnheard } = props;
  const { busy, trouble, run: act } = useAction({ onUnheard, outcome: run.state });
  const word = bulkRunWords(words)[run.state];
  const shown = useRef(run.state);
  useEffect(() => {
    if (shown.current === run.state) return;
    shown.current = run.state;
    announce(`${word}. ${sentenceOf(run, words)}`);
  }, [run.state]);

  async function press(action: BulkAction) {
    const after = await act(() => actOnBulkRun(request, run.id, action));
    if (after) props.onRun(after);
  }
  return (
    <Section title={titleOf(run, words)} side={<Chip {...LOOKS[run.state]} word={word} />}>
      <p class="minor">{fill(words.bulkBy, { name: run.startedBy, time: clockTime(run.createdAt) })}</p>
      <Progress run={run} />
      <p>{sentenceOf(run, words)}</p>
      {run.waiting && (
        <Notice tone="warn" title={run.waiting.title}>
          <p>{fill(words.bulkWaits, { time: clockTime(run.waiting.until) })}</p>
        </Notice>
      )}
      {run.reason && (
        <Notice tone="warn" title={run.reason.title}>
          <p>{run.reason.detail}</p>
          <p class="remedy">{run.reason.remedy}</p>
          <p>
            <code>{run.reason.code}</code>
          </p>
        </Notice>
      )}
      <div class="bulk-figures">
        <Pairs pairs={figuresOf(run, words)} />
      </div>
      <div class="row-actions">
        {run.actions
          .filter((action) => action !== "start" || run.counts.ready > 0)
          .map((action) => (
            <button
              key={action}
              type="button"
              class={action === "start" || action === "resume" ? "primary narrow" : "secondary narrow"}
              disabled={busy}
              onClick={() => void press(action)}
            >
              {actionWords(run, words)[action]}
            </button>
          ))}
      </div>
      <TroubleNotice trouble={trouble} />
    </Section>
  );
}

function Progress(props: { run: BulkRun }) {
  const words = useSettingsWords();
  const id = useId();
  const progress = progressOf(props.run);
  if (!progress) return null;
  const text = fill(props.run.startedAt ? words.bulkHandedOver : words.bulkCheckedSoFar, {
    done: count(progress.done),
    total: count(progress.total),
  });
  return (
    <div class="bulk-progress">
      <label for={id}>{text}</label>
      <progress id={id} max={progress.total} value={progress.done} />
    </div>
  );
}

/** Of the check, or of what it found ready. */
function progressOf({ counts, startedAt, state }: BulkRun): { done: number; total: number } | null {
  const all = Object.values(counts).reduce((sum, some) => sum + some, 0);
  if (startedAt === null) {
    const isChecking = state === "checking" || state === "paused";
    return isChecking && all > 0 ? { done: all - counts.waiting, total: all } : null;
  }
  const handedOver = all - counts.waiting - counts.ready - counts.refused - counts.failed;
  const total = handedOver + counts.ready;
  return total > 0 ? { done: handedOver, total } : null;
}

function sentenceOf(run: BulkRun, words: AllSettingsWords): string {
  const { counts, state } = run;
  const held = counts.refused + counts.failed;
  switch (state) {
    case "checking":
      return counts.waiting > 0 ? words.bulkLeaves : words.bulkListing;
    case "checked":
      if (counts.ready === 0) return held > 0 ? words.bulkNothingReady : words.bulkNothingFound;
      return fill(words.bulkReady, { count: count(counts.ready), refused: count(held) });
    case "running":
      return words.bulkLeaves;
    case "paused":
      return words.bulkPausedByPerson;
    case "done":
      return counts["under-way"] > 0 ? words.bulkLast : doneSentence(run, words);
    case "stopped":
      return words.bulkStoppedText;
  }
}

/** "All" only where it is true. */
function doneSentence({ counts }: BulkRun, words: AllSettingsWords): string {
  const { refused, failed, rejected, withdrawn, superseded, fiscalised } = counts;
  const others = refused + failed + rejected + withdrawn + superseded + counts["receipt-missing"];
  if (others === 0 && fiscalised > 0) return words.bulkAllThere;
  return `${words.stateFiscalised}: ${count(fiscalised)}.`;
}

function figuresOf({ counts, leftOut, callsExpected }: BulkRun, words: AllSettingsWords) {
  const names = bulkStateWords(words);
  const some = Object.entries(counts).filter(([, value]) => value > 0);
  return [
    ...some.map(([name, value]) => [names[name as keyof typeof names], count(value)] as const),
    ...(leftOut > 0 ? [[words.bulkLeftOut, count(leftOut)] as const] : []),
    ...(callsExpected > 0 ? [[words.bulkCalls, count(callsExpected)] as const] : []),
  ];
}

function titleOf({ from, to }: BulkRun, words: AllSettingsWords): string {
  return from !== null && to !== null ? fill(words.bulkPeriod, { from, to }) : words.bulkChosen;
}

const bulkRunWords = (words: AllSettingsWords): Record<BulkState, string> => ({
  checking: words.bulkChecking,
  checked: words.bulkChecked,
  running: words.bulkRunning,
  paused: words.bulkPaused,
  done: words.bulkDone,
  stopped: words.bulkStopped,
});

const actionWords = ({ counts }: BulkRun, words: AllSettingsWords): Record<BulkAction, string> => ({
  start: fill(words.bulkStart, { count: count(counts.ready) }),
  pause: words.bulkPause,
  resume: words.bulkResume,
  stop: words.bulkStop,
});
