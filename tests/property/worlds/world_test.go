package worlds

import (
	"fmt"
	"math/rand/v2"
	"strings"
)

// roles are who statements run as. The owner owns all tables; the member inherits from the group.
var roles = []string{"prop_owner", "prop_alice", "prop_bob", "prop_member", "prop_group", "prop_bypass", "prop_none"}

// users are the roles policies and grants speak of.
var users = []string{"prop_alice", "prop_bob", "prop_member", "prop_group"}

// column is a column of a generated table.
type column struct {
	name, typ string
	notNull   bool
	generated bool
}

// table is a generated table or view.
type table struct {
	name    string
	columns []column
	view    bool
	of      *table // a view's table
	unique  []string
	refs    []string // foreign key columns
	to      *table   // the table they refer to
	ids     []string // the keys of its first rows
}

func (t *table) ref() string { return "w." + t.name }

func (t *table) ofType(r *rand.Rand, typ string) string {
	var names []string
	for _, c := range t.columns {
		if c.typ == typ {
			names = append(names, c.name)
		}
	}
	if len(names) == 0 {
		return ""
	}
	return pick(r, names)
}

// world is a generated schema: the statements that make it, and what they made.
type world struct {
	r      *rand.Rand
	script []string
	tables []*table
	views  []*table
	// nextID is the next unused key for inserts.
	nextID int
}

func pick[T any](r *rand.Rand, list []T) T { return list[r.IntN(len(list))] }

func (w *world) chance(percent int) bool { return w.r.IntN(100) < percent }

func (w *world) add(format string, args ...any) {
	w.script = append(w.script, fmt.Sprintf(format, args...))
}

// newWorld makes a world of its seed.
func newWorld(seed uint64) *world {
	w := &world{r: rand.New(rand.NewPCG(seed, 0x9e3779b97f4a7c15)), nextID: 100}
	w.add("create schema w authorization prop_owner")
	w.add("grant usage on schema w to prop_alice, prop_bob, prop_group, prop_bypass")
	if w.chance(10) {
		w.add("revoke usage on schema w from prop_bob")
	}
	w.add("set role prop_owner")
	w.add("create type w.level as enum ('low', 'mid', 'high')")
	w.add("create function w.uid() returns integer language sql stable as 'select nullif(current_setting(''request.uid'', true), '''')::integer'")
	for i := range 2 + w.r.IntN(3) {
		w.makeTable(i)
	}
	w.makeHelpers()
	for i := range w.r.IntN(3) {
		w.makeView(i)
	}
	for _, t := range w.tables {
		w.makePolicies(t)
	}
	for _, t := range append(append([]*table(nil), w.tables...), w.views...) {
		w.makeGrants(t)
	}
	w.add("reset role")
	for _, t := range w.tables {
		w.makeRows(t)
	}
	return w
}

func (w *world) makeTable(i int) {
	t := &table{name: fmt.Sprintf("t%d", i)}
	var defs []string
	col := func(name, typ, rest string) {
		t.columns = append(t.columns, column{name: name, typ: typ, notNull: strings.Contains(rest, "not null") || name == "id"})
		defs = append(defs, strings.TrimSpace(name+" "+typ+" "+rest))
	}
	col("id", "integer", "primary key")
	col("owner", "text", pick(w.r, []string{"", "not null", "default current_user"}))
	col("n", "integer", pick(w.r, []string{"", "default 3", "check (n < 90)", "not null default 1"}))
	for _, c := range []struct{ name, typ string }{
		{"s", "text"}, {"b", "boolean"}, {"m", "numeric(8,2)"}, {"d", "date"}, {"j", "jsonb"}, {"a", "integer[]"},
		{"e", "w.level"}, {"ts", "timestamptz"}, {"u", "uuid"}, {"v", "varchar(8)"}, {"f", "double precision"},
	} {
		if w.chance(40) {
			col(c.name, c.typ, "")
		}
	}
	if i > 0 && w.chance(60) {
		to := w.tables[w.r.IntN(i)]
		name := "ref"
		col(name, "integer", fmt.Sprintf("references w.%s (id) on delete %s on update %s", to.name,
			pick(w.r, []string{"cascade", "set null", "restrict", "no action"}), pick(w.r, []string{"cascade", "no action"})))
		t.refs, t.to = append(t.refs, name), to
	}
	if w.chance(30) {
		t.unique = []string{"n", "owner"}
		defs = append(defs, "unique (n, owner)")
	}
	if w.chance(20) {
		t.columns = append(t.columns, column{name: "g", typ: "integer", generated: true})
		defs = append(defs, "g integer generated always as (n * 2) stored")
	}
	w.add("create table w.%s (%s)", t.name, strings.Join(defs, ", "))
	w.tables = append(w.tables, t)
}

