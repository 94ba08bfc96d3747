package ddl

import (
	"strconv"
	"strings"

	"github.com/basement-project/basement/internal/analyze/overload"
	"github.com/basement-project/basement/internal/catalog"
	"github.com/basement-project/basement/internal/errs"
	"github.com/basement-project/basement/internal/sql/ast"
	"github.com/basement-project/basement/internal/sql/types"
)

// definition are the options of CREATE AGGREGATE and CREATE OPERATOR, by lower-case name.
type definition map[string]*ast.DefElem

func definitionOf(list []*ast.DefElem) definition {
	out := definition{}
	for _, d := range list {
		out[strings.ToLower(d.Name)] = d
	}
	return out
}

func definedText(c *ast.AConst) string {
	switch c.Kind {
	case ast.ConstInteger:
		return strconv.Itoa(int(c.Int))
	case ast.ConstBoolean:
		return strconv.FormatBool(c.Bool)
	}
	return c.Text
}

// text is an option's value as a word or string, nil when it is not given.
func (d definition) text(name string) *string {
	e := d[name]
	if e == nil {
		return nil
	}
	var s string
	switch a := e.Arg.(type) {
	case *ast.TypeName:
		s = a.Names[len(a.Names)-1]
	case *ast.AConst:
		s = definedText(a)
	case *ast.ExprList:
		for _, x := range a.Items {
			if c, ok := x.(*ast.AConst); ok {
				s = definedText(c)
			}
		}
	}
	return &s
}

// name is an option's value as a qualified name.
func (d definition) name(option string) []string {
	e := d[option]
	if e == nil {
		return nil
	}
	switch a := e.Arg.(type) {
	case *ast.TypeName:
		return a.Names
	case *ast.AConst:
		return []string{definedText(a)}
	case *ast.ExprList:
		var out []string
		for _, x := range a.Items {
			if c, ok := x.(*ast.AConst); ok {
				out = append(out, definedText(c))
			}
		}
		return out
	}
	return nil
}

func (d definition) yes(option string) bool {
	e := d[option]
	if e == nil {
		return false
	}
	if e.Arg == nil {
		return true
	}
	switch s := d.text(option); strings.ToLower(*s) {
	case "false", "off", "0":
		return false
	}
	return true
}

// typeOption is an option's value as a type.
func (r *run) typeOption(d definition, name string) (*types.Type, error) {
	switch a := d[name].Arg.(type) {
	case *ast.TypeName:
		t, _, err := r.typeName(a)
		return t, err
	case *ast.AConst:
		t, _, err := r.typeName(&ast.TypeName{Pos: a.Pos, Names: []string{definedText(a)}})
		return t, err
	}
	return nil, errs.New("42601", "argument of %s must be a type name", name)
}

// rules are the rules of types and overloads the statement is under.
func (r *run) rules() *overload.Rules {
	path := append([]string{"pg_catalog"}, r.path()...)
	for _, s := range r.path() {
		if s == "pg_catalog" {
			path = r.path()
		}
	}
	return &overload.Rules{Snap: r.snap(), Path: path}
}

// supporting finds a function an aggregate or operator calls with these types, and its result's type. The types must be its own
// or the same in storage.
func (r *run) supporting(name []string, args []*types.Type) (*catalog.Function, *types.Type, error) {
	schema, last := split(name)
	rules := r.rules()
	var texts []string
	for _, t := range args {
		texts = append(texts, r.typeText(t))
	}
	sig := strings.Join(name, ".") + "(" + strings.Join(texts, ", ") + ")"
	target, how := rules.Function(overload.Call{Schema: schema, Name: last, Args: args})
	if how == overload.Ambiguous {
		return nil, nil, errs.New("42725", "function %s is not unique", sig)
	}
	if how != overload.Found || target.Fn.Kind != catalog.RegularFunction {
		return nil, nil, errs.New("42883", "function %s does not exist", sig)
	}
	fn := target.Fn
	if fn.ReturnsSet {
		return nil, nil, errs.New("42804", "function %s returns a set", sig)
	}
	declared := append([]*types.Type(nil), target.Params...)
	ret, e := rules.Resolve(args, declared, r.snap().TypeByOID(fn.Returns), r.typeText)
	if e != nil {
		return nil, nil, e
	}
	for i, t := range args {
		if types.IsPolymorphic(t.OID) || declared[i].OID == types.AnyOID {
			continue
		}
		if p, ok := rules.Pathway(t, declared[i], types.ImplicitCast); !ok || p.Method != types.CastBinary {
			return nil, nil, errs.New("42804", "function %s requires run-time type coercion", sig)
		}
	}
	return fn, ret, nil
}

