package pipeline

import (
	"encoding/json"
	"net/http"
	"slices"
	"strings"
	"sync"

	"github.com/basement-project/basement/internal/catalog"
	"github.com/basement-project/basement/internal/engine"
	"github.com/basement-project/basement/internal/guard"
	"github.com/basement-project/basement/internal/identity"
	"github.com/basement-project/basement/internal/plan"
	"github.com/basement-project/basement/internal/rest"
	"github.com/basement-project/basement/internal/sql/types"
)

// state is what was derived from one snapshot and one configuration, and the plans made with it.
type state struct {
	model *plan.Model
	mu    sync.RWMutex
	plans map[string]*entry
}

// maxPlans bounds the plans kept; all are dropped when there are more, since shapes in use come back at once.
const maxPlans = 2048

func newState(snap *catalog.Snapshot, cfg *rest.Config, estimates bool) *state {
	return &state{model: plan.NewModel(snap, cfg, estimates), plans: map[string]*entry{}}
}

// entry is a plan and its statements as each role may run them.
type entry struct {
	plan  *plan.Plan
	mu    sync.RWMutex
	roles map[string][]guard.Guarded
}

// maxRoles bounds the roles a plan is kept guarded for.
const maxRoles = 64

// plan gives the plan for a request's shape.
func (s *state) plan(r *rest.Request, p plan.Prepared, role string) (*entry, error) {
	if p.Key != "" {
		s.mu.RLock()
		e := s.plans[p.Key]
		s.mu.RUnlock()
		if e != nil {
			return e, nil
		}
	}
	made, err := s.model.Build(r, p, role)
	if err != nil {
		return nil, err
	}
	e := &entry{plan: made, roles: map[string][]guard.Guarded{}}
	if p.Key != "" {
		s.mu.Lock()
		if len(s.plans) >= maxPlans {
			clear(s.plans)
		}
		s.plans[p.Key] = e
		s.mu.Unlock()
	}
	return e, nil
}

// refusal is where the guard refused a plan: the step, and its parameters' types when the statement as such is right.
type refusal struct {
	step   int
	params []*types.Type
}

// guarded gives the plan's statements guarded for a role.
func (e *entry) guarded(g *guard.Guard, m *plan.Model, role string, path []string) ([]guard.Guarded, refusal, error) {
	e.mu.RLock()
	out := e.roles[role]
	e.mu.RUnlock()
	if out != nil {
		return out, refusal{}, nil
	}
	for i, step := range e.plan.Steps {
		s, err := g.Apply(m.Snapshot, role, step.Statement, guard.Options{SearchPath: path})
		if err != nil {
			return nil, refusal{i, s.Params()}, err
		}
		out = append(out, s)
	}
	e.mu.Lock()
	if len(e.roles) >= maxRoles {
		clear(e.roles)
	}
	e.roles[role] = out
	e.mu.Unlock()
	return out, refusal{}, nil
}

// request makes the engine's request out of the plan and the values.
func (e *entry) request(x *exchange, r *rest.Request, prepared plan.Prepared, guarded []guard.Guarded) (*engine.Request, error) {
	out := &engine.Request{
		Role: x.who.Role, SearchPath: searchPath(r, x.cfg), Settings: settings(x, r, e.plan),
		ReadOnly: e.plan.ReadOnly, Isolation: e.plan.Isolation, Verify: e.plan.Verify(r),
		Rollback: rollsBack(&r.Prefer, x.cfg),
		Steps:    make([]engine.Step, len(guarded)),
	}
	for i := range guarded {
		args, err := e.plan.Bind(i, r, prepared)
		if err != nil {
			return nil, err
		}
		out.Steps[i] = engine.Step{Statement: guarded[i], Args: args, Format: e.plan.Steps[i].Format}
	}
	return out, nil
}

// settings are what a request's transaction is told of it.
func settings(x *exchange, r *rest.Request, p *plan.Plan) []engine.Setting {
	out := make([]engine.Setting, 0, 8+len(x.cfg.AppSettings))
	out = append(out,
		engine.Setting{Name: "request.jwt.claims", Value: claims(x.who)},
		engine.Setting{Name: "request.method", Value: r.Method},
		engine.Setting{Name: "request.path", Value: r.Path},
		engine.Setting{Name: "request.headers", Value: headers(x.r)},
		engine.Setting{Name: "request.cookies", Value: cookies(x.r)})
	if r.Prefer.Timezone != "" {
		out = append(out, engine.Setting{Name: "timezone", Value: r.Prefer.Timezone})
	}
	for _, s := range p.Settings {
		out = append(out, engine.Setting(s))
	}
	for _, s := range x.cfg.AppSettings {
		out = append(out, engine.Setting(s))
	}
	return out
}

// claims are the token's claims with the role that was found.
func claims(who identity.Identity) string {
	role := append([]byte(`"role":`), rest.AppendJSONString(nil, who.Role)...)
	switch {
	case who.Claims == "" || who.Claims == "{}":
		return "{" + string(role) + "}"
	}
	if v, ok := rest.Member([]byte(who.Claims), "role"); ok && string(v) == string(role[len(`"role":`):]) {
		return who.Claims
	}
	var all map[string]json.RawMessage
	if json.Unmarshal([]byte(who.Claims), &all) != nil {
		return "{" + string(role) + "}"
	}
	all["role"] = rest.AppendJSONString(nil, who.Role)
	out, err := json.Marshal(all)
	if err != nil {
		return "{" + string(role) + "}"
	}
	return string(out)
}

// headers are the request's headers as a JSON object with lower-case names; cookies are apart.
func headers(r *http.Request) string {
	names := make([]string, 0, len(r.Header)+1)
	for name := range r.Header {
		if name != "Cookie" {
			names = append(names, name)
		}
	}
	slices.Sort(names)
	b := make([]byte, 0, 512)
	b = append(b, '{')
	if r.Host != "" {
		b = append(b, `"host":`...)
		b = rest.AppendJSONString(b, clean(r.Host))
	}
	for _, name := range names {
		if len(b) > 1 {
			b = append(b, ',')
		}
		b = append(rest.AppendJSONString(b, strings.ToLower(name)), ':')
		values := r.Header[name]
		b = rest.AppendJSONString(b, clean(values[len(values)-1]))
	}
	return string(append(b, '}'))
}

func cookies(r *http.Request) string {
	list := r.Cookies()
	if len(list) == 0 {
		return "{}"
	}
	all := map[string]string{}
	for _, c := range list {
		all[c.Name] = clean(c.Value)
	}
	out, err := json.Marshal(all)
	if err != nil {
		return "{}"
	}
	return string(out)
}

// clean makes header bytes valid text.
func clean(s string) string {
	return strings.ToValidUTF8(strings.ReplaceAll(s, "\x00", ""), "\uFFFD")
}
