package auth

import (
	"context"
	"encoding/json"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"regexp"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/basement-project/basement/internal/auth/password"
	"github.com/basement-project/basement/internal/auth/session"
	"github.com/basement-project/basement/internal/auth/store"
	"github.com/basement-project/basement/internal/engine"
	"github.com/basement-project/basement/internal/engine/postgres"
	"github.com/basement-project/basement/internal/engine/sqlite"
	"github.com/basement-project/basement/internal/errs"
	"github.com/basement-project/basement/internal/guard"
	"github.com/basement-project/basement/internal/identity"
	"github.com/basement-project/basement/internal/system"
	"github.com/basement-project/basement/internal/testkit"
)

const secret = "a secret of the tests, thirty-two characters and more"

// world is an API on a new database.
type world struct {
	*API
	t      *testing.T
	engine engine.Engine
	admin  string
}

func open(t *testing.T, name string) *world {
	t.Helper()
	ctx := context.Background()
	var e engine.Engine
	var err error
	if name == "sqlite" {
		e, err = sqlite.Open(ctx, t.TempDir(), sqlite.Options{})
	} else {
		e, err = postgres.Open(ctx, postgres.Options{URL: testkit.PostgreSQL(t), MaxConns: 8})
	}
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = e.Close(ctx) })
	if err := system.Install(ctx, e); err != nil {
		t.Fatal(err)
	}
	w := &world{t: t, engine: e}
	w.API = New(options(t, e))
	if _, w.admin, err = identity.LegacyKeys(secret, nil); err != nil {
		t.Fatal(err)
	}
	return w
}

func options(t *testing.T, e store.Engine) Options {
	t.Helper()
	verifier, err := identity.NewVerifier(identity.Rules{Keys: identity.TextSecret(secret), AnonymousRole: "anon"})
	if err != nil {
		t.Fatal(err)
	}
	enforces := false
	if whole, ok := e.(engine.Engine); ok {
		enforces = whole.Enforces()
	}
	db, err := store.Open(e, guard.New(enforces))
	if err != nil {
		t.Fatal(err)
	}
	return Options{
		Store: db, Gate: identity.NewGate(identity.Keys{}, verifier, time.Now), PublicKeys: []byte(`{"keys":[]}`), Log: slog.New(slog.DiscardHandler),
		NotFound: http.NotFoundHandler(), Now: time.Now,
		Issuer: session.Issuer{Key: identity.SecretKey(secret), Name: "test", Lifetime: time.Hour},
		Tokens: session.Tokens{Key: []byte(secret), Rotation: true, Reuse: 10 * time.Second},
		Rules:  password.Rules{MinLength: 6}, Rates: Rates{SignIn: 1000, Refresh: 1000, Anonymous: 3},
		Offers: Settings{Signup: true, AnonymousSignIns: true, EmailSignup: true},
	}
}

// call sends a request and gives its answer's status and body.
func (w *world) call(method, path, token, body string) (int, map[string]any) {
	w.t.Helper()
	status, text := w.send(method, path, token, body)
	var object map[string]any
	if text != "" {
		if err := json.Unmarshal([]byte(text), &object); err != nil {
			w.t.Fatalf("%s %s: %v in %s", method, path, err, text)
		}
	}
	return status, object
}

func (w *world) send(method, path, token, body string) (int, string) {
	r := httptest.NewRequest(method, path, strings.NewReader(body))
	if token != "" {
		r.Header.Set("Authorization", "Bearer "+token)
	}
	answer := httptest.NewRecorder()
	w.ServeHTTP(answer, r)
	return answer.Code, answer.Body.String()
}

// changing is what differs from run to run.
var changing = []struct{ form, stands string }{
	{`eyJ[\w-]+\.[\w-]+\.[\w-]+`, "TOKEN"},
	{`"refresh_token":"[\w-]{22}"`, `"refresh_token":"REFRESH"`},
	{`[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[0-9a-f]{4}-[0-9a-f]{12}`, "ID"},
	{`\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?Z`, "TIME"},
	{`"expires_at":\d+`, `"expires_at":0`},
	{`[0-9a-f]{64}`, "HASH"},
}

