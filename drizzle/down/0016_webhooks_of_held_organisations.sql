-- Why: back to the schema before.
create or replace function gate.business_of_webhook(token_sha256 text) returns uuid
language sql stable security definer set search_path = '' as $$
  select a.business_id from public.zoho_automation a where a.token_sha256 = $1
$$;
