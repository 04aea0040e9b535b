import { CompanyFields } from "../../../components/company-fields.tsx";
import { Form } from "../../../components/form.tsx";
import { SaveRow } from "../../../components/save-row.tsx";
import { Section } from "../../../components/section.tsx";
import { useSettingsWords } from "../../../settings-words.ts";
import { type ConfigPart, useConfigPart } from "../use-config-part.ts";
import { companyDraft, companyOf } from "./company-draft.ts";

export function CompanyCard(props: ConfigPart) {
  const words = useSettingsWords();
  const { draft, change, save, ...saving } = useConfigPart(props, {
    first: () => companyDraft(props.config),
    partOf: (typed) => ({ company: companyOf(typed) }),
  });
  return (
    <Section title={words.stepCompany} text={words.companyText}>
      <Form label={words.stepCompany} onSend={() => void save()}>
        <CompanyFields draft={draft} trouble={saving.trouble} path="company." onDraft={change} />
        <SaveRow {...saving} />
      </Form>
    </Section>
  );
}
