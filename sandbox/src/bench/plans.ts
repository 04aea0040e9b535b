import { dayFigures, submissionMatters } from "@fiscalise/server/db/figures.ts";
import { receiptPage } from "@fiscalise/server/db/receipt-lists.ts";
import { type SubmissionFilter, submissionPage } from "@fiscalise/server/db/submission-lists.ts";
import { businessId, type WithBusiness } from "@fiscalise/server/db/with-business.ts";
import { sql } from "drizzle-orm";

export interface Plan {
  name: string;
  /** Every node that reads a table, `Index Only Scan receipts_figures`. */
  scans: string[];
}

interface PlanNode {
  "Node Type": string;
  "Relation Name"?: string;
  "Index Name"?: string;
  Plans?: PlanNode[];
}

type Explained = { "QUERY PLAN": { Plan: PlanNode }[] };

const EVERYTHING: SubmissionFilter = {
  state: null,
  words: [],
  from: null,
  before: null,
  needsAttention: null,
  belowSequence: null,
  limit: 26,
};

/** How PostgreSQL goes about each query that must not grow with other businesses' documents. */
export async function plansOf(withBusiness: WithBusiness, id: string, now: Date): Promise<Plan[]> {
  const daysAgo = (days: number) => new Date(now.getTime() - days * 86_400_000);
  const day = (days: number) => daysAgo(days).toISOString().slice(0, 10);
  const list = (change: Partial<SubmissionFilter>) => submissionPage({ ...EVERYTHING, ...change });
  const place = { issuedOn: day(40), publishedAt: "20260101000000", id };
  const queries = {
    figures: dayFigures({ from: day(35), to: day(0) }),
    matters: submissionMatters({ waitingBefore: daysAgo(1) }),
    "first page": list({}),
    "deep page": list({ belowSequence: 1_000n }),
    search: list({ words: ["uwera", "hotel"] }),
    rejected: list({ state: "rejected" }),
    fiscalised: list({ state: "fiscalised" }),
    unknown: list({ state: "unknown" }),
    "needs attention": list({ needsAttention: true }),
    "some days": list({ from: daysAgo(300), before: daysAgo(290) }),
    "receipts.csv": receiptPage({ from: day(300), to: null, words: [], after: place, limit: 500 }),
  };
  return withBusiness(businessId(id), async (tx) => {
    const plans: Plan[] = [];
    for (const [name, query] of Object.entries(queries)) {
      const [row] = await tx.sql.execute<Explained>(sql`explain (format json) ${query}`);
      const [top] = row?.["QUERY PLAN"] ?? [];
      if (!top) throw new Error("bug: no plan");
      plans.push({ name, scans: scansOf(top.Plan) });
    }
    return plans;
  });
}

function scansOf(node: PlanNode): string[] {
  const { "Relation Name": table, "Index Name": index } = node;
  const own = table === undefined ? [] : [`${node["Node Type"]} ${index ?? table}`];
  return [...own, ...(node.Plans ?? []).flatMap(scansOf)];
}
