package ddl

import (
	"math"
	"strconv"

	"github.com/basement-project/basement/internal/catalog"
	"github.com/basement-project/basement/internal/engine/sqlite/session"
	"github.com/basement-project/basement/internal/errs"
	"github.com/basement-project/basement/internal/sql/ast"
	"github.com/basement-project/basement/internal/sql/types"
)

func itoa(n int) string { return strconv.Itoa(n) }

func (r *run) createSequence(s *ast.CreateSeqStmt) error {
	sc, err := r.schemaFor(s.Sequence)
	if err != nil {
		return err
	}
	if skip, err := r.free(sc.Name, s.Sequence.Name, s.IfNotExists); skip || err != nil {
		return err
	}
	owner := r.tx.Role()
	seq := &catalog.Sequence{OID: r.edit.NewOID(), Schema: sc.Name, Name: s.Sequence.Name, Owner: owner,
		ACL: r.defaultACL(owner, sc.Name, 'S'), Type: types.Int8OID}
	if _, err := r.sequenceOptions(seq, s.Options, true); err != nil {
		return err
	}
	r.edit.PutSequence(seq)
	r.tx.NewSequence(seq.OID, session.SequenceState{Last: seq.Start})
	return nil
}

func (r *run) sequenceNamed(v *ast.RangeVar) (*catalog.Sequence, error) {
	c, err := r.class(v)
	if err != nil {
		return nil, err
	}
	if !c.found() {
		return nil, errs.New("42P01", "relation \"%s\" does not exist", written(v))
	}
	if c.seq == nil {
		return nil, errs.New("42809", "\"%s\" is not a sequence", c.name())
	}
	return c.seq, nil
}

func (r *run) alterSequence(s *ast.AlterSeqStmt) error {
	seq, err := r.sequenceNamed(s.Sequence)
	if err != nil {
		if e := errs.Of(err); s.MissingOK && (e.Code == "42P01" || e.Code == "3F000") {
			return r.skipped("relation \"%s\" does not exist", s.Sequence.Name)
		}
		return err
	}
	if err := r.mustOwn(seq.Owner, "sequence", seq.Name); err != nil {
		return err
	}
	return r.alterSequenceOptions(seq, s.Options)
}

func (r *run) alterSequenceOptions(old *catalog.Sequence, options []*ast.SeqOption) error {
	seq := *old
	restart, err := r.sequenceOptions(&seq, options, false)
	if err != nil {
		return err
	}
	r.edit.PutSequence(&seq)
	if restart != nil {
		r.tx.RestartSequence(&seq, *restart)
	}
	return nil
}

