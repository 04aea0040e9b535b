import type { ZohoAutomation } from "@fiscalise/shared/api/automation.ts";
import type { ZohoConfig } from "@fiscalise/shared/api/config.ts";
import { useState } from "preact/hooks";
import { changeConfig } from "../../../api/config.ts";
import { makeZohoParts } from "../../../api/setup.ts";
import { Saved } from "../../../components/saved.tsx";
import { TroubleNotice } from "../../../components/trouble-notice.tsx";
import { useSettingsWords } from "../../../settings-words.ts";
import { clockTime, fill } from "../../../words.ts";
import { withAnswered } from "../config/config-change.ts";
import { useSettings } from "../settings-context.ts";
import { useAction } from "../use-action.ts";
import type { ConfigPart } from "../use-config-part.ts";

type Policy = ConfigPart["config"]["policies"]["autoFiscalise"];

/** What goes without a click: when, what it needs in the organisation, and what it could not deal with. */
export function Automation(
  props: ConfigPart & { automation: ZohoAutomation; onZoho: (zoho: ZohoConfig) => void },
) {
  const { isAdmin } = useSettings();
  return (
    <>
      <PolicyChoice {...props} />
      <Parts automation={props.automation} isAdmin={isAdmin} onZoho={props.onZoho} />
      <Open open={props.automation.open} />
    </>
  );
}

/** Kept as soon as it is chosen: what is chosen is what the server has. */
function PolicyChoice({ config, onConfig, onUnheard }: ConfigPart) {
  const words = useSettingsWords();
  const { isAdmin, request } = useSettings();
  const { busy, trouble, run } = useAction({ onUnheard });
  const [saved, setSaved] = useState(false);
  const policies = { off: words.autoOff, "on-sent": words.autoSent, "on-approval": words.autoApproved };
  async function choose(autoFiscalise: Policy) {
    setSaved(false);
    const change = { policies: { autoFiscalise } };
    const answer = await run(() => changeConfig(request, change));
    if (!answer) return;
    setSaved(true);
    onConfig((now) => withAnswered(now, change, answer));
  }
  return (
    <>
      <fieldset>
        <legend>{words.autoTitle}</legend>
        {(Object.keys(policies) as Policy[]).map((policy) => (
          <label class="check" key={policy}>
            <input
              type="radio"
              name="auto-fiscalise"
              checked={config.policies.autoFiscalise === policy}
              disabled={!isAdmin || busy}
              onChange={() => void choose(policy)}
            />
            {policies[policy]}
          </label>
        ))}
        <p class="help">{words.autoFrom}</p>
      </fieldset>
      <TroubleNotice trouble={trouble} />
      <Saved shown={saved} />
    </>
  );
}

function Parts(props: { automation: ZohoAutomation; isAdmin: boolean; onZoho: (zoho: ZohoConfig) => void }) {
  const words = useSettingsWords();
  const { request } = useSettings();
  const { busy, trouble, run } = useAction();
  const { parts, lastDeliveryAt, sweptAt } = props.automation;
  const missing = parts.filter(({ isMade }) => !isMade);
  async function make() {
    const zoho = await run(() => makeZohoParts(request));
    if (zoho) props.onZoho(zoho);
  }
  return (
    <section aria-label={words.partsTitle}>
      <p class="help">
        {missing.length === 0 ? words.partsMade : fill(words.partsMissing, { names: namesOf(missing) })}
      </p>
      {props.isAdmin && (
        <button type="button" class="secondary narrow" disabled={busy} onClick={() => void make()}>
          {missing.length === 0 ? words.partsCheck : words.partsMake}
        </button>
      )}
      <TroubleNotice trouble={trouble} />
      <p class="minor">
        {lastDeliveryAt && fill(words.lastDelivery, { time: clockTime(lastDeliveryAt) })}{" "}
        {sweptAt && fill(words.lastSweep, { time: clockTime(sweptAt) })}
      </p>
    </section>
  );
}

/** A webhook and the workflow that calls it have one name. */
const namesOf = (parts: ZohoAutomation["parts"]) => [...new Set(parts.map(({ name }) => name))].join(" · ");

function Open({ open }: Pick<ZohoAutomation, "open">) {
  const words = useSettingsWords();
  if (open.length === 0) return null;
  const states = {
    waiting: words.openWaiting,
    refused: words.openRefused,
    "void-after-fiscalisation": words.openVoid,
  };
  return (
    <ul aria-label={words.openTitle}>
      {open.map(({ kind, zohoId, number, state, reasons }) => (
        <li key={`${kind} ${zohoId}`}>
          <strong>{number ?? zohoId}</strong> {states[state]} {reasons.join(" · ")}
        </li>
      ))}
    </ul>
  );
}
