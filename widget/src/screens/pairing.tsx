import type { Pairing } from "@fiscalise/shared/api/pairings.ts";
import { CONSENT_WORDS } from "@fiscalise/shared/words/consent.ts";
import { useEffect, useRef, useState } from "preact/hooks";
import type { SignInDoor } from "../account-session.ts";
import { ConsentStatus } from "../components/consent-status.tsx";
import { Heading } from "../components/heading.tsx";
import { pairingFlow } from "../pairing.ts";
import type { Session, SessionAnswer } from "../session.ts";
import { browserLanguage, useWords } from "../words.ts";
import type { Zoho } from "../zoho-sdk.ts";
import { EmailDoor } from "./email-door.tsx";
import { useConsent } from "./use-consent.ts";

/** Two doors: signing in with Zoho, and the settings page's own form. */
export function PairingScreen(props: {
  door: SignInDoor;
  zoho: Zoho;
  onAnswer: (answer: SessionAnswer) => void;
}) {
  const language = browserLanguage();
  const words = CONSENT_WORDS[language];
  const [byEmail, setByEmail] = useState(false);
  return (
    <>
      {byEmail ? <EmailDoor {...props} /> : <ZohoDoor {...props} />}
      <button type="button" class="link" onClick={() => setByEmail(!byEmail)}>
        {byEmail ? words.withZoho : words.withEmail}
      </button>
    </>
  );
}

function ZohoDoor(props: { door: SignInDoor; zoho: Zoho; onAnswer: (answer: SessionAnswer) => void }) {
  const { connectTitle, connectText, connectAction } = useWords();
  const language = browserLanguage();
  const words = CONSENT_WORDS[language];
  const organizationId = useOrganizationId(props.zoho);
  const pairing = useRef<Pairing | null>(null);
  const { state, start, ...consent } = useConsent<Session>({
    ...pairingFlow({ door: props.door, organizationId: organizationId ?? "", pairing, language }),
    onDone: (session) => props.onAnswer({ status: "open", session }),
  });
  return (
    <>
      <Heading tone="accent" icon="plug" title={connectTitle}>
        <p>{connectText}</p>
      </Heading>
      <button
        type="button"
        class={state.step === "code" ? "secondary" : "primary"}
        disabled={!organizationId || state.busy || (state.step === "waiting" && !state.blockedUrl)}
        onClick={() => void start()}
      >
        {connectAction}
      </button>
      {organizationId === null && <p class="help">{words.noOrganisation}</p>}
      <ConsentStatus
        words={words}
        state={state}
        onCode={consent.send}
        onAskForCode={consent.askForCode}
        onOpen={consent.open}
      />
    </>
  );
}

/** Undefined until Zoho Books has answered, null when it does not say. */
function useOrganizationId(zoho: Zoho): string | null | undefined {
  const [id, setId] = useState<string | null>();
  useEffect(() => void zoho.organizationId().then(setId), [zoho]);
  return id;
}
