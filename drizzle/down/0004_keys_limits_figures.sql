-- Why: back to the schema before; secrets sealed by data keys cannot be opened afterwards, so their grants are marked lost.
drop index item_classes_code;
alter table item_classes drop column search_name;
drop index receipts_figures;
alter table receipts drop column issued_on, drop column label, drop column total, drop column vat;
drop index submissions_attention, submissions_by_state, submissions_list;
alter table submissions drop column search_text, drop column buyer_name, drop column total, drop column vat;
drop table rate_limits;
alter table oauth_states no force row level security;
delete from oauth_states;
alter table oauth_states force row level security;
alter table oauth_states rename column nonce_sha256 to nonce;
drop function gate.encryption_keys_in_use();
drop policy gate on zoho_connections;
revoke select (business_id, refresh_token, access_token) on zoho_connections from fiscalise_gate;
alter table zoho_connections no force row level security;
update zoho_connections set status = 'lost', access_token = null;
alter table zoho_connections force row level security;
drop table data_keys;
