import type { SubmissionState } from "@fiscalise/shared/receipt.ts";
import * as z from "zod";
import type { Actor } from "../../actor.ts";
import { countOldActivities, type OldActivity, oldActivities } from "../../db/predecessor-api.ts";
import { type Route, route } from "../route.ts";
import { type OldCallDeps, takeOldCall } from "./old-call.ts";
import { OLD_PREFIX } from "./old-host.ts";

const STATUSES = ["pending", "success", "failed", "timeout", "retry"] as const;
type OldStatus = (typeof STATUSES)[number];
const STATUS: Record<SubmissionState, OldStatus> = {
  queued: "pending",
  sending: "pending",
  unknown: "retry",
  fiscalised: "success",
  rejected: "failed",
  withdrawn: "failed",
  "receipt-missing": "timeout",
  superseded: "success",
};

/** The plugin offers to send again what `failed`: that is said only of what was certainly never signed. */
const statusOf = ({ state, mayBeSigned }: Pick<OldActivity, "state" | "mayBeSigned">): OldStatus =>
  mayBeSigned ? "timeout" : STATUS[state];

/** As its table had it, without payloads; ids are ours. */
const oldActivity = z.object({
  id: z.string(),
  webhook_type: z.enum(["invoice", "credit_note"]),
  status: z.enum(STATUSES),
  business_tin: z.string(),
  business_name: z.string(),
  invoice_number: z.string(),
  vsdc_receipt_number: z.string().nullable(),
  error_code: z.string().nullable(),
  retry_count: z.number(),
  pdf_generated: z.boolean(),
  created_at: z.string(),
  updated_at: z.string(),
  processed_at: z.string().nullable(),
});
const common = { tag: "predecessor", method: "get", guard: "business" } as const;
const listed = {
  ...common,
  query: z.object({ limit: z.coerce.number().int().min(1).max(100).default(50) }),
  answers: { 200: z.array(oldActivity) },
  example: { query: { limit: "20" } },
} as const;

export function oldActivityRoutes(deps: OldCallDeps): Route[] {
  const list =
    (operation: "activities" | "failures") =>
    async ({ actor, query: { limit } }: { actor: Actor; query: { limit: number } }) => {
      const onlyFailed = operation === "failures";
      const body = await takeOldCall(deps, actor, operation, async (tx, business) =>
        (await oldActivities(tx, { onlyFailed, limit })).map((row) => presentOldActivity(row, business)),
      );
      return { status: 200 as const, body };
    };
  return [
    route(
      {
        ...listed,
        id: "listOldActivities",
        path: `${OLD_PREFIX}/webhook-activities`,
        summary: "The latest submissions, newest first, as the predecessor listed its webhooks",
      },
      list("activities"),
    ),
    route(
      {
        ...listed,
        id: "listOldFailures",
        path: `${OLD_PREFIX}/webhook-activities/failures`,
        summary: "Those of them that failed: nothing was signed",
      },
      list("failures"),
    ),
    route(
      {
        ...common,
        id: "countOldActivities",
        path: `${OLD_PREFIX}/webhook-activities/stats`,
        summary: "How many of the latest 1,000 submissions have each status of the predecessor's",
        answers: {
          200: z.object({ total: z.number(), by_status: z.record(z.enum(STATUSES), z.number()) }),
        },
      },
      async ({ actor }) => {
        const counts = await takeOldCall(deps, actor, "stats", countOldActivities);
        const by_status = Object.fromEntries(STATUSES.map((status) => [status, 0])) as Record<
          OldStatus,
          number
        >;
        for (const { count, ...of } of counts) by_status[statusOf(of)] += count;
        return { status: 200, body: { total: counts.reduce((sum, { count }) => sum + count, 0), by_status } };
      },
    ),
  ];
}

function presentOldActivity(
  row: OldActivity,
  { tin, name }: { tin: string; name: string },
): z.input<typeof oldActivity> {
  const { state, stateSince } = row;
  const isOver = !["queued", "sending", "unknown"].includes(state);
  return {
    id: row.id,
    webhook_type: row.documentKind === "invoice" ? "invoice" : "credit_note",
    status: statusOf(row),
    business_tin: tin,
    business_name: name,
    invoice_number: row.documentNumber,
    vsdc_receipt_number: row.receiptNumber,
    error_code: row.problem,
    retry_count: row.unknownAttempts,
    pdf_generated: row.receiptNumber !== null,
    created_at: row.createdAt.toISOString(),
    updated_at: stateSince.toISOString(),
    processed_at: isOver ? stateSince.toISOString() : null,
  };
}
