/** Why a row of the predecessor is not, or not wholly, what it should be; each has its words in docs/migration.md. */
export const REASONS = [
  "tin-invalid",
  "tin-taken",
  "organization-invalid",
  "device-address-invalid",
  "branch-ambiguous",
  "business-unknown",
  "business-not-migrated",
  "user-without-business",
  "user-of-the-provider",
  "user-role-unknown",
  "email-missing",
  "email-twice",
  "password-unreadable",
  "document-unknown",
  "never-sent",
  "refused-by-device",
  "outcome-unknown",
  "outcome-unknown-beside-receipt",
  "request-unreadable",
  "receipt-incomplete",
  "tin-contradicts",
  "same-receipt-again",
  "second-receipt",
  "receipts-ambiguous",
  "receipt-of-two-documents",
  "number-used-twice",
  "refund-without-original",
  "second-refund",
  "submitted-here-already",
  "report-not-closed",
  "report-unreadable",
  "report-number-twice",
] as const;
export type Reason = (typeof REASONS)[number];

export interface DirtyRow {
  table: "businesses" | "users" | "webhook_activities" | "daily_reports";
  id: number;
  reason: Reason;
  /** The document cannot be signed here: a submission without a receipt holds it. */
  isHeld: boolean;
}

export interface Counts {
  businesses: number;
  users: number;
  receipts: number;
  held: number;
  reports: number;
}

export interface Result {
  /** Brought by this run. */
  brought: Counts;
  /** Here since an earlier one. */
  known: Counts;
  dirty: DirtyRow[];
}

export const nothing = (): Counts => ({ businesses: 0, users: 0, receipts: 0, held: 0, reports: 0 });

/** Ids and reasons alone: names and amounts stay where they are. */
export function summaryOf({ brought, known, dirty }: Result, isDry: boolean): string {
  const lines = (Object.keys(brought) as (keyof Counts)[]).map(
    (name) => `${name.padEnd(12)}${String(brought[name]).padStart(8)}${String(known[name]).padStart(12)}`,
  );
  const reasons = Map.groupBy(dirty, ({ table, reason }) => `${table}: ${reason}`);
  const counted = [...reasons].sort().map(([what, rows]) => `  ${String(rows.length).padStart(6)}  ${what}`);
  return [
    `${"".padEnd(12)}${isDry ? "would come" : "     came"}${"here before".padStart(12)}`,
    ...lines,
    `\nrows to look at: ${dirty.length}`,
    ...counted,
  ].join("\n");
}

export function csvOf(dirty: readonly DirtyRow[]): string {
  const lines = dirty.map(({ table, id, reason, isHeld }) =>
    [table, id, reason, isHeld ? "yes" : "no"].join(","),
  );
  return `${["table,id,reason,held", ...lines].join("\r\n")}\r\n`;
}
