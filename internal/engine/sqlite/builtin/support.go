package builtin

import (
	"strings"
	"unicode/utf8"

	"github.com/basement-project/basement/internal/engine/sqlite/session"
	"github.com/basement-project/basement/internal/errs"
	"github.com/basement-project/basement/internal/sql/types"
)

// supportTable declares the engine's own scalar functions, which the printer names.
func supportTable() []support {
	return []support{
		{name: CallFunction, volatility: 'v', typed: true, fn: callFunction},
		{name: CallStable, volatility: 's', typed: true, fn: callFunction},
		{name: CallAggregateEmpty, volatility: 'v', typed: true, fn: emptyAggregate},
		{name: "pg_overflow", volatility: 'i', strict: true, fn: func(c *Call) (types.Datum, error) {
			return types.Datum{}, outOfRange(c.Args[0].S)
		}},
		{name: "pg_raise", volatility: 'v', fn: func(c *Call) (types.Datum, error) {
			e := errs.New(strings.Clone(c.Args[0].S), "%s", strings.Clone(c.Args[1].S))
			e.Detail, e.Hint = strings.Clone(c.Args[2].S), strings.Clone(c.Args[3].S)
			return types.Datum{}, e
		}},
		{name: "pg_limit", volatility: 's', fn: func(c *Call) (types.Datum, error) {
			return bound(c.Args[0], -1, "2201W", "LIMIT")
		}},
		{name: "pg_offset", volatility: 's', fn: func(c *Call) (types.Datum, error) {
			return bound(c.Args[0], 0, "2201X", "OFFSET")
		}},
		{name: "pg_positive", volatility: 'i', fn: func(c *Call) (types.Datum, error) {
			if d := c.Args[2]; d.IsNull() || d.I > 0 {
				return d, nil
			}
			return types.Datum{}, errs.New(strings.Clone(c.Args[0].S), "%s", strings.Clone(c.Args[1].S))
		}},
		{name: "pg_range_key", volatility: 'i', typed: true, strict: true, fn: rangeKey},
		{name: "pg_case", volatility: 'i', strict: true, fn: func(c *Call) (types.Datum, error) {
			s, _ := types.CaseUnder(c.Args[0].S, c.Args[1].S, c.Args[2].S)
			return types.Text(s), nil
		}},
		{name: "pg_sample", volatility: 'v', fn: sampled},
		{name: "pg_sort_order", volatility: 'i', typed: true, fn: sortOrder},
		{name: "pg_glob", volatility: 'i', strict: true, fn: func(c *Call) (types.Datum, error) {
			glob, ok := Glob(c.Args[0].S)
			if !ok {
				return types.Datum{}, errs.New("22025", "LIKE pattern must not end with escape character")
			}
			return types.Text(glob), nil
		}},
		{name: "pg_glob_low", volatility: 'i', strict: true, fn: func(c *Call) (types.Datum, error) {
			return types.Text(likePrefix(c.Args[0].S)), nil
		}},
		{name: "pg_glob_high", volatility: 'i', strict: true, fn: func(c *Call) (types.Datum, error) {
			r := []rune(likePrefix(c.Args[0].S))
			for n := len(r); n > 0; n-- {
				if next := r[n-1] + 1; next <= utf8.MaxRune {
					if next == 0xD800 {
						next = 0xE000
					}
					return types.Text(string(append(r[:n-1], next))), nil
				}
			}
			// Every text is less than any byte string.
			return types.Datum{Kind: types.KindBytes}, nil
		}},
		{name: "pg_cast", volatility: 'i', typed: true, fn: castValue},
		{name: "pg_greatest", volatility: 'i', typed: true, fn: func(c *Call) (types.Datum, error) { return extreme(c, 1), nil }},
		{name: "pg_least", volatility: 'i', typed: true, fn: func(c *Call) (types.Datum, error) { return extreme(c, -1), nil }},
		{name: "pg_json_row", volatility: 's', typed: true, fn: jsonRow},
		{name: "pg_row", volatility: 'i', typed: true, fn: makeRow},
		{name: "pg_field", volatility: 'i', typed: true, strict: true, fn: rowField},
		{name: "pg_row_is_null", volatility: 'i', typed: true, fn: func(c *Call) (types.Datum, error) { return rowNulls(c, true) }},
		{name: "pg_row_is_not_null", volatility: 'i', typed: true, fn: func(c *Call) (types.Datum, error) { return rowNulls(c, false) }},
		{name: "pg_array", volatility: 'i', typed: true, fn: makeArray},
		{name: "pg_array_get", volatility: 'i', typed: true, strict: true, fn: arrayGet},
		{name: "pg_array_slice", volatility: 'i', typed: true, strict: true, fn: arraySlice},
		{name: BundleFunction, volatility: 'v', fn: func(c *Call) (types.Datum, error) {
			var p packer
			p.pack(c.Args)
			return types.Datum{Kind: types.KindBytes, S: string(p.buf)}, nil
		}},
		{name: "pg_nextval", volatility: 'v', strict: true, fn: nextval},
		{name: "pg_seqlast", volatility: 'v', strict: true, fn: sequenceState(func(st session.SequenceState) types.Datum { return types.Int(st.Last) })},
		{name: "pg_seqcalled", volatility: 'v', strict: true, fn: sequenceState(func(st session.SequenceState) types.Datum { return types.Bool(st.Called) })},
		{name: "pg_sqlvalue", volatility: 's', typed: true, fn: sqlValue},
		{name: "pg_jsonb_subscript", volatility: 'i', strict: true, fn: jsonbSubscript},
	}
}

