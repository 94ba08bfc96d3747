package ddl

import (
	"strings"

	"github.com/basement-project/basement/internal/catalog"
	"github.com/basement-project/basement/internal/errs"
	"github.com/basement-project/basement/internal/sql/ast"
	"github.com/basement-project/basement/internal/sql/types"
)

// newOwner resolves OWNER TO: the present role must be a member of the new owner.
func (r *run) newOwner(s *ast.RoleSpec) (string, error) {
	to, err := r.someRole(s)
	if err != nil {
		return "", err
	}
	if !r.snap().IsMember(r.tx.Role(), to) {
		return "", errs.New("42501", "must be member of role \"%s\"", to)
	}
	return to, nil
}

func (r *run) ownSchema(x *catalog.Schema, to string) {
	y := *x
	y.ACL, y.Owner = changeOwner(x.ACL, x.Owner, to), to
	r.edit.PutSchema(&y)
}

func (r *run) ownRelation(x *catalog.Relation, to string) {
	y := cloneRelation(x)
	y.ACL, y.Owner = changeOwner(x.ACL, x.Owner, to), to
	for _, c := range y.Columns {
		c.ACL = changeOwner(c.ACL, x.Owner, to)
	}
	r.edit.PutRelation(y)
	for _, q := range r.snap().Sequences {
		if q.OwnedBy == x.OID {
			r.ownSequence(q, to)
		}
	}
	if t := r.snap().TypeByOID(x.RowType); t != nil {
		r.ownType(r.snap().UserType(t.OID), to)
	}
}

func (r *run) ownSequence(x *catalog.Sequence, to string) {
	y := *x
	y.ACL, y.Owner = changeOwner(x.ACL, x.Owner, to), to
	r.edit.PutSequence(&y)
}

func (r *run) ownFunction(x *catalog.Function, to string) {
	y := *x
	y.ACL, y.Owner = changeOwner(x.ACL, x.Owner, to), to
	r.putFunction(&y)
}

func (r *run) ownType(u *catalog.UserType, to string) {
	y := *u
	y.ACL, y.Owner = changeOwner(u.ACL, u.Owner, to), to
	r.edit.PutType(&y)
	if arr := r.snap().UserType(u.Type.Array); arr != nil && u.Type.Array != 0 {
		z := *arr
		z.Owner = to
		r.edit.PutType(&z)
	}
}

func (r *run) alterOwner(s *ast.AlterOwnerStmt) error {
	to, err := r.newOwner(s.Owner)
	if err != nil {
		return err
	}
	o := s.Object
	switch o.Kind {
	case ast.ObjectSchema:
		name := o.Names[len(o.Names)-1]
		sc := r.snap().Schema(name)
		if sc == nil {
			return errs.New("3F000", "schema \"%s\" does not exist", name)
		}
		if err := r.mustOwn(sc.Owner, "schema", name); err != nil {
			return err
		}
		r.ownSchema(sc, to)
		return nil
	case ast.ObjectDataType, ast.ObjectDomain:
		n := &ast.AnyName{Parts: o.Names}
		if o.Type != nil {
			n.Parts = o.Type.Names
		}
		t, err := r.typeNamed(n)
		if err != nil {
			return err
		}
		u := r.snap().UserType(t.OID)
		if err := r.mustOwn(u.Owner, "type", t.Name); err != nil {
			return err
		}
		r.ownType(u, to)
		return nil
	case ast.ObjectFunction, ast.ObjectProcedure, ast.ObjectRoutine, ast.ObjectAggregate:
		f, err := r.function(o.Func, o.Kind)
		if err != nil {
			return err
		}
		if err := r.mustOwn(f.Owner, "function", f.Name); err != nil {
			return err
		}
		r.ownFunction(f, to)
		return nil
	case ast.ObjectPublication, ast.ObjectDatabase, ast.ObjectLanguage, ast.ObjectForeignServer:
		return nil
	case ast.ObjectEventTrigger:
		return r.ownEventTrigger(o.Names[0], to)
	case ast.ObjectTSConfiguration, ast.ObjectTSDictionary:
		return r.changeSearch(o, func(x *catalog.SearchConfig) { x.Owner = to })
	}
	return r.unsupported(s.Pos, "this form of OWNER TO", "")
}

