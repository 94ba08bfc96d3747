package store

import (
	"context"
	"testing"
	"time"

	"github.com/basement-project/basement/internal/engine"
	"github.com/basement-project/basement/internal/engine/postgres"
	"github.com/basement-project/basement/internal/engine/sqlite"
	"github.com/basement-project/basement/internal/guard"
	"github.com/basement-project/basement/internal/system"
	"github.com/basement-project/basement/internal/testkit"
)

// onBoth runs a test on a new database of each engine.
func onBoth(t *testing.T, f func(t *testing.T, s *Store)) {
	ctx := context.Background()
	for _, name := range []string{"sqlite", "postgres"} {
		t.Run(name, func(t *testing.T) {
			var e engine.Engine
			var err error
			if name == "sqlite" {
				e, err = sqlite.Open(ctx, t.TempDir(), sqlite.Options{})
			} else {
				e, err = postgres.Open(ctx, postgres.Options{URL: testkit.PostgreSQL(t), MaxConns: 4})
			}
			if err != nil {
				t.Fatal(err)
			}
			t.Cleanup(func() { _ = e.Close(ctx) })
			if err := system.Install(ctx, e); err != nil {
				t.Fatal(err)
			}
			s, err := Open(e, guard.New(e.Enforces()))
			if err != nil {
				t.Fatal(err)
			}
			f(t, s)
		})
	}
}

func TestEveryStatementIsGuarded(t *testing.T) {
	onBoth(t, func(t *testing.T, s *Store) {
		for name := range s.texts {
			if _, err := s.statement(name); err != nil {
				t.Errorf("%s: %v", name, err)
			}
		}
	})
}

func TestUsersAndSessions(t *testing.T) {
	const id, session = "3f1c1c80-0000-4000-8000-000000000001", "3f1c1c80-0000-4000-8000-000000000002"
	now := time.Date(2026, 5, 4, 3, 2, 1, 123456000, time.UTC)
	email, role, hash := "ada@example.com", "authenticated", "$argon2id$x"
	onBoth(t, func(t *testing.T, s *Store) {
		ctx := context.Background()
		err := s.Program(ctx, func(tx *Tx) error {
			u := &User{ID: id, Aud: &role, Role: &role, Email: &email, Password: &hash, EmailConfirmedAt: &now,
				UserMeta: Meta{"n": 1, "s": "<é>"}}
			if err := tx.AddUser(u, now); err != nil {
				return err
			}
			return tx.AddIdentity(&Identity{ID: session, ProviderID: id, UserID: id, Provider: "email", Data: Meta{"email": "Ada@example.com"}}, now)
		})
		if err != nil {
			t.Fatal(err)
		}
		u, err := s.Reader(ctx).UserByEmail(email)
		if err != nil || u == nil {
			t.Fatal(u, err)
		}
		if u.ID != id || !u.ConfirmedAt.Equal(now) || len(u.Identities) != 1 || *u.Identities[0].Email != email || u.UserMeta["s"] != "<é>" {
			t.Errorf("%+v", u)
		}
		ip, other := "192.0.2.1", "other"
		in := &SignIn{UserID: id, SessionID: session, MethodID: id, Method: "password", Provider: "email", Password: &other, Token: "h1", From: From{"test", &ip}}
		if err := s.Program(ctx, func(tx *Tx) error {
			if ok, err := tx.SignIn(in, now); ok || err != nil {
				t.Error("another password", ok, err)
			}
			in.Password = &hash
			if ok, err := tx.SignIn(in, now); !ok || err != nil {
				t.Error("right password", ok, err)
			}
			return tx.AddAuditEntry(session, map[string]any{"action": "login"}, ip, now)
		}); err != nil {
			t.Fatal(err)
		}
		if err := s.Program(ctx, func(tx *Tx) error {
			for i, want := range []bool{true, false} {
				if ok, err := tx.UseRefreshToken("h1", now); ok != want || err != nil {
					t.Error(i, ok, err)
				}
			}
			return tx.AddRefreshToken("h2", "h1", id, session, From{"test", nil}, now.Add(time.Hour))
		}); err != nil {
			t.Fatal(err)
		}
		got, err := s.Reader(ctx).SessionByID(session)
		if err != nil || got == nil || !got.Active().Equal(now.Add(time.Hour)) || got.AMR[0].Method != "password" {
			t.Fatalf("%+v %v", got, err)
		}
		if token, err := s.Reader(ctx).RefreshToken("h1"); err != nil || !token.Revoked || *token.SessionID != session {
			t.Errorf("%+v %v", token, err)
		}
		part := "ada@"
		if page, n, err := s.Reader(ctx).Users(&part, 10, 0); err != nil || n != 1 || len(page) != 1 {
			t.Error(page, n, err)
		}
		if taken, err := s.Reader(ctx).Taken(&email, nil, ""); !taken || err != nil {
			t.Error(taken, err)
		}
		if taken, err := s.Reader(ctx).Taken(&email, nil, id); taken || err != nil {
			t.Error(taken, err)
		}
		if err := s.Program(ctx, func(tx *Tx) error { return tx.RemoveUser(id) }); err != nil {
			t.Fatal(err)
		}
		if got, err := s.Reader(ctx).SessionByID(session); got != nil || err != nil {
			t.Error(got, err)
		}
	})
}
