import { and, desc, eq, lt, or, sql } from "drizzle-orm";
import { isAccepted } from "./accepted-differences.ts";
import {
  type AUTOMATED_STATES,
  automatedDocuments,
  webhookDeliveries,
  zohoAutomation,
} from "./automation-tables.ts";
import type { DataKey } from "./data-keys.ts";
import { type DocumentToLookAt, enqueuingDocument } from "./queue.ts";
import type { BusinessTx, GateTx } from "./with-business.ts";
import { type BusinessId, businessId } from "./with-business.ts";

export type Automation = typeof zohoAutomation.$inferSelect;
export type AutomatedDocument = typeof automatedDocuments.$inferSelect;
export type AutomatedState = (typeof AUTOMATED_STATES)[number];
export type DocumentKind = AutomatedDocument["documentKind"];

/** Whose webhook has this token; null for nobody's. */
export async function businessOfWebhook(tx: GateTx, tokenSha256: string): Promise<BusinessId | null> {
  const [row] = await tx.sql.execute<{ id: string | null }>(
    sql`select gate.business_of_webhook(${tokenSha256}) as id`,
  );
  return row?.id ? businessId(row.id) : null;
}

/** Active businesses with an organisation, whose policy fiscalises by itself. */
export async function businessesToSweep(tx: GateTx): Promise<BusinessId[]> {
  const rows = await tx.sql.execute<{ business_id: string }>(sql`select * from gate.businesses_to_sweep()`);
  return rows.map(({ business_id }) => businessId(business_id));
}

export async function findAutomation(tx: BusinessTx): Promise<Automation | null> {
  const [row] = await tx.sql.select().from(zohoAutomation);
  return row ?? null;
}

export async function keepAutomation(
  tx: BusinessTx,
  change: Partial<Omit<Automation, "businessId">>,
): Promise<void> {
  await tx.sql
    .insert(zohoAutomation)
    .values({ businessId: tx.businessId, ...change })
    .onConflictDoUpdate({ target: zohoAutomation.businessId, set: change });
}

/** What the business's plan allows in a day; null: not known. */
export async function findDailyCallsMax(tx: BusinessTx): Promise<number | null> {
  return (await findAutomation(tx))?.dailyCallsMax ?? null;
}

export interface Webhook {
  /** Any of which may have signed, sealed, each with the data key that opens it. */
  secrets: { sealed: string; dataKey: DataKey | null }[];
  isActive: boolean;
}

/** What a delivery to the address with this token is judged by; null when the token is not, or no longer, the business's. */
export async function findWebhook(tx: BusinessTx, tokenSha256: string, now: Date): Promise<Webhook | null> {
  const rows = await tx.sql.execute<{
    sealed: string;
    is_active: boolean;
    id: string | null;
    wrapped: string | null;
  }>(sql`
    select taken.sealed, b.status = 'active' as is_active, k.id, k.wrapped
    from zoho_automation a join businesses b on b.id = a.business_id
    join zoho_connections z on z.business_id = a.business_id and z.status <> 'disconnected'
    cross join lateral (values
      (a.secret), (case when a.secret_before_until > ${now.toISOString()}::timestamptz then a.secret_before end)
    ) as taken (sealed)
    left join data_keys k on k.business_id = a.business_id and k.id::text = split_part(taken.sealed, '.', 2)
    where a.token_sha256 = ${tokenSha256} and taken.sealed is not null`);
  const [first] = rows;
  if (!first) return null;
  const secrets = rows.map(({ sealed, id, wrapped }) => ({
    sealed,
    dataKey: id !== null && wrapped !== null ? { id, wrapped } : null,
  }));
  return { secrets, isActive: first.is_active };
}

export interface NewDelivery {
  contentSha256: string;
  trigger: DocumentToLookAt | null;
  isAccepted: boolean;
  receivedAt: Date;
}

