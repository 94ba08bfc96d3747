package sysview

import (
	"strings"

	"github.com/basement-project/basement/internal/analyze/regname"
	"github.com/basement-project/basement/internal/catalog"
	"github.com/basement-project/basement/internal/errs"
	"github.com/basement-project/basement/internal/sql/types"
)

// The identifiers of the catalogs objects are kept in.
const (
	classOID      catalog.OID = 1259
	constraintOID catalog.OID = 2606
	attrdefClass  catalog.OID = 2604
	rewriteOID    catalog.OID = 2618
	triggerOID    catalog.OID = 2620
	typeOID       catalog.OID = 1247
	procOID       catalog.OID = 1255
	namespaceOID  catalog.OID = 2615
	extOID        catalog.OID = 3079
	policyOID     catalog.OID = 3256
	authOID       catalog.OID = 1260
)

// RuleRelation finds the view a rule belongs to, nil when there is none.
func RuleRelation(snap *catalog.Snapshot, rule catalog.OID) *catalog.Relation {
	for _, r := range snap.Relations {
		if r.View != nil && ruleOID(r) == rule {
			return r
		}
	}
	return nil
}

// FunctionName names a function of pg_catalog, also one that SQL cannot call; "" when there is none.
func FunctionName(base *catalog.Snapshot, oid catalog.OID) string {
	if rel := base.Relation(catalogSchema, "pg_proc"); rel != nil {
		for _, f := range factsOf(rel).lookup(0, types.Int(int64(oid))) {
			return f[1].S
		}
	}
	return ""
}

// IsIndex says whether an identifier is that of an index of the project.
func IsIndex(snap *catalog.Snapshot, oid catalog.OID) bool {
	for _, r := range snap.Relations {
		for _, x := range r.Indexes {
			if x.OID == oid {
				return true
			}
		}
	}
	return false
}

// IndexVisible is pg_table_is_visible for the entries of pg_class that are neither tables nor indexes of the project.
func IndexVisible(snap *catalog.Snapshot, oid catalog.OID) (visible, ok bool) {
	rel := snap.Relation(catalogSchema, "pg_class")
	if rel == nil {
		return false, false
	}
	for _, f := range factsOf(rel).lookup(0, types.Int(int64(oid))) {
		return f[2].I == catalogOID, true
	}
	return false, false
}

// Comment gives an object's comment: class is the name of the catalog it is kept in, "" for any.
func Comment(snap *catalog.Snapshot, class string, oid catalog.OID, sub int32) (string, bool) {
	is := func(name string) bool { return class == "" || class == name }
	give := func(s string) (string, bool) { return s, s != "" }
	if is("pg_class") {
		if r := snap.RelationByOID(oid); r != nil {
			if sub == 0 {
				return give(r.Comment)
			}
			if c := r.ColumnByNum(sub); c != nil {
				return give(c.Comment)
			}
			return "", false
		}
		if s := snap.SequenceByOID(oid); s != nil {
			return give(s.Comment)
		}
	}
	for _, r := range snap.Relations {
		for _, x := range r.Indexes {
			if x.OID == oid && is("pg_class") {
				return give(x.Comment)
			}
		}
		for _, c := range r.Constraints {
			if c.OID == oid && is("pg_constraint") {
				return give(c.Comment)
			}
		}
		for _, p := range r.Policies {
			if p.OID == oid && is("pg_policy") {
				return give(p.Comment)
			}
		}
		for _, t := range r.Triggers {
			if t.OID == oid && is("pg_trigger") {
				return give(t.Comment)
			}
		}
	}
	if is("pg_event_trigger") {
		for _, t := range snap.EventTriggers {
			if t.OID == oid {
				return give(t.Comment)
			}
		}
	}
	if is("pg_type") {
		if u := snap.UserType(oid); u != nil && u.Comment != "" {
			return give(u.Comment)
		}
	}
	if is("pg_proc") {
		if f := snap.FunctionByOID(oid); f != nil && f.Comment != "" {
			return give(f.Comment)
		}
	}
	if is("pg_namespace") {
		for _, s := range snap.Schemas {
			if s.OID == oid {
				return give(s.Comment)
			}
		}
	}
	if is("pg_extension") {
		for _, e := range snap.Extensions {
			if extOIDOf(e) == oid {
				return give(e.Comment)
			}
		}
	}
	if class == "pg_authid" {
		for _, r := range snap.Roles {
			if r.OID == oid {
				return give(r.Comment)
			}
		}
	}
	for _, u := range snap.Types {
		for _, c := range u.Checks {
			if c.OID == oid && is("pg_constraint") {
				return give(c.Comment)
			}
		}
	}
	return "", false
}

