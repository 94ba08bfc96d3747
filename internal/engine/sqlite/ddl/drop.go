package ddl

import (
	"slices"
	"strings"

	"github.com/basement-project/basement/internal/catalog"
	"github.com/basement-project/basement/internal/engine/sqlite/layout"
	"github.com/basement-project/basement/internal/errs"
	"github.com/basement-project/basement/internal/sql/ast"
	"github.com/basement-project/basement/internal/sql/types"
)

func (r *run) drop(s *ast.DropStmt) error {
	var targets []object
	for _, o := range s.Objects {
		t, err := r.dropTarget(s, o)
		if err != nil {
			return err
		}
		if t != nil {
			targets = append(targets, *t)
		}
	}
	if len(targets) == 0 {
		return nil
	}
	return r.remove(targets, s.Cascade)
}

// skipped is the notice of what IF EXISTS or IF NOT EXISTS leaves alone.
func (r *run) skipped(format string, args ...any) error {
	r.notice("NOTICE", errs.New("00000", format+", skipping", args...))
	return nil
}

// missing is an error, or with IF EXISTS a notice.
func (r *run) missing(s *ast.DropStmt, e *errs.Error) error {
	if s.MissingOK {
		text := e.Message
		if s.Kind == ast.ObjectTrigger || s.Kind == ast.ObjectPolicy {
			text = strings.Replace(text, " for table ", " for relation ", 1)
		}
		return r.skipped("%s", text)
	}
	return e
}

