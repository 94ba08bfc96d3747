package app

import (
	"net/http"
	"net/netip"
	"strings"
	"time"

	"github.com/basement-project/basement/internal/auth"
	"github.com/basement-project/basement/internal/auth/password"
	"github.com/basement-project/basement/internal/auth/session"
	"github.com/basement-project/basement/internal/auth/store"
	"github.com/basement-project/basement/internal/guard"
	"github.com/basement-project/basement/internal/server"
)

// signIn gives the sign-in API of a server that is reached under a URL.
func (a *api) signIn(url string) (http.Handler, error) {
	s := a.config.Auth
	db, err := store.Open(a.db.engine, guard.New(a.db.engine.Enforces()))
	if err != nil {
		return nil, err
	}
	public, err := a.keys.set.Public()
	if err != nil {
		return nil, err
	}
	if s.EmailConfirmations {
		a.log.Warn("auth.email.enable_confirmations: no mail is sent yet; new accounts wait until an administrator confirms them")
	}
	return auth.New(auth.Options{
		Store: db, Gate: a.gate, PublicKeys: public, Log: a.log, Version: Version, NotFound: http.HandlerFunc(server.NotFound), Now: time.Now,
		Issuer: session.Issuer{
			Key: a.keys.signing, Name: firstOf(s.Issuer, url+server.AuthRoot), Lifetime: time.Duration(s.JWTExpiry) * time.Second,
		},
		Tokens: session.Tokens{
			Key: []byte(a.keys.secret), Rotation: s.RefreshTokenRotation, Reuse: time.Duration(s.RefreshTokenReuseInterval) * time.Second,
			Timebox: s.SessionTimebox, Inactivity: s.SessionInactivity,
		},
		Rules: password.Rules{MinLength: int(s.MinimumPasswordLength), Requirements: s.PasswordRequirements},
		Offers: auth.Settings{
			Signup: s.EnableSignup, AnonymousSignIns: s.EnableAnonymousSignIns, EmailSignup: s.EmailEnableSignup,
			EmailConfirmations: s.EmailConfirmations, SecurePasswordChange: s.SecurePasswordChange,
		},
		Rates:   auth.Rates{SignIn: int(s.SignInRate), Refresh: int(s.RefreshRate), Anonymous: int(s.AnonymousRate)},
		Proxies: prefixes(s.TrustedProxies),
	}), nil
}

// prefixes reads addresses and networks, which the settings have found good.
func prefixes(texts []string) []netip.Prefix {
	var out []netip.Prefix
	for _, t := range texts {
		if !strings.Contains(t, "/") {
			if a, err := netip.ParseAddr(t); err == nil {
				out = append(out, netip.PrefixFrom(a.Unmap(), a.Unmap().BitLen()))
			}
			continue
		}
		if p, err := netip.ParsePrefix(t); err == nil {
			out = append(out, p.Masked())
		}
	}
	return out
}
