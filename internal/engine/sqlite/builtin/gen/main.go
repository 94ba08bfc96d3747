package main

import (
	"context"
	"fmt"
	"os"
	"strings"

	"github.com/jackc/pgx/v5"

	"github.com/basement-project/basement/internal/sql/types"
	"github.com/basement-project/basement/internal/testkit"
)

func main() {
	if err := run(); err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
}

// Functions are left out that nobody can call from SQL, or that belong to the server's inside: those with arguments or
// results of type internal and handlers.
const functionsSQL = `
select p.oid, p.proname, p.prokind, p.provolatile,
       case when p.proisstrict then 's' else '' end || case when p.proretset then 'r' else '' end
         || case when p.proleakproof then 'l' else '' end,
       p.prorettype, coalesce(nullif(array_to_string(p.proargtypes::oid[], ' '), ''), '-'),
       p.provariadic, p.prorows,
       coalesce(array_to_string(p.proallargtypes, ' '), ''), coalesce(array_to_string(p.proargmodes, ''), ''),
       coalesce(array_to_string(p.proargnames, ' '), ''), coalesce(pg_get_expr(p.proargdefaults, 0), ''), p.pronargdefaults,
       coalesce(a.aggkind::text, ''), coalesce(a.aggnumdirectargs, 0)
from pg_proc p left join pg_aggregate a on a.aggfnoid = p.oid
where p.pronamespace = 'pg_catalog'::regnamespace and p.oid < 16384
  and not exists (select 1 from unnest(coalesce(p.proallargtypes, p.proargtypes::oid[]) || p.prorettype) t
                  where t in ('internal'::regtype, 'trigger'::regtype, 'event_trigger'::regtype, 'pg_ddl_command'::regtype,
                              'language_handler'::regtype, 'fdw_handler'::regtype, 'index_am_handler'::regtype,
                              'tsm_handler'::regtype, 'table_am_handler'::regtype))
order by p.proname, p.oid`

const operatorsSQL = `
select o.oid, o.oprname, o.oprleft, o.oprright, o.oprresult, o.oprcode::oid, coalesce(c.oprname, ''), coalesce(n.oprname, '')
from pg_operator o left join pg_operator c on c.oid = o.oprcom left join pg_operator n on n.oid = o.oprnegate
where o.oprnamespace = 'pg_catalog'::regnamespace and o.oid < 16384 and o.oprcode <> 0
order by o.oprname, o.oid`

func run() error {
	ctx := context.Background()
	db, err := pgx.Connect(ctx, os.Getenv(testkit.DatabaseURLVariable))
	if err != nil {
		return err
	}
	defer func() { _ = db.Close(ctx) }()
	known := map[uint32]bool{}
	if err := write(ctx, db, "functions.tsv", functionsSQL, func(v []string) bool {
		oids := strings.Fields(strings.Replace(v[6], "-", "", 1) + " " + v[9] + " " + v[5])
		for _, s := range oids {
			var oid uint32
			if _, err := fmt.Sscan(s, &oid); err != nil || types.ByOID(types.OID(oid)) == nil {
				return false
			}
		}
		var oid uint32
		_, _ = fmt.Sscan(v[0], &oid)
		known[oid] = true
		return true
	}); err != nil {
		return err
	}
	return write(ctx, db, "operators.tsv", operatorsSQL, func(v []string) bool {
		var oid uint32
		_, _ = fmt.Sscan(v[5], &oid)
		return known[oid]
	})
}

func write(ctx context.Context, db *pgx.Conn, file, sql string, keep func([]string) bool) error {
	rows, err := db.Query(ctx, sql, pgx.QueryExecModeSimpleProtocol)
	if err != nil {
		return err
	}
	var b strings.Builder
	for rows.Next() {
		raw := rows.RawValues()
		v := make([]string, len(raw))
		for i, x := range raw {
			v[i] = string(x)
		}
		if keep(v) {
			b.WriteString(strings.TrimRight(strings.Join(v, "\t"), "\t"))
			b.WriteByte('\n')
		}
	}
	if err := rows.Err(); err != nil {
		return err
	}
	return os.WriteFile(file, []byte(b.String()), 0o644)
}
