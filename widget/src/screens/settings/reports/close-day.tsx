import type { XReport } from "@fiscalise/shared/api/reports.ts";
import { formatAmount } from "@fiscalise/shared/money.ts";
import { useState } from "preact/hooks";
import { closeDay, readDay } from "../../../api/reports.ts";
import { useAnnounce } from "../../../components/announcer.tsx";
import { Section } from "../../../components/section.tsx";
import { TextField } from "../../../components/text-field.tsx";
import { TroubleNotice } from "../../../components/trouble-notice.tsx";
import { useSettingsWords } from "../../../settings-words.ts";
import { fill } from "../../../words.ts";
import { kigaliDay } from "../save-file.ts";
import { useSettings } from "../settings-context.ts";
import { useAction } from "../use-action.ts";
import { useLoad } from "../use-load.ts";

/** Says what the report will count, asks once more, and closes. */
export function CloseDay(props: { onTried: () => void }) {
  const words = useSettingsWords();
  const { request } = useSettings();
  const announce = useAnnounce();
  const today = kigaliDay(new Date());
  const [day, setDay] = useState(today);
  const [askedOf, setAskedOf] = useState<string | null>(null);
  // What came of it is said below the day it is of: she may have chosen another meanwhile.
  const [closed, setClosed] = useState<{ day: string; number: number } | null>(null);
  const preview = useLoad((signal) => readDay(request, day || today, signal), day);
  const { busy, trouble, run } = useAction({ of: day });
  const report = preview.value?.day === day ? preview.value : null;
  const printed = printedDay(day);
  const mayClose = report !== null && report.closing.closedBy === null && report.closing.hasBegun;
  const here = closed?.day === day ? closed : null;

  async function close() {
    setClosed(null);
    const z = await run(() => closeDay(request, day));
    setAskedOf((was) => (was === day ? null : was));
    // Without an answer too: it may be closed all the same.
    preview.reload();
    props.onTried();
    if (!z) return;
    setClosed({ day, number: z.number });
    announce(fill(words.closeDone, { number: z.number }));
  }
  return (
    <Section title={words.closeTitle} text={words.closeText}>
      <TextField
        label={words.closeDayLabel}
        type="date"
        value={day}
        required
        valid={day <= today}
        onValue={(chosen) => {
          setDay(chosen);
          setAskedOf(null);
        }}
      />
      <TroubleNotice trouble={preview.trouble} onRetry={preview.reload} />
      {report ? <Contents report={report} isToday={day === today} /> : !preview.trouble && <p class="bone" />}
      {here && <p class="minor">{fill(words.closeDone, { number: here.number })}</p>}
      {askedOf === day ? (
        <section aria-label={words.closeAsk}>
          <p>
            <strong>{fill(words.closeSure, { day: printed })}</strong>
          </p>
          <div class="form-end">
            <button type="button" class="primary narrow" disabled={busy} onClick={() => void close()}>
              {fill(words.closeYes, { day: printed })}
            </button>
            <button type="button" class="secondary narrow" disabled={busy} onClick={() => setAskedOf(null)}>
              {words.closeKeep}
            </button>
          </div>
        </section>
      ) : (
        <div class="form-end">
          <button type="button" class="secondary narrow" disabled={!mayClose} onClick={() => setAskedOf(day)}>
            {words.closeAsk}
          </button>
        </div>
      )}
      <TroubleNotice trouble={trouble} />
    </Section>
  );
}

function Contents({ report, isToday }: { report: XReport; isToday: boolean }) {
  const words = useSettingsWords();
  const { closing, figures } = report;
  const count = (number: number) => number.toLocaleString("en-US");
  if (closing.closedBy !== null) return <p>{fill(words.closeAlready, { number: closing.closedBy })}</p>;
  if (!closing.hasBegun) return <p>{words.closeNotBegun}</p>;
  const { count: waiting } = figures.incomplete;
  return (
    <>
      <p>
        {closing.receipts === 0
          ? words.closeEmpty
          : fill(words.closeContent, {
              count: count(closing.receipts),
              total: formatAmount(closing.total),
              vat: formatAmount(closing.vat),
            })}
      </p>
      {closing.earlier > 0 && <p>{fill(words.closeEarlier, { count: count(closing.earlier) })}</p>}
      {waiting > 0 && <p>{fill(words.closeWaiting, { count: count(waiting) })}</p>}
      {isToday && <p class="minor">{words.closeToday}</p>}
    </>
  );
}

/** `2026-11-28` → `28/11/2026`, as receipts print it. */
export const printedDay = (day: string): string => day.split("-").reverse().join("/");
