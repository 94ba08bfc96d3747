package sysview

import (
	"strings"

	"github.com/basement-project/basement/internal/analyze/regname"
	"github.com/basement-project/basement/internal/catalog"
	"github.com/basement-project/basement/internal/sql/ast"
	"github.com/basement-project/basement/internal/sql/parse"
	"github.com/basement-project/basement/internal/sql/types"
)

// Index is pg_get_indexdef: of one key when column is not 0.
func (d *Definer) Index(r *catalog.Relation, x *catalog.Index, column int, pretty bool) string {
	if column > 0 {
		switch n := column - 1; {
		case n < len(x.Keys):
			k := x.Keys[n]
			if k.Column != 0 {
				return d.columnList(r, []int32{k.Column})
			}
			return d.keyExpr(r, k.Expr, pretty, false)
		case n < len(x.Keys)+len(x.Include):
			return d.columnList(r, x.Include[n-len(x.Keys):n-len(x.Keys)+1])
		}
		return ""
	}
	s := "CREATE "
	if x.Unique {
		s += "UNIQUE "
	}
	only := ""
	if r.Kind == catalog.PartitionedTable {
		only = "ONLY "
	}
	return s + "INDEX " + regname.Quote(x.Name) + " ON " + only + d.relation(r.OID, !pretty) + d.indexTail(r, x, pretty)
}

// keyExpr prints an index key that is an expression: calls stand as they are, all else in parentheses.
// KeyExpr is an expression of an index or partition key as pg_get_indexdef prints it among others.
func (d *Definer) KeyExpr(r *catalog.Relation, text string) string {
	return d.keyExpr(r, text, true, true)
}

func (d *Definer) keyExpr(r *catalog.Relation, text string, pretty, list bool) string {
	s := d.expr(text, r, "index expression", nil, nil, -1, pretty)
	e, err := parse.Expr(text)
	if err != nil {
		return "(" + s + ")"
	}
	if f, ok := e.(*ast.FuncCall); ok && !f.SQLSyntax {
		return s
	}
	if list || pretty || !strings.HasPrefix(s, "(") || !strings.HasSuffix(s, ")") {
		return "(" + s + ")"
	}
	return "(" + s + ")"
}

// extraClass says of an extension's operator class that it is not its type's default.
func extraClass(method, name string) bool {
	switch name {
	case "gin_trgm_ops", "gist_trgm_ops", "gin__int_ops", "gist__intbig_ops":
		return true
	case "vector_l2_ops":
		return method != "ivfflat"
	}
	vector := method == "hnsw" || method == "ivfflat"
	return vector && strings.HasSuffix(name, "_ops")
}

// indexTail is what follows the relation in an index's definition; operators are those of an exclusion constraint.
func (d *Definer) indexTail(r *catalog.Relation, x *catalog.Index, pretty bool, operators ...string) string {
	var b strings.Builder
	method := x.Method
	if method == "" {
		method = "btree"
	}
	b.WriteString(" USING " + method + " (")
	m := &maker{tx: d.tx, snap: d.snap}
	for i, k := range x.Keys {
		if i > 0 {
			b.WriteString(", ")
		}
		var t *types.Type
		if k.Column != 0 {
			b.WriteString(d.columnList(r, []int32{k.Column}))
			if c := r.ColumnByNum(k.Column); c != nil {
				t = d.snap.TypeByOID(c.Type)
			}
		} else {
			b.WriteString(d.keyExpr(r, k.Expr, pretty, true))
			t = m.indexExpr(r, k.Expr)
		}
		if k.Collation != "" {
			b.WriteString(" COLLATE " + naming{d}.Collation(k.Collation))
		}
		if k.Opclass != "" && (m.opclass(method, k.Opclass, t) != m.opclass(method, "", t) || extraClass(method, k.Opclass)) {
			b.WriteString(" " + regname.Quote(k.Opclass))
		}
		switch {
		case k.Desc && !k.NullsFirst:
			b.WriteString(" DESC NULLS LAST")
		case k.Desc:
			b.WriteString(" DESC")
		case k.NullsFirst:
			b.WriteString(" NULLS FIRST")
		}
		if i < len(operators) {
			b.WriteString(" WITH " + strings.TrimPrefix(operators[i], "pg_catalog."))
		}
	}
	b.WriteString(")")
	if len(x.Include) > 0 {
		b.WriteString(" INCLUDE (" + d.columnList(r, x.Include) + ")")
	}
	if x.NullsNotDistinct {
		b.WriteString(" NULLS NOT DISTINCT")
	}
	if x.Where != "" {
		s := d.expr(x.Where, r, "index predicate", nil, types.ByOID(types.BoolOID), -1, pretty)
		if len(operators) > 0 {
			s = "(" + s + ")"
		}
		b.WriteString(" WHERE " + s)
	}
	return b.String()
}
