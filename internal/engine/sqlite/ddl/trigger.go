package ddl

import (
	"slices"

	"github.com/basement-project/basement/internal/catalog"
	"github.com/basement-project/basement/internal/errs"
	"github.com/basement-project/basement/internal/sql/ast"
	"github.com/basement-project/basement/internal/sql/print"
	"github.com/basement-project/basement/internal/sql/types"
)

func findTrigger(rel *catalog.Relation, name string) *catalog.Trigger {
	for _, t := range rel.Triggers {
		if t.Name == name {
			return t
		}
	}
	return nil
}

// putTrigger gives a relation a trigger in place of the one with the same identifier.
func putTrigger(rel *catalog.Relation, t *catalog.Trigger) {
	list := without(rel.Triggers, func(x *catalog.Trigger) bool { return x.OID == t.OID })
	rel.Triggers = append(list, t)
}

func noTrigger(name string, rel *catalog.Relation) *errs.Error {
	return errs.New("42704", "trigger \"%s\" for table \"%s\" does not exist", name, rel.Name)
}

func (r *run) createTrigger(s *ast.CreateTrigStmt) error {
	rel, err := r.relation(s.Relation)
	if err != nil {
		return err
	}
	if s.Constraint && s.Replace {
		return errs.New("0A000", "CREATE OR REPLACE CONSTRAINT TRIGGER is not supported")
	}
	switch {
	case rel.Kind == catalog.View && s.Timing != ast.TriggerInsteadOf && s.Row:
		return errs.New("42809", "\"%s\" is a view", rel.Name).WithDetail("Views cannot have row-level BEFORE or AFTER triggers.")
	case rel.Kind == catalog.View && s.Events&ast.TriggerOnTruncate != 0:
		return errs.New("42809", "\"%s\" is a view", rel.Name).WithDetail("Views cannot have TRUNCATE triggers.")
	case rel.Kind == catalog.View:
	case rel.Kind != catalog.Table && rel.Kind != catalog.PartitionedTable:
		return errs.New("42809", "relation \"%s\" cannot have triggers", rel.Name).WithDetail("%s", notSupportedFor(rel.Kind))
	case s.Timing == ast.TriggerInsteadOf:
		return errs.New("42809", "\"%s\" is a table", rel.Name).WithDetail("Tables cannot have INSTEAD OF triggers.")
	}
	role := r.tx.Role()
	if r.snap().RelationRights(role, rel)&catalog.TriggerPrivilege == 0 {
		return errs.New("42501", "permission denied for %s %s", relWord(rel.Kind), rel.Name)
	}
	if s.Row && s.Events&ast.TriggerOnTruncate != 0 {
		return errs.New("0A000", "TRUNCATE FOR EACH ROW triggers are not supported")
	}
	if s.Timing == ast.TriggerInsteadOf {
		switch {
		case !s.Row:
			return errs.New("0A000", "INSTEAD OF triggers must be FOR EACH ROW")
		case s.When != nil:
			return errs.New("0A000", "INSTEAD OF triggers cannot have WHEN conditions")
		case len(s.Columns) > 0:
			return errs.New("0A000", "INSTEAD OF triggers cannot have column lists")
		}
	}
	if err := checkTransitions(s, rel); err != nil {
		return err
	}
	if s.When != nil {
		if err := r.checkWhen(s, rel); err != nil {
			return err
		}
	}
	fn, err := r.function(&ast.ObjectWithArgs{Name: s.Func}, ast.ObjectFunction)
	if err != nil {
		return err
	}
	if !r.snap().MayExecute(role, fn) {
		return errs.New("42501", "permission denied for function %s", fn.Name)
	}
	if fn.Returns != types.TriggerOID {
		return errs.New("42P17", "function %s must return type %s", quote(fn.Name), "trigger")
	}
	old := findTrigger(rel, s.Name)
	if old != nil && !s.Replace {
		return errs.New("42710", "trigger \"%s\" for relation \"%s\" already exists", s.Name, rel.Name)
	}
	if old != nil {
		if was := r.triggerTree(old); was != nil && was.Constraint {
			return errs.New("42710", "trigger \"%s\" for relation \"%s\" is a constraint trigger", s.Name, rel.Name)
		}
	}
	for i, name := range s.Columns {
		if rel.Column(name) == nil {
			return errs.New("42703", "column \"%s\" of relation \"%s\" does not exist", name, rel.Name)
		}
		if slices.Contains(s.Columns[:i], name) {
			return errs.New("42701", "column \"%s\" specified more than once", name)
		}
	}
	c := cloneRelation(rel)
	t := &catalog.Trigger{Name: s.Name, Function: fn.OID, Enabled: "O"}
	if old != nil {
		t.OID, t.Comment = old.OID, old.Comment
	} else {
		t.OID = r.edit.NewOID()
	}
	whole := *s
	whole.Replace = false
	whole.Relation = &ast.RangeVar{Pos: -1, Schema: rel.Schema, Name: rel.Name}
	whole.Func = []string{fn.Schema, fn.Name}
	if s.When != nil {
		whole.When = r.qualify(s.When).(ast.Expr)
	}
	t.SQL = print.Statement(&whole)
	putTrigger(c, t)
	r.edit.PutRelation(c)
	return nil
}