func (r *run) dropTarget(s *ast.DropStmt, o *ast.ObjectRef) (*object, error) {
	switch s.Kind {
	case ast.ObjectTable, ast.ObjectView, ast.ObjectIndex, ast.ObjectSequence, ast.ObjectMaterializedView, ast.ObjectForeignTable:
		return r.dropClass(s, o)
	case ast.ObjectSchema:
		name := o.Names[len(o.Names)-1]
		sc := r.snap().Schema(name)
		if sc == nil {
			return nil, r.missing(s, errs.New("3F000", "schema \"%s\" does not exist", name))
		}
		if err := r.mustOwn(sc.Owner, "schema", name); err != nil {
			return nil, err
		}
		if name == "pg_catalog" {
			return nil, errs.New("2BP01", "cannot drop schema %s because it is required by the database system", name)
		}
		if err := r.dropSearchOf(s, sc); err != nil {
			return nil, err
		}
		return &object{kind: schemaObject, oid: sc.OID}, nil
	case ast.ObjectDataType, ast.ObjectDomain:
		return r.dropType(s, o)
	case ast.ObjectPolicy:
		rel, err := r.relation(rangeVar(o.On))
		if err != nil {
			if e := errs.Of(err); e != nil && (e.Code == "42P01" || e.Code == "3F000") {
				e.Position = 0
				return nil, r.missing(s, e)
			}
			return nil, err
		}
		name := o.Names[len(o.Names)-1]
		p := findPolicy(rel, name)
		if p == nil {
			return nil, r.missing(s, errs.New("42704", "policy \"%s\" for table \"%s\" does not exist", name, rel.Name))
		}
		if err := r.mustOwn(rel.Owner, relWord(rel.Kind), rel.Name); err != nil {
			return nil, err
		}
		return &object{kind: policyObject, oid: rel.OID, part: p.OID}, nil
	case ast.ObjectTrigger, ast.ObjectRule:
		rel, err := r.relation(rangeVar(o.On))
		word := strings.ToLower(kindNames[s.Kind])
		if err != nil {
			if e := errs.Of(err); e != nil && (e.Code == "42P01" || e.Code == "3F000") {
				e.Position = 0
				return nil, r.missing(s, e)
			}
			return nil, err
		}
		if t := findTrigger(rel, o.Names[len(o.Names)-1]); t != nil && s.Kind == ast.ObjectTrigger {
			if err := r.mustOwn(rel.Owner, "relation", rel.Name); err != nil {
				return nil, err
			}
			if t.Parent != 0 {
				parent := r.snap().RelationByOID(rel.Parent)
				return nil, errs.New("2BP01", "cannot drop trigger %s on table %s because trigger %s on table %s requires it", quote(t.Name),
					r.qualified(rel.Schema, rel.Name), quote(t.Name), r.qualified(parent.Schema, parent.Name)).
					WithHint("You can drop trigger %s on table %s instead.", quote(t.Name), r.qualified(parent.Schema, parent.Name))
			}
			return &object{kind: triggerObject, oid: rel.OID, part: t.OID}, nil
		}
		preposition := "table"
		if s.Kind == ast.ObjectRule {
			return nil, r.missing(s, errs.New("42704", "rule \"%s\" for relation \"%s\" does not exist", o.Names[0], rel.Name))
		}
		return nil, r.missing(s, errs.New("42704", "%s \"%s\" for %s \"%s\" does not exist", word, o.Names[0], preposition, rel.Name))
	case ast.ObjectFunction, ast.ObjectProcedure, ast.ObjectRoutine, ast.ObjectAggregate:
		f, err := r.function(o.Func, s.Kind)
		if err != nil {
			if e := errs.Of(err); e != nil && (e.Code == "42883" || e.Code == "3F000" || e.Code == "42704") {
				if e.Code == "42883" && s.MissingOK {
					return nil, r.skipped("%s %s(%s) does not exist", strings.ToLower(kindNames[s.Kind]), strings.Join(o.Func.Name, "."), writtenTypes(o.Func))
				}
				return nil, r.missing(s, e)
			}
			return nil, err
		}
		if err := r.mustOwn(f.Owner, "function", f.Name); err != nil {
			return nil, err
		}
		if f.Schema == "pg_catalog" || r.snap().Base.FunctionByOID(f.OID) != nil {
			return nil, errs.New("2BP01", "cannot drop function %s because it is required by the database system", r.signature(f))
		}
		if err := r.notMember(f.Extension, "function "+r.signature(f)); err != nil {
			return nil, err
		}
		return &object{kind: functionObject, oid: f.OID}, nil
	case ast.ObjectExtension:
		x := r.extensionNamed(o.Names[0])
		if x == nil {
			return nil, r.missing(s, errs.New("42704", "extension \"%s\" does not exist", o.Names[0]))
		}
		if _, err := r.ownExtension(x.Name); err != nil {
			return nil, err
		}
		return &object{kind: extensionObject, oid: x.OID}, nil
	case ast.ObjectPublication:
		name := o.Names[0]
		for i, x := range r.snap().Publications {
			if x.Name == name {
				list := append([]*catalog.Publication(nil), r.snap().Publications[:i]...)
				r.edit.SetPublications(append(list, r.snap().Publications[i+1:]...))
				return nil, nil
			}
		}
		return nil, r.missing(s, errs.New("42704", "publication \"%s\" does not exist", name))
	case ast.ObjectOperator:
		return r.dropOperator(s, o)
	case ast.ObjectCast:
		return r.dropCast(s, o)
	case ast.ObjectEventTrigger:
		_, t, err := r.eventTrigger(o.Names[0])
		if err != nil {
			return nil, r.missing(s, errs.Of(err))
		}
		if err := r.mustOwn(t.Owner, "event trigger", t.Name); err != nil {
			return nil, err
		}
		return &object{kind: eventTriggerObject, oid: t.OID}, nil
	case ast.ObjectTSConfiguration, ast.ObjectTSDictionary:
		return nil, r.dropSearch(s, o)
	case ast.ObjectCollation:
		name := strings.Join(o.Names, ".")
		if !s.MissingOK && (types.ByBytes(o.Names[len(o.Names)-1]) || types.ICU(o.Names[len(o.Names)-1])) {
			return nil, errs.New("2BP01", "cannot drop collation \"%s\" because it is required by the database system", name)
		}
		if s.MissingOK {
			return nil, r.missing(s, errs.New("42704", "collation \"%s\" does not exist", name))
		}
		return nil, errs.New("42704", "collation \"%s\" for encoding \"UTF8\" does not exist", name)
	case ast.ObjectStatistics:
		return nil, r.dropStatistics(s, o)
	case ast.ObjectForeignServer, ast.ObjectForeignDataWrapper:
		if s.MissingOK {
			return nil, nil
		}
		return nil, errs.New("42704", "%s \"%s\" does not exist", strings.ToLower(kindNames[s.Kind]), strings.Join(o.Names, "."))
	}
	return nil, r.unsupported(s.Pos, "DROP "+kindNames[s.Kind], "")
}

