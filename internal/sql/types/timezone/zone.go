package timezone

import (
	_ "embed"
	"encoding/binary"
	"strings"
	"sync"
	"time"
	_ "time/tzdata" // the binary carries the zones: a bare machine has none
)

//go:embed names.txt
var nameList string

// canonical maps names in lower case to the names as the data has them.
var canonical = sync.OnceValue(func() map[string]string {
	m := make(map[string]string, 600)
	for _, name := range strings.Fields(nameList) {
		m[strings.ToLower(name)] = name
	}
	return m
})

// loaded remembers zones by lower-case name; the zones never change.
var loaded sync.Map

// Load finds a zone by its name in any case, or makes one of a POSIX specification ("EST5EDT", "<+03>-3").
func Load(name string) (*time.Location, bool) {
	key := strings.ToLower(name)
	switch key {
	case "utc", "gmt", "etc/utc", "zulu", "uct":
		if key == "utc" {
			return time.UTC, true
		}
	case "":
		return nil, false
	}
	if loc, ok := loaded.Load(key); ok {
		return loc.(*time.Location), true
	}
	if full, ok := canonical()[key]; ok {
		loc, err := time.LoadLocation(full)
		if err != nil {
			return nil, false
		}
		loaded.Store(key, loc)
		return loc, true
	}
	if rest, ok := strings.CutPrefix(name, ":"); ok {
		// What follows a colon is a zone's name, never a specification.
		if _, ok := canonical()[strings.ToLower(rest)]; !ok {
			return nil, false
		}
		return Load(rest)
	}
	return fromPOSIX(name)
}

// Names lists the zones' names in order of their bytes.
func Names() []string { return strings.Fields(nameList) }

// fromPOSIX makes a zone of a specification: an abbreviation, an offset west of UTC, and perhaps a daylight-saving rule.
func fromPOSIX(spec string) (*time.Location, bool) {
	if len(spec) > 100 {
		return nil, false
	}
	_, rest, ok := posixName(spec)
	if !ok {
		return nil, false
	}
	offset, after := posixOffset(rest)
	if offset == "" {
		return nil, false
	}
	rule, dst, dstOffset := "", "", ""
	if after != "" {
		var tail string
		if dst, tail, ok = posixName(after); !ok {
			dst, tail = after, ""
		}
		if dst == "" {
			return nil, false
		}
		if dstOffset, tail = posixOffset(tail); tail == "" {
			tail = defaultRule
		}
		if tail[0] != ',' || strings.IndexByte(tail, '\n') >= 0 {
			return nil, false
		}
		rule = abbreviation(dst) + dstOffset + tail
	}
	name, _, _ := posixName(spec)
	loc, err := time.LoadLocationFromTZData(spec, footer(abbreviation(name)+offset+rule))
	if err != nil || rule != "" && !strings.HasPrefix(rule, abbreviation(dst)+dstOffset+defaultRule) && !posixValid(loc) {
		return nil, false
	}
	return loc, true
}

// abbreviation makes a name that Go takes of one that PostgreSQL takes.
func abbreviation(name string) string {
	name = strings.Map(func(r rune) rune {
		if r >= 'a' && r <= 'z' {
			return r - 'a' + 'A'
		}
		if r >= 'A' && r <= 'Z' || r >= '0' && r <= '9' || r == '+' || r == '-' {
			return r
		}
		return -1
	}, name)
	for len(name) < 3 {
		name += "X"
	}
	return "<" + name + ">"
}

// defaultRule is when clocks change where a specification does not say.
const defaultRule = ",M3.2.0,M11.1.0"

// posixValid refuses a rule that Go could not read: it falls back to no rule at all.
func posixValid(loc *time.Location) bool {
	_, winter := time.Unix(1704067200, 0).In(loc).Zone()
	_, summer := time.Unix(1719792000, 0).In(loc).Zone()
	return winter != summer
}

// posixName cuts off a name: in angle brackets, or up to a digit, comma or sign.
func posixName(s string) (name, rest string, ok bool) {
	if strings.HasPrefix(s, "<") {
		end := strings.IndexByte(s, '>')
		if end < 2 {
			return "", "", false
		}
		return s[1:end], s[end+1:], true
	}
	end := strings.IndexAny(s, "0123456789,-+")
	if end < 0 {
		return "", "", false
	}
	return s[:end], s[end:], true
}

// posixOffset cuts off hours, up to a week, with optional minutes and seconds.
func posixOffset(s string) (offset, rest string) {
	i := 0
	if i < len(s) && (s[i] == '+' || s[i] == '-') {
		i++
	}
	for part := 0; part < 3; part++ {
		from := i
		n := 0
		for i < len(s) && s[i] >= '0' && s[i] <= '9' {
			if n = n*10 + int(s[i]-'0'); n > 167 {
				return "", s
			}
			i++
		}
		if i == from || part > 0 && n > 59 {
			return "", s
		}
		if i >= len(s) || s[i] != ':' || part == 2 {
			break
		}
		i++
	}
	return s[:i], s[i:]
}

// footer makes the smallest TZif data that says nothing but a POSIX rule.
func footer(rule string) []byte {
	header := func(types, chars uint32) []byte {
		h := append([]byte("TZif2"), make([]byte, 15)...)
		for _, n := range []uint32{0, 0, 0, 0, types, chars} {
			h = binary.BigEndian.AppendUint32(h, n)
		}
		return h
	}
	body := []byte{0, 0, 0, 0, 0, 0, 'U', 'T', 'C', 0}
	out := append(header(1, 4), body...)
	// One transition long ago, so that the rule applies to every instant since.
	second := append([]byte("TZif2"), make([]byte, 15)...)
	for _, n := range []uint32{0, 0, 0, 1, 1, 4} {
		second = binary.BigEndian.AppendUint32(second, n)
	}
	out = append(out, second...)
	out = binary.BigEndian.AppendUint64(out, 1<<63)
	out = append(out, 0)
	out = append(out, body...)
	return append(append(append(out, '\n'), rule...), '\n')
}

// Offset gives a zone's seconds east of UTC at an instant (seconds since 1970).
func Offset(loc *time.Location, unix int64) int {
	if loc == time.UTC {
		return 0
	}
	_, off := time.Unix(unix, 0).In(loc).Zone()
	return off
}

// LocalOffset gives the seconds east of UTC a zone uses at a local time (seconds since 1970 as if it were UTC). A time that
// a change of clocks skips is read with the offset before the change, one that it repeats with the offset after.
func LocalOffset(loc *time.Location, local int64) int {
	if loc == time.UTC {
		return 0
	}
	before := time.Unix(local-86400, 0).In(loc)
	_, beforeOff := before.Zone()
	_, end := before.ZoneBounds()
	if end.IsZero() {
		return beforeOff
	}
	boundary := end.Unix()
	_, afterOff := end.Zone()
	beforeTime, afterTime := local-int64(beforeOff), local-int64(afterOff)
	switch {
	case beforeTime < boundary && afterTime < boundary:
		return beforeOff
	case beforeTime > boundary && afterTime >= boundary:
		return afterOff
	case beforeTime > afterTime:
		return beforeOff
	}
	return afterOff
}
