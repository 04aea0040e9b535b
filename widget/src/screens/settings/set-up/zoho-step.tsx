import type { CustomFields, SetupStatus } from "@fiscalise/shared/api/setup.ts";
import { useState } from "preact/hooks";
import { finishZoho, makeZohoParts, readZoho } from "../../../api/setup.ts";
import { Skeleton } from "../../../components/skeleton.tsx";
import { TroubleNotice } from "../../../components/trouble-notice.tsx";
import { useSettingsWords } from "../../../settings-words.ts";
import { useSettings } from "../settings-context.ts";
import { useAction } from "../use-action.ts";
import { useLoad } from "../use-load.ts";
import { CustomFieldsForm } from "../zoho/custom-fields.tsx";
import { Organisation } from "../zoho/organisation.tsx";

type Step = { customFields: CustomFields; onDone: (setup: SetupStatus) => void };

export function ZohoStep(props: Step) {
  const words = useSettingsWords();
  const { request } = useSettings();
  const zoho = useLoad((signal) => readZoho(request, signal));
  const organization = zoho.value?.organization;
  return (
    <section class="form card">
      <div>
        <h2 tabIndex={-1}>{words.stepZoho}</h2>
        <p class="help">{words.zohoText}</p>
      </div>
      {!zoho.value && !zoho.trouble && <Skeleton />}
      <TroubleNotice trouble={zoho.trouble} onRetry={zoho.reload} />
      {zoho.value && <Organisation zoho={zoho.value} onZoho={zoho.show} />}
      {organization?.status === "connected" && (
        <Fields key={`${organization.id} ${organization.connectedAt}`} {...props} />
      )}
    </section>
  );
}

function Fields({ customFields, onDone }: Step) {
  const words = useSettingsWords();
  const { request } = useSettings();
  const { busy, trouble, run } = useAction();
  const [chosen, setChosen] = useState(customFields);

  async function finish() {
    const answer = await run(() => finishZoho(request, { customFields: chosen }));
    // After the fields she chose: those she has none for are made and named by it.
    if (answer && (await run(() => makeZohoParts(request)))) onDone(answer.status);
  }
  return (
    <CustomFieldsForm
      stored={customFields}
      chosen={chosen}
      onChosen={setChosen}
      trouble={trouble}
      help={words.fieldsMade}
      onSend={() => void finish()}
    >
      <TroubleNotice trouble={trouble} />
      <div class="form-end">
        <button type="submit" class="primary narrow" disabled={busy}>
          {words.finish}
        </button>
      </div>
    </CustomFieldsForm>
  );
}
