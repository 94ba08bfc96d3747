package analyze

import (
	"strconv"
	"strings"

	"github.com/basement-project/basement/internal/analyze/regname"
	"github.com/basement-project/basement/internal/catalog"
	"github.com/basement-project/basement/internal/errs"
	"github.com/basement-project/basement/internal/sql/ast"
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
	return (&regname.Names{Snap: n.a.snap, Path: n.a.path()}).RegIn(reg, text)
}

// RegOut prints the name of an object.
func (n names) RegOut(reg, object types.OID) (string, bool) {
	return (&regname.Names{Snap: n.a.snap, Path: n.a.path()}).RegOut(reg, object)
}
