import { APP_ROLE } from '../../platform/database/app-role';

interface Queries {
  query<Row>(sql: string): Promise<Row[]>;
}

/** Tables by name; a partition is `<table>/<partition>`, and `*` stands for its name in the names of its objects. */
const TABLES = `
  with tables as (
    select c.oid, c.relname, concat(p.relname || '/', c.relname) as name, c.relkind,
      c.relpersistence, c.relrowsecurity, c.relforcerowsecurity, c.relreplident, c.relowner, c.relacl, c.relispartition,
      coalesce(array_to_string(c.reloptions, ','), '') as options
    from pg_class as c left join pg_inherits on inhrelid = c.oid and c.relispartition
      left join pg_class as p on p.oid = inhparent
    where c.relnamespace = (select relnamespace from pg_class where oid = 'migrations'::regclass)
      and c.relkind in ('r', 'p') and c.relname <> 'ballots_default'
    union all
    select c.oid, c.relname, c.relname, c.relkind,
      c.relpersistence, c.relrowsecurity, c.relforcerowsecurity, c.relreplident, c.relowner, c.relacl, c.relispartition,
      coalesce(array_to_string(c.reloptions, ','), '')
    from pg_class as c
    where c.oid = to_regclass('ballots_default')
  ), owner as (select relowner from pg_class where oid = 'migrations'::regclass)`;

/** SQL: text about an object of a partition, without the partition's own name. */
const nameless = (text: string) =>
  `case when tables.relispartition then replace(${text}, tables.relname, '*') else ${text} end`;

/** SQL: who holds a right of an access list, but for the owner, who holds all. */
const holders = (acl: string, kind: string) => `
  cross join lateral aclexplode(coalesce(${acl}, acldefault('${kind}', tables.relowner))) as acl`;

const GRANTEE = `case when acl.grantee = 0 then 'PUBLIC' else acl.grantee::regrole::text end`;
const RIGHT = `lower(acl.privilege_type) || case when acl.is_grantable then ' with grant option' else '' end`;

