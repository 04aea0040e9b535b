-- Why: a data key per business below the operator's key, request limits that all servers share, and figures that need no document opened.

-- Seals the business's secrets; itself sealed by the operator's key, which is changed by sealing it anew.
create table data_keys (
  business_id uuid not null references businesses,
  id uuid not null default gen_random_uuid(),
  wrapped text not null,
  created_at timestamptz not null default now(),
  primary key (business_id, id)
);
alter table data_keys enable row level security;
alter table data_keys force row level security;
create policy own_business on data_keys
  using (business_id = current_business()) with check (business_id = current_business());
grant select, insert, update (wrapped) on data_keys to fiscalise_app;

-- Which of the operator's keys are needed still, and where. Tokens of before there were data keys are sealed by the
-- operator's key itself: two parts, not three.
grant select (business_id, wrapped) on data_keys to fiscalise_gate;
grant select (business_id, refresh_token, access_token) on zoho_connections to fiscalise_gate;
create policy gate on data_keys for select to fiscalise_gate using (true);
create policy gate on zoho_connections for select to fiscalise_gate using (true);
create function gate.encryption_keys_in_use() returns table (business_id uuid, key_id text)
language sql stable security definer set search_path = '' as $$
  select k.business_id, pg_catalog.split_part(k.wrapped, '.', 1) from public.data_keys k
  union all
  select z.business_id, pg_catalog.split_part(token.sealed, '.', 1) from public.zoho_connections z
  cross join lateral (values (z.refresh_token), (z.access_token)) token (sealed)
  where token.sealed not like '%.%.%'
$$;
revoke all on function gate.encryption_keys_in_use() from public;
grant execute on function gate.encryption_keys_in_use() to fiscalise_app;
grant create on schema gate to fiscalise_gate;
alter function gate.encryption_keys_in_use() owner to fiscalise_gate;
revoke create on schema gate from fiscalise_gate;

-- A state is a credential for ten minutes; the hash is enough to know it again.
alter table oauth_states no force row level security;
delete from oauth_states;
alter table oauth_states force row level security;
alter table oauth_states rename column nonce to nonce_sha256;

-- Counters of requests; keys are digests, so they name nobody.
create table rate_limits (
  key text primary key,
  points integer not null default 0,
  expire bigint
);
create index rate_limits_expire on rate_limits (expire);
grant select, insert, update, delete on rate_limits to fiscalise_app;

alter table submissions
  add column buyer_name text,
  add column total numeric(18, 2),
  add column vat numeric(18, 2);
-- The owner is bound by FORCE too, and must see every row for a moment.
alter table submissions no force row level security;
alter table receipts no force row level security;
update submissions set
  buyer_name = request_text::jsonb ->> 'custNm',
  total = (request_text::jsonb ->> 'totAmt')::numeric,
  vat = (request_text::jsonb ->> 'totTaxAmt')::numeric;
alter table submissions alter column total set not null, alter column vat set not null;
-- Row-level security lets no text search use an index (their operators are not leakproof), so a search reads the
-- business's slice of submissions_list and no row. Bounded: an index entry has no room for more.
alter table submissions add column search_text text
  generated always as (left(lower(document_number || ' ' || coalesce(buyer_name, '')), 300)) stored;
create index submissions_list on submissions (business_id, sequence desc)
  include (state, unknown_attempts, needs_attention, created_at, search_text);
-- Nearly all are fiscalised; the rest is what people look for.
create index submissions_by_state on submissions (business_id, state, sequence desc)
  include (document_kind, zoho_document_id, transaction_kind, state_since) where state <> 'fiscalised';
create index submissions_attention on submissions (business_id, sequence desc) where needs_attention;

alter table receipts
  -- The day in the device's own time.
  add column issued_on date,
  add column label text not null default 'NS' check (label in ('NS', 'NR')),
  add column total numeric(18, 2),
  add column vat numeric(18, 2);
update receipts r set issued_on = to_date(left(r.published_at, 8), 'YYYYMMDD'), total = s.total, vat = s.vat
  from submissions s where s.business_id = r.business_id and s.id = r.submission_id;
alter table receipts
  alter column issued_on set not null, alter column total set not null, alter column vat set not null,
  alter column label drop default;
alter table submissions force row level security;
alter table receipts force row level security;
-- Figures come from the index alone; a list of receipts goes along it in the order they were issued.
create index receipts_figures on receipts (business_id, issued_on, published_at, id) include (label, total, vat);

-- What is sold under, searched as it is typed. Row-level security lets no text search use an index (their operators are
-- not leakproof), so a search by name reads the device's own classes, and a stored name spares it 30,000 times lower().
create index item_classes_code on item_classes (business_id, branch_id, code text_pattern_ops);
alter table item_classes add column search_name text generated always as (lower(name)) stored;
