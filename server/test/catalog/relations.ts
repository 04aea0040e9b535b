/** Findings about what holds rows: each query answers one sentence per finding in a column `finding`. */

/** Everything that is not PostgreSQL's own, the queue engine's or the migrator's. */
export const OURS =
  "n.nspname !~ '^pg_' and n.nspname not in ('information_schema', 'graphile_worker', 'drizzle')";
const TABLES = `pg_class c join pg_namespace n on n.oid = c.relnamespace and ${OURS}`;
/** The column that says whose a row is. */
const BUSINESS = "case when c.relname = 'businesses' then 'id' else 'business_id' end";

export const RELATION_QUERIES = {
  kinds: `
    select case c.relkind
      when 'v' then format('view %s runs as its owner', c.relname)
      when 'm' then format('materialized view %s', c.relname)
      when 'f' then format('foreign table %s', c.relname) end as finding
    from ${TABLES} where c.relkind in ('m', 'f') or c.relkind = 'v'
      and not coalesce(c.reloptions::text[] @> array['security_invoker=true'], false)`,
  places: `
    select format('%s %s.%s stands outside schema public', c.relkind, n.nspname, c.relname) as finding
    from ${TABLES} where c.relkind in ('r', 'p', 'v', 'S') and n.nspname <> 'public'`,
  owners: `
    select format('%s is owned by %s', c.relname, pg_get_userbyid(c.relowner)) as finding
    from ${TABLES} where c.relowner <> (select relowner from pg_class where oid = 'public.businesses'::regclass)`,
  inheritance: `
    select format('table %s inherits', c.relname) as finding
    from pg_inherits i join pg_class c on c.oid = i.inhrelid join pg_namespace n on n.oid = c.relnamespace
    where c.relkind in ('r', 'p') and ${OURS}`,
  business: `
    select case
      when a.attname is null then format('table %s names no business', c.relname)
      when a.atttypid <> 'uuid'::regtype then format('%s.%s is no uuid', c.relname, a.attname)
      else format('%s.%s may be null', c.relname, a.attname) end as finding
    from ${TABLES} left join pg_attribute a on a.attrelid = c.oid and a.attname = ${BUSINESS}
    where c.relkind in ('r', 'p') and (a.attname is null or not a.attnotnull or a.atttypid <> 'uuid'::regtype)`,
  security: `
    select format('table %s: row-level security is not %s', c.relname,
      case when c.relrowsecurity then 'forced' else 'enabled' end) as finding
    from ${TABLES} where c.relkind in ('r', 'p') and not (c.relrowsecurity and c.relforcerowsecurity)`,
  missingPolicies: `
    select format('table %s has no policy own_business', c.relname) as finding
    from ${TABLES} where c.relkind in ('r', 'p') and not exists (
      select from pg_policies p where p.schemaname = n.nspname and p.tablename = c.relname and p.policyname = 'own_business')`,
  policies: `
    select format('policy %s on %s: %s %s to %s using %s check %s', p.policyname, p.tablename, lower(p.permissive),
      lower(p.cmd), array_to_string(p.roles, ','), regexp_replace(p.qual, '\\s+', ' ', 'g'),
      coalesce(regexp_replace(p.with_check, '\\s+', ' ', 'g'), 'nothing')) as finding
    from pg_policies p join pg_class c on c.relname = p.tablename and c.relnamespace = p.schemaname::regnamespace
    where not (p.policyname = 'own_business' and p.permissive = 'PERMISSIVE' and p.cmd = 'ALL' and p.roles = '{public}'
      and p.qual = format('(%s = current_business())', ${BUSINESS}) and p.with_check = p.qual)`,
  uniqueKeys: `
    select format('unique key %s (%s) goes over all businesses', k.relname, pg_get_indexdef(i.indexrelid, 1, true)
      || coalesce((select string_agg(', ' || pg_get_indexdef(i.indexrelid, at, true), '' order by at)
        from generate_series(2, i.indnkeyatts) at), '')) as finding
    from pg_index i join pg_class k on k.oid = i.indexrelid join ${TABLES} on c.oid = i.indrelid
    where (i.indisunique or i.indisexclusion) and not exists (
      select from pg_attribute a where a.attrelid = c.oid and a.attname = 'business_id' and a.attnum = any(i.indkey))`,
  foreignKeys: `
    select format('foreign key %s of %s does not carry the business', f.conname, c.relname) as finding
    from pg_constraint f join ${TABLES} on c.oid = f.conrelid
    where f.contype = 'f' and not exists (
      select from unnest(f.conkey, f.confkey) pair(here, there)
      join pg_attribute a on a.attrelid = f.conrelid and a.attnum = here and a.attname = 'business_id'
      join pg_attribute b on b.attrelid = f.confrelid and b.attnum = there
        and b.attname = case when f.confrelid = 'public.businesses'::regclass then 'id' else 'business_id' end)`,
  triggers: `
    select format('trigger %s on %s runs %s', t.tgname, c.relname, t.tgfoid::regprocedure) as finding
    from pg_trigger t join ${TABLES} on c.oid = t.tgrelid where not t.tgisinternal`,
  rules: `
    select format('rule %s on %s', r.rulename, c.relname) as finding
    from pg_rewrite r join ${TABLES} on c.oid = r.ev_class where r.rulename <> '_RETURN'`,
};
