import {
  FiscaliseRequestSchema,
  InvoiceProgressSchema,
  InvoiceViewSchema,
} from "@fiscalise/shared/api/invoices.ts";
import { SubmissionViewSchema } from "@fiscalise/shared/api/submissions.ts";
import { fiscaliseInvoice } from "../receipts/fiscalise-invoice.ts";
import type { ReadDocumentDeps } from "../receipts/read-document.ts";
import { viewInvoice } from "../receipts/view-invoice.ts";
import { viewProgress } from "../receipts/view-progress.ts";
import { acceptAndAnswer, DOCUMENT_PARAMS, type SettledDeps, ZOHO_PROBLEMS } from "./document-answers.ts";
import { presentationOf } from "./present.ts";
import { type Route, route } from "./route.ts";

const example = { params: { zohoId: "4815000000050000101" } };
export type InvoiceRoutesDeps = ReadDocumentDeps & SettledDeps;

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
        params: DOCUMENT_PARAMS,
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
        params: DOCUMENT_PARAMS,
        answers: { 200: InvoiceProgressSchema },
        problems: ["device-not-set-up"],
        example,
      },
      async ({ actor, params: { zohoId }, asking }) => {
        const presentation = presentationOf(deps, asking);
        return {
          status: 200,
          body: await viewProgress(deps, { actor, document: { kind: "invoice", zohoId }, presentation }),
        };
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
        params: DOCUMENT_PARAMS,
        body: FiscaliseRequestSchema,
        idempotent: true,
        answers: { 200: SubmissionViewSchema, 202: SubmissionViewSchema },
        problems: ZOHO_PROBLEMS,
        example: { ...example, body: {} },
      },
      async ({ actor, params: { zohoId }, body: entry, asking }) => {
        const { idempotencyKey } = asking;
        const accept = () => fiscaliseInvoice(deps, { actor, zohoId, entry, idempotencyKey });
        return acceptAndAnswer(deps, { actor, asking, accept });
      },
    ),
  ];
}