// notSupportedFor is the detail of an operation refused for a kind of relation.
func notSupportedFor(k catalog.RelKind) string {
	switch k {
	case catalog.MaterializedView:
		return "This operation is not supported for materialized views."
	case catalog.SequenceRel:
		return "This operation is not supported for sequences."
	case catalog.CompositeRel:
		return "This operation is not supported for composite types."
	}
	return "This operation is not supported for foreign tables."
}

// checkTransitions refuses what REFERENCING may not say.
func checkTransitions(s *ast.CreateTrigStmt, rel *catalog.Relation) error {
	names := map[bool]string{}
	for _, t := range s.Transitions {
		_, again := names[t.New]
		events := s.Events
		switch {
		case !t.Table:
			return errs.New("0A000", "ROW variable naming in the REFERENCING clause is not supported").
				WithHint("Use OLD TABLE or NEW TABLE for naming transition tables.")
		case rel.Kind == catalog.View:
			return errs.New("42809", "\"%s\" is a view", rel.Name).WithDetail("Triggers on views cannot have transition tables.")
		case rel.Kind == catalog.PartitionedTable && s.Row:
			return errs.New("42809", "\"%s\" is a partitioned table", rel.Name).
				WithDetail("Triggers on partitioned tables cannot have transition tables.")
		case s.Timing != ast.TriggerAfter:
			return errs.New("42P17", "transition table name can only be specified for an AFTER trigger")
		case events&ast.TriggerOnTruncate != 0:
			return errs.New("0A000", "TRUNCATE triggers with transition tables are not supported")
		case events != ast.TriggerOnInsert && events != ast.TriggerOnUpdate && events != ast.TriggerOnDelete:
			return errs.New("0A000", "transition tables cannot be specified for triggers with more than one event")
		case len(s.Columns) > 0:
			return errs.New("0A000", "transition tables cannot be specified for triggers with column lists")
		case t.New && events == ast.TriggerOnDelete:
			return errs.New("42P17", "NEW TABLE can only be specified for an INSERT or UPDATE trigger")
		case t.New && again:
			return errs.New("42P17", "NEW TABLE cannot be specified multiple times")
		case !t.New && events == ast.TriggerOnInsert:
			return errs.New("42P17", "OLD TABLE can only be specified for a DELETE or UPDATE trigger")
		case !t.New && again:
			return errs.New("42P17", "OLD TABLE cannot be specified multiple times")
		}
		names[t.New] = t.Name
	}
	if len(names) == 2 && names[true] == names[false] {
		return errs.New("42P17", "OLD TABLE name and NEW TABLE name cannot be the same")
	}
	return nil
}

// checkWhen refuses conditions that speak of rows the trigger has not.
func (r *run) checkWhen(s *ast.CreateTrigStmt, rel *catalog.Relation) error {
	var failed error
	ast.Walk(s.When, func(n ast.Node) bool {
		switch x := n.(type) {
		case *ast.SubLink:
			failed = r.at(x.Pos, errs.New("0A000", "cannot use subquery in trigger WHEN condition"))
		case *ast.ColumnRef:
			if len(x.Fields) == 0 || x.Fields[0] != "new" && x.Fields[0] != "old" {
				return true
			}
			problem := ""
			switch {
			case !s.Row:
				problem = "statement trigger's WHEN condition cannot reference column values"
			case x.Fields[0] == "old" && s.Events&ast.TriggerOnInsert != 0:
				problem = "INSERT trigger's WHEN condition cannot reference OLD values"
			case x.Fields[0] == "new" && s.Events&ast.TriggerOnDelete != 0:
				problem = "DELETE trigger's WHEN condition cannot reference NEW values"
			case x.Fields[0] == "new" && s.Timing == ast.TriggerBefore && len(x.Fields) > 1:
				if col := rel.Column(x.Fields[1]); col != nil && col.Generated != "" {
					failed = r.at(x.Pos, errs.New("42P17", "BEFORE trigger's WHEN condition cannot reference NEW generated columns").
						WithDetail("Column \"%s\" is a generated column.", col.Name))
				}
			}
			if problem != "" {
				failed = r.at(x.Pos, errs.New("42P17", "%s", problem))
			}
		}
		return failed == nil
	})
	if failed != nil {
		return failed
	}
	err := r.x.tools.CheckWhen(r.tx, rel, s.When, r.text)
	if e := errs.Of(err); e != nil && e.Code == "42804" {
		return r.at(s.When.Position(), e)
	}
	return err
}

