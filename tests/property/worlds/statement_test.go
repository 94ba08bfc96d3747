package worlds

import (
	"fmt"
	"strings"
)

// statement is one generated statement and how its answer may be compared.
type statement struct {
	sql  string
	role string
	uid  string // the setting request.uid, "" for none
	// ordered says the order of the rows is determined.
	ordered bool
	// several says a write may touch several rows: which one fails first is not determined.
	several bool
	write   bool
	// path is the search path, "" for none.
	path string
}

// statement makes a random statement by a random role.
func (w *world) statement() *statement {
	st := &statement{role: pick(w.r, roles)}
	if w.chance(60) {
		st.uid = fmt.Sprint(w.r.IntN(6))
	}
	switch w.r.IntN(10) {
	case 0, 1, 2, 3, 4:
		st.sql, st.ordered = w.query()
	case 5, 6:
		w.insert(st)
	case 7, 8:
		w.update(st)
	default:
		w.delete(st)
	}
	return st
}

func (w *world) anyTable() *table {
	if len(w.views) > 0 && w.chance(25) {
		return pick(w.r, w.views)
	}
	return pick(w.r, w.tables)
}

// query makes a SELECT.
func (w *world) query() (sql string, ordered bool) {
	t := w.anyTable()
	switch w.r.IntN(12) {
	case 0, 1, 2:
		sql = fmt.Sprintf("select %s from %s x where %s", w.list(t, "x"), t.ref(), w.condition(t, "x", 2))
		if w.chance(50) {
			return sql + " order by " + pick(w.r, []string{"id", "id desc", "n, id", "owner desc nulls last, id", "n desc, id"}) +
				pick(w.r, []string{"", " limit 3", " limit 2 offset 1"}), true
		}
		return sql, false
	case 3:
		return fmt.Sprintf("select count(*), sum(id), min(n), max(owner) from %s x where %s", t.ref(), w.condition(t, "x", 1)), false
	case 4:
		c := pick(w.r, t.columns)
		return fmt.Sprintf("select x.%s, count(*) from %s x group by x.%s", c.name, t.ref(), c.name), false
	case 5:
		o := w.anyTable()
		return fmt.Sprintf("select x.id, y.id, %s, %s from %s x %s join %s y on %s where %s", w.one(t, "x"), w.one(o, "y"), t.ref(),
			pick(w.r, []string{"", "left", "right", "full"}), o.ref(), pick(w.r, []string{"x.id = y.id", "y.id = x.id and y.id > 1"}), w.condition(t, "x", 1)), false
	case 6:
		o := w.anyTable()
		return fmt.Sprintf("select x.id, (select count(*) from %s y where y.id <= x.id) as c from %s x where exists (select 1 from %s z where z.id = x.id and %s) order by x.id",
			o.ref(), t.ref(), o.ref(), w.condition(o, "z", 1)), true
	case 7:
		o := w.anyTable()
		return fmt.Sprintf("with q as (select id, %s as k from %s x where %s) select q.*, y.id as yid from q left join %s y on y.id = q.id", w.one(t, "x"), t.ref(), w.condition(t, "x", 1), o.ref()), false
	case 8:
		o := w.anyTable()
		return fmt.Sprintf("select id from %s x where %s %s select id from %s y where %s", t.ref(), w.condition(t, "x", 1),
			pick(w.r, []string{"union", "union all", "intersect", "except"}), o.ref(), w.condition(o, "y", 1)), false
	case 9:
		return fmt.Sprintf("select id, row_number() over (order by id), count(*) over () from %s x where %s", t.ref(), w.condition(t, "x", 1)), false
	case 10:
		return fmt.Sprintf("select id, w.uid(), w.sees(id), %s from %s x order by id", pick(w.r, []string{"w.counts(id)", "current_user", "1"}), t.ref()), true
	}
	o := w.anyTable()
	return fmt.Sprintf("select id, case when %s then 'yes' else coalesce(%s::text, '-') end as r from %s x where id in (select id from %s y where %s) order by id",
		w.condition(t, "x", 1), w.one(t, "x"), t.ref(), o.ref(), w.condition(o, "y", 1)), true
}

func (w *world) one(t *table, alias string) string { return alias + "." + pick(w.r, t.columns).name }

func (w *world) list(t *table, alias string) string {
	if w.chance(40) {
		return "*"
	}
	out := []string{alias + ".id"}
	for _, c := range t.columns {
		if c.name != "id" && w.chance(40) {
			out = append(out, alias+"."+c.name)
		}
	}
	return strings.Join(out, ", ")
}

func (w *world) returning(t *table, several bool) string {
	switch {
	case !w.chance(45):
		return ""
	case w.chance(40):
		return " returning *"
	}
	return " returning " + pick(w.r, []string{"id", "id, n", "owner", "id + 1 as i, n"})
}

