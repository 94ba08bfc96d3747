package property

import (
	"fmt"
	"strings"
)

// seedRows fills the tables, as the owner.
func (g *gen) seedRows() {
	b := batch{}
	for _, t := range g.rels {
		if t.view {
			continue
		}
		for i := range 4 + g.IntN(5) {
			var names, values []string
			for _, c := range t.cols {
				if c.generated {
					continue
				}
				v := g.columnValue(c, true)
				for k, p := range t.pk {
					switch {
					case p != c:
					case c.typ == "text":
						v = fmt.Sprintf("'%c'", 'a'+i)
					default:
						v = fmt.Sprint(1 + i)
						if len(t.pk) > 1 && k == 0 {
							v = fmt.Sprint(1 + i/2)
						}
					}
				}
				names, values = append(names, c.name), append(values, v)
			}
			over := ""
			if t.pk[0].identity == "always" {
				over = " overriding system value"
			}
			b.steps = append(b.steps, step{sql: fmt.Sprintf("insert into %s (%s)%s values (%s)", t.name, strings.Join(names, ", "), over, strings.Join(values, ", ")), writes: true})
		}
	}
	g.s.batches = append(g.s.batches, b)
}

// columnValue is a value for a column of a new row.
func (g *gen) columnValue(c *column, seed bool) string {
	if c.ref != nil {
		if g.chance(20) {
			return "null"
		}
		n := 5
		if !seed && g.chance(12) {
			n = 14
		}
		if c.typ == "text" {
			return fmt.Sprintf("'%c'", 'a'+rune(g.IntN(n)))
		}
		return fmt.Sprint(1 + g.IntN(n))
	}
	switch {
	case c.notNull && g.chance(3), !c.notNull && g.chance(12):
		return "null"
	case c.hasDef && !c.serial && g.chance(10):
		return "default"
	case !seed && c.typ == "posint" && g.chance(10):
		return "-1"
	case !seed && (c.typ == "varchar" || c.typ == "label") && g.chance(8):
		return "'abcdefgh'"
	case !seed && c.typ == "mood" && g.chance(3):
		return "'angry'"
	case c.typ == "text" && len(c.name) > 0 && g.chance(30):
		return fmt.Sprintf("'%c%c'", 'a'+rune(g.IntN(20)), 'a'+rune(g.IntN(20)))
	}
	if c.typ == "uuid" && c.name == "owner" && g.chance(50) {
		return pick(g, []string{"auth.uid()", "auth.uid()", "null"})
	}
	return g.literal(c.typ)
}

func (g *gen) makeBatches(statements int) {
	for n := 0; n < statements; {
		b := batch{role: pick(g, g.roles), claims: g.claims(), direct: g.chance(20)}
		if g.chance(5) {
			b.steps = append(b.steps, step{sql: "set constraints all " + pick(g, []string{"deferred", "immediate"})})
		}
		if b.direct && g.chance(8) {
			b.steps = append(b.steps, step{sql: "select set_config('row_security', 'off', true)"})
		}
		for range 3 + g.IntN(8) {
			g.fresh = 0
			b.steps = append(b.steps, g.statement())
			n++
		}
		g.s.batches = append(g.s.batches, b)
	}
}

func (g *gen) claims() string {
	n := 1 + g.IntN(3)
	if g.chance(10) {
		return `{"role":"anon"}`
	}
	return fmt.Sprintf(`{"sub":"00000000-0000-0000-0000-00000000000%d","n":%d,"role":"%s"}`, n, n, pick(g, []string{"user", "user", "admin"}))
}

func (g *gen) statement() step {
	switch k := g.IntN(100); {
	case k < 40:
		return g.selectStep()
	case k < 60:
		return step{sql: g.insert("", true), writes: true}
	case k < 80:
		return step{sql: g.update(true), writes: true}
	case k < 90:
		return step{sql: g.remove(true), writes: true}
	case k < 95:
		return g.writingWith()
	case k < 97:
		return step{sql: g.leaky()}
	default:
		return g.wrong()
	}
}

func (g *gen) writable() *relation {
	for {
		if r := pick(g, g.rels); r.writable || g.chance(5) {
			return r
		}
	}
}

