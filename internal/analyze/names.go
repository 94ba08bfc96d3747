package analyze

import (
	"strconv"
	"strings"

	"github.com/basement-project/basement/internal/catalog"
	"github.com/basement-project/basement/internal/errs"
	"github.com/basement-project/basement/internal/sql/ast"
	"github.com/basement-project/basement/internal/sql/parse"
	"github.com/basement-project/basement/internal/sql/types"
)

// typeName prints a type as format_type does: the schema is left out when the search path finds the type.
func (a *analyzer) typeName(t *types.Type) string {
	if t.Kind == types.ArrayType && t.Elem != nil {
		return a.typeName(t.Elem) + "[]"
	}
	if t.Schema == "pg_catalog" {
		return types.FormatType(t, -1)
	}
	if a.findType(t.Name) == t {
		return quoteIdent(t.Name)
	}
	return quoteIdent(t.Schema) + "." + quoteIdent(t.Name)
}

func (a *analyzer) findType(name string) *types.Type {
	for _, s := range a.path() {
		if t := a.typeIn(s, name); t != nil {
			return t
		}
	}
	return nil
}

func (a *analyzer) typeIn(schema, name string) *types.Type {
	if t := a.snap.Type(schema, name); t != nil {
		return t
	}
	if schema == "pg_catalog" {
		return types.ByName(name)
	}
	return nil
}

// quoteIdent quotes a name where PostgreSQL's quote_identifier does.
func quoteIdent(s string) string {
	return types.FormatType(&types.Type{Schema: "public", Name: s, Kind: types.BaseType}, -1)
}

// resolveType finds a written type and its typmod.
func (a *analyzer) resolveType(n *ast.TypeName) (*types.Type, int32) {
	if n.Setof {
		panic(a.errorf(n.Pos, "42601", "cannot use SETOF here"))
	}
	var t *types.Type
	if len(n.Names) > 3 {
		panic(a.errorf(-1, "42601", "improper qualified name (too many dotted names): %s", strings.Join(n.Names, ".")))
	}
	if n.PctType {
		t, typmod := a.columnType(n)
		return t, typmod
	}
	switch len(n.Names) {
	case 1:
		t = a.findType(n.Names[0])
	case 2:
		if a.maySchema(n.Names[0], n.Pos); !a.checkSchema(n.Names[0]) {
			panic(a.errorf(n.Pos, "3F000", "schema \"%s\" does not exist", n.Names[0]))
		}
		t = a.typeIn(n.Names[0], n.Names[1])
	}
	if t == nil {
		panic(a.errorf(n.Pos, "42704", "type \"%s\" does not exist", strings.Join(n.Names, ".")+strings.Repeat("[]", min(1, len(n.ArrayBounds)))))
	}
	typmod := int32(-1)
	if len(n.TypMods) > 0 {
		if _, err := types.MakeTypmod(t, nil); errs.Of(err) != nil && errs.Of(err).Code == "42601" {
			panic(a.fail(n.Pos, err))
		}
		mods := make([]int32, len(n.TypMods))
		for i, m := range n.TypMods {
			mods[i] = a.typmodArg(m, n.Pos)
		}
		m, err := types.MakeTypmod(t, mods)
		if err != nil {
			panic(a.fail(n.Pos, err))
		}
		typmod = m
	}
	if t.Kind == types.DomainType && len(n.ArrayBounds) == 0 {
		typmod = -1
	}
	if len(n.ArrayBounds) > 0 {
		arr := a.rules.ArrayOf(t)
		if arr == nil {
			panic(a.errorf(n.Pos, "42704", "type \"%s\" does not exist", strings.Join(n.Names, ".")+"[]"))
		}
		t = arr
	}
	return t, typmod
}

