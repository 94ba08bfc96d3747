package sysview

import (
	"sort"
	"strings"

	"github.com/basement-project/basement/internal/catalog"
	"github.com/basement-project/basement/internal/sql/ast"
	"github.com/basement-project/basement/internal/sql/types"
)

var privilegeWords = []struct {
	p    catalog.Privilege
	word string
}{
	{catalog.Insert, "INSERT"}, {catalog.Select, "SELECT"}, {catalog.Update, "UPDATE"}, {catalog.Delete, "DELETE"}, {catalog.Truncate, "TRUNCATE"},
	{catalog.References, "REFERENCES"}, {catalog.TriggerPrivilege, "TRIGGER"}, {catalog.Execute, "EXECUTE"}, {catalog.Usage, "USAGE"}, {catalog.Create, "CREATE"},
	{catalog.Temporary, "TEMPORARY"}, {catalog.Connect, "CONNECT"},
}

// Explode calls f for each privilege of an access control list, as aclexplode gives them.
func Explode(a catalog.ACL, f func(g catalog.Grant, privilege string, grantable bool)) {
	for _, g := range a.Grants {
		for _, w := range privilegeWords {
			if g.Privileges&w.p != 0 {
				f(g, w.word, g.GrantOption&w.p != 0)
			}
		}
	}
}

// DefaultACL is acldefault: what holds while nothing was granted on an object of a kind.
func DefaultACL(kind byte, owner string) catalog.ACL {
	var own, public catalog.Privilege
	switch kind {
	case 'r':
		own = tableRights
	case 's':
		own = catalog.Select | catalog.Update | catalog.Usage
	case 'd':
		own, public = catalog.Create|catalog.Temporary|catalog.Connect, catalog.Temporary|catalog.Connect
	case 'f':
		own, public = catalog.Execute, catalog.Execute
	case 'l', 'T':
		own, public = catalog.Usage, catalog.Usage
	case 'n':
		own = catalog.Usage | catalog.Create
	case 't':
		own = catalog.Create
	case 'F', 'S':
		own = catalog.Usage
	case 'L':
		own = catalog.Select | catalog.Update
	}
	var a catalog.ACL
	if public != 0 {
		a.Grants = append(a.Grants, catalog.Grant{Grantor: owner, Privileges: public})
	}
	if own != 0 {
		a.Grants = append(a.Grants, catalog.Grant{Grantee: owner, Grantor: owner, Privileges: own})
	}
	return a
}

// grants calls f for each privilege on an object that the asking role may know of.
func (m *maker) grants(a catalog.ACL, owner string, kind byte, f func(v row, privilege string)) {
	if a.Default {
		a = DefaultACL(kind, owner)
	}
	rolesOnly := strings.HasPrefix(m.rel.Name, "role_")
	Explode(a, func(g catalog.Grant, privilege string, grantable bool) {
		if g.Grantor == "" {
			g.Grantor = owner
		}
		public := g.Grantee == catalog.Public
		known := m.owns(g.Grantor) || !public && m.owns(g.Grantee)
		if rolesOnly && (public || !known) || !rolesOnly && !known && !public {
			return
		}
		name := g.Grantee
		if public {
			name = "PUBLIC"
		}
		f(row{"grantor": g.Grantor, "grantee": name, "privilege_type": privilege, "is_grantable": yesNo(grantable || !public && m.snap.Inherits(g.Grantee, owner))}, privilege)
	})
}

func infoTablePrivileges(m *maker) {
	for _, r := range m.relations() {
		if !readable(r) {
			continue
		}
		m.grants(r.ACL, r.Owner, 'r', func(v row, privilege string) {
			v["table_catalog"], v["table_schema"], v["table_name"] = database, r.Schema, r.Name
			v["with_hierarchy"] = yesNo(privilege == "SELECT")
			m.put(v)
		})
	}
}

func infoColumnPrivileges(m *maker) {
	for _, r := range m.relations() {
		if !readable(r) {
			continue
		}
		for _, c := range r.Columns {
			type key struct{ grantor, grantee, privilege, grantable string }
			seen := map[key]bool{}
			put := func(v row, privilege string) {
				switch privilege {
				case "INSERT", "SELECT", "UPDATE", "REFERENCES":
				default:
					return
				}
				k := key{v["grantor"].(string), v["grantee"].(string), privilege, v["is_grantable"].(string)}
				if seen[k] {
					return
				}
				seen[k] = true
				v["table_catalog"], v["table_schema"], v["table_name"], v["column_name"] = database, r.Schema, r.Name, c.Name
				m.put(v)
			}
			m.grants(r.ACL, r.Owner, 'r', put)
			if !c.ACL.Default {
				m.grants(c.ACL, r.Owner, 'c', put)
			}
		}
	}
}

