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
  -- Owns the functions of schema gate and nothing else; nobody logs in as it.
  if not exists (select from pg_roles where rolname = 'fiscalise_gate') then
    create role fiscalise_gate nologin nosuperuser nocreatedb nocreaterole nobypassrls;
  end if;
  -- An owner who is no superuser must be able to hand functions to it.
  if not (select rolsuper from pg_roles where rolname = current_user) then
    begin
      execute format('grant fiscalise_gate to %I', current_user);
    exception when insufficient_privilege then
      raise notice 'fiscalise_gate is expected to be granted to % already', current_user;
    end;
  end if;
  execute format('grant create on database %I to fiscalise_queue', current_database());
  -- A temporary table would stand before ours of the same name, on a connection that serves everybody.
  execute format('revoke temporary on database %I from public', current_database());
end $$;
