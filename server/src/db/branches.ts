import { and, asc, eq, sql } from "drizzle-orm";
import { Failure } from "../failure.ts";
import { branches, freedNumbers } from "./tables.ts";
import type { BusinessTx } from "./with-business.ts";

export type Branch = typeof branches.$inferSelect;

export interface KnownDevice {
  bhfId: string;
  baseUrl: string;
  deviceSerial: string;
}

/** @throws Failure device-not-set-up while something of it is unknown; never once it is initialised. */
export function knownDevice({ id, bhfId, baseUrl, deviceSerial }: Branch): KnownDevice {
  if (bhfId === null || baseUrl === null || deviceSerial === null)
    throw new Failure("device-not-set-up", `the device of branch ${id} is not wholly known`);
  return { bhfId, baseUrl, deviceSerial };
}

/** The business's device; one branch per business until locations are mapped. */
export async function findBranch(tx: BusinessTx): Promise<Branch | null> {
  const [branch] = await tx.sql.select().from(branches).orderBy(asc(branches.bhfId)).limit(1);
  return branch ?? null;
}

export async function findBranchById(tx: BusinessTx, id: string): Promise<Branch | null> {
  const [branch] = await tx.sql.select().from(branches).where(eq(branches.id, id));
  return branch ?? null;
}

/** By the authority's number of the place of sale. */
export async function findBranchByNumber(tx: BusinessTx, bhfId: string): Promise<Branch | null> {
  const [branch] = await tx.sql.select().from(branches).where(eq(branches.bhfId, bhfId));
  return branch ?? null;
}

/** In the order of their numbers. */
export async function listBranches(tx: BusinessTx): Promise<Branch[]> {
  return tx.sql.select().from(branches).orderBy(asc(branches.bhfId));
}

/** Under its row lock: numbers, order and rest of a device change one transaction at a time. */
export async function lockBranch(tx: BusinessTx, branchId: string): Promise<Branch> {
  const [branch] = await tx.sql.select().from(branches).where(eq(branches.id, branchId)).for("update");
  if (!branch) throw new Failure("not-found", `no branch ${branchId}`);
  return branch;
}

/** Held by whoever may make the business's first branch. */
export async function lockFirstBranch(tx: BusinessTx): Promise<void> {
  await tx.sql.execute(sql`
    select pg_advisory_xact_lock(hashtext('fiscalise-first-branch'), hashtext(${tx.businessId}))`);
}

/** All of the business's: what is changed now is seen before the next sale is accepted or sent. */
export async function lockBranches(tx: BusinessTx): Promise<void> {
  await tx.sql.select({ id: branches.id }).from(branches).orderBy(asc(branches.bhfId)).for("update");
}

export type DeviceSettings = KnownDevice & Pick<Branch, "profile" | "lineArithmetic">;

export async function insertBranch(tx: BusinessTx, device: DeviceSettings): Promise<Branch> {
  const [branch] = await tx.sql
    .insert(branches)
    .values({ ...device, businessId: tx.businessId })
    .returning();
  if (!branch) throw new Error("bug: insert returned nothing");
  return branch;
}

export async function updateDevice(
  tx: BusinessTx,
  branchId: string,
  device: DeviceSettings,
): Promise<Branch> {
  const [branch] = await tx.sql.update(branches).set(device).where(eq(branches.id, branchId)).returning();
  if (!branch) throw new Failure("not-found", `no branch ${branchId}`);
  return branch;
}

/** Another device or TIN: nothing the last one said holds. `branchId` null: of every branch. Only before a submission. */
export async function forgetInitialisation(tx: BusinessTx, branchId: string | null): Promise<void> {
  await tx.sql
    .update(branches)
    .set({
      initialisedOn: null,
      vatRegistered: null,
      statedOn: null,
      initialisation: null,
      deviceKeys: null,
      codesSyncedAt: null,
      lastInvoiceNumber: 0n,
      failures: 0,
      failingSince: null,
      restingUntil: null,
      lastAnswerAt: null,
    })
    .where(branchId === null ? undefined : eq(branches.id, branchId));
}

