import {
  type Difference,
  DifferencesSchema,
  ReconciliationSchema,
  ReconciliationsSchema,
} from "@fiscalise/shared/api/reconciliations.ts";
import { says } from "@fiscalise/shared/complaint.ts";
import {
  ACCEPT_REASON_MAX,
  DIFFERENCE_KINDS,
  DIFFERENCE_STATES,
  RECONCILED_DAYS_MAX,
} from "@fiscalise/shared/reconciliation.ts";
import * as z from "zod";
import { acceptDifference, withdrawAcceptance } from "../businesses/reconciliation/accept-difference.ts";
import { exportDifferences, listOwnDifferences } from "../businesses/reconciliation/list-differences.ts";
import { startReconciliation } from "../businesses/reconciliation/start-reconciliation.ts";
import {
  viewReconciliation,
  viewReconciliations,
} from "../businesses/reconciliation/view-reconciliations.ts";
import { writeAgain } from "../businesses/reconciliation/write-again.ts";
import type { WithBusiness } from "../db/with-business.ts";
import { daysBetween } from "../fiscal/calendar.ts";
import { type Cell, csv } from "./csv.ts";
import { IN_ORDER, idParams, isInOrder, SOME_ID, wholePeriod } from "./input.ts";
import { type Route, route } from "./route.ts";

const LIMIT_MAX = 100;
const LIMIT_USUAL = 25;

const daysAsked = z
  .strictObject(wholePeriod)
  .refine(isInOrder, IN_ORDER)
  .refine(({ from, to }) => daysBetween(from, to) < RECONCILED_DAYS_MAX, {
    path: ["to"],
    message: says("period-length"),
    params: { days: RECONCILED_DAYS_MAX },
  });
const which = {
  state: z.enum(DIFFERENCE_STATES).optional(),
  kind: z.enum(DIFFERENCE_KINDS).optional(),
};
const listQuery = z.object({
  ...which,
  cursor: z.string().max(100).optional(),
  limit: z.coerce.number().int().min(1).max(LIMIT_MAX).default(LIMIT_USUAL),
});
const acceptance = z.strictObject({
  reason: z.string().trim().min(1).max(ACCEPT_REASON_MAX),
  foundSha256: z.string().regex(/^[0-9a-f]{64}$/),
});
const common = { tag: "fiscal" } as const;

