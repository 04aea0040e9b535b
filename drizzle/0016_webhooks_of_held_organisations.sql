-- Why: what an organisation that was let go still posts is nobody's (docs/decisions/017).
create or replace function gate.business_of_webhook(token_sha256 text) returns uuid
language sql stable security definer set search_path = '' as $$
  select a.business_id from public.zoho_automation a
  join public.zoho_connections z on z.business_id = a.business_id and z.status <> 'disconnected'
  where a.token_sha256 = $1
$$;
