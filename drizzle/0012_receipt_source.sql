-- Why: a receipt's data comes from its device, from a person, or from the predecessor (docs/decisions/025).

-- One rewrite of the table, and none of its policies in the way.
alter table receipts
  alter column adopted type text using case when adopted then 'adopted' else 'device' end;
alter table receipts rename column adopted to source;
alter table receipts add constraint receipts_source check (source in ('device', 'adopted', 'imported'));
