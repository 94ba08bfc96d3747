package password

import (
	"context"
	"crypto/rand"
	"errors"
	"runtime"
	"sync/atomic"

	"golang.org/x/crypto/argon2"
	"golang.org/x/crypto/bcrypt"
)

// MaxLength bounds a password, in bytes.
const MaxLength = 1024

// queuedPerWorker bounds who waits for a worker: some seconds' work.
const queuedPerWorker = 100

// ErrBusy says that too many passwords are waiting to be hashed.
var ErrBusy = errors.New("too many passwords are being checked")

// Hasher hashes and checks passwords, as many at once as there are processors.
type Hasher struct {
	workers chan struct{}
	waiting atomic.Int64
	queue   int64
	decoy   string
}

// New makes a hasher for the processors of this machine.
func New() *Hasher { return newHasher(max(1, runtime.GOMAXPROCS(0)), queuedPerWorker) }

func newHasher(workers, queue int) *Hasher {
	h := &Hasher{workers: make(chan struct{}, workers), queue: int64(workers * queue)}
	decoy := own // no password has it: the key is random
	decoy.salt, decoy.key = make([]byte, saltLength), make([]byte, keyLength)
	_, _ = rand.Read(decoy.salt)
	_, _ = rand.Read(decoy.key)
	h.decoy = decoy.String()
	return h
}

// work runs f when it is its turn. The error is ErrBusy or the context's.
func (h *Hasher) work(ctx context.Context, f func()) error {
	if h.waiting.Add(1) > h.queue {
		h.waiting.Add(-1)
		return ErrBusy
	}
	defer h.waiting.Add(-1)
	select {
	case h.workers <- struct{}{}:
		defer func() { <-h.workers }()
	case <-ctx.Done():
		return ctx.Err()
	}
	f()
	return nil
}

// Hash gives the hash to keep of a password.
func (h *Hasher) Hash(ctx context.Context, password string) (hash string, err error) {
	err = h.work(ctx, func() { hash = hashNow(password) })
	return hash, err
}

func hashNow(password string) string {
	p := own
	p.salt = make([]byte, saltLength)
	_, _ = rand.Read(p.salt)
	p.key = argon2.IDKey([]byte(password), p.salt, p.time, p.memory, p.threads, keyLength)
	return p.String()
}

// Verdict is what checking a password gave.
type Verdict struct {
	// Right says that the password belongs to the hash.
	Right bool
	// Outdated says that a right password's hash should be made anew.
	Outdated bool
}

// Check compares a password with a hash. Without a hash, or with one of an unknown kind, the answer is no, and takes as
// long as for one of our own.
func (h *Hasher) Check(ctx context.Context, password, hash string) (v Verdict, err error) {
	err = h.work(ctx, func() { v = h.checkNow(password, hash) })
	return v, err
}

func (h *Hasher) checkNow(password, hash string) Verdict {
	if len(password) > MaxLength {
		password, hash = "", h.decoy
	}
	switch kindOf(hash) {
	case argonKind:
		p, err := parseArgon(hash)
		if err != nil {
			break
		}
		return Verdict{Right: p.matches(password), Outdated: !p.current()}
	case bcryptKind:
		if cost, err := bcrypt.Cost([]byte(hash)); err != nil || cost > maxBcryptCost {
			break
		}
		return Verdict{Right: bcrypt.CompareHashAndPassword([]byte(hash), []byte(truncated(password))) == nil, Outdated: true}
	}
	if p, err := parseArgon(h.decoy); err == nil {
		p.matches(password)
	}
	return Verdict{}
}

// truncated is what of a password bcrypt looks at.
func truncated(password string) string {
	const limit = 72
	if len(password) > limit {
		return password[:limit]
	}
	return password
}

// maxBcryptCost bounds the work of checking an imported hash: some seconds.
const maxBcryptCost = 15
