-- Why: back to the schema before; a sweep under way begins anew from its mark.
alter table zoho_automation drop column sweep_place;
