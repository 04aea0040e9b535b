import {
  AdoptRequestSchema,
  AdoptResponseSchema,
  DeclareUnsignedRequestSchema,
  SubmissionViewSchema,
} from "@fiscalise/shared/api/submissions.ts";
import { type AdoptDeps, adoptReceipt } from "../receipts/adopt-receipt.ts";
import { declareUnsigned } from "../receipts/declare-unsigned.ts";
import { viewSubmission } from "../receipts/view-submission.ts";
import { withdrawSubmission } from "../receipts/withdraw-submission.ts";
import { retryWriteBack } from "../write-backs/retry-write-back.ts";
import { idParams, SOME_ID } from "./input.ts";
import { type PresentDeps, presentationOf } from "./present.ts";
import { type Call, type Contract, type Route, route } from "./route.ts";

const common = { guard: "business", tag: "fiscal", params: idParams } as const;

export function submissionRoutes(deps: PresentDeps & AdoptDeps): Route[] {
  const view = ({
    actor,
    params,
    asking,
  }: Pick<Call<Contract & typeof common>, "actor" | "params" | "asking">) => {
    const presentation = presentationOf(deps, asking);
    return viewSubmission(deps, { actor, submissionId: params.id, presentation });
  };
  return [
    route(
      {
        ...common,
        id: "viewSubmission",
        method: "get",
        path: "/submissions/:id",
        summary: "One submission",
        answers: { 200: SubmissionViewSchema },
        example: { params: SOME_ID },
      },
      async (call) => ({ status: 200, body: await view(call) }),
    ),
    route(
      {
        ...common,
        id: "withdrawSubmission",
        method: "post",
        path: "/submissions/:id/withdraw",
        summary: "Take back what was never sent",
        answers: { 200: SubmissionViewSchema },
        problems: ["action-not-allowed"],
        example: { params: SOME_ID },
      },
      async (call) => {
        await withdrawSubmission(deps, { actor: call.actor, submissionId: call.params.id });
        return { status: 200, body: await view(call) };
      },
    ),
    route(
      {
        ...common,
        id: "retryWriteBack",
        method: "post",
        path: "/submissions/:id/write-back",
        summary: "Write what is missing in Zoho now; the receipt is not touched",
        answers: { 200: SubmissionViewSchema },
        example: { params: SOME_ID },
      },
      async (call) => {
        await retryWriteBack(deps, { actor: call.actor, submissionId: call.params.id });
        return { status: 200, body: await view(call) };
      },
    ),
    route(
      {
        ...common,
        id: "adoptReceipt",
        method: "post",
        path: "/submissions/:id/adopt",
        summary: "Enter the receipt data of a signed sale whose answer was lost",
        body: AdoptRequestSchema,
        answers: { 200: AdoptResponseSchema },
        problems: ["action-not-allowed", "receipt-data-invalid", "device-restored"],
        example: {
          params: SOME_ID,
          body: {
            receiptNumber: "53",
            totalNumber: "62",
            internalData: "ABCDEFGHIJKLMNOPQRSTUVWXYZ",
            signature: "ABCDEFGHIJKLMNOP",
            sdcId: "SDC010053151",
            mrcNumber: "WIS00058003",
            issuedAt: "2026-11-23T14:05:33",
            confirmed: false,
          },
        },
      },
      async (call) => {
        const { actor, params, body: entry } = call;
        const adopted = await adoptReceipt(deps, { actor, submissionId: params.id, entry });
        return { status: 200, body: { ...adopted, submission: await view(call) } };
      },
    ),
    route(
      {
        ...common,
        guard: "business-admin",
        id: "declareUnsigned",
        method: "post",
        path: "/submissions/:id/declare-unsigned",
        summary: "Say of an imported sale without an outcome that the device never signed it",
        body: DeclareUnsignedRequestSchema,
        answers: { 200: SubmissionViewSchema },
        problems: ["action-not-allowed"],
        example: { params: SOME_ID, body: { confirmed: true } },
      },
      async (call) => {
        await declareUnsigned(deps, { actor: call.actor, submissionId: call.params.id });
        return { status: 200, body: await view(call) };
      },
    ),
  ];
}
