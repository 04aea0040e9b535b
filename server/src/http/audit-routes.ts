import { AuditEventsSchema } from "@fiscalise/shared/api/audit.ts";
import * as z from "zod";
import { type AuditQuery, exportEvents, listEvents } from "../audit/list-events.ts";
import type { WithBusiness } from "../db/with-business.ts";
import { type Cell, csv } from "./csv.ts";
import { IN_ORDER, isInOrder, period } from "./input.ts";
import { type Route, route } from "./route.ts";

const LIMIT_MAX = 100;
const LIMIT_USUAL = 50;

const filters = {
  action: z.string().max(60).optional(),
  actor: z.string().max(60).optional(),
  result: z.enum(["done", "refused"]).optional(),
  ...period,
};
const listQuery = z
  .object({
    ...filters,
    cursor: z.string().max(100).optional(),
    limit: z.coerce.number().int().min(1).max(LIMIT_MAX).default(LIMIT_USUAL),
  })
  .refine(isInOrder, IN_ORDER);
const csvQuery = z.object(filters).refine(isInOrder, IN_ORDER);

const common = { method: "get", guard: "business-admin", tag: "own business" } as const;
const HEAD = [
  ...["No.", "At", "Actor", "Name", "Action", "Subject", "Subject name"],
  ...["Result", "Address", "Request", "Detail"],
];

export function auditRoutes(deps: { withBusiness: WithBusiness }): Route[] {
  return [
    route(
      {
        ...common,
        id: "listAuditEvents",
        path: "/businesses/me/audit-events",
        summary: "Who did what, and what was refused, newest first",
        query: listQuery,
        answers: { 200: AuditEventsSchema },
        example: { query: { result: "refused", limit: "20" } },
      },
      async ({ actor, query }) => {
        const { cursor = null, limit } = query;
        return {
          status: 200,
          body: await listEvents(deps, { actor, query: { ...asked(query), cursor, limit } }),
        };
      },
    ),
    route(
      {
        ...common,
        id: "exportAuditEvents",
        path: "/businesses/me/audit-events.csv",
        summary: "The same as a table",
        query: csvQuery,
        answers: { 200: { contentType: "text/csv" } },
        example: { query: { from: "2026-11-01", to: "2026-11-30" } },
      },
      async ({ actor, query }) => ({
        status: 200,
        name: "audit-events.csv",
        content: csv(HEAD, lines(exportEvents(deps, { actor, query: asked(query) }))),
      }),
    ),
  ];
}

function asked(query: z.output<typeof csvQuery>): AuditQuery {
  const { action = null, actor = null, result = null, from = null, to = null } = query;
  return { action, actor, result, from, to };
}

async function* lines(batches: ReturnType<typeof exportEvents>): AsyncGenerator<Cell[][]> {
  for await (const events of batches) {
    yield events.map((event) => [
      event.sequence,
      event.at,
      event.actor,
      event.actorName,
      event.action,
      event.subject,
      event.subjectName,
      event.result,
      event.address,
      event.requestId,
      JSON.stringify(event.detail),
    ]);
  }
}
