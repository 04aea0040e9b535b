import { randomInt } from "node:crypto";
import type { BusinessTx } from "../db/with-business.ts";
import { findAutomation, keepAutomation } from "../db/zoho-automation.ts";
import { newSecretToken, sha256Of } from "../opaque-token.ts";
import type { Secrets } from "../secrets.ts";

export interface WebhookCredentials {
  /** The last part of the address. */
  token: string;
  /** What Zoho signs with. */
  secret: string;
}

/** Zoho takes 12 to 50 letters and digits; these are 285 bits (docs/zoho.md#webhooks). */
const SECRET_LENGTH = 48;
const LETTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789";

export async function findCredentials(tx: BusinessTx, secrets: Secrets): Promise<WebhookCredentials | null> {
  const automation = await findAutomation(tx);
  if (!automation?.token || !automation.secret) return null;
  return {
    token: await secrets.open(tx, "webhook-token", automation.token),
    secret: await secrets.open(tx, "webhook-secret", automation.secret),
  };
}

/** From now on nothing signed by the secret before is taken. The address stays: it is in the organisation's webhook. */
export async function renewSecret(tx: BusinessTx, secrets: Secrets): Promise<WebhookCredentials> {
  const token = (await findCredentials(tx, secrets))?.token ?? newSecretToken();
  const secret = Array.from({ length: SECRET_LENGTH }, () => LETTERS[randomInt(LETTERS.length)]).join("");
  await keepAutomation(tx, {
    tokenSha256: sha256Of(token),
    token: await secrets.seal(tx, "webhook-token", token),
    secret: await secrets.seal(tx, "webhook-secret", secret),
  });
  return { token, secret };
}
