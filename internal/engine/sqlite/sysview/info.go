package sysview

import (
	"strconv"
	"strings"

	"github.com/basement-project/basement/internal/catalog"
	"github.com/basement-project/basement/internal/sql/types"
)

// database is the one database of the embedded engine.
const database = "postgres"

// infoMakerOf is makerOf for information_schema.
func infoMakerOf(name string) func(m *maker) {
	switch name {
	case "tables":
		return infoTables
	case "views":
		return infoViews
	case "columns":
		return infoColumns
	case "attributes":
		return infoAttributes
	case "element_types":
		return infoElementTypes
	case "schemata":
		return infoSchemata
	case "sequences":
		return infoSequences
	case "domains":
		return infoDomains
	case "domain_constraints":
		return infoDomainConstraints
	case "domain_udt_usage":
		return infoDomainUDT
	case "user_defined_types":
		return infoUserTypes
	case "table_constraints":
		return infoTableConstraints
	case "check_constraints":
		return infoCheckConstraints
	case "key_column_usage":
		return infoKeyColumns
	case "constraint_column_usage":
		return infoConstraintColumns
	case "constraint_table_usage":
		return infoConstraintTables
	case "referential_constraints":
		return infoReferential
	case "routines":
		return infoRoutines
	case "parameters":
		return infoParameters
	case "triggers":
		return infoTriggers
	case "triggered_update_columns":
		return infoTriggerColumns
	case "table_privileges", "role_table_grants":
		return infoTablePrivileges
	case "column_privileges", "role_column_grants":
		return infoColumnPrivileges
	case "routine_privileges", "role_routine_grants":
		return infoRoutinePrivileges
	case "usage_privileges", "role_usage_grants":
		return infoUsagePrivileges
	case "udt_privileges", "role_udt_grants":
		return infoUDTPrivileges
	case "enabled_roles":
		return infoEnabledRoles
	case "applicable_roles", "administrable_role_authorizations":
		return infoApplicableRoles
	case "character_sets":
		return infoCharacterSets
	case "collations", "collation_character_set_applicability":
		return infoCollations
	case "view_table_usage", "view_column_usage":
		return infoViewUsage
	case "column_udt_usage", "column_domain_usage":
		return infoColumnUDT
	case "column_column_usage":
		return infoColumnColumns
	case "data_type_privileges":
		return infoDataTypePrivileges
	case "information_schema_catalog_name":
		return func(m *maker) { m.put(row{"catalog_name": database}) }
	}
	return nil
}

const tableRights = catalog.Select | catalog.Insert | catalog.Update | catalog.Delete | catalog.Truncate | catalog.References | catalog.TriggerPrivilege

// mayTable says whether the asking role may do anything of want with a relation or some column of it.
func (m *maker) mayTable(r *catalog.Relation, want, onColumns catalog.Privilege) bool {
	if m.owns(r.Owner) || m.snap.RelationRights(m.role(), r)&want != 0 {
		return true
	}
	if onColumns == 0 {
		return false
	}
	for _, c := range r.Columns {
		if m.snap.ColumnRights(m.role(), r, c)&onColumns != 0 {
			return true
		}
	}
	return false
}

const columnRights = catalog.Select | catalog.Insert | catalog.Update | catalog.References

// otherTemp says whether a schema holds another session's temporary relations; there are none here.
func readable(r *catalog.Relation) bool {
	switch r.Kind {
	case catalog.Table, catalog.View, catalog.PartitionedTable, catalog.ForeignTable:
		return true
	}
	return false
}

func writable(r *catalog.Relation) (insert, update, remove bool) {
	if r.Kind == catalog.View {
		return r.Insertable, r.Updatable, r.Deletable
	}
	t := r.Kind == catalog.Table || r.Kind == catalog.PartitionedTable
	return t, t, t
}

func infoTables(m *maker) {
	for _, r := range m.relations() {
		if !readable(r) || !m.mayTable(r, tableRights, columnRights) {
			continue
		}
		kind := "BASE TABLE"
		switch {
		case persistence(r.Schema) == "t":
			kind = "LOCAL TEMPORARY"
		case r.Kind == catalog.View:
			kind = "VIEW"
		case r.Kind == catalog.ForeignTable:
			kind = "FOREIGN"
		}
		insert, _, _ := writable(r)
		v := row{"table_catalog": database, "table_schema": r.Schema, "table_name": r.Name, "table_type": kind, "is_insertable_into": yesNo(insert), "is_typed": "NO"}
		m.put(v)
	}
}

