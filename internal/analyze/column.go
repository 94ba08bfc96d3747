package analyze

import (
	"strings"

	"github.com/basement-project/basement/internal/catalog"
	"github.com/basement-project/basement/internal/sql/ast"
	"github.com/basement-project/basement/internal/sql/query"
	"github.com/basement-project/basement/internal/sql/types"
)

// systemColumns are the columns every table has besides its own.
var systemColumns = map[string]struct {
	col int
	typ types.OID
}{
	"ctid":     {query.SysCtid, types.TIDOID},
	"xmin":     {query.SysXmin, types.XIDOID},
	"xmax":     {query.SysXmax, types.XIDOID},
	"tableoid": {query.SysTable, types.OidOID},
}

// column finds a column of one item, nil when it has none.
func (s *scope) column(it *item, name string, levels, pos int) query.Expr {
	var found query.Expr
	for _, c := range it.cols {
		if c.name != name {
			continue
		}
		if found != nil {
			panic(s.errorf(pos, "42702", "column reference \"%s\" is ambiguous", name))
		}
		found = c.expr
	}
	if found != nil {
		return s.use(found, levels, pos)
	}
	if it.hasSystem() {
		if sys, ok := systemColumns[name]; ok {
			return s.use(&query.Var{T: query.T{Typ: types.ByOID(sys.typ), Mod: -1}, RT: it.rt, Col: sys.col, Name: name}, levels, pos)
		}
	}
	return nil
}

// unqualified finds a column by its name alone, innermost level first; nil when there is none.
func (s *scope) unqualified(name string, localOnly bool, pos int) query.Expr {
	levels := 0
	for l := s; l != nil; l = l.parent {
		var found *item
		for _, it := range l.ns {
			if !it.open || it.lateralOnly && !l.lateral {
				continue
			}
			if !it.has(name) {
				continue
			}
			if found != nil {
				panic(s.errorf(pos, "42702", "column reference \"%s\" is ambiguous", name))
			}
			s.checkLateral(it, pos)
			found = it
		}
		if found != nil {
			return s.column(found, name, levels, pos)
		}
		if localOnly {
			return nil
		}
		levels++
	}
	return nil
}

func (it *item) has(name string) bool {
	for _, c := range it.cols {
		if c.name == name {
			return true
		}
	}
	if it.hasSystem() {
		_, ok := systemColumns[name]
		return ok
	}
	return false
}

// hasSystem says whether an item has system columns: tables do, EXCLUDED and views do not.
func (it *item) hasSystem() bool {
	return it.rte != nil && it.rte.Kind == query.RelationRTE && it.rte.Relation.Kind != catalog.View && !it.excluded
}

func (s *scope) checkLateral(it *item, pos int) {
	if it.lateralOnly && !it.lateralOK {
		if s.isTarget(it) {
			panic(s.errorf(pos, "42P10", "invalid reference to FROM-clause entry for table \"%s\"", it.name).
				hint("There is an entry for table \"%s\", but it cannot be referenced from this part of the query.", it.name))
		}
		panic(s.errorf(pos, "42P10", "invalid reference to FROM-clause entry for table \"%s\"", it.name).
			detail("The combining JOIN type must be INNER or LEFT for a LATERAL reference."))
	}
}

func (s *scope) isTarget(it *item) bool {
	for l := s; l != nil; l = l.parent {
		if l.target > 0 && l.q.RTable[l.target-1] == it.rte {
			return true
		}
	}
	return false
}

// table finds an item by the name its columns are qualified with; nil when there is none.
func (s *scope) table(schema, name string, pos int) (*item, int) {
	levels := 0
	for l := s; l != nil; l = l.parent {
		var found *item
		for _, it := range l.ns {
			if !it.rel || it.lateralOnly && !l.lateral || it.name != name || it.name == "" {
				continue
			}
			if schema != "" && it.schema != schema {
				continue
			}
			if found != nil {
				panic(s.errorf(pos, "42P09", "table reference \"%s\" is ambiguous", name))
			}
			s.checkLateral(it, pos)
			found = it
		}
		if found != nil {
			return found, levels
		}
		levels++
	}
	return nil, 0
}

