package sqlite

import (
	"context"
	"sync"

	"github.com/basement-project/basement/internal/engine/sqlite/session"
)

// readers is the pool of read-only connections. They are opened when they are first needed, up to a limit; the one used
// last is lent first, so that its caches are warm.
type readers struct {
	engine *Engine
	slots  chan struct{}
	mu     sync.Mutex
	idle   []*session.Conn
	closed bool
}

func newReaders(e *Engine, n int) *readers {
	return &readers{engine: e, slots: make(chan struct{}, n)}
}

// lend gives a connection, waiting for one when all are lent.
func (r *readers) lend(ctx context.Context) (*session.Conn, error) {
	select {
	case r.slots <- struct{}{}:
	default:
		select {
		case r.slots <- struct{}{}:
		case <-ctx.Done():
			return nil, gaveUp(ctx)
		}
	}
	r.mu.Lock()
	if r.closed {
		r.mu.Unlock()
		<-r.slots
		return nil, closed()
	}
	if n := len(r.idle); n > 0 {
		c := r.idle[n-1]
		r.idle = r.idle[:n-1]
		r.mu.Unlock()
		return c, nil
	}
	r.mu.Unlock()
	c, err := r.engine.open(forReading)
	if err != nil {
		<-r.slots
		return nil, err
	}
	return c, nil
}

// giveBack returns a lent connection; broken ones are not used again.
func (r *readers) giveBack(c *session.Conn, broken bool) {
	defer func() { <-r.slots }()
	if broken {
		r.engine.graveyard.bury(c)
		return
	}
	r.mu.Lock()
	defer r.mu.Unlock()
	if r.closed {
		_ = c.Close()
		return
	}
	r.idle = append(r.idle, c)
}

// close waits for the lent connections until ctx ends, and closes all.
func (r *readers) close(ctx context.Context) {
	r.mu.Lock()
	r.closed = true
	idle := r.idle
	r.idle = nil
	r.mu.Unlock()
	for _, c := range idle {
		_ = c.Close()
	}
	for range cap(r.slots) {
		select {
		case r.slots <- struct{}{}:
		case <-ctx.Done():
			return
		}
	}
}

// graveyard takes connections that cannot be trusted: after a panic, or when a rollback failed.
type graveyard struct {
	mu    sync.Mutex
	conns []*session.Conn
}

// bury closes a connection, which also gives its locks back. One that cannot be closed is kept, so that nothing of it is
// used again.
func (g *graveyard) bury(c *session.Conn) {
	if c == nil {
		return
	}
	defer func() {
		if recover() != nil {
			g.mu.Lock()
			defer g.mu.Unlock()
			g.conns = append(g.conns, c)
		}
	}()
	if err := c.Abandon(); err != nil {
		panic(err)
	}
}