func infoViews(m *maker) {
	for _, r := range m.relations() {
		if r.Kind != catalog.View || !m.mayTable(r, tableRights, columnRights) {
			continue
		}
		check := "NONE"
		switch r.Options["check_option"] {
		case "local":
			check = "LOCAL"
		case "cascaded":
			check = "CASCADED"
		}
		insert, update, remove := writable(r)
		v := row{"table_catalog": database, "table_schema": r.Schema, "table_name": r.Name, "check_option": check, "is_updatable": yesNo(update && remove),
			"is_insertable_into": yesNo(insert)}
		for _, x := range []struct {
			col string
			bit int
		}{{"is_trigger_updatable", triggerUpdate}, {"is_trigger_deletable", triggerDelete}, {"is_trigger_insertable_into", triggerInsert}} {
			has := false
			for _, t := range r.Triggers {
				if s := triggerStatement(t); s != nil && triggerBits(s)&(triggerRow|triggerInstead|x.bit) == triggerRow|triggerInstead|x.bit {
					has = true
				}
			}
			v[x.col] = yesNo(has)
		}
		if m.owns(r.Owner) && r.View != nil {
			v["view_definition"] = m.define().View(r, false, 0)
		}
		m.put(v)
	}
}

// described are the columns that describe a type, as PostgreSQL's own functions for information_schema work them out.
func (m *maker) described(v row, t *types.Type, typmod int32) {
	u, mod := t, typmod
	if t.Kind == types.DomainType {
		u, mod = t.Base, t.Typmod
		for u.Kind == types.DomainType {
			u, mod = u.Base, u.Typmod
		}
	}
	v["data_type"] = dataType(t)
	switch u.OID {
	case types.BPCharOID, types.VarcharOID:
		if mod >= 4 {
			v["character_maximum_length"], v["character_octet_length"] = mod-4, (mod-4)*4
		} else {
			v["character_octet_length"] = 1 << 30
		}
	case types.TextOID:
		v["character_octet_length"] = 1 << 30
	case types.BitOID, types.VarbitOID:
		if mod >= 0 {
			v["character_maximum_length"] = mod
		}
	}
	m.numeric(v, u, mod)
	switch u.OID {
	case types.DateOID:
		v["datetime_precision"] = 0
	case types.TimeOID, types.TimestampOID, types.TimetzOID, types.TimestamptzOID:
		v["datetime_precision"] = 6
		if mod >= 0 {
			v["datetime_precision"] = mod
		}
	case types.IntervalOID:
		v["datetime_precision"] = 6
		if mod >= 0 && mod&0xffff != 0xffff {
			v["datetime_precision"] = mod & 0xffff
		}
		word := strings.TrimLeft(strings.TrimPrefix(types.FormatType(u, mod), "interval"), "()0123456789")
		v["interval_type"] = orNull(strings.ToUpper(strings.TrimSpace(word)))
	}
}

func (m *maker) numeric(v row, u *types.Type, mod int32) {
	switch u.OID {
	case types.Int2OID:
		v["numeric_precision"], v["numeric_precision_radix"], v["numeric_scale"] = 16, 2, 0
	case types.Int4OID:
		v["numeric_precision"], v["numeric_precision_radix"], v["numeric_scale"] = 32, 2, 0
	case types.Int8OID:
		v["numeric_precision"], v["numeric_precision_radix"], v["numeric_scale"] = 64, 2, 0
	case types.Float4OID:
		v["numeric_precision"], v["numeric_precision_radix"] = 24, 2
	case types.Float8OID:
		v["numeric_precision"], v["numeric_precision_radix"] = 53, 2
	case types.NumericOID:
		v["numeric_precision_radix"] = 10
		if p, s, ok := types.NumericTypmod(mod); ok {
			v["numeric_precision"], v["numeric_scale"] = p, s
		}
	}
}

// dataType is information_schema's name of a type.
func dataType(t *types.Type) string {
	if t.Kind == types.DomainType {
		t = t.Base
	}
	switch {
	case t.Kind == types.ArrayType:
		return "ARRAY"
	case t.Schema == catalogSchema:
		return types.FormatType(t, -1)
	}
	return "USER-DEFINED"
}

