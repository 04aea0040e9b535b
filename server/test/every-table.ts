import { randomBytes, randomUUID } from "node:crypto";
import type postgres from "postgres";
import type { Business } from "./harness.ts";

export interface Table {
  name: string;
  /** The column that says whose a row is; null when none does. */
  business: "id" | "business_id" | null;
}

/** As the catalog has them, so that a new one is tested without being named. */
export async function listTables(owner: postgres.Sql): Promise<Table[]> {
  return owner<Table[]>`
    select c.relname as name, case when c.relname = 'businesses' then 'id' else a.attname::text end as business
    from pg_class c left join pg_attribute a on a.attrelid = c.oid and a.attname = 'business_id'
    where c.relnamespace = 'public'::regnamespace and c.relkind in ('r', 'p') order by 1`;
}

/** What selling leaves empty; a sold receipt is needed first. */
export async function fillOtherTables(
  owner: postgres.Sql,
  { id, branchId, userId }: Pick<Business, "id" | "branchId" | "userId">,
): Promise<void> {
  const digest = () => randomBytes(32).toString("hex");
  await owner.begin(async (sql) => {
    await sql`insert into logos values (${id}, ${digest()}, '\\x00')`;
    await sql`insert into freed_numbers values (${id}, ${branchId}, 900)`;
    await sql`insert into lost_numbers (business_id, branch_id, number) values (${id}, ${branchId}, 901)`;
    await sql`insert into tax_mappings values (${id}, '9', 'B')`;
    await sql`insert into oauth_states values (${id}, ${digest()}, ${userId}, null, now() + interval '1 hour')`;
    await sql`insert into zoho_revocations (business_id, accounts_url, refresh_token) values (${id}, 'x', 'x')`;
    await sql`insert into receipt_copies (business_id, receipt_id, number)
      select business_id, id, 1 from receipts where business_id = ${id} limit 1`;
    await sql`insert into refresh_tokens (sha256, business_id, session_id) values (${digest()}, ${id}, ${userId})`;
    await sql`insert into one_time_codes (sha256, business_id, user_id, kind, expires_at)
      values (${digest()}, ${id}, ${userId}, 'invitation', now() + interval '1 hour')`;
    await sql`insert into notice_mails (business_id, user_id) values (${id}, ${userId})`;
    await sql`insert into bulk_runs (business_id, id, created_by, created_at, state, state_since)
      values (${id}, ${id}, ${userId}, now(), 'done', now())`;
    await sql`insert into bulk_documents (business_id, run_id, position, zoho_document_id) values (${id}, ${id}, 1, '1')`;
    await sql`insert into reconciliations (business_id, id, created_at, from_day, to_day, outcome, ended_at)
      values (${id}, ${id}, now(), '2026-01-01', '2026-01-02', 'completed', now())`;
    await sql`insert into reconciled_documents (business_id, document_kind, zoho_document_id, reconciliation_id, read_at, seen)
      values (${id}, 'invoice', '1', ${id}, now(), '{}')`;
    await sql`insert into differences (business_id, id, kind, subject, detail, found_sha256, first_seen, reconciliation_id)
      values (${id}, ${id}, 'device-ahead', 'device:1', '{}', '', now(), ${id})`;
    await sql`insert into zoho_usage (business_id, day) values (${id}, '2026-01-01') on conflict do nothing`;
    await sql`insert into usage_days values (${id}, '2026-01-01', 1, 1, 1)`;
    await sql`insert into webhook_deliveries (business_id, content_sha256, state, received_at)
      values (${id}, ${digest()}, 'ignored', now())`;
    await sql`insert into zoho_automation (business_id) values (${id}) on conflict do nothing`;
    await sql`insert into automated_documents (business_id, document_kind, document_id, state, state_since, judged_at)
      values (${id}, 'invoice', '1', 'left', now(), now())`;
    await sql`insert into leases values (${id}, 'bundle', ${id}, now())`;
    await sql`insert into day_reports (business_id, id, branch_id, number, day, incomplete, seller, closed_at)
      values (${id}, ${id}, ${branchId}, 1, '2026-01-01', '{}', '{}', now())`;
    await sql`insert into day_report_figures values (${id}, ${id}, 0, null, null, 0, 0, '{}')`;
    await sql`insert into unsigned_papers (business_id, id, kind, number, document_kind, zoho_document_id, document_number,
      content, content_sha256, made_at, made_by)
      values (${id}, ${id}, 'PS', 1, 'invoice', '1', 'INV-1', '{}', 'x', now(), ${userId})`;
    await sql`insert into predecessor_calls values (${id}, 'invoice-webhook', '2026-01-01', 1)`;
    await sql`insert into predecessor_rows values (${id}, 'users', 1, ${userId}, 'aline', now())`;
    await sql`insert into imported_day_reports (business_id, number, day, figures, imported_at)
      values (${id}, 1, '2024-01-01', '{}', now())`;
    await sql`insert into data_keys (business_id, wrapped) values (${id}, 'x')`;
  });
}

/** A super admin with a session, whose id is the person's own. */
export async function insertSuperAdmin(owner: postgres.Sql, number = 1): Promise<string> {
  const id = randomUUID();
  await owner`
    insert into users (id, business_id, number, name, email, role)
    values (${id}, null, ${number}, 'Provider', ${`provider${number}@example.rw`}, 'super_admin')`;
  await owner`insert into sessions (id, user_id, expires_at) values (${id}, ${id}, now() + interval '1 day')`;
  return id;
}

/** Every row of one business in every table, to see whether somebody else's requests moved any. */
export async function rowsOf(owner: postgres.Sql, businessId: string): Promise<Record<string, string[]>> {
  const rows: Record<string, string[]> = {};
  for (const { name, business } of await listTables(owner)) {
    if (business === null) continue;
    const found = await owner.unsafe(
      `select to_jsonb(t)::text as row from "${name}" t where ${business} = $1 order by 1`,
      [businessId],
    );
    rows[name] = found.map(({ row }) => String(row));
  }
  return rows;
}