// makeHelpers makes functions policies call: as their caller, and as the owner.
func (w *world) makeHelpers() {
	t := w.tables[0]
	w.add("create function w.sees(k integer) returns boolean language sql stable security definer as 'select exists (select 1 from w.%s x where x.id = k and x.n > 2)'", t.name)
	w.add("create function w.counts(k integer) returns bigint language sql stable as 'select count(*) from w.%s x where x.id <= k'", t.name)
	if w.chance(20) {
		w.add("revoke execute on function w.counts(integer) from public")
		w.add("grant execute on function w.counts(integer) to prop_alice")
	}
}

func (w *world) makeView(i int) {
	t := pick(w.r, w.tables)
	v := &table{name: fmt.Sprintf("v%d", i), view: true, of: t}
	var cols []string
	for _, c := range t.columns {
		if c.name == "id" || w.chance(70) {
			v.columns = append(v.columns, c)
			cols = append(cols, "x."+c.name)
		}
	}
	options := pick(w.r, []string{"", "", " with (security_invoker = true)", " with (security_barrier)"})
	where := ""
	if w.chance(60) {
		where = " where " + w.condition(t, "x", 1)
	}
	check := ""
	if w.chance(25) {
		check = pick(w.r, []string{" with local check option", " with cascaded check option"})
	}
	w.add("create view w.%s%s as select %s from w.%s x%s%s", v.name, options, strings.Join(cols, ", "), t.name, where, check)
	w.views = append(w.views, v)
}

func (w *world) makePolicies(t *table) {
	if !w.chance(75) {
		return
	}
	w.add("alter table w.%s enable row level security", t.name)
	if w.chance(25) {
		w.add("alter table w.%s force row level security", t.name)
	}
	for i := range w.r.IntN(5) {
		command := pick(w.r, []string{"all", "all", "select", "select", "insert", "update", "delete"})
		var b strings.Builder
		fmt.Fprintf(&b, "create policy p%d on w.%s as %s for %s", i, t.name, pick(w.r, []string{"permissive", "permissive", "permissive", "restrictive"}), command)
		if w.chance(50) {
			b.WriteString(" to " + pick(w.r, users))
			if w.chance(30) {
				b.WriteString(", " + pick(w.r, users))
			}
		}
		using := command != "insert"
		check := command == "insert" || (command == "all" || command == "update") && w.chance(40)
		if using {
			b.WriteString(" using (" + w.policy(t) + ")")
		}
		if check {
			b.WriteString(" with check (" + w.policy(t) + ")")
		}
		w.add("%s", b.String())
	}
}

// policy is a policy's condition.
func (w *world) policy(t *table) string {
	switch w.r.IntN(10) {
	case 0:
		return "true"
	case 1, 2:
		return "owner = current_user"
	case 3:
		return "w.uid() = n"
	case 4:
		return "n > coalesce((select w.uid()), 2)"
	case 5:
		o := pick(w.r, w.tables)
		return fmt.Sprintf("exists (select 1 from w.%s o where o.id = %s.n and %s)", o.name, t.name, w.condition(o, "o", 1))
	case 6:
		o := pick(w.r, w.tables)
		return fmt.Sprintf("n in (select o.n from w.%s o where o.owner = current_user)", o.name)
	case 7:
		// On the table it reads itself it may recurse without end, or not, by the order in which conditions are looked at.
		if t != w.tables[0] {
			return "w.sees(n)"
		}
	}
	return w.condition(t, "", 2)
}

