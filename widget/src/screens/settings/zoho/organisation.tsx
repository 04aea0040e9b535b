import type { ZohoConfig } from "@fiscalise/shared/api/config.ts";
import { LANGUAGES } from "@fiscalise/shared/problem.ts";
import { CONSENT_WORDS } from "@fiscalise/shared/words/consent.ts";
import { Chip } from "../../../components/chip.tsx";
import { ConsentStatus } from "../../../components/consent-status.tsx";
import { Notice } from "../../../components/notice.tsx";
import { TroubleNotice } from "../../../components/trouble-notice.tsx";
import { useSettingsWords } from "../../../settings-words.ts";
import { fill } from "../../../words.ts";
import { useZohoConnection } from "./use-zoho-connection.ts";

/** Which organisation is connected and whether it still is; connecting it, the first time and again. */
export function Organisation(props: { zoho: ZohoConfig; onZoho: (zoho: ZohoConfig) => void }) {
  const words = useSettingsWords();
  const { organization } = props.zoho;
  const lost = organization?.status === "lost";
  const missing = organization?.missingScopes ?? [];
  return (
    <>
      {organization && (
        <div class="organisation">
          <div>
            <p class="name">{organization.name}</p>
            <p class="minor">{`${organization.id} · ${organization.baseCurrency}`}</p>
          </div>
          {lost ? (
            <Chip tone="bad" icon="warning" word={words.zohoLost} />
          ) : (
            <Chip tone="good" icon="check" word={words.zohoConnected} />
          )}
        </div>
      )}
      {lost && <p>{words.zohoLostText}</p>}
      {!lost && missing.length > 0 && (
        <Notice tone="warn">
          <p>{fill(words.zohoMissing, { scopes: missing.join(", ") })}</p>
        </Notice>
      )}
      {(!organization || lost || missing.length > 0) && <Connecting {...props} />}
    </>
  );
}

function Connecting(props: { zoho: ZohoConfig; onZoho: (zoho: ZohoConfig) => void }) {
  const words = useSettingsWords();
  const { state, start, choice, choose, choosing, ...consent } = useZohoConnection(props.zoho, props.onZoho);
  const isWaiting = state.step === "waiting" && !state.blockedUrl;
  return (
    <>
      <button
        type="button"
        class={state.step === "code" ? "secondary" : "primary narrow"}
        disabled={isWaiting || state.busy || choosing.busy}
        onClick={() => void start()}
      >
        {props.zoho.organization ? words.zohoReconnect : words.zohoConnect}
      </button>
      <ConsentStatus
        words={consentWords()}
        state={state}
        onCode={consent.send}
        onAskForCode={consent.askForCode}
        onOpen={consent.open}
      />
      {choice && (
        <fieldset class="choices">
          <legend>{words.zohoChoose}</legend>
          {choice.organizations.map(({ id, name }) => (
            <button
              key={id}
              type="button"
              class="secondary"
              disabled={choosing.busy}
              onClick={() => void choose(id)}
            >
              {name} <span class="minor">{id}</span>
            </button>
          ))}
        </fieldset>
      )}
      <TroubleNotice trouble={choosing.trouble} />
    </>
  );
}

/** In the language of the page. */
function consentWords() {
  const { lang } = document.documentElement;
  return CONSENT_WORDS[LANGUAGES.find((language) => language === lang) ?? "en"];
}