// udt sets the columns that name a type; a domain is named by its base type here.
func udt(v row, prefix string, t *types.Type) {
	if t.Kind == types.DomainType {
		t = t.Base
	}
	v[prefix+"udt_catalog"], v[prefix+"udt_schema"], v[prefix+"udt_name"] = database, t.Schema, t.Name
}

// collated names a collation that is not the default one.
func (m *maker) collated(v row, name string) {
	if name != "" && name != "default" {
		v["collation_catalog"], v["collation_schema"], v["collation_name"] = database, catalogSchema, strings.Trim(strings.TrimPrefix(name, "pg_catalog."), `"`)
	}
}

func infoColumns(m *maker) {
	for _, r := range m.relations() {
		if !readable(r) {
			continue
		}
		owner := m.owns(r.Owner)
		insert, update, remove := writable(r)
		for _, c := range r.Columns {
			if !owner && m.snap.ColumnRights(m.role(), r, c)&columnRights == 0 {
				continue
			}
			t := m.snap.TypeByOID(c.Type)
			if t == nil {
				continue
			}
			v := row{"table_catalog": database, "table_schema": r.Schema, "table_name": r.Name, "column_name": c.Name, "ordinal_position": c.Num,
				"is_nullable": yesNo(!c.NotNull && !(t.Kind == types.DomainType && t.NotNull)), "dtd_identifier": itoa(int64(c.Num)), "is_self_referencing": "NO", "is_identity": yesNo(c.Identity != ""),
				"is_generated": "NEVER", "identity_cycle": "NO"}
			m.described(v, t, c.Typmod)
			udt(v, "", t)
			if t.Kind == types.DomainType {
				v["domain_catalog"], v["domain_schema"], v["domain_name"] = database, t.Schema, t.Name
			}
			collation := c.Collation
			if collation == "" && m.physical(t).collation == 950 {
				collation = "C"
			}
			m.collated(v, collation)
			if c.Generated != "" {
				v["is_generated"] = "ALWAYS"
			}
			if c.Default != "" {
				text := m.define().text(node("default", int(c.Num), c.Default), r)
				if c.Generated != "" {
					v["generation_expression"] = text
				} else {
					v["column_default"] = text
				}
			}
			if c.Identity != "" {
				v["identity_generation"] = map[string]string{"a": "ALWAYS", "d": "BY DEFAULT"}[c.Identity]
				if s := m.snap.SequenceByOID(c.Sequence); s != nil {
					v["identity_start"], v["identity_increment"], v["identity_maximum"], v["identity_minimum"] = itoa(s.Start), itoa(s.Increment), itoa(s.Max), itoa(s.Min)
					v["identity_cycle"] = yesNo(s.Cycle)
				}
			}
			up := insert && update && remove
			if r.Kind == catalog.View && r.View != nil {
				up = update && remove && int(c.Num) <= len(r.View.Sources) && len(r.View.Sources[c.Num-1]) > 0
			}
			v["is_updatable"] = yesNo(up)
			m.put(v)
		}
	}
}

func infoSchemata(m *maker) {
	for _, s := range m.schemas() {
		if m.owns(s.Owner) || m.snap.Held(m.role(), s.Owner, s.ACL, 0)&(catalog.Create|catalog.Usage) != 0 {
			m.put(row{"catalog_name": database, "schema_name": s.Name, "schema_owner": s.Owner})
		}
	}
	if m.owns("postgres") {
		m.put(row{"catalog_name": database, "schema_name": "pg_toast", "schema_owner": "postgres"})
	}
}

func infoSequences(m *maker) {
	internal := map[catalog.OID]bool{}
	for _, r := range m.snap.Relations {
		for _, c := range r.Columns {
			if c.Identity != "" {
				internal[c.Sequence] = true
			}
		}
	}
	for _, s := range m.snap.Sequences {
		if internal[s.OID] || !m.owns(s.Owner) && m.snap.Held(m.role(), s.Owner, s.ACL, 0)&(catalog.Select|catalog.Update|catalog.Usage) == 0 {
			continue
		}
		t := m.snap.TypeByOID(s.Type)
		v := row{"sequence_catalog": database, "sequence_schema": s.Schema, "sequence_name": s.Name, "data_type": types.FormatType(t, -1), "start_value": itoa(s.Start),
			"minimum_value": itoa(s.Min), "maximum_value": itoa(s.Max), "increment": itoa(s.Increment), "cycle_option": yesNo(s.Cycle)}
		m.numeric(v, t, -1)
		m.put(v)
	}
}

