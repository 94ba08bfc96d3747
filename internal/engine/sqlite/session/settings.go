package session

import (
	"slices"
	"sort"
	"strconv"
	"strings"
	"time"

	"github.com/basement-project/basement/internal/catalog"
	"github.com/basement-project/basement/internal/engine/sqlite/extension/available"
	"github.com/basement-project/basement/internal/errs"
	"github.com/basement-project/basement/internal/sql/print"
)

// Setting reads a configuration parameter; ok is false when there is none of that name (current_setting's 42704).
func (t *Tx) Setting(name string) (value string, ok bool) {
	key := strings.ToLower(name)
	switch key {
	case "role":
		if t.Role() == t.SessionRole {
			if v, set := t.settings[key]; set {
				return v, true
			}
			return "none", true
		}
		return t.Role(), true
	case "session_authorization":
		return t.SessionRole, true
	case "transaction_read_only":
		if t.ReadOnly {
			return "on", true
		}
		return "off", true
	case "is_superuser":
		if r := t.Snapshot.Role(t.SessionRole); r != nil && r.Superuser {
			return "on", true
		}
		return "off", true
	}
	if v, set := t.settings[key]; set {
		return v, true
	}
	if p, known := parameters[key]; known {
		return p.value, true
	}
	if x, known := available.Setting(key); known {
		return x.Default, true
	}
	return "", false
}

// Set sets a configuration parameter for the transaction: SET, SET LOCAL and set_config. What a transaction set ends with
// it, because the embedded engine has no sessions that outlive one.
func (t *Tx) Set(name, value string) error {
	key := strings.ToLower(name)
	p, known := parameters[key]
	if !known && !strings.Contains(key, ".") {
		return errs.New("42704", "unrecognized configuration parameter \"%s\"", name)
	}
	if p.fixed || key == "is_superuser" {
		return errs.New("55P02", "parameter \"%s\" cannot be changed", p.name)
	}
	if on, ok := boolean(value); known && (p.value == "on" || p.value == "off") && key != "synchronous_commit" {
		switch {
		case !ok:
			return errs.New("22023", "parameter \"%s\" requires a Boolean value", p.name)
		case on:
			value = "on"
		default:
			value = "off"
		}
	}
	if x, known := available.Setting(key); known && x.Check != nil {
		shown, err := x.Check(value)
		if err != nil {
			return err
		}
		value = shown
	}
	switch key {
	case "role":
		if len(t.roles) > 1 {
			return errs.New("42501", "cannot set parameter \"role\" within security-definer function")
		}
		if value == "none" {
			value = t.SessionRole
		}
		if t.Snapshot.Role(value) == nil {
			return errs.New("22023", "role \"%s\" does not exist", value)
		}
		if !t.Snapshot.IsMember(t.SessionRole, value) {
			return errs.New("42501", "permission denied to set role \"%s\"", value)
		}
		t.SetRole(value)
	case "session_authorization":
		if t.Snapshot.Role(value) == nil {
			return errs.New("22023", "role \"%s\" does not exist", value)
		}
		if r := t.Snapshot.Role(t.login); value != t.login && (r == nil || !r.Superuser) {
			return errs.New("42501", "permission denied to set session authorization")
		}
		t.SessionRole = value
		t.SetRole(value)
	case "timezone":
		_, canonical, ok := zone(value)
		if !ok {
			return errs.New("22023", "invalid value for parameter \"TimeZone\": \"%s\"", value)
		}
		value = canonical
	case "default_text_search_config":
		oid := t.Snapshot.FindSearchConfig(strings.Split(value, "."), t.SearchPath())
		if oid == 0 {
			return errs.New("22023", "invalid value for parameter \"%s\": \"%s\"", key, value)
		}
		value = "pg_catalog." + catalog.TextSearchConfigName(oid)
		if c := t.Snapshot.SearchConfigByOID(oid); c != nil {
			value = c.Schema + "." + c.Name
		}
	case "datestyle", "intervalstyle", "bytea_output", "extra_float_digits", "client_min_messages", "xmloption":
		if err := checkFormat(key, value); err != nil {
			return err
		}
		if key == "datestyle" {
			value = p.value
		}
	case "transaction_read_only":
		on, ok := boolean(value)
		if !ok {
			return errs.New("22023", "parameter \"%s\" requires a Boolean value", key)
		}
		if !on && t.ReadOnly {
			return errs.New("25001", "cannot set transaction read-write mode inside a read-only transaction")
		}
		t.ReadOnly = on
	case "statement_timeout", "lock_timeout", "idle_in_transaction_session_timeout":
		d, ok := Duration(value)
		if !ok {
			return errs.New("22023", "invalid value for parameter \"%s\": \"%s\"", key, value)
		}
		value = showDuration(d)
	}
	t.own()
	t.settings[key] = value
	if key == "timezone" {
		t.env = nil
	}
	return nil
}

// Reset gives a parameter its default back; "all" resets all.
func (t *Tx) Reset(name string) error {
	key := strings.ToLower(name)
	if key == "all" {
		role, had := t.settings["role"]
		old := t.settings
		t.settings, t.shared, t.env = nil, false, nil
		for name := range old {
			// A parameter of the project's own stays known.
			if strings.Contains(name, ".") {
				t.own()
				t.settings[name] = ""
			}
		}
		if had {
			t.own()
			t.settings["role"] = role
		}
		return nil
	}
	if _, known := parameters[key]; !known && !strings.Contains(key, ".") {
		return errs.New("42704", "unrecognized configuration parameter \"%s\"", name)
	}
	if key == "session_authorization" {
		t.SessionRole = t.login
	}
	if key == "role" || key == "session_authorization" {
		t.SetRole(t.SessionRole)
	}
	t.own()
	if strings.Contains(key, ".") {
		if _, set := t.settings[key]; set {
			t.settings[key] = ""
		}
	} else {
		delete(t.settings, key)
	}
	t.env = nil
	return nil
}

