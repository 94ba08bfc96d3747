package builtin

import (
	"errors"
	"fmt"
	"math"
	"strings"
	"sync"
	"time"
	"unsafe"

	"github.com/ncruces/go-sqlite3"
	"github.com/ncruces/go-sqlite3/ext/fts5"

	"github.com/basement-project/basement/internal/catalog"
	"github.com/basement-project/basement/internal/engine/sqlite/session"
	"github.com/basement-project/basement/internal/engine/sqlite/sysview"
	"github.com/basement-project/basement/internal/errs"
	"github.com/basement-project/basement/internal/sql/types"
	"github.com/basement-project/basement/internal/sql/types/jsonpath"
	"github.com/basement-project/basement/internal/sql/types/regex"
	"github.com/basement-project/basement/internal/sql/types/textsearch"
)

// Call is one call of a Go function by SQLite.
type Call struct {
	// Args are the arguments, without the description.
	Args []types.Datum
	// Desc describes them, for functions that asked for it.
	Desc *Description
	host *host
}

// Tx is the transaction the call runs in; nil outside of one (schema checks).
func (c *Call) Tx() *session.Tx { return c.host.conn.Tx() }

// Env is what the values' meaning takes from the session.
func (c *Call) Env() *types.Env {
	if tx := c.Tx(); tx != nil {
		return tx.Env()
	}
	return nil
}

// Now is the transaction's start.
func (c *Call) Now() time.Time {
	if tx := c.Tx(); tx != nil {
		return tx.Start
	}
	return time.Now()
}

// Snapshot is the catalog, Base when the connection has seen none yet.
func (c *Call) Snapshot() *catalog.Snapshot {
	if s := c.host.conn.Snapshot(); s != nil {
		return s
	}
	return Base()
}

// host is what the functions of one connection share.
type host struct {
	conn  *session.Conn
	snap  *catalog.Snapshot
	descs map[string]*Description
	calls []*Call
	depth int

	regexes  map[regexKey]*regex.Regex
	searches map[types.OID]*textsearch.Config
	// searchesOf is the catalog they were made of.
	searchesOf *catalog.Snapshot
	paths      map[string]*jsonpath.Path
	// defined are the functions SQLite knows.
	defined map[string]bool
	// buf is scratch memory: its content goes to SQLite before the next call.
	buf []byte
}

// maxDescriptions bounds the memory of descriptions.
const maxDescriptions = 2000

// Register makes a connection find the Go functions, aggregates and collations by name when a statement first needs them,
// and registers the tables that give sets of rows.
func Register(conn *session.Conn) error {
	h := &host{conn: conn, descs: map[string]*Description{}, regexes: map[regexKey]*regex.Regex{},
		searches: map[types.OID]*textsearch.Config{}, paths: map[string]*jsonpath.Path{}, defined: map[string]bool{}}
	db := conn.DB
	if err := fts5.Register(db); err != nil {
		return fmt.Errorf("tables of terms: %w", err)
	}
	if err := h.registerSets(); err != nil {
		return err
	}
	if err := sysview.Register(conn); err != nil {
		return err
	}
	conn.Define = h.define
	return db.CollationNeeded(func(db *sqlite3.Conn, name string) { h.collation(db, name) })
}

// define registers the function of a name with the connection; false when there is none, or when it was there.
func (h *host) define(name string) (bool, error) {
	s := supportOf(name)
	if s == nil || h.defined[s.name] {
		return false, nil
	}
	var err error
	if s.agg != nil {
		err = h.conn.DB.CreateWindowFunction(s.name, -1, sqlite3.INNOCUOUS, h.aggregate(s.agg))
	} else {
		err = h.conn.DB.CreateFunction(s.name, -1, flags(s.volatility), h.scalar(s.fn, s.typed, s.strict))
	}
	if err != nil {
		return false, fmt.Errorf("function %s: %w", name, err)
	}
	h.defined[s.name] = true
	return true, nil
}

// supports are the engine's own functions, by name.
var supports = sync.OnceValue(func() map[string]*support {
	out := map[string]*support{}
	for _, table := range [][]support{supportTable(), searchSupport(), trigramSupport(), extensionSupport(), supportAggregates()} {
		for i := range table {
			out[table[i].name] = &table[i]
		}
	}
	return out
})

// supportOf finds the Go function of a name in SQLite, nil when there is none.
func supportOf(name string) *support {
	if s := supports()[name]; s != nil {
		return s
	}
	var e *registered
	if strings.HasPrefix(name, extensionPrefix) {
		e = extensions().byName[name]
	} else if strings.HasPrefix(name, functionPrefix) {
		e = forms().byName[name]
	}
	if e == nil || e.fn == nil && e.agg == nil {
		return nil
	}
	return &support{name: name, volatility: e.proc.Volatility, strict: e.proc.Strict, typed: e.typed, fn: e.fn, agg: e.agg}
}

