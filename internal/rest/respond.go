package rest

import (
	"encoding/hex"
	"encoding/json"
	"net/http"
	"strconv"
	"strings"

	"github.com/basement-project/basement/internal/errs"
)

// response is an answer before it is written: parts of the body are written one after the other.
type response struct {
	status int
	header [][2]string
	parts  [][]byte
	// noLength leaves Content-Length out.
	noLength bool
}

func (p *response) add(name, value string) {
	if value != "" {
		p.header = append(p.header, [2]string{name, value})
	}
}

// Respond writes the answer. An error comes back before anything was written.
func Respond(w http.ResponseWriter, r *Request, a *Answer, minimalErrors bool) error {
	var p response
	switch {
	case a.Form == FormPlan:
		p.status = http.StatusOK
		p.content(r, a)
		p.parts = a.body()
	case r.Action == ReadRelation:
		respondRead(&p, r, a, minimalErrors)
	case r.Action == Call:
		respondCall(&p, r, a, minimalErrors)
	case r.Action == Insert:
		respondInsert(&p, r, a)
	case r.Action == Upsert:
		respondPut(&p, r, a)
	default:
		respondChange(&p, r, a)
	}
	if len(a.Renamings) > 0 {
		p.add("Warning", `299 PostgREST "Embedded resource was referenced by relation name even though it has an alias. `+
			`This is deprecated and will stop working in a future release. Update `+headerValue(strings.Join(a.Renamings, ", "))+
			` in query string filters, orders or limits."`)
	}
	given, err := a.settingHeaders()
	if err != nil {
		return err
	}
	if err := a.settingStatus(&p.status); err != nil {
		return err
	}
	p.write(w, given)
	return nil
}

func (p *response) write(w http.ResponseWriter, given [][2]string) {
	h := w.Header()
	replaced := func(name string) bool {
		for _, g := range given {
			if strings.EqualFold(g[0], name) {
				return true
			}
		}
		return false
	}
	for _, kv := range p.header {
		if !replaced(kv[0]) {
			h.Set(kv[0], kv[1])
		}
	}
	for i, g := range given {
		first := true
		for _, before := range given[:i] {
			first = first && !strings.EqualFold(before[0], g[0])
		}
		if first {
			h.Set(g[0], g[1])
		} else {
			h.Add(g[0], g[1])
		}
	}
	if !replaced("Vary") {
		h.Add("Vary", "Accept, Prefer, Range")
	}
	bodyless := p.status == http.StatusNoContent || p.status == http.StatusNotModified || p.status < 200
	if !p.noLength && !bodyless && !replaced("Content-Length") {
		n := 0
		for _, part := range p.parts {
			n += len(part)
		}
		h.Set("Content-Length", strconv.Itoa(n))
	}
	if h.Get("Content-Type") == "" {
		h["Content-Type"] = nil // no guess from the body
	}
	w.WriteHeader(p.status)
	if bodyless {
		return
	}
	for _, part := range p.parts {
		if _, err := w.Write(part); err != nil {
			return
		}
	}
}

func (p *response) content(r *Request, a *Answer) {
	p.add("Content-Type", a.Media.ContentType())
	p.profile(r)
}

func (p *response) profile(r *Request) {
	if r.ByProfile {
		p.add("Content-Profile", headerValue(r.Schema))
	}
}

func (p *response) outside(r *Request, a *Answer, minimal bool) {
	p.parts = [][]byte{ErrorBody(outOfRange(r.Top.Offset, a.Total), minimal)}
}

// maxLocation bounds Content-Location: clients and proxies refuse answers with very long headers.
const maxLocation = 4 << 10

func respondRead(p *response, r *Request, a *Answer, minimal bool) {
	first, last := r.Top.Offset, r.Top.Offset+a.Count-1
	p.status = rangeStatus(first, last, a.Total)
	p.add("Content-Range", contentRange(first, last, a.Total))
	location := "/" + string(percentEncode(nil, r.Name))
	if r.Canonical != "" {
		location += "?" + r.Canonical
	}
	if len(location) <= maxLocation {
		p.add("Content-Location", location)
	}
	p.content(r, a)
	prefer := r.Prefer
	prefer.Resolution, prefer.Return, prefer.Missing, prefer.HasMaxAffected = "", "", "", false
	p.add("Preference-Applied", prefer.applied())
	if a.Next != "" {
		p.add("Link", "<"+r.nextPage(a.Next)+`>; rel="next"`)
	}
	p.noLength = r.HeadOnly
	switch {
	case r.HeadOnly:
	case p.status == http.StatusRequestedRangeNotSatisfiable:
		p.outside(r, a, minimal)
	default:
		p.parts = a.body()
	}
}

