import type { RestoredDevice } from "@fiscalise/shared/api/restored-device.ts";
import { useEffect, useRef, useState } from "preact/hooks";
import { useAnnounce } from "../../../components/announcer.tsx";
import { Pairs } from "../../../components/pairs.tsx";
import { PageHead, Section } from "../../../components/section.tsx";
import { Skeleton } from "../../../components/skeleton.tsx";
import { TroubleNotice } from "../../../components/trouble-notice.tsx";
import { restoredWords } from "../../../restored-words.ts";
import { useSettingsWords } from "../../../settings-words.ts";
import { clockTime, fill } from "../../../words.ts";
import { useSettings } from "../settings-context.ts";
import type { Loaded } from "../use-load.ts";
import { AskRestored } from "./ask-restored.tsx";
import { LostNumbers } from "./lost-numbers.tsx";
import { RECEIPTS_MISSING } from "./settling.ts";

/** Why nothing is signed after a restore, and the way out of it (docs/decisions/030). */
export function Restored({ restored }: { restored: Loaded<RestoredDevice> }) {
  const words = useSettingsWords();
  const own = restoredWords();
  const { isAdmin } = useSettings();
  const announce = useAnnounce();
  const [said, setSaid] = useState("");
  const outcome = useRef<HTMLParagraphElement>(null);
  // What she pressed is gone with what it settled.
  useEffect(() => outcome.current?.focus(), [said]);

  function show(answer: RestoredDevice, sentence: string) {
    const told = answer.hold ? sentence : own.released;
    restored.show(answer);
    setSaid(told);
    announce(told);
  }
  /** Lost numbers first; without any, what still holds the device. */
  function saidOf({ hold }: RestoredDevice): string {
    const open = hold?.numbers.filter(({ settledAs }) => settledAs === null).length ?? 0;
    if (open === 0) return fill(own.underWay, { count: hold?.underWay ?? 0 });
    return fill(own.saidNumbers, { count: open });
  }
  const { value, trouble, reload } = restored;
  return (
    <>
      <PageHead title={words.navRestored} />
      <p ref={outcome} tabIndex={-1} class="outcome">
        {said}
      </p>
      <TroubleNotice trouble={trouble} onRetry={reload} />
      {value ? content(value) : !trouble && <Skeleton />}
    </>
  );

  function content({ hold }: RestoredDevice) {
    if (!hold) return <Nothing />;
    return (
      <>
        <Happened hold={hold} isAdmin={isAdmin} />
        {isAdmin && hold.checkedAt === null && (
          <AskRestored onAnswer={(answer) => show(answer, saidOf(answer))} onStale={reload} />
        )}
        {hold.numbers.length > 0 && <LostNumbers numbers={hold.numbers} onSettled={show} onStale={reload} />}
      </>
    );
  }
}

function Happened(props: { hold: NonNullable<RestoredDevice["hold"]>; isAdmin: boolean }) {
  const own = restoredWords();
  const [from, to] = [clockTime(props.hold.knownTo), clockTime(props.hold.restoredAt)];
  return (
    <Section title={own.happened} text={own.happenedText} class="restored">
      <Pairs
        pairs={[
          [own.restoredAt, to],
          [own.knownTo, from],
        ]}
      />
      <div>
        <p>{fill(own.missing, { from, to })}</p>
        <ul>
          <li>{own.missingReceipts}</li>
          <li>{own.missingOthers}</li>
        </ul>
      </div>
      {props.hold.underWay > 0 && <p>{fill(own.underWay, { count: props.hold.underWay })}</p>}
      {!props.isAdmin && (
        <p>
          <strong>{own.askAdmin}</strong>
        </p>
      )}
    </Section>
  );
}

function Nothing() {
  const own = restoredWords();
  return (
    <Section title={own.nothing} text={own.nothingText}>
      <a class="link" href={RECEIPTS_MISSING}>
        {own.showMissing}
      </a>
    </Section>
  );
}
