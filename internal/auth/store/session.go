package store

import "time"

// Session is a row of auth.sessions with its methods of authentication.
type Session struct {
	ID        string     `json:"id"`
	UserID    string     `json:"user_id"`
	CreatedAt time.Time  `json:"created_at"`
	NotAfter  *time.Time `json:"not_after"`
	// RefreshedAt is a time without zone, in UTC.
	RefreshedAt *string  `json:"refreshed_at"`
	AAL         *string  `json:"aal"`
	AMR         []Method `json:"amr"`
}

// Method is how somebody has proved who they are, and when.
type Method struct {
	Method    string    `json:"authentication_method"`
	CreatedAt time.Time `json:"created_at"`
}

// Active is the last time the session was used.
func (s *Session) Active() time.Time {
	if s.RefreshedAt != nil {
		if at, err := time.Parse("2006-01-02T15:04:05.999999", *s.RefreshedAt); err == nil {
			return at
		}
	}
	return s.CreatedAt
}

// RefreshToken is a row of auth.refresh_tokens. Token and Parent are hashes.
type RefreshToken struct {
	Token     string    `json:"token"`
	UserID    string    `json:"user_id"`
	Revoked   bool      `json:"revoked"`
	UpdatedAt time.Time `json:"updated_at"`
	SessionID *string   `json:"session_id"`
}

// From is where a request came from. IP is nil when it is not known.
type From struct {
	UserAgent string
	IP        *string
}

// SignIn is a sign-in to keep.
type SignIn struct {
	UserID, SessionID, MethodID string
	// Method is how the user proved who it is, Provider the identity that was used ("": none).
	Method, Provider string
	// Password is the hash that was checked, nil without one; the user must still have it. NewPassword, unless nil, takes its
	// place.
	Password, NewPassword *string
	NotAfter              *time.Time
	// Token is the hash of the session's first refresh token.
	Token string
	From  From
}

// SignIn makes a session. It gives false when the user is gone or has got another password.
func (t *Tx) SignIn(s *SignIn, now time.Time) (bool, error) {
	n, err := t.exec(call{"sign user in", []any{s.UserID, s.Password, now, s.NewPassword}})
	if err != nil || n[0] == 0 {
		return false, err
	}
	calls := []call{
		{"add session", []any{s.SessionID, s.UserID, now, s.NotAfter, s.From.UserAgent, s.From.IP}},
		{"add method", []any{s.MethodID, s.SessionID, now, s.Method}},
		{"add refresh token", []any{s.Token, s.UserID, now, nil, s.SessionID}},
	}
	if s.Provider != "" {
		calls = append(calls, call{"identities signed in", []any{s.UserID, s.Provider, now}})
	}
	_, err = t.exec(calls...)
	return true, err
}

// SessionByID gives a session; nil when there is none.
func (t *Tx) SessionByID(id string) (*Session, error) {
	return row[Session](t, call{"session by id", []any{id}})
}

// RemoveSession ends a session.
func (t *Tx) RemoveSession(id string) error {
	_, err := t.exec(call{"remove session", []any{id}})
	return err
}

// RemoveSessions ends a user's sessions, except the one with the id ("": all).
func (t *Tx) RemoveSessions(user, but string) error {
	var kept *string
	if but != "" {
		kept = &but
	}
	_, err := t.exec(call{"remove other sessions", []any{user, kept}})
	return err
}

// UseRefreshToken uses a refresh token up: of all who try, one gets true.
func (t *Tx) UseRefreshToken(hash string, now time.Time) (bool, error) {
	n, err := t.exec(call{"use refresh token", []any{hash, now}})
	return err == nil && n[0] == 1, err
}

// RefreshToken gives a refresh token by its hash; nil when there is none.
func (t *Tx) RefreshToken(hash string) (*RefreshToken, error) {
	return row[RefreshToken](t, call{"refresh token", []any{hash}})
}

// LiveToken says whether a session has a refresh token that is not used up.
func (t *Tx) LiveToken(session string) (bool, error) {
	found, err := rows[struct{}](t, call{"live refresh token", []any{session}})
	return len(found) > 0, err
}

// AddRefreshToken adds a refresh token to a session, in place of a used one.
func (t *Tx) AddRefreshToken(hash, parent, user, session string, from From, now time.Time) error {
	_, err := t.exec(call{"add refresh token", []any{hash, user, now, parent, session}},
		call{"session refreshed", []any{session, now, from.UserAgent, from.IP}})
	return err
}

// RevokeRefreshTokens uses up every refresh token of a session.
func (t *Tx) RevokeRefreshTokens(session string, now time.Time) error {
	_, err := t.exec(call{"revoke refresh tokens", []any{session, now}})
	return err
}

// AddAuditEntry notes what happened. The payload is a JSON object.
func (t *Tx) AddAuditEntry(id string, payload any, ip string, now time.Time) error {
	_, err := t.exec(call{"add audit entry", []any{id, payload, now, ip}})
	return err
}
