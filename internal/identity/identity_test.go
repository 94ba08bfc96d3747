package identity

import (
	"crypto"
	"crypto/ecdsa"
	"crypto/ed25519"
	"crypto/elliptic"
	"crypto/rand"
	"crypto/rsa"
	"encoding/base64"
	"encoding/json"
	"fmt"
	"net/http"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/go-jose/go-jose/v4"

	"github.com/basement-project/basement/internal/errs"
)

const localSecret = "super-secret-jwt-token-with-at-least-32-characters-long"

var noon = time.Date(2026, 11, 22, 12, 0, 0, 0, time.UTC)

func sign(t testing.TB, alg jose.SignatureAlgorithm, key any, kid, payload string) string {
	t.Helper()
	options := (&jose.SignerOptions{}).WithType("JWT")
	if kid != "" {
		options = options.WithHeader("kid", kid)
	}
	signer, err := jose.NewSigner(jose.SigningKey{Algorithm: alg, Key: key}, options)
	if err != nil {
		t.Fatal(err)
	}
	signed, err := signer.Sign([]byte(payload))
	if err != nil {
		t.Fatal(err)
	}
	text, err := signed.CompactSerialize()
	if err != nil {
		t.Fatal(err)
	}
	return text
}

func newVerifier(t testing.TB, rules Rules) *Verifier {
	t.Helper()
	v, err := NewVerifier(rules)
	if err != nil {
		t.Fatal(err)
	}
	return v
}

func TestLegacyKeysAreTheWellKnownOnes(t *testing.T) {
	anon, service, err := LegacyKeys(localSecret, nil)
	if err != nil {
		t.Fatal(err)
	}
	const want = "eyJhbGciOiJIUzI1NiIsInR5cCI6IkpXVCJ9.eyJpc3MiOiJzdXBhYmFzZS1kZW1vIiwicm9sZSI6ImFub24iLCJleHAiOjE5ODM4MTI5OTZ9." +
		"CRXP1A7WOeoJeXxjNni43kdQwgnWNReilDMblYTn_I0"
	if anon != want {
		t.Errorf("anon key\n got %s\nwant %s", anon, want)
	}
	who, err := newVerifier(t, Rules{Keys: TextSecret(localSecret)}).Verify(service, noon)
	if err != nil || who.Role != RoleService || who.Claims != sortedServiceClaims {
		t.Errorf("%+v, %v", who, err)
	}
}

