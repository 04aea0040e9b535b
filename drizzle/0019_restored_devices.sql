-- Why: after a restore a device may have signed what this database no longer knows; nothing is signed until that is settled (docs/decisions/030).

-- Null: nothing is open. `restored_to` is the last moment the restored database knows of, `restored_number` the last
-- number it had reserved, whatever raises the counter afterwards; `restored_checked_at`: the device's last number is known.
alter table branches add column restored_at timestamptz, add column restored_to timestamptz,
  add column restored_number numeric(38, 0), add column restored_checked_at timestamptz,
  add constraint branches_restored check ((restored_at is null) = (restored_to is null)
    and (restored_at is null) = (restored_number is null) and (restored_checked_at is null or restored_at is not null));

-- Numbers the device used and this database does not know; each is settled by a person.
create table lost_numbers (
  business_id uuid not null,
  branch_id uuid not null,
  number numeric(38, 0) not null,
  settled_as text check (settled_as in ('document', 'other-till')),
  submission_id uuid,
  settled_at timestamptz,
  primary key (business_id, branch_id, number),
  foreign key (business_id, branch_id) references branches (business_id, id),
  foreign key (business_id, submission_id) references submissions (business_id, id),
  check ((settled_as is null) = (settled_at is null) and (settled_as is not distinct from 'document') = (submission_id is not null))
);
alter table lost_numbers enable row level security;
alter table lost_numbers force row level security;
create policy own_business on lost_numbers
  using (business_id = current_business()) with check (business_id = current_business());
grant select, insert, update on lost_numbers to fiscalise_app;

-- Which PostgreSQL this database was in when a server last started: another, or another timeline, means a restore.
create table database_identity (
  system_identifier text not null,
  timeline text not null,
  -- Of a table: a dump loaded again makes it anew.
  table_oid bigint not null,
  accepted_at timestamptz not null,
  one boolean primary key default true check (one)
);
alter table database_identity enable row level security;
alter table database_identity force row level security;
create policy everybody on database_identity using (true) with check (true);
grant select, insert, update on database_identity to fiscalise_app;

-- Whose devices may have signed more than is known, also those set up after the backup; ids alone.
create function gate.businesses_with_device() returns table (business_id uuid)
language sql stable security definer set search_path = '' as $$
  select distinct b.business_id from public.branches b order by 1
$$;
revoke all on function gate.businesses_with_device() from public;
grant execute on function gate.businesses_with_device() to fiscalise_app;
grant create on schema gate to fiscalise_gate;
alter function gate.businesses_with_device() owner to fiscalise_gate;
revoke create on schema gate from fiscalise_gate;
