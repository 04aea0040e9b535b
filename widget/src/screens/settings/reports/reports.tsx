import type { XReport } from "@fiscalise/shared/api/reports.ts";
import { formatAmount } from "@fiscalise/shared/money.ts";
import { useState } from "preact/hooks";
import { readDay, readDayFile } from "../../../api/reports.ts";
import { PageHead, Section } from "../../../components/section.tsx";
import { TroubleNotice } from "../../../components/trouble-notice.tsx";
import { useSettingsWords } from "../../../settings-words.ts";
import { kigaliDay } from "../save-file.ts";
import { useSettings } from "../settings-context.ts";
import { useLoad } from "../use-load.ts";
import { CloseDay } from "./close-day.tsx";
import { PeriodReports } from "./period-reports.tsx";
import { ReportFiles } from "./report-files.tsx";
import { ZReports } from "./z-reports.tsx";

/** The day so far, closing it, the days that were closed, and a period's sales. */
export function Reports() {
  const words = useSettingsWords();
  const { request, isAdmin } = useSettings();
  const today = kigaliDay(new Date());
  const day = useLoad((signal) => readDay(request, today, signal), today);
  const [closings, setClosings] = useState(0);
  return (
    <>
      <PageHead title={words.navReports} />
      <Section
        title={words.reportToday}
        text={words.reportTodayText}
        side={
          <ReportFiles
            read={(kind) => readDayFile(request, today, kind)}
            fileName={`x-report-${today}`}
            what={words.reportToday}
          />
        }
      >
        <TroubleNotice trouble={day.trouble} onRetry={day.reload} />
        {day.value ? <Today report={day.value} /> : !day.trouble && <div class="bone facts" />}
      </Section>
      {isAdmin && (
        <CloseDay
          onTried={() => {
            setClosings((before) => before + 1);
            day.reload();
          }}
        />
      )}
      <ZReports round={closings} />
      <PeriodReports />
    </>
  );
}

function Today({ report: { figures } }: { report: XReport }) {
  const words = useSettingsWords();
  const { sales, refunds, net } = figures.total;
  const rows = [
    [words.reportSales, sales.count, sales.gross, sales.tax],
    [words.reportRefunds, refunds.count, refunds.gross, refunds.tax],
    [words.reportNet, sales.count + refunds.count, net.gross, net.tax],
  ] as const;
  return (
    <dl class="pairs">
      {rows.map(([name, count, gross, tax]) => (
        <div key={name}>
          <dt>{name}</dt>
          <dd>
            <span class="minor">RWF</span> {formatAmount(gross)}{" "}
            <span class="minor">
              {`${words.vat} ${formatAmount(tax)} · ${words.receipts} ${count.toLocaleString("en-US")}`}
            </span>
          </dd>
        </div>
      ))}
      <div>
        <dt>{words.reportIncomplete}</dt>
        <dd>{figures.incomplete.count.toLocaleString("en-US")}</dd>
      </div>
    </dl>
  );
}
