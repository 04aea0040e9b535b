import type { VsdcConfig } from "@fiscalise/shared/api/devices.ts";
import { useState } from "preact/hooks";
import { readDevice, saveDevice, testDevice } from "../../../api/setup.ts";
import { DeviceFields } from "../../../components/device-fields.tsx";
import { FindingCard } from "../../../components/finding-card.tsx";
import { Form } from "../../../components/form.tsx";
import { Pairs } from "../../../components/pairs.tsx";
import { Saved } from "../../../components/saved.tsx";
import { Section } from "../../../components/section.tsx";
import { TroubleNotice } from "../../../components/trouble-notice.tsx";
import { type AllSettingsWords, useSettingsWords } from "../../../settings-words.ts";
import { clockTime } from "../../../words.ts";
import { useSettings } from "../settings-context.ts";
import { type Action, useActions } from "../use-action.ts";
import { useDraft } from "../use-draft.ts";
import { useLoad } from "../use-load.ts";
import { deviceDraft, deviceOf, type Found } from "./device-draft.ts";
import { TestButton } from "./device-step.tsx";
import { FactsAgain } from "./facts-again.tsx";

export function DeviceCard() {
  const words = useSettingsWords();
  const { request } = useSettings();
  const device = useLoad((signal) => readDevice(request, signal));
  // Both write the device, and asking it may take long: an older answer must not come after a newer one.
  const actionOf = useActions<"device" | "facts">();
  return (
    <Section title={words.device} text={words.deviceText}>
      <TroubleNotice trouble={device.trouble} onRetry={device.reload} />
      {device.value ? (
        <>
          <DeviceForm
            vsdc={device.value.vsdc}
            action={actionOf("device")}
            onVsdc={(vsdc) => device.show({ vsdc })}
          />
          {device.value.vsdc?.initialisedOn && (
            <FactsAgain
              vsdc={device.value.vsdc}
              action={actionOf("facts")}
              onVsdc={(vsdc) => device.show({ vsdc })}
            />
          )}
        </>
      ) : (
        !device.trouble && <div class="bone facts" />
      )}
    </Section>
  );
}

function DeviceForm(props: { vsdc: VsdcConfig | null; action: Action; onVsdc: (vsdc: VsdcConfig) => void }) {
  const words = useSettingsWords();
  const { request } = useSettings();
  const { action } = props;
  const { busy, trouble } = action;
  const { draft, change, saved, save } = useDraft(() => deviceDraft(props.vsdc), { action });
  const [found, setFound] = useState<Found | null>(null);

  async function test() {
    setFound(null);
    const finding = await action.run(() => testDevice(request, deviceOf(draft)));
    if (finding) setFound({ finding, of: draft });
  }
  async function send() {
    const vsdc = await save((wanted) => saveDevice(request, deviceOf(wanted)));
    if (vsdc) props.onVsdc(vsdc);
  }
  return (
    <Form label={words.device} onSend={() => void send()}>
      <DeviceFields draft={draft} trouble={trouble} onDraft={change} />
      {props.vsdc && <Pairs pairs={factsOf(props.vsdc, words)} />}
      {found?.of === draft && <FindingCard finding={found.finding} />}
      <TroubleNotice trouble={trouble} />
      <div class="form-end">
        <button type="submit" class="primary narrow" disabled={busy}>
          {words.save}
        </button>
        <TestButton busy={busy} onTest={() => void test()} />
        <Saved shown={saved} />
      </div>
      {props.vsdc?.initialisedOn === null && (
        <p>
          {words.notInitialised} <a href="#/set-up">{words.continueSetUp}</a>
        </p>
      )}
    </Form>
  );
}

function factsOf(vsdc: VsdcConfig, words: AllSettingsWords): [string, string][] {
  const { initialisedOn, vatRegistered, lastInvoiceNumber, codesSyncedAt, statedOn } = vsdc;
  const stated: [string, string][] = statedOn ? [[words.statedOn, statedOn]] : [];
  return [
    [words.initialisedOn, initialisedOn ?? "–"],
    [words.vatRegistered, vatRegistered === null ? "–" : vatRegistered ? words.yes : words.no],
    [words.lastNumber, lastInvoiceNumber],
    ...stated,
    [words.codesSynced, codesSyncedAt ? clockTime(codesSyncedAt) : "–"],
  ];
}
