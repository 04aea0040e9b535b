import type { Difference } from "@fiscalise/shared/api/reconciliations.ts";
import { withdrawAcceptance } from "../../../api/reconciliation.ts";
import { DataTable } from "../../../components/data-table.tsx";
import { Section } from "../../../components/section.tsx";
import { TroubleNotice } from "../../../components/trouble-notice.tsx";
import { reconciliationWords } from "../../../reconciliation-words.ts";
import { clockTime, fill } from "../../../words.ts";
import { useSettling } from "../restored/settling.ts";
import { useSettings } from "../settings-context.ts";
import { nameOf } from "./differences-of-kind.tsx";

/** Found still, and right as they are: who said so, when and why. */
export function AcceptedDifferences(props: {
  found: readonly Difference[];
  onOpened: (sentence: string) => void;
  onStale: () => void;
}) {
  const own = reconciliationWords();
  const { isAdmin, request } = useSettings();
  const { busy, trouble, run: act } = useSettling(props.onStale);

  async function open(difference: Difference) {
    const opened = await act(() => withdrawAcceptance(request, difference.id));
    if (opened) props.onOpened(fill(own.opened, { name: nameOf(difference) }));
  }
  return (
    <Section title={own.acceptedTitle} text={own.acceptedText}>
      <TroubleNotice trouble={trouble} />
      <DataTable
        caption={own.acceptedTitle}
        columns={[
          { title: own.document },
          { title: own.differs },
          { title: own.reason },
          ...(isAdmin ? [{ title: own.action, kind: "action" as const }] : []),
        ]}
        rows={props.found.map((difference) => ({ key: difference.id, cells: cellsOf(difference) }))}
      />
    </Section>
  );

  function cellsOf(difference: Difference) {
    const { title, here, there, accepted } = difference;
    const name = nameOf(difference);
    return [
      <span class="name">{name}</span>,
      <>
        {title}
        <span class="minor">{`${here ?? own.nothing} / ${there ?? own.nothing}`}</span>
      </>,
      <>
        {accepted?.reason}
        <span class="minor">
          {accepted && fill(own.byPerson, { name: accepted.by, time: clockTime(accepted.at) })}
        </span>
      </>,
      ...(isAdmin ? [reopen(difference, name)] : []),
    ];
  }

  function reopen(difference: Difference, name: string) {
    return (
      <button
        type="button"
        class="link"
        aria-label={`${own.open}: ${name}`}
        disabled={busy}
        onClick={() => void open(difference)}
      >
        {own.open}
      </button>
    );
  }
}
