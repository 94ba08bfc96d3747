package interp

import (
	"strings"

	"github.com/basement-project/basement/internal/errs"
	"github.com/basement-project/basement/internal/plpgsql"
	"github.com/basement-project/basement/internal/sql/types"
)

// block runs a block: its declarations, its statements, and a handler when one fails.
func (f *frame) block(b *plpgsql.Block) (sig signal, err error) {
	old := f.stmt
	f.stmt = b
	for _, d := range b.Decls {
		if err := f.during("during statement block local variable initialization", f.fn.tree.Datums[d].Line, func() error { return f.declare(d) }); err != nil {
			return next, err
		}
	}
	if len(b.Handlers) == 0 {
		sig, err = f.statements(b.Body)
		if err == nil {
			f.stmt = old
		}
		return sig, err
	}
	doing, line, sql := f.doing, f.line, f.sql
	state := f.h.State()
	state.Subs++
	err = f.h.Sub(func() error {
		sig, err = f.statements(b.Body)
		return err
	})
	state.Subs--
	if err == nil {
		f.stmt = old
		return sig, nil
	}
	e := errs.Of(err)
	if e == nil || e.Code == "XX000" && e.Err != nil || e.Code == "57014" && f.h.Check() != nil {
		return next, err
	}
	h := handlerFor(b, e.Code)
	if h == nil {
		return next, err
	}
	caught := *e
	if !caught.WhereComplete {
		// The callers' lines belong to it: what raises it again must not add them.
		caught.Where = joinLines(joinLines(caught.Where, f.context()), f.h.State().Callers())
		caught.WhereComplete = true
	}
	f.doing, f.line, f.sql, f.stmt = doing, line, sql, b
	f.vars[b.State].val, f.vars[b.Message].val = types.Text(e.Code), types.Text(e.Message)
	f.errs = append(f.errs, &caught)
	sig, err = f.statements(h.Body)
	f.errs = f.errs[:len(f.errs)-1]
	if err == nil {
		f.stmt = old
	}
	return sig, err
}

func handlerFor(b *plpgsql.Block, code string) *plpgsql.Handler {
	for _, h := range b.Handlers {
		for _, c := range h.Conditions {
			if c.Others && code != "57014" && code != "P0004" {
				return h
			}
			for _, s := range c.States {
				if s == code || strings.HasSuffix(s, "000") && s[:2] == code[:min(2, len(code))] {
					return h
				}
			}
		}
	}
	return nil
}

// declare gives a declared variable its first value.
func (f *frame) declare(d int) error {
	decl := f.fn.tree.Datums[d]
	v := &f.vars[d]
	*v = newVariable(f.fn.types[d])
	if decl.Cursor != nil {
		v.val = types.Text(decl.Name)
	}
	if decl.Default == nil {
		if v.typ != nil && v.typ.Kind == types.DomainType && !v.rec {
			return f.set(d, types.Datum{}, types.ByOID(types.UnknownOID))
		}
		return nil
	}
	val, t, err := f.eval(decl.Default)
	if err != nil {
		return err
	}
	return f.set(d, val, t)
}
