package config

import (
	"fmt"
	"maps"
	"slices"
	"strconv"
	"strings"
	"unicode"
)

// API is the settings of the REST API in PostgREST's terms. They come from Config and may be overridden in the database
// (alter role authenticator set pgrst.db_schemas = '...').
type API struct {
	Schemas         []string
	ExtraSearchPath []string
	// MaxRows caps the rows of an answer; 0 is no cap.
	MaxRows int64
	// AnonymousRole is the role without a token; "" refuses requests without one.
	AnonymousRole string
	// PreRequest is a function called before each request's statement, "" for none; may be schema-qualified.
	PreRequest string
	// RootSpec is a function that answers at the API's root, "" for the generated description.
	RootSpec string
	// OpenAPIMode is follow-privileges, ignore-privileges or disabled.
	OpenAPIMode string
	// Rollback undoes every request; AllowOverride lets Prefer: tx=... choose.
	Rollback, AllowOverride bool
	Aggregates              bool
	Plan                    bool
	ServerTiming            bool
	// TraceHeader is a request header that is repeated in the answer, "" for none.
	TraceHeader string
	CORSOrigins []string
	// VerboseErrors says that errors carry details and hint.
	VerboseErrors   bool
	LegacyTargets   bool
	HoistedSettings []string
	ServerProxyURI  string
	SecurityActive  bool
	JWTSecret       string // overrides the keys of the gateway when HasJWTSecret
	HasJWTSecret    bool
	JWTSecretBase64 bool
	JWTAudience     string
	JWTRoleClaimKey string
	AppSettings     map[string]string // app.settings.NAME
}

const databasePrefix = "pgrst."

// API gives the REST API's settings with what the database overrides: the authenticator role's settings. faults are
// settings that are not understood, which keep their former value.
func (c *Config) API(inDatabase map[string]string) (API, []string) {
	a := API{
		Schemas: c.Schemas, ExtraSearchPath: c.ExtraSearchPath, MaxRows: c.MaxRows, AnonymousRole: "anon",
		OpenAPIMode: "follow-privileges", CORSOrigins: c.CORSOrigins, VerboseErrors: true, LegacyTargets: true,
		HoistedSettings: []string{"statement_timeout", "plan_filter.statement_cost_limit", "default_transaction_isolation"},
	}
	var faults []string
	for _, full := range slices.Sorted(maps.Keys(inDatabase)) {
		name, ok := strings.CutPrefix(full, databasePrefix)
		if !ok {
			continue
		}
		if err := a.override(name, inDatabase[full]); err != nil {
			faults = append(faults, fmt.Sprintf("%s: %v", full, err))
		}
	}
	return a, faults
}

func (a *API) override(name, value string) error {
	boolean := func(target *bool) error {
		b, ok := looseBool(value)
		if !ok {
			return fmt.Errorf("true or false is wanted, not %q", value)
		}
		*target = b
		return nil
	}
	switch name {
	case "db_schemas":
		if list := splitCommas(value); len(list) > 0 {
			a.Schemas = list
		}
	case "db_extra_search_path":
		a.ExtraSearchPath = splitCommas(value)
	case "db_max_rows":
		n, err := strconv.ParseInt(value, 10, 64)
		if value == "" {
			n, err = 0, nil
		}
		if err != nil || n < 0 {
			return fmt.Errorf("a number is wanted, not %q", value)
		}
		a.MaxRows = n
	case "db_anon_role":
		a.AnonymousRole = value
	case "db_pre_request":
		a.PreRequest = value
	case "db_root_spec":
		a.RootSpec = value
	case "db_tx_end":
		end, override := strings.CutSuffix(value, "-allow-override")
		if end != "commit" && end != "rollback" {
			return fmt.Errorf("commit, commit-allow-override, rollback or rollback-allow-override is wanted, not %q", value)
		}
		a.Rollback, a.AllowOverride = end == "rollback", override
	case "db_aggregates_enabled":
		return boolean(&a.Aggregates)
	case "db_plan_enabled":
		return boolean(&a.Plan)
	case "server_timing_enabled":
		return boolean(&a.ServerTiming)
	case "server_trace_header":
		a.TraceHeader = value
	case "server_cors_allowed_origins":
		a.CORSOrigins = splitCommas(value)
	case "client_error_verbosity":
		if value != "verbose" && value != "minimal" {
			return fmt.Errorf("verbose or minimal is wanted, not %q", value)
		}
		a.VerboseErrors = value == "verbose"
	case "url_use_legacy_target_names":
		return boolean(&a.LegacyTargets)
	case "db_hoisted_tx_settings":
		a.HoistedSettings = splitCommas(value)
	case "openapi_mode":
		if value != "follow-privileges" && value != "ignore-privileges" && value != "disabled" {
			return fmt.Errorf("follow-privileges, ignore-privileges or disabled is wanted, not %q", value)
		}
		a.OpenAPIMode = value
	case "openapi_server_proxy_uri":
		a.ServerProxyURI = value
	case "openapi_security_active":
		return boolean(&a.SecurityActive)
	case "jwt_secret":
		a.JWTSecret, a.HasJWTSecret = value, value != ""
	case "jwt_secret_is_base64":
		return boolean(&a.JWTSecretBase64)
	case "jwt_aud":
		a.JWTAudience = value
	case "jwt_role_claim_key":
		a.JWTRoleClaimKey = value
	default:
		if setting, ok := strings.CutPrefix(name, "app_settings_"); ok {
			if a.AppSettings == nil {
				a.AppSettings = map[string]string{}
			}
			a.AppSettings["app.settings."+setting] = value
		}
	}
	return nil
}

// looseBool takes true and false in any case and quoting, and numbers, as PostgREST does.
func looseBool(value string) (b, ok bool) {
	letters := strings.Map(func(r rune) rune {
		if unicode.IsLetter(r) {
			return unicode.ToLower(r)
		}
		return -1
	}, value)
	if letters == "true" || letters == "false" {
		return letters == "true", true
	}
	n, err := strconv.ParseInt(value, 10, 64)
	return n > 0, err == nil
}

// splitCommas splits a list; the members are taken as they stand, so that names may hold quotes.
func splitCommas(value string) []string {
	if value == "" {
		return nil
	}
	parts := strings.Split(value, ",")
	for i := range parts {
		parts[i] = strings.TrimSpace(parts[i])
	}
	return parts
}
