package ddl

import (
	_ "embed" // the facts of PostgreSQL's operator classes
	"slices"
	"strings"

	"github.com/basement-project/basement/internal/catalog"
	"github.com/basement-project/basement/internal/engine/sqlite/extension"
	"github.com/basement-project/basement/internal/engine/sqlite/extension/available"
	"github.com/basement-project/basement/internal/errs"
	"github.com/basement-project/basement/internal/sql/ast"
	"github.com/basement-project/basement/internal/sql/types"
)

func (r *run) extensionNamed(name string) *catalog.Extension {
	for _, x := range r.snap().Extensions {
		if x.Name == name {
			return x
		}
	}
	return nil
}

func (r *run) extensionByOID(oid catalog.OID) *catalog.Extension {
	for _, x := range r.snap().Extensions {
		if x.OID == oid && oid != 0 {
			return x
		}
	}
	return nil
}

func (r *run) createExtension(s *ast.CreateExtensionStmt) error {
	if r.extensionNamed(s.Name) != nil || s.Name == "plpgsql" {
		if s.IfNotExists {
			return r.skipped("extension \"%s\" already exists", s.Name)
		}
		return errs.New("42710", "extension \"%s\" already exists", s.Name)
	}
	var schema, version string
	cascade := false
	seen := map[string]bool{}
	for _, o := range s.Options {
		if seen[o.Name] {
			return r.at(o.Pos, errs.New("42601", "conflicting or redundant options"))
		}
		seen[o.Name] = true
		switch o.Name {
		case "schema":
			schema = optionText(o.Arg)
		case "new_version", "version":
			version = optionText(o.Arg)
		case "cascade":
			cascade = true
		}
	}
	return r.installExtension(s.Name, schema, version, cascade, s.NamePos)
}

// installExtension makes an extension and, with cascade, those it requires.
func (r *run) installExtension(name, schema, version string, cascade bool, pos int) error {
	x := available.Find(name)
	if x == nil {
		return errs.New("0A000", "extension \"%s\" is not available", name).
			WithHint("The embedded engine knows only extensions whose functions it has itself.")
	}
	if x.Refused != "" {
		e := errs.New("0A000", "extension \"%s\" is not available on the embedded engine: %s", name, x.Refused)
		if x.Hint != "" {
			e = e.WithHint("%s", x.Hint)
		}
		return r.at(pos, e)
	}
	if version == "" {
		version = x.Version
	} else if version != x.Version && !slices.Contains(x.Older, version) {
		return errs.New("22023", "extension \"%s\" has no installation script nor update path for version \"%s\"", name, version)
	}
	if !r.superuser() {
		e := errs.New("42501", "permission denied to create extension \"%s\"", name)
		if x.Superuser {
			return e.WithHint("Must be superuser to create this extension.")
		}
		return e.WithHint("Must have CREATE privilege on current database to create this extension.")
	}
	if schema != "" && r.snap().Schema(schema) == nil {
		return errs.New("3F000", "schema \"%s\" does not exist", schema)
	}
	if x.Schema != "" {
		if schema != "" && schema != x.Schema {
			return errs.New("0A000", "extension \"%s\" must be installed in schema \"%s\"", name, x.Schema)
		}
		schema = x.Schema
		if r.snap().Schema(schema) == nil {
			r.edit.PutSchema(&catalog.Schema{OID: r.edit.NewOID(), Name: schema, Owner: r.tx.Role(), ACL: catalog.ACL{Default: true}})
		}
	}
	if schema == "" {
		sc, err := r.targetSchema("")
		if err != nil {
			return err
		}
		schema = sc.Name
	}
	for _, need := range x.Requires {
		if r.extensionNamed(need) != nil {
			continue
		}
		if !cascade {
			return errs.New("42704", "required extension \"%s\" is not installed", need).
				WithHint("Use CREATE EXTENSION ... CASCADE to install required extensions too.")
		}
		if err := r.installExtension(need, schema, "", true, pos); err != nil {
			return err
		}
	}
	made := &catalog.Extension{OID: r.edit.NewOID(), Name: name, Schema: schema, Version: version, Owner: r.tx.Role(), Comment: x.Comment}
	list := append([]*catalog.Extension(nil), r.snap().Extensions...)
	r.edit.SetExtensions(append(list, made))
	return r.makeObjects(x, made)
}

