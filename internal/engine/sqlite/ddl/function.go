package ddl

import (
	"strconv"
	"strings"

	"github.com/basement-project/basement/internal/catalog"
	"github.com/basement-project/basement/internal/engine/sqlite/function"
	"github.com/basement-project/basement/internal/errs"
	"github.com/basement-project/basement/internal/sql/ast"
	"github.com/basement-project/basement/internal/sql/parse"
	"github.com/basement-project/basement/internal/sql/print"
	"github.com/basement-project/basement/internal/sql/types"
)

// signature is a function's name with its input types, as messages print it.
func (r *run) signature(f *catalog.Function) string {
	var args []string
	for _, p := range f.Inputs() {
		if t := r.snap().TypeByOID(p.Type); t != nil {
			args = append(args, r.typeText(t))
		}
	}
	name := quote(f.Name)
	visible := false
	for _, s := range r.path() {
		visible = visible || s == f.Schema
	}
	if !visible {
		name = quote(f.Schema) + "." + name
	}
	return name + "(" + strings.Join(args, ",") + ")"
}

// putFunction puts a function into the catalog. The built-in ones stay what they are.
func (r *run) putFunction(f *catalog.Function) {
	if r.snap().Base.FunctionByOID(f.OID) == nil {
		r.edit.PutFunction(f)
	}
}

// sameFunction finds a function of a schema with the same name and input types.
func (r *run) sameFunction(schema string, f *catalog.Function) *catalog.Function {
	in := f.Inputs()
next:
	for _, x := range r.snap().FunctionsNamed(schema, f.Name) {
		other := x.Inputs()
		if len(other) != len(in) || x.OID == f.OID {
			continue
		}
		for i := range in {
			if in[i].Type != other[i].Type {
				continue next
			}
		}
		return x
	}
	return nil
}

// function finds a function by its name and, when they were written, input types.
func (r *run) function(o *ast.ObjectWithArgs, kind ast.ObjectType) (*catalog.Function, error) {
	schema, name := split(o.Name)
	schemas := r.path()
	if schema != "" {
		if err := r.lookSchema(schema); err != nil {
			return nil, err
		}
		schemas = []string{schema}
	}
	word := "function"
	if kind == ast.ObjectProcedure {
		word = "procedure"
	} else if kind == ast.ObjectAggregate {
		word = "aggregate"
	} else if kind == ast.ObjectRoutine {
		word = "routine"
	}
	if o.ArgsUnspecified {
		var found []*catalog.Function
		for _, s := range schemas {
			for _, f := range r.snap().FunctionsNamed(s, name) {
				if isKind(f, kind) {
					found = append(found, f)
				}
			}
			if len(found) > 0 {
				break
			}
		}
		switch len(found) {
		case 0:
			return nil, errs.New("42883", "could not find a %s named \"%s\"", word, strings.Join(o.Name, "."))
		case 1:
			return found[0], nil
		}
		return nil, errs.New("42725", "%s name \"%s\" is not unique", word, strings.Join(o.Name, ".")).
			WithHint("Specify the argument list to select the %s unambiguously.", word)
	}
	var in []types.OID
	var texts []string
	for _, p := range o.Params {
		if p == nil || p.Mode == ast.ParamOut || p.Mode == ast.ParamTable {
			continue
		}
		t, _, err := r.typeName(p.Type)
		if err != nil {
			return nil, err
		}
		in = append(in, t.OID)
		texts = append(texts, t.String())
	}
	for _, s := range schemas {
	next:
		for _, f := range r.snap().FunctionsNamed(s, name) {
			list := f.Inputs()
			if len(list) != len(in) {
				continue
			}
			for i := range list {
				if list[i].Type != in[i] {
					continue next
				}
			}
			if isKind(f, kind) {
				return f, nil
			}
			sig := strings.Join(o.Name, ".") + "(" + strings.Join(texts, ", ") + ")"
			switch {
			case kind == ast.ObjectAggregate:
				return nil, errs.New("42809", "function %s is not an aggregate", sig)
			case f.Kind == catalog.Aggregate && kind == ast.ObjectFunction && r.out.Tag == "DROP FUNCTION":
				return nil, errs.New("42809", "\"%s\" is an aggregate function", f.Name).WithHint("Use DROP AGGREGATE to drop aggregate functions.")
			case f.Kind == catalog.Aggregate && kind == ast.ObjectFunction:
				return f, nil
			}
			return nil, errs.New("42809", "%s is not a %s", sig, word)
		}
	}
	return nil, errs.New("42883", "%s %s(%s) does not exist", word, strings.Join(o.Name, "."), strings.Join(texts, ", "))
}

