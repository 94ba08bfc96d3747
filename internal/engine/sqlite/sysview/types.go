package sysview

import (
	"strings"

	"github.com/basement-project/basement/internal/catalog"
	"github.com/basement-project/basement/internal/engine/sqlite/extension/available"
	"github.com/basement-project/basement/internal/sql/types"
)

// proc finds a function of pg_catalog by name, for the columns that name the functions of a type.
func (m *maker) proc(name string) catalog.OID {
	if rel := m.snap.Relation(catalogSchema, "pg_proc"); rel != nil {
		for _, f := range factsOf(rel).lookup(1, types.Text(name)) {
			return catalog.OID(f[0].I)
		}
	}
	return 0
}

func oidOf(t *types.Type) catalog.OID {
	if t == nil {
		return 0
	}
	return t.OID
}

func pgType(m *maker) {
	for _, u := range m.snap.Types {
		t := u.Type
		p := m.physical(t)
		v := row{"oid": t.OID, "typname": t.Name, "typnamespace": m.schemaOID(t.Schema), "typowner": m.roleOID(u.Owner), "typlen": p.length, "typbyval": p.byval,
			"typcategory": t.Category, "typispreferred": t.Preferred, "typisdefined": true, "typdelim": ",", "typrelid": m.typeRelation(t), "typsubscript": 0,
			"typelem": 0, "typarray": t.Array, "typmodin": 0, "typmodout": 0, "typanalyze": 0, "typalign": p.align, "typstorage": p.storage, "typnotnull": false,
			"typbasetype": 0, "typtypmod": -1, "typndims": 0, "typcollation": p.collation, "typacl": acl(u.ACL, u.Owner)}
		kind, in, analyze := "b", "", ""
		if t.Category == 0 {
			v["typcategory"] = "U"
		}
		switch t.Kind {
		case types.EnumType:
			kind, in = "e", "enum"
		case types.CompositeType:
			kind, in = "c", "record"
		case types.RangeType:
			kind, in, analyze = "r", "range", "range_typanalyze"
		case types.MultirangeType:
			kind, in, analyze = "m", "multirange", "multirange_typanalyze"
		case types.ArrayType:
			in, analyze = "array", "array_typanalyze"
			v["typelem"], v["typsubscript"] = oidOf(t.Elem), m.proc("array_subscript_handler")
			if t.Elem != nil {
				v["typdelim"] = ","
			}
		case types.DomainType:
			kind, in = "d", "domain"
			v["typbasetype"], v["typtypmod"], v["typnotnull"] = oidOf(t.Base), t.Typmod, t.NotNull
			if t.Base != nil && t.Base.IsArray() {
				v["typndims"] = 1
			}
			if u.Default != "" {
				v["typdefault"], v["typdefaultbin"] = u.Default, node("typedefault", int(t.OID), u.Default)
			}
		}
		v["typtype"] = kind
		if in != "" {
			v["typinput"], v["typoutput"], v["typreceive"], v["typsend"] = m.proc(in+"_in"), m.proc(in+"_out"), m.proc(in+"_recv"), m.proc(in+"_send")
		}
		if analyze != "" {
			v["typanalyze"] = m.proc(analyze)
		}
		if t.Kind == types.DomainType {
			if rel := m.snap.Relation(catalogSchema, "pg_type"); rel != nil {
				for _, f := range factsOf(rel).lookup(0, types.Int(int64(t.Underlying().OID))) {
					v["typoutput"], v["typsend"], v["typdelim"] = f[16], f[18], f[10]
				}
			}
			switch t.Underlying().Kind {
			case types.EnumType:
				v["typoutput"], v["typsend"] = m.proc("enum_out"), m.proc("enum_send")
			}
		}
		m.put(v)
	}
}

