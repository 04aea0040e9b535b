import type { AuditEvent, AuditEvents } from "@fiscalise/shared/api/audit.ts";
import type { Actor } from "../actor.ts";
import { type AuditFilter, type ListedEvent, listAuditEvents } from "../db/audit-list.ts";
import { nameSubjects } from "../db/audit-subjects.ts";
import type { BusinessTx, WithBusiness } from "../db/with-business.ts";
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
  const { events, names } = await deps.withBusiness(actor.businessId, (tx) => findNamed(tx, filter));
  const page = events.slice(0, query.limit);
  const last = events.length > query.limit ? page.at(-1)?.sequence : undefined;
  return {
    items: page.map((event) => presentEvent(event, names)),
    nextCursor: last ? cursorAt(last, list) : null,
  };
}

const BATCH = 1_000;

/** All that match, a batch in memory at a time and no transaction open while a slow reader takes it. */
export async function* exportEvents(
  deps: { withBusiness: WithBusiness },
  { actor, query }: { actor: Actor; query: AuditQuery },
): AsyncGenerator<AuditEvent[]> {
  for (let belowSequence: bigint | null = null; ; ) {
    const filter: AuditFilter = { ...filterOf(query), belowSequence, limit: BATCH };
    const batch = await deps.withBusiness(actor.businessId, (tx) => findNamed(tx, filter));
    if (batch.events.length > 0) yield batch.events.map((event) => presentEvent(event, batch.names));
    belowSequence = batch.events.at(-1)?.sequence ?? null;
    if (batch.events.length < BATCH) return;
  }
}

type Names = ReadonlyMap<string, string>;

async function findNamed(
  tx: BusinessTx,
  filter: AuditFilter,
): Promise<{ events: ListedEvent[]; names: Names }> {
  const events = await listAuditEvents(tx, filter);
  const names = await nameSubjects(
    tx,
    events.map(({ subject }) => subject),
  );
  return { events, names };
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

function presentEvent(event: ListedEvent, names: Names): AuditEvent {
  return {
    ...event,
    subjectName: names.get(event.subject) ?? null,
    sequence: String(event.sequence),
    at: event.at.toISOString(),
    detail: event.detail as AuditEvent["detail"],
  };
}
