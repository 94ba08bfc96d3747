package builtin

import (
	"encoding/binary"
	"errors"
	"iter"
	"strconv"
	"strings"

	"github.com/ncruces/go-sqlite3"

	"github.com/basement-project/basement/internal/errs"
	"github.com/basement-project/basement/internal/sql/types"
)

// Set-returning functions are one table-valued function of SQLite, pg_rows(call, argument...): the columns c0, c1, ... of
// its rows are those of the functions named by call, side by side as ROWS FROM has them, ord counts the rows from 1.

// RowsFunction is the name of the table-valued function.
const RowsFunction = "pg_rows"

// MaxSetColumns and MaxSetArgs bound what a call of pg_rows gives and takes.
const (
	MaxSetColumns = 256
	MaxSetArgs    = 100
)

// SQLite checks arguments beyond the first sixteen once more, which NULL never passes: when there are more, BundleFunction
// makes them one, and the call begins with Bundled.
const (
	MaxSetColumnsArgs = 15
	BundleFunction    = "pg_bundle"
	Bundled           = "*"
)

// SetCall is one function of a pg_rows call.
type SetCall struct {
	// Name is Form.Name, or one of the names of the engine's own set functions.
	Name    string
	Desc    string
	Args    int
	Columns int
	// Present says that the last column is not the function's: it is 1 while the function has rows, NULL after that.
	Present bool
}

// The engine's own set functions.
const (
	// UnpackSet gives the rows that the aggregate PackAggregate gathered.
	UnpackSet = "pg_unpack"
	// ElementsSet gives an array's elements, however many dimensions it has; one NULL for a NULL array.
	ElementsSet = "pg_elements"
	// ValueSet gives its arguments as one row.
	ValueSet = "pg_value"
)

// EncodeSetCalls makes the first argument of pg_rows.
func EncodeSetCalls(calls ...SetCall) string {
	var b strings.Builder
	for i, c := range calls {
		if i > 0 {
			b.WriteByte('\n')
		}
		sign := ""
		if c.Present {
			sign = "+"
		}
		b.WriteString(c.Name + " " + strconv.Itoa(c.Args) + " " + sign + strconv.Itoa(c.Columns) + " " + c.Desc)
	}
	return b.String()
}

func (h *host) registerSets() error {
	var def strings.Builder
	def.WriteString("CREATE TABLE x(")
	for i := range MaxSetColumns {
		def.WriteString("c" + strconv.Itoa(i) + ", ")
	}
	def.WriteString("ord, f HIDDEN")
	for i := range MaxSetColumnsArgs {
		def.WriteString(", a" + strconv.Itoa(i) + " HIDDEN")
	}
	def.WriteString(")")
	sql := def.String()
	//lint:ignore SA1019 its replacement is a generic method, which Go 1.26 does not have
	return sqlite3.CreateModule(h.conn.DB, RowsFunction, nil,
		func(db *sqlite3.Conn, _, _, _ string, _ ...string) (*rowsTable, error) {
			if err := db.DeclareVTab(sql); err != nil {
				return nil, err
			}
			return &rowsTable{h}, db.VTabConfig(sqlite3.VTAB_INNOCUOUS)
		})
}

type rowsTable struct{ h *host }

func (t *rowsTable) BestIndex(idx *sqlite3.IndexInfo) error {
	// The hidden columns must all be given: one that is not usable yet means that another order of joins is needed.
	n := 0
	for i, c := range idx.Constraint {
		arg := c.Column - MaxSetColumns - 1
		if arg < 0 || c.Op != sqlite3.INDEX_CONSTRAINT_EQ {
			continue
		}
		if !c.Usable {
			return sqlite3.CONSTRAINT
		}
		idx.ConstraintUsage[i] = sqlite3.IndexConstraintUsage{Omit: true, ArgvIndex: arg + 1}
		n = max(n, arg+1)
	}
	if n == 0 {
		return sqlite3.CONSTRAINT
	}
	idx.EstimatedCost, idx.EstimatedRows = 100, 100
	return nil
}

func (t *rowsTable) Open() (sqlite3.VTabCursor, error) { return &rowsCursor{h: t.h}, nil }

type rowsCursor struct {
	h     *host
	parts []*rowsPart
	ord   int64
	eof   bool
}

type rowsPart struct {
	columns int
	present bool
	next    func() ([]types.Datum, bool)
	stop    func()
	row     []types.Datum
	err     error
}

func (c *rowsCursor) Close() error {
	for _, p := range c.parts {
		p.stop()
	}
	c.parts = nil
	return nil
}

func (c *rowsCursor) Filter(_ int, _ string, arg ...sqlite3.Value) error {
	_ = c.Close()
	c.ord, c.eof = 0, false
	text := arg[0].Text()
	args := make([]types.Datum, 0, len(arg))
	for _, v := range arg[1:] {
		args = append(args, keep(load(v)))
	}
	if rest, ok := strings.CutPrefix(text, Bundled); ok {
		text = rest
		_ = unpack(&Call{Args: args[:1:1]}, func(row []types.Datum) bool { args = row; return false })
	}
	for _, line := range strings.Split(text, "\n") {
		f := strings.SplitN(line, " ", 4)
		n, _ := strconv.Atoi(f[1])
		cols, _ := strconv.Atoi(f[2])
		p := &rowsPart{columns: cols, present: strings.HasPrefix(f[2], "+")}
		if err := c.start(p, f[0], f[3], args[:n]); err != nil {
			return c.fail(err)
		}
		args = args[n:]
		c.parts = append(c.parts, p)
	}
	return c.Next()
}

