import type { SuperAdmin } from "../actor.ts";
import { listBusinesses } from "../db/gate.ts";
import { type BusinessId, businessId, type Database, isUuid } from "../db/with-business.ts";
import { Failure } from "../failure.ts";

/** By id or TIN. @throws Failure not-found */
export async function findBusinessId(
  { database, actor }: { database: Database; actor: SuperAdmin },
  reference: string,
): Promise<BusinessId> {
  if (isUuid(reference)) return businessId(reference);
  const { items } = await database.withSuperAdmin(actor.userId, (tx) =>
    listBusinesses(tx, { search: reference, status: null, pageSize: 1, skip: 0 }),
  );
  // Whose TIN it is comes before those whose name or address holds the same digits.
  const [found] = items;
  if (found?.tin !== reference) throw new Failure("not-found", "no business has this id or TIN");
  return businessId(found.id);
}
