package rest

import (
	"math"
	"strconv"
	"strings"
)

// Range is a window on rows: it skips Offset and takes Limit. A negative Limit takes all.
type Range struct {
	Offset int64
	Limit  int64
}

// AllRows is the window on everything.
var AllRows = Range{Limit: -1}

// IsAll says whether r takes everything.
func (r Range) IsAll() bool { return r == AllRows }

// Restrict caps the window at most rows; a negative most does not.
func (r Range) Restrict(most int64) Range {
	if most >= 0 && (r.Limit < 0 || r.Limit > most) {
		r.Limit = most
	}
	return r
}

const unbounded = math.MaxInt64

// bounds are the first and last row of a window, before it is known to make sense.
type bounds struct{ first, last int64 }

var everything = bounds{0, unbounded}

func (b bounds) intersect(o bounds) bounds { return bounds{max(b.first, o.first), min(b.last, o.last)} }

func (b bounds) empty() bool { return b.first > b.last }

func (b bounds) window() Range {
	if b.last == unbounded {
		return Range{Offset: b.first, Limit: -1}
	}
	return Range{Offset: b.first, Limit: b.last - b.first + 1}
}

// parseInteger reads an integer as the dialect does: anything else is no number at all.
func parseInteger(s string) (int64, bool) {
	s = strings.TrimSpace(s)
	n, err := strconv.ParseInt(s, 10, 64)
	if err != nil || strings.HasPrefix(s, "+") {
		return 0, false
	}
	// Arithmetic on offsets and limits must not overflow.
	return min(max(n, math.MinInt64/4), math.MaxInt64/4), true
}

// headerBounds reads a Range header; what it does not understand asks for everything.
func headerBounds(s string) bounds {
	first, last, ok := strings.Cut(strings.TrimSpace(s), "-")
	if !ok || !digits(first) || last != "" && !digits(last) {
		return everything
	}
	b := everything
	if n, ok := parseInteger(first); ok {
		b.first = n
	}
	if n, ok := parseInteger(last); ok {
		b.last = n
	}
	return b
}

func digits(s string) bool {
	for i := 0; i < len(s); i++ {
		if s[i] < '0' || s[i] > '9' {
			return false
		}
	}
	return s != ""
}

// window makes the window of limit and offset parameters, each "" when missing.
type window struct {
	limit, offset       int64
	hasLimit, hasOffset bool
}

func (w window) bounds() bounds {
	b := everything
	if w.hasOffset {
		b.first = w.offset
	}
	if w.hasLimit {
		b.last = b.first + w.limit - 1
	}
	return b
}

// none says that the window takes no row on purpose.
func (w window) none() bool { return w.hasLimit && w.limit == 0 }

func (w window) rows() Range {
	if w.none() {
		return Range{Offset: 0, Limit: 0}
	}
	r := w.bounds().window()
	r.Limit = max(r.Limit, -1)
	if w.hasLimit && w.limit < 0 {
		r.Limit = 0
	}
	r.Offset = max(r.Offset, 0)
	return r
}

// contentRange is the Content-Range header's value: first and last row, and the total when known (not negative).
func contentRange(first, last, total int64) string {
	b := make([]byte, 0, 24)
	if total != 0 && first <= last {
		b = strconv.AppendInt(b, first, 10)
		b = append(b, '-')
		b = strconv.AppendInt(b, last, 10)
	} else {
		b = append(b, '*')
	}
	b = append(b, '/')
	if total < 0 {
		return string(append(b, '*'))
	}
	return string(strconv.AppendInt(b, total, 10))
}

// rangeStatus is the status of a page: 416 when it begins after the end, 206 when it is a part.
func rangeStatus(first, last, total int64) int {
	switch {
	case total < 0:
		return 200
	case first > total:
		return 416
	case 1+last-first < total:
		return 206
	}
	return 200
}
