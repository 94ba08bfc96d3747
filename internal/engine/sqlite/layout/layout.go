package layout

import (
	"strconv"
	"strings"

	"github.com/basement-project/basement/internal/catalog"
	"github.com/basement-project/basement/internal/sql/types"
)

// The engine's own tables: no name of a project's table can be one of these, because Table escapes the colon.
const (
	CatalogTable  = "basement:catalog"
	SequenceTable = "basement:sequence"
	MetaTable     = "basement:meta"
)

// RowID is the name SQLite's row number is always reachable by: Column never gives it to a project's column.
const RowID = "_rowid_"

// Table is the name of a table, view or index in the file: public's have their own name, others their schema's before it.
func Table(schema, name string) string {
	n := escape(name)
	if schema != "public" {
		return escape(schema) + "." + n
	}
	if len(n) >= 7 && strings.EqualFold(n[:7], "sqlite_") {
		return "%" + n
	}
	return n
}

// TableOf is the name of a relation in the file.
func TableOf(r *catalog.Relation) string {
	if r.Store != "" {
		return r.Store
	}
	return Table(r.Schema, r.Name)
}

// Store is the name of the table that holds the rows of a partitioned table, and of all its partitions.
func Store(root catalog.OID) string { return "%p" + strconv.Itoa(int(root)) }

// Temporary is the name of a temporary table: never that of another, so that one may stay until nobody reads it.
func Temporary(oid catalog.OID) string { return "%t" + strconv.Itoa(int(oid)) }

// Index is the name of an index in the file.
func Index(r *catalog.Relation, x *catalog.Index) string {
	if r.Schema == catalog.TempSchema {
		return "%i" + strconv.Itoa(int(x.OID))
	}
	return Table(r.Schema, x.Name)
}

// Leaf is the column of a Store that tells which partition a row is in.
const Leaf = "%leaf"

// Within is the condition on a Store's rows that they are a relation's; "" when all are.
func Within(r *catalog.Relation) string {
	switch {
	case !r.IsPartition || r.Store == "":
		return ""
	case r.Partitioning == nil:
		return Quote(Leaf) + " = " + strconv.Itoa(int(r.OID))
	}
	list := make([]string, len(r.Partitioning.Leaves))
	for i, oid := range r.Partitioning.Leaves {
		list[i] = strconv.Itoa(int(oid))
	}
	return Quote(Leaf) + " IN (" + strings.Join(list, ", ") + ")"
}

// Rows is what stands in FROM for the rows of a relation.
func Rows(r *catalog.Relation) string {
	if w := Within(r); w != "" {
		return "(SELECT " + RowID + ", * FROM " + QuotedTable(r) + " WHERE " + w + ")"
	}
	return QuotedTable(r)
}

// Column is the name of a column in the file.
func Column(name string) string {
	switch n := escape(name); n {
	case RowID:
		return "%" + RowID
	default:
		return n
	}
}

// escape makes names that differ in PostgreSQL differ in SQLite, which ignores the case of ASCII letters: an upper-case
// letter has ^ before it, and the characters that have a meaning here are written as % and two hexadecimal digits.
func escape(name string) string {
	plain := true
	for i := 0; i < len(name) && plain; i++ {
		c := name[i]
		plain = !(c >= 'A' && c <= 'Z' || c == '^' || c == '%' || c == ':' || c == '.')
	}
	if plain {
		return name
	}
	const hex = "0123456789abcdef"
	var b strings.Builder
	for i := 0; i < len(name); i++ {
		switch c := name[i]; {
		case c >= 'A' && c <= 'Z':
			b.WriteByte('^')
			b.WriteByte(c)
		case c == '^' || c == '%' || c == ':' || c == '.':
			b.WriteByte('%')
			b.WriteByte(hex[c>>4])
			b.WriteByte(hex[c&15])
		default:
			b.WriteByte(c)
		}
	}
	return b.String()
}

// Quote quotes a name of the file for SQLite.
func Quote(name string) string {
	return `"` + strings.ReplaceAll(name, `"`, `""`) + `"`
}

// QuotedTable is Table, quoted.
func QuotedTable(r *catalog.Relation) string { return Quote(TableOf(r)) }

// CreateTable is a CREATE TABLE with the given definitions. Temporary tables lie outside of the file.
func CreateTable(schema, quoted string, definitions []string) string {
	temp := ""
	if schema == catalog.TempSchema {
		temp = "TEMP "
	}
	return "CREATE " + temp + "TABLE " + quoted + " (" + strings.Join(definitions, ", ") + ")"
}

// QuotedColumn is Column, quoted.
func QuotedColumn(name string) string { return Quote(Column(name)) }

// Declared is a column's declared type in the file: its affinity leaves every storage value of the type as it is.
func Declared(t *types.Type) string {
	t = t.Underlying()
	if t.Native != nil && t.Native.Declared != "" {
		return t.Native.Declared
	}
	switch t.OID {
	case types.BoolOID, types.Int2OID, types.Int4OID, types.Int8OID, types.OidOID, types.MoneyOID, types.XIDOID, types.CIDOID:
		return "INTEGER"
	case types.Float4OID, types.Float8OID:
		return "REAL"
	case types.ByteaOID:
		return "BLOB"
	}
	if types.IsReg(t.OID) {
		return "INTEGER"
	}
	return "TEXT"
}

// Definition is a column's definition in CREATE TABLE: name, declared type and collation.
func Definition(c *catalog.Column, t *types.Type) string {
	def := QuotedColumn(c.Name) + " " + Declared(t)
	if types.Collatable(t) {
		t = types.Collated(t, c.Collation)
	}
	if coll := types.Collation(t); coll != "" {
		def += " COLLATE " + Quote(coll)
	}
	return def
}

// EnforcedBySQLite says whether a unique index is unique in the file too. The others are plain indexes there, and
// whoever writes looks for other rows himself: NULLS NOT DISTINCT and constraints that may be deferred.
func EnforcedBySQLite(r *catalog.Relation, x *catalog.Index) bool {
	if !x.Unique || x.NullsNotDistinct {
		return false
	}
	for _, c := range r.Constraints {
		if c.Index == x.OID && c.Deferrable {
			return false
		}
	}
	return true
}
