import type { VNode } from "preact";
import { useRef, useState } from "preact/hooks";
import { Chip } from "../../../components/chip.tsx";
import { DataTable, type Row } from "../../../components/data-table.tsx";
import { LoadMore } from "../../../components/load-more.tsx";
import { Section } from "../../../components/section.tsx";
import { restoredWords } from "../../../restored-words.ts";
import { useSettingsWords } from "../../../settings-words.ts";
import { fill } from "../../../words.ts";
import { useSettings } from "../settings-context.ts";
import { LostDocument } from "./lost-document.tsx";
import { OtherTill } from "./other-till.tsx";
import { inTheWay, type LostNumber, nameOf, RECEIPTS_MISSING, type SettlingProps } from "./settling.ts";

const PAGE = 50;

type SettledAs = "document" | "other-till";

/** Each number the device used and what it went to; admins say it. */
export function LostNumbers(props: Pick<SettlingProps, "onSettled" | "onStale"> & { numbers: LostNumber[] }) {
  const words = restoredWords();
  const { action } = useSettingsWords();
  const [opened, setOpened] = useState<{ number: string; as: SettledAs } | null>(null);
  const [shown, setShown] = useState(PAGE);
  const opener = useRef<HTMLButtonElement | null>(null);
  const { numbers } = props;
  const openNumbers = numbers.filter(({ settledAs }) => settledAs === null).map(({ number }) => number);
  const settled = numbers.length - openNumbers.length;
  return (
    <Section title={words.numbersTitle} text={words.numbersText}>
      <p>{fill(words.settledOf, { settled, all: numbers.length })}</p>
      <DataTable
        caption={words.numbersTitle}
        columns={[{ title: words.number }, { title: words.wentTo }, { title: action, kind: "action" }]}
        rows={numbers.slice(0, shown).map(rowOf)}
      />
      <LoadMore
        nextCursor={numbers.length > shown ? String(shown) : null}
        loading={false}
        onMore={() => setShown(shown + PAGE)}
      />
    </Section>
  );

  function rowOf(lost: LostNumber): Row {
    const { number, settledAs, document } = lost;
    const isOffered = settledAs === null && (opened?.as === "document" || inTheWay(document) === null);
    const isOpened = opened?.number === number && isOffered;
    return {
      key: number,
      cells: [<span class="name">{number}</span>, <WentTo lost={lost} />, actionsOf(lost)],
      ...(isOpened
        ? { below: opened.as === "document" ? below(lost, LostDocument) : below(lost, OtherTill) }
        : {}),
    };
  }

  function actionsOf(lost: LostNumber) {
    return (
      <Actions
        lost={lost}
        opened={opened?.number === lost.number ? opened.as : null}
        onOpen={(as, button) => {
          opener.current = button;
          setOpened({ number: lost.number, as });
        }}
      />
    );
  }

  function below({ number, document }: LostNumber, Settling: (props: SettlingProps) => VNode) {
    return (
      <Settling
        {...props}
        number={number}
        holder={document}
        openNumbers={openNumbers}
        onCancel={() => {
          setOpened(null);
          opener.current?.focus();
        }}
      />
    );
  }
}

function Actions(props: {
  lost: LostNumber;
  opened: SettledAs | null;
  onOpen: (as: SettledAs, button: HTMLButtonElement) => void;
}) {
  const words = restoredWords();
  const { isAdmin } = useSettings();
  const { number, settledAs, document } = props.lost;
  if (settledAs !== null && document?.state === "receipt-missing") {
    return (
      <a class="link" href={RECEIPTS_MISSING} aria-label={`${words.enterReceipt}: ${number}`}>
        {words.enterReceipt}
      </a>
    );
  }
  if (settledAs !== null || !isAdmin) return null;
  const button = (as: SettledAs, label: string) => (
    <button
      type="button"
      class="link"
      aria-label={`${label}: ${number}`}
      aria-expanded={props.opened === as}
      onClick={(event) => props.onOpen(as, event.currentTarget)}
    >
      {label}
    </button>
  );
  return (
    <div class="row-actions">
      {button("document", words.itWas)}
      {inTheWay(document) === null && button("other-till", words.others)}
    </div>
  );
}

function WentTo({ lost: { settledAs, document } }: { lost: LostNumber }) {
  const words = restoredWords();
  if (settledAs === null) {
    return (
      <>
        <Chip tone="warn" icon="warning" word={words.open} />
        {document && (
          <p class="help">{inTheWay(document) ?? fill(words.booksHave, { document: nameOf(document) })}</p>
        )}
      </>
    );
  }
  return <>{document ? nameOf(document) : words.others}</>;
}
