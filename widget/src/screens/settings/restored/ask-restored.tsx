import type { RestoredDevice } from "@fiscalise/shared/api/restored-device.ts";
import { useEffect, useState } from "preact/hooks";
import { checkRestored } from "../../../api/restored.ts";
import { Form } from "../../../components/form.tsx";
import { Notice } from "../../../components/notice.tsx";
import { Section } from "../../../components/section.tsx";
import { TextField } from "../../../components/text-field.tsx";
import { TroubleNotice } from "../../../components/trouble-notice.tsx";
import { restoredWords } from "../../../restored-words.ts";
import { useSettings } from "../settings-context.ts";
import { complaintOf } from "../use-action.ts";
import { useSettling } from "./settling.ts";

const NUMBER = /^(0|[1-9]\d{0,37})$/;

/** The device is asked what it signed last; where it does not say, a person reads it. */
export function AskRestored(props: { onAnswer: (answer: RestoredDevice) => void; onStale: () => void }) {
  const words = restoredWords();
  const { request } = useSettings();
  const { busy, trouble, run } = useSettling(props.onStale);
  const [silent, setSilent] = useState(false);
  const [typed, setTyped] = useState("");
  const number = typed.trim();
  const code = trouble?.status === "problem" ? trouble.problem.code : null;
  const saysNothing = code === "unavailable";

  useEffect(() => {
    if (saysNothing) setSilent(true);
  }, [saysNothing]);

  async function check(lastInvoiceNumber: string | null) {
    const answer = await run(() => checkRestored(request, lastInvoiceNumber));
    if (answer) props.onAnswer(answer);
  }
  return (
    <Section title={words.askTitle} text={words.askText}>
      {saysNothing ? (
        <Notice tone="warn" title={words.silentTitle}>
          <p>{words.silentText}</p>
        </Notice>
      ) : (
        <TroubleNotice trouble={trouble} />
      )}
      <div class="form-end">
        <button type="button" class="primary narrow" disabled={busy} onClick={() => void check(null)}>
          {busy ? words.asking : words.ask}
        </button>
      </div>
      {silent && (
        <Form label={words.useNumber} onSend={() => void check(number)}>
          <TextField
            label={words.lastNumber}
            help={<p>{words.lastNumberHelp}</p>}
            value={typed}
            required
            inputMode="numeric"
            maxLength={40}
            valid={NUMBER.test(number)}
            complaint={complaintOf(trouble, "lastInvoiceNumber")}
            onValue={setTyped}
          />
          <div class="form-end">
            <button type="submit" class="secondary narrow" disabled={busy}>
              {words.useNumber}
            </button>
          </div>
        </Form>
      )}
    </Section>
  );
}
