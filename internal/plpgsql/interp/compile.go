package interp

import (
	"strings"
	"sync"
	"unicode/utf8"

	"github.com/basement-project/basement/internal/catalog"
	"github.com/basement-project/basement/internal/errs"
	"github.com/basement-project/basement/internal/plpgsql"
	"github.com/basement-project/basement/internal/sql/types"
)

// Function is a body ready to run for certain types of its arguments. It is safe for concurrent use.
type Function struct {
	tree  *plpgsql.Function
	types []datumType
	out   []int

	mu    sync.Mutex
	plans map[*plpgsql.SQL][]*cached
	// placed are the cursors' queries that give their rows' places.
	placed map[*plpgsql.SQL]*plpgsql.SQL
}

// datumType is a variable's type. A record without typ takes its fields from what is assigned.
type datumType struct {
	typ *types.Type
	mod int32
	rec bool
}

// triggerNames are the variables of a trigger function.
var triggerNames = []string{"new", "old", "tg_name", "tg_when", "tg_level", "tg_op", "tg_relid", "tg_relname", "tg_table_name",
	"tg_table_schema", "tg_nargs", "tg_argv"}

// ParseOptions are what the parser must know of a function.
func ParseOptions(fn *catalog.Function) plpgsql.Options {
	opt := plpgsql.Options{Name: fn.Name, Set: fn.ReturnsSet, Procedure: fn.Kind == catalog.Procedure,
		Void: fn.Returns == types.VoidOID && !fn.ReturnsSet && len(fn.Outputs()) == 0}
	for i, p := range fn.Params {
		opt.Params = append(opt.Params, plpgsql.Param{Name: p.Name, Input: true})
		switch p.Mode {
		case catalog.Out, catalog.InOut, catalog.TableCol:
			opt.Out = append(opt.Out, i)
		}
	}
	if fn.Returns == types.EventTriggerOID {
		opt.Void, opt.Presets = true, []string{"tg_event", "tg_tag"}
	}
	if fn.Returns == types.TriggerOID {
		opt.Trigger, opt.Presets = true, triggerNames
	}
	return opt
}

// Compile makes a function ready: its types are resolved. params are the actual types of all parameters, in order (of
// polymorphic ones, what they stand for); row is the row type of a trigger's table, nil for none.
func Compile(h Host, tree *plpgsql.Function, opt plpgsql.Options, params []*types.Type, row *types.Type) (*Function, error) {
	f := &Function{tree: tree, out: opt.Out, plans: map[*plpgsql.SQL][]*cached{}, types: make([]datumType, len(tree.Datums))}
	text := types.ByOID(types.TextOID)
	for i, d := range tree.Datums {
		t := datumType{typ: text, mod: -1}
		switch {
		case i < len(params):
			t.typ = params[i]
		case d.Preset:
			switch d.Name {
			case "new", "old":
				t.typ = row
				t.rec = true
			case "tg_relid":
				t.typ = types.ByOID(types.OidOID)
			case "tg_nargs":
				t.typ = types.ByOID(types.Int4OID)
			case "tg_argv":
				t.typ = types.ArrayOf(types.TextOID)
			case "tg_name", "tg_relname", "tg_table_name", "tg_table_schema":
				t.typ = types.ByOID(types.NameOID)
			}
		default:
			var err error
			if t, err = f.resolve(h, d.Type); err != nil {
				return nil, err
			}
		}
		if t.typ != nil {
			switch u := t.typ.Underlying(); {
			case u.Kind == types.CompositeType:
				t.rec = true
			case u.OID == types.RecordOID:
				t.rec = true
				if u.Fields == nil {
					t.typ = nil
				}
			case u.Kind == types.PseudoType && u.OID != types.UnknownOID && u.OID != types.VoidOID && !types.IsPolymorphic(u.OID) && i >= len(params):
				return nil, errs.New("0A000", "variable \"%s\" has pseudo-type %s", d.Name, u)
			}
		}
		f.types[i] = t
	}
	return f, nil
}

func (f *Function) resolve(h Host, r *plpgsql.TypeRef) (datumType, error) {
	out := datumType{mod: -1}
	switch {
	case r.Record:
		out.rec = true
		return out, nil
	case r.Integer:
		out.typ = types.ByOID(types.Int4OID)
	case r.Boolean:
		out.typ = types.ByOID(types.BoolOID)
	case r.Cursor:
		out.typ = types.ByName("refcursor")
		if out.typ == nil {
			out.typ = types.ByOID(types.TextOID)
		}
	case r.OfVar > 0:
		out = f.types[r.OfVar-1]
		if r.OfField != "" {
			if out.typ == nil {
				return out, errs.New("0A000", "a field's type of a record without fields cannot be taken")
			}
			for _, x := range out.typ.Underlying().Fields {
				if x.Name == r.OfField {
					out = datumType{typ: x.Type, mod: x.Typmod}
				}
			}
		}
	case len(r.Row) > 0:
		rel, err := h.Relation(r.Row)
		if err != nil {
			return out, err
		}
		out.typ, out.rec = h.Snapshot().TypeByOID(rel.RowType), true
	case len(r.Column) > 0:
		rel, err := h.Relation(r.Column[:len(r.Column)-1])
		if err != nil {
			return out, err
		}
		name := r.Column[len(r.Column)-1]
		c := rel.Column(name)
		if c == nil {
			// As PostgreSQL's parser has it, the name is a type's then.
			e := errs.New("42601", "%s", "syntax error at or near \"%\"")
			if at := strings.IndexByte(f.tree.Text[min(max(r.Pos, 0), len(f.tree.Text)):], '%'); at >= 0 {
				e.Position = utf8.RuneCountInString(f.tree.Text[:r.Pos+at]) + 1
			}
			return out, e
		}
		out.typ, out.mod = h.Snapshot().TypeByOID(c.Type), c.Typmod
	default:
		t, mod, err := h.Type(r.Name)
		if err != nil {
			if e := errs.Of(err); e != nil {
				c := *e
				c.Position = utf8.RuneCountInString(f.tree.Text[:min(max(r.Pos, 0), len(f.tree.Text))]) + 1
				return out, &c
			}
			return out, err
		}
		out.typ, out.mod = t, mod
	}
	if r.Array && out.typ != nil {
		arr := types.ArrayOf(out.typ.OID)
		if arr == nil {
			arr = h.Snapshot().TypeByOID(out.typ.Array)
		}
		if arr == nil {
			return out, errs.New("42704", "could not find array type for data type %s", out.typ)
		}
		out.typ, out.mod = arr, -1
	}
	if out.typ == nil {
		return out, errs.New("42704", "type \"%s\" does not exist", strings.Join(r.Row, "."))
	}
	return out, nil
}
