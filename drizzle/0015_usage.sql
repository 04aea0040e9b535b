-- Why: what each business used, a month at a time, without reading a year of attempts when somebody asks (docs/decisions/029).

-- Finished days, each measured once in the night after.
create table usage_days (
  business_id uuid not null references businesses,
  -- In the device's time.
  day date not null,
  device_calls integer not null,
  device_ms bigint not null,
  -- Of that day's documents, attempts and receipts, as they are stored.
  stored_bytes bigint not null,
  primary key (business_id, day)
);
alter table usage_days enable row level security;
alter table usage_days force row level security;
create policy own_business on usage_days
  using (business_id = current_business()) with check (business_id = current_business());
grant select, insert on usage_days to fiscalise_app;

create index attempts_by_time on attempts (business_id, started_at);

-- Whose usage is measured or listed, a page at a time; ids alone, each is then looked at in its own transaction.
create function gate.businesses_by_id(after uuid, size integer) returns table (business_id uuid)
language sql stable security definer set search_path = '' as $$
  select b.id from public.businesses b where after is null or b.id > after order by b.id limit size
$$;
revoke all on function gate.businesses_by_id(uuid, integer) from public;
grant execute on function gate.businesses_by_id(uuid, integer) to fiscalise_app;
grant create on schema gate to fiscalise_gate;
alter function gate.businesses_by_id(uuid, integer) owner to fiscalise_gate;
revoke create on schema gate from fiscalise_gate;
