-- Why: people sign in with Zoho from the widget, what begins in a window completes there only, and an organisation can be let go.

-- A sign-in a widget began. Whose it is, Zoho says later; until then it is nobody's, and the gate alone reaches it.
create table pairings (
  id uuid primary key,
  poll_sha256 text not null,
  state_sha256 text not null unique,
  organization_id text not null,
  -- The page that began it; null when its code can only be typed.
  page_origin text,
  expires_at timestamptz not null,
  consented_at timestamptz,
  code_sha256 text,
  tries integer not null default 0,
  business uuid,
  person uuid,
  refusal text,
  redeemed_at timestamptz,
  check ((code_sha256 is null) = (business is null) and (code_sha256 is null) = (person is null)),
  check (code_sha256 is null or refusal is null)
);
create index pairings_expiry on pairings (expires_at);
alter table pairings enable row level security;
alter table pairings force row level security;
create policy gate on pairings to fiscalise_gate using (true) with check (true);
grant select, insert, update, delete on pairings to fiscalise_gate;

-- A consent for the whole organisation waits here, sealed, until the window that asked for it shows the code.
alter table oauth_states
  add column page_origin text,
  add column consented_at timestamptz,
  add column code_sha256 text,
  add column tries integer not null default 0,
  add column refusal text,
  add column sealed_grant text,
  add column offer jsonb;
grant update on oauth_states to fiscalise_app;

alter table zoho_connections
  alter column refresh_token drop not null,
  drop constraint zoho_connections_status_check,
  add constraint zoho_connections_status_check check (status in ('connected', 'lost', 'disconnected')),
  add constraint zoho_connections_let_go check ((status = 'disconnected') = (refresh_token is null)),
  drop constraint zoho_connections_organization_id_key;
-- Once let go, an organisation may be connected to another business.
create unique index zoho_connections_organization_id_key on zoho_connections (organization_id)
  where status <> 'disconnected';

-- Grants that are ours no more but still live at Zoho.
create table zoho_revocations (
  business_id uuid not null references businesses,
  id uuid not null default gen_random_uuid(),
  accounts_url text not null,
  refresh_token text not null,
  created_at timestamptz not null default now(),
  tries integer not null default 0,
  primary key (business_id, id)
);
alter table zoho_revocations enable row level security;
alter table zoho_revocations force row level security;
create policy own_business on zoho_revocations
  using (business_id = current_business()) with check (business_id = current_business());
grant select, insert, update (tries), delete on zoho_revocations to fiscalise_app;

-- Of a user who signed in with Zoho: the id is the organisation's own.
alter table users add column zoho_user_id text;
create unique index users_zoho_user on users (business_id, zoho_user_id);
grant update (zoho_user_id) on users to fiscalise_app;

create function gate.begin_pairing(pairing uuid, poll_sha256 text, state_sha256 text, organization text, page text,
  at timestamptz, ends_at timestamptz)
returns void language sql security definer set search_path = '' as $$
  delete from public.pairings p where p.expires_at < at - interval '1 hour';
  insert into public.pairings (id, poll_sha256, state_sha256, organization_id, page_origin, expires_at)
  values (pairing, $2, $3, organization, page, ends_at)
$$;

-- Once: whoever comes back from Zoho second finds nothing.
create function gate.take_pairing(state_sha256 text, at timestamptz)
returns table (id uuid, organization_id text, page_origin text)
language sql security definer set search_path = '' as $$
  update public.pairings p set consented_at = at
  where p.state_sha256 = $1 and p.consented_at is null and p.expires_at > at
  returning p.id, p.organization_id, p.page_origin
$$;

-- For a pairing whose state has come back only, so that nobody learns whose organisation it is by asking.
create function gate.business_of_pairing(pairing uuid) returns uuid
language sql stable security definer set search_path = '' as $$
  select z.business_id from public.pairings p
  join public.zoho_connections z on z.organization_id = p.organization_id and z.status <> 'disconnected'
  where p.id = pairing and p.consented_at is not null and p.code_sha256 is null and p.refusal is null
$$;

create function gate.settle_pairing(pairing uuid, code_sha256 text, business uuid, person uuid, refusal text)
returns void language sql security definer set search_path = '' as $$
  update public.pairings p set code_sha256 = $2, business = $3, person = $4, refusal = $5
  where p.id = pairing and p.consented_at is not null and p.code_sha256 is null and p.refusal is null
$$;

create function gate.look_at_pairing(pairing uuid, poll_sha256 text, at timestamptz)
returns table (status text, refusal text)
language sql stable security definer set search_path = '' as $$
  select case when p.refusal is not null then 'refused'
      when p.redeemed_at is not null or p.expires_at <= at or p.tries >= 5 then 'expired'
      when p.code_sha256 is not null then 'ready' else 'pending' end, p.refusal
  from public.pairings p where p.id = pairing and p.poll_sha256 = $2
$$;

-- Counts a wrong code; the right one is good once.
create function gate.redeem_pairing(pairing uuid, poll_sha256 text, code_sha256 text, at timestamptz)
returns table (outcome text, business uuid, person uuid)
language plpgsql security definer set search_path = '' as $$
declare
  found_one public.pairings;
begin
  select * into found_one from public.pairings p where p.id = $1 and p.poll_sha256 = $2 for update;
  if found_one.id is null or found_one.refusal is not null or found_one.redeemed_at is not null
    or found_one.expires_at <= at or found_one.tries >= 5 then
    return query select 'ended'::text, null::uuid, null::uuid;
  elsif found_one.code_sha256 is distinct from $3 then
    update public.pairings p set tries = p.tries + (found_one.code_sha256 is not null)::integer where p.id = $1;
    return query select 'wrong'::text, null::uuid, null::uuid;
  else
    update public.pairings p set redeemed_at = at where p.id = $1;
    return query select 'redeemed'::text, found_one.business, found_one.person;
  end if;
end $$;

-- Who has grants to give back: let go, or given for a consent that nobody completed.
create function gate.businesses_with_grants_to_revoke(at timestamptz) returns table (business_id uuid)
language sql stable security definer set search_path = '' as $$
  select r.business_id from public.zoho_revocations r
  union
  select s.business_id from public.oauth_states s where s.sealed_grant is not null and s.expires_at <= at
$$;
grant select (organization_id, status) on zoho_connections to fiscalise_gate;
grant select (business_id) on zoho_revocations to fiscalise_gate;
grant select (business_id, expires_at, sealed_grant) on oauth_states to fiscalise_gate;
create policy gate on zoho_revocations for select to fiscalise_gate using (true);
create policy gate on oauth_states for select to fiscalise_gate using (true);

grant create on schema gate to fiscalise_gate;
do $$
declare
  made text;
begin
  for made in select p.oid::regprocedure::text from pg_proc p where p.pronamespace = 'gate'::regnamespace
    and (p.proname like '%\_pairing' or p.proname = 'businesses_with_grants_to_revoke')
  loop
    execute format('revoke all on function %s from public', made);
    execute format('grant execute on function %s to fiscalise_app', made);
    execute format('alter function %s owner to fiscalise_gate', made);
  end loop;
end $$;
revoke create on schema gate from fiscalise_gate;
