package function

import (
	"strings"

	"github.com/basement-project/basement/internal/catalog"
	"github.com/basement-project/basement/internal/engine/sqlite/extension"
	"github.com/basement-project/basement/internal/engine/sqlite/extension/available"
	"github.com/basement-project/basement/internal/engine/sqlite/session"
	"github.com/basement-project/basement/internal/errs"
	"github.com/basement-project/basement/internal/sql/ast"
	"github.com/basement-project/basement/internal/sql/types"
)

// nativeTrigger finds the Go function behind a trigger function that is not written in PL/pgSQL, nil when there is none.
func nativeTrigger(fn *catalog.Function) extension.TriggerFunc {
	if fn.Schema == "pg_catalog" {
		switch fn.Name {
		case "suppress_redundant_updates_trigger":
			return suppressRedundantUpdates
		case "tsvector_update_trigger":
			return func(t *extension.Trigger) ([]types.Datum, error) { return updateVector(t, false) }
		case "tsvector_update_trigger_column":
			return func(t *extension.Trigger) ([]types.Datum, error) { return updateVector(t, true) }
		}
		return nil
	}
	if fn.Extension == 0 {
		return nil
	}
	for _, x := range available.List() {
		for i := range x.Functions {
			if f := &x.Functions[i]; f.Trigger != nil && extension.Symbol(x.Name, f.Sig) == fn.Body {
				return f.Trigger
			}
		}
	}
	return nil
}

// Native says whether a trigger function is one in Go.
func Native(fn *catalog.Function) bool { return nativeTrigger(fn) != nil }

// native makes the firing of such a function.
func (r *Runner) native(f extension.TriggerFunc, snap *catalog.Snapshot, rel *catalog.Relation, s *ast.CreateTrigStmt) func(*session.Tx, string, []types.Datum, []types.Datum, []types.Datum) ([]types.Datum, error) {
	level := "STATEMENT"
	if s.Row {
		level = "ROW"
	}
	var columns []extension.Column
	for _, c := range rel.Columns {
		columns = append(columns, extension.Column{Name: c.Name, Type: typeOf(snap, c.Type)})
	}
	return func(tx *session.Tx, event string, old, next []types.Datum, _ []types.Datum) ([]types.Datum, error) {
		t := &extension.Trigger{When: timings[s.Timing], Level: level, Op: event, Table: rel.Name, Columns: columns, Args: s.Args,
			Old: old, New: next, Now: tx.Start, User: tx.Role()}
		h := &host{r: r, tx: tx, atomic: true}
		t.NextVal = func(name string) (int64, error) {
			d, err := h.one("nextval", ast.Cast(ast.Str(name), ast.Type("pg_catalog", "regclass")))
			return d.I, err
		}
		t.Vector = func(config, text string) (types.Datum, error) {
			return h.one("to_tsvector", ast.Cast(ast.Str(config), ast.Type("pg_catalog", "regconfig")), ast.Str(text))
		}
		return f(t)
	}
}

// one calls a built-in function.
func (h *host) one(name string, args ...ast.Expr) (types.Datum, error) {
	p, err := h.prepare(ast.Select(ast.As(ast.Call([]string{"pg_catalog", name}, args...), name)), "", nil, nil, nil)
	if err != nil {
		return types.Datum{}, err
	}
	var out types.Datum
	_, err = h.Run(p, nil, func(row []types.Datum) error { out = row[0]; return nil })
	return out, err
}

func suppressRedundantUpdates(t *extension.Trigger) ([]types.Datum, error) {
	const name = "suppress_redundant_updates_trigger: "
	switch {
	case t.Op != "UPDATE":
		return nil, errs.New("39P01", name+"must be called on update")
	case t.When != "BEFORE":
		return nil, errs.New("39P01", name+"must be called before update")
	case t.Level != "ROW":
		return nil, errs.New("39P01", name+"must be called for each row")
	}
	for i := range t.New {
		if !t.New[i].Equal(t.Old[i]) {
			return t.New, nil
		}
	}
	return nil, nil
}

// updateVector keeps a tsvector column up to date. inColumn says that the configuration stands in a column.
func updateVector(t *extension.Trigger, inColumn bool) ([]types.Datum, error) {
	const name = "tsvector_update_trigger: "
	switch {
	case t.Level != "ROW":
		return nil, errs.New("XX000", name+"must be fired for row")
	case t.When != "BEFORE":
		return nil, errs.New("XX000", name+"must be fired BEFORE event")
	case t.Op != "INSERT" && t.Op != "UPDATE":
		return nil, errs.New("XX000", name+"must be fired for INSERT or UPDATE")
	case len(t.Args) < 3:
		return nil, errs.New("XX000", name+"arguments must be tsvector_field, ts_config, text_field1, ...)")
	}
	to := t.Column(t.Args[0])
	if to < 0 {
		return nil, errs.New("42703", "tsvector column \"%s\" does not exist", t.Args[0])
	}
	if t.Columns[to].Type.Underlying().Name != "tsvector" {
		return nil, errs.New("42804", "column \"%s\" is not of tsvector type", t.Args[0])
	}
	config := t.Args[1]
	if inColumn {
		c := t.Column(config)
		switch {
		case c < 0:
			return nil, errs.New("42703", "configuration column \"%s\" does not exist", config)
		case t.Columns[c].Type.Underlying().Name != "regconfig":
			return nil, errs.New("42804", "column \"%s\" is not of regconfig type", config)
		case t.New[c].IsNull():
			return nil, errs.New("22004", "configuration column \"%s\" must not be null", config)
		}
		config = types.Out(t.Columns[c].Type, t.New[c], nil)
	} else if !strings.Contains(config, ".") {
		return nil, errs.New("22023", "text search configuration name \"%s\" must be schema-qualified", config)
	}
	needed := t.Op == "INSERT"
	var texts []string
	for _, a := range t.Args[2:] {
		c := t.Column(a)
		if c < 0 {
			return nil, errs.New("42703", "column \"%s\" does not exist", a)
		}
		if o := t.Columns[c].Type.Underlying().OID; o != types.TextOID && o != types.VarcharOID {
			return nil, errs.New("42804", "column \"%s\" is not of a character type", a)
		}
		needed = needed || t.Old == nil || !t.New[c].Equal(t.Old[c])
		if !t.New[c].IsNull() {
			texts = append(texts, t.New[c].S)
		}
	}
	if !needed {
		return t.New, nil
	}
	v, err := t.Vector(config, strings.Join(texts, "\n"))
	if err != nil {
		return nil, err
	}
	row := append([]types.Datum(nil), t.New...)
	row[to] = v
	return row, nil
}
