import type { ClassSuggestion } from "@fiscalise/shared/api/mappings.ts";
import type { Actor } from "../../actor.ts";
import { findBranch } from "../../db/branches.ts";
import { findItems } from "../../db/businesses.ts";
import { classesWithAnyOf } from "../../db/device-codes.ts";
import type { WithBusiness } from "../../db/with-business.ts";
import { Failure } from "../../failure.ts";
import { suggestClasses, tellingWords } from "../../fiscal/suggest-class.ts";
import { requireBusiness } from "../../receipts/require-business.ts";

/** Of those with most words in common, as many as are worth comparing. */
const CANDIDATES_MAX = 200;
/** Items every business has carry no name of their own. */
const OF_ZOHO = "item:";

/**
 * Official classes that an item's name speaks for; a person chooses.
 * @throws Failure not-found
 */
export async function suggestItemClass(
  deps: { withBusiness: WithBusiness },
  { actor, key }: { actor: Actor; key: string },
): Promise<ClassSuggestion[]> {
  return deps.withBusiness(actor.businessId, async (tx) => {
    await requireBusiness(tx);
    const [item] = await findItems(tx, [key]);
    if (!item && key.startsWith(OF_ZOHO)) throw new Failure("not-found", `no item ${key}`);
    const branch = await findBranch(tx);
    if (!branch || !item || item.name === null) return [];
    // "battery" is to find "batteries" too; which of them are alike is judged afterwards.
    const words = tellingWords(item.name).map((word) => word.replace(/y$/, ""));
    return suggestClasses(item.name, await classesWithAnyOf(tx, branch.id, { words, limit: CANDIDATES_MAX }));
  });
}
