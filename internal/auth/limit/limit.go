package limit

import (
	"sync"
	"time"
)

// maxKeys bounds the memory a limiter takes.
const maxKeys = 100_000

// Limiter lets each key act so many times in a span of time: a bucket that refills evenly. It is safe for concurrent use.
type Limiter struct {
	burst float64
	every time.Duration
	mu    sync.Mutex
	keys  map[string]bucket
}

type bucket struct {
	left float64
	at   time.Time
}

// New makes a limiter for burst acts in a span; none are allowed when burst is 0.
func New(burst int, span time.Duration) *Limiter {
	return &Limiter{burst: float64(burst), every: span / time.Duration(max(1, burst)), keys: map[string]bucket{}}
}

// Allow counts an act of a key at a moment and says whether it may be done.
func (l *Limiter) Allow(key string, now time.Time) bool {
	l.mu.Lock()
	defer l.mu.Unlock()
	b, known := l.keys[key]
	if !known {
		if len(l.keys) >= maxKeys {
			l.drop(now)
		}
		b = bucket{left: l.burst, at: now}
	}
	if gone := now.Sub(b.at); gone > 0 {
		b.left = min(l.burst, b.left+float64(gone)/float64(l.every))
		b.at = now
	}
	allowed := b.left >= 1
	if allowed {
		b.left--
	}
	l.keys[key] = b
	return allowed
}

// drop forgets the keys whose buckets are full again, and if that is not enough, any tenth.
func (l *Limiter) drop(now time.Time) {
	for key, b := range l.keys {
		if b.left+float64(now.Sub(b.at))/float64(l.every) >= l.burst {
			delete(l.keys, key)
		}
	}
	surplus := len(l.keys) - maxKeys*9/10
	for key := range l.keys {
		if surplus <= 0 {
			return
		}
		delete(l.keys, key)
		surplus--
	}
}
