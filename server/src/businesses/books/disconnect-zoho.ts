import type { Actor } from "../../actor.ts";
import { recordAudit } from "../../db/audit.ts";
import type { WithBusiness } from "../../db/with-business.ts";
import { lockConnection, updateConnection } from "../../db/zoho-connections.ts";
import { Failure } from "../../failure.ts";
import { actingUser, auditedBy } from "../../receipts/actor.ts";
import { requireBusiness } from "../../receipts/require-business.ts";
import type { Secrets } from "../../secrets.ts";
import { requireStillAdmin } from "../require-admin.ts";
import { forgetMarks } from "./forget-organization.ts";
import { giveBack } from "./revoke-grants.ts";

/**
 * Lets the organisation go and gives its grant back. What is accepted goes on at the device; receipts stay.
 * @throws Failure zoho-not-connected
 */
export async function disconnectZoho(
  deps: { withBusiness: WithBusiness; secrets: Secrets },
  actor: Actor,
): Promise<void> {
  await deps.withBusiness(actor.businessId, async (tx) => {
    await requireBusiness(tx);
    const connection = await lockConnection(tx);
    await requireStillAdmin(tx, actor.userId);
    if (!connection) throw new Failure("zoho-not-connected", "no organisation is connected");
    const { accountsUrl, refreshToken, organizationId } = connection;
    const plain = await deps.secrets.open(tx, "zoho-refresh-token", refreshToken);
    await giveBack(tx, deps, { accountsUrl, refreshToken: plain });
    await updateConnection(tx, connection, {
      status: "disconnected",
      refreshToken: null,
      accessToken: null,
      accessExpiresAt: null,
      refreshingUntil: null,
    });
    await forgetMarks(tx);
    await recordAudit(tx, {
      ...auditedBy(await actingUser(tx, actor)),
      action: "zoho-disconnected",
      subject: "zoho-connection",
      detail: { organizationId },
    });
  });
}
