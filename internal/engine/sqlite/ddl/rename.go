package ddl

import (
	"strings"

	"github.com/basement-project/basement/internal/catalog"
	"github.com/basement-project/basement/internal/engine/sqlite/layout"
	"github.com/basement-project/basement/internal/errs"
	"github.com/basement-project/basement/internal/sql/ast"
	"github.com/basement-project/basement/internal/sql/types"
)

func (r *run) rename(s *ast.RenameStmt) error {
	if len(s.NewName) > maxName {
		s.NewName = clip(s.NewName, maxName)
	}
	switch s.Subject {
	case ast.ObjectColumn, ast.ObjectTableConstraint:
		rel, err := r.relation(s.Relation)
		if err != nil {
			if e := errs.Of(err); s.MissingOK && e != nil && (e.Code == "42P01" || e.Code == "3F000") {
				return r.skipped("relation \"%s\" does not exist", s.Relation.Name)
			}
			return err
		}
		if err := r.mustOwn(rel.Owner, relWord(rel.Kind), rel.Name); err != nil {
			return err
		}
		if s.Subject == ast.ObjectColumn {
			return r.renameColumn(rel, s.Subname, s.NewName)
		}
		return r.renameConstraint(rel, s.Subname, s.NewName)
	case ast.ObjectTable, ast.ObjectView, ast.ObjectIndex, ast.ObjectSequence, ast.ObjectMaterializedView:
		return r.renameClass(s)
	case ast.ObjectSchema:
		return r.renameSchema(s)
	case ast.ObjectDataType, ast.ObjectDomain:
		return r.renameType(s)
	case ast.ObjectAttribute:
		t, err := r.typeNamed(&ast.AnyName{Parts: s.Object.Names})
		if err != nil {
			return err
		}
		fields := append([]types.Field(nil), t.Fields...)
		for i, f := range fields {
			if f.Name == s.Subname {
				fields[i].Name = s.NewName
				r.changeType(t, func(t *types.Type, _ *catalog.UserType) { t.Fields = fields })
				return nil
			}
		}
		return errs.New("42703", "column \"%s\" does not exist", s.Subname)
	case ast.ObjectDomainConstraint:
		names := s.Object.Names
		if s.Object.On != nil {
			names = s.Object.On.Parts
		}
		t, err := r.typeNamed(&ast.AnyName{Parts: names})
		if err != nil {
			return err
		}
		u := *r.snap().UserType(t.OID)
		u.Checks = append([]*catalog.Constraint(nil), u.Checks...)
		for i, c := range u.Checks {
			if c.Name == s.Subname {
				y := *c
				y.Name = s.NewName
				u.Checks[i] = &y
				r.edit.PutType(&u)
				return nil
			}
		}
		return errs.New("42704", "constraint \"%s\" for domain %s does not exist", s.Subname, r.typeText(t))
	case ast.ObjectStatistics:
		return r.renameStatistics(s.Object.Names, s.NewName)
	case ast.ObjectTrigger:
		v, old := s.Relation, s.Subname
		if v == nil {
			v = rangeVar(s.Object.On)
		}
		if old == "" && s.Object != nil {
			old = s.Object.Names[len(s.Object.Names)-1]
		}
		return r.renameTrigger(v, old, s.NewName)
	case ast.ObjectPolicy:
		v := s.Relation
		if v == nil {
			v = rangeVar(s.Object.On)
		}
		rel, err := r.policyTable(v)
		if err != nil {
			if e := errs.Of(err); s.MissingOK && e != nil && e.Code == "42P01" {
				return nil
			}
			return err
		}
		old := s.Subname
		if old == "" && s.Object != nil {
			old = s.Object.Names[len(s.Object.Names)-1]
		}
		p := findPolicy(rel, old)
		if p == nil {
			return errs.New("42704", "policy \"%s\" for table \"%s\" does not exist", old, rel.Name)
		}
		if findPolicy(rel, s.NewName) != nil {
			return errs.New("42710", "policy \"%s\" for table \"%s\" already exists", s.NewName, rel.Name)
		}
		p.Name = s.NewName
		r.edit.PutRelation(rel)
		return nil
	case ast.ObjectFunction, ast.ObjectProcedure, ast.ObjectRoutine, ast.ObjectAggregate:
		f, err := r.function(s.Object.Func, s.Subject)
		if err != nil {
			return err
		}
		if err := r.mustOwn(f.Owner, "function", f.Name); err != nil {
			return err
		}
		x := *f
		x.Name = s.NewName
		if r.sameFunction(x.Schema, &x) != nil {
			return errs.New("42723", "function %s already exists in schema \"%s\"", r.signature(&x), x.Schema)
		}
		r.renameTexts(func(n ast.Node) ast.Node {
			if c, ok := n.(*ast.FuncCall); ok && len(c.Name) == 2 && c.Name[0] == f.Schema && c.Name[1] == f.Name {
				c.Name = []string{f.Schema, s.NewName}
			}
			return n
		})
		r.putFunction(&x)
		return nil
	case ast.ObjectEventTrigger:
		return r.renameEventTrigger(s.Object.Names[0], s.NewName)
	case ast.ObjectRole:
		return r.renameRole(s)
	case ast.ObjectPublication:
		list := append([]*catalog.Publication(nil), r.snap().Publications...)
		for i, p := range list {
			if p.Name == s.Object.Names[0] {
				y := *p
				y.Name = s.NewName
				list[i] = &y
				r.edit.SetPublications(list)
				return nil
			}
		}
		return errs.New("42704", "publication \"%s\" does not exist", s.Object.Names[0])
	}
	if k := s.Subject; k == ast.ObjectTSConfiguration || k == ast.ObjectTSDictionary {
		return r.changeSearch(s.Object, func(x *catalog.SearchConfig) { x.Name = s.NewName })
	}
	return r.unsupported(s.Pos, "this form of RENAME", "")
}

