package deparse

import (
	"strings"

	"github.com/basement-project/basement/internal/sql/query"
	"github.com/basement-project/basement/internal/sql/types"
)

// open and close put the parentheses that stand around an operation unless the text is pretty.
func (p *printer) open() {
	if !p.opt.Pretty {
		p.put("(")
	}
}

func (p *printer) close() {
	if !p.opt.Pretty {
		p.put(")")
	}
}

// inside prints an operand of parent.
func (p *printer) inside(e query.Expr, implicit bool, parent query.Expr) {
	paren := p.opt.Pretty && !simple(e, parent)
	if paren {
		p.put("(")
	}
	p.expr(e, implicit)
	if paren {
		p.put(")")
	}
}

func (p *printer) list(es []query.Expr) {
	for i, e := range es {
		if i > 0 {
			p.put(", ")
		}
		p.expr(e, true)
	}
}

// expr prints an expression; implicit says that casts nobody wrote are shown.
func (p *printer) expr(e query.Expr, implicit bool) {
	if name, ok := p.l.merged[e]; ok {
		p.put(quote(name))
		return
	}
	switch x := e.(type) {
	case *query.Var:
		p.variable(x, false)
	case *query.Const:
		p.constant(x, true)
	case *query.Param:
		if x.Number >= 1 && x.Number <= len(p.opt.Params) && p.opt.Params[x.Number-1] != "" {
			p.put(quote(p.opt.Params[x.Number-1]))
			return
		}
		p.put("$" + itoa(x.Number))
	case *query.Func:
		p.function(x)
	case *query.Op:
		p.op(x)
	case *query.AnyAll:
		p.open()
		p.inside(x.Left, true, x)
		word := " ANY ("
		if x.All {
			word = " ALL ("
		}
		p.put(" " + p.opt.Names.Operator(x.Operator, x.Name) + word)
		p.inside(x.Right, true, x)
		if s, ok := x.Right.(*query.SubLink); ok && s.Kind == query.Scalar {
			p.put("::" + p.opt.Names.Type(x.Right.Type(), x.Right.Typmod()))
		}
		p.put(")")
		p.close()
	case *query.Distinct:
		if x.Not {
			p.open()
			p.put("NOT ")
		}
		if x.Not && p.opt.Pretty {
			p.put("(")
		}
		p.open()
		p.inside(x.Left, true, x)
		p.put(" IS DISTINCT FROM ")
		p.inside(x.Right, true, x)
		p.close()
		if x.Not && p.opt.Pretty {
			p.put(")")
		}
		if x.Not {
			p.close()
		}
	case *query.NullIf:
		p.put("NULLIF(")
		p.list([]query.Expr{x.Left, x.Right})
		p.put(")")
	case *query.Bool:
		p.open()
		if x.Op == "not" {
			p.put("NOT ")
			p.inside(x.Args[0], false, x)
		} else {
			for i, a := range x.Args {
				if i > 0 {
					p.put(" " + strings.ToUpper(x.Op) + " ")
				}
				p.inside(a, false, x)
			}
		}
		p.close()
	case *query.NullTest:
		p.open()
		p.inside(x.Arg, true, x)
		if x.Not {
			p.put(" IS NOT NULL")
		} else {
			p.put(" IS NULL")
		}
		p.close()
	case *query.BoolTest:
		p.open()
		p.inside(x.Arg, false, x)
		p.put(" IS ")
		if x.Not {
			p.put("NOT ")
		}
		p.put(strings.ToUpper(x.Value))
		p.close()
	case *query.Case:
		p.caseOf(x)
	case *query.CaseArg:
		p.put("CASE_TEST_EXPR")
	case *query.Coalesce:
		p.put("COALESCE(")
		p.list(x.Args)
		p.put(")")
	case *query.MinMax:
		if x.Greatest {
			p.put("GREATEST(")
		} else {
			p.put("LEAST(")
		}
		p.list(x.Args)
		p.put(")")
	case *query.Cast:
		p.cast(x, implicit)
	case *query.Array:
		p.put("ARRAY[")
		p.list(x.Elems)
		p.put("]")
		if len(x.Elems) == 0 {
			p.put("::" + p.opt.Names.Type(x.Typ, -1))
		}
	case *query.Row:
		p.put("ROW(")
		p.list(x.Fields)
		p.put(")")
		if x.Typ.OID != types.RecordOID && implicit {
			p.put("::" + p.opt.Names.Type(x.Typ, -1))
		}
	case *query.RowCompare:
		p.put("(ROW(")
		p.list(x.Left)
		p.put(") " + x.Op + " ROW(")
		p.list(x.Right)
		p.put("))")
	case *query.SubLink:
		p.subLink(x)
	case *query.SubValue:
		p.put("$" + itoa(x.Col+1))
	case *query.Agg:
		p.aggregate(x)
	case *query.Win:
		p.put(p.opt.Names.Function(x.Fn, argTypes(x.Args)) + "(")
		if x.Star {
			p.put("*")
		} else {
			p.list(x.Args)
		}
		p.put(")")
		p.filter(x.Filter)
		p.put(" OVER ")
		if w := p.l.q.Windows[x.Window]; w.Name != "" {
			p.put(quote(w.Name))
		} else {
			p.window(w)
		}
	case *query.Grouping:
		p.put("GROUPING(")
		for i, k := range x.Keys {
			if i > 0 {
				p.put(", ")
			}
			if k < len(p.l.q.GroupBy) {
				p.expr(p.l.q.Targets[p.l.q.GroupBy[k].Target].Expr, true)
			}
		}
		p.put(")")
	case *query.SQLValue:
		p.put(strings.ToUpper(x.Name))
		if x.Mod >= 0 {
			p.put("(" + itoa(int(x.Mod)) + ")")
		}
	case *query.Subscript:
		_, bare := x.Arg.(*query.Var)
		if !bare {
			p.put("(")
		}
		p.expr(x.Arg, true)
		if !bare {
			p.put(")")
		}
		for i, u := range x.Upper {
			p.put("[")
			if x.Slice {
				if i < len(x.Lower) && x.Lower[i] != nil {
					p.expr(x.Lower[i], false)
				}
				p.put(":")
			}
			if u != nil {
				p.expr(u, false)
			}
			p.put("]")
		}
	case *query.Field:
		_, nested := x.Arg.(*query.Field)
		_, sub := x.Arg.(*query.Subscript)
		if !nested && !sub {
			p.put("(")
		}
		p.expr(x.Arg, true)
		if !nested && !sub {
			p.put(")")
		}
		p.put("." + quote(x.Name))
	case *query.Collate:
		p.open()
		p.inside(x.Arg, implicit, x)
		p.put(" COLLATE " + p.opt.Names.Collation(x.Name))
		p.close()
	case *query.SetToDefault:
		p.put("DEFAULT")
	case *query.DomainValue:
		p.put("VALUE")
	case *query.NextVal:
		p.put("nextval('" + strings.ReplaceAll(p.opt.Names.Value(types.ByOID(types.RegClassOID), types.Int(int64(x.Sequence.OID))), "'", "''") + "'::regclass)")
	}
}

