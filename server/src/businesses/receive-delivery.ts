import { findBusiness } from "../db/businesses.ts";
import { enqueueDocument } from "../db/queue.ts";
import type { AtGate, BusinessId, BusinessTx, WithBusiness } from "../db/with-business.ts";
import { businessOfWebhook, keepDelivery } from "../db/zoho-automation.ts";
import { Failure } from "../failure.ts";
import { sha256Of } from "../opaque-token.ts";
import type { Secrets } from "../secrets.ts";
import { contentSha256, type Delivery, isSigned, type Trigger, triggerOf } from "../webhooks/delivery.ts";
import { secretsTaken } from "./webhook-credentials.ts";

export interface ReceiveDeliveryDeps {
  atGate: AtGate;
  withBusiness: WithBusiness;
  secrets: Secrets;
  clock: () => Date;
  /** One line per delivery, ids only. */
  onDelivery: (received: Received) => void;
}

export interface Received {
  businessId: BusinessId;
  outcome: "accepted" | "ignored" | "repeated" | "forged";
  document: { kind: Trigger["kind"]; id: string } | null;
}

/** The same content within it is the same delivery. */
const REPLAY_WINDOW_MS = 24 * 3_600_000;

/**
 * Takes one delivery of Zoho's: proves it, keeps it and queues a look at its document, all in one transaction. Of what
 * it carries only the document's id is used (docs/decisions/019).
 * @throws Failure not-found for a token that is nobody's, unauthenticated for a delivery that is not signed
 */
export async function receiveDelivery(
  deps: ReceiveDeliveryDeps,
  { token, delivery }: { token: string; delivery: Delivery },
): Promise<void> {
  const businessId = await deps.atGate((tx) => businessOfWebhook(tx, sha256Of(token)));
  if (businessId === null) throw new Failure("not-found", "no such webhook");
  const received = await deps.withBusiness(businessId, (tx) => take(tx, deps, delivery));
  deps.onDelivery({ businessId, ...received });
  if (received.outcome === "forged") throw new Failure("unauthenticated", "not signed by the secret");
}

async function take(
  tx: BusinessTx,
  { secrets, clock }: ReceiveDeliveryDeps,
  delivery: Delivery,
): Promise<Omit<Received, "businessId">> {
  const now = clock();
  const taken = await secretsTaken(tx, secrets, now);
  if (!taken.some((secret) => isSigned(delivery, secret))) return { outcome: "forged", document: null };
  const isActive = (await findBusiness(tx))?.status === "active";
  const trigger = triggerOf(delivery.body);
  const document = trigger && { kind: trigger.kind, id: trigger.id };
  const state = isActive && trigger ? "accepted" : "ignored";
  const kept = { contentSha256: contentSha256(delivery), document, state, receivedAt: now } as const;
  const isNew = await keepDelivery(tx, kept, new Date(now.getTime() - REPLAY_WINDOW_MS));
  if (!isNew) return { outcome: "repeated", document };
  if (state === "accepted" && trigger) await enqueueDocument(tx, trigger, now);
  return { outcome: state, document };
}
