package sql

import (
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/jackc/pgx/v5"

	"github.com/basement-project/basement/internal/engine"
	"github.com/basement-project/basement/internal/engine/postgres"
	"github.com/basement-project/basement/internal/engine/sqlite"
	"github.com/basement-project/basement/internal/system"
	"github.com/basement-project/basement/internal/testkit"
)

const perStatement = time.Minute

// maker makes empty databases of one engine, one at a time.
type maker interface {
	// fresh gives an empty database in place of the one before.
	fresh(ctx context.Context) (engine.Engine, error)
	// typeNames are the names of the built-in types.
	typeNames() map[engine.OID]string
}

// side runs statements on one engine.
type side struct {
	make  maker
	db    engine.Engine
	tx    engine.AdminTx
	types map[engine.OID]string
	block bool     // between BEGIN and COMMIT
	marks []string // the block's savepoints
}

func (s *side) close(ctx context.Context) {
	if s.tx != nil {
		_ = s.tx.Rollback(ctx)
		s.tx = nil
	}
	if s.db != nil {
		_ = s.db.Close(ctx)
		s.db = nil
	}
}

// play runs a script and gives the answer of each statement; one more, of the commit, at the end.
func (s *side) play(ctx context.Context, list []*statement) ([]string, error) {
	defer s.close(ctx)
	var out []string
	for i, st := range list {
		if st.reset || i == 0 {
			s.close(ctx)
			var err error
			if s.db, err = s.make.fresh(ctx); err != nil {
				return nil, err
			}
			s.types = map[engine.OID]string{}
			for oid, name := range s.make.typeNames() {
				s.types[oid] = name
			}
			if err := s.open(ctx, false); err != nil {
				return nil, err
			}
		}
		a, err := s.one(ctx, st)
		if err != nil {
			return out, fmt.Errorf("%s: %w", st.text, err)
		}
		out = append(out, a)
	}
	return append(out, s.commit(ctx, "commit")), nil
}

func (s *side) open(ctx context.Context, readOnly bool) (err error) {
	s.block, s.marks = false, nil
	s.tx, err = s.db.Admin(ctx, engine.AdminOptions{ReadOnly: readOnly})
	return err
}

func (s *side) commit(ctx context.Context, tag string) string {
	if err := s.tx.Commit(ctx); err != nil {
		return answer(nil, err, nil)
	}
	return "-> " + strings.ToUpper(tag)
}

// one runs a statement; an error is trouble of the runner, not of the statement.
func (s *side) one(ctx context.Context, st *statement) (string, error) {
	ctx, cancel := context.WithTimeout(ctx, perStatement)
	defer cancel()
	switch st.action {
	case "begin":
		a := s.commit(ctx, "begin")
		err := s.open(ctx, strings.Contains(st.name, "read only"))
		s.block = true
		return a, err
	case "commit":
		a := s.commit(ctx, "commit")
		return a, s.open(ctx, false)
	case "rollback":
		a := "-> ROLLBACK"
		if err := s.tx.Rollback(ctx); err != nil {
			a = answer(nil, err, nil)
		}
		return a, s.open(ctx, false)
	case "savepoint":
		if s.block {
			if err := s.tx.Savepoint(ctx); err != nil {
				return answer(nil, err, nil), nil
			}
			s.marks = append(s.marks, st.name)
			return "-> SAVEPOINT", nil
		}
	case "rollback to", "release":
		if at := s.find(st.name); at >= 0 {
			return s.back(ctx, st.action, at)
		}
		return "!! 3B001: savepoint \"" + st.name + "\" does not exist", nil
	}
	if s.block {
		r, err := s.tx.Exec(ctx, st.text, nil)
		return answer(r, err, s.typeName(ctx)), nil
	}
	if err := s.tx.Savepoint(ctx); err != nil {
		return "", err
	}
	r, err := s.tx.Exec(ctx, st.text, nil)
	a := answer(r, err, s.typeName(ctx))
	if err != nil {
		if err := s.tx.RollbackTo(ctx); err != nil {
			return "", err
		}
	}
	return a, s.tx.Release(ctx)
}

