package sysview

import (
	"github.com/basement-project/basement/internal/catalog"
	"github.com/basement-project/basement/internal/sql/types"
)

func infoAttributes(m *maker) {
	for _, u := range m.snap.Types {
		t := u.Type
		if t.Kind != types.CompositeType || m.snap.RelationOfRowType(t.OID) != nil || !m.mayType(u) {
			continue
		}
		for i, f := range t.Fields {
			v := row{"udt_catalog": database, "udt_schema": t.Schema, "udt_name": t.Name, "attribute_name": f.Name, "ordinal_position": i + 1, "is_nullable": "YES",
				"dtd_identifier": itoa(int64(i + 1)), "is_derived_reference_attribute": "NO"}
			m.described(v, f.Type, f.Typmod)
			udt(v, "attribute_", f.Type)
			if m.physical(f.Type).collation == 950 {
				m.collated(v, "C")
			}
			m.put(v)
		}
	}
}

func (m *maker) mayType(u *catalog.UserType) bool {
	return m.owns(u.Owner) || m.snap.Held(m.role(), u.Owner, u.ACL, catalog.Usage)&catalog.Usage != 0
}

func infoElementTypes(m *maker) {
	put := func(schema, name, kind, id string, t *types.Type) {
		base := t
		if base.Kind == types.DomainType {
			base = base.Base
		}
		if base.Kind != types.ArrayType || base.Elem == nil {
			return
		}
		v := row{"object_catalog": database, "object_schema": schema, "object_name": name, "object_type": kind, "collection_type_identifier": id,
			"dtd_identifier": "a" + id, "udt_catalog": database, "udt_schema": base.Elem.Schema, "udt_name": base.Elem.Name, "data_type": dataType(base.Elem)}
		if base.Elem.Kind == types.DomainType && base.Elem.Schema != catalogSchema {
			v["data_type"] = "USER-DEFINED"
		}
		m.put(v)
	}
	for _, r := range m.relations() {
		if !readable(r) || !m.mayTable(r, tableRights, columnRights) {
			continue
		}
		kind := "TABLE"
		for _, c := range r.Columns {
			if t := m.snap.TypeByOID(c.Type); t != nil {
				put(r.Schema, r.Name, kind, itoa(int64(c.Num)), t)
			}
		}
	}
	for _, u := range m.snap.Types {
		t := u.Type
		if t.Kind == types.DomainType && m.mayType(u) {
			put(t.Schema, t.Name, "DOMAIN", "1", t)
		}
		if t.Kind == types.CompositeType && m.snap.RelationOfRowType(t.OID) == nil && m.mayType(u) {
			for i, f := range t.Fields {
				put(t.Schema, t.Name, "USER-DEFINED TYPE", itoa(int64(i+1)), f.Type)
			}
		}
	}
	for _, f := range m.snap.Functions {
		if !m.mayFunction(f) {
			continue
		}
		for i, p := range f.Params {
			if t := m.snap.TypeByOID(p.Type); t != nil {
				put(f.Schema, specific(f), "ROUTINE", itoa(int64(i+1)), t)
			}
		}
		if t := m.snap.TypeByOID(f.Returns); t != nil {
			put(f.Schema, specific(f), "ROUTINE", "0", t)
		}
	}
}

// userTypes are the project's types and information_schema's domains.
func (m *maker) userTypes() []*catalog.UserType {
	out := append([]*catalog.UserType(nil), m.snap.Types...)
	for _, u := range m.snap.Base.Types {
		if u.Type.Schema == infoSchema {
			out = append(out, u)
		}
	}
	return out
}

func infoDomains(m *maker) {
	for _, u := range m.userTypes() {
		t := u.Type
		if t.Kind != types.DomainType || !m.mayType(u) {
			continue
		}
		v := row{"domain_catalog": database, "domain_schema": t.Schema, "domain_name": t.Name, "dtd_identifier": "1"}
		m.described(v, t, -1)
		udt(v, "", t)
		if m.physical(t).collation == 950 {
			m.collated(v, "C")
		}
		if u.Default != "" {
			if s, ok := m.define().Node(node("typedefault", int(t.OID), u.Default).(string), 0, false); ok {
				v["domain_default"] = s
			}
		}
		m.put(v)
	}
}

func infoDomainConstraints(m *maker) {
	for _, u := range m.userTypes() {
		if !m.owns(u.Owner) {
			continue
		}
		for _, c := range u.Checks {
			m.put(row{"constraint_catalog": database, "constraint_schema": u.Type.Schema, "constraint_name": c.Name, "domain_catalog": database,
				"domain_schema": u.Type.Schema, "domain_name": u.Type.Name, "is_deferrable": "NO", "initially_deferred": "NO"})
		}
	}
}

func infoDomainUDT(m *maker) {
	for _, u := range m.userTypes() {
		if t := u.Type; t.Kind == types.DomainType && m.owns(m.typeOwner(t.Base)) {
			m.put(row{"udt_catalog": database, "udt_schema": t.Base.Schema, "udt_name": t.Base.Name, "domain_catalog": database, "domain_schema": t.Schema, "domain_name": t.Name})
		}
	}
}

func (m *maker) typeOwner(t *types.Type) string {
	if u := m.snap.UserType(t.OID); u != nil {
		return u.Owner
	}
	return "postgres"
}

func infoUserTypes(m *maker) {
	for _, u := range m.snap.Types {
		t := u.Type
		if t.Kind == types.CompositeType && m.snap.RelationOfRowType(t.OID) == nil && m.mayType(u) {
			m.put(row{"user_defined_type_catalog": database, "user_defined_type_schema": t.Schema, "user_defined_type_name": t.Name,
				"user_defined_type_category": "STRUCTURED", "is_instantiable": "YES"})
		}
	}
}
