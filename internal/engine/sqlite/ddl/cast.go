package ddl

import (
	"strings"

	"github.com/basement-project/basement/internal/catalog"
	"github.com/basement-project/basement/internal/errs"
	"github.com/basement-project/basement/internal/sql/ast"
	"github.com/basement-project/basement/internal/sql/types"
)

func (r *run) createCast(s *ast.CreateCastStmt) error {
	from, _, err := r.typeName(s.Source)
	if err != nil {
		return err
	}
	to, _, err := r.typeName(s.Target)
	if err != nil {
		return err
	}
	switch {
	case from.Kind == types.PseudoType:
		return errs.New("42809", "source data type %s is a pseudo-type", r.typeText(from))
	case to.Kind == types.PseudoType:
		return errs.New("42809", "target data type %s is a pseudo-type", r.typeText(to))
	case !r.ownsType(from) && !r.ownsType(to):
		return errs.New("42501", "must be owner of type %s or type %s", r.typeText(from), r.typeText(to))
	}
	if from.Kind == types.DomainType {
		r.notice("WARNING", errs.New("42809", "cast will be ignored because the source data type is a domain"))
	} else if to.Kind == types.DomainType {
		r.notice("WARNING", errs.New("42809", "cast will be ignored because the target data type is a domain"))
	}
	c := &catalog.Cast{From: from.OID, To: to.OID, Context: 'e', Method: 'f'}
	switch s.Context {
	case ast.CastAssignment:
		c.Context = 'a'
	case ast.CastImplicit:
		c.Context = 'i'
	}
	switch {
	case s.Func != nil:
		fn, err := r.castFunction(s.Func, from, to)
		if err != nil {
			return err
		}
		c.Function = fn.OID
	case s.InOut:
		c.Method = 'i'
	default:
		c.Method = 'b'
		if err := r.binaryCast(from, to); err != nil {
			return err
		}
	}
	if from.OID == to.OID && len(r.castInputs(c)) < 2 {
		return errs.New("42P17", "source data type and target data type are the same")
	}
	_, _, builtin := types.FindCast(from.OID, to.OID)
	if builtin || r.snap().CastOf(from.OID, to.OID) != nil {
		return errs.New("42710", "cast from type %s to type %s already exists", r.typeText(from), r.typeText(to))
	}
	c.OID = r.edit.NewOID()
	r.edit.PutCast(c)
	return nil
}

func (r *run) castInputs(c *catalog.Cast) []catalog.Param {
	if fn := r.snap().FunctionByOID(c.Function); fn != nil {
		return fn.Inputs()
	}
	return nil
}

func (r *run) ownsType(t *types.Type) bool {
	u := r.snap().UserType(t.OID)
	owner := "postgres"
	if u != nil {
		owner = u.Owner
	}
	return r.mustOwn(owner, "type", t.Name) == nil
}

// castFunction finds the function of a cast and checks what it takes and gives.
func (r *run) castFunction(o *ast.ObjectWithArgs, from, to *types.Type) (*catalog.Function, error) {
	fn, err := r.function(o, ast.ObjectFunction)
	if err != nil {
		return nil, err
	}
	binary := func(a, b *types.Type) bool {
		if a.OID == b.OID {
			return true
		}
		p, ok := r.rules().Pathway(a, b, types.ImplicitCast)
		return ok && p.Method == types.CastBinary && !p.Array
	}
	in := fn.Inputs()
	if len(in) < 1 || len(in) > 3 {
		return nil, errs.New("42P17", "cast function must take one to three arguments")
	}
	typeOf := func(oid catalog.OID) *types.Type { return r.snap().TypeByOID(oid) }
	switch {
	case !binary(from, typeOf(in[0].Type)):
		return nil, errs.New("42P17", "argument of cast function must match or be binary-coercible from source data type")
	case len(in) > 1 && in[1].Type != types.Int4OID:
		return nil, errs.New("42P17", "second argument of cast function must be type %s", "integer")
	case len(in) > 2 && in[2].Type != types.BoolOID:
		return nil, errs.New("42P17", "third argument of cast function must be type %s", "boolean")
	case !binary(typeOf(fn.Returns), to):
		return nil, errs.New("42P17", "return data type of cast function must match or be binary-coercible to target data type")
	case fn.Kind != catalog.RegularFunction:
		return nil, errs.New("42P17", "cast function must be a normal function")
	case fn.ReturnsSet:
		return nil, errs.New("42P17", "cast function must not return a set")
	}
	return fn, nil
}

