import type { InvoiceView } from "@fiscalise/shared/api/invoices.ts";
import type { SubmissionView } from "@fiscalise/shared/api/submissions.ts";
import type { ScreenWords } from "@fiscalise/shared/words/screens.ts";
import { useEffect } from "preact/hooks";
import { useAnnounce } from "../components/announcer.tsx";
import { DeviceStatus } from "../components/device-status.tsx";
import { DraftDetails } from "../components/draft-details.tsx";
import { Facts } from "../components/facts.tsx";
import { Heading } from "../components/heading.tsx";
import { clockTime, fill, useWords } from "../words.ts";
import { useElapsed } from "./use-elapsed.ts";

/** What is shown of a document while its device is waited for. */
export type SaleView = Pick<InvoiceView, "document" | "draft" | "buyer" | "device">;

const SAY_WHAT_FOR_S = 2;
const SAY_LEAVE_S = 8;

export function Sending(props: { view: SaleView; since: number }) {
  const words = useWords();
  const announce = useAnnounce();
  const elapsed = useElapsed(props.since);
  const sentences = [
    elapsed < SAY_WHAT_FOR_S ? words.sendingNow : words.sendingWaiting,
    ...(elapsed < SAY_LEAVE_S ? [] : [words.sendingLeave]),
  ].join(" ");
  useEffect(() => announce(`${words.sendingTitle} ${sentences}`), [sentences]);
  return (
    <>
      <Heading tone="accent" icon="receipt" title={words.sendingTitle} busy>
        <p class="steps">
          {sentences}{" "}
          <span class="seconds" aria-hidden="true">
            {fill(words.seconds, { count: elapsed })}
          </span>
        </p>
      </Heading>
      <Facts view={props.view} typedTin={undefined} />
    </>
  );
}

export function Queued(props: {
  view: SaleView;
  submission: SubmissionView;
  busy: boolean;
  onWithdraw: () => void;
}) {
  const words = useWords();
  const { view, submission } = props;
  return (
    <>
      <Heading tone="warn" icon="clock" title={words.queuedTitle}>
        <p>
          {fill(words.since, { time: clockTime(submission.stateSince) })} {whyWaiting(submission.wait, words)}
        </p>
        <p>{words.queuedByItself}</p>
        <DeviceStatus device={view.device} />
      </Heading>
      <Facts view={view} typedTin={undefined} />
      {submission.actions.includes("withdraw") && (
        <button type="button" class="secondary" disabled={props.busy} onClick={props.onWithdraw}>
          {words.withdraw}
        </button>
      )}
      {view.draft && <DraftDetails draft={view.draft} title={words.itemLines} />}
    </>
  );
}

export function Unknown(props: { view: SaleView; submission: SubmissionView }) {
  const words = useWords();
  const { unknownSince, stateSince, needsAttention } = props.submission;
  return (
    <>
      <Heading tone="warn" icon="search" title={words.unknownTitle} busy>
        <p>{fill(words.unknownText, { time: clockTime(unknownSince ?? stateSince) })}</p>
        {needsAttention && <p class="remedy">{words.unknownAttention}</p>}
        <DeviceStatus device={props.view.device} />
      </Heading>
      <Facts view={props.view} typedTin={undefined} />
    </>
  );
}

function whyWaiting(wait: SubmissionView["wait"], words: ScreenWords): string {
  if (!wait) return "";
  const inLine = wait.before > 0 ? fill(words.queuedInLine, { count: wait.before }) : "";
  switch (wait.reason) {
    case "in-line":
      return inLine;
    case "device-unreachable":
      return `${words.queuedUnreachable} ${inLine}`;
    case "device-resting":
      return `${words.queuedResting} ${inLine}`;
  }
}