func TestVerifyClaims(t *testing.T) {
	at := func(seconds int) int64 { return noon.Unix() + int64(seconds) }
	cases := []struct {
		name, payload, audience, role, code, message string
	}{
		{name: "role", payload: `{"role":"author","z":1,"a":"<é>"}`, role: "author"},
		{name: "no role is the anonymous one", payload: `{"id":"x"}`, role: "anon"},
		{name: "role that is no text", payload: `{"role":7}`, role: "7"},
		{name: "expired", payload: fmt.Sprintf(`{"exp":%d}`, at(-31)), code: "PGRST303", message: "JWT expired"},
		{name: "expired within the skew", payload: fmt.Sprintf(`{"exp":%d}`, at(-30)), role: "anon"},
		{name: "not yet", payload: fmt.Sprintf(`{"nbf":%d}`, at(31)), code: "PGRST303", message: "JWT not yet valid"},
		{name: "nbf within the skew", payload: fmt.Sprintf(`{"nbf":%d}`, at(30)), role: "anon"},
		{name: "future", payload: fmt.Sprintf(`{"iat":%d}`, at(31)), code: "PGRST303", message: "JWT issued at future"},
		{name: "exp text", payload: `{"exp":"1"}`, code: "PGRST303", message: "The JWT 'exp' claim must be a number"},
		{name: "nbf text", payload: `{"nbf":"1"}`, code: "PGRST303", message: "The JWT 'nbf' claim must be a number"},
		{name: "iat text", payload: `{"iat":[]}`, code: "PGRST303", message: "The JWT 'iat' claim must be a number"},
		{name: "exp null", payload: `{"exp":null}`, role: "anon"},
		{name: "exp broken number", payload: `{"exp":99999999999.5}`, code: "PGRST303", message: "JWT expired"},
		{name: "exp huge", payload: `{"exp":1e999999999}`, code: "PGRST303", message: "JWT expired"},
		{name: "exp exponent", payload: `{"exp":2e9}`, role: "anon"},
		{name: "exp before aud", payload: `{"exp":1,"aud":1}`, code: "PGRST303", message: "JWT expired"},
		{name: "aud number", payload: `{"aud":1}`, code: "PGRST303", message: "The JWT 'aud' claim must be a string or an array of strings"},
		{name: "aud mixed", payload: `{"aud":["a",1]}`, code: "PGRST303", message: "The JWT 'aud' claim must be a string or an array of strings"},
		{name: "aud unasked", payload: `{"aud":"x"}`, role: "anon"},
		{name: "aud right", payload: `{"aud":"me"}`, audience: "me", role: "anon"},
		{name: "aud among", payload: `{"aud":["you","me"]}`, audience: "me", role: "anon"},
		{name: "aud wrong", payload: `{"aud":"you"}`, audience: "me", code: "PGRST303", message: "JWT not in audience"},
		{name: "aud empty text", payload: `{"aud":""}`, audience: "me", code: "PGRST303", message: "JWT not in audience"},
		{name: "aud none of", payload: `{"aud":["a","b"]}`, audience: "me", code: "PGRST303", message: "JWT not in audience"},
		{name: "aud empty array", payload: `{"aud":[]}`, audience: "me", role: "anon"},
		{name: "aud null", payload: `{"aud":null}`, audience: "me", role: "anon"},
		{name: "aud missing", payload: `{}`, audience: "me", role: "anon"},
		{name: "not an object", payload: `[1]`, code: "PGRST303", message: "Parsing claims failed"},
		{name: "not JSON", payload: `hello`, code: "PGRST303", message: "Parsing claims failed"},
	}
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			v := newVerifier(t, Rules{Keys: TextSecret(localSecret), Audience: c.audience, AnonymousRole: "anon"})
			for range 2 { // the second time from the cache
				who, err := v.Verify(sign(t, jose.HS256, []byte(localSecret), "", c.payload), noon)
				if c.code == "" {
					if err != nil || who.Role != c.role {
						t.Fatalf("got %+v, %v", who, err)
					}
					continue
				}
				wantError(t, err, c.code, c.message, "")
			}
		})
	}
}

func wantError(t *testing.T, err error, code, message, detail string) {
	t.Helper()
	e := errs.Of(err)
	if e == nil || e.Code != code || e.Message != message || e.Detail != detail {
		t.Fatalf("got %#v, want %s %s (%s)", err, code, message, detail)
	}
	if want := `Bearer error="invalid_token", error_description="` + message + `"`; code != "PGRST300" &&
		code != "PGRST302" && e.Headers["WWW-Authenticate"] != want {
		t.Fatalf("WWW-Authenticate %q, want %q", e.Headers["WWW-Authenticate"], want)
	}
}

