package cases

import (
	"encoding/json"
	"fmt"
	"net/http"
	"strings"
)

// request makes one.
func (g generator) request() *asked {
	a := &asked{method: "GET", header: http.Header{}}
	name := g.w.names[g.IntN(len(g.w.names))]
	a.path = "/" + name
	if len(g.w.roles) > 0 {
		role := g.w.roles[g.IntN(len(g.w.roles))]
		if role[0] != "" {
			a.header.Set("As", role[0])
		}
		if role[1] != "" {
			a.header.Set("Claims", role[1])
		}
	}
	profile := ""
	for p, names := range g.w.profiles {
		if strings.HasPrefix(name, p+".") || len(names) == 0 {
			profile = p
		}
	}
	if profile != "" {
		a.path = "/" + strings.TrimPrefix(name, profile+".")
	}
	switch n := g.IntN(100); {
	case n < 25 && !g.w.resources[name].readonly, n < 4:
		g.write(name, a)
	case n < 40 && len(g.w.routines) > 0:
		g.call(a)
	case n < 43:
		g.batch(a)
		return a
	case n < 46:
		g.nested(name, a)
	case n < 52:
		g.keyset(name, a)
	case n < 54:
		g.other(a)
	default:
		g.read(name, a)
	}
	if profile != "" {
		h := "Content-Profile"
		if a.method == "GET" || a.method == "HEAD" {
			h = "Accept-Profile"
		}
		a.header.Set(h, profile)
	}
	g.preferences(a)
	if g.chance(4) {
		g.damage(a)
	}
	return a
}

func (g generator) read(name string, a *asked) {
	if g.chance(10) {
		a.method = "HEAD"
	}
	var labels []string
	var toOne []embed
	if g.chance(88) || g.w.hidden != nil {
		var list string
		list, toOne, labels = g.fields(name, "", 2, a)
		a.add("select", list)
	}
	g.filters(name, labels, a)
	if !a.has("order") {
		a.add("order", g.order(name, toOne))
	}
	g.window(a)
	g.media(a)
}

func (g generator) write(name string, a *asked) {
	a.method = g.of("POST", "POST", "POST", "PATCH", "PATCH", "DELETE", "PUT")
	r := g.w.resources[name]
	var labels []string
	if g.chance(60) || g.w.hidden != nil {
		var list string
		list, _, labels = g.fields(name, "", 1, a)
		a.add("select", list)
	}
	if !a.has("order") {
		a.add("order", strings.Join(r.key, ","))
	}
	switch a.method {
	case "POST":
		g.payload(name, a, true)
		if g.chance(35) {
			a.prefer(g.of("resolution=merge-duplicates", "resolution=ignore-duplicates"))
			if len(r.conflicts) > 0 && g.chance(60) {
				a.add("on_conflict", g.of(r.conflicts...))
			}
		}
	case "PUT":
		g.payload(name, a, false)
		for _, k := range r.key {
			v := g.of("1", "2", "4", "10", "50", "99")
			a.add(k, "eq."+v)
			if a.header.Get("Content-Type") == "application/json" && g.chance(80) {
				var row map[string]json.RawMessage
				if json.Unmarshal([]byte(a.body), &row) == nil && row != nil {
					row[k] = json.RawMessage(v)
					if b, err := json.Marshal(row); err == nil {
						a.body = string(b)
					}
				}
			}
		}
	case "PATCH":
		g.filters(name, labels, a)
		g.payload(name, a, false)
	default:
		g.filters(name, labels, a)
	}
	a.prefer(g.of("return=representation", "return=representation", "return=minimal", "return=headers-only, count=exact", "return=representation, count=exact", "missing=default, return=representation",
		"return=headers-only", "missing=null"))
	if g.chance(10) {
		a.prefer(g.of("handling=strict, max-affected=1", "max-affected=1", "handling=strict, max-affected=0"))
	}
	g.media(a)
	if g.chance(5) {
		a.add(g.of("limit", "offset"), "1")
	}
}

