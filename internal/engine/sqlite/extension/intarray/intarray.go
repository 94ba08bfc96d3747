package intarray

import (
	_ "embed" // the facts of the extension's objects
	"slices"
	"strconv"
	"strings"

	"github.com/basement-project/basement/internal/engine/sqlite/extension"
	"github.com/basement-project/basement/internal/errs"
	"github.com/basement-project/basement/internal/sql/types"
)

//go:embed objects.tsv
var objects string

// ints reads an array; NULLs are refused.
func ints(d types.Datum) ([]int64, error) {
	a := extension.Array(d)
	out := make([]int64, len(a.Elems))
	for i, e := range a.Elems {
		if e.Null {
			return nil, errs.New("22004", "array must not contain nulls")
		}
		out[i], _ = strconv.ParseInt(e.Text, 10, 64)
	}
	return out, nil
}

func set(list []int64) []int64 {
	list = slices.Clone(list)
	slices.Sort(list)
	return slices.Compact(list)
}

func has(list []int64, n int64) bool {
	_, ok := slices.BinarySearch(list, n)
	return ok
}

// Extension is intarray.
func Extension() *extension.Extension {
	x := &extension.Extension{Name: "intarray", Version: "1.5", Comment: "functions, operators, and index support for 1-D arrays of integers",
		Older: []string{"1.2", "1.3", "1.4"}, Objects: objects,
		Types: map[string]*types.Native{
			"query_int": {Key: "intarray.query_int", Unordered: true, In: func(s string, _ *types.Env) (types.Datum, error) {
				q, err := parse(s)
				if err != nil {
					return types.Datum{}, err
				}
				return types.Text(q.String()), nil
			}},
			"intbig_gkey": {Key: "intarray.intbig_gkey", Unordered: true, In: func(string, *types.Env) (types.Datum, error) {
				return extension.Bad("0A000", "cannot accept a value of type %s", "intbig_gkey")
			}},
		}}
	add := func(sig string, f func(v []types.Datum) (types.Datum, error)) {
		x.Functions = append(x.Functions, extension.Function{Sig: sig, Fn: func(c extension.Call) (types.Datum, error) { return f(c.Values()) }})
	}
	// two makes a function of two arrays.
	two := func(sig string, f func(a, b []int64) types.Datum) {
		add(sig, func(v []types.Datum) (types.Datum, error) {
			a, err := ints(v[0])
			if err != nil {
				return types.Datum{}, err
			}
			b, err := ints(v[1])
			if err != nil {
				return types.Datum{}, err
			}
			return f(a, b), nil
		})
	}
	one := func(sig string, f func(a []int64, v []types.Datum) (types.Datum, error)) {
		add(sig, func(v []types.Datum) (types.Datum, error) {
			a, err := ints(v[0])
			if err != nil {
				return types.Datum{}, err
			}
			return f(a, v)
		})
	}
	contains := func(a, b []int64) bool {
		a = set(a)
		for _, n := range b {
			if !has(a, n) {
				return false
			}
		}
		return true
	}
	const pair = "(_int4,_int4)"
	two("_int_contains"+pair, func(a, b []int64) types.Datum { return types.Bool(contains(a, b)) })
	two("_int_contained"+pair, func(a, b []int64) types.Datum { return types.Bool(contains(b, a)) })
	two("_int_overlap"+pair, func(a, b []int64) types.Datum {
		a = set(a)
		return types.Bool(slices.ContainsFunc(b, func(n int64) bool { return has(a, n) }))
	})
	sorted := func(a []int64) []int64 {
		a = slices.Clone(a)
		slices.Sort(a)
		return a
	}
	two("_int_same"+pair, func(a, b []int64) types.Datum { return types.Bool(slices.Equal(sorted(a), sorted(b))) })
	two("_int_different"+pair, func(a, b []int64) types.Datum { return types.Bool(!slices.Equal(sorted(a), sorted(b))) })
	two("_int_union"+pair, func(a, b []int64) types.Datum { return extension.Ints(set(append(slices.Clone(a), b...))) })
	two("_int_inter"+pair, func(a, b []int64) types.Datum {
		b = set(b)
		return extension.Ints(slices.DeleteFunc(set(a), func(n int64) bool { return !has(b, n) }))
	})
	two("intset_subtract"+pair, func(a, b []int64) types.Datum {
		b = set(b)
		return extension.Ints(slices.DeleteFunc(set(a), func(n int64) bool { return has(b, n) }))
	})
	two("intarray_push_array"+pair, func(a, b []int64) types.Datum { return extension.Ints(append(slices.Clone(a), b...)) })
	one("intarray_push_elem(_int4,int4)", func(a []int64, v []types.Datum) (types.Datum, error) { return extension.Ints(append(a, v[1].I)), nil })
	one("intarray_del_elem(_int4,int4)", func(a []int64, v []types.Datum) (types.Datum, error) {
		return extension.Ints(slices.DeleteFunc(a, func(n int64) bool { return n == v[1].I })), nil
	})
	one("intset_union_elem(_int4,int4)", func(a []int64, v []types.Datum) (types.Datum, error) {
		return extension.Ints(set(append(a, v[1].I))), nil
	})
	add("intset(int4)", func(v []types.Datum) (types.Datum, error) { return extension.Ints([]int64{v[0].I}), nil })
	one("icount(_int4)", func(a []int64, _ []types.Datum) (types.Datum, error) { return types.Int(int64(len(a))), nil })
	one("idx(_int4,int4)", func(a []int64, v []types.Datum) (types.Datum, error) {
		return types.Int(int64(slices.Index(a, v[1].I) + 1)), nil
	})
	order := func(a []int64, down bool) types.Datum {
		slices.Sort(a)
		if down {
			slices.Reverse(a)
		}
		return extension.Ints(a)
	}
	one("sort(_int4)", func(a []int64, _ []types.Datum) (types.Datum, error) { return order(a, false), nil })
	one("sort_asc(_int4)", func(a []int64, _ []types.Datum) (types.Datum, error) { return order(a, false), nil })
	one("sort_desc(_int4)", func(a []int64, _ []types.Datum) (types.Datum, error) { return order(a, true), nil })
	one("sort(_int4,text)", func(a []int64, v []types.Datum) (types.Datum, error) {
		switch strings.ToLower(v[1].S) {
		default:
			if len(a) < 2 {
				return extension.Ints(a), nil
			}
		case "asc":
			return order(a, false), nil
		case "desc":
			return order(a, true), nil
		}
		return extension.Bad("22023", "second parameter must be \"ASC\" or \"DESC\"")
	})
	one("uniq(_int4)", func(a []int64, _ []types.Datum) (types.Datum, error) { return extension.Ints(slices.Compact(a)), nil })
	sub := func(a []int64, v []types.Datum) (types.Datum, error) {
		n := int64(len(a))
		start := v[1].I
		if start > 0 {
			start--
		}
		if start < 0 {
			start += n
		}
		end := n
		if len(v) == 3 {
			switch count := v[2].I; {
			case count < 0:
				end = n + count
			case count > 0:
				end = start + count
			}
		}
		start, end = max(start, 0), min(end, n)
		if start >= end {
			return types.Text("{}"), nil
		}
		return extension.Ints(a[start:end]), nil
	}
	one("subarray(_int4,int4,int4)", sub)
	one("subarray(_int4,int4)", sub)
	match := func(list, q types.Datum) (types.Datum, error) {
		a, err := ints(list)
		if err != nil {
			return types.Datum{}, err
		}
		n, err := parse(q.S)
		if err != nil {
			return types.Datum{}, err
		}
		return types.Bool(n.holds(set(a))), nil
	}
	add("boolop(_int4,@query_int)", func(v []types.Datum) (types.Datum, error) { return match(v[0], v[1]) })
	add("rboolop(@query_int,_int4)", func(v []types.Datum) (types.Datum, error) { return match(v[1], v[0]) })
	add("querytree(@query_int)", func(v []types.Datum) (types.Datum, error) {
		n, err := parse(v[0].S)
		if err != nil {
			return types.Datum{}, err
		}
		if !n.needs() {
			return types.Text("T"), nil
		}
		return types.Text(n.String()), nil
	})
	return x
}
