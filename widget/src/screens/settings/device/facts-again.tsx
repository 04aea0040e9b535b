import type { VsdcConfig } from "@fiscalise/shared/api/devices.ts";
import type { Finding } from "@fiscalise/shared/api/findings.ts";
import { useState } from "preact/hooks";
import { readDevice, setUpDevice } from "../../../api/setup.ts";
import { FindingCard } from "../../../components/finding-card.tsx";
import { Form } from "../../../components/form.tsx";
import { InstalledFields } from "../../../components/installed-fields.tsx";
import { TroubleNotice } from "../../../components/trouble-notice.tsx";
import { useSettingsWords } from "../../../settings-words.ts";
import { useSettings } from "../settings-context.ts";
import type { Action } from "../use-action.ts";
import { deviceDraft, deviceOf } from "./device-draft.ts";
import { type InstalledDraft, statedDraft, statedIn } from "./installed-draft.ts";

/** A business registers for VAT, or what a person entered was wrong. A device that does not say it again is told. */
export function FactsAgain(props: { vsdc: VsdcConfig; action: Action; onVsdc: (vsdc: VsdcConfig) => void }) {
  const words = useSettingsWords();
  const { request } = useSettings();
  const { busy, trouble, run } = props.action;
  const [draft, setDraft] = useState<InstalledDraft | null>(() =>
    props.vsdc.statedOn ? statedDraft(props.vsdc) : null,
  );
  const [finding, setFinding] = useState<Finding | null>(null);
  const [outcome, setOutcome] = useState<{ said: string; of: InstalledDraft | null } | null>(null);

  async function send() {
    setFinding(null);
    setOutcome(null);
    const step = await run(async () => {
      // The question names the whole device, and another admin may have changed it since it was shown.
      const stands = await readDevice(request);
      if (stands.status !== "ok") return stands;
      const device = deviceOf(deviceDraft(stands.value.vsdc ?? props.vsdc));
      return setUpDevice(request, { ...device, ...statedIn(draft) });
    });
    if (!step) return;
    if (!step.finding.good) setFinding(step.finding);
    if (!step.vsdc) return;
    const stated = statedDraft(step.vsdc);
    if (step.factsFrom === "device") setOutcome({ said: words.factsSaid, of: null });
    if (step.factsFrom === "person") setOutcome({ said: words.saved, of: stated });
    // What was typed stays where it was not taken.
    if (step.factsFrom === "device") setDraft(null);
    else if (step.factsFrom === "person" || draft === null) setDraft((now) => (now === draft ? stated : now));
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
            {outcome?.of === draft && outcome.said}
          </p>
        </div>
      </Form>
    </details>
  );
}
