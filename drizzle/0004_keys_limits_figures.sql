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
create index submissions_recent on submissions (business_id, sequence desc);
create index submissions_by_state on submissions (business_id, state, sequence desc);
create index submissions_day on submissions (business_id, created_at, sequence);

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
-- Figures of a month come from the index alone.
create index receipts_figures on receipts (business_id, issued_on, label) include (total, vat);

-- The names of what is sold, searched as they are typed.
create index item_classes_code on item_classes (business_id, branch_id, code text_pattern_ops);
