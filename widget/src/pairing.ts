import { type Consent, ConsentSchema, type Pairing, PairingSchema } from "@fiscalise/shared/api/pairings.ts";
import type { Language } from "@fiscalise/shared/problem.ts";
import type { SignInDoor } from "./account-session.ts";
import { jsonAs, type Reply } from "./request.ts";
import type { Session } from "./session.ts";
import { askOpenly, enterBy } from "./sign-in.ts";

/** Signing in with Zoho from this panel, and from no other: only here is the poll token. */
export function pairingFlow(deps: {
  door: SignInDoor;
  organizationId: string;
  pairing: { current: Pairing | null };
  language: Language;
}) {
  const { door, organizationId, pairing, language } = deps;
  const during = async <T>(ask: (begun: Pairing) => Promise<Reply<T>>): Promise<Reply<T>> =>
    pairing.current ? ask(pairing.current) : { status: "unreachable" };
  return {
    apiUrl: door.apiUrl,
    begin: async (): Promise<Reply<string>> => {
      const sent = { path: "/widget/pairings", body: { zohoOrganizationId: organizationId }, language };
      const begun = await askOpenly(door, sent, jsonAs<Pairing>(PairingSchema));
      if (begun.status !== "ok") return begun;
      pairing.current = begun.value;
      return { status: "ok", value: begun.value.signInUrl };
    },
    look: () =>
      during(({ pairingId, pollToken }) => {
        const sent = { path: `/widget/pairings/${pairingId}/poll`, body: { pollToken }, language };
        return askOpenly(door, sent, jsonAs<Consent>(ConsentSchema));
      }),
    redeem: (code: string): Promise<Reply<Session>> =>
      during(({ pairingId, pollToken }) => {
        const path = `/widget/pairings/${pairingId}/redeem`;
        return enterBy(door, { path, body: { pollToken, code }, language });
      }),
  };
}
