import { setTimeout } from "node:timers/promises";
import { businessOfOldWebhook, noteOldCall } from "../../db/predecessor-api.ts";
import { enqueueDocument } from "../../db/queue.ts";
import type { AtGate, WithBusiness } from "../../db/with-business.ts";
import { localDay } from "../../fiscal/calendar.ts";
import type { RequestLimits } from "../../request-limits.ts";
import { RWANDA } from "../../vsdc/rwanda/jurisdiction.ts";
import { type Trigger, triggerOf } from "../../webhooks/delivery.ts";
import { type Route, route } from "../route.ts";
import { OLD_PREFIX } from "./old-host.ts";
import { oldTinOf } from "./old-tin.ts";

export interface OldWebhookDeps {
  atGate: AtGate;
  withBusiness: WithBusiness;
  limits: RequestLimits;
  clock: () => Date;
}

const BODY_MAX_BYTES = 1_048_576;
/** Longer than the work takes where there is any: how long an answer takes must not tell who is a customer either. */
export const ANSWER_AFTER_MS = 250;

/**
 * The predecessor's unauthenticated webhooks, as triggers only: whoever forges one causes a document to be read again from Zoho,
 * and no more. Every answer is the same.
 */
export function oldWebhookRoutes(deps: OldWebhookDeps): Route[] {
  const common = {
    method: "post",
    guard: "public",
    tag: "predecessor",
    upload: { contentTypes: ["application/json"], maxBytes: BODY_MAX_BYTES },
    answers: { 202: null },
    problems: ["payload-too-large"],
    example: {},
  } as const;
  return [
    route(
      {
        ...common,
        id: "takeOldInvoiceWebhook",
        path: `${OLD_PREFIX}/webhooks/zoho/invoice`,
        summary: "Until its end, the predecessor's webhook of invoices: a reason to look at one",
      },
      async ({ body }) => answerAlike(take(deps, "invoice", await body())),
    ),
    route(
      {
        ...common,
        id: "takeOldCreditNoteWebhook",
        path: `${OLD_PREFIX}/webhooks/zoho/credit-note`,
        summary: "Until its end, the predecessor's webhook of credit notes: a reason to look at one",
      },
      async ({ body }) => answerAlike(take(deps, "credit-note", await body())),
    ),
  ];
}

async function answerAlike(work: Promise<void>): Promise<{ status: 202 }> {
  await Promise.all([work, setTimeout(ANSWER_AFTER_MS)]);
  return { status: 202 };
}

async function take(deps: OldWebhookDeps, kind: Trigger["kind"], body: Uint8Array): Promise<void> {
  const [trigger, tin] = [triggerOf(body), oldTinOf(body)];
  if (trigger?.kind !== kind || tin === null) return;
  // By what it says, whoever that is: being limited tells nothing of whether we know the TIN.
  await deps.limits.take("oldWebhook", tin);
  const business = await deps.atGate((tx) => businessOfOldWebhook(tx, tin));
  if (business === null) return;
  const now = deps.clock();
  await deps.withBusiness(business, async (tx) => {
    await noteOldCall(tx, `${kind}-webhook`, localDay(now, RWANDA));
    await enqueueDocument(tx, trigger, now);
  });
}
