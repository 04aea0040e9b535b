import type { AuditEvent } from "@fiscalise/shared/api/audit.ts";
import { useState } from "preact/hooks";
import { type AuditFilter, readAudit, readAuditCsv } from "../../api/audit.ts";
import { auditWords } from "../../audit-words.ts";
import { Chip } from "../../components/chip.tsx";
import { DataTable, type Row } from "../../components/data-table.tsx";
import { LoadMore } from "../../components/load-more.tsx";
import { Pairs } from "../../components/pairs.tsx";
import { Empty, PageHead, Section } from "../../components/section.tsx";
import { SelectField } from "../../components/select-field.tsx";
import { TextField } from "../../components/text-field.tsx";
import { TroubleNotice } from "../../components/trouble-notice.tsx";
import { type AllSettingsWords, useSettingsWords } from "../../settings-words.ts";
import { clockTime } from "../../words.ts";
import { kigaliDay, saveFile } from "./save-file.ts";
import { useSettings } from "./settings-context.ts";
import { useAction } from "./use-action.ts";
import { usePages } from "./use-pages.ts";

const PAGE = 50;
const NOTHING: AuditFilter = { action: "", result: "", from: "", to: "" };

export function Audit() {
  const words = useSettingsWords();
  const { request } = useSettings();
  const { busy, trouble, run } = useAction();
  const [filter, setFilter] = useState(NOTHING);
  const [actions] = useState(auditWords);
  const pages = usePages((cursor, signal) => readAudit(request, { ...filter, cursor, limit: PAGE }, signal), {
    filter: JSON.stringify(filter),
  });
  const { items } = pages;

  async function save() {
    const csv = await run(() => readAuditCsv(request, filter));
    if (csv) saveFile(csv, `audit-${kigaliDay(new Date())}.csv`);
  }
  return (
    <>
      <PageHead title={words.navAudit} text={words.auditText} />
      <Section
        title={words.auditTitle}
        side={
          <button type="button" class="secondary narrow" disabled={busy} onClick={() => void save()}>
            {words.exportCsv}
          </button>
        }
      >
        <AuditFilters filter={filter} actions={actions} onFilter={setFilter} />
        <TroubleNotice trouble={trouble ?? pages.trouble} onRetry={pages.reload} />
        {!items && pages.loading && <div class="bone facts" />}
        {items?.length === 0 && <Empty>{words.noEvents}</Empty>}
        {items && items.length > 0 && (
          <DataTable
            caption={words.auditTitle}
            columns={[
              { title: words.date },
              { title: words.who },
              { title: words.what },
              { title: words.onWhat },
              { title: words.result },
            ]}
            rows={items.map((event) => rowOf(event, { words, actions }))}
          />
        )}
        <LoadMore {...pages} onMore={pages.loadMore} />
      </Section>
    </>
  );
}

type Actions = ReturnType<typeof auditWords>;

function AuditFilters(props: {
  filter: AuditFilter;
  actions: Actions;
  onFilter: (filter: AuditFilter) => void;
}) {
  const words = useSettingsWords();
  const { filter, actions, onFilter } = props;
  return (
    <search class="filters" aria-label={words.filter}>
      <SelectField
        label={words.what}
        value={filter.action}
        options={[["", words.everything], ...actions.all]}
        onValue={(action) => onFilter({ ...filter, action })}
      />
      <SelectField
        label={words.result}
        value={filter.result}
        options={[
          ["", words.allResults],
          ["done", words.resultDone],
          ["refused", words.resultRefused],
        ]}
        onValue={(result) => onFilter({ ...filter, result })}
      />
      <TextField
        label={words.from}
        type="date"
        value={filter.from}
        onValue={(from) => onFilter({ ...filter, from })}
      />
      <TextField
        label={words.to}
        type="date"
        value={filter.to}
        onValue={(to) => onFilter({ ...filter, to })}
      />
    </search>
  );
}

function rowOf(event: AuditEvent, { words, actions }: { words: AllSettingsWords; actions: Actions }): Row {
  const { sequence, at, actor, action, subject, result, address, requestId, detail } = event;
  const more = [
    ...(event.subjectName ? [[words.onWhat, subject] as const] : []),
    ...Object.entries(detail).map(([name, value]) => [name, String(value)] as const),
    ...(address ? [[words.networkAddress, address] as const] : []),
    ...(requestId ? [[words.requestId, requestId] as const] : []),
  ];
  return {
    key: sequence,
    cells: [
      <span class="kept">{clockTime(at)}</span>,
      <>
        <span class="name">{nameOf(event, words) ?? actor}</span>
        {nameOf(event, words) && <span class="minor">{actor}</span>}
      </>,
      <>
        {actions.of(action)}
        <details class="more">
          <summary>{words.more}</summary>
          <code>{action}</code>
          <Pairs pairs={more} />
        </details>
      </>,
      event.subjectName ? subjectOf(event, words) : <span class="minor">{subject}</span>,
      result === "done" ? (
        <Chip tone="good" icon="check" word={words.resultDone} />
      ) : (
        <Chip tone="bad" icon="cross" word={words.resultRefused} />
      ),
    ],
  };
}

/** The number of a branch alone says nothing. */
const subjectOf = ({ subject, subjectName }: AuditEvent, words: AllSettingsWords) =>
  subject.startsWith("branch:") ? `${words.branch} ${subjectName}` : subjectName;

/** Null of somebody whose account is gone. */
function nameOf({ actor, actorName }: AuditEvent, words: AllSettingsWords): string | null {
  if (actor === "system" || actor === "automation") return words.byFiscalise;
  return actor.startsWith("super-admin:") ? words.byProvider : actorName;
}
