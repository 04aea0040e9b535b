import { and, desc, eq, gte, isNotNull, lt, sql } from "drizzle-orm";
import { auditEvents, users } from "./tables.ts";
import type { BusinessTx } from "./with-business.ts";

export interface AuditFilter {
  action: string | null;
  actor: string | null;
  result: "done" | "refused" | null;
  from: Date | null;
  before: Date | null;
  /** Only older ones. */
  belowSequence: bigint | null;
  limit: number;
}

export type ListedEvent = Awaited<ReturnType<typeof listAuditEvents>>[number];

/** The business's sealed events, newest first, each with its user's name of today. */
export async function listAuditEvents(tx: BusinessTx, filter: AuditFilter) {
  const { action, actor, result, from, before, belowSequence } = filter;
  return tx.sql
    .select({
      sequence: auditEvents.sequence,
      at: auditEvents.at,
      actor: auditEvents.actor,
      actorName: users.name,
      action: auditEvents.action,
      subject: auditEvents.subject,
      result: auditEvents.result,
      address: auditEvents.address,
      requestId: auditEvents.requestId,
      detail: auditEvents.detail,
    })
    .from(auditEvents)
    .leftJoin(
      users,
      and(eq(users.businessId, tx.businessId), eq(sql`'user:' || ${users.number}`, auditEvents.actor)),
    )
    .where(
      and(
        sql`${auditEvents}.chain = ${tx.businessId}::uuid`,
        isNotNull(auditEvents.sequence),
        action === null ? undefined : eq(auditEvents.action, action),
        actor === null ? undefined : eq(auditEvents.actor, actor),
        result === null ? undefined : eq(auditEvents.result, result),
        from === null ? undefined : gte(auditEvents.at, from),
        before === null ? undefined : lt(auditEvents.at, before),
        belowSequence === null ? undefined : lt(auditEvents.sequence, belowSequence),
      ),
    )
    .orderBy(desc(auditEvents.sequence))
    .limit(filter.limit);
}
