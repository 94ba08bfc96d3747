package function

import (
	"sort"
	"strconv"
	"strings"

	"github.com/basement-project/basement/internal/catalog"
	"github.com/basement-project/basement/internal/engine/sqlite/modify"
	"github.com/basement-project/basement/internal/engine/sqlite/session"
	"github.com/basement-project/basement/internal/errs"
	"github.com/basement-project/basement/internal/plpgsql/interp"
	"github.com/basement-project/basement/internal/sql/ast"
	"github.com/basement-project/basement/internal/sql/parse"
	"github.com/basement-project/basement/internal/sql/query"
	"github.com/basement-project/basement/internal/sql/types"
)

var timings = map[ast.TriggerTiming]string{ast.TriggerBefore: "BEFORE", ast.TriggerAfter: "AFTER", ast.TriggerInsteadOf: "INSTEAD OF"}

// Triggers makes the triggers of a table ready, in the order of their names.
func (r *Runner) Triggers(snap *catalog.Snapshot, rel *catalog.Relation) ([]*modify.Trigger, error) {
	list := append([]*catalog.Trigger(nil), rel.Triggers...)
	sort.SliceStable(list, func(i, j int) bool { return list[i].Name < list[j].Name })
	var out []*modify.Trigger
	for _, t := range list {
		if t.Enabled == "D" {
			continue
		}
		ready, err := r.trigger(snap, rel, t)
		if err != nil {
			return nil, err
		}
		fire := ready.Fire
		ready.Fire = func(tx *session.Tx, event string, old, next []types.Datum, tables []types.Datum) ([]types.Datum, error) {
			tx.TriggerDepth++
			defer func() { tx.TriggerDepth-- }()
			return fire(tx, event, old, next, tables)
		}
		out = append(out, ready)
	}
	return out, nil
}

func (r *Runner) trigger(snap *catalog.Snapshot, rel *catalog.Relation, t *catalog.Trigger) (*modify.Trigger, error) {
	stmt, err := parse.Statement(t.SQL)
	if err != nil {
		return nil, err
	}
	s, ok := stmt.(*ast.CreateTrigStmt)
	fn := snap.FunctionByOID(t.Function)
	if !ok || fn == nil {
		return nil, errs.Internal("trigger "+t.Name, nil)
	}
	out := &modify.Trigger{Name: t.Name, Timing: s.Timing, Events: s.Events, Row: s.Row,
		Origin: t.Enabled == "O" || t.Enabled == "A", Replica: t.Enabled == "R" || t.Enabled == "A"}
	for _, name := range s.Columns {
		for i, c := range rel.Columns {
			if c.Name == name {
				out.Columns = append(out.Columns, i)
			}
		}
	}
	for _, x := range s.Transitions {
		out.Transitions = append(out.Transitions, modify.Transition{Name: x.Name, New: x.New})
	}
	if s.Constraint {
		out.Deferral = &catalog.Constraint{OID: t.OID, Name: t.Name, Deferrable: s.Deferrable, InitiallyDeferred: s.InitiallyDeferred}
	}
	row := snap.TypeByOID(rel.RowType)
	if s.When != nil {
		if out.When, err = r.when(rel, row, s.When); err != nil {
			return nil, err
		}
	}
	level := "STATEMENT"
	if s.Row {
		level = "ROW"
	}
	fixed := map[string]types.Datum{"tg_name": types.Text(t.Name), "tg_when": types.Text(timings[s.Timing]), "tg_level": types.Text(level),
		"tg_relid": types.Int(int64(rel.OID)), "tg_relname": types.Text(rel.Name), "tg_table_name": types.Text(rel.Name),
		"tg_table_schema": types.Text(rel.Schema), "tg_nargs": types.Int(int64(len(s.Args))), "tg_argv": argv(s.Args)}
	if f := nativeTrigger(fn); f != nil {
		out.Fire = r.native(f, snap, rel, s)
		return out, nil
	}
	out.Fire = func(tx *session.Tx, event string, old, next []types.Datum, tables []types.Datum) ([]types.Datum, error) {
		values := make(map[string]types.Datum, len(fixed)+1)
		for k, v := range fixed {
			values[k] = v
		}
		values["tg_op"] = types.Text(event)
		return r.Trigger(tx, fn, &interp.Trigger{New: next, Old: old, Type: row, Relation: rel, Values: values, Args: s.Args},
			transitionsOf(rel, out.Transitions, tables))
	}
	return out, nil
}

// argv is TG_ARGV: its first element has the number 0.
func argv(args []string) types.Datum {
	if len(args) == 0 {
		return types.Text("{}")
	}
	t := types.ByOID(types.TextOID)
	var b strings.Builder
	b.WriteString("[0:" + strconv.Itoa(len(args)-1) + "]={")
	for i, a := range args {
		if i > 0 {
			b.WriteByte(',')
		}
		one := types.ArrayOfDatum(types.ArrayOf(types.TextOID), types.Text("{}"))
		one.Dims, one.Lower = []int{1}, []int{1}
		one.Elems = append(one.Elems, types.ElemOf(t, types.Text(a)))
		text := types.ArrayDatum(types.ArrayOf(types.TextOID), one).S
		b.WriteString(text[1 : len(text)-1])
	}
	b.WriteByte('}')
	return types.Text(b.String())
}

