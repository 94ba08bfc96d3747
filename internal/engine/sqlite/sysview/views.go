package sysview

import (
	"strconv"
	"time"

	"github.com/basement-project/basement/internal/catalog"
	"github.com/basement-project/basement/internal/engine/sqlite/extension"
	"github.com/basement-project/basement/internal/engine/sqlite/extension/available"
	"github.com/basement-project/basement/internal/sql/types"
	"github.com/basement-project/basement/internal/sql/types/datetime"
	"github.com/basement-project/basement/internal/sql/types/timezone"
)

// makerOf gives the function that makes the rows of a relation that are no facts; nil for relations that have none, as
// PostgreSQL's are empty then.
func makerOf(r *catalog.Relation) func(m *maker) {
	if r.Schema == infoSchema {
		return infoMakerOf(r.Name)
	}
	switch r.Name {
	case "pg_class":
		return pgClass
	case "pg_event_trigger":
		return pgEventTrigger
	case "pg_ts_config":
		return pgTSConfig
	case "pg_ts_config_map":
		return pgTSConfigMap
	case "pg_ts_dict":
		return pgTSDict
	case "pg_partitioned_table":
		return pgPartitionedTable
	case "pg_aggregate":
		return pgAggregate
	case "pg_operator":
		return pgOperator
	case "pg_attribute":
		return pgAttribute
	case "pg_attrdef":
		return pgAttrdef
	case "pg_index":
		return pgIndex
	case "pg_inherits":
		return pgInherits
	case "pg_sequence":
		return pgSequence
	case "pg_constraint":
		return pgConstraint
	case "pg_trigger":
		return pgTrigger
	case "pg_policy":
		return pgPolicy
	case "pg_type":
		return pgType
	case "pg_enum":
		return pgEnum
	case "pg_range":
		return pgRange
	case "pg_namespace":
		return pgNamespace
	case "pg_proc":
		return pgProc
	case "pg_cast":
		return pgCast
	case "pg_extension":
		return pgExtension
	case "pg_publication":
		return pgPublication
	case "pg_publication_rel":
		return pgPublicationRel
	case "pg_publication_tables":
		return pgPublicationTables
	case "pg_default_acl":
		return pgDefaultACL
	case "pg_authid":
		return pgAuthid
	case "pg_roles":
		return pgRoles
	case "pg_user", "pg_shadow":
		return pgUser
	case "pg_group":
		return pgGroup
	case "pg_auth_members":
		return pgAuthMembers
	case "pg_db_role_setting":
		return pgDbRoleSetting
	case "pg_database":
		return pgDatabase
	case "pg_description":
		return pgDescription
	case "pg_shdescription":
		return pgShdescription
	case "pg_tables":
		return pgTables
	case "pg_views":
		return pgViews
	case "pg_matviews":
		return pgMatviews
	case "pg_indexes":
		return pgIndexes
	case "pg_policies":
		return pgPolicies
	case "pg_sequences":
		return pgSequences
	case "pg_rewrite":
		return pgRewrite
	case "pg_depend":
		return pgDepend
	case "pg_settings":
		return pgSettings
	case "pg_timezone_names":
		return pgTimezoneNames
	case "pg_stat_activity":
		return pgStatActivity
	case "pg_stat_all_tables", "pg_stat_user_tables", "pg_stat_sys_tables", "pg_stat_xact_all_tables", "pg_stat_xact_user_tables", "pg_stat_xact_sys_tables",
		"pg_statio_all_tables", "pg_statio_user_tables", "pg_statio_sys_tables":
		return pgStatTables
	case "pg_stat_all_indexes", "pg_stat_user_indexes", "pg_stat_sys_indexes", "pg_statio_all_indexes", "pg_statio_user_indexes", "pg_statio_sys_indexes":
		return pgStatIndexes
	case "pg_statio_all_sequences", "pg_statio_user_sequences", "pg_statio_sys_sequences":
		return pgStatSequences
	case "pg_stat_database":
		return pgStatDatabase
	case "pg_available_extensions", "pg_available_extension_versions":
		return pgAvailableExtensions
	}
	return nil
}

