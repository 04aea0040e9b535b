-- Why: receipts, people and counters of the predecessor come in as our own rows, each known by where it came from (docs/decisions/025).

-- What nobody knows of a device stays unknown until its set-up; a number counter there is all the same.
alter table branches
  alter column bhf_id drop not null,
  alter column base_url drop not null,
  alter column device_serial drop not null,
  add constraint branches_known check (initialised_on is null
    or (bhf_id is not null and base_url is not null and device_serial is not null));

-- Where the documents of imported receipts live: no other organisation may be connected.
alter table businesses add column known_organization_id text;

-- Null: our own.
alter table submissions add column imported_at timestamptz;
create index submissions_imported on submissions (business_id) where imported_at is not null;

create or replace function submission_may_go(from_state text, to_state text) returns boolean
language sql immutable set search_path = '' as $$
  select (from_state, to_state) in (
    ('queued', 'sending'), ('queued', 'rejected'), ('queued', 'withdrawn'),
    ('sending', 'queued'), ('sending', 'fiscalised'), ('sending', 'rejected'), ('sending', 'unknown'), ('sending', 'receipt-missing'),
    ('unknown', 'sending'), ('unknown', 'fiscalised'),
    ('receipt-missing', 'fiscalised'), ('receipt-missing', 'superseded'), ('receipt-missing', 'withdrawn'))
$$;
create or replace function check_submission_transition() returns trigger
language plpgsql set search_path = '' as $$
begin
  if not public.submission_may_go(old.state, new.state)
    -- Of our own, it is certain that they were signed.
    or (old.state = 'receipt-missing' and new.state = 'withdrawn' and old.imported_at is null) then
    raise exception 'a submission cannot go from % to %', old.state, new.state;
  end if;
  return new;
end $$;

-- Which row of the predecessor became which of ours; what is here is not brought again.
create table predecessor_rows (
  business_id uuid not null references businesses,
  source_table text not null check (source_table in ('businesses', 'users', 'webhook_activities', 'daily_reports')),
  source_id bigint not null,
  our_id uuid not null,
  -- Of a user: what she signed in with there.
  source_name text,
  imported_at timestamptz not null,
  primary key (business_id, source_table, source_id),
  check (source_name is null or source_table = 'users')
);
create index predecessor_rows_name on predecessor_rows (source_name) where source_name is not null;
alter table predecessor_rows enable row level security;
alter table predecessor_rows force row level security;
create policy own_business on predecessor_rows
  using (business_id = current_business()) with check (business_id = current_business());
grant select, insert on predecessor_rows to fiscalise_app;

-- As the predecessor printed them; it never saw a fiscalised sale, so they are added to nothing.
create table imported_day_reports (
  business_id uuid not null references businesses,
  id uuid not null default gen_random_uuid(),
  number integer not null check (number > 0),
  day date not null,
  figures jsonb not null,
  imported_at timestamptz not null,
  primary key (business_id, id),
  unique (business_id, number)
);
alter table imported_day_reports enable row level security;
alter table imported_day_reports force row level security;
create policy own_business on imported_day_reports
  using (business_id = current_business()) with check (business_id = current_business());
grant select, insert on imported_day_reports to fiscalise_app;
