import type { Origin } from "../../actor.ts";
import { recordAudit } from "../../db/audit.ts";
import type { AtGate, BusinessId, BusinessTx, WithBusiness } from "../../db/with-business.ts";
import { findWebhook, keepDelivery } from "../../db/zoho-automation.ts";
import { Failure } from "../../failure.ts";
import { sha256Of } from "../../opaque-token.ts";
import type { RequestLimits } from "../../request-limits.ts";
import type { Secrets } from "../../secrets.ts";
import {
  contentSha256,
  type Delivery,
  isSigned,
  readSignature,
  type Trigger,
  triggerOf,
} from "../../webhooks/delivery.ts";
import { createWebhookOwners } from "./webhook-owners.ts";

export interface ReceiveDeliveryDeps {
  atGate: AtGate;
  withBusiness: WithBusiness;
  secrets: Secrets;
  limits: RequestLimits;
  clock: () => Date;
  /** One line per delivery, ids only. */
  onDelivery: (received: Received) => void;
}

export interface Received {
  businessId: BusinessId;
  outcome: "accepted" | "ignored" | "repeated" | "forged";
  document: { kind: Trigger["kind"]; id: string } | null;
}

export interface Arriving {
  /** The last part of the address. */
  token: string;
  rawQuery: string;
  signature: string | null;
  origin: Origin;
  /** Not yet read. */
  readBody: () => Promise<Uint8Array>;
}

/** The same content within it is the same delivery. */
const REPLAY_WINDOW_MS = 24 * 3_600_000;
const FORGED = { outcome: "forged", document: null } as const;

/**
 * Takes deliveries of Zoho's: proves each, keeps it and queues a look at its document, all in one transaction. Of what
 * it carries only the document's id is used. The body is read only for a token that is somebody's and with what may be a
 * signature, and parsed only when that is right (docs/decisions/019).
 * @throws Failure not-found for a token that is nobody's, unauthenticated for a delivery that is not signed, too-many-requests
 */
export function createDeliveryIntake(deps: ReceiveDeliveryDeps): (arriving: Arriving) => Promise<void> {
  const owners = createWebhookOwners(deps.atGate);
  return async ({ token, rawQuery, signature, origin, readBody }) => {
    const tokenSha256 = sha256Of(token);
    const businessId = await owners.find(tokenSha256);
    if (businessId === null) throw new Failure("not-found", "no such webhook");
    await deps.limits.take("deliveries", businessId);
    const digest = readSignature(signature);
    const delivery = digest && { rawQuery, body: await readBody(), digest };
    const received = delivery
      ? await deps.withBusiness(businessId, (tx) => take(tx, deps, { tokenSha256, delivery }))
      : FORGED;
    if (received === null) {
      owners.forget(tokenSha256);
      throw new Failure("not-found", "no such webhook any more");
    }
    deps.onDelivery({ businessId, ...received });
    if (received.outcome !== "forged") return;
    await auditForged(deps, businessId, origin);
    throw new Failure("unauthenticated", "not signed by the secret");
  };
}

/** The first few of an hour: whoever knows the address, or a webhook with another secret, could fill the audit. */
async function auditForged(
  { limits, withBusiness }: Pick<ReceiveDeliveryDeps, "limits" | "withBusiness">,
  businessId: BusinessId,
  origin: Origin,
): Promise<void> {
  const isOneOfFew = await limits.take("forgedDeliveries", businessId).then(
    () => true,
    (error: unknown) => {
      if (error instanceof Failure && error.code === "too-many-requests") return false;
      throw error;
    },
  );
  if (!isOneOfFew) return;
  await withBusiness(businessId, (tx) =>
    recordAudit(tx, {
      actor: "system",
      origin,
      action: "webhook-refused",
      subject: "webhook",
      result: "refused",
    }),
  );
}

/** Null when the token is no longer the business's. */
async function take(
  tx: BusinessTx,
  { secrets, clock }: ReceiveDeliveryDeps,
  { tokenSha256, delivery }: { tokenSha256: string; delivery: Delivery },
): Promise<Omit<Received, "businessId"> | null> {
  const receivedAt = clock();
  const webhook = await findWebhook(tx, tokenSha256, receivedAt);
  if (webhook === null) return null;
  const taken = webhook.secrets.map((found) => secrets.openFound(tx, "webhook-secret", found));
  if (!taken.some((secret) => isSigned(delivery, secret))) return FORGED;
  const trigger = triggerOf(delivery.body);
  const isAccepted = webhook.isActive && trigger !== null;
  const isNew = await keepDelivery(
    tx,
    { contentSha256: contentSha256(delivery), trigger, isAccepted, receivedAt },
    new Date(receivedAt.getTime() - REPLAY_WINDOW_MS),
  );
  const document = trigger && { kind: trigger.kind, id: trigger.id };
  return { outcome: isNew ? (isAccepted ? "accepted" : "ignored") : "repeated", document };
}
