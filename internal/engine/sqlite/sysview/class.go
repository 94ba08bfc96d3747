package sysview

import (
	"sort"
	"strings"

	"github.com/basement-project/basement/internal/analyze/regname"
	"github.com/basement-project/basement/internal/catalog"
	"github.com/basement-project/basement/internal/sql/types"
)

// class is one entry of pg_class: a relation, a sequence, an index or a composite type.
type class struct {
	oid    catalog.OID
	name   string
	schema string
	owner  string
	kind   byte
	rel    *catalog.Relation
	seq    *catalog.Sequence
	index  *catalog.Index // of rel
	comp   *catalog.UserType
}

// classes are the project's entries of pg_class.
func (m *maker) classes() []class {
	var out []class
	for _, r := range m.snap.Relations {
		if r.Kind == catalog.CompositeRel {
			continue
		}
		out = append(out, class{oid: r.OID, name: r.Name, schema: r.Schema, owner: r.Owner, kind: byte(r.Kind), rel: r})
		for _, x := range r.Indexes {
			kind := byte('i')
			if r.Kind == catalog.PartitionedTable {
				kind = 'I'
			}
			out = append(out, class{oid: x.OID, name: x.Name, schema: r.Schema, owner: r.Owner, kind: kind, rel: r, index: x})
		}
	}
	for _, s := range m.snap.Sequences {
		out = append(out, class{oid: s.OID, name: s.Name, schema: s.Schema, owner: s.Owner, kind: 'S', seq: s})
	}
	for _, t := range m.snap.Types {
		if t.Type.Kind == types.CompositeType && m.snap.RelationOfRowType(t.Type.OID) == nil {
			out = append(out, class{oid: m.typeRelation(t.Type), name: t.Type.Name, schema: t.Type.Schema, owner: t.Owner, kind: 'c', comp: t})
		}
	}
	return out
}

// typeRelation is pg_type.typrelid.
func (m *maker) typeRelation(t *types.Type) catalog.OID {
	if t.Kind != types.CompositeType {
		return 0
	}
	if r := m.snap.RelationOfRowType(t.OID); r != nil {
		return r.OID
	}
	return regname.CompositeOID(t.OID)
}

func persistence(schema string) string {
	if strings.HasPrefix(schema, catalog.TempSchema) {
		return "t"
	}
	return "p"
}

// Access methods' identifiers.
func methodOID(name string) catalog.OID {
	switch name {
	case "hash":
		return 405
	case "gist":
		return 783
	case "gin":
		return 2742
	case "spgist":
		return 4000
	case "brin":
		return 3580
	}
	return 403
}

func options(o map[string]string) any {
	if len(o) == 0 {
		return nil
	}
	var out []string
	for k, v := range o {
		out = append(out, k+"="+v)
	}
	sort.Strings(out)
	return textArray(out)
}

func pgClass(m *maker) {
	children := map[catalog.OID]bool{}
	for _, r := range m.snap.Relations {
		if r.Parent != 0 {
			children[r.Parent] = true
		}
	}
	for _, c := range m.classes() {
		v := row{"oid": c.oid, "relname": c.name, "relnamespace": m.schemaOID(c.schema), "reltype": 0, "reloftype": 0, "relowner": m.roleOID(c.owner),
			"relam": 0, "relfilenode": c.oid, "reltablespace": 0, "relpages": 0, "reltuples": -1.0, "relallvisible": 0, "reltoastrelid": 0,
			"relhasindex": false, "relisshared": false, "relpersistence": persistence(c.schema), "relkind": c.kind, "relnatts": 0, "relchecks": 0,
			"relhasrules": false, "relhastriggers": false, "relhassubclass": false, "relrowsecurity": false, "relforcerowsecurity": false,
			"relispopulated": true, "relreplident": "n", "relispartition": false, "relrewrite": 0, "relfrozenxid": 0, "relminmxid": 0}
		switch {
		case c.index != nil:
			v["relnatts"], v["relam"] = len(c.index.Keys)+len(c.index.Include), methodOID(c.index.Method)
		case c.seq != nil:
			v["relnatts"], v["relpages"], v["reltuples"], v["relacl"] = 3, 1, 1.0, acl(c.seq.ACL, c.owner)
		case c.comp != nil:
			v["reltype"], v["relnatts"], v["relfilenode"] = c.comp.Type.OID, len(c.comp.Type.Fields), 0
		default:
			r := c.rel
			v["reloftype"] = r.OfType
			v["reltype"], v["relnatts"], v["relacl"], v["reloptions"] = r.RowType, highest(r), acl(r.ACL, r.Owner), options(r.Options)
			v["relhasindex"] = len(r.Indexes) > 0
			checks := 0
			triggers := len(r.Triggers) > 0 || len(m.snap.Referring(r.OID)) > 0
			for _, k := range r.Constraints {
				if k.Kind == catalog.Check {
					checks++
				}
				triggers = triggers || k.Kind == catalog.ForeignKey
			}
			v["relchecks"], v["relhastriggers"] = checks, triggers
			v["relrowsecurity"], v["relforcerowsecurity"], v["relispartition"] = r.RowSecurity, r.ForceRowSecurity, r.IsPartition
			v["relhassubclass"], v["relispopulated"] = children[r.OID], !r.Unpopulated
			if r.Unlogged {
				v["relpersistence"] = "u"
			}
			if r.Bound != nil {
				v["relpartbound"] = node("bound", 0, r.Bound.Text)
			}
			v["relhasrules"] = r.View != nil
			switch r.Kind {
			case catalog.Table, catalog.MaterializedView:
				v["relam"], v["relreplident"] = 2, "d"
			case catalog.PartitionedTable:
				v["relreplident"], v["relfilenode"] = "d", 0
			default:
				v["relfilenode"] = 0
			}
			if r.ReplicaIdentity != "" {
				v["relreplident"] = r.ReplicaIdentity
			}
		}
		m.put(v)
	}
}