func (p *printer) op(x *query.Op) {
	p.open()
	name := p.opt.Names.Operator(x.Operator, x.Name)
	if len(x.Args) == 1 {
		p.put(name + " ")
		p.inside(x.Args[0], true, x)
	} else {
		p.inside(x.Args[0], true, x)
		p.put(" " + name + " ")
		p.inside(x.Args[1], true, x)
	}
	p.close()
}

// constant prints a constant; typed says that its type is shown where the value alone would not tell it.
func (p *printer) constant(c *query.Const, typed bool) {
	t := c.Typ
	label := func() {
		if typed && t.OID != types.UnknownOID {
			p.put("::" + p.opt.Names.Type(t, c.Mod))
		}
	}
	if c.Value.IsNull() {
		p.put("NULL")
		if typed {
			p.put("::" + p.opt.Names.Type(t, c.Mod))
		}
		return
	}
	text := p.opt.Names.Value(t, c.Value)
	switch t.OID {
	case types.BoolOID:
		if c.Value.Bool() {
			p.put("true")
		} else {
			p.put("false")
		}
		return
	case types.Int4OID:
		if !strings.HasPrefix(text, "-") {
			p.put(text)
			return
		}
	case types.NumericOID, types.Float4OID, types.Float8OID:
		if text != "" && text[0] >= '0' && text[0] <= '9' && strings.ContainsAny(text, "eE.") {
			p.put(text)
			if t.OID != types.NumericOID || c.Mod >= 0 {
				label()
			}
			return
		}
	}
	p.put(literal(text))
	label()
}

// literal quotes a text.
func literal(s string) string {
	return "'" + strings.ReplaceAll(s, "'", "''") + "'"
}