// insert makes an INSERT. with is a WITH clause before it.
func (g *gen) insert(with string, returning bool) string {
	r := g.writable()
	if len(r.pk) == 0 {
		return "insert into " + r.name + " default values"
	}
	var cols []*column
	for _, c := range r.cols {
		switch {
		case c.generated && g.chance(98), c.identity == "always" && g.chance(90), c.serial && g.chance(50):
			continue
		case !contains(r.pk, c) && (c.hasDef || !c.notNull) && g.chance(25):
			continue
		}
		cols = append(cols, c)
	}
	if len(cols) == 0 {
		return with + "insert into " + r.name + " default values" + g.returning(r.alias, r.cols, returning)
	}
	var names []string
	for _, c := range cols {
		names = append(names, c.name)
	}
	text := fmt.Sprintf("%sinsert into %s (%s)", with, r.name, strings.Join(names, ", "))
	if g.chance(8) {
		text += pick(g, []string{" overriding system value", " overriding user value"})
	}
	if g.chance(12) {
		return text + g.insertSelect(r, cols) + g.onConflict(r, cols) + g.returning(r.alias, r.cols, returning)
	}
	rows := 1
	if g.chance(25) {
		rows = 2 + g.IntN(2)
	}
	var list []string
	for range rows {
		var values []string
		for _, c := range cols {
			switch {
			case contains(r.pk, c):
				values = append(values, g.keyValue(c, 4))
			case c.generated:
				values = append(values, pick(g, []string{"default", "default", "1"}))
			default:
				values = append(values, g.columnValue(c, false))
			}
		}
		list = append(list, "("+strings.Join(values, ", ")+")")
	}
	return text + " values " + strings.Join(list, ", ") + g.onConflict(r, cols) + g.returning(r.alias, r.cols, returning)
}

// insertSelect takes its rows from another relation, in the order of its key.
func (g *gen) insertSelect(r *relation, cols []*column) string {
	var from *relation
	for range 10 {
		if from = pick(g, g.rels); len(from.pk) == 1 && from.pk[0].typ == "int" {
			break
		}
		from = nil
	}
	if from == nil {
		from = r
	}
	sc := scope{{"q", from.cols}}
	var list []string
	for _, c := range cols {
		switch {
		case contains(r.pk, c) && c.typ == "int" && len(from.pk) == 1 && from.pk[0].typ == "int":
			list = append(list, fmt.Sprintf("q.%s + %d", from.pk[0].name, 5+g.IntN(10)))
		case contains(r.pk, c):
			list = append(list, g.keyValue(c, 6))
		case c.ref != nil || c.typ == "varchar" || c.typ == "char" || c.typ == "time" || c.typ == "bytea" || g.chance(40):
			v := g.columnValue(c, false)
			if v == "default" {
				v = "null"
			}
			list = append(list, v)
		default:
			list = append(list, g.value(c.typ, sc, 1))
		}
	}
	var order []string
	for _, c := range from.pk {
		order = append(order, "q."+c.name)
	}
	return fmt.Sprintf(" select %s from %s q where %s order by %s", strings.Join(list, ", "), from.name, g.cond(sc, 1, false), strings.Join(order, ", "))
}

func (g *gen) onConflict(r *relation, cols []*column) string {
	if !g.chance(25) {
		return ""
	}
	var target []string
	key := r.pk
	if len(r.unique) > 0 && g.chance(30) {
		key = pick(g, r.unique)
	}
	for _, c := range key {
		target = append(target, c.name)
	}
	on := " on conflict (" + strings.Join(target, ", ") + ")"
	if len(r.constraints) > 0 && g.chance(20) {
		on = " on conflict on constraint " + pick(g, r.constraints)
	}
	if g.chance(40) {
		if g.chance(50) {
			on = " on conflict"
		}
		return on + " do nothing"
	}
	text := on + " do update set " + g.conflictSet(r)
	if g.chance(25) {
		text += " where " + g.cond(scope{{r.alias, r.cols}, {"excluded", r.cols}}, 1, false)
	}
	return text
}

func (g *gen) conflictSet(r *relation) string {
	var sets []string
	for _, c := range r.cols {
		if c.generated || contains(r.pk, c) || !g.chance(40) {
			continue
		}
		switch g.IntN(4) {
		case 0:
			sets = append(sets, c.name+" = "+g.columnValue(c, false))
		case 1:
			if base(c.typ) == "int" && c.ref == nil {
				sets = append(sets, fmt.Sprintf("%s = %s.%s + 1", c.name, r.alias, c.name))
				continue
			}
			fallthrough
		default:
			sets = append(sets, c.name+" = excluded."+c.name)
		}
	}
	if len(sets) == 0 {
		return r.pk[0].name + " = excluded." + r.pk[0].name
	}
	return strings.Join(sets, ", ")
}

