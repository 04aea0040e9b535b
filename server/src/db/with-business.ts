import { sql } from "drizzle-orm";
import { drizzle, type PostgresJsDatabase } from "drizzle-orm/postgres-js";
import postgres from "postgres";
import { preparing } from "./prepared.ts";
import { SESSION_LIMITS } from "./session-limits.ts";
import { createTurns } from "./turns.ts";

declare const branded: unique symbol;
export type BusinessId = string & { [branded]: "BusinessId" };

type Transaction = Parameters<Parameters<PostgresJsDatabase["transaction"]>[0]>[0];

/** A transaction that sees one business only. Made here and nowhere else, so an unscoped query does not compile. */
export interface BusinessTx {
  readonly sql: Transaction;
  readonly businessId: BusinessId;
  readonly [branded]: "BusinessTx";
}

/** A super admin's: its own account and the provider's audit, no business. */
export interface SuperAdminTx {
  readonly sql: Transaction;
  readonly businessId: null;
  readonly superAdminId: string;
  readonly [branded]: "SuperAdminTx";
}

/** Sees nothing; only the functions of schema gate answer it. */
export interface GateTx {
  readonly sql: Transaction;
  readonly [branded]: "GateTx";
}

export type WithBusiness = <T>(businessId: BusinessId, work: (tx: BusinessTx) => Promise<T>) => Promise<T>;
export type WithSuperAdmin = <T>(superAdminId: string, work: (tx: SuperAdminTx) => Promise<T>) => Promise<T>;
export type AtGate = <T>(work: (tx: GateTx) => Promise<T>) => Promise<T>;

export interface Database {
  withBusiness: WithBusiness;
  /** Waits for no turn: for a device's own job, of which one runs at a time. An answer in hand does not queue behind clicks. */
  withBusinessAtOnce: WithBusiness;
  withSuperAdmin: WithSuperAdmin;
  atGate: AtGate;
  /** For the store of request limits, which is no business's. */
  client: postgres.Sql;
  /** Rejects when the database does not answer. */
  ping: () => Promise<void>;
  /** Throws when the role, or one it may take on, could read across businesses. */
  assertRoleIsConfined: () => Promise<void>;
  close: () => Promise<void>;
}

/** How much of the pool one business may hold. */
const SHARE_OF_ONE = 1 / 5;
const AT_ONCE_MIN = 2;
const CLOSE_TIMEOUT_S = 5;
const IDLE_TIMEOUT_S = 60;
const CONNECT_TIMEOUT_S = 5;

export function openDatabase(options: { url: string; prepare: boolean; connectionsMax: number }): Database {
  const client = postgres(options.url, {
    prepare: options.prepare,
    max: options.connectionsMax,
    idle_timeout: IDLE_TIMEOUT_S,
    connect_timeout: CONNECT_TIMEOUT_S,
    fetch_types: false,
    connection: { ...SESSION_LIMITS, idle_in_transaction_session_timeout: 30_000, lock_timeout: 20_000 },
    onnotice: () => {},
  });
  const db = drizzle(preparing(client));
  const inScope = <T>(scope: Scope, work: (tx: Transaction) => Promise<T>) =>
    db.transaction(async (transaction) => {
      // On its way before the first statement of the work, which travels with it and does not run where the scope failed.
      const scoped = enter(transaction, scope);
      const [entered, done] = await Promise.allSettled([scoped, work(transaction)]);
      if (entered.status === "rejected") throw entered.reason;
      if (done.status === "rejected") throw done.reason;
      return done.value;
    });
  const inTurn = createTurns(Math.max(AT_ONCE_MIN, Math.floor(options.connectionsMax * SHARE_OF_ONE)));
  const withBusinessAtOnce: WithBusiness = (businessId, work) =>
    inScope({ business: businessId, superAdmin: "" }, (sql) => work({ sql, businessId } as BusinessTx));
  return {
    withBusiness: (businessId, work) => inTurn(businessId, () => withBusinessAtOnce(businessId, work)),
    withBusinessAtOnce,
    withSuperAdmin: (superAdminId, work) =>
      inScope({ business: "", superAdmin: superAdminId }, (sql) =>
        work({ sql, businessId: null, superAdminId } as SuperAdminTx),
      ),
    atGate: (work) => inScope({ business: "", superAdmin: "" }, (sql) => work({ sql } as GateTx)),
    client,
    ping: async () => {
      await db.execute(sql`select 1`);
    },
    assertRoleIsConfined: async () => {
      const [role] = await db.execute<{ free: boolean }>(sql`
        select exists (
          select from pg_roles r
          where pg_has_role(current_user, r.oid, 'member') and (r.rolsuper or r.rolbypassrls or r.rolname = 'fiscalise_gate'
            or exists (
              select from pg_class c join pg_namespace n on n.oid = c.relnamespace
              where n.nspname = 'public' and c.relkind = 'r' and c.relowner = r.oid))) as free`);
      if (role?.free !== false) {
        throw new Error(
          "DATABASE_URL must log in as a role that owns no table and cannot bypass row-level security",
        );
      }
    },
    close: () => client.end({ timeout: CLOSE_TIMEOUT_S }),
  };
}

interface Scope {
  business: string;
  superAdmin: string;
}

/** Both, always: what a connection might have kept from before never counts. Sends at once: drizzle alone would wait for `await`. */
function enter(transaction: Transaction, { business, superAdmin }: Scope): Promise<unknown> {
  return transaction
    .execute(sql`
      select set_config('app.business_id', ${business}, true), set_config('app.super_admin', ${superAdmin}, true)`)
    .then();
}

const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;

/** Only a verified session, a job's payload or provisioning names a business. */
export function businessId(text: string): BusinessId {
  if (!UUID.test(text)) throw new Error("bug: not a business id");
  return text as BusinessId;
}

export function isUuid(text: string): boolean {
  return UUID.test(text);
}