func (a *analyzer) typmodArg(e ast.Expr, pos int) int32 {
	switch c := e.(type) {
	case *ast.AConst:
		switch c.Kind {
		case ast.ConstInteger:
			return c.Int
		case ast.ConstFloat, ast.ConstString:
			n, err := strconv.ParseInt(c.Text, 10, 32)
			if err != nil {
				panic(a.errorf(pos, "22P02", "invalid input syntax for type integer: \"%s\"", c.Text))
			}
			return int32(n)
		}
	case *ast.AExpr:
		if k, ok := c.Right.(*ast.AConst); ok && c.Left == nil && len(c.Name) == 1 && c.Name[0] == "-" && k.Kind == ast.ConstInteger {
			return -k.Int
		}
	}
	panic(a.errorf(pos, "42601", "type modifiers must be simple constants or identifiers"))
}

// columnType resolves relation.column%TYPE.
func (a *analyzer) columnType(n *ast.TypeName) (*types.Type, int32) {
	names := n.Names
	if len(names) < 2 || len(names) > 3 {
		panic(a.errorf(n.Pos, "42601", "improper %%TYPE reference (too few dotted names): %s", strings.Join(names, ".")))
	}
	schema := ""
	if len(names) == 3 {
		schema = names[0]
	}
	rel := a.mustRelation(schema, names[len(names)-2], n.Pos)
	c := rel.Column(names[len(names)-1])
	if c == nil {
		panic(a.errorf(n.Pos, "42703", "column \"%s\" of relation \"%s\" does not exist", names[len(names)-1], rel.Name))
	}
	return a.typeOf(c.Type), c.Typmod
}

// typeOf gives a type by OID; unknown ones, which no snapshot should hold, become text.
func (a *analyzer) typeOf(oid types.OID) *types.Type {
	if t := a.rules.Type(oid); t != nil {
		return t
	}
	return types.ByOID(types.TextOID)
}

// relation finds a relation by its possibly qualified name, nil when there is none.
func (a *analyzer) relation(schema, name string) *catalog.Relation {
	if schema != "" {
		if !a.checkSchema(schema) {
			return nil
		}
		return a.snap.Relation(schema, name)
	}
	for _, s := range a.path() {
		if r := a.snap.Relation(s, name); r != nil {
			return r
		}
	}
	return nil
}

// maySchema is checkSchema's refusal with the place of the name in it.
func (a *analyzer) maySchema(name string, pos int) {
	if sc := a.snap.Schema(name); sc != nil && a.role != "" && !a.snap.MayUse(a.role, sc) {
		panic(a.errorf(pos, "42501", "permission denied for schema %s", name))
	}
}

func (a *analyzer) mustRelation(schema, name string, pos int) *catalog.Relation {
	a.maySchema(schema, pos)
	if r := a.relation(schema, name); r != nil {
		return r
	}
	if schema != "" {
		name = schema + "." + name
	}
	panic(a.errorf(pos, "42P01", "relation \"%s\" does not exist", name))
}

// names resolves the texts of regclass and its like against the snapshot.
type names struct{ a *analyzer }

