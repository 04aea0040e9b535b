import { CopyResponseSchema } from "@fiscalise/shared/api/submissions.ts";
import { Router } from "express";
import * as z from "zod";
import { copyReceipt, type ReceiptPdfDeps, receiptPdf } from "../receipts/receipt-pdf.ts";
import { actorOf } from "./authenticate.ts";
import { idempotencyKeyOf, readInput } from "./input.ts";

const idParams = z.object({ id: z.string() });
const copyNumber = z
  .string()
  .regex(/^[1-9]\d{0,5}$/)
  .transform(Number);
const pdfQuery = z.object({ copy: copyNumber.optional() });

export function receiptRoutes(deps: ReceiptPdfDeps): Router {
  const router = Router();

  router.get("/receipts/:id/pdf", async (request, response) => {
    const { id } = readInput(idParams, request.params);
    const { copy = null } = readInput(pdfQuery, request.query);
    const actor = actorOf(request);
    const { bytes, fileName } = await receiptPdf(deps, { actor, receiptId: id, copyNumber: copy });
    response.type("application/pdf").set("content-disposition", `inline; filename="${fileName}"`);
    response.send(Buffer.from(bytes));
  });

  router.post("/receipts/:id/copies", async (request, response) => {
    const { id } = readInput(idParams, request.params);
    const key = idempotencyKeyOf(request);
    const copy = await copyReceipt(deps, { actor: actorOf(request), receiptId: id, idempotencyKey: key });
    const pdfPath = `/api/v1/receipts/${id}/pdf?copy=${copy.copyNumber}`;
    response.status(201).json(CopyResponseSchema.parse({ ...copy, pdfPath }));
  });

  return router;
}