// renameTrigger is ALTER TRIGGER ... RENAME TO.
func (r *run) renameTrigger(v *ast.RangeVar, old, name string) error {
	rel, err := r.relation(v)
	if err != nil {
		return err
	}
	if err := r.mustOwn(rel.Owner, relWord(rel.Kind), rel.Name); err != nil {
		return err
	}
	t := findTrigger(rel, old)
	if t == nil {
		return noTrigger(old, rel)
	}
	if findTrigger(rel, name) != nil {
		return errs.New("42710", "trigger \"%s\" for relation \"%s\" already exists", name, rel.Name)
	}
	return r.rewriteTrigger(rel, t, func(t *catalog.Trigger, s *ast.CreateTrigStmt) { t.Name, s.Name = name, name })
}

// rewriteTrigger changes a trigger and its text.
func (r *run) rewriteTrigger(rel *catalog.Relation, t *catalog.Trigger, change func(*catalog.Trigger, *ast.CreateTrigStmt)) error {
	stmt, err := r.x.tools.Cache.Statement(t.SQL)
	if err != nil {
		return err
	}
	s, ok := stmt.(*ast.CreateTrigStmt)
	if !ok {
		return errs.Internal("trigger "+t.Name, nil)
	}
	x, y := *t, *s
	change(&x, &y)
	x.SQL = print.Statement(&y)
	c := cloneRelation(rel)
	putTrigger(c, &x)
	r.edit.PutRelation(c)
	return nil
}

// enableTriggers is ALTER TABLE ... ENABLE and DISABLE TRIGGER; name "" is all.
func (r *run) enableTriggers(rel *catalog.Relation, name, enabled string) error {
	if name != "" && findTrigger(rel, name) == nil {
		return noTrigger(name, rel)
	}
	c := cloneRelation(rel)
	for _, t := range rel.Triggers {
		if name == "" || t.Name == name {
			x := *t
			x.Enabled = enabled
			putTrigger(c, &x)
		}
	}
	r.edit.PutRelation(c)
	return nil
}

// triggerTree is a trigger's statement, nil when it cannot be read.
func (r *run) triggerTree(t *catalog.Trigger) *ast.CreateTrigStmt {
	stmt, err := r.x.tools.Cache.Statement(t.SQL)
	if err != nil {
		return nil
	}
	s, _ := stmt.(*ast.CreateTrigStmt)
	return s
}

// rowColumn says whether a name in a WHEN condition is this column of NEW or OLD.
func rowColumn(c *ast.ColumnRef, column string) bool {
	return len(c.Fields) == 2 && (c.Fields[0] == "new" || c.Fields[0] == "old") && c.Fields[1] == column
}

// triggersUsing finds the triggers of a relation that name a column.
func (r *run) triggersUsing(rel *catalog.Relation, column string) []edge {
	var out []edge
	for _, t := range rel.Triggers {
		s := r.triggerTree(t)
		if s == nil {
			continue
		}
		used := slices.Contains(s.Columns, column)
		if s.When != nil {
			ast.Walk(s.When, func(n ast.Node) bool {
				c, ok := n.(*ast.ColumnRef)
				used = used || ok && rowColumn(c, column)
				return true
			})
		}
		if used {
			out = append(out, edge{object: object{kind: triggerObject, oid: rel.OID, part: t.OID}})
		}
	}
	return out
}

// renameInTriggers gives the triggers of a relation a column's new name.
func (r *run) renameInTriggers(rel *catalog.Relation, old, name string) {
	for i, t := range rel.Triggers {
		s := r.triggerTree(t)
		if s == nil {
			continue
		}
		x, y := *t, *s
		y.Columns = append([]string(nil), s.Columns...)
		for k, c := range y.Columns {
			if c == old {
				y.Columns[k] = name
			}
		}
		if s.When != nil {
			y.When = ast.Map(s.When, func(n ast.Node) ast.Node {
				c, ok := n.(*ast.ColumnRef)
				if !ok || !rowColumn(c, old) {
					return n
				}
				z := *c
				z.Fields = []string{c.Fields[0], name}
				return &z
			}).(ast.Expr)
		}
		x.SQL = print.Statement(&y)
		if i == 0 {
			rel.Triggers = slices.Clone(rel.Triggers)
		}
		rel.Triggers[i] = &x
	}
}
