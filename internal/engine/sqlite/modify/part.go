package modify

import (
	"strconv"

	"github.com/basement-project/basement/internal/errs"
	"github.com/basement-project/basement/internal/sql/query"
	"github.com/basement-project/basement/internal/sql/types"
	"github.com/basement-project/basement/internal/sql/types/array"
	"github.com/basement-project/basement/internal/sql/types/jsonval"
)

// part is an assignment to a part of a column: its subscripts are values computed beside the one to store.
type part struct {
	path []*query.PathStep
	typ  *types.Type // of the value
}

// partExprs are the subscripts of a path, in the order part.put takes their values.
func partExprs(path []*query.PathStep) []query.Expr {
	var out []query.Expr
	for _, p := range path {
		for i := range p.Upper {
			if p.Slice && p.Lower[i] != nil {
				out = append(out, p.Lower[i])
			}
			if p.Upper[i] != nil {
				out = append(out, p.Upper[i])
			}
		}
	}
	return out
}

// put gives the container in which the part is replaced.
func (p *part) put(env *types.Env, container, value types.Datum, subscripts []types.Datum) (types.Datum, error) {
	return p.into(env, 0, container, value, subscripts)
}

func (p *part) into(env *types.Env, level int, container, value types.Datum, subs []types.Datum) (types.Datum, error) {
	if level == len(p.path) {
		return value, nil
	}
	step := p.path[level]
	u := step.Type.Underlying()
	var out types.Datum
	var err error
	switch {
	case len(step.Upper) == 0:
		out, err = p.field(env, level, u, container, value, subs)
	case u.OID == types.JSONBOID:
		out, err = p.json(level, container, value, subs)
	case u.Native != nil && u.Native.Store != nil:
		if subs[0].IsNull() {
			err = errs.New("22004", "%s subscript in assignment must not be null", u.Name)
		} else {
			out = u.Native.Store(container, subs[0].S, value)
		}
	case u.Kind == types.ArrayType:
		out, err = p.array(env, level, u, container, value, subs)
	default:
		err = errs.New("0A000", "assignment to a part of type %s is not supported on the embedded engine", u)
	}
	if err != nil || step.Type.Kind != types.DomainType {
		return out, err
	}
	return types.Cast(u, step.Type, -1, out, types.AssignmentCast, env)
}

func (p *part) field(env *types.Env, level int, u *types.Type, container, value types.Datum, subs []types.Datum) (types.Datum, error) {
	row := make([]types.Datum, len(u.Fields))
	if !container.IsNull() {
		row = types.RowOf(u, container)
	}
	at := p.path[level].Field
	v, err := p.into(env, level+1, row[at], value, subs)
	if err != nil {
		return types.Datum{}, err
	}
	row[at] = v
	list := make([]*types.Type, len(u.Fields))
	for i, f := range u.Fields {
		list[i] = f.Type
	}
	return types.RowDatum(list, row), nil
}

func (p *part) json(level int, container, value types.Datum, subs []types.Datum) (types.Datum, error) {
	step := p.path[level]
	path := make([]jsonval.PathElem, len(step.Upper))
	for i, e := range step.Upper {
		d := subs[i]
		switch {
		case d.IsNull():
			return types.Datum{}, errs.New("22004", "jsonb subscript in assignment must not be null")
		case e.Type().Underlying().OID == types.Int4OID:
			path[i].Text = strconv.FormatInt(d.I, 10)
		default:
			path[i].Text = d.S
		}
	}
	to := jsonval.Value{}
	if !value.IsNull() {
		v, err := jsonval.Parse(value.S)
		if err != nil {
			return types.Datum{}, err
		}
		to = v
	}
	var old *jsonval.Value
	if !container.IsNull() {
		v, err := jsonval.Parse(container.S)
		if err != nil {
			return types.Datum{}, err
		}
		old = &v
	}
	out, err := old.Assign(path, step.Upper[0].Type().Underlying().OID == types.Int4OID, to)
	if err != nil {
		return types.Datum{}, err
	}
	return types.Text(out.String()), nil
}

func (p *part) array(env *types.Env, level int, u *types.Type, container, value types.Datum, subs []types.Datum) (types.Datum, error) {
	step := p.path[level]
	next := 0
	bound := func(e query.Expr) (*int, error) {
		if e == nil {
			return nil, nil
		}
		d := subs[next]
		next++
		if d.IsNull() {
			return nil, errs.New("22004", "array subscript in assignment must not be null")
		}
		n := int(d.I)
		return &n, nil
	}
	var a array.Array
	if !container.IsNull() {
		a = types.ArrayOfDatum(u, container)
	}
	var at []int
	var ranges []array.Range
	for i := range step.Upper {
		var r array.Range
		var err error
		if step.Slice {
			if r.Lower, err = bound(step.Lower[i]); err != nil {
				return types.Datum{}, err
			}
		}
		if r.Upper, err = bound(step.Upper[i]); err != nil {
			return types.Datum{}, err
		}
		if !step.Slice {
			at = append(at, *r.Upper)
		}
		ranges = append(ranges, r)
	}
	rest := subs[next:]
	if step.Slice {
		// The rest of the path leads into the slice itself.
		var was types.Datum
		if level+1 < len(p.path) {
			return types.Datum{}, errs.New("0A000", "assignment to a part of a slice is not supported on the embedded engine")
		}
		v, err := p.into(env, level+1, was, value, rest)
		if err != nil {
			return types.Datum{}, err
		}
		if v.IsNull() {
			return types.ArrayDatum(u, a), nil
		}
		if a, err = a.SetSlice(ranges, types.ArrayOfDatum(u, v)); err != nil {
			return types.Datum{}, err
		}
		return types.ArrayDatum(u, a), nil
	}
	was := types.Datum{}
	if e, ok := a.Get(at...); ok {
		was = types.Elem(u.Elem, e)
	}
	v, err := p.into(env, level+1, was, value, rest)
	if err != nil {
		return types.Datum{}, err
	}
	if a, err = a.Set(at, types.ElemOf(u.Elem, v)); err != nil {
		return types.Datum{}, err
	}
	return types.ArrayDatum(u, a), nil
}

// setter gives a column, or a part of it, one of a list of computed values; the values after it are the part's subscripts.
type setter struct {
	column int
	value  int
	part   *part // nil: the whole column
}

// setters lists what assignments other than DEFAULT need computed.
func (b *builder) setters(t *table, list []*query.Assignment) (out []setter, exprs []query.Expr) {
	for _, a := range list {
		if _, ok := a.Expr.(*query.SetToDefault); ok {
			continue
		}
		x := setter{column: position(t.rel, a.Column.Num), value: len(exprs)}
		exprs = append(exprs, a.Expr)
		if len(a.Path) > 0 {
			x.part = &part{a.Path, a.Expr.Type()}
			exprs = append(exprs, partExprs(a.Path)...)
		}
		out = append(out, x)
	}
	return out, exprs
}

// set stores the computed values in a row.
func (s *statement) set(list []setter, row, values []types.Datum) error {
	for i, x := range list {
		if x.part == nil {
			row[x.column] = values[x.value]
			continue
		}
		end := len(values)
		if i+1 < len(list) {
			end = list[i+1].value
		}
		v, err := x.part.put(s.tx.Env(), row[x.column], values[x.value], values[x.value+1:end])
		if err != nil {
			return err
		}
		row[x.column] = v
	}
	return nil
}