// binaryCast checks that a value of one type may be taken as one of the other: that both are kept alike.
func (r *run) binaryCast(from, to *types.Type) error {
	if role := r.snap().Role(r.tx.Role()); role == nil || !role.Superuser {
		return errs.New("42501", "must be superuser to create a cast WITHOUT FUNCTION")
	}
	fixed := func(t *types.Type) bool {
		switch t.OID {
		case types.BoolOID, types.Int2OID, types.Int4OID, types.Int8OID, types.Float4OID, types.Float8OID, types.OidOID, types.DateOID, types.TimeOID,
			types.TimestampOID, types.TimestamptzOID, types.UUIDOID, types.MoneyOID, types.IntervalOID:
			return true
		}
		return t.Kind == types.EnumType
	}
	if fixed(from) != fixed(to) {
		return errs.New("42P17", "source and target data types are not physically compatible")
	}
	for _, t := range []*types.Type{from, to} {
		switch {
		case t.Kind == types.CompositeType:
			return errs.New("42P17", "composite data types are not binary-compatible")
		case t.Kind == types.EnumType:
			return errs.New("42P17", "enum data types are not binary-compatible")
		case t.Kind == types.ArrayType:
			return errs.New("42P17", "array data types are not binary-compatible")
		case t.Kind == types.RangeType, t.Kind == types.MultirangeType:
			return errs.New("42P17", "source and target data types are not physically compatible")
		}
	}
	if from.Kind == types.DomainType || to.Kind == types.DomainType {
		return errs.New("42P17", "domain data types must not be marked binary-compatible")
	}
	kind := func(t *types.Type) string {
		switch t.OID {
		case types.TextOID, types.VarcharOID, types.JSONOID, types.XMLOID:
			return "text"
		case types.Int4OID, types.OidOID, types.DateOID:
			return "4"
		case types.Int8OID, types.MoneyOID:
			return "8"
		}
		return t.Name
	}
	if kind(from) != kind(to) {
		return errs.New("42P17", "source and target data types are not physically compatible")
	}
	return nil
}

// castOf finds the cast an object reference names; nil when there is none.
func (r *run) castOf(o *ast.ObjectRef) (c *catalog.Cast, from, to *types.Type, err error) {
	if from, _, err = r.typeName(o.Type); err != nil {
		return nil, nil, nil, err
	}
	if to, _, err = r.typeName(o.Target); err != nil {
		return nil, nil, nil, err
	}
	c = r.snap().CastOf(from.OID, to.OID)
	if _, _, builtin := types.FindCast(from.OID, to.OID); c == nil && !builtin {
		return nil, from, to, errs.New("42704", "cast from type %s to type %s does not exist", r.typeText(from), r.typeText(to))
	}
	return c, from, to, nil
}

func (r *run) dropCast(s *ast.DropStmt, o *ast.ObjectRef) (*object, error) {
	c, from, to, err := r.castOf(o)
	if err != nil {
		if e := errs.Of(err); e != nil && (e.Code == "42704" || e.Code == "3F000") {
			e.Position = 0
			return nil, r.missing(s, e)
		}
		return nil, err
	}
	if !r.ownsType(from) && !r.ownsType(to) {
		return nil, errs.New("42501", "must be owner of type %s or type %s", r.typeText(from), r.typeText(to))
	}
	if c == nil {
		return nil, errs.New("2BP01", "cannot drop cast from %s to %s because it is required by the database system", r.typeText(from), r.typeText(to))
	}
	return &object{kind: castObject, oid: c.OID}, nil
}