// condition is a Boolean expression over a table's columns.
func (w *world) condition(t *table, alias string, depth int) string {
	if alias != "" {
		alias += "."
	}
	if depth > 0 && w.chance(35) {
		op := pick(w.r, []string{" and ", " or "})
		return "(" + w.condition(t, strings.TrimSuffix(alias, "."), depth-1) + op + w.condition(t, strings.TrimSuffix(alias, "."), depth-1) + ")"
	}
	c := pick(w.r, t.columns)
	name := alias + c.name
	if w.chance(8) {
		return name + pick(w.r, []string{" is null", " is not null"})
	}
	cmp := pick(w.r, []string{"=", "<>", "<", "<=", ">", ">="})
	switch c.typ {
	case "integer":
		switch w.r.IntN(6) {
		case 0:
			return fmt.Sprintf("%s in (%d, %d, %d)", name, w.r.IntN(8), w.r.IntN(8), w.r.IntN(8))
		case 1:
			return fmt.Sprintf("%s between %d and %d", name, w.r.IntN(4), 3+w.r.IntN(6))
		case 2:
			return fmt.Sprintf("%s %% 2 = %d", name, w.r.IntN(2))
		case 3:
			return fmt.Sprintf("not (%s %s %d)", name, cmp, w.r.IntN(8))
		}
		return fmt.Sprintf("%s %s %d", name, cmp, w.r.IntN(8))
	case "text", "varchar(8)":
		switch w.r.IntN(4) {
		case 0:
			return fmt.Sprintf("%s like %s", name, pick(w.r, []string{"'prop%'", "'a%'", "'%b%'", "'_'", "'%o_'"}))
		case 1:
			return fmt.Sprintf("%s = any (array['a', 'bb', 'prop_bob'])", name)
		case 2:
			return fmt.Sprintf("length(%s) %s %d", name, cmp, w.r.IntN(10))
		}
		return fmt.Sprintf("%s %s %s", name, cmp, w.text())
	case "boolean":
		return pick(w.r, []string{name, "not " + name, name + " is true", name + " is not false"})
	case "numeric(8,2)":
		return fmt.Sprintf("%s %s %d.%d", name, cmp, w.r.IntN(6), w.r.IntN(100))
	case "double precision":
		return fmt.Sprintf("%s %s %d.5", name, cmp, w.r.IntN(6))
	case "date":
		return fmt.Sprintf("%s %s '2024-01-%02d'", name, cmp, 1+w.r.IntN(9))
	case "timestamptz":
		return fmt.Sprintf("%s %s '2024-01-0%d 10:00:00+00'", name, cmp, 1+w.r.IntN(9))
	case "jsonb":
		return pick(w.r, []string{name + " ->> 'k' = 'x'", name + " @> '{\"k\": 1}'", name + " ? 'k'", name + " is not null"})
	case "integer[]":
		return pick(w.r, []string{fmt.Sprintf("%d = any (%s)", w.r.IntN(5), name), name + " @> array[1]", name + " && array[1, 2]", "cardinality(" + name + ") > 1"})
	case "w.level":
		return fmt.Sprintf("%s %s '%s'", name, cmp, pick(w.r, []string{"low", "mid", "high"}))
	case "uuid":
		return fmt.Sprintf("%s %s '00000000-0000-0000-0000-00000000000%d'", name, cmp, w.r.IntN(5))
	}
	return name + " is not null"
}

func (w *world) text() string {
	return pick(w.r, []string{"'a'", "'bb'", "''", "'prop_alice'", "'prop_bob'", "'x y'", "'prop_owner'", "'é'", "'Zed'"})
}

