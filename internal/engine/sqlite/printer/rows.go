package printer

import (
	"strconv"
	"strings"

	"github.com/basement-project/basement/internal/catalog"
	"github.com/basement-project/basement/internal/engine/sqlite/layout"
)

// The statements the executor of writes runs row by row. Column lists are catalog columns of r; parameters are numbered
// in the order of the lists.

// InsertRow is an INSERT of one row with all columns of r.
func InsertRow(r *catalog.Relation) string {
	leaf := r.IsPartition && r.Partitioning == nil
	if len(r.Columns) == 0 && leaf {
		return "INSERT INTO " + layout.QuotedTable(r) + "(" + layout.Quote(layout.Leaf) + ") VALUES (" + strconv.Itoa(int(r.OID)) + ")"
	}
	if len(r.Columns) == 0 {
		return "INSERT INTO " + layout.QuotedTable(r) + " DEFAULT VALUES"
	}
	var names, values strings.Builder
	for i, c := range r.Columns {
		if i > 0 {
			names.WriteString(", ")
			values.WriteString(", ")
		}
		names.WriteString(layout.QuotedColumn(c.Name))
		values.WriteString("?" + strconv.Itoa(i+1))
	}
	if leaf {
		names.WriteString(", " + layout.Quote(layout.Leaf))
		values.WriteString(", " + strconv.Itoa(int(r.OID)))
	}
	return "INSERT INTO " + layout.QuotedTable(r) + "(" + names.String() + ") VALUES (" + values.String() + ")"
}

// UpdateRow sets columns of the row whose rowid is the parameter after the values.
func UpdateRow(r *catalog.Relation, columns []*catalog.Column) string {
	var b strings.Builder
	b.WriteString("UPDATE " + layout.QuotedTable(r) + " SET ")
	for i, c := range columns {
		if i > 0 {
			b.WriteString(", ")
		}
		b.WriteString(layout.QuotedColumn(c.Name) + " = ?" + strconv.Itoa(i+1))
	}
	b.WriteString(" WHERE " + layout.RowID + " = ?" + strconv.Itoa(len(columns)+1))
	return b.String()
}

// DeleteRow deletes the row whose rowid is ?1.
func DeleteRow(r *catalog.Relation) string {
	return "DELETE FROM " + layout.QuotedTable(r) + " WHERE " + layout.RowID + " = ?1"
}

// RowByID reads all columns of the row whose rowid is ?1.
func RowByID(r *catalog.Relation) string {
	return "SELECT " + columnList(r) + " FROM " + layout.QuotedTable(r) + " WHERE " + layout.RowID + " = ?1"
}

// RowsByKey reads the rowid and all columns of the rows whose columns equal the parameters.
func RowsByKey(r *catalog.Relation, key []*catalog.Column) string {
	list := layout.RowID
	if len(r.Columns) > 0 {
		list += ", " + columnList(r)
	}
	return "SELECT " + list + " FROM " + layout.QuotedTable(r) + " WHERE " + equalTo(key, " = ") + within(r)
}

// within restricts a condition to the rows of a partition.
func within(r *catalog.Relation) string {
	if w := layout.Within(r); w != "" {
		return " AND " + w
	}
	return ""
}

// MoveRow puts the row whose rowid is ?1 into partition r.
func MoveRow(r *catalog.Relation) string {
	return "UPDATE " + layout.QuotedTable(r) + " SET " + layout.Quote(layout.Leaf) + " = " + strconv.Itoa(int(r.OID)) + " WHERE " + layout.RowID + " = ?1"
}

// ExistsByKey gives 1 when a row's columns equal the parameters.
func ExistsByKey(r *catalog.Relation, key []*catalog.Column) string {
	return "SELECT 1 FROM " + layout.QuotedTable(r) + " WHERE " + equalTo(key, " = ") + within(r) + " LIMIT 1"
}

// OtherByKey gives the rowids of rows whose columns equal the parameters; with nullsEqual NULL equals NULL.
func OtherByKey(r *catalog.Relation, key []*catalog.Column, nullsEqual bool) string {
	op := " = "
	if nullsEqual {
		op = " IS "
	}
	return "SELECT " + layout.RowID + " FROM " + layout.QuotedTable(r) + " WHERE " + equalTo(key, op) + within(r)
}

func equalTo(key []*catalog.Column, op string) string {
	var b strings.Builder
	for i, c := range key {
		if i > 0 {
			b.WriteString(" AND ")
		}
		b.WriteString(layout.QuotedColumn(c.Name) + op + "?" + strconv.Itoa(i+1))
	}
	return b.String()
}

func columnList(r *catalog.Relation) string {
	var b strings.Builder
	for i, c := range r.Columns {
		if i > 0 {
			b.WriteString(", ")
		}
		b.WriteString(layout.QuotedColumn(c.Name))
	}
	return b.String()
}

// AllIDs gives the rowids of all rows of r, in order.
func AllIDs(r *catalog.Relation) string {
	return "SELECT " + layout.RowID + " FROM " + layout.Rows(r) + " ORDER BY 1"
}
