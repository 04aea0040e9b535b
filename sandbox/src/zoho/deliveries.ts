import { createHash } from "node:crypto";
import { rowsOf } from "./custom-field-values.ts";
import { type OrganizationDocuments, parseDocument } from "./documents.ts";
import type { PutListener } from "./store.ts";
import { SIGNATURE_HEADER, type WebhookRequest, webhookRequest } from "./webhook-request.ts";

export interface Delivery {
  id: string;
  organizationId: string;
  at: string;
  webhook: string;
  /** What made it go: a workflow's rule, or a person at the control room. */
  cause: "add" | "edit" | "again" | "forged";
  documentId: string;
  method: string;
  url: string;
  /** null while under way, and where no answer came. */
  status: number | null;
  /** Why no answer came. */
  problem: string | null;
}

/** What becomes of deliveries between Zoho and us. */
export interface Network {
  /** What goes out for one put of a document: nothing when it is lost, several at once, or a forged one. */
  copies(put: { documentId: string; event: "add" | "edit" }): readonly ("true" | "forged")[];
  /** A delivery has its answer, or will have none; `again` sends the same bytes. */
  answered(delivery: Delivery, again: () => void): void;
}

export interface Deliveries {
  /** The last 200 of an organization, oldest first. */
  list(organizationId: string): Delivery[];
  /** When nothing is under way any more, what an answer set off included. */
  settled(): Promise<void>;
  /** The same bytes once more, signature included. */
  sendAgain(id: string): Promise<Delivery>;
  /** The same document with another total, under a signature that is not Zoho's. */
  forge(id: string): Promise<Delivery>;
  /** From now on; without one, each put goes out once. */
  travelBy(network: Network): void;
  close(): Promise<void>;
}

const KEPT_MAX = 200;
const DIRECT: Network = { copies: () => ["true"], answered: () => {} };
const ANSWER_MS_MAX = 10_000;
const ENTITIES: Readonly<Record<string, string>> = {
  invoices: "invoice",
  creditnotes: "creditnote",
  contacts: "contact",
};

interface Kept {
  delivery: Delivery;
  request: WebhookRequest;
}

/** Calls the webhooks of workflows. No retries: Zoho has none unless somebody sets a policy. */
export function createDeliveries({
  clock,
  documentsOf,
}: {
  clock: () => Date;
  documentsOf(organizationId: string): OrganizationDocuments;
}): Deliveries & { onPut: PutListener } {
  const kept: Kept[] = [];
  const underWay = new Set<Promise<Delivery>>();
  const closing = new AbortController();
  let count = 0;
  let network = DIRECT;

  function send(
    about: Omit<Delivery, "id" | "at" | "method" | "url" | "status" | "problem">,
    request: WebhookRequest,
  ) {
    count += 1;
    const { method, url } = request;
    const started = { id: String(count), at: clock().toISOString(), status: null, problem: null };
    const delivery: Delivery = { ...started, ...about, method, url };
    kept.push({ delivery, request });
    if (kept.length > KEPT_MAX) kept.shift();
    const sending = deliver(delivery, request, closing.signal);
    underWay.add(sending);
    return sending.finally(() => {
      underWay.delete(sending);
      const cause = about.cause === "forged" ? "forged" : "again";
      network.answered(delivery, () => void send({ ...about, cause }, request));
    });
  }

  function find(id: string): Kept {
    const found = kept.find(({ delivery }) => delivery.id === id);
    if (!found) throw new Error(`no delivery ${id} is kept`);
    return found;
  }

  return {
    onPut(organizationId, kind, id, event) {
      const documents = documentsOf(organizationId);
      const entity = ENTITIES[kind];
      const text = entity === undefined || closing.signal.aborted ? undefined : documents[kind].get(id);
      if (entity === undefined || text === undefined) return;
      for (const webhook of webhooksFor(documents, { entity, event })) {
        const about = { organizationId, webhook: String(webhook.webhook_name), documentId: id };
        const request = webhookRequest(webhook, { entity, text });
        for (const copy of network.copies({ documentId: id, event })) {
          if (copy === "true") void send({ ...about, cause: event }, request);
          else void send({ ...about, cause: "forged" }, forgedRequest(request));
        }
      }
    },
    list: (organizationId) =>
      kept.map(({ delivery }) => delivery).filter((delivery) => delivery.organizationId === organizationId),
    async settled() {
      while (underWay.size > 0) await Promise.all(underWay);
    },
    sendAgain(id) {
      const { delivery, request } = find(id);
      return send({ ...aboutOf(delivery), cause: "again" }, request);
    },
    forge(id) {
      const { delivery, request } = find(id);
      return send({ ...aboutOf(delivery), cause: "forged" }, forgedRequest(request));
    },
    travelBy(chosen) {
      network = chosen;
    },
    async close() {
      closing.abort();
      await Promise.all(underWay);
    },
  };
}

async function deliver(
  delivery: Delivery,
  { method, url, headers, body }: WebhookRequest,
  closing: AbortSignal,
): Promise<Delivery> {
  const signal = AbortSignal.any([closing, AbortSignal.timeout(ANSWER_MS_MAX)]);
  try {
    const answer = await fetch(url, { method, headers, body, signal, redirect: "manual" });
    delivery.status = answer.status;
    await answer.body?.cancel();
  } catch (error) {
    const { name, cause } = error as Error;
    const code = (cause as { code?: string } | undefined)?.code;
    delivery.problem = name === "TimeoutError" ? "no answer in 10 s" : (code ?? "the connection broke");
  }
  return delivery;
}

function webhooksFor(
  documents: OrganizationDocuments,
  { entity, event }: { entity: string; event: "add" | "edit" },
) {
  const workflows = documents.workflows
    .list()
    .map(parseDocument)
    .filter((flow) => flow.entity === entity && flow.is_active !== false)
    .filter((flow) => flow.rule_type === event || flow.rule_type === "add_edit");
  const ids = workflows.flatMap(({ instant_actions }) =>
    rowsOf(instant_actions).map(({ action_id }) => String(action_id)),
  );
  return ids
    .map((id) => documents.webhooks.get(id))
    .filter((text) => text !== undefined)
    .map(parseDocument);
}

function aboutOf({ organizationId, webhook, documentId }: Delivery) {
  return { organizationId, webhook, documentId };
}

function forgedRequest(request: WebhookRequest): WebhookRequest {
  const body = request.body.replace(/"total":("?)[\d.]+/, '"total":$11');
  const signature = createHash("sha256").update(body).digest("hex");
  return { ...request, body, headers: { ...request.headers, [SIGNATURE_HEADER]: signature } };
}
