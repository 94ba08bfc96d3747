package session

import (
	"crypto/hmac"
	"crypto/rand"
	"crypto/sha256"
	"encoding/base64"
	"errors"
	"time"

	"github.com/basement-project/basement/internal/auth/store"
)

// Tokens makes and follows refresh tokens. Nodes on one database must have the same key; where they do not, a token used
// at two of them at once is followed by two.
type Tokens struct {
	// Key is known to the server alone.
	Key []byte
	// Rotation says that using a token that is used up, too late, ends the session.
	Rotation bool
	// Reuse is how long after its use a token may be used again.
	Reuse time.Duration
	// Timebox and Inactivity end sessions so long after they began, and after they were used last; 0: never.
	Timebox, Inactivity time.Duration
}

const (
	tokenBytes = 16
	// maxSteps bounds how far a token is followed: one would have to be refreshed so often within the reuse interval.
	maxSteps = 32
)

// New gives a new refresh token.
func New() string {
	var raw [tokenBytes]byte
	_, _ = rand.Read(raw[:])
	return base64.RawURLEncoding.EncodeToString(raw[:])
}

// Hash is what is kept of a refresh token.
func Hash(token string) string {
	sum := sha256.Sum256([]byte("refresh token " + token))
	return base64.RawURLEncoding.EncodeToString(sum[:])
}

// next gives the token that follows a token.
func (k *Tokens) next(token string) string {
	mac := hmac.New(sha256.New, k.Key)
	mac.Write([]byte("refresh token after " + token))
	return base64.RawURLEncoding.EncodeToString(mac.Sum(nil)[:tokenBytes])
}

// What may be wrong with a refresh token.
var (
	ErrNotFound = errors.New("no such refresh token")
	ErrUsed     = errors.New("the refresh token was used already")
	ErrExpired  = errors.New("the session has expired")
	ErrBanned   = errors.New("the user is banned")
)

// Refreshed is what a refresh token gives.
type Refreshed struct {
	// Token is the refresh token to use from now on.
	Token   string
	User    *store.User
	Session *store.Session
	// Revoked says, with ErrUsed, that the session was ended for it.
	Revoked bool
}

// Database runs a program on the store.
type Database interface {
	UserByID(id string) (*store.User, error)
	SessionByID(id string) (*store.Session, error)
	RefreshToken(hash string) (*store.RefreshToken, error)
	LiveToken(session string) (bool, error)
	UseRefreshToken(hash string, now time.Time) (bool, error)
	AddRefreshToken(hash, parent, user, session string, from store.From, now time.Time) error
	RevokeRefreshTokens(session string, now time.Time) error
}

// Refresh uses a refresh token, within a transaction. What it did must be kept when the error is one of this package.
func (k *Tokens) Refresh(db Database, token string, from store.From, now time.Time) (*Refreshed, error) {
	hash := Hash(token)
	first, err := db.UseRefreshToken(hash, now)
	if err != nil {
		return nil, err
	}
	kept, err := db.RefreshToken(hash)
	if err != nil {
		return nil, err
	}
	if kept == nil || kept.SessionID == nil {
		return nil, ErrNotFound
	}
	r := &Refreshed{}
	if r.Session, err = db.SessionByID(*kept.SessionID); err != nil {
		return nil, err
	}
	if r.User, err = db.UserByID(kept.UserID); err != nil {
		return nil, err
	}
	switch {
	case r.Session == nil || r.User == nil || r.User.DeletedAt != nil:
		return nil, ErrNotFound
	case r.User.Banned(now):
		return r, ErrBanned
	case k.expired(r.Session, now):
		return r, ErrExpired
	}
	if !first {
		again, err := k.follow(db, token, kept, now)
		switch {
		case errors.Is(err, ErrUsed):
			if r.Revoked = k.Rotation; r.Revoked {
				if err := db.RevokeRefreshTokens(r.Session.ID, now); err != nil {
					return nil, err
				}
			}
			return r, ErrUsed
		case err != nil:
			return nil, err
		case again != "":
			r.Token = again
			return r, nil
		}
		// Another key made the one that follows: this one is followed by a second.
		r.Token = New()
	} else {
		r.Token = k.next(token)
	}
	return r, db.AddRefreshToken(Hash(r.Token), hash, r.User.ID, r.Session.ID, from, now)
}

func (k *Tokens) expired(s *store.Session, now time.Time) bool {
	return s.NotAfter != nil && !now.Before(*s.NotAfter) ||
		k.Timebox > 0 && now.After(s.CreatedAt.Add(k.Timebox)) ||
		k.Inactivity > 0 && now.After(s.Active().Add(k.Inactivity))
}

// follow gives the token in force after one that is used up, "" when it cannot be told. The one that directly follows may
// always be had: the client may have lost the answer. Others only within the reuse interval.
func (k *Tokens) follow(db Database, token string, used *store.RefreshToken, now time.Time) (string, error) {
	inTime := !now.After(used.UpdatedAt.Add(k.Reuse))
	for range maxSteps {
		token = k.next(token)
		kept, err := db.RefreshToken(Hash(token))
		switch {
		case err != nil:
			return "", err
		case kept != nil && !kept.Revoked:
			return token, nil
		case !inTime:
			return "", ErrUsed
		case kept == nil:
			// A session that was ended for a token used twice has no token in force: nothing may follow there.
			if live, err := db.LiveToken(*used.SessionID); err != nil || live {
				return "", err
			}
			return "", ErrUsed
		}
	}
	return "", ErrUsed
}