func pgEnum(m *maker) {
	for _, u := range m.snap.Types {
		for i, label := range u.Type.Labels {
			m.put(row{"oid": synthetic(enumKind, int(u.Type.OID)*512+i), "enumtypid": u.Type.OID, "enumsortorder": float64(i + 1), "enumlabel": label})
		}
	}
}

func pgRange(m *maker) {
	for _, u := range m.snap.Types {
		if t := u.Type; t.Kind == types.RangeType {
			m.put(row{"rngtypid": t.OID, "rngsubtype": oidOf(t.Subtype), "rngmultitypid": t.Multirange, "rngcollation": m.physical(t.Subtype).collation,
				"rngsubopc": m.opclass("btree", "", t.Subtype), "rngcanonical": 0, "rngsubdiff": 0})
		}
	}
}

func pgNamespace(m *maker) {
	for _, s := range m.schemas() {
		m.put(row{"oid": s.OID, "nspname": s.Name, "nspowner": m.roleOID(s.Owner), "nspacl": acl(s.ACL, s.Owner)})
	}
	m.put(row{"oid": 99, "nspname": "pg_toast", "nspowner": 10})
}

// languageOID is the identifier of a language.
func languageOID(name string) catalog.OID {
	switch strings.ToLower(name) {
	case "internal":
		return 12
	case "c":
		return 13
	case "sql":
		return 14
	}
	return plpgsqlOID
}

const plpgsqlOID = 13563

func pgProc(m *maker) {
	for _, f := range m.snap.Functions {
		in := f.Inputs()
		args := make([]catalog.OID, len(in))
		defaults, variadic := 0, catalog.OID(0)
		var defaultText []string
		for i, p := range in {
			args[i] = p.Type
			if p.HasDefault || p.Default != "" {
				defaults++
				defaultText = append(defaultText, p.Default)
			}
			if p.Mode == catalog.Variadic {
				if t := m.snap.TypeByOID(p.Type); t != nil && t.Elem != nil {
					variadic = t.Elem.OID
				} else if p.Type == types.AnyArrayOID {
					variadic = types.AnyElementOID
				} else {
					variadic = p.Type
				}
			}
		}
		var all []catalog.OID
		var modes, names []string
		named, other := false, false
		for _, p := range f.Params {
			all = append(all, p.Type)
			modes = append(modes, string(rune(p.Mode)))
			names = append(names, p.Name)
			named = named || p.Name != ""
			other = other || p.Mode != catalog.In
		}
		cost := 100.0
		if f.Language == "internal" || strings.EqualFold(f.Language, "c") {
			cost = 1
		}
		if f.Cost > 0 {
			cost = f.Cost
		}
		parallel := "u"
		if f.Parallel != 0 {
			parallel = string(rune(f.Parallel))
		}
		rows := f.Rows
		if f.ReturnsSet && rows == 0 {
			rows = 1000
		}
		if !f.ReturnsSet {
			rows = 0
		}
		v := row{"oid": f.OID, "proname": f.Name, "pronamespace": m.schemaOID(f.Schema), "proowner": m.roleOID(f.Owner), "prolang": languageOID(f.Language),
			"procost": cost, "prorows": rows, "provariadic": variadic, "prosupport": 0, "prokind": f.Kind, "prosecdef": f.SecurityDefiner,
			"proleakproof": f.Leakproof, "proisstrict": f.Strict, "proretset": f.ReturnsSet, "provolatile": f.Volatility, "proparallel": parallel,
			"pronargs": len(in), "pronargdefaults": defaults, "prorettype": f.Returns, "proargtypes": vector(args), "prosrc": f.Body,
			"proconfig": options(f.Settings), "proacl": acl(f.ACL, f.Owner)}
		if other {
			v["proallargtypes"], v["proargmodes"] = numbers(all), textArray(modes)
		}
		if named {
			v["proargnames"] = textArray(names)
		}
		if defaults > 0 {
			v["proargdefaults"] = node("arguments", int(f.OID), strings.Join(defaultText, ", "))
		}
		if f.NewStyleBody {
			v["prosqlbody"], v["prosrc"] = node("body", int(f.OID), f.Body), ""
		}
		m.put(v)
	}
}

