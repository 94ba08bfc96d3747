package modify

import (
	"strings"
	"unicode/utf8"

	"github.com/basement-project/basement/internal/catalog"
	"github.com/basement-project/basement/internal/engine/sqlite/session"
	"github.com/basement-project/basement/internal/engine/sqlite/sysview"
	"github.com/basement-project/basement/internal/errs"
	"github.com/basement-project/basement/internal/sql/types"
)

// subject to row security: such a role is not shown values it may not be able to read.
func restricted(tx *session.Tx, rel *catalog.Relation) bool {
	if !rel.RowSecurity {
		return false
	}
	role := tx.Role()
	if tx.Snapshot.BypassesRLS(role) {
		return false
	}
	return rel.ForceRowSecurity || !tx.Snapshot.Inherits(role, rel.Owner)
}

// maxShown is how many bytes of a value an error shows.
const maxShown = 64

// whole shows a value of a key.
func whole(t *types.Type, d types.Datum, env *types.Env) string {
	if d.IsNull() {
		return "null"
	}
	return types.Out(t, d, env)
}

func shown(t *types.Type, d types.Datum, env *types.Env) string {
	if d.IsNull() {
		return "null"
	}
	s := types.Out(t, d, env)
	if len(s) <= maxShown {
		return s
	}
	n := maxShown
	for n > 0 && !utf8.RuneStart(s[n]) {
		n--
	}
	return s[:n] + "..."
}

// failingRow is the detail "Failing row contains (...).", "" when the role may see nothing of it. written are the columns
// the statement gave values to.
func failingRow(tx *session.Tx, t *table, row []types.Datum, written map[int]bool) string {
	if restricted(tx, t.rel) {
		return ""
	}
	role := tx.Role()
	all := tx.Snapshot.RelationRights(role, t.rel)&catalog.Select != 0
	var names, values []string
	for i, c := range t.rel.Columns {
		if !all {
			if !written[i] && tx.Snapshot.ColumnRights(role, t.rel, c)&catalog.Select == 0 {
				continue
			}
			names = append(names, c.Name)
		}
		values = append(values, shown(t.types[i], row[i], tx.Env()))
	}
	list := "(" + strings.Join(values, ", ") + ")"
	if all {
		return "Failing row contains " + list + "."
	}
	if len(names) == 0 {
		return ""
	}
	return "Failing row contains (" + strings.Join(names, ", ") + ") = " + list + "."
}

func notNullError(tx *session.Tx, t *table, col int, row []types.Datum, written map[int]bool) error {
	c := t.rel.Columns[col]
	e := errs.New("23502", "null value in column \"%s\" of relation \"%s\" violates not-null constraint", c.Name, t.rel.Name)
	e.Detail = failingRow(tx, t, row, written)
	e.Schema, e.Table, e.Column = t.rel.Schema, t.rel.Name, c.Name
	return e
}

func checkError(tx *session.Tx, t *table, con *catalog.Constraint, row []types.Datum, written map[int]bool) error {
	e := errs.New("23514", "new row for relation \"%s\" violates check constraint \"%s\"", t.rel.Name, con.Name)
	e.Detail = failingRow(tx, t, row, written)
	e.Schema, e.Table, e.Constraint = t.rel.Schema, t.rel.Name, con.Name
	return e
}

func uniqueError(tx *session.Tx, t *table, u *unique, keys []types.Datum) error {
	e := errs.New("23505", "duplicate key value violates unique constraint \"%s\"", u.index.Name)
	e.Schema, e.Table, e.Constraint = t.rel.Schema, t.rel.Name, u.index.Name
	if restricted(tx, t.rel) {
		return e
	}
	role := tx.Role()
	all := tx.Snapshot.RelationRights(role, t.rel)&catalog.Select != 0
	var names, values []string
	for i, k := range u.index.Keys {
		if k.Column == 0 {
			if !all {
				return e
			}
			names = append(names, sysview.Define(tx).KeyExpr(t.rel, k.Expr))
			values = append(values, whole(u.keys.text.Columns[i].Type, keys[i], tx.Env()))
			continue
		}
		p := position(t.rel, k.Column)
		c := t.rel.Columns[p]
		if !all && tx.Snapshot.ColumnRights(role, t.rel, c)&catalog.Select == 0 {
			return e
		}
		names = append(names, session.QuoteIdentifier(c.Name))
		values = append(values, whole(t.types[p], keys[i], tx.Env()))
	}
	return e.WithDetail("Key (%s)=(%s) already exists.", strings.Join(names, ", "), strings.Join(values, ", "))
}

// keyError is a foreign key's violation; from is the table whose row is to blame and whose key is shown.
func keyError(tx *session.Tx, fk *foreignKey, onChild bool, values []types.Datum) error {
	var e *errs.Error
	rel, at, other := fk.child, fk.childCols, fk.parent
	if onChild {
		e = errs.New("23503", "insert or update on table \"%s\" violates foreign key constraint \"%s\"", fk.child.Name, fk.con.Name)
	} else {
		rel, at, other = fk.parent, fk.parentCols, fk.child
		e = errs.New("23503", "update or delete on table \"%s\" violates foreign key constraint \"%s\" on table \"%s\"",
			fk.parentName(), fk.con.Name, fk.child.Name)
	}
	e.Schema, e.Table, e.Constraint = fk.child.Schema, fk.child.Name, fk.con.Name
	verb := "present in"
	if !onChild {
		verb = "referenced from"
	}
	is := "is not "
	if !onChild {
		is = "is still "
	}
	mayShow := !restricted(tx, rel)
	role := tx.Role()
	if mayShow && tx.Snapshot.RelationRights(role, rel)&catalog.Select == 0 {
		for _, p := range at {
			if tx.Snapshot.ColumnRights(role, rel, rel.Columns[p])&catalog.Select == 0 {
				mayShow = false
			}
		}
	}
	if !mayShow {
		return e.WithDetail("Key %s%s table \"%s\".", is, verb, other.Name)
	}
	var names, shownValues []string
	for i, p := range at {
		c := rel.Columns[p]
		names = append(names, c.Name)
		shownValues = append(shownValues, types.Out(tx.Snapshot.TypeByOID(c.Type), values[i], tx.Env()))
	}
	return e.WithDetail("Key (%s)=(%s) %s%s table \"%s\".", strings.Join(names, ", "), strings.Join(shownValues, ", "), is, verb, other.Name)
}

func (fk *foreignKey) parentName() string {
	if fk.part != nil {
		return fk.part.Name
	}
	return fk.parent.Name
}
