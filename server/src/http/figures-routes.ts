import { StatsSchema, SubmissionListSchema } from "@fiscalise/shared/api/figures.ts";
import { SUBMISSION_STATES } from "@fiscalise/shared/receipt.ts";
import * as z from "zod";
import { viewStats } from "../businesses/view-stats.ts";
import { listOwnSubmissions } from "../receipts/list-submissions.ts";
import { IN_ORDER, isInOrder, period } from "./input.ts";
import type { PresentDeps } from "./present.ts";
import { type Call, type Contract, type Route, route } from "./route.ts";

const LIMIT_MAX = 100;
const LIMIT_USUAL = 25;
const SEARCH_MAX = 100;

const listQuery = z
  .object({
    state: z.enum(SUBMISSION_STATES).optional(),
    search: z.string().trim().max(SEARCH_MAX).optional(),
    ...period,
    needsAttention: z
      .enum(["true", "false"])
      .transform((text) => text === "true")
      .optional(),
    cursor: z.string().max(100).optional(),
    limit: z.coerce.number().int().min(1).max(LIMIT_MAX).default(LIMIT_USUAL),
  })
  .refine(isInOrder, IN_ORDER);
const list = {
  method: "get",
  guard: "business",
  query: listQuery,
  answers: { 200: SubmissionListSchema },
  example: { query: { state: "rejected", search: "INV-0001", limit: "25" } },
} as const;

export function figuresRoutes(deps: PresentDeps): Route[] {
  const listed = async ({ actor, query }: Call<Contract & typeof list>) => {
    const { state = null, search = null, from = null, to = null, needsAttention = null } = query;
    const { cursor = null, limit } = query;
    const asked = { state, search, from, to, needsAttention, cursor, limit };
    return { status: 200, body: await listOwnSubmissions(deps, { actor, query: asked }) } as const;
  };
  return [
    route(
      {
        id: "viewStats",
        method: "get",
        path: "/businesses/me/stats",
        guard: "business",
        tag: "own business",
        summary: "Receipts and VAT of today, this month and 30 days, and what waits for a person",
        answers: { 200: StatsSchema },
      },
      async ({ actor }) => ({ status: 200, body: await viewStats(deps, { actor }) }),
    ),
    route(
      {
        ...list,
        id: "recentInvoices",
        path: "/businesses/me/recent-invoices",
        tag: "own business",
        summary: "The business's documents, newest first",
      },
      listed,
    ),
    route(
      {
        ...list,
        id: "listSubmissions",
        path: "/submissions",
        tag: "fiscal",
        summary: "Submissions, newest first",
      },
      listed,
    ),
  ];
}
