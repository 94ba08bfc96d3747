package property

import (
	"context"
	"errors"
	"fmt"
	"sort"
	"strings"
	"testing"
	"time"

	"github.com/basement-project/basement/internal/catalog"
	"github.com/basement-project/basement/internal/engine"
	"github.com/basement-project/basement/internal/engine/postgres"
	"github.com/basement-project/basement/internal/engine/sqlite"
	"github.com/basement-project/basement/internal/errs"
	"github.com/basement-project/basement/internal/sql/ast"
	"github.com/basement-project/basement/internal/sql/parse"
)

// script is a schema and what is done with it.
type script struct {
	setup   []string
	batches []batch
	// tables are compared whole after each write.
	tables []string
	// clean undoes the setup on a database that lives on.
	clean []string
}

// batch is one transaction. The role is taken up inside it, so that the tables can be looked at in between by the owner;
// direct batches are opened for the role and looked at after their end.
type batch struct {
	role, claims string
	direct       bool
	steps        []step
}

type step struct {
	sql     string
	ordered bool // the rows' order is part of the answer
	writes  bool
}

// outcome is what one statement gave: an answer or an error, and what the tables hold then.
type outcome struct {
	sql      string
	answer   string
	contents string
	err      *errs.Error
}

func (o outcome) text() string {
	s := o.answer
	if o.err != nil {
		s = describe(o.err)
	}
	return s
}

func describe(e *errs.Error) string {
	if e == nil {
		return "ok"
	}
	var b strings.Builder
	fmt.Fprintf(&b, "ERROR %s: %s", e.Code, e.Message)
	for _, f := range [][2]string{{"DETAIL", e.Detail}, {"HINT", e.Hint}, {"SCHEMA", e.Schema}, {"TABLE", e.Table},
		{"COLUMN", e.Column}, {"TYPE", e.DataType}, {"CONSTRAINT", e.Constraint}} {
		if f[1] != "" {
			fmt.Fprintf(&b, "\n  %s: %s", f[0], f[1])
		}
	}
	if e.Position > 0 {
		fmt.Fprintf(&b, "\n  POSITION: %d", e.Position)
	}
	return b.String()
}

// database is one engine under test.
type database struct {
	engine.Engine
	t testing.TB
}

func openPostgreSQL(t testing.TB, url string) *database {
	t.Helper()
	e, err := postgres.Open(context.Background(), postgres.Options{URL: url})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = e.Close(context.Background()) })
	return &database{e, t}
}

func openEmbedded(t testing.TB, dir string) (*database, error) {
	e, err := sqlite.Open(context.Background(), dir, sqlite.Options{Readers: 1})
	if err != nil {
		return nil, err
	}
	return &database{e, t}, nil
}

const limit = 2 * time.Minute

// run runs a script; the outcomes of the setup come first.
func (d *database) run(s *script) (setup, rest []outcome, err error) {
	ctx, cancel := context.WithTimeout(context.Background(), limit)
	defer cancel()
	all := batch{}
	for _, sql := range s.setup {
		all.steps = append(all.steps, step{sql: sql})
	}
	setup, err = d.batch(ctx, nil, all)
	if err != nil {
		return setup, nil, fmt.Errorf("setup: %w", err)
	}
	for _, b := range s.batches {
		out, err := d.batch(ctx, s.tables, b)
		rest = append(rest, out...)
		if err != nil {
			return setup, rest, err
		}
	}
	return setup, rest, nil
}

func (d *database) batch(ctx context.Context, tables []string, b batch) (out []outcome, err error) {
	var opt engine.AdminOptions
	if b.direct {
		opt.Role, opt.Claims = b.role, b.claims
	}
	tx, err := d.Admin(ctx, opt)
	if err != nil {
		return nil, err
	}
	defer func() { _ = tx.Rollback(ctx) }()
	if !b.direct && b.claims != "" {
		if err := set(ctx, tx, "request.jwt.claims", b.claims); err != nil {
			return nil, err
		}
	}
	for _, s := range b.steps {
		o := outcome{sql: s.sql}
		stmt, perr := parse.Statement(s.sql)
		if perr != nil {
			return out, fmt.Errorf("parse %s: %w", s.sql, perr)
		}
		if err := tx.Savepoint(ctx); err != nil {
			return out, err
		}
		if !b.direct && b.role != "" {
			if err := set(ctx, tx, "role", b.role); err != nil {
				return out, fmt.Errorf("set role %s: %w", b.role, err)
			}
		}
		r, err := tx.Exec(ctx, s.sql, stmt)
		if err == nil {
			o.answer = d.answer(r, s.ordered)
		} else {
			var pe *errs.Error
			if !errors.As(err, &pe) {
				return out, fmt.Errorf("%s: %w", s.sql, err)
			}
			o.err = pe
			if err := tx.RollbackTo(ctx); err != nil {
				return out, err
			}
		}
		if err := tx.Release(ctx); err != nil {
			return out, err
		}
		if !b.direct && b.role != "" {
			if err := set(ctx, tx, "role", "none"); err != nil {
				return out, err
			}
		}
		if !b.direct && s.writes {
			if o.contents, err = d.contents(ctx, tx, tables); err != nil {
				return out, fmt.Errorf("after %s: %w", s.sql, err)
			}
		}
		out = append(out, o)
	}
	o := outcome{sql: "commit"}
	if err := tx.Commit(ctx); err != nil {
		if o.err = errs.Of(err); o.err == nil {
			return out, err
		}
	}
	if len(tables) > 0 && (b.direct || o.err != nil) {
		look, err := d.Admin(ctx, engine.AdminOptions{})
		if err != nil {
			return out, err
		}
		o.contents, err = d.contents(ctx, look, tables)
		_ = look.Rollback(ctx)
		if err != nil {
			return out, err
		}
	}
	return append(out, o), nil
}

