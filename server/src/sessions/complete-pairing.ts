import type { Origin } from "../actor.ts";
import { recordAudit } from "../db/audit.ts";
import {
  businessOfPairing,
  type Settlement,
  settlePairing,
  type TakenPairing,
  takePairing,
} from "../db/pairings.ts";
import type { BusinessId } from "../db/with-business.ts";
import { Failure } from "../failure.ts";
import { newHandoverCode, sha256Of } from "../opaque-token.ts";
import type { BooksClient, BooksUser } from "../zoho/books-client.ts";
import { type ExchangeDeps, exchangeCode, type ZohoReturn } from "../zoho/exchange-code.ts";
import type { SessionDeps } from "./deps.ts";
import { userOfZoho } from "./user-of-zoho.ts";

export interface CompletePairingDeps extends SessionDeps, ExchangeDeps {
  books: BooksClient;
}

export interface PairingReturn {
  state: string;
  /** Null when the person declined, or Zoho did. */
  back: ZohoReturn | null;
  origin: Origin;
}

/**
 * Zoho has said who somebody is: proves membership, finds or enrols the user, and answers the code that the window which
 * began it needs. Every refusal is kept for that window; which organisations are ours is said to members only.
 * @throws Failure oauth-state-invalid, oauth-refused, oauth-host-not-allowed, organization-not-a-member,
 * organization-not-connected, not-enrolled, business-inactive
 */
export async function completePairing(
  deps: CompletePairingDeps,
  { state, back, origin }: PairingReturn,
): Promise<{ code: string; pageOrigin: string | null }> {
  const pairing = await deps.atGate((tx) => takePairing(tx, sha256Of(state), deps.clock()));
  if (!pairing) throw new Failure("oauth-state-invalid", "unknown, used or expired state");
  const settle = (settlement: Settlement) => deps.atGate((tx) => settlePairing(tx, pairing.id, settlement));
  try {
    if (!back) throw new Failure("oauth-refused", "Zoho came back without a code");
    const person = await provenMember(deps, pairing, back);
    const businessId = await deps.atGate((tx) => businessOfPairing(tx, pairing.id));
    if (!businessId) throw new Failure("organization-not-connected", "no business has the organisation");
    const userId = await admitted(deps, { businessId, person, origin });
    const code = newHandoverCode();
    await settle({ codeSha256: sha256Of(code), businessId, userId });
    return { code, pageOrigin: pairing.pageOrigin };
  } catch (error) {
    await settle(error instanceof Failure ? error.code : "internal-error");
    throw error;
  }
}

async function provenMember(
  deps: CompletePairingDeps,
  { organizationId }: TakenPairing,
  back: ZohoReturn,
): Promise<BooksUser> {
  const { apiUrl, tokens } = await exchangeCode(deps, back);
  const access = { apiUrl, accessToken: tokens.accessToken };
  const organizations = await deps.books.organizations(access);
  if (!organizations.some(({ organization_id }) => organization_id === organizationId))
    throw new Failure("organization-not-a-member", `the Zoho user is in ${organizations.length} others`);
  return deps.books.me({ ...access, organizationId });
}

async function admitted(
  deps: CompletePairingDeps,
  { businessId, person, origin }: { businessId: BusinessId; person: BooksUser; origin: Origin },
): Promise<string> {
  try {
    return await deps.withBusiness(businessId, (tx) => userOfZoho(tx, { person, origin, now: deps.clock() }));
  } catch (error) {
    if (!(error instanceof Failure)) throw error;
    await deps.withBusiness(businessId, (tx) =>
      recordAudit(tx, {
        actor: "system",
        origin,
        action: "zoho-sign-in-refused",
        subject: `business:${businessId}`,
        result: "refused",
        detail: { code: error.code },
      }),
    );
    throw error;
  }
}
