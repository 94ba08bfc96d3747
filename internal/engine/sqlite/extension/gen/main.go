package main

import (
	"context"
	"fmt"
	"os"
	"strings"

	"github.com/jackc/pgx/v5"

	"github.com/basement-project/basement/internal/testkit"
)

func main() {
	if len(os.Args) != 3 {
		fmt.Fprintln(os.Stderr, "gen NAME FILE")
		os.Exit(2)
	}
	if err := run(os.Args[1], os.Args[2]); err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
}

// A type of pg_catalog is written with its name, one of an extension with @ before it.
const helpers = `
create function pg_temp.ty(t oid) returns text language sql as $$
  select case when t = 0 then '-' when n.nspname = 'pg_catalog' then y.typname else '@' || y.typname end
  from (select t) x left join pg_type y on y.oid = x.t left join pg_namespace n on n.oid = y.typnamespace $$;
create function pg_temp.tys(t oid[]) returns text language sql as $$
  select coalesce(string_agg(pg_temp.ty(u), ' ' order by o), '') from unnest(t) with ordinality x(u, o) $$;
create function pg_temp.sig(p oid) returns text language sql as $$
  select case when p = 0 then '-' else (select proname || '(' || replace(pg_temp.tys(proargtypes::oid[]), ' ', ',') || ')' from pg_proc where oid = p) end $$;
`

const member = ` in (select objid from pg_depend d join pg_extension x on x.oid = d.refobjid
  where d.refclassid = 'pg_extension'::regclass and d.deptype = 'e' and x.extname = $1 and d.classid = `

var queries = []string{
	`select 'T', typname, typtype, typcategory, typispreferred, pg_temp.ty(typarray), typdelim,
  coalesce((select string_agg(attname || ':' || pg_temp.ty(atttypid), ' ' order by attnum) from pg_attribute where attrelid = typrelid and attnum > 0), ''),
  pg_temp.ty(typbasetype)
 from pg_type t where oid` + member + `'pg_type'::regclass) and typelem = 0 or typrelid in (select oid from pg_class) and oid` + member + `'pg_type'::regclass) and typtype = 'c' order by oid`,
	`select 'F', p.proname, p.prokind, p.provolatile,
  case when p.proisstrict then 's' else '' end || case when p.proretset then 'r' else '' end || case when p.proleakproof then 'l' else '' end,
  pg_temp.ty(p.prorettype), pg_temp.tys(coalesce(p.proallargtypes, p.proargtypes::oid[])), coalesce(array_to_string(p.proargmodes, ''), ''),
  coalesce(array_to_string(p.proargnames, ' '), ''), coalesce(pg_get_expr(p.proargdefaults, 0), ''), p.pronargdefaults, p.prorows,
  case when p.provariadic <> 0 then 'v' else '' end
 from pg_proc p where oid` + member + `'pg_proc'::regclass) and not exists (select 1 from
  unnest(coalesce(p.proallargtypes, p.proargtypes::oid[]) || p.prorettype) t where t in ('internal'::regtype, 'cstring'::regtype))
 order by oid`,
	`select 'O', oprname, pg_temp.ty(oprleft), pg_temp.ty(oprright), pg_temp.ty(oprresult), pg_temp.sig(oprcode),
  coalesce((select oprname from pg_operator c where c.oid = o.oprcom), ''), coalesce((select oprname from pg_operator c where c.oid = o.oprnegate), '')
 from pg_operator o where oid` + member + `'pg_operator'::regclass) order by oid`,
	`select 'C', pg_temp.ty(castsource), pg_temp.ty(casttarget), pg_temp.sig(castfunc), castcontext, castmethod
 from pg_cast where oid` + member + `'pg_cast'::regclass) order by oid`,
	`select 'K', opcname, amname, pg_temp.ty(opcintype), opcdefault
 from pg_opclass join pg_am a on a.oid = opcmethod where pg_opclass.oid` + member + `'pg_opclass'::regclass) order by pg_opclass.oid`,
}

func run(name, file string) error {
	ctx := context.Background()
	db, err := pgx.Connect(ctx, os.Getenv(testkit.DatabaseURLVariable))
	if err != nil {
		return err
	}
	defer func() { _ = db.Close(ctx) }()
	if _, err := db.Exec(ctx, helpers); err != nil {
		return err
	}
	var b strings.Builder
	for _, q := range queries {
		rows, err := db.Query(ctx, q, pgx.QueryExecModeSimpleProtocol, name)
		if err != nil {
			return err
		}
		for rows.Next() {
			var line []string
			for _, v := range rows.RawValues() {
				line = append(line, strings.NewReplacer("\t", " ", "\n", " ").Replace(string(v)))
			}
			b.WriteString(strings.TrimRight(strings.Join(line, "\t"), "\t") + "\n")
		}
		if err := rows.Err(); err != nil {
			return err
		}
	}
	return os.WriteFile(file, []byte(b.String()), 0o644)
}
