import type { BulkDocument, BulkRun } from "@fiscalise/shared/api/bulk-runs.ts";
import { BULK_DOCUMENT_STATES, type BulkDocumentState } from "@fiscalise/shared/bulk.ts";
import { formatAmount } from "@fiscalise/shared/money.ts";
import { useState } from "preact/hooks";
import { readBulkCsv, readBulkDocuments } from "../../../api/bulk.ts";
import { Chip } from "../../../components/chip.tsx";
import { DataTable, type Row } from "../../../components/data-table.tsx";
import type { Tone } from "../../../components/heading.tsx";
import type { IconName } from "../../../components/icon.tsx";
import { LoadMore } from "../../../components/load-more.tsx";
import { Empty, Section } from "../../../components/section.tsx";
import { SelectField } from "../../../components/select-field.tsx";
import { TroubleNotice } from "../../../components/trouble-notice.tsx";
import { type AllSettingsWords, useSettingsWords } from "../../../settings-words.ts";
import { saveFile } from "../save-file.ts";
import { useSettings } from "../settings-context.ts";
import { useAction } from "../use-action.ts";
import { usePages } from "../use-pages.ts";
import { bulkStateWords, count } from "./bulk-words.ts";

const PAGE = 25;
const LOOKS: Record<BulkDocumentState, { tone: Tone; icon: IconName }> = {
  waiting: { tone: "quiet", icon: "clock" },
  ready: { tone: "accent", icon: "check" },
  refused: { tone: "warn", icon: "warning" },
  failed: { tone: "bad", icon: "warning" },
  "under-way": { tone: "accent", icon: "receipt" },
  fiscalised: { tone: "good", icon: "check" },
  rejected: { tone: "bad", icon: "cross" },
  "receipt-missing": { tone: "bad", icon: "warning" },
  withdrawn: { tone: "quiet", icon: "cross" },
  superseded: { tone: "quiet", icon: "receipt" },
};

/** Read anew when the run enters another state, not with each document: nothing jumps below the cursor. */
export function BulkDocuments(props: { run: BulkRun }) {
  const words = useSettingsWords();
  const { request } = useSettings();
  const { run } = props;
  const { busy, trouble, run: act } = useAction();
  const [state, setState] = useState<BulkDocumentState | "">("");
  const settled = run.counts["under-way"] === 0;
  const pages = usePages(
    (cursor, signal) => readBulkDocuments(request, run.id, { state, cursor, limit: PAGE }, signal),
    { filter: state, round: `${run.state} ${settled}` },
  );
  const names = bulkStateWords(words);

  async function save() {
    const file = await act(() => readBulkCsv(request, run.id));
    if (file) saveFile(file, `bulk-run-${run.createdAt.slice(0, 10)}.csv`);
  }
  return (
    <Section
      title={words.bulkDocumentsTitle}
      side={
        <button type="button" class="secondary narrow" disabled={busy} onClick={() => void save()}>
          {words.exportCsv}
        </button>
      }
    >
      <search class="filters" aria-label={words.filter}>
        <SelectField<BulkDocumentState | "">
          label={words.state}
          value={state}
          options={[
            ["", words.allStates],
            ...BULK_DOCUMENT_STATES.filter((name) => run.counts[name] > 0 || name === state).map(
              (name) => [name, `${names[name]} (${count(run.counts[name])})`] as const,
            ),
          ]}
          onValue={setState}
        />
      </search>
      <TroubleNotice trouble={trouble} />
      <TroubleNotice trouble={pages.trouble} onRetry={pages.reload} />
      {pages.items ? table(pages.items) : pages.loading && <div class="bone facts" />}
      <LoadMore {...pages} onMore={pages.loadMore} />
    </Section>
  );

  function table(items: readonly BulkDocument[]) {
    if (items.length === 0) return <Empty>{words.bulkNone}</Empty>;
    return (
      <DataTable
        caption={words.bulkDocumentsTitle}
        columns={[
          { title: words.document },
          { title: words.bulkCustomer },
          { title: words.date, spare: true },
          { title: words.state },
          { title: words.bulkReceipt, spare: true },
          { title: words.total, kind: "figure" },
        ]}
        rows={items.map((item) => rowOf(item, words))}
      />
    );
  }
}

function rowOf(item: BulkDocument, words: AllSettingsWords): Row {
  const { total, currencyCode } = item;
  return {
    key: String(item.position),
    cells: [
      <span class="name">{item.number ?? item.zohoId}</span>,
      item.customerName ?? "–",
      <span class="kept">{item.date ?? "–"}</span>,
      <>
        <Chip {...LOOKS[item.state]} word={bulkStateWords(words)[item.state]} />
        {item.reasons.map(({ code, title }) => (
          <span key={code} class="minor">
            {title}
          </span>
        ))}
      </>,
      item.counter && <span class="kept">{item.counter}</span>,
      total && (
        <>
          {currencyCode !== "RWF" && <span class="minor">{currencyCode}</span>} {formatAmount(total)}
        </>
      ),
    ],
  };
}
