package ddl

import (
	"github.com/basement-project/basement/internal/catalog"
	"github.com/basement-project/basement/internal/engine/sqlite/session"
	"github.com/basement-project/basement/internal/errs"
	"github.com/basement-project/basement/internal/sql/ast"
	"github.com/basement-project/basement/internal/sql/query"
	"github.com/basement-project/basement/internal/sql/types"
)

// Temporary objects live in a schema of their own until the transaction ends, because the embedded engine has no sessions
// that outlive one. The catalog's rows in the file never tell of them.

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

// Settle makes the catalog ready to be committed: the transaction's temporary objects are dropped, and the labels it added
// to enums may be used from now on. begun is the catalog it began with, which it is left with when
// nothing else changed.
func (x *Executor) Settle(tx *session.Tx, begun *catalog.Snapshot) error {
	x.store.Edit(tx).Settle()
	if tx.Snapshot.Schema(catalog.TempSchema) == nil {
		return nil
	}
	changed := tx.SchemaChanged
	r := &run{x: x, tx: tx, edit: x.store.Edit(tx)}
	if err := r.dropTemporary(); err != nil {
		return err
	}
	r.edit.DropSchema(r.snap().Schema(catalog.TempSchema).OID)
	if err := r.edit.Flush(); err != nil {
		return err
	}
	if !changed && !tx.SchemaChanged {
		tx.SetSnapshot(begun)
	}
	return nil
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
