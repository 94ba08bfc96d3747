package builtin

import (
	"strings"

	"github.com/basement-project/basement/internal/engine/sqlite/session"
	"github.com/basement-project/basement/internal/errs"
	"github.com/basement-project/basement/internal/sql/types"
)

// An aggregate of the project is called as pg_call_aggregate(description, argument...); the description's options are the
// aggregate's identifier before those of every aggregate, its items the arguments' types and the result's. SQLite says
// nothing of an aggregate that gets no rows: pg_call_aggregate_empty(description) gives its result.
const (
	CallAggregate      = "pg_call_aggregate"
	CallAggregateEmpty = "pg_call_aggregate_empty"
)

// userAggregate is the state of an aggregate of the project.
type userAggregate struct{ of session.Aggregation }

func begun(c *Call) (session.Aggregation, error) {
	oid := strings.TrimRight(c.Desc.Options, DistinctRows+Descending+NullsFirst+Moving)
	fn, err := called(c, oid)
	if err != nil {
		return nil, err
	}
	n := len(c.Desc.Items) - 1
	if n < 0 || c.Tx().Aggregate == nil {
		return nil, errs.Internal("aggregate", nil)
	}
	return c.Tx().Aggregate(c.Tx(), fn, itemTypes(c.Desc.Items[:n]), c.Desc.Items[n].Type)
}

func (a *userAggregate) Step(c *Call) error {
	if a.of == nil {
		var err error
		if a.of, err = begun(c); err != nil {
			return err
		}
	}
	return a.of.Step(ownArgs(c))
}

func (a *userAggregate) Result(c *Call) (types.Datum, error) {
	if a.of == nil {
		if c.Desc == nil {
			return types.Datum{}, nil
		}
		var err error
		if a.of, err = begun(c); err != nil {
			return types.Datum{}, err
		}
	}
	return a.of.Result()
}

func emptyAggregate(c *Call) (types.Datum, error) {
	of, err := begun(c)
	if err != nil {
		return types.Datum{}, err
	}
	return of.Result()
}
