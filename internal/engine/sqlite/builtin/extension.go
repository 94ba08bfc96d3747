package builtin

import (
	"slices"
	"strings"
	"sync"

	"github.com/basement-project/basement/internal/catalog"
	"github.com/basement-project/basement/internal/engine/sqlite/extension"
	"github.com/basement-project/basement/internal/engine/sqlite/extension/available"
	"github.com/basement-project/basement/internal/errs"
	"github.com/basement-project/basement/internal/sql/types"
)

// The functions of extensions are functions of the catalog in language c; their body is the symbol of a Go function.

// Values are the call's arguments.
func (c *Call) Values() []types.Datum { return c.Args }

// ArgType is the type of an argument of a typed function, -1 the result's; nil when the call is not described.
func (c *Call) ArgType(i int) *types.Type {
	if c.Desc == nil {
		return nil
	}
	if i < 0 {
		i = len(c.Desc.Items) - 1
	}
	if i < 0 || i >= len(c.Desc.Items) {
		return nil
	}
	return c.Desc.Items[i].Type
}

// Setting reads a configuration parameter: an extension's has its default when it is not set.
func (c *Call) Setting(name string) string {
	if tx := c.Tx(); tx != nil {
		if v, ok := tx.Setting(name); ok && v != "" {
			return v
		}
	}
	return available.Default(name)
}

// SetSetting sets a configuration parameter.
func (c *Call) SetSetting(name, value string) error {
	if c.Tx() == nil {
		return errs.Unsupported("a setting here", "")
	}
	return c.Tx().Set(name, value)
}

type extensionForms struct {
	byBody  map[string]*Form
	byName  map[string]*registered
	missing []string
}

var extensions = sync.OnceValue(makeExtensions)

func makeExtensions() extensionForms {
	set := extensionForms{byBody: map[string]*Form{}, byName: map[string]*registered{}}
	for _, x := range available.List() {
		facts := map[string]*extension.Fact{}
		o := x.Read()
		for i := range o.Functions {
			facts[o.Functions[i].Sig()] = &o.Functions[i]
		}
		for _, f := range x.Functions {
			fact := facts[f.Sig]
			if fact == nil {
				set.missing = append(set.missing, extension.Symbol(x.Name, f.Sig))
				continue
			}
			form := &Form{SQL: f.Same, Typed: f.Typed, Set: f.Set != nil, Aggregate: f.Agg != nil || f.Extreme != "", Safe: f.Safe || fact.Leakproof,
				Compare: f.Compare, Extreme: f.Extreme}
			if f.Compare != "" {
				form.SQL = ""
			}
			e := &entry{sig: f.Sig, typed: f.Typed}
			if f.Fn != nil {
				fn := f.Fn
				e.fn = func(c *Call) (types.Datum, error) { return fn(c) }
			}
			if f.Set != nil {
				fn := f.Set
				e.set = func(c *Call, yield func([]types.Datum) bool) error { return fn(c, yield) }
			}
			if f.As != "" && !borrow(e, f) {
				set.missing = append(set.missing, f.As)
			}
			form.Set = e.set != nil
			if f.Agg != nil {
				fn := f.Agg
				e.agg = func() Aggregate { return extensionAggregate{fn()} }
			}
			if e.fn != nil || e.set != nil || e.agg != nil {
				form.Typed = e.typed
				form.Name = extensionName(x.Name, f.Sig)
				set.byName[form.Name] = &registered{e, &catalog.Function{Strict: fact.Strict, Volatility: fact.Volatility}}
			}
			set.byBody[extension.Symbol(x.Name, f.Sig)] = form
		}
	}
	return set
}

// borrow makes a function of a built-in one.
func borrow(e *entry, f extension.Function) bool {
	from := forms().byName[sqliteName(f.As)]
	if from == nil {
		return false
	}
	e.typed = from.typed
	change := func(c *Call) {
		if f.Args != nil {
			c.Args = append(c.Args[:0], f.Args(slices.Clone(c.Args))...)
		}
	}
	if fn := from.fn; fn != nil {
		e.fn = func(c *Call) (types.Datum, error) {
			change(c)
			return fn(c)
		}
	}
	if set := from.set; set != nil {
		e.set = func(c *Call, yield func([]types.Datum) bool) error {
			change(c)
			return set(c, yield)
		}
	}
	return e.fn != nil || e.set != nil
}

type extensionAggregate struct{ extension.Aggregate }

func (a extensionAggregate) Step(c *Call) error                  { return a.Aggregate.Step(c) }
func (a extensionAggregate) Result(c *Call) (types.Datum, error) { return a.Aggregate.Result(c) }

// extensionName is the name of an extension's function in SQLite. Indexes on expressions keep it in the file: it must not
// change.
func extensionName(name, sig string) string {
	return extensionPrefix + strings.Trim(extensionNames.Replace(name+"_"+sig), "_")
}

const extensionPrefix = "x_"

var extensionNames = strings.NewReplacer("(", "_", ",", "_", ")", "", "-", "_", "@", "", ".", "_")

// extensionSupport are the functions the printer names for the types of extensions.
func extensionSupport() []support {
	return []support{{name: "pg_subscript", volatility: 'i', strict: true, typed: true, fn: func(c *Call) (types.Datum, error) {
		return c.Desc.Items[0].Type.Native.Fetch(c.Args[0], c.Args[1].S), nil
	}}}
}
