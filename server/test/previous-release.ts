import type postgres from "postgres";

export const SHOPS = [
  { id: "10000000-0000-4000-8000-000000000001", tin: "100000001" },
  { id: "10000000-0000-4000-8000-000000000002", tin: "100000002" },
] as const;

const request = JSON.stringify({ custNm: "Kigali Hardware", totAmt: 11_800.5, totTaxAmt: 1_800.08 });

/** What the first release wrote, in every table a later migration changes; as its owner, row-level security and all. */
export async function fillAsPreviousRelease(owner: postgres.Sql): Promise<void> {
  for (const { id, tin } of SHOPS) {
    await owner.begin(async (sql) => {
      await sql`select set_config('app.business_id', ${id}, true)`;
      await sql`insert into businesses (id, name, tin, jurisdiction, last_user_number)
        values (${id}, ${`Shop ${tin}`}, ${tin}, 'RW', 1)`;
      const [user] = await sql`insert into users (business_id, number, name, email, role)
        values (${id}, 1, 'Aline Uwase', 'Aline@Shop.example', 'business_admin') returning id`;
      const [branch] =
        await sql`insert into branches (business_id, bhf_id, base_url, device_serial, last_invoice_number)
        values (${id}, '00', 'http://device.example', ${`serial-${tin}`}, 2) returning id`;
      await fillSales(sql, { id, userId: String(user?.id), branchId: String(branch?.id) });
      await sql`insert into item_classes (business_id, branch_id, code, name, in_use)
        values (${id}, ${String(branch?.id)}, '50101500', 'Fresh fruits', true)`;
      await sql`insert into zoho_connections (business_id, organization_id, organization_name, base_currency,
          accounts_url, api_url, scopes, refresh_token, access_token)
        values (${id}, ${`org-${tin}`}, 'Shop', 'RWF', 'https://accounts.example', 'https://api.example', 'all',
          'sealed', 'sealed')`;
      for (const action of ["business-set-up", "submission-accepted", "receipt-kept"]) {
        await sql`insert into audit_events (business_id, actor, action, subject, detail)
          values (${id}, 'user:1', ${action}, 'submission:1', '{"number": 1}')`;
      }
    });
  }
}

async function fillSales(
  sql: postgres.TransactionSql,
  { id, userId, branchId }: { id: string; userId: string; branchId: string },
): Promise<void> {
  for (const [number, state] of ["fiscalised", "queued"].entries()) {
    const [submission] = await sql`
      insert into submissions (business_id, branch_id, document_kind, transaction_kind, zoho_document_id,
        document_number, state, created_by, actor, invoice_number, line_arithmetic, frozen_at, request_path,
        request_text, request_sha256, sale, document_text, fingerprint, item_codes, registrations, seller)
      values (${id}, ${branchId}, 'invoice', 'sale', ${String(number)}, ${`INV-${number}`}, ${state}, ${userId}, '{}',
        ${number + 1}, 'natural', now(), '/trnsSales/saveSales', ${request}, 'sha', '{}', '{}', '{}', '{}', '[]', '{}')
      returning id`;
    if (state !== "fiscalised") continue;
    await sql`insert into receipts (business_id, submission_id, receipt_number, total_number, internal_data, signature,
        published_at, sdc_id, mrc_number, adopted, seller, qr_text)
      values (${id}, ${String(submission?.id)}, '1', '1', 'internal', 'signature', '20261231235959', 'sdc', 'mrc', false,
        '{}', 'qr')`;
  }
}