func infoRoutinePrivileges(m *maker) {
	for _, f := range m.functions() {
		m.grants(f.ACL, f.Owner, 'f', func(v row, privilege string) {
			if privilege != "EXECUTE" {
				return
			}
			v["specific_catalog"], v["specific_schema"], v["specific_name"] = database, f.Schema, specific(f)
			v["routine_catalog"], v["routine_schema"], v["routine_name"] = database, f.Schema, f.Name
			m.put(v)
		})
	}
}

func infoUsagePrivileges(m *maker) {
	object := func(schema, name, kind string) func(v row, privilege string) {
		return func(v row, privilege string) {
			if privilege != "USAGE" {
				return
			}
			v["object_catalog"], v["object_schema"], v["object_name"], v["object_type"] = database, schema, name, kind
			m.put(v)
		}
	}
	if m.rel.Name == "usage_privileges" {
		m.of("pg_collation", func(get func(string) types.Datum) {
			m.put(row{"grantor": "postgres", "grantee": "PUBLIC", "object_catalog": database, "object_schema": catalogSchema, "object_name": get("collname"),
				"object_type": "COLLATION", "privilege_type": "USAGE", "is_grantable": "NO"})
		})
	}
	for _, u := range m.userTypes() {
		if u.Type.Kind == types.DomainType {
			m.grants(u.ACL, u.Owner, 'T', object(u.Type.Schema, u.Type.Name, "DOMAIN"))
		}
	}
	for _, s := range m.snap.Sequences {
		a := s.ACL
		if a.Default {
			// The view asks for the default of a table, which holds no USAGE.
			continue
		}
		m.grants(a, s.Owner, 's', object(s.Schema, s.Name, "SEQUENCE"))
	}
}

func infoUDTPrivileges(m *maker) {
	for _, u := range m.snap.Types {
		t := u.Type
		if t.Kind != types.CompositeType {
			continue
		}
		m.grants(u.ACL, u.Owner, 'T', func(v row, privilege string) {
			if privilege != "USAGE" {
				return
			}
			v["privilege_type"] = "TYPE USAGE"
			v["udt_catalog"], v["udt_schema"], v["udt_name"] = database, t.Schema, t.Name
			m.put(v)
		})
	}
}

func infoTriggers(m *maker) {
	for _, r := range m.snap.Relations {
		if !m.mayTable(r, tableRights&^catalog.Select, columnRights&^catalog.Select) {
			continue
		}
		owner := m.owns(r.Owner)
		list := append([]*catalog.Trigger(nil), r.Triggers...)
		sort.Slice(list, func(i, j int) bool { return list[i].Name < list[j].Name })
		order := map[[2]int]int{}
		for _, t := range list {
			s := triggerStatement(t)
			if s == nil {
				continue
			}
			bits := triggerBits(s)
			for _, e := range []struct {
				bit  int
				word string
			}{{triggerInsert, "INSERT"}, {triggerDelete, "DELETE"}, {triggerUpdate, "UPDATE"}} {
				if bits&e.bit == 0 {
					continue
				}
				k := [2]int{e.bit, bits & (triggerRow | triggerBefore | triggerInstead)}
				order[k]++
				v := row{"trigger_catalog": database, "trigger_schema": r.Schema, "trigger_name": t.Name, "event_manipulation": e.word, "event_object_catalog": database,
					"event_object_schema": r.Schema, "event_object_table": r.Name, "action_order": order[k], "action_orientation": "STATEMENT", "action_timing": "AFTER"}
				if bits&triggerRow != 0 {
					v["action_orientation"] = "ROW"
				}
				switch {
				case bits&triggerBefore != 0:
					v["action_timing"] = "BEFORE"
				case bits&triggerInstead != 0:
					v["action_timing"] = "INSTEAD OF"
				}
				if owner && s.When != nil {
					v["action_condition"] = m.define().when(r, s.When, false)
				}
				def := m.define().Trigger(r, t, false)
				if i := strings.LastIndex(def, "EXECUTE FUNCTION"); i >= 0 {
					v["action_statement"] = def[i:]
				}
				for _, x := range s.Transitions {
					if x.New {
						v["action_reference_new_table"] = x.Name
					} else {
						v["action_reference_old_table"] = x.Name
					}
				}
				m.put(v)
			}
		}
	}
}

func infoTriggerColumns(m *maker) {
	for _, r := range m.snap.Relations {
		if !m.mayTable(r, tableRights&^catalog.Select, columnRights&^catalog.Select) {
			continue
		}
		for _, t := range r.Triggers {
			s := triggerStatement(t)
			if s == nil || s.Events&ast.TriggerOnUpdate == 0 {
				continue
			}
			for _, c := range s.Columns {
				m.put(row{"trigger_catalog": database, "trigger_schema": r.Schema, "trigger_name": t.Name, "event_object_catalog": database, "event_object_schema": r.Schema,
					"event_object_table": r.Name, "event_object_column": c})
			}
		}
	}
}