func (c *rowsCursor) start(p *rowsPart, name, desc string, args []types.Datum) error {
	set, strict := ownSets[name], false
	if name == CallSet {
		set = callSet
	}
	if set == nil {
		e := forms().byName[name]
		if e == nil {
			e = extensions().byName[name]
		}
		if e == nil || e.set == nil {
			return errs.Internal("set function", errors.New("no set function "+name))
		}
		set, strict = e.set, e.proc.Strict
	}
	call := &Call{host: c.h}
	if desc != "" {
		call.Desc = readDescription(desc, c.h.Type)
	}
	for _, d := range args {
		if strict && d.IsNull() {
			set = func(*Call, func([]types.Datum) bool) error { return nil }
		}
		call.Args = append(call.Args, d)
	}
	p.next, p.stop = iter.Pull(func(yield func([]types.Datum) bool) {
		defer func() {
			if r := recover(); r != nil {
				p.err = errs.Internal("set function", errors.New("panic in "+name))
			}
		}()
		p.err = set(call, yield)
	})
	return nil
}

func (c *rowsCursor) fail(err error) error {
	if tx := c.h.conn.Tx(); tx != nil {
		_ = tx.Stash(err)
	}
	return err
}

// Next advances every function; the rows end with the longest.
func (c *rowsCursor) Next() error {
	more := false
	for _, p := range c.parts {
		row, ok := p.next()
		if p.err != nil {
			return c.fail(p.err)
		}
		if !ok {
			row = nil
		}
		p.row = row
		more = more || ok
	}
	c.eof = !more
	c.ord++
	return nil
}

func (c *rowsCursor) EOF() bool { return c.eof }

func (c *rowsCursor) RowID() (int64, error) { return c.ord, nil }

func (c *rowsCursor) Column(ctx sqlite3.Context, n int) error {
	if n == MaxSetColumns {
		ctx.ResultInt64(c.ord)
		return nil
	}
	for _, p := range c.parts {
		if n < p.columns {
			if p.present && n == p.columns-1 {
				if p.row != nil {
					ctx.ResultInt64(1)
				}
				return nil
			}
			if n < len(p.row) {
				give(ctx, p.row[n])
			}
			return nil
		}
		n -= p.columns
	}
	return nil
}

var ownSets = map[string]SetFunc{
	UnpackSet: unpack,
	FieldsSet: rowFields,
	ValueSet: func(c *Call, yield func([]types.Datum) bool) error {
		yield(c.Args)
		return nil
	},
	ElementsSet: func(c *Call, yield func([]types.Datum) bool) error {
		if c.Args[0].IsNull() {
			yield([]types.Datum{{}})
			return nil
		}
		elems, err := elements(c.Desc.Items[0].Type, c.Args[0], c.Env())
		if err != nil {
			return err
		}
		for _, d := range elems {
			if !yield([]types.Datum{d}) {
				return nil
			}
		}
		return nil
	},
}

// PackAggregate is the aggregate that gathers rows into one value for UnpackSet.
const PackAggregate = "pg_pack"

type packer struct{ buf []byte }

func (p *packer) Step(c *Call) error {
	p.pack(c.Args)
	return nil
}

func (p *packer) pack(row []types.Datum) {
	p.buf = binary.AppendUvarint(p.buf, uint64(len(row)))
	for _, d := range row {
		p.buf = append(p.buf, byte(d.Kind))
		switch d.Kind {
		case types.KindInt, types.KindFloat:
			p.buf = binary.LittleEndian.AppendUint64(p.buf, uint64(d.I))
		case types.KindText, types.KindBytes:
			p.buf = binary.AppendUvarint(p.buf, uint64(len(d.S)))
			p.buf = append(p.buf, d.S...)
		}
	}
}

func (p *packer) Result(*Call) (types.Datum, error) {
	return types.Datum{Kind: types.KindBytes, S: string(p.buf)}, nil
}

func unpack(c *Call, yield func([]types.Datum) bool) error {
	buf := []byte(c.Args[0].S)
	for len(buf) > 0 {
		n, k := binary.Uvarint(buf)
		buf = buf[k:]
		row := make([]types.Datum, n)
		for i := range row {
			row[i].Kind = types.Kind(buf[0])
			buf = buf[1:]
			switch row[i].Kind {
			case types.KindInt, types.KindFloat:
				row[i].I = int64(binary.LittleEndian.Uint64(buf))
				buf = buf[8:]
			case types.KindText, types.KindBytes:
				l, k := binary.Uvarint(buf)
				buf = buf[k:]
				row[i].S = string(buf[:l])
				buf = buf[l:]
			}
		}
		if !yield(row) {
			return nil
		}
	}
	return nil
}

// FieldsSet gives a composite value's fields as columns.
const FieldsSet = "pg_fields"

func rowFields(c *Call, yield func([]types.Datum) bool) error {
	row, err := rowValues(c.Desc.Items[0].Type.Underlying(), c.Args[0], c.Env())
	if err == nil {
		yield(row)
	}
	return err
}
