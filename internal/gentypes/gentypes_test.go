package gentypes

import (
	"bytes"
	"fmt"
	"go/ast"
	"go/importer"
	"go/parser"
	"go/token"
	gotypes "go/types"
	"slices"
	"strings"
	"testing"

	"github.com/basement-project/basement/internal/catalog"
	"github.com/basement-project/basement/internal/sql/types"
)

// awkward is a schema whose names are hard to say in other languages; shift changes every identifier, and the lists are
// in one order or its reverse.
func awkward(shift catalog.OID, reversed bool) *catalog.Snapshot {
	oid := func(n int) catalog.OID { return shift + catalog.OID(n) }
	mood := types.NewEnum(oid(1), "public", "mood", []string{"", "x", "X", "x!", "2nd", "a\"b", "line\nbreak", "back\\slash", "`tick`"})
	pair := types.NewComposite(oid(2), "public", "pair", []types.Field{{Name: "a b", Type: types.ByOID(types.Int4OID)}, {Name: "a-b", Type: mood}})
	row := types.NewComposite(oid(3), "public", "odd names", nil)
	other := types.NewComposite(oid(4), "public", "odd_names", nil)
	var columns []*catalog.Column
	for i, name := range []string{"a b", "a-b", "A_B", "class", "__dunder", "1st", "日本", "-", "with,comma", "quote\"", "`", "Optional", "date", "_", ""} {
		columns = append(columns, &catalog.Column{Num: int32(i + 1), Name: name, Type: oid(1 + i%2), Typmod: -1, NotNull: i%3 == 0})
	}
	columns = append(columns, &catalog.Column{Num: 90, Name: "self", Type: oid(4)}, &catalog.Column{Num: 91, Name: "lost", Type: oid(77)})
	if reversed {
		slices.Reverse(columns)
	}
	o := catalog.Objects{
		Schemas: []*catalog.Schema{{OID: oid(10), Name: "public"}, {OID: oid(11), Name: "empty"}},
		Types:   []*catalog.UserType{{Type: mood}, {Type: pair}, {Type: row}, {Type: other}},
		Relations: []*catalog.Relation{
			{OID: oid(20), Schema: "public", Name: "odd names", Kind: catalog.Table, Columns: columns, RowType: oid(3)},
			{OID: oid(21), Schema: "public", Name: "odd_names", Kind: catalog.Table, RowType: oid(4)},
		},
		Functions: []*catalog.Function{
			{OID: oid(30), Schema: "public", Name: "f", Kind: catalog.RegularFunction, Returns: types.Int4OID, Params: []catalog.Param{{Name: "b", Mode: catalog.In, Type: types.TextOID}}},
			{OID: oid(31), Schema: "public", Name: "f", Kind: catalog.RegularFunction, Returns: types.Int4OID, Params: []catalog.Param{{Name: "a", Mode: catalog.In, Type: types.TextOID}}},
			{OID: oid(32), Schema: "public", Name: "agg", Kind: catalog.Aggregate, Returns: types.Int4OID},
		},
	}
	if reversed {
		slices.Reverse(o.Types)
		slices.Reverse(o.Relations)
		slices.Reverse(o.Functions)
	}
	base := catalog.NewSnapshot(0, catalog.Objects{Types: []*catalog.UserType{{Type: types.ByOID(types.Int4OID)}, {Type: types.ByOID(types.TextOID)}}}, nil)
	return catalog.NewSnapshot(1, o, base)
}

func generate(t *testing.T, snap *catalog.Snapshot, lang string) string {
	t.Helper()
	text, err := Generate(snap, Options{Language: lang, Schemas: []string{"public", "empty", "public"}})
	if err != nil {
		t.Fatal(err)
	}
	return string(text)
}

func TestOrderOfTheCatalogDoesNotMatter(t *testing.T) {
	for _, lang := range Languages() {
		one, two := generate(t, awkward(20000, false), lang), generate(t, awkward(90000, true), lang)
		if one != two {
			t.Errorf("%s differs:\n%s\n%s", lang, one, two)
		}
	}
}

func TestAwkwardNamesInGo(t *testing.T) {
	set := token.NewFileSet()
	file, err := parser.ParseFile(set, "database.go", generate(t, awkward(20000, false), "go"), parser.SkipObjectResolution)
	if err != nil {
		t.Fatal(err)
	}
	check := gotypes.Config{Importer: importer.ForCompiler(set, "source", nil)}
	if _, err := check.Check("database", set, []*ast.File{file}, nil); err != nil {
		t.Error(err)
	}
}

