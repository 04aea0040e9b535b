import type { VsdcConfig } from "@fiscalise/shared/api/devices.ts";
import type { Finding } from "@fiscalise/shared/api/findings.ts";
import { useState } from "preact/hooks";
import { setUpDevice } from "../../../api/setup.ts";
import { FindingCard } from "../../../components/finding-card.tsx";
import { Form } from "../../../components/form.tsx";
import { InstalledFields } from "../../../components/installed-fields.tsx";
import { TroubleNotice } from "../../../components/trouble-notice.tsx";
import { useSettingsWords } from "../../../settings-words.ts";
import { useSettings } from "../settings-context.ts";
import { useAction } from "../use-action.ts";
import { deviceDraft, deviceOf } from "./device-draft.ts";
import { type InstalledDraft, statedDraft, statedIn } from "./installed-draft.ts";

/** A business registers for VAT, or what a person entered was wrong. A device that does not say it again is told. */
export function FactsAgain(props: { vsdc: VsdcConfig; onVsdc: (vsdc: VsdcConfig) => void }) {
  const words = useSettingsWords();
  const { request } = useSettings();
  const { busy, trouble, run } = useAction();
  const [draft, setDraft] = useState<InstalledDraft | null>(() =>
    props.vsdc.statedOn ? statedDraft(props.vsdc) : null,
  );
  const [finding, setFinding] = useState<Finding | null>(null);
  const [outcome, setOutcome] = useState<string | null>(null);

  async function send() {
    setFinding(null);
    setOutcome(null);
    const wanted = { ...deviceOf(deviceDraft(props.vsdc)), ...statedIn(draft) };
    const step = await run(() => setUpDevice(request, wanted));
    if (!step) return;
    if (!step.finding.good) setFinding(step.finding);
    if (!step.vsdc) return;
    if (step.factsFrom === "device") setOutcome(words.factsSaid);
    if (step.factsFrom === "person") setOutcome(words.saved);
    // What was typed stays where it was not taken.
    if (step.factsFrom === "device") setDraft(null);
    else if (step.factsFrom === "person" || draft === null) setDraft(statedDraft(step.vsdc));
    props.onVsdc(step.vsdc);
  }
  return (
    <details class="more">
      <summary>{words.factsChanged}</summary>
      <Form label={words.factsChanged} onSend={() => void send()}>
        <p class="help">{draft ? words.factsNotSaid : words.factsChangedText}</p>
        {draft && <InstalledFields draft={draft} trouble={trouble} onDraft={setDraft} />}
        {finding && <FindingCard finding={finding} />}
        <TroubleNotice trouble={trouble} />
        <div class="form-end">
          <button type="submit" class="secondary narrow" disabled={busy}>
            {draft ? words.save : words.askFacts}
          </button>
          <p class="help" role="status">
            {outcome}
          </p>
        </div>
      </Form>
    </details>
  );
}
