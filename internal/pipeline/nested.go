package pipeline

import (
	"bytes"
	"encoding/json"
	"net/http"
	"net/url"
	"slices"
	"strconv"
	"strings"

	"github.com/basement-project/basement/internal/engine"
	"github.com/basement-project/basement/internal/errs"
	"github.com/basement-project/basement/internal/plan"
	"github.com/basement-project/basement/internal/rest"
)

const (
	maxNestedRows  = 1000
	maxNestedDepth = 8
)

// nested inserts rows with the rows related to them, in one transaction: what a row refers to first, then the row, then
// what refers to it. Each insert is a request of its own through the pipeline.
func (p *Pipeline) nested(s *state, x *exchange, body []byte) error {
	outer, err := rest.Parse(rest.Input{Method: x.r.Method, Path: x.r.URL.EscapedPath(), Header: x.r.Header, Body: []byte("{}")}, x.cfg)
	if err != nil {
		return err
	}
	if outer.Action != rest.Insert || s.model.Table(outer.Schema, outer.Name) == nil {
		return p.answer(s, x, body)
	}
	rows, single, err := nestedRows(body)
	if err != nil {
		return err
	}
	if outer.Prefer.Resolution != "" {
		return &errs.Error{Code: "PGRST102", Message: "A nested insert cannot have Prefer: resolution", Hint: "Use a batch for rows that may be there already."}
	}
	key := s.model.KeyColumns(outer.Schema, outer.Name)
	if outer.Prefer.Return == "representation" && len(key) == 0 {
		return &errs.Error{Code: "PGRST102", Message: "A nested insert gives back rows of relations with a primary key alone"}
	}
	x.clock.mark(parse)
	var answer []byte
	var location string
	err = p.options.Engine.Program(x.r.Context(), x.who.Role, func(run engine.Runner) error {
		n := &nesting{p: p, s: s, x: x, schema: outer.Schema, run: run}
		list := make([][]byte, 0, len(rows))
		for _, row := range rows {
			keys, err := n.insert(outer.Name, row, key, 0)
			if err != nil {
				return err
			}
			switch outer.Prefer.Return {
			case "representation":
				given, err := n.read(outer.Name, key, keys)
				if err != nil {
					return err
				}
				list = append(list, given)
			case "headers-only":
				if single && len(key) > 0 {
					location = "/" + url.PathEscape(outer.Name) + "?" + equal(key, keys)
				}
			}
		}
		if answer = bytes.Join(list, []byte(", \n ")); !single || outer.Accept[0].Kind != rest.MediaObject {
			answer = slices.Concat([]byte("["), answer, []byte("]"))
		}
		if rollsBack(&outer.Prefer, x.cfg) {
			return engine.ErrRollback
		}
		return nil
	})
	if err != nil {
		return err
	}
	x.clock.mark(transaction)
	x.clock.header(x)
	h := x.w.Header()
	applied := rest.NestedPreference
	if outer.Prefer.Return != "" {
		applied += ", return=" + outer.Prefer.Return
	}
	h.Set("Preference-Applied", applied)
	if location != "" {
		h.Set("Location", location)
	}
	if outer.Prefer.Return != "representation" {
		h.Set("Content-Length", "0")
		x.w.WriteHeader(http.StatusCreated)
		return nil
	}
	h.Set("Content-Type", "application/json; charset=utf-8")
	h.Set("Content-Length", strconv.Itoa(len(answer)))
	x.w.WriteHeader(http.StatusCreated)
	_, err = x.w.Write(answer)
	return err
}

// nestedRows reads a body of one object or of an array of them.
func nestedRows(body []byte) (rows []json.RawMessage, single bool, err error) {
	body = bytes.TrimSpace(body)
	if !json.Valid(body) {
		return nil, false, &errs.Error{Code: "PGRST102", Message: "Empty or invalid json"}
	}
	if len(body) > 0 && body[0] == '{' {
		return []json.RawMessage{body}, true, nil
	}
	if json.Unmarshal(body, &rows) != nil {
		return nil, false, &errs.Error{Code: "PGRST102", Message: "A nested insert takes an object or an array of objects"}
	}
	return rows, false, nil
}