func highest(r *catalog.Relation) int32 {
	n := r.LastColumn
	for _, c := range r.Columns {
		n = max(n, c.Num)
	}
	return n
}

// physical are the facts of pg_type that columns repeat.
type physical struct {
	length             int64
	byval              bool
	align, storage     string
	collation, typelem catalog.OID
}

func (m *maker) physical(t *types.Type) physical {
	if t == nil {
		return physical{length: -1, align: "i", storage: "p"}
	}
	u := t.Underlying()
	if rel := m.snap.Relation(catalogSchema, "pg_type"); rel != nil && types.ByOID(u.OID) != nil {
		for _, f := range factsOf(rel).lookup(0, types.Int(int64(u.OID))) {
			return physical{f[4].I, f[5].Bool(), f[22].S, f[23].S, catalog.OID(f[28].I), catalog.OID(f[13].I)}
		}
	}
	switch u.Kind {
	case types.EnumType:
		return physical{length: 4, byval: true, align: "i", storage: "p"}
	case types.ArrayType:
		e := m.physical(u.Elem)
		align := "i"
		if e.align == "d" {
			align = "d"
		}
		return physical{length: -1, align: align, storage: "x", collation: e.collation}
	case types.CompositeType:
		return physical{length: -1, align: "d", storage: "x"}
	case types.RangeType, types.MultirangeType:
		sub := u.Subtype
		if sub == nil && u.Range != nil {
			sub = u.Range.Subtype
		}
		align := "i"
		if sub != nil && m.physical(sub).align == "d" {
			align = "d"
		}
		return physical{length: -1, align: align, storage: "x"}
	}
	return physical{length: -1, align: "i", storage: "x"}
}

// collationOID is the identifier of a collation by name, or of a type's when there is none.
func (m *maker) collationOID(name string, t *types.Type) catalog.OID {
	if name != "" {
		name = strings.Trim(strings.TrimPrefix(name, "pg_catalog."), `"`)
		if rel := m.snap.Relation(catalogSchema, "pg_collation"); rel != nil {
			for _, f := range factsOf(rel).lookup(1, types.Text(name)) {
				return catalog.OID(f[0].I)
			}
		}
	}
	return m.physical(t).collation
}

func (m *maker) attribute(rel catalog.OID, num int32, name string, t *types.Type, typmod int32, v row) {
	p := m.physical(t)
	dims := 0
	if t != nil && t.Kind == types.ArrayType {
		dims = 1
	}
	r := row{"attrelid": rel, "attname": name, "atttypid": 0, "attstattarget": -1, "attlen": p.length, "attnum": num, "attndims": dims, "attcacheoff": -1,
		"atttypmod": typmod, "attbyval": p.byval, "attalign": p.align, "attstorage": p.storage, "attcompression": "", "attnotnull": false, "atthasdef": false,
		"atthasmissing": false, "attidentity": "", "attgenerated": "", "attisdropped": false, "attislocal": true, "attinhcount": 0, "attcollation": p.collation}
	if t != nil {
		r["atttypid"] = t.OID
	}
	for k, x := range v {
		r[k] = x
	}
	m.put(r)
}

