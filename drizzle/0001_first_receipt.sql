-- Why: one business, its device, and submissions that survive anything. Every tenant table forces row-level security from here on.

create function current_business() returns uuid language sql stable set search_path = '' as
$$ select nullif(pg_catalog.current_setting('app.business_id', true), '')::uuid $$;

create table businesses (
  id uuid primary key default gen_random_uuid(),
  name text not null,
  tin text not null check (tin ~ '^[0-9]{9}$'),
  address text,
  phone text,
  email text,
  status text not null default 'active' check (status in ('active', 'inactive')),
  jurisdiction text not null check (jurisdiction in ('RW')),
  language text not null default 'en' check (language in ('en', 'fr', 'rw')),
  settings jsonb not null default '{}',
  -- Which of the business's logos is printed.
  logo_sha256 text,
  last_item_number integer not null default 0,
  last_user_number integer not null default 0,
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now()
);

-- Kept by content: a thousand receipts print one logo.
create table logos (
  business_id uuid not null references businesses,
  sha256 text not null,
  bytes bytea not null,
  primary key (business_id, sha256)
);

create table users (
  id uuid primary key default gen_random_uuid(),
  business_id uuid not null references businesses,
  number integer not null,
  name text not null,
  email text not null,
  role text not null check (role in ('business_admin', 'business_user')),
  created_at timestamptz not null default now(),
  unique (business_id, number),
  unique (business_id, email),
  unique (business_id, id)
);

