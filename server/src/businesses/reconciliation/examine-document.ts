import type { DocumentKind } from "@fiscalise/shared/refund.ts";
import { keepOpenOf } from "../../db/differences.ts";
import { findOwnerOfCounter } from "../../db/receipt-counters.ts";
import {
  countDocument,
  findReconciled,
  keepReconciled,
  type ReconciledDocument,
  type ReconciledRef,
  type ReconciliationRow,
  requireRunning,
} from "../../db/reconciliations.ts";
import { latestSubmission } from "../../db/submissions.ts";
import type { BusinessId, BusinessTx } from "../../db/with-business.ts";
import { Failure } from "../../failure.ts";
import { fitsPolicy } from "../../fiscal/automation-policy.ts";
import { type DocumentDifference, differencesOf } from "../../fiscal/judge-differences.ts";
import { isResubmittable } from "../../receipts/find-submission.ts";
import { fingerprintOfStored } from "../../receipts/stored-submission.ts";
import type { FieldIds } from "../../write-backs/write-part.ts";
import type { CustomFieldNames } from "../../zoho/invoice.ts";
import { instantOfZoho } from "../../zoho/kept-invoice.ts";
import { type Found, keepFound } from "./keep-found.ts";
import { readSeen, type Seen, SeenSchema, summaryOf } from "./read-seen.ts";
import type { ReconcileDeps } from "./reconcile-deps.ts";
import { type Standing, standingOf } from "./standing.ts";

/** Of a list; null for one that no list showed. */
export interface Listed {
  status: string | null;
  date: string | null;
  modifiedTime: string | null;
}

export interface Examining {
  businessId: BusinessId;
  run: ReconciliationRow;
  names: CustomFieldNames;
  fields: FieldIds | null;
  /** Documents dated before are nobody's here. */
  firstDay: string;
}

/** Zoho's times are whole seconds, and its clock is not ours: what changed this shortly before it was read is read again. */
const CLOCKS_DIFFER_MS = 5_000;

/** Compares one document, reads it only where it has changed since it was read last, and keeps what differs. */
export async function examineDocument(
  deps: ReconcileDeps,
  examining: Examining,
  { ref, listed }: { ref: ReconciledRef; listed: Listed | null },
): Promise<void> {
  const { withBusiness, callBooks, clock } = deps;
  const { businessId, run, names, fields, firstDay } = examining;
  const { standing, kept } = await withBusiness(businessId, async (tx) => ({
    standing: await standingOf(tx, ref, clock()),
    kept: await findReconciled(tx, ref),
  }));
  if (kept?.reconciliationId === run.id) return;
  const of = { documentKind: ref.kind, zohoDocumentId: ref.id, reconciliationId: run.id };
  if (!isCompared(examining, { ref, listed, standing })) {
    // Those that no list showed are asked for until each of them was looked at.
    const looked = { ...of, submissionId: null, modifiedTime: null, readAt: clock(), seen: {} };
    if (listed === null) await withBusiness(businessId, (tx) => keepReconciled(tx, looked));
    return;
  }
  const signed = standing.kind === "signed" ? standing.submission : null;
  const readAt = clock();
  const before = listed && unchangedSince(kept, { listed, submissionId: signed?.id ?? null });
  const known = before !== null && !isReadAnew(before, { kind: ref.kind, fields });
  const seen = known
    ? before
    : await unlessUnreadable(() => readSeen(callBooks, { businessId, ...ref, signed, names, fields }));
  await withBusiness(businessId, async (tx) => {
    // What was read of an organisation that is the business's no more is nothing.
    await requireRunning(tx, run.id);
    if (seen === "unreadable") await keepOpenOf(tx, subjectOf(ref), run.id);
    const found = seen === "unreadable" ? [] : await judge(tx, { ref, standing, seen, listed, firstDay });
    for (const difference of found) await keepFound(tx, difference, { runId: run.id, now: clock() });
    await keepReconciled(tx, {
      ...of,
      submissionId: signed?.id ?? null,
      // What could not be read, or is gone, is read again.
      modifiedTime: seen === "unreadable" || seen === null ? null : (listed?.modifiedTime ?? null),
      readAt: known && kept ? kept.readAt : readAt,
      seen: seen === "unreadable" ? {} : (seen ?? {}),
    });
    const wasRead = seen === "unreadable" ? "unreadable" : !known;
    await countDocument(tx, run.id, { wasRead, found: found.length });
  });
}

/** Only what was signed, and what should have been. */
function isCompared(
  { firstDay }: Examining,
  { ref, listed, standing }: { ref: ReconciledRef; listed: Listed | null; standing: Standing },
): boolean {
  if (standing.kind === "signed") return true;
  if (standing.kind === "under-way") return false;
  return listed === null || isIssued({ kind: ref.kind, firstDay }, listed);
}

