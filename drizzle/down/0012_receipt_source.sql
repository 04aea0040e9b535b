-- Why: back to the schema before. It cannot say of a receipt that another system had it signed.
alter table receipts no force row level security;
do $$ begin
  if exists (select from receipts where source = 'imported') then
    raise exception 'there are imported receipts: undo the migration from the predecessor first';
  end if;
end $$;
alter table receipts force row level security;
alter table receipts drop constraint receipts_source;
alter table receipts rename column source to adopted;
alter table receipts alter column adopted type boolean using adopted = 'adopted';
