package session

import (
	"sort"
	"strconv"
	"strings"
	"time"

	"github.com/basement-project/basement/internal/errs"
)

// parameter is a configuration parameter PostgreSQL itself has.
type parameter struct {
	name  string // as SHOW ALL writes it
	value string // the default
	fixed bool   // cannot be changed
}

// parameters are the built-in configuration parameters that statements of projects read or set, by lower-case name. They
// have no effect on the embedded engine unless applySetting says so; their values are kept and shown.
var parameters = map[string]parameter{
	"application_name":                    {"application_name", "", false},
	"backslash_quote":                     {"backslash_quote", "safe_encoding", false},
	"block_size":                          {"block_size", "8192", true},
	"bytea_output":                        {"bytea_output", "hex", false},
	"check_function_bodies":               {"check_function_bodies", "on", false},
	"client_encoding":                     {"client_encoding", "UTF8", false},
	"client_min_messages":                 {"client_min_messages", "notice", false},
	"constraint_exclusion":                {"constraint_exclusion", "partition", false},
	"cursor_tuple_fraction":               {"cursor_tuple_fraction", "0.1", false},
	"datestyle":                           {"DateStyle", "ISO, MDY", false},
	"deadlock_timeout":                    {"deadlock_timeout", "1s", false},
	"default_table_access_method":         {"default_table_access_method", "heap", false},
	"default_tablespace":                  {"default_tablespace", "", false},
	"default_text_search_config":          {"default_text_search_config", "pg_catalog.english", false},
	"default_transaction_isolation":       {"default_transaction_isolation", "read committed", false},
	"default_transaction_read_only":       {"default_transaction_read_only", "off", false},
	"default_with_oids":                   {"default_with_oids", "off", false},
	"enable_hashjoin":                     {"enable_hashjoin", "on", false},
	"enable_indexscan":                    {"enable_indexscan", "on", false},
	"enable_mergejoin":                    {"enable_mergejoin", "on", false},
	"enable_nestloop":                     {"enable_nestloop", "on", false},
	"enable_seqscan":                      {"enable_seqscan", "on", false},
	"escape_string_warning":               {"escape_string_warning", "on", false},
	"extra_float_digits":                  {"extra_float_digits", "1", false},
	"gin_fuzzy_search_limit":              {"gin_fuzzy_search_limit", "0", false},
	"idle_in_transaction_session_timeout": {"idle_in_transaction_session_timeout", "0", false},
	"idle_session_timeout":                {"idle_session_timeout", "0", false},
	"in_hot_standby":                      {"in_hot_standby", "off", true},
	"integer_datetimes":                   {"integer_datetimes", "on", true},
	"intervalstyle":                       {"IntervalStyle", "postgres", false},
	"jit":                                 {"jit", "on", false},
	"lc_collate":                          {"lc_collate", "C.UTF-8", true},
	"lc_ctype":                            {"lc_ctype", "C.UTF-8", true},
	"lc_messages":                         {"lc_messages", "C.UTF-8", false},
	"lc_monetary":                         {"lc_monetary", "C.UTF-8", false},
	"lc_numeric":                          {"lc_numeric", "C.UTF-8", false},
	"lc_time":                             {"lc_time", "C.UTF-8", false},
	"lock_timeout":                        {"lock_timeout", "0", false},
	"log_min_duration_statement":          {"log_min_duration_statement", "-1", false},
	"log_min_messages":                    {"log_min_messages", "warning", false},
	"log_statement":                       {"log_statement", "none", false},
	"maintenance_work_mem":                {"maintenance_work_mem", "64MB", false},
	"max_connections":                     {"max_connections", "100", true},
	"max_identifier_length":               {"max_identifier_length", "63", true},
	"max_parallel_workers_per_gather":     {"max_parallel_workers_per_gather", "2", false},
	"parallel_setup_cost":                 {"parallel_setup_cost", "1000", false},
	"parallel_tuple_cost":                 {"parallel_tuple_cost", "0.1", false},
	"password_encryption":                 {"password_encryption", "scram-sha-256", false},
	"quote_all_identifiers":               {"quote_all_identifiers", "off", false},
	"random_page_cost":                    {"random_page_cost", "4", false},
	"role":                                {"role", "none", false},
	"row_security":                        {"row_security", "on", false},
	"search_path":                         {"search_path", `"$user", public`, false},
	"seq_page_cost":                       {"seq_page_cost", "1", false},
	"server_encoding":                     {"server_encoding", "UTF8", true},
	"server_version":                      {"server_version", "15.8", true},
	"server_version_num":                  {"server_version_num", "150008", true},
	"session_authorization":               {"session_authorization", "", false},
	"session_replication_role":            {"session_replication_role", "origin", false},
	"standard_conforming_strings":         {"standard_conforming_strings", "on", false},
	"statement_timeout":                   {"statement_timeout", "0", false},
	"synchronous_commit":                  {"synchronous_commit", "on", false},
	"synchronize_seqscans":                {"synchronize_seqscans", "on", false},
	"temp_buffers":                        {"temp_buffers", "8MB", false},
	"temp_tablespaces":                    {"temp_tablespaces", "", false},
	"timezone":                            {"TimeZone", "UTC", false},
	"timezone_abbreviations":              {"timezone_abbreviations", "Default", false},
	"transaction_deferrable":              {"transaction_deferrable", "off", false},
	"transaction_isolation":               {"transaction_isolation", "read committed", false},
	"transaction_read_only":               {"transaction_read_only", "off", false},
	"transaction_timeout":                 {"transaction_timeout", "0", false},
	"transform_null_equals":               {"transform_null_equals", "off", false},
	"work_mem":                            {"work_mem", "4MB", false},
	"xmlbinary":                           {"xmlbinary", "base64", false},
	"xmloption":                           {"xmloption", "content", false},
	"array_nulls":                         {"array_nulls", "on", false},
	"autovacuum":                          {"autovacuum", "on", true},
	"backtrace_functions":                 {"backtrace_functions", "", false},
	"client_connection_check_interval":    {"client_connection_check_interval", "0", false},
	"cpu_index_tuple_cost":                {"cpu_index_tuple_cost", "0.005", false},
	"cpu_operator_cost":                   {"cpu_operator_cost", "0.0025", false},
	"cpu_tuple_cost":                      {"cpu_tuple_cost", "0.01", false},
	"default_statistics_target":           {"default_statistics_target", "100", false},
	"default_toast_compression":           {"default_toast_compression", "pglz", false},
	"default_transaction_deferrable":      {"default_transaction_deferrable", "off", false},
	"effective_cache_size":                {"effective_cache_size", "4GB", false},
	"enable_bitmapscan":                   {"enable_bitmapscan", "on", false},
	"enable_hashagg":                      {"enable_hashagg", "on", false},
	"enable_indexonlyscan":                {"enable_indexonlyscan", "on", false},
	"enable_material":                     {"enable_material", "on", false},
	"enable_partition_pruning":            {"enable_partition_pruning", "on", false},
	"enable_sort":                         {"enable_sort", "on", false},
	"force_parallel_mode":                 {"force_parallel_mode", "off", false},
	"from_collapse_limit":                 {"from_collapse_limit", "8", false},
	"geqo":                                {"geqo", "on", false},
	"gin_pending_list_limit":              {"gin_pending_list_limit", "4MB", false},
	"hash_mem_multiplier":                 {"hash_mem_multiplier", "2", false},
	"jit_above_cost":                      {"jit_above_cost", "100000", false},
	"join_collapse_limit":                 {"join_collapse_limit", "8", false},
	"log_duration":                        {"log_duration", "off", false},
	"log_error_verbosity":                 {"log_error_verbosity", "default", false},
	"log_min_error_statement":             {"log_min_error_statement", "error", false},
	"logical_decoding_work_mem":           {"logical_decoding_work_mem", "64MB", false},
	"max_parallel_maintenance_workers":    {"max_parallel_maintenance_workers", "2", false},
	"max_parallel_workers":                {"max_parallel_workers", "8", false},
	"max_wal_size":                        {"max_wal_size", "1GB", true},
	"min_parallel_index_scan_size":        {"min_parallel_index_scan_size", "512kB", false},
	"min_parallel_table_scan_size":        {"min_parallel_table_scan_size", "8MB", false},
	"plan_cache_mode":                     {"plan_cache_mode", "auto", false},
	"shared_buffers":                      {"shared_buffers", "128MB", true},
	"ssl":                                 {"ssl", "off", true},
	"synchronous_standby_names":           {"synchronous_standby_names", "", true},
	"temp_file_limit":                     {"temp_file_limit", "-1", false},
	"track_activities":                    {"track_activities", "on", false},
	"track_functions":                     {"track_functions", "none", false},
	"track_io_timing":                     {"track_io_timing", "off", false},
	"vacuum_cost_delay":                   {"vacuum_cost_delay", "0", false},
	"wal_level":                           {"wal_level", "replica", true},
	"zero_damaged_pages":                  {"zero_damaged_pages", "off", false},
}

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
	switch key {
	case "role":
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
	case "transaction_read_only":
		on, ok := boolean(value)
		if !ok {
			return errs.New("22023", "parameter \"%s\" requires a Boolean value", key)
		}
		if !on && t.ReadOnly {
			return errs.New("25001", "cannot set transaction read-write mode inside a read-only transaction")
		}
		t.ReadOnly = on
	case "datestyle":
		value = "ISO, MDY"
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
		t.settings, t.shared, t.env = nil, false, nil
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

// SetSearchPath sets search_path from names.
func (t *Tx) SetSearchPath(names []string) {
	quoted := make([]string, len(names))
	for i, n := range names {
		quoted[i] = QuoteIdentifier(n)
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

// QuoteIdentifier quotes a name where PostgreSQL's quote_identifier would, keywords aside.
func QuoteIdentifier(s string) string {
	plain := s != ""
	for i := 0; i < len(s); i++ {
		c := s[i]
		if c >= 'a' && c <= 'z' || c == '_' || i > 0 && (c >= '0' && c <= '9') {
			continue
		}
		plain = false
		break
	}
	if plain {
		return s
	}
	return `"` + strings.ReplaceAll(s, `"`, `""`) + `"`
}

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

func (t *Tx) location() *time.Location {
	text, _ := t.Setting("timezone")
	loc, _, ok := zone(text)
	if !ok {
		return time.UTC
	}
	return loc
}

// zone reads a TimeZone value: a name of the tz database in any case, or hours east of Greenwich.
func zone(s string) (*time.Location, string, bool) {
	switch strings.ToUpper(s) {
	case "UTC":
		return time.UTC, "UTC", true
	case "GMT":
		return time.FixedZone("GMT", 0), "GMT", true
	case "", "LOCAL":
		return nil, "", false
	}
	if hours, err := strconv.ParseFloat(s, 64); err == nil && hours >= -24 && hours <= 24 {
		return fixedZone(int(hours * 3600))
	}
	if strings.HasPrefix(s, "<") {
		if end := strings.IndexByte(s, '>'); end > 0 {
			rest := s[end+1:]
			if rest == "" { // an interval's offset, east of Greenwich
				rest = s[1:end]
				if secs, ok := offset(rest); ok {
					return fixedZone(secs)
				}
			} else if secs, ok := offset(rest); ok {
				return time.FixedZone(s[1:end], -secs), s, true
			}
		}
		return nil, "", false
	}
	if strings.Contains(s, "..") || strings.HasPrefix(s, "/") {
		return nil, "", false
	}
	if loc, err := time.LoadLocation(s); err == nil && s != "Local" {
		return loc, s, true
	}
	// PostgreSQL finds names in any case; the tz database writes Area/City.
	parts := strings.FieldsFunc(s, func(r rune) bool { return r == '/' })
	for i, p := range parts {
		words := strings.Split(strings.ToLower(p), "_")
		for j, w := range words {
			if w != "" {
				words[j] = strings.ToUpper(w[:1]) + w[1:]
			}
		}
		parts[i] = strings.Join(words, "_")
	}
	guesses := []string{strings.Join(parts, "/"), strings.ToUpper(s)}
	if n := len(parts); n > 1 {
		guesses = append(guesses, strings.Join(parts[:n-1], "/")+"/"+strings.ToUpper(parts[n-1]))
	}
	for _, name := range guesses {
		if loc, err := time.LoadLocation(name); err == nil && name != "Local" {
			return loc, name, true
		}
	}
	return posixZone(s)
}

// posixZone reads the POSIX form: an abbreviation, which may be empty, and the hours west of Greenwich. A summer time with
// its rules is not read.
func posixZone(s string) (*time.Location, string, bool) {
	i := 0
	for i < len(s) && (s[i] >= 'a' && s[i] <= 'z' || s[i] >= 'A' && s[i] <= 'Z') {
		i++
	}
	secs, ok := offset(s[i:])
	if !ok || secs < -24*3600 || secs > 24*3600 {
		return nil, "", false
	}
	return time.FixedZone(s[:i], -secs), s, true
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

func offset(s string) (secs int, ok bool) {
	sign := 1
	switch {
	case strings.HasPrefix(s, "-"):
		sign = -1
		s = s[1:]
	case strings.HasPrefix(s, "+"):
		s = s[1:]
	}
	h, m, _ := strings.Cut(s, ":")
	hours, err := strconv.Atoi(h)
	if err != nil {
		return 0, false
	}
	minutes := 0
	if m != "" {
		if minutes, err = strconv.Atoi(m); err != nil {
			return 0, false
		}
	}
	return sign * (hours*3600 + minutes*60), true
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
