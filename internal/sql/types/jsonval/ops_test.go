package jsonval

import (
	"strconv"
	"strings"
	"testing"

	"github.com/basement-project/basement/internal/sql/types/golden"
)

func path(s string) []PathElem {
	s = strings.Trim(s, "{}")
	if s == "" {
		return nil
	}
	var out []PathElem
	for _, p := range strings.Split(s, ",") {
		out = append(out, PathElem{Text: p, Null: p == "NULL"})
	}
	return out
}

func TestOpsGolden(t *testing.T) {
	jsonb := func(s string) *Value { v, _ := Parse(s); return &v }
	json := func(s string) *Value { v, _ := ParseJSON(s); return &v }
	num := func(s string) int { n, _ := strconv.Atoi(s); return n }
	text := func(v *Value) (string, bool, error) {
		if v == nil {
			return "", false, nil
		}
		if v.Raw != "" {
			return v.Raw, true, nil
		}
		return v.String(), true, nil
	}
	asText := func(v *Value) (string, bool, error) { s, ok := v.AsText(); return s, ok, nil }
	boolean := func(b bool) (string, bool, error) { return strconv.FormatBool(b), true, nil }
	value := func(v Value, err error) (string, bool, error) { return v.String(), true, err }
	list := func(items []Value, err error) (string, bool, error) {
		if err != nil || len(items) == 0 {
			return "", false, err
		}
		var parts []string
		for i := range items {
			s, _, _ := text(&items[i])
			parts = append(parts, s)
		}
		return strings.Join(parts, ";"), true, nil
	}
	const j, b = "$1::text::json", "$1::text::jsonb"
	ops := []golden.Op{
		{Name: "->", SQL: "select (" + b + " -> $2)::text", Go: func(a []string) (string, bool, error) { return text(jsonb(a[0]).Field(a[1])) }},
		{Name: "->>", SQL: "select (" + b + " ->> $2)", Go: func(a []string) (string, bool, error) { return asText(jsonb(a[0]).Field(a[1])) }},
		{Name: "->i", SQL: "select (" + b + " -> $2::text::int)::text", Go: func(a []string) (string, bool, error) { return text(jsonb(a[0]).At(num(a[1]))) }},
		{Name: "#>", SQL: "select (" + b + " #> $2::text::text[])::text", Go: func(a []string) (string, bool, error) { return text(jsonb(a[0]).Get(path(a[1]))) }},
		{Name: "#>>", SQL: "select (" + b + " #>> $2::text::text[])", Go: func(a []string) (string, bool, error) { return asText(jsonb(a[0]).Get(path(a[1]))) }},
		{Name: "json->", SQL: "select (" + j + " -> $2)::text", Go: func(a []string) (string, bool, error) { return text(json(a[0]).Field(a[1])) }},
		{Name: "json->>", SQL: "select (" + j + " ->> $2)", Go: func(a []string) (string, bool, error) { return asText(json(a[0]).Field(a[1])) }},
		{Name: "json->i", SQL: "select (" + j + " -> $2::text::int)::text", Go: func(a []string) (string, bool, error) { return text(json(a[0]).At(num(a[1]))) }},
		{Name: "json#>", SQL: "select (" + j + " #> $2::text::text[])::text", Go: func(a []string) (string, bool, error) { return text(json(a[0]).Get(path(a[1]))) }},
		{Name: "json#>>", SQL: "select (" + j + " #>> $2::text::text[])", Go: func(a []string) (string, bool, error) { return asText(json(a[0]).Get(path(a[1]))) }},
		{Name: "@>", SQL: "select (" + b + " @> $2::text::jsonb)::text", Go: func(a []string) (string, bool, error) { return boolean(Contains(jsonb(a[0]), jsonb(a[1]))) }},
		{Name: "?", SQL: "select (" + b + " ? $2)::text", Go: func(a []string) (string, bool, error) { return boolean(jsonb(a[0]).Exists(a[1])) }},
		{Name: "||", SQL: "select (" + b + " || $2::text::jsonb)::text", Go: func(a []string) (string, bool, error) { return value(Concat(jsonb(a[0]), jsonb(a[1])), nil) }},
		{Name: "-", SQL: "select (" + b + " - $2::text)::text", Go: func(a []string) (string, bool, error) { return value(jsonb(a[0]).DeleteKeys(a[1])) }},
		{Name: "-i", SQL: "select (" + b + " - $2::text::int)::text", Go: func(a []string) (string, bool, error) { return value(jsonb(a[0]).DeleteIndex(num(a[1]))) }},
		{Name: "#-", SQL: "select (" + b + " #- $2::text::text[])::text", Go: func(a []string) (string, bool, error) { return value(jsonb(a[0]).DeletePath(path(a[1]))) }},
		{Name: "set", SQL: "select jsonb_set(" + b + ", $2::text::text[], '{\"new\": 1}', true)::text", Go: func(a []string) (string, bool, error) {
			return value(jsonb(a[0]).Set(path(a[1]), *jsonb(`{"new": 1}`), true))
		}},
		{Name: "replace", SQL: "select jsonb_set(" + b + ", $2::text::text[], '\"new\"', false)::text", Go: func(a []string) (string, bool, error) {
			return value(jsonb(a[0]).Set(path(a[1]), *jsonb(`"new"`), false))
		}},
		{Name: "insert", SQL: "select jsonb_insert(" + b + ", $2::text::text[], '\"new\"', false)::text", Go: func(a []string) (string, bool, error) {
			return value(jsonb(a[0]).Insert(path(a[1]), *jsonb(`"new"`), false))
		}},
		{Name: "after", SQL: "select jsonb_insert(" + b + ", $2::text::text[], '\"new\"', true)::text", Go: func(a []string) (string, bool, error) {
			return value(jsonb(a[0]).Insert(path(a[1]), *jsonb(`"new"`), true))
		}},
		{Name: "strip", SQL: "select jsonb_strip_nulls(" + b + ")::text", Go: func(a []string) (string, bool, error) { return value(jsonb(a[0]).StripNulls(), nil) }},
		{Name: "jsonstrip", SQL: "select json_strip_nulls(" + j + ")::text", Go: func(a []string) (string, bool, error) {
			v := json(a[0]).StripNulls()
			return string(v.AppendCompact(nil)), true, nil
		}},
		{Name: "pretty", SQL: "select jsonb_pretty(" + b + ")", Go: func(a []string) (string, bool, error) { return jsonb(a[0]).Pretty(), true, nil }},
		{Name: "typeof", SQL: "select jsonb_typeof(" + b + ")", Go: func(a []string) (string, bool, error) { return jsonb(a[0]).TypeOf(), true, nil }},
		{Name: "length", SQL: "select jsonb_array_length(" + b + ")::text", Go: func(a []string) (string, bool, error) {
			n, err := jsonb(a[0]).ArrayLength()
			return strconv.Itoa(n), true, err
		}},
		{Name: "elements", SQL: "select string_agg(x::text, ';') from jsonb_array_elements(" + b + ") x", Go: func(a []string) (string, bool, error) {
			return list(jsonb(a[0]).Elements("jsonb_array_elements"))
		}},
		{Name: "jsonelements", SQL: "select string_agg(x::text, ';') from json_array_elements(" + j + ") x", Go: func(a []string) (string, bool, error) {
			return list(json(a[0]).Elements("json_array_elements"))
		}},
		{Name: "each", SQL: "select string_agg(key || '=' || value::text, ';') from jsonb_each(" + b + ") x", Go: each(jsonb, "jsonb_each")},
		{Name: "jsoneach", SQL: "select string_agg(key || '=' || value::text, ';') from json_each(" + j + ") x", Go: each(json, "json_each")},
		{Name: "eachtext", SQL: "select string_agg(key || '=' || value::text, ';') from jsonb_each_text(" + b + ") x where value is null", Go: func(a []string) (string, bool, error) {
			_, _, err := jsonb(a[0]).Each("jsonb_each_text")
			return "", false, err
		}},
		{Name: "keys", SQL: "select string_agg(x, ';') from jsonb_object_keys(" + b + ") x", Go: func(a []string) (string, bool, error) {
			keys, err := jsonb(a[0]).ObjectKeys("jsonb_object_keys")
			return strings.Join(keys, ";"), len(keys) > 0, err
		}},
		{Name: "jsonkeys", SQL: "select string_agg(x, ';') from json_object_keys(" + j + ") x", Go: func(a []string) (string, bool, error) {
			keys, err := json(a[0]).ObjectKeys("json_object_keys")
			return strings.Join(keys, ";"), len(keys) > 0, err
		}},
	}
	docs := []string{`{"a": 1, "b": {"c": [1, 2, {"d": null}]}, "aa": "x\ny", "a" : 2}`, `[1, "a", null, [2, 3], {"a": 1}, 1.0, "b"]`, `{}`, `[]`, `"a"`, `1`, `null`, `true`, ` {"a" : [ 1 , 2 ] , "n":null, "m":[null,{"x":null}]} `, `[[1,2],[3]]`, `{"a":{"b":{"c":1}}}`}
	paths := []string{"{}", "{a}", "{b}", "{b,c}", "{b,c,0}", "{b,c,-1,d}", "{0}", "{-1}", "{7}", "{-9}", "{a,b,c}", "{a,b,x}", "{new}", "{3,1}", "{x,y}", "{a,NULL}", "{NULL}", "{b,c,x}", "{1x}"}
	var cases []golden.Case
	add := func(op string, lists ...[]string) { cases = append(cases, golden.Cross(op, lists...)...) }
	for _, op := range []string{"->", "->>", "json->", "json->>", "?", "-"} {
		add(op, docs, []string{"a", "b", "aa", "zz", "n", ""})
	}
	for _, op := range []string{"->i", "json->i", "-i"} {
		add(op, docs, []string{"0", "1", "2", "-1", "-7", "10", "-10"})
	}
	for _, op := range []string{"#>", "#>>", "json#>", "json#>>", "#-", "set", "replace", "insert", "after"} {
		add(op, docs, paths)
	}
	parts := []string{`{"a": 2}`, `{"b": {"c": [2]}}`, `[1]`, `["a", "a"]`, `[[2]]`, `{}`, `[]`, `1`, `"a"`, `null`, `[null]`, `{"b": {}}`, `[{"a": 1}]`, `1.00`, `{"a":1,"z":null}`}
	add("@>", append(docs, parts...), append(parts, docs...))
	add("||", append(docs, parts...), parts)
	for _, op := range []string{"strip", "jsonstrip", "pretty", "typeof", "length", "elements", "jsonelements", "each", "jsoneach", "eachtext", "keys", "jsonkeys"} {
		add(op, docs)
	}
	golden.Run(t, "testdata/ops.golden", "", ops, cases)
}

func each(parse func(string) *Value, name string) func([]string) (string, bool, error) {
	return func(a []string) (string, bool, error) {
		keys, items, err := parse(a[0]).Each(name)
		var parts []string
		for i := range keys {
			s := items[i].Raw
			if s == "" {
				s = items[i].String()
			}
			parts = append(parts, keys[i]+"="+s)
		}
		return strings.Join(parts, ";"), len(parts) > 0, err
	}
}
