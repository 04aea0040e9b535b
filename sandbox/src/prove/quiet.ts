import { setTimeout as pause } from "node:timers/promises";
import { zohoAutomation } from "@fiscalise/server/db/automation-tables.ts";
import { submissions, writeBacks } from "@fiscalise/server/db/tables.ts";
import { businessId } from "@fiscalise/server/db/with-business.ts";
import { count, eq, sql } from "drizzle-orm";
import { countBooksJobs, runNow } from "../stage/run-now.ts";
import type { StageBusiness } from "./businesses.ts";
import type { Stage } from "./stage.ts";

const STUCK_MS = 120_000;
/** Longer than the slowest device answer, so that no late signature comes after the comparison. */
const QUIET_MS = 3_000;
const LOOK_MS = 500;

interface Look {
  /** What may not change any more; a submission that asks for a person goes on asking its device. */
  picture: string;
  isAtRest: boolean;
  /** All that was in Zoho when the storm was over has been listed; that may take several runs. */
  isSwept: boolean;
}

/** Looks until all is at rest and stays so for a while, or nothing changes for long: what is stuck then is stuck. */
export async function untilQuiet(stage: Stage): Promise<void> {
  const calmAt = new Date();
  await runNow(stage.queueUrl, "sweep-documents");
  let changedAt = performance.now();
  let seen = "";
  for (;;) {
    await tryWritingNow(stage);
    const { picture, isAtRest, isSwept, jobs } = await look(stage, calmAt);
    if (jobs === 0 && !isSwept) await runNow(stage.queueUrl, "sweep-documents");
    const now = performance.now();
    if (picture !== seen) changedAt = now;
    seen = picture;
    if (now - changedAt >= (isAtRest && isSwept ? QUIET_MS : STUCK_MS)) return;
    await pause(LOOK_MS);
  }
}

async function look(stage: Stage, calmAt: Date): Promise<Look & { jobs: number }> {
  const jobs = await countBooksJobs(stage.queueUrl);
  const looks = [];
  for (const business of stage.businesses) looks.push(await lookAt(stage, business, calmAt));
  return {
    jobs,
    picture: JSON.stringify([jobs, looks.map(({ picture }) => picture)]),
    isAtRest: jobs === 0 && looks.every(({ isAtRest }) => isAtRest),
    isSwept: looks.every(({ isSwept }) => isSwept),
  };
}

const UNSETTLED = sql`(${submissions.state} in ('queued', 'sending', 'unknown')
  and not (${submissions.needsAttention} and ${submissions.state} <> 'queued'))`;

async function lookAt({ database }: Stage, { id, device }: StageBusiness, calmAt: Date): Promise<Look> {
  return database.withBusiness(businessId(id), async (tx) => {
    const states = await tx.sql
      .select({
        // Asking, it goes between unknown and sending.
        state: sql`case when ${submissions.needsAttention} and ${submissions.state} in ('sending', 'unknown')
          then 'asking' else ${submissions.state} end as shown`,
        count: count(),
        unsettled: sql<number>`(count(*) filter (where ${UNSETTLED}))::int`,
      })
      .from(submissions)
      .groupBy(sql`shown`)
      .orderBy(sql`shown`);
    const parts = await tx.sql
      .select({ state: writeBacks.state, count: count() })
      .from(writeBacks)
      .groupBy(writeBacks.state)
      .orderBy(writeBacks.state);
    const [automation] = await tx.sql.select({ until: zohoAutomation.sweptUntil }).from(zohoAutomation);
    const until = automation?.until ?? null;
    return {
      isSwept: until !== null && until > calmAt,
      picture: JSON.stringify([device.ledger().length, states, parts, until]),
      isAtRest:
        states.every(({ unsettled }) => unsettled === 0) &&
        parts.every(({ state }) => state === "done" || state === "blocked"),
    };
  });
}

/** A person presses "Try now" at what would be written again in half a minute or later. */
async function tryWritingNow(stage: Stage): Promise<void> {
  const [server] = stage.servers;
  for (const business of stage.businesses) {
    const waiting = await stage.database.withBusiness(businessId(business.id), (tx) =>
      tx.sql
        .selectDistinct({ id: writeBacks.submissionId })
        .from(writeBacks)
        .where(sql`${eq(writeBacks.state, "waiting")} and ${writeBacks.nextAttemptAt} > now()`),
    );
    for (const { id } of waiting) {
      await fetch(`${server?.apiUrl}/api/v1/submissions/${id}/write-back`, {
        method: "POST",
        headers: { authorization: `Bearer ${stage.accessToken(business)}` },
      }).catch((error: unknown) => {
        if (!(error instanceof TypeError)) throw error;
      });
    }
  }
}
