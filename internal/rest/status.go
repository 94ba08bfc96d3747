package rest

import (
	"encoding/json"
	"net/http"
	"strconv"
	"strings"

	"github.com/basement-project/basement/internal/errs"
)

var dialectStatus = map[string]int{
	"PGRST000": 503, "PGRST001": 503, "PGRST002": 503, "PGRST003": 504,
	"PGRST100": 400, "PGRST101": 405, "PGRST102": 400, "PGRST103": 416, "PGRST105": 405, "PGRST106": 406, "PGRST107": 406,
	"PGRST108": 400, "PGRST111": 500, "PGRST112": 500, "PGRST114": 400, "PGRST115": 400, "PGRST116": 406, "PGRST117": 405,
	"PGRST118": 400, "PGRST120": 400, "PGRST121": 500, "PGRST122": 400, "PGRST123": 400, "PGRST124": 400, "PGRST125": 404,
	"PGRST126": 404, "PGRST127": 400, "PGRST128": 400,
	"PGRST200": 400, "PGRST201": 300, "PGRST202": 404, "PGRST203": 300, "PGRST204": 400, "PGRST205": 404,
	"PGRST300": 500, "PGRST301": 401, "PGRST302": 401, "PGRST303": 401,
}

// StatusOf gives the HTTP status of an error. authenticated says that the request did not act as the anonymous role.
func StatusOf(e *errs.Error, authenticated bool) int {
	if e.Status != 0 {
		return e.Status
	}
	if s, ok := dialectStatus[e.Code]; ok {
		return s
	}
	return sqlStatus(e.Code, e.Message, authenticated)
}

var sqlStates = map[string]int{
	"23503": 409, "23505": 409, "25006": 405, "53400": 500, "57P01": 503, "P0001": 400, "42P01": 404, "42P17": 500,
}

var sqlClasses = map[string]int{
	"08": 503, "09": 500, "0L": 403, "0P": 403, "25": 500, "28": 403, "2D": 500, "38": 500, "39": 500, "3B": 500, "40": 500,
	"53": 503, "54": 500, "55": 500, "57": 500, "58": 500, "F0": 500, "HV": 500, "P0": 500, "XX": 500,
}

func sqlStatus(code, message string, authenticated bool) int {
	if s, ok := sqlStates[code]; ok {
		return s
	}
	switch code {
	case "21000":
		if strings.HasSuffix(message, "requires a WHERE clause") {
			return 400
		}
		return 500
	case "22023":
		if strings.HasPrefix(message, "role") && strings.HasSuffix(message, "does not exist") {
			return 401
		}
		return 400
	case "42883":
		if strings.HasPrefix(message, "function xmlagg(") {
			return 406
		}
		return 404
	case "42501":
		if authenticated {
			return 403
		}
		return 401
	}
	if n, ok := strings.CutPrefix(code, "PT"); ok {
		if s, err := strconv.Atoi(n); err == nil && s >= 100 && s <= 999 {
			return s
		}
		return 500
	}
	if len(code) >= 2 {
		if s, ok := sqlClasses[code[:2]]; ok {
			return s
		}
	}
	return 400
}

// raised turns an error raised with SQLSTATE PGRST, whose message and detail are JSON, into what it asks for.
func raised(e *errs.Error) *errs.Error {
	if e.Code != "PGRST" {
		return e
	}
	broken := func(detail, hint string) *errs.Error {
		return &errs.Error{Code: "PGRST121", Message: `Could not parse JSON in the "RAISE SQLSTATE 'PGRST'" error`, Detail: detail, Hint: hint}
	}
	const detailHint = "DETAIL must be a JSON object with obligatory keys: 'status', 'headers' and optional key: 'status_text'."
	var m struct {
		Code    *string `json:"code"`
		Message *string `json:"message"`
		Details *string `json:"details"`
		Hint    *string `json:"hint"`
	}
	if json.Unmarshal([]byte(e.Message), &m) != nil || m.Code == nil || m.Message == nil {
		return broken("Invalid JSON value for MESSAGE: '"+e.Message+"'",
			"MESSAGE must be a JSON object with obligatory keys: 'code', 'message' and optional keys: 'details', 'hint'.")
	}
	if e.Detail == "" {
		return broken("DETAIL is missing in the RAISE statement", detailHint)
	}
	var d struct {
		Status  *int              `json:"status"`
		Text    *string           `json:"status_text"`
		Headers map[string]string `json:"headers"`
	}
	if json.Unmarshal([]byte(e.Detail), &d) != nil || d.Status == nil || d.Headers == nil || *d.Status < 100 || *d.Status > 999 {
		return broken("Invalid JSON value for DETAIL: '"+e.Detail+"'", detailHint)
	}
	out := &errs.Error{Code: *m.Code, Message: *m.Message, Status: *d.Status, Headers: d.Headers, Err: e.Err}
	if m.Details != nil {
		out.Detail = *m.Details
	}
	if m.Hint != nil {
		out.Hint = *m.Hint
	}
	return out
}

