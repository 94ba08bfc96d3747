package analyze

import (
	"github.com/basement-project/basement/internal/catalog"
	"github.com/basement-project/basement/internal/sql/ast"
	"github.com/basement-project/basement/internal/sql/query"
)

// Transition is a table of rows that a statement wrote: a trigger's function reads it by a name of its own. It is a WITH
// query of the statement, whose rows are given: GivenName names it.
type Transition struct {
	Name string
	// Relation is the table the rows are of.
	Relation *catalog.Relation
}

// GivenName is the name of a transition table's WITH query: no text can say it.
func (t Transition) GivenName() string { return "transition table " + t.Name + " \x00" }

// transition finds the transition table of a name in FROM, nil when there is none.
func (s *scope) transition(n *ast.RangeVar) *item {
	if n.Schema != "" {
		return nil
	}
	for i, t := range s.transitions {
		if t.Name != n.Name {
			continue
		}
		if s.given == nil {
			s.given = make([]*query.CTE, len(s.transitions))
		}
		if s.given[i] == nil {
			s.given[i] = s.transitionCTE(t)
		}
		levels := 0
		for l := s; l.parent != nil; l = l.parent {
			levels++
		}
		it := s.cteRef(n, s.given[i], levels)
		if n.Alias == nil {
			it.rte.Alias = n.Name
		}
		return it
	}
	return nil
}

// transitionCTE is a query of the table's columns; it is never run.
func (s *scope) transitionCTE(t Transition) *query.CTE {
	out := &query.CTE{Name: t.GivenName(), Query: &query.Query{Command: query.Select, Pos: -1}, Pos: -1}
	for i, c := range t.Relation.Columns {
		typ := s.typeOf(c.Type)
		out.Columns = append(out.Columns, query.RTEColumn{Name: c.Name, Type: typ, Typmod: c.Typmod, Num: int32(i + 1)})
		out.Query.Targets = append(out.Query.Targets, &query.Target{Name: c.Name, Expr: nullConst(typ, -1)})
	}
	return out
}

// refuseTransition refuses to write a transition table.
func (s *scope) refuseTransition(n *ast.RangeVar) {
	for _, t := range s.transitions {
		if n.Schema == "" && t.Name == n.Name {
			panic(s.errorf(n.Pos, "0A000", "relation \"%s\" cannot be the target of a modifying statement", n.Name))
		}
	}
}

// addGiven puts the transition tables that were read before the statement's own WITH queries.
func (a *analyzer) addGiven(q *query.Query) {
	var list []*query.CTE
	for _, c := range a.given {
		if c != nil {
			list = append(list, c)
		}
	}
	if len(list) > 0 {
		q.CTEs = append(list, q.CTEs...)
	}
}