func TestAwkwardNamesInTypeScript(t *testing.T) {
	got := generate(t, awkward(20000, false), "typescript")
	for _, want := range []string{
		"\n          \"\": Database[\"public\"][\"Enums\"][\"mood\"]", "\n          'quote\"': ", "\n          日本: ", "\n          lost: unknown\n",
		"\n      mood:\n        | \"\"\n", "\n        | 'a\"b'\n        | \"line\\nbreak\"\n        | \"back\\\\slash\"\n",
		"\n        | { Args: { a: string }; Returns: number }\n        | { Args: { b: string }; Returns: number }\n",
		"\n  empty: {\n    Tables: {\n      [_ in never]: never\n    }\n", "\n  empty: {\n    Enums: {},\n  },\n",
	} {
		if !strings.Contains(got, want) {
			t.Errorf("%q is not in\n%s", want, got)
		}
	}
	if strings.Contains(got, "agg") {
		t.Error("an aggregate cannot be called")
	}
}

func TestPythonNames(t *testing.T) {
	for column, want := range map[string]string{"id": "id", "a b": "a_b", "class": "class_", "__x": "x__x", "1st": "x1st", "日本": "x__", "": "x",
		"datetime": "datetime_", "date": "date", "Größe": "Gr__e"} {
		if got := pythonName(column); got != want {
			t.Errorf("%q: %q, not %q", column, got, want)
		}
	}
}

func TestRefusals(t *testing.T) {
	snap := awkward(20000, false)
	for _, c := range []struct {
		o    Options
		want string
	}{
		{Options{Language: "typescript"}, "no schema to describe"},
		{Options{Language: "go", Schemas: []string{"nowhere"}}, `schema "nowhere" does not exist`},
		{Options{Language: "cobol", Schemas: []string{"public"}}, `no types for "cobol"`},
	} {
		if _, err := Generate(snap, c.o); err == nil || !strings.Contains(err.Error(), c.want) {
			t.Errorf("%+v: %v", c.o, err)
		}
	}
}

func TestLayout(t *testing.T) {
	long := tsText(strings.Repeat("x", 60))
	object := func(open bool, types ...tsType) *tsObject {
		o := &tsObject{open: open}
		for i, typ := range types {
			o.fields = append(o.fields, tsField{name: fmt.Sprint("f", i), typ: typ})
		}
		return o
	}
	for _, c := range []struct {
		typ  tsType
		want string
	}{
		{object(false, tsNull, tsUnknown), "{ f0: null; f1: unknown }"},
		{object(true), "{}"},
		{object(true, tsNull), "{\n  f0: null\n}"},
		{object(false, long, long), "{\n  f0: " + string(long) + "\n  f1: " + string(long) + "\n}"},
		{object(true, tsUnion{long, long}), "{\n  f0:\n    | " + string(long) + "\n    | " + string(long) + "\n}"},
		{object(true, tsUnion{object(true, tsNull), tsNull}), "{\n  f0: {\n    f0: null\n  } | null\n}"},
		{object(true, tsUnion{object(true, tsNull), object(false, tsNull)}), "{\n  f0:\n    | {\n        f0: null\n      }\n    | { f0: null }\n}"},
		{object(true, tsArray{tsUnion{tsNull, tsUnknown}}), "{\n  f0: (null | unknown)[]\n}"},
		{object(true, tsArray{tsUnion{long, long}}), "{\n  f0: (\n    | " + string(long) + "\n    | " + string(long) + "\n  )[]\n}"},
		{object(true, tsTuple{}), "{\n  f0: []\n}"},
		{object(true, tsTuple{long, long}), "{\n  f0: [\n    " + string(long) + ",\n    " + string(long) + ",\n  ]\n}"},
	} {
		w := &tsWriter{}
		if w.place(c.typ, 0); w.String() != c.want {
			t.Errorf("got\n%s\nwant\n%s", w.String(), c.want)
		}
	}
}

func TestTextsAreQuoted(t *testing.T) {
	for text, want := range map[string]string{`a`: `"a"`, `a"b`: `'a"b'`, `it's "x"`: `'it\'s "x"'`, `'"`: `"'\""`, "\x01\t": `"\u0001\t"`} {
		if got := tsString(text); got != want {
			t.Errorf("%s: %s, not %s", text, got, want)
		}
	}
	if !bytes.Contains([]byte(pythonString("\x7f\"\\\n")), []byte(`"\u007f\"\\\u000a"`)) {
		t.Error(pythonString("\x7f\"\\\n"))
	}
}
