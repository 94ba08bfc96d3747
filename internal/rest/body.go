package rest

import (
	"bytes"
	"encoding/csv"
	"errors"
	"io"
	"slices"
	"sort"
	"strings"
	"unicode/utf8"

	"github.com/basement-project/basement/internal/errs"
)

func badBody(message string) *errs.Error { return errs.New("PGRST102", "%s", message) }

// readBody makes the request's body out of what was sent. r's action, content type and columns are known.
func (r *Request) readBody(raw []byte) *errs.Error {
	writes := r.Action == Insert || r.Action == Update || r.Action == Upsert
	if !writes && (r.Action != Call || r.Method != "POST") {
		return nil
	}
	columns := r.HasColumns && r.Action != Upsert
	call := r.Action == Call
	switch kind := r.ContentType.Kind; {
	case kind == MediaJSON:
		return r.jsonBody(raw, columns, call)
	case kind == MediaCSV:
		return r.csvBody(raw)
	case kind == MediaForm && call:
		if !utf8.Valid(raw) {
			return badEncoding()
		}
		r.Body = Body{Kind: FormBody}
		for _, p := range splitQuery(string(raw)) {
			r.Args = append(r.Args, Arg{p.key, r.literal(p.value)})
			r.Body.Keys = append(r.Body.Keys, p.key)
		}
		r.Body.Keys = sortedUnique(r.Body.Keys)
	case kind == MediaForm:
		if !utf8.Valid(raw) {
			return badEncoding()
		}
		return r.formRow(string(raw))
	case call && (kind == MediaText || kind == MediaXML || kind == MediaOctets):
		r.Body = Body{Kind: RawBody, Raw: raw}
	default:
		return badBody("Content-Type not acceptable: " + r.ContentType.String())
	}
	return nil
}

func (r *Request) jsonBody(raw []byte, columns, call bool) *errs.Error {
	if !depthWithin(raw, maxDepth) {
		return badBody("The JSON body is nested too deeply")
	}
	if columns {
		if !utf8.Valid(raw) {
			return badEncoding()
		}
		r.Body = Body{Kind: RawJSON, Raw: raw, Object: first(raw) == '{', Keys: sortedUnique(r.Columns)}
		return nil
	}
	if len(raw) == 0 && call {
		raw = []byte("{}")
	}
	if !validJSON(raw) {
		return badBody("Empty or invalid json")
	}
	b := Body{Kind: JSONBody, Raw: raw}
	switch first(raw) {
	case '{':
		b.Object, b.Rows = true, 1
		b.Keys = keysOf(raw)
	case '[':
		uniform := true
		elements(raw, func(e []byte) bool {
			if first(e) != '{' {
				uniform = false
				return false
			}
			if b.Rows == 0 {
				b.Keys = keysOf(e)
			} else if !sameKeys(e, b.Keys) {
				uniform = false
			}
			b.Rows++
			return uniform
		})
		if !uniform {
			return badBody("All object keys must match")
		}
	default:
		b.Raw = []byte("[]")
	}
	r.Body = b
	return nil
}

func keysOf(object []byte) []string {
	ms := members(object)
	keys := make([]string, len(ms))
	for i, m := range ms {
		keys[i] = m.key
	}
	slices.Sort(keys)
	return keys
}

// sameKeys says whether the object has the keys, which are sorted and without repetition.
func sameKeys(object []byte, keys []string) bool {
	ms := members(object)
	if len(ms) != len(keys) {
		return false
	}
	for _, m := range ms {
		if _, ok := slices.BinarySearch(keys, m.key); !ok {
			return false
		}
	}
	return true
}

func (r *Request) formRow(raw string) *errs.Error {
	row := map[string]string{}
	for _, p := range splitQuery(raw) {
		row[p.key] = p.value
	}
	keys := make([]string, 0, len(row))
	for k := range row {
		keys = append(keys, k)
	}
	sort.Strings(keys)
	out := []byte{'{'}
	for i, k := range keys {
		if i > 0 {
			out = append(out, ',')
		}
		out = append(AppendJSONString(out, k), ':')
		out = AppendJSONString(out, row[k])
	}
	r.Body = Body{Kind: JSONBody, Raw: append(out, '}'), Object: true, Keys: keys, Rows: 1}
	return nil
}

// csvBody turns lines under a header line into JSON objects of strings; NULL is null.
func (r *Request) csvBody(raw []byte) *errs.Error {
	if !utf8.Valid(raw) {
		return badEncoding()
	}
	in := csv.NewReader(bytes.NewReader(raw))
	in.FieldsPerRecord = -1
	in.ReuseRecord = true
	head, err := in.Read()
	if err != nil {
		return badBody("parse error (not enough input) at \"\"")
	}
	names := slices.Clone(head)
	out := []byte{'['}
	rows := 0
	for {
		fields, err := in.Read()
		if errors.Is(err, io.EOF) {
			break
		}
		if err != nil {
			return badBody("parse error (" + err.Error() + ")")
		}
		if len(fields) == 1 && fields[0] == "" && len(names) > 1 {
			continue
		}
		if len(fields) < len(names) {
			return badBody("All lines must have same number of fields")
		}
		if rows > 0 {
			out = append(out, ',')
		}
		rows++
		out = append(out, '{')
		for i, name := range names {
			if i > 0 {
				out = append(out, ',')
			}
			out = append(AppendJSONString(out, name), ':')
			if fields[i] == "NULL" {
				out = append(out, "null"...)
			} else {
				out = AppendJSONString(out, fields[i])
			}
		}
		out = append(out, '}')
	}
	r.Body = Body{Kind: JSONBody, Raw: append(out, ']'), Rows: rows}
	if rows > 0 {
		r.Body.Keys = sortedUnique(names)
	}
	return nil
}

