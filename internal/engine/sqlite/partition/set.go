package partition

import (
	"sort"

	"github.com/basement-project/basement/internal/catalog"
	"github.com/basement-project/basement/internal/errs"
	"github.com/basement-project/basement/internal/sql/types"
)

// Part is a partition with its bound as values.
type Part struct {
	Relation  *catalog.Relation
	Values    []types.Datum // list
	From, To  []Value       // range
	Modulus   int           // hash
	Remainder int
}

// Value is one value of a range's bound; Infinite is -1 for MINVALUE and 1 for MAXVALUE.
type Value struct {
	Infinite int
	Datum    types.Datum
}

// Set is the partitions of one table.
type Set struct {
	Strategy string
	Types    []*types.Type
	Parts    []*Part
	Default  *catalog.Relation
}

// Read makes the set of a partitioned table's children. keys are the types of its partition key.
func Read(strategy string, keys []*types.Type, children []*catalog.Relation, env *types.Env) (*Set, error) {
	s := &Set{Strategy: strategy, Types: keys}
	for _, c := range children {
		if c.Bound.Default {
			s.Default = c
			continue
		}
		p, err := s.Part(c, c.Bound, env)
		if err != nil {
			return nil, err
		}
		s.Parts = append(s.Parts, p)
	}
	if strategy == catalog.RangePartitioning {
		sort.SliceStable(s.Parts, func(i, j int) bool { return s.compare(s.Parts[i].From, s.Parts[j].From) < 0 })
	}
	return s, nil
}

// Part reads a bound.
func (s *Set) Part(rel *catalog.Relation, b *catalog.PartitionBound, env *types.Env) (*Part, error) {
	p := &Part{Relation: rel, Modulus: b.Modulus, Remainder: b.Remainder}
	for _, v := range b.Values {
		d := types.Null()
		if v != nil {
			var err error
			if d, err = types.In(s.Types[0], -1, *v, env); err != nil {
				return nil, err
			}
		}
		p.Values = append(p.Values, d)
	}
	side := func(list []catalog.BoundValue) (out []Value, err error) {
		for i, v := range list {
			x := Value{Infinite: v.Infinite}
			if v.Infinite == 0 {
				if x.Datum, err = types.In(s.Types[i], -1, v.Text, env); err != nil {
					return nil, err
				}
			}
			out = append(out, x)
		}
		return out, nil
	}
	var err error
	if p.From, err = side(b.From); err != nil {
		return nil, err
	}
	p.To, err = side(b.To)
	return p, err
}

// compare orders two bounds; what follows an infinite value does not count.
func (s *Set) compare(a, b []Value) int {
	for i := range a {
		x, y := a[i], b[i]
		switch {
		case x.Infinite < y.Infinite:
			return -1
		case x.Infinite > y.Infinite:
			return 1
		case x.Infinite != 0:
			return 0
		}
		if c := types.Compare(s.Types[i], x.Datum, y.Datum); c != 0 {
			return c
		}
	}
	return 0
}

// Find gives the partition of a key, nil when there is none.
func (s *Set) Find(key []types.Datum) (*catalog.Relation, error) {
	switch s.Strategy {
	case catalog.ListPartitioning:
		for _, p := range s.Parts {
			for _, v := range p.Values {
				if v.IsNull() && key[0].IsNull() || !v.IsNull() && !key[0].IsNull() && types.Compare(s.Types[0], v, key[0]) == 0 {
					return p.Relation, nil
				}
			}
		}
	case catalog.RangePartitioning:
		at := make([]Value, len(key))
		for i, k := range key {
			if k.IsNull() {
				return s.Default, nil
			}
			at[i].Datum = k
		}
		for _, p := range s.Parts {
			if s.compare(at, p.From) >= 0 && s.compare(at, p.To) < 0 {
				return p.Relation, nil
			}
		}
	case catalog.HashPartitioning:
		h, err := Hash(s.Types, key)
		if err != nil {
			return nil, err
		}
		for _, p := range s.Parts {
			if h%uint64(p.Modulus) == uint64(p.Remainder) {
				return p.Relation, nil
			}
		}
	}
	return s.Default, nil
}

// Empty says whether a range holds nothing.
func (s *Set) Empty(p *Part) bool {
	return s.Strategy == catalog.RangePartitioning && s.compare(p.From, p.To) >= 0
}

// Overlapping finds a partition whose rows could be those of a new one.
func (s *Set) Overlapping(p *Part) *catalog.Relation {
	for _, q := range s.Parts {
		switch s.Strategy {
		case catalog.ListPartitioning:
			for _, a := range p.Values {
				for _, b := range q.Values {
					if a.IsNull() && b.IsNull() || !a.IsNull() && !b.IsNull() && types.Compare(s.Types[0], a, b) == 0 {
						return q.Relation
					}
				}
			}
		case catalog.RangePartitioning:
			if s.compare(p.From, q.To) < 0 && s.compare(q.From, p.To) < 0 {
				return q.Relation
			}
		case catalog.HashPartitioning:
			small, large := p, q
			if small.Modulus > large.Modulus {
				small, large = q, p
			}
			if large.Remainder%small.Modulus == small.Remainder {
				return q.Relation
			}
		}
	}
	return nil
}

// Factor checks that a hash partition's modulus divides the next larger one, and is divided by the next smaller.
func (s *Set) Factor(p *Part) error {
	var below, above *Part
	for _, q := range s.Parts {
		if q.Modulus <= p.Modulus && (below == nil || q.Modulus > below.Modulus || q.Modulus == below.Modulus && q.Remainder > below.Remainder) {
			below = q
		}
		if q.Modulus > p.Modulus && (above == nil || q.Modulus < above.Modulus || q.Modulus == above.Modulus && q.Remainder < above.Remainder) {
			above = q
		}
	}
	e := errs.New("42P17", "every hash partition modulus must be a factor of the next larger modulus")
	switch {
	case below != nil && p.Modulus%below.Modulus != 0:
		return e.WithDetail("The new modulus %d is not divisible by %d, the modulus of existing partition \"%s\".", p.Modulus, below.Modulus, below.Relation.Name)
	case above != nil && above.Modulus%p.Modulus != 0:
		return e.WithDetail("The new modulus %d is not a factor of %d, the modulus of existing partition \"%s\".", p.Modulus, above.Modulus, above.Relation.Name)
	}
	return nil
}
