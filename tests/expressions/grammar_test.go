package expressions

import (
	"math/rand/v2"
	"regexp"
	"slices"
	"strings"

	"github.com/basement-project/basement/internal/catalog"
	"github.com/basement-project/basement/internal/engine/sqlite/builtin"
	"github.com/basement-project/basement/internal/sql/types"
)

// rule makes a value of a type from others: a function, an operator or a cast.
type rule struct {
	name   string
	op     bool
	cast   bool
	set    bool
	args   []string
	result string
	small  bool
}

// aside are functions whose results depend on more than their arguments, or that act.
var aside = regexp.MustCompile(`^(pg_.*|has_.*|current_.*|set_config|txid_.*|random|setseed|gen_random_uuid|clock_timestamp|statement_timestamp|transaction_timestamp|now|timeofday|` +
	`generate_series|query_to_.*|table_to_.*|schema_to_.*|database_to_.*|cursor_to_.*|lo_.*|loread|lowrite|inet_(client|server)_.*|to_reg.*|currval|nextval|setval|lastval|version|session_user|` +
	`binary_upgrade.*|brin_.*|gin_.*|fmgr_.*|ts_(stat|debug|parse|token_type|lexize|headline|rewrite|rank_cd|delete|filter)|querytree|.*tsvector.*|numnode|col_description|obj_description|shobj_description|row_security_active|.*_accum(_inv)?|.*_transfn|` +
	`getdatabaseencoding|getpgusername|makeaclitem|acl.*|plpgsql_.*|postgresql_fdw.*|amvalidate|unique_key_recheck|currtid2|satisfies_hash_partition|mxid_age|format_type|.*typmodin|.*_validator|to_ascii|` +
	`int[248]+_(sum|avg).*|int8_(avg|sum)|float8_(avg|corr|covar|regr|stddev|var).*|interval_avg|.*statefunc|record_.*|.*record.*|bt.*image.*|(numeric|interval|inet|cidr|bit|varbit|array|record|range|multirange|enum|point|box|path|poly|circle|line|lseg|tsvector|tsquery|macaddr8?|timetz|pg_lsn|xid8?|cid|tid|reg.*|void|pg_.*|jsonpath_|.*compatible.*|any.*|unknown|oidvector|int2vector|txid.*|cstring|char|bytea)_?send|.*_hash.*_?extended|hash_.*|hashenum.*|(time|timetz|timestamp|interval|jsonb|date|tid|aclitem|pg_lsn)_hash.*|spg.*|.*out|.*_out|in_range|tsquery_.*|xmlvalidate|regclass|char|setweight)$`)

// coercion are the functions of length coercion.
var coercion = regexp.MustCompile(`^(numeric|time|timetz|timestamp|timestamptz|interval|bpchar|varchar|bit|varbit)$`)

// sized are functions that make as much as a number says.
var sized = regexp.MustCompile(`^(repeat|lpad|rpad|array_fill|factorial|numeric_fac|pow|power|numeric_power|dpow|exp|numeric_exp|path|polygon|bit|varbit|bpchar|varchar|make_interval)$`)

// grammar is what generates: the rules by their result's type, and all of them.
type grammar struct {
	by  map[string][]*rule
	all []*rule
}

func typeName(oid types.OID) string {
	t := types.ByOID(oid)
	if t == nil {
		return ""
	}
	return t.Name
}

var elements = []string{"int4", "text", "numeric", "bool", "date", "timestamptz", "jsonb", "float8", "uuid", "interval", "mood", "inet", "int8"}
var rangeOf = map[string]string{"int4": "int4", "int8": "int8", "numeric": "num", "date": "date", "timestamp": "ts", "timestamptz": "tstz"}

