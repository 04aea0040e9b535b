-- Why: count what each organisation of Zoho is asked in a day, take its webhooks, and fiscalise by policy what nobody clicked.

create table zoho_usage (
  business_id uuid not null references businesses,
  -- In UTC, as Zoho counts.
  day date not null,
  calls integer not null default 0,
  -- Not made, for want of room, or turned away by Zoho.
  refused integer not null default 0,
  day_limit_reached_at timestamptz,
  primary key (business_id, day)
);
alter table zoho_usage enable row level security;
alter table zoho_usage force row level security;
create policy own_business on zoho_usage
  using (business_id = current_business()) with check (business_id = current_business());
grant select, insert, update on zoho_usage to fiscalise_app;

-- What was made in the organisation for us, and how far it was looked through (docs/decisions/019).
create table zoho_automation (
  business_id uuid primary key references businesses,
  -- The last part of the webhook's address, to know it again by; and sealed, to show it.
  token_sha256 text unique,
  token text,
  secret text,
  -- Custom fields, webhooks and workflows by what they are for: their ids and names in Zoho.
  parts jsonb not null default '{}',
  parts_checked_at timestamptz,
  -- Whether the organisation had the fields that carry a buyer's TIN: {"invoice:cf_tin": {"found": true, "at": …}}.
  tin_fields jsonb not null default '{}',
  swept_until timestamptz,
  swept_at timestamptz,
  daily_calls_max integer check (daily_calls_max > 0),
  check ((token is null) = (token_sha256 is null) and (token is null) = (secret is null))
);
alter table zoho_automation enable row level security;
alter table zoho_automation force row level security;
create policy own_business on zoho_automation
  using (business_id = current_business()) with check (business_id = current_business());
grant select, insert, update on zoho_automation to fiscalise_app;

-- One row for each content that came; the same again within a day does nothing.
create table webhook_deliveries (
  business_id uuid not null references businesses,
  content_sha256 text not null,
  document_kind text check (document_kind in ('invoice', 'credit-note')),
  document_id text,
  state text not null check (state in ('accepted', 'ignored')),
  received_at timestamptz not null,
  primary key (business_id, content_sha256),
  check ((document_kind is null) = (document_id is null))
);
create index webhook_deliveries_age on webhook_deliveries (business_id, received_at);
alter table webhook_deliveries enable row level security;
alter table webhook_deliveries force row level security;
create policy own_business on webhook_deliveries
  using (business_id = current_business()) with check (business_id = current_business());
grant select, insert, update, delete on webhook_deliveries to fiscalise_app;

-- What the automation made of a document; nobody is asked about those it fiscalised.
create table automated_documents (
  business_id uuid not null references businesses,
  document_kind text not null check (document_kind in ('invoice', 'credit-note')),
  document_id text not null,
  document_number text,
  state text not null check (state in ('waiting', 'left', 'refused', 'fiscalised', 'void-after-fiscalisation')),
  codes text[] not null default '{}',
  tries integer not null default 0,
  state_since timestamptz not null,
  judged_at timestamptz not null,
  primary key (business_id, document_kind, document_id)
);
create index automated_documents_open on automated_documents (business_id, state, state_since)
  where state in ('waiting', 'refused', 'void-after-fiscalisation');
alter table automated_documents enable row level security;
alter table automated_documents force row level security;
create policy own_business on automated_documents
  using (business_id = current_business()) with check (business_id = current_business());
grant select, insert, update on automated_documents to fiscalise_app;

-- Nobody clicked: the automation is no user.
alter table submissions alter column created_by drop not null;

create function gate.business_of_webhook(token_sha256 text) returns uuid
language sql stable security definer set search_path = '' as $$
  select a.business_id from public.zoho_automation a where a.token_sha256 = $1
$$;
-- Whose organisations are looked through; ids alone.
create function gate.businesses_to_sweep() returns table (business_id uuid)
language sql stable security definer set search_path = '' as $$
  select b.id from public.businesses b
  join public.zoho_connections z on z.business_id = b.id and z.status = 'connected'
  where b.status = 'active' and coalesce(b.settings ->> 'autoFiscalise', 'off') <> 'off'
  order by b.id
$$;
grant select (business_id, token_sha256) on zoho_automation to fiscalise_gate;
create policy gate on zoho_automation for select to fiscalise_gate using (true);
revoke all on function gate.business_of_webhook(text), gate.businesses_to_sweep() from public;
grant execute on function gate.business_of_webhook(text), gate.businesses_to_sweep() to fiscalise_app;
grant create on schema gate to fiscalise_gate;
alter function gate.business_of_webhook(text) owner to fiscalise_gate;
alter function gate.businesses_to_sweep() owner to fiscalise_gate;
revoke create on schema gate from fiscalise_gate;
