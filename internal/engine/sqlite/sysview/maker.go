package sysview

import (
	"fmt"
	"strconv"
	"strings"

	"github.com/basement-project/basement/internal/catalog"
	"github.com/basement-project/basement/internal/engine/sqlite/session"
	"github.com/basement-project/basement/internal/sql/types"
	"github.com/basement-project/basement/internal/sql/types/array"
)

// row is a row being made: the columns left out are NULL.
type row map[string]any

// maker makes the rows of one relation.
type maker struct {
	tx   *session.Tx
	snap *catalog.Snapshot
	rel  *catalog.Relation
	at   map[string]int
	out  [][]types.Datum
}

func newMaker(tx *session.Tx, r *catalog.Relation) *maker {
	m := &maker{tx: tx, snap: tx.Snapshot, rel: r, at: make(map[string]int, len(r.Columns))}
	for i, c := range r.Columns {
		m.at[c.Name] = i
	}
	return m
}

// makeRows makes the rows of a relation that are no facts.
func makeRows(tx *session.Tx, r *catalog.Relation) *rowset {
	f := makerOf(r)
	if f == nil {
		return &rowset{}
	}
	m := newMaker(tx, r)
	f(m)
	return &rowset{rows: m.out}
}

// of makes or finds the rows of another relation of pg_catalog, as rows by column.
func (m *maker) of(name string, f func(get func(col string) types.Datum)) {
	r := m.snap.Relation(catalogSchema, name)
	if r == nil {
		return
	}
	at := make(map[string]int, len(r.Columns))
	for i, c := range r.Columns {
		at[c.Name] = i
	}
	each := func(s *rowset) {
		if s == nil {
			return
		}
		for _, row := range s.rows {
			f(func(col string) types.Datum { return row[at[col]] })
		}
	}
	each(factsOf(r))
	each(makeRows(m.tx, r))
}

// put adds a row.
func (m *maker) put(r row) {
	out := make([]types.Datum, len(m.rel.Columns))
	for name, v := range r {
		i, ok := m.at[name]
		if !ok {
			panic("no column " + m.rel.Name + "." + name)
		}
		out[i] = datum(v)
	}
	m.out = append(m.out, out)
}

func datum(v any) types.Datum {
	switch x := v.(type) {
	case nil:
		return types.Datum{}
	case types.Datum:
		return x
	case string:
		return types.Text(x)
	case bool:
		return types.Bool(x)
	case int:
		return types.Int(int64(x))
	case int16:
		return types.Int(int64(x))
	case int32:
		return types.Int(int64(x))
	case int64:
		return types.Int(x)
	case catalog.OID:
		return types.Int(int64(x))
	case float64:
		return types.Float(x)
	case byte:
		return types.Text(string(rune(x)))
	case catalog.RelKind:
		return types.Text(string(rune(x)))
	case []string:
		return textArray(x)
	}
	panic(fmt.Sprintf("value of type %T", v))
}

// orNull is NULL for an empty text.
func orNull(s string) any {
	if s == "" {
		return nil
	}
	return s
}

func textArray(list []string) types.Datum {
	elems := make([]array.Elem, len(list))
	for i, s := range list {
		elems[i] = array.Elem{Text: s}
	}
	return types.Text(array.New(elems).String())
}

// numbers is an array of numbers; NULL for none.
func numbers[T ~int32 | ~uint32](list []T) any {
	if len(list) == 0 {
		return nil
	}
	return "{" + join(list, ",") + "}"
}

// vector is an int2vector or oidvector.
func vector[T ~int32 | ~uint32](list []T) string { return join(list, " ") }

func join[T ~int32 | ~uint32](list []T, sep string) string {
	out := make([]string, len(list))
	for i, n := range list {
		out[i] = strconv.FormatInt(int64(n), 10)
	}
	return strings.Join(out, sep)
}

// synthetic makes an identifier for what has none of its own in the catalog, in a range no object of a project reaches.
func synthetic(kind, n int) catalog.OID {
	return catalog.OID(uint32(0x80000000) + uint32(kind)<<25 + uint32(n)&0x1ffffff)
}

// The kinds of synthetic identifiers.
const (
	attrdefKind = iota
	extensionKind
	publicationKind
	publicationRelKind
	defaultACLKind
	castKind
	memberKind
	rewriteKind
	fkTriggerKind
	enumKind
)

// schemaOID is the identifier of a schema, 0 when there is none.
func (m *maker) schemaOID(name string) catalog.OID {
	if s := m.snap.Schema(name); s != nil {
		return s.OID
	}
	return 0
}

// roleOID is the identifier of a role; PUBLIC is 0.
func (m *maker) roleOID(name string) catalog.OID {
	if r := m.snap.Role(name); r != nil {
		return r.OID
	}
	return 0
}

func (m *maker) schemas() []*catalog.Schema {
	return append(append([]*catalog.Schema(nil), m.snap.Base.Schemas...), m.snap.Schemas...)
}

// relations are the system's relations and the project's.
func (m *maker) relations() []*catalog.Relation {
	return append(append([]*catalog.Relation(nil), m.snap.Base.Relations...), m.snap.Relations...)
}

var aclLetters = []struct {
	letter byte
	p      catalog.Privilege
}{
	{'a', catalog.Insert}, {'r', catalog.Select}, {'w', catalog.Update}, {'d', catalog.Delete}, {'D', catalog.Truncate}, {'x', catalog.References},
	{'t', catalog.TriggerPrivilege}, {'X', catalog.Execute}, {'U', catalog.Usage}, {'C', catalog.Create}, {'T', catalog.Temporary}, {'c', catalog.Connect},
}

// ACLItem prints one entry of an access control list as aclitem has it.
func ACLItem(g catalog.Grant) string {
	var b strings.Builder
	b.WriteString(aclName(g.Grantee) + "=")
	for _, l := range aclLetters {
		if g.Privileges&l.p != 0 {
			b.WriteByte(l.letter)
			if g.GrantOption&l.p != 0 {
				b.WriteByte('*')
			}
		}
	}
	b.WriteString("/" + aclName(g.Grantor))
	return b.String()
}

func aclName(s string) string {
	for i := range len(s) {
		if c := s[i]; !(c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' || c >= '0' && c <= '9' || c == '_' || c >= 0x80) {
			return `"` + strings.ReplaceAll(s, `"`, `""`) + `"`
		}
	}
	return s
}

// acl prints an access control list; NULL for the default one.
func acl(a catalog.ACL, owner string) any {
	if a.Default {
		return nil
	}
	list := make([]string, len(a.Grants))
	for i, g := range a.Grants {
		if g.Grantor == "" {
			g.Grantor = owner
		}
		list[i] = ACLItem(g)
	}
	return textArray(list)
}

// mayFor gives the role the statement asks as.
func (m *maker) role() string { return m.tx.Role() }

// owns says whether the asking role has the rights of another.
func (m *maker) owns(owner string) bool { return m.snap.Inherits(m.role(), owner) }

func yesNo(b bool) string {
	if b {
		return "YES"
	}
	return "NO"
}
