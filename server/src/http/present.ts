import { type SubmissionView, SubmissionViewSchema } from "@fiscalise/shared/api/submissions.ts";
import type { Request } from "express";
import type { WithBusiness } from "../db/with-business.ts";
import type { Presentation } from "../receipts/present.ts";
import { viewSubmission } from "../receipts/view-submission.ts";
import { actorOf } from "./authenticate.ts";
import { languageOf } from "./problem.ts";

export interface PresentDeps {
  withBusiness: WithBusiness;
  clock: () => Date;
}

export function presentationOf(deps: PresentDeps, request: Request): Presentation {
  return { language: languageOf(request), now: deps.clock() };
}

export async function submissionView(
  deps: PresentDeps,
  request: Request,
  submissionId: string,
): Promise<SubmissionView> {
  const presentation = presentationOf(deps, request);
  const view = await viewSubmission(deps, { actor: actorOf(request), submissionId, presentation });
  return SubmissionViewSchema.parse(view);
}