/** What Zoho, the device and we say of the same days. */
export function reconciliationRoutes(deps: { withBusiness: WithBusiness; clock: () => Date }): Route[] {
  return [
    route(
      {
        ...common,
        id: "startReconciliation",
        method: "post",
        path: "/reconciliations",
        guard: "business-admin",
        summary: "Compare a period with Zoho Books and the device; the one that runs, where one does",
        body: daysAsked,
        answers: { 202: ReconciliationSchema },
        problems: ["device-not-set-up", "zoho-not-connected"],
        example: { body: { from: "2026-11-01", to: "2026-11-30" } },
      },
      async ({ actor, body: asked, asking: { language } }) => {
        const id = await startReconciliation(deps, { actor, asked });
        return { status: 202, body: await viewReconciliation(deps, { actor, id, language }) };
      },
    ),
    route(
      {
        ...common,
        id: "listReconciliations",
        method: "get",
        path: "/reconciliations",
        guard: "business",
        summary: "The latest reconciliations, newest first, and how many differences are open",
        answers: { 200: ReconciliationsSchema },
      },
      async ({ actor, asking: { language } }) => ({
        status: 200,
        body: await viewReconciliations(deps, { actor, language }),
      }),
    ),
    route(
      {
        ...common,
        id: "viewReconciliation",
        method: "get",
        path: "/reconciliations/:id",
        guard: "business",
        summary: "How far a reconciliation is, or how it ended",
        params: idParams,
        answers: { 200: ReconciliationSchema },
        example: { params: SOME_ID },
      },
      async ({ actor, params: { id }, asking: { language } }) => ({
        status: 200,
        body: await viewReconciliation(deps, { actor, id, language }),
      }),
    ),
    route(
      {
        ...common,
        id: "listDifferences",
        method: "get",
        path: "/differences",
        guard: "business",
        summary: "How Zoho Books, the device and our records differ, newest first, with what mends it",
        query: listQuery,
        answers: { 200: DifferencesSchema },
        example: { query: { state: "open", limit: "25" } },
      },
      async ({
        actor,
        query: { state = null, kind = null, cursor = null, limit },
        asking: { language },
      }) => ({
        status: 200,
        body: await listOwnDifferences(deps, { actor, query: { state, kind, cursor, limit }, language }),
      }),
    ),
    route(
      {
        ...common,
        id: "exportDifferences",
        method: "get",
        path: "/differences.csv",
        guard: "business",
        summary: "The same as a list for a spreadsheet",
        query: z.object(which),
        answers: { 200: { contentType: "text/csv" } },
        example: { query: { state: "open" } },
      },
      async ({ actor, query: { state = null, kind = null }, asking: { language } }) => ({
        status: 200,
        name: "differences.csv",
        content: csv(HEAD, lines(exportDifferences(deps, { actor, query: { state, kind }, language }))),
      }),
    ),
    route(
      {
        ...common,
        id: "writeAgain",
        method: "post",
        path: "/differences/:id/write-again",
        guard: "business",
        summary: "Write the receipt's fields in Zoho Books anew; the receipt is not touched",
        params: idParams,
        answers: { 204: null },
        problems: ["action-not-allowed"],
        example: { params: SOME_ID },
      },
      async ({ actor, params: { id } }) => {
        await writeAgain(deps, { actor, id });
        return { status: 204 };
      },
    ),
    route(
      {
        ...common,
        id: "acceptDifference",
        method: "put",
        path: "/differences/:id/acceptance",
        guard: "business-admin",
        summary: "Say that it is right as it is, and why; nothing is mended by it",
        params: idParams,
        body: acceptance,
        answers: { 204: null },
        problems: ["action-not-allowed"],
        example: {
          params: SOME_ID,
          body: { reason: "The till in our second shop uses this device too", foundSha256: SOME_SHA256 },
        },
      },
      async ({ actor, params: { id }, body }) => {
        await acceptDifference(deps, { actor, id, seen: body });
        return { status: 204 };
      },
    ),
    route(
      {
        ...common,
        id: "withdrawAcceptance",
        method: "delete",
        path: "/differences/:id/acceptance",
        guard: "business-admin",
        summary: "Take back that it is right as it is: it is open again",
        params: idParams,
        answers: { 204: null },
        problems: ["action-not-allowed"],
        example: { params: SOME_ID },
      },
      async ({ actor, params: { id } }) => {
        await withdrawAcceptance(deps, { actor, id });
        return { status: 204 };
      },
    ),
  ];
}

const SOME_SHA256 = "9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08";
const HEAD = [
  "Kind",
  "Document",
  "Date",
  "Here",
  "There",
  "Changed",
  "First seen",
  "Resolved",
  "Accepted",
  "Accepted by",
  "Reason",
  "Meaning",
  "Remedy",
];

async function* lines(batches: AsyncIterable<Difference[]>): AsyncGenerator<Cell[][]> {
  for await (const batch of batches) yield batch.map(line);
}

function line({ document, ...difference }: Difference): Cell[] {
  return [
    difference.kind,
    document?.number ?? document?.zohoId ?? null,
    document?.date ?? null,
    difference.here,
    difference.there,
    difference.changes.join(" / ") || null,
    difference.firstSeen,
    difference.resolvedAt,
    difference.accepted?.at ?? null,
    difference.accepted?.by ?? null,
    difference.accepted?.reason ?? null,
    difference.explanation,
    difference.remedy,
  ];
}
