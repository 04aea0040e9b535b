-- Why: many documents are checked and signed as one run that outlives the page, the process and the machine (docs/decisions/024).

create table bulk_runs (
  business_id uuid not null references businesses,
  id uuid not null default gen_random_uuid(),
  sequence bigint not null generated always as identity,
  created_by uuid not null,
  -- In whose name the documents are signed: who started it, or resumed it last.
  started_by uuid,
  created_at timestamptz not null,
  asked_from date,
  asked_to date,
  state text not null check (state in ('checking', 'checked', 'running', 'paused', 'done', 'stopped')),
  state_since timestamptz not null,
  started_at timestamptz,
  -- All its documents are known.
  listed_at timestamptz,
  -- Found in the period, but with a receipt or on the way to one already.
  left_out integer not null default 0,
  -- Why it paused or stopped by itself: a problem code.
  reason text,
  -- Until when it waits by itself, and for what.
  waits_for text,
  waits_until timestamptz,
  tries integer not null default 0,
  primary key (business_id, id),
  foreign key (business_id, created_by) references users (business_id, id),
  foreign key (business_id, started_by) references users (business_id, id),
  check ((started_by is null) = (started_at is null)),
  check ((asked_from is null) = (asked_to is null)),
  check ((waits_for is null) = (waits_until is null))
);
create unique index bulk_runs_unfinished on bulk_runs (business_id)
  where state in ('checking', 'checked', 'running', 'paused');
create index bulk_runs_latest on bulk_runs (business_id, sequence desc);
alter table bulk_runs enable row level security;
alter table bulk_runs force row level security;
create policy own_business on bulk_runs
  using (business_id = current_business()) with check (business_id = current_business());
grant select, insert, update on bulk_runs to fiscalise_app;

create table bulk_documents (
  business_id uuid not null,
  run_id uuid not null,
  position integer not null check (position between 1 and 5000),
  zoho_document_id text not null,
  number text,
  date date,
  customer_name text,
  currency_code text,
  total numeric,
  state text not null default 'waiting' check (state in ('waiting', 'ready', 'refused', 'accepted', 'failed')),
  -- Codes with the lines they concern; their words are the reader's.
  refusals jsonb not null default '[]',
  -- Of one that failed: a problem code.
  problem text,
  submission_id uuid,
  -- The page of Zoho's list it stands on; null for one that was chosen.
  list_page integer,
  -- What the check read, for as long as it may still be used.
  document_text text,
  modified_time text,
  read_at timestamptz,
  settled_at timestamptz,
  primary key (business_id, run_id, position),
  unique (business_id, run_id, zoho_document_id),
  foreign key (business_id, run_id) references bulk_runs (business_id, id),
  foreign key (business_id, submission_id) references submissions (business_id, id),
  check ((state = 'accepted') = (submission_id is not null)),
  check ((state = 'failed') = (problem is not null))
);
create index bulk_documents_open on bulk_documents (business_id, run_id, state, position);
alter table bulk_documents enable row level security;
alter table bulk_documents force row level security;
create policy own_business on bulk_documents
  using (business_id = current_business()) with check (business_id = current_business());
grant select, insert, update on bulk_documents to fiscalise_app;
