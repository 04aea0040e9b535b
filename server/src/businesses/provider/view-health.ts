import type { Health } from "@fiscalise/shared/api/watching.ts";
import { findBranch } from "../../db/branches.ts";
import { type Open, openWork } from "../../db/health.ts";
import type { BusinessId, WithBusiness } from "../../db/with-business.ts";
import { findDailyCallsMax } from "../../db/zoho-automation.ts";
import { findConnection } from "../../db/zoho-connections.ts";
import { usageOf } from "../../db/zoho-usage.ts";
import { deviceHealth } from "../../receipts/view-progress.ts";
import { dayOf } from "../books/zoho-pace.ts";
import { openMatters } from "../notices/open-matters.ts";
import { existingBusiness } from "../view-business.ts";

export interface HealthDeps {
  withBusiness: WithBusiness;
  clock: () => Date;
}

/** Neither device nor Zoho is asked: what they came to of late is stored. @throws Failure not-found */
export async function viewHealth({ withBusiness, clock }: HealthDeps, id: BusinessId): Promise<Health> {
  const now = clock();
  return withBusiness(id, async (tx) => {
    const business = await existingBusiness(tx);
    const branch = await findBranch(tx);
    const isSetUp = branch !== null && branch.initialisedOn !== null;
    const usage = await usageOf(tx, dayOf(now));
    const open = await openWork(tx);
    const matters = await openMatters(tx, business, now);
    return {
      businessId: id,
      name: business.name,
      status: business.status,
      isWell: matters.length === 0,
      device: {
        status: isSetUp ? deviceHealth(branch) : ("not-set-up" as const),
        failingSince: branch?.failingSince?.toISOString() ?? null,
        lastAnswerAt: branch?.lastAnswerAt?.toISOString() ?? null,
      },
      zoho: {
        grant: (await findConnection(tx))?.status ?? "none",
        callsToday: usage.calls,
        refusedToday: usage.refused,
        dailyCallsMax: await findDailyCallsMax(tx),
        usedUpAt: usage.dayLimitReachedAt?.toISOString() ?? null,
      },
      backlog: {
        queued: open("queued").count,
        sending: open("sending").count,
        unknown: open("unknown").count,
        receiptMissing: open("receipt-missing").count,
        since: oldest([open("queued"), open("sending"), open("unknown"), open("receipt-missing")]),
      },
      writeBacks: { waiting: said(open("write-back-waiting")), blocked: said(open("write-back-blocked")) },
      documents: said(open("document-waiting")),
      attention: matters.map(({ kind, ...waiting }) => ({ kind, ...said(waiting) })),
    };
  });
}

function said({ count, since }: Open): { count: number; since: string | null } {
  return { count, since: since?.toISOString() ?? null };
}

function oldest(open: readonly Open[]): string | null {
  const [first] = open.flatMap(({ since }) => since?.toISOString() ?? []).toSorted();
  return first ?? null;
}
