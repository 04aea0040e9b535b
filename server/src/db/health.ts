import { sql } from "drizzle-orm";
import type { BusinessTx } from "./with-business.ts";

export interface Open {
  count: number;
  since: Date | null;
}
const BACKLOG = ["queued", "sending", "unknown", "receipt-missing"] as const;
const WRITTEN = ["write-back-waiting", "write-back-blocked", "document-waiting"] as const;
export type OpenKind = (typeof BACKLOG)[number] | (typeof WRITTEN)[number];

/** What of a business is not done, by partial indexes of what is open. */
export async function openWork(tx: BusinessTx): Promise<(kind: OpenKind) => Open> {
  const rows = await tx.sql.execute<{ kind: OpenKind; count: string; since: string | null }>(sql`
    select state as kind, count(*), min(created_at) as since from submissions
      where state in ('queued', 'sending', 'unknown') group by state
    union all select 'receipt-missing', count(*), min(created_at) from submissions where state = 'receipt-missing'
    union all select 'write-back-waiting', count(*), min(created_at) from write_backs
      where state in ('waiting', 'writing')
    union all select 'write-back-blocked', count(*), min(state_since) from write_backs where state = 'blocked'
    union all select 'document-waiting', count(*), min(state_since) from automated_documents where state = 'waiting'`);
  return (kind) => {
    const row = rows.find((each) => each.kind === kind);
    return { count: Number(row?.count ?? 0), since: row?.since ? new Date(row.since) : null };
  };
}