-- One fiscal device. invoice numbers go to 38 digits (docs/vsdc.md#numbers).
create table branches (
  id uuid not null default gen_random_uuid(),
  business_id uuid not null references businesses,
  bhf_id text not null check (bhf_id ~ '^[0-9]{2}$'),
  base_url text not null,
  device_serial text not null,
  initialised_on date,
  vat_registered boolean,
  -- Since when VAT status and number are a person's word, for the device did not repeat them.
  stated_on date,
  initialisation jsonb,
  last_invoice_number numeric(38, 0) not null default 0,
  line_arithmetic text not null default 'natural' check (line_arithmetic in ('natural', 'exact')),
  failures integer not null default 0,
  resting_until timestamptz,
  last_answer_at timestamptz,
  created_at timestamptz not null default now(),
  unique (business_id, bhf_id),
  primary key (business_id, id)
);

-- Numbers a definite refusal or a withdrawal gave back; the next submission takes the lowest (fiscal rules §6).
create table freed_numbers (
  business_id uuid not null,
  branch_id uuid not null,
  number numeric(38, 0) not null,
  freed_at timestamptz not null default now(),
  primary key (business_id, branch_id, number),
  foreign key (business_id, branch_id) references branches (business_id, id)
);

create table tax_mappings (
  business_id uuid not null references businesses,
  -- '' is Zoho's "no tax".
  tax_id text not null,
  tax_class text not null,
  primary key (business_id, tax_id)
);

create table items (
  business_id uuid not null references businesses,
  key text not null check (key ~ '^(item:.+|general:goods|general:service|shipping)$'),
  kind text check (kind in ('goods', 'service')),
  name text,
  unit text,
  default_price numeric,
  country text not null default 'RW',
  item_class text,
  item_code text,
  item_number integer,
  -- What Zoho said of the item, and when.
  read_at timestamptz,
  primary key (business_id, key),
  unique (business_id, item_code),
  unique (business_id, item_number)
);

-- What each device was told of an item; compared before a sale (fiscal rules §5).
create table item_registrations (
  business_id uuid not null,
  branch_id uuid not null,
  item_key text not null,
  facts text not null,
  registered_at timestamptz not null default now(),
  primary key (business_id, branch_id, item_key),
  foreign key (business_id, branch_id) references branches (business_id, id)
);

create table device_codes (
  business_id uuid not null,
  branch_id uuid not null,
  class text not null,
  code text not null,
  name text not null,
  attribute text,
  in_use boolean not null,
  primary key (business_id, branch_id, class, code),
  foreign key (business_id, branch_id) references branches (business_id, id)
);

create table item_classes (
  business_id uuid not null,
  branch_id uuid not null,
  code text not null,
  name text not null,
  level integer,
  tax_class text,
  in_use boolean not null,
  primary key (business_id, branch_id, code),
  foreign key (business_id, branch_id) references branches (business_id, id)
);

create table zoho_connections (
  business_id uuid primary key references businesses,
  organization_id text not null unique,
  organization_name text not null,
  base_currency text not null,
  accounts_url text not null,
  api_url text not null,
  scopes text not null,
  refresh_token text not null,
  access_token text,
  access_expires_at timestamptz,
  access_given_at timestamptz,
  -- The moments of the latest refreshes: Zoho allows 10 in 10 minutes (docs/zoho.md#oauth).
  refreshed_at timestamptz[] not null default '{}',
  -- A refresh under way; others wait for it.
  refreshing_until timestamptz,
  status text not null default 'connected' check (status in ('connected', 'lost')),
  connected_at timestamptz not null default now()
);

create table oauth_states (
  business_id uuid not null references businesses,
  nonce text not null,
  user_id uuid not null,
  -- Which of the admin's organisations to bind; null when there is but one.
  organization_id text,
  expires_at timestamptz not null,
  primary key (business_id, nonce)
);

create table submissions (
  id uuid not null default gen_random_uuid(),
  business_id uuid not null,
  branch_id uuid not null,
  sequence bigint generated always as identity,
  document_kind text not null check (document_kind in ('invoice')),
  transaction_kind text not null check (transaction_kind in ('sale')),
  zoho_document_id text not null,
  document_number text not null,
  idempotency_key text,
  state text not null check (state in
    ('queued', 'sending', 'unknown', 'fiscalised', 'rejected', 'receipt-missing', 'withdrawn', 'superseded')),
  state_since timestamptz not null default now(),
  created_at timestamptz not null default now(),
  created_by uuid not null,
  actor jsonb not null,
  -- Null once given back or taken by somebody else's till.
  invoice_number numeric(38, 0),
  line_arithmetic text not null check (line_arithmetic in ('natural', 'exact')),
  frozen_at timestamptz not null,
  request_path text not null,
  request_text text not null,
  request_sha256 text not null,
  sale jsonb not null,
  document_text text not null,
  fingerprint jsonb not null,
  item_codes jsonb not null,
  -- What the device must know of each item, and the seller as printed, as they were at accept.
  registrations jsonb not null,
  seller jsonb not null,
  attempts integer not null default 0,
  -- Attempts of these very bytes whose outcome is unknown.
  unknown_attempts integer not null default 0,
  unknown_since timestamptz,
  number_conflicts integer not null default 0,
  -- Answers to an item's registration that were neither yes nor no.
  item_failures integer not null default 0,
  next_attempt_at timestamptz not null default now(),
  worker text,
  needs_attention boolean not null default false,
  problem text,
  result_code text,
  result_message text,
  foreign key (business_id, branch_id) references branches (business_id, id),
  foreign key (business_id, created_by) references users (business_id, id),
  primary key (business_id, id)
);
create unique index submissions_one_per_document on submissions
  (business_id, document_kind, zoho_document_id, transaction_kind) where state not in ('rejected', 'withdrawn');
create unique index submissions_number on submissions (business_id, branch_id, invoice_number)
  where invoice_number is not null;
create unique index submissions_idempotency on submissions (business_id, idempotency_key)
  where idempotency_key is not null;
-- In the order the device takes them: one that asks for a person goes behind, unless it is being sent.
create index submissions_waiting on submissions
  (business_id, branch_id, (needs_attention and state <> 'sending'), sequence)
  where state in ('queued', 'sending', 'unknown');
create index submissions_document on submissions (business_id, zoho_document_id, sequence desc);

-- The life of a submission (docs/receipt-states.md); anything else is a bug and is refused here too.
create function submission_may_go(from_state text, to_state text) returns boolean language sql immutable as $$
  select (from_state, to_state) in (
    ('queued', 'sending'), ('queued', 'rejected'), ('queued', 'withdrawn'),
    ('sending', 'queued'), ('sending', 'fiscalised'), ('sending', 'rejected'), ('sending', 'unknown'), ('sending', 'receipt-missing'),
    ('unknown', 'sending'), ('unknown', 'fiscalised'),
    ('receipt-missing', 'fiscalised'), ('receipt-missing', 'superseded'))
$$;
create function check_submission_transition() returns trigger language plpgsql as $$
begin
  if not submission_may_go(old.state, new.state) then
    raise exception 'a submission cannot go from % to %', old.state, new.state;
  end if;
  return new;
end $$;
create trigger submissions_transition before update of state on submissions
  for each row when (old.state is distinct from new.state) execute function check_submission_transition();

create table attempts (
  id bigint generated always as identity,
  business_id uuid not null,
  submission_id uuid not null,
  number integer not null,
  invoice_number numeric(38, 0) not null,
  request_sha256 text not null,
  worker text not null,
  started_at timestamptz not null default now(),
  finished_at timestamptz,
  -- Recorded as unknown before the bytes leave (fiscal rules §6).
  outcome text not null default 'unknown' check (outcome in ('signed', 'rejected', 'not-sent', 'unknown')),
  result_code text,
  reason text,
  answer_text text,
  foreign key (business_id, submission_id) references submissions (business_id, id),
  primary key (business_id, id),
  unique (business_id, submission_id, number)
);

create table receipts (
  id uuid not null default gen_random_uuid(),
  business_id uuid not null,
  submission_id uuid not null,
  receipt_number text not null,
  total_number text not null,
  internal_data text not null,
  signature text not null,
  published_at text not null check (published_at ~ '^[0-9]{14}$'),
  sdc_id text not null,
  mrc_number text not null,
  adopted boolean not null,
  -- Everything the receipt prints beside the sale, as it was at fiscalisation.
  seller jsonb not null,
  qr_text text not null,
  created_at timestamptz not null default now(),
  foreign key (business_id, submission_id) references submissions (business_id, id),
  unique (business_id, submission_id),
  primary key (business_id, id)
);

create table receipt_copies (
  business_id uuid not null,
  receipt_id uuid not null,
  number integer not null,
  idempotency_key text,
  created_at timestamptz not null default now(),
  primary key (business_id, receipt_id, number),
  foreign key (business_id, receipt_id) references receipts (business_id, id),
  unique (business_id, idempotency_key)
);

create table audit_events (
  id bigint generated always as identity primary key,
  business_id uuid not null references businesses,
  at timestamptz not null default now(),
  actor text not null,
  action text not null,
  subject text not null,
  detail jsonb not null default '{}'
);
create index audit_events_subject on audit_events (business_id, subject, id);

do $$
declare
  name text;
begin
  execute 'alter table businesses enable row level security';
  execute 'alter table businesses force row level security';
  execute 'create policy own_business on businesses using (id = current_business()) with check (id = current_business())';
  foreach name in array array['logos', 'users', 'branches', 'freed_numbers', 'tax_mappings', 'items', 'item_registrations',
    'device_codes', 'item_classes', 'zoho_connections', 'oauth_states', 'submissions', 'attempts', 'receipts', 'receipt_copies',
    'audit_events']
  loop
    execute format('alter table %I enable row level security', name);
    execute format('alter table %I force row level security', name);
    execute format(
      'create policy own_business on %I using (business_id = current_business()) with check (business_id = current_business())',
      name);
  end loop;
end $$;

grant usage on schema public to fiscalise_app;
grant select, insert, update on businesses, users, branches, tax_mappings, items, item_registrations, device_codes,
  item_classes, zoho_connections, submissions, attempts, receipts to fiscalise_app;
grant delete on freed_numbers, device_codes, item_classes, tax_mappings, oauth_states to fiscalise_app;
grant select, insert on logos, freed_numbers, oauth_states, receipt_copies, audit_events to fiscalise_app;
