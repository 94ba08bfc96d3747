package session

import (
	"strconv"
	"strings"

	"github.com/basement-project/basement/internal/catalog"
	"github.com/basement-project/basement/internal/errs"
	"github.com/basement-project/basement/internal/sql/types"
)

// names resolves the texts of reg types in a transaction's catalog and search path.
type names struct{ tx *Tx }

// RegIn finds what a reg type's text names.
func (n *names) RegIn(reg catalog.OID, text string) (catalog.OID, error) {
	if text == "-" {
		return 0, nil
	}
	if id, err := strconv.ParseUint(text, 10, 32); err == nil {
		return catalog.OID(id), nil
	}
	snap := n.tx.Snapshot
	switch reg {
	case types.RegRoleOID:
		name, ok := splitName(text)
		if !ok || len(name) != 1 {
			return 0, errs.New("42602", "invalid name syntax")
		}
		if r := snap.Role(name[0]); r != nil {
			return r.OID, nil
		}
		return 0, errs.New("42704", "role \"%s\" does not exist", name[0])
	case types.RegNamespaceOID:
		name, ok := splitName(text)
		if !ok || len(name) != 1 {
			return 0, errs.New("42602", "invalid name syntax")
		}
		if s := snap.Schema(name[0]); s != nil {
			return s.OID, nil
		}
		return 0, errs.New("3F000", "schema \"%s\" does not exist", name[0])
	case types.RegTypeOID:
		return n.typeIn(text)
	case types.RegProcedureOID:
		return n.procedureIn(text)
	}
	name, ok := splitName(text)
	if !ok {
		return 0, errs.New("42602", "invalid name syntax")
	}
	if len(name) > 2 {
		return 0, errs.New("42601", "improper relation name (too many dotted names): %s", strings.Join(name, "."))
	}
	schemas := n.path()
	if len(name) == 2 {
		if snap.Schema(name[0]) == nil {
			return 0, errs.New("3F000", "schema \"%s\" does not exist", name[0])
		}
		schemas = name[:1]
	}
	last := name[len(name)-1]
	switch reg {
	case types.RegClassOID:
		for _, s := range schemas {
			if oid := ClassOID(snap, s, last); oid != 0 {
				return oid, nil
			}
		}
		return 0, errs.New("42P01", "relation \"%s\" does not exist", text)
	case types.RegConfigOID:
		if len(name) == 1 || name[0] == "pg_catalog" {
			if oid, ok := catalog.TextSearchConfig(last); ok {
				return oid, nil
			}
		}
		return 0, errs.New("42704", "text search configuration \"%s\" does not exist", text)
	case types.RegProcOID:
		var found []*catalog.Function
		for _, s := range schemas {
			found = append(found, snap.FunctionsNamed(s, last)...)
		}
		switch len(found) {
		case 0:
			return 0, errs.New("42883", "function \"%s\" does not exist", text)
		case 1:
			return found[0].OID, nil
		}
		return 0, errs.New("42725", "more than one function named \"%s\"", text)
	}
	return 0, errs.New("42704", "\"%s\" does not exist", text)
}

// ClassOID finds a relation, sequence or index by its qualified name, 0 when there is none.
func ClassOID(snap *catalog.Snapshot, schema, name string) catalog.OID {
	if r := snap.Relation(schema, name); r != nil {
		return r.OID
	}
	if s := snap.Sequence(schema, name); s != nil {
		return s.OID
	}
	for _, r := range snap.Relations {
		if r.Schema != schema {
			continue
		}
		for _, x := range r.Indexes {
			if x.Name == name {
				return x.OID
			}
		}
	}
	return 0
}

// path is the search path with pg_catalog first unless it is named.
func (n *names) path() []string {
	return n.tx.LookupPath()
}

func (n *names) typeIn(text string) (catalog.OID, error) {
	base, dims := strings.TrimSpace(text), false
	for strings.HasSuffix(base, "]") {
		i := strings.LastIndexByte(base, '[')
		if i < 0 {
			break
		}
		base, dims = strings.TrimSpace(base[:i]), true
	}
	if i := strings.IndexByte(base, '('); i > 0 {
		if j := strings.IndexByte(base[i:], ')'); j > 0 {
			base = strings.TrimSpace(base[:i]) + base[i+j+1:]
		}
	}
	t := n.typeNamed(base)
	if t == nil {
		return 0, errs.New("42704", "type \"%s\" does not exist", base)
	}
	if dims {
		if t.Array == 0 {
			return 0, errs.New("42704", "type \"%s\" does not exist", text)
		}
		return t.Array, nil
	}
	return t.OID, nil
}

// spellings are SQL's own names of types.
var spellings = map[string]string{
	"int": "int4", "integer": "int4", "smallint": "int2", "bigint": "int8", "real": "float4", "float": "float8",
	"double precision": "float8", "decimal": "numeric", "dec": "numeric", "boolean": "bool", "character": "bpchar",
	"char": "bpchar", "character varying": "varchar", "char varying": "varchar", "bit varying": "varbit",
	"time without time zone": "time", "time with time zone": "timetz", "timestamp without time zone": "timestamp",
	"timestamp with time zone": "timestamptz", `"char"`: "char",
}

func (n *names) typeNamed(text string) *types.Type {
	if s, ok := spellings[strings.Join(strings.Fields(strings.ToLower(text)), " ")]; ok {
		return types.ByName(s)
	}
	name, ok := splitName(text)
	if !ok || len(name) > 2 {
		return nil
	}
	schemas := n.path()
	if len(name) == 2 {
		schemas = name[:1]
	}
	for _, s := range schemas {
		if t := n.tx.Snapshot.Type(s, name[len(name)-1]); t != nil {
			return t
		}
	}
	return nil
}

