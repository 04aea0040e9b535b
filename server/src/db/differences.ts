import type { DifferenceKind, DifferenceState } from "@fiscalise/shared/reconciliation.ts";
import {
  and,
  asc,
  count,
  desc,
  eq,
  inArray,
  isNotNull,
  isNull,
  lt,
  max,
  min,
  not,
  type SQL,
  sql,
} from "drizzle-orm";
import type { Waiting } from "./figures.ts";
import { differences } from "./reconciliation-tables.ts";
import type { ReconciliationRow } from "./reconciliations.ts";
import { submissions, users, writeBacks } from "./tables.ts";
import type { BusinessTx } from "./with-business.ts";
import { IS_BLOCKED } from "./write-backs.ts";

export type DifferenceRow = typeof differences.$inferSelect;
export type FoundDifference = Pick<DifferenceRow, "kind" | "subject" | "detail" | "foundSha256"> &
  Partial<
    Pick<
      DifferenceRow,
      "documentKind" | "zohoDocumentId" | "documentNumber" | "documentDate" | "submissionId"
    >
  >;

const IS_FOUND = isNull(differences.resolvedAt);
/** What nobody has mended and nobody accepted. */
const IS_OPEN = and(IS_FOUND, isNull(differences.acceptedAt));
const IS_IN: Record<DifferenceState, SQL | undefined> = {
  open: IS_OPEN,
  accepted: and(IS_FOUND, isNotNull(differences.acceptedAt)),
  resolved: isNotNull(differences.resolvedAt),
};

export function isOpen({
  resolvedAt,
  acceptedAt,
}: Pick<DifferenceRow, "resolvedAt" | "acceptedAt">): boolean {
  return resolvedAt === null && acceptedAt === null;
}

/** One that is known keeps when it was first seen; where it was accepted as something else, it is over and another is open. */
export async function keepDifference(
  tx: BusinessTx,
  found: FoundDifference,
  { runId, now }: { runId: string; now: Date },
): Promise<void> {
  const row = { ...found, reconciliationId: runId };
  const isThis = and(eq(differences.kind, found.kind), eq(differences.subject, found.subject), IS_FOUND);
  // Nobody accepts it meanwhile.
  const [known] = await tx.sql.select().from(differences).where(isThis).for("update");
  if (known && known.acceptedAt !== null && known.foundSha256 !== found.foundSha256)
    await tx.sql.update(differences).set({ resolvedAt: now }).where(isThis);
  await tx.sql
    .insert(differences)
    .values({ ...row, businessId: tx.businessId, firstSeen: now })
    .onConflictDoUpdate({
      target: [differences.businessId, differences.kind, differences.subject],
      targetWhere: IS_FOUND,
      set: row,
    });
}

/** What could not be looked at stays as it is. */
export async function keepOpenOf(tx: BusinessTx, subject: string, runId: string): Promise<void> {
  await tx.sql
    .update(differences)
    .set({ reconciliationId: runId })
    .where(and(eq(differences.subject, subject), IS_FOUND));
}

/** Those the run covered and did not find: `kinds` everywhere, or those of documents of its days or that it looked at. */
export async function closeUnfound(
  tx: BusinessTx,
  run: Pick<ReconciliationRow, "id" | "fromDay" | "toDay">,
  { kinds, ofItsDays, now }: { kinds: readonly DifferenceKind[]; ofItsDays: boolean; now: Date },
): Promise<void> {
  await tx.sql
    .update(differences)
    .set({ resolvedAt: now })
    .where(
      and(
        IS_FOUND,
        inArray(differences.kind, [...kinds]),
        sql`${differences.reconciliationId} <> ${run.id}::uuid`,
        ofItsDays
          ? sql`(${differences.documentDate} between ${run.fromDay} and ${run.toDay} or exists (
              select from reconciled_documents d where d.document_kind = ${differences.documentKind}
                and d.zoho_document_id = ${differences.zohoDocumentId} and d.reconciliation_id = ${run.id}::uuid))`
          : undefined,
      ),
    );
}

/** Of an organisation that is the business's no more: nobody can compare them again. */
export async function closeDifferencesOfDocuments(tx: BusinessTx, now: Date): Promise<void> {
  await tx.sql
    .update(differences)
    .set({ resolvedAt: now })
    .where(and(IS_FOUND, isNotNull(differences.zohoDocumentId)));
}

export interface Acceptance {
  acceptedAt: Date;
  acceptedBy: string;
  acceptedReason: string;
}

/** Under its row lock: as it was accepted; null where it is not open, or not what was seen. */
export async function acceptDifference(
  tx: BusinessTx,
  { id, foundSha256 }: Pick<DifferenceRow, "id" | "foundSha256">,
  acceptance: Acceptance,
): Promise<DifferenceRow | null> {
  const isSeen = and(eq(differences.id, id), eq(differences.foundSha256, foundSha256), IS_OPEN);
  const [accepted] = await tx.sql.update(differences).set(acceptance).where(isSeen).returning();
  return accepted ?? null;
}