// makeObjects puts an extension's objects into the catalog.
func (r *run) makeObjects(x *extension.Extension, made *catalog.Extension) error {
	o := x.Read()
	owner, schema := made.Owner, made.Schema
	for _, t := range o.Types {
		if r.snap().Type(schema, t.Name) != nil {
			return errs.New("42710", "type \"%s\" already exists", t.Name)
		}
		n := &types.Type{OID: r.edit.NewOID(), Schema: schema, Name: t.Name, Category: t.Category, Preferred: t.Preferred, Typmod: -1, Native: x.Types[t.Name]}
		switch t.Kind {
		case 'c':
			n.Kind = types.CompositeType
			for _, f := range t.Fields {
				n.Fields = append(n.Fields, types.Field{Name: f.Name, Type: r.objectType(made, f.Type), Typmod: -1})
			}
		case 'd':
			n.Kind, n.Base = types.DomainType, r.objectType(made, t.Base)
		}
		u := r.putTypeWithArray(n, owner)
		u.Extension = made.OID
		if c := x.Checks[t.Name]; t.Kind == 'd' {
			for _, check := range c {
				u.Checks = append(u.Checks, &catalog.Constraint{OID: r.edit.NewOID(), Name: check.Name, Kind: catalog.Check,
					Expr: strings.ReplaceAll(check.Expr, "@extschema@", quote(schema))})
			}
		}
		r.edit.PutType(u)
		r.snap()
	}
	functions := map[string]catalog.OID{}
	for i := range o.Functions {
		f := &o.Functions[i]
		n := &catalog.Function{OID: r.edit.NewOID(), Schema: schema, Name: f.Name, Owner: owner, ACL: r.defaultACL(owner, schema, 'f'), Kind: f.Kind,
			Returns: r.objectTypeOID(made, f.Result), ReturnsSet: f.Set, Rows: f.Rows, Volatility: f.Volatility, Strict: f.Strict, Leakproof: f.Leakproof,
			Language: "c", Body: extension.Symbol(x.Name, f.Sig()), Extension: made.OID}
		if f.Kind == 'a' {
			n.AggKind = 'n'
		}
		for _, p := range f.Params {
			n.Params = append(n.Params, catalog.Param{Name: p.Name, Mode: catalog.ParamMode(p.Mode), Type: r.objectTypeOID(made, p.Type), Default: p.Default, HasDefault: p.HasDefault})
		}
		if r.sameFunction(schema, n) != nil {
			return errs.New("42723", "function \"%s\" already exists with same argument types", n.Name)
		}
		functions[f.Sig()] = n.OID
		r.edit.PutFunction(n)
	}
	for _, p := range o.Operators {
		r.edit.PutOperator(&catalog.Operator{OID: r.edit.NewOID(), Schema: schema, Name: p.Name, Left: r.objectTypeOID(made, p.Left), Right: r.objectTypeOID(made, p.Right),
			Result: r.objectTypeOID(made, p.Result), FunctionOID: r.objectFunction(functions, p.Function), Commutator: p.Commutator, Negator: p.Negator, Extension: made.OID})
	}
	for _, c := range o.Casts {
		n := &catalog.Cast{OID: r.edit.NewOID(), From: r.objectTypeOID(made, c.From), To: r.objectTypeOID(made, c.To), Context: c.Context, Method: c.Method, Extension: made.OID}
		if c.Function != "-" {
			n.Function = r.objectFunction(functions, c.Function)
		}
		r.edit.PutCast(n)
	}
	return nil
}

func (r *run) objectFunction(own map[string]catalog.OID, sig string) catalog.OID {
	if oid := own[sig]; oid != 0 {
		return oid
	}
	name, _, _ := strings.Cut(sig, "(")
next:
	for _, f := range r.snap().FunctionsNamed("pg_catalog", name) {
		in := f.Inputs()
		args := strings.Split(strings.TrimSuffix(sig[len(name)+1:], ")"), ",")
		if len(in) != len(args) {
			continue
		}
		for i, p := range in {
			if t := types.ByName(args[i]); t == nil || t.OID != p.Type {
				continue next
			}
		}
		return f.OID
	}
	return 0
}

func (r *run) objectTypeOID(made *catalog.Extension, name string) catalog.OID {
	if t := r.objectType(made, name); t != nil {
		return t.OID
	}
	return 0
}

// objectType finds a type of the facts: of the extension, or of one it requires.
func (r *run) objectType(made *catalog.Extension, name string) *types.Type {
	own, is := strings.CutPrefix(name, "@")
	if !is {
		return types.ByName(name)
	}
	if t := r.snap().Type(made.Schema, own); t != nil {
		return t
	}
	for _, need := range available.Find(made.Name).Requires {
		if x := r.extensionNamed(need); x != nil {
			if t := r.snap().Type(x.Schema, own); t != nil {
				return t
			}
		}
	}
	return nil
}

func (r *run) ownExtension(name string) (*catalog.Extension, error) {
	x := r.extensionNamed(name)
	if x == nil {
		return nil, errs.New("42704", "extension \"%s\" does not exist", name)
	}
	if x.Owner != "" {
		if err := r.mustOwn(x.Owner, "extension", name); err != nil {
			return nil, err
		}
	}
	return x, nil
}

