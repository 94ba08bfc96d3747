package function

import (
	"errors"
	"strconv"
	"strings"
	"sync"
	"unicode/utf8"

	"github.com/basement-project/basement/internal/catalog"
	"github.com/basement-project/basement/internal/engine/sqlite/modify"
	"github.com/basement-project/basement/internal/engine/sqlite/session"
	"github.com/basement-project/basement/internal/errs"
	"github.com/basement-project/basement/internal/guard"
	"github.com/basement-project/basement/internal/plpgsql"
	"github.com/basement-project/basement/internal/plpgsql/interp"
	"github.com/basement-project/basement/internal/sql/ast"
	"github.com/basement-project/basement/internal/sql/types"
)

// Tools are what the engine lends.
type Tools struct {
	Guard    *guard.Guard
	Compiler *modify.Compiler
	// Utility runs a statement that is no query, and gives its tag.
	Utility func(tx *session.Tx, text string, stmt ast.Statement) (string, error)
	// Tag is a utility statement's command tag.
	Tag func(stmt ast.Statement) string
	// Options are how names and literals in a statement are read.
	Options func(tx *session.Tx, text string) guard.Options
}

// Runner runs functions. It is safe for concurrent use, each transaction on its own goroutine.
type Runner struct {
	tools Tools

	mu    sync.Mutex
	ready map[*catalog.Snapshot]map[key]*body
}

// key says for what a body was made ready.
type key struct {
	fn    *catalog.Function
	types string
	row   catalog.OID
}

// body is a function ready to run.
type body struct {
	code *interp.Function // PL/pgSQL
	sql  *sqlBody
	name string // as contexts name it
	// params are the actual types of all parameters.
	params []*types.Type
}

const keptSnapshots = 3

// New makes a runner.
func New(t Tools) *Runner { return &Runner{tools: t, ready: map[*catalog.Snapshot]map[key]*body{}} }

// Invocation is a call: the types are the actual ones.
type Invocation struct {
	Fn       *catalog.Function
	Args     []types.Datum
	ArgTypes []*types.Type
	// Result is the result's type; Columns are the columns of a set's rows, or of a record, when known.
	Result  *types.Type
	Columns []types.Field
	tables  transitions
	// Nonatomic lets a procedure end the transaction.
	Nonatomic bool
}

// polymorphic gives what a polymorphic type stands for in a call.
func polymorphic(snap *catalog.Snapshot, t *types.Type, fn *catalog.Function, args []*types.Type) *types.Type {
	if !types.IsPolymorphic(t.OID) {
		return t
	}
	array := t.OID == types.AnyArrayOID || t.Name == "anycompatiblearray"
	for i, p := range fn.Inputs() {
		if i >= len(args) || args[i] == nil || !types.IsPolymorphic(p.Type) {
			continue
		}
		pt := types.ByOID(p.Type)
		u := args[i].Underlying()
		pArray := pt.OID == types.AnyArrayOID || pt.Name == "anycompatiblearray"
		elem := args[i]
		if pArray && u.Elem != nil {
			elem = u.Elem
		}
		if !array {
			return elem
		}
		if pArray {
			return args[i]
		}
		if a := types.ArrayOf(elem.OID); a != nil {
			return a
		}
		if a := snap.TypeByOID(elem.Array); a != nil {
			return a
		}
	}
	return t
}

func typeOf(snap *catalog.Snapshot, oid catalog.OID) *types.Type {
	if t := snap.TypeByOID(oid); t != nil {
		return t
	}
	return types.ByOID(types.TextOID)
}

// paramTypes are the actual types of all parameters of a function, outputs included.
func paramTypes(snap *catalog.Snapshot, fn *catalog.Function, args []*types.Type) []*types.Type {
	out := make([]*types.Type, len(fn.Params))
	k := 0
	for i, p := range fn.Params {
		t := typeOf(snap, p.Type)
		input := p.Mode == catalog.In || p.Mode == catalog.InOut || p.Mode == catalog.Variadic
		if input && k < len(args) && (types.IsPolymorphic(t.OID) || t.OID == types.AnyOID || t.OID == types.RecordOID) && args[k] != nil {
			t = args[k]
		}
		if input {
			k++
		}
		out[i] = polymorphic(snap, t, fn, args)
	}
	return out
}

// body finds a function ready, or makes it so. row is the row type of a trigger's table.
func (r *Runner) body(h *host, fn *catalog.Function, args []*types.Type, row *types.Type) (*body, error) {
	snap := h.tx.Snapshot
	k := key{fn: fn}
	for i, p := range fn.Inputs() {
		if i < len(args) && args[i] != nil && (types.IsPolymorphic(p.Type) || p.Type == types.AnyOID) {
			k.types += strconv.Itoa(int(args[i].OID)) + ","
		}
	}
	if row != nil {
		k.row = row.OID
	}
	r.mu.Lock()
	m := r.ready[snap]
	if m == nil {
		if len(r.ready) >= keptSnapshots {
			clear(r.ready)
		}
		m = map[key]*body{}
		r.ready[snap] = m
	}
	b := m[k]
	r.mu.Unlock()
	if b != nil {
		return b, nil
	}
	b, err := r.prepare(h, fn, args, row)
	if err != nil {
		return nil, err
	}
	r.mu.Lock()
	m[k] = b
	r.mu.Unlock()
	return b, nil
}

