package pipeline

import (
	"bytes"
	"encoding/json"
	"net/http"
	"net/url"
	"regexp"
	"slices"

	"github.com/basement-project/basement/internal/catalog"
	"github.com/basement-project/basement/internal/denial"
	"github.com/basement-project/basement/internal/engine"
	"github.com/basement-project/basement/internal/errs"
	"github.com/basement-project/basement/internal/identity"
	"github.com/basement-project/basement/internal/rest"
)

// denialHeader carries the explanation of an answer without rows, as JSON.
const denialHeader = "Explain-Denial"

const (
	maxExplainedRows = 3
	maxDenialHeader  = 8 << 10
)

// explains says whether a request is told. A part of a program is not: the explanation runs a program of its own, and the
// embedded engine runs one at a time.
func (p *Pipeline) explains(x *exchange, req *rest.Request) bool {
	return req.Prefer.ExplainDenial && !x.part && (p.options.Development || p.options.Operates != nil && p.options.Operates(x.r.Header))
}

// explainError adds to an error of missing rights why it came.
func (p *Pipeline) explainError(s *state, x *exchange, req *rest.Request, body []byte, err error) error {
	e := errs.Of(err)
	if e == nil || e.Code != "42501" || !p.explains(x, req) {
		return err
	}
	j, r := p.judgeOf(s, x, req, e.Message)
	if r == nil {
		return err
	}
	command, reads := commandOf(req)
	var report denial.Report
	if rowSecurityError.MatchString(e.Message) {
		report = j.Rows(x.r.Context(), r, command, true, reads, p.rowsAs(s, x, req, body))
	} else {
		report = j.Rights(r, command, reads)
	}
	text, merr := report.JSON()
	if merr != nil {
		return err
	}
	told := *e
	told.DetailJSON = string(text)
	return &told
}

// explainAbsence tells of an answer without rows which rows there are, and what hides them.
func (p *Pipeline) explainAbsence(s *state, x *exchange, req *rest.Request, answer *rest.Answer) {
	if answer.Count != 0 || req.Action == rest.Insert || req.Action == rest.Upsert || !p.explains(x, req) {
		return
	}
	j, r := p.judgeOf(s, x, req, "")
	if r == nil {
		return
	}
	command, reads := commandOf(req)
	report := j.Rows(x.r.Context(), r, command, false, reads || command != denial.Select, p.hidden(s, x))
	text, err := report.JSON()
	if err != nil || len(text) > maxDenialHeader {
		return
	}
	// A header is ASCII.
	x.w.Header().Set(denialHeader, string(asciiJSON(text)))
}

func asciiJSON(text []byte) []byte {
	const hex = "0123456789abcdef"
	var out []byte
	for _, r := range string(text) {
		if r < 0x80 {
			out = append(out, byte(r))
			continue
		}
		units := []rune{r}
		if r > 0xFFFF {
			r -= 0x10000
			units = []rune{0xD800 + r>>10, 0xDC00 + r&0x3FF}
		}
		for _, u := range units {
			out = append(out, '\\', 'u', hex[u>>12&15], hex[u>>8&15], hex[u>>4&15], hex[u&15])
		}
	}
	return out
}

var (
	rowSecurityError = regexp.MustCompile(`^new row violates row-level security policy`)
	namedRelation    = regexp.MustCompile(`(?:relation|table|view|policy (?:"[^"]*" )?(?:\(USING expression\) )?for table) "?([^"]+)"?$`)
)

// judgeOf makes the judge of a request and finds the relation an error speaks of, else the request's own.
func (p *Pipeline) judgeOf(s *state, x *exchange, req *rest.Request, message string) (*denial.Judge, *catalog.Relation) {
	if req.Action != rest.ReadRelation && !req.Action.Writes() {
		return nil, nil
	}
	name := req.Name
	if m := namedRelation.FindStringSubmatch(message); m != nil {
		name = m[1]
	}
	relation := s.model.Snapshot.Relation(req.Schema, name)
	if relation == nil {
		for _, r := range s.model.Snapshot.Relations {
			if r.Name == name && !slices.Contains([]string{"pg_catalog", "information_schema"}, r.Schema) {
				relation = r
			}
		}
	}
	if relation == nil {
		return nil, nil
	}
	return &denial.Judge{Model: s.model, Guard: p.options.Guard, Run: p.options.Engine.Run, Role: x.who.Role,
		SearchPath: searchPath(req, x.cfg), Settings: []engine.Setting{{Name: "request.jwt.claims", Value: claims(x.who)}}}, relation
}

func commandOf(r *rest.Request) (command string, reads bool) {
	reads = r.Prefer.Return == "representation" || len(r.Filters)+len(r.Logic) > 0
	switch r.Action {
	case rest.Insert, rest.Upsert:
		return denial.Insert, r.Prefer.Return == "representation" || r.Prefer.Resolution != "" || r.Action == rest.Upsert
	case rest.Update:
		return denial.Update, reads
	case rest.Delete:
		return denial.Delete, reads
	}
	return denial.Select, true
}

// rowsAs gives the rows that a write would have made, by making them as service_role and undoing that.
func (p *Pipeline) rowsAs(s *state, x *exchange, req *rest.Request, body []byte) []json.RawMessage {
	u := *x.r.URL
	q := u.Query()
	for _, name := range []string{"select", "order", "limit", "offset"} {
		q.Del(name)
	}
	u.RawQuery = q.Encode()
	prefer := "return=representation"
	for _, kept := range []string{"resolution=" + req.Prefer.Resolution, "missing=" + req.Prefer.Missing} {
		if kept[len(kept)-1] != '=' {
			prefer += ", " + kept
		}
	}
	return p.asService(s, x, x.r.Method, &u, prefer, body)
}

// hidden gives the rows that the request's filters choose when no policy hides any.
func (p *Pipeline) hidden(s *state, x *exchange) []json.RawMessage {
	u := *x.r.URL
	q := u.Query()
	for _, name := range []string{"select", "columns", "on_conflict", "order", "offset"} {
		q.Del(name)
	}
	q.Set("limit", "3")
	u.RawQuery = q.Encode()
	return p.asService(s, x, http.MethodGet, &u, "", nil)
}

func (p *Pipeline) asService(s *state, x *exchange, method string, u *url.URL, prefer string, body []byte) []json.RawMessage {
	header := inherited(x.r.Header)
	if prefer != "" {
		header.Set("Prefer", prefer)
	}
	if method == http.MethodGet {
		if profile := x.r.Header.Get("Content-Profile"); profile != "" {
			header.Set("Accept-Profile", profile)
		}
	} else if kind := x.r.Header.Get("Content-Type"); kind != "" {
		header.Set("Content-Type", kind)
	}
	r := x.r.Clone(x.r.Context())
	r.Method, r.URL, r.Header = method, u, header
	var rec *recorder
	who := identity.Identity{Role: identity.RoleService, Claims: x.who.Claims}
	err := p.options.Engine.Program(x.r.Context(), who.Role, func(run engine.Runner) (err error) {
		if rec, err = p.part(s, x, who, r, body, run); err != nil {
			return err
		}
		return engine.ErrRollback
	})
	var rows []json.RawMessage
	if err != nil || json.Unmarshal(bytes.TrimSpace(rec.body.Bytes()), &rows) != nil {
		return nil
	}
	return rows[:min(len(rows), maxExplainedRows)]
}