func (r *run) alterExtension(s *ast.AlterExtensionStmt) error {
	x, err := r.ownExtension(s.Name)
	if err != nil {
		return err
	}
	a := available.Find(x.Name)
	if a == nil {
		return nil
	}
	version := a.Version
	if len(s.To) > 0 {
		version = s.To[len(s.To)-1]
	}
	if version != a.Version && !slices.Contains(a.Older, version) && version != x.Version {
		return errs.New("22023", "extension \"%s\" has no update path from version \"%s\" to version \"%s\"", x.Name, x.Version, version)
	}
	if version != x.Version {
		y := *x
		y.Version = version
		r.replaceExtension(&y)
	}
	return nil
}

func (r *run) replaceExtension(y *catalog.Extension) {
	list := append([]*catalog.Extension(nil), r.snap().Extensions...)
	for i, x := range list {
		if x.Name == y.Name {
			list[i] = y
		}
	}
	r.edit.SetExtensions(list)
}

// moveExtension is ALTER EXTENSION ... SET SCHEMA.
func (r *run) moveExtension(name string, to *catalog.Schema) error {
	x, err := r.ownExtension(name)
	if err != nil {
		return err
	}
	if a := available.Find(name); a != nil && (a.Schema != "" || a.Fixed) {
		return errs.New("0A000", "extension \"%s\" does not support SET SCHEMA", name)
	}
	if x.Schema == to.Name {
		return nil
	}
	snap := r.snap()
	for _, u := range snap.Types {
		if u.Extension == x.OID && snap.Type(to.Name, u.Type.Name) != nil {
			return errs.New("42710", "type \"%s\" already exists in schema \"%s\"", u.Type.Name, to.Name)
		}
	}
	moved := map[string]bool{}
	for _, f := range snap.Functions {
		if f.Extension != x.OID || x.OID == 0 {
			continue
		}
		y := *f
		y.Schema = to.Name
		if r.sameFunction(to.Name, &y) != nil {
			return errs.New("42723", "function %s already exists in schema \"%s\"", r.signature(&y), to.Name)
		}
		moved[f.Name] = true
	}
	operators := map[string]bool{}
	for _, o := range snap.Operators {
		operators[o.Name] = operators[o.Name] || o.Extension == x.OID
	}
	// The texts are changed while the old names can still be looked up.
	r.renameTexts(func(n ast.Node) ast.Node {
		switch c := n.(type) {
		case *ast.FuncCall:
			if len(c.Name) == 2 && c.Name[0] == x.Schema && moved[c.Name[1]] {
				c.Name = []string{to.Name, c.Name[1]}
			}
		case *ast.AExpr:
			if len(c.Name) == 2 && c.Name[0] == x.Schema && operators[c.Name[1]] {
				c.Name = []string{to.Name, c.Name[1]}
			}
		}
		return n
	})
	for _, f := range snap.Functions {
		if f.Extension == x.OID {
			y := *f
			y.Schema = to.Name
			r.edit.PutFunction(&y)
		}
	}
	for _, o := range snap.Operators {
		if o.Extension == x.OID {
			y := *o
			y.Schema = to.Name
			r.edit.PutOperator(&y)
		}
	}
	for _, u := range snap.Types {
		if u.Extension == x.OID {
			r.moveType(r.snap().TypeByOID(u.Type.OID), to.Name, u.Type.Name)
		}
	}
	y := *x
	y.Schema = to.Name
	r.replaceExtension(&y)
	return nil
}

// removeExtension drops what is left of an extension when its types and functions are gone.
func (r *run) removeExtension(oid catalog.OID) {
	snap := r.snap()
	for _, o := range snap.Operators {
		if o.Extension == oid && oid != 0 {
			r.edit.DropOperator(o.OID)
		}
	}
	for _, c := range snap.Casts {
		if c.Extension == oid && oid != 0 {
			r.edit.DropCast(c.OID)
		}
	}
	r.edit.SetExtensions(without(snap.Extensions, func(x *catalog.Extension) bool { return x.OID == oid }))
}

// notMember refuses to drop or move what an extension holds.
func (r *run) notMember(ext catalog.OID, what string) error {
	x := r.extensionByOID(ext)
	if x == nil {
		return nil
	}
	return errs.New("2BP01", "cannot drop %s because extension %s requires it", what, x.Name).
		WithHint("You can drop extension %s instead.", x.Name)
}

// classFacts are PostgreSQL's own operator classes: name, access method, type, whether it is the type's default.
//
//go:embed opclasses.tsv
var classFacts string