func (r *run) alterSchema(s *ast.AlterObjectSchemaStmt) error {
	sc, err := r.targetSchema(s.NewSchema)
	if err != nil {
		return err
	}
	o := s.Object
	switch o.Kind {
	case ast.ObjectTable, ast.ObjectView, ast.ObjectSequence, ast.ObjectMaterializedView:
		v := s.Relation
		if v == nil {
			v = namesVar(o.Names, o.Pos)
		}
		c, err := r.class(v)
		if err != nil {
			if e := errs.Of(err); s.MissingOK && e != nil && e.Code == "3F000" {
				return r.skipped("relation \"%s\" does not exist", v.Name)
			}
			return err
		}
		if !c.found() {
			if s.MissingOK {
				return r.skipped("relation \"%s\" does not exist", v.Name)
			}
			return errs.New("42P01", "relation \"%s\" does not exist", written(v))
		}
		if err := r.mustOwn(c.owner(), c.word(), c.name()); err != nil {
			return err
		}
		if c.schema() == sc.Name {
			return nil
		}
		if classIn(r.snap(), sc.Name, c.name()).found() {
			return errs.New("42P07", "relation \"%s\" already exists in schema \"%s\"", c.name(), sc.Name)
		}
		if c.seq != nil {
			if c.seq.OwnedBy != 0 {
				return errs.New("0A000", "cannot move an owned sequence into another schema")
			}
			y := *c.seq
			y.Schema = sc.Name
			r.edit.PutSequence(&y)
			r.renameClassTexts(c.seq.Schema, c.seq.Name, sc.Name, c.seq.Name)
			return nil
		}
		return r.moveRelation(c.rel, sc.Name, c.rel.Name)
	case ast.ObjectDataType, ast.ObjectDomain:
		n := &ast.AnyName{Parts: o.Names}
		if o.Type != nil {
			n.Parts = o.Type.Names
		}
		t, err := r.typeNamed(n)
		if err != nil {
			return err
		}
		if err := r.mustOwn(r.snap().UserType(t.OID).Owner, "type", t.Name); err != nil {
			return err
		}
		if r.snap().Type(sc.Name, t.Name) != nil {
			return errs.New("42710", "type \"%s\" already exists in schema \"%s\"", t.Name, sc.Name)
		}
		r.moveType(t, sc.Name, t.Name)
		return nil
	case ast.ObjectFunction, ast.ObjectProcedure, ast.ObjectRoutine, ast.ObjectAggregate:
		f, err := r.function(o.Func, o.Kind)
		if err != nil {
			return err
		}
		if err := r.mustOwn(f.Owner, "function", f.Name); err != nil {
			return err
		}
		y := *f
		y.Schema = sc.Name
		if r.sameFunction(sc.Name, &y) != nil {
			return errs.New("42723", "function %s already exists in schema \"%s\"", r.signature(&y), sc.Name)
		}
		r.putFunction(&y)
		r.renameTexts(func(n ast.Node) ast.Node {
			if c, ok := n.(*ast.FuncCall); ok && len(c.Name) == 2 && c.Name[0] == f.Schema && c.Name[1] == f.Name {
				c.Name = []string{sc.Name, f.Name}
			}
			return n
		})
		return nil
	case ast.ObjectExtension:
		return r.moveExtension(o.Names[0], sc)
	case ast.ObjectTSConfiguration, ast.ObjectTSDictionary:
		return r.changeSearch(o, func(x *catalog.SearchConfig) { x.Schema = sc.Name })
	}
	return r.unsupported(s.Pos, "this form of SET SCHEMA", "")
}

