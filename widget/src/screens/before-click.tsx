import type { InvoiceView } from "@fiscalise/shared/api/invoices.ts";
import type { ScreenWords } from "@fiscalise/shared/words/screens.ts";
import type { ComponentChildren } from "preact";
import { useRef, useState } from "preact/hooks";
import { BuyerFields } from "../components/buyer-fields.tsx";
import { DeviceAnswer } from "../components/device-answer.tsx";
import { DeviceStatus } from "../components/device-status.tsx";
import { DraftDetails } from "../components/draft-details.tsx";
import { Facts } from "../components/facts.tsx";
import { Heading } from "../components/heading.tsx";
import { ProblemList } from "../components/problem-list.tsx";
import { fill, useWords } from "../words.ts";
import { MENDED_IN, sidebarState } from "./sidebar-state.ts";
import { hasMistake, isWellFormed, requestOf, type Typed, type TypedField } from "./typed.ts";

/** Ready, something missing, refused, or refused by the device the last time. */
export function BeforeClick(props: {
  view: InvoiceView;
  typed: Typed;
  checked: boolean;
  onTyped: (field: TypedField, value: string) => void;
  papers: ComponentChildren;
  onCheck: () => void;
  onFiscalise: () => void;
}) {
  const words = useWords();
  const { view, typed, checked } = props;
  const { draft, problems, submission, device } = view;
  const state = sidebarState(view);
  const [asked, setAsked] = useState(false);
  const shown = useShownFields(view, asked);
  const field = (name: TypedField, given: string | null) => {
    const value = typed[name] ?? given ?? "";
    const complaint = problems.find(({ code }) => MENDED_IN[code] === name);
    return shown.has(name)
      ? {
          value,
          valid: isWellFormed(name, value),
          complaint: typed[name] === undefined || checked ? complaint?.detail : undefined,
        }
      : null;
  };
  const answer = state === "rejected" ? submission?.deviceAnswer : null;
  const ready = problems.length === 0 && draft !== null && checked && !hasMistake(typed);
  const refused = state === "refused" || (state === "rejected" && problems.length > 0 && shown.size === 0);
  const elsewhere = problems.filter(({ code }) => !shown.has(MENDED_IN[code] as TypedField));
  const facts = <Facts view={view} typedTin={requestOf(typed).customerTin} />;
  return (
    <>
      <Heading {...headingFor(view, words)}>
        <DeviceStatus device={device} />
      </Heading>
      {answer && <DeviceAnswer answer={answer} />}
      {elsewhere.length > 0 && <ProblemList problems={elsewhere} />}
      {state === "ready" && facts}
      {shown.size > 0 && (
        <BuyerFields
          customerTin={field("customerTin", view.buyer.tin)}
          purchaseCode={field("purchaseCode", view.buyer.purchaseCode)}
          onTyped={props.onTyped}
        />
      )}
      {refused ? (
        <button type="button" class="primary" disabled={!checked} onClick={props.onCheck}>
          {words.checkAgain}
        </button>
      ) : (
        <button type="button" class="primary" disabled={!ready} onClick={props.onFiscalise}>
          {state === "rejected" ? words.fixAgain : words.fiscalise}
        </button>
      )}
      {shown.size === 0 && problems.length === 0 && !view.buyer.tin && (
        <button type="button" class="link" onClick={() => setAsked(true)}>
          {words.addBuyer}
        </button>
      )}
      {props.papers}
      {state !== "ready" && facts}
      {draft && <DraftDetails draft={draft} title={words.itemLines} />}
    </>
  );
}

/** A field once shown stays: what she typed may have mended the very problem it was shown for. */
function useShownFields(view: InvoiceView, asked: boolean): ReadonlySet<TypedField> {
  const shown = useRef(new Set<TypedField>());
  for (const input of view.inputs) shown.current.add(input);
  // A device that refuses a sale to a buyer with a TIN mostly refuses the purchase code.
  if (asked || (view.submission?.state === "rejected" && view.buyer.tin)) shown.current.add("customerTin");
  if (shown.current.has("customerTin")) shown.current.add("purchaseCode");
  return shown.current;
}

function headingFor(view: InvoiceView, words: ScreenWords) {
  const count = view.problems.length;
  switch (sidebarState(view)) {
    case "rejected":
      return { tone: "bad", icon: "cross", title: words.rejectedTitle } as const;
    case "refused":
      return { tone: "warn", icon: "warning", title: words.refusedTitle } as const;
    case "needs-input": {
      const title = count === 1 ? words.missingOne : count === 2 ? words.missingTwo : words.missingMany;
      return { tone: "warn", icon: "pencil", title: fill(title, { count }) } as const;
    }
    default:
      return { tone: "accent", icon: "receipt", title: words.readyTitle } as const;
  }
}
