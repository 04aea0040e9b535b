import type { Config } from "@fiscalise/shared/api/config.ts";
import type { SetupStatus } from "@fiscalise/shared/api/setup.ts";
import { saveCompany } from "../../../api/setup.ts";
import { CompanyFields } from "../../../components/company-fields.tsx";
import { Form } from "../../../components/form.tsx";
import { ReceiptHead } from "../../../components/receipt-head.tsx";
import { TroubleNotice } from "../../../components/trouble-notice.tsx";
import { useSettingsWords } from "../../../settings-words.ts";
import { type CompanyDraft, companyOf } from "../config/company-draft.ts";
import { LogoField } from "../config/logo-field.tsx";
import { useLogo } from "../config/use-logo.ts";
import { useSettings } from "../settings-context.ts";
import { useAction } from "../use-action.ts";
import type { ConfigPart } from "../use-config-part.ts";

export function CompanyStep(props: {
  draft: CompanyDraft;
  config: Config;
  onDraft: (draft: CompanyDraft) => void;
  onConfig: ConfigPart["onConfig"];
  onDone: (setup: SetupStatus) => void;
}) {
  const words = useSettingsWords();
  const { request } = useSettings();
  const { busy, trouble, run } = useAction();
  const { draft, config } = props;
  const logoUrl = useLogo(config);

  async function send() {
    const setup = await run(() => saveCompany(request, companyOf(draft)));
    if (setup) props.onDone(setup);
  }
  return (
    <div class="with-preview">
      <Form label={words.stepCompany} class="form card" onSend={() => void send()}>
        <div>
          <h2 tabIndex={-1}>{words.stepCompany}</h2>
          <p class="help">{words.companyText}</p>
        </div>
        <CompanyFields draft={draft} trouble={trouble} path="" onDraft={props.onDraft} />
        <LogoField config={config} onConfig={props.onConfig} />
        <TroubleNotice trouble={trouble} />
        <div class="form-end">
          <button type="submit" class="primary narrow" disabled={busy}>
            {words.saveAndGoOn}
          </button>
        </div>
      </Form>
      <ReceiptHead company={draft} tin={config.tin} lines={config.branding.headerLines} logoUrl={logoUrl} />
    </div>
  );
}
