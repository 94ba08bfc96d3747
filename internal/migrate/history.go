package migrate

import (
	"context"
	"strings"

	"github.com/basement-project/basement/internal/engine"
	"github.com/basement-project/basement/internal/errs"
)

// Database is what migrations are applied to: an engine's admin transactions.
type Database interface {
	Enforces() bool
	Admin(ctx context.Context, opt engine.AdminOptions) (engine.AdminTx, error)
}

// historyTables make the history of a new database. seed_files holds the marker until the seeds have run, so that a
// start that failed half-way does not lose them.
var historyTables = []string{
	`create schema if not exists supabase_migrations`,
	`create table if not exists supabase_migrations.schema_migrations (version text not null primary key, statements text[], name text)`,
	`create table if not exists supabase_migrations.seed_files (path text not null primary key, hash text not null)`,
	`insert into supabase_migrations.seed_files (path, hash) values ('` + seedMarker + `', '')`,
}

const (
	seedMarker    = "(not seeded yet)"
	readHistory   = `select version from supabase_migrations.schema_migrations order by version`
	writeHistory  = `insert into supabase_migrations.schema_migrations (version, name, statements) values ($1, $2, $3)`
	readSeeds     = `select path from supabase_migrations.seed_files`
	takeMarker    = `delete from supabase_migrations.seed_files where path = '` + seedMarker + `' returning path`
	writeSeed     = `insert into supabase_migrations.seed_files (path, hash) values ($1, $2)`
	uniqueViolate = "23505"
)

// Applied gives the versions of the migrations the database has, nil for a database without history.
func Applied(ctx context.Context, db Database) (map[string]bool, error) {
	return readColumn(ctx, db, readHistory)
}

// readColumn reads one column of a history table; a table that is not there is empty.
func readColumn(ctx context.Context, db Database, sql string) (map[string]bool, error) {
	tx, err := db.Admin(ctx, engine.AdminOptions{ReadOnly: true})
	if err != nil {
		return nil, err
	}
	defer func() { _ = tx.Rollback(ctx) }()
	result, err := tx.Exec(ctx, sql, nil)
	if e := errs.Of(err); e != nil && (e.Code == "42P01" || e.Code == "3F000") {
		return nil, nil
	}
	if err != nil {
		return nil, err
	}
	found := map[string]bool{}
	for _, row := range result.Rows {
		if len(row) > 0 && row[0] != nil {
			found[*row[0]] = true
		}
	}
	return found, nil
}

// prepare makes the history tables where there are none.
func prepare(ctx context.Context, db Database) (map[string]bool, error) {
	applied, err := Applied(ctx, db)
	if err != nil || applied != nil {
		return applied, err
	}
	err = within(ctx, db, func(tx engine.AdminTx) error {
		if db.Enforces() {
			// Several servers may find the database new: the first makes the tables, the others wait.
			if _, err := tx.Exec(ctx, `select pg_advisory_xact_lock(hashtext('basement history'))`, nil); err != nil {
				return err
			}
			if applied, err = Applied(ctx, db); err != nil || applied != nil {
				return err
			}
		}
		applied = map[string]bool{}
		for _, sql := range historyTables {
			if _, err := tx.Exec(ctx, sql, nil); err != nil {
				return err
			}
		}
		return nil
	})
	return applied, err
}

// setSearchPath is the path of a project's owner: unqualified names are made in public, and the functions of extensions
// are found without naming their schema.
const setSearchPath = `set local search_path to public, extensions`

// Begin opens a transaction of the owner, or as another role, with the project's search path.
func Begin(ctx context.Context, db Database, opt engine.AdminOptions) (engine.AdminTx, error) {
	tx, err := db.Admin(ctx, opt)
	if err != nil {
		return nil, err
	}
	if _, err := tx.Exec(ctx, setSearchPath, nil); err != nil {
		_ = tx.Rollback(context.WithoutCancel(ctx))
		return nil, err
	}
	return tx, nil
}

// within runs f in a transaction, committed when f gives nil.
func within(ctx context.Context, db Database, f func(engine.AdminTx) error) error {
	tx, err := Begin(ctx, db, engine.AdminOptions{})
	if err != nil {
		return err
	}
	defer func() { _ = tx.Rollback(context.WithoutCancel(ctx)) }()
	if err := f(tx); err != nil {
		return err
	}
	return tx.Commit(ctx)
}

// arrayLiteral prints texts as PostgreSQL's array literal.
func arrayLiteral(texts []string) string {
	escape := strings.NewReplacer(`\`, `\\`, `"`, `\"`)
	var out strings.Builder
	out.WriteByte('{')
	for i, text := range texts {
		if i > 0 {
			out.WriteByte(',')
		}
		out.WriteByte('"')
		_, _ = escape.WriteString(&out, text)
		out.WriteByte('"')
	}
	out.WriteByte('}')
	return out.String()
}
