package sysview

import (
	"strings"

	"github.com/basement-project/basement/internal/analyze"
	"github.com/basement-project/basement/internal/analyze/regname"
	"github.com/basement-project/basement/internal/catalog"
	"github.com/basement-project/basement/internal/sql/ast"
	"github.com/basement-project/basement/internal/sql/deparse"
)

// Trigger is pg_get_triggerdef.
func (d *Definer) Trigger(r *catalog.Relation, t *catalog.Trigger, pretty bool) string {
	s := triggerStatement(t)
	if s == nil {
		return t.SQL
	}
	var b strings.Builder
	b.WriteString("CREATE ")
	if s.Constraint {
		b.WriteString("CONSTRAINT ")
	}
	b.WriteString("TRIGGER " + regname.Quote(t.Name) + " ")
	switch s.Timing {
	case ast.TriggerBefore:
		b.WriteString("BEFORE")
	case ast.TriggerInsteadOf:
		b.WriteString("INSTEAD OF")
	default:
		b.WriteString("AFTER")
	}
	sep := " "
	for _, e := range []struct {
		ev   ast.TriggerEvents
		word string
	}{{ast.TriggerOnInsert, "INSERT"}, {ast.TriggerOnDelete, "DELETE"}, {ast.TriggerOnUpdate, "UPDATE"}, {ast.TriggerOnTruncate, "TRUNCATE"}} {
		if s.Events&e.ev == 0 {
			continue
		}
		b.WriteString(sep + e.word)
		sep = " OR "
		if e.ev == ast.TriggerOnUpdate && len(s.Columns) > 0 {
			names := make([]string, len(s.Columns))
			for i, n := range s.Columns {
				names[i] = regname.Quote(n)
			}
			b.WriteString(" OF " + strings.Join(names, ", "))
		}
	}
	b.WriteString(" ON " + d.relation(r.OID, !pretty))
	if s.Constraint {
		if s.From != nil {
			b.WriteString(" FROM " + regname.Quote(s.From.Name))
		}
		if !s.Deferrable {
			b.WriteString(" NOT")
		}
		b.WriteString(" DEFERRABLE INITIALLY ")
		if s.InitiallyDeferred {
			b.WriteString("DEFERRED")
		} else {
			b.WriteString("IMMEDIATE")
		}
	}
	if len(s.Transitions) > 0 {
		b.WriteString(" REFERENCING")
		for _, old := range []bool{true, false} {
			for _, x := range s.Transitions {
				if x.New == old {
					continue
				}
				word := " NEW TABLE AS "
				if old {
					word = " OLD TABLE AS "
				}
				b.WriteString(word + regname.Quote(x.Name))
			}
		}
	}
	if s.Row {
		b.WriteString(" FOR EACH ROW")
	} else {
		b.WriteString(" FOR EACH STATEMENT")
	}
	if s.When != nil {
		b.WriteString(" WHEN (" + d.when(r, s.When, pretty) + ")")
	}
	if f := d.snap.FunctionByOID(t.Function); f != nil {
		b.WriteString(" EXECUTE FUNCTION " + naming{d}.Function(f, nil) + "(")
	}
	for i, a := range s.Args {
		if i > 0 {
			b.WriteString(", ")
		}
		b.WriteString("'" + strings.ReplaceAll(a, "'", "''") + "'")
	}
	b.WriteString(")")
	return b.String()
}

// when prints a trigger's condition: old and new are rows of the relation.
func (d *Definer) when(r *catalog.Relation, e ast.Expr, pretty bool) string {
	old, new := tableOf(d.snap, r)[0], tableOf(d.snap, r)[0]
	old.Alias, new.Alias = "old", "new"
	sel := ast.Select()
	sel.Targets = []*ast.ResTarget{ast.As(e, "")}
	rv := func(alias string) ast.TableRef {
		return &ast.RangeVar{Pos: -1, Schema: r.Schema, Name: r.Name, Alias: &ast.Alias{Pos: -1, Name: alias}}
	}
	sel.From = []ast.TableRef{rv("old"), rv("new")}
	q, _, err := analyze.Statement(d.snap, sel, analyze.Options{SearchPath: d.tx.SearchPath(), Written: true, Env: d.tx.Env()})
	if err != nil || len(q.Targets) == 0 {
		return ""
	}
	o := d.layout(pretty)
	o.Prefix = true
	return deparse.Expr(q.Targets[0].Expr, q.RTable, o)
}