func TestVerifyForm(t *testing.T) {
	part := func(s string) string { return base64.RawURLEncoding.EncodeToString([]byte(s)) }
	good := sign(t, jose.HS256, []byte(localSecret), "", `{"role":"x"}`)
	const crypt, noKey = "JWT cryptographic operation failed", "No suitable key or wrong key type"
	const none, noneSuits = "None of the keys was able to decode the JWT", "No suitable key was found to decode the JWT"
	cases := []struct{ name, token, message, detail string }{
		{"empty", "", "Empty JWT is sent in Authorization header", ""},
		{"one part", "abc", "Expected 3 parts in JWT; got 1", ""},
		{"two parts", "a.b", "Expected 3 parts in JWT; got 2", ""},
		{"five parts", "a.b.c.d.e", "Expected 3 parts in JWT; got 5", ""},
		{"random", "quifquirndsjagnrgniur.fonvoienqhhdj.iuqvnvhojah", crypt, ""},
		{"header no JSON", part("hello") + ".e30.x", "JWT couldn't be decoded", ""},
		{"alg none", part(`{"alg":"none"}`) + ".e30.", "Wrong or unsupported encoding algorithm", "JWT is unsecured but expected 'alg' was not 'none'"},
		{"alg NoNe", part(`{"alg":"NoNe"}`) + ".e30.", "Wrong or unsupported encoding algorithm", "JWT is unsecured but expected 'alg' was not 'none'"},
		{"other secret", sign(t, jose.HS256, []byte(strings.Repeat("x", 40)), "", `{}`), noKey, none},
		{"changed payload", strings.Split(good, ".")[0] + "." + part(`{"role":"y"}`) + "." + strings.Split(good, ".")[2], noKey, none},
		{"no signature", strings.Join(strings.Split(good, ".")[:2], ".") + ".", noKey, none},
		{"other algorithm of the same type", sign(t, jose.HS512, []byte(localSecret+localSecret), "", `{}`), noKey, noneSuits},
		{"unknown kid", sign(t, jose.HS256, []byte(localSecret), "k9", `{}`), noKey, noneSuits},
	}
	v := newVerifier(t, Rules{Keys: TextSecret(localSecret), AnonymousRole: "anon"})
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			_, err := v.Verify(c.token, noon)
			wantError(t, err, "PGRST301", c.message, c.detail)
		})
	}
	_, err := newVerifier(t, Rules{AnonymousRole: "anon"}).Verify(good, noon)
	wantError(t, err, "PGRST300", "Server lacks JWT secret", "")
	_, err = newVerifier(t, Rules{Keys: TextSecret(localSecret)}).Verify(sign(t, jose.HS256, []byte(localSecret), "", `{}`), noon)
	wantError(t, err, "PGRST302", "Anonymous access is disabled", "")
}

func TestKeySets(t *testing.T) {
	rsaKey, err := rsa.GenerateKey(rand.Reader, 2048)
	if err != nil {
		t.Fatal(err)
	}
	ecKey, _ := ecdsa.GenerateKey(elliptic.P256(), rand.Reader)
	_, edKey, _ := ed25519.GenerateKey(rand.Reader)
	private := []jose.JSONWebKey{
		{Key: ecKey, KeyID: "ec", Algorithm: "ES256", Use: "sig"},
		{Key: rsaKey, KeyID: "rsa", Algorithm: "RS256", Use: "sig"},
		{Key: edKey, KeyID: "ed", Algorithm: "EdDSA"},
		{Key: []byte(localSecret), KeyID: "hs", Algorithm: "HS256"},
	}
	var public []jose.JSONWebKey
	for _, k := range private {
		p := k
		if signer, ok := k.Key.(crypto.Signer); ok {
			p.Key = signer.Public()
		}
		public = append(public, p)
	}
	document, err := json.Marshal(jose.JSONWebKeySet{Keys: public})
	if err != nil {
		t.Fatal(err)
	}
	set, err := ParseSecret(string(document), false)
	if err != nil {
		t.Fatal(err)
	}
	v := newVerifier(t, Rules{Keys: set})
	for _, k := range private {
		for _, kid := range []string{k.KeyID, ""} {
			token := sign(t, jose.SignatureAlgorithm(k.Algorithm), k.Key, kid, `{"role":"r"}`)
			if who, err := v.Verify(token, noon); err != nil || who.Role != "r" {
				t.Errorf("%s kid %q: %+v, %v", k.Algorithm, kid, who, err)
			}
		}
	}
	// A public RSA key must never serve as an HMAC secret.
	publicPEM, _ := json.Marshal(public[1])
	if _, err := v.Verify(sign(t, jose.HS256, publicPEM, "rsa", `{"role":"service_role"}`), noon); err == nil {
		t.Error("a token signed with the public key was accepted")
	}
	file, _ := json.Marshal(private)
	signing, set, err := ParseSigningKeys(file)
	if err != nil {
		t.Fatal(err)
	}
	anon, _, err := LegacyKeys("", signing)
	if err != nil {
		t.Fatal(err)
	}
	if who, err := newVerifier(t, Rules{Keys: set}).Verify(anon, noon); err != nil || who.Role != "anon" {
		t.Errorf("%+v, %v", who, err)
	}
	for name, bad := range map[string]string{
		"too short":       "wrong secret",
		"unsuited alg":    `{"kty":"oct","alg":"RS256","k":"c2VjcmV0c2VjcmV0c2VjcmV0c2VjcmV0c2VjcmV0"}`,
		"empty set":       `{"keys":[]}`,
		"encryption only": `{"keys":[{"kty":"oct","use":"enc","k":"c2VjcmV0c2VjcmV0c2VjcmV0c2VjcmV0c2VjcmV0"}]}`,
	} {
		if _, err := ParseSecret(bad, false); err == nil {
			t.Errorf("%s: accepted", name)
		}
	}
	if set, err := ParseSecret("cmVhbGx5cmVhbGx5cmVhbGx5cmVhbGx5dmVyeXNhZmU.", true); err != nil ||
		string(set[0].public.([]byte)) != "reallyreallyreallyreallyverysafe" {
		t.Errorf("base64 secret: %v", err)
	}
}

