import type { Trouble } from "../api.ts";
import { Heading } from "../components/heading.tsx";
import { useWords } from "../words.ts";

export type TroubleKind = "silent" | "unreachable" | "unreadable";

/** Calm: what happened, that nothing is lost, one button. */
export function TroubleScreen(props: { kind: TroubleKind; onRetry: () => void }) {
  const words = useWords();
  return (
    <>
      <Heading tone="warn" icon="plug" title={words[`${props.kind}Title`]}>
        <p>{words[`${props.kind}Text`]}</p>
      </Heading>
      <button type="button" class="primary" onClick={props.onRetry}>
        {words.tryAgain}
      </button>
    </>
  );
}

const SET_UP_CODES = ["business-inactive", "device-not-set-up", "zoho-not-connected", "zoho-grant-lost"];

/** Instead of the invoice, when there is none to show. */
export function InsteadOfInvoice(props: { trouble: Trouble; onRetry: () => void }) {
  const words = useWords();
  const { trouble } = props;
  if (trouble.status !== "problem") {
    return (
      <TroubleScreen
        kind={trouble.status === "unreadable" ? "unreadable" : "unreachable"}
        onRetry={props.onRetry}
      />
    );
  }
  const { code, title, detail, remedy, requestId } = trouble.problem;
  const notReady = SET_UP_CODES.includes(code);
  return (
    <>
      <Heading
        tone={notReady ? "quiet" : "warn"}
        icon={notReady ? "plug" : "warning"}
        title={notReady ? words.notReadyTitle : title}
      />
      <ul class="problems">
        <li>
          {notReady && <h2>{title}</h2>}
          <p>{detail}</p>
          <p class="remedy">{remedy}</p>
          <code>{code}</code> <code class="faint">{requestId}</code>
        </li>
      </ul>
      <button type="button" class="primary" onClick={props.onRetry}>
        {notReady ? words.checkAgain : words.tryAgain}
      </button>
    </>
  );
}
