package ddl

import (
	"github.com/basement-project/basement/internal/catalog"
	"github.com/basement-project/basement/internal/sql/ast"
)

// syncPartitions gives the partitions what the statement changed in their partitioned tables. before is the catalog the
// statement began with.
func (r *run) syncPartitions(before *catalog.Snapshot) error {
	for again := true; again; {
		again = false
		for _, now := range r.snap().Relations {
			if now.Partitioning == nil {
				continue
			}
			old := before.RelationByOID(now.OID)
			if old == nil || old == now || r.synced[now.OID] == now {
				continue
			}
			if r.synced == nil {
				r.synced = map[catalog.OID]*catalog.Relation{}
			}
			if done := r.synced[now.OID]; done != nil {
				old = done
			}
			r.synced[now.OID] = now
			for _, p := range r.snap().Partitions(now.OID) {
				if before.RelationByOID(p.OID) == nil || !before.RelationByOID(p.OID).IsPartition {
					continue // made (or attached) by this statement: it has everything
				}
				if err := r.syncPartition(old, now, p); err != nil {
					return err
				}
				again = true
			}
		}
	}
	return nil
}

// syncPartition changes a partition as its partitioned table changed.
func (r *run) syncPartition(old, now, rel *catalog.Relation) error {
	c := cloneRelation(rel)
	for _, was := range old.Columns {
		is := now.ColumnByNum(was.Num)
		col := c.Column(was.Name)
		if col == nil {
			continue
		}
		if is == nil {
			c.LastColumn = maxColumn(c)
			num := col.Num
			c.Columns = without(c.Columns, func(x *catalog.Column) bool { return x.Num == num })
			continue
		}
		if is.Name != was.Name {
			r.edit.PutRelation(c)
			r.renameColumnTexts(r.snap().RelationByOID(c.OID), was.Name, is.Name)
			c = cloneRelation(r.snap().RelationByOID(c.OID))
			col = c.Column(was.Name)
			col.Name = is.Name
			r.renameInTriggers(c, was.Name, is.Name)
		}
		col.Type, col.Typmod, col.Generated, col.Collation = is.Type, is.Typmod, is.Generated, is.Collation
		if is.Default != was.Default {
			col.Default = is.Default
		}
		if is.NotNull != was.NotNull {
			col.NotNull = is.NotNull
		}
	}
	for _, is := range now.Columns {
		if old.ColumnByNum(is.Num) == nil && c.Column(is.Name) == nil {
			c.Columns = append(c.Columns, inheritedColumn(is, maxColumn(c)+1))
			c.LastColumn = maxColumn(c)
		}
	}
	gone := map[catalog.OID]bool{}
	for _, k := range old.Constraints {
		gone[k.OID] = true
	}
	for _, k := range now.Constraints {
		gone[k.OID] = false
		if mine := constraintOf(c, k.OID); mine != nil {
			was := findConstraint(old, mine.Name)
			if was != nil && was.OID == k.OID && (k.Kind == catalog.Check || k.Kind == catalog.ForeignKey) {
				mine.Name = k.Name
			}
			mine.NotValid, mine.Deferrable, mine.InitiallyDeferred, mine.Expr = k.NotValid, k.Deferrable, k.InitiallyDeferred, k.Expr
		}
	}
	for _, x := range old.Indexes {
		gone[x.OID] = true
	}
	for _, x := range now.Indexes {
		gone[x.OID] = false
	}
	for _, t := range old.Triggers {
		gone[t.OID] = true
	}
	for _, t := range now.Triggers {
		gone[t.OID] = false
	}
	c.Constraints = without(c.Constraints, func(k *catalog.Constraint) bool { return gone[k.Parent] })
	c.Indexes = without(c.Indexes, func(x *catalog.Index) bool { return gone[x.Parent] })
	c.Triggers = without(c.Triggers, func(t *catalog.Trigger) bool { return gone[t.Parent] })
	for _, t := range now.Triggers {
		for _, mine := range c.Triggers {
			was := triggerByOID(old, t.OID)
			if mine.Parent == t.OID && was != nil && was.Enabled != t.Enabled {
				x := *mine
				x.Enabled = t.Enabled
				putTrigger(c, &x)
			}
		}
	}
	r.edit.PutRelation(c)
	return r.copyToPartition(now, c)
}

func constraintOf(rel *catalog.Relation, parent catalog.OID) *catalog.Constraint {
	for _, k := range rel.Constraints {
		if k.Parent == parent {
			return k
		}
	}
	return nil
}

func triggerByOID(rel *catalog.Relation, oid catalog.OID) *catalog.Trigger {
	for _, t := range rel.Triggers {
		if t.OID == oid {
			return t
		}
	}
	return nil
}

