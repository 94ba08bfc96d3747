package sysview

import (
	"github.com/basement-project/basement/internal/catalog"
	"github.com/basement-project/basement/internal/sql/query"
	"github.com/basement-project/basement/internal/sql/types"
)

var constraintTypes = map[string]string{catalog.Check: "CHECK", catalog.ForeignKey: "FOREIGN KEY", catalog.PrimaryKey: "PRIMARY KEY", catalog.Unique: "UNIQUE"}

// notNullName is the name information_schema gives to NOT NULL, which is no constraint in PostgreSQL 15.
func (m *maker) notNullName(r *catalog.Relation, c *catalog.Column) string {
	return itoa(int64(m.schemaOID(r.Schema))) + "_" + itoa(int64(r.OID)) + "_" + itoa(int64(c.Num)) + "_not_null"
}

func infoTableConstraints(m *maker) {
	for _, r := range m.relations() {
		if r.Kind != catalog.Table && r.Kind != catalog.PartitionedTable {
			continue
		}
		if !m.mayTable(r, tableRights&^catalog.Select, columnRights&^catalog.Select) {
			continue
		}
		base := func(name, kind string) row {
			return row{"constraint_catalog": database, "constraint_schema": r.Schema, "constraint_name": name, "table_catalog": database, "table_schema": r.Schema,
				"table_name": r.Name, "constraint_type": kind, "is_deferrable": "NO", "initially_deferred": "NO", "enforced": "YES"}
		}
		for _, c := range r.Constraints {
			kind := constraintTypes[c.Kind]
			if kind == "" {
				continue
			}
			v := base(c.Name, kind)
			v["is_deferrable"], v["initially_deferred"] = yesNo(c.Deferrable), yesNo(c.InitiallyDeferred)
			if c.Kind == catalog.Unique {
				v["nulls_distinct"] = yesNo(!c.NullsNotDistinct)
			}
			m.put(v)
		}
		for _, c := range r.Columns {
			if c.NotNull {
				m.put(base(m.notNullName(r, c), "CHECK"))
			}
		}
	}
}

func infoCheckConstraints(m *maker) {
	for _, r := range m.relations() {
		if !m.owns(r.Owner) {
			continue
		}
		for _, c := range r.Constraints {
			if c.Kind == catalog.Check {
				s := m.define().Constraint(r, c, false)
				m.put(row{"constraint_catalog": database, "constraint_schema": r.Schema, "constraint_name": c.Name, "check_clause": clause(s)})
			}
		}
		if r.Kind == catalog.Table || r.Kind == catalog.PartitionedTable {
			for _, c := range r.Columns {
				if c.NotNull {
					m.put(row{"constraint_catalog": database, "constraint_schema": r.Schema, "constraint_name": m.notNullName(r, c), "check_clause": c.Name + " IS NOT NULL"})
				}
			}
		}
	}
	for _, u := range m.snap.Types {
		if !m.owns(u.Owner) {
			continue
		}
		for _, c := range u.Checks {
			m.put(row{"constraint_catalog": database, "constraint_schema": u.Type.Schema, "constraint_name": c.Name, "check_clause": clause(m.define().DomainConstraint(u.Type, c, false))})
		}
	}
}

// clause is what follows CHECK, as the view cuts it out by position.
func clause(s string) string {
	return s[min(len("CHECK "), len(s)):]
}

func isKey(c *catalog.Constraint) bool {
	return c.Kind == catalog.PrimaryKey || c.Kind == catalog.Unique || c.Kind == catalog.ForeignKey
}

func infoKeyColumns(m *maker) {
	for _, r := range m.relations() {
		if r.Kind != catalog.Table && r.Kind != catalog.PartitionedTable {
			continue
		}
		for _, c := range r.Constraints {
			if !isKey(c) {
				continue
			}
			for i, n := range c.Columns {
				col := r.ColumnByNum(n)
				if col == nil || !m.owns(r.Owner) && m.snap.ColumnRights(m.role(), r, col)&columnRights == 0 {
					continue
				}
				v := row{"constraint_catalog": database, "constraint_schema": r.Schema, "constraint_name": c.Name, "table_catalog": database, "table_schema": r.Schema,
					"table_name": r.Name, "column_name": col.Name, "ordinal_position": i + 1}
				if c.Kind == catalog.ForeignKey && i < len(c.RefColumns) {
					if ref := m.snap.RelationByOID(c.RefTable); ref != nil {
						if k := uniqueOf(ref, c); k != nil {
							for j, kn := range k.Columns {
								if kn == c.RefColumns[i] {
									v["position_in_unique_constraint"] = j + 1
								}
							}
						}
					}
				}
				m.put(v)
			}
		}
	}
}