func pgCast(m *maker) {
	for i, c := range m.snap.Casts {
		oid := c.OID
		if oid == 0 {
			oid = synthetic(castKind, i)
		}
		m.put(row{"oid": oid, "castsource": c.From, "casttarget": c.To, "castfunc": c.Function, "castcontext": c.Context, "castmethod": c.Method})
	}
}

func pgAggregate(m *maker) {
	for _, f := range m.snap.Functions {
		a := f.Aggregate
		if a == nil {
			continue
		}
		kind := f.AggKind
		if kind == 0 {
			kind = 'n'
		}
		v := row{"aggfnoid": f.OID, "aggkind": kind, "aggnumdirectargs": f.DirectArgs, "aggtransfn": a.Transition, "aggfinalfn": a.Final, "aggcombinefn": a.Combine,
			"aggserialfn": a.Serialize, "aggdeserialfn": a.Deserialize, "aggmtransfn": 0, "aggminvtransfn": a.Inverse, "aggmfinalfn": 0, "aggfinalextra": a.FinalExtra,
			"aggmfinalextra": false, "aggfinalmodify": "r", "aggmfinalmodify": "r", "aggsortop": 0, "aggtranstype": a.State, "aggtransspace": 0, "aggmtranstype": 0,
			"aggmtransspace": 0}
		if a.Init != nil {
			v["agginitval"] = *a.Init
		}
		m.put(v)
	}
}

func pgOperator(m *maker) {
	for _, o := range m.snap.Operators {
		fn := o.FunctionOID
		if o.Function != nil {
			fn = o.Function.OID
		}
		kind := "b"
		if o.Left == 0 {
			kind = "l"
		}
		other := func(name string, left, right catalog.OID) catalog.OID {
			if name == "" {
				return 0
			}
			for _, x := range m.snap.Operators {
				if x.Name == name && x.Left == left && x.Right == right {
					return x.OID
				}
			}
			return 0
		}
		m.put(row{"oid": o.OID, "oprname": o.Name, "oprnamespace": m.schemaOID(o.Schema), "oprowner": m.roleOID(o.Owner), "oprkind": kind, "oprcanmerge": false,
			"oprcanhash": false, "oprleft": o.Left, "oprright": o.Right, "oprresult": o.Result, "oprcom": other(o.Commutator, o.Right, o.Left),
			"oprnegate": other(o.Negator, o.Left, o.Right), "oprcode": fn, "oprrest": 0, "oprjoin": 0})
	}
}

func pgExtension(m *maker) {
	language := false
	for _, e := range m.snap.Extensions {
		language = language || e.Name == "plpgsql"
		owner := catalog.OID(10)
		if e.Owner != "" {
			owner = m.roleOID(e.Owner)
		}
		relocatable := true
		if x := available.Find(e.Name); x != nil {
			relocatable = !x.Fixed
		}
		m.put(row{"oid": extOIDOf(e), "extname": e.Name, "extowner": owner, "extnamespace": m.schemaOID(e.Schema), "extrelocatable": relocatable, "extversion": e.Version})
	}
	if !language {
		m.put(row{"oid": extensionOID("plpgsql"), "extname": "plpgsql", "extowner": 10, "extnamespace": catalogOID, "extrelocatable": false, "extversion": "1.0"})
	}
}

// extOIDOf is the identifier of an extension.
func extOIDOf(e *catalog.Extension) catalog.OID {
	if e.OID != 0 {
		return e.OID
	}
	return extensionOID(e.Name)
}

// extensionOID makes an identifier of an extension's name.
func extensionOID(name string) catalog.OID {
	h := uint32(2166136261)
	for i := range len(name) {
		h = (h ^ uint32(name[i])) * 16777619
	}
	return synthetic(extensionKind, int(h&0xffffff)+1)
}

