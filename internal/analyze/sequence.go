package analyze

import (
	"github.com/basement-project/basement/internal/catalog"
	"github.com/basement-project/basement/internal/sql/types"
)

// sequence is a sequence as the relation of one row it can be read as, nil when there is none of that name.
func (a *analyzer) sequence(schema, name string) *catalog.Relation {
	path := a.path()
	if schema != "" {
		path = []string{schema}
	}
	for _, p := range path {
		if seq := a.snap.Sequence(p, name); seq != nil {
			return &catalog.Relation{OID: seq.OID, Schema: seq.Schema, Name: seq.Name, Kind: catalog.SequenceRel, Owner: seq.Owner, ACL: seq.ACL,
				Columns: []*catalog.Column{
					{Num: 1, Name: "last_value", Type: types.Int8OID, Typmod: -1, NotNull: true},
					{Num: 2, Name: "log_cnt", Type: types.Int8OID, Typmod: -1, NotNull: true},
					{Num: 3, Name: "is_called", Type: types.BoolOID, Typmod: -1, NotNull: true},
				}}
		}
	}
	return nil
}
