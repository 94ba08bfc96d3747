package regname

import (
	"strings"

	"github.com/basement-project/basement/internal/catalog"
	"github.com/basement-project/basement/internal/sql/types"
)

// Quote quotes a name where PostgreSQL's quote_identifier does.
func Quote(s string) string {
	return types.FormatType(&types.Type{Schema: "public", Name: s, Kind: types.BaseType}, -1)
}

func qualified(schema, name string, visible bool) string {
	if visible {
		return Quote(name)
	}
	return Quote(schema) + "." + Quote(name)
}

// RegOut prints the name of an object, qualified unless the search path finds it; false when there is none.
func (n *Names) RegOut(reg, object catalog.OID) (string, bool) {
	if object == 0 {
		return "-", true
	}
	switch reg {
	case types.RegClassOID:
		schema, name, ok := ClassName(n.Snap, object)
		if !ok {
			return "", false
		}
		return qualified(schema, name, n.RelationVisible(object)), true
	case types.RegTypeOID:
		if t := n.Snap.TypeByOID(object); t != nil {
			return n.TypeName(t, -1), true
		}
	case types.RegRoleOID:
		for _, r := range n.Snap.Roles {
			if r.OID == object {
				return Quote(r.Name), true
			}
		}
	case types.RegConfigOID:
		if name := catalog.TextSearchConfigName(object); name != "" {
			return Quote(name), true
		}
		if c := n.Snap.SearchConfigByOID(object); c != nil && c.Base == 0 {
			return qualified(c.Schema, c.Name, n.Snap.FindSearchConfig([]string{c.Name}, n.Path) == object), true
		}
	case types.RegDictionaryOID:
		if name := catalog.TextSearchDictionaryName(object); name != "" {
			return Quote(name), true
		}
		if c := n.Snap.SearchConfigByOID(object); c != nil && c.Base != 0 {
			return qualified(c.Schema, c.Name, n.Snap.FindSearchDictionary([]string{c.Name}, n.Path) == object), true
		}
		if object == catalog.UnaccentDictionary {
			return "unaccent", true
		}
	case types.RegCollationOID:
		if name := collations[object]; name != "" {
			return Quote(name), true
		}
	case types.RegNamespaceOID:
		for s := n.Snap; s != nil; s = s.Base {
			for _, x := range s.Schemas {
				if x.OID == object {
					return Quote(x.Name), true
				}
			}
		}
	case types.RegProcOID:
		if f := n.Snap.FunctionByOID(object); f != nil {
			found := n.functions(n.Path, f.Name)
			return qualified(f.Schema, f.Name, len(found) == 1 && found[0].OID == f.OID), true
		}
		if n.Snap.Base != nil && n.Snap.Base.InternalName != nil {
			if name := n.Snap.Base.InternalName(object); name != "" {
				return Quote(name), true
			}
		}
	case types.RegProcedureOID:
		if f := n.Snap.FunctionByOID(object); f != nil {
			return n.Procedure(f, n.FunctionVisible(f)), true
		}
	case types.RegOperOID, types.RegOperatorOID:
		o := n.operator(object)
		if o == nil {
			return "", false
		}
		visible := false
		if reg == types.RegOperOID {
			found := n.operators(n.Path, o.Name)
			visible = len(found) == 1 && found[0].OID == object
		} else {
			visible = n.OperatorVisible(o)
		}
		out := o.Name
		if !visible {
			out = Quote(o.Schema) + "." + out
		}
		if reg == types.RegOperatorOID {
			arg := func(oid catalog.OID) string {
				if t := n.Snap.TypeByOID(oid); t != nil {
					return n.TypeName(t, -1)
				}
				return "NONE"
			}
			out += "(" + arg(o.Left) + "," + arg(o.Right) + ")"
		}
		return out, true
	}
	return "", false
}

// Procedure is a function's name with its arguments' types.
func (n *Names) Procedure(f *catalog.Function, visible bool) string {
	var args []string
	for _, p := range f.Inputs() {
		if t := n.Snap.TypeByOID(p.Type); t != nil {
			args = append(args, n.TypeName(t, -1))
		}
	}
	return qualified(f.Schema, f.Name, visible) + "(" + strings.Join(args, ",") + ")"
}

func (n *Names) operator(oid catalog.OID) *catalog.Operator {
	for s := n.Snap; s != nil; s = s.Base {
		for _, o := range s.Operators {
			if o.OID == oid {
				return o
			}
		}
	}
	return nil
}

// TypeName prints a type and its typmod, qualified unless the search path finds it.
func (n *Names) TypeName(t *types.Type, typmod int32) string {
	elem, suffix := t, ""
	if t.Kind == types.ArrayType && t.Elem != nil {
		elem, suffix = t.Elem, "[]"
	}
	if elem.Schema == "pg_catalog" {
		return types.FormatType(elem, typmod) + suffix
	}
	if typmod >= 0 && elem.Native != nil && elem.Native.TypmodOut != nil {
		suffix = elem.Native.TypmodOut(typmod) + suffix
	}
	return qualified(elem.Schema, elem.Name, n.TypeVisible(elem)) + suffix
}

// RelationVisible says whether the path finds a relation, sequence or index by its name alone.
func (n *Names) RelationVisible(oid catalog.OID) bool {
	_, name, ok := ClassName(n.Snap, oid)
	if !ok {
		return false
	}
	for _, s := range n.Path {
		if found := ClassOID(n.Snap, s, name); found != 0 {
			return found == oid
		}
	}
	return false
}

// TypeVisible says whether the path finds a type by its name alone.
func (n *Names) TypeVisible(t *types.Type) bool {
	for _, s := range n.Path {
		if found := n.Snap.Type(s, t.Name); found != nil {
			return found.OID == t.OID
		}
	}
	return false
}

// FunctionVisible says whether the path finds a function by its name and arguments.
func (n *Names) FunctionVisible(f *catalog.Function) bool {
	for _, g := range n.functions(n.Path, f.Name) {
		if g.OID == f.OID {
			return true
		}
	}
	return false
}

// OperatorVisible says whether the path finds an operator by its name and arguments.
func (n *Names) OperatorVisible(o *catalog.Operator) bool {
	for _, x := range n.operators(n.Path, o.Name) {
		if x.Left == o.Left && x.Right == o.Right {
			return x.OID == o.OID
		}
	}
	return false
}
