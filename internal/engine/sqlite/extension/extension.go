package extension

import (
	"time"

	"github.com/basement-project/basement/internal/sql/types"
)

// Extension is one extension a project may create.
type Extension struct {
	// Name, Version and Comment are what pg_extension and pg_available_extensions tell.
	Name, Version, Comment string
	// Older are other versions that may be asked for; the objects are the same.
	Older []string
	// Schema is where the extension's objects must be, "" for anywhere. Fixed says they cannot be moved.
	Schema string
	Fixed  bool
	// Superuser says that only superusers create it, as on PostgreSQL.
	Superuser bool
	// Requires are the extensions that must be there first.
	Requires []string
	// Refused says why the extension cannot be created here, with what to do instead in Hint.
	Refused, Hint string

	// Objects are the facts of its objects, as package gen writes them.
	Objects string
	// Types are the types' meanings by typname.
	Types map[string]*types.Native
	// Checks are the domains' constraints by typname; @extschema@ in them is the extension's schema.
	Checks map[string][]Check
	// Functions are the Go functions.
	Functions []Function
	// Settings are the configuration parameters it brings.
	Settings []Setting
}

// Call is what a Go function sees of its call.
type Call interface {
	// Values are the arguments. Their texts and bytes end with the call.
	Values() []types.Datum
	// ArgType is the type of an argument of a typed function; -1 is the result's.
	ArgType(i int) *types.Type
	Env() *types.Env
	// Now is the transaction's start.
	Now() time.Time
	// Setting reads a configuration parameter, "" when it is not set.
	Setting(name string) string
	// SetSetting sets one until the transaction ends.
	SetSetting(name, value string) error
}

// Func is a function in Go. For a strict one no argument is NULL.
type Func func(c Call) (types.Datum, error)

// SetFunc is a set-returning function: it calls yield for each row until that gives false.
type SetFunc func(c Call, yield func(row []types.Datum) bool) error

// Aggregate is the state of one aggregate over one group.
type Aggregate interface {
	Step(c Call) error
	Result(c Call) (types.Datum, error)
}

// Function is the form of one function of an extension. Exactly one of Fn, Set, Agg, Trigger, Same, As and Extreme says
// how it runs; Compare may stand beside Fn.
type Function struct {
	// Sig is the function's name and argument types as in Objects: "digest(text,text)", "citext_eq(@citext,@citext)".
	Sig string
	Fn  Func
	Set SetFunc
	Agg func() Aggregate
	// Trigger is a trigger function.
	Trigger TriggerFunc
	// Same is an SQLite expression with $1, $2, ... that means the same: "$1", or "($1 = $2)".
	Same string
	// As is a built-in function that does the work, by its signature; Args makes its arguments of the call's, nil for the same.
	As   string
	Args func(args []types.Datum) []types.Datum
	// Compare says that the function is the type's own comparison of that operator ("=", "<", ...), which SQLite makes by
	// the type's collation.
	Compare string
	// Aggregate "min" or "max" of the type's own order.
	Extreme string
	// Typed says that the function asks for its arguments' types.
	Typed bool
	// Safe says that no error tells about the arguments' values.
	Safe bool
}

// Check is a constraint of a domain.
type Check struct{ Name, Expr string }

// Setting is a configuration parameter of an extension.
type Setting struct {
	Name, Default string
	// Check says whether a value is allowed and how it is shown.
	Check func(value string) (shown string, err error)
}
