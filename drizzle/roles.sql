-- Why: the server's roles own no table of ours and bypass nothing. Roles belong to the cluster, so this runs guarded before each migration.
do $$
begin
  perform pg_advisory_xact_lock(hashtext('fiscalise-roles'));
  if not exists (select from pg_roles where rolname = 'fiscalise_app') then
    create role fiscalise_app login nosuperuser nocreatedb nocreaterole nobypassrls;
  end if;
  if not exists (select from pg_roles where rolname = 'fiscalise_queue') then
    create role fiscalise_queue login nosuperuser nocreatedb nocreaterole nobypassrls;
  end if;
  execute format('grant create on database %I to fiscalise_queue', current_database());
end $$;
