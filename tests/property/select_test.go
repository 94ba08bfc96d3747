package property

import (
	"fmt"
	"strings"
)

// selectStep makes a query.
func (g *gen) selectStep() step {
	switch k := g.IntN(100); {
	case k < 3:
		return g.locking()
	case k < 5:
		return g.recursive()
	case k < 15:
		r := pick(g, g.rels)
		if g.chance(8) {
			return step{sql: fmt.Sprintf("select to_jsonb(a), count(a) over () from %s a where %s", r.name, g.cond(scope{{"a", r.cols}}, 1, true))}
		}
		text := "select * from " + r.name
		if g.chance(50) {
			text += " where " + g.cond(scope{{r.alias, r.cols}}, 2, true)
		}
		if len(r.pk) > 0 && g.chance(50) {
			var order []string
			for _, c := range r.pk {
				order = append(order, c.name+pick(g, []string{"", " desc"}))
			}
			text += " order by " + strings.Join(order, ", ")
			if g.chance(40) {
				text += fmt.Sprintf(" limit %d", 1+g.IntN(4))
			}
			if g.chance(20) {
				text += fmt.Sprintf(" offset %d", g.IntN(3))
			}
			return step{sql: text, ordered: true}
		}
		return step{sql: text}
	case k < 55:
		return g.plainSelect()
	case k < 72:
		return g.aggregate()
	case k < 82:
		a, b := pick(g, g.rels), pick(g, g.rels)
		typ := pick(g, []string{"int", "text", "uuid"})
		one := func(r *relation) string {
			sc := scope{{"u", r.cols}}
			return fmt.Sprintf("select %s as k, %s as l from %s u where %s", g.value(typ, sc, 1), g.value("bool", sc, 0), r.name, g.cond(sc, 1, true))
		}
		return step{sql: one(a) + pick(g, []string{" union ", " union all ", " except ", " intersect "}) + one(b) + " order by 1, 2", ordered: true}
	case k < 92:
		r := pick(g, g.rels)
		sc := scope{{"q", r.cols}}
		typ := pick(g, []string{"int", "text", "num", "date"})
		// A constant would be settled while planning, and what stands beside it left out.
		steady := func(typ string) (string, string) {
			for range 8 {
				if cols := sc.columns(typ); len(cols) > 0 {
					return pick(g, cols), typ
				}
				typ = pick(g, []string{"int", "text", "uuid"})
			}
			return "q." + r.cols[0].name, r.cols[0].typ
		}
		k, kt := steady(typ)
		b, bt := steady("bool")
		o1, ot := steady("uuid")
		inner := fmt.Sprintf("select %s as k, %s as b, %s as o from %s q where %s", k, b, o1, r.name, g.cond(sc, 1, true))
		cols := []*column{{name: "k", typ: kt}, {name: "b", typ: bt}, {name: "o", typ: ot}}
		o := pick(g, g.rels)
		osc := scope{{"c", cols}, {"j", o.cols}}
		text := fmt.Sprintf("with c as %s(%s) select c.*, %s from c join %s j on %s where %s", pick(g, []string{"", "materialized ", "not materialized "}), inner,
			g.value("text", osc, 1), o.name, g.joinCond(osc[0], osc[1]), g.cond(osc, 1, true))
		return step{sql: text}
	default:
		return g.window()
	}
}

func (g *gen) from() (string, scope) {
	a := pick(g, g.rels)
	sc := scope{{"a", a.cols}}
	text := a.name + " a"
	for n := g.IntN(3); n > 0; n-- {
		o := pick(g, g.rels)
		r := scopeRel{string(rune('a' + len(sc))), o.cols}
		left := pick(g, sc)
		x, y := g.pair(left, r)
		kind := pick(g, []string{"join", "join", "left join", "right join", "full join"})
		switch k := g.IntN(30); {
		case k == 0:
			r.cols = []*column{{name: "x", typ: "int"}}
			text += fmt.Sprintf(" cross join generate_series(1, %d) %s (x)", 1+g.IntN(3), r.alias)
		case k == 1 && len(sc.columns("ints")) > 0:
			r.cols = []*column{{name: "x", typ: "int"}}
			text += fmt.Sprintf(" %s join lateral unnest(%s) %s (x) on true", pick(g, []string{"left", "cross"}), pick(g, sc.columns("ints")), r.alias)
			text = strings.Replace(text, "cross join lateral unnest", "join lateral unnest", 1)
		case k < 4:
			text += fmt.Sprintf(" %s join lateral (select * from %s l%s where %s) %s on true", pick(g, []string{"left", "inner"}), o.name, r.alias,
				g.joinCond(left, scopeRel{"l" + r.alias, o.cols}), r.alias)
		case x == "":
			text += fmt.Sprintf(" cross join %s %s", o.name, r.alias)
		case kind == "full join":
			text += fmt.Sprintf(" full join %s %s on %s = %s", o.name, r.alias, x, y)
		default:
			cond := x + " = " + y
			if g.chance(25) {
				cond += " and " + g.cond(scope{left, r}, 0, false)
			}
			text += fmt.Sprintf(" %s %s %s on %s", kind, o.name, r.alias, cond)
		}
		sc = append(sc, r)
	}
	return text, sc
}

