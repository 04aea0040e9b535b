import type { BusinessList } from "@fiscalise/shared/api/businesses.ts";
import type { SuperAdmin } from "../../actor.ts";
import { type BusinessQuery, listBusinesses as findBusinesses } from "../../db/gate.ts";
import type { WithSuperAdmin } from "../../db/with-business.ts";

export interface ListBusinesses extends Pick<BusinessQuery, "search" | "status" | "pageSize"> {
  actor: SuperAdmin;
  /** From 1. */
  page: number;
}

/** All businesses that match, by name, a page at a time. */
export async function listBusinesses(
  deps: { withSuperAdmin: WithSuperAdmin },
  { actor, page, ...query }: ListBusinesses,
): Promise<BusinessList> {
  const { pageSize } = query;
  return deps.withSuperAdmin(actor.userId, async (tx) => {
    const found = await findBusinesses(tx, { ...query, skip: (page - 1) * pageSize });
    const isBeyond = found.items.length === 0 && page > 1;
    // The count comes with the rows: a page beyond the last has none.
    const { total } = isBeyond ? await findBusinesses(tx, { ...query, pageSize: 1, skip: 0 }) : found;
    return { items: found.items, total, page, pageSize };
  });
}
