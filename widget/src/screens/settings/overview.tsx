import type { Figures, Stats } from "@fiscalise/shared/api/figures.ts";
import { formatAmount } from "@fiscalise/shared/money.ts";
import { readDocuments, readStats } from "../../api/figures.ts";
import { AttentionList } from "../../components/attention-list.tsx";
import { BarChart } from "../../components/bar-chart.tsx";
import { Empty, PageHead, Section } from "../../components/section.tsx";
import { Skeleton } from "../../components/skeleton.tsx";
import { TroubleNotice } from "../../components/trouble-notice.tsx";
import { useSettingsWords } from "../../settings-words.ts";
import { DevicePanel } from "./device/device-panel.tsx";
import { DocumentTable } from "./documents/document-table.tsx";
import { useSettings } from "./settings-context.ts";
import { useLoad } from "./use-load.ts";
import { usePages } from "./use-pages.ts";

const RECENT = 5;

/** What needs somebody first, then the figures, then what happened lately. */
export function Overview() {
  const words = useSettingsWords();
  const { request, isAdmin } = useSettings();
  const stats = useLoad((signal) => readStats(request, signal));
  return (
    <>
      <PageHead title={words.navOverview} />
      <TroubleNotice trouble={stats.trouble} onRetry={stats.reload} />
      {stats.value ? (
        <>
          <AttentionList attention={stats.value.attention} isAdmin={isAdmin} />
          <div class="tiles">
            <Tile title={words.today} figures={stats.value.today} />
            <Tile title={words.thisMonth} figures={stats.value.month} />
            <DevicePanel />
          </div>
          <Days days={stats.value.days} />
        </>
      ) : (
        !stats.trouble && <Skeleton />
      )}
      <Recent />
    </>
  );
}

function Tile(props: { title: string; figures: Figures }) {
  const words = useSettingsWords();
  const { receipts, total, vat } = props.figures;
  return (
    <section class="card tile" aria-label={props.title}>
      <h2>{props.title}</h2>
      <p class="big">
        <span class="minor">RWF</span> {formatAmount(total)}
      </p>
      <dl>
        <div>
          <dt>{words.vat}</dt>
          <dd>{formatAmount(vat)}</dd>
        </div>
        <div>
          <dt>{words.receipts}</dt>
          <dd>{receipts.toLocaleString("en-US")}</dd>
        </div>
      </dl>
    </section>
  );
}

function Days(props: { days: Stats["days"] }) {
  const words = useSettingsWords();
  const some = props.days.some(({ receipts }) => receipts > 0);
  return (
    <Section title={words.perDay}>
      {some ? (
        <BarChart
          bars={props.days}
          words={{
            caption: words.perDayHint,
            day: words.day,
            receipts: words.receipts,
            total: words.total,
            vat: words.vat,
          }}
        />
      ) : (
        <Empty>{words.noReceipts}</Empty>
      )}
    </Section>
  );
}

function Recent() {
  const words = useSettingsWords();
  const { request } = useSettings();
  const recent = usePages((_, signal) => readDocuments(request, { limit: RECENT }, signal));
  return (
    <Section
      title={words.recent}
      side={
        <a class="link" href="#/documents">
          {words.allDocuments}
        </a>
      }
    >
      <TroubleNotice trouble={recent.trouble} onRetry={recent.reload} />
      <DocumentTable pages={recent} empty={words.noDocuments} />
    </Section>
  );
}
