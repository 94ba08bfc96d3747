package cases

import (
	"encoding/json"
	"fmt"
	"math/rand/v2"
	"net/http"
	"slices"
	"strings"
)

// A kind is a group of columns that take the same values and operators.
type kind string

// column is a column of a resource; kinds that end in ! are NOT NULL.
type column struct {
	name string
	kind kind
}

// embed is a relationship as select writes it, what it leads to and whether that is a list.
type embed struct {
	written, target string
	many            bool
}

func (e embed) label() string {
	if alias, _, ok := strings.Cut(e.written, ":"); ok {
		return alias
	}
	name, _, _ := strings.Cut(e.written, "!")
	return name
}

type resource struct {
	columns []column
	key     []string // orders the rows
	embeds  []embed
	// computed are functions over the row, read as columns.
	computed []column
	readonly bool
	// conflicts are column lists for on_conflict.
	conflicts []string
}

type parameterOf struct {
	name string
	kind kind
	need bool
}

type routine struct {
	name   string
	params []parameterOf
	// rows is the resource its rows are of, "" for another result.
	rows string
	// raw takes the body as a whole, of these content types.
	raw []string
	// writes needs POST.
	writes bool
}

// world is what a generator makes requests for.
type world struct {
	resources map[string]resource
	names     []string
	routines  []routine
	// roles are the headers As and Claims to choose from.
	roles [][2]string
	// profiles are schemas other than the first, each with its resources.
	profiles map[string][]string
	// hidden are columns the role may not read; they are named more often than they would be.
	hidden map[string][]string
}

func cols(list ...string) []column {
	var out []column
	for _, group := range list {
		name, k, _ := strings.Cut(group, ":")
		out = append(out, column{name, kind(k)})
	}
	return out
}

// generator makes requests that are mostly sensible and sometimes not.
type generator struct {
	*rand.Rand
	w *world
}

func (g generator) of(list ...string) string { return list[g.IntN(len(list))] }

func (g generator) chance(percent int) bool { return g.IntN(100) < percent }

// asked is one request.
type asked struct {
	method, path string
	query        [][2]string
	header       http.Header
	body         string
	// planned says that the answer has a number or a text of the planner's.
	planned, plan bool
}

func (a *asked) add(name, value string) { a.query = append(a.query, [2]string{name, value}) }

func (a *asked) has(name string) bool {
	return slices.ContainsFunc(a.query, func(q [2]string) bool { return q[0] == name })
}

func (a *asked) prefer(p string) { a.header.Add("Prefer", p) }

func (a *asked) target() string {
	var b strings.Builder
	b.WriteString(a.path)
	for i, q := range a.query {
		b.WriteByte("?&"[min(i, 1)])
		b.WriteString(escapeQuery(q[0]) + "=" + escapeQuery(q[1]))
	}
	return b.String()
}

func escapeQuery(s string) string {
	var b strings.Builder
	for i := range len(s) {
		if c := s[i]; c <= ' ' || c >= 127 || strings.IndexByte(`"<>\^`+"`"+`{|}%&+#=?`, c) >= 0 {
			fmt.Fprintf(&b, "%%%02X", c)
		} else {
			b.WriteByte(c)
		}
	}
	return b.String()
}

func (a *asked) String() string {
	var q []string
	for _, one := range a.query {
		q = append(q, one[0]+"="+one[1])
	}
	return fmt.Sprintf("%s %s?%s\n%v %s", a.method, a.path, strings.Join(q, "&"), a.header, a.body)
}