func (n *names) procedureIn(text string) (catalog.OID, error) {
	open := strings.IndexByte(text, '(')
	if open < 0 || !strings.HasSuffix(text, ")") {
		return 0, errs.New("22P02", "expected a left parenthesis")
	}
	name, ok := splitName(text[:open])
	if !ok || len(name) > 2 {
		return 0, errs.New("42602", "invalid name syntax")
	}
	var args []catalog.OID
	if list := strings.TrimSpace(text[open+1 : len(text)-1]); list != "" {
		for _, a := range strings.Split(list, ",") {
			oid, err := n.typeIn(a)
			if err != nil {
				return 0, err
			}
			args = append(args, oid)
		}
	}
	schemas := n.path()
	if len(name) == 2 {
		schemas = name[:1]
	}
	for _, s := range schemas {
	next:
		for _, f := range n.tx.Snapshot.FunctionsNamed(s, name[len(name)-1]) {
			in := f.Inputs()
			if len(in) != len(args) {
				continue
			}
			for i, p := range in {
				if p.Type != args[i] {
					continue next
				}
			}
			return f.OID, nil
		}
	}
	return 0, errs.New("42883", "function \"%s\" does not exist", text)
}

// RegOut prints the name of an object, qualified unless the search path finds it.
func (n *names) RegOut(reg, object catalog.OID) (string, bool) {
	if object == 0 {
		return "-", true
	}
	snap := n.tx.Snapshot
	switch reg {
	case types.RegClassOID:
		schema, name, ok := ClassName(snap, object)
		if !ok {
			return "", false
		}
		for _, s := range n.path() {
			if oid := ClassOID(snap, s, name); oid != 0 {
				if oid == object {
					return QuoteIdentifier(name), true
				}
				break
			}
		}
		return QuoteIdentifier(schema) + "." + QuoteIdentifier(name), true
	case types.RegTypeOID:
		t := snap.TypeByOID(object)
		if t == nil {
			return "", false
		}
		return n.TypeName(t), true
	case types.RegRoleOID:
		for _, r := range snap.Roles {
			if r.OID == object {
				return QuoteIdentifier(r.Name), true
			}
		}
	case types.RegConfigOID:
		if name := catalog.TextSearchConfigName(object); name != "" {
			return name, true
		}
	case types.RegNamespaceOID:
		for s := snap; s != nil; s = s.Base {
			for _, x := range s.Schemas {
				if x.OID == object {
					return QuoteIdentifier(x.Name), true
				}
			}
		}
	case types.RegProcOID, types.RegProcedureOID:
		f := snap.FunctionByOID(object)
		if f == nil {
			return "", false
		}
		out := QuoteIdentifier(f.Name)
		visible := f.Schema == "pg_catalog"
		for _, s := range n.path() {
			visible = visible || s == f.Schema
		}
		if !visible {
			out = QuoteIdentifier(f.Schema) + "." + out
		}
		if reg == types.RegProcedureOID {
			var args []string
			for _, p := range f.Inputs() {
				if t := snap.TypeByOID(p.Type); t != nil {
					args = append(args, n.TypeName(t))
				}
			}
			out += "(" + strings.Join(args, ",") + ")"
		}
		return out, true
	}
	return "", false
}

// TypeName prints a type's name, qualified unless the search path finds it.
func (n *names) TypeName(t *types.Type) string {
	elem := t
	if t.Kind == types.ArrayType && t.Elem != nil {
		elem = t.Elem
	}
	if elem.Schema == "pg_catalog" {
		return t.String()
	}
	out := QuoteIdentifier(elem.Name)
	visible := false
	for _, s := range n.path() {
		if found := n.tx.Snapshot.Type(s, elem.Name); found != nil {
			visible = found.OID == elem.OID
			break
		}
	}
	if !visible {
		out = QuoteIdentifier(elem.Schema) + "." + out
	}
	if elem != t {
		out += "[]"
	}
	return out
}

// ClassName gives the qualified name of a relation, sequence or index.
func ClassName(snap *catalog.Snapshot, oid catalog.OID) (schema, name string, ok bool) {
	if r := snap.RelationByOID(oid); r != nil {
		return r.Schema, r.Name, true
	}
	if s := snap.SequenceByOID(oid); s != nil {
		return s.Schema, s.Name, true
	}
	for _, r := range snap.Relations {
		for _, x := range r.Indexes {
			if x.OID == oid {
				return r.Schema, x.Name, true
			}
		}
	}
	return "", "", false
}

// splitName reads a possibly qualified, possibly quoted name.
func splitName(s string) ([]string, bool) {
	var out []string
	s = strings.TrimSpace(s)
	for {
		if s == "" {
			return nil, false
		}
		if s[0] == '"' {
			var b strings.Builder
			i, closed := 1, false
			for i < len(s) {
				if s[i] == '"' {
					if i+1 < len(s) && s[i+1] == '"' {
						i++
					} else {
						closed = true
						break
					}
				}
				b.WriteByte(s[i])
				i++
			}
			if !closed || b.Len() == 0 {
				return nil, false
			}
			out = append(out, b.String())
			s = s[i+1:]
		} else {
			i := strings.IndexByte(s, '.')
			if i < 0 {
				i = len(s)
			}
			word := strings.TrimSpace(s[:i])
			if word == "" || strings.ContainsAny(word, "\" \t\n") {
				return nil, false
			}
			out = append(out, strings.ToLower(word))
			s = s[i:]
		}
		if s == "" {
			return out, true
		}
		if s[0] != '.' {
			return nil, false
		}
		s = s[1:]
	}
}
