import { recordAudit } from "../../db/audit.ts";
import { isDatabaseAway } from "../../db/database-away.ts";
import type { AtGate, BusinessId, BusinessTx, WithBusiness } from "../../db/with-business.ts";
import { removeConsents } from "../../db/zoho-consents.ts";
import {
  businessesWithGrantsToRevoke,
  countRevocationTry,
  deleteRevocation,
  insertRevocation,
  listRevocations,
  type Revocation,
} from "../../db/zoho-revocations.ts";
import { Failure } from "../../failure.ts";
import type { Secrets } from "../../secrets.ts";
import type { OauthClient } from "../../zoho/oauth-client.ts";
import { OfferSchema } from "./zoho-offer.ts";

export interface RevokeGrantsDeps {
  atGate: AtGate;
  withBusiness: WithBusiness;
  oauth: OauthClient;
  secrets: Secrets;
  clock: () => Date;
  /** A fault of our own; that grant stays for the next run, the others do not wait for it. */
  onFailed: (failed: { businessId: BusinessId; error: unknown }) => void;
}

const AT_ONCE = 20;
/** Then it is left to the admin's list of connected apps at Zoho; the audit says so. */
const GIVEN_UP_MS = 7 * 86_400_000;

/** Notes a grant we will not use; a job revokes it at Zoho, so that nobody waits for that. */
export async function giveBack(
  tx: BusinessTx,
  { secrets }: Pick<RevokeGrantsDeps, "secrets">,
  { accountsUrl, refreshToken }: { accountsUrl: string; refreshToken: string },
): Promise<void> {
  const sealed = await secrets.seal(tx, "zoho-refresh-token", refreshToken);
  await insertRevocation(tx, { accountsUrl, refreshToken: sealed });
}

/** Ends the user's consents and every one that came too late; what they were given is given back. */
export async function clearConsents(
  tx: BusinessTx,
  { now, userId }: { now: Date; userId: string | null },
): Promise<void> {
  for (const { sealedGrant, offer } of await removeConsents(tx, now, userId)) {
    if (sealedGrant === null) continue;
    const { accountsUrl } = OfferSchema.parse(offer);
    await insertRevocation(tx, { accountsUrl, refreshToken: sealedGrant });
  }
}

/** Revokes at Zoho what is ours no more. What fails stays for the next run. */
export async function revokeGrants(deps: RevokeGrantsDeps): Promise<{ revoked: number; left: number }> {
  const count = { revoked: 0, left: 0 };
  for (const business of await deps.atGate((tx) => businessesWithGrantsToRevoke(tx, deps.clock()))) {
    const due = await going(deps, business, () => dueOf(deps, business));
    for (const one of due ?? []) {
      count[(await going(deps, business, () => revokeOne(deps, business, one))) ?? "left"] += 1;
    }
  }
  return count;
}

/** Null where it failed: one broken row stops nobody else's. */
async function going<T>(
  { onFailed }: RevokeGrantsDeps,
  businessId: BusinessId,
  work: () => Promise<T>,
): Promise<T | null> {
  try {
    return await work();
  } catch (error) {
    if (isDatabaseAway(error)) throw error;
    onFailed({ businessId, error });
    return null;
  }
}

function dueOf({ withBusiness, clock }: RevokeGrantsDeps, business: BusinessId): Promise<Revocation[]> {
  return withBusiness(business, async (tx) => {
    await clearConsents(tx, { now: clock(), userId: null });
    return listRevocations(tx, AT_ONCE);
  });
}

async function revokeOne(
  deps: RevokeGrantsDeps,
  business: BusinessId,
  { id, accountsUrl, refreshToken, createdAt }: Revocation,
): Promise<"revoked" | "left"> {
  const token = await deps.withBusiness(business, (tx) =>
    deps.secrets.open(tx, "zoho-refresh-token", refreshToken),
  );
  const revoked = await deps.oauth.revoke(new URL(accountsUrl), token).then(
    () => true,
    (error: unknown) => {
      if (!(error instanceof Failure)) throw error;
      return false;
    },
  );
  const givenUp = deps.clock().getTime() - createdAt.getTime() > GIVEN_UP_MS;
  await deps.withBusiness(business, async (tx) => {
    if (!revoked && !givenUp) return countRevocationTry(tx, id);
    if (!(await deleteRevocation(tx, id))) return;
    const action = revoked ? "zoho-grant-revoked" : "zoho-grant-not-revoked";
    await recordAudit(tx, { actor: "system", action, subject: "zoho-connection" });
  });
  return revoked ? "revoked" : "left";
}
