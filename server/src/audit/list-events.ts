import type { AuditEvent, AuditEvents } from "@fiscalise/shared/api/audit.ts";
import type { Actor } from "../actor.ts";
import { type AuditFilter, type ListedEvent, listAuditEvents } from "../db/audit-list.ts";
import type { WithBusiness } from "../db/with-business.ts";
import { addDays, dayBegins } from "../fiscal/calendar.ts";
import { cursorAt, readCursor } from "../list-cursor.ts";
import { RWANDA } from "../vsdc/rwanda/jurisdiction.ts";

export interface AuditQuery {
  action: string | null;
  actor: string | null;
  result: "done" | "refused" | null;
  /** Local calendar days, both included. */
  from: string | null;
  to: string | null;
}

/** The business's own audit, newest first. */
export async function listEvents(
  deps: { withBusiness: WithBusiness },
  { actor, query }: { actor: Actor; query: AuditQuery & { cursor: string | null; limit: number } },
): Promise<AuditEvents> {
  const list = ["audit", actor.businessId, query.action, query.actor, query.result, query.from, query.to];
  const belowSequence = query.cursor === null ? null : readCursor(query.cursor, list);
  const filter = { ...filterOf(query), belowSequence, limit: query.limit + 1 };
  const found = await deps.withBusiness(actor.businessId, (tx) => listAuditEvents(tx, filter));
  const page = found.slice(0, query.limit);
  const last = found.length > query.limit ? page.at(-1)?.sequence : undefined;
  return { items: page.map(presentEvent), nextCursor: last ? cursorAt(last, list) : null };
}

const BATCH = 1_000;

/** All that match, a batch in memory at a time and no transaction open while a slow reader takes it. */
export async function* exportEvents(
  deps: { withBusiness: WithBusiness },
  { actor, query }: { actor: Actor; query: AuditQuery },
): AsyncGenerator<AuditEvent[]> {
  for (let belowSequence: bigint | null = null; ; ) {
    const filter: AuditFilter = { ...filterOf(query), belowSequence, limit: BATCH };
    const batch = await deps.withBusiness(actor.businessId, (tx) => listAuditEvents(tx, filter));
    if (batch.length > 0) yield batch.map(presentEvent);
    belowSequence = batch.at(-1)?.sequence ?? null;
    if (batch.length < BATCH) return;
  }
}

function filterOf({
  action,
  actor,
  result,
  from,
  to,
}: AuditQuery): Omit<AuditFilter, "belowSequence" | "limit"> {
  return {
    action,
    actor,
    result,
    from: from === null ? null : dayBegins(from, RWANDA),
    before: to === null ? null : dayBegins(addDays(to, 1), RWANDA),
  };
}

function presentEvent(event: ListedEvent): AuditEvent {
  return {
    ...event,
    sequence: String(event.sequence),
    at: event.at.toISOString(),
    detail: event.detail as AuditEvent["detail"],
  };
}
