import { CopyResponseSchema, ReceiptViewSchema } from "@fiscalise/shared/api/submissions.ts";
import * as z from "zod";
import { exportReceipts } from "../receipts/export-receipts.ts";
import { copyReceipt, type ReceiptPdfDeps, receiptPdf } from "../receipts/receipt-pdf.ts";
import { viewReceipt } from "../receipts/view-receipt.ts";
import { IN_ORDER, idParams, isInOrder, period, SOME_ID } from "./input.ts";
import { receiptsCsv } from "./receipts-csv.ts";
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
        guard: "business",
        tag: "fiscal",
        id: "exportReceipts",
        method: "get",
        path: "/receipts.csv",
        summary: "Every receipt of the days asked for, for the accountant",
        query: z.object(period).refine(isInOrder, IN_ORDER),
        answers: { 200: { contentType: "text/csv" } },
        example: { query: { from: "2026-11-01", to: "2026-11-30" } },
      },
      async ({ actor, query: { from = null, to = null } }) => {
        const name = `${["receipts", from, to].filter((part) => part !== null).join("-")}.csv`;
        return { status: 200, name, content: receiptsCsv(exportReceipts(deps, { actor, from, to })) };
      },
    ),
    route(
      {
        ...common,
        id: "viewReceipt",
        method: "get",
        path: "/receipts/:id",
        summary: "The data of one receipt",
        answers: { 200: ReceiptViewSchema },
        example: { params: SOME_ID },
      },
      async ({ actor, params: { id } }) => ({
        status: 200,
        body: await viewReceipt(deps, { actor, receiptId: id }),
      }),
    ),
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
