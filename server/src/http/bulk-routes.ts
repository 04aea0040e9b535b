import { BulkDocumentsSchema, BulkRunSchema, BulkRunsSchema } from "@fiscalise/shared/api/bulk-runs.ts";
import {
  BULK_ACTIONS,
  BULK_CHOSEN_MAX,
  BULK_DOCUMENT_STATES,
  type BulkAction,
} from "@fiscalise/shared/bulk.ts";
import * as z from "zod";
import { changeRun } from "../receipts/bulk/change-run.ts";
import { type ChangeRunDeps, createRun } from "../receipts/bulk/create-run.ts";
import { exportRun, listRunDocuments } from "../receipts/bulk/list-results.ts";
import { viewRun, viewRuns } from "../receipts/bulk/view-run.ts";
import { bulkCsv } from "./bulk-csv.ts";
import { DOCUMENT_PARAMS } from "./document-answers.ts";
import { IN_ORDER, idParams, isInOrder, SOME_ID, wholePeriod } from "./input.ts";
import { type Route, route } from "./route.ts";

const LIMIT_MAX = 100;
const LIMIT_USUAL = 25;

const common = { guard: "business-admin", tag: "fiscal" } as const;
const ofRun = { ...common, params: idParams, example: { params: SOME_ID } } as const;
/** Strict: half a period is none. */
const bulkRunRequest = z.union([
  z.strictObject(wholePeriod).refine(isInOrder, IN_ORDER),
  z.strictObject({ zohoIds: z.array(DOCUMENT_PARAMS.shape.zohoId).min(1).max(BULK_CHOSEN_MAX) }),
]);
const documentsQuery = z.object({
  state: z.enum(BULK_DOCUMENT_STATES).optional(),
  cursor: z.string().max(100).optional(),
  limit: z.coerce.number().int().min(1).max(LIMIT_MAX).default(LIMIT_USUAL),
});
const SUMMARIES: Record<BulkAction, string> = {
  start: "Sign what the check found ready, in the asker's name",
  pause: "Hand over no further document for now",
  resume: "Go on, in the asker's name",
  stop: "End it; what was handed over goes on",
};

export function bulkRoutes(deps: ChangeRunDeps): Route[] {
  return [
    route(
      {
        ...common,
        id: "listBulkRuns",
        method: "get",
        path: "/bulk-runs",
        summary: "The latest bulk runs, newest first",
        answers: { 200: BulkRunsSchema },
      },
      async ({ actor, asking: { language } }) => ({
        status: 200,
        body: await viewRuns(deps, { actor, language }),
      }),
    ),
    route(
      {
        ...common,
        id: "createBulkRun",
        method: "post",
        path: "/bulk-runs",
        summary: "Check a period's invoices, or those named; signs nothing",
        body: bulkRunRequest,
        answers: { 201: BulkRunSchema },
        problems: ["bulk-run-unfinished", "device-not-set-up"],
        example: { body: { from: "2026-11-01", to: "2026-11-30" } },
      },
      async ({ actor, body: asked, asking: { language } }) => {
        const runId = await createRun(deps, { actor, asked });
        return { status: 201, body: await viewRun(deps, { actor, runId, language }) };
      },
    ),
    route(
      {
        ...ofRun,
        id: "viewBulkRun",
        method: "get",
        path: "/bulk-runs/:id",
        summary: "How far a run is, and why documents were refused",
        answers: { 200: BulkRunSchema },
      },
      async ({ actor, params: { id: runId }, asking: { language } }) => ({
        status: 200,
        body: await viewRun(deps, { actor, runId, language }),
      }),
    ),
    ...(Object.keys(BULK_ACTIONS) as BulkAction[]).map((action) =>
      route(
        {
          ...ofRun,
          id: `${action}BulkRun`,
          method: "post",
          path: `/bulk-runs/:id/${action}`,
          summary: SUMMARIES[action],
          answers: { 200: BulkRunSchema },
          problems: ["action-not-allowed"],
        },
        async ({ actor, params: { id: runId }, asking: { language } }) => {
          await changeRun(deps, { actor, runId, action });
          return { status: 200, body: await viewRun(deps, { actor, runId, language }) };
        },
      ),
    ),
    route(
      {
        ...ofRun,
        id: "listBulkDocuments",
        method: "get",
        path: "/bulk-runs/:id/documents",
        summary: "What became of each document of a run",
        query: documentsQuery,
        answers: { 200: BulkDocumentsSchema },
        example: { params: SOME_ID, query: { state: "refused" } },
      },
      async ({ actor, params, query: { state = null, cursor = null, limit }, asking: { language } }) => {
        const query = { state, cursor, limit };
        return {
          status: 200,
          body: await listRunDocuments(deps, { actor, runId: params.id, query, language }),
        };
      },
    ),
    route(
      {
        ...ofRun,
        id: "exportBulkDocuments",
        method: "get",
        path: "/bulk-runs/:id/documents.csv",
        summary: "The same as a list for a spreadsheet",
        answers: { 200: { contentType: "text/csv" } },
      },
      async ({ actor, params: { id: runId }, asking: { language } }) => {
        const batches = await exportRun(deps, { actor, runId, language });
        return { status: 200, name: `bulk-run-${runId}.csv`, content: bulkCsv(batches) };
      },
    ),
  ];
}
