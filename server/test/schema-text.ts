import type postgres from "postgres";

/** All that a migration can leave behind, a line a thing, in an order that says nothing of when it was made. */
export async function schemaText(sql: postgres.Sql): Promise<string[]> {
  const rows = await sql`
    with spaces as (select oid, nspname, nspowner, nspacl from pg_namespace where nspname in ('public', 'gate')),
    tables as (
      select c.oid, c.relname, c.relowner, c.relacl, c.relrowsecurity, c.relforcerowsecurity
      from pg_class c where c.relkind = 'r' and c.relnamespace in (select oid from spaces))
    select line from (
      select 'schema ' || nspname || ' ' || a.grantee::regrole || ' ' || a.privilege_type as line
        from spaces, aclexplode(coalesce(nspacl, acldefault('n', nspowner))) a
      union all select 'table ' || relname || ' rls ' || relrowsecurity || ' forced ' || relforcerowsecurity from tables
      union all select 'grant ' || relname || ' ' || a.grantee::regrole || ' ' || a.privilege_type
        from tables, aclexplode(coalesce(relacl, acldefault('r', relowner))) a
      union all select concat_ws(' ', 'column', relname, attname, format_type(atttypid, atttypmod), attnotnull,
          attidentity, attgenerated, (select pg_get_expr(adbin, adrelid) from pg_attrdef
            where adrelid = attrelid and adnum = attnum))
        from tables join pg_attribute on attrelid = oid where attnum > 0 and not attisdropped
      union all select concat_ws(' ', 'column grant', relname, attname, a.grantee::regrole, a.privilege_type)
        from tables join pg_attribute on attrelid = oid, aclexplode(attacl) a where not attisdropped
      union all select concat_ws(' ', 'constraint', relname, conname, pg_get_constraintdef(k.oid))
        from tables t join pg_constraint k on k.conrelid = t.oid
      union all select 'index ' || pg_get_indexdef(indexrelid) from tables join pg_index on indrelid = oid
      union all select concat_ws(' ', 'policy', tablename, policyname, permissive, roles, cmd, qual, with_check)
        from pg_policies where schemaname = 'public'
      union all select 'trigger ' || pg_get_triggerdef(g.oid)
        from tables t join pg_trigger g on g.tgrelid = t.oid where not tgisinternal
      union all select concat_ws(' ', 'function', p.oid::regprocedure, prosecdef, proowner::regrole, md5(prosrc))
        from pg_proc p where pronamespace in (select oid from spaces)
      union all select concat_ws(' ', 'execute', p.oid::regprocedure, a.grantee::regrole)
        from pg_proc p, aclexplode(coalesce(proacl, acldefault('f', proowner))) a
        where pronamespace in (select oid from spaces)
    ) things order by line collate "C"`;
  return rows.map(({ line }) => String(line));
}
