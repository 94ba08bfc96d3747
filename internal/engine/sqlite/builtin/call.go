package builtin

import (
	"strconv"

	"github.com/basement-project/basement/internal/catalog"
	"github.com/basement-project/basement/internal/errs"
	"github.com/basement-project/basement/internal/sql/types"
)

// Functions of the project are called by SQLite as pg_call(description, argument...), and in FROM as the set function
// CallSet. The description's options are the function's identifier; its items are the arguments' types and, for pg_call,
// the result's; for CallSet the columns follow, after a count of the arguments.

// CallFunction is the scalar function's name, CallStable the same for functions that are not volatile (SQLite calls it
// once per statement when its arguments are constant), CallSet the set function's.
const (
	CallFunction = "pg_call"
	CallStable   = "pg_call_stable"
	CallSet      = "pg_call_set"
)

func called(c *Call, oid string) (*catalog.Function, error) {
	n, err := strconv.ParseUint(oid, 10, 32)
	if err != nil {
		return nil, errs.Internal("call", err)
	}
	fn := c.Snapshot().FunctionByOID(catalog.OID(n))
	if fn == nil {
		return nil, errs.New("42883", "function with OID %d does not exist", n)
	}
	if c.Tx() == nil || c.Tx().Call == nil {
		return nil, errs.Unsupported("function "+fn.Name+" here", "")
	}
	return fn, nil
}

// own copies arguments: the function may run statements, which end SQLite's memory.
func ownArgs(c *Call) []types.Datum {
	args := make([]types.Datum, len(c.Args))
	for i, d := range c.Args {
		args[i] = keep(d)
	}
	return args
}

func itemTypes(items []Item) []*types.Type {
	out := make([]*types.Type, len(items))
	for i, it := range items {
		out[i] = it.Type
	}
	return out
}

func callFunction(c *Call) (types.Datum, error) {
	fn, err := called(c, c.Desc.Options)
	if err != nil {
		return types.Datum{}, err
	}
	n := len(c.Args)
	items := c.Desc.Items
	if len(items) != n+1 {
		return types.Datum{}, errs.Internal("call", nil)
	}
	return c.Tx().Call(c.Tx(), fn, ownArgs(c), itemTypes(items[:n]), items[n].Type)
}

func callSet(c *Call, yield func([]types.Datum) bool) error {
	fn, err := called(c, c.Desc.Options)
	if err != nil {
		return err
	}
	n := len(c.Args)
	var columns []types.Field
	for _, it := range c.Desc.Items[n:] {
		columns = append(columns, types.Field{Name: it.Name, Type: it.Type, Typmod: it.Typmod})
	}
	if fn.Strict {
		for _, a := range c.Args {
			if a.IsNull() {
				if !fn.ReturnsSet {
					yield(make([]types.Datum, len(columns)))
				}
				return nil
			}
		}
	}
	return c.Tx().CallSet(c.Tx(), fn, ownArgs(c), itemTypes(c.Desc.Items[:n]), columns, yield)
}
