package ddl

import (
	"strings"

	"github.com/basement-project/basement/internal/catalog"
	"github.com/basement-project/basement/internal/errs"
	"github.com/basement-project/basement/internal/sql/ast"
	"github.com/basement-project/basement/internal/sql/types"
)

// createRange is CREATE TYPE ... AS RANGE: the range type, its multirange type, and the functions that make their values.
func (r *run) createRange(s *ast.CreateRangeStmt) error {
	schema, name, err := r.freeType(s.Name)
	if err != nil {
		return err
	}
	var sub *types.Type
	multi := multirangeName(name)
	for _, d := range s.Definition {
		switch d.Name {
		case "subtype":
			n, ok := d.Arg.(*ast.TypeName)
			if !ok {
				return errs.New("42601", "%s requires a parameter", "subtype")
			}
			if sub, _, err = r.typeName(n); err != nil {
				return err
			}
			if sub.Kind == types.PseudoType {
				return errs.New("42804", "range subtype cannot be %s", sub)
			}
		case "multirange_type_name":
			multi = optionText(d.Arg)
		case "canonical":
			return r.unsupported(d.Pos, "a range type with a canonical function", "Leave CANONICAL out: values are kept as they are written.")
		case "subtype_diff":
			if err := r.subtypeDiff(d, sub, s.Definition); err != nil {
				return err
			}
		case "subtype_opclass", "collation":
		default:
			return errs.New("42601", "type attribute \"%s\" not recognized", d.Name)
		}
	}
	if sub == nil {
		return errs.New("42601", "type attribute \"subtype\" is required")
	}
	if operatorClass(sub, "btree") != nil {
		return errs.New("42704", "data type %s has no default operator class for access method \"btree\"", sub).
			WithHint("You must specify an operator class for the range type or define a default operator class for the subtype.")
	}
	if r.snap().Type(schema, multi) != nil {
		return errs.New("42710", "type \"%s\" already exists", multi).
			WithHint("Failed while creating a multirange type for type \"%s\".", name)
	}
	rng := &types.Type{OID: r.edit.NewOID(), Schema: schema, Name: name, Kind: types.RangeType, Category: 'R', Subtype: sub, Typmod: -1}
	mul := &types.Type{OID: r.edit.NewOID(), Schema: schema, Name: multi, Kind: types.MultirangeType, Category: 'R', Range: rng, Subtype: sub, Typmod: -1}
	rng.Multirange, mul.Multirange = mul.OID, mul.OID
	r.putTypeWithArray(rng, r.tx.Role())
	r.putTypeWithArray(mul, r.tx.Role())
	r.snap()
	rangeText, multiText := quote(schema)+"."+quote(name), quote(schema)+"."+quote(multi)
	bound := func(arg string) string {
		return "coalesce('\"' || replace(replace(" + arg + "::text, '\\', '\\\\'), '\"', '\"\"') || '\"', '')"
	}
	value := func(left, right string) string {
		return "(" + left + " || " + bound("$1") + " || ',' || " + bound("$2") + " || " + right + ")::" + rangeText
	}
	in := func(oid types.OID) catalog.Param { return catalog.Param{Mode: catalog.In, Type: oid} }
	array := catalog.Param{Mode: catalog.Variadic, Type: rng.Array}
	text := in(types.TextOID)
	for _, f := range []struct {
		name    string
		params  []catalog.Param
		returns types.OID
		body    string
	}{
		{name, []catalog.Param{in(sub.OID), in(sub.OID)}, rng.OID, "select " + value("'['", "')'")},
		{name, []catalog.Param{in(sub.OID), in(sub.OID), text}, rng.OID, "select " + value("left($3, 1)", "right($3, 1)")},
		{multi, nil, mul.OID, "select '{}'::" + multiText},
		{multi, []catalog.Param{in(rng.OID)}, mul.OID, "select ('{' || $1::text || '}')::" + multiText},
		{multi, []catalog.Param{array}, mul.OID, "select ('{' || coalesce((select string_agg(x::text, ',') from unnest($1) x), '') || '}')::" + multiText},
	} {
		r.edit.PutFunction(&catalog.Function{OID: r.edit.NewOID(), Schema: schema, Name: f.name, Owner: r.tx.Role(), Kind: catalog.RegularFunction,
			ACL: catalog.ACL{Default: true}, Params: f.params, Returns: f.returns, Volatility: 'i', Strict: f.name == multi && len(f.params) > 0,
			Language: "sql", Body: f.body, RangeType: rng.OID})
	}
	return nil
}

// multirangeName is the name of a range type's multirange type.
func multirangeName(name string) string {
	if i := strings.Index(name, "range"); i >= 0 {
		return clip(name[:i]+"multirange"+name[i+len("range"):], maxName)
	}
	return clip(name, maxName-len("_multirange")) + "_multirange"
}

// subtypeDiff checks the function SUBTYPE_DIFF names; what it helps with, the shape of an index, is nothing here.
func (r *run) subtypeDiff(d *ast.DefElem, sub *types.Type, all []*ast.DefElem) error {
	name := optionText(d.Arg)
	for _, o := range all {
		if n, ok := o.Arg.(*ast.TypeName); ok && o.Name == "subtype" && sub == nil {
			var err error
			if sub, _, err = r.typeName(n); err != nil {
				return err
			}
		}
	}
	if sub == nil {
		return nil
	}
	schema := ""
	if i := strings.LastIndexByte(name, '.'); i >= 0 {
		schema, name = name[:i], name[i+1:]
	}
	for _, s := range r.path() {
		if schema != "" && s != schema {
			continue
		}
		for _, f := range r.snap().FunctionsNamed(s, name) {
			if p := f.Inputs(); len(p) == 2 && p[0].Type == sub.OID && p[1].Type == sub.OID {
				return nil
			}
		}
	}
	return errs.New("42883", "function %s(%s, %s) does not exist", name, sub, sub)
}