func timestamp(t time.Time) types.Datum { return types.TimestampDatum(datetime.FromTime(t)) }

func pgTables(m *maker) {
	for _, r := range m.relations() {
		if r.Kind != catalog.Table && r.Kind != catalog.PartitionedTable {
			continue
		}
		system := r.OID < 16384
		m.put(row{"schemaname": r.Schema, "tablename": r.Name, "tableowner": r.Owner, "hasindexes": len(r.Indexes) > 0 || system && r.Schema == catalogSchema,
			"hasrules": false, "hastriggers": m.hasTriggers(r), "rowsecurity": r.RowSecurity})
	}
}

func (m *maker) hasTriggers(r *catalog.Relation) bool {
	if len(r.Triggers) > 0 || len(m.snap.Referring(r.OID)) > 0 {
		return true
	}
	for _, c := range r.Constraints {
		if c.Kind == catalog.ForeignKey {
			return true
		}
	}
	return false
}

func pgViews(m *maker) {
	for _, r := range m.snap.Relations {
		if r.Kind == catalog.View {
			m.put(row{"schemaname": r.Schema, "viewname": r.Name, "viewowner": r.Owner, "definition": m.define().View(r, false, 0)})
		}
	}
}

func pgMatviews(m *maker) {
	for _, r := range m.snap.Relations {
		if r.Kind == catalog.MaterializedView {
			m.put(row{"schemaname": r.Schema, "matviewname": r.Name, "matviewowner": r.Owner, "hasindexes": len(r.Indexes) > 0, "ispopulated": !r.Unpopulated,
				"definition": m.define().View(r, false, 0)})
		}
	}
}

func pgIndexes(m *maker) {
	for _, r := range m.snap.Relations {
		for _, x := range r.Indexes {
			m.put(row{"schemaname": r.Schema, "tablename": r.Name, "indexname": x.Name, "indexdef": m.define().Index(r, x, 0, false)})
		}
	}
}

var policyCommands = map[string]string{"r": "SELECT", "a": "INSERT", "w": "UPDATE", "d": "DELETE", "*": "ALL"}

func pgPolicies(m *maker) {
	for _, r := range m.snap.Relations {
		for _, p := range r.Policies {
			roles := p.Roles
			if len(roles) == 0 {
				roles = []string{"public"}
			}
			kind := "RESTRICTIVE"
			if p.Permissive {
				kind = "PERMISSIVE"
			}
			m.put(row{"schemaname": r.Schema, "tablename": r.Name, "policyname": p.Name, "permissive": kind, "roles": roles, "cmd": policyCommands[p.Command],
				"qual": m.define().text(node("policy", 0, p.Using), r), "with_check": m.define().text(node("policy", 0, p.WithCheck), r)})
		}
	}
}

func pgSequences(m *maker) {
	for _, s := range m.snap.Sequences {
		v := row{"schemaname": s.Schema, "sequencename": s.Name, "sequenceowner": s.Owner, "data_type": s.Type, "start_value": s.Start, "min_value": s.Min,
			"max_value": s.Max, "increment_by": s.Increment, "cycle": s.Cycle, "cache_size": max(s.Cache, 1)}
		if m.snap.Held(m.role(), s.Owner, s.ACL, 0)&(catalog.Select|catalog.Usage) != 0 {
			if st := m.tx.SequenceState(s); st.Called {
				v["last_value"] = st.Last
			}
		}
		m.put(v)
	}
}

func ruleOID(r *catalog.Relation) catalog.OID { return synthetic(rewriteKind, int(r.OID)) }

func pgRewrite(m *maker) {
	for _, r := range m.snap.Relations {
		if r.View != nil {
			m.put(row{"oid": ruleOID(r), "rulename": "_RETURN", "ev_class": r.OID, "ev_type": "1", "ev_enabled": "O", "is_instead": true,
				"ev_qual": "<>", "ev_action": node("view", int(r.OID), "")})
		}
	}
}

