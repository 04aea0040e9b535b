import type postgres from "postgres";
import type { OldActivity, OldBusiness } from "./shop.ts";
import { PREDECESSOR_TABLES } from "./tables.ts";

export interface OldUser {
  username: string;
  email: string | null;
  hash: string;
  role: string;
  isActive: boolean;
  /** Null: of no business. */
  tin: string | null;
}

export interface OldReport {
  tin: string;
  type: "X" | "Z";
  day: string;
  number: number;
  isFinal: boolean;
}

export interface OldDatabase {
  businesses: readonly OldBusiness[];
  users: readonly OldUser[];
  reports: readonly OldReport[];
  activities: readonly OldActivity[];
  transactions: readonly { tin: string; number: string }[];
}

const BATCH = 500;

/** Makes the tables in an empty database and fills them. */
export async function fillPredecessor(sql: postgres.Sql, old: OldDatabase): Promise<void> {
  await sql.unsafe(PREDECESSOR_TABLES);
  for (const [index, business] of old.businesses.entries()) {
    await sql`insert into businesses (business_name, email, location, tin_number, phone_number, is_active,
        zoho_organization_id, ebm_service_url)
      values (${business.name}, ${`shop${index}@old.example`}, 'KN 5 Rd 12', ${business.tin}, '+250788000000',
        ${business.isActive}, ${business.organizationId}, ${business.deviceUrl})`;
  }
  const owner = (tin: string | null) => sql`(select id from businesses where tin_number = ${tin})`;
  for (const user of old.users) {
    await sql`insert into users (username, email, hashed_password, role, is_active, business_id)
      values (${user.username}, ${user.email}, ${user.hash}, ${user.role}, ${user.isActive}, ${owner(user.tin)})`;
  }
  for (const { tin, number } of old.transactions) {
    await sql`insert into transactions (business_id, invoice_number, transaction_type, total_amount, tax_amount, net_amount)
      values (${owner(tin)}, ${number}, 'SALE', 118, 18, 100)`;
  }
  for (const { tin, type, day, number, isFinal } of old.reports) {
    await sql`insert into daily_reports (business_id, report_type, report_date, report_number, total_sales, is_finalized)
      values (${owner(tin)}, ${type}, ${day}, ${number}, 1234.50, ${isFinal})`;
  }
  await addActivities(sql, old.activities);
}

export async function addActivities(sql: postgres.Sql, activities: readonly OldActivity[]): Promise<void> {
  for (let first = 0; first < activities.length; first += BATCH) {
    const rows = activities.slice(first, first + BATCH).map((row) => ({ ...row, at: row.at.toISOString() }));
    // As one text: a JSON parameter would be spelled anew, and the spelling is what is tested.
    await sql`
      insert into webhook_activities (id, webhook_type, status, business_tin, zoho_payload, vsdc_payload, vsdc_response,
        created_at, processed_at)
      select id, type::webhook_type, status::webhook_status, tin, document::json, request::json, answer::json, at, at
      from json_to_recordset(${JSON.stringify(rows)}::text::json) as rows (id int, type text, status text, tin text,
        document text, request text, answer text, at timestamptz)`;
  }
}
