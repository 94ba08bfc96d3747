package auth

import (
	"errors"
	"net/http"
	"strings"

	"github.com/basement-project/basement/internal/auth/password"
	"github.com/basement-project/basement/internal/auth/session"
	"github.com/basement-project/basement/internal/auth/store"
)

func (a *API) token(x *exchange) error {
	switch x.r.URL.Query().Get("grant_type") {
	case "password":
		return a.passwordGrant(x)
	case "refresh_token":
		return a.refreshGrant(x)
	}
	return fail(http.StatusBadRequest, "invalid_credentials", "unsupported_grant_type")
}

// entry is how somebody came in.
type entry struct {
	// method is what the token says of it, provider the identity used.
	method, provider string
	// newPassword takes the place of the hash that was checked; nil: it stays.
	newPassword *string
	weak        *password.Weakness
}

// signedIn is a session that was just made or refreshed.
type signedIn struct {
	user    *store.User
	session *store.Session
	refresh string
	weak    *password.Weakness
}

// signIn makes a session for a user whose password hash, if it has one, is still the one given. It gives nil when that is
// not so any more.
func (a *API) signIn(x *exchange, tx *store.Tx, u *store.User, e entry) (*signedIn, error) {
	in := &signedIn{refresh: session.New(), weak: e.weak}
	in.session = &store.Session{
		ID: newID(), UserID: u.ID, CreatedAt: x.now, AAL: pointer("aal1"), AMR: []store.Method{{Method: e.method, CreatedAt: x.now}},
	}
	ok, err := tx.SignIn(&store.SignIn{
		UserID: u.ID, SessionID: in.session.ID, MethodID: newID(), Method: e.method, Provider: e.provider, Password: u.Password,
		NewPassword: e.newPassword, Token: session.Hash(in.refresh), From: x.from(),
	}, x.now)
	if err != nil || !ok {
		return nil, err
	}
	if err := x.note(tx, loggedIn, u, store.Meta{"provider": e.provider}); err != nil {
		return nil, err
	}
	in.user, err = tx.UserByID(u.ID)
	return in, err
}

// grant answers with a session's tokens.
func (a *API) grant(x *exchange, in *signedIn) error {
	if in == nil || in.user == nil {
		return wrongCredentials()
	}
	access, expires, err := a.Issuer.Access(in.user, in.session, x.now)
	if err != nil {
		return err
	}
	type weakness struct {
		Message string   `json:"message"`
		Reasons []string `json:"reasons"`
	}
	answer := struct {
		AccessToken  string    `json:"access_token"`
		TokenType    string    `json:"token_type"`
		ExpiresIn    int64     `json:"expires_in"`
		ExpiresAt    int64     `json:"expires_at"`
		RefreshToken string    `json:"refresh_token"`
		User         *userView `json:"user"`
		Weak         *weakness `json:"weak_password,omitempty"`
	}{access, "bearer", expires.Unix() - x.now.Unix(), expires.Unix(), in.refresh, view(in.user), nil}
	if in.weak != nil {
		answer.Weak = &weakness{in.weak.Message, in.weak.Reasons}
	}
	writeJSON(x.w, http.StatusOK, answer)
	return nil
}

func (a *API) passwordGrant(x *exchange) error {
	var body struct {
		Email    string `json:"email"`
		Phone    string `json:"phone"`
		Password string `json:"password"`
	}
	if err := x.read(&body); err != nil {
		return err
	}
	if !a.signIns.Allow(x.limited(), x.now) {
		return tooManyRequests()
	}
	switch {
	case body.Email != "" && body.Phone != "":
		return invalid("Only an email address or phone number should be provided on login.")
	case body.Phone != "":
		return fail(http.StatusBadRequest, "phone_provider_disabled", "Phone logins are disabled")
	case body.Email == "":
		return invalid("missing email or phone")
	case !a.Offers.EmailSignup:
		return fail(http.StatusBadRequest, "email_provider_disabled", "Email logins are disabled")
	}
	if len(body.Email) > 255 {
		body.Email = "" // nobody's
	}
	u, err := a.Store.Reader(x.ctx).UserByEmail(strings.ToLower(body.Email))
	if err != nil {
		return err
	}
	hash := ""
	if u != nil {
		hash = textOf(u.Password)
	}
	verdict, err := a.hasher.Check(x.ctx, body.Password, hash)
	if err != nil {
		return err
	}
	switch {
	case u == nil || !verdict.Right:
		return a.refuse(x, u)
	case u.Banned(x.now):
		return fail(http.StatusBadRequest, "user_banned", "User is banned")
	case u.EmailConfirmedAt == nil:
		return fail(http.StatusBadRequest, "email_not_confirmed", "Email not confirmed")
	}
	e := entry{method: "password", provider: "email", weak: a.Rules.Judge(body.Password)}
	if verdict.Outdated {
		renewed, err := a.hasher.Hash(x.ctx, body.Password)
		if err != nil {
			return err
		}
		e.newPassword = &renewed
	}
	var in *signedIn
	err = a.Store.Program(x.ctx, func(tx *store.Tx) error {
		var err error
		in, err = a.signIn(x, tx, u, e)
		return err
	})
	if err != nil {
		return saving("Database error granting user", err)
	}
	return a.grant(x, in)
}

// refuse notes and answers a sign-in that failed, known address or not.
func (a *API) refuse(x *exchange, u *store.User) error {
	if u == nil {
		u = &store.User{ID: "00000000-0000-0000-0000-000000000000"}
	}
	err := a.Store.Program(x.ctx, func(tx *store.Tx) error { return x.note(tx, refused, u, store.Meta{"provider": "email"}) })
	if err != nil {
		return err
	}
	return wrongCredentials()
}

func (a *API) refreshGrant(x *exchange) error {
	var body struct {
		Token string `json:"refresh_token"`
	}
	if err := x.read(&body); err != nil {
		return err
	}
	if body.Token == "" {
		return invalid("refresh_token required")
	}
	if !a.refreshes.Allow(x.limited(), x.now) {
		return tooManyRequests()
	}
	var r *session.Refreshed
	var verdict error
	err := a.Store.Program(x.ctx, func(tx *store.Tx) error {
		var err error
		r, err = a.Tokens.Refresh(tx, body.Token, x.from(), x.now)
		if verdict = refusal(err); verdict != nil {
			if r != nil && r.Revoked {
				return x.note(tx, tokenRevoked, r.User, nil)
			}
			return nil
		}
		if err != nil {
			return err
		}
		return x.note(tx, tokenRefreshed, r.User, nil)
	})
	if err != nil {
		return saving("Database error refreshing the session", err)
	}
	if verdict != nil {
		return verdict
	}
	return a.grant(x, &signedIn{user: r.User, session: r.Session, refresh: r.Token})
}

// refusal is the answer to a refresh token that is not good; nil for any other error.
func refusal(err error) error {
	const bad = http.StatusBadRequest
	switch {
	case errors.Is(err, session.ErrNotFound):
		return fail(bad, "refresh_token_not_found", "Invalid Refresh Token: Refresh Token Not Found")
	case errors.Is(err, session.ErrUsed):
		return fail(bad, "refresh_token_already_used", "Invalid Refresh Token: Already Used")
	case errors.Is(err, session.ErrExpired):
		return fail(bad, "session_expired", "Invalid Refresh Token: Session Expired")
	case errors.Is(err, session.ErrBanned):
		return fail(bad, "user_banned", "Invalid Refresh Token: User Banned")
	}
	return nil
}