// bind gives a signature's polymorphic types a meaning; false when the signature has types without values.
func bind(r *rand.Rand, args []string, result string) ([]string, string, bool) {
	args = slices.Clone(args)
	all := strings.Join(append(slices.Clone(args), result), " ")
	elem := elements[r.IntN(len(elements))]
	switch {
	case strings.Contains(all, "range"):
		elem = []string{"int4", "int8", "numeric", "date", "timestamp", "timestamptz"}[r.IntN(6)]
	case strings.Contains(all, "anyenum"):
		elem = "mood"
	}
	meaning := map[string]string{"anyelement": elem, "anynonarray": elem, "anyenum": elem, "anyarray": "_" + elem,
		"anyrange": rangeOf[elem] + "range", "anymultirange": rangeOf[elem] + "multirange", "any": elements[r.IntN(len(elements))],
		"anycompatible": elem, "anycompatiblenonarray": elem, "anycompatiblearray": "_" + elem,
		"anycompatiblerange": rangeOf[elem] + "range", "anycompatiblemultirange": rangeOf[elem] + "multirange"}
	for i, a := range args {
		if m, ok := meaning[a]; ok {
			args[i] = m
		}
		if _, ok := values[args[i]]; !ok {
			return nil, "", false
		}
	}
	if m, ok := meaning[result]; ok {
		result = m
	}
	return args, result, true
}

// rules reads the tables.
func rules(casts [][2]string) *grammar {
	g := &grammar{by: map[string][]*rule{}}
	r := rand.New(rand.NewPCG(1, 2))
	add := func(x *rule) {
		if !x.op && !x.cast && slices.Contains(x.args, "char") {
			return // texts of single bytes
		}
		if !x.op && !x.cast && (coercion.MatchString(x.name) && len(x.args) > 1 && x.args[1] == "int4" || x.name == "substring" && len(x.args) == 3 && x.args[2] == "text") {
			return // the planner takes these apart: whether their arguments are wrong may not be seen
		}
		poly := strings.Contains(strings.Join(x.args, " ")+" "+x.result, "any")
		n := 1
		if poly {
			n = 6
		}
		for range n {
			args, result, ok := bind(r, x.args, x.result)
			if !ok {
				return
			}
			y := *x
			y.args, y.result = args, result
			g.all = append(g.all, &y)
			if !y.set && y.sign() == nil {
				g.by[result] = append(g.by[result], &y)
			}
		}
	}
	base := builtin.Base()
	operators := map[*catalog.Function]bool{}
	for _, o := range base.Operators {
		var args []string
		if typeName(o.Right) == "tsquery" && typeName(o.Result) == "bool" && strings.ContainsAny(o.Name, "<>=") {
			continue
		}
		if o.Left != 0 {
			args = append(args, typeName(o.Left))
		}
		add(&rule{name: o.Name, op: true, args: append(args, typeName(o.Right)), result: typeName(o.Result)})
		operators[o.Function] = true
	}
	for _, f := range base.Functions {
		if f.Kind != 'f' || f.Schema != "pg_catalog" || aside.MatchString(f.Name) || operators[f] {
			continue
		}
		x := &rule{name: f.Name, set: f.ReturnsSet, result: typeName(f.Returns), small: sized.MatchString(f.Name)}
		ok := true
		for _, p := range f.Inputs() {
			x.args = append(x.args, typeName(p.Type))
			ok = ok && p.Mode != 'v'
		}
		if ok && len(x.args) > 0 {
			add(x)
		}
	}
	for _, c := range casts {
		// The catalog decides what these mean.
		if strings.HasPrefix(c[1], "reg") || c[0] == "char" || c[1] == "char" {
			continue
		}
		add(&rule{cast: true, args: []string{c[0]}, result: c[1]})
	}
	for t := range values {
		// Bytes that are no text cannot be read back from PostgreSQL.
		if t != "text" && t != "char" {
			add(&rule{cast: true, args: []string{t}, result: "text"})
			add(&rule{cast: true, args: []string{"text"}, result: t})
		}
	}
	slices.SortStableFunc(g.all, func(a, b *rule) int { return strings.Compare(a.String(), b.String()) })
	for _, list := range g.by {
		slices.SortStableFunc(list, func(a, b *rule) int { return strings.Compare(a.String(), b.String()) })
	}
	return g
}

func (r *rule) String() string {
	name := r.name
	if r.cast {
		name = "cast"
	}
	return name + "(" + strings.Join(r.args, ", ") + ") " + r.result
}

// expression is one generated SQL expression.
type expression struct {
	sql string
	// rules are those it uses, steps their number.
	rules []*rule
	// parts are the uses of rules within it.
	parts []string
}

type generator struct {
	*rand.Rand
	g     *grammar
	rules []*rule
	parts []string
}