func (s *side) find(name string) int {
	for i := len(s.marks) - 1; i >= 0; i-- {
		if s.marks[i] == name {
			return i
		}
	}
	return -1
}

// back goes back to a savepoint, or releases it, with those after it.
func (s *side) back(ctx context.Context, action string, at int) (string, error) {
	for i := len(s.marks) - 1; i >= at; i-- {
		if action == "rollback to" {
			if err := s.tx.RollbackTo(ctx); err != nil {
				return answer(nil, err, nil), nil
			}
			if i == at {
				s.marks = s.marks[:at+1]
				return "-> ROLLBACK", nil
			}
		}
		if err := s.tx.Release(ctx); err != nil {
			return answer(nil, err, nil), nil
		}
	}
	s.marks = s.marks[:at]
	return "-> RELEASE", nil
}

// typeName names types; those of the script are asked for.
func (s *side) typeName(ctx context.Context) func(engine.OID) string {
	return func(oid engine.OID) string {
		if name, ok := s.types[oid]; ok {
			return name
		}
		const unknown = "(unknown type)"
		if s.tx.Savepoint(ctx) != nil {
			return unknown
		}
		number := fmt.Sprint(oid)
		r, err := s.tx.Exec(ctx, "select $1::oid::regtype::text", nil, &number)
		if err != nil {
			_ = s.tx.RollbackTo(ctx)
		}
		_ = s.tx.Release(ctx)
		if err != nil || len(r.Rows) != 1 || r.Rows[0][0] == nil {
			return unknown
		}
		return *r.Rows[0][0]
	}
}

// server makes databases in a cluster of its own. They are all named postgres, as the embedded engine's is.
type server struct {
	cluster *testkit.Cluster
	roles   []string
	names   map[engine.OID]string
}

func newServer(ctx context.Context) (*server, error) {
	cluster, err := testkit.StartCluster()
	if err != nil {
		return nil, err
	}
	s := &server{cluster: cluster, names: map[engine.OID]string{}}
	db, err := s.open(ctx)
	if err != nil {
		return nil, err
	}
	err = errors.Join(system.Install(ctx, db), db.Close(ctx))
	if err == nil {
		err = s.control(ctx, func(c *pgx.Conn) error {
			if s.roles, err = texts(ctx, c, "select rolname::text from pg_roles"); err != nil {
				return err
			}
			rows, err := c.Query(ctx, "select oid, format_type(oid, null) from pg_type where oid < 16384")
			if err != nil {
				return err
			}
			var oid uint32
			var name string
			if _, err = pgx.ForEachRow(rows, []any{&oid, &name}, func() error {
				s.names[engine.OID(oid)] = name
				return nil
			}); err != nil {
				return err
			}
			_, err = c.Exec(ctx, "alter database postgres rename to base")
			return err
		})
	}
	return s, err
}

func (s *server) typeNames() map[engine.OID]string { return s.names }

func (s *server) open(ctx context.Context) (engine.Engine, error) {
	return postgres.Open(ctx, postgres.Options{URL: s.cluster.URL(), Password: "authenticator"})
}

// control runs something on a connection to another database than those of scripts.
func (s *server) control(ctx context.Context, do func(*pgx.Conn) error) error {
	c, err := pgx.Connect(ctx, strings.Replace(s.cluster.URL(), "/postgres?", "/template1?", 1))
	if err != nil {
		return err
	}
	return errors.Join(do(c), c.Close(ctx))
}