func pgDepend(m *maker) {
	edge := func(class int, oid catalog.OID, sub int32, refClass int, ref catalog.OID, refSub int32, kind string) {
		if ref >= 16384 || ref == 2200 {
			m.put(row{"classid": class, "objid": oid, "objsubid": sub, "refclassid": refClass, "refobjid": ref, "refobjsubid": refSub, "deptype": kind})
		}
	}
	const class, con, def, rule, trig, typ, proc, ns, ext, pol = 1259, 2606, 2604, 2618, 2620, 1247, 1255, 2615, 3079, 3256
	for _, r := range m.snap.Relations {
		edge(class, r.OID, 0, ns, m.schemaOID(r.Schema), 0, "n")
		if r.RowType != 0 {
			edge(typ, r.RowType, 0, class, r.OID, 0, "i")
			if t := m.snap.TypeByOID(r.RowType); t != nil && t.Array != 0 {
				edge(typ, t.Array, 0, typ, r.RowType, 0, "i")
			}
		}
		if r.Parent != 0 {
			kind := "n"
			if r.IsPartition {
				kind = "a"
			}
			edge(class, r.OID, 0, class, r.Parent, 0, kind)
		}
		for _, c := range r.Columns {
			edge(class, r.OID, c.Num, typ, c.Type, 0, "n")
			if c.Default != "" {
				edge(def, attrdefOID(r, c), 0, class, r.OID, c.Num, "a")
				if c.Sequence != 0 && c.Identity == "" {
					edge(def, attrdefOID(r, c), 0, class, c.Sequence, 0, "n")
				}
			}
		}
		for _, c := range r.Constraints {
			if c.Kind == catalog.NotNullCon {
				continue
			}
			for _, n := range c.Columns {
				edge(con, c.OID, 0, class, r.OID, n, "a")
			}
			if len(c.Columns) == 0 {
				edge(con, c.OID, 0, class, r.OID, 0, "a")
			}
			for _, n := range c.RefColumns {
				edge(con, c.OID, 0, class, c.RefTable, n, "n")
			}
			if c.Kind == catalog.ForeignKey && c.Index != 0 {
				edge(con, c.OID, 0, class, c.Index, 0, "n")
			}
		}
		for _, x := range r.Indexes {
			owned := false
			for _, c := range r.Constraints {
				if c.Kind != catalog.ForeignKey && indexOf(r, c) == x.OID {
					edge(class, x.OID, 0, con, c.OID, 0, "i")
					owned = true
				}
			}
			if !owned {
				whole := false
				for _, k := range x.Keys {
					if k.Column != 0 {
						edge(class, x.OID, 0, class, r.OID, k.Column, "a")
					}
					whole = whole || k.Column == 0
				}
				if whole {
					edge(class, x.OID, 0, class, r.OID, 0, "a")
				}
			}
		}
		for _, t := range r.Triggers {
			edge(trig, t.OID, 0, proc, t.Function, 0, "n")
			edge(trig, t.OID, 0, class, r.OID, 0, "a")
		}
		for _, p := range r.Policies {
			edge(pol, p.OID, 0, class, r.OID, 0, "a")
		}
		if r.View != nil {
			edge(rule, ruleOID(r), 0, class, r.OID, 0, "i")
			edge(rule, ruleOID(r), 0, class, r.OID, 0, "n")
			for _, u := range m.define().uses(r) {
				if u.column == 0 && u.only {
					edge(rule, ruleOID(r), 0, class, u.rel.OID, 0, "n")
				} else if u.column > 0 {
					edge(rule, ruleOID(r), 0, class, u.rel.OID, u.column, "n")
				}
			}
		}
	}
	for _, s := range m.snap.Sequences {
		edge(class, s.OID, 0, ns, m.schemaOID(s.Schema), 0, "n")
		if s.OwnedBy != 0 {
			kind := "a"
			if r := m.snap.RelationByOID(s.OwnedBy); r != nil {
				if c := r.ColumnByNum(s.OwnedByCol); c != nil && c.Identity != "" {
					kind = "i"
				}
			}
			edge(class, s.OID, 0, class, s.OwnedBy, s.OwnedByCol, kind)
		}
	}
	for _, f := range m.snap.Functions {
		edge(proc, f.OID, 0, ns, m.schemaOID(f.Schema), 0, "n")
		edge(proc, f.OID, 0, typ, f.Returns, 0, "n")
		for _, p := range f.Params {
			edge(proc, f.OID, 0, typ, p.Type, 0, "n")
		}
	}
	for _, u := range m.snap.Types {
		t := u.Type
		if m.snap.RelationOfRowType(t.OID) != nil {
			continue
		}
		if t.Kind == types.ArrayType {
			if t.Elem != nil && m.snap.RelationOfRowType(t.Elem.OID) == nil {
				edge(typ, t.OID, 0, typ, t.Elem.OID, 0, "i")
			}
			continue
		}
		edge(typ, t.OID, 0, ns, m.schemaOID(t.Schema), 0, "n")
		if t.Base != nil {
			edge(typ, t.OID, 0, typ, t.Base.OID, 0, "n")
		}
		for _, c := range u.Checks {
			edge(con, c.OID, 0, typ, t.OID, 0, "a")
		}
	}
	for _, e := range m.snap.Extensions {
		edge(ext, extOIDOf(e), 0, ns, m.schemaOID(e.Schema), 0, "n")
	}
	member := func(class int, oid, of catalog.OID) {
		if of != 0 {
			edge(class, oid, 0, ext, of, 0, "e")
		}
	}
	for _, f := range m.snap.Functions {
		member(proc, f.OID, f.Extension)
	}
	for _, u := range m.snap.Types {
		member(typ, u.Type.OID, u.Extension)
	}
	for _, o := range m.snap.Operators {
		member(2617, o.OID, o.Extension)
	}
	for _, c := range m.snap.Casts {
		member(2605, c.OID, c.Extension)
	}
}

