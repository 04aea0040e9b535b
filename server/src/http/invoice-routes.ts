import {
  FiscaliseRequestSchema,
  InvoiceProgressSchema,
  InvoiceViewSchema,
} from "@fiscalise/shared/api/invoices.ts";
import { Router } from "express";
import * as z from "zod";
import { awaitSettled } from "../receipts/await-settled.ts";
import { fiscaliseInvoice } from "../receipts/fiscalise-invoice.ts";
import type { ReadDocumentDeps } from "../receipts/read-document.ts";
import { viewInvoice, viewProgress } from "../receipts/view-invoice.ts";
import { actorOf } from "./authenticate.ts";
import { idempotencyKeyOf, readInput } from "./input.ts";
import { type PresentDeps, presentationOf, submissionView } from "./present.ts";

/** How long a click waits for its receipt before the widget polls (docs/api/invoices.md). */
const ANSWER_WITHIN_MS = 8_000;
const SETTLED = ["fiscalised", "rejected", "receipt-missing", "withdrawn", "superseded"];

/** Zoho's ids are digits; anything else cannot be one of its documents. */
const zohoParams = z.object({ zohoId: z.string().regex(/^[1-9]\d{0,29}$/, "is not a Zoho id") });
export type InvoiceRoutesDeps = ReadDocumentDeps & PresentDeps & { answerWithinMs?: number };

export function invoiceRoutes(deps: InvoiceRoutesDeps): Router {
  const router = Router();

  router.get("/invoices/:zohoId", async (request, response) => {
    const { zohoId } = readInput(zohoParams, request.params);
    const entry = readInput(FiscaliseRequestSchema, request.query);
    const presentation = presentationOf(deps, request);
    const view = await viewInvoice(deps, { actor: actorOf(request), zohoId, entry, presentation });
    response.json(InvoiceViewSchema.parse(view));
  });

  router.get("/invoices/:zohoId/progress", async (request, response) => {
    const { zohoId } = readInput(zohoParams, request.params);
    const presentation = presentationOf(deps, request);
    const view = await viewProgress(deps, { actor: actorOf(request), zohoId, presentation });
    response.json(InvoiceProgressSchema.parse(view));
  });

  router.post("/invoices/:zohoId/fiscalise", async (request, response) => {
    const { zohoId } = readInput(zohoParams, request.params);
    const entry = readInput(FiscaliseRequestSchema, request.body ?? {});
    const key = idempotencyKeyOf(request);
    const actor = actorOf(request);
    const submission = await fiscaliseInvoice(deps, { actor, zohoId, entry, idempotencyKey: key });
    const waitMs = deps.answerWithinMs ?? ANSWER_WITHIN_MS;
    await awaitSettled(deps, { businessId: actor.businessId, submissionId: submission.id, waitMs });
    const view = await submissionView(deps, request, submission.id);
    response.status(SETTLED.includes(view.state) ? 200 : 202).json(view);
  });

  return router;
}