// writtenTypes are the argument types of a function's name as they were written.
func writtenTypes(f *ast.ObjectWithArgs) string {
	if f.Star {
		return "*"
	}
	var out []string
	for _, p := range f.Params {
		if p.Type != nil && p.Mode != ast.ParamOut {
			out = append(out, strings.Join(p.Type.Names, "."))
		}
	}
	return strings.Join(out, ", ")
}

func (r *run) dropClass(s *ast.DropStmt, o *ast.ObjectRef) (*object, error) {
	v := namesVar(o.Names, o.Pos)
	word := strings.ToLower(kindNames[s.Kind])
	c, err := r.class(v)
	if err != nil {
		if e := errs.Of(err); e != nil && e.Code == "3F000" {
			e.Position = 0
			return nil, r.missing(s, e)
		}
		return nil, err
	}
	if !c.found() {
		code := "42P01"
		if s.Kind == ast.ObjectIndex {
			code = "42704"
		}
		return nil, r.missing(s, errs.New(code, "%s \"%s\" does not exist", word, v.Name))
	}
	if c.word() != word {
		article := "a"
		if s.Kind == ast.ObjectIndex {
			article = "an"
		}
		return nil, errs.New("42809", "\"%s\" is not %s %s", v.Name, article, word).
			WithHint("Use DROP %s to remove %s %s.", strings.ToUpper(c.word()), articleOf(c.word()), c.word())
	}
	if err := r.mustOwn(c.owner(), c.word(), c.name()); err != nil {
		return nil, err
	}
	switch {
	case c.index != nil:
		for _, t := range r.snap().Relations {
			for _, x := range t.Indexes {
				if c.index.Parent != 0 && x.OID == c.index.Parent {
					name := r.qualified(t.Schema, x.Name)
					return nil, errs.New("2BP01", "cannot drop index %s because index %s requires it", r.qualified(c.rel.Schema, c.index.Name), name).
						WithHint("You can drop index %s instead.", name)
				}
			}
		}
		for _, k := range c.rel.Constraints {
			if k.Index == c.index.OID && k.Kind != catalog.ForeignKey {
				return nil, errs.New("2BP01", "cannot drop index %s because constraint %s on table %s requires it", c.index.Name, k.Name, r.qualified(c.rel.Schema, c.rel.Name)).
					WithHint("You can drop constraint %s on table %s instead.", k.Name, r.qualified(c.rel.Schema, c.rel.Name))
			}
		}
		return &object{kind: indexObject, oid: c.rel.OID, part: c.index.OID}, nil
	case c.seq != nil:
		if rel := r.snap().RelationByOID(c.seq.OwnedBy); rel != nil {
			if col := rel.ColumnByNum(c.seq.OwnedByCol); col != nil && col.Identity != "" && col.Sequence == c.seq.OID {
				return nil, errs.New("2BP01", "cannot drop sequence %s because column %s of table %s requires it", r.qualified(c.seq.Schema, c.seq.Name), col.Name, r.qualified(rel.Schema, rel.Name)).
					WithHint("You can drop column %s of table %s instead.", col.Name, r.qualified(rel.Schema, rel.Name))
			}
		}
		return &object{kind: sequenceObject, oid: c.seq.OID}, nil
	}
	return &object{kind: relationObject, oid: c.rel.OID}, nil
}

func articleOf(word string) string {
	if strings.HasPrefix(word, "index") {
		return "an"
	}
	return "a"
}