/** Keeps it and, where it was accepted, queues the look at its document. False when the same content came within the window before. */
export async function keepDelivery(
  tx: BusinessTx,
  { contentSha256, trigger, isAccepted, receivedAt }: NewDelivery,
  windowStart: Date,
): Promise<boolean> {
  const queued = trigger && isAccepted ? enqueuingDocument(tx, trigger, receivedAt) : sql`1`;
  const kept = await tx.sql.execute(sql`
    with kept as (
      insert into webhook_deliveries as known
        (business_id, content_sha256, document_kind, document_id, state, received_at)
      values (${tx.businessId}::uuid, ${contentSha256}, ${trigger?.kind ?? null}, ${trigger?.id ?? null},
        ${isAccepted ? "accepted" : "ignored"}, ${receivedAt.toISOString()}::timestamptz)
      on conflict (business_id, content_sha256) do update
        set received_at = excluded.received_at, state = excluded.state
        where known.received_at < ${windowStart.toISOString()}::timestamptz
      returning 1)
    select ${queued} from kept`);
  return kept.length > 0;
}

export async function lastDeliveryAt(tx: BusinessTx): Promise<Date | null> {
  const [last] = await tx.sql
    .select({ at: webhookDeliveries.receivedAt })
    .from(webhookDeliveries)
    .orderBy(desc(webhookDeliveries.receivedAt))
    .limit(1);
  return last?.at ?? null;
}

export async function dropDeliveriesBefore(tx: BusinessTx, at: Date): Promise<void> {
  await tx.sql.delete(webhookDeliveries).where(lt(webhookDeliveries.receivedAt, at));
}

const isThis = (kind: DocumentKind, id: string) =>
  sql`${automatedDocuments.documentKind} = ${kind} and ${automatedDocuments.documentId} = ${id}`;

export async function findAutomatedDocument(
  tx: BusinessTx,
  { kind, id }: { kind: DocumentKind; id: string },
): Promise<AutomatedDocument | null> {
  const [row] = await tx.sql.select().from(automatedDocuments).where(isThis(kind, id));
  return row ?? null;
}

export async function keepAutomatedDocument(
  tx: BusinessTx,
  row: Omit<AutomatedDocument, "businessId">,
): Promise<void> {
  await tx.sql
    .insert(automatedDocuments)
    .values({ ...row, businessId: tx.businessId })
    .onConflictDoUpdate({
      target: [automatedDocuments.businessId, automatedDocuments.documentKind, automatedDocuments.documentId],
      set: row,
    });
}

/** A person may have fiscalised it since. */
const IS_UNSUBMITTED = sql`not exists (
  select from submissions s where s.document_kind = automated_documents.document_kind
    and s.zoho_document_id = automated_documents.document_id and s.state not in ('rejected', 'withdrawn'))`;

const SUBJECT = sql`automated_documents.document_kind || ':' || automated_documents.document_id`;
const isAcceptedAs = (kind: "void-after-signing" | "not-fiscalised") =>
  isAccepted({ subject: SUBJECT }, sql`automated_documents.state_since`, kind);
/** Nor did anybody accept that it is so. */
const WAITS_FOR_A_PERSON = sql`(
  state = 'void-after-fiscalisation' and not ${isAcceptedAs("void-after-signing")}
  or state = 'refused' and ${IS_UNSUBMITTED} and not ${isAcceptedAs("not-fiscalised")})`;

/** What waits for a person, or to be tried again, newest first. */
export async function openAutomatedDocuments(tx: BusinessTx, limit: number): Promise<AutomatedDocument[]> {
  return tx.sql
    .select()
    .from(automatedDocuments)
    .where(or(and(eq(automatedDocuments.state, "waiting"), IS_UNSUBMITTED), WAITS_FOR_A_PERSON))
    .orderBy(desc(automatedDocuments.stateSince))
    .limit(limit);
}

export interface OpenAutomated {
  count: number;
  since: Date | null;
  latest: Date | null;
}

/** How many wait for a person, by state. */
export async function countAutomated(
  tx: BusinessTx,
): Promise<(state: "refused" | "void-after-fiscalisation") => OpenAutomated> {
  const rows = await tx.sql.execute<{
    state: string;
    count: string;
    since: string | null;
    latest: string | null;
  }>(sql`
    select state, count(*), min(state_since) as since, max(state_since) as latest
    from automated_documents where ${WAITS_FOR_A_PERSON} group by state`);
  const at = (text: string | null | undefined) => (text ? new Date(text) : null);
  return (state) => {
    const row = rows.find((each) => each.state === state);
    return { count: Number(row?.count ?? 0), since: at(row?.since), latest: at(row?.latest) };
  };
}