func publicationOID(name string) catalog.OID {
	return synthetic(publicationKind, int(extensionOID(name)&0xffffff))
}

func pgPublication(m *maker) {
	for _, p := range m.snap.Publications {
		op := func(word string) bool { return p.Operations == "" || strings.Contains(p.Operations, word) }
		m.put(row{"oid": publicationOID(p.Name), "pubname": p.Name, "pubowner": 10, "puballtables": p.AllTables, "pubinsert": op("insert"), "pubupdate": op("update"),
			"pubdelete": op("delete"), "pubtruncate": op("truncate"), "pubviaroot": false})
	}
}

func pgPublicationRel(m *maker) {
	for i, p := range m.snap.Publications {
		for j, t := range p.Tables {
			m.put(row{"oid": synthetic(publicationRelKind, i*65536+j), "prpubid": publicationOID(p.Name), "prrelid": t})
		}
	}
}

func pgPublicationTables(m *maker) {
	for _, p := range m.snap.Publications {
		for _, r := range m.snap.Relations {
			if r.Kind != catalog.Table && r.Kind != catalog.PartitionedTable {
				continue
			}
			in := p.AllTables
			for _, oid := range p.Tables {
				in = in || oid == r.OID
			}
			if !in {
				continue
			}
			var names []string
			for _, c := range r.Columns {
				names = append(names, c.Name)
			}
			m.put(row{"pubname": p.Name, "schemaname": r.Schema, "tablename": r.Name, "attnames": names})
		}
	}
}

func pgDefaultACL(m *maker) {
	for i, d := range m.snap.DefaultACLs {
		ns := catalog.OID(0)
		if d.Schema != "" {
			ns = m.schemaOID(d.Schema)
		}
		a := d.ACL
		a.Default = false
		m.put(row{"oid": synthetic(defaultACLKind, i), "defaclrole": m.roleOID(d.Role), "defaclnamespace": ns, "defaclobjtype": d.Object, "defaclacl": acl(a, d.Role)})
	}
}

// roles are the project's roles and those every cluster has.
func (m *maker) eachRole(f func(r *catalog.Role)) {
	for _, r := range m.snap.Roles {
		f(r)
	}
	if rel := m.snap.Relation(catalogSchema, "pg_authid"); rel != nil {
		for _, v := range factsOf(rel).rows {
			if m.snap.Role(v[1].S) == nil {
				f(&catalog.Role{OID: catalog.OID(v[0].I), Name: v[1].S, Inherit: true})
			}
		}
	}
}

func pgAuthid(m *maker) {
	facts := map[string]bool{}
	if rel := m.snap.Relation(catalogSchema, "pg_authid"); rel != nil {
		for _, v := range factsOf(rel).rows {
			facts[v[1].S] = true
		}
	}
	for _, r := range m.snap.Roles {
		if !facts[r.Name] {
			m.put(row{"oid": r.OID, "rolname": r.Name, "rolsuper": r.Superuser, "rolinherit": r.Inherit, "rolcreaterole": r.CreateRole, "rolcreatedb": r.CreateDB,
				"rolcanlogin": r.Login, "rolreplication": r.Replication, "rolbypassrls": r.BypassRLS, "rolconnlimit": -1})
		}
	}
}

func roleSettings(r *catalog.Role) any { return options(r.Settings) }

func pgRoles(m *maker) {
	m.eachRole(func(r *catalog.Role) {
		m.put(row{"rolname": r.Name, "rolsuper": r.Superuser, "rolinherit": r.Inherit, "rolcreaterole": r.CreateRole, "rolcreatedb": r.CreateDB, "rolcanlogin": r.Login,
			"rolreplication": r.Replication, "rolconnlimit": -1, "rolpassword": "********", "rolbypassrls": r.BypassRLS, "rolconfig": roleSettings(r), "oid": r.OID})
	})
}

