-- Why: many businesses, each with people of its own who sign in, and super admins who belong to none.

create function current_super_admin() returns uuid language sql stable set search_path = '' as
$$ select nullif(pg_catalog.current_setting('app.super_admin', true), '')::uuid $$;

-- Functions are nobody's but the server's, and none depends on a search path.
create or replace function submission_may_go(from_state text, to_state text) returns boolean
language sql immutable set search_path = '' as $$
  select (from_state, to_state) in (
    ('queued', 'sending'), ('queued', 'rejected'), ('queued', 'withdrawn'),
    ('sending', 'queued'), ('sending', 'fiscalised'), ('sending', 'rejected'), ('sending', 'unknown'), ('sending', 'receipt-missing'),
    ('unknown', 'sending'), ('unknown', 'fiscalised'),
    ('receipt-missing', 'fiscalised'), ('receipt-missing', 'superseded'))
$$;
create or replace function check_submission_transition() returns trigger
language plpgsql set search_path = '' as $$
begin
  if not public.submission_may_go(old.state, new.state) then
    raise exception 'a submission cannot go from % to %', old.state, new.state;
  end if;
  return new;
end $$;
revoke all on function current_business(), current_super_admin(), submission_may_go(text, text),
  check_submission_transition() from public;
grant execute on function current_business(), current_super_admin() to fiscalise_app, fiscalise_gate;
grant execute on function submission_may_go(text, text) to fiscalise_app;

alter table businesses
  add constraint businesses_tin_key unique (tin),
  add column status_since timestamptz not null default now(),
  -- When an admin confirmed name, address and contact as printed on receipts (set-up, step 1).
  add column company_confirmed_at timestamptz;

-- What the provider searches by.
create index businesses_search on businesses (lower(name), id);

alter table branches
  add column profile text not null default 'vsdc-1.0.5' check (profile in ('vsdc-1.0.5')),
  add column codes_synced_at timestamptz,
  -- Keys a device hands out at initialisation, sealed.
  add column device_keys text;

alter table users
  alter column business_id drop not null,
  drop constraint users_role_check,
  add constraint users_role_check check (role in ('super_admin', 'business_admin', 'business_user')),
  add constraint users_role_fits_business check ((role = 'super_admin') = (business_id is null)),
  add column status text not null default 'active' check (status in ('active', 'inactive')),
  add column language text check (language in ('en', 'fr', 'rw')),
  -- PHC string of argon2id; null until an invitation is accepted.
  add column password_hash text,
  add column password_changed_at timestamptz,
  add column updated_at timestamptz not null default now();
-- The owner is bound by FORCE too, and must see every row for a moment.
alter table users no force row level security;
update users set email = lower(email);
alter table users force row level security;
alter table users add constraint users_email_lower check (email = lower(email));
-- Whoever was ended stays in the audit; who comes back is made anew.
create unique index users_super_admin_email on users (email) where business_id is null and status = 'active';
create unique index users_super_admin_number on users (number) where business_id is null;
create index users_sign_in on users (email);

create table sessions (
  id uuid primary key default gen_random_uuid(),
  business_id uuid references businesses,
  user_id uuid not null references users,
  created_at timestamptz not null default now(),
  expires_at timestamptz not null,
  ended_at timestamptz,
  end_reason text check (end_reason in ('signed-out', 'token-reused', 'password-changed', 'role-changed', 'deactivated')),
  check ((ended_at is null) = (end_reason is null)),
  unique (business_id, id),
  foreign key (business_id, user_id) references users (business_id, id)
);
create index sessions_user on sessions (user_id) where ended_at is null;

-- Each is used once; the family of a session is the chain of its tokens.
create table refresh_tokens (
  sha256 text primary key,
  business_id uuid references businesses,
  session_id uuid not null references sessions on delete cascade,
  issued_at timestamptz not null default now(),
  replaced_at timestamptz,
  -- Its successor was handed out anew after an answer got lost; whoever shows it has stolen it.
  revoked_at timestamptz,
  replaced_by text,
  -- A token never belongs to another business's session.
  foreign key (business_id, session_id) references sessions (business_id, id) on delete cascade
);
create index refresh_tokens_session on refresh_tokens (session_id);

-- Activation and invitation: single use, kept as hashes.
create table one_time_codes (
  sha256 text primary key,
  business_id uuid not null references businesses,
  user_id uuid not null,
  kind text not null check (kind in ('activation', 'invitation')),
  created_at timestamptz not null default now(),
  expires_at timestamptz not null,
  used_at timestamptz,
  revoked_at timestamptz,
  foreign key (business_id, user_id) references users (business_id, id)
);
create index one_time_codes_user on one_time_codes (business_id, user_id);

drop policy own_business on users;
-- A super admin sees its own row; those of others come through schema gate.
create policy own_business on users
  using (business_id = current_business() or (business_id is null and id = current_super_admin()))
  with check (business_id = current_business() or (business_id is null and id = current_super_admin()));
-- Only the owner's login makes super admins: the server's role neither adds one nor moves a user out of its business.
create policy makes_no_super_admin on users as restrictive for insert to fiscalise_app with check (business_id is not null);
-- Nor does it end one, or bring one back.
create policy ends_no_super_admin on users as restrictive for update to fiscalise_app
  using (business_id is not null or status = 'active') with check (business_id is not null or status = 'active');
revoke update on users from fiscalise_app;
grant update (name, email, role, status, language, password_hash, password_changed_at, updated_at) on users to fiscalise_app;

do $$
declare
  name text;
begin
  foreach name in array array['sessions', 'refresh_tokens', 'one_time_codes']
  loop
    execute format('alter table %I enable row level security', name);
    execute format('alter table %I force row level security', name);
  end loop;