// rowNames are NEW and OLD in a WHEN condition: OLD's columns are the first parameters, NEW's follow.
type rowNames struct {
	rel *catalog.Relation
	row *types.Type
}

// Conflict is "use_variable".
func (rowNames) Conflict() string { return "use_variable" }

// Name gives new.column and old.column.
func (n rowNames) Name(list []string, _ bool) (query.Expr, error) {
	base := 0
	switch list[0] {
	case "old":
	case "new":
		base = len(n.row.Fields)
	default:
		// PostgreSQL looks in both rows.
		if len(list) == 1 && n.rel.Column(list[0]) != nil {
			return nil, errs.New("42702", "column reference \"%s\" is ambiguous", list[0])
		}
		return nil, nil
	}
	param := func(i int) query.Expr {
		f := n.row.Fields[i]
		return &query.Param{T: query.T{Typ: f.Type, Mod: f.Typmod, Pos: -1}, Number: base + i + 1}
	}
	switch len(list) {
	case 1:
		row := &query.Row{T: query.T{Typ: n.row, Mod: -1, Pos: -1}}
		for i, f := range n.row.Fields {
			row.Fields = append(row.Fields, param(i))
			row.Names = append(row.Names, f.Name)
		}
		return row, nil
	case 2:
		for i, f := range n.row.Fields {
			if f.Name == list[1] {
				return param(i), nil
			}
		}
		return nil, errs.New("42703", "column %s.%s does not exist", list[0], list[1])
	}
	return nil, nil
}

// when makes a WHEN condition ready.
func (r *Runner) when(rel *catalog.Relation, row *types.Type, cond ast.Expr) (func(tx *session.Tx, old, next []types.Datum) (bool, error), error) {
	if row == nil {
		return nil, errs.Internal("trigger", nil)
	}
	names := rowNames{rel, row}
	stmt := ast.Select(ast.As(ast.Cast(cond, ast.Type("pg_catalog", "bool")), "when"))
	n := len(row.Fields)
	var plan *interp.Plan
	var key interp.Key
	return func(tx *session.Tx, old, next []types.Datum) (bool, error) {
		h := &host{r: r, tx: tx}
		// Triggers fire on the writer alone: nobody else is here.
		if now := h.Key(); plan == nil || now != key {
			p, err := h.Prepare(stmt, "", names, func() int { return 2 * n })
			if err != nil {
				return false, err
			}
			plan, key = p, now
		}
		args := make([]types.Datum, 2*n)
		copy(args, old)
		copy(args[n:], next)
		yes := false
		_, err := h.Run(plan, args, func(r []types.Datum) error {
			yes = !r[0].IsNull() && r[0].Bool()
			return nil
		})
		return yes, err
	}, nil
}

// CheckWhen finds what is wrong with a WHEN condition when the trigger is made.
func (r *Runner) CheckWhen(tx *session.Tx, rel *catalog.Relation, cond ast.Expr, text string) error {
	row := tx.Snapshot.TypeByOID(rel.RowType)
	if row == nil {
		return errs.Internal("trigger", nil)
	}
	opt := r.tools.Options(tx, text)
	opt.Variables = rowNames{rel, row}
	g, err := r.tools.Guard.Apply(tx.Snapshot, tx.Role(), ast.Select(ast.As(cond, "when")), opt)
	if err != nil {
		return err
	}
	if err := onlyRows(g.Query()); err != nil {
		return err
	}
	if t := g.Query().Targets[0].Expr.Type(); t.Underlying().OID != types.BoolOID {
		return errs.New("42804", "argument of WHEN must be type boolean, not type %s", t)
	}
	return nil
}

// onlyRows refuses a condition over more than the rows themselves.
func onlyRows(q *query.Query) error {
	var failed error
	query.Walk(q.Targets[0].Expr, func(e query.Expr) bool {
		switch x := e.(type) {
		case *query.Agg:
			failed = at(x.Pos, errs.New("42803", "aggregate functions are not allowed in trigger WHEN conditions"))
		case *query.Win:
			failed = at(x.Pos, errs.New("42P20", "window functions are not allowed in trigger WHEN conditions"))
		case *query.Func:
			if x.Set {
				failed = at(x.Pos, errs.New("0A000", "set-returning functions are not allowed in trigger WHEN conditions"))
			}
		}
		return failed == nil
	})
	return failed
}

func at(pos int, e *errs.Error) error {
	if pos >= 0 {
		e.Position = pos + 1
	}
	return e
}

// FireEvent runs the function of an event trigger.
func (r *Runner) FireEvent(tx *session.Tx, fn *catalog.Function, event, tag string) error {
	if fn.Language != "plpgsql" {
		return errs.Unsupported("an event trigger function in language "+fn.Language, "")
	}
	values := map[string]types.Datum{"tg_event": types.Text(event), "tg_tag": types.Text(tag)}
	_, err := r.run(tx, &Invocation{Fn: fn}, &interp.Trigger{Values: values, Event: true})
	return err
}