func pgAttribute(m *maker) {
	system := func(oid catalog.OID) {
		for _, s := range []struct {
			num  int32
			name string
			t    catalog.OID
		}{{-6, "tableoid", types.OidOID}, {-5, "cmax", types.CIDOID}, {-4, "xmax", types.XIDOID}, {-3, "cmin", types.CIDOID}, {-2, "xmin", types.XIDOID}, {-1, "ctid", types.TIDOID}} {
			m.attribute(oid, s.num, s.name, types.ByOID(s.t), -1, row{"attnotnull": true, "attstattarget": 0})
		}
	}
	for _, c := range m.classes() {
		switch {
		case c.index != nil:
			for i, k := range c.index.Keys {
				name, t, mod := "expr", types.ByOID(types.TextOID), int32(-1)
				if col := c.rel.ColumnByNum(k.Column); k.Column != 0 && col != nil {
					name, t, mod = col.Name, m.snap.TypeByOID(col.Type), col.Typmod
				} else if x := m.indexExpr(c.rel, k.Expr); x != nil {
					t, mod = x, -1
				}
				if k.Column == 0 && i > 0 {
					name = "expr"
					for _, before := range c.index.Keys[:i] {
						if before.Column == 0 {
							name = "expr1"
						}
					}
				}
				m.attribute(c.oid, int32(i+1), name, t, mod, nil)
			}
			for i, num := range c.index.Include {
				if col := c.rel.ColumnByNum(num); col != nil {
					m.attribute(c.oid, int32(len(c.index.Keys)+i+1), col.Name, m.snap.TypeByOID(col.Type), col.Typmod, nil)
				}
			}
		case c.seq != nil:
			system(c.oid)
			not := row{"attnotnull": true}
			m.attribute(c.oid, 1, "last_value", types.ByOID(types.Int8OID), -1, not)
			m.attribute(c.oid, 2, "log_cnt", types.ByOID(types.Int8OID), -1, not)
			m.attribute(c.oid, 3, "is_called", types.ByOID(types.BoolOID), -1, not)
		case c.comp != nil:
			for i, f := range c.comp.Type.Fields {
				m.attribute(c.oid, int32(i+1), f.Name, f.Type, f.Typmod, nil)
			}
		default:
			if c.kind != 'v' {
				system(c.oid)
			}
			var parent *catalog.Relation
			if c.rel.Parent != 0 {
				parent = m.snap.RelationByOID(c.rel.Parent)
			}
			next := int32(1)
			for _, col := range c.rel.Columns {
				m.dropped(c.oid, next, col.Num)
				next = col.Num + 1
				v := row{"attnotnull": col.NotNull, "atthasdef": col.Default != "" || col.Generated != "", "attidentity": col.Identity, "attgenerated": col.Generated, "attacl": acl(col.ACL, c.owner)}
				if !col.ACL.Default && len(col.ACL.Grants) == 0 {
					v["attacl"] = nil
				}
				t := m.snap.TypeByOID(col.Type)
				v["attcollation"] = m.collationOID(col.Collation, t)
				if parent != nil && parent.Column(col.Name) != nil {
					v["attinhcount"], v["attislocal"] = 1, !c.rel.IsPartition
				}
				m.attribute(c.oid, col.Num, col.Name, t, col.Typmod, v)
			}
			m.dropped(c.oid, next, highest(c.rel)+1)
		}
	}
}

// dropped puts the rows of columns that are gone.
func (m *maker) dropped(rel catalog.OID, from, to int32) {
	for ; from < to; from++ {
		m.attribute(rel, from, "........pg.dropped."+join([]int32{from}, "")+"........", nil, -1, row{"attisdropped": true})
	}
}

func pgAttrdef(m *maker) {
	for _, r := range m.snap.Relations {
		for _, c := range r.Columns {
			if c.Default != "" {
				m.put(row{"oid": attrdefOID(r, c), "adrelid": r.OID, "adnum": c.Num, "adbin": node("default", int(c.Num), c.Default)})
			}
		}
	}
}

func attrdefOID(r *catalog.Relation, c *catalog.Column) catalog.OID {
	return synthetic(attrdefKind, int(r.OID)*1009+int(c.Num))
}

