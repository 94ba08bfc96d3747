package property

import (
	"fmt"
	"math/rand/v2"
	"strings"
)

// gen makes one world from one seed.
type gen struct {
	*rand.Rand
	version int // the server's major version
	prefix  string
	roles   []string // those that statements run as
	owners  []string
	byp     string
	rels    []*relation
	s       *script
	fresh   int
	// definers are functions that take a uuid and look into a table with other rights.
	definers []string
}

// relation is a table or view that statements name.
type relation struct {
	name   string // with its schema
	alias  string // its name alone
	cols   []*column
	pk     []*column
	unique [][]*column // besides the primary key, without NULLs
	// constraints are the names of its keys.
	constraints []string
	view        bool
	// writable says that INSERT, UPDATE and DELETE are possible.
	writable bool
	// option says that a view on the way has a check option.
	option      bool
	rls         bool
	forced      bool
	owner       string // "" is the superuser
	restrictive bool
	// blocked says that a foreign key may refuse to let a row go or change its key; cascaded that a cascade ends here.
	blocked, cascaded bool
	base              *relation
}

type column struct {
	name, typ string
	notNull   bool
	hasDef    bool
	serial    bool // its value comes from a sequence
	generated bool
	identity  string
	// plain says that any value of the type may be written to any number of rows: no key, no check.
	plain bool
	ref   *relation
}

func (g *gen) chance(percent int) bool { return g.IntN(100) < percent }

func pick[T any](g *gen, list []T) T { return list[g.IntN(len(list))] }

func (g *gen) setup(format string, args ...any) {
	g.s.setup = append(g.s.setup, fmt.Sprintf(format, args...))
}

func newWorld(seed uint64, prefix string, version, statements int) *script {
	g := &gen{Rand: rand.New(rand.NewPCG(seed, 7)), prefix: prefix, version: version, s: &script{}}
	g.makeRoles()
	g.makeSupport()
	n := 3 + g.IntN(3)
	for i := range n {
		g.makeTable(i)
	}
	for _, r := range g.rels[:n] {
		g.s.tables = append(g.s.tables, r.name)
	}
	g.makeDefiners()
	for i := range 1 + g.IntN(3) {
		g.makeView(i)
	}
	g.makePolicies()
	g.makeGrants()
	g.seedRows()
	g.makeBatches(statements)
	return g.s
}

func (g *gen) makeRoles() {
	add := func(name, attributes string) string {
		name = g.prefix + name
		g.setup("create role %s %s", name, attributes)
		g.s.clean = append([]string{"drop role if exists " + name}, g.s.clean...)
		return name
	}
	inherit := func() string {
		if g.chance(25) {
			return "noinherit"
		}
		return "inherit"
	}
	g.owners = []string{add("owner1", "nologin"), add("owner2", "nologin")}
	group := add("team", inherit())
	parent := add("org", inherit())
	anon := add("anon", inherit())
	user := add("user", inherit())
	member := add("member", inherit())
	g.byp = add("service", "bypassrls")
	g.roles = []string{anon, user, user, user, member, member, group, g.byp, g.owners[0]}
	g.setup("grant %s to %s", parent, group)
	g.setup("grant %s to %s", group, member)
	if g.chance(40) {
		g.setup("grant %s to %s", g.owners[1], member)
	}
	if g.chance(25) {
		g.setup("grant %s to %s", anon, user)
	}
	if g.chance(15) {
		g.setup("grant %s to %s", g.byp, group) // BYPASSRLS itself is not inherited
	}
}

func (g *gen) all() []string {
	return append(append([]string{}, g.roles[:2]...), g.roles[4], g.roles[6], g.prefix+"org", g.byp, g.owners[0], g.owners[1])
}

func (g *gen) makeSupport() {
	g.setup("create schema app")
	g.setup("create schema priv")
	g.setup("create schema auth")
	g.s.clean = append([]string{"drop schema if exists app, priv, auth cascade"}, g.s.clean...)
	g.setup("grant usage on schema app to public")
	g.setup("grant usage on schema auth to public")
	g.setup("grant usage on schema priv to %s, %s, %s", g.owners[0], g.owners[1], g.byp)
	if g.chance(70) {
		g.setup("grant usage on schema priv to %s", pick(g, g.roles))
	}
	g.setup("create type app.mood as enum ('sad', 'ok', 'happy')")
	g.setup("create domain app.posint as int check (value > 0)")
	g.setup("create domain app.label as text not null check (length(value) < 6)")
	g.setup("create function auth.uid() returns uuid language sql stable as " +
		"$$ select (nullif(current_setting('request.jwt.claims', true), '')::json ->> 'sub')::uuid $$")
	g.setup("create function auth.role() returns text language sql stable as " +
		"$$ select nullif(current_setting('request.jwt.claims', true), '')::json ->> 'role' $$")
	g.setup("create function app.num() returns int language sql stable as " +
		"$$ select (current_setting('request.jwt.claims', true)::json ->> 'n')::int $$")
	g.setup("create function app.twice(x int) returns int language sql immutable as $$ select x * 2 $$")
	g.setup("create function app.secret(x int) returns int language sql immutable as $$ select x + 1 $$")
	g.setup("revoke execute on function app.secret(int) from public")
	if g.chance(50) {
		g.setup("grant execute on function app.secret(int) to %s", pick(g, g.roles))
	}
	g.setup("grant execute on function app.secret(int) to %s, %s", g.owners[0], g.owners[1])
}

