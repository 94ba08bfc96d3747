package session

import (
	"encoding/json"
	"time"

	"github.com/basement-project/basement/internal/auth/store"
	"github.com/basement-project/basement/internal/identity"
)

// Issuer makes access tokens.
type Issuer struct {
	Key *identity.SigningKey
	// Name is the claim iss.
	Name string
	// Lifetime is how long an access token is good for.
	Lifetime time.Duration
}

// amr is how somebody proved who they are, and when in Unix seconds.
type amr struct {
	Method    string `json:"method"`
	Timestamp int64  `json:"timestamp"`
}

// claims are an access token's, in the order that tokens of the dialect have.
type claims struct {
	Issuer    string     `json:"iss"`
	Subject   string     `json:"sub"`
	Audience  string     `json:"aud"`
	Expires   int64      `json:"exp"`
	IssuedAt  int64      `json:"iat"`
	Email     string     `json:"email"`
	Phone     string     `json:"phone"`
	AppMeta   store.Meta `json:"app_metadata"`
	UserMeta  store.Meta `json:"user_metadata"`
	Role      string     `json:"role"`
	AAL       string     `json:"aal"`
	AMR       []amr      `json:"amr"`
	SessionID string     `json:"session_id"`
	Anonymous bool       `json:"is_anonymous"`
}

// Access gives an access token for a user's session, and when it ends.
func (i *Issuer) Access(u *store.User, s *store.Session, now time.Time) (string, time.Time, error) {
	expires := now.Add(i.Lifetime)
	if s.NotAfter != nil && s.NotAfter.Before(expires) {
		expires = *s.NotAfter
	}
	c := claims{
		Issuer: i.Name, Subject: u.ID, Audience: text(u.Aud), Expires: expires.Unix(), IssuedAt: now.Unix(), Email: text(u.Email), Phone: text(u.Phone),
		AppMeta: u.AppMeta, UserMeta: u.UserMeta, Role: text(u.Role), AAL: "aal1", AMR: []amr{}, SessionID: s.ID, Anonymous: u.Anonymous,
	}
	if s.AAL != nil {
		c.AAL = *s.AAL
	}
	for n := len(s.AMR) - 1; n >= 0; n-- { // the latest first
		c.AMR = append(c.AMR, amr{s.AMR[n].Method, s.AMR[n].CreatedAt.Unix()})
	}
	payload, err := json.Marshal(c)
	if err != nil {
		return "", expires, err
	}
	token, err := i.Key.Sign(payload)
	return token, expires, err
}

func text(s *string) string {
	if s == nil {
		return ""
	}
	return *s
}
