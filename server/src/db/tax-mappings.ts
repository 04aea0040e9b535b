import { taxMappings } from "./tables.ts";
import type { BusinessTx } from "./with-business.ts";

export type TaxClass = typeof taxMappings.$inferSelect.taxClass;

/** Null as id is Zoho's "no tax". */
export interface TaxMapping {
  taxId: string | null;
  taxClass: TaxClass;
}

export async function listTaxMappings(tx: BusinessTx): Promise<TaxMapping[]> {
  const rows = await tx.sql.select().from(taxMappings).orderBy(taxMappings.taxId);
  return rows.map(({ taxId, taxClass }) => ({ taxId: taxId === "" ? null : taxId, taxClass }));
}

/** Call under the business's lock. */
export async function replaceTaxMappings(tx: BusinessTx, mappings: readonly TaxMapping[]): Promise<void> {
  await tx.sql.delete(taxMappings);
  if (mappings.length === 0) return;
  const { businessId } = tx;
  await tx.sql
    .insert(taxMappings)
    .values(mappings.map(({ taxId, taxClass }) => ({ businessId, taxId: taxId ?? "", taxClass })));
}