func (g *gen) plainSelect() step {
	from, sc := g.from()
	var list, order []string
	for i := range 1 + g.IntN(4) {
		typ := pick(g, comparables)
		e := g.value(typ, sc, 2)
		switch g.IntN(14) {
		case 0:
			o := pick(g, g.rels)
			s := scopeRel{g.alias(), o.cols}
			e = fmt.Sprintf("(select count(*) from %s %s where %s)", o.name, s.alias, g.joinCond(pick(g, sc), s))
		case 1:
			o := pick(g, g.rels)
			s := scopeRel{g.alias(), o.cols}
			v := g.value("int", scope{s}, 0)
			e = fmt.Sprintf("array(select %s from %s %s where %s order by 1)", v, o.name, s.alias, g.cond(scope{s}, 1, false))
		}
		list = append(list, fmt.Sprintf("%s as k%d", e, i))
		order = append(order, fmt.Sprint(i+1)+pick(g, []string{"", "", " desc", " nulls first", " desc nulls last"}))
	}
	distinct := ""
	if g.chance(15) {
		distinct = "distinct "
	}
	text := fmt.Sprintf("select %s%s from %s", distinct, strings.Join(list, ", "), from)
	if g.chance(70) {
		text += " where " + g.cond(sc, 2, true)
	}
	if !g.chance(60) {
		return step{sql: text}
	}
	text += " order by " + strings.Join(order, ", ")
	if g.chance(40) {
		text += fmt.Sprintf(" limit %d", 1+g.IntN(5))
	}
	return step{sql: text, ordered: true}
}

func (g *gen) aggregate() step {
	from, sc := g.from()
	n := g.IntN(3)
	var list, group []string
	for i := range n {
		list = append(list, fmt.Sprintf("%s as k%d", g.value(pick(g, []string{"int", "text", "uuid", "bool", "mood", "date"}), sc, 1), i))
		group = append(group, fmt.Sprint(i+1))
	}
	for range 1 + g.IntN(3) {
		v := func(t string) string { return g.value(t, sc, 1) }
		i := v("int")
		t := v("text")
		a := pick(g, []string{"count(*)", "count(distinct " + i + ")", "sum(" + i + ")", "min(" + v("date") + ")", "max(" + t + ")", "avg(" + i + ")",
			"array_agg(" + i + " order by " + i + ")", "string_agg(" + t + ", ',' order by " + t + ")", "bool_or(" + v("bool") + ")",
			"sum(" + v("num") + ")", "min(" + v("mood") + ")", "count(" + v("uuid") + ")", "max(" + v("ts") + ")", "every(" + v("bool") + ")",
			"jsonb_agg(" + t + " order by " + t + ")", "sum(" + v("bigint") + ")", "max(" + v("num") + ")"})
		if g.chance(20) {
			a += " filter (where " + g.cond(sc, 1, false) + ")"
		}
		list = append(list, a)
	}
	text := fmt.Sprintf("select %s from %s", strings.Join(list, ", "), from)
	if g.chance(60) {
		text += " where " + g.cond(sc, 1, true)
	}
	if n > 0 {
		text += " group by " + strings.Join(group, ", ")
	}
	if g.chance(20) {
		text += " having count(*) > 1"
	}
	return step{sql: text}
}

func (g *gen) window() step {
	r := pick(g, g.rels)
	sc := scope{{"a", r.cols}}
	if len(r.pk) == 0 {
		return step{sql: "select count(*) from " + r.name}
	}
	var order []string
	for _, c := range r.pk {
		order = append(order, "a."+c.name)
	}
	o := strings.Join(order, ", ")
	part := g.value(pick(g, []string{"bool", "uuid", "mood"}), sc, 0)
	f := pick(g, []string{"row_number()", "rank()", "lag(" + g.value("int", sc, 0) + ")", "sum(" + g.value("int", sc, 0) + ")", "first_value(" + g.value("text", sc, 0) + ")", "count(*)"})
	return step{sql: fmt.Sprintf("select %s, %s over (partition by %s order by %s) as w from %s a where %s", o, f, part, o, r.name, g.cond(sc, 1, true))}
}

// locking is a query that locks its rows: the rights and policies for UPDATE are needed too.
func (g *gen) locking() step {
	r := pick(g, g.rels)
	for len(r.pk) == 0 || r.view {
		r = pick(g, g.rels)
	}
	return step{sql: fmt.Sprintf("select * from %s where %s for %s", r.name, g.cond(scope{{r.alias, r.cols}}, 1, false),
		pick(g, []string{"update", "no key update", "share", "key share"}))}
}

// recursive follows a reference of a table to itself or to another one.
func (g *gen) recursive() step {
	for range 10 {
		r := pick(g, g.rels)
		for _, c := range r.cols {
			if c.ref == nil || c.ref != r.base || len(r.pk) != 1 || r.pk[0].typ != "int" {
				continue
			}
			pk := r.pk[0].name
			return step{sql: fmt.Sprintf("with recursive up as (select %s as k, %s as parent, 1 as n from %s where %s union select t.%s, t.%s, up.n + 1 from %s t join up on t.%s = up.parent where up.n < 4) select * from up where %s",
				pk, c.name, r.name, g.keyCond("", r, 0), pk, c.name, r.name, pk, g.cond(scope{{"up", []*column{{name: "k", typ: "int"}, {name: "n", typ: "int"}}}}, 0, false))}
		}
	}
	return g.plainSelect()
}
