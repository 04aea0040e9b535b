import { recordAudit } from "../db/audit.ts";
import { lockBranch } from "../db/branches.ts";
import { enqueueDevice } from "../db/queue.ts";
import {
  acceptIdentity,
  businessesWithDevice,
  databaseIdentity,
  distrustOpenSubmissions,
  distrustOpenWriteBacks,
  holdRestored,
  lastRecordedAt,
} from "../db/restored-devices.ts";
import type { AtGate, BusinessTx, WithBusiness } from "../db/with-business.ts";
import { requireBranch } from "../receipts/require-business.ts";

export interface MarkDeps {
  atGate: AtGate;
  withBusiness: WithBusiness;
  clock: () => Date;
}

/**
 * After the database was restored, before a worker starts: holds every device, and takes what was on its way for
 * unknown, so that nothing is signed a second time (docs/decisions/030). Repeatable.
 */
export async function markRestored(deps: MarkDeps): Promise<{ devices: number; unknown: number }> {
  const now = deps.clock();
  const done = { devices: 0, unknown: 0 };
  for (const businessId of await deps.atGate(businessesWithDevice)) {
    done.unknown += await deps.withBusiness(businessId, (tx) => markDevice(tx, now));
    done.devices += 1;
  }
  await acceptDatabase(deps);
  return done;
}

/** This database is the one servers may use: nothing was lost, or what was is held. */
export async function acceptDatabase({ atGate, clock }: Pick<MarkDeps, "atGate" | "clock">): Promise<void> {
  await atGate(async (tx) => acceptIdentity(tx, (await databaseIdentity(tx)).now, clock()));
}

/**
 * A server may use the database it knows. One in another cluster was restored from a dump, one on another timeline was
 * recovered or is a standby that took over: its last commits may be missing, and what they signed would be signed again.
 * @throws Error that says what the operator has to do
 */
export async function requireAcceptedDatabase(deps: Pick<MarkDeps, "atGate" | "clock">): Promise<void> {
  const { now, accepted } = await deps.atGate(databaseIdentity);
  if (accepted === null) return acceptDatabase(deps);
  const isSame = (["systemIdentifier", "timeline", "tableOid"] as const).every(
    (part) => now[part] === accepted[part],
  );
  if (isSame) return;
  throw new Error(
    "configuration: DATABASE_URL is a restored or promoted database: `admin restore mark` first, or `admin restore accept` when not one commit was lost (docs/operations.md, Backup and restore)",
  );
}

async function markDevice(tx: BusinessTx, now: Date): Promise<number> {
  const { id } = await requireBranch(tx);
  await lockBranch(tx, id);
  const knownTo = (await lastRecordedAt(tx)) ?? now;
  await holdRestored(tx, id, { at: now, knownTo });
  const unknown = await distrustOpenSubmissions(tx, id, now);
  await distrustOpenWriteBacks(tx);
  await recordAudit(tx, {
    actor: "system",
    action: "database-restored",
    subject: `branch:${id}`,
    detail: { knownTo: knownTo.toISOString(), unknown },
  });
  await enqueueDevice(tx, id, "now");
  return unknown;
}
