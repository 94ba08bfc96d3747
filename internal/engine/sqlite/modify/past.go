package modify

import (
	"github.com/basement-project/basement/internal/engine/sqlite/layout"
	"github.com/basement-project/basement/internal/sql/types"
)

// statementMark is the savepoint at the start of a statement whose parts read what others of its parts write.
const statementMark = "statement_start"

// past lets the parts of one statement see the tables as they were when it began, whatever its other parts have written:
// the writes are undone, the part reads, the writes are done again.
type past struct {
	inside bool // the writes are undone now
	writes []write
	// changed are the rows the statement has written: another part of it leaves them alone.
	changed map[rowKey]bool
}

type write struct {
	sql  string
	args []types.Datum
}

type rowKey struct {
	table string // in the file
	id    int64
}

// before runs read over the tables as they were when the statement began.
func (s *statement) before(read func() error) error {
	if s.past == nil || s.past.inside || len(s.past.writes) == 0 {
		return read()
	}
	s.past.inside = true
	defer func() { s.past.inside = false }()
	if err := s.tx.Conn.Exec("ROLLBACK TO " + statementMark); err != nil {
		return err
	}
	failed := read()
	for _, w := range s.past.writes {
		if err := s.tx.Conn.Exec(w.sql, w.args...); err != nil {
			return err
		}
	}
	return failed
}

// write changes a row. The same writes in the same order give the same rowids.
func (s *statement) write(sql string, args ...types.Datum) error {
	err := s.tx.Conn.Exec(sql, args...)
	if err == nil && s.tx.OnWrite != nil {
		s.tx.OnWrite(sql, append([]types.Datum(nil), args...))
	}
	return err
}

// mine marks a row as written by this statement.
func (s *statement) mine(t *table, id int64) {
	if s.past != nil {
		s.past.changed[rowKey{layout.TableOf(t.rel), id}] = true
	}
}

// isMine says that this statement has written a row already.
func (s *statement) isMine(t *table, id int64) bool {
	return s.past != nil && s.past.changed[rowKey{layout.TableOf(t.rel), id}]
}