func infoEnabledRoles(m *maker) {
	m.eachRole(func(r *catalog.Role) {
		if m.owns(r.Name) {
			m.put(row{"role_name": r.Name})
		}
	})
}

func infoApplicableRoles(m *maker) {
	if m.rel.Name == "administrable_role_authorizations" {
		return
	}
	for _, r := range m.snap.Roles {
		if !m.owns(r.Name) {
			continue
		}
		for _, of := range r.MemberOf {
			m.put(row{"grantee": r.Name, "role_name": of, "is_grantable": "NO"})
		}
	}
}

func infoCharacterSets(m *maker) {
	m.put(row{"character_set_name": "UTF8", "character_repertoire": "UCS", "form_of_use": "UTF8", "default_collate_catalog": database,
		"default_collate_schema": catalogSchema, "default_collate_name": "C.utf8"})
}

func infoCollations(m *maker) {
	m.of("pg_collation", func(get func(string) types.Datum) {
		if get("collname").S == "default" && m.rel.Name != "collations" {
			return
		}
		v := row{"collation_catalog": database, "collation_schema": catalogSchema, "collation_name": get("collname")}
		if m.rel.Name == "collations" {
			v["pad_attribute"] = "NO PAD"
		} else {
			v["character_set_name"] = "UTF8"
		}
		m.put(v)
	})
}

func infoViewUsage(m *maker) {
	for _, v := range m.snap.Relations {
		if v.Kind != catalog.View {
			continue
		}
		seen := map[catalog.OID]bool{}
		for _, u := range m.define().uses(v) {
			if !m.owns(u.rel.Owner) {
				continue
			}
			r := row{"view_catalog": database, "view_schema": v.Schema, "view_name": v.Name, "table_catalog": database, "table_schema": u.rel.Schema, "table_name": u.rel.Name}
			if m.rel.Name == "view_column_usage" {
				if c := u.rel.ColumnByNum(u.column); c != nil && u.column > 0 {
					r["column_name"] = c.Name
					m.put(r)
				}
				continue
			}
			if !seen[u.rel.OID] {
				seen[u.rel.OID] = true
				m.put(r)
			}
		}
	}
}

func infoColumnUDT(m *maker) {
	domains := m.rel.Name == "column_domain_usage"
	for _, r := range m.relations() {
		if !readable(r) && r.Kind != catalog.MaterializedView || r.Kind == catalog.MaterializedView {
			continue
		}
		for _, c := range r.Columns {
			t := m.snap.TypeByOID(c.Type)
			if t == nil || domains != (t.Kind == types.DomainType) && domains {
				continue
			}
			named := t
			if !domains && t.Kind == types.DomainType {
				named = t.Base
			}
			if !m.owns(m.typeOwner(named)) {
				continue
			}
			v := row{"table_catalog": database, "table_schema": r.Schema, "table_name": r.Name, "column_name": c.Name}
			if domains {
				v["domain_catalog"], v["domain_schema"], v["domain_name"] = database, named.Schema, named.Name
			} else {
				v["udt_catalog"], v["udt_schema"], v["udt_name"] = database, named.Schema, named.Name
			}
			m.put(v)
		}
	}
}

func infoColumnColumns(m *maker) {
	for _, r := range m.snap.Relations {
		if !m.owns(r.Owner) {
			continue
		}
		for _, c := range r.Columns {
			if c.Generated == "" {
				continue
			}
			for _, n := range m.define().columns(c.Default, r) {
				if of := r.ColumnByNum(n); of != nil {
					m.put(row{"table_catalog": database, "table_schema": r.Schema, "table_name": r.Name, "column_name": of.Name, "dependent_column": c.Name})
				}
			}
		}
	}
}

func infoDataTypePrivileges(m *maker) {
	for _, r := range m.relations() {
		if !readable(r) || !m.mayTable(r, tableRights, columnRights) {
			continue
		}
		for _, c := range r.Columns {
			m.put(row{"object_catalog": database, "object_schema": r.Schema, "object_name": r.Name, "object_type": "TABLE", "dtd_identifier": strconv.Itoa(int(c.Num))})
		}
	}
	for _, u := range m.userTypes() {
		if u.Type.Kind == types.DomainType && m.mayType(u) {
			m.put(row{"object_catalog": database, "object_schema": u.Type.Schema, "object_name": u.Type.Name, "object_type": "DOMAIN", "dtd_identifier": "1"})
		}
	}
}
