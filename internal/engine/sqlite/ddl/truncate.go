package ddl

import (
	"github.com/basement-project/basement/internal/catalog"
	"github.com/basement-project/basement/internal/engine/sqlite/layout"
	"github.com/basement-project/basement/internal/errs"
	"github.com/basement-project/basement/internal/sql/ast"
)

func (r *run) truncate(s *ast.TruncateStmt) error {
	chosen := map[catalog.OID]bool{}
	var list []*catalog.Relation
	var add func(rel *catalog.Relation) error
	add = func(rel *catalog.Relation) error {
		if chosen[rel.OID] {
			return nil
		}
		if !rel.IsTable() {
			return errs.New("42809", "\"%s\" is not a table", rel.Name)
		}
		if r.snap().RelationRights(r.tx.Role(), rel)&catalog.Truncate == 0 {
			return errs.New("42501", "permission denied for table %s", rel.Name)
		}
		chosen[rel.OID] = true
		list = append(list, rel)
		for _, p := range r.snap().Partitions(rel.OID) {
			if !chosen[p.OID] {
				if err := add(p); err != nil {
					return err
				}
			}
		}
		return nil
	}
	for _, v := range s.Relations {
		rel, err := r.relation(v)
		if err != nil {
			return err
		}
		if v.Only && rel.Partitioning != nil {
			return errs.New("42809", "cannot truncate only a partitioned table").
				WithHint("Do not specify the ONLY keyword, or use TRUNCATE ONLY on the partitions directly.")
		}
		if err := add(rel); err != nil {
			return err
		}
	}
	for i := 0; i < len(list); i++ {
		for _, ref := range r.snap().Referring(list[i].OID) {
			if chosen[ref.Table.OID] || ref.Constraint.Parent != 0 {
				continue
			}
			if !s.Cascade {
				// A table named later in the list is fine.
				return errs.New("0A000", "cannot truncate a table referenced in a foreign key constraint").
					WithDetail("Table \"%s\" references \"%s\".", ref.Table.Name, list[i].Name).
					WithHint("Truncate table \"%s\" at the same time, or use TRUNCATE ... CASCADE.", ref.Table.Name)
			}
			if err := add(ref.Table); err != nil {
				return err
			}
		}
	}
	for _, rel := range list {
		if err := r.x.tools.Compiler.Truncated(r.tx, rel, true); err != nil {
			return err
		}
	}
	for _, rel := range list {
		if err := r.tx.Conn.ExecScript("DELETE FROM " + layout.QuotedTable(rel) + within(rel)); err != nil {
			return err
		}
		if !s.RestartIdentity {
			continue
		}
		for _, q := range r.snap().Sequences {
			if q.OwnedBy == rel.OID {
				if err := r.mustOwn(q.Owner, "sequence", q.Name); err != nil {
					return err
				}
				r.tx.RestartSequence(q, q.Start)
			}
		}
	}
	for _, rel := range list {
		if err := r.x.tools.Compiler.Truncated(r.tx, rel, false); err != nil {
			return err
		}
	}
	return nil
}

// within is the WHERE clause that restricts the rows of the file to a relation's.
func within(rel *catalog.Relation) string {
	if w := layout.Within(rel); w != "" {
		return " WHERE " + w
	}
	return ""
}
