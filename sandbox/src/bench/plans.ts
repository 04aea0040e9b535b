import { randomUUID } from "node:crypto";
import { dayFigures, submissionMatters } from "@fiscalise/server/db/figures.ts";
import { receiptPage } from "@fiscalise/server/db/receipt-lists.ts";
import { type SubmissionFilter, submissionPage } from "@fiscalise/server/db/submission-lists.ts";
import { type BusinessTx, businessId, type WithBusiness } from "@fiscalise/server/db/with-business.ts";
import { type SQL, sql } from "drizzle-orm";
import { PgDialect } from "drizzle-orm/pg-core";

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

export const EVERYTHING: SubmissionFilter = {
  state: null,
  words: [],
  from: null,
  before: null,
  needsAttention: null,
  belowSequence: null,
  limit: 26,
};

/**
 * How PostgreSQL goes about each query that must not grow with other businesses' documents: with these values, and as it
 * may once it was prepared for all (docs/decisions/033).
 */
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
      plans.push({ name, scans: await explained(tx, query.getSQL()) });
      plans.push({
        name: `${name}, for all`,
        scans: await explained(tx, await preparedForAll(tx, query.getSQL())),
      });
    }
    return plans;
  });
}

async function explained(tx: BusinessTx, asked: SQL): Promise<string[]> {
  const [row] = await tx.sql.execute<Explained>(sql`explain (format json) ${asked}`);
  const [top] = row?.["QUERY PLAN"] ?? [];
  if (!top) throw new Error("bug: no plan");
  return scansOf(top.Plan);
}

/** Executes the query by the one plan PostgreSQL would make for all values. */
async function preparedForAll(tx: BusinessTx, query: SQL): Promise<SQL> {
  const { sql: text, params } = new PgDialect().sqlToQuery(query);
  const name = sql.identifier(`plan ${randomUUID()}`);
  await tx.sql.execute(sql`set local plan_cache_mode = force_generic_plan`);
  await tx.sql.execute(sql`prepare ${name} as ${sql.raw(text)}`);
  const values = params.length === 0 ? sql`` : sql.raw(`(${params.map(() => "null").join(", ")})`);
  return sql`execute ${name} ${values}`;
}

function scansOf(node: PlanNode): string[] {
  const { "Relation Name": table, "Index Name": index } = node;
  const own = table === undefined ? [] : [`${node["Node Type"]} ${index ?? table}`];
  return [...own, ...(node.Plans ?? []).flatMap(scansOf)];
}
