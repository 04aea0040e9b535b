-- Why: what an operator has to see of all businesses at once, as numbers and nothing else (docs/decisions/027).

-- The few that are neither done nor on their way; nothing else finds them across businesses.
create index submissions_without_receipt on submissions (state_since) where state = 'receipt-missing';

grant select (business_id, state, state_since, created_at, unknown_since, needs_attention) on submissions to fiscalise_gate;
grant select (business_id, initialised_on, failing_since, resting_until) on branches to fiscalise_gate;
grant select (state, state_since, created_at, problem) on write_backs to fiscalise_gate;
grant select (business_id, state, state_since) on automated_documents to fiscalise_gate;
grant select (business_id, day, calls, day_limit_reached_at) on zoho_usage to fiscalise_gate;
grant select (daily_calls_max) on zoho_automation to fiscalise_gate;
grant select (sending_since) on notice_mails to fiscalise_gate;
-- What is done is nobody's to see here.
create policy gate on submissions for select to fiscalise_gate
  using (state in ('queued', 'sending', 'unknown', 'receipt-missing'));
create policy gate on branches for select to fiscalise_gate using (true);
create policy gate on write_backs for select to fiscalise_gate using (state in ('waiting', 'writing', 'blocked'));
create policy gate on automated_documents for select to fiscalise_gate
  using (state in ('waiting', 'refused', 'void-after-fiscalisation'));
create policy gate on zoho_usage for select to fiscalise_gate using (true);
create policy gate on notice_mails for select to fiscalise_gate using (sending_since is not null);

-- Counts and ages in seconds over all businesses: no id, no name, no amount. Each part goes along a small index.
create function gate.platform_figures(moment timestamptz)
returns table (figure text, kind text, value double precision)
language sql stable security definer set search_path = '' as $$
  with waiting as (
    select s.state, s.needs_attention,
      extract(epoch from moment - case s.state when 'queued' then s.created_at
        when 'unknown' then coalesce(s.unknown_since, s.state_since) else s.state_since end) as age
    from public.submissions s where s.state in ('queued', 'sending', 'unknown')
    union all
    select s.state, s.needs_attention, extract(epoch from moment - s.state_since)
    from public.submissions s where s.state = 'receipt-missing'
  ), devices as (
    select d.failing_since, d.resting_until from public.branches d
    join public.businesses b on b.id = d.business_id and b.status = 'active'
    where d.initialised_on is not null
  ), written as (
    -- Oldest of those due; blocked ones wait for a person. Without the fields the set-up is not done, which is no fault.
    select w.state, extract(epoch from moment - w.created_at) as age
    from public.write_backs w where w.state in ('waiting', 'writing')
    union all
    select w.state, extract(epoch from moment - w.state_since)
    from public.write_backs w where w.state = 'blocked' and w.problem is distinct from 'zoho-fields-missing'
  ), automated as (
    select a.state, extract(epoch from moment - a.state_since) as age
    from public.automated_documents a
    join public.businesses b on b.id = a.business_id and b.status = 'active'
    where a.state in ('waiting', 'refused', 'void-after-fiscalisation')
  ), allowance as (
    select u.day_limit_reached_at is not null as reached, u.calls > 0.8 * p.daily_calls_max as near
    from public.businesses b
    join public.zoho_usage u on u.business_id = b.id and u.day = (moment at time zone 'UTC')::date
    left join public.zoho_automation p on p.business_id = b.id
  ), unanchored as (
    select first.at from gate.unanchored_heads() head
    cross join lateral (
      select e.at from public.audit_events e where e.chain = head.chain and e.sequence > coalesce((
        select a.sequence from public.audit_anchors a where a.chain = head.chain order by a.sequence desc limit 1), 0)
      order by e.sequence limit 1) first
  )
  select 'submissions', w.state, count(*)::double precision from waiting w group by w.state
  union all select 'submission-age', w.state, max(w.age)::double precision from waiting w group by w.state
  union all select 'submissions-for-attention', '', count(*) from waiting w where w.needs_attention
  union all select 'devices', 'set-up', count(*) from devices
  union all select 'devices', 'failing', count(*) from devices d where d.failing_since is not null
  union all select 'devices', 'resting', count(*) from devices d where d.resting_until > moment
  union all select 'device-failing-age', '', extract(epoch from moment - min(d.failing_since)) from devices d
  union all select 'grants', z.status, count(*) from public.zoho_connections z
    join public.businesses b on b.id = z.business_id and b.status = 'active' group by z.status
  union all select 'write-backs', w.state, count(*) from written w group by w.state
  union all select 'write-back-age', w.state, max(w.age) from written w group by w.state
  union all select 'automated', a.state, count(*) from automated a group by a.state
  union all select 'automated-age', a.state, max(a.age) from automated a group by a.state
  union all select 'zoho-day', 'near', count(*) from allowance where near and not reached
  union all select 'zoho-day', 'reached', count(*) from allowance where reached
  union all select 'notices-unsettled', '', count(*) from public.notice_mails n where n.sending_since is not null
  union all select 'unanchored-age', '', extract(epoch from moment - min(u.at)) from unanchored u
  union all select 'businesses', b.status, count(*) from public.businesses b group by b.status
$$;
revoke all on function gate.platform_figures(timestamptz) from public;
grant execute on function gate.platform_figures(timestamptz) to fiscalise_app;
grant create on schema gate to fiscalise_gate;
alter function gate.platform_figures(timestamptz) owner to fiscalise_gate;
revoke create on schema gate from fiscalise_gate;
