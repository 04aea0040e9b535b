import type { SetupStatus } from "@fiscalise/shared/api/setup.ts";
import { useState } from "preact/hooks";
import { setUpDevice, testDevice } from "../../../api/setup.ts";
import { DeviceFields } from "../../../components/device-fields.tsx";
import { FindingCard } from "../../../components/finding-card.tsx";
import { Form } from "../../../components/form.tsx";
import { InstalledFields } from "../../../components/installed-fields.tsx";
import { TroubleNotice } from "../../../components/trouble-notice.tsx";
import { useSettingsWords } from "../../../settings-words.ts";
import { useSettings } from "../settings-context.ts";
import { useAction } from "../use-action.ts";
import { type DeviceDraft, deviceOf, type Found } from "./device-draft.ts";
import { type InstalledDraft, NOTHING_INSTALLED, statedIn } from "./installed-draft.ts";

export function DeviceStep(props: {
  draft: DeviceDraft;
  onDraft: (draft: DeviceDraft) => void;
  onDone: (setup: SetupStatus) => void;
}) {
  const words = useSettingsWords();
  const { request } = useSettings();
  const { busy, trouble, run } = useAction();
  const [found, setFound] = useState<Found | null>(null);
  /** Asked for once the device said that it does not say it; null before. */
  const [entered, setEntered] = useState<{ installed: InstalledDraft; of: DeviceDraft } | null>(null);
  const [waitingFor, setWaitingFor] = useState<"test" | "set-up" | null>(null);
  const { draft } = props;
  const installed = entered?.of === draft ? entered.installed : null;

  async function test() {
    setFound(null);
    setWaitingFor("test");
    const finding = await run(() => testDevice(request, deviceOf(draft)));
    setWaitingFor(null);
    if (finding) setFound({ finding, of: draft });
  }
  async function setUp() {
    setFound(null);
    setWaitingFor("set-up");
    const step = await run(() => setUpDevice(request, { ...deviceOf(draft), ...statedIn(installed) }));
    setWaitingFor(null);
    if (!step) return;
    setFound({ finding: step.finding, of: draft });
    if (step.finding.code === "installed-before")
      setEntered((now) => (now?.of === draft ? now : { installed: NOTHING_INSTALLED, of: draft }));
    if (step.vsdc) props.onDone(step.status);
  }
  return (
    <Form label={words.stepDevice} class="form card" onSend={() => void setUp()}>
      <div>
        <h2 tabIndex={-1}>{words.stepDevice}</h2>
        <p class="help">{words.deviceText}</p>
      </div>
      <DeviceFields draft={draft} trouble={trouble} onDraft={props.onDraft} />
      {found?.of === draft && <FindingCard finding={found.finding} />}
      {installed && (
        <InstalledFields
          draft={installed}
          trouble={trouble}
          onDraft={(typed) => setEntered({ installed: typed, of: draft })}
        />
      )}
      <TroubleNotice trouble={trouble} />
      <div class="form-end">
        <button type="submit" class="primary narrow" disabled={busy}>
          {words.setUpDevice}
        </button>
        <TestButton busy={busy} onTest={() => void test()} />
        <p class="help" role="status">
          {waitingFor === "test" && words.testing}
          {waitingFor === "set-up" && words.settingUp}
        </p>
      </div>
    </Form>
  );
}

/** Judges the form as sending it would: the browser's own check is ours. */
export function TestButton(props: { busy: boolean; onTest: () => void }) {
  const words = useSettingsWords();
  function press({ currentTarget }: { currentTarget: HTMLButtonElement }) {
    const wrong = currentTarget.form?.querySelector<HTMLElement>("[data-valid=false]");
    if (wrong) return wrong.focus();
    props.onTest();
  }
  return (
    <button type="button" class="secondary narrow" disabled={props.busy} onClick={press}>
      {words.testConnection}
    </button>
  );
}
