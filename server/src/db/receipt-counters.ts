import type { DocumentKind } from "@fiscalise/shared/refund.ts";
import { and, eq, ne, or, sql } from "drizzle-orm";
import { receipts, submissions } from "./tables.ts";
import type { BusinessTx } from "./with-business.ts";

const COUNTER = /^(\d+)\/(\d+) (NS|NR)$/;

/** The number of another document whose receipt has this counter, `53/62 NS`; null: none has. */
export async function findOwnerOfCounter(
  tx: BusinessTx,
  counter: string,
  carrier: { kind: DocumentKind; id: string },
): Promise<string | null> {
  const [, receiptNumber, totalNumber, label] = COUNTER.exec(counter) ?? [];
  if (receiptNumber === undefined || totalNumber === undefined) return null;
  const [owner] = await tx.sql
    .select({ number: submissions.documentNumber })
    .from(receipts)
    .innerJoin(submissions, eq(submissions.id, receipts.submissionId))
    .where(
      and(
        eq(receipts.receiptNumber, receiptNumber),
        eq(receipts.totalNumber, totalNumber),
        sql`${receipts.label} = ${label}`,
        or(ne(submissions.zohoDocumentId, carrier.id), ne(submissions.documentKind, carrier.kind)),
      ),
    )
    .limit(1);
  return owner?.number ?? null;
}
