package regname

import (
	"strings"
	"testing"

	"github.com/basement-project/basement/internal/catalog"
	"github.com/basement-project/basement/internal/sql/types"
)

func snapshot() *catalog.Snapshot {
	var o catalog.Objects
	for _, t := range types.Builtin() {
		o.Types = append(o.Types, &catalog.UserType{Type: t})
	}
	o.Schemas = []*catalog.Schema{{OID: 11, Name: "pg_catalog"}, {OID: 2200, Name: "public"}, {OID: 20, Name: "My Schema"}}
	o.Relations = []*catalog.Relation{{OID: 100, Schema: "public", Name: "t"}, {OID: 101, Schema: "My Schema", Name: "t"}}
	o.Functions = []*catalog.Function{{OID: 200, Schema: "public", Name: "f", Params: []catalog.Param{{Mode: catalog.In, Type: types.Int4OID}}}}
	return catalog.NewSnapshot(1, o, nil)
}

func TestNames(t *testing.T) {
	n := In(snapshot(), []string{"public"})
	for _, c := range []struct {
		reg  catalog.OID
		in   string
		oid  catalog.OID
		out  string
		code string
	}{
		{types.RegClassOID, "t", 100, "t", ""},
		{types.RegClassOID, " Public . T ", 100, "t", ""},
		{types.RegClassOID, `"My Schema".t`, 101, `"My Schema".t`, ""},
		{types.RegClassOID, `"T"`, 0, "", "42P01"},
		{types.RegClassOID, "nosuch.t", 0, "", "3F000"},
		{types.RegClassOID, "a.b.c.d", 0, "", "42601"},
		{types.RegClassOID, "77", 77, "", ""},
		{types.RegTypeOID, "integer", types.Int4OID, "integer", ""},
		{types.RegTypeOID, "timestamp(3) with time zone[]", types.TimestamptzArrayOID, "timestamp with time zone[]", ""},
		{types.RegTypeOID, "nosuch", 0, "", "42704"},
		{types.RegProcOID, "f", 200, "f", ""},
		{types.RegProcedureOID, "f(int4)", 200, "f(integer)", ""},
		{types.RegProcedureOID, "f", 0, "", "22P02"},
		{types.RegProcedureOID, "f(text)", 0, "", "42883"},
		{types.RegNamespaceOID, `"My Schema"`, 20, `"My Schema"`, ""},
		{types.RegCollationOID, `"C"`, 950, `"C"`, ""},
		{types.RegRoleOID, "nobody", 0, "", "42704"},
	} {
		oid, err := n.RegIn(c.reg, c.in)
		if c.code != "" {
			if err == nil || !strings.HasPrefix(err.Error(), c.code) {
				t.Errorf("%s: %v, want %s", c.in, err, c.code)
			}
			continue
		}
		if err != nil || oid != c.oid {
			t.Errorf("%s is %d, %v", c.in, oid, err)
		}
		if out, ok := n.RegOut(c.reg, oid); ok != (c.out != "") || out != c.out {
			t.Errorf("%s is printed %q, %v", c.in, out, ok)
		}
	}
}

func FuzzRegIn(f *testing.F) {
	for _, s := range []string{"t", `"My Schema".t`, "f(int, text)", "+(int,int)", `f("a,b")`, "(", `"`, "a..b", "int[][]"} {
		f.Add(s)
	}
	n := In(snapshot(), []string{"public"})
	f.Fuzz(func(t *testing.T, text string) {
		for _, reg := range []catalog.OID{types.RegClassOID, types.RegTypeOID, types.RegProcOID, types.RegProcedureOID, types.RegOperOID, types.RegOperatorOID, types.RegNamespaceOID} {
			oid, err := n.RegIn(reg, text)
			if err != nil || oid == 0 {
				continue
			}
			out, ok := n.RegOut(reg, oid)
			if !ok {
				continue
			}
			if again, err := n.RegIn(reg, out); err != nil || again != oid {
				t.Errorf("%q is %d, printed %q, which is %d, %v", text, oid, out, again, err)
			}
		}
	})
}
