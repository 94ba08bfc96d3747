package sysview

import (
	"strconv"
	"strings"

	"github.com/basement-project/basement/internal/analyze"
	"github.com/basement-project/basement/internal/analyze/regname"
	"github.com/basement-project/basement/internal/catalog"
	"github.com/basement-project/basement/internal/engine/sqlite/session"
	"github.com/basement-project/basement/internal/sql/ast"
	"github.com/basement-project/basement/internal/sql/deparse"
	"github.com/basement-project/basement/internal/sql/parse"
	"github.com/basement-project/basement/internal/sql/query"
	"github.com/basement-project/basement/internal/sql/types"
)

// Definer prints definitions of objects as PostgreSQL's pg_get_... functions do, in a transaction's search path.
type Definer struct {
	tx    *session.Tx
	snap  *catalog.Snapshot
	names *regname.Names
}

// Define makes a Definer for a transaction.
func Define(tx *session.Tx) *Definer {
	return &Definer{tx: tx, snap: tx.Snapshot, names: tx.Names()}
}

func (m *maker) define() *Definer { return Define(m.tx) }

// naming is a deparse.Names.
type naming struct{ d *Definer }

func (n naming) Relation(r *catalog.Relation) string {
	s, _ := n.d.names.RegOut(types.RegClassOID, r.OID)
	return s
}

func (n naming) Function(f *catalog.Function, args []*types.Type) string {
	name := regname.Quote(f.Name)
	for _, s := range n.d.names.Path {
		list := n.d.snap.FunctionsNamed(s, f.Name)
		for _, g := range list {
			if g.OID == f.OID {
				return name
			}
		}
		// Another function of the name, earlier in the path, that takes the same arguments, hides this one.
		for _, g := range list {
			if in := g.Inputs(); len(in) == len(f.Inputs()) {
				same := true
				for i, p := range f.Inputs() {
					same = same && in[i].Type == p.Type
				}
				if same {
					return regname.Quote(f.Schema) + "." + name
				}
			}
		}
	}
	return regname.Quote(f.Schema) + "." + name
}

func (n naming) Type(t *types.Type, typmod int32) string {
	// Without a length these names would mean the length 1.
	if typmod < 0 {
		switch t.OID {
		case types.BPCharOID:
			return "bpchar"
		case types.BitOID:
			return `"bit"`
		case types.BPCharArrayOID:
			return "bpchar[]"
		case types.BitArrayOID:
			return `"bit"[]`
		}
	}
	return n.d.names.TypeName(t, typmod)
}

func (n naming) Operator(o *catalog.Operator, name string) string {
	if o == nil || o.Schema == catalogSchema || n.d.names.OperatorVisible(o) {
		return name
	}
	return "OPERATOR(" + regname.Quote(o.Schema) + "." + name + ")"
}

func (n naming) Collation(name string) string {
	if strings.HasPrefix(name, `"`) {
		return name
	}
	return regname.Quote(strings.TrimPrefix(name, "pg_catalog."))
}

func (n naming) Value(t *types.Type, v types.Datum) string { return types.Out(t, v, n.d.tx.Env()) }

func (d *Definer) layout(pretty bool) deparse.Options {
	return deparse.Options{Names: naming{d}, Pretty: pretty}
}

// node makes the value of a pg_node_tree column: what pg_get_expr needs to print the expression.
func node(kind string, n int, text string) any {
	if text == "" && kind != "index" && kind != "when" && kind != "view" && kind != "body" {
		return nil
	}
	return "{" + kind + " " + strconv.Itoa(n) + "}" + text
}

func splitNode(s string) (kind string, n int, text string, ok bool) {
	if !strings.HasPrefix(s, "{") {
		return "", 0, "", false
	}
	head, text, ok := strings.Cut(s[1:], "}")
	if !ok {
		return "", 0, "", false
	}
	kind, num, _ := strings.Cut(head, " ")
	n, _ = strconv.Atoi(num)
	return kind, n, text, true
}

