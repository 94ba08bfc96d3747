package identity

import (
	"context"
	"net/http"
	"strings"
	"sync/atomic"
	"time"
	"unicode"

	"github.com/basement-project/basement/internal/errs"
)

// Identity is who asks. The zero value is nobody and has no role: it must be refused, not served.
type Identity struct {
	// Role is the database role to act as.
	Role string
	// Claims is the token's claims as one JSON object with sorted keys ("{}" without a token): request.jwt.claims.
	Claims string
	// Anonymous says that Role is the one served without a token: errors of rights are 401 for it, 403 for others.
	Anonymous bool
}

// Gate finds out who asks, by the gateway's key rule and the verifier in force. It is safe for concurrent use.
type Gate struct {
	opaque   opaqueKeys
	now      func() time.Time
	verifier atomic.Pointer[Verifier]
}

// NewGate makes a gate. now is the clock tokens are judged by.
func NewGate(keys Keys, verifier *Verifier, now func() time.Time) *Gate {
	g := &Gate{opaque: hashKeys(keys), now: now}
	g.verifier.Store(verifier)
	return g
}

// SetVerifier puts another verifier in force, for requests that come after.
func (g *Gate) SetVerifier(v *Verifier) { g.verifier.Store(v) }

// Verifier gives the verifier in force.
func (g *Gate) Verifier() *Verifier { return g.verifier.Load() }

// Identify applies the key rule: an Authorization header counts unless it carries an opaque key as bearer; otherwise
// the apikey header decides, as an opaque key or as a token. Errors are *errs.Error with PGRST300 to PGRST303.
func (g *Gate) Identify(header http.Header) (Identity, error) {
	v := g.verifier.Load()
	if authorization, ok := single(header, "Authorization"); ok && !strings.HasPrefix(authorization, "Bearer sb_") {
		token, bearer := bearerToken(authorization)
		if !bearer {
			return v.anonymous()
		}
		return v.Verify(token, g.now())
	}
	apikey, ok := single(header, "Apikey")
	if !ok {
		return v.anonymous()
	}
	if who, ok := g.opaque.resolve(apikey); ok {
		who.Anonymous = who.Role == v.rules.AnonymousRole
		return who, nil
	}
	// The gateway copies any other key into Authorization as it stands, where only "Bearer x" is a token.
	if token, bearer := bearerToken(apikey); bearer {
		return v.Verify(token, g.now())
	}
	return v.Verify(apikey, g.now())
}

// Operates says whether a request's apikey header holds a service_role key, whoever its Authorization header speaks for.
func (g *Gate) Operates(header http.Header) bool {
	apikey, ok := single(header, "Apikey")
	if !ok {
		return false
	}
	who, err := g.Identify(http.Header{"Apikey": {apikey}})
	return err == nil && who.Role == RoleService
}

func single(header http.Header, name string) (string, bool) {
	values := header[name]
	if len(values) == 0 {
		return "", false
	}
	return values[0], true
}

// bearerToken splits "Bearer x", the scheme in any case.
func bearerToken(authorization string) (string, bool) {
	scheme, rest := authorization, ""
	if i := strings.IndexFunc(authorization, unicode.IsSpace); i >= 0 {
		scheme, rest = authorization[:i], strings.TrimLeftFunc(authorization[i:], unicode.IsSpace)
	}
	if !strings.EqualFold(scheme, "bearer") {
		return "", false
	}
	return rest, true
}

type contextKey struct{}

// NewContext keeps who asks in a request's context.
func NewContext(ctx context.Context, who Identity) context.Context {
	return context.WithValue(ctx, contextKey{}, who)
}

// FromContext gives who asks; false when nobody found out, which must be refused.
func FromContext(ctx context.Context) (Identity, bool) {
	who, ok := ctx.Value(contextKey{}).(Identity)
	return who, ok
}

func secretMissing() error {
	return &errs.Error{Code: "PGRST300", Message: "Server lacks JWT secret", Status: http.StatusInternalServerError}
}

func tokenRequired() error {
	return &errs.Error{Code: "PGRST302", Message: "Anonymous access is disabled", Status: http.StatusUnauthorized,
		Headers: map[string]string{"WWW-Authenticate": "Bearer"}}
}

func undecodable(message, detail string) error { return invalidToken("PGRST301", message, detail) }

func badClaims(message string) error { return invalidToken("PGRST303", message, "") }

func invalidToken(code, message, detail string) error {
	return &errs.Error{Code: code, Message: message, Detail: detail, Status: http.StatusUnauthorized,
		Headers: map[string]string{
			"WWW-Authenticate": `Bearer error="invalid_token", error_description="` + message + `"`,
		}}
}