// uniqueOf finds the key a foreign key refers to.
func uniqueOf(ref *catalog.Relation, c *catalog.Constraint) *catalog.Constraint {
	for _, k := range ref.Constraints {
		if (k.Kind == catalog.PrimaryKey || k.Kind == catalog.Unique) && c.Index != 0 && indexOf(ref, k) == c.Index {
			return k
		}
	}
	for _, k := range ref.Constraints {
		if k.Kind != catalog.PrimaryKey && k.Kind != catalog.Unique || len(k.Columns) != len(c.RefColumns) {
			continue
		}
		all := true
		for _, n := range c.RefColumns {
			in := false
			for _, x := range k.Columns {
				in = in || x == n
			}
			all = all && in
		}
		if all {
			return k
		}
	}
	return nil
}

func infoConstraintColumns(m *maker) {
	for _, r := range m.relations() {
		for _, c := range r.Constraints {
			on, nums := r, c.Columns
			switch c.Kind {
			case catalog.ForeignKey:
				if on = m.snap.RelationByOID(c.RefTable); on == nil {
					continue
				}
				nums = c.RefColumns
			case catalog.Check:
				nums = m.define().columns(c.Expr, r)
			case catalog.PrimaryKey, catalog.Unique:
			default:
				continue
			}
			if !m.owns(on.Owner) {
				continue
			}
			for _, n := range nums {
				if col := on.ColumnByNum(n); col != nil {
					m.put(row{"table_catalog": database, "table_schema": on.Schema, "table_name": on.Name, "column_name": col.Name, "constraint_catalog": database,
						"constraint_schema": r.Schema, "constraint_name": c.Name})
				}
			}
		}
	}
}

// columns lists the columns of a relation that a stored expression uses.
func (d *Definer) columns(text string, r *catalog.Relation) []int32 {
	x := d.analysed(text, r)
	if x == nil {
		return nil
	}
	used := map[int]bool{}
	query.VisitExpr(x, nil, func(e query.Expr) bool {
		if v, ok := e.(*query.Var); ok && v.RT == 1 && v.Col >= 0 && v.Levels == 0 {
			used[v.Col] = true
		}
		return true
	})
	var out []int32
	for i, c := range r.Columns {
		if used[i] {
			out = append(out, c.Num)
		}
	}
	return out
}

func infoConstraintTables(m *maker) {
	for _, r := range m.relations() {
		for _, c := range r.Constraints {
			on := r
			if c.Kind == catalog.ForeignKey {
				if on = m.snap.RelationByOID(c.RefTable); on == nil {
					continue
				}
			} else if c.Kind != catalog.PrimaryKey && c.Kind != catalog.Unique {
				continue
			}
			if m.owns(on.Owner) {
				m.put(row{"table_catalog": database, "table_schema": on.Schema, "table_name": on.Name, "constraint_catalog": database, "constraint_schema": r.Schema, "constraint_name": c.Name})
			}
		}
	}
}

var rules = map[string]string{catalog.Cascade: "CASCADE", catalog.SetNull: "SET NULL", catalog.SetDefault: "SET DEFAULT", catalog.Restrict: "RESTRICT"}

func rule(action string) string {
	if s := rules[action]; s != "" {
		return s
	}
	return "NO ACTION"
}

func infoReferential(m *maker) {
	for _, r := range m.snap.Relations {
		if !m.mayTable(r, tableRights&^catalog.Select, columnRights&^catalog.Select) {
			continue
		}
		for _, c := range r.Constraints {
			if c.Kind != catalog.ForeignKey {
				continue
			}
			match := "NONE"
			if c.MatchFull {
				match = "FULL"
			}
			v := row{"constraint_catalog": database, "constraint_schema": r.Schema, "constraint_name": c.Name, "match_option": match, "update_rule": rule(c.OnUpdate), "delete_rule": rule(c.OnDelete)}
			if ref := m.snap.RelationByOID(c.RefTable); ref != nil {
				if k := uniqueOf(ref, c); k != nil {
					v["unique_constraint_catalog"], v["unique_constraint_schema"], v["unique_constraint_name"] = database, ref.Schema, k.Name
				}
			}
			m.put(v)
		}
	}
}

