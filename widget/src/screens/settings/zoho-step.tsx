import { CustomFieldsSchema, type SetupStatus } from "@fiscalise/shared/api/setup.ts";
import { useState } from "preact/hooks";
import type * as z from "zod/mini";
import { finishZoho, makeZohoParts, readZoho } from "../../api/setup.ts";
import { Form } from "../../components/form.tsx";
import { Skeleton } from "../../components/skeleton.tsx";
import { TextField } from "../../components/text-field.tsx";
import { TroubleNotice } from "../../components/trouble-notice.tsx";
import { useSettingsWords } from "../../settings-words.ts";
import { Organisation } from "./organisation.tsx";
import { useSettings } from "./settings-context.ts";
import { useAction } from "./use-action.ts";
import { useLoad } from "./use-load.ts";

export type CustomFields = z.infer<typeof CustomFieldsSchema>;

export function ZohoStep(props: { customFields: CustomFields; onDone: (setup: SetupStatus) => void }) {
  const words = useSettingsWords();
  const { request } = useSettings();
  const zoho = useLoad((signal) => readZoho(request, signal));
  const { busy, trouble, run } = useAction();
  const [typed, setTyped] = useState(() => asTyped(props.customFields));

  async function finish() {
    const answer = await run(() => finishZoho(request, { customFields: asFields(typed) }));
    // After the fields she named: those she left empty are made and named by it.
    if (answer && (await run(() => makeZohoParts(request)))) props.onDone(answer.status);
  }
  const connected = zoho.value?.organization?.status === "connected";
  return (
    <section class="form card">
      <div>
        <h2 tabIndex={-1}>{words.stepZoho}</h2>
        <p class="help">{words.zohoText}</p>
      </div>
      {!zoho.value && !zoho.trouble && <Skeleton />}
      <TroubleNotice trouble={zoho.trouble} onRetry={zoho.reload} />
      {zoho.value && <Organisation zoho={zoho.value} onZoho={zoho.show} />}
      {connected && (
        <Form label={words.customFields} onSend={() => void finish()}>
          <CustomFieldInputs typed={typed} onTyped={setTyped} />
          <TroubleNotice trouble={trouble} />
          <div class="form-end">
            <button type="submit" class="primary narrow" disabled={busy}>
              {words.finish}
            </button>
          </div>
        </Form>
      )}
    </section>
  );
}

export type TypedFields = Record<keyof CustomFields, string>;

export function CustomFieldInputs(props: { typed: TypedFields; onTyped: (typed: TypedFields) => void }) {
  const words = useSettingsWords();
  const labels = {
    buyerTin: words.fieldBuyerTin,
    purchaseCode: words.fieldPurchaseCode,
    contactTin: words.fieldContactTin,
  };
  return (
    <fieldset>
      <legend>{words.customFields}</legend>
      <p class="help">{words.customFieldsHelp}</p>
      {(Object.keys(labels) as (keyof CustomFields)[]).map((name) => (
        <TextField
          key={name}
          label={labels[name]}
          value={props.typed[name]}
          maxLength={100}
          valid={CustomFieldsSchema.shape[name].safeParse(asFields(props.typed)[name]).success}
          onValue={(value) => props.onTyped({ ...props.typed, [name]: value })}
        />
      ))}
    </fieldset>
  );
}

export const asTyped = (fields: CustomFields): TypedFields => ({
  buyerTin: fields.buyerTin ?? "",
  purchaseCode: fields.purchaseCode ?? "",
  contactTin: fields.contactTin ?? "",
});

export const asFields = (typed: TypedFields): CustomFields => ({
  buyerTin: typed.buyerTin.trim() || null,
  purchaseCode: typed.purchaseCode.trim() || null,
  contactTin: typed.contactTin.trim() || null,
});
