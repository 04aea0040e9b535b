import { randomBytes } from "node:crypto";
import type { Actor, Origin } from "../actor.ts";
import { recordAudit } from "../db/audit.ts";
import { businessId, isUuid, type WithBusiness } from "../db/with-business.ts";
import {
  insertOauthState,
  isOrganizationTaken,
  keepConnection,
  takeOauthState,
} from "../db/zoho-connections.ts";
import { Failure } from "../failure.ts";
import { sha256Of } from "../opaque-token.ts";
import { actingUser, auditedBy } from "../receipts/actor.ts";
import { requireBusiness } from "../receipts/require-business.ts";
import type { Secrets } from "../secrets.ts";
import type { BooksClient } from "../zoho/books-client.ts";
import { type ExchangeDeps, exchangeCode } from "../zoho/exchange-code.ts";
import { authorizeUrl, CONNECTION_SCOPES, type ZohoClientCredentials } from "../zoho/oauth-client.ts";
import { requireStillAdmin } from "./require-admin.ts";

export interface ConnectZohoDeps extends ExchangeDeps {
  withBusiness: WithBusiness;
  client: ZohoClientCredentials;
  books: BooksClient;
  secrets: Secrets;
  clock: () => Date;
}

const STATE_MS = 600_000;

/** The page where a business admin grants access. The state names the business and is good once, for 10 minutes. */
export async function beginZohoConnection(
  deps: ConnectZohoDeps,
  { actor, organizationId }: { actor: Actor; organizationId: string | null },
): Promise<{ authorizeUrl: string }> {
  const nonce = randomBytes(32).toString("base64url");
  const expiresAt = new Date(deps.clock().getTime() + STATE_MS);
  await deps.withBusiness(actor.businessId, (tx) =>
    insertOauthState(tx, { nonceSha256: sha256Of(nonce), userId: actor.userId, organizationId, expiresAt }),
  );
  const state = `${actor.businessId}.${nonce}`;
  const scopes = CONNECTION_SCOPES;
  return { authorizeUrl: authorizeUrl(deps.accountsUrl, deps.client, { state, scopes, lasting: true }) };
}

export interface ZohoCallback {
  state: string;
  code: string;
  /** The data centre that holds the grant. */
  accountsServer: string | null;
  origin: Origin;
}

/**
 * Exchanges the code at the accounts server Zoho named, proves membership by listing the organisations, and binds one.
 * @throws Failure oauth-state-invalid, oauth-host-not-allowed, oauth-refused, organization-not-a-member,
 * organization-taken
 */
export async function completeZohoConnection(deps: ConnectZohoDeps, callback: ZohoCallback): Promise<void> {
  const [id = "", nonce = ""] = callback.state.split(".");
  if (!isUuid(id)) throw new Failure("oauth-state-invalid", "state without a business");
  const business = businessId(id);
  const state = await deps.withBusiness(business, (tx) => takeOauthState(tx, sha256Of(nonce), deps.clock()));
  if (!state) throw new Failure("oauth-state-invalid", "unknown, used or expired state");

  const { accountsUrl, apiUrl, tokens } = await exchangeCode(deps, callback);
  const { refreshToken } = tokens;
  if (refreshToken === null) throw new Failure("oauth-refused", "Zoho returned no refresh token");
  const access = { apiUrl, accessToken: tokens.accessToken };
  const organization = choose(await deps.books.organizations(access), state.organizationId);

  const stored = deps.withBusiness(business, async (tx) => {
    await requireBusiness(tx);
    await requireStillAdmin(tx, state.userId);
    const user = await actingUser(tx, { userId: state.userId, origin: callback.origin });
    await keepConnection(tx, {
      organizationId: organization.organization_id,
      organizationName: organization.name,
      baseCurrency: organization.currency_code,
      accountsUrl,
      apiUrl,
      scopes: CONNECTION_SCOPES.join(","),
      refreshToken: await deps.secrets.seal(tx, "zoho-refresh-token", refreshToken),
      accessToken: await deps.secrets.seal(tx, "zoho-access-token", tokens.accessToken),
      accessExpiresAt: new Date(deps.clock().getTime() + tokens.expiresInMs),
    });
    await recordAudit(tx, {
      ...auditedBy(user),
      action: "zoho-connected",
      subject: "zoho-connection",
      detail: { organizationId: organization.organization_id },
    });
  });
  await stored.catch((error: unknown) => {
    if (!isOrganizationTaken(error)) throw error;
    throw new Failure("organization-taken", "another business has the organisation", { cause: error });
  });
}

function choose<T extends { organization_id: string }>(organizations: T[], wanted: string | null): T {
  const [only, ...others] = organizations;
  if (wanted === null && only && others.length === 0) return only;
  const found = organizations.find(({ organization_id }) => organization_id === wanted);
  if (!found)
    throw new Failure("organization-not-a-member", `the Zoho user is in ${organizations.length} others`);
  return found;
}