// none says that the body is an empty list.
func (b *Body) none() bool { return b.Kind == JSONBody && !b.Object && b.Rows == 0 }

// JSONArgs gives the members of a call's JSON body: of the object, or of the first object of the array.
func (b *Body) JSONArgs() map[string][]byte {
	text := b.Raw
	if first(text) == '[' {
		var one []byte
		elements(text, func(e []byte) bool { one = e; return false })
		text = one
	}
	if first(text) != '{' || !validJSON(text) {
		return nil
	}
	out := map[string][]byte{}
	for _, m := range members(text) {
		out[m.key] = m.value
	}
	return out
}

// ScalarText gives the text PostgreSQL's record functions make of a JSON value for a type that is no array, no
// composite and not JSON itself; null gives false.
func ScalarText(value []byte) (string, bool) {
	if string(value) == "null" {
		return "", false
	}
	if len(value) > 1 && value[0] == '"' {
		return unquote(value), true
	}
	return string(value), true
}

// Missing tells which of columns the body's objects leave out, and how many objects there are. It gives, for each column, whether some and whether
// all objects lack it, and the body with a member under key added to every object: one letter for each column, 1 where
// the object lacks it. The body must be valid JSON.
func (b *Body) Missing(columns []string, key string) (some, all []bool, marked []byte, rows int, err error) {
	if !validJSON(b.Raw) {
		return nil, nil, nil, 0, badBody("Empty or invalid json")
	}
	some, all = make([]bool, len(columns)), make([]bool, len(columns))
	for i := range all {
		all[i] = true
	}
	marks := make([]byte, len(columns))
	one := func(object []byte, out []byte) []byte {
		rows++
		ms := members(object)
		for i, c := range columns {
			marks[i] = '1'
			if slices.ContainsFunc(ms, func(m member) bool { return m.key == c }) {
				marks[i] = '0'
				all[i] = false
			} else {
				some[i] = true
			}
		}
		out = append(out, '{')
		out = append(AppendJSONString(out, key), ':')
		out = AppendJSONString(out, string(marks))
		open := bytes.IndexByte(object, '{')
		if len(ms) > 0 {
			out = append(out, ',')
		}
		return append(out, object[open+1:]...)
	}
	out := make([]byte, 0, len(b.Raw)+len(b.Raw)/4)
	if first(b.Raw) == '{' {
		out = one(b.Raw, out)
		return some, all, out, rows, nil
	}
	out = append(out, '[')
	elements(b.Raw, func(e []byte) bool {
		if first(e) != '{' {
			err = badBody("All object keys must match")
			return false
		}
		if rows > 0 {
			out = append(out, ',')
		}
		out = one(e, out)
		return true
	})
	if rows == 0 {
		for i := range all {
			all[i] = false
		}
	}
	return some, all, append(out, ']'), rows, err
}

func badEncoding() *errs.Error {
	return errs.New("22021", "invalid byte sequence for encoding \"UTF8\"")
}

// parameter is one key=value of a query string, decoded.
type parameter struct {
	key, value string
	hasValue   bool
}

// splitQuery reads a query string or a form.
func splitQuery(s string) []parameter {
	var out []parameter
	for len(s) > 0 {
		var part string
		part, s, _ = strings.Cut(s, "&")
		if part == "" {
			continue
		}
		k, v, has := strings.Cut(part, "=")
		out = append(out, parameter{percentDecode(k), percentDecode(v), has})
	}
	return out
}

// percentDecode decodes %XX and +; a percent sign that is followed by no digits stays as it is.
func percentDecode(s string) string {
	if strings.IndexByte(s, '%') < 0 && strings.IndexByte(s, '+') < 0 {
		return s
	}
	b := make([]byte, 0, len(s))
	for i := 0; i < len(s); i++ {
		switch c := s[i]; {
		case c == '+':
			b = append(b, ' ')
		case c == '%' && i+2 < len(s) && isHex(s[i+1]) && isHex(s[i+2]):
			b = append(b, unhex(s[i+1])<<4|unhex(s[i+2]))
			i += 2
		default:
			b = append(b, c)
		}
	}
	return string(b)
}

func isHex(c byte) bool {
	return c >= '0' && c <= '9' || c >= 'a' && c <= 'f' || c >= 'A' && c <= 'F'
}

func unhex(c byte) byte {
	switch {
	case c >= 'a':
		return c - 'a' + 10
	case c >= 'A':
		return c - 'A' + 10
	}
	return c - '0'
}
