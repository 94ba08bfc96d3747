package print

import "github.com/basement-project/basement/internal/sql/ast"

// callLevel is the level of a call made of a special form.
func callLevel(e *ast.FuncCall) int {
	switch sqlName(e) {
	case "timezone":
		return levelAt
	case "overlaps", "is_normalized":
		return levelIs
	}
	return levelPrimary
}

// sqlName is the name of a special form's function, empty when the call is not of that form.
func sqlName(e *ast.FuncCall) string {
	if len(e.Name) != 2 || e.Name[0] != "pg_catalog" {
		return ""
	}
	name, n := e.Name[1], len(e.Args)
	ok := false
	switch name {
	case "timezone", "substring", "normalize":
		ok = n == 1 || n == 2 || n == 3 && name == "substring"
		if name == "substring" {
			ok = n == 2 || n == 3
		}
	case "is_normalized":
		ok = n == 1 || n == 2
	case "overlaps":
		ok = n == 4
	case "extract", "position", "xmlexists":
		ok = n == 2
	case "overlay":
		ok = n == 3 || n == 4
	case "btrim", "ltrim", "rtrim":
		ok = n > 0
	case "pg_collation_for":
		ok = n == 1
	case "system_user":
		ok = n == 0
	}
	if !ok {
		return ""
	}
	return name
}

func (p *printer) funcCall(e *ast.FuncCall) {
	if e.SQLSyntax && p.sqlForm(e) {
		return
	}
	p.names(e.Name)
	p.c('(')
	switch {
	case e.Star:
		p.c('*')
	case e.Distinct:
		p.s("DISTINCT ")
	}
	for i, a := range e.Args {
		if i > 0 {
			p.s(", ")
		}
		if e.Variadic && i == len(e.Args)-1 {
			p.s("VARIADIC ")
		}
		p.expr(a)
	}
	if len(e.OrderBy) > 0 && !e.WithinGroup {
		p.c(' ')
		p.orderBy(e.OrderBy)
	}
	p.c(')')
	if e.WithinGroup {
		p.s(" WITHIN GROUP (")
		p.orderBy(e.OrderBy)
		p.c(')')
	}
	p.aggregateTail(e.Filter, e.Over)
}

func (p *printer) aggregateTail(filter ast.Expr, over *ast.WindowDef) {
	if filter != nil {
		p.s(" FILTER (WHERE ")
		p.expr(filter)
		p.c(')')
	}
	if over != nil {
		p.s(" OVER ")
		if over.Name != "" {
			p.ident(over.Name)
		} else {
			p.window(over)
		}
	}
}

// sqlForm writes a call in its special form; false when it has none.
func (p *printer) sqlForm(e *ast.FuncCall) bool {
	args := e.Args
	between := func(words ...string) {
		for i, a := range args {
			if i > 0 {
				p.s(words[i-1])
			}
			p.expr(a)
		}
		p.c(')')
	}
	switch name := sqlName(e); name {
	case "timezone":
		value := args[len(args)-1]
		p.operand(value, levelAt)
		if len(args) == 1 {
			p.s(" AT LOCAL")
			return true
		}
		p.s(" AT TIME ZONE ")
		p.operand(args[0], levelAt+1)
	case "overlaps":
		p.parenExprs(args[:2])
		p.s(" OVERLAPS ")
		p.parenExprs(args[2:])
	case "is_normalized":
		p.operand(args[0], levelIs+1)
		p.s(" IS ")
		if len(args) == 2 {
			p.normalForm(args[1])
			p.c(' ')
		}
		p.s("NORMALIZED")
	case "normalize":
		p.s("NORMALIZE(")
		p.expr(args[0])
		if len(args) == 2 {
			p.s(", ")
			p.normalForm(args[1])
		}
		p.c(')')
	case "extract":
		p.s("EXTRACT(")
		between(" FROM ")
	case "substring":
		p.s("SUBSTRING(")
		between(" FROM ", " FOR ")
	case "overlay":
		p.s("OVERLAY(")
		between(" PLACING ", " FROM ", " FOR ")
	case "position":
		p.s("POSITION(")
		p.restricted(args[1])
		p.s(" IN ")
		p.restricted(args[0])
		p.c(')')
	case "btrim", "ltrim", "rtrim":
		word := "TRIM(BOTH FROM "
		if name == "ltrim" {
			word = "TRIM(LEADING FROM "
		} else if name == "rtrim" {
			word = "TRIM(TRAILING FROM "
		}
		p.s(word)
		p.exprs(args)
		p.c(')')
	case "pg_collation_for":
		p.s("COLLATION FOR ")
		p.parenExprs(args)
	case "system_user":
		p.s("SYSTEM_USER")
	case "xmlexists":
		p.s("XMLEXISTS(")
		p.primary(args[0])
		p.s(" PASSING ")
		p.primary(args[1])
		p.c(')')
	default:
		return false
	}
	return true
}

// normalForm writes NFC and its like, which the tree has as strings.
func (p *printer) normalForm(e ast.Expr) {
	if c, ok := e.(*ast.AConst); ok && c.Kind == ast.ConstString {
		switch c.Text {
		case "NFC", "NFD", "NFKC", "NFKD":
			p.s(c.Text)
			return
		}
	}
	p.s("NFC")
}