var typeNames = map[string]string{
	"int": "int", "bigint": "bigint", "text": "text", "bool": "boolean", "num": "numeric(8,2)", "uuid": "uuid",
	"date": "date", "ts": "timestamptz", "jsonb": "jsonb", "mood": "app.mood", "posint": "app.posint", "ints": "int[]",
	"varchar": "varchar(6)", "float": "float8", "label": "app.label", "char": "char(3)", "bytea": "bytea", "time": "time",
}

var columnTypes = []string{"int", "int", "int", "text", "text", "text", "bool", "num", "uuid", "date", "ts", "jsonb", "mood",
	"posint", "ints", "varchar", "float", "bigint", "label", "char", "bytea", "time"}

func (g *gen) makeTable(i int) {
	schema := "app"
	if i == 2 && g.chance(40) {
		schema = "priv"
	}
	t := &relation{alias: fmt.Sprintf("t%d", i), writable: true}
	t.name = schema + "." + t.alias
	t.base = t
	var defs, constraints []string
	add := func(c *column, def string) {
		t.cols = append(t.cols, c)
		defs = append(defs, strings.TrimSpace(c.name+" "+def))
	}
	switch k := g.IntN(10); {
	case k < 6:
		c := &column{name: "id", typ: "int", notNull: true}
		switch g.IntN(4) {
		case 0:
			c.identity, c.hasDef, c.serial = "by default", true, true
			add(c, "int generated by default as identity primary key")
		case 1:
			c.hasDef, c.serial = true, true
			add(c, "serial primary key")
		default:
			add(c, "int primary key")
		}
		t.pk = []*column{c}
	case k < 8:
		a, b := &column{name: "a", typ: "int", notNull: true}, &column{name: "b", typ: "text", notNull: true}
		add(a, "int")
		add(b, "text")
		t.pk = []*column{a, b}
		constraints = append(constraints, "primary key (a, b)")
	case k < 9:
		c := &column{name: "code", typ: "text", notNull: true}
		add(c, "text primary key")
		t.pk = []*column{c}
	default:
		c := &column{name: "id", typ: "int", notNull: true, identity: "always", hasDef: true, serial: true}
		add(c, "int generated always as identity primary key")
		t.pk = []*column{c}
	}
	add(&column{name: "owner", typ: "uuid"}, "uuid"+[]string{"", " default auth.uid()"}[g.IntN(2)])
	if strings.Contains(defs[len(defs)-1], "default") {
		t.cols[len(t.cols)-1].hasDef = true
	}
	for j := range 2 + g.IntN(4) {
		typ := pick(g, columnTypes)
		c := &column{name: fmt.Sprintf("c%d", j), typ: typ, plain: true}
		def := typeNames[typ]
		if typ == "label" {
			c.notNull, c.plain = true, false
			def += " default 'x'"
			c.hasDef = true
		} else if typ == "posint" || typ == "varchar" || typ == "char" {
			c.plain = false
		}
		switch k := g.IntN(20); {
		case k < 3 && typ != "label":
			c.notNull, c.plain = true, false
			def += " not null default " + g.literal(typ)
			c.hasDef = true
		case k < 4 && typ != "label":
			c.notNull, c.plain = true, false
			def += " not null"
		case k < 6 && typ != "label":
			def += " default " + g.literal(typ)
			c.hasDef = true
		case k < 7 && typ == "ts":
			def += " default '2024-05-05 10:00+02'"
			c.hasDef = true
		}
		switch k := g.IntN(24); {
		case k < 2 && typ != "jsonb" && typ != "bool":
			c.plain = false
			def += " unique"
			if c.notNull {
				t.unique = append(t.unique, []*column{c})
			}
		case k < 4:
			c.plain = false
			if cond := g.checkOf(c); cond != "" {
				def += " check (" + cond + ")"
			}
		}
		add(c, def)
	}
	if g.chance(25) {
		if c := t.first("int", true); c != nil {
			c.plain = false
			add(&column{name: "gen", typ: "int", generated: true}, "int generated always as ("+c.name+" * 10) stored")
		}
	}
	if g.chance(25) {
		if c := t.first("text", true); c != nil {
			c.plain = false
			constraints = append(constraints, fmt.Sprintf("constraint %s_len check (length(%s) < 4)", t.alias, c.name))
		}
	}
	g.foreignKeys(t, add, &constraints, i)
	if a, b := t.first("int", true), t.first("text", true); a != nil && b != nil && g.chance(30) {
		a.plain, b.plain = false, false
		nulls := ""
		if g.version >= 15 && g.chance(40) {
			nulls = " nulls not distinct"
		}
		constraints = append(constraints, fmt.Sprintf("constraint %s_both unique%s (%s, %s)", t.alias, nulls, a.name, b.name))
		t.constraints = append(t.constraints, t.alias+"_both")
	}
	t.constraints = append(t.constraints, t.alias+"_pkey")
	// Two checks on one column could both fail: the one named is the first by name, on both engines.
	g.setup("create table %s (%s)", t.name, strings.Join(append(defs, constraints...), ", "))
	if g.chance(20) {
		if c := t.first("text", true); c != nil {
			c.plain = false
			switch g.IntN(3) {
			case 0:
				g.setup("create unique index %s_low on %s (lower(%s))", t.alias, t.name, c.name)
			case 1:
				g.setup("create unique index %s_part on %s (%s) where owner is not null", t.alias, t.name, c.name)
				t.col("owner").plain = false
			default:
				g.setup("create index %s_plain on %s (%s)", t.alias, t.name, c.name)
			}
		}
	}
	owner := "postgres"
	if g.chance(70) {
		owner = pick(g, g.owners)
		t.owner = owner
		g.setup("alter table %s owner to %s", t.name, owner)
	}
	if g.chance(70) {
		t.rls = true
		g.setup("alter table %s enable row level security", t.name)
		if g.chance(25) {
			t.forced = true
			g.setup("alter table %s force row level security", t.name)
		}
	}
	g.rels = append(g.rels, t)
}

