package print

import (
	"strconv"
	"strings"

	"github.com/basement-project/basement/internal/sql/ast"
	"github.com/basement-project/basement/internal/sql/keyword"
)

// Statement writes a statement, without a semicolon.
func Statement(n ast.Statement) string {
	p := printer{b: make([]byte, 0, 512)}
	p.statement(n)
	return string(p.b)
}

// Append writes a statement, without a semicolon, behind b.
func Append(b []byte, n ast.Statement) []byte {
	p := printer{b: b}
	p.statement(n)
	return p.b
}

// Expr writes an expression.
func Expr(e ast.Expr) string {
	p := printer{b: make([]byte, 0, 64)}
	p.expr(e)
	return string(p.b)
}

// TypeName writes a type's name.
func TypeName(t *ast.TypeName) string {
	p := printer{b: make([]byte, 0, 32)}
	p.typeName(t)
	return string(p.b)
}

// QuoteIdent writes an identifier, quoted when it must be, as PostgreSQL's quote_ident does.
func QuoteIdent(name string) string {
	if plainIdent(name) {
		return name
	}
	return string(appendQuoted(nil, name))
}

// QuoteLiteral writes a string literal, as PostgreSQL's quote_literal does: with E when it has a backslash.
func QuoteLiteral(s string) string {
	p := printer{b: make([]byte, 0, len(s)+2)}
	p.literal(s)
	return string(p.b)
}

// printer collects the text.
type printer struct {
	b []byte
}

func (p *printer) s(text string) { p.b = append(p.b, text...) }
func (p *printer) c(ch byte)     { p.b = append(p.b, ch) }
func (p *printer) int(n int64)   { p.b = strconv.AppendInt(p.b, n, 10) }

// ident writes an identifier.
func (p *printer) ident(name string) {
	if plainIdent(name) && !risky(name) {
		p.b = append(p.b, name...)
		return
	}
	p.b = appendQuoted(p.b, name)
}

func appendQuoted(b []byte, name string) []byte {
	b = append(b, '"')
	for i := 0; i < len(name); i++ {
		if name[i] == '"' {
			b = append(b, '"')
		}
		b = append(b, name[i])
	}
	return append(b, '"')
}

// plainIdent tells whether a name needs no quotes.
func plainIdent(name string) bool {
	if name == "" {
		return false
	}
	for i := 0; i < len(name); i++ {
		c := name[i]
		if c >= 'a' && c <= 'z' || c == '_' || i > 0 && c >= '0' && c <= '9' {
			continue
		}
		return false
	}
	if id, ok := keyword.Lookup(name); ok {
		return id.Word().Category == keyword.Unreserved
	}
	return true
}

// risky names are free words that some place of the grammar would take for syntax.
func risky(name string) bool {
	switch name {
	case "cube", "rollup", "unbounded", "current", "partition", "range", "rows", "groups", "nested", "operator":
		return true
	}
	return false
}

// names writes a dotted name.
func (p *printer) names(names []string) {
	for i, n := range names {
		if i > 0 {
			p.c('.')
		}
		p.ident(n)
	}
}

// identList writes name, name, ...
func (p *printer) identList(names []string) {
	for i, n := range names {
		if i > 0 {
			p.s(", ")
		}
		p.ident(n)
	}
}

// parenIdents writes (name, ...), nothing for an empty list.
func (p *printer) parenIdents(names []string) {
	if len(names) == 0 {
		return
	}
	p.c('(')
	p.identList(names)
	p.c(')')
}

// literal writes a string literal that means the same whatever standard_conforming_strings is.
func (p *printer) literal(s string) {
	escape := strings.IndexByte(s, '\\') >= 0
	if escape {
		p.c('E')
	}
	p.c('\'')
	for i := 0; i < len(s); i++ {
		if c := s[i]; c == '\'' || c == '\\' {
			p.c(c)
		}
		p.c(s[i])
	}
	p.c('\'')
}

// list writes items with commas between.
func list[T any](p *printer, items []T, f func(T)) {
	for i, item := range items {
		if i > 0 {
			p.s(", ")
		}
		f(item)
	}
}

// exprs writes expressions with commas between.
func (p *printer) exprs(es []ast.Expr) {
	for i, e := range es {
		if i > 0 {
			p.s(", ")
		}
		p.expr(e)
	}
}

// parenExprs writes (expression, ...).
func (p *printer) parenExprs(es []ast.Expr) {
	p.c('(')
	p.exprs(es)
	p.c(')')
}
