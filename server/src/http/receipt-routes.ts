import { CopyResponseSchema, ReceiptViewSchema } from "@fiscalise/shared/api/submissions.ts";
import * as z from "zod";
import { type BundleDeps, bundleReceipts } from "../receipts/bundle-receipts.ts";
import { exportReceipts } from "../receipts/export-receipts.ts";
import { copyReceipt, receiptPdf } from "../receipts/receipt-pdf.ts";
import { viewReceipt } from "../receipts/view-receipt.ts";
import { IN_ORDER, idParams, isInOrder, paperForm, period, SOME_ID, wholePeriod } from "./input.ts";
import { receiptsCsv } from "./receipts-csv.ts";
import { receiptsZip } from "./receipts-zip.ts";
import { type Route, route } from "./route.ts";

const copyNumber = z
  .string()
  .regex(/^[1-9]\d{0,5}$/)
  .transform(Number);
const searchText = z.string().trim().max(100).optional();
const pdfQuery = z.object({ copy: copyNumber.optional(), paper: paperForm });
const common = { guard: "business", tag: "fiscal", params: idParams } as const;

export function receiptRoutes(deps: BundleDeps): Route[] {
  return [
    route(
      {
        guard: "business",
        tag: "fiscal",
        id: "exportReceipts",
        method: "get",
        path: "/receipts.csv",
        summary: "Every receipt of the days asked for, for the accountant",
        query: z.object({ ...period, search: searchText }).refine(isInOrder, IN_ORDER),
        answers: { 200: { contentType: "text/csv" } },
        example: { query: { from: "2026-11-01", to: "2026-11-30", search: "uwera" } },
      },
      async ({ actor, query: { from = null, to = null, search = null } }) => {
        const name = `${["receipts", from, to].filter((part) => part !== null).join("-")}.csv`;
        const batches = exportReceipts(deps, { actor, from, to, search });
        return { status: 200, name, content: receiptsCsv(batches) };
      },
    ),
    route(
      {
        guard: "business",
        tag: "fiscal",
        id: "bundleReceipts",
        method: "get",
        path: "/receipts.zip",
        summary: "The PDFs of a period's receipts with their list, 5,000 receipts at most",
        query: z.object(wholePeriod).refine(isInOrder, IN_ORDER),
        answers: { 200: { contentType: "application/zip" } },
        problems: ["export-too-large", "already-under-way"],
        example: { query: { from: "2026-11-01", to: "2026-11-30" } },
      },
      async ({ actor, query: { from, to } }) => {
        const bundle = await bundleReceipts(deps, { actor, from, to });
        const content = receiptsZip(bundle, { from, to });
        return { status: 200, name: `receipts-${from}-${to}.zip`, content };
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
        summary: "The receipt as PDF, or its n-th copy: A4, or a roll of 80 mm",
        query: pdfQuery,
        answers: { 200: { contentType: "application/pdf" } },
        example: { params: SOME_ID },
      },
      async ({ actor, params, query: { copy = null, paper } }) => {
        const { bytes, fileName } = await receiptPdf(deps, {
          actor,
          receiptId: params.id,
          copyNumber: copy,
          form: paper,
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
