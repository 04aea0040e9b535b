-- Why: what a receipt writes back to Zoho is kept part by part, each retried on its own, none touching the receipt.

create table write_backs (
  business_id uuid not null,
  submission_id uuid not null,
  -- fields: custom fields of the document; attachment: its PDF; comment: where there is no other place.
  part text not null check (part in ('fields', 'attachment', 'comment')),
  -- writing: intent committed before the call.
  state text not null default 'waiting' check (state in ('waiting', 'writing', 'done', 'blocked')),
  state_since timestamptz not null default now(),
  attempts integer not null default 0,
  -- An earlier write may have arrived: the document is read before it is written again.
  may_be_there boolean not null default false,
  next_attempt_at timestamptz not null default now(),
  -- Why it waits or is blocked: a problem code.
  problem text,
  created_at timestamptz not null default now(),
  primary key (business_id, submission_id, part),
  foreign key (business_id, submission_id) references submissions (business_id, id)
);
create index write_backs_due on write_backs (business_id, next_attempt_at) where state in ('waiting', 'writing');
create index write_backs_blocked on write_backs (business_id, state_since) where state = 'blocked';
alter table write_backs enable row level security;
alter table write_backs force row level security;
create policy own_business on write_backs
  using (business_id = current_business()) with check (business_id = current_business());
grant select, insert, update on write_backs to fiscalise_app;
