package config

import (
	"fmt"
	"net"
	"net/url"
	"slices"
	"strconv"
	"strings"
	"time"
)

// Setting is one row of the table of settings, from which parsing, help and docs/configuration.md come.
type Setting struct {
	// Env, Flag and Key are its names in the environment, on the command line and in config.toml; "" where it has none.
	Env, Flag, Key string
	// Default is its default as text; "" may mean none or one that depends on other settings (Doc says which).
	Default string
	Doc     string
	// Secret says that the value must not be printed.
	Secret bool
	target any
}

// settings is the table of settings, bound to c's fields.
func settings(c *Config) []*Setting {
	table := []*Setting{
		{Env: "BASEMENT_PROJECT", Flag: "project", target: &c.Project,
			Doc: "The project folder, which holds `supabase/`. Default: the nearest folder upwards that holds `supabase/config.toml`, else the working directory."},
		{Env: "BASEMENT_DATA", Flag: "data", target: &c.Data,
			Doc: "The data folder. Default: `.basement` in the project folder."},
		{Env: "BASEMENT_DATABASE_URL", Flag: "database", Secret: true, target: (*databaseURL)(&c.DatabaseURL),
			Doc: "Serve from this PostgreSQL database (`postgres://user@host:port/name`, version 14 or newer). Default: the embedded engine, in the data folder."},
		{Env: "BASEMENT_POOL_SIZE", Default: "10", target: (*count)(&c.PoolSize),
			Doc: "Most connections to PostgreSQL."},
		{Env: "BASEMENT_HOST", Flag: "host", Default: "127.0.0.1", target: &c.Host,
			Doc: "The address to listen on. `0.0.0.0` is every IPv4 address of the machine."},
		{Env: "BASEMENT_PORT", Flag: "port", Key: "api.port", Default: "54321", target: (*port)(&c.Port),
			Doc: "The port to listen on; 0 takes a free one."},
		{Env: "BASEMENT_PUBLIC_URL", Key: "api.external_url", target: (*httpURL)(&c.PublicURL),
			Doc: "The URL under which clients reach the server, where it is not `http://host:port`."},
		{Env: "BASEMENT_PROJECT_ID", Key: "project_id", target: &c.ProjectID,
			Doc: "The project's name. Default: its folder's name."},
		{Env: "BASEMENT_API_ENABLED", Key: "api.enabled", Default: "true", target: &c.APIEnabled,
			Doc: "Serve the REST API."},
		{Env: "BASEMENT_API_SCHEMAS", Key: "api.schemas", Default: "public,graphql_public", target: &c.Schemas,
			Doc: "The schemas the API serves; the first is the default."},
		{Env: "BASEMENT_API_EXTRA_SEARCH_PATH", Key: "api.extra_search_path", Default: "public,extensions", target: &c.ExtraSearchPath,
			Doc: "Schemas added to the search path of each request."},
		{Env: "BASEMENT_API_MAX_ROWS", Key: "api.max_rows", Default: "1000", target: (*natural)(&c.MaxRows),
			Doc: "Most rows in one answer; 0 is no limit."},
		{Env: "BASEMENT_JWT_SECRET", Key: "auth.jwt_secret", Secret: true, target: &c.JWTSecret,
			Doc: "The secret that signs the legacy keys and users' tokens (HS256), at least 16 characters. Default: generated once and kept in the data folder; users' tokens are then signed with a key of their own (ES256), kept there too."},
		{Env: "BASEMENT_SIGNING_KEYS_PATH", Key: "auth.signing_keys_path", target: &c.SigningKeysPath,
			Doc: "A file of private JSON Web Keys, relative to `supabase/`: the first signs the legacy keys and users' tokens, all verify tokens, and the secret does no longer."},
		{Env: "BASEMENT_ANON_KEY", Key: "auth.anon_key", Secret: true, target: &c.AnonKey,
			Doc: "The anon key. Default: signed with the secret."},
		{Env: "BASEMENT_SERVICE_ROLE_KEY", Key: "auth.service_role_key", Secret: true, target: &c.ServiceRoleKey,
			Doc: "The service_role key. Default: signed with the secret."},
		{Env: "BASEMENT_PUBLISHABLE_KEY", Key: "auth.publishable_key", Secret: true, target: &c.PublishableKey,
			Doc: "The opaque key for clients. Default: generated once and kept in the data folder."},
		{Env: "BASEMENT_SECRET_KEY", Key: "auth.secret_key", Secret: true, target: &c.SecretKey,
			Doc: "The opaque key for servers. Default: generated once and kept in the data folder."},
		{Env: "BASEMENT_MIGRATIONS_ENABLED", Key: "db.migrations.enabled", Default: "true", target: &c.MigrationsEnabled,
			Doc: "Apply pending migrations when the server starts."},
		{Env: "BASEMENT_SEED_ENABLED", Key: "db.seed.enabled", Default: "true", target: &c.SeedEnabled,
			Doc: "Run the seed files when the database is new."},
		{Env: "BASEMENT_SEED_PATHS", Key: "db.seed.sql_paths", Default: "./seed.sql", target: &c.SeedPaths,
			Doc: "The seed files, in order, as patterns relative to `supabase/`."},
		{Env: "BASEMENT_MAX_BODY", Default: "10MB", target: (*size)(&c.MaxBody),
			Doc: "The largest request body; a larger one is answered with 413."},
		{Env: "BASEMENT_MAX_HEADER", Default: "256KB", target: (*size)(&c.MaxHeader),
			Doc: "The largest request line and headers together, so the longest URL too; larger ones are answered with 431."},
		{Env: "BASEMENT_MAX_REQUESTS", Default: "1000", target: (*count)(&c.MaxRequests),
			Doc: "Most API requests at once; more are answered with 503."},
		{Env: "BASEMENT_REQUEST_TIMEOUT", Default: "60s", target: (*duration)(&c.RequestTimeout),
			Doc: "The longest an API request may take."},
		{Env: "BASEMENT_DRAIN_TIMEOUT", Default: "10s", target: (*duration)(&c.DrainTimeout),
			Doc: "How long running requests may go on after the signal to stop."},
		{Env: "BASEMENT_CORS_ORIGINS", target: &c.CORSOrigins,
			Doc: "The origins browsers may call from. Default: any."},
		{Env: "BASEMENT_DEVELOPMENT", Default: "false", target: &c.Development,
			Doc: "Explain denials (`Prefer: explain-denial`) to everybody, not to holders of a service_role key alone. Never in production."},
		{Env: "BASEMENT_LOG_LEVEL", Default: "info", target: &choice{&c.LogLevel, []string{"debug", "info", "warn", "error"}},
			Doc: "The least important log lines written: `debug`, `info`, `warn` or `error`. Each request is a line of `info`."},
		{Env: "BASEMENT_LOG_FORMAT", Default: "text", target: &choice{&c.LogFormat, []string{"text", "json"}},
			Doc: "The form of log lines: `text` or `json`."},
	}
	return append(table, authSettings(&c.Auth)...)
}