// flags lets SQLite run a function once per statement when its arguments are constant, which is what PostgreSQL does with
// stable functions too.
func flags(volatility byte) sqlite3.FunctionFlag {
	if volatility == 'v' {
		return sqlite3.INNOCUOUS
	}
	return sqlite3.INNOCUOUS | sqlite3.DETERMINISTIC
}

// Type finds a type by identifier.
func (h *host) Type(oid catalog.OID) *types.Type {
	if t := types.ByOID(oid); t != nil {
		return t
	}
	if s := h.conn.Snapshot(); s != nil {
		return s.TypeByOID(oid)
	}
	return nil
}

// collation registers the collation a type's values are compared with. The type is looked up at each comparison's snapshot,
// so that a label added to an enum is known.
func (h *host) collation(db *sqlite3.Conn, name string) {
	if compare := types.NewCollator(name); compare != nil {
		_ = db.CreateCollation(name, compare)
		return
	}
	if types.CollationType(name, h.Type) == nil {
		return
	}
	var snap *catalog.Snapshot
	var t *types.Type
	_ = db.CreateCollation(name, func(a, b []byte) int {
		if s := h.conn.Snapshot(); t == nil || s != snap {
			snap = s
			if now := types.CollationType(name, h.Type); now != nil {
				t = now
			}
		}
		return types.CompareText(t, view(a), view(b))
	})
}

func view(b []byte) string {
	if len(b) == 0 {
		return ""
	}
	return unsafe.String(&b[0], len(b))
}

// load reads an argument; texts and bytes stay SQLite's.
func load(v sqlite3.Value) types.Datum {
	switch v.Type() {
	case sqlite3.INTEGER:
		return types.Datum{Kind: types.KindInt, I: v.Int64()}
	case sqlite3.FLOAT:
		return types.Datum{Kind: types.KindFloat, I: int64(math.Float64bits(v.Float()))}
	case sqlite3.TEXT:
		return types.Datum{Kind: types.KindText, S: view(v.RawText())}
	case sqlite3.BLOB:
		return types.Datum{Kind: types.KindBytes, S: view(v.RawBlob())}
	}
	return types.Datum{}
}

// keep makes a datum's memory its own.
func keep(d types.Datum) types.Datum {
	if d.S != "" {
		d.S = string([]byte(d.S))
	}
	return d
}

func give(ctx sqlite3.Context, d types.Datum) {
	switch d.Kind {
	case types.KindInt:
		ctx.ResultInt64(d.I)
	case types.KindFloat:
		ctx.ResultFloat(math.Float64frombits(uint64(d.I)))
	case types.KindText:
		ctx.ResultText(d.S)
	case types.KindBytes:
		if d.S == "" {
			ctx.ResultZeroBlob(0)
		} else {
			ctx.ResultBlob(unsafe.Slice(unsafe.StringData(d.S), len(d.S)))
		}
	}
}

// describe reads the description in a call's first argument. A change of the catalog makes every description anew: types
// may have changed.
func (h *host) describe(v sqlite3.Value) *Description {
	if s := h.conn.Snapshot(); s != h.snap {
		h.snap = s
		clear(h.descs)
	}
	raw := v.RawText()
	if d := h.descs[string(raw)]; d != nil {
		return d
	}
	d := readDescription(string(raw), h.Type)
	if len(h.descs) < maxDescriptions {
		h.descs[string(raw)] = d
	}
	return d
}

// enter lends a Call; a function may run statements that call functions again.
func (h *host) enter() *Call {
	if h.depth == len(h.calls) {
		h.calls = append(h.calls, &Call{host: h})
	}
	h.depth++
	return h.calls[h.depth-1]
}

var errFailed = errors.New("function failed")

// fail stashes an error for the statement's caller and tells SQLite that there is one.
func (h *host) fail(ctx sqlite3.Context, err error) {
	if tx := h.conn.Tx(); tx != nil {
		_ = tx.Stash(err)
		ctx.ResultError(errFailed)
		return
	}
	ctx.ResultError(err)
}

func (h *host) scalar(fn Func, typed, strict bool) sqlite3.ScalarFunction {
	return func(ctx sqlite3.Context, arg ...sqlite3.Value) {
		c := h.enter()
		defer func() {
			h.depth--
			if r := recover(); r != nil {
				h.fail(ctx, errs.Internal("function", fmt.Errorf("panic: %v", r)))
			}
		}()
		c.Args, c.Desc = c.Args[:0], nil
		if typed {
			c.Desc = h.describe(arg[0])
			arg = arg[1:]
		}
		for _, v := range arg {
			d := load(v)
			if d.Kind == types.KindNull && strict {
				return
			}
			c.Args = append(c.Args, d)
		}
		if c.Desc != nil && c.Desc.Options == Spread {
			if null := c.spread(); null {
				return
			}
		}
		d, err := fn(c)
		if err != nil {
			h.fail(ctx, err)
			return
		}
		give(ctx, d)
	}
}