func (s *server) fresh(ctx context.Context) (engine.Engine, error) {
	err := s.control(ctx, func(c *pgx.Conn) error {
		if _, err := c.Exec(ctx, "drop database if exists postgres with (force)"); err != nil {
			return err
		}
		roles, err := texts(ctx, c, "select rolname::text from pg_roles")
		if err != nil {
			return err
		}
		for _, r := range roles {
			if !slices.Contains(s.roles, r) {
				name := pgx.Identifier{r}.Sanitize()
				if _, err := c.Exec(ctx, "drop owned by "+name+"; drop role "+name); err != nil {
					return err
				}
			}
		}
		_, err = c.Exec(ctx, "create database postgres template base")
		return err
	})
	if err != nil {
		return nil, err
	}
	return s.open(ctx)
}

func texts(ctx context.Context, c *pgx.Conn, query string) ([]string, error) {
	rows, err := c.Query(ctx, query)
	if err != nil {
		return nil, err
	}
	return pgx.CollectRows(rows, pgx.RowTo[string])
}

// file makes databases of the embedded engine, each in a folder of its own.
type file struct {
	dir   string
	n     int
	names map[engine.OID]string
}

func newFile(ctx context.Context, dir string, names map[engine.OID]string) (*file, error) {
	f := &file{dir: dir, names: names}
	db, err := sqlite.Open(ctx, f.folder(), sqlite.Options{})
	if err != nil {
		return nil, err
	}
	return f, errors.Join(system.Install(ctx, db), db.Close(ctx))
}

func (f *file) folder() string { return filepath.Join(f.dir, fmt.Sprint(f.n)) }

func (f *file) typeNames() map[engine.OID]string { return f.names }

func (f *file) fresh(ctx context.Context) (engine.Engine, error) {
	if f.n > 0 {
		if err := os.RemoveAll(f.folder()); err != nil {
			return nil, err
		}
	}
	f.n++
	if err := os.CopyFS(f.folder(), os.DirFS(filepath.Join(f.dir, "0"))); err != nil {
		return nil, err
	}
	return sqlite.Open(ctx, f.folder(), sqlite.Options{})
}

// pair is both engines' makers.
type pair struct {
	server *server // nil when PostgreSQL is not asked
	file   *file
}

func newPair(ctx context.Context, dir string, offline bool) (*pair, error) {
	p := &pair{}
	names := map[engine.OID]string{}
	if !offline {
		var err error
		if p.server, err = newServer(ctx); err != nil {
			return nil, err
		}
		names = p.server.names
	}
	var err error
	p.file, err = newFile(ctx, dir, names)
	return p, err
}

// pairs lends as many pairs as are run at once. They are made when first wanted and live as long as the test.
type pairs struct {
	t       *testing.T
	offline bool
	idle    chan *pair
	mu      sync.Mutex
	made    int
}

// atOnce is how many scripts run at the same time.
const atOnce = 2

func newPairs(t *testing.T, offline bool) *pairs {
	return &pairs{t: t, offline: offline, idle: make(chan *pair, atOnce)}
}

func (p *pairs) take() (*pair, error) {
	p.mu.Lock()
	if p.made < atOnce && len(p.idle) == 0 {
		p.made++
		p.mu.Unlock()
		made, err := newPair(context.Background(), p.t.TempDir(), p.offline)
		if err == nil && made.server != nil {
			p.t.Cleanup(made.server.cluster.Stop)
		}
		return made, err
	}
	p.mu.Unlock()
	return <-p.idle, nil
}

func (p *pairs) give(x *pair) { p.idle <- x }

// run plays a script on both engines at the same time; server is nil when PostgreSQL is not asked.
func (p *pair) run(ctx context.Context, list []*statement) (embedded, server []string, err error) {
	var wg sync.WaitGroup
	var failed error
	if p.server != nil {
		wg.Go(func() { server, failed = (&side{make: p.server}).play(ctx, list) })
	}
	embedded, err = (&side{make: p.file}).play(ctx, list)
	wg.Wait()
	if failed != nil {
		err = errors.Join(err, fmt.Errorf("PostgreSQL: %w", failed))
	}
	return embedded, server, err
}