const setConfig = "select set_config($1, $2, true)"

// setStmt is the tree of setConfig: the engines need not parse it each time, and need not look for changes of the schema.
var setStmt ast.Statement = must(parse.Statement(setConfig))

func must[T any](v T, err error) T {
	if err != nil {
		panic(err)
	}
	return v
}

func set(ctx context.Context, tx engine.AdminTx, name, value string) error {
	_, err := tx.Exec(ctx, setConfig, setStmt, &name, &value)
	return err
}

func (d *database) contents(ctx context.Context, tx engine.AdminTx, tables []string) (string, error) {
	var b strings.Builder
	for _, t := range tables {
		sql := "select * from " + t
		r, err := tx.Exec(ctx, sql, must(parse.Statement(sql)))
		if err != nil {
			return "", err
		}
		fmt.Fprintf(&b, "%s\n%s\n", t, rows(r, false))
	}
	return b.String(), nil
}

func (d *database) answer(r *engine.Result, ordered bool) string {
	var names []string
	for _, c := range r.Columns {
		names = append(names, c.Name+" "+d.typeName(c.Type))
	}
	return r.Tag + "\n" + strings.Join(names, " | ") + "\n" + rows(r, ordered)
}

func (d *database) typeName(oid catalog.OID) string {
	if t := d.Snapshot().TypeByOID(oid); t != nil {
		return t.String()
	}
	return fmt.Sprint(oid)
}

func rows(r *engine.Result, ordered bool) string {
	var lines []string
	for _, row := range r.Rows {
		var b strings.Builder
		for i, v := range row {
			if i > 0 {
				b.WriteString(" | ")
			}
			if v == nil {
				b.WriteString("∅")
			} else {
				b.WriteString(*v)
			}
		}
		lines = append(lines, b.String())
	}
	if !ordered {
		sort.Strings(lines)
	}
	return strings.Join(lines, "\n")
}

// text writes a script as a file that BASEMENT_PROPERTY_SCRIPT reads.
func (s *script) text() string {
	var b strings.Builder
	line := func(sql string) { fmt.Fprintf(&b, "%s;\n", strings.ReplaceAll(sql, "\n", " ")) }
	for _, sql := range s.setup {
		line(sql)
	}
	for _, x := range s.batches {
		mode := "as"
		if x.direct {
			mode = "direct"
		}
		fmt.Fprintf(&b, "-- %s %s %s\n", mode, x.role, x.claims)
		for _, st := range x.steps {
			word := ""
			if st.ordered {
				word = " -- ordered"
			}
			fmt.Fprintf(&b, "%s;%s\n", st.sql, word)
		}
	}
	fmt.Fprintf(&b, "-- tables %s\n", strings.Join(s.tables, " "))
	for _, sql := range s.clean {
		fmt.Fprintf(&b, "-- clean %s\n", sql)
	}
	return b.String()
}

// readScript is text's inverse: a statement on each line.
func readScript(text string) *script {
	s := &script{}
	var b *batch
	for _, line := range strings.Split(text, "\n") {
		line = strings.TrimSpace(line)
		if strings.HasPrefix(line, "-- as ") || strings.HasPrefix(line, "-- direct ") {
			f := strings.SplitN(line+"  ", " ", 4)
			s.batches = append(s.batches, batch{role: f[2], claims: strings.TrimSpace(f[3]), direct: f[1] == "direct"})
			b = &s.batches[len(s.batches)-1]
			continue
		}
		if rest, ok := strings.CutPrefix(line, "-- tables "); ok {
			s.tables = strings.Fields(rest)
			continue
		}
		if rest, ok := strings.CutPrefix(line, "-- clean "); ok {
			s.clean = append(s.clean, rest)
			continue
		}
		if line == "" || strings.HasPrefix(line, "--") {
			continue
		}
		sql, ordered := strings.CutSuffix(line, "; -- ordered")
		sql = strings.TrimSuffix(sql, ";")
		if b == nil {
			s.setup = append(s.setup, sql)
			continue
		}
		b.steps = append(b.steps, step{sql: sql, ordered: ordered, writes: !strings.HasPrefix(sql, "select")})
	}
	return s
}
