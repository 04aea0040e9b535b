import type { Actor, Origin } from "../../actor.ts";
import { type BusinessId, businessId, isUuid, type WithBusiness } from "../../db/with-business.ts";
import { insertConsent, settleConsent, takeConsent, type ZohoConsent } from "../../db/zoho-consents.ts";
import { Failure } from "../../failure.ts";
import { newHandoverCode, newSecretToken, sha256Of } from "../../opaque-token.ts";
import { requireBusiness } from "../../receipts/require-business.ts";
import type { Secrets } from "../../secrets.ts";
import { isWidgetOrigin } from "../../widget-origins.ts";
import type { BooksClient } from "../../zoho/books-client.ts";
import {
  type ExchangeDeps,
  type Exchanged,
  exchangeCode,
  type ZohoReturn,
} from "../../zoho/exchange-code.ts";
import { authorizeUrl, CONNECTION_SCOPES, type ZohoClientCredentials } from "../../zoho/oauth-client.ts";
import { requireStillAdmin } from "../require-admin.ts";
import { clearConsents, giveBack } from "./revoke-grants.ts";
import { type Offer, offeredOrganizations } from "./zoho-offer.ts";

export interface ConnectZohoDeps extends ExchangeDeps {
  withBusiness: WithBusiness;
  client: ZohoClientCredentials;
  books: BooksClient;
  secrets: Secrets;
  widgetOrigins: readonly string[];
  clock: () => Date;
}

const CONSENT_MS = 600_000;

/** The page where a business admin grants access. The state names the business and is good once, for 10 minutes. */
export async function beginZohoConnection(
  deps: ConnectZohoDeps,
  { actor, ...asked }: { actor: Actor; organizationId: string | null; pageOrigin: string | null },
): Promise<{ authorizeUrl: string }> {
  const [nonce, now] = [newSecretToken(), deps.clock()];
  const known = asked.pageOrigin !== null && isWidgetOrigin(asked.pageOrigin, deps.widgetOrigins);
  await deps.withBusiness(actor.businessId, async (tx) => {
    // Ids of documents are the organisation's: in another, an imported receipt would be of some other invoice.
    const { knownOrganizationId } = await requireBusiness(tx);
    await clearConsents(tx, { now, userId: actor.userId });
    await insertConsent(tx, {
      nonceSha256: sha256Of(nonce),
      userId: actor.userId,
      organizationId: knownOrganizationId ?? asked.organizationId,
      pageOrigin: known ? asked.pageOrigin : null,
      expiresAt: new Date(now.getTime() + CONSENT_MS),
    });
  });
  const state = `${actor.businessId}.${nonce}`;
  const scopes = CONNECTION_SCOPES;
  return { authorizeUrl: authorizeUrl(deps.accountsUrl, deps.client, { state, scopes, lasting: true }) };
}

export interface ConnectionReturn {
  state: string;
  /** Null when the admin declined, or Zoho did. */
  back: ZohoReturn | null;
  origin: Origin;
}

/**
 * Zoho has given a grant: keeps it sealed, and answers the code that the window which began it needs before anything is
 * bound (docs/decisions/016). Every refusal is kept for that window.
 * @throws Failure oauth-state-invalid, oauth-host-not-allowed, oauth-refused, organization-not-a-member,
 * zoho-admin-required, business-inactive, forbidden
 */
export async function completeZohoConsent(
  deps: ConnectZohoDeps,
  { state, back }: ConnectionReturn,
): Promise<{ code: string; pageOrigin: string | null }> {
  const [id = "", nonce = ""] = state.split(".");
  if (!isUuid(id)) throw new Failure("oauth-state-invalid", "state without a business");
  const business = businessId(id);
  const consent = await deps.withBusiness(business, (tx) => takeConsent(tx, sha256Of(nonce), deps.clock()));
  if (!consent) throw new Failure("oauth-state-invalid", "unknown, used or expired state");
  try {
    if (!back) throw new Failure("oauth-refused", "Zoho came back without a code");
    return await keepGrant(deps, business, { consent, exchanged: await exchangeCode(deps, back) });
  } catch (error) {
    const refusal = error instanceof Failure ? error.code : "internal-error";
    await deps.withBusiness(business, (tx) => settleConsent(tx, consent.nonceSha256, { refusal }));
    throw error;
  }
}

async function keepGrant(
  deps: ConnectZohoDeps,
  business: BusinessId,
  { consent, exchanged }: { consent: ZohoConsent; exchanged: Exchanged },
): Promise<{ code: string; pageOrigin: string | null }> {
  const { accountsUrl, apiUrl, tokens } = exchanged;
  const { accessToken, refreshToken, scopes } = tokens;
  if (refreshToken === null) throw new Failure("oauth-refused", "Zoho returned no refresh token");
  const code = newHandoverCode();
  try {
    const listed = await deps.books.organizations({ apiUrl, accessToken });
    const organizations = offeredOrganizations(listed, consent.organizationId);
    await deps.withBusiness(business, async (tx) => {
      await requireBusiness(tx);
      await requireStillAdmin(tx, consent.userId);
      const offer: Offer = {
        accountsUrl,
        apiUrl,
        scopes: (scopes ?? CONNECTION_SCOPES).join(","),
        accessToken: await deps.secrets.seal(tx, "zoho-access-token", accessToken),
        accessExpiresAt: new Date(deps.clock().getTime() + tokens.expiresInMs).toISOString(),
        organizations,
      };
      const sealedGrant = await deps.secrets.seal(tx, "zoho-refresh-token", refreshToken);
      const settled = { codeSha256: sha256Of(code), sealedGrant, offer };
      if (!(await settleConsent(tx, consent.nonceSha256, settled)))
        throw new Failure("oauth-state-invalid", "begun anew meanwhile");
    });
  } catch (error) {
    await deps.withBusiness(business, (tx) => giveBack(tx, deps, { accountsUrl, refreshToken }));
    throw error;
  }
  return { code, pageOrigin: consent.pageOrigin };
}
