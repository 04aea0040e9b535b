-- Why: back to the schema before. Consents under way end; grants let go stay live at Zoho until somebody revokes them there.
drop function gate.begin_pairing(uuid, text, text, text, text, timestamptz, timestamptz),
  gate.take_pairing(text, timestamptz), gate.business_of_pairing(uuid),
  gate.settle_pairing(uuid, text, uuid, uuid, text), gate.look_at_pairing(uuid, text, timestamptz),
  gate.redeem_pairing(uuid, text, text, timestamptz), gate.businesses_with_grants_to_revoke(timestamptz);
drop table pairings, zoho_revocations;
drop policy gate on oauth_states;
revoke select (business_id, expires_at, sealed_grant) on oauth_states from fiscalise_gate;
revoke select (organization_id, status) on zoho_connections from fiscalise_gate;
revoke update on oauth_states from fiscalise_app;
alter table oauth_states no force row level security;
delete from oauth_states;
alter table oauth_states force row level security;
alter table oauth_states
  drop column page_origin, drop column consented_at, drop column code_sha256, drop column tries, drop column refusal,
  drop column sealed_grant, drop column offer;
alter table zoho_connections no force row level security;
delete from zoho_connections where status = 'disconnected';
alter table zoho_connections force row level security;
drop index zoho_connections_organization_id_key;
alter table zoho_connections
  drop constraint zoho_connections_let_go,
  drop constraint zoho_connections_status_check,
  add constraint zoho_connections_status_check check (status in ('connected', 'lost')),
  add constraint zoho_connections_organization_id_key unique (organization_id),
  alter column refresh_token set not null;
drop index users_zoho_user;
alter table users drop column zoho_user_id;
