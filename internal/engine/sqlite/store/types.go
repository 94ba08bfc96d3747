package store

import (
	"github.com/basement-project/basement/internal/catalog"
	"github.com/basement-project/basement/internal/engine/sqlite/extension/available"
	"github.com/basement-project/basement/internal/sql/types"
)

// typeRecord is a type as the file keeps it: other types by identifier. The fields of a relation's row type are not kept,
// they follow from the relation.
type typeRecord struct {
	OID        catalog.OID           `json:"oid"`
	Schema     string                `json:"schema"`
	Name       string                `json:"name"`
	Kind       types.TypeKind        `json:"kind"`
	Category   string                `json:"category"`
	Elem       catalog.OID           `json:"elem,omitempty"`
	Array      catalog.OID           `json:"array,omitempty"`
	Base       catalog.OID           `json:"base,omitempty"`
	Typmod     int32                 `json:"typmod"`
	NotNull    bool                  `json:"not_null,omitempty"`
	Labels     []string              `json:"labels,omitempty"`
	Fields     []fieldRecord         `json:"fields,omitempty"`
	Subtype    catalog.OID           `json:"subtype,omitempty"`
	Range      catalog.OID           `json:"range,omitempty"`
	Multirange catalog.OID           `json:"multirange,omitempty"`
	Owner      string                `json:"owner"`
	ACL        catalog.ACL           `json:"acl"`
	Checks     []*catalog.Constraint `json:"checks,omitempty"`
	Default    string                `json:"default,omitempty"`
	Comment    string                `json:"comment,omitempty"`
	Preferred  bool                  `json:"preferred,omitempty"`
	Native     string                `json:"native,omitempty"`
	Extension  catalog.OID           `json:"extension,omitempty"`
}

type fieldRecord struct {
	Name   string      `json:"name"`
	Type   catalog.OID `json:"type"`
	Typmod int32       `json:"typmod"`
}

func record(u *catalog.UserType, ofRelation bool) *typeRecord {
	t := u.Type
	r := &typeRecord{OID: t.OID, Schema: t.Schema, Name: t.Name, Kind: t.Kind, Category: string(rune(t.Category)), Array: t.Array,
		Typmod: t.Typmod, NotNull: t.NotNull, Labels: t.Labels, Multirange: t.Multirange, Owner: u.Owner, ACL: u.ACL,
		Checks: u.Checks, Default: u.Default, Comment: u.Comment, Preferred: t.Preferred, Extension: u.Extension}
	if t.Native != nil {
		r.Native = t.Native.Key
	}
	oid := func(t *types.Type) catalog.OID {
		if t == nil {
			return 0
		}
		return t.OID
	}
	r.Elem, r.Base, r.Subtype, r.Range = oid(t.Elem), oid(t.Base), oid(t.Subtype), oid(t.Range)
	if !ofRelation {
		for _, f := range t.Fields {
			r.Fields = append(r.Fields, fieldRecord{f.Name, f.Type.OID, f.Typmod})
		}
	}
	return r
}

// link makes the types of their records.
func link(list []*typeRecord, relations []*catalog.Relation, base *catalog.Snapshot) []*catalog.UserType {
	made := make(map[catalog.OID]*types.Type, len(list))
	out := make([]*catalog.UserType, len(list))
	for i, r := range list {
		t := &types.Type{OID: r.OID, Schema: r.Schema, Name: r.Name, Kind: r.Kind, Array: r.Array, Typmod: r.Typmod,
			NotNull: r.NotNull, Labels: r.Labels, Multirange: r.Multirange, Preferred: r.Preferred, Native: available.Native(r.Native)}
		if r.Category != "" {
			t.Category = r.Category[0]
		}
		made[r.OID] = t
		out[i] = &catalog.UserType{Type: t, Owner: r.Owner, ACL: r.ACL, Checks: r.Checks, Default: r.Default, Comment: r.Comment, Extension: r.Extension}
	}
	find := func(oid catalog.OID) *types.Type {
		if oid == 0 {
			return nil
		}
		if t := made[oid]; t != nil {
			return t
		}
		return base.TypeByOID(oid)
	}
	for i, r := range list {
		t := out[i].Type
		t.Elem, t.Base, t.Subtype, t.Range = find(r.Elem), find(r.Base), find(r.Subtype), find(r.Range)
		for _, f := range r.Fields {
			t.Fields = append(t.Fields, types.Field{Name: f.Name, Type: find(f.Type), Typmod: f.Typmod})
		}
	}
	for _, rel := range relations {
		t := made[rel.RowType]
		if t == nil {
			continue
		}
		t.Fields = make([]types.Field, 0, len(rel.Columns))
		for _, c := range rel.Columns {
			t.Fields = append(t.Fields, types.Field{Name: c.Name, Type: find(c.Type), Typmod: c.Typmod})
		}
	}
	return out
}
