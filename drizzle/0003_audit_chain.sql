-- Why: an audit that shows any edit, deletion, reorder or truncation: one hash chain per business, sealed as a transaction commits.

alter table audit_events
  alter column business_id drop not null,
  -- The business's chain; the provider's own is the nil one.
  add column chain uuid not null
    generated always as (coalesce(business_id, '00000000-0000-0000-0000-000000000000'::uuid)) stored,
  add column result text not null default 'done' check (result in ('done', 'refused')),
  add column address text,
  add column request_id uuid,
  add column sequence bigint,
  add column previous_hash bytea,
  add column hash bytea,
  add constraint audit_events_sealed check ((sequence is null) = (hash is null));
alter table audit_events add constraint audit_events_chain_sequence unique (chain, sequence);
create index audit_events_time on audit_events (business_id, at desc, id desc);
-- What the list is filtered by; an event enters them once, as it is sealed.
create index audit_events_action on audit_events (chain, action, sequence) where sequence is not null;
create index audit_events_actor on audit_events (chain, actor, sequence) where sequence is not null;
create index audit_events_refused on audit_events (chain, sequence) where result = 'refused';

drop policy own_business on audit_events;
create policy own_business on audit_events
  using (business_id = current_business() or (business_id is null and current_super_admin() is not null))
  with check (business_id = current_business() or (business_id is null and current_super_admin() is not null));
-- Number, time and hashes are the database's to give.
revoke insert on audit_events from fiscalise_app;
grant insert (business_id, actor, action, subject, detail, result, address, request_id) on audit_events to fiscalise_app;

-- Each field with its length, so that no two events read alike; null is told from empty.
create function gate.netstring(value text) returns text language sql immutable set search_path = '' as $$
  select case when value is null then '-,' else pg_catalog.octet_length(value)::text || ':' || value || ',' end
$$;