func TestBothEnginesAnswerAlike(t *testing.T) {
	type answer struct {
		what, body string
		status     int
	}
	var all [2][]answer
	for i, name := range []string{"sqlite", "postgres"} {
		w := open(t, name)
		access, id := "", ""
		do := func(method, path, token, body string) {
			status, text := w.send(method, path, token, body)
			var tokens struct {
				Access string `json:"access_token"`
				User   struct {
					ID string `json:"id"`
				} `json:"user"`
			}
			if json.Unmarshal([]byte(text), &tokens) == nil && tokens.Access != "" {
				access, id = tokens.Access, tokens.User.ID
			}
			for _, c := range changing {
				text = regexp.MustCompile(c.form).ReplaceAllString(text, c.stands)
			}
			all[i] = append(all[i], answer{method + " " + strings.ReplaceAll(path, id, "ID") + " " + body, text, status})
		}
		do("POST", "/signup", "", `{"email":"Ada@Example.com","password":"secret-1","data":{"n":12345678901234567890,"t":"<é&>","x":null}}`)
		do("POST", "/signup", "", `{"email":"ada@example.com","password":"secret-1"}`)
		do("POST", "/signup", "", `{"email":"ada","password":"secret-1"}`)
		do("POST", "/signup", "", `{"email":"bob@example.com","password":"short"}`)
		do("POST", "/signup", "", `{"email":"bob@example.com"`)
		do("POST", "/signup", "", `{"email":"bob@example.com","password":"secret-1","data":{"z":"a\u0000b"}}`)
		do("GET", "/user", access, "")
		do("PUT", "/user", access, `{"data":{"n":null,"list":[1,{"a":2.50}]},"email":"ADA2@example.com"}`)
		do("PUT", "/user", access, `{"password":"secret-2","current_password":"wrong"}`)
		do("PUT", "/user", access, `{"password":"secret-2","current_password":"secret-1"}`)
		do("POST", "/token?grant_type=password", "", `{"email":"ada2@example.com","password":"secret-1"}`)
		do("POST", "/token?grant_type=password", "", `{"email":"ada2@example.com","password":"secret-2"}`)
		do("POST", "/token?grant_type=password", "", `{"email":"a\u0000","password":"secret-2"}`)
		do("POST", "/token?grant_type=refresh_token", "", `{"refresh_token":"a\u0000b"}`)
		do("POST", "/token?grant_type=other", "", `{}`)
		do("POST", "/admin/users", w.admin, `{"email":"cy@example.com","phone":"+15550100","password_hash":"$2a$10$7EqJtq98hPqEX7fNZaFWoOhi5NLPDOjvzLyQ7ngEk9bYpCTe0lSBi","email_confirm":true,"app_metadata":{"a":1}}`)
		do("POST", "/admin/users", w.admin, `{"email":"dy@example.com","phone":"+15550100"}`)
		do("POST", "/admin/users", w.admin, `{"password":"secret-1"}`)
		do("GET", "/admin/users?per_page=1", w.admin, "")
		do("GET", "/admin/users?filter=CY", w.admin, "")
		do("GET", "/admin/users?page=x", w.admin, "")
		do("GET", "/admin/users/"+id, w.admin, "")
		do("GET", "/admin/users/x", w.admin, "")
		do("PUT", "/admin/users/"+id, w.admin, `{"ban_duration":"24h","role":"other"}`)
		do("GET", "/user", access, "")
		do("DELETE", "/admin/users/"+id, w.admin, `{"should_soft_delete":true}`)
		do("GET", "/admin/users/"+id, w.admin, "")
		do("DELETE", "/admin/users/"+id, w.admin, "")
		do("DELETE", "/admin/users/"+id, w.admin, "")
		do("GET", "/admin/users", "", "")
		do("PATCH", "/user", access, "")
		do("POST", "/signup", "", `{}`)
		do("GET", "/settings", "", "")
		_, _ = w.send("POST", "/logout", access, "")
	}
	for i, a := range all[0] {
		if b := all[1][i]; a != b {
			t.Errorf("%s\n  sqlite: %d %s\npostgres: %d %s", a.what, a.status, a.body, b.status, b.body)
		}
		if a.status >= 500 {
			t.Errorf("%s: %d %s", a.what, a.status, a.body)
		}
	}
}

func TestOneTokenFollowsAnother(t *testing.T) {
	for _, name := range []string{"sqlite", "postgres"} {
		t.Run(name, func(t *testing.T) {
			w := open(t, name)
			_, in := w.call("POST", "/signup", "", `{"email":"ada@example.com","password":"secret-1"}`)
			var mu sync.Mutex
			var wait sync.WaitGroup
			got := map[any]int{}
			for range 50 {
				wait.Go(func() {
					_, text := w.send("POST", "/token?grant_type=refresh_token", "", `{"refresh_token":"`+in["refresh_token"].(string)+`"}`)
					var answer map[string]any
					_ = json.Unmarshal([]byte(text), &answer)
					mu.Lock()
					got[answer["refresh_token"]]++
					mu.Unlock()
				})
			}
			wait.Wait()
			if len(got) != 1 || got[nil] > 0 {
				t.Errorf("%d tokens followed: %v", len(got), got)
			}
		})
	}
}

