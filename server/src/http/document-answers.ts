import { says } from "@fiscalise/shared/complaint.ts";
import * as z from "zod";
import type { Actor } from "../actor.ts";
import { awaitSettled } from "../receipts/await-settled.ts";
import { viewSubmission } from "../receipts/view-submission.ts";
import type { Traces } from "../traces.ts";
import { type PresentDeps, presentationOf } from "./present.ts";
import type { Asking } from "./route.ts";

/** How long a click waits for its receipt before the widget polls (docs/api/invoices.md). */
const ANSWER_WITHIN_MS = 8_000;
const SETTLED = ["fiscalised", "rejected", "receipt-missing", "withdrawn", "superseded"];

/** Zoho's ids are digits; anything else cannot be one of its documents. */
export const DOCUMENT_PARAMS = z.object({ zohoId: z.string().regex(/^[1-9]\d{0,29}$/, says("zoho-id")) });
export const ZOHO_PROBLEMS = [
  "zoho-not-connected",
  "zoho-grant-lost",
  "zoho-unavailable",
  "zoho-rate-limited",
  "zoho-document-not-found",
  "zoho-answer-unreadable",
  "device-not-set-up",
  "device-restored",
  "document-refused",
] as const;

export type SettledDeps = PresentDeps & { answerWithinMs?: number; trace: Traces["trace"] };

/** The click: what `accept` made, answered once it is settled or has taken long. */
export async function acceptAndAnswer(
  deps: SettledDeps,
  { actor, asking, accept }: { actor: Actor; asking: Asking; accept: () => Promise<{ id: string }> },
) {
  const begun = performance.now();
  const { id: submissionId } = await accept();
  const accepted = performance.now();
  const traced = { businessId: actor.businessId, submissionId };
  deps.trace({ ...traced, name: "accept", begun, status: "accepted" });
  const waitMs = deps.answerWithinMs ?? ANSWER_WITHIN_MS;
  await awaitSettled(deps, { businessId: actor.businessId, submissionId, waitMs });
  const presentation = presentationOf(deps, asking);
  const body = await viewSubmission(deps, { actor, submissionId, presentation });
  deps.trace({ ...traced, name: "wait-for-receipt", begun: accepted, status: body.state });
  return { status: SETTLED.includes(body.state) ? (200 as const) : (202 as const), body };
}
