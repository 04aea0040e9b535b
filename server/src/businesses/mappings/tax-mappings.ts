import type { TaxMappings, TaxMappingsChange } from "@fiscalise/shared/api/mappings.ts";
import type { ComplaintCode } from "@fiscalise/shared/complaint.ts";
import type { Actor } from "../../actor.ts";
import { recordAudit } from "../../db/audit.ts";
import { findBranch } from "../../db/branches.ts";
import {
  listTaxMappings,
  replaceTaxMappings,
  type TaxClass,
  type TaxMapping,
} from "../../db/tax-mappings.ts";
import type { BusinessId, WithBusiness } from "../../db/with-business.ts";
import { Failure } from "../../failure.ts";
import { type Decimal, plain, ZERO } from "../../fiscal/decimal.ts";
import { lookup } from "../../fiscal/lookup.ts";
import { classify } from "../../fiscal/tax-class.ts";
import { actingUser, auditedBy } from "../../receipts/actor.ts";
import { TaxMappingSchema } from "../../receipts/business-profile.ts";
import { requireBusiness } from "../../receipts/require-business.ts";
import { RWANDA } from "../../vsdc/rwanda/jurisdiction.ts";
import { lockAsAdmin } from "../require-admin.ts";

export interface ZohoTax {
  id: string;
  name: string;
  /** Of a group: the sum of its parts. */
  percentage: Decimal;
  isGroup: boolean;
}

export interface TaxesOf {
  readTaxes: (businessId: BusinessId) => Promise<ZohoTax[]>;
}

export interface TaxMappingDeps {
  withBusiness: WithBusiness;
  books: TaxesOf;
}

type Rows = TaxMappings["items"];
type Wanted = TaxMappingsChange["mappings"];

/**
 * Zoho's taxes with what the business chose and what the rules do by themselves (fiscal rules §4). Without an
 * organisation, the choices alone.
 * @throws Failure zoho-grant-lost, zoho-unavailable, zoho-rate-limited
 */
export async function viewTaxMappings(deps: TaxMappingDeps, actor: Actor): Promise<Rows> {
  await deps.withBusiness(actor.businessId, requireBusiness);
  const taxes = await readTaxes(deps, actor);
  return deps.withBusiness(actor.businessId, async (tx) => {
    const branch = await findBranch(tx);
    return rowsOf(taxes, await listTaxMappings(tx), branch?.vatRegistered ?? true);
  });
}

/**
 * Changes the choices that are named. One for a tax Zoho no longer has may stay, not come new.
 * @throws Failure tax-class-mismatch, input-invalid, zoho-…
 */
export async function changeTaxMappings(
  deps: TaxMappingDeps,
  { actor, wanted }: { actor: Actor; wanted: Wanted },
): Promise<Rows> {
  requireDistinct(wanted);
  await deps.withBusiness(actor.businessId, requireBusiness);
  const taxes = await readTaxes(deps, actor);
  requireSameRates(wanted, taxes);
  return deps.withBusiness(actor.businessId, async (tx) => {
    await lockAsAdmin(tx, actor);
    const before = await listTaxMappings(tx);
    requireKnown(wanted, [...taxes.map(({ id }) => id), ...before.map(({ taxId }) => taxId)]);
    await replaceTaxMappings(tx, mappingsAfter(before, wanted));
    const after = await listTaxMappings(tx);
    if (written(after) !== written(before))
      await recordAudit(tx, {
        ...auditedBy(await actingUser(tx, actor)),
        action: "taxes-mapped",
        subject: `business:${actor.businessId}`,
        detail: { mappings: written(after), previousMappings: written(before) },
      });
    const branch = await findBranch(tx);
    return rowsOf(taxes, after, branch?.vatRegistered ?? true);
  });
}

function mappingsAfter(before: readonly TaxMapping[], wanted: Wanted): TaxMapping[] {
  const kept = before.filter(({ taxId }) => wanted.every((it) => it.taxId !== taxId));
  const chosen = wanted.flatMap(({ taxId, taxClass }) => (taxClass ? [{ taxId, taxClass }] : []));
  return [...kept, ...chosen];
}

async function readTaxes({ books }: TaxMappingDeps, { businessId }: Actor): Promise<ZohoTax[]> {
  try {
    return await books.readTaxes(businessId);
  } catch (error) {
    if (error instanceof Failure && error.code === "zoho-not-connected") return [];
    throw error;
  }
}

const NO_TAX = { id: null, name: null, percentage: ZERO, isGroup: false };

function rowsOf(taxes: readonly ZohoTax[], mappings: readonly TaxMapping[], vatRegistered: boolean): Rows {
  const chosen = (id: string | null) => mappings.find(({ taxId }) => taxId === id)?.taxClass ?? null;
  const rows = [NO_TAX, ...taxes].map((tax) => ({
    taxId: tax.id,
    name: tax.name,
    percentage: plain(tax.percentage),
    taxClass: chosen(tax.id),
    byItself: classByItself(tax, vatRegistered),
  }));
  const gone = mappings.filter(({ taxId }) => rows.every((row) => row.taxId !== taxId));
  return [...rows, ...gone.map((mapping) => ({ ...mapping, name: null, percentage: null, byItself: null }))];
}

function classByItself(tax: Omit<ZohoTax, "id" | "name">, vatRegistered: boolean): TaxClass | null {
  const { percentage, isGroup } = tax;
  const stated = { taxId: null, percentage, isGroup, amount: null };
  const result = classify(stated, { vatRegistered, mappedClass: () => null }, RWANDA);
  return result.kind === "refused" ? null : TaxMappingSchema.shape.taxClass.parse(result.taxClass);
}

function requireDistinct(wanted: Wanted): void {
  const ids = wanted.map(({ taxId }) => taxId);
  const twice = wanted.map(({ taxId }, index) => ids.indexOf(taxId) !== index);
  refuseRows(twice, { code: "input-invalid", field: "taxId", complaint: "named-twice" });
}

function requireSameRates(wanted: Wanted, taxes: readonly ZohoTax[]): void {
  const all = [NO_TAX, ...taxes];
  const differs = wanted.map(({ taxId, taxClass }) => {
    const tax = all.find(({ id }) => id === taxId);
    const rate = taxClass === null ? undefined : lookup(RWANDA.taxClasses, taxClass)?.ratePercent;
    return tax !== undefined && rate !== undefined && !tax.percentage.eq(rate);
  });
  refuseRows(differs, { code: "tax-class-mismatch", field: "taxClass", complaint: "other-rate" });
}

/** A choice taken back may be so already. */
function requireKnown(wanted: Wanted, known: readonly (string | null)[]): void {
  const unknown = wanted.map(
    ({ taxId, taxClass }) => taxClass !== null && taxId !== null && !known.includes(taxId),
  );
  refuseRows(unknown, { code: "input-invalid", field: "taxId", complaint: "no-such-tax" });
}

function refuseRows(
  wrong: readonly boolean[],
  {
    code,
    field,
    complaint,
  }: { code: "input-invalid" | "tax-class-mismatch"; field: string; complaint: ComplaintCode },
): void {
  const fields = wrong.flatMap((isWrong, index) =>
    isWrong ? [{ path: `mappings.${index}.${field}`, code: complaint }] : [],
  );
  if (fields.length > 0) throw new Failure(code, `tax mappings: ${complaint}`, { fields });
}

/** `no tax=A 481…=B`, for the audit. */
function written(mappings: readonly TaxMapping[]): string {
  return mappings.map(({ taxId, taxClass }) => `${taxId ?? "no tax"}=${taxClass}`).join(" ");
}