const FACTS: readonly string[] = [
  `${TABLES}
   select 'table ' || name as object, concat_ws(' ', relkind, relpersistence, relreplident, options,
     case when relrowsecurity or relforcerowsecurity then 'row security' end,
     case when relowner <> (select relowner from owner) then 'another owner' end) as definition
   from tables`,
  `${TABLES}
   select 'column ' || name || '.' || attname as object, concat_ws(' ', format_type(atttypid, atttypmod),
     case when attnotnull then 'not null' end, 'default ' || pg_get_expr(adbin, adrelid), nullif(attidentity::text, ''),
     nullif(attgenerated::text, ''), case when attcollation not in (0, 100) then attcollation::regcollation::text end)
       as definition
   from tables join pg_attribute on attrelid = tables.oid left join pg_attrdef on adrelid = attrelid and adnum = attnum
   where attnum > 0 and not attisdropped`,
  `${TABLES}
   select 'constraint ' || name || '.' || ${nameless('conname')} as object, concat_ws(' ', pg_get_constraintdef(c.oid),
     case when not convalidated then 'not valid' end) as definition
   from tables join pg_constraint as c on conrelid = tables.oid where contype not in ('n', 't')`,
  `${TABLES}
   select 'index ' || name || '.' || ${nameless('i.relname')} as object,
     ${nameless(`regexp_replace(pg_get_indexdef(indexrelid), ' ON (ONLY )?\\S+ ', ' ON ')`)}
       || case when indisvalid and indisready and indislive then '' else ' invalid' end as definition
   from (select oid, name, relname, relispartition from tables) as tables
   join pg_index on indrelid = tables.oid
   join lateral (select relname from pg_class where pg_class.oid = indexrelid) as i on true`,
  `${TABLES}
   select 'trigger ' || name || '.' || ${nameless('tgname::text')} as object,
     concat_ws(' ', tgtype, tgenabled, tgfoid::regproc, pg_get_expr(tgqual, tgrelid), tgattr, encode(tgargs, 'hex'))
       as definition
   from tables join pg_trigger on tgrelid = tables.oid where not tgisinternal`,
  `${TABLES}
   select 'trigger ' || name || '.' || conname || ' (' || tgtype || ')' as object,
     concat_ws(' ', tgenabled, tgfoid::regproc) as definition
   from tables join pg_trigger on tgrelid = tables.oid join pg_constraint as c on c.oid = tgconstraint
   where tgisinternal`,
  `${TABLES}
   select 'rule ' || name || '.' || rulename as object, pg_get_ruledef(r.oid) as definition
   from tables join pg_rewrite as r on ev_class = tables.oid
   union all
   select 'policy ' || name || '.' || polname, concat_ws(' ', polcmd, pg_get_expr(polqual, polrelid))
   from tables join pg_policy on polrelid = tables.oid
   union all
   select 'child ' || parent.name || '.' || child.relname, 'inherits'
   from pg_inherits join tables as parent on parent.oid = inhparent join pg_class as child on child.oid = inhrelid
   where not child.relispartition`,
  `${TABLES}
   select 'function ' || proname || '(' || pg_get_function_identity_arguments(p.oid) || ')' as object,
     concat_ws(' ', prokind, prorettype::regtype, proretset, lanname, provolatile, proisstrict, prosecdef, proleakproof,
       proparallel, 
       replace(array_to_string(proconfig, ','), '=' || quote_ident(nspname) || ',', '=own,'), prosrc,
       case when proowner <> (select relowner from owner) then 'another owner' end) as definition
   from pg_proc as p join pg_language as l on l.oid = prolang join pg_namespace as n on n.oid = pronamespace
   where pronamespace = (select relnamespace from pg_class where oid = 'migrations'::regclass)
     and not exists (select from pg_depend where classid = 'pg_proc'::regclass and objid = p.oid and deptype = 'e')`,
  `${TABLES}
   select 'sequence ' || s.relname as object,
     concat_ws(' ', seqtypid::regtype, seqstart, seqincrement, seqmax, seqmin, seqcycle) as definition
   from tables join pg_depend on refclassid = 'pg_class'::regclass and refobjid = tables.oid
     and classid = 'pg_class'::regclass and deptype in ('a', 'i')
   join pg_class as s on s.oid = objid and s.relkind = 'S' join pg_sequence on seqrelid = s.oid`,
  `${TABLES}
   select 'right ' || name || ' to ' || ${GRANTEE} as object, string_agg(${RIGHT}, ', ' order by ${RIGHT}) as definition
   from tables ${holders('relacl', 'r')} where acl.grantee <> tables.relowner group by 1
   union all
   select 'right ' || name || '.' || attname || ' to ' || ${GRANTEE}, string_agg(${RIGHT}, ', ' order by ${RIGHT})
   from tables join pg_attribute on attrelid = tables.oid cross join lateral aclexplode(attacl) as acl
   where acl.grantee <> tables.relowner group by 1
   union all
   select 'right later tables to ' || ${GRANTEE}, string_agg(${RIGHT}, ', ' order by ${RIGHT})
   from pg_default_acl join owner on defaclrole = relowner cross join lateral aclexplode(defaclacl) as acl
   where defaclobjtype = 'r' and acl.grantee <> relowner group by 1`,
  `select 'role ${APP_ROLE}' as object, concat_ws(' ',
     case when rolsuper then 'superuser' end, case when rolcreaterole then 'createrole' end,
     case when rolcreatedb then 'createdb' end, case when rolcanlogin then 'login' end,
     case when rolreplication then 'replication' end, case when rolbypassrls then 'bypassrls' end,
     (select string_agg('member of ' || roleid::regrole, ', ') from pg_auth_members where member = r.oid),
     (select string_agg(array_to_string(setconfig, ','), ',') from pg_db_role_setting where setrole = r.oid))
       as definition
   from pg_roles as r where rolname = '${APP_ROLE}'`,
  `select 'setting session_replication_role' as object, concat_ws(' ', current_setting('session_replication_role'),
     (select string_agg(setting, ' ') from pg_db_role_setting cross join lateral unnest(setconfig) as setting
      where setdatabase in (0, (select oid from pg_database where datname = current_database()))
        and setting like 'session_replication_role=%')) as definition`,
];

/** Reads what the schema is like: an object of it, such as `trigger users.x`, with its definition. All as text. */
export async function schemaFacts(database: Queries): Promise<ReadonlyMap<string, string>> {
  const facts = new Map<string, string>();
  for (const sql of FACTS) {
    const rows = await database.query<{ object: string; definition: string }>(sql);
    for (const { object, definition } of rows) facts.set(object, definition);
  }
  return facts;
}
