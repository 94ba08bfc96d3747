package types

import (
	"strconv"
	"strings"

	"github.com/basement-project/basement/internal/errs"
)

// inReg reads an object's identifier by name: digits stand for themselves, "-" for none.
func inReg(t *Type, text string, env *Env) (Datum, error) {
	if text == "-" {
		return Int(0), nil
	}
	if text != "" && strings.Trim(text, "0123456789") == "" {
		u, err := strconv.ParseUint(text, 10, 32)
		if err != nil {
			return Datum{}, outOfRange("oid", text)
		}
		return Int(int64(u)), nil
	}
	if t.OID == RegTypeOID {
		if b := builtinByAnyName(text); b != nil {
			return Int(int64(b.OID)), nil
		}
	}
	if env != nil && env.Names != nil {
		oid, err := env.Names.RegIn(t.OID, text)
		return Int(int64(oid)), err
	}
	switch t.OID {
	case RegClassOID:
		return Datum{}, errs.New("42P01", "relation \"%s\" does not exist", text)
	case RegTypeOID:
		return Datum{}, errs.New("42704", "type \"%s\" does not exist", text)
	case RegProcOID, RegProcedureOID:
		return Datum{}, errs.New("42883", "function \"%s\" does not exist", text)
	case RegRoleOID:
		return Datum{}, errs.New("42704", "role \"%s\" does not exist", text)
	case RegNamespaceOID:
		return Datum{}, errs.New("3F000", "schema \"%s\" does not exist", text)
	case RegOperOID, RegOperatorOID:
		return Datum{}, errs.New("42883", "operator does not exist: %s", text)
	case RegCollationOID:
		return Datum{}, errs.New("42704", "collation \"%s\" for encoding \"UTF8\" does not exist", text)
	case RegConfigOID:
		return Datum{}, errs.New("42704", "text search configuration \"%s\" does not exist", text)
	}
	return Datum{}, errs.New("42704", "text search dictionary \"%s\" does not exist", text)
}

// builtinByAnyName finds a built-in type by its typname or as format_type prints it, with "[]" for arrays.
func builtinByAnyName(name string) *Type {
	name = strings.ToLower(strings.TrimSpace(name))
	if base, ok := strings.CutSuffix(name, "[]"); ok {
		if elem := builtinByAnyName(base); elem != nil && elem.Array != 0 {
			return ByOID(elem.Array)
		}
		return nil
	}
	name = strings.TrimPrefix(name, "pg_catalog.")
	if t, ok := spelled[name]; ok {
		return ByOID(t)
	}
	if name == "char" {
		return ByOID(BPCharOID)
	}
	return ByName(strings.Trim(name, `"`))
}

// spelled are SQL's own spellings of type names.
var spelled = map[string]OID{
	"boolean": BoolOID, "smallint": Int2OID, "integer": Int4OID, "int": Int4OID, "bigint": Int8OID, "real": Float4OID,
	"double precision": Float8OID, "float": Float8OID, "decimal": NumericOID, "dec": NumericOID, "character varying": VarcharOID,
	"character": BPCharOID, "bit varying": VarbitOID, "timestamp without time zone": TimestampOID,
	"timestamp with time zone": TimestamptzOID, "time without time zone": TimeOID, "time with time zone": TimetzOID,
}

// regOut prints an object's name, or its number when nothing knows it.
func regOut(reg, object OID, env *Env) string {
	if object == 0 {
		if reg == RegOperOID || reg == RegOperatorOID {
			return "0"
		}
		return "-"
	}
	if reg == RegTypeOID {
		if t := env.typeOf(object); t != nil {
			return FormatType(t, -1)
		}
	}
	if env != nil && env.Names != nil {
		if name, ok := env.Names.RegOut(reg, object); ok {
			return name
		}
	}
	return strconv.FormatUint(uint64(object), 10)
}
