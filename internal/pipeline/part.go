package pipeline

import (
	"bytes"
	"context"
	"net/http"

	"github.com/basement-project/basement/internal/engine"
	"github.com/basement-project/basement/internal/identity"
	"github.com/basement-project/basement/internal/rest"
)

// recorder keeps an answer.
type recorder struct {
	header http.Header
	status int
	body   bytes.Buffer
}

func (r *recorder) Header() http.Header         { return r.header }
func (r *recorder) WriteHeader(status int)      { r.status = status }
func (r *recorder) Write(b []byte) (int, error) { return r.body.Write(b) }

// part answers a request that is a part of another one's program, as who, and keeps the answer.
func (p *Pipeline) part(s *state, x *exchange, who identity.Identity, r *http.Request, body []byte, run engine.Runner) (*recorder, error) {
	rec := &recorder{header: http.Header{}, status: http.StatusOK}
	inner := &exchange{w: rec, r: r, cfg: x.cfg, who: who, part: true,
		run: func(_ context.Context, q *engine.Request) ([]*engine.Result, error) { return run(q) }}
	inner.clock.start()
	return rec, p.answer(s, inner, body)
}

// inherited are the headers of a request that its parts have as well.
func inherited(h http.Header) http.Header {
	out := h.Clone()
	for _, name := range []string{"Prefer", "Accept", "Content-Type", "Content-Length", "Content-Encoding", "Range", "Range-Unit"} {
		out.Del(name)
	}
	return out
}

// rollsBack says whether what a request does is undone: it asks for that, or the settings do and it may not say otherwise.
func rollsBack(prefer *rest.Preferences, cfg *rest.Config) bool {
	return prefer.Tx == "rollback" || cfg.TxRollback && prefer.Tx != "commit"
}
