import { HealthSchema, UsageListSchema, UsageSchema } from "@fiscalise/shared/api/watching.ts";
import { says } from "@fiscalise/shared/complaint.ts";
import * as z from "zod";
import { type HealthDeps, viewHealth } from "../businesses/provider/view-health.ts";
import { exportUsage, listUsage, viewUsage } from "../businesses/provider/view-usage.ts";
import { type AtGate, businessId } from "../db/with-business.ts";
import { SOME_ID } from "./input.ts";
import { type Route, route } from "./route.ts";
import { usageCsv } from "./usage-csv.ts";

const PAGE_USUAL = 25;
const PAGE_MAX = 100;

const month = z
  .string()
  .regex(/^20\d\d-(0[1-9]|1[0-2])$/, says("month"))
  .nullable()
  .default(null);
const provider = { guard: "super-admin", tag: "super admin", method: "get" } as const;
const example = { query: { month: "2026-11" } };

/** How businesses do and what they use. `/businesses/usage` comes before `/businesses/:id`. */
export function watchingRoutes(deps: HealthDeps & { atGate: AtGate }): Route[] {
  return [
    route(
      {
        id: "viewOwnUsage",
        guard: "business",
        tag: "own business",
        method: "get",
        path: "/businesses/me/usage",
        summary: "What the business used in a month",
        query: z.object({ month }),
        answers: { 200: UsageSchema },
        example,
      },
      async ({ actor, query }) => ({
        status: 200,
        body: await viewUsage(deps, { businessId: actor.businessId, ...query }),
      }),
    ),
    route(
      {
        ...provider,
        id: "listUsage",
        path: "/businesses/usage",
        summary: "What every business used in a month, a page at a time",
        query: z.object({
          month,
          cursor: z.string().max(100).nullable().default(null),
          limit: z.coerce.number().int().min(1).max(PAGE_MAX).default(PAGE_USUAL),
        }),
        answers: { 200: UsageListSchema },
        example,
      },
      async ({ query }) => ({ status: 200, body: await listUsage(deps, query) }),
    ),
    route(
      {
        ...provider,
        id: "exportUsage",
        path: "/businesses/usage.csv",
        summary: "What every business used in a month, for a spreadsheet",
        query: z.object({ month }),
        answers: { 200: { contentType: "text/csv" } },
        example,
      },
      async ({ query }) => ({
        status: 200,
        name: query.month === null ? "usage.csv" : `usage-${query.month}.csv`,
        content: usageCsv(exportUsage(deps, query.month)),
      }),
    ),
    route(
      {
        ...provider,
        id: "viewHealth",
        path: "/businesses/:id/health",
        summary: "How one business is doing: device, grant, backlog and what waits for a person",
        params: z.object({ id: z.uuid().transform(businessId) }),
        answers: { 200: HealthSchema },
        example: { params: SOME_ID },
      },
      async ({ params }) => ({ status: 200, body: await viewHealth(deps, params.id) }),
    ),
  ];
}