// Kinds of value that are more than text, number, truth or list.
type (
	port        int64
	count       int64
	natural     int64
	size        int64
	duration    time.Duration
	span        time.Duration
	expiry      int64
	networks    []string
	databaseURL string
	httpURL     string
	choice      struct {
		value   *string
		allowed []string
	}
)

// assign takes text (from the environment, a flag or a default) or a value of config.toml.
func (s *Setting) assign(value any) error {
	if list, ok := s.target.(*[]string); ok {
		return assignList(list, value)
	}
	switch v := value.(type) {
	case string:
		return s.assignText(v)
	case int64:
		return s.assignText(strconv.FormatInt(v, 10))
	case bool:
		if target, ok := s.target.(*bool); ok {
			*target = v
			return nil
		}
	}
	return fmt.Errorf("%s is wanted, not %s", s.wanted(), kindOf(value))
}

func assignList(target *[]string, value any) error {
	switch v := value.(type) {
	case string:
		*target = nil
		for _, part := range strings.Split(v, ",") {
			if part = strings.TrimSpace(part); part != "" {
				*target = append(*target, part)
			}
		}
		return nil
	case []any:
		list := make([]string, 0, len(v))
		for _, member := range v {
			text, ok := member.(string)
			if !ok {
				return fmt.Errorf("a list of texts is wanted, not one with %s", kindOf(member))
			}
			list = append(list, text)
		}
		*target = list
		return nil
	}
	return fmt.Errorf("a list of texts is wanted, not %s", kindOf(value))
}

