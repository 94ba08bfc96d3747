package session

import (
	"math"
	"unsafe"

	"github.com/ncruces/go-sqlite3"

	"github.com/basement-project/basement/internal/sql/types"
)

// Bind binds all parameters, ?1 first.
func (s *Stmt) Bind(args ...types.Datum) error {
	for i, d := range args {
		if err := s.BindAt(i+1, d); err != nil {
			return err
		}
	}
	return nil
}

// BindAt binds parameter ?n, counted from 1.
func (s *Stmt) BindAt(n int, d types.Datum) error {
	var err error
	switch d.Kind {
	case types.KindNull:
		err = s.s.BindNull(n)
	case types.KindInt:
		err = s.s.BindInt64(n, d.I)
	case types.KindFloat:
		err = s.s.BindFloat(n, math.Float64frombits(uint64(d.I)))
	case types.KindText:
		err = s.s.BindText(n, d.S)
	case types.KindBytes:
		// An empty slice and nil are the same to the driver: nil would bind NULL.
		if d.S == "" {
			err = s.s.BindZeroBlob(n, 0)
		} else {
			err = s.s.BindBlob(n, unsafe.Slice(unsafe.StringData(d.S), len(d.S)))
		}
	}
	if err != nil {
		return s.c.failed(err, s.SQL)
	}
	return nil
}

// Params is the number of parameters.
func (s *Stmt) Params() int { return s.s.BindCount() }

// Step goes to the next row; false at the end.
func (s *Stmt) Step() (bool, error) {
	for {
		if s.s.Step() {
			s.stepped = true
			return true, nil
		}
		err := s.s.Err()
		if err == nil {
			return false, nil
		}
		if !s.stepped {
			// SQLite compiles a statement anew when the schema changed, and statements of its own to change it.
			defined, failed := s.c.define(err, s.SQL)
			if failed != nil {
				return false, failed
			}
			if defined {
				_ = s.s.Reset()
				continue
			}
		}
		return false, s.c.failed(err, s.SQL)
	}
}

// Reset makes the statement ready to be run again; its bindings stay.
func (s *Stmt) Reset() {
	s.stepped = false
	_ = s.s.Reset()
}

// Columns is the number of result columns.
func (s *Stmt) Columns() int { return s.cols }

// Column reads column i of the present row, counted from 0; the value may be kept.
func (s *Stmt) Column(i int) types.Datum {
	switch s.s.ColumnType(i) {
	case sqlite3.INTEGER:
		return types.Datum{Kind: types.KindInt, I: s.s.ColumnInt64(i)}
	case sqlite3.FLOAT:
		return types.Datum{Kind: types.KindFloat, I: int64(math.Float64bits(s.s.ColumnFloat(i)))}
	case sqlite3.TEXT:
		return types.Datum{Kind: types.KindText, S: string(s.s.ColumnRawText(i))}
	case sqlite3.BLOB:
		return types.Datum{Kind: types.KindBytes, S: string(s.s.ColumnRawBlob(i))}
	}
	return types.Datum{}
}

// View reads a column without copying: texts and bytes are SQLite's memory and end with the next call on the statement.
func (s *Stmt) View(i int) types.Datum {
	switch s.s.ColumnType(i) {
	case sqlite3.INTEGER:
		return types.Datum{Kind: types.KindInt, I: s.s.ColumnInt64(i)}
	case sqlite3.FLOAT:
		return types.Datum{Kind: types.KindFloat, I: int64(math.Float64bits(s.s.ColumnFloat(i)))}
	case sqlite3.TEXT:
		return types.Datum{Kind: types.KindText, S: view(s.s.ColumnRawText(i))}
	case sqlite3.BLOB:
		return types.Datum{Kind: types.KindBytes, S: view(s.s.ColumnRawBlob(i))}
	}
	return types.Datum{}
}

func view(b []byte) string {
	if len(b) == 0 {
		return ""
	}
	return unsafe.String(&b[0], len(b))
}

// Row reads the present row into buf when it is long enough, else into a new slice.
func (s *Stmt) Row(buf []types.Datum) []types.Datum {
	if cap(buf) < s.cols {
		buf = make([]types.Datum, s.cols)
	}
	buf = buf[:s.cols]
	for i := range buf {
		buf[i] = s.Column(i)
	}
	return buf
}
