import type { CreditNoteView, Refundable, RefundRequest } from "@fiscalise/shared/api/credit-notes.ts";
import { formatAmount } from "@fiscalise/shared/money.ts";
import type { ComponentChildren } from "preact";
import { DeviceAnswer } from "../components/device-answer.tsx";
import { DeviceStatus } from "../components/device-status.tsx";
import { DraftDetails } from "../components/draft-details.tsx";
import { Heading } from "../components/heading.tsx";
import { ProblemList } from "../components/problem-list.tsx";
import { refundWords } from "../refund-words.ts";
import { fill, useWords } from "../words.ts";
import { PartialRefund } from "./partial-refund.tsx";
import { ASKED_BY_FIELD, RefundChoices } from "./refund-choices.tsx";
import { isWellFormed } from "./typed.ts";

/** Before a refund: which receipt, why, and whether it is lawful. */
export function RefundBefore(props: {
  view: CreditNoteView;
  chosen: RefundRequest;
  checked: boolean;
  onChosen: (choice: RefundRequest) => void;
  papers: ComponentChildren;
  onCheck: () => void;
  onRefund: () => void;
}) {
  const { words } = refundWords();
  const common = useWords();
  const { view, chosen, checked } = props;
  const { problems, original, partial } = view;
  const listed = problems.filter(
    ({ code }) => !ASKED_BY_FIELD.includes(code) && (code !== "partial-refund-unsupported" || !partial),
  );
  const asked = problems.filter(({ code }) => ASKED_BY_FIELD.includes(code));
  const rejected = view.submission?.state === "rejected" ? view.submission.deviceAnswer : null;
  const code = chosen.purchaseCode ?? "";
  const codeIsWrong = code !== "" && !isWellFormed("purchaseCode", code);
  const ready = problems.length === 0 && checked && !codeIsWrong;
  return (
    <>
      <Heading {...headingFor(props, asked.length)}>
        <DeviceStatus device={view.device} />
      </Heading>
      {rejected && <DeviceAnswer answer={rejected} />}
      {partial && <PartialRefund partial={partial} note={view.document} />}
      {listed.length > 0 && <ProblemList problems={listed} />}
      <RefundChoices view={view} chosen={chosen} onChosen={props.onChosen} />
      {listed.length > 0 || partial ? (
        <button type="button" class="primary" disabled={!checked} onClick={props.onCheck}>
          {common.checkAgain}
        </button>
      ) : (
        <button type="button" class="primary" disabled={!ready} onClick={props.onRefund}>
          {rejected ? words.fixAgain : words.refund}
        </button>
      )}
      {props.papers}
      {original && <OriginalFacts original={original} label={words.refunds} />}
      {view.draft && <DraftDetails draft={view.draft} title={common.itemLines} />}
    </>
  );
}

function OriginalFacts({ original, label }: { original: Refundable; label: string }) {
  const words = useWords();
  return (
    <dl class="facts">
      <div>
        <dt>{label}</dt>
        <dd>
          <span class="name">{original.documentNumber}</span>
          <span class="minor">{[original.counter, original.date].filter(Boolean).join(" · ")}</span>
        </dd>
      </div>
      <div class="sum">
        <dt>{words.total}</dt>
        <dd class="figure">
          <span>RWF</span> {formatAmount(original.total)}
        </dd>
      </div>
    </dl>
  );
}

function headingFor({ view }: { view: CreditNoteView }, asked: number) {
  const { words } = refundWords();
  if (view.submission?.state === "rejected") {
    return { tone: "bad", icon: "cross", title: words.rejectedTitle } as const;
  }
  if (view.problems.length > asked)
    return { tone: "warn", icon: "warning", title: words.refusedTitle } as const;
  if (asked > 0) {
    const title = asked === 1 ? words.chooseTitle : fill(words.chooseTitleMany, { count: asked });
    return { tone: "warn", icon: "pencil", title } as const;
  }
  return { tone: "accent", icon: "receipt", title: words.readyTitle } as const;
}