func TestRolePath(t *testing.T) {
	var claims any
	text := `{"role":"a","app":{"role":"b","a-b":["c","d"]},"other":{"f":"_user","roles":["x_admin","test_y"]}}`
	if err := json.Unmarshal([]byte(text), &claims); err != nil {
		t.Fatal(err)
	}
	for path, want := range map[string]string{
		"$.role": "a", ".role": "a", "$.app.role": "b", `.app."a-b"[1]`: "d", "$['app']['a-b'][-1]": "d",
		`$.other.roles[?(@ == "test_y")]`: "test_y", `.other.roles[?(@ ^== "test")]`: "test_y",
		`.other.roles[?(@ ==^ "admin")]`: "x_admin", `.other.roles[?(@ *== "_adm")]`: "x_admin",
		`.other.roles[?(@ != "x_admin")]`: "test_y", `$.other.roles[?@ == 'test_y']`: "test_y",
		"$.none": "", "$.app.role.deeper": "", "$.role[0]": "",
	} {
		p, err := parseRolePath(path)
		if err != nil {
			t.Errorf("%s: %v", path, err)
			continue
		}
		if got, _ := p.find(claims); got != want && (want != "" || got != nil) {
			t.Errorf("%s: got %v, want %q", path, got, want)
		}
	}
	for _, bad := range []string{"$", "role", "$.", "$[", "$[x]", `$.a[?(@ == 1)]`, `$.a[?(@ == "x")].b`, `."x`} {
		if _, err := parseRolePath(bad); err == nil {
			t.Errorf("%s: accepted", bad)
		}
	}
}