// bound is a LIMIT's or OFFSET's number.
func bound(d types.Datum, none int64, code, clause string) (types.Datum, error) {
	if d.IsNull() {
		return types.Int(none), nil
	}
	if d.I < 0 {
		return types.Datum{}, errs.New(code, "%s must not be negative", clause)
	}
	return d, nil
}

// castValue converts Args[0] from the first described type to the second; the option "e" makes it explicit.
func castValue(c *Call) (types.Datum, error) {
	ctx := types.ImplicitCast
	switch c.Desc.Options {
	case "c": // for a comparison
		return widerMoment(c.Desc.Items[0].Type, c.Desc.Items[1].Type, c.Args[0], c.Env())
	case "e":
		ctx = types.ExplicitCast
	case "a":
		ctx = types.AssignmentCast
	}
	to := c.Desc.Items[1]
	return types.Cast(c.Desc.Items[0].Type, to.Type, to.Typmod, c.Args[0], ctx, c.Env())
}

// extreme is GREATEST (sign 1) or LEAST (-1): NULLs are passed over.
func extreme(c *Call, sign int) types.Datum {
	var best types.Datum
	t := c.Desc.Items[0].Type
	for _, d := range c.Args {
		if !d.IsNull() && (best.IsNull() || sign*types.Compare(t, d, best) > 0) {
			best = d
		}
	}
	return best
}

// sequenceState gives a column of a sequence that is read as a table.
func sequenceState(column func(session.SequenceState) types.Datum) Func {
	return func(c *Call) (types.Datum, error) {
		seq := c.Snapshot().SequenceByOID(types.OID(c.Args[0].I))
		if seq == nil {
			return types.Datum{}, errs.New("42P01", "relation with OID %d does not exist", c.Args[0].I)
		}
		return column(c.Tx().SequenceState(seq)), nil
	}
}

func nextval(c *Call) (types.Datum, error) {
	seq := c.Snapshot().SequenceByOID(types.OID(c.Args[0].I))
	if seq == nil {
		return types.Datum{}, errs.New("42P01", "relation with OID %d does not exist", c.Args[0].I)
	}
	n, err := c.Tx().NextVal(seq)
	return types.Int(n), err
}