// Node is pg_get_expr: the text of a pg_node_tree's value over the columns of a relation; false when there is none.
func (d *Definer) Node(value string, rel catalog.OID, pretty bool) (string, bool) {
	kind, n, text, ok := splitNode(value)
	if !ok {
		return "", false
	}
	r := d.snap.RelationByOID(rel)
	var target *types.Type
	mod := int32(-1)
	what := ""
	var domain *types.Type
	switch kind {
	case "default":
		what = "default"
		if r != nil {
			if c := r.ColumnByNum(int32(n)); c != nil {
				target, mod = d.snap.TypeByOID(c.Type), c.Typmod
				if c.Generated != "" {
					what = "generated column"
				}
			}
		}
	case "check", "predicate", "policy":
		what, target = map[string]string{"check": "check constraint", "predicate": "index predicate", "policy": "policy"}[kind], types.ByOID(types.BoolOID)
	case "domain":
		if t := d.snap.TypeByOID(catalog.OID(n)); t != nil {
			domain, target = t.Base, types.ByOID(types.BoolOID)
		}
		what = "check constraint"
	case "typedefault":
		what, target = "default", d.snap.TypeByOID(catalog.OID(n))
	case "index":
		if r == nil {
			return "", false
		}
		for _, x := range r.Indexes {
			if x.OID == catalog.OID(n) {
				var parts []string
				for _, k := range x.Keys {
					if k.Column == 0 {
						parts = append(parts, d.expr(k.Expr, r, "index expression", nil, nil, -1, pretty))
					}
				}
				return strings.Join(parts, ", "), true
			}
		}
		return "", false
	case "arguments":
		if f := d.snap.FunctionByOID(catalog.OID(n)); f != nil {
			var parts []string
			for _, p := range f.Inputs() {
				if p.HasDefault || p.Default != "" {
					parts = append(parts, d.argumentDefault(p))
				}
			}
			return strings.Join(parts, ", "), true
		}
		return text, true
	case "bound":
		return text, true
	case "when", "view", "body":
		return "", false
	}
	return d.expr(text, r, what, domain, target, mod, pretty), true
}

// text is Node for a maker's column: NULL for none.
func (d *Definer) text(value any, r *catalog.Relation) any {
	s, ok := value.(string)
	if !ok {
		return nil
	}
	if out, ok := d.Node(s, r.OID, false); ok {
		return out
	}
	return nil
}

// expr prints a stored expression; a text that cannot be analysed any more is given as it stands.
func (d *Definer) expr(text string, r *catalog.Relation, what string, domain, target *types.Type, mod int32, pretty bool) string {
	e, err := parse.Expr(text)
	if err != nil {
		return text
	}
	return d.tree(e, text, r, what, domain, target, mod, pretty)
}

func (d *Definer) tree(e ast.Expr, text string, r *catalog.Relation, what string, domain, target *types.Type, mod int32, pretty bool) string {
	x, err := analyze.Expr(d.snap, e, analyze.ExprOptions{Options: analyze.Options{SearchPath: d.tx.SearchPath(), Written: true, Env: d.tx.Env()},
		Over: r, What: what, Domain: domain, Target: target, Typmod: mod})
	if err != nil {
		return text
	}
	return deparse.Expr(x.Expr, tableOf(d.snap, r), d.layout(pretty))
}

// analysed gives the tree of a stored expression over a relation, nil when it cannot be analysed.
func (d *Definer) analysed(text string, r *catalog.Relation) query.Expr {
	e, err := parse.Expr(text)
	if err != nil {
		return nil
	}
	x, err := analyze.Expr(d.snap, e, analyze.ExprOptions{Options: analyze.Options{SearchPath: d.tx.SearchPath(), Written: true, Env: d.tx.Env()}, Over: r})
	if err != nil {
		return nil
	}
	return x.Expr
}

func tableOf(snap *catalog.Snapshot, r *catalog.Relation) []*query.RTE {
	if r == nil {
		return nil
	}
	rte := &query.RTE{Kind: query.RelationRTE, Alias: r.Name, Relation: r, Pos: -1}
	for _, c := range r.Columns {
		rte.Columns = append(rte.Columns, query.RTEColumn{Name: c.Name, Type: snap.TypeByOID(c.Type), Typmod: c.Typmod, Num: c.Num})
	}
	return []*query.RTE{rte}
}

// indexExpr is the type of an index's expression.
func (m *maker) indexExpr(r *catalog.Relation, text string) *types.Type {
	e, err := parse.Expr(text)
	if err != nil {
		return nil
	}
	x, err := analyze.Expr(m.snap, e, analyze.ExprOptions{Options: analyze.Options{SearchPath: m.tx.SearchPath(), Written: true, Env: m.tx.Env()}, Over: r, What: "index expression"})
	if err != nil {
		return nil
	}
	return x.Expr.Type()
}

// viewTree analyses a view's query.
func (d *Definer) viewTree(r *catalog.Relation) *query.Query {
	if r.View == nil {
		return nil
	}
	stmt, err := parse.Statement(r.View.SQL)
	if err != nil {
		return nil
	}
	q, _, err := analyze.Statement(d.snap, stmt, analyze.Options{SearchPath: r.View.SearchPath, Written: true, Env: d.tx.Env()})
	if err != nil {
		return nil
	}
	return q
}

// View is pg_get_viewdef: wrap is the width lines are filled to, 0 for one column a line, -1 for no line breaks.
func (d *Definer) View(r *catalog.Relation, pretty bool, wrap int) string {
	q := d.viewTree(r)
	if q == nil {
		if r.View == nil {
			return "Not a view"
		}
		return " " + r.View.SQL + ";"
	}
	o := d.layout(pretty)
	o.Wrap, o.Prefix = wrap, true
	for _, c := range r.Columns {
		o.Columns = append(o.Columns, c.Name)
	}
	return deparse.Query(q, o) + ";"
}

// use is a relation, or a column of it, that a view reads.
type use struct {
	rel    *catalog.Relation
	column int32
	only   bool // no column of it is read
}