func (r *run) renameClass(s *ast.RenameStmt) error {
	c, err := r.class(s.Relation)
	if err != nil {
		if e := errs.Of(err); s.MissingOK && e != nil && e.Code == "3F000" {
			return r.skipped("relation \"%s\" does not exist", s.Relation.Name)
		}
		return err
	}
	if !c.found() {
		if s.MissingOK {
			return r.skipped("relation \"%s\" does not exist", s.Relation.Name)
		}
		return errs.New("42P01", "relation \"%s\" does not exist", written(s.Relation))
	}
	if want := renameWords[s.Subject]; want != "" && c.word() != want {
		article := "a"
		if want == "index" {
			article = "an"
		}
		return errs.New("42809", "\"%s\" is not %s %s", c.name(), article, want)
	}
	if err := r.mustOwn(c.owner(), c.word(), c.name()); err != nil {
		return err
	}
	schema := c.schema()
	if classIn(r.snap(), schema, s.NewName).found() {
		return errs.New("42P07", "relation \"%s\" already exists", s.NewName)
	}
	switch {
	case c.index != nil:
		return r.renameIndex(c.rel, c.index, s.NewName)
	case c.seq != nil:
		x := *c.seq
		x.Name = s.NewName
		r.edit.PutSequence(&x)
		r.renameClassTexts(schema, c.seq.Name, schema, s.NewName)
		return nil
	}
	if t := r.snap().Type(schema, s.NewName); t != nil {
		if t.Kind != types.ArrayType {
			return errs.New("42710", "type \"%s\" already exists", s.NewName)
		}
	}
	return r.moveRelation(c.rel, schema, s.NewName)
}

// renameWords are what ALTER kind ... RENAME insists on; ALTER TABLE takes them all.
var renameWords = map[ast.ObjectType]string{ast.ObjectView: "view", ast.ObjectIndex: "index", ast.ObjectSequence: "sequence",
	ast.ObjectMaterializedView: "materialized view"}

func (r *run) renameIndex(rel *catalog.Relation, x *catalog.Index, name string) error {
	if err := r.renameIndexFile(rel, x, name); err != nil {
		return err
	}
	c := cloneRelation(rel)
	for _, y := range c.Indexes {
		if y.OID == x.OID {
			y.Name = name
		}
	}
	for _, k := range c.Constraints {
		if k.Index == x.OID && k.Kind != catalog.ForeignKey {
			k.Name = name
		}
	}
	r.edit.PutRelation(c)
	return nil
}

// moveRelation gives a table or view another name or schema, in the file and in every text that names it.
func (r *run) moveRelation(rel *catalog.Relation, schema, name string) error {
	c := cloneRelation(rel)
	c.Schema, c.Name = schema, name
	for _, x := range rel.Indexes {
		if layout.Index(rel, x) == layout.Index(c, x) && rel.Store != "" {
			continue
		}
		if err := r.dropIndexFile(rel, x); err != nil {
			return err
		}
	}
	if rel.Kind != catalog.View && rel.Store == "" {
		if err := r.tx.Conn.ExecScript("ALTER TABLE " + layout.QuotedTable(rel) + " RENAME TO " + layout.QuotedTable(c)); err != nil {
			return err
		}
	}
	r.edit.PutRelation(c)
	if t := r.snap().TypeByOID(rel.RowType); t != nil {
		r.moveType(t, schema, name)
	}
	r.renameClassTexts(rel.Schema, rel.Name, schema, name)
	for _, q := range r.snap().Sequences {
		if q.OwnedBy == rel.OID && q.Schema == rel.Schema && schema != rel.Schema {
			y := *q
			y.Schema = schema
			r.edit.PutSequence(&y)
			r.renameClassTexts(q.Schema, q.Name, schema, q.Name)
		}
	}
	now := r.snap().RelationByOID(rel.OID)
	for _, x := range now.Indexes {
		if layout.Index(rel, x) == layout.Index(now, x) && rel.Store != "" {
			continue
		}
		if err := r.rebuildIndex(now, x); err != nil {
			return err
		}
	}
	return nil
}

