package sysview

import (
	"fmt"
	"math"
	"strconv"
	"strings"
	"time"

	"github.com/ncruces/go-sqlite3"

	"github.com/basement-project/basement/internal/catalog"
	"github.com/basement-project/basement/internal/engine/sqlite/session"
	"github.com/basement-project/basement/internal/errs"
	"github.com/basement-project/basement/internal/sql/types"
)

// Function is the name of the table-valued function that gives a system relation's rows: pg_system(oid). Its columns are
// c0, c1, ... in the order of the relation's columns.
const Function = "pg_system"

// maxColumns is more than any system relation has.
const maxColumns = 96

// Register makes a connection know Function.
func Register(conn *session.Conn) error {
	var def strings.Builder
	def.WriteString("CREATE TABLE x(")
	for i := range maxColumns {
		def.WriteString("c" + strconv.Itoa(i) + ", ")
	}
	def.WriteString("rel HIDDEN)")
	sql := def.String()
	h := &host{conn: conn}
	//lint:ignore SA1019 its replacement is a generic method, which Go 1.26 does not have
	return sqlite3.CreateModule(conn.DB, Function, nil,
		func(db *sqlite3.Conn, _, _, _ string, _ ...string) (*table, error) {
			if err := db.DeclareVTab(sql); err != nil {
				return nil, err
			}
			return &table{h}, db.VTabConfig(sqlite3.VTAB_INNOCUOUS)
		})
}

// host keeps the rows made for a connection's present statement.
type host struct {
	conn *session.Conn
	key  moment
	made map[catalog.OID]*rowset
}

// moment is what the rows depend on.
type moment struct {
	snap             *catalog.Snapshot
	role             string
	start, statement time.Time
}

// rows gives the constant rows and the made rows of a relation.
func (h *host) rows(oid catalog.OID) (constant, made *rowset, err error) {
	defer func() {
		if r := recover(); r != nil {
			err = errs.Internal("system relation", fmt.Errorf("%v", r))
		}
	}()
	tx := h.conn.Tx()
	if tx == nil {
		return nil, nil, errs.New("55000", "system relations are read in transactions")
	}
	if now := (moment{tx.Snapshot, tx.Role(), tx.Start, tx.StatementStart}); now != h.key || h.made == nil {
		h.key, h.made = now, map[catalog.OID]*rowset{}
	}
	r := tx.Snapshot.RelationByOID(oid)
	if r == nil {
		return nil, nil, errs.New("42P01", "relation with OID %d does not exist", oid)
	}
	made = h.made[oid]
	if made == nil {
		made = makeRows(tx, r)
		h.made[oid] = made
	}
	if overlaid[r.Name] {
		return nil, made, nil
	}
	return factsOf(r), made, nil
}

type table struct{ h *host }

// BestIndex takes the relation, and one column that must equal something: rows are looked up by it.
func (t *table) BestIndex(idx *sqlite3.IndexInfo) error {
	given, lookup := false, -1
	for i, c := range idx.Constraint {
		switch {
		case c.Op != sqlite3.INDEX_CONSTRAINT_EQ:
		case c.Column == maxColumns:
			if !c.Usable {
				return sqlite3.CONSTRAINT
			}
			idx.ConstraintUsage[i] = sqlite3.IndexConstraintUsage{Omit: true, ArgvIndex: 1}
			given = true
		case c.Usable && c.Column >= 0 && (lookup < 0 || c.Column < idx.Constraint[lookup].Column) && idx.Collation(i) == "BINARY":
			lookup = i
		}
	}
	if !given {
		return sqlite3.CONSTRAINT
	}
	idx.EstimatedCost, idx.EstimatedRows = 3000, 3000
	if lookup >= 0 {
		idx.ConstraintUsage[lookup].ArgvIndex = 2
		idx.IdxNum = idx.Constraint[lookup].Column + 1
		idx.EstimatedCost, idx.EstimatedRows = 10, 8
	}
	return nil
}

func (t *table) Open() (sqlite3.VTabCursor, error) { return &cursor{h: t.h}, nil }

type cursor struct {
	h    *host
	rows [][]types.Datum
	next [][]types.Datum
	at   int
	id   int64
	rel  int64
}

func (c *cursor) Filter(col int, _ string, arg ...sqlite3.Value) error {
	c.rows, c.next, c.at, c.id, c.rel = nil, nil, 0, 0, arg[0].Int64()
	constant, made, err := c.h.rows(catalog.OID(arg[0].Int64()))
	if err != nil {
		if tx := c.h.conn.Tx(); tx != nil {
			_ = tx.Stash(err)
		}
		return err
	}
	if col > 0 {
		d, ok := key(arg[1])
		switch {
		case ok:
			c.rows, c.next = constant.lookup(col-1, d), made.lookup(col-1, d)
			c.skip()
			return nil
		case d.IsNull() && arg[1].Type() == sqlite3.NULL:
			return nil
		}
	}
	if constant != nil {
		c.rows = constant.rows
	}
	c.next = made.rows
	c.skip()
	return nil
}

// key reads a value rows are looked up by; false for one that no row's storage value equals as it is.
func key(v sqlite3.Value) (types.Datum, bool) {
	switch v.Type() {
	case sqlite3.INTEGER:
		return types.Int(v.Int64()), true
	case sqlite3.TEXT:
		return types.Text(v.Text()), true
	}
	return types.Datum{}, false
}

func (c *cursor) skip() {
	if c.at >= len(c.rows) && c.next != nil {
		c.rows, c.next, c.at = c.next, nil, 0
	}
}

func (c *cursor) Next() error {
	c.at++
	c.id++
	c.skip()
	return nil
}

func (c *cursor) EOF() bool { return c.at >= len(c.rows) }

func (c *cursor) RowID() (int64, error) { return c.id, nil }

func (c *cursor) Column(ctx sqlite3.Context, n int) error {
	row := c.rows[c.at]
	if n == maxColumns {
		ctx.ResultInt64(c.rel)
		return nil
	}
	if n >= len(row) {
		return nil
	}
	switch d := row[n]; d.Kind {
	case types.KindInt:
		ctx.ResultInt64(d.I)
	case types.KindFloat:
		ctx.ResultFloat(math.Float64frombits(uint64(d.I)))
	case types.KindText:
		ctx.ResultText(d.S)
	case types.KindBytes:
		ctx.ResultBlob([]byte(d.S))
	}
	return nil
}