/** It is open again; false where it is not accepted, or over. */
export async function withdrawAcceptance(tx: BusinessTx, id: string): Promise<boolean> {
  const open = { acceptedAt: null, acceptedBy: null, acceptedReason: null };
  const isAccepted = and(eq(differences.id, id), IS_IN.accepted);
  const opened = await tx.sql.update(differences).set(open).where(isAccepted).returning();
  return opened.length > 0;
}

export interface DifferenceFilter {
  state: DifferenceState | null;
  kind: DifferenceKind | null;
  belowSequence: bigint | null;
  limit: number;
}

export async function listDifferences(
  tx: BusinessTx,
  { state, kind, belowSequence, limit }: DifferenceFilter,
): Promise<{ difference: DifferenceRow; acceptedByName: string | null }[]> {
  return tx.sql
    .select({ difference: differences, acceptedByName: users.name })
    .from(differences)
    .leftJoin(users, eq(users.id, differences.acceptedBy))
    .where(
      and(
        state === null ? undefined : IS_IN[state],
        kind === null ? undefined : eq(differences.kind, kind),
        belowSequence === null ? undefined : lt(differences.sequence, belowSequence),
      ),
    )
    .orderBy(desc(differences.sequence))
    .limit(limit);
}

export async function findDifference(tx: BusinessTx, id: string): Promise<DifferenceRow | null> {
  const [found] = await tx.sql.select().from(differences).where(eq(differences.id, id));
  return found ?? null;
}

export async function countOpenDifferences(
  tx: BusinessTx,
): Promise<{ kind: DifferenceKind; count: number }[]> {
  return tx.sql
    .select({ kind: differences.kind, count: count() })
    .from(differences)
    .where(IS_OPEN)
    .groupBy(differences.kind)
    .orderBy(asc(differences.kind));
}

/**
 * What another matter tells of the same document (server/src/businesses/notices/open-matters.ts). Of those without an outcome
 * only what was signed after it was given up is no submission's matter, or after another of the document was not.
 */
const IS_TOLD_OTHERWISE = sql`case ${differences.kind}
  when 'not-fiscalised' then ${isAutomated("refused")} or exists (
    select from submissions s where s.document_kind = ${differences.documentKind}
      and s.zoho_document_id = ${differences.zohoDocumentId} and s.state = 'rejected')
  when 'void-after-signing' then ${isAutomated("void-after-fiscalisation")}
  when 'not-written-back' then ${isBlocked(sql`true`)}
  when 'gone-after-signing' then ${isBlocked(sql`${writeBacks.problem} = 'zoho-document-not-found'`)}
  when 'unresolved' then not exists (
    select from submissions s where s.id = ${differences.submissionId}
      and s.problem = 'signature-unexpected' and (s.state <> 'rejected' or exists (
        select from submissions live where live.document_kind = s.document_kind
          and live.zoho_document_id = s.zoho_document_id and live.state not in ('rejected', 'withdrawn'))))
  else false end`;

function isAutomated(state: "refused" | "void-after-fiscalisation"): SQL {
  return sql`exists (select from automated_documents a where a.document_kind = ${differences.documentKind}
    and a.document_id = ${differences.zohoDocumentId} and a.state = ${state})`;
}

function isBlocked(why: SQL): SQL {
  return sql`exists (select from ${writeBacks}
    where ${writeBacks.submissionId} = ${differences.submissionId} and ${IS_BLOCKED} and ${why})`;
}

/** All that no other matter tells: one is told once. */
export async function openDifferences(tx: BusinessTx): Promise<Waiting> {
  const [row] = await tx.sql
    .select({ count: count(), since: min(differences.firstSeen), latest: max(differences.firstSeen) })
    .from(differences)
    .where(and(IS_OPEN, not(IS_TOLD_OTHERWISE)));
  return row ?? { count: 0, since: null, latest: null };
}

/** Under way, unknown or without its receipt since before `before`; also one given up whose bytes were signed after all. */
export async function unresolvedSubmissions(tx: BusinessTx, before: Date, limit: number) {
  const since = sql`coalesce(${submissions.unknownSince}, case ${submissions.state}
    when 'queued' then ${submissions.createdAt} when 'sending' then ${submissions.createdAt}
    else ${submissions.stateSince} end)`;
  return tx.sql
    .select({
      id: submissions.id,
      documentKind: submissions.documentKind,
      zohoDocumentId: submissions.zohoDocumentId,
      documentNumber: submissions.documentNumber,
      state: submissions.state,
    })
    .from(submissions)
    .where(
      and(
        sql`(${submissions.state} in ('queued', 'sending', 'unknown', 'receipt-missing')
          or ${submissions.problem} = 'signature-unexpected')`,
        sql`${since} < ${before.toISOString()}::timestamptz`,
      ),
    )
    .orderBy(asc(submissions.sequence))
    .limit(limit);
}