func pgIndex(m *maker) {
	for _, r := range m.snap.Relations {
		for _, x := range r.Indexes {
			var cols, collations, classes, opts []int32
			var exprs []string
			for _, k := range x.Keys {
				var t *types.Type
				name := k.Collation
				if c := r.ColumnByNum(k.Column); k.Column != 0 && c != nil {
					t = m.snap.TypeByOID(c.Type)
					if name == "" {
						name = c.Collation
					}
				} else {
					exprs = append(exprs, k.Expr)
					if t = m.indexExpr(r, k.Expr); t == nil {
						t = types.ByOID(types.TextOID)
					}
				}
				opt := int32(0)
				if k.Desc {
					opt |= 1
				}
				if k.NullsFirst {
					opt |= 2
				}
				cols, opts = append(cols, k.Column), append(opts, opt)
				collations = append(collations, int32(m.collationOID(name, t)))
				classes = append(classes, int32(m.opclass(x.Method, k.Opclass, t)))
			}
			cols = append(cols, x.Include...)
			immediate, exclusion := true, false
			for _, k := range r.Constraints {
				if k.Index == x.OID || k.Name == x.Name {
					immediate = !k.Deferrable
					exclusion = k.Kind == catalog.Exclusion
				}
			}
			v := row{"indexrelid": x.OID, "indrelid": r.OID, "indnatts": len(cols), "indnkeyatts": len(x.Keys), "indisunique": x.Unique,
				"indnullsnotdistinct": x.NullsNotDistinct, "indisprimary": x.Primary, "indisexclusion": exclusion, "indimmediate": immediate, "indisclustered": false,
				"indisvalid": true, "indcheckxmin": false, "indisready": true, "indislive": true, "indisreplident": false, "indkey": vector(cols),
				"indcollation": vector(collations), "indclass": vector(classes), "indoption": vector(opts)}
			if len(exprs) > 0 {
				v["indexprs"] = node("index", int(x.OID), "")
			}
			if x.Where != "" {
				v["indpred"] = node("predicate", 0, x.Where)
			}
			m.put(v)
		}
	}
}

// opclass is the operator class of an index key.
func (m *maker) opclass(method, name string, t *types.Type) catalog.OID {
	rel := m.snap.Relation(catalogSchema, "pg_opclass")
	if rel == nil || t == nil {
		return 0
	}
	am := methodOID(method)
	if name != "" {
		for _, f := range factsOf(rel).lookup(2, types.Text(name)) {
			if f[1].I == int64(am) {
				return catalog.OID(f[0].I)
			}
		}
		return 0
	}
	u := t.Underlying()
	want := []catalog.OID{u.OID}
	switch u.Kind {
	case types.ArrayType:
		want = append(want, types.AnyArrayOID)
	case types.EnumType:
		want = append(want, types.AnyEnumOID)
	case types.RangeType:
		want = append(want, 3831)
	case types.MultirangeType:
		want = append(want, 4537)
	case types.CompositeType:
		want = append(want, types.RecordOID)
	}
	switch u.OID {
	case types.VarcharOID:
		want = append(want, types.TextOID)
	case types.CIDROID:
		want = append(want, types.InetOID)
	}
	for _, w := range want {
		for _, f := range factsOf(rel).lookup(6, types.Int(int64(w))) {
			if f[1].I == int64(am) && f[7].Bool() {
				return catalog.OID(f[0].I)
			}
		}
	}
	return 0
}

func pgInherits(m *maker) {
	for _, r := range m.snap.Relations {
		if r.Parent != 0 {
			m.put(row{"inhrelid": r.OID, "inhparent": r.Parent, "inhseqno": 1, "inhdetachpending": false})
		}
	}
}

func pgSequence(m *maker) {
	for _, s := range m.snap.Sequences {
		m.put(row{"seqrelid": s.OID, "seqtypid": s.Type, "seqstart": s.Start, "seqincrement": s.Increment, "seqmax": s.Max, "seqmin": s.Min, "seqcache": max(s.Cache, 1), "seqcycle": s.Cycle})
	}
}

func pgPartitionedTable(m *maker) {
	for _, r := range m.snap.Relations {
		p := r.Partitioning
		if p == nil || r.Kind != catalog.PartitionedTable {
			continue
		}
		var cols, classes, collations []int32
		for _, k := range p.Keys {
			t := types.ByOID(types.TextOID)
			name := k.Collation
			if c := r.ColumnByNum(k.Column); k.Column != 0 && c != nil {
				t = m.snap.TypeByOID(c.Type)
				if name == "" {
					name = c.Collation
				}
			} else if x := m.indexExpr(r, k.Expr); x != nil {
				t = x
			}
			method := "btree"
			if strategy(p.Strategy) == "h" {
				method = "hash"
			}
			cols, classes, collations = append(cols, k.Column), append(classes, int32(m.opclass(method, k.Opclass, t))), append(collations, int32(m.collationOID(name, t)))
		}
		def := catalog.OID(0)
		for _, part := range m.snap.Partitions(r.OID) {
			if part.Bound != nil && part.Bound.Default {
				def = part.OID
			}
		}
		m.put(row{"partrelid": r.OID, "partstrat": strategy(p.Strategy), "partnatts": len(p.Keys), "partdefid": def, "partattrs": vector(cols),
			"partclass": vector(classes), "partcollation": vector(collations)})
	}
}

// strategy is pg_partitioned_table.partstrat.
func strategy(s string) string {
	if s == "" {
		return "r"
	}
	return strings.ToLower(s[:1])
}