func respondCall(p *response, r *Request, a *Answer, minimal bool) {
	first, last := r.Top.Offset, r.Top.Offset+a.Count-1
	p.status = rangeStatus(first, last, a.Total)
	p.add("Content-Range", contentRange(first, last, a.Total))
	prefer := r.Prefer
	prefer.Resolution, prefer.Return, prefer.Missing = "", "", ""
	p.add("Preference-Applied", prefer.applied())
	if a.Void {
		p.status = http.StatusNoContent
		return
	}
	p.content(r, a)
	p.noLength = r.HeadOnly
	switch {
	case r.HeadOnly:
	case p.status == http.StatusRequestedRangeNotSatisfiable:
		p.outside(r, a, minimal)
	default:
		p.parts = a.body()
	}
}

func (a *Answer) full(r *Request) bool { return r.Prefer.Return == "representation" }

func respondInsert(p *response, r *Request, a *Answer) {
	p.status = http.StatusCreated
	if r.Prefer.Resolution == "merge-duplicates" && (a.Upserted && a.Inserted <= 0 || r.Body.none()) {
		p.status = http.StatusOK
	}
	if a.Form == FormLocation && a.Count == 1 {
		p.add("Location", a.location())
	}
	p.add("Content-Range", contentRange(1, 0, a.Total))
	prefer := r.Prefer
	if !a.HasKey && !r.HasOnConflict {
		prefer.Resolution = ""
	}
	prefer.HasMaxAffected = false
	p.add("Preference-Applied", prefer.applied())
	if a.full(r) {
		p.content(r, a)
		p.parts = a.body()
	}
}

func respondPut(p *response, r *Request, a *Answer) {
	prefer := r.Prefer
	prefer.Resolution, prefer.Missing, prefer.HasMaxAffected = "", "", false
	p.add("Preference-Applied", prefer.applied())
	if !a.full(r) {
		p.status = http.StatusNoContent
		return
	}
	p.status = http.StatusOK
	if a.Upserted && a.Inserted > 0 {
		p.status = http.StatusCreated
	}
	p.content(r, a)
	p.parts = a.body()
}

func respondChange(p *response, r *Request, a *Answer) {
	prefer := r.Prefer
	prefer.Resolution = ""
	first, last := int64(1), int64(0)
	if r.Action == Update {
		first, last = 0, a.Count-1
	} else {
		prefer.Missing = ""
	}
	p.add("Content-Range", contentRange(first, last, a.Total))
	p.add("Preference-Applied", prefer.applied())
	if !a.full(r) {
		p.status = http.StatusNoContent
		return
	}
	p.status = http.StatusOK
	p.content(r, a)
	p.parts = a.body()
}

// location is the address of the inserted row, by its key.
func (a *Answer) location() string {
	b := append([]byte("/"), percentEncode(nil, a.Name)...)
	for i, m := range members(a.JSON) {
		sep := byte('&')
		if i == 0 {
			sep = '?'
		}
		b = append(b, sep)
		b = append(percentEncode(b, m.key), '=')
		if text, ok := ScalarText(m.value); ok {
			b = append(b, "eq."...)
			b = percentEncode(b, text)
		} else {
			b = append(b, "is.null"...)
		}
	}
	return string(b)
}

var (
	openBracket  = []byte("[")
	closeBracket = []byte("]")
)

// body is the answer's body in parts.
func (a *Answer) body() [][]byte {
	switch a.Form {
	case FormArray:
		return [][]byte{openBracket, a.JSON, closeBracket}
	case FormOne:
		if len(a.JSON) == 0 {
			return [][]byte{[]byte("null")}
		}
		return [][]byte{a.JSON}
	case FormCSV:
		return [][]byte{a.csv()}
	case FormFeatures:
		return [][]byte{[]byte(`{"type" : "FeatureCollection", "features" : [`), a.JSON, []byte("]}")}
	case FormGeoRows:
		return [][]byte{features(a.JSON)}
	case FormPlan:
		var b []byte
		for _, row := range a.Rows {
			b = append(append(b, text(row)...), '\n')
		}
		return [][]byte{b}
	case FormValue, FormCounted:
		if len(a.Rows) > 0 {
			return [][]byte{[]byte(text(a.Rows[0]))}
		}
	case FormBytes:
		if len(a.Rows) > 0 {
			raw, err := hex.DecodeString(strings.TrimPrefix(text(a.Rows[0]), `\x`))
			if err == nil {
				return [][]byte{raw}
			}
		}
	}
	return nil
}

