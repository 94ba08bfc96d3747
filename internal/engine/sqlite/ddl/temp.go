package ddl

import (
	"github.com/basement-project/basement/internal/catalog"
	"github.com/basement-project/basement/internal/engine/sqlite/layout"
	"github.com/basement-project/basement/internal/engine/sqlite/session"
	"github.com/basement-project/basement/internal/errs"
	"github.com/basement-project/basement/internal/sql/ast"
	"github.com/basement-project/basement/internal/sql/query"
	"github.com/basement-project/basement/internal/sql/types"
)

// Temporary objects live in a schema of their own until the session ends, which for most is the transaction. The catalog's
// rows in the file never tell of them.

// tempSchema gives the schema of temporary objects, making it for the first of them.
func (r *run) tempSchema() *catalog.Schema {
	if sc := r.snap().Schema(catalog.TempSchema); sc != nil {
		return sc
	}
	sc := &catalog.Schema{OID: r.edit.NewOID(), Name: catalog.TempSchema, Owner: r.tx.SessionRole, ACL: catalog.ACL{
		Grants: []catalog.Grant{{Grantee: catalog.Public, Grantor: r.tx.SessionRole, Privileges: catalog.Usage | catalog.Create}}}}
	r.edit.PutSchema(sc)
	return r.snap().Schema(catalog.TempSchema)
}

// schemaFor finds the schema of a new relation as its name and persistence say.
func (r *run) schemaFor(v *ast.RangeVar) (*catalog.Schema, error) {
	if v.Persistence != ast.Temporary {
		return r.targetSchema(v.Schema)
	}
	if v.Schema != "" && v.Schema != catalog.TempSchema {
		if r.snap().Schema(v.Schema) == nil {
			return nil, errs.New("3F000", "schema \"%s\" does not exist", v.Schema)
		}
		return nil, errs.New("42P16", "cannot create temporary relation in non-temporary schema")
	}
	return r.tempSchema(), nil
}

// Settle makes the catalog ready to be committed, and gives it: the labels added to enums may be used from now on, and the
// temporary objects are dropped, unless the session goes on: then only those whose time is over are, and the transaction
// keeps the others to itself. begun is the catalog the file has, which stays when nothing else changed.
func (x *Executor) Settle(tx *session.Tx, begun *catalog.Snapshot, goesOn bool) (*catalog.Snapshot, error) {
	x.store.Edit(tx).Settle()
	used := map[string]bool{} // a savepoint may have brought a table back
	for _, rel := range tx.Snapshot.RelationsIn(catalog.TempSchema) {
		used[layout.QuotedTable(rel)] = true
	}
	for _, table := range tx.Left {
		if used[table] {
			continue
		}
		if err := tx.Conn.ExecScript("DROP TABLE IF EXISTS temp." + table); err != nil {
			return nil, err
		}
	}
	tx.Left = nil
	if tx.Snapshot.Schema(catalog.TempSchema) == nil {
		return tx.Snapshot, nil
	}
	r := &run{x: x, tx: tx, edit: x.store.Edit(tx)}
	if err := r.endTemporary(goesOn); err != nil {
		return nil, err
	}
	if !goesOn {
		r.edit.DropSchema(r.snap().Schema(catalog.TempSchema).OID)
	}
	if err := r.edit.Flush(); err != nil {
		return nil, err
	}
	if !tx.SchemaChanged {
		if !goesOn {
			tx.SetSnapshot(begun)
		}
		return begun, nil
	}
	if goesOn {
		return x.store.Permanent(tx.Snapshot), nil
	}
	return tx.Snapshot, nil
}

// endTemporary does what a commit does to temporary objects.
func (r *run) endTemporary(goesOn bool) error {
	if !goesOn {
		return r.dropTemporary()
	}
	var targets []object
	for _, rel := range r.snap().RelationsIn(catalog.TempSchema) {
		switch rel.OnCommit {
		case "drop":
			targets = append(targets, object{kind: relationObject, oid: rel.OID})
		case "delete":
			if err := r.tx.Conn.ExecScript("DELETE FROM " + layout.QuotedTable(rel) + within(rel)); err != nil {
				return err
			}
		}
	}
	if len(targets) == 0 {
		return nil
	}
	return r.remove(targets, true)
}

// DropTables drops the tables of the temporary relations of a catalog, outside of transactions: their session was undone.
func DropTables(c *session.Conn, snap *catalog.Snapshot) error {
	for _, rel := range snap.RelationsIn(catalog.TempSchema) {
		if rel.Kind != catalog.View && !rel.IsPartition {
			if err := c.ExecScript("DROP TABLE IF EXISTS temp." + layout.QuotedTable(rel)); err != nil {
				return err
			}
		}
	}
	return nil
}

func onCommit(a ast.OnCommitAction) string {
	switch a {
	case ast.OnCommitDrop:
		return "drop"
	case ast.OnCommitDeleteRows:
		return "delete"
	}
	return ""
}

func (r *run) dropTemporary() error {
	sc := r.snap().Schema(catalog.TempSchema)
	if sc == nil {
		return nil
	}
	var targets []object
	for _, e := range r.inSchema(sc.OID) {
		if !e.auto {
			targets = append(targets, e.object)
		}
	}
	if len(targets) == 0 {
		return nil
	}
	return r.remove(targets, true)
}

// readsTemporary says whether a query reads a temporary relation: a view of it is temporary too.
func readsTemporary(q *query.Query) bool {
	found := false
	query.Visit(q, func(q *query.Query) bool {
		for _, rte := range q.RTable {
			found = found || rte.Relation != nil && rte.Relation.Schema == catalog.TempSchema
		}
		return !found
	}, nil)
	return found
}

// samePersistence checks that a foreign key does not lead from permanent to temporary tables or back.
func samePersistence(rel, ref *catalog.Relation) error {
	temp, other := rel.Schema == catalog.TempSchema, ref.Schema == catalog.TempSchema
	switch {
	case temp && !other:
		return errs.New("42P16", "constraints on temporary tables may reference only temporary tables")
	case rel.Unlogged && (other || !ref.Unlogged) && other:
		return errs.New("42P16", "constraints on unlogged tables may reference only permanent or unlogged tables")
	case !temp && !rel.Unlogged && (other || ref.Unlogged):
		return errs.New("42P16", "constraints on permanent tables may reference only permanent tables")
	}
	return nil
}

// unknownText is the type a column of no known type gets.
func unknownText(t *types.Type) *types.Type {
	if t.OID == types.UnknownOID {
		return types.ByOID(types.TextOID)
	}
	return t
}
