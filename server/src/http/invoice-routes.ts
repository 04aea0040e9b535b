import {
  FiscaliseRequestSchema,
  InvoiceProgressSchema,
  InvoiceViewSchema,
} from "@fiscalise/shared/api/invoices.ts";
import { SubmissionViewSchema } from "@fiscalise/shared/api/submissions.ts";
import * as z from "zod";
import { awaitSettled } from "../receipts/await-settled.ts";
import { fiscaliseInvoice } from "../receipts/fiscalise-invoice.ts";
import type { ReadDocumentDeps } from "../receipts/read-document.ts";
import { viewInvoice, viewProgress } from "../receipts/view-invoice.ts";
import { viewSubmission } from "../receipts/view-submission.ts";
import { type PresentDeps, presentationOf } from "./present.ts";
import { type Route, route } from "./route.ts";

/** How long a click waits for its receipt before the widget polls (docs/api/invoices.md). */
const ANSWER_WITHIN_MS = 8_000;
const SETTLED = ["fiscalised", "rejected", "receipt-missing", "withdrawn", "superseded"];

/** Zoho's ids are digits; anything else cannot be one of its documents. */
const params = z.object({ zohoId: z.string().regex(/^[1-9]\d{0,29}$/) });
const example = { params: { zohoId: "4815000000050000101" } };
const ZOHO_PROBLEMS = [
  "zoho-not-connected",
  "zoho-grant-lost",
  "zoho-unavailable",
  "zoho-rate-limited",
  "zoho-document-not-found",
  "zoho-answer-unreadable",
  "device-not-set-up",
  "document-refused",
] as const;
export type InvoiceRoutesDeps = ReadDocumentDeps & PresentDeps & { answerWithinMs?: number };

export function invoiceRoutes(deps: InvoiceRoutesDeps): Route[] {
  return [
    route(
      {
        id: "viewInvoice",
        method: "get",
        path: "/invoices/:zohoId",
        guard: "business",
        tag: "fiscal",
        summary:
          "An invoice before and after the click: what would be sent, what is missing, what became of it",
        params,
        query: FiscaliseRequestSchema,
        answers: { 200: InvoiceViewSchema },
        problems: ZOHO_PROBLEMS,
        example,
      },
      async ({ actor, params: { zohoId }, query, asking }) => {
        const presentation = presentationOf(deps, asking);
        return { status: 200, body: await viewInvoice(deps, { actor, zohoId, entry: query, presentation }) };
      },
    ),
    route(
      {
        id: "viewProgress",
        method: "get",
        path: "/invoices/:zohoId/progress",
        guard: "business",
        tag: "fiscal",
        summary: "What may move while a person looks on; asks Zoho nothing",
        params,
        answers: { 200: InvoiceProgressSchema },
        problems: ["device-not-set-up"],
        example,
      },
      async ({ actor, params: { zohoId }, asking }) => {
        const presentation = presentationOf(deps, asking);
        return { status: 200, body: await viewProgress(deps, { actor, zohoId, presentation }) };
      },
    ),
    route(
      {
        id: "fiscaliseInvoice",
        method: "post",
        path: "/invoices/:zohoId/fiscalise",
        guard: "business",
        tag: "fiscal",
        summary: "Have the invoice signed; 202 when the device did not answer within 8 s",
        params,
        body: FiscaliseRequestSchema,
        idempotent: true,
        answers: { 200: SubmissionViewSchema, 202: SubmissionViewSchema },
        problems: ZOHO_PROBLEMS,
        example: { ...example, body: {} },
      },
      async ({ actor, params: { zohoId }, body: entry, asking }) => {
        const { idempotencyKey } = asking;
        const { id } = await fiscaliseInvoice(deps, { actor, zohoId, entry, idempotencyKey });
        const waitMs = deps.answerWithinMs ?? ANSWER_WITHIN_MS;
        await awaitSettled(deps, { businessId: actor.businessId, submissionId: id, waitMs });
        const presentation = presentationOf(deps, asking);
        const view = await viewSubmission(deps, { actor, submissionId: id, presentation });
        return { status: SETTLED.includes(view.state) ? 200 : 202, body: view };
      },
    ),
  ];
}
