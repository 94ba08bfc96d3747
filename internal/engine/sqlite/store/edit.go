package store

import (
	"encoding/json"

	"github.com/basement-project/basement/internal/catalog"
	"github.com/basement-project/basement/internal/engine/sqlite/layout"
	"github.com/basement-project/basement/internal/engine/sqlite/session"
	"github.com/basement-project/basement/internal/errs"
	"github.com/basement-project/basement/internal/sql/types"
)

// Edit is a change of the catalog inside a transaction. Objects put are the edit's own afterwards: what came from a
// snapshot is cloned before it is changed.
type Edit struct {
	store *Store
	tx    *session.Tx
	objs  catalog.Objects
	rows  []row
	stale bool
}

type row struct {
	kind   string
	oid    catalog.OID
	object any  // nil: deleted
	after  bool // deleted with all rows of the kind after it
}

// Edit begins a change of the catalog the transaction sees.
func (s *Store) Edit(tx *session.Tx) *Edit {
	return &Edit{store: s, tx: tx, objs: tx.Snapshot.Objects}
}

// NewOID gives a fresh identifier.
func (e *Edit) NewOID() catalog.OID { return catalog.OID(e.store.nextOID.Add(1) - 1) }

// Tx is the transaction.
func (e *Edit) Tx() *session.Tx { return e.tx }

// Snapshot is the catalog with the changes so far.
func (e *Edit) Snapshot() *catalog.Snapshot {
	if e.stale {
		e.rebuild()
	}
	return e.tx.Snapshot
}

// Flush writes the changes to the file and makes the transaction see them.
func (e *Edit) Flush() error {
	e.Snapshot()
	c := e.tx.Conn
	for _, r := range e.rows {
		if r.after {
			if err := c.Exec(`DELETE FROM `+layout.Quote(layout.CatalogTable)+` WHERE kind = ?1 AND oid >= ?2`, types.Text(r.kind), types.Int(int64(r.oid))); err != nil {
				return err
			}
			continue
		}
		if r.object == nil {
			if err := c.Exec(`DELETE FROM `+layout.Quote(layout.CatalogTable)+` WHERE kind = ?1 AND oid = ?2`, types.Text(r.kind), types.Int(int64(r.oid))); err != nil {
				return err
			}
			continue
		}
		if u, ok := r.object.(*catalog.UserType); ok {
			r.object = record(u, e.tx.Snapshot.RelationOfRowType(u.Type.OID) != nil)
		}
		data, err := json.Marshal(r.object)
		if err != nil {
			return errs.Internal("write the catalog", err)
		}
		if err := c.Exec(`INSERT INTO `+layout.Quote(layout.CatalogTable)+` VALUES (?1, ?2, ?3) ON CONFLICT DO UPDATE SET object = ?3`,
			types.Text(r.kind), types.Int(int64(r.oid)), types.Text(string(data))); err != nil {
			return err
		}
	}
	if len(e.rows) == 0 {
		return nil
	}
	e.rows = nil
	return c.Exec(`UPDATE `+layout.Quote(layout.MetaTable)+` SET value = CASE name WHEN 'next_oid' THEN ?1 ELSE ?2 END WHERE name IN ('next_oid', 'version')`,
		types.Int(int64(e.store.nextOID.Load())), types.Int(int64(e.store.version.Load())))
}

// Settle makes the labels added to enums usable: the transaction is about to be committed.
func (e *Edit) Settle() {
	if len(e.tx.NewLabels) > 0 {
		e.tx.NewLabels = nil
		e.rebuild()
	}
}

// Permanent is a catalog without its temporary objects.
func (s *Store) Permanent(snap *catalog.Snapshot) *catalog.Snapshot {
	o := snap.Objects
	o.Schemas, o.Relations, o.Sequences = lasting(o.Schemas), lasting(o.Relations), lasting(o.Sequences)
	o.Types, o.Functions = lasting(o.Types), lasting(o.Functions)
	return catalog.NewSnapshot(s.version.Add(1), o, s.base)
}

func lasting[T any](list []*T) []*T {
	out := make([]*T, 0, len(list))
	for _, x := range list {
		if !temporary(x) {
			out = append(out, x)
		}
	}
	return out
}

func (e *Edit) rebuild() {
	e.stale = false
	ofRelation := make(map[catalog.OID]bool, len(e.objs.Relations))
	for _, r := range e.objs.Relations {
		ofRelation[r.RowType] = true
	}
	list := make([]*typeRecord, len(e.objs.Types))
	for i, u := range e.objs.Types {
		list[i] = record(u, ofRelation[u.Type.OID])
	}
	o := e.objs
	o.Types = link(list, o.Relations, e.store.base)
	for _, u := range o.Types {
		u.Type.Fresh = e.tx.NewLabels[u.Type.OID]
	}
	e.objs = o
	e.tx.SetSnapshot(catalog.NewSnapshot(e.store.version.Add(1), o, e.store.base))
}

// put replaces the object of an identifier in a list, or appends it; the list is copied, a snapshot may share it.
func put[T any](e *Edit, kind string, list *[]*T, oid func(*T) catalog.OID, x *T) {
	id := oid(x)
	out := make([]*T, 0, len(*list)+1)
	found := false
	for _, y := range *list {
		if oid(y) == id {
			y, found = x, true
		}
		out = append(out, y)
	}
	if !found {
		out = append(out, x)
	}
	*list = out
	if temporary(x) {
		e.stale = true
		return
	}
	e.note(row{kind: kind, oid: id, object: x})
}

