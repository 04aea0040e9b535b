import { CopyResponseSchema } from "@fiscalise/shared/api/submissions.ts";
import * as z from "zod";
import { copyReceipt, type ReceiptPdfDeps, receiptPdf } from "../receipts/receipt-pdf.ts";
import { idParams, SOME_ID } from "./input.ts";
import { type Route, route } from "./route.ts";

const copyNumber = z
  .string()
  .regex(/^[1-9]\d{0,5}$/)
  .transform(Number);
const pdfQuery = z.object({ copy: copyNumber.optional() });
const common = { guard: "business", tag: "fiscal", params: idParams } as const;

export function receiptRoutes(deps: ReceiptPdfDeps): Route[] {
  return [
    route(
      {
        ...common,
        id: "receiptPdf",
        method: "get",
        path: "/receipts/:id/pdf",
        summary: "The receipt as A4 PDF, or its n-th copy",
        query: pdfQuery,
        answers: { 200: { contentType: "application/pdf" } },
        example: { params: SOME_ID },
      },
      async ({ actor, params, query: { copy = null } }) => {
        const { bytes, fileName } = await receiptPdf(deps, {
          actor,
          receiptId: params.id,
          copyNumber: copy,
        });
        return { status: 200, name: fileName, content: bytes };
      },
    ),
    route(
      {
        ...common,
        id: "copyReceipt",
        method: "post",
        path: "/receipts/:id/copies",
        summary: "Count and audit a copy of the receipt",
        idempotent: true,
        answers: { 201: CopyResponseSchema },
        example: { params: SOME_ID },
      },
      async ({ actor, params: { id }, asking: { idempotencyKey } }) => {
        const copy = await copyReceipt(deps, { actor, receiptId: id, idempotencyKey });
        const pdfPath = `/api/v1/receipts/${id}/pdf?copy=${copy.copyNumber}`;
        return { status: 201, body: { ...copy, pdfPath } };
      },
    ),
  ];
}
