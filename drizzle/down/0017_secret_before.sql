-- Why: back to the schema before. Only the renewed secret counts then.
alter table zoho_automation drop column secret_before, drop column secret_before_until;