// nesting is one nested insert on its way.
type nesting struct {
	p      *Pipeline
	s      *state
	x      *exchange
	schema string
	run    engine.Runner
	rows   int
}

// child is a key of a row's body that holds other rows.
type child struct {
	name string
	link plan.Link
	rows []json.RawMessage
}

// insert inserts one row and what is nested in it, and gives the values of the columns wanted.
func (n *nesting) insert(table string, row json.RawMessage, wanted []string, depth int) ([]json.RawMessage, error) {
	if n.rows++; n.rows > maxNestedRows {
		return nil, &errs.Error{Code: "54000", Status: http.StatusBadRequest, Message: "a nested insert has at most " + strconv.Itoa(maxNestedRows) + " rows"}
	}
	if depth > maxNestedDepth {
		return nil, &errs.Error{Code: "54000", Status: http.StatusBadRequest, Message: "rows are nested at most " + strconv.Itoa(maxNestedDepth) + " deep"}
	}
	var values map[string]json.RawMessage
	if err := json.Unmarshal(row, &values); err != nil || values == nil {
		return nil, &errs.Error{Code: "PGRST102", Message: "A row of a nested insert must be an object"}
	}
	children, err := n.children(table, values)
	if err != nil {
		return nil, err
	}
	columns := slices.Clone(wanted)
	for _, c := range children {
		if !c.link.Before {
			columns = append(columns, c.link.Own...)
			continue
		}
		for _, nested := range c.rows {
			refers, err := n.insert(c.link.Table, nested, c.link.Other, depth+1)
			if err != nil {
				return nil, err
			}
			if err := relate(values, c.link.Own, refers, c.name); err != nil {
				return nil, err
			}
		}
	}
	given, err := n.post(table, values, columns)
	if err != nil {
		return nil, err
	}
	at := len(wanted)
	for _, c := range children {
		if c.link.Before {
			continue
		}
		own := given[at : at+len(c.link.Own)]
		at += len(c.link.Own)
		for _, nested := range c.rows {
			if err := n.after(c, own, nested, depth); err != nil {
				return nil, err
			}
		}
	}
	return given[:len(wanted)], nil
}

// after inserts a row that refers to the one inserted, itself or by a row of a junction.
func (n *nesting) after(c child, own []json.RawMessage, nested json.RawMessage, depth int) error {
	if c.link.Junction == "" {
		var values map[string]json.RawMessage
		if err := json.Unmarshal(nested, &values); err != nil || values == nil {
			return &errs.Error{Code: "PGRST102", Message: "A row of a nested insert must be an object"}
		}
		if err := relate(values, c.link.Other, own, c.name); err != nil {
			return err
		}
		row, err := json.Marshal(values)
		if err != nil {
			return err
		}
		_, err = n.insert(c.link.Table, row, nil, depth+1)
		return err
	}
	target, err := n.insert(c.link.Table, nested, c.link.Other, depth+1)
	if err != nil {
		return err
	}
	junction := map[string]json.RawMessage{}
	for i, name := range c.link.JunctionOwn {
		junction[name] = own[i]
	}
	for i, name := range c.link.JunctionOther {
		junction[name] = target[i]
	}
	_, err = n.post(c.link.Junction, junction, nil)
	return err
}

// relate sets the columns that hold another row's values. A body that sets them itself contradicts the nesting.
func relate(values map[string]json.RawMessage, columns []string, other []json.RawMessage, key string) error {
	for i, column := range columns {
		if set, ok := values[column]; ok && !bytes.Equal(bytes.TrimSpace(set), other[i]) {
			return &errs.Error{Code: "PGRST102", Message: "The row has a value for " + strconv.Quote(column) + " and rows nested under " +
				strconv.Quote(key) + ", which decide it"}
		}
		values[column] = other[i]
	}
	return nil
}

