package sysview

import (
	"strings"
	"time"

	"github.com/basement-project/basement/internal/engine/sqlite/session"
	"github.com/basement-project/basement/internal/sql/types"
)

// overlaid are relations whose constant rows are only the ground of the rows made.
var overlaid = map[string]bool{"pg_settings": true}

func pgSettings(m *maker) {
	known := map[string]bool{}
	for _, name := range session.Parameters() {
		known[name] = true
	}
	for _, f := range factsOf(m.rel).rows {
		v := append([]types.Datum(nil), f...)
		key := strings.ToLower(v[0].S)
		if !known[key] {
			m.out = append(m.out, v)
			continue
		}
		if now, ok := m.tx.Setting(key); ok {
			if now != v[1].S {
				v[1] = plainSetting(v, now)
			}
			if v[1] != v[12] {
				v[8] = types.Text("session")
			}
		}
		m.out = append(m.out, v)
	}
}

// plainSetting gives a value as pg_settings has it: in the parameter's unit, without naming it.
func plainSetting(v []types.Datum, shown string) types.Datum {
	switch unit := v[2].S; unit {
	case "ms", "s", "min":
		if d, ok := session.Duration(shown); ok {
			per := map[string]time.Duration{"ms": time.Millisecond, "s": time.Second, "min": time.Minute}[unit]
			return types.Text(itoa(int64(d / per)))
		}
	case "8kB", "kB", "MB":
		if n, ok := size(shown); ok {
			per := map[string]int64{"8kB": 8 << 10, "kB": 1 << 10, "MB": 1 << 20}[unit]
			return types.Text(itoa(n / per))
		}
	}
	return types.Text(shown)
}

func size(s string) (int64, bool) {
	i := 0
	for i < len(s) && s[i] >= '0' && s[i] <= '9' {
		i++
	}
	if i == 0 {
		return 0, false
	}
	n := int64(0)
	for _, c := range s[:i] {
		n = n*10 + int64(c-'0')
	}
	per, ok := map[string]int64{"B": 1, "kB": 1 << 10, "MB": 1 << 20, "GB": 1 << 30, "TB": 1 << 40}[s[i:]]
	return n * per, ok
}