// RegIn finds what a reg type's text names.
func (n names) RegIn(reg types.OID, text string) (types.OID, error) {
	if text == "-" {
		return 0, nil
	}
	if id, err := strconv.ParseUint(text, 10, 32); err == nil {
		return types.OID(id), nil
	}
	if reg == types.RegTypeOID {
		tn, err := parse.TypeName(text)
		if err != nil {
			return 0, err
		}
		t, _ := (&analyzer{snap: n.a.snap, rules: n.a.rules, role: n.a.role}).resolveType(tn)
		return t.OID, nil
	}
	parts, err := splitName(text)
	if err != nil {
		return 0, err
	}
	schema, name := "", parts[len(parts)-1]
	if len(parts) > 1 {
		schema = parts[len(parts)-2]
	}
	path := n.a.path()
	if schema != "" {
		path = []string{schema}
	}
	missing := strings.Join(parts, ".")
	switch reg {
	case types.RegClassOID:
		for _, s := range path {
			if r := n.a.snap.Relation(s, name); r != nil {
				return r.OID, nil
			}
			if q := n.a.snap.Sequence(s, name); q != nil {
				return q.OID, nil
			}
		}
		return 0, errs.New("42P01", "relation \"%s\" does not exist", missing)
	case types.RegNamespaceOID:
		if s := n.a.snap.Schema(name); s != nil {
			return s.OID, nil
		}
		return 0, errs.New("3F000", "schema \"%s\" does not exist", missing)
	case types.RegRoleOID:
		if r := n.a.snap.Role(name); r != nil {
			return r.OID, nil
		}
		return 0, errs.New("42704", "role \"%s\" does not exist", missing)
	case types.RegConfigOID:
		if oid, ok := catalog.TextSearchConfig(name); ok && (schema == "" || schema == "pg_catalog") {
			return oid, nil
		}
		return 0, errs.New("42704", "text search configuration \"%s\" does not exist", missing)
	case types.RegProcOID, types.RegProcedureOID:
		if open := strings.IndexByte(text, '('); open >= 0 {
			return 0, errs.New("0A000", "functions named with their arguments are not supported as constants on the embedded engine")
		}
		var found []*catalog.Function
		for _, s := range path {
			found = append(found, n.a.snap.FunctionsNamed(s, name)...)
		}
		switch len(found) {
		case 0:
			return 0, errs.New("42883", "function \"%s\" does not exist", missing)
		case 1:
			return found[0].OID, nil
		}
		return 0, errs.New("42725", "more than one function named \"%s\"", missing)
	}
	return 0, errs.New("0A000", "constants of type %s are not supported on the embedded engine", types.ByOID(reg))
}

// RegOut prints the name of an object.
func (n names) RegOut(reg, object types.OID) (string, bool) {
	qualified := func(schema, name string, visible bool) string {
		if visible {
			return quoteIdent(name)
		}
		return quoteIdent(schema) + "." + quoteIdent(name)
	}
	switch reg {
	case types.RegClassOID:
		if r := n.a.snap.RelationByOID(object); r != nil {
			return qualified(r.Schema, r.Name, n.a.relation("", r.Name) == r), true
		}
	case types.RegConfigOID:
		if name := catalog.TextSearchConfigName(object); name != "" {
			return name, true
		}
	case types.RegNamespaceOID:
		for _, sc := range n.a.snap.Schemas {
			if sc.OID == object {
				return quoteIdent(sc.Name), true
			}
		}
	case types.RegRoleOID:
		for _, r := range n.a.snap.Roles {
			if r.OID == object {
				return quoteIdent(r.Name), true
			}
		}
	case types.RegProcOID:
		if f := n.a.snap.FunctionByOID(object); f != nil {
			return quoteIdent(f.Name), true
		}
	case types.RegTypeOID:
		if t := n.a.rules.Type(object); t != nil {
			return n.a.typeName(t), true
		}
	}
	return "", false
}

// splitName cuts a possibly quoted, possibly qualified name into its parts.
func splitName(text string) ([]string, error) {
	var parts []string
	rest := strings.TrimSpace(text)
	for {
		var part string
		if strings.HasPrefix(rest, `"`) {
			var b strings.Builder
			i := 1
			for ; i < len(rest); i++ {
				if rest[i] == '"' {
					if i+1 < len(rest) && rest[i+1] == '"' {
						i++
					} else {
						break
					}
				}
				b.WriteByte(rest[i])
			}
			if i >= len(rest) {
				return nil, errs.New("42602", "invalid name syntax")
			}
			part, rest = b.String(), rest[i+1:]
		} else {
			i := strings.IndexAny(rest, ". \t\n")
			if i < 0 {
				i = len(rest)
			}
			part, rest = strings.ToLower(rest[:i]), rest[i:]
			if part == "" {
				return nil, errs.New("42602", "invalid name syntax")
			}
		}
		parts = append(parts, part)
		rest = strings.TrimSpace(rest)
		if rest == "" {
			return parts, nil
		}
		if rest[0] != '.' {
			return nil, errs.New("42602", "invalid name syntax")
		}
		rest = strings.TrimSpace(rest[1:])
	}
}
