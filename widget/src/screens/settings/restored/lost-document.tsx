import type { DocumentKind } from "@fiscalise/shared/refund.ts";
import { useLayoutEffect, useRef, useState } from "preact/hooks";
import { Form } from "../../../components/form.tsx";
import { SelectField } from "../../../components/select-field.tsx";
import { TextField } from "../../../components/text-field.tsx";
import { restoredWords } from "../../../restored-words.ts";
import { useSettingsWords } from "../../../settings-words.ts";
import { fill } from "../../../words.ts";
import { LostCreditNote, LostInvoice } from "./found-document.tsx";
import { pointedAt, type SettlingProps } from "./settling.ts";

/** First which document, then a look at it: another document under this number could not be taken back. */
export function LostDocument(props: SettlingProps) {
  const words = restoredWords();
  const { cancel } = useSettingsWords();
  const [typed, setTyped] = useState("");
  const [chosen, setChosen] = useState<DocumentKind>("invoice");
  const [looking, setLooking] = useState(false);
  const title = useRef<HTMLHeadingElement>(null);
  useLayoutEffect(() => title.current?.focus(), [looking]);
  const pointed = pointedAt(typed);
  const kind = pointed?.kind ?? chosen;
  const Found = kind === "invoice" ? LostInvoice : LostCreditNote;
  const asked = fill(words.itWasFor, { number: props.number });
  return (
    <section class="settling" aria-label={asked}>
      <h3 ref={title} tabIndex={-1}>
        {looking ? words.foundTitle : asked}
      </h3>
      {looking && pointed ? (
        <Found {...props} zohoId={pointed.zohoId} onAnother={() => setLooking(false)} />
      ) : (
        <Form label={asked} onSend={() => setLooking(true)}>
          <TextField
            label={words.link}
            help={<p>{words.linkHelp}</p>}
            value={typed}
            required
            valid={pointed !== null}
            maxLength={500}
            onValue={setTyped}
          />
          {pointed?.kind == null && (
            <SelectField
              label={words.kind}
              value={chosen}
              options={[
                ["invoice", words.invoice],
                ["credit-note", words.creditNote],
              ]}
              onValue={setChosen}
            />
          )}
          <div class="form-end">
            <button type="submit" class="primary narrow">
              {words.lookUp}
            </button>
            <button type="button" class="secondary narrow" onClick={props.onCancel}>
              {cancel}
            </button>
          </div>
        </Form>
      )}
    </section>
  );
}
