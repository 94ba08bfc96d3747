package analyze

import (
	"strconv"

	"github.com/basement-project/basement/internal/sql/ast"
	"github.com/basement-project/basement/internal/sql/query"
	"github.com/basement-project/basement/internal/sql/types"
)

func itoa(n int) string { return strconv.Itoa(n) }

// join analyses a join. Its names are those of both sides, and its merged columns when it has USING or NATURAL. Columns of a join
// are expressions over the tables it joins: no Var ever names a JoinRTE.
func (s *scope) join(n *ast.JoinExpr) (query.FromItem, []*item) {
	left, lns := s.fromItem(n.Left)
	// The right side may refer to the left laterally, when the kind of join allows it.
	lateralOK := n.Type == ast.JoinInner || n.Type == ast.JoinLeft
	saved := make([]item, len(lns))
	for i, it := range lns {
		saved[i] = *it
		it.lateralOnly, it.lateralOK = true, lateralOK
	}
	mark := len(s.ns)
	s.ns = append(s.ns, lns...)
	right, rns := s.fromItem(n.Right)
	s.ns = s.ns[:mark]
	for i, it := range lns {
		it.lateralOnly, it.lateralOK = saved[i].lateralOnly, saved[i].lateralOK
	}
	s.checkNames(lns, rns)

	j := &query.Join{Left: left, Right: right, Kind: joinKind(n.Type)}
	lcols, rcols := columnsOf(lns), columnsOf(rns)
	using := n.Using
	if n.Natural {
		using = nil
		for _, l := range lcols {
			for _, r := range rcols {
				if l.name == r.name {
					using = append(using, l.name)
					break
				}
			}
		}
	}
	var merged, lrest, rrest []itemCol
	j.Using = using
	if len(using) > 0 {
		merged, lrest, rrest = s.using(j, using, lcols, rcols, n)
	} else {
		lrest, rrest = lcols, rcols
	}
	if n.On != nil {
		j.On = s.joinOn(n.On, lns, rns)
	}

	r := &query.RTE{Kind: query.JoinRTE, Pos: n.Pos}
	cols := append(append(append([]itemCol(nil), merged...), lrest...), rrest...)
	for i, c := range cols {
		r.Columns = append(r.Columns, query.RTEColumn{Name: c.name, Type: c.expr.Type(), Typmod: c.expr.Typmod(), Num: int32(i + 1)})
		r.JoinVars = append(r.JoinVars, c.expr)
	}
	if n.Alias != nil {
		s.alias(r, n.Alias, "")
		for i := range cols {
			cols[i].name = r.Columns[i].Name
		}
	}
	j.RT = s.addRTE(r)
	whole := &item{rte: r, rt: j.RT, name: r.Alias, cols: cols, rel: n.Alias != nil, open: true, lateralOK: true, join: j}

	var items []*item
	if n.Alias != nil {
		items = []*item{whole}
	} else {
		// The sides stay visible by name; unqualified columns come from the join.
		for _, it := range append(append([]*item(nil), lns...), rns...) {
			it.open = false
			items = append(items, it)
		}
		items = append(items, whole)
	}
	if n.UsingAlias != nil {
		u := &item{rte: r, rt: j.RT, name: n.UsingAlias.Name, cols: merged, rel: true, lateralOK: true, join: j}
		s.checkNames(items, []*item{u})
		items = append(items, u)
	}
	return j, items
}

func joinKind(t ast.JoinType) query.JoinKind {
	switch t {
	case ast.JoinLeft:
		return query.Left
	case ast.JoinRight:
		return query.Right
	case ast.JoinFull:
		return query.Full
	}
	return query.Inner
}

// columnsOf lists the unqualified columns of one side of a join.
func columnsOf(ns []*item) []itemCol {
	var out []itemCol
	for _, it := range ns {
		if it.open {
			out = append(out, it.cols...)
		}
	}
	return out
}

// using merges columns and makes the join's condition.
func (s *scope) using(j *query.Join, names []string, lcols, rcols []itemCol, n *ast.JoinExpr) (merged, lrest, rrest []itemCol) {
	lused, rused := make([]bool, len(lcols)), make([]bool, len(rcols))
	find := func(cols []itemCol, used []bool, name, side string) itemCol {
		at := -1
		for i, c := range cols {
			if c.name != name {
				continue
			}
			if at >= 0 {
				panic(s.errorf(-1, "42702", "common column name \"%s\" appears more than once in %s table", name, side))
			}
			at = i
		}
		if at < 0 {
			panic(s.errorf(-1, "42703", "column \"%s\" specified in USING clause does not exist in %s table", name, side))
		}
		used[at] = true
		return cols[at]
	}
	var conds []query.Expr
	for i, name := range names {
		for _, before := range names[:i] {
			if before == name {
				panic(s.errorf(-1, "42701", "column name \"%s\" appears more than once in USING clause", name))
			}
		}
		l, r := find(lcols, lused, name, "left"), find(rcols, rused, name, "right")
		le, re := s.use(l.expr, 0, -1), s.use(r.expr, 0, -1)
		merged = append(merged, itemCol{name: name, expr: s.mergeColumn(j.Kind, le, re)})
		conds = append(conds, s.operator([]string{"="}, le, re, -1))
	}
	j.On = conds[0]
	if len(conds) > 1 {
		j.On = &query.Bool{T: boolT(-1), Op: "and", Args: conds}
	}
	for i, c := range lcols {
		if !lused[i] {
			lrest = append(lrest, c)
		}
	}
	for i, c := range rcols {
		if !rused[i] {
			rrest = append(rrest, c)
		}
	}
	return merged, lrest, rrest
}

// mergeColumn is the value of a USING column.
func (s *scope) mergeColumn(kind query.JoinKind, l, r query.Expr) query.Expr {
	t := s.commonType([]query.Expr{l, r}, "JOIN/USING")
	mod := commonTypmod([]query.Expr{l, r}, t)
	coerce := func(e query.Expr) query.Expr {
		e = s.toCommon(e, t, "JOIN/USING")
		if e.Typmod() != mod {
			e = &query.Cast{T: query.T{Typ: t, Mod: mod, Pos: -1}, Method: query.Relabel, Arg: e}
		}
		return e
	}
	l, r = coerce(l), coerce(r)
	switch kind {
	case query.Right:
		return r
	case query.Full:
		return &query.Coalesce{T: query.T{Typ: t, Mod: mod, Pos: -1}, Args: []query.Expr{l, r}}
	}
	return l
}

// joinOn analyses a join's condition: it sees both sides and outer levels.
func (s *scope) joinOn(on ast.Expr, lns, rns []*item) query.Expr {
	old, oldKind := s.ns, s.kind
	s.ns, s.kind = append(append([]*item(nil), lns...), rns...), kindJoinOn
	for _, it := range s.ns {
		it.lateralOnly, it.lateralOK = false, true
	}
	e := s.toBoolean(s.expr(on), "JOIN/ON")
	s.ns, s.kind = old, oldKind
	return e
}

func boolT(pos int) query.T { return query.T{Typ: types.ByOID(types.BoolOID), Mod: -1, Pos: pos} }
