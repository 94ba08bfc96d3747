package analyze

import (
	"reflect"

	"github.com/basement-project/basement/internal/catalog"
	"github.com/basement-project/basement/internal/sql/query"
	"github.com/basement-project/basement/internal/sql/types"
)

// visitDeep visits e and the expressions of its subqueries.
func visitDeep(e query.Expr, depth int, f func(query.Expr, int) bool) { query.WalkDeep(e, depth, f) }

// queryRefers says whether q (depth levels in) names columns of the level depth levels out.
func queryRefers(q *query.Query, depth int) bool {
	found := false
	q.WalkDeep(depth, func(e query.Expr, d int) bool {
		if v, ok := e.(*query.Var); ok && v.Levels == d {
			found = true
		}
		return !found
	})
	return found
}

// same says whether two expressions are the same but for their positions in the text.
func same(a, b query.Expr) bool {
	if a == nil || b == nil {
		return a == nil && b == nil
	}
	if v, ok := a.(*query.Var); ok {
		w, ok := b.(*query.Var)
		return ok && v.RT == w.RT && v.Col == w.Col && v.Levels == w.Levels
	}
	return sameValue(reflect.ValueOf(a), reflect.ValueOf(b), 0)
}

func sameList(a, b []query.Expr) bool {
	if len(a) != len(b) {
		return false
	}
	for i := range a {
		if !same(a[i], b[i]) {
			return false
		}
	}
	return true
}

func sameSorts(a, b []query.WindowSort) bool {
	if len(a) != len(b) {
		return false
	}
	for i := range a {
		if a[i].Desc != b[i].Desc || a[i].NullsFirst != b[i].NullsFirst || !same(a[i].Expr, b[i].Expr) {
			return false
		}
	}
	return true
}

var (
	typeOfType = reflect.TypeFor[*types.Type]()
	identities = map[reflect.Type]bool{
		reflect.TypeFor[*catalog.Function](): true, reflect.TypeFor[*catalog.Operator](): true, reflect.TypeFor[*catalog.Relation](): true,
		reflect.TypeFor[*catalog.Column](): true, reflect.TypeFor[*catalog.Index](): true, reflect.TypeFor[*catalog.Sequence](): true,
		reflect.TypeFor[*query.CTE](): true,
	}
	rteType = reflect.TypeFor[query.RTE]()
)

// sameValue compares trees field by field: catalog objects by identity, types by OID, positions and rights not at all.
func sameValue(a, b reflect.Value, depth int) bool {
	if depth > maxDepth {
		return false
	}
	if a.Kind() != b.Kind() || a.Type() != b.Type() {
		return false
	}
	switch a.Kind() {
	case reflect.Pointer:
		if a.IsNil() || b.IsNil() || identities[a.Type()] {
			return a.Pointer() == b.Pointer()
		}
		if a.Type() == typeOfType {
			return a.Interface().(*types.Type).OID == b.Interface().(*types.Type).OID
		}
		return sameValue(a.Elem(), b.Elem(), depth+1)
	case reflect.Interface:
		if a.IsNil() || b.IsNil() {
			return a.IsNil() && b.IsNil()
		}
		return sameValue(a.Elem(), b.Elem(), depth+1)
	case reflect.Slice:
		if a.Len() != b.Len() {
			return false
		}
		for i := range a.Len() {
			if !sameValue(a.Index(i), b.Index(i), depth+1) {
				return false
			}
		}
		return true
	case reflect.Struct:
		for i := range a.NumField() {
			switch a.Type().Field(i).Name {
			case "Pos", "Explicit":
				continue
			case "Selected", "Required", "Inserted", "Updated", "CheckAs", "Executes":
				if a.Type() == rteType || a.Type().Field(i).Name == "Executes" {
					continue
				}
			}
			if !sameValue(a.Field(i), b.Field(i), depth+1) {
				return false
			}
		}
		return true
	case reflect.Map:
		return a.Len() == b.Len()
	}
	return a.Interface() == b.Interface()
}