// values that fit the kinds. Texts that end the pool are edges.
var fitting = map[kind][]string{
	"int":     {"1", "2", "3", "4", "10", "11", "0", "-3", " 5 ", "2147483647", "+7"},
	"big":     {"1", "2", "3", "0", "-9", "9007199254740993", "9223372036854775807"},
	"num":     {"0", "12.5", "-3", "1e3", "99999.999", "0.1", "NaN", ".5", "12.50"},
	"float":   {"0", "0.1", "-0.5", "1e20", "NaN", "Infinity", "-Infinity", "1e-7"},
	"text":    {"Ann", "ann", "red", "first", "gold", "", `Cleo "C"`, "Dé, the 4th", "tin", "BEN", "a%b", `back\slash`, "(x)", "null", "a b"},
	"char":    {"ab", "ab  ", "abc", "x", ""},
	"bool":    {"true", "false", "t", "no", "1", "OFF"},
	"date":    {"2020-02-29", "2024-01-01", "1999-12-31", "infinity", "20240101", "0044-03-15 BC"},
	"time":    {"10:00", "23:59:59.5", "00:00:00", "24:00"},
	"stamp":   {"2024-05-05T08:00:00.5", "2023-01-01", "2024-12-31 23:59:59", "-infinity"},
	"moment":  {"2024-05-05T08:00:00.5Z", "2023-01-01", "2024-12-31 23:59:59+00", "-infinity", "2024-05-05 10:00:00.5+02"},
	"span":    {"1 day", "02:00", "1 mon 2 days", "P1Y2M", "-3 hours"},
	"texts":   {"{a,b}", "{}", "{b}", `{"x,y"}`, `{b,"c d"}`, "{{a},{b}}", "{NULL}"},
	"ints":    {"{1,2}", "{}", "{3}", "{1,NULL}"},
	"doc":     {"{}", "[]", `{"k": 1}`, "null", `{"s": "str"}`, `[1, "two"]`, `"str"`, "1.50"},
	"range":   {"[1,5)", "empty", "(,3]", "[4,4]", "(1,9)"},
	"days":    {"[2024-01-01,2024-02-01)", "empty", "[2020-01-01,)"},
	"mood":    {"calm", "happy", "wild"},
	"uuid":    {"6f9619ff-8b86-d011-b42d-00c04fc964ff", "00000000-0000-0000-0000-000000000000", "6F9619FF8B86D011B42D00C04FC964FF"},
	"net":     {"10.0.0.1", "10.0.0.0/8", "::1", "192.168.1.7/24"},
	"bytes":   {`\x00ff`, `\x`, "abc"},
	"words":   {"'cat' 'dog':2", "fox", "'a':1A"},
	"pair":    {"(1,x)", "(,)", `(2,"y z")`},
	"email":   {"a@b.c", "x@y.z"},
	"code":    {"P0001", "23505", "PT418", "42501", "PGRST", "22012", "40001", "P0002", "XX000", "nope"},
	"word":    {"One", "two", "Cache"},
	"setting": {"request.method", "request.path", "request.jwt.claims", "role", "search_path", "request.cookies", "no.such", "timezone", "transaction_isolation", "transaction_read_only"},
}

func wild() []string {
	return []string{"1", "2", "4", "0", "-3", "12.5", "Ann", "%n%", "*e*", "true", "2024-01-01", "2024-05-05T10:00:00Z", "happy", "null", "NaN",
		"6f9619ff-8b86-d011-b42d-00c04fc964ff", "{a,b}", "{}", `{"k": 1}`, "[1,2]", "", "x,y", `Cleo "C"`, "99999999999", "1e3", "é", "🙂", "\t", "'", "a\x00b", "--", "$1"}
}

func (g generator) value(k kind) string {
	if g.chance(5) {
		return g.of(wild()...)
	}
	list, ok := fitting[kind(strings.TrimSuffix(string(k), "!"))]
	if !ok {
		list = fitting["int"]
	}
	return list[g.IntN(len(list))]
}

// column chooses a column or a path into one, and the kind of what stands there.
func (g generator) column(name string) (string, kind) {
	r := g.w.resources[name]
	switch {
	case g.chance(1):
		return g.of("nope", "count", "idd", "é", "id ", "*", "id.x", `"id"`), "int"
	case len(g.w.hidden[name]) > 0 && g.chance(12):
		return g.of(g.w.hidden[name]...), "text"
	case len(r.computed) > 0 && g.chance(8):
		c := r.computed[g.IntN(len(r.computed))]
		return c.name, c.kind
	}
	c := r.columns[g.IntN(len(r.columns))]
	k := kind(strings.TrimSuffix(string(c.kind), "!"))
	switch {
	case k == "doc" && g.chance(60):
		p := g.of("->k", "->>k", "->deep->x->1", "->deep->x->>1", "->s", "->>s", "->0", "->deep->>nope", "->deep->x->-1", "->>0", `->>"a b"`, "->deep->x")
		if strings.Contains(p, "->>") {
			return c.name + p, "text"
		}
		return c.name + p, "doc"
	case (k == "texts" || k == "ints") && g.chance(15):
		return c.name + g.of("->0", "->>0", "->-1"), "text"
	case k == "pair" && g.chance(40):
		return c.name + g.of("->a", "->>b", "->c"), "text"
	}
	return c.name, k
}

