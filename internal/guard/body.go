package guard

import (
	"github.com/basement-project/basement/internal/errs"
	"github.com/basement-project/basement/internal/sql/query"
	"github.com/basement-project/basement/internal/sql/types"
)

// raiseLater turns the body of an inlined function into one that raises err when it is run, and only then. What is no
// error of the statement itself (trouble inside this program) is given back.
func raiseLater(q *query.Query, err error) error {
	e := errs.Of(err)
	if e == nil || e.Code == "XX000" {
		return err
	}
	targets := make([]*query.Target, 0, len(q.Targets))
	for _, t := range q.Targets {
		if t.Junk {
			continue
		}
		typ := query.T{Typ: t.Expr.Type(), Mod: t.Expr.Typmod(), Pos: -1}
		targets = append(targets, &query.Target{Name: t.Name, Expr: &query.Const{T: typ, Value: types.Null()}})
	}
	*q = query.Query{Command: query.Select, Targets: targets, Where: &query.Raise{T: boolT(), Err: e}, Body: q.Body, Pos: -1}
	return nil
}