func (s *Setting) assignText(text string) error {
	bad := func() error { return fmt.Errorf("%s is wanted, not %q", s.wanted(), text) }
	switch target := s.target.(type) {
	case *string:
		*target = text
	case *bool:
		b, err := strconv.ParseBool(text)
		if err != nil {
			return bad()
		}
		*target = b
	case *port:
		n, err := strconv.ParseInt(text, 10, 64)
		if err != nil || n < 0 || n > 65535 {
			return bad()
		}
		*target = port(n)
	case *count:
		n, err := strconv.ParseInt(text, 10, 32)
		if err != nil || n < 1 {
			return bad()
		}
		*target = count(n)
	case *natural:
		n, err := strconv.ParseInt(text, 10, 64)
		if err != nil || n < 0 {
			return bad()
		}
		*target = natural(n)
	case *size:
		n, err := parseSize(text)
		if err != nil {
			return bad()
		}
		*target = size(n)
	case *duration:
		d, err := time.ParseDuration(text)
		if err != nil || d <= 0 {
			return bad()
		}
		*target = duration(d)
	case *span:
		d, err := time.ParseDuration(text)
		if err != nil || d < 0 {
			return bad()
		}
		*target = span(d)
	case *expiry:
		n, err := strconv.ParseInt(text, 10, 64)
		if err != nil || n < 1 || n > 604800 {
			return bad()
		}
		*target = expiry(n)
	case *networks:
		var list []string
		for _, part := range strings.Split(text, ",") {
			part = strings.TrimSpace(part)
			if part == "" {
				continue
			}
			if _, _, err := net.ParseCIDR(part); err != nil && net.ParseIP(part) == nil {
				return bad()
			}
			list = append(list, part)
		}
		*target = list
	case *databaseURL:
		if text != "" {
			u, err := url.Parse(text)
			if err != nil || (u.Scheme != "postgres" && u.Scheme != "postgresql") {
				// The text may hold a password: it is not repeated.
				return fmt.Errorf("%s is wanted", s.wanted())
			}
		}
		*target = databaseURL(text)
	case *httpURL:
		if text != "" {
			u, err := url.Parse(text)
			if err != nil || (u.Scheme != "http" && u.Scheme != "https") || u.Host == "" {
				return bad()
			}
		}
		*target = httpURL(strings.TrimRight(text, "/"))
	case *choice:
		if !slices.Contains(target.allowed, text) {
			return bad()
		}
		*target.value = text
	default:
		return fmt.Errorf("settings of type %T cannot be read", s.target)
	}
	return nil
}

func (s *Setting) wanted() string {
	switch target := s.target.(type) {
	case *bool:
		return "true or false"
	case *port:
		return "a port (0 to 65535)"
	case *count:
		return "a number of at least 1"
	case *natural:
		return "a number of at least 0"
	case *size:
		return "a size such as 512KB or 10MB"
	case *duration:
		return "a duration such as 30s or 2m"
	case *span:
		return "a duration such as 8h, or 0s"
	case *expiry:
		return "a number of seconds from 1 to 604800"
	case *networks:
		return "a list of addresses and networks such as 127.0.0.1,10.0.0.0/8"
	case *databaseURL:
		return "a URL such as postgres://user@host:5432/name"
	case *httpURL:
		return "a URL such as https://api.example.com"
	case *choice:
		return "one of " + strings.Join(target.allowed, ", ")
	}
	return "a text"
}

// parseSize reads bytes with an optional unit; KB, MB, GB and KiB, MiB, GiB are powers of 1024 alike.
func parseSize(text string) (int64, error) {
	digits := strings.TrimRight(text, "KMGiBkmgb ")
	n, err := strconv.ParseInt(digits, 10, 40)
	if err != nil || n < 1 {
		return 0, fmt.Errorf("not a size")
	}
	switch strings.ToUpper(strings.TrimSpace(text[len(digits):])) {
	case "", "B":
	case "K", "KB", "KIB":
		n <<= 10
	case "M", "MB", "MIB":
		n <<= 20
	case "G", "GB", "GIB":
		n <<= 30
	default:
		return 0, fmt.Errorf("not a size")
	}
	if n > 1<<40 {
		return 0, fmt.Errorf("too large")
	}
	return n, nil
}

func kindOf(value any) string {
	switch value.(type) {
	case string:
		return "a text"
	case int64, float64:
		return "a number"
	case bool:
		return "true or false"
	case []any:
		return "a list"
	}
	return "a table"
}

// URL is where the server is reached: PublicURL, else http with the host a client on this machine would use.
func (c *Config) URL(port int) string {
	if c.PublicURL != "" {
		return c.PublicURL
	}
	host := c.Host
	if ip := net.ParseIP(host); host == "" || (ip != nil && ip.IsUnspecified()) {
		host = "127.0.0.1"
	}
	return "http://" + net.JoinHostPort(host, strconv.Itoa(port))
}
