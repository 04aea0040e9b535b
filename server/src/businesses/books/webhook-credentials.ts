import { randomInt } from "node:crypto";
import type { BusinessTx } from "../../db/with-business.ts";
import { findAutomation, keepAutomation } from "../../db/zoho-automation.ts";
import { newSecretToken, sha256Of } from "../../opaque-token.ts";
import type { Secrets } from "../../secrets.ts";

export interface WebhookCredentials {
  /** The last part of the address. */
  token: string;
  /** What Zoho signs with. */
  secret: string;
}

/** Zoho takes 12 to 50 letters and digits; these are 285 bits (docs/zoho.md#webhooks). */
const SECRET_LENGTH = 48;
const LETTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789";

/** Zoho signs with the one before until it is told the new one, and no longer than this. */
const BEFORE_MS = 3_600_000;

/**
 * Where Zoho posts to. It names the secret: Zoho shows a webhook's address and never its secret, and both change in one
 * write, so that the address tells which secret Zoho has.
 */
export function webhookUrl(publicUrl: string, { token, secret }: WebhookCredentials): string {
  return new URL(`/api/v1/webhooks/zoho/${token}.${keyOf(secret)}`, publicUrl).href;
}

/** Tells secrets apart and nothing of them: 48 of 256 bits, of something of 285. */
export function keyOf(secret: string): string {
  return sha256Of(`webhook ${secret}`).slice(0, 12);
}

export async function findCredentials(tx: BusinessTx, secrets: Secrets): Promise<WebhookCredentials | null> {
  const automation = await findAutomation(tx);
  if (!automation?.token || !automation.secret) return null;
  return {
    token: await secrets.open(tx, "webhook-token", automation.token),
    secret: await secrets.open(tx, "webhook-secret", automation.secret),
  };
}

/**
 * The secret before ends now, unless a webhook we made in the organisation has it: then once Zoho is known to have the
 * new one, an hour at most. The token stays.
 */
export async function renewSecret(
  tx: BusinessTx,
  secrets: Secrets,
  { now, toldZoho }: { now: Date; toldZoho: readonly string[] },
): Promise<WebhookCredentials> {
  const before = await findCredentials(tx, secrets);
  const token = before?.token ?? newSecretToken();
  if (before && toldZoho.includes(keyOf(before.secret))) {
    const secretBefore = await secrets.seal(tx, "webhook-secret", before.secret);
    await keepAutomation(tx, { secretBefore, secretBeforeUntil: new Date(now.getTime() + BEFORE_MS) });
  }
  const secret = Array.from({ length: SECRET_LENGTH }, () => LETTERS[randomInt(LETTERS.length)]).join("");
  await keepAutomation(tx, {
    tokenSha256: sha256Of(token),
    token: await secrets.seal(tx, "webhook-token", token),
    secret: await secrets.seal(tx, "webhook-secret", secret),
  });
  return { token, secret };
}
