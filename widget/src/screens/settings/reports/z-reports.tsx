import type { ZReportSummary } from "@fiscalise/shared/api/reports.ts";
import { formatAmount } from "@fiscalise/shared/money.ts";
import { readZFile, readZReports } from "../../../api/reports.ts";
import { DataTable, type Row } from "../../../components/data-table.tsx";
import { LoadMore } from "../../../components/load-more.tsx";
import { Empty, Section } from "../../../components/section.tsx";
import { TroubleNotice } from "../../../components/trouble-notice.tsx";
import { useSettingsWords } from "../../../settings-words.ts";
import { clockTime, fill } from "../../../words.ts";
import { useSettings } from "../settings-context.ts";
import { usePages } from "../use-pages.ts";
import { printedDay } from "./close-day.tsx";
import { ReportFiles } from "./report-files.tsx";

const PAGE = 10;

/** The days that were closed, newest first; another `round` reads them anew. */
export function ZReports(props: { round: number }) {
  const words = useSettingsWords();
  const { request } = useSettings();
  const pages = usePages((cursor, signal) => readZReports(request, { cursor, limit: PAGE }, signal), {
    round: String(props.round),
  });
  const { items } = pages;
  return (
    <Section title={words.zTitle}>
      <TroubleNotice trouble={pages.trouble} onRetry={pages.reload} />
      {items === null
        ? !pages.trouble && <div class="bone facts" />
        : items.length === 0 && <Empty>{words.zNone}</Empty>}
      {items !== null && items.length > 0 && (
        <DataTable
          caption={words.zTitle}
          columns={[
            { title: words.zNumber },
            { title: words.day },
            { title: words.receipts, kind: "figure" },
            { title: words.total, kind: "figure" },
            { title: words.vat, kind: "figure", spare: true },
            { title: words.zClosed, spare: true },
            { title: words.reportPdf, kind: "action" },
          ]}
          rows={items.map(rowOf)}
        />
      )}
      <LoadMore {...pages} onMore={pages.loadMore} />
    </Section>
  );

  function rowOf(report: ZReportSummary): Row {
    const { number, day, firstDay, receipts, total, vat, closedAt, closedBy } = report;
    return {
      key: String(number),
      cells: [
        String(number),
        <>
          {printedDay(day)}
          {firstDay !== null && firstDay < day && (
            <p class="minor">{fill(words.zOlder, { day: printedDay(firstDay) })}</p>
          )}
        </>,
        receipts.toLocaleString("en-US"),
        formatAmount(total),
        formatAmount(vat),
        `${clockTime(closedAt)}, ${closedBy ?? words.zByPolicy}`,
        <ReportFiles
          read={(kind) => readZFile(request, number, kind)}
          fileName={`z-report-${number}-${day}`}
          what={`Z ${number}`}
        />,
      ],
    };
  }
}
