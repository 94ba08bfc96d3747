package ddl

import (
	"slices"
	"strings"

	"github.com/basement-project/basement/internal/catalog"
	"github.com/basement-project/basement/internal/engine/sqlite/builtin"
	"github.com/basement-project/basement/internal/engine/sqlite/layout"
	"github.com/basement-project/basement/internal/engine/sqlite/printer"
	"github.com/basement-project/basement/internal/sql/query"
)

// buildTerms makes the table of terms of an index that is kept as one, and the triggers of the file that keep it: whatever
// changes the table's rows changes it in the same transaction. An index that is none is left to the catalog.
func (r *run) buildTerms(rel *catalog.Relation, x *catalog.Index) error {
	if err := r.dropTerms(x); err != nil {
		return err
	}
	terms, kind, err := r.termIndex(rel, x)
	if err != nil {
		return err
	}
	if now := r.snap().RelationByOID(rel.OID); now != nil {
		c := cloneRelation(now)
		for _, y := range c.Indexes {
			if y.OID == x.OID {
				y.Terms = terms
			}
		}
		r.edit.PutRelation(c)
		r.snap()
	}
	if terms == nil {
		return nil
	}
	table, of := layout.Quote(layout.TermTable(x)), layout.QuotedTable(rel)
	var changed []string
	for _, num := range slices.Sorted(keysOf(terms.Columns)) {
		name := layout.QuotedColumn(terms.Columns[num])
		changed = append(changed, "old."+name+" COLLATE BINARY IS NOT new."+name)
	}
	changed = append(changed, "old."+layout.RowID+" IS NOT new."+layout.RowID)
	rows := func(where string) string {
		return "INSERT INTO " + table + " (rowid, terms) SELECT r, t FROM (SELECT " + layout.RowID + " AS r, " + kind.Terms + "(" + terms.Key +
			") AS t FROM " + of + where + ") WHERE t IS NOT NULL; "
	}
	trigger := func(event, when, body string) string {
		return "CREATE TRIGGER " + layout.Quote(layout.TermTable(x)+":"+event) + " AFTER " + event + " ON " + of + when + " BEGIN " + body + "END; "
	}
	add := rows(" WHERE " + layout.RowID + " = new." + layout.RowID)
	remove := "DELETE FROM " + table + " WHERE rowid = old." + layout.RowID + "; "
	return r.tx.Conn.ExecScript("CREATE VIRTUAL TABLE " + table + " USING fts5(terms, content='', contentless_delete=1, detail=none, " + builtin.TermTokenizer + "); " +
		rows("") + trigger("INSERT", "", add) + trigger("UPDATE", " WHEN "+strings.Join(changed, " OR "), remove+add) + trigger("DELETE", "", remove))
}

func keysOf(m map[int32]string) func(func(int32) bool) {
	return func(yield func(int32) bool) {
		for k := range m {
			if !yield(k) {
				return
			}
		}
	}
}

// termIndex describes an index that can be kept as a table of terms; nil for others.
func (r *run) termIndex(rel *catalog.Relation, x *catalog.Index) (*catalog.TermIndex, *builtin.TermKind, error) {
	if len(x.Keys) != 1 || x.Where != "" || rel.Schema == "pg_temp" {
		return nil, nil, nil
	}
	q := &query.Query{RTable: []*query.RTE{relationRTE(r.snap(), rel)}, From: []query.FromItem{&query.TableRef{RT: 1}}, Pos: -1}
	k := x.Keys[0]
	var key query.Expr
	if k.Column != 0 {
		for i, c := range rel.Columns {
			if c.Num == k.Column {
				key = &query.Var{T: query.T{Typ: r.snap().TypeByOID(c.Type), Mod: c.Typmod, Pos: -1}, RT: 1, Col: i, Name: c.Name}
			}
		}
	} else {
		var err error
		if key, err = r.storedExpr(rel, k.Expr, "index expression", nil); err != nil {
			return nil, nil, err
		}
	}
	if key == nil {
		return nil, nil, nil
	}
	kind := builtin.TermKindOf(x.Method, k.Opclass, key.Type())
	if kind == nil {
		return nil, nil, nil
	}
	text, err := printer.Expression(r.snap(), q, key)
	if err != nil {
		// What the file cannot keep an index on is kept in the catalog alone.
		return nil, nil, nil
	}
	terms := &catalog.TermIndex{Kind: kind.Name, Key: text, Columns: map[int32]string{}}
	query.Walk(key, func(e query.Expr) bool {
		if v, ok := e.(*query.Var); ok && v.Col >= 0 {
			terms.Columns[rel.Columns[v.Col].Num] = rel.Columns[v.Col].Name
		}
		return true
	})
	return terms, kind, nil
}

// dropTerms removes an index's table of terms, if it has one.
func (r *run) dropTerms(x *catalog.Index) error {
	name := layout.TermTable(x)
	sql := ""
	for _, event := range []string{"INSERT", "UPDATE", "DELETE"} {
		sql += "DROP TRIGGER IF EXISTS " + layout.Quote(name+":"+event) + "; "
	}
	return r.tx.Conn.ExecScript(sql + "DROP TABLE IF EXISTS " + layout.Quote(name))
}
