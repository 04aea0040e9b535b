import type { CustomFields, SetupStatus } from "@fiscalise/shared/api/setup.ts";
import { finishZoho, makeZohoParts, readZoho } from "../../../api/setup.ts";
import { Skeleton } from "../../../components/skeleton.tsx";
import { TroubleNotice } from "../../../components/trouble-notice.tsx";
import { useSettingsWords } from "../../../settings-words.ts";
import { useSettings } from "../settings-context.ts";
import { useAction } from "../use-action.ts";
import { useLoad } from "../use-load.ts";
import { CustomFieldsForm } from "../zoho/custom-fields.tsx";
import { Organisation } from "../zoho/organisation.tsx";

export function ZohoStep(props: { customFields: CustomFields; onDone: (setup: SetupStatus) => void }) {
  const words = useSettingsWords();
  const { request } = useSettings();
  const zoho = useLoad((signal) => readZoho(request, signal));
  const { busy, trouble, run } = useAction();

  async function finish(customFields: CustomFields) {
    const answer = await run(() => finishZoho(request, { customFields }));
    // After the fields she chose: those she has none for are made and named by it.
    if (answer && (await run(() => makeZohoParts(request)))) props.onDone(answer.status);
  }
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
        <CustomFieldsForm
          key={`${organization.id} ${organization.connectedAt}`}
          stored={props.customFields}
          trouble={trouble}
          help={words.fieldsMade}
          onSend={(fields) => void finish(fields)}
        >
          <TroubleNotice trouble={trouble} />
          <div class="form-end">
            <button type="submit" class="primary narrow" disabled={busy}>
              {words.finish}
            </button>
          </div>
        </CustomFieldsForm>
      )}
    </section>
  );
}
