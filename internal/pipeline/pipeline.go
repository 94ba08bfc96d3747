package pipeline

import (
	"context"
	"errors"
	"io"
	"log/slog"
	"net/http"
	"sync"
	"sync/atomic"

	"github.com/basement-project/basement/internal/catalog"
	"github.com/basement-project/basement/internal/engine"
	"github.com/basement-project/basement/internal/errs"
	"github.com/basement-project/basement/internal/guard"
	"github.com/basement-project/basement/internal/identity"
	"github.com/basement-project/basement/internal/openapi"
	"github.com/basement-project/basement/internal/plan"
	"github.com/basement-project/basement/internal/rest"
	"github.com/basement-project/basement/internal/sql/ast"
)

// Options are what a pipeline is made of.
type Options struct {
	Engine engine.Engine
	Guard  *guard.Guard
	// Config gives the settings in force. It must give the same pointer until they change.
	Config func() *rest.Config
	// Identify finds out who asks; its errors are *errs.Error.
	Identify func(http.Header) (identity.Identity, error)
	Log      *slog.Logger
	// Root is the path the API is served under, for its description of itself.
	Root string
	// Operates says that a request comes from whoever runs the project, whoever it acts as. nil: never.
	Operates func(http.Header) bool
	// Development answers the questions of developers to everybody.
	Development bool
}

// Pipeline answers REST requests. It is an http.Handler for paths below the API's root.
type Pipeline struct {
	options Options
	state   atomic.Pointer[state]
	derive  sync.Mutex
}

// New makes a pipeline.
func New(o Options) *Pipeline {
	if o.Log == nil {
		o.Log = slog.New(slog.DiscardHandler)
	}
	return &Pipeline{options: o}
}

// exchange is one request on its way.
type exchange struct {
	w     http.ResponseWriter
	r     *http.Request
	cfg   *rest.Config
	who   identity.Identity
	clock clock
	// run runs the statements: in a transaction of their own, or as a part of a program.
	run func(context.Context, *engine.Request) ([]*engine.Result, error)
	// part says that it is a part of a program.
	part bool
}

// ServeHTTP answers one request; all errors are written here.
func (p *Pipeline) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	s := p.current()
	x := &exchange{w: w, r: r, cfg: s.model.Config, run: p.options.Engine.Run}
	x.clock.start()
	if x.cfg.TraceHeader != "" {
		if v := r.Header.Get(x.cfg.TraceHeader); v != "" {
			w.Header().Set(x.cfg.TraceHeader, v)
		}
	}
	if err := p.serve(s, x); err != nil {
		authenticated := x.who.Role != "" && !x.who.Anonymous
		status := rest.WriteError(w, err, authenticated, x.cfg.MinimalErrors, r.Method == http.MethodHead)
		// A client that has gone away is no failure of ours.
		if status >= 500 && !errors.Is(r.Context().Err(), context.Canceled) {
			p.options.Log.Error("request failed", "method", r.Method, "path", r.URL.Path, "error", err, "cause", errors.Unwrap(err))
		}
	}
}

// serve finds out who asks and reads what was sent.
func (p *Pipeline) serve(s *state, x *exchange) (err error) {
	if x.who, err = p.options.Identify(x.r.Header); err != nil {
		return err
	}
	x.clock.mark(jwt)

	body, err := readAll(x.w, x.r, x.cfg.MaxBody)
	if err != nil {
		return err
	}
	if x.r.Method == http.MethodPost && len(x.r.Header["Prefer"]) > 0 {
		switch prefer := rest.ParsePreferences(x.r.Header, x.cfg.TxOverride); {
		case prefer.Batch && x.r.URL.EscapedPath() == "/batch":
			return p.batch(s, x, &prefer, body)
		case prefer.Nested:
			return p.nested(s, x, body)
		}
	}
	return p.answer(s, x, body)
}

// answer is the pipeline: parse, plan, guard, engine, respond.
func (p *Pipeline) answer(s *state, x *exchange, body []byte) error {
	req, err := rest.Parse(rest.Input{
		Method: x.r.Method, Path: x.r.URL.EscapedPath(), RawQuery: x.r.URL.RawQuery, Header: x.r.Header, Body: body,
	}, x.cfg)
	if err != nil {
		return err
	}
	x.clock.mark(parse)
	if done, err := p.describe(s, x, req); done || err != nil {
		return err
	}
	if err := p.perform(s, x, req, body); err != nil {
		return p.explainError(s, x, req, body, err)
	}
	return nil
}