func TestKeyRule(t *testing.T) {
	anon, service, err := LegacyKeys(localSecret, nil)
	if err != nil {
		t.Fatal(err)
	}
	keys := Keys{Anon: anon, ServiceRole: service, Publishable: "sb_publishable_p", Secret: "sb_secret_s"}
	gate := NewGate(keys, newVerifier(t, Rules{Keys: TextSecret(localSecret), AnonymousRole: "anon"}), func() time.Time { return noon })
	user := sign(t, jose.HS256, []byte(localSecret), "", `{"role":"authenticated","sub":"u"}`)
	cases := []struct {
		name, authorization, apikey, role, claims string
	}{
		{"nothing", "", "", "anon", "{}"},
		{"publishable", "", "sb_publishable_p", "anon", sortedAnonymousClaims},
		{"secret", "", "sb_secret_s", "service_role", sortedServiceClaims},
		{"legacy apikey", "", service, "service_role", sortedServiceClaims},
		{"legacy in both", "Bearer " + anon, anon, "anon", sortedAnonymousClaims},
		{"opaque in both", "Bearer sb_publishable_p", "sb_publishable_p", "anon", sortedAnonymousClaims},
		{"bearer secret alone is no token", "Bearer sb_secret_s", "", "anon", "{}"},
		{"bearer secret, apikey publishable", "Bearer sb_secret_s", "sb_publishable_p", "anon", sortedAnonymousClaims},
		{"user wins over secret", "Bearer " + user, "sb_secret_s", "authenticated", `{"role":"authenticated","sub":"u"}`},
		{"scheme in lower case", "bearer " + user, "sb_publishable_p", "authenticated", `{"role":"authenticated","sub":"u"}`},
		{"another scheme is kept", "Basic eDp5", "sb_secret_s", "anon", "{}"},
		{"wrong opaque key", "", "sb_secret_x", "", "Expected 3 parts in JWT; got 1"},
		{"empty bearer", "Bearer", "sb_secret_s", "", "Empty JWT is sent in Authorization header"},
	}
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			header := http.Header{}
			if c.authorization != "" {
				header.Set("Authorization", c.authorization)
			}
			if c.apikey != "" {
				header.Set("apikey", c.apikey)
			}
			who, err := gate.Identify(header)
			if c.role == "" {
				wantError(t, err, "PGRST301", c.claims, "")
				return
			}
			if err != nil || who.Role != c.role || who.Claims != c.claims {
				t.Fatalf("got %+v, %v", who, err)
			}
		})
	}
}

func TestEmptyKeysOpenNothing(t *testing.T) {
	none := hashKeys(Keys{})
	if _, ok := none.resolve(""); ok {
		t.Error("an empty key matched a key that is not set")
	}
}

func TestSecretsAreKept(t *testing.T) {
	dir := filepath.Join(t.TempDir(), "data")
	first, err := LoadSecrets(dir)
	if err != nil {
		t.Fatal(err)
	}
	info, err := os.Stat(filepath.Join(dir, secretsFile))
	if err != nil || info.Mode().Perm() != 0o600 {
		t.Fatalf("mode %v, %v", info.Mode(), err)
	}
	again, err := LoadSecrets(dir)
	if err != nil || again != first {
		t.Fatalf("changed: %v", err)
	}
	if !strings.HasPrefix(first.PublishableKey, "sb_publishable_") || !strings.HasPrefix(first.SecretKey, "sb_secret_") || len(first.JWTSecret) < 32 {
		t.Errorf("%+v", first)
	}
	if left, _ := filepath.Glob(filepath.Join(dir, "*")); len(left) != 1 {
		t.Errorf("left over: %v", left)
	}
}

func TestCacheIsBounded(t *testing.T) {
	v := newVerifier(t, Rules{Keys: TextSecret(localSecret), AnonymousRole: "anon"})
	for i := range cacheEntries + 50 {
		v.remember([32]byte{byte(i), byte(i >> 8), 1}, &claims{})
	}
	if len(v.known) > cacheEntries {
		t.Errorf("%d entries", len(v.known))
	}
}

func FuzzVerify(f *testing.F) {
	f.Add(sign(f, jose.HS256, []byte(localSecret), "", `{"role":"x","exp":1e3}`))
	f.Add("a.b.c")
	f.Fuzz(func(t *testing.T, token string) {
		v := newVerifier(t, Rules{Keys: TextSecret(localSecret)})
		who, err := v.Verify(token, noon)
		if (err == nil) == (who.Role == "" && who.Claims == "") {
			t.Errorf("%+v, %v", who, err)
		}
	})
}

func FuzzRolePath(f *testing.F) {
	f.Add(`$.a["b"][0][?(@ == "x")]`)
	f.Fuzz(func(t *testing.T, path string) {
		if p, err := parseRolePath(path); err == nil {
			p.find(map[string]any{"a": []any{"x"}})
		}
	})
}