func (p *printer) cast(x *query.Cast, implicit bool) {
	arg := x.Arg
	if !x.Explicit && !implicit {
		p.inside(arg, false, x)
		return
	}
	// A written cast to a length is two steps inside: the first one is not shown.
	if c, ok := arg.(*query.Cast); ok && x.Method == query.Typmod && c.Typ.OID == x.Typ.OID && c.Typmod() < 0 {
		arg = c.Arg
	}
	if c, ok := arg.(*query.Const); ok && c.Typ.OID == x.Typ.OID && c.Mod < 0 && x.Mod >= 0 {
		p.constant(c, false)
		if c.Typ.OID == types.Int4OID {
			p.put("")
		}
		p.put("::" + p.opt.Names.Type(x.Typ, x.Mod))
		return
	}
	p.open()
	p.inside(arg, false, x)
	p.close()
	p.put("::" + p.opt.Names.Type(x.Typ, x.Mod))
}

func (p *printer) caseOf(x *query.Case) {
	p.keyword("CASE", 0, indentVar, 0)
	if x.Arg != nil {
		p.put(" ")
		p.expr(x.Arg, true)
	}
	for _, w := range x.Whens {
		p.keyword("WHEN ", 0, 0, 0)
		cond := w.Cond
		if x.Arg != nil {
			if op, ok := cond.(*query.Op); ok && len(op.Args) == 2 {
				cond = op.Args[1]
			}
		}
		p.expr(cond, false)
		p.put(" THEN ")
		p.expr(w.Then, true)
	}
	p.keyword("ELSE ", 0, 0, 0)
	p.expr(x.Else, true)
	p.keyword("END", -indentVar, 0, 0)
}

func (p *printer) subLink(x *query.SubLink) {
	if x.Kind == query.ArrayLink {
		p.put("ARRAY(")
	} else {
		p.put("(")
	}
	paren := true
	switch x.Kind {
	case query.Exists:
		p.put("EXISTS ")
	case query.AnyLink, query.AllLink:
		name := p.testLeft(x.Test)
		switch {
		case x.Kind == query.AnyLink && name == "=":
			p.put(" IN ")
		case x.Kind == query.AnyLink:
			p.put(" " + name + " ANY ")
		default:
			p.put(" " + name + " ALL ")
		}
	default:
		paren = false
	}
	if paren {
		p.put("(")
	}
	p.query(x.Query, p.l, nil, false, true)
	if paren {
		p.put("))")
	} else {
		p.put(")")
	}
}

// testLeft prints what stands left of IN, ANY or ALL and gives the operator's name.
func (p *printer) testLeft(test query.Expr) string {
	switch t := test.(type) {
	case *query.Op:
		p.expr(t.Args[0], true)
		return p.opt.Names.Operator(t.Operator, t.Name)
	case *query.Bool:
		p.put("(")
		name := "="
		for i, a := range t.Args {
			if i > 0 {
				p.put(", ")
			}
			if op, ok := a.(*query.Op); ok {
				p.expr(op.Args[0], true)
				name = op.Name
			}
		}
		p.put(")")
		return name
	case *query.RowCompare:
		p.put("(")
		p.list(t.Left)
		p.put(")")
		return t.Op
	case *query.Cast:
		return p.testLeft(t.Arg)
	}
	return "="
}

// simple says whether an operand needs no parentheses in a pretty text.
func simple(e, parent query.Expr) bool {
	functional := func() bool {
		switch x := parent.(type) {
		case *query.Func:
			return !x.Syntax
		case *query.Subscript, *query.Array, *query.Row, *query.Coalesce, *query.MinMax, *query.NullIf, *query.Agg, *query.Grouping, *query.Win, *query.Case:
			return true
		}
		return false
	}
	switch x := e.(type) {
	case *query.Field:
		_, ok := parent.(*query.Field)
		return !ok
	case *query.Cast:
		return simple(x.Arg, x)
	case *query.Op:
		if po, ok := parent.(*query.Op); ok {
			if len(x.Args) != 2 || len(po.Args) != 2 {
				return false
			}
			low := func(s string) bool { return s == "+" || s == "-" }
			high := func(s string) bool { return s == "*" || s == "/" || s == "%" }
			switch {
			case !low(x.Name) && !high(x.Name) || !low(po.Name) && !high(po.Name):
				return false
			case high(x.Name) && low(po.Name):
				return true
			case low(x.Name) && high(po.Name):
				return false
			}
			return po.Args[0] == e
		}
		if _, ok := parent.(*query.Bool); ok {
			return true
		}
		return functional()
	case *query.SubLink, *query.NullTest, *query.BoolTest, *query.Distinct:
		if _, ok := parent.(*query.Bool); ok {
			return true
		}
		return functional()
	case *query.Bool:
		if pb, ok := parent.(*query.Bool); ok {
			if x.Op == "or" {
				return pb.Op == "or"
			}
			return pb.Op != "not"
		}
		return functional()
	case *query.AnyAll, *query.RowCompare:
		return false
	case *query.Collate:
		return functional()
	}
	return true
}
