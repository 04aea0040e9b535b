import postgres from "postgres";
import * as z from "zod";
import { Failure, messageOf } from "../failure.ts";

/** The predecessor's database, read and never written. JSON comes as its text, so that no amount passes through a float. */

const id = z.coerce.number().int();
const optional = z.string().nullable();
const moment = z
  .string()
  .nullable()
  .transform((ms) => (ms === null ? null : new Date(Number(ms))));

const businessRow = z.object({
  id,
  name: z.string(),
  email: optional,
  location: optional,
  tin: z.string(),
  phone: optional,
  isActive: z.boolean(),
  organizationId: optional,
  currency: optional,
  deviceUrl: optional,
});
export type BusinessRow = z.infer<typeof businessRow>;

const userRow = z.object({
  id,
  username: z.string(),
  email: optional,
  hash: optional,
  role: z.string(),
  isActive: z.boolean(),
  businessId: id.nullable(),
});
export type UserRow = z.infer<typeof userRow>;

const activityRow = z.object({
  id,
  kind: z.enum(["invoice", "credit_note"]),
  status: z.string(),
  tin: optional,
  document: optional,
  request: optional,
  answer: optional,
  createdAt: moment,
  processedAt: moment,
});
export type ActivityRow = z.infer<typeof activityRow>;

const reportRow = z.object({
  id,
  businessId: id,
  type: z.string(),
  isFinal: z.boolean(),
  day: optional,
  number: z.string().nullable(),
  figures: z.string(),
});
export type ReportRow = z.infer<typeof reportRow>;

const numberRow = z.object({ businessId: id, number: z.string() });

const ACTIVITY = `id, webhook_type::text as kind, status::text, business_tin as tin, zoho_payload::text as document,
  vsdc_payload::text as request, vsdc_response::text as answer,
  floor(extract(epoch from created_at) * 1000)::text as "createdAt",
  floor(extract(epoch from processed_at) * 1000)::text as "processedAt"`;

const BATCH = 500;

export interface Source {
  businesses: () => Promise<BusinessRow[]>;
  users: () => Promise<UserRow[]>;
  reports: () => Promise<ReportRow[]>;
  /** Invoice numbers of transactions that are nothing but digits, the highest of each business. */
  transactionNumbers: () => Promise<z.infer<typeof numberRow>[]>;
  /** All of them in batches, oldest first. */
  activities: () => AsyncGenerator<ActivityRow[]>;
  activitiesOf: (ids: readonly number[]) => Promise<ActivityRow[]>;
  /** @throws Failure input-invalid when the address leads to no database of the predecessor's */
  assertIsThere: () => Promise<void>;
  close: () => Promise<void>;
}

export function openSource(url: string): Source {
  const sql = postgres(url, {
    max: 2,
    onnotice: () => {},
    connection: { default_transaction_read_only: true, TimeZone: "UTC" },
  });
  const rows = async <T>(schema: z.ZodType<T>, text: string) =>
    z.array(schema).parse([...(await sql.unsafe(text))]);
  return {
    businesses: () =>
      rows(
        businessRow,
        `select id, business_name as name, email, location, tin_number as tin, phone_number as phone,
          is_active as "isActive", zoho_organization_id as "organizationId", default_currency as currency,
          ebm_service_url as "deviceUrl" from businesses order by id`,
      ),
    users: () =>
      rows(
        userRow,
        `select id, username, email, hashed_password as hash, role::text, is_active as "isActive",
          business_id as "businessId" from users order by id`,
      ),
    reports: () =>
      rows(
        reportRow,
        `select id, business_id as "businessId", report_type::text as type, is_finalized as "isFinal",
          to_char(report_date, 'YYYY-MM-DD') as day, report_number::text as number,
          (to_jsonb(daily_reports) - 'id' - 'business_id' - 'generated_by')::text as figures
        from daily_reports order by id`,
      ),
    transactionNumbers: () =>
      rows(
        numberRow,
        `select business_id as "businessId", max(invoice_number::numeric)::text as number from transactions
        where invoice_number ~ '^[0-9]{1,38}$' group by business_id`,
      ),
    activities: async function* () {
      const found = sql.unsafe(`select ${ACTIVITY} from webhook_activities order by id`).cursor(BATCH);
      for await (const batch of found) yield z.array(activityRow).parse([...batch]);
    },
    activitiesOf: async (ids) =>
      z
        .array(activityRow)
        .parse([
          ...(await sql.unsafe(
            `select ${ACTIVITY} from webhook_activities where id = any($1::bigint[]) order by id`,
            [`{${ids.join(",")}}`],
          )),
        ]),
    assertIsThere: async () => {
      try {
        await sql`select from businesses, users, webhook_activities, daily_reports, transactions limit 0`;
      } catch (error) {
        // The cause stays out: nobody has read a row yet, and its own words are enough.
        throw new Failure("input-invalid", `--from: ${messageOf(error)}`);
      }
    },
    close: () => sql.end(),
  };
}