// isKind says whether a statement about a kind of routines may name f.
func isKind(f *catalog.Function, kind ast.ObjectType) bool {
	switch kind {
	case ast.ObjectFunction:
		return f.Kind == catalog.RegularFunction || f.Kind == catalog.WindowFunc
	case ast.ObjectProcedure:
		return f.Kind == catalog.Procedure
	case ast.ObjectAggregate:
		return f.Kind == catalog.Aggregate
	}
	return true
}

var paramModes = map[ast.FunctionParameterMode]catalog.ParamMode{ast.ParamDefault: catalog.In, ast.ParamIn: catalog.In,
	ast.ParamOut: catalog.Out, ast.ParamInOut: catalog.InOut, ast.ParamVariadic: catalog.Variadic, ast.ParamTable: catalog.TableCol}

func (r *run) createFunction(s *ast.CreateFunctionStmt) error {
	language := ""
	pos := s.Pos
	if o := s.Option(ast.FuncLanguage); o != nil {
		language, pos = strings.ToLower(o.Value), o.Pos
	} else if s.Return != nil || s.Atomic {
		language = "sql"
	} else {
		return errs.New("42P13", "no language specified")
	}
	switch language {
	case "sql", "plpgsql":
	case "c", "internal", "plv8", "plls", "plcoffee", "plpythonu", "plpython2u", "plpython3u", "plperl", "plperlu", "pltcl", "pltclu", "plr", "pljava",
		"pljavau", "pllua", "plluau", "plrust", "plsh", "plprql", "pltypescript":
		return r.unsupported(pos, "a function in language "+language, "Write it in SQL or PL/pgSQL, or run the project on PostgreSQL.")
	default:
		return errs.New("42704", "language \"%s\" does not exist", language)
	}
	schema, name := split(s.Name)
	sc, err := r.targetSchema(schema)
	if err != nil {
		return err
	}
	owner := r.tx.Role()
	kind := byte(catalog.RegularFunction)
	if s.Procedure {
		kind = catalog.Procedure
	}
	f := &catalog.Function{Schema: sc.Name, Name: name, Owner: owner, Kind: kind, Volatility: 'v', Language: language}
	if err := r.functionParams(f, s); err != nil {
		return err
	}
	if err := r.determined(f); err != nil {
		return err
	}
	if err := r.functionOptions(f, s.Options); err != nil {
		return err
	}
	if err := r.functionBody(f, s); err != nil {
		return err
	}
	if f.Rows == 0 && f.ReturnsSet {
		f.Rows = 1000
	}
	old := r.sameFunction(sc.Name, f)
	if old == nil {
		f.OID, f.ACL = r.edit.NewOID(), r.defaultACL(owner, sc.Name, 'f')
		r.putFunction(f)
		return r.checkSQL(f, s)
	}
	if !s.Replace {
		return errs.New("42723", "function \"%s\" already exists with same argument types", name)
	}
	if err := r.mustOwn(old.Owner, "function", name); err != nil {
		return err
	}
	if old.Kind != f.Kind {
		return errs.New("42809", "cannot change routine kind").WithDetail("\"%s\" is %s.", name, kindPhrase(old.Kind))
	}
	if old.Returns != f.Returns || old.ReturnsSet != f.ReturnsSet {
		return errs.New("42P13", "cannot change return type of existing function").
			WithHint("Use DROP FUNCTION %s first.", r.signature(old))
	}
	if !sameOutputs(old, f) {
		return errs.New("42P13", "cannot change return type of existing function").
			WithDetail("Row type defined by OUT parameters is different.").WithHint("Use DROP FUNCTION %s first.", r.signature(old))
	}
	for i, p := range old.Inputs() {
		in := f.Inputs()
		if p.Name != "" && p.Name != in[i].Name {
			return errs.New("42P13", "cannot change name of input parameter \"%s\"", p.Name).
				WithHint("Use DROP FUNCTION %s first.", r.signature(old))
		}
		if p.HasDefault && !in[i].HasDefault {
			return errs.New("42P13", "cannot remove parameter defaults from existing function").
				WithHint("Use DROP FUNCTION %s first.", r.signature(old))
		}
	}
	f.OID, f.ACL, f.Owner, f.Comment = old.OID, old.ACL, old.Owner, old.Comment
	r.putFunction(f)
	return r.checkSQL(f, s)
}

// checksBodies is the setting check_function_bodies.
func (r *run) checksBodies() bool {
	check, _ := r.tx.Setting("check_function_bodies")
	switch strings.ToLower(check) {
	case "off", "false", "no", "0", "f", "n":
		return false
	}
	return true
}

