import postgres from "postgres";
import type { Anchor, Head } from "./audit-anchors.ts";
import { SESSION_LIMITS } from "./session-limits.ts";

/** Every field as its text, the way it was hashed. */
export interface StoredEvent {
  businessId: string | null;
  chain: string;
  sequence: string;
  id: string;
  at: string;
  actor: string;
  action: string;
  subject: string;
  result: string;
  address: string | null;
  requestId: string | null;
  detail: string;
  previousHash: string | null;
  hash: string | null;
}

declare const branded: unique symbol;
/** Reads the audit of every business and changes nothing. Made here and nowhere else. */
export interface AuditorTx {
  readonly sql: postgres.TransactionSql;
  readonly [branded]: "AuditorTx";
}

export interface AuditorDatabase {
  /** One snapshot for all of `work`. */
  read: <T>(work: (tx: AuditorTx) => Promise<T>) => Promise<T>;
  close: () => Promise<void>;
}

/**
 * `url` logs in as the owner or any other member of fiscalise_gate: the role whose policies show every chain, which the
 * server's own role never has.
 */
export function openAuditorDatabase(url: string): AuditorDatabase {
  const client = postgres(url, {
    max: 1,
    connection: SESSION_LIMITS,
    onnotice: () => {},
    fetch_types: false,
  });
  return {
    read: async (work) => {
      const result = await client.begin("isolation level repeatable read read only", async (sql) => {
        await sql`set local role fiscalise_gate`;
        return { value: await work({ sql } as AuditorTx) };
      });
      return result.value as Awaited<ReturnType<typeof work>>;
    },
    close: () => client.end({ timeout: 5 }),
  };
}

/** The provider's own chain. */
export const PROVIDER_CHAIN = "00000000-0000-0000-0000-000000000000";

/** Of every business, and whatever else is in the tables. */
export async function listChains({ sql }: AuditorTx): Promise<string[]> {
  const rows = await sql<{ chain: string }[]>`
    with recursive evented as (
      (select chain from audit_events order by chain limit 1)
      union all
      select (select e.chain from audit_events e where e.chain > evented.chain order by e.chain limit 1)
      from evented where evented.chain is not null
    ), anchored as (
      (select chain from audit_anchors order by chain limit 1)
      union all
      select (select a.chain from audit_anchors a where a.chain > anchored.chain order by a.chain limit 1)
      from anchored where anchored.chain is not null
    )
    select chain from evented where chain is not null
    union select chain from anchored where chain is not null
    union select id from businesses
    union select ${PROVIDER_CHAIN}::uuid
    order by 1`;
  return rows.map(({ chain }) => chain);
}

const BATCH = 1_000;
const BEFORE_ALL = "-9223372036854775808";
const MOMENT = 'YYYY-MM-DD"T"HH24:MI:SS.US';

/** The sealed events of a chain in order, two of the same number one after the other. */
export async function* eventsOf({ sql }: AuditorTx, chain: string): AsyncGenerator<StoredEvent> {
  for (let last = { sequence: BEFORE_ALL, id: BEFORE_ALL }; ; ) {
    const batch = await sql<StoredEvent[]>`
      select business_id::text as "businessId", chain::text, sequence::text, id::text,
        to_char(at at time zone 'UTC', ${MOMENT}) as at, actor, action, subject, result, address,
        request_id::text as "requestId", detail::text, encode(previous_hash, 'hex') as "previousHash",
        encode(hash, 'hex') as hash
      from audit_events
      where chain = ${chain} and (sequence, id) > (${last.sequence}::bigint, ${last.id}::bigint)
      order by audit_events.sequence, audit_events.id limit ${BATCH}`;
    yield* batch;
    const end = batch.at(-1);
    if (!end || batch.length < BATCH) return;
    last = end;
  }
}

export async function findUnsealedEvent({ sql }: AuditorTx, chain: string): Promise<string | null> {
  const [row] = await sql<{ id: string }[]>`
    select id::text from audit_events where chain = ${chain} and sequence is null order by audit_events.id limit 1`;
  return row?.id ?? null;
}

/** The anchors of a chain in order. */
export async function* anchorsOf({ sql }: AuditorTx, chain: string): AsyncGenerator<Anchor> {
  for (let last = BEFORE_ALL; ; ) {
    const batch = await sql<Anchor[]>`
      select chain::text, sequence::text, encode(hash, 'hex') as hash,
        to_char(at at time zone 'UTC', ${MOMENT}) as at, key_id as "keyId", signature
      from audit_anchors where chain = ${chain} and sequence > ${last}::bigint
      order by audit_anchors.sequence limit ${BATCH}`;
    yield* batch;
    const end = batch.at(-1);
    if (!end || batch.length < BATCH) return;
    last = end.sequence;
  }
}

export async function findAnchor(
  { sql }: AuditorTx,
  { chain, sequence }: Head,
): Promise<{ signature: string } | null> {
  const [row] = await sql<{ signature: string }[]>`
    select signature from audit_anchors where chain = ${chain} and sequence = ${sequence}::bigint`;
  return row ?? null;
}

/** The last anchor of every chain by then. */
export async function lastAnchors({ sql }: AuditorTx, by: Date | null): Promise<Anchor[]> {
  return sql<Anchor[]>`
    select distinct on (audit_anchors.chain) chain::text, sequence::text, encode(hash, 'hex') as hash,
      to_char(at at time zone 'UTC', ${MOMENT}) as at, key_id as "keyId", signature
    from audit_anchors where at <= coalesce(${by === null ? null : by.toISOString()}::text::timestamptz, 'infinity')
    order by audit_anchors.chain, audit_anchors.sequence desc`;
}
