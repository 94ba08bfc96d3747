package rest

import (
	"sort"
	"strconv"
	"strings"
)

// WithSettings gives c overridden by the settings kept in the database (ALTER ROLE authenticator SET pgrst.*); names
// come with their prefix. Values that make no sense are left out and named in the second result.
func (c Config) WithSettings(settings map[string]string) (Config, []string) {
	var bad []string
	names := make([]string, 0, len(settings))
	for name := range settings {
		if strings.HasPrefix(name, "pgrst.") {
			names = append(names, name)
		}
	}
	sort.Strings(names)
	for _, full := range names {
		value := settings[full]
		name := strings.TrimPrefix(full, "pgrst.")
		truth := func(at *bool) {
			switch strings.ToLower(strings.TrimSpace(value)) {
			case "true", "on", "yes", "1":
				*at = true
			case "false", "off", "no", "0":
				*at = false
			default:
				bad = append(bad, full)
			}
		}
		switch name {
		case "db_schemas":
			if list := splitNames(value); len(list) > 0 {
				c.Schemas = list
			} else {
				bad = append(bad, full)
			}
		case "db_extra_search_path":
			c.ExtraSearchPath = splitNames(value)
		case "db_anon_role":
			c.AnonRole = value
		case "db_max_rows":
			if value == "" {
				c.MaxRows = -1
			} else if n, err := strconv.ParseInt(value, 10, 64); err == nil && n >= 0 {
				c.MaxRows = n
			} else {
				bad = append(bad, full)
			}
		case "db_pre_request":
			c.PreRequest = splitName(value)
		case "db_root_spec":
			c.RootSpec = splitName(value)
		case "db_tx_end":
			switch value {
			case "commit":
				c.TxRollback, c.TxOverride = false, false
			case "commit-allow-override":
				c.TxRollback, c.TxOverride = false, true
			case "rollback":
				c.TxRollback, c.TxOverride = true, false
			case "rollback-allow-override":
				c.TxRollback, c.TxOverride = true, true
			default:
				bad = append(bad, full)
			}
		case "db_aggregates_enabled":
			truth(&c.Aggregates)
		case "db_plan_enabled":
			truth(&c.Plans)
		case "db_hoisted_tx_settings":
			c.HoistedSettings = splitNames(value)
		case "openapi_mode":
			switch m := OpenAPIMode(value); m {
			case OpenAPIFollow, OpenAPIIgnore, OpenAPIDisabled:
				c.OpenAPI = m
			default:
				bad = append(bad, full)
			}
		case "openapi_security_active":
			truth(&c.OpenAPIAuth)
		case "openapi_server_proxy_uri":
			c.OpenAPIProxy = value
		case "server_timing_enabled":
			truth(&c.ServerTiming)
		case "server_trace_header":
			c.TraceHeader = value
		case "url_use_legacy_target_names":
			truth(&c.TargetNames)
		case "client_error_verbosity":
			c.MinimalErrors = value == "minimal"
		default:
			if app, ok := strings.CutPrefix(name, "app_settings_"); ok {
				c.AppSettings = append(c.AppSettings[:len(c.AppSettings):len(c.AppSettings)], Setting{"app.settings." + app, value})
			}
		}
	}
	return c, bad
}

func splitNames(s string) []string {
	if strings.TrimSpace(s) == "" {
		return nil
	}
	list := strings.Split(s, ",")
	for i := range list {
		list[i] = strings.TrimSpace(list[i])
	}
	return list
}

// splitName reads a possibly qualified name.
func splitName(s string) Name {
	if schema, name, ok := strings.Cut(s, "."); ok {
		return Name{schema, name}
	}
	return Name{"", s}
}