function isIssued(
  { kind, firstDay }: { kind: ReconciledRef["kind"]; firstDay: string },
  { status, date }: Pick<Listed, "status" | "date">,
): boolean {
  return fitsPolicy("on-approval", kind, status) && (date ?? "") >= firstDay;
}

/** What it was found to be, where nothing of it has changed since; null: it has to be read. */
function unchangedSince(
  kept: ReconciledDocument | null,
  { listed, submissionId }: { listed: Listed; submissionId: string | null },
): Seen | null {
  if (!kept || kept.submissionId !== submissionId) return null;
  const [before, now] = [instantOfZoho(kept.modifiedTime), instantOfZoho(listed.modifiedTime)];
  if (before === null || before !== now || kept.readAt.getTime() - before < CLOCKS_DIFFER_MS) return null;
  // Another release may have kept it in another form: then it is read again.
  return SeenSchema.safeParse(kept.seen).data ?? null;
}

/** Fields that are made later change no invoice: one that was read without them is read once more. */
function isReadAnew({ carries }: Seen, { kind, fields }: { kind: DocumentKind; fields: FieldIds | null }) {
  return kind === "invoice" && carries === null && fields !== null;
}

/** One document that nobody can read must not end the run. */
async function unlessUnreadable(read: () => Promise<Seen | null>): Promise<Seen | null | "unreadable"> {
  try {
    return await read();
  } catch (error) {
    if (error instanceof Failure && error.code === "zoho-answer-unreadable") return "unreadable";
    throw error;
  }
}

interface Judged {
  ref: ReconciledRef;
  standing: Standing;
  /** Null: Zoho has it no more. */
  seen: Seen | null;
  listed: Listed | null;
  firstDay: string;
}

async function judge(tx: BusinessTx, judged: Judged): Promise<Found[]> {
  const { ref, standing, seen, listed } = judged;
  if (standing.kind === "none" && !(await shouldBeSigned(tx, judged))) return [];
  const signed = standing.kind === "signed" ? standing : null;
  const carried = seen?.carries?.receipt ?? null;
  const owner =
    carried === null || carried === signed?.counter ? null : await findOwnerOfCounter(tx, carried, ref);
  const own = signed?.own ?? null;
  const kinds = differencesOf({ own, seen, carriesAnothers: owner !== null });
  const fingerprint = signed && fingerprintOfStored(signed.submission);
  const here: Record<DocumentDifference, string | null> = {
    "not-fiscalised": null,
    "changed-after-signing": fingerprint && summaryOf(fingerprint),
    "void-after-signing": signed?.counter ?? null,
    "gone-after-signing": signed?.counter ?? null,
    "not-written-back": signed?.counter ?? null,
    "twice-at-zoho": owner && `${carried}, ${owner}`,
  };
  const there: Record<DocumentDifference, string | null> = {
    "not-fiscalised": seen?.summary ?? null,
    "changed-after-signing": seen?.summary ?? null,
    "void-after-signing": seen?.status ?? null,
    "gone-after-signing": null,
    "not-written-back": carried,
    "twice-at-zoho": carried,
  };
  const exact: Partial<Record<DocumentDifference, string | null>> = {
    "not-fiscalised": seen && JSON.stringify([seen.contentSha256, seen.credits.toSorted()]),
    "changed-after-signing": seen?.contentSha256 ?? null,
    "not-written-back": seen?.carries?.verification ?? null,
  };
  return kinds.map((kind) => ({
    kind,
    subject: subjectOf(ref),
    documentKind: ref.kind,
    zohoDocumentId: ref.id,
    documentNumber: signed?.submission.documentNumber ?? seen?.number ?? null,
    // The day by which a run comes upon it.
    documentDate: listed?.date ?? fingerprint?.date ?? seen?.date ?? null,
    submissionId: signed?.submission.id ?? null,
    detail: {
      here: here[kind],
      there: there[kind],
      changes: kind === "changed-after-signing" ? (seen?.changes ?? []) : [],
    },
    exact: exact[kind] ?? null,
  }));
}

/** A credit note only where what it credits was signed: the authority knows nothing of the rest. */
async function shouldBeSigned(tx: BusinessTx, { ref: { kind }, seen, firstDay }: Judged): Promise<boolean> {
  if (seen === null || !isIssued({ kind, firstDay }, seen)) return false;
  if (kind === "invoice") return true;
  for (const zohoId of seen.credits) {
    const sold = await latestSubmission(tx, { kind: "invoice", zohoId });
    if (sold && !isResubmittable(sold)) return true;
  }
  return false;
}

function subjectOf({ kind, id }: ReconciledRef): string {
  return `${kind}:${id}`;
}
