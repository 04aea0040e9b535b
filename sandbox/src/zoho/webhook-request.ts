import { createHmac } from "node:crypto";
import { isLiteralObject, type Literal, type LiteralObject } from "../vsdc/literal-json.ts";

export interface WebhookRequest {
  method: string;
  url: string;
  headers: Record<string, string>;
  body: string;
}

export const SIGNATURE_HEADER = "X-Zoho-Webhook-Signature";

/** The default payload of a webhook: the document as GET gives it, below the name of its entity. */
export function webhookRequest(
  webhook: LiteralObject,
  { entity, text }: { entity: string; text: string },
): WebhookRequest {
  const url = new URL(String(webhook.url));
  for (const [name, value] of parametersOf(webhook.query_parameters)) url.searchParams.append(name, value);
  const body = `{${JSON.stringify(entity)}:${text}}`;
  const { secret } = webhook;
  const signature =
    typeof secret === "string" ? { [SIGNATURE_HEADER]: signatureOf(url, { body, secret }) } : {};
  return {
    method: String(webhook.method),
    url: url.href,
    headers: {
      ...Object.fromEntries(parametersOf(webhook.headers)),
      "Content-Type": "application/json;charset=UTF-8",
      ...signature,
    },
    body,
  };
}

/** HMAC over the query's keys and values, sorted by key, then the body (docs/zoho.md). */
export function signatureOf(url: URL, { body, secret }: { body: string; secret: string }): string {
  const sorted = [...url.searchParams].sort(([a], [b]) => (a < b ? -1 : a > b ? 1 : 0));
  const query = sorted.map(([name, value]) => name + value).join("");
  return createHmac("sha256", secret)
    .update(query + body)
    .digest("hex");
}

function parametersOf(value: Literal | undefined): [string, string][] {
  const rows = Array.isArray(value) ? value.filter(isLiteralObject) : [];
  return rows.map(({ param_name, param_value }) => [String(param_name), String(param_value)]);
}
