package auth

import (
	"context"
	"log/slog"
	"net/http"
	"net/netip"
	"strings"
	"time"

	"github.com/basement-project/basement/internal/auth/limit"
	"github.com/basement-project/basement/internal/auth/password"
	"github.com/basement-project/basement/internal/auth/session"
	"github.com/basement-project/basement/internal/auth/store"
	"github.com/basement-project/basement/internal/identity"
)

// Options are what the API is made of.
type Options struct {
	Store *store.Store
	// Gate finds out who asks.
	Gate   *identity.Gate
	Issuer session.Issuer
	Tokens session.Tokens
	// PublicKeys is the JSON Web Key Set that tokens can be verified with.
	PublicKeys []byte
	Rules      password.Rules
	// Offers is what people may do.
	Offers Settings
	Rates  Rates
	// Proxies are the networks of proxies whose X-Forwarded-For is believed.
	Proxies []netip.Prefix
	Log     *slog.Logger
	Version string
	// NotFound answers for paths that are not there.
	NotFound http.Handler
	// Now is the clock.
	Now func() time.Time
}

// Settings say what the API offers.
type Settings struct {
	Signup, AnonymousSignIns bool
	EmailSignup              bool
	// EmailConfirmations lets nobody in whose address is not confirmed.
	EmailConfirmations bool
	// SecurePasswordChange lets passwords be changed only in sessions less than a day old.
	SecurePasswordChange bool
}

// Rates are how much one address may do: sign up or in and refresh in five minutes, sign in anonymously in an hour.
type Rates struct{ SignIn, Refresh, Anonymous int }

// API answers the requests below its root. It is an http.Handler.
type API struct {
	Options
	hasher                     *password.Hasher
	signIns, refreshes, guests *limit.Limiter
	routes                     map[string]map[string]handler
}

// New makes the API.
func New(o Options) *API {
	a := &API{
		Options: o, hasher: password.New(),
		signIns: limit.New(o.Rates.SignIn, 5*time.Minute), refreshes: limit.New(o.Rates.Refresh, 5*time.Minute),
		guests: limit.New(o.Rates.Anonymous, time.Hour),
	}
	a.routes = map[string]map[string]handler{
		"/health":                {"GET": a.health},
		"/settings":              {"GET": a.settings},
		"/.well-known/jwks.json": {"GET": a.keys},
		"/signup":                {"POST": a.signUp},
		"/token":                 {"POST": a.token},
		"/user":                  {"GET": a.getUser, "PUT": a.putUser},
		"/logout":                {"POST": a.logOut},
		"/admin/users":           {"GET": a.admin(a.listUsers), "POST": a.admin(a.createUser)},
		"/admin/users/{id}":      {"GET": a.admin(a.readUser), "PUT": a.admin(a.updateUser), "DELETE": a.admin(a.deleteUser)},
	}
	return a
}

// handler answers one kind of request, or gives the error to answer with.
type handler func(x *exchange) error

// exchange is one request on its way.
type exchange struct {
	w   http.ResponseWriter
	r   *http.Request
	ctx context.Context
	// id is the last element of the path, where it varies.
	id  string
	now time.Time
	// ip is the client's address.
	ip string
}

// ServeHTTP answers one request; all errors are written here.
func (a *API) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	path, id := r.URL.Path, ""
	if rest, ok := strings.CutPrefix(path, "/admin/users/"); ok && rest != "" && !strings.Contains(rest, "/") {
		path, id = "/admin/users/{id}", rest
	}
	methods := a.routes[path]
	if methods == nil {
		a.NotFound.ServeHTTP(w, r)
		return
	}
	handle := methods[r.Method]
	if handle == nil {
		writeError(w, r, &Error{Status: http.StatusMethodNotAllowed, Code: "unknown", Message: "Method not allowed"})
		return
	}
	x := &exchange{w: w, r: r, ctx: r.Context(), id: id, now: a.Now().UTC().Truncate(time.Microsecond), ip: clientAddress(r, a.Proxies)}
	err := handle(x)
	if err == nil {
		return
	}
	e := a.errorOf(err)
	if e.Status >= 500 && x.ctx.Err() == nil {
		a.Log.Error("sign-in request failed", "method", r.Method, "path", r.URL.Path, "error", err)
	}
	writeError(w, r, e)
}
