import type { AcceptDifference } from "@fiscalise/shared/api/reconciliations.ts";
import type { AuditAction } from "@fiscalise/shared/audit-actions.ts";
import type { Actor } from "../../actor.ts";
import { recordAudit } from "../../db/audit.ts";
import {
  acceptDifference as accept,
  type DifferenceRow,
  findDifference,
  withdrawAcceptance as withdraw,
} from "../../db/differences.ts";
import { type BusinessTx, isUuid, type WithBusiness } from "../../db/with-business.ts";
import { Failure } from "../../failure.ts";
import { type ActingUser, actingUser, auditedBy } from "../../receipts/actor.ts";
import { requireBusiness } from "../../receipts/require-business.ts";
import { DetailSchema } from "./keep-found.ts";

interface AcceptDeps {
  withBusiness: WithBusiness;
  clock: () => Date;
}

/**
 * A person has seen it, and it is right as it is. Nothing is mended by it; it is open again as soon as a run finds
 * something else, and what was found after it was seen is not accepted.
 * @throws Failure not-found, action-not-allowed
 */
export async function acceptDifference(
  { withBusiness, clock }: AcceptDeps,
  { actor, id, seen: { reason, foundSha256 } }: { actor: Actor; id: string; seen: AcceptDifference },
): Promise<void> {
  await withBusiness(actor.businessId, async (tx) => {
    await requireDifference(tx, id);
    const user = await actingUser(tx, actor);
    const acceptance = { acceptedAt: clock(), acceptedBy: user.id, acceptedReason: reason };
    const accepted = await accept(tx, { id, foundSha256 }, acceptance);
    if (!accepted)
      throw new Failure("action-not-allowed", `difference ${id} is not open, or not as it was seen`);
    const { kind, subject, detail } = accepted;
    const { here, there } = DetailSchema.parse(detail);
    const what = { kind, of: subject, foundSha256, here, there, reason };
    await audit(tx, user, { id, action: "difference-accepted", detail: what });
  });
}

/** It waits for a person again. @throws Failure not-found, action-not-allowed */
export async function withdrawAcceptance(
  { withBusiness }: Pick<AcceptDeps, "withBusiness">,
  { actor, id }: { actor: Actor; id: string },
): Promise<void> {
  await withBusiness(actor.businessId, async (tx) => {
    const { kind, subject } = await requireDifference(tx, id);
    if (!(await withdraw(tx, id)))
      throw new Failure("action-not-allowed", `difference ${id} is not accepted, or over`);
    const detail = { kind, of: subject };
    await audit(tx, await actingUser(tx, actor), { id, action: "difference-acceptance-withdrawn", detail });
  });
}

async function requireDifference(tx: BusinessTx, id: string): Promise<DifferenceRow> {
  await requireBusiness(tx);
  const difference = isUuid(id) ? await findDifference(tx, id) : null;
  if (!difference) throw new Failure("not-found", "no such difference");
  return difference;
}

async function audit(
  tx: BusinessTx,
  user: ActingUser,
  { id, ...event }: { id: string; action: AuditAction; detail: Record<string, string | null> },
): Promise<void> {
  await recordAudit(tx, { ...auditedBy(user), ...event, subject: `difference:${id}` });
}