func (r *run) comment(s *ast.CommentStmt) error {
	text := ""
	if s.Comment != nil {
		text = *s.Comment
	}
	o := s.Object
	switch o.Kind {
	case ast.ObjectStatistics:
		rel, st := r.statisticsNamed(o.Names)
		if st == nil {
			return noStatistics(o.Names)
		}
		if err := r.mustOwn(st.Owner, "statistics object", st.Name); err != nil {
			return err
		}
		now := *st
		now.Comment = text
		r.changeStatistics(rel, st, &now)
		return nil
	case ast.ObjectTable, ast.ObjectView, ast.ObjectIndex, ast.ObjectSequence, ast.ObjectMaterializedView:
		v := namesVar(o.Names, o.Pos)
		c, err := r.class(v)
		if err != nil {
			return err
		}
		if !c.found() {
			return errs.New("42P01", "relation \"%s\" does not exist", written(v))
		}
		if want := strings.ToLower(kindNames[o.Kind]); c.word() != want {
			return errs.New("42809", "\"%s\" is not %s %s", c.name(), articleOf(want), want)
		}
		if err := r.mustOwn(c.owner(), c.word(), c.name()); err != nil {
			return err
		}
		if c.seq != nil {
			y := *c.seq
			y.Comment = text
			r.edit.PutSequence(&y)
			return nil
		}
		y := cloneRelation(c.rel)
		if c.index == nil {
			y.Comment = text
		}
		for _, x := range y.Indexes {
			if c.index != nil && x.OID == c.index.OID {
				x.Comment = text
			}
		}
		r.edit.PutRelation(y)
		return nil
	case ast.ObjectColumn:
		n := len(o.Names)
		if n < 2 && o.On == nil {
			return errs.New("42601", "column name must be qualified")
		}
		var on *ast.RangeVar
		if o.On != nil {
			on = rangeVar(o.On)
		} else {
			on = namesVar(o.Names[:n-1], o.Pos)
		}
		rel, err := r.relation(on)
		if err != nil {
			return err
		}
		if err := r.mustOwn(rel.Owner, relWord(rel.Kind), rel.Name); err != nil {
			return err
		}
		y := cloneRelation(rel)
		col := y.Column(o.Names[n-1])
		if col == nil {
			return errs.New("42703", "column \"%s\" of relation \"%s\" does not exist", o.Names[n-1], written(on))
		}
		col.Comment = text
		r.edit.PutRelation(y)
		return nil
	case ast.ObjectEventTrigger:
		return r.changeEventTrigger(o.Names[0], func(t *catalog.EventTrigger) error {
			t.Comment = text
			return nil
		})
	case ast.ObjectTableConstraint, ast.ObjectPolicy, ast.ObjectTrigger, ast.ObjectRule:
		rel, err := r.relation(rangeVar(o.On))
		if err != nil {
			return err
		}
		if err := r.mustOwn(rel.Owner, relWord(rel.Kind), rel.Name); err != nil {
			return err
		}
		y := cloneRelation(rel)
		name := o.Names[len(o.Names)-1]
		switch o.Kind {
		case ast.ObjectTableConstraint:
			c := findConstraint(y, name)
			if c == nil {
				return errs.New("42704", "constraint \"%s\" for table \"%s\" does not exist", name, rel.Name)
			}
			c.Comment = text
		case ast.ObjectPolicy:
			p := findPolicy(y, name)
			if p == nil {
				return errs.New("42704", "policy \"%s\" for table \"%s\" does not exist", name, rel.Name)
			}
			p.Comment = text
		case ast.ObjectTrigger:
			old := findTrigger(rel, name)
			if old == nil {
				return noTrigger(name, rel)
			}
			t := *old
			t.Comment = text
			putTrigger(y, &t)
		default:
			return errs.New("42704", "rule \"%s\" for relation \"%s\" does not exist", name, rel.Name)
		}
		r.edit.PutRelation(y)
		return nil
	case ast.ObjectSchema:
		name := o.Names[len(o.Names)-1]
		sc := r.snap().Schema(name)
		if sc == nil {
			return errs.New("3F000", "schema \"%s\" does not exist", name)
		}
		if err := r.mustOwn(sc.Owner, "schema", name); err != nil {
			return err
		}
		y := *sc
		y.Comment = text
		r.edit.PutSchema(&y)
		return nil
	case ast.ObjectDataType, ast.ObjectDomain:
		n := &ast.AnyName{Parts: o.Names}
		if o.Type != nil {
			n.Parts = o.Type.Names
		}
		t, err := r.typeNamed(n)
		if err != nil {
			return err
		}
		u := *r.snap().UserType(t.OID)
		if err := r.mustOwn(u.Owner, "type", t.Name); err != nil {
			return err
		}
		u.Comment = text
		if types.ByOID(t.OID) == nil {
			r.edit.PutType(&u)
		}
		return nil
	case ast.ObjectFunction, ast.ObjectProcedure, ast.ObjectRoutine, ast.ObjectAggregate:
		f, err := r.function(o.Func, o.Kind)
		if err != nil {
			return err
		}
		if err := r.mustOwn(f.Owner, "function", f.Name); err != nil {
			return err
		}
		y := *f
		y.Comment = text
		r.putFunction(&y)
		return nil
	case ast.ObjectOperator:
		op, err := r.operatorOf(o.Func)
		if err != nil {
			return err
		}
		if err := r.mustOwn(op.Owner, "operator", op.Name); err != nil {
			return err
		}
		y := *op
		y.Comment = text
		if r.snap().Base.OperatorsNamed(op.Schema, op.Name) == nil {
			r.edit.PutOperator(&y)
		}
		return nil
	case ast.ObjectCast:
		_, _, _, err := r.castOf(o)
		return err
	case ast.ObjectExtension:
		x, err := r.ownExtension(o.Names[0])
		if err != nil {
			return err
		}
		y := *x
		y.Comment = text
		r.replaceExtension(&y)
		return nil
	case ast.ObjectRole:
		role := r.snap().Role(o.Names[0])
		if role == nil {
			return errs.New("42704", "role \"%s\" does not exist", o.Names[0])
		}
		y := *role
		y.Comment = text
		r.edit.PutRole(&y)
		return nil
	}
	// Comments on what the catalog does not keep are kept by nobody.
	return nil
}
