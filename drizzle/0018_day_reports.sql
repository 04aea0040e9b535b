-- Why: a day is closed once, by a numbered report that counts each receipt exactly once and never changes (docs/decisions/026).

-- Closes every day up to its own that no report has closed. Written in a moment, under the branch's lock; counted after it.
create table day_reports (
  business_id uuid not null references businesses,
  id uuid not null default gen_random_uuid(),
  branch_id uuid not null,
  number integer not null check (number > 0),
  day date not null,
  -- The day of the report before; null: the first.
  after_day date check (after_day < day),
  -- What had no receipt at that moment.
  incomplete jsonb not null,
  -- Whose report it is, as its paper says it.
  seller jsonb not null,
  closed_at timestamptz not null,
  -- Null: the business's policy.
  closed_by uuid,
  primary key (business_id, id),
  unique (business_id, branch_id, number),
  unique (business_id, branch_id, day),
  foreign key (business_id, branch_id) references branches (business_id, id),
  foreign key (business_id, closed_by) references users (business_id, id)
);
alter table day_reports enable row level security;
alter table day_reports force row level security;
create policy own_business on day_reports
  using (business_id = current_business()) with check (business_id = current_business());

create table day_report_figures (
  business_id uuid not null,
  report_id uuid not null,
  receipts integer not null,
  -- Days its receipts were issued on; null: it counts none.
  first_day date,
  last_day date,
  -- Refunds taken off.
  total numeric not null,
  vat numeric not null,
  figures jsonb not null,
  primary key (business_id, report_id),
  foreign key (business_id, report_id) references day_reports (business_id, id),
  check ((first_day is null) = (receipts = 0) and (last_day is null) = (receipts = 0))
);
alter table day_report_figures enable row level security;
alter table day_report_figures force row level security;
create policy own_business on day_report_figures
  using (business_id = current_business()) with check (business_id = current_business());
grant select, insert on day_reports, day_report_figures to fiscalise_app;

-- The day whose report counts it: when it was issued, or the first day that was still open when it was stored. The trigger
-- below sets it, whoever stores the receipt, under the branch's lock, which closing takes too.
alter table receipts add column report_day date;
alter table receipt_copies add column report_day date;
-- The owner is bound by FORCE too, and must see every row for a moment.
alter table receipts no force row level security;
alter table receipt_copies no force row level security;
update receipts set report_day = issued_on;
update receipt_copies set report_day = (created_at at time zone 'UTC' + interval '2 hours')::date;
alter table receipts force row level security;
alter table receipt_copies force row level security;
create index receipts_by_report on receipts (business_id, report_day);
create index receipt_copies_by_report on receipt_copies (business_id, report_day);

create function first_open_day(branch uuid, day date) returns date language sql stable set search_path = '' as $$
  select greatest(day, (select max(closed.day) + 1 from public.day_reports closed where closed.branch_id = branch))
$$;
create function set_report_day() returns trigger language plpgsql set search_path = '' as $$
declare
  branch uuid;
begin
  if tg_op = 'UPDATE' then
    raise exception 'a receipt stays in the report of its day';
  end if;
  if tg_table_name = 'receipts' then
    select s.branch_id into branch from public.submissions s where s.id = new.submission_id;
    new.report_day := public.first_open_day(branch, new.issued_on);
  else
    select s.branch_id into branch from public.receipts r join public.submissions s on s.id = r.submission_id
      where r.id = new.receipt_id;
    new.report_day := public.first_open_day(branch, (new.created_at at time zone 'UTC' + interval '2 hours')::date);
  end if;
  return new;
end $$;
revoke all on function first_open_day(uuid, date), set_report_day() from public;
grant execute on function first_open_day(uuid, date) to fiscalise_app;
create trigger receipts_report_day before insert on receipts
  for each row execute function set_report_day();
create trigger receipt_copies_report_day before insert on receipt_copies
  for each row execute function set_report_day();
create trigger receipts_keep_report_day before update of report_day on receipts
  for each row when (new.report_day is distinct from old.report_day) execute function set_report_day();

-- The frozen requests in our own words, so that days of a hundred thousand receipts are added up where they are: numbers are
-- taken from the JSON's text as exact decimals.
create view sold_receipts with (security_invoker = true) as
select r.business_id, s.branch_id, r.source, r.report_day, r.issued_on, r.label, r.total, r.vat,
  sale."pmtTyCd" as payment_code, sale."taxblAmtA" as taxable_a, sale."taxAmtA" as tax_a,
  sale."taxblAmtB" as taxable_b, sale."taxAmtB" as tax_b, sale."taxblAmtC" as taxable_c, sale."taxAmtC" as tax_c,
  sale."taxblAmtD" as taxable_d, sale."taxAmtD" as tax_d
from receipts r join submissions s on s.business_id = r.business_id and s.id = r.submission_id
cross join lateral json_to_record(s.request_text::json) as sale("pmtTyCd" text,
  "taxblAmtA" numeric, "taxblAmtB" numeric, "taxblAmtC" numeric, "taxblAmtD" numeric,
  "taxAmtA" numeric, "taxAmtB" numeric, "taxAmtC" numeric, "taxAmtD" numeric);

create view sold_lines with (security_invoker = true) as
select r.business_id, s.branch_id, r.source, r.report_day, r.issued_on, r.label,
  line."itemCd" as item_code, line."itemNm" as name, line."taxTyCd" as tax_class, line.prc as unit_price,
  line.qty as quantity, line."dcAmt" as discount, line."totAmt" as gross, line."taxAmt" as tax
from receipts r join submissions s on s.business_id = r.business_id and s.id = r.submission_id
cross join lateral json_to_recordset(s.request_text::json -> 'itemList') as line(
  "itemCd" text, "itemNm" text, "taxTyCd" text, prc numeric, qty numeric, "dcAmt" numeric, "totAmt" numeric,
  "taxAmt" numeric);
grant select on sold_receipts, sold_lines to fiscalise_app;

-- Whose days are closed without being asked; ids alone.
create function gate.businesses_to_close() returns table (business_id uuid)
language sql stable security definer set search_path = '' as $$
  select b.id from public.businesses b where b.settings ->> 'closeDay' = 'at-2359' order by b.id
$$;
revoke all on function gate.businesses_to_close() from public;
grant execute on function gate.businesses_to_close() to fiscalise_app;
grant create on schema gate to fiscalise_gate;
alter function gate.businesses_to_close() owner to fiscalise_gate;
revoke create on schema gate from fiscalise_gate;
