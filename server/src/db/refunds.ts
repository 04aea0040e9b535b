import { and, desc, eq, inArray, notInArray, or, sql } from "drizzle-orm";
import type { Receipt, Submission } from "./submissions.ts";
import { receipts, submissions } from "./tables.ts";
import type { BusinessTx } from "./with-business.ts";

const GIVEN_UP = ["rejected", "withdrawn"] as const;
const SIGNED = ["fiscalised", "receipt-missing"] as const;
/** One given up whose bytes were signed after all counts too (`signature-unexpected`). */
const mayStand = or(
  notInArray(submissions.state, [...GIVEN_UP]),
  eq(submissions.problem, "signature-unexpected"),
);

/** The refund of a receipt that stands, or may. */
export async function findRefundOf(tx: BusinessTx, originalId: string): Promise<Submission | null> {
  const [found] = await tx.sql
    .select()
    .from(submissions)
    .where(and(eq(submissions.originalSubmissionId, originalId), mayStand))
    .orderBy(desc(submissions.sequence))
    .limit(1);
  return found ?? null;
}

export interface Candidate {
  submission: Pick<
    Submission,
    "id" | "zohoDocumentId" | "documentNumber" | "buyerName" | "total" | "sale" | "problem"
  >;
  receipt: Pick<Receipt, "receiptNumber" | "totalNumber" | "label"> | null;
}

/** The customer's signed sales that nothing refunds, newest first. */
export async function listRefundable(
  tx: BusinessTx,
  { customerId, limit }: { customerId: string; limit: number },
): Promise<Candidate[]> {
  const isRefunded = sql`exists (select from submissions refund
    where refund.original_submission_id = ${submissions.id}
      and (refund.state not in ('rejected', 'withdrawn') or refund.problem = 'signature-unexpected'))`;
  return tx.sql
    .select({
      submission: {
        id: submissions.id,
        zohoDocumentId: submissions.zohoDocumentId,
        documentNumber: submissions.documentNumber,
        buyerName: submissions.buyerName,
        total: submissions.total,
        sale: submissions.sale,
        problem: submissions.problem,
      },
      receipt: {
        receiptNumber: receipts.receiptNumber,
        totalNumber: receipts.totalNumber,
        label: receipts.label,
      },
    })
    .from(submissions)
    .leftJoin(receipts, eq(receipts.submissionId, submissions.id))
    .where(
      and(
        eq(submissions.zohoCustomerId, customerId),
        eq(submissions.transactionKind, "sale"),
        inArray(submissions.state, [...SIGNED]),
        sql`not ${isRefunded}`,
      ),
    )
    .orderBy(desc(submissions.sequence))
    .limit(limit);
}
