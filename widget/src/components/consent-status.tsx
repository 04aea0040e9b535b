import type { ConsentWords } from "@fiscalise/shared/words/consent.ts";
import { useState } from "preact/hooks";
import type { ConsentState } from "../screens/use-consent.ts";
import { Field } from "./field.tsx";
import { TroubleNotice } from "./trouble-notice.tsx";

/** Letters, digits and what people put between them. */
const CODE = /^[\s-]*(?:[0-9a-z][\s-]*){8}$/i;

/** What is being waited for, and a field for the code where it has to be typed. */
export function ConsentStatus(props: {
  words: ConsentWords;
  state: ConsentState;
  onCode: (code: string) => void;
  onAskForCode: () => void;
  /** False where no window opened: the link then opens one that cannot hand anything over. */
  onOpen: (url: string) => boolean;
}) {
  const { words, state } = props;
  const { step, blockedUrl } = state;
  const isOpen = step === "waiting" || step === "closed";
  return (
    <>
      <p class="help" role="status">
        {step === "waiting" && !blockedUrl && words.waiting}
        {step === "closed" && words.closed}
        {step === "ended" && words.ended}
        {isOpen && blockedUrl && (
          <>
            {words.blocked}{" "}
            <a
              href={blockedUrl}
              target="_blank"
              rel="noreferrer"
              onClick={(event) => props.onOpen(blockedUrl) && event.preventDefault()}
            >
              {words.link}
            </a>
          </>
        )}
      </p>
      {isOpen && (
        <button type="button" class="link" onClick={props.onAskForCode}>
          {words.haveCode}
        </button>
      )}
      {step === "code" && <CodeEntry {...props} busy={state.busy} />}
      <TroubleNotice trouble={state.trouble} />
    </>
  );
}

function CodeEntry(props: { words: ConsentWords; busy: boolean; onCode: (code: string) => void }) {
  const { words } = props;
  const [code, setCode] = useState("");
  const valid = CODE.test(code);
  return (
    <form
      class="form stacked"
      noValidate
      onSubmit={(event) => {
        event.preventDefault();
        if (valid) props.onCode(code);
      }}
    >
      <Field label={words.codeLabel} help={words.codeHelp} value={code} valid={valid} onValue={setCode} />
      <button type="submit" class="primary" disabled={props.busy || !valid}>
        {words.codeSend}
      </button>
    </form>
  );
}