func (r *run) define(s *ast.DefineStmt) error {
	switch s.Kind {
	case ast.ObjectAggregate:
		return r.createAggregate(s)
	case ast.ObjectOperator:
		return r.createOperator(s)
	case ast.ObjectTSConfiguration, ast.ObjectTSDictionary:
		return r.createSearch(s)
	}
	return r.unsupported(s.Pos, "CREATE "+kindNames[s.Kind], "")
}

func (r *run) createAggregate(s *ast.DefineStmt) error {
	schema, name := split(s.Name)
	sc, err := r.targetSchema(schema)
	if err != nil {
		return err
	}
	f := &catalog.Function{Schema: sc.Name, Name: name, Owner: r.tx.Role(), Kind: catalog.Aggregate, AggKind: 'n', Volatility: 'i',
		Language: "internal", Body: "aggregate_dummy", Aggregate: &catalog.AggregateBody{}}
	d := definitionOf(s.Definition)
	if s.OldStyle {
		if d["basetype"] == nil {
			return errs.New("42P13", "aggregate input type must be specified")
		}
		if w := d.text("basetype"); *w != "any" && *w != "ANY" {
			t, err := r.typeOption(d, "basetype")
			if err != nil {
				return err
			}
			f.Params = append(f.Params, catalog.Param{Mode: catalog.In, Type: t.OID})
		}
	} else if s.Args != nil {
		if len(s.Args.OrderBy) > 0 {
			return r.unsupported(s.NamePos, "an ordered-set aggregate of one's own", "Write a function over an array instead.")
		}
		list := &ast.CreateFunctionStmt{Params: s.Args.Params, Returns: &ast.TypeName{Names: []string{"pg_catalog", "void"}}}
		if err := r.functionParams(f, list); err != nil {
			return err
		}
		f.Returns = 0
	}
	if d["stype"] == nil && d["stype1"] == nil {
		return errs.New("42P13", "aggregate stype must be specified")
	}
	if d["sfunc"] == nil && d["sfunc1"] == nil {
		return errs.New("42P13", "aggregate sfunc must be specified")
	}
	pick := func(list ...string) string {
		for _, x := range list {
			if d[x] != nil {
				return x
			}
		}
		return list[0]
	}
	if d["hypothetical"] != nil && d.yes("hypothetical") {
		return errs.New("42P13", "only ordered-set aggregates can be hypothetical")
	}
	state, err := r.typeOption(d, pick("stype", "stype1"))
	if err != nil {
		return err
	}
	if state.Kind == types.PseudoType && !types.IsPolymorphic(state.OID) {
		return errs.New("42P13", "aggregate transition data type cannot be %s", r.typeText(state))
	}
	return r.finishAggregate(s, f, d, state, pick)
}

