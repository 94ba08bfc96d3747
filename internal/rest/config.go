package rest

import "strings"

// OpenAPIMode says what the root document shows.
type OpenAPIMode string

// The modes.
const (
	OpenAPIFollow   OpenAPIMode = "follow-privileges"
	OpenAPIIgnore   OpenAPIMode = "ignore-privileges"
	OpenAPIDisabled OpenAPIMode = "disabled"
)

// Name is a possibly qualified name from the configuration; Schema may be empty.
type Name struct{ Schema, Name string }

// Config is what the REST API can be told. A Config is not changed once it is in use.
type Config struct {
	// Schemas are the exposed schemas; the first is the default one.
	Schemas []string
	// ExtraSearchPath comes after the request's schema in the search path.
	ExtraSearchPath []string
	// MaxRows caps every answer; negative: no cap.
	MaxRows int64
	// AnonRole is the role of requests without a token; "" refuses them.
	AnonRole string
	// PreRequest is called before each request; RootSpec answers the root instead of the OpenAPI document.
	PreRequest Name
	RootSpec   Name
	// TxRollback ends transactions with a rollback; TxOverride lets Prefer: tx decide.
	TxRollback bool
	TxOverride bool
	Aggregates bool
	// Plans allows the execution plan's media type.
	Plans         bool
	OpenAPI       OpenAPIMode
	OpenAPIProxy  string
	OpenAPIAuth   bool
	ServerTiming  bool
	TraceHeader   string
	TargetNames   bool
	MinimalErrors bool
	// HoistedSettings are function settings that are set before the function runs.
	HoistedSettings []string
	// AppSettings are set for every request, as app.settings.NAME.
	AppSettings []Setting
	// MaxBody is the largest body in bytes.
	MaxBody int64
	// Version is shown in the OpenAPI document and in the Server header.
	Version string
}

// Setting is a name and a value.
type Setting struct{ Name, Value string }

// Defaults is the configuration of a new project.
func Defaults() Config {
	return Config{
		Schemas: []string{"public"}, ExtraSearchPath: []string{"public"}, MaxRows: -1, AnonRole: "anon",
		OpenAPI: OpenAPIFollow, TargetNames: true, MaxBody: 10 << 20,
		HoistedSettings: []string{"statement_timeout", "plan_filter.statement_cost_limit", "default_transaction_isolation"},
	}
}

// ParseName reads a possibly qualified name.
func ParseName(s string) Name {
	if schema, name, ok := strings.Cut(s, "."); ok {
		return Name{schema, name}
	}
	return Name{"", s}
}