// checkSQL finds what is wrong with the body of a function in SQL that is in the catalog now: it may call itself.
func (r *run) checkSQL(f *catalog.Function, s *ast.CreateFunctionStmt) error {
	if f.Language != "sql" {
		return nil
	}
	r.snap()
	switch {
	case s.Return != nil:
		return r.x.tools.CheckSQL(r.tx, f, []ast.Statement{ast.Select(ast.As(s.Return.Value, f.Name))}, r.text)
	case s.Atomic:
		return r.x.tools.CheckSQL(r.tx, f, s.Body, r.text)
	}
	if !r.checksBodies() {
		return nil
	}
	as := s.Option(ast.FuncAs)
	list, err := parse.Script(as.Value)
	if err == nil {
		var stmts []ast.Statement
		for _, x := range list.Statements {
			stmts = append(stmts, x.Stmt)
		}
		err = r.x.tools.CheckSQL(r.tx, f, stmts, as.Value)
	}
	if err != nil {
		return function.InBody(err, r.text, as.Pos+len("as"), as.Value)
	}
	return nil
}

func (r *run) functionOptions(f *catalog.Function, options []*ast.FuncOption) error {
	seen := map[ast.FuncOptionKind]bool{}
	for _, o := range options {
		if seen[o.Kind] && o.Kind != ast.FuncSet {
			return r.at(o.Pos, errs.New("42601", "conflicting or redundant options"))
		}
		seen[o.Kind] = true
		switch o.Kind {
		case ast.FuncVolatility:
			f.Volatility = strings.ToLower(o.Value)[0]
		case ast.FuncStrict:
			f.Strict = o.Bool
		case ast.FuncSecurity:
			f.SecurityDefiner = o.Bool
		case ast.FuncLeakproof:
			f.Leakproof = o.Bool
		case ast.FuncRows:
			n, err := strconv.ParseFloat(o.Value, 64)
			switch {
			case err != nil || n <= 0:
				return errs.New("22023", "ROWS must be positive")
			case !f.ReturnsSet:
				return errs.New("22023", "ROWS is not applicable when function does not return a set")
			}
			f.Rows = n
		case ast.FuncCost:
			n, err := strconv.ParseFloat(o.Value, 64)
			if err != nil || n <= 0 {
				return errs.New("22023", "COST must be positive")
			}
			f.Cost = n
		case ast.FuncParallel:
			switch strings.ToLower(o.Value) {
			case "safe":
				f.Parallel = 's'
			case "restricted":
				f.Parallel = 'r'
			case "unsafe":
				f.Parallel = 0
			default:
				return errs.New("42601", "parameter \"parallel\" must be SAFE, RESTRICTED, or UNSAFE")
			}
		case ast.FuncWindow:
			return r.unsupported(o.Pos, "a window function of one's own", "")
		case ast.FuncSet:
			settings := map[string]string{}
			for k, v := range f.Settings {
				settings[k] = v
			}
			if err := r.roleSetting(settings, o.Set); err != nil {
				return err
			}
			f.Settings = settings
		}
	}
	return nil
}

func (r *run) functionBody(f *catalog.Function, s *ast.CreateFunctionStmt) error {
	switch {
	case s.Return != nil:
		f.NewStyleBody = true
		f.Body = "RETURN " + print.Expr(r.qualify(s.Return.Value).(ast.Expr))
		return nil
	case s.Atomic:
		f.NewStyleBody = true
		var parts []string
		for _, b := range s.Body {
			parts = append(parts, print.Statement(r.qualify(b).(ast.Statement)))
		}
		f.Body = "BEGIN ATOMIC " + strings.Join(parts, "; ") + "; END"
		return nil
	}
	as := s.Option(ast.FuncAs)
	if as == nil {
		return errs.New("42P13", "no function body specified")
	}
	f.Body = as.Value
	if !r.checksBodies() {
		return nil
	}
	if f.Language == "plpgsql" {
		return function.InBody(r.x.tools.CheckBody(r.tx, f), r.text, as.Pos+len("as"), as.Value)
	}
	return nil
}

func (r *run) alterFunction(s *ast.AlterFunctionStmt) error {
	f, err := r.function(s.Func, s.Kind)
	if err != nil {
		return err
	}
	if err := r.mustOwn(f.Owner, "function", f.Name); err != nil {
		return err
	}
	x := *f
	if err := r.functionOptions(&x, s.Options); err != nil {
		return err
	}
	r.putFunction(&x)
	return nil
}