// columnRef analyses a name.
func (s *scope) columnRef(n *ast.ColumnRef) query.Expr {
	if n.Star {
		return s.starRow(n)
	}
	if s.vars != nil {
		return s.variableOrColumn(n)
	}
	return s.plainColumn(n)
}

// plainColumn finds the column, or whole row, a name means.
func (s *scope) plainColumn(n *ast.ColumnRef) query.Expr {
	f := n.Fields
	switch len(f) {
	case 1:
		if s.domain != nil && f[0] == "value" {
			base := s.domain.Underlying()
			return &query.DomainValue{T: query.T{Typ: base, Mod: s.domain.Typmod, Pos: n.Pos}}
		}
		if e := s.unqualified(f[0], false, n.Pos); e != nil {
			return e
		}
		if s.fn != nil {
			if e := s.fn.named(s, f, n.Pos); e != nil {
				return e
			}
		}
		if it, levels := s.table("", f[0], n.Pos); it != nil {
			return s.wholeRow(it, levels, n.Pos)
		}
		panic(s.missingColumn("", f[0], n.Pos))
	case 2, 3, 4:
		schema, table, name := "", f[len(f)-2], f[len(f)-1]
		if len(f) > 2 {
			schema = f[len(f)-3]
		}
		if len(f) > 3 && f[0] != databaseName {
			panic(s.errorf(n.Pos, "0A000", "cross-database references are not implemented: %s", strings.Join(f, ".")))
		}
		it, levels := s.table(schema, table, n.Pos)
		if it == nil {
			if s.fn != nil {
				if e := s.fn.named(s, f, n.Pos); e != nil {
					return e
				}
			}
			panic(s.missingTable(schema, table, n.Pos))
		}
		if e := s.column(it, name, levels, n.Pos); e != nil {
			return e
		}
		if e := s.projection(name, s.wholeRow(it, levels, n.Pos), n.Pos); e != nil {
			return e
		}
		panic(s.missingColumn(table, name, n.Pos))
	}
	panic(s.errorf(n.Pos, "42601", "improper qualified name (too many dotted names): %s", strings.Join(f, ".")))
}

// starRow is t.* where one value is expected: the whole row.
func (s *scope) starRow(n *ast.ColumnRef) query.Expr {
	if len(n.Fields) == 0 {
		panic(s.errorf(n.Pos, "42601", "invalid use of \"*\""))
	}
	if v := s.starVariable(n); v != nil {
		return v
	}
	it, levels := s.tableOf(n)
	return s.wholeRow(it, levels, n.Pos)
}

// tableOf finds the item t.* is about.
func (s *scope) tableOf(n *ast.ColumnRef) (*item, int) {
	f := n.Fields
	if len(f) > 3 {
		panic(s.errorf(n.Pos, "42601", "improper qualified name (too many dotted names): %s.*", strings.Join(f, ".")))
	}
	schema, table := "", f[len(f)-1]
	if len(f) > 1 {
		schema = f[len(f)-2]
	}
	it, levels := s.table(schema, table, n.Pos)
	if it == nil {
		panic(s.missingTable(schema, table, n.Pos))
	}
	return it, levels
}

const maxFuzzy = 3

// fuzzy keeps the columns whose names come closest to a missing one.
type fuzzy struct {
	distance      int
	first, second *query.RTE
	firstCol      string
	secondCol     string
	exact         bool
}

func (z *fuzzy) consider(penalty int, r *query.RTE, actual, match string) {
	if penalty > z.distance {
		return
	}
	d := levenshtein(actual, match)
	if d > len(match)/2 {
		return
	}
	d += penalty
	switch {
	case d < z.distance:
		z.distance, z.first, z.firstCol, z.second = d, r, actual, nil
	case d == z.distance:
		switch {
		case z.second != nil:
			z.first, z.second, z.distance = nil, nil, d-1
		case z.first != nil:
			z.second, z.secondCol = r, actual
		case z.distance <= maxFuzzy:
			z.first, z.firstCol = r, actual
		}
	}
}

