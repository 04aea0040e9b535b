import { setTimeout as pause } from "node:timers/promises";
import { receipts, submissions } from "@fiscalise/server/db/tables.ts";
import { businessId } from "@fiscalise/server/db/with-business.ts";
import { eq } from "drizzle-orm";
import type { StageBusiness } from "../prove/businesses.ts";
import type { Stage } from "../prove/stage.ts";

export interface Outcome {
  given: number;
  signed: number;
  /** Signed twice, not at all, or otherwise than our database says; one sentence each. */
  violations: string[];
  /** From Zoho to the receipt, of the documents nobody clicked. */
  toldMs: number[];
}

const SETTLED_WITHIN_MS = 240_000;
const LOOK_MS = 500;

/** Waits until all that was put into Zoho is signed, then counts at the devices. */
export async function outcomeOf(
  stage: Stage,
  { given, told }: { given: ReadonlyMap<string, number>; told: ReadonlySet<string> },
): Promise<Outcome> {
  const outcome: Outcome = { given: given.size, signed: 0, violations: [], toldMs: [] };
  const until = performance.now() + SETTLED_WITHIN_MS;
  while ((await signedOf(stage)).length < given.size && performance.now() < until) await pause(LOOK_MS);
  const signed = await signedOf(stage);
  const seen = new Map<string, number>();
  for (const { zohoId, signedAt } of signed) {
    seen.set(zohoId, (seen.get(zohoId) ?? 0) + 1);
    const at = given.get(zohoId);
    if (at !== undefined && told.has(zohoId)) outcome.toldMs.push(signedAt.getTime() - at);
  }
  outcome.signed = seen.size;
  for (const zohoId of given.keys()) {
    const times = seen.get(zohoId) ?? 0;
    if (times !== 1) outcome.violations.push(`document ${zohoId} has ${times} receipts`);
  }
  for (const business of stage.businesses) {
    const [atDevice, here] = [business.device.ledger().length, (await signedBy(stage, business)).length];
    if (atDevice !== here) outcome.violations.push(`${business.id}: ${atDevice} at the device, ${here} here`);
  }
  return outcome;
}

async function signedOf(stage: Stage) {
  const all = await Promise.all(stage.businesses.map((business) => signedBy(stage, business)));
  return all.flat();
}

/** What has a receipt, and since when. */
function signedBy({ database }: Stage, { id }: StageBusiness) {
  return database.withBusiness(businessId(id), ({ sql }) =>
    sql
      .select({ zohoId: submissions.zohoDocumentId, signedAt: receipts.createdAt })
      .from(receipts)
      .innerJoin(submissions, eq(submissions.id, receipts.submissionId)),
  );
}
