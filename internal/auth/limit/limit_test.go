package limit

import (
	"strconv"
	"testing"
	"time"
)

func TestLimiter(t *testing.T) {
	l, now := New(3, 3*time.Minute), time.Unix(1e9, 0)
	for i, want := range []bool{true, true, true, false, false} {
		if l.Allow("a", now) != want {
			t.Errorf("act %d: not %v", i, want)
		}
	}
	if !l.Allow("b", now) {
		t.Error("another key is another bucket")
	}
	if l.Allow("a", now.Add(59*time.Second)) || !l.Allow("a", now.Add(61*time.Second)) || l.Allow("a", now.Add(61*time.Second)) {
		t.Error("one more a minute")
	}
	if New(0, time.Hour).Allow("a", now) {
		t.Error("0 allows nothing")
	}
}

func TestLimiterIsBounded(t *testing.T) {
	l, now := New(3, time.Minute), time.Unix(1e9, 0)
	for i := range maxKeys + 10 {
		l.Allow(strconv.Itoa(i), now)
	}
	if len(l.keys) > maxKeys {
		t.Error(len(l.keys))
	}
}
