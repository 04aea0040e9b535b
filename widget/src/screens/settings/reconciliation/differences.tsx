import type { Difference, Reconciliations } from "@fiscalise/shared/api/reconciliations.ts";
import { DIFFERENCE_KINDS } from "@fiscalise/shared/reconciliation.ts";
import { useEffect, useRef, useState } from "preact/hooks";
import { readDifferences, readDifferencesCsv } from "../../../api/reconciliation.ts";
import { useAnnounce } from "../../../components/announcer.tsx";
import { Icon } from "../../../components/icon.tsx";
import { LoadMore } from "../../../components/load-more.tsx";
import { TroubleNotice } from "../../../components/trouble-notice.tsx";
import { reconciliationWords } from "../../../reconciliation-words.ts";
import { useSettingsWords } from "../../../settings-words.ts";
import { kigaliDay, saveFile } from "../save-file.ts";
import { useSettings } from "../settings-context.ts";
import { useAction } from "../use-action.ts";
import { usePages } from "../use-pages.ts";
import { AcceptedDifferences } from "./accepted-differences.tsx";
import { DifferencesOfKind } from "./differences-of-kind.tsx";

const PAGE = 100;

/** What a run that ended well compared: not every device tells its last number. */
export type Compared = "all" | "documents";

/** Those that are open, by kind: what it means and what to do once, then each document. Below them those accepted as they are. */
export function Differences(props: {
  open: Reconciliations["open"];
  /** What the latest run compared; null: not all of the documents, and none found says nothing. */
  compared: Compared | null;
  onChange: () => void;
}) {
  const { request } = useSettings();
  const announce = useAnnounce();
  const [said, setSaid] = useState("");
  const outcome = useRef<HTMLParagraphElement>(null);
  // What she pressed is gone with its row.
  useEffect(() => outcome.current?.focus(), [said]);
  const listOf = (state: "open" | "accepted") =>
    usePages((cursor, signal) => readDifferences(request, { state, cursor, limit: PAGE }, signal));
  const [open, accepted] = [listOf("open"), listOf("accepted")];

  function reload() {
    open.reload();
    accepted.reload();
    props.onChange();
  }
  function settled(sentence: string) {
    setSaid(sentence);
    announce(sentence);
    reload();
  }
  const isAny = (accepted.items?.length ?? 0) > 0;
  return (
    <>
      <p ref={outcome} tabIndex={-1} class="outcome">
        {said}
      </p>
      {open.items ? shown(open.items) : !open.trouble && <div class="bone facts" />}
      <TroubleNotice trouble={open.trouble} onRetry={open.reload} />
      <LoadMore {...open} onMore={open.loadMore} />
      {isAny && <AcceptedDifferences found={accepted.items ?? []} onOpened={settled} onStale={reload} />}
      <TroubleNotice trouble={accepted.trouble} onRetry={accepted.reload} />
      <LoadMore {...accepted} onMore={accepted.loadMore} />
    </>
  );

  function shown(items: Difference[]) {
    if (items.length === 0) {
      return accepted.items && props.compared && <NoneOpen compared={props.compared} isAnyAccepted={isAny} />;
    }
    const byKind = Map.groupBy(items, ({ kind }) => kind);
    return (
      <>
        <OpenHead />
        {DIFFERENCE_KINDS.map((kind) => {
          const found = byKind.get(kind);
          const many = Math.max(
            props.open.find((each) => each.kind === kind)?.count ?? 0,
            found?.length ?? 0,
          );
          const of = { kind, many, onAccepted: settled, onStale: reload };
          return found && <DifferencesOfKind key={kind} found={found} {...of} />;
        })}
      </>
    );
  }
}

function NoneOpen({ compared, isAnyAccepted }: { compared: Compared; isAnyAccepted: boolean }) {
  const own = reconciliationWords();
  const agreed = compared === "all" ? own.none : own.documentsAgree;
  return (
    <p class="all-well">
      <Icon name="check" /> {isAnyAccepted ? own.noneElse : agreed}
      {compared === "documents" && ` ${own.deviceNotCompared}`}
    </p>
  );
}

function OpenHead() {
  const words = useSettingsWords();
  const own = reconciliationWords();
  const { request } = useSettings();
  const { busy, trouble, run: act } = useAction();

  async function save() {
    const file = await act(() => readDifferencesCsv(request));
    if (file) saveFile(file, `differences-${kigaliDay(new Date())}.csv`);
  }
  return (
    <>
      <header class="page-head">
        <h2>{own.differs}</h2>
        <button type="button" class="secondary narrow" disabled={busy} onClick={() => void save()}>
          {words.exportCsv}
        </button>
      </header>
      <TroubleNotice trouble={trouble} />
    </>
  );
}
