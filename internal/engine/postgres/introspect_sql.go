package postgres

// The catalog queries. Each gives rows whose column names are the JSON names of package catalog's structs.
// System schemas are left out: their types and functions are the server's own business.

const userSchema = `(n.nspname not in ('pg_catalog', 'information_schema', 'pg_toast') and n.nspname !~ '^pg_(temp|toast_temp)_')`

const schemasSQL = `
select n.oid::int8 as oid, n.nspname as name, pg_get_userbyid(n.nspowner) as owner, to_json(n.nspacl::text[]) as "ACL",
       coalesce(obj_description(n.oid, 'pg_namespace'), '') as comment
from pg_namespace n where n.nspname = 'pg_catalog' or ` + userSchema

const relationsSQL = `
select c.oid::int8 as oid, n.nspname as schema, c.relname as name, c.relkind as kind_, pg_get_userbyid(c.relowner) as owner,
  to_json(c.relacl::text[]) as "ACL", c.reltype::int8 as row_type, coalesce(obj_description(c.oid, 'pg_class'), '') as comment,
  c.relrowsecurity as row_security, c.relforcerowsecurity as force_row_security,
  c.relispartition as is_partition, c.relreplident as replica_identity,
  coalesce((select i.inhparent::int8 from pg_inherits i where i.inhrelid = c.oid order by i.inhseqno limit 1), 0) as parent,
  case when c.relkind in ('r', 'p') then true else (pg_relation_is_updatable(c.oid, true) & 8) = 8 end as insertable,
  case when c.relkind in ('r', 'p') then true else (pg_relation_is_updatable(c.oid, true) & 4) = 4 end as updatable,
  case when c.relkind in ('r', 'p') then true else (pg_relation_is_updatable(c.oid, true) & 16) = 16 end as deletable,
  to_json(c.reloptions) as options_,
  case when c.relkind in ('v', 'm') then pg_get_viewdef(c.oid) else '' end as view_sql,
  coalesce((select r.ev_action::text from pg_rewrite r where r.ev_class = c.oid and r.rulename = '_RETURN' and c.relkind in ('v', 'm')), '') as rule,
  (select coalesce(json_agg(json_build_object('num', a.attnum, 'name', a.attname, 'type', a.atttypid::int8, 'typmod', a.atttypmod,
      'not_null', a.attnotnull, 'default', coalesce(pg_get_expr(d.adbin, d.adrelid), ''), 'identity', a.attidentity,
      'generated', a.attgenerated, 'ACL', to_json(a.attacl::text[]), 'comment', coalesce(col_description(c.oid, a.attnum), ''),
      'sequence', coalesce((select p.objid::int8 from pg_depend p join pg_class s on s.oid = p.objid and s.relkind = 'S'
          where p.classid = 'pg_class'::regclass and p.refclassid = 'pg_class'::regclass and p.refobjid = c.oid
            and p.refobjsubid = a.attnum and p.deptype in ('a', 'i') limit 1), 0)) order by a.attnum), '[]')
     from pg_attribute a left join pg_attrdef d on d.adrelid = a.attrelid and d.adnum = a.attnum
     where a.attrelid = c.oid and a.attnum > 0 and not a.attisdropped) as "Columns",
  (select json_agg(json_build_object('oid', k.oid::int8, 'name', k.conname, 'kind', k.contype, 'columns', to_json(k.conkey),
      'deferrable', k.condeferrable, 'initially_deferred', k.condeferred, 'not_valid', not k.convalidated,
      'ref_table', k.confrelid::int8, 'ref_columns', to_json(k.confkey), 'on_update', trim(k.confupdtype::text), 'on_delete', trim(k.confdeltype::text),
      'match_full', k.confmatchtype = 'f', 'expr', case when k.contype = 'c' then pg_get_expr(k.conbin, k.conrelid) else '' end,
      'index', k.conindid::int8, 'comment', coalesce(obj_description(k.oid, 'pg_constraint'), '')) order by k.conname)
     from pg_constraint k where k.conrelid = c.oid and k.contype in ('p', 'u', 'f', 'c', 'x') and k.conparentid = 0) as constraints,
  (select json_agg(json_build_object('oid', x.indexrelid::int8, 'name', ic.relname, 'unique', x.indisunique, 'primary', x.indisprimary,
      'method', am.amname, 'where', coalesce(pg_get_expr(x.indpred, x.indrelid), ''),
      'keys', (select json_agg(json_build_object('column', x.indkey[g.i], 'expr', case when x.indkey[g.i] = 0 then pg_get_indexdef(x.indexrelid, g.i + 1, false) else '' end,
                 'desc', x.indoption[g.i] & 1 = 1, 'nulls_first', x.indoption[g.i] & 2 = 2) order by g.i)
               from generate_series(0, x.indnkeyatts - 1) g(i))) order by ic.relname)
     from pg_index x join pg_class ic on ic.oid = x.indexrelid join pg_am am on am.oid = ic.relam
     where x.indrelid = c.oid and x.indisvalid) as indexes,
  (select json_agg(json_build_object('oid', p.oid::int8, 'name', p.polname, 'command', p.polcmd, 'permissive', p.polpermissive,
      'roles', (select json_agg(pg_get_userbyid(r.r)) from unnest(p.polroles) r(r) where r.r <> 0),
      'using', coalesce(pg_get_expr(p.polqual, p.polrelid), ''), 'with_check', coalesce(pg_get_expr(p.polwithcheck, p.polrelid), '')) order by p.polname)
     from pg_policy p where p.polrelid = c.oid) as policies,
  (select json_agg(json_build_object('oid', t.oid::int8, 'name', t.tgname, 'function', t.tgfoid::int8, 'sql', pg_get_triggerdef(t.oid), 'enabled', t.tgenabled) order by t.tgname)
     from pg_trigger t where t.tgrelid = c.oid and not t.tgisinternal) as triggers
from pg_class c join pg_namespace n on n.oid = c.relnamespace
where c.relkind in ('r', 'v', 'm', 'p', 'f') and ` + userSchema + ` order by c.oid`