func (r *relation) first(typ string, plain bool) *column {
	for _, c := range r.cols {
		if c.typ == typ && (!plain || c.plain) {
			return c
		}
	}
	return nil
}

func (r *relation) col(name string) *column {
	for _, c := range r.cols {
		if c.name == name {
			return c
		}
	}
	return nil
}

func (g *gen) checkOf(c *column) string {
	switch c.typ {
	case "int", "bigint", "num", "float", "posint":
		return fmt.Sprintf("%s < %d", c.name, 4+g.IntN(4))
	case "text", "varchar":
		return fmt.Sprintf("%s <> %s", c.name, g.literal("text"))
	case "mood":
		return c.name + " <> 'sad'"
	case "bool":
		return c.name + " is not false"
	case "date":
		return c.name + " > '2024-01-02'"
	}
	return ""
}

// foreignKeys adds references to earlier tables (or to the table itself).
func (g *gen) foreignKeys(t *relation, add func(*column, string), constraints *[]string, i int) {
	for j := range g.IntN(3) {
		var p *relation
		if i > 0 {
			p = g.rels[g.IntN(i)]
		}
		if p == nil || g.chance(10) {
			p = t
		}
		if p == t && len(t.pk) > 1 {
			continue
		}
		// A row whose going can be refused must not go with another one's: which of several is named would be chance.
		action := pick(g, []string{"", "on delete restrict", "on delete cascade", "on delete cascade", "on delete set null",
			"on delete set null", "on delete cascade on update cascade", "on update cascade", "on delete set default", "on update set null"})
		refuses := !strings.Contains(action, "on delete ") || strings.Contains(action, "restrict")
		movesKey := strings.Contains(action, "on update")
		if p == t {
			action, refuses, movesKey = pick(g, []string{"on delete set null", "on delete cascade"}), false, false
		}
		if (refuses || !movesKey) && p.cascaded && refuses {
			action, refuses = "on delete cascade", false
		}
		if strings.Contains(action, "cascade") {
			if t.blocked {
				action = "on delete set null"
			} else {
				t.cascaded = true
			}
		}
		var names []string
		for k, c := range p.pk {
			name := fmt.Sprintf("f%d%s", j, []string{"", "b"}[k])
			names = append(names, name)
			col := &column{name: name, typ: c.typ, ref: p}
			def := typeNames[c.typ]
			if c.typ == "int" && g.chance(15) {
				def = "bigint"
				col.typ = "bigint"
			}
			add(col, def)
		}
		// Until a row refers to a key its change is refused where no action says otherwise.
		p.blocked = p.blocked || refuses || !movesKey
		extra := ""
		if len(names) > 1 && g.chance(20) {
			extra = " match full"
		}
		if g.chance(15) && !strings.Contains(action, "restrict") {
			extra += " " + action + " deferrable initially " + pick(g, []string{"deferred", "immediate"})
		} else {
			extra += " " + action
		}
		*constraints = append(*constraints, fmt.Sprintf("foreign key (%s) references %s%s", strings.Join(names, ", "), p.name, extra))
	}
}

