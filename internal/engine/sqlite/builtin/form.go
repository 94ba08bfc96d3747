package builtin

import (
	"strings"
	"sync"

	"github.com/basement-project/basement/internal/catalog"
	"github.com/basement-project/basement/internal/sql/types"
)

// Func is a function in Go. For a strict one no argument is NULL. Texts and bytes in the arguments are SQLite's memory and
// end with the call: what is kept longer must be cloned.
type Func func(c *Call) (types.Datum, error)

// SetFunc is a set-returning function in Go: it calls yield for each row until it gives false.
type SetFunc func(c *Call, yield func(row []types.Datum) bool) error

// entry declares the form of one function. Exactly one of sql, fn, set and agg says how it runs; leaf may stand beside fn.
type entry struct {
	// sig is the function's name and its input types by typname: "lower(text)".
	sig string
	// sql is a template with $1, $2, ... each standing once.
	sql string
	// leaf is a template that uses arguments more than once: it is taken when all of them are cheap to repeat.
	leaf string
	fn   Func
	set  SetFunc
	agg  func() Aggregate
	// typed says that the Go function needs the call's argument and result types (polymorphic functions).
	typed bool
	// safe says that no error, and nothing else, tells about the arguments' values.
	safe bool
}

// Form tells how a function runs in SQLite.
type Form struct {
	// SQL is a template with $1, $2, ... for the arguments; Leaf likewise, for arguments that are cheap to repeat.
	SQL, Leaf string
	// Name is the name of the SQLite function (or of the aggregate) when there is one in Go; "" when there is none.
	Name string
	// Typed says that the Go function takes a description of the call's types before the arguments (see Describe).
	Typed bool
	// Set and Aggregate say what kind of Go function it is.
	Set, Aggregate bool
	// Safe says that no error tells about the arguments' values.
	Safe bool
	// Compare is the operator when the function is the comparison of an extension's type: SQLite makes it itself, with the
	// type's collation. Extreme is "min" or "max" for the aggregates of such a type.
	Compare, Extreme string
}

type formSet struct {
	byOID  map[catalog.OID]*Form
	byName map[string]*registered // by the SQLite function's name
	// missing are the entries whose signature is not PostgreSQL's: a mistake in the tables.
	missing []string
}

// registered is an entry with a Go function, and the function it is the form of.
type registered struct {
	*entry
	proc *catalog.Function
}

var forms = sync.OnceValue(makeForms)

// FormOf gives the form of a built-in function, nil when it has none on this engine.
func FormOf(fn *catalog.Function) *Form {
	if fn == nil {
		return nil
	}
	if fn.Language == "c" {
		return extensions().byBody[fn.Body]
	}
	return forms().byOID[fn.OID]
}

// tables are the declarations, one list per subject.
func tables() [][]entry {
	return [][]entry{catalogTable(), shapeTable(), numberTable(), textTable(), arrayTable(), jsonTable(), seriesTable(), datetimeTable(), templateTable(), rangeTable(), networkTable(), bitTable(), systemTable(), aggregateTable(), searchTable(), miscTable(), castTable(), moneyTable(), sendTable(), xmlTable(), encodingTable(), bytesTable(), networkArithmeticTable(), multirangeTable(), trigonometryTable(), hashTable(), numberedTable(), compareTable()}
}

func makeForms() formSet {
	set := formSet{byOID: map[catalog.OID]*Form{}, byName: map[string]*registered{}}
	for _, table := range tables() {
		for i := range table {
			e := &table[i]
			fn := find(e.sig)
			if fn == nil {
				set.missing = append(set.missing, e.sig)
				continue
			}
			if set.byOID[fn.OID] != nil {
				continue // declared by an earlier table
			}
			f := &Form{SQL: e.sql, Leaf: e.leaf, Typed: e.typed, Set: e.set != nil, Aggregate: e.agg != nil, Safe: e.safe || fn.Leakproof}
			if e.fn != nil || e.set != nil || e.agg != nil {
				f.Name = sqliteName(e.sig)
				set.byName[f.Name] = &registered{e, fn}
			}
			set.byOID[fn.OID] = f
		}
	}
	return set
}

// find looks up a function by its signature.
func find(sig string) *catalog.Function {
	name, list, _ := strings.Cut(strings.TrimSuffix(sig, ")"), "(")
	schema := "pg_catalog"
	if s, n, ok := strings.Cut(name, "."); ok {
		schema, name = s, n
	}
	var room [16]catalog.OID
	args := room[:0]
	for list != "" {
		var arg string
		arg, list, _ = strings.Cut(list, ",")
		t := types.ByName(arg)
		if t == nil {
			return nil
		}
		args = append(args, t.OID)
	}
	for _, f := range Base().FunctionsNamed(schema, name) {
		if takes(f, args) {
			return f
		}
	}
	return nil
}

// takes says whether a function's input types are args.
func takes(f *catalog.Function, args []catalog.OID) bool {
	n := 0
	for i := range f.Params {
		switch f.Params[i].Mode {
		case catalog.In, catalog.InOut, catalog.Variadic:
			if n == len(args) || args[n] != f.Params[i].Type {
				return false
			}
			n++
		}
	}
	return n == len(args)
}

// sqliteName is the name a Go function is registered with. Indexes on expressions keep it in the file: it must not change.
func sqliteName(sig string) string {
	return functionPrefix + strings.Trim(functionNames.Replace(sig), "_")
}

const functionPrefix = "pg_"

var functionNames = strings.NewReplacer("(", "_", ",", "_", ")", "", ".", "_", `"`, "")