// temporary says whether an object ends with the transaction: the file never knows it.
func temporary(x any) bool {
	switch x := x.(type) {
	case *catalog.Schema:
		return x.Name == catalog.TempSchema
	case *catalog.Relation:
		return x.Schema == catalog.TempSchema
	case *catalog.Sequence:
		return x.Schema == catalog.TempSchema
	case *catalog.UserType:
		return x.Type.Schema == catalog.TempSchema
	case *catalog.Function:
		return x.Schema == catalog.TempSchema
	}
	return false
}

func drop[T any](e *Edit, kind string, list *[]*T, oid func(*T) catalog.OID, id catalog.OID) {
	out := make([]*T, 0, len(*list))
	var gone *T
	for _, y := range *list {
		if oid(y) != id {
			out = append(out, y)
		} else {
			gone = y
		}
	}
	if gone == nil {
		return
	}
	*list = out
	if temporary(gone) {
		e.stale = true
		return
	}
	e.note(row{kind: kind, oid: id})
}

func (e *Edit) note(r row) {
	e.stale, e.tx.SchemaChanged = true, true
	for i, old := range e.rows {
		if old.kind == r.kind && old.oid == r.oid && old.after == r.after {
			e.rows[i] = r
			return
		}
	}
	e.rows = append(e.rows, r)
}

func schemaOID(x *catalog.Schema) catalog.OID     { return x.OID }
func relationOID(x *catalog.Relation) catalog.OID { return x.OID }
func sequenceOID(x *catalog.Sequence) catalog.OID { return x.OID }
func typeOID(x *catalog.UserType) catalog.OID     { return x.Type.OID }
func functionOID(x *catalog.Function) catalog.OID { return x.OID }
func roleOID(x *catalog.Role) catalog.OID         { return x.OID }
func operatorOID(x *catalog.Operator) catalog.OID { return x.OID }
func castOID(x *catalog.Cast) catalog.OID         { return x.OID }

// PutSchema makes or replaces a schema.
func (e *Edit) PutSchema(x *catalog.Schema) { put(e, kindSchema, &e.objs.Schemas, schemaOID, x) }

// DropSchema removes a schema.
func (e *Edit) DropSchema(oid catalog.OID) { drop(e, kindSchema, &e.objs.Schemas, schemaOID, oid) }

// PutRelation makes or replaces a relation.
func (e *Edit) PutRelation(x *catalog.Relation) {
	put(e, kindRelation, &e.objs.Relations, relationOID, x)
}

// DropRelation removes a relation.
func (e *Edit) DropRelation(oid catalog.OID) {
	drop(e, kindRelation, &e.objs.Relations, relationOID, oid)
}

// PutSequence makes or replaces a sequence.
func (e *Edit) PutSequence(x *catalog.Sequence) {
	put(e, kindSequence, &e.objs.Sequences, sequenceOID, x)
}

// DropSequence removes a sequence.
func (e *Edit) DropSequence(oid catalog.OID) {
	drop(e, kindSequence, &e.objs.Sequences, sequenceOID, oid)
}

// PutType makes or replaces a type. Types that refer to it are linked anew.
func (e *Edit) PutType(x *catalog.UserType) { put(e, kindType, &e.objs.Types, typeOID, x) }

// DropType removes a type.
func (e *Edit) DropType(oid catalog.OID) { drop(e, kindType, &e.objs.Types, typeOID, oid) }

// PutFunction makes or replaces a function.
func (e *Edit) PutFunction(x *catalog.Function) {
	put(e, kindFunction, &e.objs.Functions, functionOID, x)
}

// DropFunction removes a function.
func (e *Edit) DropFunction(oid catalog.OID) {
	drop(e, kindFunction, &e.objs.Functions, functionOID, oid)
}

// PutOperator makes or replaces an operator; its function is found by FunctionOID.
func (e *Edit) PutOperator(x *catalog.Operator) {
	put(e, kindOperator, &e.objs.Operators, operatorOID, x)
}

// DropOperator removes an operator.
func (e *Edit) DropOperator(oid catalog.OID) {
	drop(e, kindOperator, &e.objs.Operators, operatorOID, oid)
}

// PutCast makes or replaces a cast.
func (e *Edit) PutCast(x *catalog.Cast) { put(e, kindCast, &e.objs.Casts, castOID, x) }

// DropCast removes a cast.
func (e *Edit) DropCast(oid catalog.OID) { drop(e, kindCast, &e.objs.Casts, castOID, oid) }

// PutRole makes or replaces a role.
func (e *Edit) PutRole(x *catalog.Role) { put(e, kindRole, &e.objs.Roles, roleOID, x) }

// DropRole removes a role.
func (e *Edit) DropRole(oid catalog.OID) { drop(e, kindRole, &e.objs.Roles, roleOID, oid) }

// SetDefaultACLs replaces the list of default privileges.
func (e *Edit) SetDefaultACLs(list []*catalog.DefaultACL) {
	e.objs.DefaultACLs = list
	replaceAll(e, kindDefaultACL, list)
}

// SetExtensions replaces the list of extensions.
func (e *Edit) SetExtensions(list []*catalog.Extension) {
	e.objs.Extensions = list
	replaceAll(e, kindExtension, list)
}

// SetPublications replaces the list of publications.
func (e *Edit) SetPublications(list []*catalog.Publication) {
	e.objs.Publications = list
	replaceAll(e, kindPublication, list)
}

// replaceAll keeps a short list of objects without identifiers: their rows are numbered.
func replaceAll[T any](e *Edit, kind string, list []*T) {
	for i, x := range list {
		e.note(row{kind: kind, oid: catalog.OID(i), object: x})
	}
	e.note(row{kind: kind, oid: catalog.OID(len(list)), after: true})
}
