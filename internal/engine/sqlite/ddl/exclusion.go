package ddl

import (
	"strings"

	"github.com/basement-project/basement/internal/catalog"
	"github.com/basement-project/basement/internal/errs"
	"github.com/basement-project/basement/internal/sql/ast"
	"github.com/basement-project/basement/internal/sql/print"
	"github.com/basement-project/basement/internal/sql/query"
	"github.com/basement-project/basement/internal/sql/types"
)

// addExclusion adds an exclusion constraint with its index, which is kept in the catalog alone: whoever writes looks for
// conflicting rows himself.
func (r *run) addExclusion(table catalog.OID, c *ast.Constraint, validate bool) error {
	rel := cloneRelation(r.snap().RelationByOID(table))
	if rel.Partitioning != nil {
		return r.at(c.Pos, errs.New("0A000", "exclusion constraints are not supported on partitioned tables"))
	}
	method := c.AccessMethod
	if method == "" {
		method = "btree"
	}
	if _, known := indexMethods[method]; !known {
		return errs.New("42704", "access method \"%s\" does not exist", method)
	}
	switch method {
	case "gin", "brin", "hnsw", "ivfflat":
		return errs.New("0A000", "access method \"%s\" does not support exclusion constraints", method)
	}
	con := &catalog.Constraint{OID: r.edit.NewOID(), Kind: catalog.Exclusion, Name: c.Name, Deferrable: c.Deferrable, InitiallyDeferred: c.InitiallyDeferred}
	x := &catalog.Index{OID: r.edit.NewOID(), Method: method}
	con.Index = x.OID
	var names []string
	for _, el := range c.Exclusions {
		k := catalog.IndexKey{}
		if len(el.Elem.OpClass) > 0 {
			k.Opclass = el.Elem.OpClass[len(el.Elem.OpClass)-1]
		}
		name := el.Elem.Name
		if ref, ok := el.Elem.Expr.(*ast.ColumnRef); ok && len(ref.Fields) == 1 && !ref.Star {
			name = ref.Fields[0]
		}
		var t *types.Type
		var e ast.Expr
		if name != "" {
			col := rel.Column(name)
			if col == nil {
				return r.at(c.Pos, errs.New("42703", "column \"%s\" named in key does not exist", name))
			}
			k.Column, t, e = col.Num, r.snap().TypeByOID(col.Type), ast.Col(name)
			con.Columns = append(con.Columns, col.Num)
			names = append(names, indexPart(name, names))
		} else {
			a, err := r.analyzed(el.Elem.Expr, "index expression", rel, nil, -1)
			if err != nil {
				return err
			}
			if r.mutable(el.Elem.Expr, a, rel, true) {
				return errs.New("42P17", "functions in index expression must be marked IMMUTABLE")
			}
			k.Expr, t, e = r.stored(el.Elem.Expr), a.Type(), el.Elem.Expr
			con.Columns = append(con.Columns, 0)
			names = append(names, indexPart(expressionName(el.Elem.Expr), names))
		}
		if k.Opclass == "" {
			if err := r.exclusionClass(t, method); err != nil {
				return err
			}
		}
		op, err := r.analyzed(&ast.AExpr{Pos: -1, Name: el.Operator, Left: e, Right: e}, "index expression", rel, nil, -1)
		if err != nil {
			return err
		}
		o, ok := op.(*query.Op)
		if !ok || o.Type().OID != types.BoolOID {
			return errs.New("42809", "operator %s is not a commutative operator", strings.Join(el.Operator, "."))
		}
		schema := "pg_catalog"
		if o.Operator != nil {
			schema = o.Operator.Schema
		}
		con.Operators = append(con.Operators, quote(schema)+"."+o.Name)
		x.Keys = append(x.Keys, k)
	}
	for _, n := range c.Including {
		col := rel.Column(n)
		if col == nil {
			return r.at(c.Pos, errs.New("42703", "column \"%s\" named in key does not exist", n))
		}
		x.Include = append(x.Include, col.Num)
		names = append(names, indexPart(n, names))
	}
	if c.Where != nil {
		w, err := r.condition(c.Where, "index predicate", rel)
		if err != nil {
			return err
		}
		if r.mutable(c.Where, w, rel, true) {
			return errs.New("42P17", "functions in index predicate must be marked IMMUTABLE")
		}
		x.Where = print.Expr(r.qualify(c.Where).(ast.Expr))
	}
	if con.Name == "" {
		con.Name = r.relationName(rel.Schema, rel.Name, columnsPart(names), "excl", true)
	} else {
		if classIn(r.snap(), rel.Schema, con.Name).found() {
			return errs.New("42P07", "relation \"%s\" already exists", con.Name)
		}
		if err := r.constraintTaken(rel, con.Name); err != nil {
			return err
		}
	}
	x.Name = con.Name
	rel.Constraints = append(rel.Constraints, con)
	rel.Indexes = append(rel.Indexes, x)
	r.edit.PutRelation(rel)
	if !validate {
		return nil
	}
	r.snap()
	return r.x.tools.Compiler.CheckExclusion(r.tx, r.snap().RelationByOID(table), con)
}

// exclusionClass checks that a type can be indexed by the method; btree_gist brings the scalar types to gist.
func (r *run) exclusionClass(t *types.Type, method string) error {
	if method == "gist" {
		for _, x := range r.snap().Extensions {
			if x.Name == "btree_gist" && operatorClass(t, "btree") == nil {
				return nil
			}
		}
	}
	return operatorClass(t, method)
}