// ReadACLItem reads an aclitem's text.
func ReadACLItem(s string) (catalog.Grant, error) {
	var g catalog.Grant
	name := func() string {
		var b strings.Builder
		quoted := false
		i := 0
		for ; i < len(s); i++ {
			c := s[i]
			if c == '"' {
				if quoted && i+1 < len(s) && s[i+1] == '"' {
					b.WriteByte('"')
					i++
					continue
				}
				quoted = !quoted
				continue
			}
			if !quoted && (c == '=' || c == '/' || c == ' ') {
				break
			}
			b.WriteByte(c)
		}
		s = s[i:]
		return b.String()
	}
	g.Grantee = name()
	if !strings.HasPrefix(s, "=") {
		return g, errs.New("22P02", "missing \"=\" sign")
	}
	s = s[1:]
	var last catalog.Privilege
	for s != "" && s[0] != '/' {
		if s[0] == '*' {
			g.GrantOption |= last
			s = s[1:]
			continue
		}
		last = 0
		for _, l := range aclLetters {
			if l.letter == s[0] {
				last = l.p
			}
		}
		if last == 0 && s[0] != 's' && s[0] != 'A' {
			return g, errs.New("22P02", "invalid mode character: must be one of \"%s\"", "arwdDxtXUCTcsA")
		}
		g.Privileges |= last
		s = s[1:]
	}
	if s == "" {
		g.Grantor = "postgres"
		return g, nil
	}
	s = s[1:]
	g.Grantor = name()
	return g, nil
}

// Length is pg_type.typlen of a type.
func Length(t *types.Type) int64 {
	switch u := t.Underlying(); u.OID {
	case types.BoolOID, types.CharOID:
		return 1
	case types.Int2OID:
		return 2
	case types.Int4OID, types.OidOID, types.Float4OID, types.DateOID, types.XIDOID, types.CIDOID, types.RegClassOID, types.RegTypeOID, types.RegProcOID,
		types.RegProcedureOID, types.RegRoleOID, types.RegNamespaceOID:
		return 4
	case types.Int8OID, types.Float8OID, types.TimeOID, types.TimestampOID, types.TimestamptzOID, types.MoneyOID, types.PgLSNOID, types.XID8OID, types.MacAddr8OID:
		return 8
	case types.TimetzOID, types.ACLItemOID:
		return 12
	case types.MacAddrOID, types.TIDOID:
		return 6
	case types.UUIDOID, types.IntervalOID, types.PointOID:
		return 16
	case types.NameOID:
		return 64
	default:
		if u.Kind == types.EnumType {
			return 4
		}
	}
	return -1
}

// ArgumentDefault is pg_get_function_arg_default: n counts all parameters from 1.
func (d *Definer) ArgumentDefault(f *catalog.Function, n int) (string, bool) {
	if n < 1 || n > len(f.Params) {
		return "", false
	}
	p := f.Params[n-1]
	if !p.HasDefault && p.Default == "" {
		return "", false
	}
	return d.argumentDefault(p), true
}

