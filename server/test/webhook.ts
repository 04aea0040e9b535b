import { createHmac } from "node:crypto";
import { renewSecret, type WebhookCredentials } from "../src/businesses/books/webhook-credentials.ts";
import { businessId, openDatabase } from "../src/db/with-business.ts";
import { createSecrets } from "../src/secrets.ts";
import { call, type Reply } from "./api.ts";
import type { Business, Stage } from "./harness.ts";

/** The address and secret of the business's webhook, as the set-up makes them. */
export async function webhookOf(stage: Stage, business: Business): Promise<WebhookCredentials> {
  const database = openDatabase({ url: stage.database.urls.app, prepare: true, connectionsMax: 1 });
  const key = new Uint8Array(Buffer.from(stage.secrets.encryptionKey, "base64"));
  try {
    return await database.withBusiness(businessId(business.id), (tx) =>
      renewSecret(tx, createSecrets([{ id: "dev", key }]), { now: new Date(), toldZoho: [] }),
    );
  } finally {
    await database.close();
  }
}

export function sign(secret: string, body: string, parameters = ""): string {
  return createHmac("sha256", secret).update(parameters).update(body).digest("hex");
}

/** Zoho's default payload. */
export function payloadOf(zohoId: string, change: object = {}): string {
  return JSON.stringify({ invoice: { invoice_id: zohoId, status: "sent", total: 1, ...change } });
}

export function notePayloadOf(zohoId: string): string {
  return JSON.stringify({ creditnote: { creditnote_id: zohoId, status: "open" } });
}

/** As Zoho posts it; without a signature where it is null. */
export function post(
  stage: Stage,
  {
    token,
    body,
    signature,
    query = "",
  }: { token: string; body: string; signature: string | null; query?: string },
): Promise<Reply> {
  return call(`${stage.url()}/api/v1/webhooks/zoho/${token}${query}`, {
    method: "POST",
    headers: {
      "content-type": "application/json",
      ...(signature !== null && { "x-zoho-webhook-signature": signature }),
    },
    body,
  });
}

/** A delivery as it should be. */
export function deliver(stage: Stage, { token, secret }: WebhookCredentials, body: string): Promise<Reply> {
  return post(stage, { token, body, signature: sign(secret, body) });
}