// makeDefiners makes functions that look into a table with their owner's rights.
func (g *gen) makeDefiners() {
	for i := range g.IntN(3) {
		t := pick(g, g.rels)
		name := fmt.Sprintf("app.sees%d", i)
		cond := g.cond(scope{{t.alias, t.cols}}, 0, false)
		g.setup("create function %s(who uuid) returns boolean language sql stable security definer as $$ select exists (select 1 from %s where %s.owner = who and %s) $$",
			name, t.name, t.alias, cond)
		// Row security must not apply inside: a policy that calls the function would go round in circles.
		owner := g.byp
		if t.owner != "" && !t.forced && g.chance(40) {
			owner = t.owner
		}
		g.setup("alter function %s(uuid) owner to %s", name, owner)
		g.setup("grant select on %s to %s", t.name, owner)
		g.definers = append(g.definers, name)
	}
}

func (g *gen) makeView(i int) {
	base := pick(g, g.rels)
	for len(base.pk) == 0 {
		base = pick(g, g.rels)
	}
	v := &relation{alias: fmt.Sprintf("v%d", i), view: true}
	v.name = "app." + v.alias
	var with []string
	kind := g.IntN(10)
	// Rights on a grouped view's table are not asked for where the planner finds that nothing need be read.
	if g.version >= 15 && kind < 9 && g.chance(40) {
		with = append(with, "security_invoker = true")
	}
	barrier := len(with) == 0 && !base.view && g.chance(20)
	if barrier {
		with = append(with, "security_barrier = true")
	}
	options := ""
	if len(with) > 0 {
		options = " with (" + strings.Join(with, ", ") + ")"
	}
	var body string
	switch {
	case kind < 7 && base.writable:
		v.writable, v.base, v.pk, v.rls, v.restrictive = true, base.base, base.pk, base.rls, base.restrictive
		v.option = base.option
		var list []string
		for _, c := range base.cols {
			if !contains(base.pk, c) && g.chance(15) {
				continue
			}
			list = append(list, c.name)
			v.cols = append(v.cols, c)
		}
		body = "select " + strings.Join(list, ", ") + " from " + base.name
		if g.chance(60) {
			cond := g.cond(scope{{base.alias, base.cols}}, 0, false)
			body += " where " + cond
			if g.chance(40) {
				v.option = true
				body += pick(g, []string{" with check option", " with local check option"})
			}
		}
	case kind < 9:
		other := pick(g, g.rels)
		sc := scope{{"x", base.cols}, {"y", other.cols}}
		var list []string
		for k := range 2 + g.IntN(3) {
			typ := pick(g, []string{"int", "text", "bool", "uuid"})
			e := g.value(typ, sc, 1)
			if !strings.Contains(e, "x.") && !strings.Contains(e, "y.") || strings.HasPrefix(e, "coalesce") {
				// A constant would be settled while planning.
				typ, e = base.pk[0].typ, "x."+base.pk[0].name
			}
			list = append(list, fmt.Sprintf("%s as k%d", e, k))
			v.cols = append(v.cols, &column{name: fmt.Sprintf("k%d", k), typ: typ})
		}
		body = fmt.Sprintf("select %s from %s x join %s y on %s", strings.Join(list, ", "), base.name, other.name, g.joinCond(sc[0], sc[1]))
	default:
		for base.view {
			base = pick(g, g.rels)
		}
		v.cols = []*column{{name: "owner", typ: "uuid"}, {name: "n", typ: "bigint"}}
		if base.col("owner") == nil {
			body = "select auth.uid() as owner, count(*) as n from " + base.name
		} else {
			body = "select owner, count(*) as n from " + base.name + " group by owner"
		}
	}
	g.setup("create view %s%s as %s", v.name, options, body)
	if g.chance(60) {
		owner := pick(g, g.owners)
		g.setup("alter view %s owner to %s", v.name, owner)
		if kind >= 9 || barrier {
			// Rights on what the planner finds it need not read are not always asked for.
			g.setup("grant select on %s to %s", base.name, owner)
		}
	}
	g.rels = append(g.rels, v)
}