// insert makes an INSERT of one row, or several.
func (w *world) insert(st *statement) {
	t := w.anyTable()
	st.write = true
	var cols []column
	for _, c := range t.columns {
		if c.name == "id" || (!c.generated && w.chance(75)) || c.generated && w.chance(3) {
			cols = append(cols, c)
		}
	}
	if w.chance(12) {
		st.several = true
		from := w.anyTable()
		var names, exprs []string
		for _, c := range cols {
			if c.generated {
				continue
			}
			names = append(names, c.name)
			switch {
			case c.name == "id":
				exprs = append(exprs, fmt.Sprintf("x.id + %d", w.nextID))
			case from.ofType(w.r, c.typ) != "" && w.chance(60):
				exprs = append(exprs, "x."+from.ofType(w.r, c.typ))
			default:
				exprs = append(exprs, w.value(c, st.role))
			}
		}
		w.nextID += 20
		st.sql = fmt.Sprintf("insert into %s (%s) select %s from %s x where %s order by x.id", t.ref(), strings.Join(names, ", "), strings.Join(exprs, ", "), from.ref(), w.condition(from, "x", 1))
		st.sql += w.returning(t, true)
		return
	}
	rows := 1
	if w.chance(20) {
		rows = 2
	}
	var names, lines []string
	for _, c := range cols {
		names = append(names, c.name)
	}
	for range rows {
		var values []string
		for _, c := range cols {
			v := w.value(c, st.role)
			if c.name == "id" {
				v = fmt.Sprint(w.nextID)
				w.nextID++
				if w.chance(25) {
					v = fmt.Sprint(1 + w.r.IntN(6))
				}
			} else if w.chance(5) {
				v = "default"
			}
			values = append(values, v)
		}
		lines = append(lines, "("+strings.Join(values, ", ")+")")
	}
	st.sql = fmt.Sprintf("insert into %s (%s) values %s", t.ref(), strings.Join(names, ", "), strings.Join(lines, ", "))
	if w.chance(35) {
		target := "(id)"
		if len(t.unique) > 0 && w.chance(40) {
			target = "(n, owner)"
		}
		switch w.r.IntN(4) {
		case 0:
			st.sql += " on conflict do nothing"
		case 1:
			st.sql += " on conflict " + target + " do nothing"
		default:
			st.sql += " on conflict " + target + " do update set " + w.assign(t, st.role, "excluded")
			if w.chance(30) {
				st.sql += " where " + w.condition(t, t.name, 1)
			}
		}
	}
	st.sql += w.returning(t, rows > 1)
}

// assign makes SET's assignments.
func (w *world) assign(t *table, own, from string) string {
	var out []string
	for range 1 + w.r.IntN(2) {
		c := pick(w.r, t.columns)
		if c.name == "id" && !w.chance(10) || c.generated && !w.chance(5) {
			continue
		}
		v := w.value(c, own)
		if from != "" && w.chance(50) {
			v = from + "." + c.name
		}
		if w.chance(4) {
			v = "default"
		}
		dup := false
		for _, o := range out {
			dup = dup || strings.HasPrefix(o, c.name+" =")
		}
		if !dup {
			out = append(out, c.name+" = "+v)
		}
	}
	if len(out) == 0 {
		return "owner = '" + own + "'"
	}
	return strings.Join(out, ", ")
}

func (w *world) update(st *statement) {
	t := w.anyTable()
	st.write, st.several = true, true
	where := w.condition(t, t.name, 1)
	if w.chance(45) {
		where, st.several = fmt.Sprintf("%s.id = %d", t.name, 1+w.r.IntN(6)), false
	}
	set := w.assign(t, st.role, "")
	if st.several {
		// Changing keys of several rows at once fails or not by the order of the rows.
		for _, key := range []string{"id = ", "n = ", "owner = "} {
			if strings.Contains(set, key) && (key == "id = " || len(t.unique) > 0 || t.of != nil) {
				where, st.several = fmt.Sprintf("%s.id = %d", t.name, 1+w.r.IntN(6)), false
			}
		}
	}
	st.sql = fmt.Sprintf("update %s set %s", t.ref(), set)
	if w.chance(12) && !st.several {
		o := w.anyTable()
		st.sql += fmt.Sprintf(" from %s o where o.id = %s.id and %s", o.ref(), t.name, where)
	} else {
		if w.chance(4) && st.several {
			where = ""
		}
		if where != "" {
			st.sql += " where " + where
		}
	}
	if r := w.returning(t, st.several); r != "" && strings.Contains(st.sql, " from ") {
		st.sql += " returning " + t.name + ".id"
	} else {
		st.sql += r
	}
}

func (w *world) delete(st *statement) {
	t := w.anyTable()
	st.write, st.several = true, true
	where := w.condition(t, t.name, 1)
	if w.chance(50) {
		where, st.several = fmt.Sprintf("%s.id = %d", t.name, 1+w.r.IntN(8)), false
	}
	st.sql = fmt.Sprintf("delete from %s where %s", t.ref(), where)
	st.sql += w.returning(t, st.several)
}