// PartitionKey is pg_get_partkeydef; false for what is not partitioned.
func (d *Definer) PartitionKey(oid catalog.OID) (string, bool) {
	r := d.snap.RelationByOID(oid)
	if r == nil || r.Kind != catalog.PartitionedTable || r.Partitioning == nil {
		return "", false
	}
	var keys []string
	for _, k := range r.Partitioning.Keys {
		s := ""
		if k.Column != 0 {
			s = d.columnList(r, []int32{k.Column})
		} else {
			s = d.keyExpr(r, k.Expr, false, true)
		}
		if k.Collation != "" {
			s += " COLLATE " + naming{d}.Collation(k.Collation)
		}
		if k.Opclass != "" {
			s += " " + regname.Quote(k.Opclass)
		}
		keys = append(keys, s)
	}
	word := map[string]string{"r": "RANGE", "l": "LIST", "h": "HASH"}[strategy(r.Partitioning.Strategy)]
	return word + " (" + strings.Join(keys, ", ") + ")", true
}

func (d *Definer) className(oid catalog.OID) (string, bool) {
	if r := d.snap.RelationByOID(oid); r != nil {
		kind := "table "
		switch r.Kind {
		case catalog.View:
			kind = "view "
		case catalog.MaterializedView:
			kind = "materialized view "
		case catalog.ForeignTable:
			kind = "foreign table "
		case catalog.CompositeRel:
			kind = "composite type "
		}
		return kind + d.relation(oid, false), true
	}
	if d.snap.SequenceByOID(oid) != nil {
		return "sequence " + d.relation(oid, false), true
	}
	if IsIndex(d.snap, oid) {
		return "index " + d.relation(oid, false), true
	}
	return "", false
}

// Describe is pg_describe_object.
func (d *Definer) Describe(class, oid catalog.OID, sub int32) (string, bool) {
	switch class {
	case classOID:
		s, ok := d.className(oid)
		if !ok || sub == 0 {
			return s, ok
		}
		if r := d.snap.RelationByOID(oid); r != nil {
			if c := r.ColumnByNum(sub); c != nil {
				return "column " + c.Name + " of " + s, true
			}
		}
		return "", false
	case procOID:
		if f := d.snap.FunctionByOID(oid); f != nil {
			return "function " + d.names.Procedure(f, d.names.FunctionVisible(f)), true
		}
	case typeOID:
		if t := d.snap.TypeByOID(oid); t != nil {
			return "type " + d.names.TypeName(t, -1), true
		}
	case namespaceOID:
		for s := d.snap; s != nil; s = s.Base {
			for _, x := range s.Schemas {
				if x.OID == oid {
					return "schema " + x.Name, true
				}
			}
		}
	case authOID:
		for _, r := range d.snap.Roles {
			if r.OID == oid {
				return "role " + r.Name, true
			}
		}
	case extOID:
		for _, e := range d.snap.Extensions {
			if extOIDOf(e) == oid {
				return "extension " + e.Name, true
			}
		}
	}
	for _, r := range d.snap.Relations {
		on, _ := d.className(r.OID)
		for _, c := range r.Constraints {
			if class == constraintOID && c.OID == oid {
				return "constraint " + c.Name + " on " + on, true
			}
		}
		for _, t := range r.Triggers {
			if class == triggerOID && t.OID == oid {
				return "trigger " + t.Name + " on " + on, true
			}
		}
		for _, p := range r.Policies {
			if class == policyOID && p.OID == oid {
				return "policy " + p.Name + " on " + on, true
			}
		}
		if class == rewriteOID && r.View != nil && ruleOID(r) == oid {
			return "rule _RETURN on " + on, true
		}
		if class == attrdefClass {
			for _, c := range r.Columns {
				if attrdefOID(r, c) == oid {
					return "default value for column " + c.Name + " of " + on, true
				}
			}
		}
	}
	return "", false
}

