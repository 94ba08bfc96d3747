package property

import (
	"fmt"
	"strings"
)

// scope are the relations an expression may name.
type scope []scopeRel

type scopeRel struct {
	alias string
	cols  []*column
}

// base is the type values of which are exchangeable with typ's.
func base(typ string) string {
	switch typ {
	case "posint":
		return "int"
	case "varchar", "label":
		return "text"
	}
	return typ
}

// literal is a constant a column of the type takes.
func (g *gen) literal(typ string) string {
	switch typ {
	case "int", "posint", "bigint":
		return fmt.Sprint(1 + g.IntN(8))
	case "text", "varchar":
		return pick(g, []string{"'a'", "'b'", "'c'", "'ab'", "'B'", "'é'", "''", "'a_c'"})
	case "label":
		return pick(g, []string{"'a'", "'b'", "'x'", "'ab'"})
	case "char":
		return pick(g, []string{"'a'", "'b'", "'ab'", "'abc'"})
	case "bool":
		return pick(g, []string{"true", "false"})
	case "num":
		return pick(g, []string{"1", "1.5", "2.25", "-3", "0.1", "10"})
	case "float":
		return pick(g, []string{"1", "1.5", "2.25", "-3", "0.5", "1e3"})
	case "uuid":
		return fmt.Sprintf("'00000000-0000-0000-0000-00000000000%d'", 1+g.IntN(3))
	case "date":
		return fmt.Sprintf("'2024-01-%02d'", 1+g.IntN(6))
	case "ts":
		return pick(g, []string{"'2024-01-01 00:00:00+00'", "'2024-01-02T12:30:00Z'", "'2024-03-01 10:00:00.25+02'"})
	case "time":
		return pick(g, []string{"'10:00'", "'10:00:01.5'", "'23:59:59'"})
	case "jsonb":
		return pick(g, []string{`'{"k": 1}'`, `'{"k": "a", "b": [1, 2]}'`, `'[]'`, `'"x"'`, `'null'`, `'{"b": null, "k": {"z": true}}'`})
	case "mood":
		return pick(g, []string{"'sad'", "'ok'", "'happy'"})
	case "ints":
		return pick(g, []string{"'{1,2}'", "'{}'", "'{3}'", "'{1,NULL,2}'"})
	case "bytea":
		return pick(g, []string{`'\x01ff'`, `'\x'`, `'\x61'`})
	}
	panic(typ)
}

// typed is a literal that carries its type.
func (g *gen) typed(typ string) string {
	l := g.literal(typ)
	if l[0] == '-' {
		l = "(" + l + ")"
	}
	switch b := base(typ); b {
	case "int", "bool":
		return l
	case "num":
		return l + "::numeric"
	case "char":
		return l + "::bpchar"
	default:
		return l + "::" + typeNames[b]
	}
}

func (s scope) columns(typ string) []string {
	var out []string
	for _, r := range s {
		for _, c := range r.cols {
			if base(c.typ) == typ {
				out = append(out, r.alias+"."+c.name)
			}
		}
	}
	return out
}