func (r *run) dropType(s *ast.DropStmt, o *ast.ObjectRef) (*object, error) {
	n := &ast.AnyName{Pos: o.Pos, Parts: o.Names}
	if o.Type != nil {
		n.Parts = o.Type.Names
	}
	t, err := r.typeNamed(n)
	if err != nil {
		if e := errs.Of(err); e != nil && (e.Code == "42704" || e.Code == "3F000") {
			e.Position = 0
			return nil, r.missing(s, e)
		}
		return nil, err
	}
	if s.Kind == ast.ObjectDomain && t.Kind != types.DomainType {
		return nil, errs.New("42809", "%s is not a domain", r.typeText(t))
	}
	if types.ByOID(t.OID) != nil {
		return nil, errs.New("2BP01", "cannot drop type %s because it is required by the database system", r.typeText(t))
	}
	u := r.snap().UserType(t.OID)
	if err := r.mustOwn(u.Owner, "type", t.Name); err != nil {
		return nil, err
	}
	if err := r.notMember(u.Extension, "type "+r.typeText(t)); err != nil {
		return nil, err
	}
	if rel := r.snap().RelationOfRowType(t.OID); rel != nil {
		return nil, errs.New("2BP01", "cannot drop type %s because table %s requires it", r.typeText(t), r.qualified(rel.Schema, rel.Name)).
			WithHint("You can drop table %s instead.", r.qualified(rel.Schema, rel.Name))
	}
	if t.Kind == types.MultirangeType {
		return nil, errs.New("2BP01", "cannot drop type %s because type %s requires it", r.typeText(t), r.typeText(t.Range)).
			WithHint("You can drop type %s instead.", r.typeText(t.Range))
	}
	if t.Kind == types.ArrayType {
		return nil, errs.New("2BP01", "cannot drop type %s because type %s requires it", r.typeText(t), r.typeText(t.Elem)).
			WithHint("You can drop type %s instead.", r.typeText(t.Elem))
	}
	return &object{kind: typeObject, oid: t.OID}, nil
}

// removeOne drops one object from the catalog and the file; what depends on it is gone already.
func (r *run) removeOne(o object) error {
	snap := r.snap()
	switch o.kind {
	case schemaObject:
		r.edit.DropSchema(o.oid)
		return nil
	case functionObject:
		r.edit.DropFunction(o.oid)
		return nil
	case eventTriggerObject:
		r.removeEventTrigger(o.oid)
		return nil
	case extensionObject:
		r.removeExtension(o.oid)
		return nil
	case operatorObject:
		r.edit.DropOperator(o.oid)
		return nil
	case castObject:
		r.edit.DropCast(o.oid)
		return nil
	case typeObject:
		r.edit.DropType(o.oid)
		return nil
	case sequenceObject:
		r.edit.DropSequence(o.oid)
		r.tx.DropSequence(o.oid)
		return nil
	case domainCheckObject:
		u := *snap.UserType(o.oid)
		u.Checks = without(u.Checks, func(c *catalog.Constraint) bool { return c.OID == o.part })
		r.edit.PutType(&u)
		return nil
	}
	rel := snap.RelationByOID(o.oid)
	if rel == nil {
		return nil
	}
	if o.kind == relationObject {
		return r.removeRelation(rel)
	}
	c := cloneRelation(rel)
	switch o.kind {
	case policyObject:
		c.Policies = without(c.Policies, func(p *catalog.Policy) bool { return p.OID == o.part })
	case triggerObject:
		c.Triggers = without(c.Triggers, func(t *catalog.Trigger) bool { return t.OID == o.part })
	case indexObject:
		for _, x := range rel.Indexes {
			if x.OID == o.part {
				if err := r.dropIndexFile(rel, x); err != nil {
					return err
				}
			}
		}
		c.Indexes = without(c.Indexes, func(x *catalog.Index) bool { return x.OID == o.part })
	case constraintObject:
		for _, k := range rel.Constraints {
			if k.OID != o.part || k.Kind != catalog.PrimaryKey && k.Kind != catalog.Unique && k.Kind != catalog.Exclusion {
				continue
			}
			for _, x := range rel.Indexes {
				if x.OID == k.Index {
					if err := r.dropIndexFile(rel, x); err != nil {
						return err
					}
				}
			}
			c.Indexes = without(c.Indexes, func(x *catalog.Index) bool { return x.OID == k.Index })
		}
		c.Constraints = without(c.Constraints, func(k *catalog.Constraint) bool { return k.OID == o.part })
	case defaultObject:
		c.ColumnByNum(o.sub).Default = ""
	case columnObject:
		return r.removeColumn(c, o.sub)
	}
	r.edit.PutRelation(c)
	return nil
}