func quote(s string) string {
	if strings.Contains(s, `\`) {
		return " E'" + strings.NewReplacer(`\`, `\\`, `'`, `''`).Replace(s) + "'"
	}
	return "'" + strings.ReplaceAll(s, "'", "''") + "'"
}

func written(t string) string {
	if t == "char" {
		return `"char"`
	}
	if t[0] == '_' {
		return written(t[1:]) + "[]"
	}
	return t
}

// literal writes a value.
func (g *generator) literal(t string, few bool) string {
	list := values[t]
	if s, ok := small[t]; ok && few {
		list = s
	}
	if g.IntN(25) == 0 {
		return "null::" + written(t)
	}
	if t == "text" && g.IntN(3) > 0 && !few {
		// Texts mean much: units, fields, patterns, formats.
		list = texts
	}
	return quote(list[g.IntN(len(list))]) + "::" + written(t)
}

// value makes an expression of a type, at most depth rules deep.
func (g *generator) value(t string, depth int, few bool) string {
	if depth <= 0 || few || g.IntN(3) == 0 {
		return g.literal(t, few)
	}
	switch g.IntN(12) {
	case 0:
		return "coalesce(" + g.value(t, depth-1, few) + ", " + g.value(t, depth-1, few) + ")"
	case 1:
		return "case when " + g.value("bool", depth-1, false) + " then " + g.literal(t, few) + " else " + g.literal(t, few) + " end"
	}
	list := g.g.by[t]
	if len(list) == 0 {
		return g.literal(t, few)
	}
	return g.apply(list[g.IntN(len(list))], depth-1)
}

// apply writes a rule's use.
func (g *generator) apply(r *rule, depth int) string {
	s := g.write(r, depth)
	g.parts = append(g.parts, s)
	return s
}

func (g *generator) write(r *rule, depth int) string {
	g.rules = append(g.rules, r)
	var args []string
	for _, a := range r.args {
		args = append(args, g.value(a, depth, r.small))
	}
	switch {
	case r.cast:
		return "(" + args[0] + ")::" + written(r.result)
	case r.op && len(args) == 1:
		return "(" + r.name + " " + args[0] + ")"
	case r.op && r.small:
		return "(" + args[0] + " " + r.name + " " + args[1] + ")"
	case r.op:
		return "(" + args[0] + " " + r.name + " " + args[1] + ")"
	case r.set:
		return "array(select t::text from pg_catalog.\"" + r.name + "\"(" + strings.Join(args, ", ") + ") as t limit 20)"
	}
	return "pg_catalog.\"" + r.name + "\"(" + strings.Join(args, ", ") + ")"
}

// next makes expression i: every rule has its turn on plain values first, then on expressions.
func (g *generator) next(i int) expression {
	g.rules, g.parts = nil, nil
	depth := min(i/len(g.g.all)/2, 2)
	if depth > 0 {
		depth = g.IntN(depth + 1)
	}
	sql := g.apply(g.g.all[i%len(g.g.all)], depth)
	return expression{sql: sql, rules: g.rules, parts: g.parts[:len(g.parts)-1]}
}

// texts are texts that functions take as something else.
var texts = []string{"day", "month", "hour", "week", "quarter", "epoch", "dow", "isodow", "year", "century", "microseconds", "millennium", "timezone", "julian", "second", "minute",
	"UTC", "Europe/Berlin", "America/New_York", "+02", "EST", "Nowhere/Land", "YYYY-MM-DD", "HH24:MI:SS.MS", "FMMonth DDth, YYYY", "999.99", "FM9990.00", "S9999", "L999D99", "RN", "9.99EEEE", "TMDay",
	"hex", "base64", "escape", "UTF8", "LATIN1", "NFC", "NFD", "sha256", "[a-z]+", "(.)\\1", "^a.*c$", "b{1,2}", "(", "g", "gi", "a%", "%b_", "_", ",", "{a,b}", "a", "2024-01-02", "12:34", "1 day",
	"$.a", "{\"a\":1}", "a|b", "x", "\\d+", "\\w", "o", "l", " ", "[]", "1", "-5", "1e3", "0x1F", "true", "q: %s %I %L", "%1$s %%", "null", "{1,2}", "[1,5)", "ÀÉ", "straße", "a.b", "\"Quoted Name\""}
