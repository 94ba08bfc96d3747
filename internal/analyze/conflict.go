package analyze

import (
	"strings"

	"github.com/basement-project/basement/internal/catalog"
	"github.com/basement-project/basement/internal/sql/ast"
	"github.com/basement-project/basement/internal/sql/query"
)

// conflictClause is what the search for arbiters needs once a view is rewritten.
type conflictClause struct {
	constraint string
	infer      bool
	elems      []query.Expr
	where      query.Expr
}

// onConflict analyses ON CONFLICT.
func (s *scope) onConflict(n *ast.OnConflictClause, target *item) *conflictClause {
	q := s.q
	out := &query.OnConflict{Update: n.Update}
	q.OnConflict = out
	c := &conflictClause{}
	if n.Update && n.Infer == nil {
		panic(s.errorf(n.Pos, "42601", "ON CONFLICT DO UPDATE requires inference specification or constraint name").
			hint("For example, ON CONFLICT (column_name)."))
	}
	var ex *item
	if n.Update {
		ex = s.addRelation(target.rte.Relation, &ast.Alias{Name: "excluded"}, -1)
		// Reading EXCLUDED needs the right to read the table's column.
		ex.rte.Required, ex.excluded = 0, true
		out.ExcludedRT = ex.rt
	}
	if n.Infer != nil {
		c.infer = true
		c.constraint = n.Infer.Constraint
		s.ns = []*item{target}
		for _, e := range n.Infer.Elems {
			switch {
			case e.Dir != ast.SortDefault:
				panic(s.errorf(n.Infer.Pos, "42P10", "ASC/DESC is not allowed in ON CONFLICT clause"))
			case e.Nulls != ast.NullsDefault:
				panic(s.errorf(n.Infer.Pos, "42P10", "NULLS FIRST/LAST is not allowed in ON CONFLICT clause"))
			}
			raw := e.Expr
			if raw == nil {
				raw = &ast.ColumnRef{Pos: n.Infer.Pos, Fields: []string{e.Name}}
			}
			c.elems = append(c.elems, s.exprIn(raw, kindIndexExpr))
			if len(e.OpClass) > 0 && !strings.HasSuffix(e.OpClass[len(e.OpClass)-1], "_ops") {
				panic(s.errorf(-1, "42704", "operator class \"%s\" does not exist for access method \"%s\"", strings.Join(e.OpClass, "."), "btree"))
			}
		}
		if n.Infer.Where != nil {
			c.where = s.exprIn(n.Infer.Where, kindIndexPredicate)
		}
	}
	if n.Update {
		target.rte.Required |= catalog.Update
		s.ns = []*item{target, ex}
		out.Assign = s.assignments(n.Targets, target.rte)
		if n.Where != nil {
			out.Where = s.toBoolean(s.exprIn(n.Where, kindWhere), "WHERE")
		}
	}
	return c
}

// inferArbiters finds the unique indexes ON CONFLICT means.
func (s *scope) inferArbiters(c *conflictClause) {
	q := s.q
	if !c.infer {
		return
	}
	r := q.RTable[q.Result-1]
	rel := r.Relation
	if c.constraint != "" {
		for _, con := range rel.Constraints {
			if con.Name != c.constraint {
				continue
			}
			if con.Kind != catalog.PrimaryKey && con.Kind != catalog.Unique && con.Kind != catalog.Exclusion {
				panic(s.errorf(-1, "42809", "constraint in ON CONFLICT clause has no associated index"))
			}
			if q.OnConflict.Update && con.Kind == catalog.Exclusion {
				panic(s.errorf(-1, "42809", "ON CONFLICT DO UPDATE not supported with exclusion constraints"))
			}
			if con.Deferrable {
				panic(s.deferrableArbiter())
			}
			r.Required |= catalog.Select
			for _, num := range con.Columns {
				r.Selected[num] = true
			}
			q.OnConflict.Arbiters = []*catalog.Index{s.indexOf(rel, con)}
			return
		}
		panic(s.errorf(-1, "42704", "constraint \"%s\" for table \"%s\" does not exist", c.constraint, rel.Name))
	}
	for _, ix := range rel.Indexes {
		if ix.Unique && s.arbitrates(r, q.Result, ix, c) {
			for _, con := range rel.Constraints {
				if con.Deferrable && con.Kind != catalog.ForeignKey && (con.Index == ix.OID && ix.OID != 0 || con.Name == ix.Name) {
					panic(s.deferrableArbiter())
				}
			}
			q.OnConflict.Arbiters = append(q.OnConflict.Arbiters, ix)
		}
	}
	if len(q.OnConflict.Arbiters) == 0 {
		panic(s.errorf(-1, "42P10", "there is no unique or exclusion constraint matching the ON CONFLICT specification"))
	}
}