func (g generator) call(a *asked) {
	f := g.w.routines[g.IntN(len(g.w.routines))]
	a.path = "/rpc/" + f.name
	a.header.Del("Accept-Profile")
	a.method = g.of("GET", "GET", "POST", "POST", "HEAD")
	if f.writes && g.chance(90) {
		a.method = "POST"
	}
	if g.chance(3) {
		a.method = g.of("PUT", "PATCH", "DELETE", "OPTIONS")
	}
	var given []parameterOf
	for _, p := range f.params {
		if g.chance(95) && p.need || !p.need && g.chance(50) {
			given = append(given, p)
		}
	}
	if g.chance(2) {
		given = append(given, parameterOf{"extra", "int", true})
	}
	switch {
	case len(f.raw) > 0 && a.method == "POST":
		a.header.Set("Content-Type", g.of(f.raw...))
		a.body = g.of(`{"a": 1}`, `[1, 2]`, "text", `"x"`, "<a>1</a>", "", "\x00\x01", "é")
	case a.method == "POST" && g.chance(75):
		a.header.Set("Content-Type", "application/json")
		var parts []string
		for _, p := range given {
			parts = append(parts, fmt.Sprintf("%q: %s", p.name, g.jsonValue(p.kind+"!")))
		}
		a.body = "{" + strings.Join(parts, ", ") + "}"
		if g.chance(4) {
			a.body = "[" + a.body + ", " + a.body + "]"
		}
		if g.chance(4) {
			a.add("columns", "x,y")
		}
	case a.method == "POST":
		a.header.Set("Content-Type", "application/x-www-form-urlencoded")
		var parts []string
		for _, p := range given {
			parts = append(parts, p.name+"="+escapeQuery(g.value(p.kind)))
		}
		a.body = strings.Join(parts, "&")
	default:
		for _, p := range given {
			a.add(p.name, g.value(p.kind))
			if p.kind == "variadic" {
				a.add(p.name, g.value(p.kind))
			}
		}
	}
	if f.rows != "" {
		if g.chance(60) {
			list, toOne, labels := g.fields(f.rows, "", 1, a)
			a.add("select", list)
			g.filters(f.rows, labels, a)
			if !a.has("order") {
				a.add("order", g.order(f.rows, toOne))
			}
		} else {
			a.add("order", strings.Join(g.w.resources[f.rows].key, ","))
		}
		g.window(a)
		if g.chance(8) {
			a.prefer("handling=strict, max-affected=2")
		}
	} else if g.chance(5) {
		a.add("select", g.of("*", "a", "x,y", "count()"))
	}
	g.media(a)
}

// batch makes several requests that run as one; later ones name what earlier ones answered.
func (g generator) batch(a *asked) {
	a.method, a.path = "POST", "/batch"
	a.query = nil
	a.prefer(g.of("batch=atomic", "batch=atomic", "batch=atomic, tx=rollback"))
	a.header.Set("Content-Type", "application/json")
	var list []map[string]any
	for i := range 1 + g.IntN(4) {
		inner := &asked{method: "GET", header: http.Header{}}
		name := g.w.names[g.IntN(len(g.w.names))]
		inner.path = "/" + name
		switch g.IntN(5) {
		case 0, 1:
			g.write(name, inner)
		case 2:
			if len(g.w.routines) > 0 {
				g.call(inner)
			}
		default:
			g.read(name, inner)
		}
		if inner.planned || inner.plan {
			inner.header = http.Header{}
		}
		if i > 0 && g.chance(30) {
			inner.add("limit", fmt.Sprintf("${%d#/0/%s}", g.IntN(i), g.of("id", "0", "name", "count")))
		}
		one := map[string]any{"method": inner.method, "path": inner.target()}
		header := map[string]string{}
		for k := range inner.header {
			header[k] = strings.Join(inner.header[k], ", ")
		}
		if len(header) > 0 {
			one["headers"] = header
		}
		if inner.body != "" {
			if json.Valid([]byte(inner.body)) && inner.header.Get("Content-Type") == "application/json" {
				one["body"] = json.RawMessage(inner.body)
			} else {
				one["body"] = inner.body
			}
		}
		if i > 0 && inner.method == "POST" && g.chance(30) {
			one["body"] = map[string]any{"id": map[string]string{"$ref": fmt.Sprintf("%d#/0/id", g.IntN(i))}, "name": "x", "title": "y"}
		}
		if g.chance(10) {
			one["id"] = g.of("a", "b", "0", "x y")
		}
		if g.chance(3) {
			one[g.of("id", "method", "path", "headers", "nope")] = g.of("", "/x", "GET", "é")
		}
		list = append(list, one)
	}
	b, err := json.Marshal(list)
	if err != nil {
		return
	}
	a.body = string(b)
}

