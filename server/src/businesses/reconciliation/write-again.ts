import type { Actor } from "../../actor.ts";
import { recordAudit } from "../../db/audit.ts";
import { findDifference, isOpen } from "../../db/differences.ts";
import { isUuid, type WithBusiness } from "../../db/with-business.ts";
import { queueFieldsAgain } from "../../db/write-backs.ts";
import { Failure } from "../../failure.ts";
import { actingUser, auditedBy } from "../../receipts/actor.ts";
import { requireBusiness } from "../../receipts/require-business.ts";

/**
 * Has the receipt's fields written to Zoho anew, also where they were there before; the next run closes the difference.
 * Asked twice, it is read before it is written.
 * @throws Failure not-found, action-not-allowed
 */
export async function writeAgain(
  { withBusiness }: { withBusiness: WithBusiness },
  { actor, id }: { actor: Actor; id: string },
): Promise<void> {
  await withBusiness(actor.businessId, async (tx) => {
    await requireBusiness(tx);
    const difference = isUuid(id) ? await findDifference(tx, id) : null;
    if (!difference) throw new Failure("not-found", "no such difference");
    const { kind, submissionId } = difference;
    if (kind !== "not-written-back" || submissionId === null || !isOpen(difference))
      throw new Failure("action-not-allowed", `difference ${id} is not open or not of this kind`);
    await queueFieldsAgain(tx, submissionId);
    await recordAudit(tx, {
      ...auditedBy(await actingUser(tx, actor)),
      action: "fields-written-again",
      subject: `submission:${submissionId}`,
    });
  });
}
