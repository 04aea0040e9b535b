import { setTimeout as pause } from "node:timers/promises";
import { recordAudit } from "../../db/audit.ts";
import type { BusinessId, BusinessTx, WithBusiness } from "../../db/with-business.ts";
import { lockConnection, updateConnection, type ZohoConnection } from "../../db/zoho-connections.ts";
import { Failure } from "../../failure.ts";
import type { Secrets } from "../../secrets.ts";
import type { BooksAccess } from "../../zoho/books-access.ts";
import type { GrantedTokens, OauthClient } from "../../zoho/oauth-client.ts";

export interface ZohoAccessDeps {
  withBusiness: WithBusiness;
  oauth: OauthClient;
  secrets: Secrets;
  clock: () => Date;
}

/** A token is renewed this long before it expires. */
const MARGIN_MS = 60_000;
/** Zoho gives 10 access tokens in 10 minutes, then blocks; we stop one short (docs/zoho.md#oauth). */
const REFRESH_WINDOW_MS = 600_000;
const REFRESHES_MAX = 9;
const LEASE_MS = 15_000;
const POLL_MS = 100;
const FRESH_MS = 300_000;

type Claim =
  | { kind: "token"; access: BooksAccess }
  | { kind: "wait" }
  | { kind: "refresh"; connection: ZohoConnection; refreshToken: string };

/**
 * A live access token of the business's organisation. One refresh at a time over all servers: a lease in the row, no
 * transaction open during the call. `rejected` is a token Zoho just refused.
 * @throws Failure zoho-not-connected, zoho-grant-lost, zoho-rate-limited, zoho-unavailable
 */
export async function zohoAccess(
  deps: ZohoAccessDeps,
  { businessId, rejected }: { businessId: BusinessId; rejected: string | null },
): Promise<BooksAccess> {
  const deadline = deps.clock().getTime() + LEASE_MS;
  while (deps.clock().getTime() < deadline) {
    const claim = await claimToken(deps, businessId, rejected);
    if (claim.kind === "token") return claim.access;
    if (claim.kind === "refresh") return refresh(deps, businessId, claim);
    await pause(POLL_MS);
  }
  throw new Failure("zoho-unavailable", "another refresh of the token did not end");
}

function claimToken(deps: ZohoAccessDeps, businessId: BusinessId, rejected: string | null): Promise<Claim> {
  return deps.withBusiness(businessId, async (tx): Promise<Claim> => {
    const connection = await lockConnection(tx);
    if (!connection) throw new Failure("zoho-not-connected", "no organisation is connected");
    if (connection.status === "lost") throw new Failure("zoho-grant-lost", "the grant was lost");
    const now = deps.clock();
    const token = await usableToken(tx, deps, connection);
    if (token !== null && token !== rejected) return { kind: "token", access: accessOf(connection, token) };
    if (connection.refreshingUntil !== null && connection.refreshingUntil > now) return { kind: "wait" };
    if (token !== null && isFresh(connection, now)) {
      throw new Failure("zoho-grant-lost", "Zoho refuses a token it just gave: the grant lacks a scope");
    }
    const recent = connection.refreshedAt.filter((at) => now.getTime() - at.getTime() < REFRESH_WINDOW_MS);
    if (recent.length >= REFRESHES_MAX)
      throw new Failure("zoho-rate-limited", "token refreshes used up for now");
    const refreshToken = await deps.secrets.open(tx, "zoho-refresh-token", connection.refreshToken);
    await updateConnection(tx, connection, {
      refreshedAt: [...recent, now],
      refreshingUntil: new Date(now.getTime() + LEASE_MS),
    });
    return { kind: "refresh", connection, refreshToken };
  });
}

/** Refused this young, a token did not expire: renewing it would only spend the ten Zoho gives. */
function isFresh({ accessGivenAt }: ZohoConnection, now: Date): boolean {
  return accessGivenAt !== null && now.getTime() - accessGivenAt.getTime() < FRESH_MS;
}

async function usableToken(
  tx: BusinessTx,
  { clock, secrets }: ZohoAccessDeps,
  { accessToken, accessExpiresAt }: ZohoConnection,
): Promise<string | null> {
  if (accessToken === null || accessExpiresAt === null) return null;
  if (accessExpiresAt.getTime() - clock().getTime() < MARGIN_MS) return null;
  return secrets.open(tx, "zoho-access-token", accessToken);
}

async function refresh(
  deps: ZohoAccessDeps,
  businessId: BusinessId,
  { connection, refreshToken }: { connection: ZohoConnection; refreshToken: string },
): Promise<BooksAccess> {
  let tokens: GrantedTokens;
  try {
    tokens = await deps.oauth.refresh(new URL(connection.accountsUrl), refreshToken);
  } catch (error) {
    const lost = error instanceof Failure && error.code === "zoho-grant-lost";
    await endRefresh(deps, businessId, { connection, lost });
    throw error;
  }
  await deps.withBusiness(businessId, async (tx) =>
    updateConnection(tx, connection, {
      accessToken: await deps.secrets.seal(tx, "zoho-access-token", tokens.accessToken),
      accessExpiresAt: new Date(deps.clock().getTime() + tokens.expiresInMs),
      accessGivenAt: deps.clock(),
      refreshingUntil: null,
    }),
  );
  return accessOf(connection, tokens.accessToken);
}

/** A lost grant becomes a visible "reconnect"; anything else may be tried again. */
async function endRefresh(
  deps: ZohoAccessDeps,
  businessId: BusinessId,
  { connection, lost }: { connection: ZohoConnection; lost: boolean },
): Promise<void> {
  await deps.withBusiness(businessId, async (tx) => {
    await updateConnection(tx, connection, {
      refreshingUntil: null,
      ...(lost && { status: "lost" as const }),
    });
    if (lost)
      await recordAudit(tx, { actor: "system", action: "zoho-grant-lost", subject: "zoho-connection" });
  });
}

function accessOf(connection: ZohoConnection, accessToken: string): BooksAccess {
  return { apiUrl: connection.apiUrl, organizationId: connection.organizationId, accessToken };
}
