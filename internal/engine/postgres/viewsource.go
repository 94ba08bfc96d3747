package postgres

import (
	"strconv"
	"strings"

	"github.com/basement-project/basement/internal/catalog"
)

// origin is a target list entry's source as the server's stored query has it: a relation and a column number.
type origin struct {
	table  catalog.OID
	column int32
}

// origins reads the top target list of a stored view query (pg_rewrite.ev_action): for each result column where it comes
// from, {0, 0} for an expression. The text is PostgreSQL's node format: {NODE :field value ...}, lists in parentheses.
func origins(rule string) []origin {
	start := topField(rule, ":targetList ")
	if start < 0 {
		return nil
	}
	var out []origin
	for i := start; i < len(rule); {
		switch rule[i] {
		case '{':
			end := closing(rule, i)
			if end < 0 {
				return out
			}
			entry := rule[i+1 : end]
			if topInt(entry, ":resjunk ") == -1 { // resjunk true
				return out
			}
			out = append(out, origin{catalog.OID(topInt(entry, ":resorigtbl ")), int32(topInt(entry, ":resorigcol "))})
			i = end + 1
		case ')':
			return out
		default:
			i++
		}
	}
	return out
}

// topField finds a field of the outermost QUERY node and gives the offset of its value, -1 without one.
func topField(rule, field string) int {
	depth := 0
	for i := 0; i < len(rule); i++ {
		switch rule[i] {
		case '\\':
			i++
		case '{':
			depth++
		case '}':
			depth--
		case ':':
			if depth == 1 && strings.HasPrefix(rule[i:], field) {
				return i + len(field)
			}
		}
	}
	return -1
}

// topInt reads a number that stands in a node itself, not in a node inside it; "true" is -1, anything else 0.
func topInt(node, field string) int64 {
	depth := 0
	for i := 0; i < len(node); i++ {
		switch node[i] {
		case '\\':
			i++
		case '{':
			depth++
		case '}':
			depth--
		case ':':
			if depth == 0 && strings.HasPrefix(node[i:], field) {
				word := node[i+len(field):]
				if j := strings.IndexAny(word, " })"); j >= 0 {
					word = word[:j]
				}
				if word == "true" {
					return -1
				}
				n, _ := strconv.ParseInt(word, 10, 64)
				return n
			}
		}
	}
	return 0
}

// closing gives the offset of the brace that closes the one at i, -1 without one.
func closing(s string, i int) int {
	depth := 0
	for ; i < len(s); i++ {
		switch s[i] {
		case '\\':
			i++
		case '{':
			depth++
		case '}':
			if depth--; depth == 0 {
				return i
			}
		}
	}
	return -1
}

// resolveSources fills the views' sources: each column that is a base table's column unchanged, through views over views.
func resolveSources(relations []*catalog.Relation, rows []relationRow) {
	byOID := map[catalog.OID]*catalog.Relation{}
	direct := map[catalog.OID][]origin{}
	for i, r := range relations {
		byOID[r.OID] = r
		if rows[i].Rule != "" {
			direct[r.OID] = origins(rows[i].Rule)
		}
	}
	var trace func(o origin, depth int) *catalog.ColumnRef
	trace = func(o origin, depth int) *catalog.ColumnRef {
		rel := byOID[o.table]
		if rel == nil || depth > 64 {
			return nil
		}
		c := rel.ColumnByNum(o.column)
		if c == nil {
			return nil
		}
		if rel.View == nil {
			return &catalog.ColumnRef{Schema: rel.Schema, Relation: rel.Name, Column: c.Name}
		}
		for k, x := range rel.Columns {
			if x == c && k < len(direct[rel.OID]) {
				return trace(direct[rel.OID][k], depth+1)
			}
		}
		return nil
	}
	for _, r := range relations {
		if r.View == nil {
			continue
		}
		for k, o := range direct[r.OID] {
			if k >= len(r.View.Sources) {
				break
			}
			if ref := trace(o, 0); ref != nil {
				r.View.Sources[k] = []catalog.ColumnRef{*ref}
			}
		}
	}
}
