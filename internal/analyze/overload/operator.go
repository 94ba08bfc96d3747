package overload

import (
	"github.com/basement-project/basement/internal/catalog"
	"github.com/basement-project/basement/internal/sql/types"
)

// Outcome is how a search for a function or operator ended.
type Outcome int

// The outcomes.
const (
	Found Outcome = iota
	NotFound
	Ambiguous
	// Coercion says that a call f(x) is a conversion to the type f.
	Coercion
)

type operator struct {
	op     *catalog.Operator
	params []*types.Type
}

// Operator finds the operator for the operands; left nil asks for a prefix operator. schema "" searches the path.
func (r *Rules) Operator(schema, name string, left, right *types.Type) (*catalog.Operator, Outcome) {
	exact := func(l, rt *types.Type) *catalog.Operator { return r.exactOperator(schema, name, l, rt) }
	if left == nil {
		if op := exact(nil, right); op != nil {
			return op, Found
		}
	} else {
		l, rt, guessed := left, right, true
		switch {
		case l.OID == types.UnknownOID:
			l = rt
		case rt.OID == types.UnknownOID:
			rt = l
		default:
			guessed = false
		}
		if op := exact(l, rt); op != nil {
			return op, Found
		}
		if b := l.Underlying(); guessed && b.OID != l.OID {
			if op := exact(b, b); op != nil {
				return op, Found
			}
		}
	}
	cands := r.operators(schema, name, left == nil)
	in := []*types.Type{right}
	if left != nil {
		in = []*types.Type{left, right}
	}
	params := func(c operator) []*types.Type { return c.params }
	fits := match(r, in, cands, params)
	switch len(fits) {
	case 0:
		return nil, NotFound
	case 1:
		return fits[0].op, Found
	}
	if c, ok := choose(r, in, fits, params); ok {
		return c.op, Found
	}
	return nil, Ambiguous
}

// exactOperator finds the operator declared for just these types.
func (r *Rules) exactOperator(schema, name string, left, right *types.Type) *catalog.Operator {
	var l types.OID
	if left != nil {
		l = left.OID
	}
	for _, s := range r.Path {
		if schema != "" {
			s = schema
		}
		for _, op := range r.Snap.OperatorsNamed(s, name) {
			if op.Left == l && op.Right == right.OID {
				return op
			}
		}
		if schema != "" {
			break
		}
	}
	return nil
}

// operators lists the candidates, earlier schemas of the path hiding later ones with the same operands.
func (r *Rules) operators(schema, name string, prefix bool) []operator {
	var out []operator
	type key struct{ l, r types.OID }
	seen := map[key]bool{}
	path := r.Path
	if schema != "" {
		path = []string{schema}
	}
	for _, s := range path {
		for _, op := range r.Snap.OperatorsNamed(s, name) {
			k := key{op.Left, op.Right}
			if (op.Left == 0) != prefix || seen[k] {
				continue
			}
			right := r.Type(op.Right)
			if right == nil {
				continue
			}
			c := operator{op, []*types.Type{right}}
			if !prefix {
				left := r.Type(op.Left)
				if left == nil {
					continue
				}
				c.params = []*types.Type{left, right}
			}
			seen[k] = true
			out = append(out, c)
		}
	}
	return out
}