func (r *Runner) prepare(h *host, fn *catalog.Function, args []*types.Type, row *types.Type) (*body, error) {
	b := &body{name: Signature(h.tx, fn), params: paramTypes(h.tx.Snapshot, fn, args)}
	if fn.Language != "plpgsql" {
		var err error
		b.sql, err = newSQLBody(fn)
		return b, err
	}
	opt := interp.ParseOptions(fn)
	tree, err := plpgsql.Parse(fn.Body, opt)
	if err != nil {
		return nil, err
	}
	b.code, err = interp.Compile(h, tree, opt, b.params, row)
	if e := errs.Of(err); e != nil {
		c := *e
		c.Where = "compilation of PL/pgSQL function \"" + fn.Name + "\" near line 1"
		return nil, &c
	}
	return b, err
}

// Signature is a function's name with its input types, as contexts name it.
func Signature(tx *session.Tx, fn *catalog.Function) string {
	var args []string
	for _, p := range fn.Inputs() {
		args = append(args, typeOf(tx.Snapshot, p.Type).String())
	}
	name := session.QuoteIdentifier(fn.Name)
	visible := fn.Schema == "pg_catalog"
	for _, s := range tx.SearchPath() {
		if s == fn.Schema {
			visible = true
			break
		}
		if len(tx.Snapshot.FunctionsNamed(s, fn.Name)) > 0 {
			break
		}
	}
	if !visible {
		name = session.QuoteIdentifier(fn.Schema) + "." + name
	}
	return name + "(" + strings.Join(args, ",") + ")"
}

// enter gives a function its role and settings until leave is called.
func (r *Runner) enter(tx *session.Tx, fn *catalog.Function) (leave func(), err error) {
	if err := tx.Enter(); err != nil {
		return nil, err
	}
	var undo []func()
	leave = func() {
		for i := len(undo) - 1; i >= 0; i-- {
			undo[i]()
		}
		tx.Leave()
	}
	if fn.SecurityDefiner {
		undo = append(undo, tx.PushRole(fn.Owner))
	}
	for name, value := range fn.Settings {
		undo = append(undo, tx.Keep(name))
		if err := tx.Set(name, value); err != nil {
			leave()
			return nil, err
		}
	}
	return leave, nil
}

// Call runs a function that gives one value.
func (r *Runner) Call(tx *session.Tx, c Invocation) (types.Datum, error) {
	res, err := r.run(tx, &c, nil)
	if err != nil {
		return types.Datum{}, err
	}
	return res.Value, nil
}

// Rows runs a function in FROM and gives its rows until yield returns false: a set's, or the one row of another's result.
func (r *Runner) Rows(tx *session.Tx, c Invocation, yield func([]types.Datum) bool) error {
	res, err := r.run(tx, &c, nil)
	if err != nil {
		return err
	}
	if c.Fn.ReturnsSet {
		defer res.Set.Close()
		err := res.Set.Each(func(row []types.Datum) error {
			if !yield(row) {
				return errEnough
			}
			return nil
		})
		if errors.Is(err, errEnough) {
			return nil
		}
		return err
	}
	u := c.Result.Underlying()
	switch {
	case u.Kind != types.CompositeType && u.OID != types.RecordOID:
		yield([]types.Datum{res.Value})
	case res.Value.IsNull():
		yield(make([]types.Datum, len(c.Columns)))
	default:
		yield(types.RowOf(&types.Type{OID: types.RecordOID, Kind: types.CompositeType, Fields: c.Columns}, res.Value))
	}
	return nil
}

// errEnough ends the giving of rows nobody wants.
var errEnough = errors.New("no more rows are wanted")

// run runs a function of either language.
func (r *Runner) run(tx *session.Tx, c *Invocation, trigger *interp.Trigger) (res *interp.Result, err error) {
	fn := c.Fn
	if fn.Strict {
		for _, a := range c.Args {
			if a.IsNull() {
				return &interp.Result{}, nil
			}
		}
	}
	if (fn.Returns == types.TriggerOID || fn.Returns == types.EventTriggerOID) && trigger == nil {
		e := errs.New("0A000", "trigger functions can only be called as triggers")
		if fn.Language == "plpgsql" {
			e.Where = "compilation of PL/pgSQL function \"" + fn.Name + "\" near line 1"
		}
		return nil, e
	}
	h := &host{r: r, tx: tx, tables: c.tables, atomic: !c.Nonatomic || fn.SecurityDefiner || len(fn.Settings) > 0}
	var row *types.Type
	if trigger != nil {
		row = trigger.Type
	}
	b, err := r.body(h, fn, c.ArgTypes, row)
	if err != nil {
		return nil, err
	}
	if c.Result == nil {
		c.Result = polymorphic(tx.Snapshot, typeOf(tx.Snapshot, fn.Returns), fn, c.ArgTypes)
	}
	if len(c.Columns) == 0 {
		c.Columns = b.columns(fn, c.Result)
	}
	if c.Result.OID == types.RecordOID && len(c.Result.Fields) == 0 && len(c.Columns) > 0 {
		t := *c.Result
		t.Fields = c.Columns
		c.Result = &t
	}
	leave, err := r.enter(tx, fn)
	if err != nil {
		return nil, err
	}
	defer leave()
	if b.sql != nil {
		return r.runSQL(h, b, c)
	}
	return interp.Run(h, b.code, &interp.Call{Name: b.name, Fn: fn, Args: c.Args, Result: c.Result, Columns: c.Columns, Trigger: trigger})
}

