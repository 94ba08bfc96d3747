package sysview

import (
	_ "embed" // the facts of pg_class
	"strconv"
	"strings"

	"github.com/basement-project/basement/internal/catalog"
	"github.com/basement-project/basement/internal/sql/types"
)

//go:embed relations.tsv
var relationFacts string

// The schemas of the system.
const (
	catalogSchema = "pg_catalog"
	infoSchema    = "information_schema"
	catalogOID    = 11
	infoOID       = 13207
)

// Add adds the relations of pg_catalog and information_schema, the schema information_schema and its domains, to the
// objects every database has; owner is the role they belong to.
func Add(o *catalog.Objects, owner string) {
	public := catalog.ACL{Grants: []catalog.Grant{
		{Grantee: owner, Grantor: owner, Privileges: catalog.Select | catalog.Insert | catalog.Update | catalog.Delete | catalog.Truncate | catalog.References | catalog.TriggerPrivilege},
		{Grantee: catalog.Public, Grantor: owner, Privileges: catalog.Select}}}
	usable := catalog.ACL{Grants: []catalog.Grant{
		{Grantee: owner, Grantor: owner, Privileges: catalog.Usage | catalog.Create}, {Grantee: catalog.Public, Grantor: owner, Privileges: catalog.Usage}}}
	o.Schemas = append(o.Schemas, &catalog.Schema{OID: infoOID, Name: infoSchema, Owner: owner, ACL: usable})
	own := map[catalog.OID]*types.Type{}
	addType := func(t *types.Type) {
		own[t.OID] = t
		o.Types = append(o.Types, &catalog.UserType{Type: t, Owner: owner, ACL: catalog.ACL{Default: true}})
	}
	for _, d := range []struct {
		oid, array catalog.OID
		name       string
		base       catalog.OID
		typmod     int32
	}{
		{13221, 13220, "cardinal_number", types.Int4OID, -1}, {13224, 13223, "character_data", types.VarcharOID, -1},
		{13226, 13225, "sql_identifier", types.NameOID, -1}, {13232, 13231, "time_stamp", types.TimestamptzOID, 2},
		{13234, 13233, "yes_or_no", types.VarcharOID, 7},
	} {
		t := types.NewDomain(d.oid, infoSchema, d.name, types.ByOID(d.base), d.typmod, false)
		t.Array = d.array
		addType(t)
		addType(types.NewArray(d.array, infoSchema, "_"+d.name, t))
	}
	find := func(oid catalog.OID) *types.Type {
		if t := types.ByOID(oid); t != nil {
			return t
		}
		if t := own[oid]; t != nil {
			return t
		}
		return types.ByOID(types.TextOID)
	}
	eachLine(relationFacts, 8, func(v []string) {
		r := &catalog.Relation{OID: number(v[0]), Schema: v[1], Name: v[2], Kind: catalog.RelKind(v[3][0]), Owner: owner, ACL: catalog.ACL{Default: true},
			RowType: number(v[4]), ReplicaIdentity: "n"}
		if v[6] == "r" {
			r.ACL = public
		}
		row := &types.Type{OID: r.RowType, Schema: r.Schema, Name: r.Name, Kind: types.CompositeType, Category: 'C', Typmod: -1, Array: number(v[5])}
		n := strings.Count(v[7], " ") + 1
		columns := make([]catalog.Column, n)
		r.Columns = make([]*catalog.Column, 0, n)
		row.Fields = make([]types.Field, 0, n)
		for list := v[7]; list != ""; {
			var one, oid, mod, null, num string
			one, list, _ = strings.Cut(list, " ")
			c := &columns[len(r.Columns)]
			c.Name, one, _ = strings.Cut(one, ":")
			oid, one, _ = strings.Cut(one, ":")
			mod, one, _ = strings.Cut(one, ":")
			null, num, _ = strings.Cut(one, ":")
			m, _ := strconv.Atoi(mod)
			t := find(number(oid))
			c.Num, c.Type, c.Typmod, c.NotNull, c.ACL.Default = int32(number(num)), t.OID, int32(m), null == "t", true
			r.Columns = append(r.Columns, c)
			row.Fields = append(row.Fields, types.Field{Name: c.Name, Type: t, Typmod: c.Typmod})
		}
		o.Relations = append(o.Relations, r)
		addType(row)
		if row.Array != 0 {
			addType(types.NewArray(row.Array, r.Schema, "_"+r.Name, row))
		}
	})
}

// eachLine cuts the tab-separated lines of a table of facts into n fields.
func eachLine(text string, n int, f func(v []string)) {
	v := make([]string, n)
	for text != "" {
		line, rest, _ := strings.Cut(text, "\n")
		text = rest
		for i := range v {
			v[i], line, _ = strings.Cut(line, "\t")
		}
		f(v)
	}
}

func number(s string) catalog.OID {
	n, _ := strconv.ParseUint(s, 10, 32)
	return catalog.OID(n)
}
