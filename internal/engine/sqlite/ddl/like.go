package ddl

import (
	"github.com/basement-project/basement/internal/catalog"
	"github.com/basement-project/basement/internal/engine/sqlite/session"
	"github.com/basement-project/basement/internal/errs"
	"github.com/basement-project/basement/internal/sql/ast"
)

// like copies another table's columns and what INCLUDING asks for.
func (b *tableBuilder) like(l *ast.TableLikeClause) error {
	r := b.r
	src, err := r.anyRelation(l.Relation)
	if err != nil {
		return err
	}
	if held := r.snap().RelationRights(r.tx.Role(), src); held&catalog.Select == 0 {
		return errs.New("42501", "permission denied for %s %s", relWord(src.Kind), src.Name)
	}
	nums := map[int32]string{}
	for _, c := range src.Columns {
		if b.rel.Column(c.Name) != nil {
			return errs.New("42701", "column \"%s\" specified more than once", c.Name)
		}
		col := &catalog.Column{Num: maxColumn(b.rel) + 1, Name: c.Name, Type: c.Type, Typmod: c.Typmod, NotNull: c.NotNull,
			Collation: c.Collation, ACL: catalog.ACL{Default: true}}
		b.rel.LastColumn = col.Num
		nums[c.Num] = c.Name
		b.rel.Columns = append(b.rel.Columns, col)
		if c.Generated != "" && l.Options&ast.LikeGenerated != 0 {
			col.Generated, col.Default = c.Generated, c.Default
		} else if c.Generated == "" && c.Default != "" && l.Options&ast.LikeDefaults != 0 {
			col.Default = c.Default
		}
		if c.Identity != "" && l.Options&ast.LikeIdentity != 0 {
			col.Identity = c.Identity
			seq, err := b.sequence(col, nil)
			if err != nil {
				return err
			}
			if old := r.snap().SequenceByOID(c.Sequence); old != nil {
				seq.Start, seq.Increment, seq.Min, seq.Max, seq.Cycle, seq.Cache = old.Start, old.Increment, old.Min, old.Max, old.Cycle, old.Cache
				r.edit.PutSequence(seq)
				r.tx.NewSequence(seq.OID, session.SequenceState{Last: seq.Start})
			}
		}
		if l.Options&ast.LikeComments != 0 {
			col.Comment = c.Comment
		}
	}
	names := func(list []int32) []string {
		out := make([]string, len(list))
		for i, n := range list {
			out[i] = nums[n]
		}
		return out
	}
	if l.Options&ast.LikeConstraints != 0 {
		for _, c := range src.Constraints {
			if c.Kind != catalog.Check {
				continue
			}
			e, err := r.x.tools.Cache.Expr(c.Expr)
			if err != nil {
				return err
			}
			b.constraints = append(b.constraints, spec{Constraint: &ast.Constraint{Pos: -1, Type: ast.ConstrCheck, Name: c.Name, Expr: e}})
		}
	}
	if l.Options&ast.LikeIndexes != 0 {
		for _, x := range src.Indexes {
			var con *catalog.Constraint
			for _, c := range src.Constraints {
				if c.Index == x.OID && (c.Kind == catalog.PrimaryKey || c.Kind == catalog.Unique) {
					con = c
				}
			}
			if con != nil {
				kind := ast.ConstrUnique
				if con.Kind == catalog.PrimaryKey {
					kind = ast.ConstrPrimary
				}
				b.constraints = append(b.constraints, spec{Constraint: &ast.Constraint{Pos: -1, Type: kind, Keys: names(con.Columns),
					Deferrable: con.Deferrable, InitiallyDeferred: con.InitiallyDeferred, NullsNotDistinct: x.NullsNotDistinct}})
				continue
			}
			stmt := &ast.IndexStmt{Pos: -1, Unique: x.Unique, AccessMethod: x.Method, NullsNotDistinct: x.NullsNotDistinct}
			for _, k := range x.Keys {
				el := &ast.IndexElem{Pos: -1}
				if k.Column != 0 {
					el.Name = nums[k.Column]
				} else if el.Expr, err = r.x.tools.Cache.Expr(k.Expr); err != nil {
					return err
				}
				if k.Desc {
					el.Dir = ast.SortDesc
				}
				stmt.Params = append(stmt.Params, el)
			}
			if x.Where != "" {
				if stmt.Where, err = r.x.tools.Cache.Expr(x.Where); err != nil {
					return err
				}
			}
			b.indexes = append(b.indexes, stmt)
		}
	}
	return nil
}
