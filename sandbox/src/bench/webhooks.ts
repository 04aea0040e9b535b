import { createHmac } from "node:crypto";
import {
  renewSecret,
  type WebhookCredentials,
} from "@fiscalise/server/businesses/books/webhook-credentials.ts";
import { businessId } from "@fiscalise/server/db/with-business.ts";
import { createSecrets } from "@fiscalise/server/secrets.ts";
import { openStage, type Stage } from "../prove/stage.ts";
import { measureBareRate } from "./bare-rate.ts";
import { type Call, hammer } from "./calls.ts";
import { quantile, type Row, withinBudget } from "./row.ts";

const BUSINESSES = 20;
const CONNECTIONS = 32;
const WARM_UP = 500;
const DELIVERIES = 4_000;
const ALONE = 500;
const BUDGET = 0.6;
const ANSWER_BUDGET_MS = 50;

/** Deliveries verified, stored and queued by a server that answers only, many at once and one at a time; each of a document of its own. */
export async function measureWebhooks(): Promise<Row[]> {
  const stage = await openStage({ businesses: BUSINESSES, servers: 1, durable: true, env: { ROLE: "web" } });
  try {
    const credentials = await Promise.all(stage.businesses.map(({ id }) => credentialsOf(stage, id)));
    const calls = Array.from({ length: WARM_UP + DELIVERIES + ALONE }, (_, index) =>
      delivery(stage, credentials[index % credentials.length], index),
    );
    await hammer({ connections: CONNECTIONS, calls: calls.slice(0, WARM_UP) });
    const { perSecond, latenciesMs } = await hammer({
      connections: CONNECTIONS,
      calls: calls.slice(WARM_UP, -ALONE),
    });
    const alone = await hammer({ connections: 1, calls: calls.slice(-ALONE) });
    const bare = await measureBareRate(stage);
    const p95 = Math.round(quantile(latenciesMs, 0.95));
    const p95Alone = Math.round(quantile(alone.latenciesMs, 0.95));
    return [
      {
        name: "webhook intake: verify, store, enqueue",
        measured: `${Math.round(perSecond)}/s (p95 ${p95} ms with ${CONNECTIONS} at once, ${p95Alone} ms one at a time)`,
        peer: `${Math.round(bare)}/s`,
        ratio: `${Math.round((perSecond / bare) * 100)} %`,
        budget: `≥ ${BUDGET * 100} %, one at a time within ${ANSWER_BUDGET_MS} ms`,
        verdict: withinBudget(perSecond >= BUDGET * bare && p95Alone <= ANSWER_BUDGET_MS),
      },
    ];
  } finally {
    await stage.close({ keepFiles: false });
  }
}

async function credentialsOf({ database, secrets }: Stage, id: string): Promise<WebhookCredentials> {
  const key = new Uint8Array(Buffer.from(secrets.encryptionKey, "base64"));
  return database.withBusiness(businessId(id), (tx) =>
    renewSecret(tx, createSecrets([{ id: "dev", key }]), { now: new Date(), toldZoho: [] }),
  );
}

function delivery(stage: Stage, credentials: WebhookCredentials | undefined, index: number): Call {
  const [server] = stage.servers;
  if (!credentials || !server) throw new Error("bug: nobody to deliver to");
  const invoice_id = `48150000000${String(700_000_000 + index)}`;
  const body = JSON.stringify({ invoice: { invoice_id, status: "sent", total: 11_800 } });
  const signature = createHmac("sha256", credentials.secret).update(body).digest("hex");
  return {
    url: `${server.apiUrl}/api/v1/webhooks/zoho/${credentials.token}`,
    headers: { "x-zoho-webhook-signature": signature },
    body,
  };
}