// Identify is pg_identify_object: a row of type, schema, name and identity.
func (d *Definer) Identify(class, oid catalog.OID, sub int32) types.Datum {
	kind, schema, name, identity := "", "", "", ""
	switch class {
	case classOID:
		s, n, ok := regname.ClassName(d.snap, oid)
		if !ok {
			return types.Datum{}
		}
		full, _ := d.className(oid)
		for _, k := range []string{"table", "view", "materialized view", "foreign table", "sequence", "index", "composite type"} {
			if strings.HasPrefix(full, k+" ") {
				kind = k
			}
		}
		schema, name = regname.Quote(s), regname.Quote(n)
		identity = schema + "." + name
		if r := d.snap.RelationByOID(oid); r != nil && sub > 0 {
			if c := r.ColumnByNum(sub); c != nil {
				kind, name, identity = kind+" column", "", identity+"."+regname.Quote(c.Name)
			}
		}
	case procOID:
		f := d.snap.FunctionByOID(oid)
		if f == nil {
			return types.Datum{}
		}
		kind, schema, identity = "function", regname.Quote(f.Schema), (&regname.Names{Snap: d.snap, Path: []string{catalogSchema}}).Procedure(f, false)
	case typeOID:
		t := d.snap.TypeByOID(oid)
		if t == nil {
			return types.Datum{}
		}
		kind, schema, name = "type", regname.Quote(t.Schema), regname.Quote(t.Name)
		identity = (&regname.Names{Snap: d.snap, Path: []string{catalogSchema}}).TypeName(t, -1)
	case namespaceOID:
		s, ok := d.Describe(class, oid, sub)
		if !ok {
			return types.Datum{}
		}
		kind, name = "schema", regname.Quote(strings.TrimPrefix(s, "schema "))
		identity = name
	default:
		return types.Datum{}
	}
	field := func(s string) string {
		if strings.ContainsAny(s, `",() \`) {
			return `"` + strings.NewReplacer(`"`, `""`, `\`, `\\`).Replace(s) + `"`
		}
		return s
	}
	return types.Text("(" + strings.Join([]string{field(kind), field(schema), field(name), field(identity)}, ",") + ")")
}

// IndexColumnProperty is pg_index_column_has_property.
func IndexColumnProperty(snap *catalog.Snapshot, index catalog.OID, column int, property string) types.Datum {
	for _, r := range snap.Relations {
		for _, x := range r.Indexes {
			if x.OID != index {
				continue
			}
			if column < 1 || column > len(x.Keys) {
				return types.Datum{}
			}
			k := x.Keys[column-1]
			ordered := x.Method == "" || x.Method == "btree"
			switch property {
			case "asc":
				return types.Bool(ordered && !k.Desc)
			case "desc":
				return types.Bool(ordered && k.Desc)
			case "nulls_first":
				return types.Bool(ordered && k.NullsFirst)
			case "nulls_last":
				return types.Bool(ordered && !k.NullsFirst)
			case "orderable":
				return types.Bool(ordered)
			case "distance_orderable":
				return types.Bool(false)
			case "returnable":
				return types.Bool(ordered)
			case "search_array", "search_nulls":
				return types.Bool(ordered)
			}
		}
	}
	return types.Datum{}
}

// MethodProperty is pg_indexam_has_property.
func MethodProperty(method catalog.OID, property string) types.Datum {
	has := map[catalog.OID]string{403: "can_order can_unique can_multi_col can_exclude can_include", 405: "can_exclude", 783: "can_multi_col can_exclude can_include",
		2742: "can_multi_col", 4000: "can_exclude can_include", 3580: "can_multi_col"}
	list, ok := has[method]
	if !ok {
		return types.Datum{}
	}
	switch property {
	case "can_order", "can_unique", "can_multi_col", "can_exclude", "can_include":
		return types.Bool(strings.Contains(" "+list+" ", " "+property+" "))
	}
	return types.Datum{}
}