func contains(list []*column, c *column) bool {
	for _, x := range list {
		if x == c {
			return true
		}
	}
	return false
}

func (g *gen) makePolicies() {
	for _, t := range g.rels {
		if t.view || !t.rls && g.chance(80) {
			continue
		}
		n := 1 + g.IntN(4)
		if g.chance(6) {
			n = 0
		}
		for j := range n {
			command := pick(g, []string{"all", "all", "select", "select", "insert", "update", "delete"})
			text := fmt.Sprintf("create policy p%d on %s", j, t.name)
			if !t.restrictive && g.chance(15) {
				t.restrictive = true
				text += " as restrictive"
			} else if g.chance(10) {
				text += " as permissive"
			}
			text += " for " + command
			if g.chance(45) {
				text += " to " + pick(g, append(g.all(), "public"))
			}
			if command != "insert" {
				text += " using (" + g.policyCond(t) + ")"
			}
			if command == "insert" || (command == "all" || command == "update") && g.chance(40) {
				text += " with check (" + g.policyCond(t) + ")"
			}
			g.setup("%s", text)
		}
	}
}

func (g *gen) policyCond(t *relation) string {
	sc := scope{{t.alias, t.cols}}
	switch k := g.IntN(22); {
	case len(g.definers) > 0 && g.chance(12):
		return pick(g, g.definers) + "(" + t.alias + ".owner)"
	case k < 3:
		return "true"
	case k < 8:
		return "owner = auth.uid()"
	case k < 9:
		return "(select auth.uid()) = owner"
	case k < 11:
		return "owner::text = current_setting('request.jwt.claims', true)::json ->> 'sub'"
	case k < 12:
		return "owner is null or auth.role() = 'admin'"
	case k < 16:
		return "current_user = '" + pick(g, g.roles) + "'"
	case k < 17:
		var o *relation
		if g.chance(85) && t != g.rels[0] {
			// Earlier tables alone: no circle.
			for o = pick(g, g.rels); o.view || o.alias >= t.alias; o = pick(g, g.rels) {
			}
		} else if g.chance(30) {
			o = pick(g, g.rels)
		}
		if o == nil {
			return g.cond(sc, 1, false)
		}
		osc := scopeRel{"o", o.cols}
		if g.chance(50) {
			return fmt.Sprintf("exists (select 1 from %s o where %s)", o.name, g.joinCond(sc[0], osc))
		}
		a, b := g.pair(sc[0], osc)
		if a == "" {
			return fmt.Sprintf("exists (select 1 from %s o where o.%s is not null)", o.name, o.cols[0].name)
		}
		return fmt.Sprintf("%s in (select %s from %s o where %s)", a, b, o.name, g.cond(scope{osc}, 0, false))
	case k < 18:
		return "app.num() > 1"
	}
	return g.cond(sc, 1, false)
}

func (g *gen) makeGrants() {
	for _, r := range g.rels {
		for _, role := range append(g.all(), "public") {
			switch k := g.IntN(20); {
			case role == "public" && k > 4:
			case k < 12:
				g.setup("grant select, insert, update, delete on %s to %s", r.name, role)
			case k < 14:
				g.setup("grant select on %s to %s", r.name, role)
			case k < 15:
				g.setup("grant insert, update on %s to %s", r.name, role)
			case k < 16:
				g.setup("grant select, %s on %s to %s", pick(g, []string{"insert", "update", "delete"}), r.name, role)
			case k < 18:
				g.setup("grant %s (%s) on %s to %s", "select", g.someColumns(r), r.name, role)
				g.setup("grant %s (%s) on %s to %s", pick(g, []string{"insert", "update"}), g.someColumns(r), r.name, role)
			case k < 19:
				g.setup("grant select on %s to %s", r.name, role)
				g.setup("grant insert (%s), update (%s) on %s to %s", g.someColumns(r), g.someColumns(r), r.name, role)
			}
		}
	}
	g.setup("grant usage on all sequences in schema app to public")
	g.setup("grant usage on all sequences in schema priv to public")
}

func (g *gen) someColumns(r *relation) string {
	var list []string
	for _, c := range r.cols {
		if g.chance(75) {
			list = append(list, c.name)
		}
	}
	if len(list) == 0 {
		list = append(list, r.cols[0].name)
	}
	return strings.Join(list, ", ")
}
