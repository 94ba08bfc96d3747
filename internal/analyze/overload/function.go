package overload

import (
	"github.com/basement-project/basement/internal/catalog"
	"github.com/basement-project/basement/internal/sql/types"
)

// Call is what a function call looks like from outside.
type Call struct {
	Schema string // "" searches the path
	Name   string
	Args   []*types.Type
	// Names are the names of the trailing named arguments.
	Names []string
	// Variadic says the last argument is written with VARIADIC.
	Variadic bool
	// Procedure says a CALL looks for procedures; otherwise procedures are found too, as PostgreSQL does, to say what they are.
	Procedure bool
}

// Target is the function a call means.
type Target struct {
	Fn *catalog.Function
	// Params are the parameters' declared types in the order of the call's arguments; for an expanded variadic function the
	// trailing ones repeat the element type. Missing trailing parameters take their defaults.
	Params []*types.Type
	// Order maps the call's argument i to the parameter Order[i]; nil when they are the same.
	Order []int
	// Spread is the number of arguments gathered into the variadic array; 0 when the function is not expanded.
	Spread int
	// Type is the target of a Coercion.
	Type *types.Type
}

type candidate struct {
	Target
	pathPos   int
	defaults  int
	ambiguous bool
}

// Function finds the function a call means.
func (r *Rules) Function(c Call) (*Target, Outcome) {
	cands := r.functions(c)
	params := func(x *candidate) []*types.Type { return x.Params }
	var hit *candidate
	for _, x := range cands {
		same := true
		for i, t := range c.Args {
			if x.Params[i].OID != t.OID {
				same = false
				break
			}
		}
		if same {
			hit = x
			break
		}
	}
	if hit == nil {
		if t := r.coercionCall(c); t != nil {
			return &Target{Type: t}, Coercion
		}
		fits := match(r, c.Args, cands, params)
		switch len(fits) {
		case 0:
			return nil, NotFound
		case 1:
			hit = fits[0]
		default:
			x, ok := choose(r, c.Args, fits, params)
			if !ok {
				return nil, Ambiguous
			}
			hit = x
		}
	}
	if hit.ambiguous {
		return nil, Ambiguous
	}
	return &hit.Target, Found
}

// coercionCall gives the type when a call with one argument is a conversion written as a function.
func (r *Rules) coercionCall(c Call) *types.Type {
	if len(c.Args) != 1 || len(c.Names) > 0 {
		return nil
	}
	var t *types.Type
	if c.Schema != "" {
		t = r.Snap.Type(c.Schema, c.Name)
	} else {
		for _, s := range r.Path {
			if t = r.Snap.Type(s, c.Name); t != nil {
				break
			}
		}
	}
	if t == nil || t.Kind == types.CompositeType {
		return nil
	}
	from := c.Args[0]
	if from.OID == types.UnknownOID {
		return t
	}
	p, ok := r.Pathway(from, t, types.ExplicitCast)
	if !ok || p.Array {
		return nil
	}
	switch p.Method {
	case types.CastBinary:
		return t
	case types.CastInOut:
		if (from.OID == types.RecordOID || IsComplex(from)) && t.Category == 'S' {
			return nil
		}
		return t
	}
	return nil
}

// functions lists the candidates of a call by name and number of arguments.
func (r *Rules) functions(c Call) []*candidate {
	path := r.Path
	if c.Schema != "" {
		path = []string{c.Schema}
	}
	var out []*candidate
	for pos, s := range path {
		if s == catalog.TempSchema && c.Schema == "" {
			continue
		}
		for _, f := range r.Snap.FunctionsNamed(s, c.Name) {
			x := r.candidate(c, f)
			if x == nil {
				continue
			}
			x.pathPos = pos
			out = accept(out, x)
		}
	}
	return out
}

// candidate sees whether f can take the call's number and names of arguments.
func (r *Rules) candidate(c Call, f *catalog.Function) *candidate {
	in := f.Inputs()
	if c.Procedure && f.Kind == catalog.Procedure {
		in = f.Params
	}
	declared := make([]*types.Type, len(in))
	variadic, defaults := -1, 0
	for i, p := range in {
		if declared[i] = r.Type(p.Type); declared[i] == nil {
			return nil
		}
		if p.Mode == catalog.Variadic {
			variadic = i
		}
		if p.HasDefault || p.Default != "" {
			defaults++
		}
	}
	n := len(c.Args)
	x := &candidate{Target: Target{Fn: f}}
	if len(c.Names) > 0 {
		if variadic >= 0 && !c.Variadic || len(in) < n {
			return nil
		}
		order := namedOrder(c, in)
		if order == nil {
			return nil
		}
		used := make([]bool, len(in))
		for _, k := range order {
			used[k] = true
			x.Params = append(x.Params, declared[k])
		}
		for k, p := range in {
			if !used[k] && !p.HasDefault && p.Default == "" {
				return nil
			}
		}
		x.Order = order
		return x
	}
	spread := variadic >= 0 && !c.Variadic && len(in) <= n
	switch {
	case len(in) > n:
		if n+defaults < len(in) {
			return nil
		}
		x.defaults = len(in) - n
		x.Params = declared[:n:n]
		return x
	case len(in) != n && !spread:
		return nil
	}
	x.Params = declared
	if spread {
		elem := r.variadicElement(declared[variadic])
		if elem == nil {
			return nil
		}
		x.Params = append([]*types.Type(nil), declared[:variadic]...)
		for len(x.Params) < n {
			x.Params = append(x.Params, elem)
		}
		x.Spread = n - variadic
	}
	return x
}

func (r *Rules) variadicElement(t *types.Type) *types.Type {
	switch t.OID {
	case types.AnyOID:
		return t
	case types.AnyArrayOID:
		return types.ByOID(types.AnyElementOID)
	case types.AnyCompatibleArrayOID:
		return types.ByOID(types.AnyCompatibleOID)
	}
	return ElementOf(t)
}

// namedOrder matches positional arguments, then named ones, to parameters; nil when they do not fit.
func namedOrder(c Call, in []catalog.Param) []int {
	positional := len(c.Args) - len(c.Names)
	order := make([]int, 0, len(c.Args))
	used := make([]bool, len(in))
	for i := 0; i < positional; i++ {
		order = append(order, i)
		used[i] = true
	}
	for _, name := range c.Names {
		k := -1
		for i, p := range in {
			if p.Name == name {
				k = i
				break
			}
		}
		if k < 0 || used[k] {
			return nil
		}
		used[k] = true
		order = append(order, k)
	}
	return order
}

// accept adds x unless a candidate with the same arguments is better; equally good ones become ambiguous.
func accept(list []*candidate, x *candidate) []*candidate {
	for i, old := range list {
		if !sameTypes(old.Params, x.Params) {
			continue
		}
		switch {
		case old.pathPos < x.pathPos:
			return list
		case old.Spread == 0 && x.Spread > 0:
			return list
		case old.Spread > 0 && x.Spread == 0:
			list[i] = x
			return list
		}
		old.ambiguous = true
		return list
	}
	return append(list, x)
}

func sameTypes(a, b []*types.Type) bool {
	if len(a) != len(b) {
		return false
	}
	for i := range a {
		if a[i].OID != b[i].OID {
			return false
		}
	}
	return true
}
