package parse

import "github.com/basement-project/basement/internal/sql/ast"

// windowSpec takes ([name] [PARTITION BY] [ORDER BY] [frame]).
func (p *parser) windowSpec() *ast.WindowDef {
	w := &ast.WindowDef{Pos: p.pos()}
	p.expect('(')
	switch k := p.kind(); {
	case k == kwPartition, k == kwRange, k == kwRows, k == kwGroups:
	case isColID(k):
		w.RefName = p.colID()
	}
	if p.accept(kwPartition) {
		p.expect(kwBy)
		w.Partition = p.exprList()
	}
	if p.is(kwOrder) {
		w.Order = p.sortClause()
	}
	switch p.kind() {
	case kwRange, kwRows, kwGroups:
		w.Frame = p.windowFrame()
	}
	p.expect(')')
	return w
}

func (p *parser) windowFrame() *ast.WindowFrame {
	f := &ast.WindowFrame{Pos: p.pos()}
	switch p.next().kind {
	case kwRows:
		f.Mode = ast.FrameRows
	case kwGroups:
		f.Mode = ast.FrameGroups
	}
	bad := func(b *ast.FrameBound, message string) { p.fail(b.Pos, "42P20", message) }
	f.Between = p.accept(kwBetween)
	f.Start = p.frameBound()
	if f.Start.Kind == ast.UnboundedFollowing {
		bad(f.Start, "frame start cannot be UNBOUNDED FOLLOWING")
	}
	if f.Between {
		p.expect(kwAnd)
		f.End = p.frameBound()
		switch {
		case f.End.Kind == ast.UnboundedPreceding:
			bad(f.End, "frame end cannot be UNBOUNDED PRECEDING")
		case f.Start.Kind == ast.CurrentRow && f.End.Kind == ast.OffsetPreceding:
			bad(f.End, "frame starting from current row cannot have preceding rows")
		case f.Start.Kind == ast.OffsetFollowing && (f.End.Kind == ast.OffsetPreceding || f.End.Kind == ast.CurrentRow):
			bad(f.End, "frame starting from following row cannot have preceding rows")
		}
	} else {
		if f.Start.Kind == ast.OffsetFollowing {
			bad(f.Start, "frame starting from following row cannot end with current row")
		}
		f.End = &ast.FrameBound{Pos: -1, Kind: ast.CurrentRow}
	}
	if p.accept(kwExclude) {
		switch {
		case p.acceptSeq(kwCurrent, kwRow):
			f.Exclude = ast.ExcludeCurrentRow
		case p.accept(kwGroup):
			f.Exclude = ast.ExcludeGroup
		case p.accept(kwTies):
			f.Exclude = ast.ExcludeTies
		default:
			p.expectSeq(kwNo, kwOthers)
			f.Exclude = ast.ExcludeNoOthers
		}
	}
	return f
}

func (p *parser) frameBound() *ast.FrameBound {
	b := &ast.FrameBound{Pos: p.pos()}
	switch {
	case p.acceptSeq(kwUnbounded, kwPreceding):
		b.Kind = ast.UnboundedPreceding
		return b
	case p.acceptSeq(kwUnbounded, kwFollowing):
		b.Kind = ast.UnboundedFollowing
		return b
	case p.acceptSeq(kwCurrent, kwRow):
		b.Kind = ast.CurrentRow
		return b
	}
	b.Offset = p.expr()
	if p.accept(kwPreceding) {
		b.Kind = ast.OffsetPreceding
	} else {
		p.expect(kwFollowing)
		b.Kind = ast.OffsetFollowing
	}
	return b
}