// columns are those of a function's rows.
func (b *body) columns(fn *catalog.Function, result *types.Type) []types.Field {
	var out []types.Field
	for i, p := range fn.Params {
		switch p.Mode {
		case catalog.Out, catalog.InOut, catalog.TableCol:
			name := p.Name
			if name == "" {
				name = "column" + strconv.Itoa(len(out)+1)
			}
			out = append(out, types.Field{Name: name, Type: b.params[i], Typmod: -1})
		}
	}
	if len(out) > 1 || len(out) == 1 && fn.Kind == catalog.Procedure {
		return out
	}
	if u := result.Underlying(); u.Kind == types.CompositeType || u.OID == types.RecordOID {
		return u.Fields
	}
	return []types.Field{{Name: fn.Name, Type: result, Typmod: -1}}
}

// Do runs the body of a DO block. nonatomic lets it end the transaction.
func (r *Runner) Do(tx *session.Tx, s *ast.DoStmt, text string, nonatomic bool) error {
	tree, err := plpgsql.Parse(s.Body, plpgsql.Options{Void: true})
	if err != nil {
		return InBody(err, text, s.BodyPos, s.Body)
	}
	h := &host{r: r, tx: tx, atomic: !nonatomic}
	code, err := interp.Compile(h, tree, plpgsql.Options{}, nil, nil)
	if err != nil {
		return InBody(err, text, s.BodyPos, s.Body)
	}
	if err := tx.Enter(); err != nil {
		return err
	}
	defer tx.Leave()
	_, err = interp.Run(h, code, &interp.Call{Name: "inline_code_block"})
	return err
}

// Procedure runs CALL and gives the row of its output parameters.
func (r *Runner) Procedure(tx *session.Tx, text string, s *ast.CallStmt) ([]interp.Column, []types.Datum, error) {
	h := &host{r: r, tx: tx}
	p, err := h.prepareCall(s, text, nil, nil)
	if err != nil {
		return nil, nil, err
	}
	var row []types.Datum
	_, err = h.Run(p, nil, func(values []types.Datum) error { row = values; return nil })
	return p.Columns, row, err
}

// Check finds what is wrong with a PL/pgSQL function's body when it is created.
func (r *Runner) Check(tx *session.Tx, fn *catalog.Function) error {
	opt := interp.ParseOptions(fn)
	tree, err := plpgsql.Parse(fn.Body, opt)
	if err != nil {
		return err
	}
	h := &host{r: r, tx: tx}
	params := paramTypes(tx.Snapshot, fn, nil)
	for i, t := range params {
		if types.IsPolymorphic(t.OID) {
			params[i] = types.ByOID(types.Int4OID)
			if t.OID == types.AnyArrayOID {
				params[i] = types.ArrayOf(types.Int4OID)
			}
		}
	}
	_, err = interp.Compile(h, tree, opt, params, nil)
	if e := errs.Of(err); e != nil {
		c := *e
		c.Where = "compilation of PL/pgSQL function \"" + fn.Name + "\" near line 1"
		return &c
	}
	return err
}

// InBody moves the place of an error in a body to where the body stands in a statement's text: in the literal that follows
// offset at.
func InBody(err error, text string, at int, body string) error {
	e := errs.Of(err)
	if e == nil || e.Position == 0 {
		return err
	}
	c := *e
	for at < len(text) && strings.IndexByte(" \t\r\n", text[at]) >= 0 {
		at++
	}
	start := -1
	if at < len(text) && text[at] == '$' {
		if n := strings.IndexByte(text[at+1:], '$'); n >= 0 {
			start = at + n + 2
		}
	} else if at < len(text) && text[at] == '\'' {
		start = at + 1
	}
	if start >= 0 && start+len(body) <= len(text) && text[start:start+len(body)] == body {
		c.Position += utf8.RuneCountInString(text[:start])
		c.Where = ""
	} else {
		c.Position = 0
	}
	return &c
}

// Trigger runs a trigger function and gives the row it returned, nil for NULL.
func (r *Runner) Trigger(tx *session.Tx, fn *catalog.Function, t *interp.Trigger, tables transitions) ([]types.Datum, error) {
	if fn.Language != "plpgsql" {
		return nil, errs.Unsupported("a trigger function in language "+fn.Language, "")
	}
	res, err := r.run(tx, &Invocation{Fn: fn, tables: tables}, t)
	if err != nil {
		return nil, err
	}
	return res.Row, nil
}