func quoteItem(s string) string {
	if strings.ContainsAny(s, `,(){}"\ :.`) || s == "" {
		return `"` + strings.ReplaceAll(strings.ReplaceAll(s, `\`, `\\`), `"`, `\"`) + `"`
	}
	return s
}

func (g generator) operation(k kind) string {
	not := ""
	if g.chance(15) {
		not = "not."
	}
	value := func() string { return g.value(k) }
	items := func() string {
		var list []string
		for range g.IntN(4) {
			list = append(list, quoteItem(value()))
		}
		return strings.Join(list, ",")
	}
	switch n := g.IntN(16); {
	case n < 4:
		return not + g.of("eq", "neq", "gt", "gte", "lt", "lte") + "." + value()
	case n == 4:
		return not + "is." + g.of("null", "not_null", "null", "NULL", "Not_Null")
	case n == 5 && k == "bool":
		return not + "is." + g.of("true", "false", "unknown", "TRUE")
	case n == 6:
		return not + "in.(" + items() + ")"
	case n <= 8 && k == "text":
		return not + g.of("like", "ilike") + g.of("", "", "(any)", "(all)") + "." + g.of("*n*", "A*", "%e", "_en", "D*", `a\*`, "*É*", "{A*,*n}", `{"*n","B*"}`)
	case n == 9 && k == "text":
		return not + g.of("match", "imatch") + g.of("", "", "(any)", "(all)") + "." + g.of("^A", "n+", "[aeiou]", "e$", "a|n", "^.{3}$", "(a", "{^A,n$}", `\mA`, "A(?=n)")
	case n == 10 && k == "text" || n <= 12 && n >= 10 && k == "words":
		return not + g.of("fts", "plfts", "phfts", "wfts") + g.of("", "(english)", "(simple)", "(nope)") + "." + g.of("cat", "cat & dog", "the fat cat", "ann | ben", "'", "!cat", "")
	case n <= 12 && n >= 9 && (k == "texts" || k == "ints" || k == "doc"):
		return not + g.of("cs", "cd", "ov") + "." + value()
	case n <= 12 && n >= 8 && (k == "range" || k == "days"):
		return not + g.of("cs", "cd", "ov", "sl", "sr", "nxr", "nxl", "adj") + "." + value()
	case n == 13:
		return not + "isdistinct." + value()
	case n == 14:
		return not + g.of("eq", "gt", "gte", "lt", "lte", "neq") + g.of("(any)", "(all)") + ".{" + items() + "}"
	case g.chance(8):
		return g.of("eqq.1", "is.maybe", "in.1", "gt", "", "cs.1", "like.1", "sl.[1,2]", "not.not.eq.1", "is.", "in.()", `in.("a`, "eq(any).1", "fts.", "like(all).x", "ov.1", "not.")
	}
	return "eq." + value()
}

// inside writes an operation so that it may stand in a logic tree.
func (g generator) inside(op string) string {
	name, value, ok := strings.Cut(op, ".")
	if !ok || name == "in" || g.chance(3) {
		return op
	}
	if name == "not" {
		return "not." + g.inside(value)
	}
	if !strings.ContainsAny(value, ",()") || strings.HasPrefix(value, "{") && !strings.ContainsAny(value, "()") {
		return op
	}
	return name + `."` + strings.ReplaceAll(strings.ReplaceAll(value, `\`, `\\`), `"`, `\"`) + `"`
}

func (g generator) logic(name string, labels []string, depth int) string {
	var items []string
	for range 1 + g.IntN(3) {
		switch {
		case depth > 0 && g.chance(30):
			items = append(items, g.of("and", "or", "not.and", "not.or")+g.logic(name, labels, depth-1))
		case len(labels) > 0 && g.chance(30):
			items = append(items, g.of(labels...)+"."+g.of("is.null", "not.is.null", "is.null", "eq.1"))
		default:
			c, k := g.column(name)
			items = append(items, c+"."+g.inside(g.operation(k)))
		}
	}
	return "(" + strings.Join(items, ",") + ")"
}

func (g generator) order(name string, toOne []embed) string {
	var terms []string
	direction := func() string {
		return g.of("", "", ".asc", ".desc", ".desc.nullslast", ".asc.nullsfirst", ".nullsfirst", ".nullslast")
	}
	for range g.IntN(3) {
		if len(toOne) > 0 && g.chance(40) {
			e := toOne[g.IntN(len(toOne))]
			c, _ := g.column(e.target)
			terms = append(terms, e.label()+"("+c+")"+direction())
			continue
		}
		c, _ := g.column(name)
		terms = append(terms, c+direction())
	}
	for _, k := range g.w.resources[name].key {
		terms = append(terms, k+g.of("", "", ".desc"))
	}
	return strings.Join(terms, ",")
}

// fields writes a select list and adds to the request what belongs to its embeds: orders, so that answers have one order,
// filters, limits.
func (g generator) fields(name, path string, depth int, a *asked) (list string, toOne []embed, labels []string) {
	r := g.w.resources[name]
	var items []string
	switch n := g.IntN(10); {
	case n < 4 && (len(g.w.hidden[name]) == 0 || g.chance(10)):
		items = append(items, "*")
	case n == 4 && g.chance(50):
		return g.aggregates(name, path, a), nil, nil
	default:
		for range 1 + g.IntN(4) {
			c, k := g.column(name)
			switch n := g.IntN(12); {
			case n == 0:
				c = g.of("a1", "a2", "select", "ä") + ":" + c
			case n == 1:
				c += g.of("::text", "::varchar", "::text", "::json")
			case n == 2 && (k == "int" || k == "num"):
				c += g.of("::numeric", "::float8", "::text", "::bigint")
			case n == 3 && g.chance(10):
				c += g.of("::nope", "::", "::int", "::date", "::text[]", "::numeric(8,1)")
			}
			items = append(items, c)
		}
	}
	used := map[string]bool{}
	for _, e := range r.embeds {
		if depth == 0 || !g.chance(110/(len(r.embeds)+2)) {
			continue
		}
		written, label := e.written, e.label()
		if !strings.Contains(written, ":") && g.chance(15) {
			label = g.of("x1", "x2", "x3")
			written = label + ":" + written
		}
		if used[label] {
			continue
		}
		used[label] = true
		at := path + label + "."
		prefix := ""
		if g.chance(15) {
			prefix = "..."
		}
		suffix := g.of("", "", "", "", "!inner", "!left")
		inner, ones, inside := "", []embed(nil), []string(nil)
		if !g.chance(8) {
			inner, ones, inside = g.fields(e.target, at, depth-1, a)
		}
		if i := strings.Index(written, ":"); prefix != "" && i >= 0 && g.chance(50) {
			written = written[i+1:]
			label = embed{written: written}.label()
			at = path + label + "."
			prefix = "..."
		}
		items = append(items, prefix+written+suffix+"("+inner+")")
		if e.many {
			if !a.has(at + "order") {
				a.add(at+"order", g.order(e.target, ones))
			}
			if g.chance(20) {
				a.add(at+"limit", g.of("1", "2", "0"))
			}
			if g.chance(8) {
				a.add(at+"offset", g.of("1", "0"))
			}
		} else {
			toOne = append(toOne, embed{written: label, target: e.target})
		}
		labels = append(labels, label)
		if g.chance(20) {
			c, k := g.column(e.target)
			a.add(at+c, g.operation(k))
		}
		if g.chance(8) {
			a.add(at+g.of("and", "or", "not.or"), g.logic(e.target, inside, 1))
		}
		if g.chance(10) {
			a.add(path+label, g.of("is.null", "not.is.null", "not.is.null", "is.not_null", "eq.1"))
		}
	}
	return strings.Join(items, ","), toOne, labels
}

// aggregates writes a list of aggregates, at most one column beside them, which then orders the groups.
func (g generator) aggregates(name, path string, a *asked) string {
	var items []string
	if g.chance(50) {
		c, k := g.column(name)
		if k != "doc" && k != "pair" {
			items = append(items, c)
			if !a.has(path + "order") {
				a.add(path+"order", c+g.of("", ".desc"))
			}
		}
	}
	for range 1 + g.IntN(2) {
		c, k := g.column(name)
		if k == "float" {
			continue
		}
		item := c + g.of(".count()", ".min()", ".max()")
		if k == "int" || k == "num" || k == "big" || g.chance(5) {
			item = c + g.of(".sum()", ".avg()", ".min()", ".max()", ".count()")
		}
		switch g.IntN(8) {
		case 0:
			item = g.of("n", "m") + ":" + item
		case 1:
			item += g.of("::text", "::text", "::json")
		case 2:
			item = strings.Replace(item, ".", g.of("::text.", "::numeric."), 1)
		}
		items = append(items, item)
	}
	if g.chance(40) || len(items) == 0 {
		items = append(items, g.of("count()", "n:count()", "count()::text"))
	}
	return strings.Join(items, ",")
}

func (g generator) jsonValue(k kind) string {
	required := strings.HasSuffix(string(k), "!")
	k = kind(strings.TrimSuffix(string(k), "!"))
	if g.chance(4) {
		return g.of("null", "true", `"x"`, "1.5", `{"k": [1]}`, `["a"]`, `"2024-02-30"`, "99999999999", `""`, `"a much longer text"`, `"\u0000"`, "1e400", `"\ud83d\ude42"`)
	}
	if !required && g.chance(12) {
		return "null"
	}
	v := g.value(k)
	switch k {
	case "doc":
		if json.Valid([]byte(v)) {
			return v
		}
	case "texts":
		return g.of(`["a", "b"]`, "[]", `["x,y", null]`, `"{c}"`, `[["a"], ["b"]]`)
	case "ints":
		return g.of("[1, 2]", "[]", `[null]`, `"{3}"`)
	case "int", "big", "num":
		if json.Valid([]byte(v)) && g.chance(80) {
			return v
		}
	case "bool":
		return g.of("true", "false", `"t"`)
	case "pair":
		return g.of(`{"a": 1, "b": "x"}`, `"(1,x)"`, `{"a": null}`, `{"b": "y", "c": 1}`)
	}
	b, err := json.Marshal(v)
	if err != nil {
		return "null"
	}
	return string(b)
}

// written chooses columns to write.
func (g generator) written(name string) []column {
	r := g.w.resources[name]
	var out []column
	for _, c := range r.columns {
		switch {
		case strings.HasSuffix(string(c.kind), "!") && g.chance(90), slices.Contains(r.key, c.name) && g.chance(80), g.chance(25):
			out = append(out, c)
		}
	}
	if g.chance(2) {
		out = append(out, column{g.of("nope", "Id", "é"), "int"})
	}
	g.Shuffle(len(out), func(i, j int) { out[i], out[j] = out[j], out[i] })
	return out
}

func (g generator) object(list []column) string {
	var parts []string
	for _, c := range list {
		parts = append(parts, fmt.Sprintf("%q: %s", c.name, g.jsonValue(c.kind)))
	}
	return "{" + strings.Join(parts, ", ") + "}"
}

// payload makes the rows to write, as JSON, CSV or a form.
func (g generator) payload(name string, a *asked, many bool) {
	list := g.written(name)
	if g.chance(15) {
		var names []string
		for _, c := range list {
			if g.chance(80) {
				names = append(names, g.of(c.name, `"`+c.name+`"`))
			}
		}
		if g.chance(10) {
			names = append(names, "nope")
		}
		a.add("columns", strings.Join(names, ","))
	}
	a.header.Set("Content-Type", "application/json")
	switch {
	case many && g.chance(10):
		a.header.Set("Content-Type", "text/csv")
		var rows []string
		var head []string
		for _, c := range list {
			head = append(head, c.name)
		}
		rows = append(rows, strings.Join(head, ","))
		for range g.IntN(3) {
			var row []string
			for _, c := range list {
				v := g.value(c.kind)
				if g.chance(10) {
					v = "NULL"
				}
				if strings.ContainsAny(v, ",\"\n") || g.chance(10) {
					v = `"` + strings.ReplaceAll(v, `"`, `""`) + `"`
				}
				row = append(row, v)
			}
			if g.chance(4) {
				row = append(row, "1")
			}
			rows = append(rows, strings.Join(row, ","))
		}
		a.body = strings.Join(rows, g.of("\n", "\n", "\r\n")) + g.of("", "\n")
	case g.chance(8):
		a.header.Set("Content-Type", "application/x-www-form-urlencoded")
		var parts []string
		for _, c := range list {
			parts = append(parts, escapeQuery(c.name)+"="+escapeQuery(g.value(c.kind)))
		}
		a.body = strings.Join(parts, "&")
	case many && g.chance(40):
		var rows []string
		for range g.IntN(4) {
			if g.chance(6) {
				list = g.written(name)
			}
			rows = append(rows, g.object(list))
		}
		a.body = "[" + strings.Join(rows, ", ") + "]"
	default:
		a.body = g.object(list)
	}
	if g.chance(2) {
		a.header.Set("Content-Type", g.of("text/plain", "application/octet-stream", "application/xml", "application/vnd.pgrst.object+json", "application/json; charset=utf-8", ""))
	}
}

// filters adds what chooses rows.
func (g generator) filters(name string, labels []string, a *asked) {
	for range g.IntN(3) {
		c, k := g.column(name)
		a.add(c, g.operation(k))
	}
	if g.chance(20) {
		a.add(g.of("and", "or", "not.and", "not.or"), g.logic(name, labels, 2))
	}
}

// media chooses what the answer is to be.
func (g generator) media(a *asked) {
	if !g.chance(25) {
		return
	}
	v := g.of("text/csv", "application/vnd.pgrst.object+json", "application/vnd.pgrst.array+json;nulls=stripped", "text/html", "application/vnd.pgrst.object+json;nulls=stripped",
		"application/json, text/csv;q=0.5", "*/*", "application/octet-stream", "text/plain", "application/geo+json", "text/*", "", ";", "application/vnd.pgrst.plan+json", "application/vnd.pgrst.plan",
		`application/vnd.pgrst.plan+text; for="text/csv"`, "text/xml")
	a.header.Set("Accept", v)
	a.plan = strings.Contains(v, "plan")
}

// window adds limits, ranges and counts.
func (g generator) window(a *asked) {
	if g.chance(30) {
		a.add("limit", g.of("1", "2", "3", "0", "-1", "x", "100"))
	}
	if g.chance(15) {
		a.add("offset", g.of("0", "1", "2", "50", "-1"))
	}
	if g.chance(10) {
		a.header.Set("Range", g.of("0-1", "1-", "2-1", "0-0", "5-9", "-3", "x", "0-0,1-1", "items=0-1"))
		if g.chance(50) {
			a.header.Set("Range-Unit", g.of("items", "bytes"))
		}
	}
	if g.chance(25) {
		a.prefer(g.of("count=exact", "count=exact", "count=planned", "count=estimated"))
		a.planned = strings.Contains(strings.Join(a.header["Prefer"], ","), "ed")
	}
}

// preferences adds the ones any request may have.
func (g generator) preferences(a *asked) {
	if g.chance(8) {
		a.prefer(g.of("handling=strict", "handling=lenient", "tx=commit, tx=rollback", "tx=rollback", "foo=bar", "handling=strict, foo=bar", "handling=strict,max-affected=1", "max-affected=x",
			"timezone=Asia/Tokyo", "timezone=Nowhere", "handling=strict, timezone=Nowhere", "missing=default", "return=minimal", "respond-async", "return", "count=", "explain-denial", "timezone=+02"))
	}
	if strings.Contains(strings.Join(a.header["Prefer"], ","), "tx=commit") {
		a.header.Del("Prefer")
	}
	if g.chance(6) && len(g.w.profiles) > 0 {
		a.header.Set(g.of("Accept-Profile", "Content-Profile"), g.of("public", "other", "nowhere"))
	}
	if g.chance(3) && g.w.hidden == nil {
		a.header.Set("Apikey", "operator")
		a.prefer("explain-denial")
	}
}
