import { sql } from "drizzle-orm";
import {
  type BusinessId,
  type BusinessTx,
  businessId,
  type GateTx,
  type SuperAdminTx,
} from "./with-business.ts";

/** The questions asked before a business is known; each is a function of schema gate (docs/decisions/010). */

export interface Account {
  userId: string;
  /** Null for a super admin. */
  businessId: BusinessId | null;
  role: "super_admin" | "business_admin" | "business_user";
  passwordHash: string;
  businessName: string | null;
  businessTin: string | null;
}

/** Active accounts with a password under this e-mail address, over all businesses or in that of one TIN. */
export async function accountsOf(tx: GateTx, email: string, tin: string | null): Promise<Account[]> {
  const rows = await tx.sql.execute<{
    user_id: string;
    business_id: string | null;
    role: Account["role"];
    password_hash: string;
    business_name: string | null;
    business_tin: string | null;
  }>(sql`select * from gate.accounts_of(${email}, ${tin}::text)`);
  return rows.map((row) => ({
    userId: row.user_id,
    businessId: row.business_id === null ? null : businessId(row.business_id),
    role: row.role,
    passwordHash: row.password_hash,
    businessName: row.business_name,
    businessTin: row.business_tin,
  }));
}

export interface Person {
  businessId: BusinessId | null;
  userId: string;
}

export async function ownerOfRefreshToken(tx: GateTx, sha256: string): Promise<Person | null> {
  const [row] = await tx.sql.execute<{ business_id: string | null; user_id: string }>(
    sql`select * from gate.owner_of_refresh_token(${sha256})`,
  );
  if (!row) return null;
  return {
    userId: row.user_id,
    businessId: row.business_id === null ? null : businessId(row.business_id),
  };
}

export async function businessOfCode(tx: GateTx, sha256: string): Promise<BusinessId | null> {
  const [row] = await tx.sql.execute<{ id: string | null }>(
    sql`select gate.business_of_code(${sha256}) as id`,
  );
  return row?.id ? businessId(row.id) : null;
}

export interface ListedBusiness {
  id: string;
  name: string;
  tin: string;
  email: string | null;
  phone: string | null;
  address: string | null;
  status: "active" | "inactive";
  jurisdiction: "RW";
  createdAt: string;
  updatedAt: string;
}

export interface BusinessQuery {
  search: string | null;
  status: "active" | "inactive" | null;
  pageSize: number;
  skip: number;
}

/** By name; `total` counts all that match. Refused by the database unless the super admin is one and active. */
export async function listBusinesses(
  tx: SuperAdminTx,
  query: BusinessQuery,
): Promise<{ items: ListedBusiness[]; total: number }> {
  const rows = await tx.sql.execute<
    Omit<ListedBusiness, "createdAt" | "updatedAt"> & {
      created_at: string;
      updated_at: string;
      total: string;
    }
  >(
    sql`select * from gate.list_businesses(${query.search}, ${query.status}, ${query.pageSize}, ${query.skip})`,
  );
  const items = rows.map(({ total: _, created_at, updated_at, ...row }) => ({
    ...row,
    createdAt: new Date(created_at).toISOString(),
    updatedAt: new Date(updated_at).toISOString(),
  }));
  return { items, total: Number(rows[0]?.total ?? 0) };
}

/** Whether somebody is one of the provider's at this moment. */
export async function isSuperAdmin(tx: BusinessTx, id: string): Promise<boolean> {
  const [row] = await tx.sql.execute<{ is: boolean }>(sql`select gate.is_super_admin(${id}::uuid) as is`);
  return row?.is === true;
}

/** Of every status, in the order of their ids; a page after one of them, or the first. */
export async function businessesById(
  tx: GateTx | SuperAdminTx,
  { after, size }: { after: BusinessId | null; size: number },
): Promise<BusinessId[]> {
  const rows = await tx.sql.execute<{ business_id: string }>(
    sql`select * from gate.businesses_by_id(${after}::uuid, ${size})`,
  );
  return rows.map(({ business_id }) => businessId(business_id));
}

export interface ListedSuperAdmin {
  id: string;
  number: number;
  name: string;
  email: string;
  status: "active" | "inactive";
  createdAt: string;
  lastSignInAt: string | null;
}

/** All of the provider's, ended ones too. Denied (42501) to the server's login. */
export async function listSuperAdmins(tx: GateTx | SuperAdminTx): Promise<ListedSuperAdmin[]> {
  const rows = await tx.sql.execute<
    Omit<ListedSuperAdmin, "createdAt" | "lastSignInAt"> & {
      created_at: string;
      last_sign_in_at: string | null;
    }
  >(sql`select * from gate.super_admins()`);
  return rows.map(({ created_at, last_sign_in_at, ...row }) => ({
    ...row,
    createdAt: new Date(created_at).toISOString(),
    lastSignInAt: last_sign_in_at === null ? null : new Date(last_sign_in_at).toISOString(),
  }));
}
