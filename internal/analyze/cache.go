package analyze

import (
	"sync"

	"github.com/basement-project/basement/internal/sql/ast"
	"github.com/basement-project/basement/internal/sql/parse"
)

// Cache keeps parsed texts of views, functions, policies and defaults. It is safe for concurrent use; its owner lets it
// live as long as the snapshot whose texts it holds.
type Cache struct {
	statements sync.Map // text -> parsed
	exprs      sync.Map
}

type parsedStatement struct {
	stmt ast.Statement
	err  error
}

type parsedExpr struct {
	expr ast.Expr
	err  error
}

// Statement parses a statement's text.
func (c *Cache) Statement(text string) (ast.Statement, error) {
	if c == nil {
		return parse.Statement(text)
	}
	if p, ok := c.statements.Load(text); ok {
		return p.(parsedStatement).stmt, p.(parsedStatement).err
	}
	stmt, err := parse.Statement(text)
	c.statements.Store(text, parsedStatement{stmt, err})
	return stmt, err
}

// Expr parses an expression's text.
func (c *Cache) Expr(text string) (ast.Expr, error) {
	if c == nil {
		return parse.Expr(text)
	}
	if p, ok := c.exprs.Load(text); ok {
		return p.(parsedExpr).expr, p.(parsedExpr).err
	}
	e, err := parse.Expr(text)
	c.exprs.Store(text, parsedExpr{e, err})
	return e, err
}
