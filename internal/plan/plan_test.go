package plan

import (
	"flag"
	"fmt"
	"net/http"
	"os"
	"strings"
	"testing"

	"github.com/basement-project/basement/internal/catalog"
	"github.com/basement-project/basement/internal/errs"
	"github.com/basement-project/basement/internal/rest"
	"github.com/basement-project/basement/internal/sql/print"
	"github.com/basement-project/basement/internal/sql/types"
)

var update = flag.Bool("update", false, "write the golden files")

// shop is a small schema: customers have orders, orders have lines and, through order_tags, tags; invoices belong to one
// order each.
func shop() *catalog.Snapshot {
	oid := catalog.OID(20000)
	next := func() catalog.OID { oid++; return oid }
	open := catalog.ACL{Grants: []catalog.Grant{{Grantee: catalog.Public, Privileges: catalog.Select | catalog.Insert | catalog.Update | catalog.Delete}}}
	var o catalog.Objects
	o.Schemas = []*catalog.Schema{{Name: "public", ACL: catalog.ACL{Grants: []catalog.Grant{{Privileges: catalog.Usage}}}}}
	o.Roles = []*catalog.Role{{Name: "anon"}}
	columns := map[string]catalog.OID{"int": types.Int4OID, "text": types.TextOID, "jsonb": types.JSONBOID, "tsvector": types.TSVectorOID, "numeric": types.NumericOID}
	table := func(name, spec string, key ...int32) *catalog.Relation {
		r := &catalog.Relation{OID: next(), Schema: "public", Name: name, Kind: catalog.Table, RowType: next(), ACL: open, Insertable: true, Updatable: true, Deletable: true}
		for i, c := range strings.Fields(spec) {
			n, typ, _ := strings.Cut(c, ":")
			r.Columns = append(r.Columns, &catalog.Column{Num: int32(i + 1), Name: n, Type: columns[typ], Typmod: -1, ACL: catalog.ACL{Default: true}})
		}
		if len(key) > 0 {
			r.Constraints = append(r.Constraints, &catalog.Constraint{OID: next(), Name: name + "_pkey", Kind: catalog.PrimaryKey, Columns: key})
		}
		o.Relations = append(o.Relations, r)
		o.Types = append(o.Types, &catalog.UserType{Type: types.NewComposite(r.RowType, "public", name, nil)})
		return r
	}
	refer := func(from *catalog.Relation, column int32, to *catalog.Relation) {
		name := from.Name + "_" + from.ColumnByNum(column).Name + "_fkey"
		from.Constraints = append(from.Constraints, &catalog.Constraint{OID: next(), Name: name, Kind: catalog.ForeignKey, Columns: []int32{column}, RefTable: to.OID, RefColumns: []int32{1}})
	}
	customers := table("customers", "id:int name:text data:jsonb words:tsvector", 1)
	orders := table("orders", "id:int customer_id:int payer_id:int total:numeric", 1)
	lines := table("lines", "id:int order_id:int title:text", 1)
	tags := table("tags", "id:int name:text", 1)
	join := table("order_tags", "order_id:int tag_id:int", 1, 2)
	invoices := table("invoices", "order_id:int number:text", 1)
	refer(orders, 2, customers)
	refer(orders, 3, customers)
	refer(lines, 2, orders)
	refer(join, 1, orders)
	refer(join, 2, tags)
	refer(invoices, 1, orders)
	view := table("open_orders", "id:int customer_id:int")
	view.Kind = catalog.View
	view.View = &catalog.ViewQuery{SQL: "select id, customer_id from public.orders",
		Sources: [][]catalog.ColumnRef{{{Schema: "public", Relation: "orders", Column: "id"}}, {{Schema: "public", Relation: "orders", Column: "customer_id"}}}}
	function := func(name string, returns catalog.OID, set bool, volatility byte, params ...catalog.Param) {
		o.Functions = append(o.Functions, &catalog.Function{OID: next(), Schema: "public", Name: name, Kind: catalog.RegularFunction, Returns: returns,
			ReturnsSet: set, Volatility: volatility, Language: "sql", Params: params, ACL: catalog.ACL{Default: true}, Rows: 1000})
	}
	in := func(name string, t catalog.OID, optional bool) catalog.Param {
		return catalog.Param{Name: name, Mode: catalog.In, Type: t, HasDefault: optional}
	}
	function("add", types.Int4OID, false, 'i', in("a", types.Int4OID, false), in("b", types.Int4OID, true))
	function("orders_over", orders.RowType, true, 's', in("least", types.NumericOID, false))
	function("names", types.TextOID, true, 's')
	function("reset", types.VoidOID, false, 'v')
	function("lists", types.Int4OID, false, 'v', in("xs", types.Int4ArrayOID, false))
	function("best_order", orders.RowType, true, 's', in("", customers.RowType, false))
	function("shout", types.TextOID, false, 'i', in("", customers.RowType, false))
	base := catalog.Objects{}
	for _, t := range []catalog.OID{types.Int4OID, types.TextOID, types.JSONBOID, types.TSVectorOID, types.NumericOID, types.VoidOID, types.Int4ArrayOID, types.JSONOID, types.ByteaOID} {
		base.Types = append(base.Types, &catalog.UserType{Type: types.ByOID(t)})
	}
	return catalog.NewSnapshot(1, o, catalog.NewSnapshot(0, base, nil))
}

