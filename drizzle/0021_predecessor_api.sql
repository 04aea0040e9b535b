-- Why: installed plugins and workflows still call the predecessor's addresses; per business, off by default, and counted until the day they end (docs/decisions/032).

-- Null: off.
alter table businesses add column predecessor_api_since timestamptz;

create table predecessor_calls (
  business_id uuid not null references businesses,
  operation text not null check (operation ~ '^[a-z][a-z-]{1,39}$'),
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

-- Who may be meant by a name of the predecessor's at its old sign-in: the account goes on by its e-mail and TIN.
grant select (business_id, our_id, source_name) on predecessor_rows to fiscalise_gate;
create policy gate on predecessor_rows for select to fiscalise_gate using (source_name is not null);
create function gate.old_users(old_name text) returns table (email text, business_tin text)
language sql stable security definer set search_path = '' as $$
  select u.email, b.tin from public.predecessor_rows r
  join public.users u on u.business_id = r.business_id and u.id = r.our_id
  join public.businesses b on b.id = r.business_id
  where r.source_name = old_name and b.predecessor_api_since is not null
  limit 2
$$;
revoke all on function gate.old_users(text) from public;
grant execute on function gate.old_users(text) to fiscalise_app;

grant create on schema gate to fiscalise_gate;
alter function gate.business_of_old_webhook(text) owner to fiscalise_gate;
alter function gate.old_users(text) owner to fiscalise_gate;
revoke create on schema gate from fiscalise_gate;