end $$;
create policy own_business on one_time_codes
  using (business_id = current_business()) with check (business_id = current_business());
create policy own_business on sessions
  using (business_id = current_business() or (business_id is null and user_id = current_super_admin()))
  with check (business_id = current_business() or (business_id is null and user_id = current_super_admin()));
create policy own_business on refresh_tokens
  using (business_id = current_business()
    or (business_id is null and current_super_admin() is not null
      and exists (select from sessions s where s.id = session_id and s.user_id = current_super_admin())))
  with check (business_id = current_business()
    or (business_id is null and current_super_admin() is not null
      and exists (select from sessions s where s.id = session_id and s.user_id = current_super_admin())));

grant select, insert, update on sessions, refresh_tokens, one_time_codes to fiscalise_app;
grant delete on refresh_tokens, sessions, one_time_codes to fiscalise_app;

-- The few questions that have to be asked before a business is known, or of all of them. Nothing else sees across.
create schema gate;
grant usage on schema gate to fiscalise_app, fiscalise_gate;
grant usage on schema public to fiscalise_gate;
grant select on businesses, users, sessions, refresh_tokens, one_time_codes to fiscalise_gate;
create policy gate on businesses for select to fiscalise_gate using (true);
create policy gate on users for select to fiscalise_gate using (true);
create policy gate on sessions for select to fiscalise_gate using (true);
create policy gate on refresh_tokens for select to fiscalise_gate using (true);
create policy gate on one_time_codes for select to fiscalise_gate using (true);

-- Who may be meant by an e-mail address at sign-in, in every business or in that of one TIN; a dozen at most, a super admin
-- before all: others come to have the same address without being asked.
create function gate.accounts_of(sign_in_email text, wanted_tin text)
returns table (user_id uuid, business_id uuid, role text, password_hash text, business_name text, business_tin text)
language sql stable security definer set search_path = '' as $$
  select u.id, u.business_id, u.role, u.password_hash, b.name, b.tin
  from public.users u left join public.businesses b on b.id = u.business_id
  where u.email = pg_catalog.lower(sign_in_email) and u.status = 'active' and u.password_hash is not null
    and (wanted_tin is null or b.tin = wanted_tin)
  order by u.business_id is not null, u.created_at, u.id limit 12
$$;

create function gate.owner_of_refresh_token(token_sha256 text) returns table (business_id uuid, user_id uuid)
language sql stable security definer set search_path = '' as $$
  select s.business_id, s.user_id from public.refresh_tokens t join public.sessions s on s.id = t.session_id
  where t.sha256 = token_sha256
$$;

create function gate.business_of_code(code_sha256 text) returns uuid
language sql stable security definer set search_path = '' as $$
  select c.business_id from public.one_time_codes c where c.sha256 = code_sha256
$$;

create function gate.is_super_admin(id uuid) returns boolean
language sql stable security definer set search_path = '' as $$
  select exists (select from public.users u where u.id = $1 and u.role = 'super_admin' and u.status = 'active')
$$;

-- For an active super admin only, whom the transaction names.
create function gate.list_businesses(search text, wanted_status text, page_size integer, skip integer)
returns table (id uuid, name text, tin text, email text, phone text, address text, status text, jurisdiction text,
  created_at timestamptz, updated_at timestamptz, total bigint)
language plpgsql stable security definer set search_path = '' as $$
begin
  if not gate.is_super_admin(public.current_super_admin()) then
    raise exception 'not a super admin' using errcode = '42501';
  end if;
  return query
    select b.id, b.name, b.tin, b.email, b.phone, b.address, b.status, b.jurisdiction, b.created_at, b.updated_at,
      pg_catalog.count(*) over ()
    from public.businesses b
    where (wanted_status is null or b.status = wanted_status)
      and (search is null or b.tin = search
        or pg_catalog.strpos(pg_catalog.lower(b.name), pg_catalog.lower(search)) > 0
        or pg_catalog.strpos(pg_catalog.lower(coalesce(b.email, '')), pg_catalog.lower(search)) > 0
        or (search ~ '^[0-9]{3,}$' and pg_catalog.strpos(b.tin, search) > 0))
    -- Whose TIN was asked for comes first: a name or an address may hold the same digits.
    order by (b.tin = search) is true desc, pg_catalog.lower(b.name), b.id
    limit page_size offset skip;
end $$;

do $$
declare
  made text;
begin
  for made in select p.oid::regprocedure::text from pg_proc p where p.pronamespace = 'gate'::regnamespace
  loop
    execute format('revoke all on function %s from public', made);
    execute format('grant execute on function %s to fiscalise_app', made);
  end loop;
end $$;

-- For the owner's login alone: the server's role learns of no super admin but the one its transaction names.
create function gate.super_admins() returns table (id uuid, number integer, name text, email text, status text,
  created_at timestamptz, last_sign_in_at timestamptz)
language sql stable security definer set search_path = '' as $$
  select u.id, u.number, u.name, u.email, u.status, u.created_at,
    (select pg_catalog.max(s.created_at) from public.sessions s where s.user_id = u.id)
  from public.users u where u.business_id is null order by u.number
$$;
revoke all on function gate.super_admins() from public;

grant create on schema gate to fiscalise_gate;
alter function gate.accounts_of(text, text) owner to fiscalise_gate;
alter function gate.owner_of_refresh_token(text) owner to fiscalise_gate;
alter function gate.business_of_code(text) owner to fiscalise_gate;
alter function gate.super_admins() owner to fiscalise_gate;
alter function gate.is_super_admin(uuid) owner to fiscalise_gate;
alter function gate.list_businesses(text, text, integer, integer) owner to fiscalise_gate;
revoke create on schema gate from fiscalise_gate;
