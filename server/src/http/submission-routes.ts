import { AdoptRequestSchema, AdoptResponseSchema } from "@fiscalise/shared/api/submissions.ts";
import { Router } from "express";
import * as z from "zod";
import { type AdoptDeps, adoptReceipt } from "../receipts/adopt-receipt.ts";
import { withdrawSubmission } from "../receipts/withdraw-submission.ts";
import { actorOf } from "./authenticate.ts";
import { readInput } from "./input.ts";
import { type PresentDeps, submissionView } from "./present.ts";

const idParams = z.object({ id: z.string() });

export function submissionRoutes(deps: PresentDeps & AdoptDeps): Router {
  const router = Router();

  router.get("/submissions/:id", async (request, response) => {
    response.json(await submissionView(deps, request, readInput(idParams, request.params).id));
  });

  router.post("/submissions/:id/withdraw", async (request, response) => {
    const { id } = readInput(idParams, request.params);
    await withdrawSubmission(deps, { actor: actorOf(request), submissionId: id });
    response.json(await submissionView(deps, request, id));
  });

  router.post("/submissions/:id/adopt", async (request, response) => {
    const { id } = readInput(idParams, request.params);
    const entry = readInput(AdoptRequestSchema, request.body);
    const adopted = await adoptReceipt(deps, { actor: actorOf(request), submissionId: id, entry });
    const submission = await submissionView(deps, request, id);
    response.json(AdoptResponseSchema.parse({ ...adopted, submission }));
  });

  return router;
}
