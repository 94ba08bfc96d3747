package ddl

import (
	"slices"
	"strings"

	"github.com/basement-project/basement/internal/catalog"
	"github.com/basement-project/basement/internal/errs"
	"github.com/basement-project/basement/internal/sql/ast"
)

// statisticsNamed finds a statistics object and its table; nil when there is none of the name.
func (r *run) statisticsNamed(parts []string) (*catalog.Relation, *catalog.Statistics) {
	schemas := r.tx.SearchPath()
	if len(parts) > 1 {
		schemas = parts[len(parts)-2 : len(parts)-1]
	}
	for _, schema := range schemas {
		for _, rel := range r.snap().Relations {
			for _, st := range rel.Statistics {
				if st.Schema == schema && st.Name == parts[len(parts)-1] {
					return rel, st
				}
			}
		}
	}
	return nil, nil
}

func noStatistics(parts []string) *errs.Error {
	return errs.New("42704", "statistics object \"%s\" does not exist", strings.Join(parts, "."))
}

// createStatistics keeps the object; SQLite's planner has statistics of its own.
func (r *run) createStatistics(s *ast.CreateStatsStmt) error {
	if len(s.From) != 1 {
		return errs.New("0A000", "only a single relation is allowed in CREATE STATISTICS")
	}
	v, ok := s.From[0].(*ast.RangeVar)
	if !ok {
		return errs.New("0A000", "CREATE STATISTICS only supports relation names in the FROM clause")
	}
	rel, err := r.relation(v)
	if err != nil {
		if e := errs.Of(err); e != nil {
			e.Position = 0
		}
		return err
	}
	if rel.Kind == catalog.View {
		return errs.New("42809", "cannot define statistics for relation \"%s\"", rel.Name).WithDetail("This operation is not supported for views.")
	}
	if err := r.mustOwn(rel.Owner, relWord(rel.Kind), rel.Name); err != nil {
		return err
	}
	st := &catalog.Statistics{Schema: rel.Schema, Owner: r.tx.Role(), Kinds: s.Kinds}
	if s.Name != nil {
		schema, name := split(s.Name.Parts)
		sc, err := r.targetSchema(schema)
		if err != nil {
			return err
		}
		st.Schema, st.Name = sc.Name, name
	} else {
		st.Name = r.statisticsName(rel, s)
	}
	if _, old := r.statisticsNamed([]string{st.Schema, st.Name}); old != nil {
		if s.IfNotExists {
			return r.skipped("statistics object \"%s\" already exists", st.Name)
		}
		return errs.New("42710", "statistics object \"%s\" already exists", st.Name)
	}
	for _, x := range s.Exprs {
		name := x.Name
		if c, ok := x.Expr.(*ast.ColumnRef); ok && name == "" && len(c.Fields) == 1 && !c.Star {
			name = c.Fields[0]
		}
		if name == "" {
			st.Exprs = append(st.Exprs, r.stored(x.Expr))
			continue
		}
		col := rel.Column(name)
		if col == nil {
			if systemColumns[name] {
				return errs.New("0A000", "statistics creation on system columns is not supported")
			}
			return errs.New("42703", "column \"%s\" does not exist", name)
		}
		st.Columns = append(st.Columns, col.Num)
	}
	alone := len(st.Columns) == 0 && len(st.Exprs) == 1
	switch {
	case alone && len(s.Kinds) > 0:
		return errs.New("0A000", "when building statistics on a single expression, statistics kinds may not be specified")
	case !alone && len(st.Columns)+len(st.Exprs) < 2:
		return errs.New("42P17", "extended statistics require at least 2 columns")
	case len(st.Columns)+len(st.Exprs) > 8:
		return errs.New("54011", "cannot have more than 8 columns in statistics")
	}
	for _, k := range s.Kinds {
		if k != "ndistinct" && k != "dependencies" && k != "mcv" {
			return errs.New("42601", "unrecognized statistics kind \"%s\"", k)
		}
	}
	nums := slices.Clone(st.Columns)
	slices.Sort(nums)
	if len(slices.Compact(nums)) < len(st.Columns) {
		return errs.New("42701", "duplicate column name in statistics definition")
	}
	st.OID = r.edit.NewOID()
	c := cloneRelation(rel)
	c.Statistics = append(slices.Clone(rel.Statistics), st)
	r.edit.PutRelation(c)
	return nil
}

// statisticsName is the name PostgreSQL 16 chooses where none is written.
func (r *run) statisticsName(rel *catalog.Relation, s *ast.CreateStatsStmt) string {
	var parts []string
	for _, x := range s.Exprs {
		name := x.Name
		if c, ok := x.Expr.(*ast.ColumnRef); ok && name == "" {
			name = c.Fields[len(c.Fields)-1]
		}
		if name == "" {
			name = "expr"
		}
		parts = append(parts, name)
	}
	base := clip(rel.Name+"_"+strings.Join(parts, "_"), maxName-10) + "_stat"
	for n, name := 1, base; ; n++ {
		if _, st := r.statisticsNamed([]string{rel.Schema, name}); st == nil {
			return name
		}
		name = base + itoa(n)
	}
}

// changeStatistics replaces a statistics object of a table; nil drops it.
func (r *run) changeStatistics(rel *catalog.Relation, old, now *catalog.Statistics) {
	c := cloneRelation(rel)
	c.Statistics = nil
	for _, st := range rel.Statistics {
		switch {
		case st.OID != old.OID:
			c.Statistics = append(c.Statistics, st)
		case now != nil:
			c.Statistics = append(c.Statistics, now)
		}
	}
	r.edit.PutRelation(c)
}

func (r *run) dropStatistics(s *ast.DropStmt, o *ast.ObjectRef) error {
	rel, st := r.statisticsNamed(o.Names)
	if st == nil {
		return r.missing(s, noStatistics(o.Names))
	}
	if err := r.mustOwn(st.Owner, "statistics object", st.Name); err != nil {
		return err
	}
	r.changeStatistics(rel, st, nil)
	return nil
}

// alterStatistics is ALTER STATISTICS SET STATISTICS.
func (r *run) alterStatistics(s *ast.AlterStatsStmt) error {
	_, st := r.statisticsNamed(s.Name.Parts)
	if st == nil {
		if s.MissingOK {
			return r.skipped("statistics object \"%s\" does not exist", strings.Join(s.Name.Parts, "."))
		}
		return noStatistics(s.Name.Parts)
	}
	return r.mustOwn(st.Owner, "statistics object", st.Name)
}

// renameStatistics is ALTER STATISTICS RENAME.
func (r *run) renameStatistics(parts []string, name string) error {
	rel, st := r.statisticsNamed(parts)
	if st == nil {
		return noStatistics(parts)
	}
	if err := r.mustOwn(st.Owner, "statistics object", st.Name); err != nil {
		return err
	}
	if _, old := r.statisticsNamed([]string{st.Schema, name}); old != nil {
		return errs.New("42710", "statistics object \"%s\" already exists in schema \"%s\"", name, st.Schema)
	}
	now := *st
	now.Name = name
	r.changeStatistics(rel, st, &now)
	return nil
}
