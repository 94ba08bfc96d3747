package analyze

import (
	"github.com/basement-project/basement/internal/sql/query"
	"github.com/basement-project/basement/internal/sql/types"
)

// comparable says whether values of t can be told equal, and ordered.
func sortable(t *types.Type) (equal, order bool) {
	t = t.Underlying()
	switch t.Kind {
	case types.ArrayType:
		return sortable(t.Elem)
	case types.EnumType, types.RangeType, types.MultirangeType:
		return true, true
	case types.CompositeType:
		return fieldsSortable(t.Fields)
	}
	if t.Native != nil && t.Native.Unordered {
		return false, false
	}
	switch t.OID {
	case types.JSONOID, types.XMLOID, types.JSONPathOID, types.VoidOID, types.PointOID, types.LineOID, types.PathOID, types.BoxOID, types.PolygonOID,
		types.RefcursorOID, types.TxidSnapshotOID, types.PgSnapshotOID, types.LsegOID, types.CircleOID, types.CStringOID, types.InternalOID:
		return false, false
	case types.XIDOID, types.CIDOID, types.ACLItemOID:
		return true, false
	}
	return true, true
}

func fieldsSortable(fields []types.Field) (equal, order bool) {
	for _, f := range fields {
		if f.Type.OID == types.UnknownOID {
			continue
		}
		e, o := sortable(f.Type)
		if !e || !o {
			return e, o
		}
	}
	return true, true
}

func (s *scope) needEqual(e query.Expr) {
	if eq, _ := sortable(e.Type()); !eq {
		panic(s.errorf(posOf(e), "42883", "could not identify an equality operator for type %s", s.typeName(e.Type())))
	}
}

func (s *scope) needOrder(e query.Expr) {
	if _, ord := sortable(e.Type()); !ord {
		panic(s.noOrder(posOf(e), e.Type()))
	}
}

func (s *scope) noOrder(pos int, t *types.Type) *failure {
	return s.errorf(pos, "42883", "could not identify an ordering operator for type %s", s.typeName(t)).
		hint("Use an explicit ordering operator or modify the query.")
}