// uses lists what a view reads, each once.
func (d *Definer) uses(r *catalog.Relation) []use {
	q := d.viewTree(r)
	if q == nil {
		return nil
	}
	var out []use
	var visit func(q *query.Query)
	seen := map[*query.Query]bool{}
	visit = func(q *query.Query) {
		if q == nil || seen[q] {
			return
		}
		seen[q] = true
		for _, e := range q.RTable {
			if e.Relation != nil && (e.Kind == query.RelationRTE || e.IsView) {
				any := false
				for _, c := range e.Relation.Columns {
					if e.Selected[c.Num] || e.Selected[0] {
						out = append(out, use{rel: e.Relation, column: c.Num})
						any = true
					}
				}
				out = append(out, use{rel: e.Relation, only: !any})
			}
			visit(e.Subquery)
		}
		for _, c := range q.CTEs {
			visit(c.Query)
		}
		q.Exprs(func(e query.Expr) {
			query.Walk(e, func(x query.Expr) bool {
				if s, ok := x.(*query.SubLink); ok {
					visit(s.Query)
				}
				return true
			})
		})
	}
	visit(q)
	var unique []use
	have := map[use]bool{}
	for _, u := range out {
		if !have[u] {
			have[u] = true
			unique = append(unique, u)
		}
	}
	return unique
}

func (d *Definer) columnList(r *catalog.Relation, nums []int32) string {
	names := make([]string, len(nums))
	for i, n := range nums {
		if c := r.ColumnByNum(n); c != nil {
			names[i] = regname.Quote(c.Name)
		}
	}
	return strings.Join(names, ", ")
}

func (d *Definer) relation(oid catalog.OID, qualified bool) string {
	if qualified {
		if schema, name, ok := regname.ClassName(d.snap, oid); ok {
			return regname.Quote(schema) + "." + regname.Quote(name)
		}
	}
	s, _ := d.names.RegOut(types.RegClassOID, oid)
	return s
}

var actions = map[string]string{catalog.Restrict: "RESTRICT", catalog.Cascade: "CASCADE", catalog.SetNull: "SET NULL", catalog.SetDefault: "SET DEFAULT"}

// Constraint is pg_get_constraintdef for a table's constraint.
func (d *Definer) Constraint(r *catalog.Relation, c *catalog.Constraint, pretty bool) string {
	var b strings.Builder
	switch c.Kind {
	case catalog.PrimaryKey, catalog.Unique:
		b.WriteString("UNIQUE")
		if c.Kind == catalog.PrimaryKey {
			b.Reset()
			b.WriteString("PRIMARY KEY")
		}
		if c.NullsNotDistinct {
			b.WriteString(" NULLS NOT DISTINCT")
		}
		b.WriteString(" (" + d.columnList(r, c.Columns) + ")")
		for _, x := range r.Indexes {
			if x.OID == indexOf(r, c) && len(x.Include) > 0 {
				b.WriteString(" INCLUDE (" + d.columnList(r, x.Include) + ")")
			}
		}
	case catalog.ForeignKey:
		b.WriteString("FOREIGN KEY (" + d.columnList(r, c.Columns) + ") REFERENCES " + d.relation(c.RefTable, false) + "(")
		if ref := d.snap.RelationByOID(c.RefTable); ref != nil {
			b.WriteString(d.columnList(ref, c.RefColumns))
		}
		b.WriteString(")")
		if c.MatchFull {
			b.WriteString(" MATCH FULL")
		}
		if a := actions[c.OnUpdate]; a != "" {
			b.WriteString(" ON UPDATE " + a)
		}
		if a := actions[c.OnDelete]; a != "" {
			b.WriteString(" ON DELETE " + a)
			if len(c.SetColumns) > 0 {
				b.WriteString(" (" + d.columnList(r, c.SetColumns) + ")")
			}
		}
	case catalog.Check:
		text := d.expr(c.Expr, r, "check constraint", nil, types.ByOID(types.BoolOID), -1, pretty)
		b.WriteString("CHECK (" + text + ")")
	case catalog.Exclusion:
		for _, x := range r.Indexes {
			if x.OID == indexOf(r, c) {
				b.WriteString("EXCLUDE" + d.indexTail(r, x, pretty, c.Operators...))
			}
		}
	}
	if c.Deferrable {
		b.WriteString(" DEFERRABLE")
	}
	if c.InitiallyDeferred {
		b.WriteString(" INITIALLY DEFERRED")
	}
	if c.NotValid {
		b.WriteString(" NOT VALID")
	}
	return b.String()
}

// DomainConstraint is pg_get_constraintdef for a domain's check.
func (d *Definer) DomainConstraint(t *types.Type, c *catalog.Constraint, pretty bool) string {
	s := "CHECK (" + d.expr(c.Expr, nil, "check constraint", t.Base, types.ByOID(types.BoolOID), -1, pretty) + ")"
	if c.NotValid {
		s += " NOT VALID"
	}
	return s
}
