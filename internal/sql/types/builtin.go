package types

import "strings"

// builtins are the built-in types: by is indexed by object identifier, byName holds them by typname.
var builtins = makeBuiltins()

type builtinSet struct {
	all    []*Type
	by     []*Type
	byName map[string]*Type
	length map[OID]int16
}

func makeBuiltins() builtinSet {
	const limit = 6200
	set := builtinSet{by: make([]*Type, limit), byName: map[string]*Type{}, length: map[OID]int16{}}
	for _, row := range builtinRows {
		t := &Type{OID: row.oid, Schema: "pg_catalog", Name: row.name, Kind: row.kind, Category: row.category,
			Preferred: row.preferred, Array: row.array, Multirange: row.multi, Typmod: -1}
		set.all = append(set.all, t)
		set.by[row.oid] = t
		set.byName[row.name] = t
		set.length[row.oid] = row.length
	}
	for i, row := range builtinRows {
		t := set.all[i]
		if row.kind == ArrayType || row.oid == Int2VectorOID || row.oid == OidVectorOID {
			t.Elem = set.by[row.elem]
		}
		if row.subtype != 0 {
			t.Subtype = set.by[row.subtype]
		}
		if row.rng != 0 {
			t.Range = set.by[row.rng]
		}
	}
	return set
}

// Builtin lists PostgreSQL's built-in types. The caller must not change the list.
func Builtin() []*Type { return builtins.all }

// ByOID gives the built-in type with an identifier, nil when there is none.
func ByOID(oid OID) *Type {
	if int(oid) < len(builtins.by) {
		return builtins.by[oid]
	}
	return nil
}

// ByName gives the built-in type of a typname ("int4", "_int4", "timestamptz"), nil when there is none. SQL's own spellings
// ("integer", "character varying") are the parser's to turn into typnames.
func ByName(name string) *Type { return builtins.byName[name] }

// ArrayOf gives the built-in array type over a built-in element type, nil when there is none.
func ArrayOf(elem OID) *Type {
	t := ByOID(elem)
	if t == nil || t.Array == 0 {
		return nil
	}
	return ByOID(t.Array)
}

// IsPolymorphic says whether a pseudo-type stands for the types of a call's arguments ("anyelement").
func IsPolymorphic(oid OID) bool {
	switch oid {
	case AnyElementOID, AnyArrayOID, AnyNonarrayOID, AnyEnumOID, AnyRangeOID, AnyMultirangeOID,
		AnyCompatibleOID, AnyCompatibleArrayOID, AnyCompatibleNonarrayOID, AnyCompatibleRangeOID, AnyCompatibleMultirangeOID:
		return true
	}
	return false
}

// IsReg says whether a type is an object identifier printed by name (regclass, regtype, ...).
func IsReg(oid OID) bool {
	t := ByOID(oid)
	return t != nil && strings.HasPrefix(t.Name, "reg")
}
