-- Why: an empty database again; the roles belong to the cluster and stay.
drop table audit_events, receipt_copies, receipts, attempts, submissions, oauth_states, zoho_connections, item_classes,
  device_codes, item_registrations, items, tax_mappings, freed_numbers, branches, users, logos, businesses;
drop function check_submission_transition(), submission_may_go(text, text), current_business();
revoke usage on schema public from fiscalise_app;