func TestAddressesAreNotTold(t *testing.T) {
	w := open(t, "sqlite")
	w.Offers.EmailConfirmations = true
	fields := func(object map[string]any) string {
		out, _ := json.Marshal(object)
		for _, c := range changing {
			out = regexp.MustCompile(c.form).ReplaceAll(out, []byte(c.stands))
		}
		return string(out)
	}
	status, first := w.call("POST", "/signup", "", `{"email":"ada@example.com","password":"secret-1","data":{"a":1}}`)
	again, second := w.call("POST", "/signup", "", `{"email":"ada@example.com","password":"secret-1","data":{"a":1}}`)
	if status != 200 || again != 200 || first["access_token"] != nil {
		t.Fatal(status, again, first)
	}
	// The dialect's clients tell by the identities; nothing else may differ.
	if len(second["identities"].([]any)) != 0 {
		t.Error(second["identities"])
	}
	delete(first, "identities")
	delete(second, "identities")
	if fields(first) != fields(second) {
		t.Errorf("known address:\n%s\nnew:\n%s", fields(second), fields(first))
	}
	if status, e := w.call("POST", "/token?grant_type=password", "", `{"email":"ada@example.com","password":"secret-1"}`); status != 400 || e["error_code"] != "email_not_confirmed" {
		t.Error(status, e)
	}
	if status, e := w.call("POST", "/token?grant_type=password", "", `{"email":"ada@example.com","password":"wrong"}`); status != 400 || e["error_code"] != "invalid_credentials" {
		t.Error(status, e)
	}
}

func TestRates(t *testing.T) {
	w := open(t, "sqlite")
	for i := range 4 {
		status, e := w.call("POST", "/signup", "", `{}`)
		if i < 3 && status != 200 || i == 3 && (status != 429 || e["error_code"] != "over_request_rate_limit") {
			t.Error(i, status, e)
		}
	}
}

// broken is an engine whose database is gone.
type broken struct{ engine.Engine }

func (broken) Run(context.Context, *engine.Request) ([]*engine.Result, error) {
	return nil, errs.New("08006", "the connection is gone")
}

func (broken) Program(context.Context, string, func(engine.Runner) error) error {
	return errs.New("53100", "the disk is full")
}

func TestTroubleEndsNoSession(t *testing.T) {
	w := open(t, "sqlite")
	w.API = New(options(t, broken{w.engine}))
	for _, path := range []string{"/token?grant_type=refresh_token", "/token?grant_type=password", "/signup"} {
		status, e := w.call("POST", path, "", `{"refresh_token":"x","email":"a@b.c","password":"secret-1"}`)
		if status != 503 || e["error_code"] != "unexpected_failure" || strings.Contains(e["msg"].(string), "disk") {
			t.Error(path, status, e)
		}
	}
}

func TestAuditLog(t *testing.T) {
	w := open(t, "sqlite")
	_, in := w.call("POST", "/signup", "", `{"email":"ada@example.com","password":"secret-1"}`)
	w.call("POST", "/token?grant_type=password", "", `{"email":"ada@example.com","password":"wrong"}`)
	w.call("POST", "/token?grant_type=refresh_token", "", `{"refresh_token":"`+in["refresh_token"].(string)+`"}`)
	w.call("PUT", "/user", in["access_token"].(string), `{"password":"secret-2"}`)
	w.call("POST", "/logout", in["access_token"].(string), "")
	tx, err := w.engine.Admin(context.Background(), engine.AdminOptions{})
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = tx.Rollback(context.Background()) }()
	rows, err := tx.Exec(context.Background(), `select payload ->> 'action', payload ->> 'actor_username', ip_address, payload::text from auth.audit_log_entries order by created_at, payload ->> 'action' desc`, nil)
	if err != nil {
		t.Fatal(err)
	}
	var got []string
	for _, r := range rows.Rows {
		got = append(got, *r[0])
		if *r[1] != "ada@example.com" || *r[2] != "192.0.2.1" || strings.Contains(*r[3], "secret-") {
			t.Error(*r[1], *r[2], *r[3])
		}
	}
	if want := "user_signedup login login_failed token_refreshed user_updated_password logout"; strings.Join(got, " ") != want {
		t.Errorf("%v, want %s", got, want)
	}
}