// sequenceOptions applies options to a sequence: on creation with their defaults, else on top of what it has. restart is
// the value of RESTART.
func (r *run) sequenceOptions(q *catalog.Sequence, options []*ast.SeqOption, create bool) (restart *int64, err error) {
	seen := map[ast.SeqOptionKind]*ast.SeqOption{}
	for _, o := range options {
		kind := o.Kind
		switch kind {
		case ast.SeqNoCycle:
			kind = ast.SeqCycle
		case ast.SeqNoMaxValue:
			kind = ast.SeqMaxValue
		case ast.SeqNoMinValue:
			kind = ast.SeqMinValue
		}
		if seen[kind] != nil {
			return nil, r.at(o.Pos, errs.New("42601", "conflicting or redundant options"))
		}
		seen[kind] = o
	}
	number := func(o *ast.SeqOption) (int64, error) {
		n, err := strconv.ParseInt(o.Value, 10, 64)
		if err != nil {
			return 0, errs.New("22003", "value \"%s\" is out of range for type bigint", o.Value)
		}
		return n, nil
	}
	oldMin, oldMax := typeRange(q.Type)
	resetMin, resetMax := create, create
	if o := seen[ast.SeqAs]; o != nil {
		t, _, err := r.typeName(o.Type)
		if err != nil {
			return nil, err
		}
		switch t.OID {
		case types.Int2OID, types.Int4OID, types.Int8OID:
		default:
			return nil, errs.New("22023", "sequence type must be smallint, integer, or bigint")
		}
		if !create {
			resetMax = q.Increment > 0 && q.Max == oldMax || q.Increment < 0 && q.Max == -1
			resetMin = q.Increment < 0 && q.Min == oldMin || q.Increment > 0 && q.Min == 1
		}
		q.Type = t.OID
	}
	low, high := typeRange(q.Type)
	if create {
		q.Increment, q.Cache = 1, 1
	}
	if o := seen[ast.SeqIncrement]; o != nil {
		if q.Increment, err = number(o); err != nil {
			return nil, err
		}
		if q.Increment == 0 {
			return nil, errs.New("22023", "INCREMENT must not be zero")
		}
	}
	if o := seen[ast.SeqCycle]; o != nil {
		q.Cycle = o.Kind == ast.SeqCycle
	}
	if o := seen[ast.SeqMaxValue]; o != nil && o.Kind == ast.SeqMaxValue {
		if q.Max, err = number(o); err != nil {
			return nil, err
		}
	} else if o != nil || resetMax {
		q.Max = high
		if q.Increment < 0 {
			q.Max = -1
		}
	}
	if q.Max < low || q.Max > high {
		return nil, errs.New("22023", "MAXVALUE (%d) is out of range for sequence data type %s", q.Max, types.ByOID(q.Type))
	}
	if o := seen[ast.SeqMinValue]; o != nil && o.Kind == ast.SeqMinValue {
		if q.Min, err = number(o); err != nil {
			return nil, err
		}
	} else if o != nil || resetMin {
		q.Min = 1
		if q.Increment < 0 {
			q.Min = low
		}
	}
	if q.Min < low || q.Min > high {
		return nil, errs.New("22023", "MINVALUE (%d) is out of range for sequence data type %s", q.Min, types.ByOID(q.Type))
	}
	if q.Min >= q.Max {
		return nil, errs.New("22023", "MINVALUE (%d) must be less than MAXVALUE (%d)", q.Min, q.Max)
	}
	if o := seen[ast.SeqStart]; o != nil {
		if q.Start, err = number(o); err != nil {
			return nil, err
		}
	} else if create {
		q.Start = q.Min
		if q.Increment < 0 {
			q.Start = q.Max
		}
	}
	if q.Start < q.Min {
		return nil, errs.New("22023", "START value (%d) cannot be less than MINVALUE (%d)", q.Start, q.Min)
	}
	if q.Start > q.Max {
		return nil, errs.New("22023", "START value (%d) cannot be greater than MAXVALUE (%d)", q.Start, q.Max)
	}
	if o := seen[ast.SeqRestart]; o != nil {
		v := q.Start
		if o.Value != "" {
			if v, err = number(o); err != nil {
				return nil, err
			}
		}
		if v < q.Min {
			return nil, errs.New("22023", "RESTART value (%d) cannot be less than MINVALUE (%d)", v, q.Min)
		}
		if v > q.Max {
			return nil, errs.New("22023", "RESTART value (%d) cannot be greater than MAXVALUE (%d)", v, q.Max)
		}
		restart = &v
	}
	if o := seen[ast.SeqCache]; o != nil {
		if q.Cache, err = number(o); err != nil {
			return nil, err
		}
		if q.Cache <= 0 {
			return nil, errs.New("22023", "CACHE (%d) must be greater than zero", q.Cache)
		}
	}
	if o := seen[ast.SeqOwnedBy]; o != nil {
		if err := r.sequenceOwnedBy(q, o.Name); err != nil {
			return nil, err
		}
	}
	return restart, nil
}

func typeRange(t types.OID) (low, high int64) {
	switch t {
	case types.Int2OID:
		return math.MinInt16, math.MaxInt16
	case types.Int4OID:
		return math.MinInt32, math.MaxInt32
	}
	return math.MinInt64, math.MaxInt64
}

func (r *run) sequenceOwnedBy(q *catalog.Sequence, name *ast.AnyName) error {
	if len(name.Parts) == 1 {
		if name.Parts[0] != "none" {
			return errs.New("42601", "invalid OWNED BY option").WithHint("Specify OWNED BY table.column or OWNED BY NONE.")
		}
		q.OwnedBy, q.OwnedByCol = 0, 0
		return nil
	}
	n := len(name.Parts)
	rel, err := r.relation(namesVar(name.Parts[:n-1], name.Pos))
	if err != nil {
		return err
	}
	if rel.Owner != q.Owner {
		return errs.New("55000", "sequence must have same owner as table it is linked to")
	}
	if rel.Schema != q.Schema {
		return errs.New("55000", "sequence must be in same schema as table it is linked to")
	}
	col := rel.Column(name.Parts[n-1])
	if col == nil {
		return errs.New("42703", "column \"%s\" of relation \"%s\" does not exist", name.Parts[n-1], rel.Name)
	}
	q.OwnedBy, q.OwnedByCol = rel.OID, col.Num
	return nil
}