create function gate.audit_hash(event public.audit_events, number bigint, previous bytea) returns bytea
language sql stable set search_path = '' as $$
  select pg_catalog.sha256(pg_catalog.convert_to(
    gate.netstring(pg_catalog.encode(previous, 'hex')) || gate.netstring(event.chain::text)
    || gate.netstring(number::text) || gate.netstring(event.id::text)
    || gate.netstring(pg_catalog.to_char(event.at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US'))
    || gate.netstring(event.actor) || gate.netstring(event.action) || gate.netstring(event.subject)
    || gate.netstring(event.result) || gate.netstring(event.address) || gate.netstring(event.request_id::text)
    || gate.netstring(event.detail::text), 'UTF8'))
$$;

-- Deferred to the commit: chains are locked last and for a moment only, so they never wait in a circle with other locks.
create function gate.seal_audit_event() returns trigger language plpgsql security definer set search_path = '' as $$
declare
  last record;
begin
  perform pg_catalog.pg_advisory_xact_lock(
    pg_catalog.hashtext('fiscalise-audit'), pg_catalog.hashtext(new.chain::text));
  select e.sequence, e.hash into last from public.audit_events e
    where e.chain = new.chain and e.sequence is not null order by e.sequence desc limit 1;
  update public.audit_events e set
    sequence = coalesce(last.sequence, 0) + 1,
    previous_hash = last.hash,
    hash = gate.audit_hash(e, coalesce(last.sequence, 0) + 1, last.hash)
  where e.id = new.id;
  return null;
end $$;

create function keep_sealed_event() returns trigger language plpgsql set search_path = '' as $$
begin
  if old.hash is not null then raise exception 'a sealed audit event does not change'; end if;
  return new;
end $$;
revoke all on function keep_sealed_event() from public;

-- What happened before is chained in its order; the owner is bound by FORCE too and must see every row for a moment.
alter table audit_events no force row level security;
do $$
declare
  event public.audit_events;
  number bigint;
  previous bytea;
begin
  for event in select * from audit_events order by chain, id
  loop
    select max(sequence) into number from audit_events where chain = event.chain;
    select hash into previous from audit_events where chain = event.chain and sequence = number;
    update audit_events e set sequence = coalesce(number, 0) + 1, previous_hash = previous,
      hash = gate.audit_hash(e, coalesce(number, 0) + 1, previous)
    where e.id = event.id;
  end loop;
end $$;
alter table audit_events force row level security;

create constraint trigger audit_events_seal after insert on audit_events
  deferrable initially deferred for each row execute function gate.seal_audit_event();
create trigger audit_events_keep before update on audit_events
  for each row execute function keep_sealed_event();

-- The heads of all chains, signed now and then with a key the database does not have.
create table audit_anchors (
  chain uuid not null,
  sequence bigint not null,
  hash bytea not null,
  -- Signed with the rest, so it is the signer's clock.
  at timestamptz not null,
  key_id text not null,
  signature text not null,
  primary key (chain, sequence)
);
alter table audit_anchors enable row level security;
alter table audit_anchors force row level security;

grant select, update (sequence, previous_hash, hash) on audit_events to fiscalise_gate;
grant select, insert on audit_anchors to fiscalise_gate;
create policy gate on audit_events to fiscalise_gate using (true) with check (true);
create policy gate on audit_anchors to fiscalise_gate using (true) with check (true);

-- Chains with events since their last anchor.
create function gate.unanchored_heads() returns table (chain uuid, sequence bigint, hash bytea)
language sql stable security definer set search_path = '' as $$
  select head.chain, head.sequence, head.hash
  from (select b.id from public.businesses b
    union all select '00000000-0000-0000-0000-000000000000'::uuid) chains (id)
  cross join lateral (select e.chain, e.sequence, e.hash from public.audit_events e
    where e.chain = chains.id and e.sequence is not null order by e.sequence desc limit 1) head
  where not exists (
    select from public.audit_anchors a where a.chain = head.chain and a.sequence = head.sequence)
$$;

-- The last anchor of each chain.
create function gate.anchored_heads() returns table (chain uuid, sequence bigint, hash bytea)
language sql stable security definer set search_path = '' as $$
  select head.chain, head.sequence, head.hash
  from (select b.id from public.businesses b
    union all select '00000000-0000-0000-0000-000000000000'::uuid) chains (id)
  cross join lateral (select a.chain, a.sequence, a.hash from public.audit_anchors a
    where a.chain = chains.id order by a.sequence desc limit 1) head
$$;

create function gate.keep_anchor(chain uuid, sequence bigint, hash bytea, at timestamptz, key_id text, signature text)
returns void language sql security definer set search_path = '' as $$
  insert into public.audit_anchors (chain, sequence, hash, at, key_id, signature)
  values ($1, $2, $3, $4, $5, $6) on conflict do nothing
$$;

do $$
declare
  made text;
begin
  for made in select p.oid::regprocedure::text from pg_proc p where p.pronamespace = 'gate'::regnamespace
    and p.proname in ('netstring', 'audit_hash', 'seal_audit_event', 'unanchored_heads', 'anchored_heads', 'keep_anchor')
  loop
    execute format('revoke all on function %s from public', made);
    execute format('grant execute on function %s to fiscalise_gate', made);
  end loop;
end $$;
grant execute on function gate.unanchored_heads(), gate.anchored_heads(),
  gate.keep_anchor(uuid, bigint, bytea, timestamptz, text, text) to fiscalise_app;
grant create on schema gate to fiscalise_gate;
alter function gate.seal_audit_event() owner to fiscalise_gate;
alter function gate.unanchored_heads() owner to fiscalise_gate;
alter function gate.anchored_heads() owner to fiscalise_gate;
alter function gate.keep_anchor(uuid, bigint, bytea, timestamptz, text, text) owner to fiscalise_gate;
revoke create on schema gate from fiscalise_gate;