// missingColumn is the error for a column nobody has, with what may have been meant.
func (s *scope) missingColumn(table, name string, pos int) *failure {
	z := s.closest(table, name)
	f := s.errorf(pos, "42703", "column \"%s\" does not exist", name)
	if table != "" {
		f = s.errorf(pos, "42703", "column %s.%s does not exist", table, name)
	}
	switch {
	case z.exact:
		return f.hint("There is a column named \"%s\" in table \"%s\", but it cannot be referenced from this part of the query.", name, z.first.Alias)
	case z.second != nil:
		return f.hint("Perhaps you meant to reference the column \"%s.%s\" or the column \"%s.%s\".", z.first.Alias, z.firstCol, z.second.Alias, z.secondCol)
	case z.first != nil:
		return f.hint("Perhaps you meant to reference the column \"%s.%s\".", z.first.Alias, z.firstCol)
	}
	return f
}

func (s *scope) closest(table, name string) *fuzzy {
	z := &fuzzy{distance: maxFuzzy + 1}
	for l := s; l != nil; l = l.parent {
		list := l.q.RTable
		if l.source != nil && len(list) > 0 {
			list = append([]*query.RTE{list[0], l.source}, list[1:]...)
		}
		for _, r := range list {
			if r.Kind == query.JoinRTE {
				continue
			}
			penalty := 0
			if table != "" {
				penalty = min(levenshtein(table, r.Alias), maxFuzzy+2)
			}
			found := false
			for _, c := range r.Columns {
				found = found || c.Name == name
				z.consider(penalty, r, c.Name, name)
			}
			if _, sys := systemColumns[name]; sys && r.Kind == query.RelationRTE && r.Relation.Kind != catalog.View {
				found = true
			}
			if found && penalty == 0 {
				z.first, z.second, z.exact = r, nil, true
				return z
			}
		}
	}
	return z
}

// missingTable is the error for a qualifier nobody has.
func (s *scope) missingTable(schema, name string, pos int) *failure {
	var like *query.RTE
	rel := s.relationQuiet(schema, name)
search:
	for l := s; l != nil; l = l.parent {
		for _, r := range l.q.RTable {
			if rel != nil && r.Relation == rel || r.CTE != nil && schema == "" && r.CTE.Name == name || r.Alias == name {
				like = r
				break search
			}
		}
	}
	if like == nil {
		return s.errorf(pos, "42P01", "missing FROM-clause entry for table \"%s\"", name)
	}
	f := s.errorf(pos, "42P01", "invalid reference to FROM-clause entry for table \"%s\"", name)
	if like.Alias != name {
		if it, _ := s.table("", like.Alias, pos); it != nil && it.rte == like {
			return f.hint("Perhaps you meant to reference the table alias \"%s\".", like.Alias)
		}
	}
	return f.hint("There is an entry for table \"%s\", but it cannot be referenced from this part of the query.", like.Alias)
}

// relationQuiet is relation without errors.
func (a *analyzer) relationQuiet(schema, name string) *catalog.Relation {
	if schema != "" {
		return a.snap.Relation(schema, name)
	}
	for _, p := range a.path() {
		if r := a.snap.Relation(p, name); r != nil {
			return r
		}
	}
	return nil
}

// levenshtein is the edit distance of two names, in characters.
func levenshtein(a, b string) int {
	x, y := []rune(a), []rune(b)
	row := make([]int, len(y)+1)
	for j := range row {
		row[j] = j
	}
	for i := range x {
		diag := row[0]
		row[0] = i + 1
		for j := range y {
			cost := diag
			if x[i] != y[j] {
				cost++
			}
			diag = row[j+1]
			row[j+1] = min(cost, row[j]+1, row[j+1]+1)
		}
	}
	return row[len(y)]
}