// Known says whether a parameter may be set, and its canonical spelling ("TimeZone").
func Known(name string) (string, bool) {
	key := strings.ToLower(name)
	if p, known := parameters[key]; known {
		return p.name, true
	}
	return name, strings.Contains(key, ".")
}

// Parameters lists the built-in parameters' names as SHOW ALL does.
func Parameters() []string {
	var out []string
	for key := range parameters {
		out = append(out, key)
	}
	sort.Strings(out)
	return out
}

// SearchPath is the list of existing schemas unqualified names are looked up in, $user replaced; pg_catalog only when it is
// named.
func (t *Tx) SearchPath() []string {
	text, _ := t.Setting("search_path")
	var out []string
	for _, name := range SplitIdentifiers(text) {
		if name == "$user" {
			name = t.Role()
		}
		if t.Snapshot.Schema(name) != nil {
			out = append(out, name)
		}
	}
	return out
}

// LookupPath is where relations and types are looked for: SearchPath with the schemas that need not be named before it.
func (t *Tx) LookupPath() []string {
	p := t.SearchPath()
	if !slices.Contains(p, "pg_catalog") {
		p = append([]string{"pg_catalog"}, p...)
	}
	if t.Snapshot.Schema(catalog.TempSchema) != nil && !slices.Contains(p, catalog.TempSchema) {
		p = append([]string{catalog.TempSchema}, p...)
	}
	return p
}

// SetSearchPath sets search_path from names.
func (t *Tx) SetSearchPath(names []string) {
	quoted := make([]string, len(names))
	for i, n := range names {
		quoted[i] = QuoteIdentifier(n)
	}
	t.own()
	t.settings["search_path"] = strings.Join(quoted, ", ")
}

// SetRequestPath sets search_path from names, each quoted, as requests are told it on PostgreSQL.
func (t *Tx) SetRequestPath(names []string) {
	quoted := make([]string, len(names))
	for i, n := range names {
		quoted[i] = `"` + strings.ReplaceAll(n, `"`, `""`) + `"`
	}
	t.own()
	t.settings["search_path"] = strings.Join(quoted, ", ")
}

// SplitIdentifiers reads a comma-separated list of identifiers, as search_path has it.
func SplitIdentifiers(s string) []string {
	var out []string
	for {
		s = strings.TrimLeft(s, " \t\n,")
		if s == "" {
			return out
		}
		if s[0] == '"' {
			var b strings.Builder
			i := 1
			for i < len(s) {
				if s[i] == '"' {
					if i+1 < len(s) && s[i+1] == '"' {
						i++
					} else {
						break
					}
				}
				b.WriteByte(s[i])
				i++
			}
			out = append(out, b.String())
			s = s[min(i+1, len(s)):]
			continue
		}
		end := strings.IndexByte(s, ',')
		if end < 0 {
			end = len(s)
		}
		out = append(out, strings.ToLower(strings.TrimRight(s[:end], " \t\n")))
		s = s[end:]
	}
}

// QuoteIdentifier quotes a name where PostgreSQL's quote_identifier does.
func QuoteIdentifier(s string) string { return print.QuoteIdent(s) }

func boolean(s string) (on, ok bool) {
	switch strings.ToLower(s) {
	case "on", "true", "yes", "1", "t", "y":
		return true, true
	case "off", "false", "no", "0", "f", "n":
		return false, true
	}
	return false, false
}

// Duration reads a time setting: milliseconds, or a number with a unit (us, ms, s, min, h, d).
func Duration(s string) (time.Duration, bool) {
	s = strings.TrimSpace(s)
	i := 0
	for i < len(s) && (s[i] >= '0' && s[i] <= '9' || s[i] == '.' || i == 0 && s[i] == '-') {
		i++
	}
	n, err := strconv.ParseFloat(s[:i], 64)
	if err != nil {
		return 0, false
	}
	unit := time.Millisecond
	switch strings.TrimSpace(s[i:]) {
	case "", "ms":
	case "us":
		unit = time.Microsecond
	case "s":
		unit = time.Second
	case "min":
		unit = time.Minute
	case "h":
		unit = time.Hour
	case "d":
		unit = 24 * time.Hour
	default:
		return 0, false
	}
	return time.Duration(n * float64(unit)), true
}

// showDuration prints a time setting with the largest unit that divides it.
func showDuration(d time.Duration) string {
	ms := d.Milliseconds()
	for _, u := range []struct {
		name string
		ms   int64
	}{{"d", 86400000}, {"h", 3600000}, {"min", 60000}, {"s", 1000}, {"ms", 1}} {
		if ms != 0 && ms%u.ms == 0 {
			return strconv.FormatInt(ms/u.ms, 10) + u.name
		}
	}
	return "0"
}

// Keep remembers a parameter's value and gives a function that puts it back: the SET clause of a function.
func (t *Tx) Keep(name string) (restore func()) {
	key := strings.ToLower(name)
	value, had := t.settings[key]
	role := t.Role()
	return func() {
		t.own()
		if had {
			t.settings[key] = value
		} else if strings.Contains(key, ".") {
			t.settings[key] = "" // a setting of one's own stays known
		} else {
			delete(t.settings, key)
		}
		if key == "role" {
			t.SetRole(role)
		}
		if key == "timezone" {
			t.env = nil
		}
	}
}
