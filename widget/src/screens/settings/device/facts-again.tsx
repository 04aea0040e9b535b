import type { VsdcConfig } from "@fiscalise/shared/api/devices.ts";
import type { DeviceStep, Finding } from "@fiscalise/shared/api/findings.ts";
import { useState } from "preact/hooks";
import { readDevice, setUpDevice } from "../../../api/setup.ts";
import { FindingCard } from "../../../components/finding-card.tsx";
import { Form } from "../../../components/form.tsx";
import { InstalledFields } from "../../../components/installed-fields.tsx";
import { TroubleNotice } from "../../../components/trouble-notice.tsx";
import type { Reply } from "../../../request.ts";
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
    const step = await run(async (): Promise<Reply<DeviceStep | { moved: VsdcConfig }>> => {
      // The question names the whole device, and another admin may have changed it since it was shown.
      const stands = await readDevice(request);
      if (stands.status !== "ok") return stands;
      const vsdc = stands.value.vsdc ?? props.vsdc;
      if (!hasSameFacts(vsdc, props.vsdc)) return { status: "ok", value: { moved: vsdc } };
      return setUpDevice(request, { ...deviceOf(deviceDraft(vsdc)), ...statedIn(draft) });
    });
    if (!step) return;
    if ("moved" in step) {
      const stands = step.moved.statedOn ? statedDraft(step.moved) : null;
      setDraft(stands);
      setOutcome({ said: words.factsMoved, of: stands });
      return props.onVsdc(step.moved);
    }
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

/** What was typed is of this device, and beside what was said of it; its number goes on by itself. */
function hasSameFacts(one: VsdcConfig, other: VsdcConfig): boolean {
  const facts: (keyof VsdcConfig)[] = ["branchId", "serial", "initialisedOn", "statedOn", "vatRegistered"];
  return facts.every((fact) => one[fact] === other[fact]);
}
