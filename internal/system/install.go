package system

import (
	"context"
	"embed"
	"errors"
	"fmt"
	"io/fs"
	"slices"
	"strings"

	"github.com/basement-project/basement/internal/catalog"
	"github.com/basement-project/basement/internal/engine"
	"github.com/basement-project/basement/internal/errs"
	"github.com/basement-project/basement/internal/project"
)

//go:embed sql/*.sql
var files embed.FS

// Database is what the schemas are installed in.
type Database interface {
	Enforces() bool
	Snapshot() *catalog.Snapshot
	Refresh(ctx context.Context) error
	Admin(ctx context.Context, opt engine.AdminOptions) (engine.AdminTx, error)
}

// level is raised when a part below is added or changed; a database with it has everything.
const level = "4"

// Install brings the database up to date, all at once or not at all. A database that is costs one look at the catalog.
func Install(ctx context.Context, db Database) error {
	snapshot := db.Snapshot()
	if installed(snapshot) {
		return nil
	}
	tx, err := db.Admin(ctx, engine.AdminOptions{})
	if err != nil {
		return err
	}
	defer func() { _ = tx.Rollback(context.WithoutCancel(ctx)) }()
	if db.Enforces() {
		// Several servers may start on a new database at once: the first installs, the others wait and look again.
		if _, err := tx.Exec(ctx, `select pg_advisory_xact_lock(hashtext('basement install'))`, nil); err != nil {
			return err
		}
		if err := db.Refresh(ctx); err != nil {
			return err
		}
		if snapshot = db.Snapshot(); installed(snapshot) {
			return nil
		}
	}
	i := &installer{ctx: ctx, tx: tx, snapshot: snapshot}
	i.roles()
	i.exec(`create schema if not exists basement`)
	i.files()
	i.optional(extensions)
	if db.Enforces() {
		i.optional(serverStatements)
	}
	i.functions()
	i.exec(`comment on schema basement is '` + comment + `'`)
	if i.err != nil {
		return i.err
	}
	return tx.Commit(ctx)
}

// comment marks the schema basement with the level: part of the catalog, so that looking costs nothing.
const comment = "what Basement keeps for itself, level " + level

func installed(s *catalog.Snapshot) bool {
	schema := s.Schema("basement")
	return schema != nil && schema.Comment == comment
}

// installer runs statements until one fails.
type installer struct {
	ctx      context.Context
	tx       engine.AdminTx
	snapshot *catalog.Snapshot
	err      error
}

func (i *installer) exec(sql string) {
	if i.err != nil {
		return
	}
	if _, err := i.tx.Exec(i.ctx, sql, nil); err != nil {
		i.err = fmt.Errorf("%w in: %s", err, sql)
	}
}

// attempt runs a statement that may fail with one of the codes.
func (i *installer) attempt(sql string, codes ...string) {
	if i.err != nil {
		return
	}
	if i.err = i.tx.Savepoint(i.ctx); i.err != nil {
		return
	}
	_, err := i.tx.Exec(i.ctx, sql, nil)
	if err != nil {
		e := errs.Of(err)
		if e == nil || !slices.Contains(codes, e.Code) {
			i.err = fmt.Errorf("%w in: %s", err, sql)
			return
		}
		if i.err = i.tx.RollbackTo(i.ctx); i.err != nil {
			return
		}
	}
	i.err = i.tx.Release(i.ctx)
}

// elsewhere are the codes of a change to the server's roles that another database of it makes at the same moment.
var elsewhere = []string{"42710", "23505", "XX000"}

func (i *installer) roles() {
	for _, r := range roles {
		if i.snapshot.Role(r.name) == nil {
			i.attempt("create role "+r.name+" "+r.options, elsewhere...)
		}
	}
	for _, m := range memberships {
		if r := i.snapshot.Role(m.member); r == nil || !slices.Contains(r.MemberOf, m.of) {
			i.attempt("grant "+m.of+" to "+m.member, elsewhere...)
		}
	}
}

func (i *installer) files() {
	names, err := fs.Glob(files, "sql/*.sql")
	if err != nil || len(names) == 0 {
		i.err = errors.Join(err, errors.New("the program's own SQL files are missing"))
		return
	}
	for _, name := range names {
		text, err := files.ReadFile(name)
		if err != nil {
			i.err = err
			return
		}
		for _, st := range project.ParseScript(name, string(text)).Statements {
			// There is no IF NOT EXISTS for these.
			if strings.HasPrefix(st.Text, "create publication") || strings.HasPrefix(st.Text, "create type") {
				i.attempt(st.Text, "42710")
				continue
			}
			i.exec(st.Text)
		}
	}
}

func (i *installer) functions() {
	for _, f := range functions {
		if len(i.snapshot.FunctionsNamed(f.schema, f.name)) == 0 {
			i.attempt(f.sql, "42723") // an extension may have just brought it
		}
	}
	for _, grantee := range []string{"anon", "authenticated", "service_role"} {
		i.exec("grant execute on function auth.jwt(), auth.uid(), auth.role(), auth.email(), extensions.uuid_generate_v4() to " + grantee)
	}
}

// optional runs statements that may not be possible here.
func (i *installer) optional(list []string) {
	for _, sql := range list {
		// 42501: not allowed; 0A000, 58P01, 22023: no such extension here; 42723, 42710: there already.
		i.attempt(sql, "42501", "0A000", "58P01", "22023", "42723", "42710")
	}
}
