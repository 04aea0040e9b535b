import { randomUUID } from "node:crypto";
import type { SessionAnswer } from "@fiscalise/shared/api/auth.ts";
import type { Pairing } from "@fiscalise/shared/api/pairings.ts";
import type { Origin } from "../actor.ts";
import { callerNetwork } from "../caller-network.ts";
import { recordAudit } from "../db/audit.ts";
import { insertPairing, lookAtPairing, type PairingStatus, redeem } from "../db/pairings.ts";
import { lockUser } from "../db/users.ts";
import type { BusinessTx } from "../db/with-business.ts";
import { Failure } from "../failure.ts";
import { newSecretToken, readHandoverCode, sha256Of } from "../opaque-token.ts";
import { requireBusiness } from "../receipts/require-business.ts";
import { isWidgetOrigin } from "../widget-origins.ts";
import { authorizeUrl, SIGN_IN_SCOPES, type ZohoClientCredentials } from "../zoho/oauth-client.ts";
import { auditNameOf } from "./audit-name.ts";
import { auditRefusal } from "./audit-refusal.ts";
import type { SessionDeps } from "./deps.ts";
import { openSession } from "./open-session.ts";
import { limitStranger } from "./sign-in-attempts.ts";

export interface PairingDeps extends SessionDeps {
  client: ZohoClientCredentials;
  accountsUrl: string;
  publicUrl: string;
  widgetOrigins: readonly string[];
}

const PAIRING_MS = 600_000;
/** Tells the callback whose state it is. */
export const PAIRING_STATE = "pairing";

/**
 * A sign-in with Zoho for this organisation, whether or not anybody here has it: who asks has proven nothing yet.
 * @throws Failure too-many-requests
 */
export async function beginPairing(
  deps: PairingDeps,
  asked: { organizationId: string; pageOrigin: string | null; origin: Origin },
): Promise<Pairing> {
  await deps.limits.take("pairingAddress", callerNetwork(asked.origin.address));
  const [id, pollToken, state] = [randomUUID(), newSecretToken(), newSecretToken()];
  const now = deps.clock();
  const expiresAt = new Date(now.getTime() + PAIRING_MS);
  const known = asked.pageOrigin !== null && isWidgetOrigin(asked.pageOrigin, deps.widgetOrigins);
  await deps.atGate((tx) =>
    insertPairing(tx, {
      id,
      pollSha256: sha256Of(pollToken),
      stateSha256: sha256Of(state),
      organizationId: asked.organizationId,
      pageOrigin: known ? asked.pageOrigin : null,
      now,
      expiresAt,
    }),
  );
  const signInUrl = new URL("/api/v1/widget/sign-in", deps.publicUrl);
  signInUrl.searchParams.set("state", state);
  return { pairingId: id, pollToken, signInUrl: signInUrl.href, expiresAt: expiresAt.toISOString() };
}

/** Zoho's page, with the least that says who somebody is; the token it leads to is good for an hour and not kept. */
export function signInAtZoho(deps: Pick<PairingDeps, "accountsUrl" | "client">, state: string): string {
  return authorizeUrl(deps.accountsUrl, deps.client, {
    state: `${PAIRING_STATE}.${state}`,
    scopes: SIGN_IN_SCOPES,
    lasting: false,
  });
}

export interface Holder {
  pairingId: string;
  pollToken: string;
  origin: Origin;
}

/**
 * One that never was, and one whose poll token is another, have ended as well; who asks for such is limited as a stranger.
 * @throws Failure too-many-requests
 */
export async function pollPairing(
  deps: SessionDeps,
  { pairingId, pollToken, origin }: Holder,
): Promise<PairingStatus> {
  const pollSha256 = sha256Of(pollToken);
  const found = await deps.atGate((tx) =>
    lookAtPairing(tx, { id: pairingId, pollSha256, now: deps.clock() }),
  );
  if (!found) await limitStranger(deps, origin);
  return found ?? { status: "expired", refusal: null };
}

/**
 * Opens the session, in the window that began the sign-in and no other: it alone holds the poll token, and the code was
 * shown to whoever consented.
 * @throws Failure handover-code-wrong, pairing-expired, not-enrolled, business-inactive, too-many-requests
 */
export async function redeemPairing(
  deps: SessionDeps,
  { pairingId, pollToken, code, origin }: Holder & { code: string },
): Promise<SessionAnswer> {
  const [pollSha256, codeSha256] = [sha256Of(pollToken), sha256Of(readHandoverCode(code))];
  const redeemed = await deps.atGate((tx) =>
    redeem(tx, { id: pairingId, pollSha256, codeSha256, now: deps.clock() }),
  );
  if (redeemed.outcome === "wrong") throw new Failure("handover-code-wrong", "another code");
  if (redeemed.outcome === "ended") await limitStranger(deps, origin);
  if (redeemed.outcome === "ended") throw new Failure("pairing-expired", "no such pairing, or not any more");
  return auditRefusal(deps, { person: redeemed, action: "sign-in-refused", origin }, () =>
    deps.withBusiness(redeemed.businessId, (tx) => enter(tx, deps, { userId: redeemed.userId, origin })),
  );
}

async function enter(
  tx: BusinessTx,
  deps: SessionDeps,
  { userId, origin }: { userId: string; origin: Origin },
): Promise<SessionAnswer> {
  await requireBusiness(tx);
  const user = await lockUser(tx, userId);
  if (user?.status !== "active") throw new Failure("not-enrolled", "deactivated meanwhile");
  await recordAudit(tx, {
    actor: auditNameOf(user),
    origin,
    action: "signed-in",
    subject: `user:${userId}`,
    detail: { by: "zoho" },
  });
  return openSession(tx, deps, userId);
}