// ErrorBody is the JSON of an error: code, details, hint, message. minimal leaves details and hint out.
func ErrorBody(e *errs.Error, minimal bool) []byte {
	b := make([]byte, 0, 128+len(e.Message)+len(e.Detail)+len(e.Hint)+len(e.DetailJSON))
	b = append(b, `{"code":`...)
	b = AppendJSONString(b, e.Code)
	if !minimal {
		b = append(b, `,"details":`...)
		switch {
		case e.DetailJSON != "":
			b = append(b, e.DetailJSON...)
		case e.Detail != "":
			b = AppendJSONString(b, e.Detail)
		default:
			b = append(b, "null"...)
		}
		b = append(b, `,"hint":`...)
		if e.Hint != "" {
			b = AppendJSONString(b, e.Hint)
		} else {
			b = append(b, "null"...)
		}
	}
	b = append(b, `,"message":`...)
	b = AppendJSONString(b, e.Message)
	return append(b, '}')
}

// WriteError answers with an error. It is the one place where this API's errors become HTTP.
func WriteError(w http.ResponseWriter, err error, authenticated, minimal, head bool) int {
	e := errs.Of(err)
	if e == nil {
		e = errs.Internal("request", err)
	}
	if e.Code == "PGRST" {
		e = raised(e)
	}
	status := StatusOf(e, authenticated)
	h := w.Header()
	for name, value := range e.Headers {
		h.Set(name, value)
	}
	if status == 401 && h.Get("WWW-Authenticate") == "" && !strings.HasPrefix(e.Code, "PGRST") && e.Status == 0 {
		h.Set("WWW-Authenticate", "Bearer")
	}
	if status == 503 && h.Get("Retry-After") == "" {
		h.Set("Retry-After", "1")
	}
	body := ErrorBody(e, minimal)
	h.Set("Content-Type", "application/json; charset=utf-8")
	h.Set("Content-Length", strconv.Itoa(len(body)))
	h.Set("Proxy-Status", "PostgREST; error="+headerValue(e.Code))
	w.WriteHeader(status)
	if !head && status != 204 && status != 304 && status >= 200 {
		_, _ = w.Write(body)
	}
	return status
}

func headerValue(s string) string {
	return strings.Map(func(c rune) rune {
		if c < ' ' || c == 127 {
			return -1
		}
		return c
	}, s)
}

// AppendJSONString appends s as a JSON string.
func AppendJSONString(b []byte, s string) []byte {
	const hex = "0123456789abcdef"
	b = append(b, '"')
	start := 0
	for i := 0; i < len(s); i++ {
		c := s[i]
		if c >= ' ' && c != '"' && c != '\\' {
			continue
		}
		b = append(b, s[start:i]...)
		switch c {
		case '"', '\\':
			b = append(b, '\\', c)
		case '\n':
			b = append(b, '\\', 'n')
		case '\r':
			b = append(b, '\\', 'r')
		case '\t':
			b = append(b, '\\', 't')
		default:
			b = append(b, '\\', 'u', '0', '0', hex[c>>4], hex[c&15])
		}
		start = i + 1
	}
	b = append(b, s[start:]...)
	return append(b, '"')
}
