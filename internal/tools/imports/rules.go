package main

// rules says for each folder of internal/ which others it may import, besides those below itself under the same rule;
// a folder without a rule has that of the folder above it. "x/..." is x and everything below; "*" is anything.
var rules = map[string]string{
	// What everybody may use.
	"errs": "",

	// The language: text, trees, values. It knows no database.
	"sql/keyword": "",
	"sql/ast":     "",
	"sql/parse":   "errs sql/ast sql/keyword",
	"sql/print":   "errs sql/ast sql/keyword",
	"sql/types":   "errs",
	"sql/query":   "errs catalog sql/types",
	"sql/deparse": "catalog sql/query sql/types",

	// The schema, and what is decided by it alone.
	"catalog": "errs sql/types sql/types/textsearch",
	"analyze": "errs catalog sql/...",
	"guard":   "errs catalog analyze sql/...",

	// The engines: the contract, and two implementations that know nothing of each other or of HTTP.
	"engine":          "errs catalog guard sql/...",
	"engine/postgres": "errs catalog guard engine sql/...",
	"engine/sqlite":   "errs catalog analyze/... guard engine plpgsql/... sql/...",
	// Tests and generators that compare an engine with a real PostgreSQL.
	"engine/enginetest":           "*",
	"engine/sqlite/builtin/gen":   "errs sql/types testkit",
	"engine/sqlite/sysview/gen":   "testkit",
	"engine/sqlite/extension/gen": "testkit",

	// PL/pgSQL: its language and its interpreter.
	"plpgsql": "errs catalog analyze sql/...",

	// The REST API: bytes, names, stages.
	"rest":         "errs",
	"plan":         "errs catalog engine rest sql/...",
	"gentypes":     "catalog sql/types",
	"denial":       "errs catalog engine guard plan sql/...",
	"openapi":      "errs catalog plan rest sql/...",
	"openapi/page": "",
	"pipeline":     "errs catalog denial engine guard identity openapi plan rest sql/...",

	// The sign-in API, from the bottom up.
	"auth/password": "",
	"auth/limit":    "",
	"auth/store":    "errs catalog engine guard sql/ast sql/parse",
	"auth/session":  "auth/store identity",
	"auth":          "errs auth/... engine guard identity",

	// Around them.
	"config":   "",
	"identity": "errs",
	"project":  "",
	"migrate":  "errs engine project sql/ast sql/parse sql/print",
	"system":   "errs catalog engine project",
	"static":   "",
	"server":   "errs",

	// The wiring knows everybody.
	"app": "*",

	// Tests and tools.
	"testkit": "",
	"tools":   "*",
}
