-- Why: some work of a business goes one at a time over all servers, though no transaction stays open for it (docs/decisions/031).

create table leases (
  business_id uuid not null references businesses,
  work text not null check (work in ('zoho-parts', 'bundle')),
  -- Whoever has taken it last; only that one may go on.
  holder uuid not null,
  -- It is free from then on: nothing has to be mended after a crash.
  ends_at timestamptz not null,
  primary key (business_id, work)
);
alter table leases enable row level security;
alter table leases force row level security;
create policy own_business on leases
  using (business_id = current_business()) with check (business_id = current_business());
grant select, insert, update on leases to fiscalise_app;
