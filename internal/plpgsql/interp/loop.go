package interp

import (
	"github.com/basement-project/basement/internal/errs"
	"github.com/basement-project/basement/internal/plpgsql"
	"github.com/basement-project/basement/internal/sql/types"
	"github.com/basement-project/basement/internal/sql/types/array"
)

func (f *frame) bound(s *plpgsql.SQL, what string) (int64, error) {
	d, t, err := f.eval(s)
	if err != nil {
		return 0, err
	}
	if d, err = f.h.Cast(t, types.ByOID(types.Int4OID), -1, d); err != nil {
		return 0, err
	}
	if d.IsNull() {
		return 0, errs.New("22004", "%s of FOR loop cannot be null", what)
	}
	return d.I, nil
}

func (f *frame) found(yes bool) { f.vars[f.fn.tree.Found].val = types.Bool(yes) }

func (f *frame) forInt(s *plpgsql.ForInt) (signal, error) {
	from, err := f.bound(s.Lower, "lower bound")
	if err != nil {
		return next, err
	}
	to, err := f.bound(s.Upper, "upper bound")
	if err != nil {
		return next, err
	}
	step := int64(1)
	if s.Step_ != nil {
		if step, err = f.bound(s.Step_, "BY value"); err != nil {
			return next, err
		}
		if step <= 0 {
			return next, errs.New("22023", "BY value of FOR loop must be greater than zero")
		}
	}
	ran := false
	for i := from; ; {
		if !s.Reverse && i > to || s.Reverse && i < to {
			break
		}
		ran = true
		f.vars[s.Var].val = types.Int(i)
		if sig, stop, err := f.once(s.Label, s.Body); stop {
			f.found(ran)
			return sig, err
		}
		if s.Reverse {
			i -= step
		} else {
			i += step
		}
		if i > 1<<31-1 || i < -1<<31 {
			break
		}
	}
	f.found(ran)
	return next, nil
}

// gather runs a query and keeps its rows: what the loop's body writes must not be seen by it. what names the query in
// contexts, "" when they do not.
func (f *frame) gather(p *Plan, args []types.Datum, what string) (*Store, error) {
	if len(p.Columns) == 0 {
		return nil, errs.New("42601", "cannot open %s query as cursor", map[bool]string{true: p.Tag, false: "utility"}[p.Tag != ""])
	}
	rows := &Store{}
	run := func() error {
		_, err := f.runCounted(p, args, func(row []types.Datum) error {
			if rows.Len()&1023 == 1023 {
				if err := f.h.Check(); err != nil {
					return err
				}
			}
			return rows.Add(append([]types.Datum(nil), row...))
		})
		return err
	}
	var err error
	if what != "" {
		err = f.within(what, run)
	} else {
		err = run()
	}
	if err != nil {
		rows.Close()
		return nil, err
	}
	return rows, nil
}

func (f *frame) forRows(label string, into *plpgsql.Into, cols []Column, rows *Store, body []plpgsql.Stmt) (signal, error) {
	defer rows.Close()
	n := rows.Len()
	for i := range n {
		r, err := rows.Row(i)
		if err != nil {
			return next, err
		}
		if err := f.setInto(into, cols, r); err != nil {
			return next, err
		}
		if sig, stop, err := f.once(label, body); stop {
			f.found(true)
			return sig, err
		}
	}
	if n == 0 {
		if err := f.setInto(into, cols, nil); err != nil {
			return next, err
		}
	}
	f.found(n > 0)
	return next, nil
}

func (f *frame) foreach(s *plpgsql.Foreach) (signal, error) {
	d, t, err := f.eval(s.Array)
	if err != nil {
		return next, err
	}
	if d.IsNull() {
		return next, errs.New("22004", "FOREACH expression must not be null")
	}
	u := t.Underlying()
	if u.Kind != types.ArrayType {
		return next, errs.New("42804", "FOREACH expression must yield an array, not type %s", t)
	}
	a := types.ArrayOfDatum(u, d)
	if s.Slice < 0 || s.Slice > len(a.Dims) {
		return next, errs.New("2202E", "slice dimension (%d) is out of the valid range 0..%d", s.Slice, len(a.Dims))
	}
	into := f.vars[s.Into.Targets[0].Datum]
	if s.Slice > 0 && len(s.Into.Targets) == 1 && into.typ != nil && into.typ.Underlying().Kind != types.ArrayType {
		return next, errs.New("42804", "FOREACH ... SLICE loop variable must be of an array type")
	}
	if s.Slice == 0 && len(s.Into.Targets) == 1 && into.typ != nil && into.typ.Underlying().Kind == types.ArrayType {
		return next, errs.New("42804", "FOREACH loop variable must not be of an array type")
	}
	size := 1
	for _, n := range a.Dims[len(a.Dims)-s.Slice:] {
		size *= n
	}
	ran := false
	for i := 0; i+size <= len(a.Elems) && size > 0; i += size {
		ran = true
		val, typ := types.Elem(u.Elem, a.Elems[i]), u.Elem
		if s.Slice > 0 {
			n := len(a.Dims) - s.Slice
			val, typ = types.ArrayDatum(u, array.Array{Dims: a.Dims[n:], Lower: a.Lower[n:], Elems: a.Elems[i : i+size]}), u
		}
		t := s.Into.Targets[0]
		if err := f.assign(t, val, typ); err != nil {
			return next, err
		}
		if sig, stop, err := f.once(s.Label, s.Body); stop {
			f.found(ran)
			return sig, err
		}
	}
	f.found(ran)
	return next, nil
}
