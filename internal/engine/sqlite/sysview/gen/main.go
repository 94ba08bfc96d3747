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
	if err := run(); err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
}

const inSystem = `in ('pg_catalog'::regnamespace, 'information_schema'::regnamespace)`

const relationsSQL = `
select c.oid, n.nspname, c.relname, c.relkind, c.reltype, t.typarray,
  case when c.relacl is null or exists (select from aclexplode(c.relacl) x where x.grantee = 0 and x.privilege_type = 'SELECT') then 'r' else '-' end,
  (select string_agg(a.attname || ':' || a.atttypid || ':' || a.atttypmod || ':' || case when a.attnotnull then 't' else '' end || ':' || a.attnum, ' ' order by a.attnum)
   from pg_attribute a where a.attrelid = c.oid and a.attnum > 0 and not a.attisdropped)
from pg_class c join pg_namespace n on n.oid = c.relnamespace join pg_type t on t.oid = c.reltype
where c.relnamespace ` + inSystem + ` and c.relkind in ('r', 'v') and c.oid < 16384
order by 2, 3`

// tables are the relations whose first rows are facts, with a condition for the rows and columns given otherwise.
var tables = []struct {
	name, where string
	as          map[string]string
}{
	{"pg_proc", "oid < 16384 and pronamespace " + inSystem, nil},
	{"pg_type", "oid < 16384 and typnamespace " + inSystem, nil},
	{"pg_operator", "oid < 16384", nil},
	{"pg_aggregate", "aggfnoid::oid < 16384", nil},
	{"pg_cast", "oid < 16384", nil},
	{"pg_opclass", "oid < 16384", nil},
	{"pg_opfamily", "oid < 16384", nil},
	{"pg_amop", "oid < 16384", nil},
	{"pg_amproc", "oid < 16384", nil},
	{"pg_am", "oid < 16384", nil},
	{"pg_collation", "collname in ('default', 'C', 'POSIX', 'ucs_basic', 'C.utf8', 'unicode', 'und-x-icu', 'en-x-icu', 'en-US-x-icu', 'de-x-icu', 'fr-x-icu', 'es-x-icu')", map[string]string{"collversion": "null"}},
	{"pg_conversion", "oid < 16384", nil},
	{"pg_language", "oid < 16384", nil},
	{"pg_range", "rngtypid < 16384", nil},
	{"pg_ts_config", "oid < 16384", nil},
	{"pg_ts_config_map", "mapcfg < 16384", nil},
	{"pg_ts_dict", "oid < 16384", nil},
	{"pg_ts_parser", "oid < 16384", nil},
	{"pg_ts_template", "oid < 16384", nil},
	{"pg_class", "oid < 16384 and relnamespace " + inSystem, map[string]string{"relpages": "0", "reltuples": "-1", "relallvisible": "0"}},
	{"pg_attribute", "attrelid in (select oid from pg_class where oid < 16384 and relnamespace " + inSystem + ")", nil},
	{"pg_index", "indexrelid in (select oid from pg_class where oid < 16384 and relnamespace " + inSystem + ")", nil},
	{"pg_constraint", "oid < 16384 and (conrelid = 0 or conrelid in (select oid from pg_class where oid < 16384 and relnamespace " + inSystem + "))", nil},
	{"pg_tablespace", "true", nil},
	{"pg_authid", "rolname ~ '^pg_'", nil},
	{"pg_auth_members", "roleid < 16384 and member < 16384", nil},
	{"pg_settings", "true", map[string]string{"setting": "boot_val", "short_desc": "null", "extra_desc": "null", "reset_val": "boot_val",
		"source": "'default'", "sourcefile": "null", "sourceline": "null", "pending_restart": "false"}},
	{"pg_timezone_abbrevs", "true", nil},
}

func run() error {
	ctx := context.Background()
	db, err := pgx.Connect(ctx, os.Getenv(testkit.DatabaseURLVariable))
	if err != nil {
		return err
	}
	defer func() { _ = db.Close(ctx) }()
	if err := write(ctx, db, "relations.tsv", relationsSQL); err != nil {
		return err
	}
	for _, t := range tables {
		rows, err := db.Query(ctx, `select attname, atttypid::regtype::text from pg_attribute
			where attrelid = ('pg_catalog.' || $1)::regclass and attnum > 0 and not attisdropped order by attnum`, t.name)
		if err != nil {
			return err
		}
		var list []string
		for rows.Next() {
			var name, typ string
			if err := rows.Scan(&name, &typ); err != nil {
				return err
			}
			switch as, ok := t.as[name]; {
			case ok:
				name = as
			case strings.HasPrefix(typ, "reg"):
				name = name + "::oid"
			}
			list = append(list, name)
		}
		if err := rows.Err(); err != nil {
			return err
		}
		if err := write(ctx, db, "facts/"+t.name+".tsv", "select "+strings.Join(list, ", ")+" from pg_catalog."+t.name+" where "+t.where+" order by 1, 2, 3"); err != nil {
			return fmt.Errorf("%s: %w", t.name, err)
		}
	}
	return nil
}

var escape = strings.NewReplacer("\\", `\\`, "\t", `\t`, "\n", `\n`, "\r", `\r`)

func write(ctx context.Context, db *pgx.Conn, file, sql string) error {
	rows, err := db.Query(ctx, sql, pgx.QueryExecModeSimpleProtocol)
	if err != nil {
		return err
	}
	var b strings.Builder
	for rows.Next() {
		for i, x := range rows.RawValues() {
			if i > 0 {
				b.WriteByte('\t')
			}
			if x == nil {
				b.WriteString(`\N`)
			} else {
				b.WriteString(escape.Replace(string(x)))
			}
		}
		b.WriteByte('\n')
	}
	if err := rows.Err(); err != nil {
		return err
	}
	return os.WriteFile(file, []byte(b.String()), 0o644)
}