// operatorOf finds the operator a reference names.
func (r *run) operatorOf(o *ast.ObjectWithArgs) (*catalog.Operator, error) {
	schema, name := split(o.Name)
	schemas := append([]string{"pg_catalog"}, r.path()...)
	if schema != "" {
		if err := r.lookSchema(schema); err != nil {
			return nil, err
		}
		schemas = []string{schema}
	}
	var oids []catalog.OID
	var texts []string
	for _, p := range o.Params {
		if p == nil || p.Type == nil {
			oids, texts = append(oids, 0), append(texts, "")
			continue
		}
		t, _, err := r.typeName(p.Type)
		if err != nil {
			return nil, err
		}
		oids, texts = append(oids, t.OID), append(texts, r.typeText(t))
	}
	if len(oids) != 2 {
		return nil, errs.New("42601", "missing argument").WithHint("Use NONE to denote the missing argument of a unary operator.")
	}
	for _, s := range schemas {
		for _, x := range r.snap().OperatorsNamed(s, name) {
			if x.Left == oids[0] && x.Right == oids[1] {
				return x, nil
			}
		}
	}
	sig := strings.TrimSpace(texts[0] + " " + strings.Join(o.Name, ".") + " " + texts[1])
	return nil, errs.New("42883", "operator does not exist: %s", sig)
}

func (r *run) dropOperator(s *ast.DropStmt, o *ast.ObjectRef) (*object, error) {
	x, err := r.operatorOf(o.Func)
	if err != nil {
		if e := errs.Of(err); e != nil && (e.Code == "42883" || e.Code == "3F000" || e.Code == "42704") {
			e.Position = 0
			return nil, r.missing(s, e)
		}
		return nil, err
	}
	if x.FunctionOID == 0 {
		return nil, errs.New("2BP01", "cannot drop operator %s because it is required by the database system", r.operatorText(x))
	}
	if err := r.mustOwn(x.Owner, "operator", x.Name); err != nil {
		return nil, err
	}
	return &object{kind: operatorObject, oid: x.OID}, nil
}

func (r *run) operatorText(x *catalog.Operator) string {
	name := x.Name
	visible := x.Schema == "pg_catalog"
	for _, s := range r.path() {
		visible = visible || s == x.Schema
	}
	if !visible {
		name = quote(x.Schema) + "." + name
	}
	left := "NONE"
	if t := r.snap().TypeByOID(x.Left); t != nil {
		left = r.typeText(t)
	}
	return name + "(" + left + "," + r.typeText(r.snap().TypeByOID(x.Right)) + ")"
}

// describeDefined names an operator or cast.
func (r *run) describeDefined(o object) string {
	for _, x := range r.snap().Operators {
		if o.kind == operatorObject && x.OID == o.oid {
			return "operator " + r.operatorText(x)
		}
	}
	for _, c := range r.snap().Casts {
		if o.kind == castObject && c.OID == o.oid {
			return "cast from " + r.typeText(r.snap().TypeByOID(c.From)) + " to " + r.typeText(r.snap().TypeByOID(c.To))
		}
	}
	return "object"
}

// definedOver finds the aggregates, operators and casts that call a function.
func (r *run) definedOver(oid catalog.OID) []edge {
	var out []edge
	for _, f := range r.snap().Functions {
		if b := f.Aggregate; b != nil && (b.Transition == oid || b.Final == oid || b.Combine == oid) {
			out = append(out, edge{object: object{kind: functionObject, oid: f.OID}})
		}
	}
	for _, x := range r.snap().Operators {
		if x.FunctionOID == oid && x.Extension == 0 {
			out = append(out, edge{object: object{kind: operatorObject, oid: x.OID}})
		}
	}
	for _, c := range r.snap().Casts {
		if c.Function == oid && c.Extension == 0 {
			out = append(out, edge{object: object{kind: castObject, oid: c.OID}})
		}
	}
	return out
}

// definedFor finds the operators, casts and aggregates over a type.
func (r *run) definedFor(oid catalog.OID) []edge {
	var out []edge
	for _, x := range r.snap().Operators {
		if x.Extension == 0 && (x.Left == oid || x.Right == oid || x.Result == oid) {
			out = append(out, edge{object: object{kind: operatorObject, oid: x.OID}})
		}
	}
	for _, c := range r.snap().Casts {
		if c.Extension == 0 && (c.From == oid || c.To == oid) {
			out = append(out, edge{object: object{kind: castObject, oid: c.OID}})
		}
	}
	for _, f := range r.snap().Functions {
		if f.Aggregate != nil && f.Aggregate.State == oid {
			out = append(out, edge{object: object{kind: functionObject, oid: f.OID}})
		}
	}
	return out
}