func (r *run) finishAggregate(s *ast.DefineStmt, f *catalog.Function, d definition, state *types.Type, pick func(...string) string) error {
	body := f.Aggregate
	body.State = state.OID
	var args []*types.Type
	polymorphic := false
	for _, p := range f.Inputs() {
		t := r.snap().TypeByOID(p.Type)
		polymorphic = polymorphic || types.IsPolymorphic(t.OID)
		args = append(args, t)
	}
	if types.IsPolymorphic(state.OID) && !polymorphic {
		return errs.New("42P13", "cannot determine transition data type").
			WithDetail("A result of type %s requires at least one input of type anyelement, anyarray, anynonarray, anyenum, anyrange, or anymultirange.", state)
	}
	step, result, err := r.supporting(d.name(pick("sfunc", "sfunc1")), append([]*types.Type{state}, args...))
	if err != nil {
		return err
	}
	stepName := strings.Join(d.name(pick("sfunc", "sfunc1")), ".")
	if result.OID != state.OID && !types.IsPolymorphic(state.OID) {
		return errs.New("42804", "return type of transition function %s is not %s", stepName, r.typeText(state))
	}
	body.Transition = step.OID
	body.Init = d.text(pick("initcond", "initcond1"))
	if step.Strict && body.Init == nil {
		ok := len(args) > 0
		if ok && !types.IsPolymorphic(args[0].OID) && !types.IsPolymorphic(state.OID) {
			p, found := r.rules().Pathway(args[0], state, types.ImplicitCast)
			ok = found && p.Method == types.CastBinary
		}
		if !ok {
			return errs.New("42P13", "must not omit initial value when transition function is strict and transition type is not compatible with input type")
		}
	}
	f.Returns = state.OID
	if d["finalfunc"] != nil {
		list := []*types.Type{state}
		if body.FinalExtra = d.yes("finalfunc_extra"); body.FinalExtra {
			list = append(list, args...)
		}
		final, ret, err := r.supporting(d.name("finalfunc"), list)
		if err != nil {
			return err
		}
		if body.FinalExtra && final.Strict {
			return errs.New("42P13", "final function with extra arguments must not be declared STRICT")
		}
		body.Final, f.Returns = final.OID, ret.OID
	}
	if d["combinefunc"] != nil {
		fn, ret, err := r.supporting(d.name("combinefunc"), []*types.Type{state, state})
		if err != nil {
			return err
		}
		if ret.OID != state.OID {
			return errs.New("42804", "return type of combine function %s is not %s", strings.Join(d.name("combinefunc"), "."), r.typeText(state))
		}
		body.Combine = fn.OID
	}
	if list := d.name("sortop"); len(list) > 0 {
		if len(args) != 1 {
			return errs.New("42P13", "sort operator can only be specified for single-argument aggregates")
		}
		body.SortOperator = list[len(list)-1]
	}
	for option, e := range d {
		switch option {
		case "basetype", "stype", "stype1", "sfunc", "sfunc1", "initcond", "initcond1", "finalfunc", "finalfunc_extra", "finalfunc_modify", "combinefunc",
			"sortop", "sspace", "sspace1", "serialfunc", "deserialfunc", "msfunc", "minvfunc", "mstype", "msspace", "mfinalfunc", "mfinalfunc_extra",
			"mfinalfunc_modify", "minitcond", "parallel", "hypothetical":
		default:
			r.notice("WARNING", errs.New("42601", "aggregate attribute \"%s\" not recognized", e.Name))
		}
	}
	if body.Init != nil && state.Kind != types.PseudoType {
		if _, err := types.In(state, -1, *body.Init, r.tx.Env()); err != nil {
			return err
		}
	}
	old := r.sameFunction(f.Schema, f)
	if old == nil {
		f.OID, f.ACL = r.edit.NewOID(), r.defaultACL(f.Owner, f.Schema, 'f')
		r.putFunction(f)
		return nil
	}
	if !s.Replace {
		return errs.New("42723", "function \"%s\" already exists with same argument types", f.Name)
	}
	if err := r.mustOwn(old.Owner, "function", f.Name); err != nil {
		return err
	}
	if old.Kind != catalog.Aggregate {
		return errs.New("42809", "cannot change routine kind").WithDetail("\"%s\" is %s.", f.Name, kindPhrase(old.Kind))
	}
	if old.Returns != f.Returns {
		return errs.New("42P13", "cannot change return type of existing function").WithHint("Use DROP AGGREGATE %s first.", r.signature(old))
	}
	f.OID, f.ACL, f.Owner, f.Comment = old.OID, old.ACL, old.Owner, old.Comment
	r.putFunction(f)
	return nil
}

// kindPhrase says what kind of routine one is.
func kindPhrase(kind byte) string {
	switch kind {
	case catalog.Procedure:
		return "a procedure"
	case catalog.Aggregate:
		return "an aggregate function"
	case catalog.WindowFunc:
		return "a window function"
	}
	return "a function"
}

