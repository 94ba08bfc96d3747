package sysview

import (
	"strings"

	"github.com/basement-project/basement/internal/analyze"
	"github.com/basement-project/basement/internal/catalog"
	"github.com/basement-project/basement/internal/sql/ast"
	"github.com/basement-project/basement/internal/sql/deparse"
	"github.com/basement-project/basement/internal/sql/parse"
	"github.com/basement-project/basement/internal/sql/print"
	"github.com/basement-project/basement/internal/sql/query"
	"github.com/basement-project/basement/internal/sql/types"
)

// parameters are a function's parameters as names in its body.
type parameters struct {
	fn    *catalog.Function
	types []*types.Type
}

// Name gives the parameter a name stands for.
func (p *parameters) Name(names []string, _ bool) (query.Expr, error) {
	if len(names) == 2 && names[0] == p.fn.Name {
		names = names[1:]
	}
	if len(names) != 1 {
		return nil, nil
	}
	for i, in := range p.fn.Inputs() {
		if in.Name == names[0] && in.Name != "" {
			return &query.Param{T: query.T{Typ: p.types[i], Mod: -1, Pos: -1}, Number: i + 1, Func: true}, nil
		}
	}
	return nil, nil
}

// Conflict says that columns come first.
func (p *parameters) Conflict() string { return "use_column" }

// Body is the text of a function's body in SQL's own form, as pg_get_functiondef prints it.
func (d *Definer) Body(f *catalog.Function) string {
	stmt, err := parse.Statement("CREATE FUNCTION f() RETURNS integer LANGUAGE sql " + f.Body)
	if err != nil {
		return f.Body
	}
	s, ok := stmt.(*ast.CreateFunctionStmt)
	if !ok {
		return f.Body
	}
	vars := &parameters{fn: f}
	o := d.layout(false)
	for _, in := range f.Inputs() {
		vars.types = append(vars.types, d.snap.TypeByOID(in.Type))
		o.Params = append(o.Params, in.Name)
	}
	opt := analyze.Options{SearchPath: d.tx.SearchPath(), Written: true, Env: d.tx.Env(), Variables: vars, Params: vars.types}
	if s.Return != nil {
		sel := ast.Select()
		sel.Targets = []*ast.ResTarget{ast.As(s.Return.Value, "")}
		q, _, err := analyze.Statement(d.snap, sel, opt)
		if err != nil || len(q.Targets) == 0 {
			return f.Body
		}
		o.Prefix = true
		return "RETURN " + deparse.Expr(q.Targets[0].Expr, nil, o)
	}
	var b strings.Builder
	b.WriteString("BEGIN ATOMIC\n")
	for _, x := range s.Body {
		q, _, err := analyze.Statement(d.snap, x, opt)
		if err != nil || q.Command != query.Select {
			b.WriteString(" " + print.Statement(x) + ";\n")
			continue
		}
		b.WriteString(deparse.Statement(q, o) + ";\n")
	}
	b.WriteString("END")
	return b.String()
}
