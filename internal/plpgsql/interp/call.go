package interp

import (
	"github.com/basement-project/basement/internal/errs"
	"github.com/basement-project/basement/internal/sql/types"
)

// start gives the parameters and presets their values.
func (f *frame) start() error {
	f.vars[f.fn.tree.Found].val = types.Bool(false)
	if t := f.call.Trigger; t != nil {
		for i, d := range f.fn.tree.Datums {
			if !d.Preset {
				continue
			}
			v := &f.vars[i]
			switch d.Name {
			case "new", "old":
				row := t.New
				if d.Name == "old" {
					row = t.Old
				}
				if v.typ == nil {
					continue
				}
				v.unset = false
				if row != nil {
					v.vals, v.without = append([]types.Datum(nil), row...), false
				}
			default:
				v.val = t.Values[d.Name]
			}
		}
		return nil
	}
	if f.call.Fn == nil {
		return nil
	}
	k := 0
	for i, p := range f.call.Fn.Params {
		switch p.Mode {
		case 'i', 'b', 'v':
		default:
			continue
		}
		if k < len(f.call.Args) {
			v := &f.vars[i]
			if !v.rec {
				v.val = f.call.Args[k]
			} else if err := f.set(i, f.call.Args[k], f.argType(v)); err != nil {
				return err
			}
		}
		k++
	}
	return nil
}

func (f *frame) argType(v *variable) *types.Type {
	if v.typ != nil {
		return v.typ
	}
	return types.ByOID(types.RecordOID)
}

// finish makes the result.
func (f *frame) finish(sig signal) error {
	if f.call.Trigger != nil {
		if sig != returns && !f.call.Trigger.Event {
			return f.during("", 0, func() error {
				return errs.New("2F005", "control reached end of trigger procedure without RETURN")
			})
		}
		return nil
	}
	fn := f.call.Fn
	if fn == nil || fn.ReturnsSet {
		return nil
	}
	if len(f.fn.out) > 0 {
		row := make([]types.Datum, len(f.fn.out))
		for i, d := range f.fn.out {
			row[i] = f.vars[d].datum()
		}
		if len(row) == 1 && fn.Kind != 'p' {
			f.out.Value = row[0]
			return nil
		}
		f.out.Out = row
		list := make([]*types.Type, len(row))
		for i, d := range f.fn.out {
			list[i] = f.vars[d].rowOrType()
		}
		f.out.Value = types.RowDatum(list, row)
		return nil
	}
	if sig != returns && fn.Returns != types.VoidOID && fn.Kind != 'p' {
		return f.during("", 0, func() error {
			return errs.New("2F005", "control reached end of function without RETURN")
		})
	}
	if fn.Returns == types.VoidOID {
		// void is the empty text.
		f.out.Value = types.Text("")
	}
	return nil
}

func (v *variable) rowOrType() *types.Type {
	if v.rec {
		return v.rowType()
	}
	return v.typ
}