const sequencesSQL = `
select c.oid::int8 as oid, n.nspname as schema, c.relname as name, pg_get_userbyid(c.relowner) as owner, to_json(c.relacl::text[]) as "ACL",
  s.seqtypid::int8 as type, s.seqstart as start, s.seqincrement as increment, s.seqmin as min, s.seqmax as max, s.seqcache as cache, s.seqcycle as cycle,
  coalesce(d.refobjid::int8, 0) as owned_by, coalesce(d.refobjsubid, 0) as owned_by_col,
  coalesce(obj_description(c.oid, 'pg_class'), '') as comment
from pg_sequence s join pg_class c on c.oid = s.seqrelid join pg_namespace n on n.oid = c.relnamespace
left join lateral (select p.refobjid, p.refobjsubid from pg_depend p where p.classid = 'pg_class'::regclass and p.objid = c.oid
  and p.refclassid = 'pg_class'::regclass and p.deptype in ('a', 'i') and p.refobjsubid > 0 limit 1) d on true
where ` + userSchema

const typesSQL = `
select t.oid::int8 as "OID", n.nspname as "Schema", t.typname as "Name", t.typtype as "Kind", t.typcategory as "Category",
  t.typispreferred as "Preferred", t.typelem::int8 as "Elem", t.typarray::int8 as "Array", t.typbasetype::int8 as "Base",
  t.typtypmod as "Typmod", t.typnotnull as "NotNull", (t.typcategory = 'A' and t.typelem <> 0) as "IsArray",
  (select json_agg(e.enumlabel order by e.enumsortorder) from pg_enum e where e.enumtypid = t.oid) as "Labels",
  coalesce((select r.rngsubtype::int8 from pg_range r where r.rngtypid = t.oid), 0) as "Subtype",
  coalesce((select r.rngmultitypid::int8 from pg_range r where r.rngtypid = t.oid), 0) as "Multi",
  coalesce((select r.rngtypid::int8 from pg_range r where r.rngmultitypid = t.oid), 0) as "Range",
  coalesce(t.typdefault, '') as "Default", pg_get_userbyid(t.typowner) as "Owner", to_json(t.typacl::text[]) as "ACL",
  coalesce(obj_description(t.oid, 'pg_type'), '') as "Comment",
  (select json_agg(json_build_object('Name', a.attname, 'Type', a.atttypid::int8, 'Typmod', a.atttypmod) order by a.attnum)
     from pg_attribute a where a.attrelid = t.typrelid and a.attnum > 0 and not a.attisdropped and t.typtype = 'c') as "Fields",
  (select json_agg(json_build_object('oid', k.oid::int8, 'name', k.conname, 'kind', k.contype, 'expr', coalesce(pg_get_expr(k.conbin, 0), '')) order by k.conname)
     from pg_constraint k where k.contypid = t.oid and k.contype = 'c') as "Checks"
from pg_type t join pg_namespace n on n.oid = t.typnamespace
where ` + userSchema + ` order by t.oid`

