package store

import (
	"context"
	"embed"
	"encoding/json"
	"fmt"
	"io/fs"
	"strings"
	"sync"
	"time"

	"github.com/basement-project/basement/internal/catalog"
	"github.com/basement-project/basement/internal/engine"
	"github.com/basement-project/basement/internal/errs"
	"github.com/basement-project/basement/internal/guard"
	"github.com/basement-project/basement/internal/sql/ast"
	"github.com/basement-project/basement/internal/sql/parse"
)

//go:embed sql/*.sql
var files embed.FS

// role is who the statements run as.
const role = "supabase_auth_admin"

// searchPath is what triggers on the tables find unqualified names by.
var searchPath = []string{"auth"}

// Engine is the database.
type Engine interface {
	Snapshot() *catalog.Snapshot
	Run(ctx context.Context, r *engine.Request) ([]*engine.Result, error)
	Program(ctx context.Context, role string, f func(run engine.Runner) error) error
}

// Store runs the statements. It is safe for concurrent use.
type Store struct {
	engine Engine
	guard  *guard.Guard
	texts  map[string]statement

	mu      sync.Mutex
	snap    *catalog.Snapshot
	guarded map[string]guard.Guarded
}

type statement struct {
	text string
	tree ast.Statement
}

// Open parses the statements.
func Open(e Engine, g *guard.Guard) (*Store, error) {
	s := &Store{engine: e, guard: g, texts: map[string]statement{}}
	names, err := fs.Glob(files, "sql/*.sql")
	if err != nil {
		return nil, err
	}
	for _, name := range names {
		text, err := files.ReadFile(name)
		if err != nil {
			return nil, err
		}
		for _, part := range strings.Split(string(text), "-- name: ")[1:] {
			title, sql, _ := strings.Cut(part, "\n")
			sql = strings.TrimSuffix(strings.TrimSpace(sql), ";")
			tree, err := parse.Statement(sql)
			if err != nil {
				return nil, fmt.Errorf("%s: %s: %w", name, title, err)
			}
			s.texts[title] = statement{sql, tree}
		}
	}
	return s, nil
}

// statement gives a guarded statement for the catalog in force.
func (s *Store) statement(name string) (guard.Guarded, error) {
	snap := s.engine.Snapshot()
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.snap != snap {
		s.snap, s.guarded = snap, map[string]guard.Guarded{}
	}
	if g, ok := s.guarded[name]; ok {
		return g, nil
	}
	st, ok := s.texts[name]
	if !ok {
		return guard.Guarded{}, errs.Internal("statement", fmt.Errorf("no statement %q", name))
	}
	g, err := s.guard.Apply(snap, role, st.tree, guard.Options{SearchPath: searchPath, Text: st.text})
	if err != nil {
		return guard.Guarded{}, fmt.Errorf("statement %q: %w", name, err)
	}
	s.guarded[name] = g
	return g, nil
}

// Tx runs statements: in one transaction, or each read for itself.
type Tx struct {
	store *Store
	run   engine.Runner
}

// Reader gives what reads, each statement in a transaction of its own. It must not be asked to write.
func (s *Store) Reader(ctx context.Context) *Tx {
	return &Tx{s, func(r *engine.Request) ([]*engine.Result, error) {
		r.ReadOnly = true
		return s.engine.Run(ctx, r)
	}}
}

// Program runs f in one transaction, which an error undoes; f's own error comes back as it is. f may be run again from its
// start, and must be quick.
func (s *Store) Program(ctx context.Context, f func(*Tx) error) error {
	var own error
	err := s.engine.Program(ctx, role, func(run engine.Runner) error {
		own = f(&Tx{s, run})
		if own != nil && errs.Of(own) == nil {
			return engine.ErrRollback
		}
		return own
	})
	if own != nil && errs.Of(own) == nil && err == nil {
		return own
	}
	return err
}

// call is a statement with its arguments: texts, times, booleans, numbers; nil is NULL, and so is a nil pointer.
type call struct {
	name string
	args []any
}

func (t *Tx) step(c call, format engine.Format) (engine.Step, error) {
	g, err := t.store.statement(c.name)
	if err != nil {
		return engine.Step{}, err
	}
	step := engine.Step{Statement: g, Format: format}
	for _, a := range c.args {
		text, err := argument(a)
		if err != nil {
			return engine.Step{}, err
		}
		step.Args = append(step.Args, text)
	}
	return step, nil
}

func argument(a any) (*string, error) {
	var text string
	switch v := a.(type) {
	case nil:
		return nil, nil
	case string:
		text = v
	case *string:
		return v, nil
	case time.Time:
		text = timeText(v)
	case *time.Time:
		if v == nil {
			return nil, nil
		}
		text = timeText(*v)
	case bool, int, int64:
		text = fmt.Sprint(v)
	default:
		raw, err := json.Marshal(v)
		if err != nil {
			return nil, err
		}
		text = string(raw)
	}
	return &text, nil
}

func timeText(t time.Time) string { return t.UTC().Format("2006-01-02 15:04:05.999999-07") }

// exec runs statements for their effect, in one go, and gives how many rows each changed.
func (t *Tx) exec(calls ...call) ([]int64, error) {
	r := &engine.Request{Role: role, SearchPath: searchPath}
	for _, c := range calls {
		step, err := t.step(c, engine.Discard)
		if err != nil {
			return nil, err
		}
		r.Steps = append(r.Steps, step)
	}
	results, err := t.run(r)
	if err != nil {
		return nil, err
	}
	counts := make([]int64, len(results))
	for i, result := range results {
		counts[i] = result.Count
	}
	return counts, nil
}

// rows reads a query's rows into values of a type by their columns' names.
func rows[T any](t *Tx, c call) ([]T, error) {
	step, err := t.step(c, engine.JSON)
	if err != nil {
		return nil, err
	}
	results, err := t.run(&engine.Request{Role: role, SearchPath: searchPath, Steps: []engine.Step{step}})
	if err != nil {
		return nil, err
	}
	var out []T
	text := append(append([]byte{'['}, results[0].JSON...), ']')
	if err := json.Unmarshal(text, &out); err != nil {
		return nil, errs.Internal(c.name, err)
	}
	return out, nil
}

// row reads at most one row; nil when there is none.
func row[T any](t *Tx, c call) (*T, error) {
	all, err := rows[T](t, c)
	if err != nil || len(all) == 0 {
		return nil, err
	}
	return &all[0], nil
}
