import type { SessionAnswer, Sessions } from "../session.ts";
import type { Zoho } from "../zoho-sdk.ts";
import { Connect } from "./connect.tsx";
import { PairingScreen } from "./pairing.tsx";

/** How somebody gets in here: by the sandbox's own page where it issues the sessions, else by Zoho or by e-mail. */
export function Door(props: { sessions: Sessions; zoho: Zoho; onAnswer: (answer: SessionAnswer) => void }) {
  const { door } = props.sessions;
  return door ? <PairingScreen {...props} door={door} /> : <Connect {...props} />;
}