// children takes the nested rows out of a row's values, in the order of their keys.
func (n *nesting) children(table string, values map[string]json.RawMessage) ([]child, error) {
	var out []child
	for name, value := range values {
		value = bytes.TrimSpace(value)
		if len(value) == 0 || value[0] != '{' && value[0] != '[' {
			continue
		}
		link, ok, err := n.s.model.Link(n.x.who.Role, n.schema, table, name)
		if err != nil {
			return nil, err
		}
		if !ok {
			continue
		}
		rows, single, err := nestedRows(value)
		if err != nil {
			return nil, err
		}
		if !single && !link.Many {
			return nil, &errs.Error{Code: "PGRST102", Message: "There is one row of " + strconv.Quote(name) + " at most: it must be an object"}
		}
		delete(values, name)
		out = append(out, child{name: name, link: link, rows: rows})
	}
	slices.SortFunc(out, func(a, b child) int { return strings.Compare(a.name, b.name) })
	return out, nil
}

// post inserts one row and gives the values of its columns.
func (n *nesting) post(table string, values map[string]json.RawMessage, columns []string) ([]json.RawMessage, error) {
	body, err := json.Marshal(values)
	if err != nil {
		return nil, err
	}
	prefer, query := "return=minimal", ""
	if len(columns) > 0 {
		prefer, query = "return=representation", "select="+url.QueryEscape(names(columns))
	}
	answer, err := n.request(http.MethodPost, table, query, prefer, body)
	if err != nil || len(columns) == 0 {
		return nil, err
	}
	return pick(answer, columns)
}

// read gives a row as the request asks for it.
func (n *nesting) read(table string, key []string, values []json.RawMessage) ([]byte, error) {
	query := equal(key, values)
	for _, part := range strings.Split(n.x.r.URL.RawQuery, "&") {
		if name, _, _ := strings.Cut(part, "="); name == "select" || strings.Contains(name, ".") {
			query += "&" + part
		}
	}
	answer, err := n.request(http.MethodGet, table, query, "", nil)
	if err != nil {
		return nil, err
	}
	return bytes.TrimSuffix(bytes.TrimPrefix(answer, []byte("[")), []byte("]")), nil
}

func (n *nesting) request(method, table, query, prefer string, body []byte) ([]byte, error) {
	header := inherited(n.x.r.Header)
	header.Set("Accept-Profile", n.schema)
	header.Set("Content-Profile", n.schema)
	if prefer != "" {
		header.Set("Prefer", prefer)
	}
	if body != nil {
		header.Set("Content-Type", "application/json")
	}
	r := n.x.r.Clone(n.x.r.Context())
	r.Method, r.Header, r.URL = method, header, &url.URL{Path: "/" + table, RawPath: "/" + url.PathEscape(table), RawQuery: query}
	rec, err := n.p.part(n.s, n.x, n.x.who, r, body, n.run)
	if err != nil {
		return nil, err
	}
	return bytes.TrimSpace(rec.body.Bytes()), nil
}

// pick takes columns out of an answer of one row.
func pick(answer []byte, columns []string) ([]json.RawMessage, error) {
	var rows []map[string]json.RawMessage
	if err := json.Unmarshal(answer, &rows); err != nil || len(rows) != 1 {
		return nil, &errs.Error{Code: "PGRST102", Message: "A row of the nested insert was not inserted, so nothing can refer to it"}
	}
	out := make([]json.RawMessage, len(columns))
	for i, c := range columns {
		out[i] = rows[0][c]
	}
	return out, nil
}

// names writes columns as select takes them.
func names(columns []string) string {
	var out []string
	for _, c := range slices.Compact(slices.Sorted(slices.Values(columns))) {
		out = append(out, `"`+strings.NewReplacer(`\`, `\\`, `"`, `\"`).Replace(c)+`"`)
	}
	return strings.Join(out, ",")
}

// equal writes the filters that choose the row with the values.
func equal(columns []string, values []json.RawMessage) string {
	q := make([]string, len(columns))
	for i, c := range columns {
		text, ok := plainText(values[i])
		if !ok {
			text = string(values[i])
		}
		q[i] = url.QueryEscape(c) + "=eq." + url.QueryEscape(text)
	}
	return strings.Join(q, "&")
}
