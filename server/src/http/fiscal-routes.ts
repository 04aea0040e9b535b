import { FiscaliseRequestSchema, InvoiceViewSchema } from "@fiscalise/shared/api/invoices.ts";
import {
  AdoptRequestSchema,
  AdoptResponseSchema,
  CopyResponseSchema,
  SubmissionViewSchema,
} from "@fiscalise/shared/api/submissions.ts";
import { type Request, Router } from "express";
import * as z from "zod";
import { adoptReceipt } from "../receipts/adopt-receipt.ts";
import { awaitSettled } from "../receipts/await-settled.ts";
import { fiscaliseInvoice } from "../receipts/fiscalise-invoice.ts";
import type { Presentation } from "../receipts/present.ts";
import type { ReadDocumentDeps } from "../receipts/read-document.ts";
import { copyReceipt, type ReceiptPdfDeps, receiptPdf } from "../receipts/receipt-pdf.ts";
import { viewInvoice } from "../receipts/view-invoice.ts";
import { viewSubmission } from "../receipts/view-submission.ts";
import { withdrawSubmission } from "../receipts/withdraw-submission.ts";
import { actorOf } from "./authenticate.ts";
import { languageOf } from "./problem.ts";

export type FiscalDeps = ReadDocumentDeps & ReceiptPdfDeps;

/** How long a click waits for its receipt before the widget polls (design §5). */
const ANSWER_WITHIN_MS = 8_000;
const SETTLED = ["fiscalised", "rejected", "receipt-missing", "withdrawn", "superseded"];

/** Zoho's ids are digits; anything else cannot be one of its documents. */
const zohoParams = z.object({ zohoId: z.string().regex(/^\d{1,30}$/, "is not a Zoho id") });
const idParams = z.object({ id: z.string() });
const idempotencyKey = z
  .string()
  .regex(/^[\x21-\x7e]{1,200}$/, "is not an idempotency key")
  .optional();
const copyQuery = z.object({
  copy: z
    .string()
    .regex(/^[1-9]\d{0,5}$/)
    .optional(),
});

export function fiscalRoutes(deps: FiscalDeps): Router {
  const router = Router();
  const presentation = (request: Request): Presentation => ({
    language: languageOf(request),
    qr: deps.qr,
    now: deps.clock(),
  });
  const submissionView = async (request: Request, submissionId: string) =>
    SubmissionViewSchema.parse(
      await viewSubmission(deps, {
        actor: actorOf(request),
        submissionId,
        presentation: presentation(request),
      }),
    );

  router.get("/invoices/:zohoId", async (request, response) => {
    const { zohoId } = zohoParams.parse(request.params);
    const entry = FiscaliseRequestSchema.parse(request.query);
    const view = await viewInvoice(deps, {
      actor: actorOf(request),
      zohoId,
      entry,
      presentation: presentation(request),
    });
    response.json(InvoiceViewSchema.parse(view));
  });

  router.post("/invoices/:zohoId/fiscalise", async (request, response) => {
    const { zohoId } = zohoParams.parse(request.params);
    const entry = FiscaliseRequestSchema.parse(request.body ?? {});
    const key = idempotencyKey.parse(request.get("idempotency-key")) ?? null;
    const actor = actorOf(request);
    const submission = await fiscaliseInvoice(deps, { actor, zohoId, entry, idempotencyKey: key });
    const { businessId } = actor;
    await awaitSettled(deps, { businessId, submissionId: submission.id, waitMs: ANSWER_WITHIN_MS });
    const view = await submissionView(request, submission.id);
    response.status(SETTLED.includes(view.state) ? 200 : 202).json(view);
  });

  router.get("/submissions/:id", async (request, response) => {
    response.json(await submissionView(request, idParams.parse(request.params).id));
  });

  router.post("/submissions/:id/withdraw", async (request, response) => {
    const { id } = idParams.parse(request.params);
    await withdrawSubmission(deps, { actor: actorOf(request), submissionId: id });
    response.json(await submissionView(request, id));
  });

  router.post("/submissions/:id/adopt", async (request, response) => {
    const { id } = idParams.parse(request.params);
    const entry = AdoptRequestSchema.parse(request.body);
    const adopted = await adoptReceipt(deps, { actor: actorOf(request), submissionId: id, entry });
    response.json(AdoptResponseSchema.parse({ ...adopted, submission: await submissionView(request, id) }));
  });

  router.get("/receipts/:id/pdf", async (request, response) => {
    const { id } = idParams.parse(request.params);
    const { copy } = copyQuery.parse(request.query);
    const copyNumber = copy === undefined ? null : Number(copy);
    const { bytes, fileName } = await receiptPdf(deps, {
      actor: actorOf(request),
      receiptId: id,
      copyNumber,
    });
    response.type("application/pdf").set("content-disposition", `inline; filename="${fileName}"`);
    response.send(Buffer.from(bytes));
  });

  router.post("/receipts/:id/copies", async (request, response) => {
    const { id } = idParams.parse(request.params);
    const { copyNumber } = await copyReceipt(deps, { actor: actorOf(request), receiptId: id });
    const pdfPath = `/receipts/${id}/pdf?copy=${copyNumber}`;
    response.status(201).json(CopyResponseSchema.parse({ copyNumber, pdfPath }));
  });

  return router;
}
