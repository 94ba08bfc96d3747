package analyze

import (
	"github.com/basement-project/basement/internal/catalog"
	"github.com/basement-project/basement/internal/sql/ast"
	"github.com/basement-project/basement/internal/sql/query"
)

var triggerEvents = map[query.Command]ast.TriggerEvents{query.Insert: ast.TriggerOnInsert, query.Update: ast.TriggerOnUpdate,
	query.Delete: ast.TriggerOnDelete}

// insteadOf says whether a view has INSTEAD OF triggers for a command.
func (s *scope) insteadOf(view *catalog.Relation, c query.Command) bool {
	for _, t := range view.Triggers {
		stmt, err := s.cache.Statement(t.SQL)
		if err != nil {
			continue
		}
		if x, ok := stmt.(*ast.CreateTrigStmt); ok && x.Timing == ast.TriggerInsteadOf && x.Events&triggerEvents[c] != 0 {
			return true
		}
	}
	return false
}

// writtenByTriggers leaves a view with INSTEAD OF triggers the target: UPDATE and DELETE read its rows.
func (s *scope) writtenByTriggers() bool {
	q := s.q
	r := q.RTable[q.Result-1]
	if !s.insteadOf(r.Relation, q.Command) {
		return false
	}
	if q.Command == query.Insert {
		return true
	}
	view := r.Relation
	r.Kind, r.IsView, r.ViewOwner = query.SubqueryRTE, true, view.Owner
	if invoker(view) {
		r.ViewOwner = s.caller
		if r.CheckAs != "" {
			r.ViewOwner = r.CheckAs
		}
	}
	r.Subquery = s.viewQuery(view, r.ViewOwner)
	return true
}
