package sqlite

import (
	"strconv"

	"github.com/basement-project/basement/internal/engine"
	"github.com/basement-project/basement/internal/engine/sqlite/session"
	"github.com/basement-project/basement/internal/sql/types"
)

// sink takes a statement's rows and makes them the result in the wanted form.
type sink struct {
	plan   *plan
	format engine.Format
	env    *types.Env
	count  int64
	json   []byte
	rows   [][]*string
}

func newSink(p *plan, format engine.Format, env *types.Env) *sink {
	return &sink{plan: p, format: format, env: env}
}

const rowJoint = ", \n "

// stepped takes the present row of a statement without copying it first.
func (s *sink) stepped(st *session.Stmt) {
	s.count++
	cols := s.plan.columns
	switch s.format {
	case engine.JSON:
		s.joint()
		for i := range cols {
			s.json = append(s.json, s.plan.keys[i]...)
			s.json = types.AppendJSON(s.json, cols[i].Type, st.View(i), s.env)
		}
		s.close(len(cols))
	case engine.JSONScalar:
		s.joint()
		s.json = types.AppendJSON(s.json, cols[0].Type, st.View(0), s.env)
	case engine.Text:
		row := make([]*string, len(cols))
		for i := range cols {
			row[i] = s.text(i, st.Column(i))
		}
		s.rows = append(s.rows, row)
	}
}

// row takes a row of values.
func (s *sink) row(values []types.Datum) error {
	s.count++
	cols := s.plan.columns
	switch s.format {
	case engine.JSON:
		s.joint()
		for i := range cols {
			s.json = append(s.json, s.plan.keys[i]...)
			s.json = types.AppendJSON(s.json, cols[i].Type, values[i], s.env)
		}
		s.close(len(cols))
	case engine.JSONScalar:
		s.joint()
		s.json = types.AppendJSON(s.json, cols[0].Type, values[0], s.env)
	case engine.Text:
		row := make([]*string, len(cols))
		for i := range cols {
			row[i] = s.text(i, values[i])
		}
		s.rows = append(s.rows, row)
	}
	return nil
}

func (s *sink) joint() {
	if s.count > 1 {
		s.json = append(s.json, rowJoint...)
	}
}

func (s *sink) close(columns int) {
	if columns == 0 {
		s.json = append(s.json, '{')
	}
	s.json = append(s.json, '}')
}

func (s *sink) text(i int, d types.Datum) *string {
	if d.IsNull() {
		return nil
	}
	out := types.Out(s.plan.columns[i].Type, d, s.env)
	return &out
}

// finish gives the result; changed rows without RETURNING have been counted by the plan.
func (s *sink) finish() *engine.Result {
	r := &engine.Result{Rows: s.rows, JSON: s.json, Count: s.count}
	r.Columns = s.plan.described
	n := strconv.FormatInt(s.count, 10)
	switch s.plan.tag {
	case "INSERT":
		r.Tag = "INSERT 0 " + n
	default:
		r.Tag = s.plan.tag + " " + n
	}
	return r
}
