package ddl

import (
	_ "embed" // the facts of PostgreSQL's operator classes
	"slices"
	"strings"

	"github.com/basement-project/basement/internal/catalog"
	"github.com/basement-project/basement/internal/engine/sqlite/extension"
	"github.com/basement-project/basement/internal/engine/sqlite/extension/available"
	"github.com/basement-project/basement/internal/errs"
	"github.com/basement-project/basement/internal/sql/types"
)

// onExtension are an extension's members, which go with it.
func (r *run) onExtension(oid catalog.OID) []edge {
	snap := r.snap()
	var out []edge
	if oid == 0 {
		return nil
	}
	for _, u := range snap.Types {
		if u.Extension == oid {
			out = append(out, edge{object: object{kind: typeObject, oid: u.Type.OID}, auto: true})
			for _, c := range u.Checks {
				out = append(out, edge{object: object{kind: domainCheckObject, oid: u.Type.OID, part: c.OID}, auto: true})
			}
		}
	}
	for _, f := range snap.Functions {
		if f.Extension == oid {
			out = append(out, edge{object: object{kind: functionObject, oid: f.OID}, auto: true})
		}
	}
	if x := r.extensionByOID(oid); x != nil {
		for _, other := range snap.Extensions {
			if a := available.Find(other.Name); a != nil && slices.Contains(a.Requires, x.Name) {
				out = append(out, edge{object: object{kind: extensionObject, oid: other.OID}})
			}
		}
		for _, rel := range snap.Relations {
			for _, i := range rel.Indexes {
				for _, k := range i.Keys {
					var t *types.Type
					if c := rel.ColumnByNum(k.Column); c != nil {
						if u := snap.UserType(c.Type); u != nil && u.Extension == oid {
							continue // the index goes with the column
						}
						t = snap.TypeByOID(c.Type)
					}
					if class := r.classOf(x, i.Method, k.Opclass, t); class != "" {
						out = append(out, edge{object: object{kind: indexObject, oid: rel.OID, part: i.OID},
							on: "operator class " + class + " for access method " + i.Method})
						break
					}
				}
			}
		}
	}
	return out
}

// classOf is an extension's operator class that an index's key has, by its name or, when class is "", as its type's default; ""
// when it has none of it.
func (r *run) classOf(x *catalog.Extension, method, class string, t *types.Type) string {
	a := available.Find(x.Name)
	if a == nil {
		return ""
	}
	found := ""
	for _, c := range a.Read().Classes {
		switch {
		case c.Method != method:
		case class != "":
			if c.Name == class {
				return class
			}
		case c.Default && t != nil:
			if in := r.objectType(x, c.Type); in != nil && in.OID == t.Underlying().OID {
				return c.Name
			} else if acceptsKey(in, t) {
				found = c.Name
			}
		}
	}
	return found
}

// keyClass checks that there is an operator class for an index's key; class "" is the default one.
func (r *run) keyClass(t *types.Type, method, class string) error {
	switch {
	case r.extensionClass(t, method, class):
		return nil
	case class == "" && t.Underlying().Native == nil:
		return operatorClass(t, method)
	case class == "":
		return errs.New("42704", "data type %s has no default operator class for access method \"%s\"", r.typeText(t), method).
			WithHint("You must specify an operator class for the index or define a default operator class for the data type.")
	}
	known := false
	for _, x := range r.snap().Extensions {
		a := available.Find(x.Name)
		known = known || a != nil && slices.ContainsFunc(a.Read().Classes, func(c extension.Class) bool { return c.Name == class && c.Method == method })
	}
	for _, line := range strings.Split(classFacts, "\n") {
		if f := strings.Split(line, "\t"); len(f) == 4 && f[0] == class && f[1] == method {
			if acceptsKey(types.ByName(f[2]), t) {
				return nil
			}
			known = true
		}
	}
	if known {
		return errs.New("42804", "operator class \"%s\" does not accept data type %s", class, r.typeText(t))
	}
	return errs.New("42704", "operator class \"%s\" does not exist for access method \"%s\"", class, method)
}

// acceptsKey says whether an operator class for a type takes keys of another.
func acceptsKey(in, t *types.Type) bool {
	u := t.Underlying()
	switch {
	case in == nil:
		return false
	case in.OID == u.OID:
		return true
	case in.OID == types.AnyArrayOID:
		return u.Kind == types.ArrayType
	case in.OID == types.AnyEnumOID:
		return u.Kind == types.EnumType
	case in.OID == types.AnyRangeOID:
		return u.Kind == types.RangeType
	case in.OID == types.AnyMultirangeOID:
		return u.Kind == types.MultirangeType
	case in.OID == types.RecordOID:
		return u.Kind == types.CompositeType
	}
	if u.Native != nil {
		return false
	}
	ctx, method, ok := types.FindCast(u.OID, in.OID)
	return ok && method == types.CastBinary && ctx == types.ImplicitCast
}

// extensionClass says what the installed extensions know of an operator class: whether a type has one for an access method,
// the default one when class is "".
func (r *run) extensionClass(t *types.Type, method, class string) bool {
	for _, x := range r.snap().Extensions {
		a := available.Find(x.Name)
		if a == nil {
			continue
		}
		for _, c := range a.Read().Classes {
			if c.Method != method || class == "" && !c.Default || class != "" && c.Name != class {
				continue
			}
			if acceptsKey(r.objectType(x, c.Type), t) {
				return true
			}
		}
	}
	return false
}
