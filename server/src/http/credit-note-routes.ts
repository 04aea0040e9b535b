import { CreditNoteViewSchema, RefundRequestSchema } from "@fiscalise/shared/api/credit-notes.ts";
import { InvoiceProgressSchema } from "@fiscalise/shared/api/invoices.ts";
import { SubmissionViewSchema } from "@fiscalise/shared/api/submissions.ts";
import { fiscaliseCreditNote } from "../receipts/fiscalise-credit-note.ts";
import type { ReadCreditNoteDeps } from "../receipts/read-credit-note.ts";
import { viewCreditNote } from "../receipts/view-credit-note.ts";
import { viewProgress } from "../receipts/view-progress.ts";
import { acceptAndAnswer, DOCUMENT_PARAMS, type SettledDeps, ZOHO_PROBLEMS } from "./document-answers.ts";
import { presentationOf } from "./present.ts";
import { type Route, route } from "./route.ts";

const example = { params: { zohoId: "4815000000060000101" } };
export type CreditNoteRoutesDeps = ReadCreditNoteDeps & SettledDeps;

export function creditNoteRoutes(deps: CreditNoteRoutesDeps): Route[] {
  return [
    route(
      {
        id: "viewCreditNote",
        method: "get",
        path: "/credit-notes/:zohoId",
        guard: "business",
        tag: "fiscal",
        summary: "A credit note before and after the click: which receipt it refunds, what is missing",
        params: DOCUMENT_PARAMS,
        query: RefundRequestSchema,
        answers: { 200: CreditNoteViewSchema },
        problems: ZOHO_PROBLEMS,
        example,
      },
      async ({ actor, params: { zohoId }, query: entry, asking }) => {
        const presentation = presentationOf(deps, asking);
        return { status: 200, body: await viewCreditNote(deps, { actor, zohoId, entry, presentation }) };
      },
    ),
    route(
      {
        id: "viewRefundProgress",
        method: "get",
        path: "/credit-notes/:zohoId/progress",
        guard: "business",
        tag: "fiscal",
        summary: "What may move while a person looks on; asks Zoho nothing",
        params: DOCUMENT_PARAMS,
        answers: { 200: InvoiceProgressSchema },
        problems: ["device-not-set-up"],
        example,
      },
      async ({ actor, params: { zohoId }, asking }) => {
        const document = { kind: "credit-note" as const, zohoId };
        const presentation = presentationOf(deps, asking);
        return { status: 200, body: await viewProgress(deps, { actor, document, presentation }) };
      },
    ),
    route(
      {
        id: "fiscaliseCreditNote",
        method: "post",
        path: "/credit-notes/:zohoId/fiscalise",
        guard: "business",
        tag: "fiscal",
        summary: "Have the refund of the whole receipt signed; 202 when the device did not answer within 8 s",
        params: DOCUMENT_PARAMS,
        body: RefundRequestSchema,
        idempotent: true,
        answers: { 200: SubmissionViewSchema, 202: SubmissionViewSchema },
        problems: ZOHO_PROBLEMS,
        example: { ...example, body: { refundReason: "06" } },
      },
      async ({ actor, params: { zohoId }, body: entry, asking }) => {
        const { idempotencyKey } = asking;
        const accept = () => fiscaliseCreditNote(deps, { actor, zohoId, entry, idempotencyKey });
        return acceptAndAnswer(deps, { actor, asking, accept });
      },
    ),
  ];
}
