-- Why: a sweep of more changes than one run may read goes on in the next where it was (docs/decisions/019).

-- Since when changes are looked for, when that began, the list and the page to go on with; null between two sweeps.
alter table zoho_automation add column sweep_place jsonb;