// copyToPartition gives a partition the constraints, indexes and row triggers of its table that it has not.
func (r *run) copyToPartition(parent, rel *catalog.Relation) error {
	parent = r.snap().RelationByOID(parent.OID)
	c := cloneRelation(r.snap().RelationByOID(rel.OID))
	nums := func(list []int32) []int32 {
		out := make([]int32, 0, len(list))
		for _, n := range list {
			if col := parent.ColumnByNum(n); col != nil && c.Column(col.Name) != nil {
				out = append(out, c.Column(col.Name).Num)
			}
		}
		return out
	}
	mine := map[catalog.OID]*catalog.Index{}
	for _, x := range c.Indexes {
		mine[x.Parent] = x
	}
	for _, x := range parent.Indexes {
		if mine[x.OID] != nil {
			continue
		}
		y := *x
		y.Parent, y.Comment, y.Include, y.Keys = x.OID, "", nums(x.Include), nil
		var names []string
		for _, k := range x.Keys {
			if k.Column != 0 {
				name := parent.ColumnByNum(k.Column).Name
				k.Column = c.Column(name).Num
				names = append(names, indexPart(name, names))
			} else if e, err := r.x.tools.Cache.Expr(k.Expr); err == nil {
				names = append(names, indexPart(expressionName(e), names))
			}
			y.Keys = append(y.Keys, k)
		}
		for _, n := range y.Include {
			names = append(names, indexPart(c.ColumnByNum(n).Name, names))
		}
		if same := equalIndex(c, &y); same != nil {
			if err := r.dropIndexFile(c, same); err != nil {
				return err
			}
			same.Parent = x.OID
			mine[x.OID] = same
			for _, k := range parent.Constraints {
				if k.Index == x.OID && (k.Kind == catalog.PrimaryKey || k.Kind == catalog.Unique) {
					for _, own := range c.Constraints {
						if own.Index == same.OID && own.Kind == k.Kind {
							own.Parent = k.OID
						}
					}
				}
			}
			continue
		}
		y.OID = r.edit.NewOID()
		switch {
		case x.Primary:
			y.Name = r.relationName(c.Schema, c.Name, "", "pkey", true)
		case keyOf(parent, x) != nil:
			y.Name = r.relationName(c.Schema, c.Name, columnsPart(names), "key", true)
		default:
			y.Name = r.relationName(c.Schema, c.Name, columnsPart(names), "idx", false)
		}
		c.Indexes = append(c.Indexes, &y)
		mine[x.OID] = &y
		r.edit.PutRelation(c)
		c = cloneRelation(r.snap().RelationByOID(c.OID))
	}
	for _, k := range parent.Constraints {
		if constraintOf(c, k.OID) != nil {
			continue
		}
		if own := findConstraint(c, k.Name); own != nil && own.Kind == catalog.Check && k.Kind == catalog.Check {
			own.Parent = k.OID
			continue
		}
		y := *k
		y.OID, y.Parent, y.Comment = r.edit.NewOID(), k.OID, ""
		y.Columns, y.SetColumns = nums(k.Columns), nums(k.SetColumns)
		switch k.Kind {
		case catalog.PrimaryKey, catalog.Unique:
			x := mine[k.Index]
			if x == nil {
				continue
			}
			y.Name, y.Index = x.Name, x.OID
			if k.Kind == catalog.PrimaryKey {
				for _, n := range y.Columns {
					c.ColumnByNum(n).NotNull = true
				}
			}
		case catalog.ForeignKey:
			if findConstraint(c, y.Name) != nil {
				y.Name = r.constraintName(c.Schema, c.Name, columnsPart(columnNames(c, y.Columns)), "fkey", nil)
			}
		}
		c.Constraints = append(c.Constraints, &y)
	}
	for _, t := range parent.Triggers {
		s := r.triggerTree(t)
		if s == nil || !s.Row || findTrigger(c, t.Name) != nil {
			continue
		}
		x := *t
		x.OID, x.Parent = r.edit.NewOID(), t.OID
		putTrigger(c, &x)
		if err := r.retarget(c, &x); err != nil {
			return err
		}
	}
	r.edit.PutRelation(c)
	return nil
}

// retarget makes a copied trigger's text name the relation it is on.
func (r *run) retarget(c *catalog.Relation, t *catalog.Trigger) error {
	r.edit.PutRelation(c)
	err := r.rewriteTrigger(c, t, func(_ *catalog.Trigger, s *ast.CreateTrigStmt) {
		s.Relation = &ast.RangeVar{Pos: -1, Schema: c.Schema, Name: c.Name}
	})
	if err == nil {
		*c = *cloneRelation(r.snap().RelationByOID(c.OID))
	}
	return err
}

// equalIndex finds an index of a table that is what a partition's should be.
func equalIndex(rel *catalog.Relation, want *catalog.Index) *catalog.Index {
	for _, x := range rel.Indexes {
		if x.Parent != 0 || x.Unique != want.Unique || x.Primary != want.Primary || x.Method != want.Method || x.Where != want.Where || len(x.Keys) != len(want.Keys) {
			continue
		}
		same := true
		for i := range x.Keys {
			same = same && x.Keys[i].Column == want.Keys[i].Column && x.Keys[i].Expr == want.Keys[i].Expr
		}
		if same {
			return x
		}
	}
	return nil
}

// keyOf is the constraint an index stands behind, nil when there is none.
func keyOf(rel *catalog.Relation, x *catalog.Index) *catalog.Constraint {
	for _, k := range rel.Constraints {
		if k.Index == x.OID && (k.Kind == catalog.PrimaryKey || k.Kind == catalog.Unique) {
			return k
		}
	}
	return nil
}
