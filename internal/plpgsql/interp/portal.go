package interp

import (
	"github.com/basement-project/basement/internal/errs"
	"github.com/basement-project/basement/internal/sql/ast"
	"github.com/basement-project/basement/internal/sql/types"
)

// Move goes where a FETCH or MOVE outside of functions says, gives the rows on the way and their number.
func (p *Portal) Move(s *ast.FetchStmt, row func([]types.Datum)) (int64, error) {
	m := &mover{p: p, last: int64(p.Rows.Len()), row: row}
	n := s.Count
	back := s.Direction == ast.FetchBackward
	switch s.Direction {
	case ast.FetchForward, ast.FetchBackward:
		if n < 0 {
			back, n = !back, -n
		}
		if n == 0 {
			return m.again()
		}
		if back {
			return m.backward(n, true)
		}
		return m.forward(n, true)
	case ast.FetchAbsolute:
		if n > 0 {
			if int64(p.At) < n {
				if _, err := m.forward(n-1-int64(p.At), false); err != nil {
					return 0, err
				}
				return m.forward(1, true)
			}
			if p.NoScroll {
				return 0, forwardOnly()
			}
			p.At = int(n - 1)
			return m.forward(1, true)
		}
		if n < 0 {
			if _, err := m.forward(ast.FetchAll, false); err != nil {
				return 0, err
			}
			if n < -1 {
				if _, err := m.backward(-n-1, false); err != nil {
					return 0, err
				}
			}
			return m.backward(1, true)
		}
		if p.NoScroll && p.At > 0 {
			return 0, forwardOnly()
		}
		p.At = 0
		return 0, nil
	}
	switch {
	case n > 0:
		if _, err := m.forward(n-1, false); err != nil {
			return 0, err
		}
		return m.forward(1, true)
	case n < 0:
		if _, err := m.backward(-n-1, false); err != nil {
			return 0, err
		}
		return m.backward(1, true)
	}
	return m.again()
}

// Place is where the row stands that a cursor is on.
func (s *State) Place(portal string) (types.Datum, error) {
	p := s.Portals[portal]
	switch {
	case p == nil:
		return types.Datum{}, errs.New("34000", "cursor \"%s\" does not exist", portal)
	case !p.Place:
		return types.Datum{}, errs.New("24000", "cursor \"%s\" is not a simply updatable scan of the table", portal)
	case p.At < 1 || p.At > p.Rows.Len():
		return types.Datum{}, errs.New("24000", "cursor \"%s\" is not positioned on a row", portal)
	}
	row, err := p.Rows.Row(p.At - 1)
	if err != nil {
		return types.Datum{}, err
	}
	return row[len(row)-1], nil
}

func forwardOnly() error {
	return errs.New("55000", "cursor can only scan forward").WithHint("Declare it with SCROLL option to enable backward scan.")
}

// mover goes along a portal's rows.
type mover struct {
	p    *Portal
	last int64
	row  func([]types.Datum)
}

func (m *mover) give(i int64) error {
	row, err := m.p.Rows.Row(int(i - 1))
	if err != nil {
		return err
	}
	m.row(row[:min(len(m.p.Columns), len(row))])
	return nil
}

// forward goes n rows on; seen says that they are wanted.
func (m *mover) forward(n int64, seen bool) (int64, error) {
	if n <= 0 {
		return 0, nil
	}
	at, done := int64(m.p.At), int64(0)
	for done < n {
		if at >= m.last {
			if m.p.Failed != nil {
				return 0, m.p.Failed
			}
			at = m.last + 1
			break
		}
		at++
		done++
		if seen {
			if err := m.give(at); err != nil {
				return 0, err
			}
		}
	}
	m.p.At = int(at)
	return done, nil
}

func (m *mover) backward(n int64, seen bool) (int64, error) {
	if n <= 0 {
		return 0, nil
	}
	at, done := int64(m.p.At), int64(0)
	if m.p.NoScroll {
		return 0, forwardOnly()
	}
	for done < n {
		if at <= 1 {
			at = 0
			break
		}
		at--
		done++
		if seen {
			if err := m.give(at); err != nil {
				return 0, err
			}
		}
	}
	m.p.At = int(at)
	return done, nil
}

// again gives the row the cursor is on.
func (m *mover) again() (int64, error) {
	at := int64(m.p.At)
	if at < 1 || at > m.last {
		return 0, nil
	}
	if m.p.NoScroll {
		return 0, forwardOnly()
	}
	return 1, m.give(at)
}
