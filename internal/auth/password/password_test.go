package password

import (
	"context"
	"encoding/base64"
	"errors"
	"runtime"
	"slices"
	"strings"
	"testing"

	"golang.org/x/crypto/argon2"
	"golang.org/x/crypto/bcrypt"
)

func TestCheck(t *testing.T) {
	ctx, h := context.Background(), New()
	mine, err := h.Hash(ctx, "correct horse")
	if err != nil || !strings.HasPrefix(mine, "$argon2id$v=19$m=19456,t=2,p=1$") {
		t.Fatal(mine, err)
	}
	if again, _ := h.Hash(ctx, "correct horse"); again == mine {
		t.Error("the same salt twice")
	}
	old, err := bcrypt.GenerateFromPassword([]byte("correct horse"), bcrypt.MinCost)
	if err != nil {
		t.Fatal(err)
	}
	long, _ := bcrypt.GenerateFromPassword([]byte(strings.Repeat("x", 72)), bcrypt.MinCost)
	for _, c := range []struct {
		name, password, hash string
		want                 Verdict
	}{
		{"own", "correct horse", mine, Verdict{Right: true}},
		{"own, wrong", "correct horsf", mine, Verdict{}},
		{"bcrypt", "correct horse", string(old), Verdict{true, true}},
		{"bcrypt of pgcrypto's kind", "correct horse", "$2y$" + string(old[4:]), Verdict{true, true}},
		{"bcrypt, wrong", "correct", string(old), Verdict{Outdated: true}},
		{"bcrypt reads 72 bytes", strings.Repeat("x", 80), string(long), Verdict{true, true}},
		{"weaker argon2id", "password", "$argon2id$v=19$m=64,t=1,p=1$c29tZXNhbHQ$" + weak(), Verdict{true, true}},
		{"none", "x", "", Verdict{}},
		{"unknown", "x", "plain", Verdict{}},
		{"broken", "x", "$argon2id$v=19$m=1$x$y", Verdict{}},
		{"too costly", "x", "$argon2id$v=19$m=99999999,t=2,p=1$c29tZXNhbHRzb21l$c29tZXNhbHRzb21lc29tZXNhbHRzb21l", Verdict{}},
		{"too long", strings.Repeat("x", MaxLength+1), mine, Verdict{}},
	} {
		got, err := h.Check(ctx, c.password, c.hash)
		if err != nil || got != c.want {
			t.Errorf("%s: %+v %v, want %+v", c.name, got, err, c.want)
		}
	}
}

// weak is the key of a hash that takes less work than ours.
func weak() string {
	key := argon2.IDKey([]byte("password"), []byte("somesalt"), 1, 64, 1, keyLength)
	return base64.RawStdEncoding.EncodeToString(key)
}

func TestQueueIsBounded(t *testing.T) {
	h := newHasher(1, 2)
	block, started := make(chan struct{}), make(chan struct{})
	go func() { _ = h.work(context.Background(), func() { close(started); <-block }) }()
	<-started
	gone, cancel := context.WithCancel(context.Background())
	waits := make(chan error)
	go func() { waits <- h.work(gone, func() {}) }()
	for h.waiting.Load() < 2 {
		runtime.Gosched()
	}
	if _, err := h.Hash(context.Background(), "x"); !errors.Is(err, ErrBusy) {
		t.Error(err)
	}
	cancel()
	if err := <-waits; !errors.Is(err, context.Canceled) {
		t.Error(err)
	}
	close(block)
}

func TestRules(t *testing.T) {
	for _, c := range []struct {
		rules    Rules
		password string
		reasons  []string
	}{
		{Rules{MinLength: 6}, "abcdef", nil},
		{Rules{MinLength: 6}, "äöüäö", []string{"length"}},
		{Rules{MinLength: 6, Requirements: "letters_digits"}, "abcdef", []string{"characters"}},
		{Rules{MinLength: 6, Requirements: "letters_digits"}, "abcde1", nil},
		{Rules{MinLength: 8, Requirements: "lower_upper_letters_digits"}, "abcde1", []string{"length", "characters"}},
		{Rules{MinLength: 6, Requirements: "lower_upper_letters_digits_symbols"}, "Abcde1~", nil},
	} {
		w := c.rules.Judge(c.password)
		if (w == nil) != (c.reasons == nil) || w != nil && !slices.Equal(w.Reasons, c.reasons) {
			t.Errorf("%+v %q: %+v", c.rules, c.password, w)
		}
	}
}

func FuzzHash(f *testing.F) {
	f.Add("$argon2id$v=19$m=64,t=1,p=1$c29tZXNhbHQ$c29tZXNhbHRzb21lc29tZXNhbHQ")
	f.Add("$2a$10$abc")
	f.Fuzz(func(t *testing.T, hash string) {
		if a, err := parseArgon(hash); err == nil && (a.memory > maxMemory || a.time > maxTime) {
			t.Error("too costly", hash)
		}
		Known(hash)
	})
}