func pgUser(m *maker) {
	m.eachRole(func(r *catalog.Role) {
		if r.Login {
			v := row{"usename": r.Name, "usesysid": r.OID, "usecreatedb": r.CreateDB, "usesuper": r.Superuser, "userepl": r.Replication, "usebypassrls": r.BypassRLS, "useconfig": roleSettings(r)}
			if m.rel.Name == "pg_user" {
				v["passwd"] = "********"
			}
			m.put(v)
		}
	})
}

func pgGroup(m *maker) {
	m.eachRole(func(r *catalog.Role) {
		if r.Login {
			return
		}
		var list []catalog.OID
		for _, x := range m.snap.Roles {
			for _, of := range x.MemberOf {
				if of == r.Name {
					list = append(list, x.OID)
				}
			}
		}
		members := "{}"
		if len(list) > 0 {
			members = numbers(list).(string)
		}
		m.put(row{"groname": r.Name, "grosysid": r.OID, "grolist": members})
	})
}

func pgAuthMembers(m *maker) {
	for _, r := range m.snap.Roles {
		for _, of := range r.MemberOf {
			m.put(row{"roleid": m.roleOID(of), "member": r.OID, "grantor": 10, "admin_option": false})
		}
	}
}

func pgDbRoleSetting(m *maker) {
	for _, r := range m.snap.Roles {
		if len(r.Settings) > 0 {
			m.put(row{"setdatabase": 0, "setrole": r.OID, "setconfig": options(r.Settings)})
		}
	}
}

func pgDatabase(m *maker) {
	m.put(row{"oid": 5, "datname": "postgres", "datdba": 10, "encoding": 6, "datlocprovider": "c", "datistemplate": false, "datallowconn": true, "datconnlimit": -1,
		"datfrozenxid": 0, "datminmxid": 1, "dattablespace": 1663, "datcollate": "C.UTF-8", "datctype": "C.UTF-8"})
}

func pgDescription(m *maker) {
	add := func(class int, oid catalog.OID, sub int32, text string) {
		if text != "" {
			m.put(row{"objoid": oid, "classoid": class, "objsubid": sub, "description": text})
		}
	}
	for _, r := range m.snap.Relations {
		add(1259, r.OID, 0, r.Comment)
		for _, c := range r.Columns {
			add(1259, r.OID, c.Num, c.Comment)
		}
		for _, c := range r.Constraints {
			add(2606, c.OID, 0, c.Comment)
		}
		for _, x := range r.Indexes {
			add(1259, x.OID, 0, x.Comment)
		}
		for _, p := range r.Policies {
			add(3256, p.OID, 0, p.Comment)
		}
		for _, t := range r.Triggers {
			add(2620, t.OID, 0, t.Comment)
		}
	}
	for _, s := range m.snap.Sequences {
		add(1259, s.OID, 0, s.Comment)
	}
	for _, t := range m.snap.Types {
		add(1247, t.Type.OID, 0, t.Comment)
		for _, c := range t.Checks {
			add(2606, c.OID, 0, c.Comment)
		}
	}
	for _, f := range m.snap.Functions {
		add(1255, f.OID, 0, f.Comment)
	}
	for _, s := range m.snap.Schemas {
		add(2615, s.OID, 0, s.Comment)
	}
	for _, e := range m.snap.Extensions {
		add(3079, extOIDOf(e), 0, e.Comment)
	}
	for _, o := range m.snap.Operators {
		add(2617, o.OID, 0, o.Comment)
	}
	for _, t := range m.snap.EventTriggers {
		add(3466, t.OID, 0, t.Comment)
	}
}

func pgShdescription(m *maker) {
	for _, r := range m.snap.Roles {
		if r.Comment != "" {
			m.put(row{"objoid": r.OID, "classoid": 1260, "description": r.Comment})
		}
	}
	m.put(row{"objoid": 5, "classoid": 1262, "description": "default administrative connection database"})
}
