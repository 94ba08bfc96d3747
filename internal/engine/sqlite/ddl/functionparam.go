package ddl

import (
	"strings"

	"github.com/basement-project/basement/internal/catalog"
	"github.com/basement-project/basement/internal/errs"
	"github.com/basement-project/basement/internal/sql/ast"
	"github.com/basement-project/basement/internal/sql/print"
	"github.com/basement-project/basement/internal/sql/types"
)

// sameOutputs says whether two functions give rows of the same columns.
func sameOutputs(a, b *catalog.Function) bool {
	x, y := a.Outputs(), b.Outputs()
	if a.Returns != types.RecordOID || len(x) == 0 && len(y) == 0 {
		return true
	}
	if len(x) != len(y) {
		return false
	}
	for i := range x {
		if x[i].Name != y[i].Name || x[i].Type != y[i].Type {
			return false
		}
	}
	return true
}

func (r *run) functionParams(f *catalog.Function, s *ast.CreateFunctionStmt) error {
	list := append(append([]*ast.FunctionParameter(nil), s.Params...), s.ReturnsTable...)
	var outs []types.OID
	sawDefault, variadic := false, false
	names := map[string]bool{}
	for _, p := range list {
		if p.Type.Setof {
			return errs.New("42P13", "functions cannot accept set arguments")
		}
		t, err := r.functionType(p.Type)
		if err != nil {
			return err
		}
		mode := paramModes[p.Mode]
		if mode == catalog.TableCol || p.Mode == ast.ParamTable {
			mode = catalog.TableCol
		}
		param := catalog.Param{Name: p.Name, Mode: mode, Type: t.OID}
		input := mode == catalog.In || mode == catalog.InOut || mode == catalog.Variadic
		if p.Name != "" {
			// Input names may repeat among the output columns.
			out := mode == catalog.Out || mode == catalog.TableCol
			if input && names["in "+p.Name] || mode != catalog.In && mode != catalog.Variadic && names["out "+p.Name] {
				return errs.New("42P13", "parameter name \"%s\" used more than once", p.Name)
			}
			names["in "+p.Name] = names["in "+p.Name] || input
			names["out "+p.Name] = names["out "+p.Name] || out || mode == catalog.InOut
		}
		if variadic && input {
			return errs.New("42P13", "VARIADIC parameter must be the last input parameter")
		}
		variadic = variadic || mode == catalog.Variadic
		if mode == catalog.Variadic && t.Kind != types.ArrayType && t.OID != types.AnyArrayOID && t.OID != types.AnyCompatibleArrayOID && t.OID != types.AnyOID {
			return errs.New("42P13", "VARIADIC parameter must be an array")
		}
		switch {
		case p.Default != nil && !input:
			return errs.New("42P13", "only input parameters can have default values")
		case p.Default != nil:
			if _, err := r.defaultFor(p.Default, "", p.Name, nil, t, -1); err != nil {
				return err
			}
			param.HasDefault, param.Default = true, r.stored(p.Default)
			sawDefault = true
		case input && sawDefault:
			return errs.New("42P13", "input parameters after one with a default value must also have defaults")
		}
		if mode == catalog.Out || mode == catalog.InOut || mode == catalog.TableCol {
			outs = append(outs, t.OID)
		}
		f.Params = append(f.Params, param)
	}
	switch {
	case s.ReturnsTable != nil:
		f.ReturnsSet = true
		f.Returns = types.RecordOID
		if len(outs) == 1 {
			f.Returns = outs[0]
		}
	case s.Returns != nil:
		n := *s.Returns
		f.ReturnsSet, n.Setof = n.Setof, false
		t, err := r.resultType(&n)
		if err != nil {
			return err
		}
		f.Returns = t.OID
		if len(outs) == 1 && t.OID != outs[0] {
			return errs.New("42P13", "function result type must be %s because of OUT parameters", r.typeText(r.snap().TypeByOID(outs[0])))
		}
		if len(outs) > 1 && t.OID != types.RecordOID {
			return errs.New("42P13", "function result type must be %s because of OUT parameters", "record")
		}
		if (t.OID == types.TriggerOID || t.OID == types.EventTriggerOID) && f.Language == "sql" {
			return errs.New("42P13", "SQL functions cannot return type %s", t)
		}
		if t.OID == types.EventTriggerOID && len(f.Inputs()) > 0 {
			return errs.New("42P13", "event trigger functions cannot have declared arguments")
		}
		if t.OID == types.TriggerOID && len(f.Inputs()) > 0 {
			return errs.New("42P13", "trigger functions cannot have declared arguments").
				WithHint("The arguments of the trigger can be accessed through TG_NARGS and TG_ARGV instead.")
		}
	case len(outs) == 1 && f.Kind != catalog.Procedure:
		f.Returns = outs[0]
	case len(outs) > 0:
		f.Returns = types.RecordOID
	case f.Kind == catalog.Procedure:
		f.Returns = types.VoidOID
	default:
		return errs.New("42P13", "function result type must be specified")
	}
	return nil
}

// functionType resolves a parameter's or result's type; these errors name it without quotes and have no position.
func (r *run) functionType(n *ast.TypeName) (*types.Type, error) {
	defer r.quiet()()
	t, _, err := r.typeName(n)
	if e := errs.Of(err); e != nil && e.Code == "42704" {
		return nil, errs.New("42704", "type %s does not exist", print.TypeName(n))
	}
	return t, err
}

// resultType is functionType for a function's result, whose name errors quote.
func (r *run) resultType(n *ast.TypeName) (*types.Type, error) {
	t, err := r.functionType(n)
	if e := errs.Of(err); e != nil && e.Code == "42704" {
		return nil, errs.New("42704", "type \"%s\" does not exist", print.TypeName(n))
	}
	return t, err
}

// determined checks that a polymorphic result follows from the arguments.
func (r *run) determined(f *catalog.Function) error {
	list := []types.OID{f.Returns}
	for _, p := range f.Outputs() {
		list = append(list, p.Type)
	}
	for i, oid := range list {
		if !types.IsPolymorphic(oid) {
			continue
		}
		compatible := strings.HasPrefix(types.ByOID(oid).Name, "anycompatible")
		ranged := strings.HasSuffix(types.ByOID(oid).Name, "range")
		ok := false
		for _, p := range f.Inputs() {
			if !types.IsPolymorphic(p.Type) {
				continue
			}
			name := types.ByOID(p.Type).Name
			ok = ok || strings.HasPrefix(name, "anycompatible") == compatible && (!ranged || strings.HasSuffix(name, "range"))
		}
		if ok {
			continue
		}
		need := "anyelement, anyarray, anynonarray, anyenum, anyrange, or anymultirange"
		if compatible {
			need = "anycompatible, anycompatiblearray, anycompatiblenonarray, anycompatiblerange, or anycompatiblemultirange"
		}
		if ranged {
			need = strings.TrimSuffix(types.ByOID(oid).Name, "range")
			need = strings.TrimSuffix(need, "multi") + "range or " + strings.TrimSuffix(need, "multi") + "multirange"
		}
		if i > 0 && f.Returns == types.RecordOID || i == 0 {
			return errs.New("42P13", "cannot determine result data type").
				WithDetail("A result of type %s requires at least one input of type %s.", types.ByOID(oid), need)
		}
	}
	return nil
}