// planned reads a request as METHOD TARGET [HEADER: VALUE]... [BODY] and gives the statements and parameters.
func planned(t *testing.T, m *Model, text string) string {
	t.Helper()
	fields := strings.Split(text, " | ")
	method, target, _ := strings.Cut(fields[0], " ")
	in := rest.Input{Method: method, Header: http.Header{}}
	in.Path, in.RawQuery, _ = strings.Cut(target, "?")
	for _, f := range fields[1:] {
		if name, value, ok := strings.Cut(f, ": "); ok && !strings.HasPrefix(f, "{") && !strings.HasPrefix(f, "[") {
			in.Header.Add(name, value)
		} else {
			in.Body = []byte(f)
		}
	}
	fault := func(err error) string {
		e := errs.Of(err)
		out := fmt.Sprintf("%s %s\n", e.Code, e.Message)
		for _, s := range []string{e.Detail, e.DetailJSON, e.Hint} {
			if s != "" {
				out += "  " + s + "\n"
			}
		}
		return out
	}
	r, err := rest.Parse(in, m.Config)
	if err != nil {
		return fault(err)
	}
	prepared, err := m.Prepare(r)
	if err != nil {
		return fault(err)
	}
	p, err := m.Build(r, prepared, "anon")
	if err != nil {
		return fault(err)
	}
	var b strings.Builder
	for i, s := range p.Steps {
		args, err := p.Bind(i, r, prepared)
		if err != nil {
			return fault(err)
		}
		b.WriteString(print.Statement(s.Statement) + "\n")
		for j, a := range args {
			v := "null"
			if a != nil {
				v = *a
			}
			fmt.Fprintf(&b, "  $%d %s\n", j+1, v)
		}
	}
	return b.String()
}

func TestGolden(t *testing.T) {
	cfg := rest.Defaults()
	cfg.Aggregates = true
	m := NewModel(shop(), &cfg, true)
	raw, err := os.ReadFile("testdata/requests.txt")
	if err != nil {
		t.Fatal(err)
	}
	var b strings.Builder
	for _, line := range strings.Split(strings.TrimSpace(string(raw)), "\n") {
		fmt.Fprintf(&b, "# %s\n%s\n", line, planned(t, m, line))
	}
	const golden = "testdata/requests.golden"
	if *update {
		if err := os.WriteFile(golden, []byte(b.String()), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	want, err := os.ReadFile(golden)
	if err != nil {
		t.Fatal(err)
	}
	got, expect := strings.Split(b.String(), "\n# "), strings.Split(string(want), "\n# ")
	for i := range got {
		if i >= len(expect) || got[i] != expect[i] {
			t.Errorf("got  %s\nwant %s", got[i], expect[min(i, len(expect)-1)])
		}
	}
}

func TestHintsNameNothingHidden(t *testing.T) {
	cfg := rest.Defaults()
	snap := shop()
	m := NewModel(snap, &cfg, true)
	if got := planned(t, m, "GET /customer"); !strings.Contains(got, "Perhaps you meant the table 'public.customers'") {
		t.Error(got)
	}
	hidden := shop()
	for _, r := range hidden.Relations {
		r.ACL = catalog.ACL{}
	}
	m = NewModel(hidden, &cfg, true)
	for _, request := range []string{"GET /customer", "GET /customers?select=order(id)"} {
		if got := planned(t, m, request); strings.Contains(got, "Perhaps") {
			t.Errorf("%s: %s", request, got)
		}
	}
}

func TestClosest(t *testing.T) {
	for _, c := range []struct {
		names  string
		wanted string
		least  float64
		want   string
	}{
		{"films actors", "film", 0.75, "films"}, {"projects", "projectx", 0.75, "projects"}, {"projects", "xxxxxxxx", 0.33, ""},
		{"sayhello", "sayhell", 0.75, "sayhello"}, {"a b", "A", 0.9, "a"},
	} {
		if got := closest(strings.Fields(c.names), c.wanted, c.least); got != c.want {
			t.Errorf("%s in %s: %q, want %q", c.wanted, c.names, got, c.want)
		}
	}
}
