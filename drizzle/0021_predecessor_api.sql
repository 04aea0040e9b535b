-- Why: installed plugins and workflows still call the predecessor's addresses; per business, off by default, and counted until the day they end (docs/decisions/032).

-- Null: off.
alter table businesses add column predecessor_api_since timestamptz;

create table predecessor_calls (
  business_id uuid not null references businesses,
  operation text not null check (operation in ('invoice-webhook', 'credit-note-webhook')),
  day date not null,
  calls integer not null check (calls > 0),
  primary key (business_id, operation, day)
);
alter table predecessor_calls enable row level security;
alter table predecessor_calls force row level security;
create policy own_business on predecessor_calls
  using (business_id = current_business()) with check (business_id = current_business());
grant select, insert, update on predecessor_calls to fiscalise_app;

-- Whose document an unsigned webhook may be about: enough to read it again, and nothing is believed.
create function gate.business_of_old_webhook(tin text) returns uuid
language sql stable security definer set search_path = '' as $$
  select b.id from public.businesses b
  where b.tin = $1 and b.status = 'active' and b.predecessor_api_since is not null
$$;
revoke all on function gate.business_of_old_webhook(text) from public;
grant execute on function gate.business_of_old_webhook(text) to fiscalise_app;
grant create on schema gate to fiscalise_gate;
alter function gate.business_of_old_webhook(text) owner to fiscalise_gate;
revoke create on schema gate from fiscalise_gate;
