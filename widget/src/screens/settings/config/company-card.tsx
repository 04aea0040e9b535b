import { useState } from "preact/hooks";
import { CompanyFields } from "../../../components/company-fields.tsx";
import { Form } from "../../../components/form.tsx";
import { SaveRow } from "../../../components/save-row.tsx";
import { Section } from "../../../components/section.tsx";
import { useSettingsWords } from "../../../settings-words.ts";
import { type ConfigPart, useConfigPart } from "../use-config-part.ts";
import { companyDraft, companyOf } from "./company-draft.ts";

export function CompanyCard(props: ConfigPart) {
  const words = useSettingsWords();
  const { save, touch, ...saving } = useConfigPart(props);
  const [draft, setDraft] = useState(() => companyDraft(props.config));
  return (
    <Section title={words.stepCompany} text={words.companyText}>
      <Form label={words.stepCompany} onSend={() => void save({ company: companyOf(draft) })}>
        <CompanyFields
          draft={draft}
          trouble={saving.trouble}
          path="company."
          onDraft={(changed) => {
            touch();
            setDraft(changed);
          }}
        />
        <SaveRow {...saving} />
      </Form>
    </Section>
  );
}
