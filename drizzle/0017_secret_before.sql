-- Why: until Zoho is known to sign with a renewed secret it may still sign with the one before (docs/decisions/019).
alter table zoho_automation
  add column secret_before text,
  add column secret_before_until timestamptz,
  add check ((secret_before is null) = (secret_before_until is null));
