package app

import (
	"context"
	"sync"
	"time"

	"github.com/basement-project/basement/internal/engine"
)

// Readiness asks the database at most this often, and waits this long: whoever asks us often must not ask it often.
const (
	readyEvery   = time.Second
	readyTimeout = 2 * time.Second
)

// readiness says whether the database answers.
type readiness struct {
	engine engine.Engine
	mu     sync.Mutex
	asked  time.Time
	answer error
}

func (r *readiness) check() error {
	if !r.engine.Enforces() {
		return nil // the database is in this process
	}
	r.mu.Lock()
	defer r.mu.Unlock()
	if time.Since(r.asked) < readyEvery {
		return r.answer
	}
	ctx, cancel := context.WithTimeout(context.Background(), readyTimeout) // of no request: its answer serves them all
	defer cancel()
	r.answer = ping(ctx, r.engine)
	r.asked = time.Now()
	return r.answer
}

func ping(ctx context.Context, e engine.Engine) error {
	tx, err := e.Admin(ctx, engine.AdminOptions{ReadOnly: true})
	if err != nil {
		return err
	}
	_, err = tx.Exec(ctx, "select 1", nil)
	if undone := tx.Rollback(ctx); err == nil {
		err = undone
	}
	return err
}
