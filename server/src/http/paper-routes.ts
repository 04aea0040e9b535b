import { RefundRequestSchema } from "@fiscalise/shared/api/credit-notes.ts";
import { FiscaliseRequestSchema } from "@fiscalise/shared/api/invoices.ts";
import { PaperViewSchema } from "@fiscalise/shared/api/papers.ts";
import * as z from "zod";
import type { ReadCreditNoteDeps } from "../receipts/read-credit-note.ts";
import type { ReceiptPdfDeps } from "../receipts/receipt-pdf.ts";
import type { KeptPaper } from "../receipts/unsigned/keep-paper.ts";
import {
  makeProforma,
  makeProformaOfEstimate,
  type UnsignedDeps,
} from "../receipts/unsigned/make-proforma.ts";
import { makeTrainingRefund, makeTrainingSale } from "../receipts/unsigned/make-training.ts";
import { paperPdf } from "../receipts/unsigned/paper-pdf.ts";
import { DOCUMENT_PARAMS, ZOHO_PROBLEMS } from "./document-answers.ts";
import { idParams, paperForm, SOME_ID } from "./input.ts";
import { type Route, route } from "./route.ts";

const makes = {
  guard: "business",
  tag: "fiscal",
  method: "post",
  params: DOCUMENT_PARAMS,
  answers: { 200: PaperViewSchema, 201: PaperViewSchema },
} as const;

/** Training and proforma: papers no device signs (docs/decisions/034). */
export function paperRoutes(deps: UnsignedDeps & ReadCreditNoteDeps & ReceiptPdfDeps): Route[] {
  return [
    route(
      {
        ...makes,
        id: "makeProforma",
        path: "/invoices/:zohoId/proforma",
        summary: "A proforma of a draft invoice; 200 when one that says the same is there already",
        problems: [...ZOHO_PROBLEMS, "proforma-of-issued"],
        example: { params: { zohoId: "4815000000050000101" } },
      },
      async ({ actor, params: { zohoId } }) => answered(await makeProforma(deps, { actor, zohoId })),
    ),
    route(
      {
        ...makes,
        id: "makeProformaOfEstimate",
        path: "/estimates/:zohoId/proforma",
        summary: "A proforma of an estimate; 200 when one that says the same is there already",
        problems: [...ZOHO_PROBLEMS, "zoho-scope-missing"],
        example: { params: { zohoId: "4815000000070000101" } },
      },
      async ({ actor, params: { zohoId } }) =>
        answered(await makeProformaOfEstimate(deps, { actor, zohoId })),
    ),
    route(
      {
        ...makes,
        id: "makeTrainingSale",
        path: "/invoices/:zohoId/training",
        summary: "The receipt the invoice would get, as training; the device is not asked",
        body: FiscaliseRequestSchema,
        problems: [...ZOHO_PROBLEMS, "training-off"],
        example: { params: { zohoId: "4815000000050000101" }, body: {} },
      },
      async ({ actor, params: { zohoId }, body: entry }) =>
        answered(await makeTrainingSale(deps, { actor, zohoId, entry })),
    ),
    route(
      {
        ...makes,
        id: "makeTrainingRefund",
        path: "/credit-notes/:zohoId/training",
        summary: "The refund the credit note would get, as training; the device is not asked",
        body: RefundRequestSchema,
        problems: [...ZOHO_PROBLEMS, "training-off", "training-sale-missing"],
        example: { params: { zohoId: "4815000000060000101" }, body: { refundReason: "06" } },
      },
      async ({ actor, params: { zohoId }, body: entry }) =>
        answered(await makeTrainingRefund(deps, { actor, zohoId, entry })),
    ),
    route(
      {
        guard: "business",
        tag: "fiscal",
        id: "paperPdf",
        method: "get",
        path: "/papers/:id/pdf",
        summary: "A training or proforma paper as PDF: A4, or a roll of 80 mm",
        params: idParams,
        query: z.object({ paper: paperForm }),
        answers: { 200: { contentType: "application/pdf" } },
        example: { params: SOME_ID },
      },
      async ({ actor, params: { id }, query: { paper } }) => {
        const { bytes, fileName } = await paperPdf(deps, { actor, paperId: id, form: paper });
        return { status: 200, name: fileName, content: bytes };
      },
    ),
  ];
}

function answered({ isNew, paper }: KeptPaper) {
  return { status: isNew ? (201 as const) : (200 as const), body: paper };
}
