import type { Difference, Reconciliations } from "@fiscalise/shared/api/reconciliations.ts";
import { DIFFERENCE_KINDS, type DifferenceKind } from "@fiscalise/shared/reconciliation.ts";
import { readDifferences, readDifferencesCsv } from "../../api/reconciliation.ts";
import { type Column, DataTable } from "../../components/data-table.tsx";
import { Icon } from "../../components/icon.tsx";
import { LoadMore } from "../../components/load-more.tsx";
import { Section } from "../../components/section.tsx";
import { TroubleNotice } from "../../components/trouble-notice.tsx";
import { reconciliationWords } from "../../reconciliation-words.ts";
import { useSettingsWords } from "../../settings-words.ts";
import { clockTime, fill } from "../../words.ts";
import { count } from "./bulk-words.ts";
import { kigaliDay, saveFile } from "./save-file.ts";
import { useSettings } from "./settings-context.ts";
import { useAction } from "./use-action.ts";
import { usePages } from "./use-pages.ts";
import { WriteAgain } from "./write-again.tsx";

const PAGE = 100;

/** Those that are open, by kind: what it means and what to do once, then each document. */
export function Differences(props: {
  open: Reconciliations["open"];
  /** Whether the latest run compared all it should: else none found says nothing. */
  isCompared: boolean;
}) {
  const words = useSettingsWords();
  const own = reconciliationWords();
  const { request } = useSettings();
  const { busy, trouble, run: act } = useAction();
  const pages = usePages((cursor, signal) => readDifferences(request, { cursor, limit: PAGE }, signal), "");
  const { items } = pages;

  async function save() {
    const file = await act(() => readDifferencesCsv(request));
    if (file) saveFile(file, `differences-${kigaliDay(new Date())}.csv`);
  }
  if (!items) return pages.trouble ? unread() : <div class="bone facts" />;
  if (items.length === 0 && !props.isCompared) return null;
  if (items.length === 0) {
    return (
      <p class="all-well">
        <Icon name="check" /> {own.none}
      </p>
    );
  }
  const byKind = Map.groupBy(items, ({ kind }) => kind);
  return (
    <>
      <header class="page-head">
        <h2>{own.differs}</h2>
        <button type="button" class="secondary narrow" disabled={busy} onClick={() => void save()}>
          {words.exportCsv}
        </button>
      </header>
      <TroubleNotice trouble={trouble} />
      {DIFFERENCE_KINDS.map((kind) => {
        const found = byKind.get(kind);
        const many = props.open.find((each) => each.kind === kind)?.count ?? 0;
        return found && <OfKind key={kind} kind={kind} found={found} many={Math.max(many, found.length)} />;
      })}
      {unread()}
      <LoadMore {...pages} onMore={pages.loadMore} />
    </>
  );

  function unread() {
    return <TroubleNotice trouble={pages.trouble} onRetry={pages.reload} />;
  }
}

function OfKind(props: { kind: DifferenceKind; found: readonly Difference[]; many: number }) {
  const own = reconciliationWords();
  const { isAdmin } = useSettings();
  const { kind, found, many } = props;
  const [first] = found;
  if (!first) return null;
  const link = LINKS[kind];
  return (
    <Section title={fill(own.kindCount, { title: first.title, count: count(many) })} text={first.explanation}>
      <p class="remedy">{`${own.whatToDo}: ${first.remedy}`}</p>
      {link && (isAdmin || !link.admin) && (
        <p>
          <a class="link" href={link.href}>
            {own[link.word]}
          </a>
        </p>
      )}
      <DataTable
        caption={first.title}
        columns={columnsOf(kind)}
        rows={found.map((each) => ({ key: each.id, cells: cellsOf(each) }))}
      />
    </Section>
  );
}

/** Where it is mended in these pages. */
const LINKS: Partial<Record<DifferenceKind, { href: string; word: "inBulk" | "missing"; admin: boolean }>> = {
  "not-fiscalised": { href: "#/bulk", word: "inBulk", admin: true },
  unresolved: { href: "#/documents?state=receipt-missing", word: "missing", admin: false },
};

const isOfDevice = (kind: DifferenceKind) => kind === "device-ahead" || kind === "device-behind";

function columnsOf(kind: DifferenceKind): Column[] {
  const own = reconciliationWords();
  return [
    { title: own.document },
    { title: own.date, spare: true },
    { title: own.here },
    { title: isOfDevice(kind) ? own.deviceSays : own.zoho },
    { title: own.since, spare: true },
    ...(kind === "not-written-back" ? [{ title: own.action, kind: "action" as const }] : []),
  ];
}

function cellsOf({ id, kind, document, here, there, changes, firstSeen, action }: Difference) {
  const own = reconciliationWords();
  const changed = {
    currency: own.changeCurrency,
    total: own.changeTotal,
    date: own.changeDate,
    buyer: own.changeBuyer,
    lines: own.changeLines,
  };
  const name = document ? (document.number ?? document.zohoId) : own.noDevice;
  return [
    <span class="name">{name}</span>,
    <span class="kept">{document?.date ?? "–"}</span>,
    here ?? own.nothing,
    <>
      {there ?? own.nothing}
      {changes.length > 0 && <span class="minor">{changes.map((part) => changed[part]).join(", ")}</span>}
    </>,
    <span class="kept">{clockTime(firstSeen)}</span>,
    ...(kind === "not-written-back" ? [action && <WriteAgain id={id} of={name} />] : []),
  ];
}