// moveType renames a type and its array type.
func (r *run) moveType(t *types.Type, schema, name string) {
	arr := r.snap().TypeByOID(t.Array)
	oldSchema, oldName := t.Schema, t.Name
	r.changeType(t, func(t *types.Type, _ *catalog.UserType) { t.Schema, t.Name = schema, name })
	if arr != nil {
		r.changeType(arr, func(a *types.Type, _ *catalog.UserType) { a.Schema, a.Name = schema, r.arrayName(schema, name) })
	}
	r.renameTexts(func(n ast.Node) ast.Node {
		if x, ok := n.(*ast.TypeName); ok && len(x.Names) == 2 && x.Names[0] == oldSchema && x.Names[1] == oldName {
			x.Names = []string{schema, name}
		}
		return n
	})
}

// renameClassTexts changes the name of a relation or sequence in every stored text.
func (r *run) renameClassTexts(schema, name, newSchema, newName string) {
	oldText := quote(schema) + "." + quote(name)
	newText := quote(newSchema) + "." + quote(newName)
	r.renameTexts(func(n ast.Node) ast.Node {
		switch x := n.(type) {
		case *ast.RangeVar:
			if x.Schema == schema && x.Name == name {
				if x.Alias == nil {
					x.Alias = &ast.Alias{Pos: -1, Name: name}
				}
				x.Schema, x.Name = newSchema, newName
			}
		case *ast.AConst:
			if x.Kind == ast.ConstString && x.Text == oldText {
				x.Text = newText
			}
		}
		return n
	})
}

func (r *run) renameConstraint(rel *catalog.Relation, old, name string) error {
	con := findConstraint(rel, old)
	if con == nil {
		return errs.New("42704", "constraint \"%s\" for table \"%s\" does not exist", old, rel.Name)
	}
	if err := r.constraintTaken(rel, name); err != nil {
		return err
	}
	if con.Parent != 0 && con.Kind == catalog.Check {
		return errs.New("42P16", "cannot rename inherited constraint \"%s\"", old)
	}
	if con.Kind == catalog.PrimaryKey || con.Kind == catalog.Unique || con.Kind == catalog.Exclusion {
		if classIn(r.snap(), rel.Schema, name).found() {
			return errs.New("42P07", "relation \"%s\" already exists", name)
		}
		for _, x := range rel.Indexes {
			if x.OID == con.Index {
				return r.renameIndex(rel, x, name)
			}
		}
	}
	c := cloneRelation(rel)
	findConstraint(c, old).Name = name
	r.edit.PutRelation(c)
	return nil
}

func (r *run) renameColumn(rel *catalog.Relation, old, name string) error {
	if err := notTyped(rel, "rename column of"); err != nil {
		return err
	}
	col := rel.Column(old)
	if col == nil {
		if systemColumns[old] {
			return errs.New("0A000", "cannot rename system column \"%s\"", old)
		}
		return errs.New("42703", "column \"%s\" does not exist", old)
	}
	if rel.Column(name) != nil {
		return errs.New("42701", "column \"%s\" of relation \"%s\" already exists", name, rel.Name)
	}
	if systemColumns[name] {
		return errs.New("42701", "column name \"%s\" conflicts with a system column name", name)
	}
	if rel.IsPartition {
		return errs.New("42P16", "cannot rename inherited column \"%s\"", old)
	}
	// The texts are rewritten while the old name can still be looked up.
	r.renameColumnTexts(rel, old, name)
	rel = r.snap().RelationByOID(rel.OID)
	c := cloneRelation(rel)
	c.Column(old).Name = name
	r.renameInTriggers(c, old, name)
	if rel.Kind != catalog.View {
		for _, x := range rel.Indexes {
			if x.Where != "" || hasExpressions(x) {
				if err := r.dropIndexFile(rel, x); err != nil {
					return err
				}
			}
		}
		if err := r.tx.Conn.ExecScript("ALTER TABLE " + layout.QuotedTable(rel) + " RENAME COLUMN " + layout.QuotedColumn(old) + " TO " + layout.QuotedColumn(name)); err != nil {
			return err
		}
	}
	r.edit.PutRelation(c)
	now := r.snap().RelationByOID(rel.OID)
	for _, x := range now.Indexes {
		if x.Where != "" || hasExpressions(x) {
			if err := r.rebuildIndex(now, x); err != nil {
				return err
			}
		}
	}
	return nil
}