func without[T any](list []*T, gone func(*T) bool) []*T {
	var out []*T
	for _, x := range list {
		if !gone(x) {
			out = append(out, x)
		}
	}
	return out
}

func (r *run) removeRelation(rel *catalog.Relation) error {
	for _, x := range rel.Indexes {
		if x.Terms != nil {
			if err := r.dropTerms(x); err != nil {
				return err
			}
		}
	}
	switch {
	case rel.Kind == catalog.View:
	case rel.IsPartition:
		if r.snap().RelationByOID(rel.Parent) == nil || rel.Partitioning != nil {
			break // gone with its table, or with its own partitions
		}
		for _, x := range rel.Indexes {
			if err := r.dropIndexFile(rel, x); err != nil {
				return err
			}
		}
		if err := r.tx.Conn.ExecScript("DELETE FROM " + layout.QuotedTable(rel) + " WHERE " + layout.Within(rel)); err != nil {
			return err
		}
	default:
		err := r.tx.Conn.ExecScript("DROP TABLE " + layout.QuotedTable(rel))
		if e := errs.Of(err); e != nil && e.Code == "55P03" && rel.Schema == catalog.TempSchema {
			// A query that is running reads something, and SQLite drops no table then: the name is free all the same.
			r.tx.Left = append(r.tx.Left, layout.QuotedTable(rel))
			err = nil
		}
		if err != nil {
			return err
		}
	}
	r.edit.DropRelation(rel.OID)
	if rel.IsPartition {
		r.refreshLeaves(r.snap().RelationByOID(rel.Parent))
	}
	if t := r.snap().TypeByOID(rel.RowType); t != nil {
		r.edit.DropType(t.Array)
		r.edit.DropType(t.OID)
	}
	var pubs []*catalog.Publication
	changed := false
	for _, p := range r.snap().Publications {
		y := *p
		y.Tables = nil
		for _, t := range p.Tables {
			if t != rel.OID {
				y.Tables = append(y.Tables, t)
			}
		}
		changed = changed || len(y.Tables) != len(p.Tables)
		pubs = append(pubs, &y)
	}
	if changed {
		r.edit.SetPublications(pubs)
	}
	return nil
}

// removeColumn drops a column whose indexes and constraints are gone already.
func (r *run) removeColumn(c *catalog.Relation, num int32) error {
	col := c.ColumnByNum(num)
	if col == nil {
		return nil
	}
	r.unpinColumn(c, slices.Index(c.Columns, col))
	c.LastColumn = maxColumn(c)
	c.Statistics = without(c.Statistics, func(st *catalog.Statistics) bool { return slices.Contains(st.Columns, num) })
	c.Columns = without(c.Columns, func(x *catalog.Column) bool { return x.Num == num })
	if c.IsTable() {
		bare, err := r.tx.Conn.QueryRow("SELECT 1 FROM pragma_table_info(?1) WHERE name = '%'", types.Text(layout.TableOf(c)))
		if err != nil {
			return err
		}
		if len(c.Columns) == 0 && bare == nil {
			if err := r.tx.Conn.ExecScript("ALTER TABLE " + layout.QuotedTable(c) + " ADD COLUMN " + layout.Quote("%")); err != nil {
				return err
			}
		}
		if err := r.tx.Conn.ExecScript("ALTER TABLE " + layout.QuotedTable(c) + " DROP COLUMN " + layout.QuotedColumn(col.Name)); err != nil {
			return err
		}
	}
	r.edit.PutRelation(c)
	return nil
}