const functionsSQL = `
select p.oid::int8 as oid, n.nspname as schema, p.proname as name, pg_get_userbyid(p.proowner) as owner, to_json(p.proacl::text[]) as "ACL",
  p.prokind as kind_, p.prorettype::int8 as returns, p.proretset as returns_set, p.prorows as rows, p.provolatile as volatility_,
  p.proisstrict as strict, p.prosecdef as security_definer, p.proleakproof as leakproof, l.lanname as language, p.prosrc as body,
  to_json(p.proconfig) as "Config", to_json(coalesce(p.proallargtypes::int8[], p.proargtypes::int8[])) as "Types",
  to_json(p.proargmodes::text[]) as "Modes", to_json(p.proargnames) as "Names", p.pronargdefaults as "Defaults",
  coalesce(obj_description(p.oid, 'pg_proc'), '') as comment
from pg_proc p join pg_namespace n on n.oid = p.pronamespace join pg_language l on l.oid = p.prolang
where ` + userSchema + ` order by p.oid`

const rolesSQL = `
select r.oid::int8 as oid, r.rolname as name, r.rolsuper as superuser, r.rolinherit as inherit, r.rolcreaterole as create_role,
  r.rolcreatedb as create_db, r.rolcanlogin as login, r.rolreplication as replication, r.rolbypassrls as bypass_rls,
  (select json_agg(pg_get_userbyid(m.roleid)) from pg_auth_members m where m.member = r.oid) as member_of,
  to_json((select array_agg(x.s order by x.database) from (
     select unnest(d.setconfig) as s, d.setdatabase <> 0 as database from pg_db_role_setting d
     where d.setrole = r.oid and d.setdatabase in (0, (select oid from pg_database where datname = current_database()))) x)) as "Config"
from pg_roles r where r.rolname !~ '^pg_'`

const castsSQL = `
select c.castsource::int8 as "From", c.casttarget::int8 as "To", c.castfunc::int8 as "Function", c.castcontext as "Context", c.castmethod as "Method"
from pg_cast c where c.oid >= 16384`

const defaultsSQL = `
select pg_get_userbyid(d.defaclrole) as "Role", coalesce(n.nspname, '') as "Schema", d.defaclobjtype as "Object", to_json(d.defaclacl::text[]) as "ACL"
from pg_default_acl d left join pg_namespace n on n.oid = d.defaclnamespace`

const extensionsSQL = `
select e.extname as "Name", n.nspname as "Schema", e.extversion as "Version" from pg_extension e join pg_namespace n on n.oid = e.extnamespace`

const publicationsSQL = `
select p.pubname as "Name", p.puballtables as "AllTables",
  (select json_agg(r.prrelid::int8) from pg_publication_rel r where r.prpubid = p.oid) as "Tables"
from pg_publication p`