// nested makes a row with its related rows.
func (g generator) nested(name string, a *asked) {
	a.method = "POST"
	a.prefer(g.of("nested=insert, return=representation", "nested=insert", "nested=insert, return=headers-only", "nested=insert, missing=default, return=representation"))
	a.header.Set("Content-Type", "application/json")
	if g.chance(60) {
		list, _, _ := g.fields(name, "", 1, a)
		a.add("select", list)
	}
	a.add("order", strings.Join(g.w.resources[name].key, ","))
	a.body = g.family(name, 2)
	if g.chance(20) {
		a.body = "[" + a.body + ", " + g.family(name, 1) + "]"
	}
}

func (g generator) family(name string, depth int) string {
	text := strings.TrimSuffix(g.object(g.written(name)), "}")
	for _, e := range g.w.resources[name].embeds {
		if depth == 0 || !g.chance(25) {
			continue
		}
		written := e.written
		if _, after, ok := strings.Cut(written, ":"); ok {
			written = after
		}
		inner := g.family(e.target, depth-1)
		if e.many && g.chance(90) {
			inner = "[" + inner + g.of("", "", ", "+g.family(e.target, 0)) + "]"
		}
		if len(text) > 1 {
			text += ", "
		}
		text += fmt.Sprintf("%q: %s", written, inner)
	}
	return text + "}"
}

func (g generator) keyset(name string, a *asked) {
	a.prefer("pagination=keyset")
	if g.chance(60) {
		list, _, _ := g.fields(name, "", 1, a)
		a.add("select", list)
	}
	g.filters(name, nil, a)
	if !a.has("order") && g.chance(80) {
		a.add("order", g.order(name, nil))
	}
	a.add("limit", g.of("1", "2", "3"))
	if g.chance(10) {
		a.prefer("count=exact")
	}
	if g.chance(6) {
		a.add("cursor", g.of("", "x", "eyJvIjpbImlkLmFzYy5udWxsc2xhc3QiXSwidiI6WyIxIl19", "e30", "bnVsbA", "eyJvIjpbImlkLmFzYy5udWxsc2xhc3QiXSwidiI6WyJ4Il19", "eyJvIjpbImlkLmFzYy5udWxsc2xhc3QiXSwidiI6W251bGxdfQ"))
	}
}

// other asks for what is neither rows nor a function.
func (g generator) other(a *asked) {
	a.query = nil
	switch g.IntN(5) {
	case 0:
		a.method = "OPTIONS"
	case 1:
		a.path = g.of("/", "/openapi.json")
		a.method = g.of("GET", "HEAD", "OPTIONS")
	case 2:
		a.path = g.of("/nope", "/people/1", "/rpc", "/rpc/", "/rpc/nope", "//", "/people/", "/%00", "/%ff", "/peopel", "/rpc/twic", "/pg_catalog.pg_class", "/information_schema.tables")
		a.method = g.of("GET", "POST", "OPTIONS", "HEAD")
	case 3:
		a.method = g.of("TRACE", "CONNECT", "LINK", "get")
	default:
		a.path = g.of("/", "/openapi.json")
		a.method = g.of("POST", "DELETE", "PATCH", "PUT")
	}
}

// damage breaks a request somewhere.
func (g generator) damage(a *asked) {
	broken := func(s string) string {
		if s == "" {
			return g.of("(", "\x00", ",", "'")
		}
		i := g.IntN(len(s))
		switch g.IntN(4) {
		case 0:
			return s[:i]
		case 1:
			return s[:i] + s[i+1:]
		case 2:
			return s[:i] + g.of("(", ")", ",", ".", "\"", "'", "\\", ":", "!", "*", "\x00", "\xff", " ", "->", "::", "...", "é", "%", "{", "}", "[", "]", "0", "-") + s[i:]
		}
		return s[i:]
	}
	switch n := g.IntN(4); {
	case n == 0 && a.body != "":
		a.body = broken(a.body)
	case n <= 2 && len(a.query) > 0:
		i := g.IntN(len(a.query))
		at := g.IntN(5) / 4
		a.query[i][1-at] = broken(a.query[i][1-at])
	default:
		for _, h := range []string{"Prefer", "Accept", "Range", "Content-Type", "Accept-Profile"} {
			if v := a.header.Get(h); v != "" {
				a.header.Set(h, strings.NewReplacer("\x00", "", "\xff", "").Replace(broken(v)))
				return
			}
		}
	}
}