// value is a literal for a column; bad values break constraints now and then.
func (w *world) value(c column, own string) string {
	if !c.notNull && w.chance(12) || w.chance(1) {
		return "null"
	}
	if c.name == "owner" {
		if w.chance(50) {
			return "'" + own + "'"
		}
		return pick(w.r, []string{"'prop_alice'", "'prop_bob'", "'prop_owner'", "'prop_member'"})
	}
	switch c.typ {
	case "integer":
		if c.name == "n" && w.chance(3) {
			return "95"
		}
		return fmt.Sprint(w.r.IntN(8))
	case "text":
		return w.text()
	case "varchar(8)":
		if w.chance(3) {
			return "'longer than eight'"
		}
		return pick(w.r, []string{"'a'", "'bb'", "'eight ch'"})
	case "boolean":
		return pick(w.r, []string{"true", "false"})
	case "numeric(8,2)":
		return fmt.Sprintf("%d.%03d", w.r.IntN(10), w.r.IntN(1000))
	case "double precision":
		return pick(w.r, []string{"0.5", "1.5", "2.25", "1e3", "-3.5"})
	case "date":
		return fmt.Sprintf("'2024-01-%02d'", 1+w.r.IntN(9))
	case "timestamptz":
		return fmt.Sprintf("'2024-01-0%d 1%d:00:00+0%d'", 1+w.r.IntN(9), w.r.IntN(9), w.r.IntN(3))
	case "jsonb":
		return pick(w.r, []string{`'{"k": 1}'`, `'{"k": "x", "l": [1, 2.50]}'`, `'[]'`, `'null'`, `'{"b": true, "a": {"k": null}}'`})
	case "integer[]":
		return pick(w.r, []string{"'{1,2}'", "array[1, 2, 3]", "'{}'", "'{null,4}'"})
	case "w.level":
		return pick(w.r, []string{"'low'", "'mid'", "'high'"})
	case "uuid":
		return fmt.Sprintf("'00000000-0000-0000-0000-00000000000%d'", w.r.IntN(5))
	}
	return "null"
}

func (w *world) makeGrants(t *table) {
	cols := func() string {
		var list []string
		for _, c := range t.columns {
			if c.name == "id" || w.chance(60) {
				list = append(list, c.name)
			}
		}
		return strings.Join(list, ", ")
	}
	for _, u := range append(append([]string(nil), users...), "prop_bypass") {
		switch w.r.IntN(8) {
		case 0:
		case 1:
			w.add("grant select on w.%s to %s", t.name, u)
		case 2:
			w.add("grant select (%s) on w.%s to %s", cols(), t.name, u)
			w.add("grant insert (%s), update (%s) on w.%s to %s", cols(), cols(), t.name, u)
		case 3:
			w.add("grant select, insert on w.%s to %s", t.name, u)
		default:
			w.add("grant select, insert, update, delete on w.%s to %s", t.name, u)
		}
	}
}

// makeRows fills a table as the superuser.
func (w *world) makeRows(t *table) {
	used := map[string]bool{}
	for id := 1; id <= 3+w.r.IntN(6); id++ {
		var names, values []string
		n, owner := "", ""
		for _, c := range t.columns {
			if c.generated {
				continue
			}
			v := w.value(c, pick(w.r, users))
			switch {
			case c.name == "id":
				v = fmt.Sprint(id)
			case c.name == "ref":
				v = pick(w.r, append([]string{"null"}, t.to.ids...))
			case c.name == "n" && v == "95", c.notNull && v == "null":
				v = fmt.Sprint(id)
				if c.name == "owner" {
					v = "'prop_bob'"
				}
			case c.typ == "varchar(8)" && len(v) > 10:
				v = "'short'"
			}
			switch c.name {
			case "n":
				n = v
			case "owner":
				owner = v
			}
			names, values = append(names, c.name), append(values, v)
		}
		if len(t.unique) > 0 {
			if used[n+owner] {
				continue
			}
			used[n+owner] = true
		}
		t.ids = append(t.ids, fmt.Sprint(id))
		w.add("insert into w.%s (%s) values (%s)", t.name, strings.Join(names, ", "), strings.Join(values, ", "))
	}
}
