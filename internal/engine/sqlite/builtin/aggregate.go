package builtin

import (
	"fmt"
	"slices"
	"strings"

	"github.com/ncruces/go-sqlite3"

	"github.com/basement-project/basement/internal/errs"
	"github.com/basement-project/basement/internal/sql/types"
)

// Aggregate is the state of one aggregate over one group. A Go aggregate's SQLite function takes a description first.
type Aggregate interface {
	// Step takes a row's arguments, which end with the call.
	Step(c *Call) error
	// Result gives the value so far; it may be called several times.
	Result(c *Call) (types.Datum, error)
}

// Options of an aggregate's description.
const (
	// DistinctRows makes the aggregate see each row of arguments once, in their order.
	DistinctRows = "d"
	// Descending and NullsFirst change that order for the first argument.
	Descending = "D"
	NullsFirst = "n"
	// Moving keeps the rows, so that a window's frame may leave some behind.
	Moving = "m"
)

// aggregate makes the driver's form of an aggregate.
func (h *host) aggregate(make func() Aggregate) sqlite3.AggregateConstructor {
	return func() sqlite3.AggregateFunction { return &running{h: h, make: make} }
}

type running struct {
	h    *host
	make func() Aggregate
	agg  Aggregate
	desc *Description
	// rows are kept for distinct and moving aggregates.
	rows   [][]types.Datum
	keep   bool
	failed bool
}

func (r *running) Step(ctx sqlite3.Context, arg ...sqlite3.Value) {
	if r.failed {
		return
	}
	c := r.h.enter()
	defer r.leave(ctx)
	if r.desc == nil {
		r.desc = r.h.describe(arg[0])
		r.keep = strings.ContainsAny(r.desc.Options, DistinctRows+Moving)
		r.agg = r.make()
	}
	c.Desc, c.Args = r.desc, c.Args[:0]
	for _, v := range arg[1:] {
		c.Args = append(c.Args, load(v))
	}
	if r.keep {
		row := make([]types.Datum, len(c.Args))
		for i, d := range c.Args {
			row[i] = keep(d)
		}
		r.rows = append(r.rows, row)
		return
	}
	if err := r.agg.Step(c); err != nil {
		r.failed = true
		r.h.fail(ctx, err)
	}
}

func (r *running) leave(ctx sqlite3.Context) {
	r.h.depth--
	if x := recover(); x != nil {
		r.failed = true
		r.h.fail(ctx, errs.Internal("aggregate", fmt.Errorf("panic: %v", x)))
	}
}

// Inverse drops the oldest row of a moving aggregate.
func (r *running) Inverse(ctx sqlite3.Context, _ ...sqlite3.Value) {
	if len(r.rows) > 0 {
		r.rows = r.rows[1:]
	}
}

func (r *running) Value(ctx sqlite3.Context) {
	if r.failed {
		return
	}
	c := r.h.enter()
	defer r.leave(ctx)
	agg := r.agg
	if agg == nil {
		agg = r.make()
	}
	c.Desc = r.desc
	if r.keep {
		agg = r.make()
		rows := r.rows
		if strings.Contains(r.desc.Options, DistinctRows) {
			rows = r.distinct(rows)
		}
		for _, row := range rows {
			c.Args = append(c.Args[:0], row...)
			if err := agg.Step(c); err != nil {
				r.h.fail(ctx, err)
				return
			}
		}
	}
	c.Args = c.Args[:0]
	d, err := agg.Result(c)
	if err != nil {
		r.h.fail(ctx, err)
		return
	}
	give(ctx, d)
}

// distinct sorts the rows by their arguments and drops the repeated ones.
func (r *running) distinct(rows [][]types.Datum) [][]types.Datum {
	rows = slices.Clone(rows)
	desc := strings.Contains(r.desc.Options, Descending)
	first := strings.Contains(r.desc.Options, NullsFirst)
	compare := func(a, b []types.Datum) int {
		for i := range a {
			t := types.ByOID(types.TextOID)
			if i < len(r.desc.Items) {
				t = r.desc.Items[i].Type
			}
			k := types.Compare(t, a[i], b[i])
			if k == 0 {
				continue
			}
			if i == 0 && (a[i].IsNull() || b[i].IsNull()) {
				if first {
					return -k
				}
				return k
			}
			if i == 0 && desc {
				return -k
			}
			return k
		}
		return 0
	}
	slices.SortStableFunc(rows, compare)
	return slices.CompactFunc(rows, func(a, b []types.Datum) bool { return compare(a, b) == 0 })
}

// support is a function or aggregate of the engine's own, which the printer names.
type support struct {
	name       string
	volatility byte
	strict     bool
	typed      bool
	fn         Func
	agg        func() Aggregate
}

func supportAggregates() []support {
	return []support{
		{name: PackAggregate, agg: func() Aggregate { return &packer{} }},
		{name: "pg_single", agg: func() Aggregate { return &single{} }},
		{name: CallAggregate, agg: func() Aggregate { return &userAggregate{} }},
		{name: "pg_json_agg_row", agg: func() Aggregate { return &jsonAgg{row: true} }},
	}
}

// single is a scalar subquery's value: one row at most.
type single struct {
	value types.Datum
	seen  bool
}

func (s *single) Step(c *Call) error {
	if s.seen {
		return errs.New("21000", "more than one row returned by a subquery used as an expression")
	}
	s.seen, s.value = true, keep(c.Args[0])
	return nil
}

func (s *single) Result(*Call) (types.Datum, error) { return s.value, nil }
