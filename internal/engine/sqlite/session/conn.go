package session

import (
	"container/list"
	"context"
	"slices"
	"strings"

	"github.com/ncruces/go-sqlite3"

	"github.com/basement-project/basement/internal/catalog"
	"github.com/basement-project/basement/internal/sql/types"
)

// Conn is a connection with its prepared statements. It is used by one goroutine at a time.
type Conn struct {
	// DB is the driver's connection: for registering functions and collations, and for what Stmt does not offer.
	DB *sqlite3.Conn
	// Define registers the Go function a statement names, when there is one that is not registered yet. There are
	// thousands, and a connection meets few of them. It may be nil.
	Define func(name string) (bool, error)

	tx    *Tx
	snap  *catalog.Snapshot
	limit int
	idle  map[string]*list.Element // SQL -> element whose value is *Stmt
	order *list.List               // least recently used first
}

// NewConn wraps a connection; at most limit idle prepared statements are kept.
func NewConn(db *sqlite3.Conn, limit int) *Conn {
	return &Conn{DB: db, limit: limit, idle: map[string]*list.Element{}, order: list.New()}
}

// Tx is the transaction the connection is in, nil between transactions. Go functions called by SQLite ask it at each call.
func (c *Conn) Tx() *Tx { return c.tx }

// Snapshot is the catalog of the present (or last) transaction; nil before the first.
func (c *Conn) Snapshot() *catalog.Snapshot {
	if c.tx != nil {
		return c.tx.Snapshot
	}
	return c.snap
}

// Stmt is a prepared statement lent by a Conn until Close. Two users of the same SQL at the same time get two.
type Stmt struct {
	SQL  string
	c    *Conn
	s    *sqlite3.Stmt
	cols int
	// stepped says that a row was given since the statement was reset.
	stepped bool
}

// Prepare lends a prepared statement. sql is one statement; its text is the key of the cache, so values belong in
// parameters (?1, ?2, ...).
func (c *Conn) Prepare(sql string) (*Stmt, error) {
	if e := c.idle[sql]; e != nil {
		delete(c.idle, sql)
		c.order.Remove(e)
		return e.Value.(*Stmt), nil
	}
	s, _, err := c.prepare(sql, sqlite3.PREPARE_PERSISTENT)
	if err != nil {
		return nil, c.failed(err, sql)
	}
	if s == nil {
		return nil, c.failed(sqlite3.MISUSE, sql)
	}
	return &Stmt{SQL: sql, c: c, s: s, cols: s.ColumnCount()}, nil
}

// Close gives the statement back.
func (s *Stmt) Close() {
	s.Reset()
	_ = s.s.ClearBindings()
	c := s.c
	if c.limit <= 0 || c.idle[s.SQL] != nil {
		_ = s.s.Close()
		return
	}
	c.idle[s.SQL] = c.order.PushBack(s)
	for c.order.Len() > c.limit {
		c.drop(c.order.Front())
	}
}

func (c *Conn) drop(e *list.Element) {
	s := e.Value.(*Stmt)
	c.order.Remove(e)
	delete(c.idle, s.SQL)
	_ = s.s.Close()
}

// Forget closes every idle prepared statement.
func (c *Conn) Forget() {
	for c.order.Len() > 0 {
		c.drop(c.order.Front())
	}
}

// Close closes the connection. Statements still lent keep it from closing, which is an error.
func (c *Conn) Close() error {
	c.Forget()
	return c.DB.Close()
}

// Abandon closes the connection whatever state it is in: statements still lent are ended.
func (c *Conn) Abandon() error {
	c.DB.SetInterrupt(context.Background())
	c.idle, c.order = map[string]*list.Element{}, list.New()
	for _, s := range slices.Collect(c.DB.Stmts()) {
		_ = s.Close()
	}
	return c.DB.Close()
}

// Exec runs a statement for its effect.
func (c *Conn) Exec(sql string, args ...types.Datum) error {
	return c.each(sql, args, func(*Stmt) error { return nil })
}

// each runs a statement and calls f at each of its rows; an error of f ends it and is returned.
func (c *Conn) each(sql string, args []types.Datum, f func(s *Stmt) error) error {
	s, err := c.Prepare(sql)
	if err != nil {
		return err
	}
	defer s.Close()
	if err := s.Bind(args...); err != nil {
		return err
	}
	for {
		more, err := s.Step()
		if err != nil || !more {
			return err
		}
		if err := f(s); err != nil {
			return err
		}
	}
}

// ExecScript runs statements without parameters that are not worth keeping (DDL, pragmas).
func (c *Conn) ExecScript(sql string) error {
	for rest := sql; strings.TrimSpace(rest) != ""; {
		s, tail, err := c.prepare(rest, 0)
		if err != nil {
			return c.failed(err, sql)
		}
		rest = tail
		if s == nil {
			continue
		}
		one := Stmt{SQL: sql, c: c, s: s}
		for more := true; more && err == nil; {
			more, err = one.Step()
		}
		if closed := s.Close(); err == nil && closed != nil {
			err = c.failed(closed, sql)
		}
		if err != nil {
			return err
		}
	}
	return nil
}

// QueryRow runs a query and gives its first row, nil when it has none.
func (c *Conn) QueryRow(sql string, args ...types.Datum) ([]types.Datum, error) {
	s, err := c.Prepare(sql)
	if err != nil {
		return nil, err
	}
	defer s.Close()
	if err := s.Bind(args...); err != nil {
		return nil, err
	}
	more, err := s.Step()
	if err != nil || !more {
		return nil, err
	}
	return s.Row(nil), nil
}

// Query runs a query and calls f for each row; the row is f's to keep. An error of f ends it and is returned.
func (c *Conn) Query(sql string, f func(row []types.Datum) error, args ...types.Datum) error {
	return c.each(sql, args, func(s *Stmt) error { return f(s.Row(nil)) })
}

// Changes is the number of rows the last INSERT, UPDATE or DELETE changed.
func (c *Conn) Changes() int64 { return c.DB.Changes() }

// LastInsertRowID is the rowid of the last row inserted.
func (c *Conn) LastInsertRowID() int64 { return c.DB.LastInsertRowID() }
