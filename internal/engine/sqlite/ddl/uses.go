package ddl

import (
	"github.com/basement-project/basement/internal/analyze"
	"github.com/basement-project/basement/internal/catalog"
	"github.com/basement-project/basement/internal/sql/query"
	"github.com/basement-project/basement/internal/sql/types"
)

// uses is what a stored text speaks of.
type uses struct {
	relations map[catalog.OID]bool
	columns   map[columnKey]bool
	functions map[catalog.OID]bool
	types     map[catalog.OID]bool
	classes   map[catalog.OID]bool // regclass constants
}

type columnKey struct {
	rel catalog.OID
	num int32
}

func newUses() *uses {
	return &uses{map[catalog.OID]bool{}, map[columnKey]bool{}, map[catalog.OID]bool{}, map[catalog.OID]bool{}, map[catalog.OID]bool{}}
}

func (u *uses) typ(t *types.Type) {
	for t != nil && !u.types[t.OID] {
		u.types[t.OID] = true
		if t.Kind != types.ArrayType {
			return
		}
		t = t.Elem
	}
}

// viewUses analyses a view's query.
func (r *run) viewUses(rel *catalog.Relation) *uses {
	u := newUses()
	stmt, err := r.x.tools.Cache.Statement(rel.View.SQL)
	if err != nil {
		return u
	}
	q, _, err := analyze.Statement(r.snap(), stmt, analyze.Options{SearchPath: rel.View.SearchPath, Cache: r.x.tools.Cache, Written: true})
	if err != nil {
		return u
	}
	u.query(q, nil)
	return u
}

// textUses analyses a stored expression over a relation.
func (r *run) textUses(text string, over *catalog.Relation, domain *types.Type) *uses {
	u := newUses()
	if text == "" {
		return u
	}
	e, err := r.x.tools.Cache.Expr(text)
	if err != nil {
		return u
	}
	x, err := analyze.Expr(r.snap(), e, analyze.ExprOptions{Options: analyze.Options{Cache: r.x.tools.Cache, Written: true,
		SearchPath: []string{"pg_catalog", "public"}}, Over: over, Domain: domain, Typmod: -1})
	if err != nil {
		return u
	}
	for _, f := range x.Executes {
		if f.Fn != nil {
			u.functions[f.Fn.OID] = true
		}
	}
	var outer *query.Query
	if over != nil {
		outer = &query.Query{RTable: []*query.RTE{relationRTE(r.snap(), over)}}
	}
	u.expr(x.Expr, []*query.Query{outer})
	return u
}

// query notes what a query uses; outer are the queries around it, innermost last.
func (u *uses) query(q *query.Query, outer []*query.Query) {
	if q == nil || q.Body != nil {
		return // the body of an inlined function: what uses it depends on the function alone
	}
	stack := append(append([]*query.Query(nil), outer...), q)
	for _, f := range q.Executes {
		if f.Fn != nil {
			u.functions[f.Fn.OID] = true
		}
	}
	for _, c := range q.CTEs {
		u.query(c.Query, stack)
	}
	for _, rte := range q.RTable {
		if rte.Relation != nil {
			u.relations[rte.Relation.OID] = true
			if rte.Relation.Kind == catalog.SequenceRel {
				u.classes[rte.Relation.OID] = true
			}
			for n := range rte.Selected {
				u.columns[columnKey{rte.Relation.OID, n}] = true
			}
			if rte.IsView {
				continue
			}
		}
		u.query(rte.Subquery, stack)
		// A join's columns count where they are used: see node.
		for _, f := range rte.Functions {
			u.expr(f.Expr, stack)
		}
		for _, row := range rte.Values {
			for _, e := range row {
				u.expr(e, stack)
			}
		}
	}
	top := *q
	top.CTEs, top.RTable, top.Source = nil, nil, nil
	query.Visit(&top, func(inner *query.Query) bool {
		return inner == &top
	}, func(e query.Expr) bool { u.node(e, stack); return true })
	u.query(q.Source, stack)
}

func (u *uses) expr(e query.Expr, stack []*query.Query) {
	query.VisitExpr(e, func(*query.Query) bool { return false }, func(x query.Expr) bool { u.node(x, stack); return true })
}

func (u *uses) node(e query.Expr, stack []*query.Query) {
	switch x := e.(type) {
	case *query.Var:
		at := len(stack) - 1 - x.Levels
		if at < 0 || stack[at] == nil || x.RT < 1 || x.RT > len(stack[at].RTable) {
			return
		}
		rte := stack[at].RTable[x.RT-1]
		if len(rte.JoinVars) > 0 {
			for i, e := range rte.JoinVars {
				if i == x.Col || x.Col == query.WholeRow {
					u.expr(e, stack[:at+1])
				}
			}
			return
		}
		if rte.Relation == nil {
			return
		}
		if x.Col == query.WholeRow {
			for _, c := range rte.Relation.Columns {
				u.columns[columnKey{rte.Relation.OID, c.Num}] = true
			}
			return
		}
		if x.Col >= 0 && x.Col < len(rte.Columns) {
			num := rte.Columns[x.Col].Num
			if rte.IsView && x.Col < len(rte.Relation.Columns) {
				num = rte.Relation.Columns[x.Col].Num
			}
			u.columns[columnKey{rte.Relation.OID, num}] = true
		}
	case *query.Const:
		u.typ(x.Typ)
		if x.Typ != nil && x.Typ.OID == types.RegClassOID && !x.Value.IsNull() {
			u.classes[catalog.OID(x.Value.I)] = true
		}
	case *query.Cast:
		u.typ(x.Typ)
		if x.Fn != nil {
			u.functions[x.Fn.OID] = true
		}
	case *query.Func:
		if x.Fn != nil {
			u.functions[x.Fn.OID] = true
		}
	case *query.Agg:
		if x.Fn != nil {
			u.functions[x.Fn.OID] = true
		}
	case *query.SubLink:
		u.query(x.Query, stack)
	}
}