func (s *scope) deferrableArbiter() *failure {
	return s.errorf(-1, "55000", "ON CONFLICT does not support deferrable unique constraints/exclusion constraints as arbiters")
}

// indexOf is the index behind a key.
func (s *scope) indexOf(rel *catalog.Relation, con *catalog.Constraint) *catalog.Index {
	for _, ix := range rel.Indexes {
		if con.Index != 0 && ix.OID == con.Index || ix.Name == con.Name {
			return ix
		}
	}
	keys := make([]catalog.IndexKey, len(con.Columns))
	for i, n := range con.Columns {
		keys[i].Column = n
	}
	return &catalog.Index{OID: con.Index, Name: con.Name, Unique: true, Primary: con.Kind == catalog.PrimaryKey, Keys: keys, NullsNotDistinct: con.NullsNotDistinct}
}

// arbitrates says whether a unique index has exactly the elements ON CONFLICT names, and a predicate its WHERE implies.
func (s *scope) arbitrates(r *query.RTE, rt int, ix *catalog.Index, c *conflictClause) bool {
	matched := make([]bool, len(c.elems))
	for _, k := range ix.Keys {
		found := false
		var keyExpr query.Expr
		if k.Column == 0 {
			keyExpr = s.indexExpr(r, rt, k.Expr)
		}
		for i, e := range c.elems {
			if k.Column != 0 {
				if v, ok := stripRelabel(e).(*query.Var); ok && v.RT == rt && v.Col >= 0 && r.Columns[v.Col].Num == k.Column {
					matched[i], found = true, true
				}
			} else if keyExpr != nil && same(keyExpr, e) {
				matched[i], found = true, true
			}
		}
		if !found {
			return false
		}
	}
	for _, m := range matched {
		if !m {
			return false
		}
	}
	if ix.Where == "" {
		return true
	}
	if c.where == nil {
		return false
	}
	pred := s.indexExpr(r, rt, ix.Where)
	if pred == nil {
		return false
	}
	for _, p := range query.Conjuncts(pred) {
		implied := false
		for _, w := range query.Conjuncts(c.where) {
			implied = implied || same(p, w)
		}
		if !implied {
			return false
		}
	}
	return true
}

func stripRelabel(e query.Expr) query.Expr {
	for {
		c, ok := e.(*query.Cast)
		if !ok || c.Method != query.Relabel {
			return e
		}
		e = c.Arg
	}
}

// indexExpr analyses an index's expression or predicate over the target.
func (s *scope) indexExpr(r *query.RTE, rt int, text string) query.Expr {
	e, err := s.cache.Expr(text)
	if err != nil {
		return nil
	}
	sub := s.inner([]string{r.Relation.Schema, "public"}, "")
	t := sub.newScope(nil)
	it := t.addRelation(r.Relation, nil, -1)
	t.ns = []*item{it}
	x := t.expr(e)
	return query.Map(x, func(y query.Expr) query.Expr {
		if v, ok := y.(*query.Var); ok {
			c := *v
			c.RT = rt
			return &c
		}
		return y
	})
}
