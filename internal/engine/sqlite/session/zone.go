package session

import (
	"strconv"
	"strings"
	"time"

	"github.com/basement-project/basement/internal/sql/types/timezone"
)

// location is the session's TimeZone.
func (t *Tx) location() *time.Location {
	text, _ := t.Setting("timezone")
	loc, _, ok := zone(text)
	if !ok {
		return time.UTC
	}
	return loc
}

// zone reads a TimeZone value and gives it as SHOW prints it: hours east of Greenwich, an interval ("<+02:30>"), or what
// package timezone knows.
func zone(s string) (loc *time.Location, shown string, ok bool) {
	if hours, err := strconv.ParseFloat(s, 64); err == nil {
		if hours < -24 || hours > 24 {
			return nil, "", false
		}
		return fixedZone(int(hours * 3600))
	}
	if strings.HasPrefix(s, "<") && strings.HasSuffix(s, ">") {
		secs, ok := offset(s[1 : len(s)-1])
		if !ok {
			return nil, "", false
		}
		return fixedZone(secs)
	}
	if loc, ok = timezone.Load(s); !ok {
		return nil, "", false
	}
	return loc, loc.String(), true
}

func fixedZone(secs int) (*time.Location, string, bool) {
	name := offsetName(secs)
	return time.FixedZone(name, secs), "<" + name + ">" + offsetName(-secs), true
}

func offsetName(secs int) string {
	sign := "+"
	if secs < 0 {
		sign, secs = "-", -secs
	}
	out := sign + two(secs/3600)
	if secs%3600 != 0 {
		out += ":" + two(secs%3600/60)
	}
	return out
}

func two(n int) string {
	if n < 10 {
		return "0" + strconv.Itoa(n)
	}
	return strconv.Itoa(n)
}

// offset reads [+-]hh[:mm].
func offset(s string) (secs int, ok bool) {
	sign := 1
	switch {
	case strings.HasPrefix(s, "-"):
		sign, s = -1, s[1:]
	case strings.HasPrefix(s, "+"):
		s = s[1:]
	}
	h, m, _ := strings.Cut(s, ":")
	hours, err := strconv.Atoi(h)
	if err != nil || hours < 0 || hours > 167 {
		return 0, false
	}
	minutes := 0
	if m != "" {
		if minutes, err = strconv.Atoi(m); err != nil || minutes < 0 || minutes > 59 {
			return 0, false
		}
	}
	return sign * (hours*3600 + minutes*60), true
}
