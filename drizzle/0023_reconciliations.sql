-- Why: what Zoho, we and the device say of the same days is compared, and every difference is kept until it is mended (docs/decisions/035).

-- The day of the document as it was signed: what has to be found again at Zoho.
alter table submissions add column document_date text collate "C"
  generated always as (fingerprint ->> 'date') stored;
create index submissions_by_document_date on submissions (business_id, document_date)
  where state in ('fiscalised', 'receipt-missing');
-- Given up, and signed after all.
create index submissions_signed_unexpectedly on submissions (business_id) where problem = 'signature-unexpected';

-- Since when this organisation is the business's, where another one was before: what is older is not looked for in it.
alter table zoho_automation add column organization_since timestamptz;

create table reconciliations (
  business_id uuid not null references businesses,
  id uuid not null default gen_random_uuid(),
  sequence bigint not null generated always as identity,
  -- Null: the night's.
  created_by uuid,
  created_at timestamptz not null,
  from_day text collate "C" not null,
  to_day text collate "C" not null,
  -- What comes next; a run that was killed goes on there.
  phase text not null default 'invoice' check (phase in ('invoice', 'credit-note', 'unseen', 'open', 'device', 'finish')),
  page integer not null default 1,
  pages_read integer not null default 0,
  -- Documents judged, those of them that were read, and those that could not be.
  documents integer not null default 0,
  documents_read integer not null default 0,
  documents_unread integer not null default 0,
  found integer not null default 0,
  device_asked boolean not null default false,
  -- Why the device was not compared: a problem code.
  device_problem text,
  waits_for text,
  waits_until timestamptz,
  tries integer not null default 0,
  ended_at timestamptz,
  -- Null while it runs; `problem` says why it stopped.
  outcome text check (outcome in ('completed', 'stopped')),
  problem text,
  primary key (business_id, id),
  foreign key (business_id, created_by) references users (business_id, id),
  check (from_day <= to_day),
  check ((outcome is null) = (ended_at is null)),
  check ((outcome is not distinct from 'stopped') = (problem is not null)),
  check ((waits_for is null) = (waits_until is null))
);
create unique index reconciliations_running on reconciliations (business_id) where outcome is null;
create index reconciliations_latest on reconciliations (business_id, sequence desc);
alter table reconciliations enable row level security;
alter table reconciliations force row level security;
create policy own_business on reconciliations
  using (business_id = current_business()) with check (business_id = current_business());
grant select, insert, update on reconciliations to fiscalise_app;

-- What a document was found to be when it was read last, so that one that has not changed is not read again.
create table reconciled_documents (
  business_id uuid not null,
  document_kind text not null check (document_kind in ('invoice', 'credit-note')),
  zoho_document_id text not null,
  -- The last run that judged it.
  reconciliation_id uuid not null,
  submission_id uuid,
  -- Zoho's own words for when it was changed last.
  modified_time text,
  read_at timestamptz not null,
  seen jsonb not null,
  primary key (business_id, document_kind, zoho_document_id),
  foreign key (business_id, reconciliation_id) references reconciliations (business_id, id),
  foreign key (business_id, submission_id) references submissions (business_id, id)
);
alter table reconciled_documents enable row level security;
alter table reconciled_documents force row level security;
create policy own_business on reconciled_documents
  using (business_id = current_business()) with check (business_id = current_business());
grant select, insert, update on reconciled_documents to fiscalise_app;

create table differences (
  business_id uuid not null,
  id uuid not null default gen_random_uuid(),
  sequence bigint not null generated always as identity,
  kind text not null check (kind in ('not-fiscalised', 'changed-after-signing', 'void-after-signing', 'gone-after-signing',
    'unresolved', 'not-written-back', 'twice-at-zoho', 'device-ahead', 'device-behind')),
  -- What it is about: a document, a submission or a device, as text; with the kind it is open once.
  subject text not null,
  document_kind text check (document_kind in ('invoice', 'credit-note')),
  zoho_document_id text,
  document_number text,
  document_date text collate "C",
  submission_id uuid,
  detail jsonb not null,
  -- Of what was found: with another one it is no more what a person accepted.
  found_sha256 text not null,
  first_seen timestamptz not null,
  -- The last run that found it.
  reconciliation_id uuid not null,
  resolved_at timestamptz,
  -- A person has seen it, and it is right as it is: no more open, though it is found still.
  accepted_at timestamptz,
  accepted_by uuid,
  accepted_reason text,
  primary key (business_id, id),
  foreign key (business_id, reconciliation_id) references reconciliations (business_id, id),
  foreign key (business_id, submission_id) references submissions (business_id, id),
  foreign key (business_id, accepted_by) references users (business_id, id),
  check ((accepted_at is null) = (accepted_by is null) and (accepted_at is null) = (accepted_reason is null)),
  check ((document_kind is null) = (zoho_document_id is null))
);
create unique index differences_unresolved on differences (business_id, kind, subject) where resolved_at is null;
create index differences_latest on differences (business_id, sequence desc);
alter table differences enable row level security;
alter table differences force row level security;
create policy own_business on differences
  using (business_id = current_business()) with check (business_id = current_business());
grant select, insert, update on differences to fiscalise_app;

-- Whose device and books can be compared by night; ids alone.
create function gate.businesses_to_reconcile() returns table (business_id uuid)
language sql stable security definer set search_path = '' as $$
  select b.id from public.businesses b
  join public.zoho_connections z on z.business_id = b.id and z.status = 'connected'
  where b.status = 'active'
    and exists (select from public.branches d where d.business_id = b.id and d.initialised_on is not null)
  order by b.id
$$;
-- How many are open over all businesses, by kind: numbers alone.
create function gate.open_differences() returns table (kind text, open bigint)
language sql stable security definer set search_path = '' as $$
  select d.kind, count(*) from public.differences d
  where d.resolved_at is null and d.accepted_at is null group by d.kind
$$;
create index differences_open_kinds on differences (kind) where resolved_at is null and accepted_at is null;
grant select (kind, resolved_at, accepted_at) on differences to fiscalise_gate;
create policy gate on differences for select to fiscalise_gate using (resolved_at is null and accepted_at is null);
revoke all on function gate.businesses_to_reconcile(), gate.open_differences() from public;
grant execute on function gate.businesses_to_reconcile(), gate.open_differences() to fiscalise_app;
grant create on schema gate to fiscalise_gate;
alter function gate.businesses_to_reconcile() owner to fiscalise_gate;
alter function gate.open_differences() owner to fiscalise_gate;
revoke create on schema gate from fiscalise_gate;