func hasExpressions(x *catalog.Index) bool {
	if x.Terms != nil {
		return true
	}
	for _, k := range x.Keys {
		if k.Expr != "" {
			return true
		}
	}
	return false
}

func (r *run) renameSchema(s *ast.RenameStmt) error {
	old := s.Object.Names[len(s.Object.Names)-1]
	sc := r.snap().Schema(old)
	if sc == nil {
		return errs.New("3F000", "schema \"%s\" does not exist", old)
	}
	if err := r.mustOwn(sc.Owner, "schema", old); err != nil {
		return err
	}
	if r.snap().Schema(s.NewName) != nil {
		return errs.New("42P06", "schema \"%s\" already exists", s.NewName)
	}
	if strings.HasPrefix(s.NewName, "pg_") {
		return errs.New("42939", "unacceptable schema name \"%s\"", s.NewName).WithDetail("The prefix \"pg_\" is reserved for system schemas.")
	}
	y := *sc
	y.Name = s.NewName
	r.edit.PutSchema(&y)
	return r.moveSchema(old, s.NewName)
}

// moveSchema moves everything of one schema to another name.
func (r *run) moveSchema(old, name string) error {
	snap := r.snap()
	for _, f := range snap.Functions {
		if f.Schema == old {
			y := *f
			y.Schema = name
			r.putFunction(&y)
			r.renameTexts(func(n ast.Node) ast.Node {
				if c, ok := n.(*ast.FuncCall); ok && len(c.Name) == 2 && c.Name[0] == old {
					c.Name = []string{name, c.Name[1]}
				}
				return n
			})
		}
	}
	for _, u := range snap.Types {
		if u.Type.Schema == old && u.Type.Kind != types.ArrayType && snap.RelationOfRowType(u.Type.OID) == nil {
			r.moveType(r.snap().TypeByOID(u.Type.OID), name, u.Type.Name)
		}
	}
	for _, q := range snap.Sequences {
		if q.Schema == old && q.OwnedBy == 0 {
			y := *q
			y.Schema = name
			r.edit.PutSequence(&y)
			r.renameClassTexts(old, q.Name, name, q.Name)
		}
	}
	for _, rel := range snap.Relations {
		if rel.Schema == old {
			if err := r.moveRelation(r.snap().RelationByOID(rel.OID), name, rel.Name); err != nil {
				return err
			}
		}
	}
	return nil
}

func (r *run) renameType(s *ast.RenameStmt) error {
	n := &ast.AnyName{Parts: s.Object.Names}
	if s.Object.Type != nil {
		n.Parts = s.Object.Type.Names
	}
	t, err := r.typeNamed(n)
	if err != nil {
		return err
	}
	u := r.snap().UserType(t.OID)
	if u == nil || types.ByOID(t.OID) != nil {
		return errs.New("42501", "must be owner of type %s", r.typeText(t))
	}
	if err := r.mustOwn(u.Owner, "type", t.Name); err != nil {
		return err
	}
	if r.snap().RelationOfRowType(t.OID) != nil {
		return errs.New("42809", "%s is a table's row type", r.typeText(t)).WithHint("Use ALTER TABLE instead.")
	}
	if r.snap().Type(t.Schema, s.NewName) != nil {
		return errs.New("42710", "type \"%s\" already exists", s.NewName)
	}
	r.moveType(t, t.Schema, s.NewName)
	return nil
}

func (r *run) renameRole(s *ast.RenameStmt) error {
	old := s.Object.Names[0]
	role := r.snap().Role(old)
	if role == nil {
		return errs.New("42704", "role \"%s\" does not exist", old)
	}
	if !r.mayCreateRole() {
		return errs.New("42501", "permission denied to rename role")
	}
	if r.snap().Role(s.NewName) != nil {
		return errs.New("42710", "role \"%s\" already exists", s.NewName)
	}
	if old == r.tx.SessionRole {
		return errs.New("0A000", "session user cannot be renamed")
	}
	if strings.HasPrefix(s.NewName, "pg_") {
		return errs.New("42939", "role name \"%s\" is reserved", s.NewName).WithDetail("Role names starting with \"pg_\" are reserved.")
	}
	r.roleRenamed(role, s.NewName)
	return nil
}
