import type { Config } from "@fiscalise/shared/api/config.ts";
import type { VsdcConfig } from "@fiscalise/shared/api/devices.ts";
import type { SetupStatus } from "@fiscalise/shared/api/setup.ts";
import { useEffect, useRef, useState } from "preact/hooks";
import { readConfig, readDevice } from "../../../api/setup.ts";
import { Heading } from "../../../components/heading.tsx";
import { Skeleton } from "../../../components/skeleton.tsx";
import { Steps } from "../../../components/steps.tsx";
import { TroubleNotice } from "../../../components/trouble-notice.tsx";
import { useSettingsWords } from "../../../settings-words.ts";
import { fill } from "../../../words.ts";
import { type CompanyDraft, companyDraft } from "../config/company-draft.ts";
import { type DeviceDraft, deviceDraft } from "../device/device-draft.ts";
import { DeviceStep } from "../device/device-step.tsx";
import { useSettings } from "../settings-context.ts";
import type { ConfigPart } from "../use-config-part.ts";
import { useLoad } from "../use-load.ts";
import { CompanyStep } from "./company-step.tsx";
import { ZohoStep } from "./zoho-step.tsx";

const STEPS = ["company", "device", "zoho"] as const;
type Step = (typeof STEPS)[number];
type ShowSetup = (change: (now: SetupStatus) => SetupStatus) => void;

/** Opens at the first step that is not done; each may be gone back to. */
export function Wizard(props: { setup: SetupStatus; onSetup: ShowSetup }) {
  const { request } = useSettings();
  const config = useLoad((signal) => readConfig(request, signal));
  const device = useLoad((signal) => readDevice(request, signal));
  const trouble = config.trouble ?? device.trouble;
  if (!config.value || !device.value) {
    if (!trouble) return <Skeleton />;
    const retry = () => {
      config.reload();
      device.reload();
    };
    return <TroubleNotice trouble={trouble} onRetry={retry} />;
  }
  return <WizardSteps {...props} config={config.value} vsdc={device.value.vsdc} onConfig={config.change} />;
}

function WizardSteps(props: {
  setup: SetupStatus;
  onSetup: ShowSetup;
  config: Config;
  vsdc: VsdcConfig | null;
  onConfig: ConfigPart["onConfig"];
}) {
  const words = useSettingsWords();
  const { setup, config } = props;
  const [step, setStep] = useState<Step | "done">(() => STEPS.find((name) => !setup[name].done) ?? "done");
  // Kept here, so that going back and forth, and any error, loses nothing typed.
  const [company, setCompany] = useState<CompanyDraft>(() => companyDraft(config));
  const [device, setDevice] = useState<DeviceDraft>(() => deviceDraft(props.vsdc));
  const place = step === "done" ? STEPS.length : STEPS.indexOf(step);
  const body = useRef<HTMLDivElement>(null);
  const first = useRef(true);
  useEffect(() => {
    if (first.current) first.current = false;
    else body.current?.querySelector<HTMLElement>("h2, h1")?.focus();
  }, [step]);

  const latest = useRef(setup);
  latest.current = setup;
  const doneWith = (name: Step) => (answer: SetupStatus) => {
    const after = withAnswered(latest.current, name, answer);
    props.onSetup((now) => withAnswered(now, name, answer));
    // Gone to another step meanwhile, she stays there.
    setStep((now) => (now === name ? (STEPS.find((it) => !after[it].done) ?? "done") : now));
  };

  const titles = { company: words.stepCompany, device: words.stepDevice, zoho: words.stepZoho };
  if (step === "done") return <SetUpDone />;
  return (
    <>
      <header class="page-head">
        <div>
          <h1>{words.setUpTitle}</h1>
          <p class="help">{fill(words.setUpText, { place: place + 1, count: STEPS.length })}</p>
        </div>
      </header>
      <Steps
        label={words.setUpTitle}
        steps={STEPS.map((name) => ({ name, title: titles[name], done: setup[name].done }))}
        current={step}
        onStep={(name) => setStep(name as Step)}
      />
      <div ref={body}>
        {step === "company" && (
          <CompanyStep
            draft={company}
            config={config}
            onDraft={setCompany}
            onConfig={props.onConfig}
            onDone={doneWith("company")}
          />
        )}
        {step === "device" && <DeviceStep draft={device} onDraft={setDevice} onDone={doneWith("device")} />}
        {step === "zoho" && <ZohoStep customFields={config.customFields} onDone={doneWith("zoho")} />}
      </div>
    </>
  );
}

/** Of its own step an answer is the newest; of the others it may be from before they were done. */
function withAnswered(now: SetupStatus, step: Step, answer: SetupStatus): SetupStatus {
  const isDone = (name: Step) => answer[name].done || (name !== step && now[name].done);
  return {
    company: { done: isDone("company") },
    device: { done: isDone("device") },
    zoho: { done: isDone("zoho") },
    ready: STEPS.every(isDone),
  };
}

function SetUpDone() {
  const words = useSettingsWords();
  return (
    <div class="card done">
      <Heading tone="good" icon="check" title={words.doneTitle}>
        <p>{words.doneText}</p>
      </Heading>
      <a class="primary narrow" href="#/overview">
        {words.toOverview}
      </a>
    </div>
  );
}
