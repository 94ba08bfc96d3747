package tochar

import (
	"strings"
	"time"

	"github.com/basement-project/basement/internal/errs"
)

// Parsed is a text read by a pattern whose parts say what it is.
type Parsed struct {
	Date, Time, Zone bool
	// Micros are those since 2000 (of local time without a zone), or since midnight without a date; West is the zone in seconds.
	Micros int64
	West   int
}

const (
	timeKeys = " hh hh12 hh24 mi ss ssss sssss ms us ff1 ff2 ff3 ff4 ff5 ff6 am pm a.m. p.m. "
	zoneKeys = " tzh tzm tz of "
	noKeys   = " fx "
)

// Parse reads a text by a pattern from end to end, as SQL's datetime templates are.
func Parse(text, pattern string, _ *time.Location) (Parsed, error) {
	var p Parsed
	c := scanner{nodes: parse(pattern, dateKeys, true), s: text, all: text}
	for _, n := range c.nodes {
		if n.kind != action {
			continue
		}
		switch key := " " + strings.ToLower(n.key) + " "; {
		case strings.Contains(timeKeys, key):
			p.Time = true
		case strings.Contains(zoneKeys, key):
			p.Zone = true
		case !strings.Contains(noKeys, key):
			p.Date = true
		}
	}
	if err := c.run(); err != nil {
		return p, err
	}
	if c.s != "" {
		return p, badFormat("trailing characters remain in input string after datetime format")
	}
	if c.at < len(c.nodes) {
		return p, badFormat("input string is too short for datetime format")
	}
	m, err := c.moment(text)
	if err != nil {
		return p, err
	}
	if p.Zone {
		p.West = -c.zoneSign * (c.zoneHour*3600 + c.zoneMinut*60)
	}
	if !p.Date {
		p.Micros = int64(m.Hour*3600+m.Minute*60+m.Second)*1000000 + int64(m.Micros)
		return p, nil
	}
	t, ok := m.West(p.West)
	if !ok {
		return p, errs.New("22008", "timestamp out of range")
	}
	p.Micros = int64(t)
	return p, nil
}
