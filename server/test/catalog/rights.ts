import { OURS } from "./relations.ts";

/** Findings about who may do what: each query answers one sentence per finding in a column `finding`. */

const ROLES = "('fiscalise_app', 'fiscalise_gate', 'fiscalise_queue')";
const NAME = (oid: string) => `coalesce(nullif(pg_get_userbyid(${oid}), 'unknown (OID=0)'), 'PUBLIC')`;
const FUNCTIONS = `pg_proc p join pg_namespace n on n.oid = p.pronamespace and ${OURS}`;
/** `public.f(x)` whatever the search path. */
const FUNCTION = "format('%s.%s(%s)', n.nspname, p.proname, pg_get_function_identity_arguments(p.oid))";

export const RIGHT_QUERIES = {
  grants: `
    select format('%s on %s to %s', lower(g.privilege_type), c.relname, ${NAME("g.grantee")})
      || case when g.is_grantable then ' with grant option' else '' end as finding
    from pg_class c join pg_namespace n on n.oid = c.relnamespace, aclexplode(c.relacl) g
    where n.nspname !~ '^pg_' and n.nspname <> 'information_schema' and g.grantee <> c.relowner and not (
      ${NAME("g.grantee")} = 'fiscalise_app' and c.relkind = 'r' and n.nspname = 'public'
      and g.privilege_type in ('SELECT', 'INSERT', 'UPDATE') and not g.is_grantable)`,
  columnGrants: `
    select format('%s (%s) on %s to %s', lower(g.privilege_type), a.attname, c.relname, ${NAME("g.grantee")}) as finding
    from pg_attribute a join pg_class c on c.oid = a.attrelid join pg_namespace n on n.oid = c.relnamespace,
      aclexplode(a.attacl) g
    where ${OURS} and not (${NAME("g.grantee")} = 'fiscalise_app' and g.privilege_type in ('INSERT', 'UPDATE'))`,
  appendOnly: `
    select format('%s may change or delete in %s', r.role, t.name) as finding
    from (values ('fiscalise_app'), ('fiscalise_queue')) r(role), (values ('audit_events'), ('audit_anchors')) t(name)
    where has_table_privilege(r.role, 'public.' || t.name, 'UPDATE, DELETE, TRUNCATE')
      or has_any_column_privilege(r.role, 'public.' || t.name, 'UPDATE')`,
  // Reading files of the server, or others' passwords, sees across everything.
  systemRights: `
    select format('rights on %s are not as PostgreSQL came', o.name) as finding
    from (
      select 'pg_class'::regclass as class, oid, oid::regclass::text as name, relacl as acl, relnamespace as schema from pg_class
      union all select 'pg_proc'::regclass, oid, oid::regprocedure::text, proacl, pronamespace from pg_proc) o
    where o.schema = 'pg_catalog'::regnamespace and o.acl::text is distinct from (
      select i.initprivs::text from pg_init_privs i where i.classoid = o.class and i.objoid = o.oid and i.objsubid = 0)
    union all select format('rights on %s of %s are not as PostgreSQL came', a.attname, a.attrelid::regclass)
    from pg_attribute a join pg_class c on c.oid = a.attrelid
    where c.relnamespace = 'pg_catalog'::regnamespace and a.attacl::text is distinct from (
      select i.initprivs::text from pg_init_privs i
      where i.classoid = 'pg_class'::regclass and i.objoid = a.attrelid and i.objsubid = a.attnum)
    union all select format('rights on parameter %s', parname) from pg_parameter_acl`,
  defaultPrivileges: `
    select format('default privileges of %s', pg_get_userbyid(d.defaclrole)) as finding
    from pg_default_acl d where d.defaclrole <> 'fiscalise_queue'::regrole`,
  openFunctions: `
    select format('PUBLIC may execute %s', ${FUNCTION}) as finding
    from ${FUNCTIONS}, aclexplode(coalesce(p.proacl, acldefault('f', p.proowner))) g where g.grantee = 0`,
  searchPaths: `
    select format('%s has its caller''s search path', ${FUNCTION}) as finding
    from ${FUNCTIONS} where not coalesce(p.proconfig @> array['search_path=""'], false)`,
  definers: `
    select format('%s runs as %s for %s', ${FUNCTION}, pg_get_userbyid(p.proowner), coalesce((
      select string_agg(${NAME("g.grantee")}, ', ' order by 1) from aclexplode(p.proacl) g
      where g.grantee <> p.proowner), case when p.prorettype = 'trigger'::regtype then 'triggers' else 'its owner' end)) as finding
    from ${FUNCTIONS} where p.prosecdef`,
  functionOwners: `
    select format('%s is owned by %s', ${FUNCTION}, pg_get_userbyid(p.proowner)) as finding
    from ${FUNCTIONS} where not p.prosecdef
      and p.proowner <> (select relowner from pg_class where oid = 'public.businesses'::regclass)`,
  languages: `
    select format('%s is written in %s', ${FUNCTION}, l.lanname) as finding
    from ${FUNCTIONS} join pg_language l on l.oid = p.prolang where l.lanname not in ('sql', 'plpgsql')
    union all select format('%s is leakproof', ${FUNCTION}) from ${FUNCTIONS} where p.proleakproof`,
  attributes: `
    select format('role %s %s', r.rolname, right_of.name) as finding
    from pg_roles r, lateral (values ('is a superuser', r.rolsuper), ('bypasses row-level security', r.rolbypassrls),
      ('creates roles', r.rolcreaterole), ('creates databases', r.rolcreatedb), ('replicates', r.rolreplication),
      ('logs in', r.rolcanlogin and r.rolname = 'fiscalise_gate'),
      ('has settings of its own', r.rolconfig is not null)) right_of(name, has)
    where r.rolname ~ '^fiscalise' and right_of.has
    union all select format('role %s is not expected', r.rolname) from pg_roles r
      where r.rolname ~ '^fiscalise' and r.rolname not in ${ROLES}`,
  // migrations.test.ts makes owners for databases of its own; roles are the whole cluster's.
  memberships: `
    select format('%s is a member of %s', pg_get_userbyid(m.member), pg_get_userbyid(m.roleid)) as finding
    from pg_auth_members m
    where pg_get_userbyid(m.member) ~ '^fiscalise'
      or (pg_get_userbyid(m.roleid) ~ '^fiscalise' and pg_get_userbyid(m.member) !~ '^owner_migrate_')`,
  settings: `
    select format('setting %s for %s', s.setconfig, ${NAME("s.setrole")}) as finding from pg_db_role_setting s
    where s.setdatabase in (0, (select oid from pg_database where datname = current_database()))`,
  schemas: `
    select format('%s has %s on schema %s', r.rolname, p.name, n.nspname) as finding
    from pg_roles r, pg_namespace n, (values ('usage'), ('create')) p(name)
    where r.rolname in ${ROLES} and n.nspname !~ '^pg_' and n.nspname <> 'information_schema'
      and n.nspowner <> r.oid and has_schema_privilege(r.oid, n.oid, p.name)`,
  database: `
    select format('%s has %s on the database', r.rolname, p.name) as finding
    from pg_roles r, (values ('create'), ('temporary')) p(name)
    where r.rolname in ${ROLES} and has_database_privilege(r.oid, 'fiscalise_template', p.name)`,
  elsewhere: `
    select format('publication %s', pubname) as finding from pg_publication
    union all select format('event trigger %s', evtname) from pg_event_trigger
    union all select format('foreign server %s', srvname) from pg_foreign_server
    union all select format('extension %s', extname) from pg_extension where extname <> 'plpgsql'
    union all select format('large object %s', oid) from pg_largeobject_metadata`,
};
