package types

import (
	"strconv"
	"strings"
)

// FormatType prints a type as PostgreSQL's format_type does: "character varying(20)", "timestamp(3) with time zone",
// "numeric(10,2)", "integer[]". A typmod of -1 is none. A project's own types are printed with their names alone when they
// are in public, with the schema before them otherwise.
func FormatType(t *Type, typmod int32) string {
	if t == nil {
		return "-"
	}
	if t.Kind == ArrayType && t.Elem != nil {
		return FormatType(t.Elem, typmod) + "[]"
	}
	if t.Native != nil && t.Native.TypmodOut != nil && typmod >= 0 {
		return FormatType(t, -1) + t.Native.TypmodOut(typmod)
	}
	if t.Schema != "pg_catalog" {
		if t.Schema == "public" || t.Schema == "" {
			return quoteIdent(t.Name)
		}
		return quoteIdent(t.Schema) + "." + quoteIdent(t.Name)
	}
	switch t.OID {
	case BitOID:
		if typmod >= 0 {
			return "bit(" + strconv.Itoa(int(typmod)) + ")"
		}
		return "bit"
	case VarbitOID:
		if typmod >= 0 {
			return "bit varying(" + strconv.Itoa(int(typmod)) + ")"
		}
		return "bit varying"
	case BoolOID:
		return "boolean"
	case BPCharOID:
		if typmod >= 4 {
			return "character(" + strconv.Itoa(int(typmod-4)) + ")"
		}
		return "character"
	case VarcharOID:
		if typmod >= 4 {
			return "character varying(" + strconv.Itoa(int(typmod-4)) + ")"
		}
		return "character varying"
	case Float4OID:
		return "real"
	case Float8OID:
		return "double precision"
	case Int2OID:
		return "smallint"
	case Int4OID:
		return "integer"
	case Int8OID:
		return "bigint"
	case NumericOID:
		if p, s, ok := NumericTypmod(typmod); ok {
			return "numeric(" + strconv.Itoa(p) + "," + strconv.Itoa(s) + ")"
		}
		return "numeric"
	case IntervalOID:
		return "interval" + intervalTypmodOut(typmod)
	case TimeOID:
		return "time" + precisionOut(typmod) + " without time zone"
	case TimetzOID:
		return "time" + precisionOut(typmod) + " with time zone"
	case TimestampOID:
		return "timestamp" + precisionOut(typmod) + " without time zone"
	case TimestamptzOID:
		return "timestamp" + precisionOut(typmod) + " with time zone"
	case CharOID:
		return `"char"`
	case AnyOID:
		return `"any"`
	}
	return t.Name
}

func precisionOut(typmod int32) string {
	if typmod < 0 {
		return ""
	}
	return "(" + strconv.Itoa(int(typmod)) + ")"
}

// reserved are the words that PostgreSQL's quote_identifier quotes: every keyword that is not unreserved.
const reserved = " all analyse analyze and any array as asc asymmetric authorization between bigint binary bit boolean both case cast char" +
	" character check coalesce collate collation column concurrently constraint create cross current_catalog current_date" +
	" current_role current_schema current_time current_timestamp current_user dec decimal default deferrable desc distinct do" +
	" else end except exists extract false fetch float for foreign freeze from full grant greatest group grouping having ilike in" +
	" initially inner inout int integer intersect interval into is isnull join lateral leading least left like limit localtime" +
	" localtimestamp national natural nchar none normalize not notnull null nullif numeric offset on only or order out outer" +
	" overlaps overlay placing position precision primary real references returning right row select session_user setof similar" +
	" smallint some substring symmetric table tablesample then time timestamp to trailing treat trim true union unique user using" +
	" values varchar variadic verbose when where window with xmlattributes xmlconcat xmlelement xmlexists xmlforest" +
	" xmlnamespaces xmlparse xmlpi xmlroot xmlserialize xmltable "

// quoteIdent is PostgreSQL's quote_ident.
func quoteIdent(s string) string {
	safe := s != ""
	for i := 0; i < len(s) && safe; i++ {
		c := s[i]
		safe = c >= 'a' && c <= 'z' || c == '_' || i > 0 && c >= '0' && c <= '9'
	}
	if safe && !strings.Contains(reserved, " "+s+" ") {
		return s
	}
	return `"` + strings.ReplaceAll(s, `"`, `""`) + `"`
}
