import type { Difference } from "@fiscalise/shared/api/reconciliations.ts";
import type { DifferenceKind } from "@fiscalise/shared/reconciliation.ts";
import { useRef, useState } from "preact/hooks";
import { type Column, DataTable, type Row } from "../../../components/data-table.tsx";
import { Section } from "../../../components/section.tsx";
import { reconciliationWords } from "../../../reconciliation-words.ts";
import { clockTime, fill } from "../../../words.ts";
import { count } from "../bulk/bulk-words.ts";
import { useSettings } from "../settings-context.ts";
import { AcceptDifference } from "./accept-difference.tsx";
import { WriteAgain } from "./write-again.tsx";

export function DifferencesOfKind(props: {
  kind: DifferenceKind;
  found: readonly Difference[];
  many: number;
  onAccepted: (sentence: string) => void;
  onStale: () => void;
}) {
  const own = reconciliationWords();
  const { isAdmin } = useSettings();
  const [opened, setOpened] = useState<string | null>(null);
  const opener = useRef<HTMLButtonElement | null>(null);
  const { kind, found, many, onAccepted, onStale } = props;
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
      <DataTable caption={first.title} columns={columnsOf(kind, isAdmin)} rows={found.map(rowOf)} />
    </Section>
  );

  function rowOf(difference: Difference): Row {
    const { id } = difference;
    const close = () => {
      setOpened(null);
      opener.current?.focus();
    };
    const of = { difference, name: nameOf(difference), onAccepted, onStale, onCancel: close };
    return {
      key: id,
      cells: [...cellsOf(difference), ...(isActed(kind, isAdmin) ? [actionsOf(difference)] : [])],
      ...(opened === id && { below: <AcceptDifference {...of} /> }),
    };
  }

  function actionsOf(difference: Difference) {
    const { id, action } = difference;
    const name = nameOf(difference);
    return (
      <div class="row-actions">
        {action && <WriteAgain id={id} of={name} />}
        {isAdmin && (
          <button
            type="button"
            class="link"
            aria-label={`${own.accept}: ${name}`}
            aria-expanded={opened === id}
            onClick={(event) => {
              opener.current = event.currentTarget;
              setOpened(id);
            }}
          >
            {own.accept}
          </button>
        )}
      </div>
    );
  }
}

export function nameOf({ document }: Difference): string {
  return document ? (document.number ?? document.zohoId) : reconciliationWords().noDevice;
}

/** Where it is mended in these pages. */
const LINKS: Partial<Record<DifferenceKind, { href: string; word: "inBulk" | "missing"; admin: boolean }>> = {
  "not-fiscalised": { href: "#/bulk", word: "inBulk", admin: true },
  unresolved: { href: "#/documents?state=receipt-missing", word: "missing", admin: false },
};

const isOfDevice = (kind: DifferenceKind) => kind === "device-ahead" || kind === "device-behind";
const isActed = (kind: DifferenceKind, isAdmin: boolean) => isAdmin || kind === "not-written-back";

function columnsOf(kind: DifferenceKind, isAdmin: boolean): Column[] {
  const own = reconciliationWords();
  return [
    { title: own.document },
    { title: own.date, spare: true },
    { title: own.here },
    { title: isOfDevice(kind) ? own.deviceSays : own.zoho },
    { title: own.since, spare: true },
    ...(isActed(kind, isAdmin) ? [{ title: own.action, kind: "action" as const }] : []),
  ];
}

function cellsOf(difference: Difference) {
  const own = reconciliationWords();
  const { document, here, there, changes, firstSeen } = difference;
  const changed = {
    currency: own.changeCurrency,
    total: own.changeTotal,
    date: own.changeDate,
    buyer: own.changeBuyer,
    lines: own.changeLines,
  };
  return [
    <span class="name">{nameOf(difference)}</span>,
    <span class="kept">{document?.date ?? "–"}</span>,
    here ?? own.nothing,
    <>
      {there ?? own.nothing}
      {changes.length > 0 && <span class="minor">{changes.map((part) => changed[part]).join(", ")}</span>}
    </>,
    <span class="kept">{clockTime(firstSeen)}</span>,
  ];
}