func (g *gen) returning(alias string, cols []*column, want bool) string {
	if !want || !g.chance(55) {
		return ""
	}
	if g.chance(40) {
		return " returning *"
	}
	sc := scope{{alias, cols}}
	var list []string
	for range 1 + g.IntN(3) {
		if g.chance(12) {
			o := pick(g, g.rels)
			osc := scopeRel{"s9", o.cols}
			list = append(list, fmt.Sprintf("(select count(*) from %s s9 where %s)", o.name, g.joinCond(sc[0], osc)))
			continue
		}
		list = append(list, g.value(pick(g, comparables), sc, 1))
	}
	return " returning " + strings.Join(list, ", ")
}

// update changes one row by its key, or many where no constraint can be hit.
func (g *gen) update(returning bool) string {
	r := g.writable()
	if len(r.pk) == 0 {
		return fmt.Sprintf("update %s set %s = null", r.name, r.cols[0].name)
	}
	single := g.chance(70) || r.restrictive || r.base.restrictive || r.option
	alias := r.alias
	text := "update " + r.name
	if g.chance(30) {
		alias = "x"
		text += " x"
	}
	sc := scope{{alias, r.cols}}
	from := ""
	where := ""
	if g.chance(20) {
		// At most one row of the other side for each: it is found by its key.
		o := pick(g, g.rels)
		if len(o.pk) > 0 && !o.view {
			from = fmt.Sprintf(" from %s y", o.name)
			var conds []string
			for _, c := range o.pk {
				mine := sc.columns(c.typ)
				if len(mine) > 0 && g.chance(70) {
					conds = append(conds, fmt.Sprintf("y.%s = %s", c.name, pick(g, mine)))
				} else {
					conds = append(conds, fmt.Sprintf("y.%s = %s", c.name, g.keyValue(c, 0)))
				}
			}
			where = strings.Join(conds, " and ")
			sc = append(sc, scopeRel{"y", o.cols})
		}
	}
	var sets []string
	for _, c := range r.cols {
		switch {
		case c.generated && g.chance(99):
		case contains(r.pk, c) && (!single || g.chance(90)):
		case !single && !(c.plain || c.name == "owner"):
		case !g.chance(35):
		case contains(r.pk, c):
			sets = append(sets, c.name+" = "+g.keyValue(c, 2))
		case c.generated:
			sets = append(sets, c.name+" = "+pick(g, []string{"default", "3"}))
		case single && (c.ref != nil || g.chance(40)) || c.typ == "varchar" || c.typ == "char" || c.typ == "time" || c.typ == "bytea":
			sets = append(sets, c.name+" = "+g.columnValue(c, false))
		default:
			sets = append(sets, c.name+" = "+g.value(c.typ, sc, 1))
		}
	}
	if a, b := r.first("int", true), r.first("text", true); a != nil && b != nil && len(sets) == 0 && g.chance(60) {
		o := pick(g, g.rels)
		osc := scope{{"z", o.cols}}
		if len(o.pk) > 0 && len(osc.columns("int")) > 0 {
			sets = append(sets, fmt.Sprintf("(%s, %s) = (select %s, %s from %s z where %s)", a.name, b.name, pick(g, osc.columns("int")), g.value("text", osc, 0), o.name, g.keyCond("z", o, 0)))
		} else {
			sets = append(sets, fmt.Sprintf("(%s, %s) = row(default, %s)", a.name, b.name, g.value("text", sc, 1)))
		}
	}
	if len(sets) == 0 {
		sets = append(sets, "owner = "+pick(g, []string{"auth.uid()", g.literal("uuid")}))
		if r.col("owner") == nil {
			sets[0] = r.pk[0].name + " = " + r.pk[0].name
		}
	}
	cond := g.cond(sc, 1, true)
	if single {
		cond = g.keyCond(alias, r, 0)
	}
	if where != "" {
		cond = where + " and " + cond
	}
	text += " set " + strings.Join(sets, ", ") + from
	if single || g.chance(85) || from != "" {
		text += " where " + cond
	}
	if from != "" {
		if !returning || !g.chance(50) {
			return text
		}
		return text + " returning " + alias + ".*, " + g.value("int", sc, 1)
	}
	return text + g.returning(alias, r.cols, returning)
}

