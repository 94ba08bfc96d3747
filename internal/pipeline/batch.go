package pipeline

import (
	"bytes"
	"encoding/json"
	"errors"
	"net/http"
	"net/url"
	"slices"
	"strconv"
	"strings"

	"github.com/basement-project/basement/internal/engine"
	"github.com/basement-project/basement/internal/errs"
	"github.com/basement-project/basement/internal/rest"
)

const (
	maxBatch = 100
	// maxBatchAnswer bounds the answers of a batch together, in bytes.
	maxBatchAnswer = 64 << 20
)

// batched is one request of a batch as it is sent: the path below the API's root with its query, the headers it has
// besides those of the batch, and its body as JSON or, with another content type, as text.
type batched struct {
	ID      string            `json:"id"`
	Method  string            `json:"method"`
	Path    string            `json:"path"`
	Headers map[string]string `json:"headers"`
	Body    json.RawMessage   `json:"body"`
}

// reply is what one request of a batch is answered with; Body is null when it has none.
type reply struct {
	ID      string            `json:"id"`
	Status  int               `json:"status"`
	Headers map[string]string `json:"headers"`
	Body    json.RawMessage   `json:"body"`
}

// batch runs the requests of a batch in one transaction, each seeing what those before it did. The first that fails is
// answered for all, and nothing is changed.
func (p *Pipeline) batch(s *state, x *exchange, prefer *rest.Preferences, body []byte) error {
	list, err := parseBatch(body)
	if err != nil {
		return err
	}
	x.clock.mark(parse)
	var replies []reply
	err = p.options.Engine.Program(x.r.Context(), x.who.Role, func(run engine.Runner) error {
		replies = make([]reply, 0, len(list))
		size := 0
		for i := range list {
			r, err := p.one(s, x, &list[i], replies, run)
			if err != nil {
				return failedIn(err, list[i].ID)
			}
			if size += len(r.Body); size > maxBatchAnswer {
				return failedIn(&errs.Error{Code: "54000", Message: "the answers of the batch are too large", Status: http.StatusRequestEntityTooLarge}, list[i].ID)
			}
			replies = append(replies, r)
		}
		if rollsBack(prefer, x.cfg) {
			return engine.ErrRollback
		}
		return nil
	})
	if err != nil {
		return err
	}
	x.clock.mark(transaction)
	x.clock.header(x)
	return writeReplies(x.w, replies)
}

func parseBatch(body []byte) ([]batched, error) {
	var list []batched
	d := json.NewDecoder(bytes.NewReader(body))
	d.DisallowUnknownFields()
	if err := d.Decode(&list); err != nil || len(list) == 0 || d.More() {
		return nil, badBatch("A batch is a JSON array of requests: [{\"id\", \"method\", \"path\", \"headers\", \"body\"}].", err)
	}
	if len(list) > maxBatch {
		return nil, badBatch("A batch has at most "+strconv.Itoa(maxBatch)+" requests.", nil)
	}
	seen := map[string]bool{}
	for i := range list {
		b := &list[i]
		if b.ID == "" {
			b.ID = strconv.Itoa(i)
		}
		if seen[b.ID] {
			return nil, badBatch("Two requests of the batch have the id "+strconv.Quote(b.ID)+".", nil)
		}
		seen[b.ID] = true
		if b.Method == "" {
			b.Method = http.MethodGet
		}
		if !slices.Contains([]string{"GET", "HEAD", "POST", "PUT", "PATCH", "DELETE"}, b.Method) {
			return nil, badBatch("The request "+strconv.Quote(b.ID)+" has a method that a batch has not: "+b.Method, nil)
		}
		if !strings.HasPrefix(b.Path, "/") || strings.HasPrefix(b.Path, "//") {
			return nil, badBatch("The path of the request "+strconv.Quote(b.ID)+" must be below the API's root: /relation?query", nil)
		}
	}
	return list, nil
}

func badBatch(detail string, cause error) error {
	return &errs.Error{Code: "PGRST102", Message: "The batch could not be read", Detail: detail, Err: cause}
}

// failedIn names the request of the batch that failed, without changing what the error says.
func failedIn(err error, id string) error {
	var e *errs.Error
	if !errors.As(err, &e) {
		return err
	}
	named := *e
	hint := "The request " + strconv.Quote(id) + " of the batch failed; nothing was changed."
	if named.Hint != "" {
		hint = strings.TrimSuffix(named.Hint, ".") + ". " + hint
	}
	named.Hint = hint
	return &named
}

// one runs a request of the batch through the pipeline.
func (p *Pipeline) one(s *state, x *exchange, b *batched, before []reply, run engine.Runner) (reply, error) {
	limit := x.cfg.MaxBody
	if limit <= 0 {
		limit = maxBatchAnswer
	}
	values := refer(before, limit)
	path, err := values.fillPath(b.Path)
	if err != nil {
		return reply{}, err
	}
	u, err := url.ParseRequestURI(path)
	if err != nil {
		return reply{}, badBatch("The path of the request "+strconv.Quote(b.ID)+" is no path.", err)
	}
	body, err := values.fillBody(b.Body)
	if err != nil {
		return reply{}, err
	}
	header := inherited(x.r.Header)
	for name, value := range b.Headers {
		switch http.CanonicalHeaderKey(name) {
		case "Authorization", "Apikey", "Cookie", "Host":
			return reply{}, badBatch("A request of a batch is made by whoever sends the batch: it cannot have the header "+name+".", nil)
		}
		header.Set(name, value)
	}
	if text := ""; header.Get("Content-Type") != "" && !strings.Contains(header.Get("Content-Type"), "json") && json.Unmarshal(body, &text) == nil {
		body = []byte(text)
	}
	if len(body) > 0 && header.Get("Content-Type") == "" {
		header.Set("Content-Type", "application/json")
	}
	r := x.r.Clone(x.r.Context())
	r.Method, r.URL, r.Header, r.RequestURI = b.Method, u, header, path
	rec, err := p.part(s, x, x.who, r, body, run)
	if err != nil {
		return reply{}, err
	}
	return rec.reply(b.ID), nil
}

func (r *recorder) reply(id string) reply {
	out := reply{ID: id, Status: r.status, Headers: map[string]string{}, Body: json.RawMessage("null")}
	for name, values := range r.header {
		if name != "Content-Length" && strings.Join(values, "") != "" {
			out.Headers[name] = strings.Join(values, ", ")
		}
	}
	switch b := r.body.Bytes(); {
	case len(b) == 0:
	case strings.Contains(r.header.Get("Content-Type"), "json") && json.Valid(b):
		out.Body = b
	default:
		out.Body = rest.AppendJSONString(nil, clean(string(b)))
	}
	return out
}

func writeReplies(w http.ResponseWriter, replies []reply) error {
	var b bytes.Buffer
	e := json.NewEncoder(&b)
	e.SetEscapeHTML(false)
	if err := e.Encode(replies); err != nil {
		return errs.Internal("batch", err)
	}
	out := bytes.TrimSuffix(b.Bytes(), []byte("\n"))
	h := w.Header()
	h.Set("Content-Type", "application/json; charset=utf-8")
	h.Set("Preference-Applied", rest.BatchPreference)
	h.Set("Content-Length", strconv.Itoa(len(out)))
	w.WriteHeader(http.StatusOK)
	_, err := w.Write(out)
	return err
}
