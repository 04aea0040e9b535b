import type { SignedData } from "../vsdc/rwanda/sale-schema.ts";
import type { Activity } from "./read-activity.ts";
import type { DirtyRow, Reason } from "./report.ts";

/** What one document becomes: a receipt, or a submission without one that keeps it from being signed again. */
export interface Entry {
  activity: Activity;
  /** Null: it comes with its receipt. */
  heldFor: Reason | null;
  invoiceNumber: bigint | null;
  /** Of a refund. */
  original: Entry | null;
  /** A refund of it was signed. */
  isRefunded: boolean;
}

export interface Plan {
  /** Sales first, in the order they were processed; then refunds. */
  entries: Entry[];
  dirty: DirtyRow[];
}

interface Judged {
  activity: Activity;
  heldFor: Reason | null;
}

/** All activities of one business; pure, so that a second run comes to the same. */
export function planActivities(activities: readonly Activity[]): Plan {
  const dirty: DirtyRow[] = [];
  const say = (activity: Activity, reason: Reason, isHeld = false) =>
    dirty.push({ table: "webhook_activities", id: activity.id, reason, isHeld });
  const known = activities.filter((activity) => {
    if (activity.documentId === null) say(activity, PROVES[activity.evidence] ?? "document-unknown");
    return activity.documentId !== null;
  });
  const documents = Map.groupBy(known, ({ kind, documentId }) => `${kind}:${documentId}`);
  const judged = [...documents.values()].flatMap((attempts) => judgeDocument(attempts, say) ?? []);
  holdShared(judged);
  const ordered = judged.sort((one, other) => orderOf(one) - orderOf(other));
  const entries = numberEntries(ordered);
  const withOriginals = findOriginals(entries, say);
  for (const { activity, heldFor } of withOriginals) if (heldFor) say(activity, heldFor, true);
  return { entries: withOriginals, dirty };
}

type Say = (activity: Activity, reason: Reason, isHeld?: boolean) => void;

const PROVES: Partial<Record<Activity["evidence"], Reason>> = {
  refused: "refused-by-device",
  "not-sent": "never-sent",
};

/** Null: nothing was, or may have been, signed for it. */
function judgeDocument(attempts: Activity[], say: Say): Judged | null {
  const of = (evidence: Activity["evidence"]) => attempts.filter((attempt) => attempt.evidence === evidence);
  for (const attempt of attempts) {
    const reason = PROVES[attempt.evidence];
    if (reason) say(attempt, reason);
  }
  const signed = [...of("signed")].sort(byProcessed);
  const [first] = signed;
  const unknown = of("unknown");
  if (first) {
    for (const attempt of unknown) say(attempt, "outcome-unknown-beside-receipt");
    return judgeSigned(first, signed, say);
  }
  const [unclear] = of("unclear");
  if (unclear) return { activity: unclear, heldFor: heldForUnclear(unclear) };
  const last = unknown.at(-1);
  return last ? { activity: last, heldFor: "outcome-unknown" } : null;
}

function heldForUnclear(activity: Activity): Reason {
  return activity.isReadable ? "receipt-incomplete" : "request-unreadable";
}

function judgeSigned(first: Activity, signed: Activity[], say: Say): Judged {
  const others = signed.filter((attempt) => receiptOf(attempt) !== receiptOf(first));
  for (const attempt of signed) {
    if (attempt !== first && !others.includes(attempt)) say(attempt, "same-receipt-again");
  }
  const isClear = others.every((other) => isBefore(first, other));
  for (const other of others) say(other, isClear ? "second-receipt" : "receipts-ambiguous");
  if (!isClear) return { activity: first, heldFor: "receipts-ambiguous" };
  if (!first.isReadable) return { activity: first, heldFor: "request-unreadable" };
  return { activity: first, heldFor: first.tinContradicts ? "tin-contradicts" : null };
}

/** By the time it was processed and by the device's own count alike. */
function isBefore(one: Activity, other: Activity): boolean {
  const [at, otherAt] = [one.processedAt, other.processedAt];
  const [receipt, otherReceipt] = [one.signed, other.signed];
  if (!at || !otherAt || !receipt || !otherReceipt || receipt.sdcId !== otherReceipt.sdcId) return false;
  return at < otherAt && BigInt(receipt.totRcptNo) < BigInt(otherReceipt.totRcptNo);
}

/** A receipt is of one document: where two claim it, nothing says whose it is. */
function holdShared(judged: Judged[]): void {
  const clean = judged.filter(({ heldFor }) => heldFor === null);
  for (const keyOf of [receiptOf, ({ signed }: Activity) => signed?.rcptSign ?? ""]) {
    for (const claimants of Map.groupBy(clean, ({ activity }) => keyOf(activity)).values()) {
      if (claimants.length > 1) for (const one of claimants) one.heldFor = "receipt-of-two-documents";
    }
  }
}

function receiptOf({ signed }: { signed: SignedData | null }): string {
  return `${signed?.sdcId} ${signed?.totRcptNo}`;
}

/** The device knows a number once: where two receipts have it, the one it signed first keeps it. */
function numberEntries(judged: Judged[]): Entry[] {
  const taken = new Set<bigint>();
  const clean = judged.filter(({ heldFor }) => heldFor === null);
  for (const claimants of Map.groupBy(clean, ({ activity }) => activity.invoiceNumber).values()) {
    const [first, ...others] = claimants;
    if (!first || others.length === 0) continue;
    const isClear = others.every((other) => isBefore(first.activity, other.activity));
    for (const one of isClear ? others : claimants) one.heldFor = "number-used-twice";
  }
  for (const { activity, heldFor } of judged)
    if (heldFor === null && activity.invoiceNumber !== null) taken.add(activity.invoiceNumber);
  return judged.map(({ activity, heldFor }) => {
    const { invoiceNumber } = activity;
    const isFree = heldFor === null || (invoiceNumber !== null && !taken.has(invoiceNumber));
    if (isFree && invoiceNumber !== null) taken.add(invoiceNumber);
    return {
      activity,
      heldFor,
      invoiceNumber: isFree ? invoiceNumber : null,
      original: null,
      isRefunded: false,
    };
  });
}

/** As the device was told. A refund whose sale is not here can stand for nothing here. */
function findOriginals(entries: Entry[], say: Say): Entry[] {
  const sales = entries.filter(({ activity }) => activity.kind === "invoice");
  const byNumber = new Map(sales.map((sale) => [sale.invoiceNumber, sale]));
  const refunded = new Set<Entry>();
  const refunds = entries.flatMap((entry) => {
    const { activity } = entry;
    if (activity.kind === "invoice") return [];
    const original = activity.originalNumber === null ? undefined : byNumber.get(activity.originalNumber);
    if (!original || activity.refundReason === null) {
      say(activity, "refund-without-original");
      return [];
    }
    if (refunded.has(original)) {
      say(activity, "second-refund");
      return [];
    }
    refunded.add(original);
    original.isRefunded = entry.heldFor === null;
    return [{ ...entry, original }];
  });
  return [...sales, ...refunds];
}

function byProcessed(one: Activity, other: Activity): number {
  return orderOf({ activity: one }) - orderOf({ activity: other });
}

function orderOf({ activity }: { activity: Activity }): number {
  return activity.processedAt?.getTime() ?? Number.MAX_SAFE_INTEGER;
}
