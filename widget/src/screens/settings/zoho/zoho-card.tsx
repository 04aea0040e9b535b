import { readZoho } from "../../../api/setup.ts";
import { SaveRow } from "../../../components/save-row.tsx";
import { Section } from "../../../components/section.tsx";
import { TroubleNotice } from "../../../components/trouble-notice.tsx";
import { useSettingsWords } from "../../../settings-words.ts";
import { useSettings } from "../settings-context.ts";
import { type ConfigPart, useConfigPart } from "../use-config-part.ts";
import { useLoad } from "../use-load.ts";
import { Automation } from "./automation.tsx";
import { CustomFieldsForm } from "./custom-fields.tsx";
import { Disconnect } from "./disconnect.tsx";
import { Organisation } from "./organisation.tsx";
import { ZohoCalls } from "./zoho-calls.tsx";

export function ZohoCard(props: ConfigPart) {
  const words = useSettingsWords();
  const { request } = useSettings();
  const zoho = useLoad((signal) => readZoho(request, signal));
  const organization = zoho.value?.organization;
  return (
    <Section title={words.stepZoho}>
      <TroubleNotice trouble={zoho.trouble} onRetry={zoho.reload} />
      {zoho.value && <Organisation zoho={zoho.value} onZoho={zoho.show} />}
      {zoho.value?.organization && (
        <Automation {...props} automation={zoho.value.automation} onZoho={zoho.show} />
      )}
      {zoho.value?.organization && (
        <ZohoCalls {...props} usage={zoho.value.automation.usage} onSaved={zoho.reload} />
      )}
      {zoho.value?.organization && <Disconnect onTried={zoho.reload} />}
      {organization?.status === "connected" && (
        <Fields key={`${organization.id} ${organization.connectedAt}`} {...props} />
      )}
    </Section>
  );
}

function Fields(props: ConfigPart) {
  const { customFields } = props.config;
  const { draft, change, save, ...saving } = useConfigPart(props, {
    first: () => customFields,
    partOf: (chosen) => ({ customFields: chosen }),
  });
  return (
    <CustomFieldsForm
      stored={customFields}
      chosen={draft}
      onChosen={change}
      trouble={saving.trouble}
      onSend={() => void save()}
    >
      <SaveRow {...saving} />
    </CustomFieldsForm>
  );
}