func (r *run) createOperator(s *ast.DefineStmt) error {
	schema, name := split(s.Name)
	sc, err := r.targetSchema(schema)
	if err != nil {
		return err
	}
	d := definitionOf(s.Definition)
	for option, e := range d {
		switch option {
		case "leftarg", "rightarg", "function", "procedure", "commutator", "negator", "restrict", "join", "hashes", "merges", "sort1", "sort2", "ltcmp", "gtcmp":
		default:
			r.notice("WARNING", errs.New("42601", "operator attribute \"%s\" not recognized", e.Name))
		}
	}
	option := "function"
	if d[option] == nil {
		option = "procedure"
	}
	if d[option] == nil {
		return errs.New("42P13", "operator function must be specified")
	}
	var left, right *types.Type
	if d["leftarg"] != nil {
		if left, err = r.typeOption(d, "leftarg"); err != nil {
			return err
		}
	}
	if d["rightarg"] != nil {
		if right, err = r.typeOption(d, "rightarg"); err != nil {
			return err
		}
	}
	switch {
	case left == nil && right == nil:
		return errs.New("42P13", "operator argument types must be specified")
	case right == nil:
		return errs.New("42P13", "operator right argument type must be specified").WithDetail("Postfix operators are not supported.")
	}
	args := []*types.Type{right}
	op := &catalog.Operator{Schema: sc.Name, Name: name, Right: right.OID, Owner: r.tx.Role()}
	if left != nil {
		args, op.Left = []*types.Type{left, right}, left.OID
	}
	fn, err := r.exactFunction(d.name(option), args)
	if err != nil {
		return err
	}
	if !r.snap().MayExecute(r.tx.Role(), fn) {
		return errs.New("42501", "permission denied for function %s", fn.Name)
	}
	op.Result, op.FunctionOID = fn.Returns, fn.OID
	binary := left != nil
	boolean := fn.Returns == types.BoolOID
	switch {
	case !binary && d["commutator"] != nil:
		return errs.New("42P13", "only binary operators can have commutators")
	case !binary && d["join"] != nil:
		return errs.New("42P13", "only binary operators can have join selectivity")
	case !binary && d["merges"] != nil:
		return errs.New("42P13", "only binary operators can merge join")
	case !binary && d["hashes"] != nil:
		return errs.New("42P13", "only binary operators can hash")
	case !boolean && d["negator"] != nil:
		return errs.New("42P13", "only boolean operators can have negators")
	case !boolean && d["restrict"] != nil:
		return errs.New("42P13", "only boolean operators can have restriction selectivity")
	case !boolean && d["join"] != nil:
		return errs.New("42P13", "only boolean operators can have join selectivity")
	case !boolean && d["merges"] != nil:
		return errs.New("42P13", "only boolean operators can merge join")
	case !boolean && d["hashes"] != nil:
		return errs.New("42P13", "only boolean operators can hash")
	}
	for _, x := range r.snap().OperatorsNamed(sc.Name, name) {
		if x.Left == op.Left && x.Right == op.Right {
			return errs.New("42723", "operator %s already exists", name)
		}
	}
	op.Commutator, op.Negator = lastOf(d.name("commutator")), lastOf(d.name("negator"))
	op.OID = r.edit.NewOID()
	r.edit.PutOperator(op)
	return nil
}

func lastOf(list []string) string {
	if len(list) == 0 {
		return ""
	}
	return list[len(list)-1]
}

// exactFunction finds a function by its name and exact types.
func (r *run) exactFunction(name []string, args []*types.Type) (*catalog.Function, error) {
	o := &ast.ObjectWithArgs{Name: name}
	schema, last := split(name)
	schemas := append([]string{"pg_catalog"}, r.path()...)
	if schema != "" {
		if err := r.lookSchema(schema); err != nil {
			return nil, err
		}
		schemas = []string{schema}
	}
	var texts []string
	for _, t := range args {
		texts = append(texts, r.typeText(t))
	}
	for _, s := range schemas {
	next:
		for _, f := range r.snap().FunctionsNamed(s, last) {
			in := f.Inputs()
			if len(in) != len(args) || f.Kind == catalog.Procedure {
				continue
			}
			for i := range in {
				if in[i].Type != args[i].OID {
					continue next
				}
			}
			return f, nil
		}
	}
	return nil, errs.New("42883", "function %s(%s) does not exist", strings.Join(o.Name, "."), strings.Join(texts, ", "))
}

// notice tells whoever listens a message.
func (r *run) notice(level string, e *errs.Error) {
	if r.tx.Notice != nil {
		r.tx.Notice(level, e)
	}
}