func text(row []*string) string {
	if len(row) == 0 || row[0] == nil {
		return ""
	}
	return *row[0]
}

// csv is a header line and the rows as PostgreSQL writes records.
func (a *Answer) csv() []byte {
	var b []byte
	if len(a.Rows) > 0 {
		b = append(b, strings.Join(a.Columns, ",")...)
	}
	b = append(b, '\n')
	for i, row := range a.Rows {
		if i > 0 {
			b = append(b, '\n')
		}
		for j, v := range row {
			if j > 0 {
				b = append(b, ',')
			}
			if v != nil {
				b = appendRecordValue(b, *v)
			}
		}
	}
	return b
}

func appendRecordValue(b []byte, s string) []byte {
	quote := s == ""
	for i := 0; i < len(s) && !quote; i++ {
		switch s[i] {
		case '"', '\\', '(', ')', ',', ' ', '\t', '\n', '\r', '\v', '\f':
			quote = true
		}
	}
	if !quote {
		return append(b, s...)
	}
	b = append(b, '"')
	for i := 0; i < len(s); i++ {
		if s[i] == '"' || s[i] == '\\' {
			b = append(b, s[i])
		}
		b = append(b, s[i])
	}
	return append(b, '"')
}

// features makes a GeoJSON collection of rows: the first member that is a geometry is the feature's, the others are
// its properties.
func features(rows []byte) []byte {
	out := []byte(`{"type" : "FeatureCollection", "features" : [`)
	n := 0
	all := append(append([]byte{'['}, rows...), ']')
	elements(all, func(row []byte) bool {
		if n++; n > 1 {
			out = append(out, ", \n "...)
		}
		geometry := []byte("null")
		var properties []byte
		found := false
		list := []member(nil)
		switch {
		case first(row) == '{' && !isGeometry(row):
			list = members(row)
		case isGeometry(row): // a function that gives geometries
			geometry = row
		}
		for _, m := range list {
			if !found && isGeometry(m.value) {
				geometry, found = m.value, true
				continue
			}
			if properties != nil {
				properties = append(properties, ", "...)
			}
			properties = append(append(AppendJSONString(properties, m.key), ": "...), m.value...)
		}
		out = append(append(out, `{"type": "Feature", "geometry": `...), geometry...)
		out = append(append(append(out, `, "properties": {`...), properties...), "}}"...)
		return true
	})
	return append(out, "]}"...)
}

func isGeometry(value []byte) bool {
	if first(value) != '{' {
		return false
	}
	kind, shape := false, false
	for _, m := range members(value) {
		kind = kind || m.key == "type"
		shape = shape || m.key == "coordinates" || m.key == "geometries"
	}
	return kind && shape
}

// settingHeaders reads the setting response.headers: an array of objects with one string each.
func (a *Answer) settingHeaders() ([][2]string, error) {
	if a.Headers == nil {
		return nil, nil
	}
	bad := errs.New("PGRST111", "response.headers guc must be a JSON array composed of objects with a single key and a string value")
	var list []map[string]any
	if json.Unmarshal([]byte(*a.Headers), &list) != nil {
		return nil, bad
	}
	var out [][2]string
	for _, o := range list {
		if len(o) != 1 {
			return nil, bad
		}
		for k, v := range o {
			s, ok := v.(string)
			if !ok || !validHeaderName(k) {
				return nil, bad
			}
			out = append(out, [2]string{k, headerValue(s)})
		}
	}
	return out, nil
}

func validHeaderName(s string) bool {
	for i := 0; i < len(s); i++ {
		if s[i] <= ' ' || s[i] >= 127 || strings.IndexByte(`"(),/:;<=>?@[\]{}`, s[i]) >= 0 {
			return false
		}
	}
	return s != ""
}

// settingStatus reads the setting response.status.
func (a *Answer) settingStatus(status *int) error {
	if a.Status == nil {
		return nil
	}
	s := *a.Status
	i := 0
	for i < len(s) && s[i] >= '0' && s[i] <= '9' {
		i++
	}
	n, err := strconv.Atoi(s[:i])
	if err != nil || n < 100 || n > 999 {
		return errs.New("PGRST112", "response.status guc must be a valid status code")
	}
	*status = n
	return nil
}