func (g *gen) remove(returning bool) string {
	r := g.writable()
	if len(r.pk) == 0 {
		return "delete from " + r.name
	}
	text := "delete from " + r.name
	sc := scope{{r.alias, r.cols}}
	cond := ""
	using := ""
	if g.chance(20) {
		o := pick(g, g.rels)
		using = fmt.Sprintf(" using %s y", o.name)
		cond = g.joinCond(sc[0], scopeRel{"y", o.cols}) + " and "
	}
	if r.base.blocked || g.chance(60) {
		cond += g.keyCond(r.alias, r, 0)
	} else {
		cond += g.cond(sc, 1, true)
	}
	text += using + " where " + cond
	if using != "" && returning && g.chance(50) {
		// Which of several rows of the other side is shown is chance.
		return text + " returning " + r.alias + ".*"
	}
	if using != "" {
		return text
	}
	return text + g.returning(r.alias, r.cols, returning)
}

// writingWith is a write in WITH whose rows a query reads.
func (g *gen) writingWith() step {
	var inner string
	switch g.IntN(3) {
	case 0:
		inner = g.insert("", false)
	case 1:
		inner = g.update(false)
	default:
		inner = g.remove(false)
	}
	if strings.Contains(inner, " from ") && !strings.HasPrefix(inner, "delete") || strings.Contains(inner, " using ") {
		return step{sql: inner, writes: true}
	}
	name := strings.Fields(strings.TrimPrefix(strings.TrimPrefix(inner, "insert into "), "delete from "))[0]
	if strings.HasPrefix(inner, "update ") {
		name = strings.Fields(inner)[1]
	}
	for _, r := range g.rels {
		// That a view cannot be written is said after everything is looked up, that rights are missing later still.
		if r.name == name && r.writable {
			other := pick(g, g.rels)
			sc := scope{{"w", r.cols}, {"o", other.cols}}
			if g.chance(40) {
				return step{sql: fmt.Sprintf("with w as (%s returning *) select count(*), max(%s) from w", inner, g.value("int", sc[:1], 1)), writes: true}
			}
			if g.chance(40) {
				return step{sql: fmt.Sprintf("with w as (%s returning *) select * from w", inner), writes: true}
			}
			return step{sql: fmt.Sprintf("with w as (%s returning *) select %s, %s from w left join %s o on %s", inner,
				g.value("text", sc, 1), g.value("int", sc, 1), other.name, g.joinCond(sc[0], sc[1])), writes: true}
		}
	}
	return step{sql: inner, writes: true}
}

// leaky is a query whose condition fails for some rows: rows that row security hides must not make it fail.
func (g *gen) leaky() string {
	r := pick(g, g.rels)
	sc := scope{{r.alias, r.cols}}
	cols := sc.columns("int")
	if len(cols) == 0 || r.view {
		return "select count(*) from " + r.name
	}
	return fmt.Sprintf("select count(*) from %s where 10 / (%s - %s) > 0", r.name, pick(g, cols), g.literal("int"))
}

// wrong is a statement with a mistake.
func (g *gen) wrong() step {
	r := pick(g, g.rels)
	sc := scope{{r.alias, r.cols}}
	switch g.IntN(8) {
	case 0:
		return step{sql: "select nosuch from " + r.name}
	case 1:
		return step{sql: "select * from app.nosuch"}
	case 2:
		return step{sql: fmt.Sprintf("select app.secret(%s)", g.literal("int"))}
	case 3:
		return step{sql: fmt.Sprintf("insert into %s (%s, nosuch) values (1, 2)", r.name, r.cols[0].name), writes: true}
	case 4:
		return step{sql: "delete from priv.nosuch", writes: true}
	case 5:
		return step{sql: fmt.Sprintf("select %s from %s group by %s", r.cols[len(r.cols)-1].name, r.name, r.cols[0].name)}
	case 6:
		return step{sql: "select nosuch(" + g.value("int", sc, 0) + ") from " + r.name}
	}
	return step{sql: fmt.Sprintf("select * from %s where %s = 'x'::text", r.name, pick(g, r.cols).name)}
}
