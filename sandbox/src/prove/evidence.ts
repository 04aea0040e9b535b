import {
  attempts,
  auditEvents,
  branches,
  freedNumbers,
  lostNumbers,
  receipts,
  submissions,
  writeBacks,
} from "@fiscalise/server/db/tables.ts";
import { businessId } from "@fiscalise/server/db/with-business.ts";
import { sql as query } from "drizzle-orm";
import type { LedgerEntry } from "../vsdc/ledger.ts";
import { type BookedDocument, readBooked } from "./booked.ts";
import { type Compared, compareBooks } from "./compare-books.ts";
import type { DeliveryLog } from "./deliveries.ts";
import type { Stage } from "./stage.ts";
import type { StormLog } from "./storm.ts";

type Submission = Pick<
  typeof submissions.$inferSelect,
  | "id"
  | "originalSubmissionId"
  | "documentKind"
  | "createdBy"
  | "zohoDocumentId"
  | "documentNumber"
  | "state"
  | "invoiceNumber"
  | "requestSha256"
  | "attempts"
  | "needsAttention"
  | "problem"
  | "resultCode"
>;
type Attempt = Pick<
  typeof attempts.$inferSelect,
  "submissionId" | "invoiceNumber" | "requestSha256" | "finishedAt" | "reason"
>;
type Receipt = Pick<
  typeof receipts.$inferSelect,
  | "submissionId"
  | "receiptNumber"
  | "totalNumber"
  | "internalData"
  | "signature"
  | "publishedAt"
  | "sdcId"
  | "mrcNumber"
  | "qrText"
>;
type LostNumber = Pick<typeof lostNumbers.$inferSelect, "number" | "settledAs" | "submissionId">;
type WriteBack = Pick<typeof writeBacks.$inferSelect, "submissionId" | "part" | "state" | "problem">;

/** Both sides of one business: what the device signed, and what our database says. */
export interface Evidence {
  name: string;
  ledger: readonly LedgerEntry[];
  /** The most sales that were ever under way at once. */
  mostAtOnce: number;
  /** Numbers another till used. */
  taken: ReadonlySet<string>;
  lastNumber: bigint;
  freed: readonly string[];
  /** Those used in the time that a restored database does not know; none where none was restored. */
  lost: readonly LostNumber[];
  submissions: readonly Submission[];
  attempts: readonly Attempt[];
  receipts: readonly Receipt[];
  /** Submissions whose audit says they were frozen anew in exact arithmetic. */
  frozenExact: ReadonlySet<string>;
  writeBacks: readonly WriteBack[];
  /** What of ours the documents at Zoho carry. */
  booked: readonly BookedDocument[];
  /** Documents of forged deliveries that a server took. */
  forgedTaken: readonly string[];
  /** What the product's own comparison finds at the end. */
  compared: Compared;
}

export async function gatherEvidence(
  stage: Stage,
  { storm, deliveries }: { storm: StormLog; deliveries: DeliveryLog },
): Promise<Evidence[]> {
  const found: Evidence[] = [];
  // Before the rest is looked at: that it changes nothing is part of what is judged.
  const compared = await Promise.all(stage.businesses.map((business) => compareBooks(stage, business)));
  for (const [index, { id, device, organizationId }] of stage.businesses.entries()) {
    const ours = await stage.database.withBusiness(businessId(id), async ({ sql }) => {
      const [branch] = await sql.select().from(branches);
      const exact = await sql
        .select({ subject: auditEvents.subject })
        .from(auditEvents)
        .where(query`${auditEvents.detail} ->> 'frozenAnew' = 'exact'`);
      return {
        lastNumber: branch?.lastInvoiceNumber ?? 0n,
        freed: (await sql.select().from(freedNumbers)).map(({ number }) => number.toString()),
        lost: await sql.select().from(lostNumbers),
        submissions: await sql.select().from(submissions).orderBy(submissions.sequence),
        attempts: await sql.select().from(attempts).orderBy(attempts.id),
        receipts: await sql.select().from(receipts),
        writeBacks: await sql.select().from(writeBacks),
        frozenExact: new Set(exact.map(({ subject }) => subject.replace("submission:", ""))),
      };
    });
    const own = compared[index];
    if (!own) throw new Error(`bug: business ${index} was not compared`);
    found.push({
      compared: own,
      name: `device ${index + 1}`,
      ledger: device.ledger(),
      mostAtOnce: device.mostAtOnce(),
      taken: storm.taken.get(index) ?? new Set(),
      booked: readBooked(stage.zoho.forOrganization(organizationId), deliveries.edits),
      forgedTaken: deliveries.forgedTaken.filter((zohoId) =>
        stage.zoho.forOrganization(organizationId).invoices.ids().includes(zohoId),
      ),
      ...ours,
    });
  }
  return found;
}

const UNSETTLED = ["queued", "sending", "unknown"];

/** Settled, or asking for a person with a reason that person can see. */
export function isAtRest(evidence: Evidence, submission: Submission): boolean {
  if (!UNSETTLED.includes(submission.state)) return true;
  return asksForAPerson(evidence, submission);
}

export function asksForAPerson({ attempts: tried }: Evidence, submission: Submission): boolean {
  const last = tried.findLast(
    (attempt) => attempt.submissionId === submission.id && attempt.finishedAt !== null,
  );
  const reason = submission.resultCode ?? last?.reason ?? null;
  return ["unknown", "sending"].includes(submission.state) && submission.needsAttention && reason !== null;
}
