import type { VsdcStatus } from "@fiscalise/shared/api/devices.ts";
import { type AllSettingsWords, useSettingsWords } from "../../../settings-words.ts";
import { clockTime, fill } from "../../../words.ts";
import { useDeviceStatus } from "./use-device-status.ts";

export function DevicePanel() {
  const words = useSettingsWords();
  const { status, stale } = useDeviceStatus();
  return (
    <section class="card tile" aria-label={words.device}>
      <h2>{words.device}</h2>
      {status ? <Standing status={status} /> : <div class="bone line" />}
      {stale && <p class="help">{words.deviceStale}</p>}
    </section>
  );
}

function Standing(props: { status: VsdcStatus }) {
  const words = useSettingsWords();
  const { status, lastAnswerAt, restingUntil, waiting, oldestWaitingSince } = props.status;
  return (
    <>
      <p class={`device big ${status}`}>{wordFor(status, words)}</p>
      <dl>
        <div>
          <dt>{words.lastAnswer}</dt>
          <dd>{lastAnswerAt ? clockTime(lastAnswerAt) : "–"}</dd>
        </div>
        <div>
          <dt>{words.waiting}</dt>
          <dd>
            {waiting.toLocaleString("en-US")}
            {oldestWaitingSince && `, ${fill(words.oldest, { time: clockTime(oldestWaitingSince) })}`}
          </dd>
        </div>
        {restingUntil && (
          <div>
            <dt>{words.resting}</dt>
            <dd>{clockTime(restingUntil)}</dd>
          </div>
        )}
      </dl>
    </>
  );
}

const wordFor = (status: VsdcStatus["status"], words: AllSettingsWords): string =>
  ({
    "not-set-up": words.deviceNotSetUp,
    "not-yet-used": words.deviceUnused,
    answering: words.deviceAnswers,
    "not-answering": words.deviceSilent,
  })[status];