// perform plans, guards, runs and answers a parsed request.
func (p *Pipeline) perform(s *state, x *exchange, req *rest.Request, body []byte) error {
	prepared, err := s.model.Prepare(req)
	if err != nil {
		return err
	}
	entry, err := s.plan(req, prepared, x.who.Role)
	if err != nil {
		return err
	}
	if err := req.CheckPreferences(); err != nil {
		return err
	}
	guarded, refused, err := entry.guarded(p.options.Guard, s.model, x.who.Role, searchPath(req, x.cfg))
	if err != nil {
		return p.before(s, x, req, entry, prepared, refused, err)
	}
	run, err := entry.request(x, req, prepared, guarded)
	if err != nil {
		return err
	}
	x.clock.mark(planning)

	results, err := x.run(p.listening(x.r.Context()), run)
	if err != nil {
		return err
	}
	x.clock.mark(transaction)

	answer, err := entry.plan.Answer(req, results)
	if err != nil {
		return err
	}
	p.explainAbsence(s, x, req, answer)
	x.clock.mark(response)
	x.clock.header(x)
	return rest.Respond(x.w, req, answer, x.cfg.MinimalErrors)
}

// before gives the error that PostgreSQL meets before it refuses a statement: a setting that cannot be made, and when the
// statement as such is right, a value that its parameter's type does not take.
func (p *Pipeline) before(s *state, x *exchange, req *rest.Request, e *entry, prepared plan.Prepared, at refusal, err error) error {
	if len(at.params) == 0 && req.Prefer.Timezone == "" {
		return err
	}
	q := &ast.SelectStmt{Pos: -1}
	for i := range at.params {
		q.Targets = append(q.Targets, ast.As(&ast.ParamRef{Pos: -1, Number: i + 1}, ""))
	}
	g, gerr := p.options.Guard.Apply(s.model.Snapshot, x.who.Role, q, guard.Options{Params: at.params})
	args, berr := e.plan.Bind(at.step, req, prepared)
	if gerr != nil || berr != nil {
		return err
	}
	if _, first := x.run(x.r.Context(), &engine.Request{Role: x.who.Role, Settings: settings(x, req, e.plan), ReadOnly: true,
		Steps: []engine.Step{{Statement: g, Args: args, Format: engine.Discard}}}); first != nil {
		return first
	}
	return err
}

// describe answers what needs no statement: OPTIONS and the API's own description.
func (p *Pipeline) describe(s *state, x *exchange, req *rest.Request) (bool, error) {
	switch req.Action {
	case rest.RelationInfo, rest.CallInfo, rest.SchemaInfo:
		allow, err := s.model.Allowed(req, x.who.Role)
		if err != nil {
			return false, err
		}
		x.clock.header(x)
		rest.RespondAllow(x.w, allow)
		return true, nil
	case rest.ReadSchema:
		if err := rest.CheckSchemaMedia(req); err != nil {
			return false, err
		}
		var doc []byte
		if req.Document {
			doc = openapi.Document(s.model, req.Schema, x.who.Role, p.options.Root)
		} else {
			doc = openapi.Swagger(s.model, req.Schema, x.who.Role)
		}
		x.clock.mark(planning)
		x.clock.header(x)
		rest.RespondDocument(x.w, req, doc)
		return true, nil
	}
	return false, nil
}

func readAll(w http.ResponseWriter, r *http.Request, limit int64) ([]byte, error) {
	if r.Body == nil || r.Body == http.NoBody {
		return nil, nil
	}
	var body io.Reader = r.Body
	if limit > 0 {
		if r.ContentLength > limit {
			return nil, tooLarge()
		}
		body = http.MaxBytesReader(w, r.Body, limit)
	}
	raw, err := io.ReadAll(body)
	if err == nil {
		return raw, nil
	}
	var tooBig *http.MaxBytesError
	if errors.As(err, &tooBig) {
		return nil, tooLarge()
	}
	return nil, &errs.Error{Code: "PGRST102", Message: "The request's body could not be read", Err: err}
}

func tooLarge() error {
	return &errs.Error{Code: "PGRST102", Message: "The request's body is too large", Status: http.StatusRequestEntityTooLarge}
}

// current gives the state for the catalog and the settings in force, deriving it again when one of them has changed.
func (p *Pipeline) current() *state {
	snap, cfg := p.options.Engine.Snapshot(), p.options.Config()
	if s := p.state.Load(); s != nil && s.fits(snap, cfg) {
		return s
	}
	p.derive.Lock()
	defer p.derive.Unlock()
	if s := p.state.Load(); s != nil && s.fits(snap, cfg) {
		return s
	}
	s := newState(snap, cfg, p.options.Engine.Enforces())
	p.state.Store(s)
	return s
}

func (s *state) fits(snap *catalog.Snapshot, cfg *rest.Config) bool {
	return s.model.Snapshot == snap && s.model.Config == cfg
}

func searchPath(r *rest.Request, cfg *rest.Config) []string {
	return append([]string{r.Schema}, cfg.ExtraSearchPath...)
}

// listening has the database's notices logged, when the log keeps them.
func (p *Pipeline) listening(ctx context.Context) context.Context {
	if !p.options.Log.Enabled(ctx, slog.LevelDebug) {
		return ctx
	}
	return engine.WithNotices(ctx, func(n engine.Notice) {
		p.options.Log.LogAttrs(ctx, slog.LevelDebug, "notice", slog.String("severity", n.Severity), slog.String("code", n.Code),
			slog.String("message", n.Message), slog.String("detail", n.Detail), slog.String("hint", n.Hint))
	})
}
