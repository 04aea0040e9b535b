-- Why: training and proforma papers carry no device's data, so they are kept apart from everything that is signed (docs/decisions/034).

create table unsigned_papers (
  business_id uuid not null references businesses,
  id uuid not null default gen_random_uuid(),
  -- The receipt label: training sale, training refund, proforma.
  kind text not null check (kind in ('TS', 'TR', 'PS')),
  number integer not null check (number > 0),
  document_kind text not null check (document_kind = any (case kind
    when 'TS' then array['invoice'] when 'TR' then array['credit-note'] else array['invoice', 'estimate'] end)),
  zoho_document_id text not null,
  zoho_customer_id text,
  document_number text not null,
  -- All that the paper says but its number, its moment and the logo's bytes.
  content jsonb not null,
  -- Of the content without the version of the software: what would say the same is the same paper.
  content_sha256 text not null,
  made_at timestamptz not null,
  made_by uuid not null,
  primary key (business_id, id),
  unique (business_id, kind, number),
  unique (business_id, kind, zoho_document_id, content_sha256),
  foreign key (business_id, made_by) references users (business_id, id)
);
alter table unsigned_papers enable row level security;
alter table unsigned_papers force row level security;
create policy own_business on unsigned_papers
  using (business_id = current_business()) with check (business_id = current_business());
grant select, insert on unsigned_papers to fiscalise_app;