export async function noteCodesSynced(tx: BusinessTx, branchId: string, at: Date): Promise<void> {
  await tx.sql.update(branches).set({ codesSyncedAt: at }).where(eq(branches.id, branchId));
}

/** The lowest number given back, else the next of the counter (fiscal rules §6). Call under the branch's lock. */
export async function reserveNumber(tx: BusinessTx, branchId: string): Promise<bigint> {
  const [freed] = await tx.sql.execute<{ number: string }>(sql`
    delete from freed_numbers where (business_id, branch_id, number) in (
      select business_id, branch_id, number from freed_numbers where branch_id = ${branchId}
      order by number limit 1)
    returning number::text`);
  if (freed) return BigInt(freed.number);
  const [branch] = await tx.sql
    .update(branches)
    .set({ lastInvoiceNumber: sql`${branches.lastInvoiceNumber} + 1` })
    .where(eq(branches.id, branchId))
    .returning({ number: branches.lastInvoiceNumber });
  if (!branch) throw new Failure("not-found", `no branch ${branchId}`);
  return branch.number;
}

export async function freeNumber(tx: BusinessTx, branchId: string, number: bigint): Promise<void> {
  await tx.sql.insert(freedNumbers).values({ businessId: tx.businessId, branchId, number });
}

/** The device answered: its failures are forgotten. */
export async function noteAnswer(tx: BusinessTx, branchId: string, at: Date): Promise<void> {
  await tx.sql
    .update(branches)
    .set({ failures: 0, failingSince: null, restingUntil: null, lastAnswerAt: at })
    .where(eq(branches.id, branchId));
}

export async function noteFailure(
  tx: BusinessTx,
  branchId: string,
  { at, restMs }: { at: Date; restMs: number },
): Promise<void> {
  await tx.sql
    .update(branches)
    .set({
      failures: sql`${branches.failures} + 1`,
      failingSince: sql`coalesce(${branches.failingSince}, ${at.toISOString()}::timestamptz)`,
      restingUntil: restMs > 0 ? new Date(at.getTime() + restMs) : null,
    })
    .where(eq(branches.id, branchId));
}

export async function switchToExact(tx: BusinessTx, branchId: string): Promise<void> {
  await tx.sql.update(branches).set({ lineArithmetic: "exact" }).where(eq(branches.id, branchId));
}

/** What the device said at initialisation; the counter never goes back (fiscal rules §6). */
export async function recordInitialisation(
  tx: BusinessTx,
  branchId: string,
  facts: {
    vatRegistered: boolean;
    initialisedOn: string;
    lastInvoiceNumber: bigint;
    initialisation: unknown;
    /** Sealed; null when the device handed out none this time. */
    deviceKeys: string | null;
  },
): Promise<void> {
  await tx.sql
    .update(branches)
    .set({
      vatRegistered: facts.vatRegistered,
      statedOn: null,
      initialisedOn: sql`coalesce(${branches.initialisedOn}, ${facts.initialisedOn}::date)`,
      lastInvoiceNumber: sql`greatest(${branches.lastInvoiceNumber}, ${facts.lastInvoiceNumber.toString()}::numeric)`,
      initialisation: facts.initialisation,
      deviceKeys: sql`coalesce(${facts.deviceKeys}, ${branches.deviceKeys})`,
    })
    .where(and(eq(branches.id, branchId)));
}

/** What a person says of a device that does not repeat it. Its own first answer, where it was had, is kept beside. */
export async function recordStated(
  tx: BusinessTx,
  branchId: string,
  facts: { vatRegistered: boolean; statedOn: string; lastInvoiceNumber: bigint },
): Promise<void> {
  await tx.sql
    .update(branches)
    .set({
      ...facts,
      initialisedOn: sql`coalesce(${branches.initialisedOn}, ${facts.statedOn}::date)`,
    })
    .where(eq(branches.id, branchId));
}
