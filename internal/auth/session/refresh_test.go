package session

import (
	"errors"
	"testing"
	"time"

	"github.com/basement-project/basement/internal/auth/store"
)

// memory is a database of one user with one session.
type memory struct {
	user    store.User
	session *store.Session
	tokens  map[string]*store.RefreshToken
}

func (m *memory) UserByID(string) (*store.User, error)       { return &m.user, nil }
func (m *memory) SessionByID(string) (*store.Session, error) { return m.session, nil }
func (m *memory) RefreshToken(hash string) (*store.RefreshToken, error) {
	return m.tokens[hash], nil
}
func (m *memory) LiveToken(string) (bool, error) {
	for _, t := range m.tokens {
		if !t.Revoked {
			return true, nil
		}
	}
	return false, nil
}
func (m *memory) UseRefreshToken(hash string, now time.Time) (bool, error) {
	t := m.tokens[hash]
	if t == nil || t.Revoked {
		return false, nil
	}
	t.Revoked, t.UpdatedAt = true, now
	return true, nil
}
func (m *memory) AddRefreshToken(hash, _, user, session string, _ store.From, now time.Time) error {
	if m.tokens[hash] != nil {
		return errors.New("twice")
	}
	m.tokens[hash] = &store.RefreshToken{Token: hash, UserID: user, UpdatedAt: now, SessionID: &session}
	return nil
}
func (m *memory) RevokeRefreshTokens(_ string, now time.Time) error {
	for _, t := range m.tokens {
		if !t.Revoked {
			t.Revoked, t.UpdatedAt = true, now
		}
	}
	return nil
}

var start = time.Date(2026, 5, 4, 3, 2, 1, 0, time.UTC)

func begin(t *testing.T) (*memory, string) {
	t.Helper()
	m := &memory{session: &store.Session{ID: "s", UserID: "u", CreatedAt: start}, tokens: map[string]*store.RefreshToken{}}
	token := New()
	if err := m.AddRefreshToken(Hash(token), "", "u", "s", store.From{}, start); err != nil {
		t.Fatal(err)
	}
	return m, token
}

func TestRefresh(t *testing.T) {
	k := &Tokens{Key: []byte("key"), Rotation: true, Reuse: 10 * time.Second}
	m, one := begin(t)
	refresh := func(token string, after time.Duration, want error) string {
		t.Helper()
		r, err := k.Refresh(m, token, store.From{}, start.Add(after))
		if !errors.Is(err, want) {
			t.Fatalf("%v, want %v", err, want)
		}
		if err != nil {
			return ""
		}
		return r.Token
	}
	two := refresh(one, time.Minute, nil)
	if again := refresh(one, time.Hour, nil); again != two {
		t.Error("the token before the one in force gives that, at any time")
	}
	three := refresh(two, time.Hour, nil)
	if again := refresh(two, time.Hour+5*time.Second, nil); again != three {
		t.Error("within the interval")
	}
	four := refresh(three, time.Hour+6*time.Second, nil)
	if again := refresh(two, time.Hour+9*time.Second, nil); again != four {
		t.Error("within the interval, two steps")
	}
	refresh(two, time.Hour+11*time.Second, ErrUsed)
	refresh(four, time.Hour+12*time.Second, ErrUsed)
	// Nothing follows in a session that was ended, not even within the interval.
	refresh(four, time.Hour+13*time.Second, ErrUsed)
	refresh(three, time.Hour+13*time.Second, ErrUsed)
	refresh("other", time.Hour, ErrNotFound)
	if live, _ := m.LiveToken("s"); live {
		t.Error("a token is in force")
	}
}

func TestRefreshWithoutRotation(t *testing.T) {
	k := &Tokens{Key: []byte("key")}
	m, one := begin(t)
	two, _ := k.Refresh(m, one, store.From{}, start)
	three, _ := k.Refresh(m, two.Token, store.From{}, start)
	if _, err := k.Refresh(m, one, store.From{}, start.Add(time.Hour)); !errors.Is(err, ErrUsed) {
		t.Error(err)
	}
	if _, err := k.Refresh(m, three.Token, store.From{}, start.Add(time.Hour)); err != nil {
		t.Error("the session goes on:", err)
	}
}

func TestNodesWithOtherKeys(t *testing.T) {
	a, b := &Tokens{Key: []byte("a"), Rotation: true, Reuse: time.Second}, &Tokens{Key: []byte("b"), Rotation: true, Reuse: time.Second}
	m, one := begin(t)
	two, err := a.Refresh(m, one, store.From{}, start)
	if err != nil {
		t.Fatal(err)
	}
	other, err := b.Refresh(m, one, store.From{}, start)
	if err != nil || other.Token == two.Token {
		t.Fatal(other, err)
	}
	for _, r := range []*Refreshed{two, other} {
		if _, err := b.Refresh(m, r.Token, store.From{}, start.Add(time.Minute)); err != nil {
			t.Error(err)
		}
	}
}

func TestSessionsEnd(t *testing.T) {
	past := start.Add(time.Hour)
	for name, c := range map[string]struct {
		k     Tokens
		until *time.Time
		after time.Duration
		want  error
	}{
		"timebox":           {Tokens{Timebox: time.Hour}, nil, 61 * time.Minute, ErrExpired},
		"before it":         {Tokens{Timebox: time.Hour}, nil, 59 * time.Minute, nil},
		"inactivity":        {Tokens{Inactivity: time.Hour}, nil, 61 * time.Minute, ErrExpired},
		"end of its own":    {Tokens{}, &past, time.Hour, ErrExpired},
		"no end of its own": {Tokens{}, nil, 10000 * time.Hour, nil},
	} {
		m, one := begin(t)
		m.session.NotAfter = c.until
		if _, err := c.k.Refresh(m, one, store.From{}, start.Add(c.after)); !errors.Is(err, c.want) {
			t.Errorf("%s: %v", name, err)
		}
	}
	m, one := begin(t)
	m.user.BannedUntil = &past
	if _, err := (&Tokens{}).Refresh(m, one, store.From{}, start); !errors.Is(err, ErrBanned) {
		t.Error(err)
	}
}