// value is an expression of a type that raises no error.
func (g *gen) value(typ string, sc scope, depth int) string {
	typ = base(typ)
	cols := sc.columns(typ)
	k := g.IntN(100)
	if len(cols) > 0 && (k < 55 || depth == 0 && k < 80) {
		return pick(g, cols)
	}
	if depth == 0 || k > 85 {
		return g.typed(typ)
	}
	d := depth - 1
	switch g.IntN(6) {
	case 0:
		if len(cols) > 0 {
			return fmt.Sprintf("coalesce(%s, %s)", pick(g, cols), g.value(typ, sc, 0))
		}
		return fmt.Sprintf("coalesce(%s, %s)", g.value(typ, sc, d), g.value(typ, sc, 0))
	case 1:
		return fmt.Sprintf("case when %s then %s else %s end", g.cond(sc, d, false), g.value(typ, sc, d), g.value(typ, sc, 0))
	}
	v := func(t string) string { return g.value(t, sc, d) }
	var list []string
	switch typ {
	case "int":
		list = []string{v("int") + " + " + g.literal("int"), v("int") + " * 2", "length(" + v("text") + ")", "abs(" + v("int") + " - 3)",
			"app.twice(" + v("int") + ")", "greatest(" + v("int") + ", " + v("int") + ")", "nullif(" + v("int") + ", 2)",
			v("int") + " % 3", "cardinality(" + v("ints") + ")", "app.num()", "extract(day from " + v("date") + ")::int", v("bool") + "::int",
			"(" + v("ints") + ")[1]"}
	case "bigint":
		list = []string{v("int") + "::bigint", v("bigint") + " + 1"}
	case "text":
		list = []string{"lower(" + v("text") + ")", "upper(" + v("text") + ")", v("text") + " || " + v("text"), "left(" + v("text") + ", 2)",
			v("mood") + "::text", v("int") + "::text", v("jsonb") + " ->> 'k'", "concat(" + v("text") + ", '-', " + v("int") + ")",
			"replace(" + v("text") + ", 'a', 'z')", "auth.role()", v("date") + "::text", "substring(" + v("text") + " from 2)",
			v("num") + "::text", v("uuid") + "::text", "array_to_string(" + v("ints") + ", ',')"}
	case "bool":
		return "(" + g.cond(sc, d, false) + ")"
	case "num":
		list = []string{v("num") + " + " + v("num"), v("num") + " * 2", "round(" + v("num") + ", 1)", "abs(" + v("num") + ")", v("int") + "::numeric"}
	case "float":
		list = []string{v("float") + " * 2", v("int") + "::float8", "abs(" + v("float") + ")"}
	case "uuid":
		list = []string{"auth.uid()", "(select auth.uid())"}
	case "date":
		list = []string{v("date") + " + 1", v("ts") + "::date", "greatest(" + v("date") + ", " + v("date") + ")"}
	case "ts":
		list = []string{v("ts") + " + interval '1 day'", "date_trunc('day', " + v("ts") + ")", v("date") + "::timestamptz"}
	case "jsonb":
		list = []string{"jsonb_build_object('a', " + v("int") + ", 'b', " + v("text") + ")", "to_jsonb(" + v("text") + ")", v("jsonb") + " -> 'k'",
			"to_jsonb(" + v("ints") + ")", "jsonb_build_array(" + v("bool") + ", " + v("date") + ")", v("jsonb") + " || '[1]'"}
	case "ints":
		list = []string{"array[" + v("int") + ", " + v("int") + "]", "array_append(" + v("ints") + ", " + v("int") + ")", v("ints") + " || 9"}
	default:
		return g.typed(typ)
	}
	return "(" + pick(g, list) + ")"
}

// comparable are the types with a total order whose equal values look alike.
var comparables = []string{"int", "int", "int", "text", "text", "bool", "num", "uuid", "uuid", "date", "ts", "mood", "float", "bigint", "ints", "jsonb", "char", "bytea", "time"}

