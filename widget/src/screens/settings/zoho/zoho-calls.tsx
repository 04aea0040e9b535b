import type { ZohoAutomation } from "@fiscalise/shared/api/automation.ts";
import { DAILY_CALLS } from "@fiscalise/shared/api/config.ts";
import { Form } from "../../../components/form.tsx";
import { SaveRow } from "../../../components/save-row.tsx";
import { TextField } from "../../../components/text-field.tsx";
import { useSettingsWords } from "../../../settings-words.ts";
import { clockTime, fill } from "../../../words.ts";
import { useSettings } from "../settings-context.ts";
import { complaintOf } from "../use-action.ts";
import { type ConfigPart, useConfigPart } from "../use-config-part.ts";

type Calls = ConfigPart & {
  usage: ZohoAutomation["usage"];
  /** Another limit may start or stop the automatic work. */
  onSaved: () => void;
};

/** How much of a day's calls to Zoho is used, and how many the plan allows. */
export function ZohoCalls(props: Calls) {
  const words = useSettingsWords();
  const { isAdmin } = useSettings();
  const { calls, pausedUntil } = props.usage;
  return (
    <section aria-label={words.zohoCallsTitle}>
      <p class="minor">
        {fill(words.zohoCalls, { count: calls })}{" "}
        {pausedUntil && fill(words.zohoPaused, { time: clockTime(pausedUntil) })}
      </p>
      {isAdmin && <DailyLimit {...props} />}
    </section>
  );
}

function DailyLimit(props: Calls) {
  const words = useSettingsWords();
  const { draft, change, save, ...saving } = useConfigPart(props, {
    first: () => ({ typed: String(props.config.policies.dailyCallsMax ?? "") }),
    partOf: ({ typed }) => ({ policies: { dailyCallsMax: typed === "" ? null : Number(typed) } }),
  });
  return (
    <Form
      label={words.zohoCallsTitle}
      onSend={async () => {
        if (await save()) props.onSaved();
      }}
    >
      <TextField
        label={words.zohoDailyMax}
        help={words.zohoDailyMaxHelp}
        value={draft.typed}
        inputMode="numeric"
        maxLength={7}
        valid={isDailyMax(draft.typed)}
        complaint={complaintOf(saving.trouble, "policies.dailyCallsMax")}
        onValue={(value) => change({ typed: value.trim() })}
      />
      <SaveRow {...saving} />
    </Form>
  );
}

const isDailyMax = (text: string) =>
  /^\d+$/.test(text) && Number(text) >= DAILY_CALLS.least && Number(text) <= DAILY_CALLS.most;
