-- Why: tell admins by e-mail what needs a person, each once; and know since when a device has not answered.

alter table users add column wants_notices boolean not null default true;
grant update (wants_notices) on users to fiscalise_app;

-- The first of the failures in a row; an answer ends them.
alter table branches add column failing_since timestamptz;
-- The owner is bound by FORCE too, and must see every row for a moment.
alter table branches no force row level security;
update branches set failing_since = coalesce(last_answer_at, now()) where failures > 0;
alter table branches force row level security;

-- What each person was told last, and the mail that is on its way (docs/decisions/020).
create table notice_mails (
  business_id uuid not null references businesses,
  user_id uuid not null,
  told jsonb not null default '[]',
  told_at timestamptz,
  -- Recorded before anything leaves, gone with the outcome.
  sending jsonb,
  sending_since timestamptz,
  message_id text,
  tries integer not null default 0,
  not_before timestamptz,
  primary key (business_id, user_id),
  foreign key (business_id, user_id) references users (business_id, id),
  check ((sending is null) = (sending_since is null) and (sending is null) = (message_id is null))
);
alter table notice_mails enable row level security;
alter table notice_mails force row level security;
create policy own_business on notice_mails
  using (business_id = current_business()) with check (business_id = current_business());
grant select, insert, update on notice_mails to fiscalise_app;

-- Whose open matters are looked at; ids alone.
create function gate.businesses_to_notify() returns table (business_id uuid)
language sql stable security definer set search_path = '' as $$
  select b.id from public.businesses b where b.status = 'active' and exists (
    select from public.users u where u.business_id = b.id and u.role = 'business_admin' and u.status = 'active'
      and u.wants_notices)
  order by b.id
$$;
revoke all on function gate.businesses_to_notify() from public;
grant execute on function gate.businesses_to_notify() to fiscalise_app;
grant create on schema gate to fiscalise_gate;
alter function gate.businesses_to_notify() owner to fiscalise_gate;
revoke create on schema gate from fiscalise_gate;