// cond is a condition that raises no error; top says that subqueries may stand in it.
func (g *gen) cond(sc scope, depth int, top bool) string {
	typ := pick(g, comparables)
	for range 4 {
		if len(sc.columns(typ)) > 0 {
			break
		}
		typ = pick(g, comparables)
	}
	if depth > 0 {
		switch g.IntN(10) {
		case 0, 1:
			return "(" + g.cond(sc, depth-1, top) + " and " + g.cond(sc, depth-1, top) + ")"
		case 2, 3:
			return "(" + g.cond(sc, depth-1, top) + " or " + g.cond(sc, depth-1, top) + ")"
		case 4:
			return "not (" + g.cond(sc, depth-1, false) + ")"
		}
	}
	if top && g.chance(25) {
		return g.subCond(sc)
	}
	d := max(0, depth-1)
	// A condition over constants alone would be settled while planning, with what stands beside it.
	v := g.value(typ, sc, d)
	if cols := sc.columns(typ); len(cols) == 0 || strings.HasPrefix(v, "coalesce(") || !strings.Contains(v, sc[0].alias+".") {
		if len(cols) == 0 {
			typ, cols = "uuid", sc.columns("uuid")
		}
		if len(cols) == 0 {
			typ, cols = "int", sc.columns("int")
		}
		if len(cols) > 0 {
			v = pick(g, cols)
		}
	}
	switch g.IntN(14) {
	case 0:
		return v + " is null"
	case 1:
		return v + " is not null"
	case 2:
		if typ != "jsonb" {
			return fmt.Sprintf("%s in (%s, %s)", v, g.typed(typ), g.typed(typ))
		}
	case 3:
		return fmt.Sprintf("%s between %s and %s", v, g.typed(typ), g.typed(typ))
	case 4:
		return fmt.Sprintf("%s is distinct from %s", v, g.value(typ, sc, d))
	case 5:
		if typ == "text" {
			return v + pick(g, []string{" like 'a%'", " ilike '%B%'", " ~ '^[ab]'", " not like '_'", " ~* 'é|A'"})
		}
		if typ == "ints" {
			return v + pick(g, []string{" @> '{1}'", " && '{2,3}'", " <@ '{1,2,3}'"})
		}
		if typ == "jsonb" {
			return v + pick(g, []string{` @> '{"k": 1}'`, " ? 'k'", ` <@ '{"k": 1, "z": 2}'`})
		}
		if typ == "bool" {
			return v + pick(g, []string{" is true", " is not false", " is unknown"})
		}
	case 6:
		if typ == "int" {
			return fmt.Sprintf("%s = any (%s)", v, g.value("ints", sc, d))
		}
	}
	return v + " " + pick(g, []string{"=", "=", "=", "<>", "<", "<=", ">", ">="}) + " " + g.value(typ, sc, d)
}

// subCond is a condition with a subquery on another relation.
func (g *gen) subCond(sc scope) string {
	o := pick(g, g.rels)
	osc := scopeRel{g.alias(), o.cols}
	outer := pick(g, sc)
	switch g.IntN(5) {
	case 0, 1:
		return fmt.Sprintf("%s (select 1 from %s %s where %s)", pick(g, []string{"exists", "exists", "not exists"}), o.name, osc.alias, g.joinCond(outer, osc))
	case 2, 3:
		a, b := g.pair(outer, osc)
		if a == "" {
			break
		}
		return fmt.Sprintf("%s %s (select %s from %s %s where %s)", a, pick(g, []string{"in", "in", "not in", "= any", "< all"}), b, o.name, osc.alias, g.cond(scope{osc}, 1, false))
	}
	return fmt.Sprintf("(select count(*) from %s %s where %s) %s %d", o.name, osc.alias, g.joinCond(outer, osc), pick(g, []string{">", "=", "<"}), g.IntN(3))
}

func (g *gen) alias() string {
	g.fresh++
	return fmt.Sprintf("s%d", g.fresh)
}

// pair finds a column of each side that can be compared, "" when there is none.
func (g *gen) pair(a, b scopeRel) (string, string) {
	var list [][2]string
	for _, x := range a.cols {
		for _, y := range b.cols {
			if base(x.typ) == base(y.typ) && x.typ != "jsonb" || base(x.typ) == "int" && y.typ == "bigint" {
				list = append(list, [2]string{a.alias + "." + x.name, b.alias + "." + y.name})
			}
		}
	}
	if len(list) == 0 {
		return "", ""
	}
	p := pick(g, list)
	return p[0], p[1]
}

// joinCond is an equality between the two sides.
func (g *gen) joinCond(a, b scopeRel) string {
	x, y := g.pair(a, b)
	if x == "" {
		return g.cond(scope{b}, 0, false)
	}
	return x + " = " + y
}

// keyCond finds at most one row.
func (g *gen) keyCond(alias string, r *relation, shift int) string {
	var list []string
	for _, c := range r.pk {
		name := c.name
		if alias != "" {
			name = alias + "." + name
		}
		list = append(list, fmt.Sprintf("%s = %s", name, g.keyValue(c, shift)))
	}
	return strings.Join(list, " and ")
}

// keyValue is a value for a column of a key: often one that is there.
func (g *gen) keyValue(c *column, shift int) string {
	if c.typ == "text" {
		return fmt.Sprintf("'%c'", 'a'+rune(shift+g.IntN(8)))
	}
	return fmt.Sprint(1 + shift + g.IntN(9))
}