// specific is the name by which information_schema tells overloads apart.
func specific(f *catalog.Function) string {
	tail := "_" + itoa(int64(f.OID))
	name := f.Name
	if len(name)+len(tail) > 63 {
		name = name[:63-len(tail)]
	}
	return name + tail
}

func (m *maker) mayFunction(f *catalog.Function) bool {
	return m.owns(f.Owner) || m.snap.MayExecute(m.role(), f)
}

func (m *maker) functions() []*catalog.Function {
	var out []*catalog.Function
	for _, f := range m.snap.Base.Functions {
		if f.Schema == catalogSchema {
			out = append(out, f)
		}
	}
	return append(out, m.snap.Functions...)
}

func infoRoutines(m *maker) {
	for _, f := range m.functions() {
		if !m.mayFunction(f) {
			continue
		}
		v := row{"specific_catalog": database, "specific_schema": f.Schema, "specific_name": specific(f), "routine_catalog": database, "routine_schema": f.Schema,
			"routine_name": f.Name, "parameter_style": "GENERAL", "is_deterministic": yesNo(f.Volatility == 'i'), "sql_data_access": "MODIFIES",
			"schema_level_routine": "YES", "max_dynamic_result_sets": 0, "security_type": "INVOKER", "as_locator": "NO", "is_udt_dependent": "NO"}
		switch f.Kind {
		case catalog.RegularFunction:
			v["routine_type"] = "FUNCTION"
		case catalog.Procedure:
			v["routine_type"] = "PROCEDURE"
		}
		if f.SecurityDefiner {
			v["security_type"] = "DEFINER"
		}
		if f.Kind != catalog.Procedure {
			v["is_null_call"] = yesNo(f.Strict)
		}
		body := "EXTERNAL"
		if f.Language == "sql" {
			body = "SQL"
		}
		v["routine_body"] = body
		v["external_language"] = upper(f.Language)
		if m.owns(f.Owner) {
			if f.OID >= 16384 {
				v["routine_definition"] = f.Body
			}
		}
		if t := m.snap.TypeByOID(f.Returns); t != nil && f.Kind != catalog.Procedure {
			switch {
			case t.Kind == types.ArrayType:
				v["data_type"] = "ARRAY"
			case t.Schema == catalogSchema:
				v["data_type"] = types.FormatType(t, -1)
			default:
				v["data_type"] = "USER-DEFINED"
			}
			v["type_udt_catalog"], v["type_udt_schema"], v["type_udt_name"] = database, t.Schema, t.Name
			v["dtd_identifier"] = "0"
		}
		m.put(v)
	}
}

func upper(s string) string {
	b := []byte(s)
	for i, c := range b {
		if c >= 'a' && c <= 'z' {
			b[i] = c - 32
		}
	}
	return string(b)
}

var parameterModes = map[catalog.ParamMode]string{catalog.In: "IN", catalog.Out: "OUT", catalog.InOut: "INOUT", catalog.Variadic: "IN", catalog.TableCol: "OUT"}

func infoParameters(m *maker) {
	for _, f := range m.functions() {
		if !m.mayFunction(f) {
			continue
		}
		for i, p := range f.Params {
			t := m.snap.TypeByOID(p.Type)
			if t == nil {
				continue
			}
			v := row{"specific_catalog": database, "specific_schema": f.Schema, "specific_name": specific(f), "ordinal_position": i + 1, "parameter_mode": parameterModes[p.Mode],
				"is_result": "NO", "as_locator": "NO", "parameter_name": orNull(p.Name), "udt_catalog": database, "udt_schema": t.Schema, "udt_name": t.Name,
				"dtd_identifier": itoa(int64(i + 1))}
			switch {
			case t.Kind == types.ArrayType:
				v["data_type"] = "ARRAY"
			case t.Schema == catalogSchema:
				v["data_type"] = types.FormatType(t, -1)
			default:
				v["data_type"] = "USER-DEFINED"
			}
			if (p.HasDefault || p.Default != "") && m.owns(f.Owner) {
				v["parameter_default"] = m.define().argumentDefault(p)
			}
			m.put(v)
		}
	}
}
