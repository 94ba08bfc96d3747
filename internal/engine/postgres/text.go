package postgres

import (
	"sync"

	"github.com/basement-project/basement/internal/engine"
	"github.com/basement-project/basement/internal/sql/ast"
	"github.com/basement-project/basement/internal/sql/print"
)

// textCache keeps the printed text of statements: a request's shape is planned once and its tree used again.
type textCache struct {
	mu sync.RWMutex
	m  map[textKey]string
}

type textKey struct {
	stmt   ast.Statement
	format engine.Format
}

// maxTexts bounds the cache; it is emptied when full, since shapes in use come back at once.
const maxTexts = 4096

func newTextCache() *textCache { return &textCache{m: map[textKey]string{}} }

func (c *textCache) text(stmt ast.Statement, format engine.Format) string {
	key := textKey{stmt, format}
	c.mu.RLock()
	s, ok := c.m[key]
	c.mu.RUnlock()
	if ok {
		return s
	}
	s = print.Statement(shape(stmt, format))
	c.mu.Lock()
	if len(c.m) >= maxTexts {
		c.m = map[textKey]string{}
	}
	c.m[key] = s
	c.mu.Unlock()
	return s
}

// shape wraps a query so that the server prints each row as JSON. WITH stays on top: data-modifying queries may not be deeper.
func shape(stmt ast.Statement, format engine.Format) ast.Statement {
	sel, ok := stmt.(*ast.SelectStmt)
	if !ok || (format != engine.JSON && format != engine.JSONScalar) {
		return stmt
	}
	inner := *sel
	inner.With = nil
	const alias = "_"
	text := ast.Type("pg_catalog", "text")
	var out ast.Expr
	sub := ast.Subselect(&inner, alias)
	if format == engine.JSON {
		out = ast.Cast(ast.Func("row_to_json", ast.Col(alias)), text)
	} else {
		sub.Alias.Columns = []string{"v"}
		out = ast.Cast(ast.Func("to_json", ast.Col(alias, "v")), text)
	}
	outer := ast.Select(ast.As(out, "j"))
	outer.With = sel.With
	outer.From = []ast.TableRef{sub}
	return outer
}
