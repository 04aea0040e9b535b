import { useState } from "preact/hooks";
import { checkPeriod } from "../../../api/bulk.ts";
import { Form } from "../../../components/form.tsx";
import { PageHead, Section } from "../../../components/section.tsx";
import { TroubleNotice } from "../../../components/trouble-notice.tsx";
import { useSettingsWords } from "../../../settings-words.ts";
import { PeriodFields } from "../reports/period-fields.tsx";
import { kigaliDay } from "../save-file.ts";
import { useSettings } from "../settings-context.ts";
import { useAction } from "../use-action.ts";
import { BulkDocuments } from "./bulk-documents.tsx";
import { BulkReasons } from "./bulk-reasons.tsx";
import { BulkRunCard } from "./bulk-run-card.tsx";
import { type LatestRun, useBulkRun } from "./use-bulk-run.ts";

/** Many invoices at once: check, look, start, and leave. */
export function Bulk() {
  const words = useSettingsWords();
  const latest = useBulkRun();
  const { run } = latest;
  return (
    <>
      <PageHead title={words.navBulk} />
      <Period latest={latest} />
      <TroubleNotice trouble={latest.trouble} onRetry={latest.reload} />
      {run ? (
        <BulkRunCard key={run.id} run={run} onRun={latest.show} onUnheard={latest.reload} />
      ) : (
        !latest.loaded && !latest.trouble && <div class="bone facts" />
      )}
      {run && run.reasons.length > 0 && <BulkReasons reasons={run.reasons} />}
      {run && total(run.counts) > 0 && <BulkDocuments key={`documents ${run.id}`} run={run} />}
    </>
  );
}

const total = (counts: Record<string, number>) =>
  Object.values(counts).reduce((sum, count) => sum + count, 0);

function Period(props: { latest: LatestRun }) {
  const words = useSettingsWords();
  const { request } = useSettings();
  const { run, show, reload } = props.latest;
  const { busy, trouble, run: act } = useAction({ onUnheard: reload, outcome: run?.id ?? "" });
  const today = kigaliDay(new Date());
  const [period, setPeriod] = useState({ from: `${today.slice(0, 8)}01`, to: today });
  const taken = run !== null && run.startedAt !== null && ["running", "paused"].includes(run.state);

  async function check() {
    const checked = await act(() => checkPeriod(request, period));
    if (checked) show(checked);
  }
  return (
    <Section title={words.bulkTitle} text={words.bulkText}>
      <Form label={words.bulkTitle} class="filters" onSend={() => void check()}>
        <PeriodFields period={period} onPeriod={setPeriod} />
        <div class="row-actions">
          <button type="submit" class="secondary narrow" disabled={busy || taken}>
            {run ? words.bulkCheckAgain : words.bulkCheck}
          </button>
        </div>
      </Form>
      {taken && <p class="minor">{words.bulkOneAtATime}</p>}
      <TroubleNotice trouble={trouble} />
    </Section>
  );
}