func pgTimezoneNames(m *maker) {
	now := m.tx.Start
	for _, name := range timezone.Names() {
		loc, ok := timezone.Load(name)
		if !ok {
			continue
		}
		t := now.In(loc)
		abbrev, secs := t.Zone()
		sign, n := "", secs
		if n < 0 {
			sign, n = "-", -n
		}
		m.put(row{"name": name, "abbrev": abbrev, "utc_offset": sign + two(n/3600) + ":" + two(n/60%60) + ":" + two(n%60), "is_dst": t.IsDST()})
	}
}

func two(n int) string { return string([]byte{byte('0' + n/10%10), byte('0' + n%10)}) }

func pgAvailableExtensions(m *maker) {
	installed := map[string]string{"plpgsql": "1.0"}
	for _, e := range m.snap.Extensions {
		installed[e.Name] = e.Version
	}
	put := func(x *extension.Extension, version string) {
		now := installed[x.Name]
		if m.rel.Name == "pg_available_extensions" {
			m.put(row{"name": x.Name, "default_version": version, "installed_version": orNull(now), "comment": orNull(x.Comment)})
			return
		}
		v := row{"name": x.Name, "version": version, "installed": now == version, "superuser": x.Superuser, "trusted": !x.Superuser, "relocatable": !x.Fixed,
			"schema": orNull(x.Schema), "comment": orNull(x.Comment)}
		if len(x.Requires) > 0 {
			v["requires"] = x.Requires
		}
		m.put(v)
	}
	language := false
	for _, x := range available.List() {
		if x.Refused != "" {
			continue
		}
		language = language || x.Name == "plpgsql"
		put(x, x.Version)
		if m.rel.Name != "pg_available_extensions" {
			for _, old := range x.Older {
				put(x, old)
			}
		}
	}
	if !language {
		put(&extension.Extension{Name: "plpgsql", Comment: "PL/pgSQL procedural language", Fixed: true, Schema: catalogSchema}, "1.0")
	}
}

func itoa(n int64) string { return strconv.FormatInt(n, 10) }
