package ddl

import (
	"strconv"
	"unicode/utf8"

	"github.com/basement-project/basement/internal/analyze"
	"github.com/basement-project/basement/internal/catalog"
	"github.com/basement-project/basement/internal/engine/sqlite/session"
	"github.com/basement-project/basement/internal/errs"
	"github.com/basement-project/basement/internal/sql/ast"
	"github.com/basement-project/basement/internal/sql/types"
)

func quote(s string) string { return session.QuoteIdentifier(s) }

// path is the search path for looking names up.
func (r *run) path() []string {
	r.snap()
	return r.tx.LookupPath()
}

func (r *run) analyzeOptions() analyze.Options {
	return analyze.Options{SearchPath: r.tx.SearchPath(), Text: r.text, Cache: r.x.tools.Cache, Role: r.tx.Role(), Env: r.tx.Env()}
}

// superuser says whether the present role may do everything.
func (r *run) superuser() bool {
	role := r.snap().Role(r.tx.Role())
	return role != nil && role.Superuser
}

// owns says whether the present role has the rights of an owner.
func (r *run) owns(owner string) bool { return r.snap().Inherits(r.tx.Role(), owner) }

func (r *run) mustOwn(owner, what, name string) error {
	if r.owns(owner) {
		return nil
	}
	return errs.New("42501", "must be owner of %s %s", what, name)
}

// targetSchema finds the schema a new object goes to: the written one, or the first of the search path.
func (r *run) targetSchema(name string) (*catalog.Schema, error) {
	snap := r.snap()
	if name == "" {
		path := r.tx.SearchPath()
		if len(path) == 0 {
			return nil, errs.New("3F000", "no schema has been selected to create in")
		}
		name = path[0]
	}
	if name == catalog.TempSchema {
		return r.tempSchema(), nil
	}
	sc := snap.Schema(name)
	if sc == nil {
		return nil, errs.New("3F000", "schema \"%s\" does not exist", name)
	}
	if name == "pg_catalog" || name == "information_schema" {
		return nil, errs.New("42501", "permission denied for schema %s", name)
	}
	if !snap.Has(r.tx.Role(), sc.Owner, sc.ACL, 0, catalog.Create) {
		return nil, errs.New("42501", "permission denied for schema %s", name)
	}
	return sc, nil
}

// lookSchema checks a schema that is named explicitly.
func (r *run) lookSchema(name string) error {
	sc := r.snap().Schema(name)
	if sc == nil {
		return errs.New("3F000", "schema \"%s\" does not exist", name)
	}
	if !r.snap().MayUse(r.tx.Role(), sc) {
		return errs.New("42501", "permission denied for schema %s", name)
	}
	return nil
}

// class is anything that shares the names of relations.
type class struct {
	rel   *catalog.Relation
	seq   *catalog.Sequence
	index *catalog.Index // rel is its table
}

func (c class) found() bool { return c.rel != nil || c.seq != nil }

// word is what the object is called in messages.
func (c class) word() string {
	switch {
	case c.index != nil:
		return "index"
	case c.seq != nil:
		return "sequence"
	}
	return relWord(c.rel.Kind)
}

func relWord(k catalog.RelKind) string {
	switch k {
	case catalog.View:
		return "view"
	case catalog.MaterializedView:
		return "materialized view"
	case catalog.ForeignTable:
		return "foreign table"
	case catalog.CompositeRel:
		return "type"
	}
	return "table"
}

func (c class) schema() string {
	if c.seq != nil {
		return c.seq.Schema
	}
	return c.rel.Schema
}

func (c class) name() string {
	switch {
	case c.index != nil:
		return c.index.Name
	case c.seq != nil:
		return c.seq.Name
	}
	return c.rel.Name
}

func (c class) owner() string {
	if c.seq != nil {
		return c.seq.Owner
	}
	return c.rel.Owner
}

// classIn finds what has a name in one schema.
func classIn(snap *catalog.Snapshot, schema, name string) class {
	if rel := snap.Relation(schema, name); rel != nil {
		return class{rel: rel}
	}
	if s := snap.Sequence(schema, name); s != nil {
		return class{seq: s}
	}
	for _, rel := range snap.Relations {
		if rel.Schema != schema {
			continue
		}
		for _, x := range rel.Indexes {
			if x.Name == name {
				return class{rel: rel, index: x}
			}
		}
	}
	return class{}
}

// class finds what a name means; nothing when there is none.
func (r *run) class(v *ast.RangeVar) (class, error) {
	c, err := r.anyClass(v)
	if err == nil && c.rel != nil && r.snap().Base.RelationByOID(c.rel.OID) != nil {
		return class{}, errs.New("42501", "permission denied: \"%s\" is a system catalog", c.rel.Name)
	}
	return c, err
}

// anyClass is class for what only reads: the system's own relations are found too.
func (r *run) anyClass(v *ast.RangeVar) (class, error) {
	if v.Schema != "" {
		if err := r.lookSchema(v.Schema); err != nil {
			return class{}, err
		}
		return classIn(r.snap(), v.Schema, v.Name), nil
	}
	for _, s := range r.path() {
		if c := classIn(r.snap(), s, v.Name); c.found() {
			return c, nil
		}
	}
	return class{}, nil
}

func written(v *ast.RangeVar) string {
	if v.Schema != "" {
		return v.Schema + "." + v.Name
	}
	return v.Name
}

// relation finds a table or view by name.
func (r *run) relation(v *ast.RangeVar) (*catalog.Relation, error) {
	c, err := r.class(v)
	if err != nil {
		return nil, err
	}
	return relationOf(c, v)
}

// anyRelation is relation for what only reads.
func (r *run) anyRelation(v *ast.RangeVar) (*catalog.Relation, error) {
	c, err := r.anyClass(v)
	if err != nil {
		return nil, err
	}
	return relationOf(c, v)
}

func relationOf(c class, v *ast.RangeVar) (*catalog.Relation, error) {
	if c.rel == nil || c.index != nil {
		if c.found() {
			return nil, errs.New("42809", "\"%s\" is not a table", c.name())
		}
		return nil, errs.New("42P01", "relation \"%s\" does not exist", written(v))
	}
	return c.rel, nil
}

// ownTable finds a table the present role owns.
func (r *run) ownTable(v *ast.RangeVar) (*catalog.Relation, error) {
	rel, err := r.relation(v)
	if err != nil {
		return nil, err
	}
	if err := r.mustOwn(rel.Owner, relWord(rel.Kind), rel.Name); err != nil {
		return nil, err
	}
	return rel, nil
}

func rangeVar(n *ast.AnyName) *ast.RangeVar {
	v := &ast.RangeVar{Pos: n.Pos, Name: n.Parts[len(n.Parts)-1]}
	if len(n.Parts) > 1 {
		v.Schema = n.Parts[len(n.Parts)-2]
	}
	return v
}

func namesVar(parts []string, pos int) *ast.RangeVar {
	return rangeVar(&ast.AnyName{Pos: pos, Parts: parts})
}

// split cuts a qualified name.
func split(parts []string) (schema, name string) {
	if len(parts) > 1 {
		schema = parts[len(parts)-2]
	}
	return schema, parts[len(parts)-1]
}

// role resolves a role specification.
func (r *run) role(s *ast.RoleSpec) (string, error) {
	switch s.Kind {
	case ast.RoleCurrentRole, ast.RoleCurrentUser:
		return r.tx.Role(), nil
	case ast.RoleSessionUser:
		return r.tx.SessionRole, nil
	case ast.RolePublic:
		return catalog.Public, nil
	}
	if r.snap().Role(s.Name) == nil {
		return "", errs.New("42704", "role \"%s\" does not exist", s.Name)
	}
	return s.Name, nil
}

// someRole is role for places where PUBLIC is no answer.
func (r *run) someRole(s *ast.RoleSpec) (string, error) {
	if s.Kind == ast.RolePublic {
		return "", errs.New("42704", "role \"%s\" does not exist", "public")
	}
	return r.role(s)
}

// mayCreateSchema says whether the present role may create a schema. Only a superuser or the database's owner may.
func (r *run) mayCreateSchema() bool {
	return r.superuser() || r.snap().Inherits(r.tx.Role(), "pg_database_owner") || r.snap().Inherits(r.tx.Role(), "postgres")
}

// typeName resolves a written type; shell types and SETOF are refused.
func (r *run) typeName(n *ast.TypeName) (*types.Type, int32, error) {
	t, mod, err := analyze.Type(r.snap(), n, r.analyzeOptions())
	if err != nil {
		return nil, 0, err
	}
	return t, mod, nil
}

// maxName is the longest identifier, in bytes.
const maxName = 63

// objectName makes an object's name of parts as PostgreSQL's makeObjectName does: the longer of the first two is cut
// until everything fits.
func objectName(name1, name2, label string) string {
	overhead := 0
	n1, n2 := len(name1), len(name2)
	if name2 != "" {
		overhead++
	}
	if label != "" {
		overhead += len(label) + 1
	}
	for n1+n2 > maxName-overhead {
		if n1 > n2 {
			n1--
		} else {
			n2--
		}
	}
	out := clip(name1, n1)
	if name2 != "" {
		out += "_" + clip(name2, n2)
	}
	if label != "" {
		out += "_" + label
	}
	return out
}

// clip cuts a string to at most n bytes, at the end of a character.
func clip(s string, n int) string {
	if len(s) <= n {
		return s
	}
	for n > 0 && !utf8.RuneStart(s[n]) {
		n--
	}
	return s[:n]
}

// relationName chooses a free name for an index or sequence, numbered when taken.
func (r *run) relationName(schema, name1, name2, label string, constraint bool) string {
	for pass := 0; ; pass++ {
		l := label
		if pass > 0 {
			l += strconv.Itoa(pass)
		}
		name := objectName(name1, name2, l)
		if classIn(r.snap(), schema, name).found() {
			continue
		}
		if constraint && constraintNamed(r.snap(), schema, name) {
			continue
		}
		return name
	}
}

// constraintNamed says whether a constraint of any relation in the schema has the name.
func constraintNamed(snap *catalog.Snapshot, schema, name string) bool {
	for _, rel := range snap.Relations {
		if rel.Schema != schema {
			continue
		}
		for _, c := range rel.Constraints {
			if c.Name == name {
				return true
			}
		}
	}
	for _, u := range snap.Types {
		if u.Type.Schema == schema {
			for _, c := range u.Checks {
				if c.Name == name {
					return true
				}
			}
		}
	}
	return false
}

// constraintName chooses a free name for a constraint; also are names chosen in this statement but not yet in the catalog.
func (r *run) constraintName(schema, name1, name2, label string, also map[string]bool) string {
	for pass := 0; ; pass++ {
		l := label
		if pass > 0 {
			l += strconv.Itoa(pass)
		}
		name := objectName(name1, name2, l)
		if also[name] || constraintNamed(r.snap(), schema, name) {
			continue
		}
		return name
	}
}

// columnsPart joins column names for an automatic name, as ChooseIndexNameAddition and its like do.
func columnsPart(names []string) string {
	out := ""
	for i, n := range names {
		if i > 0 {
			out += "_"
		}
		out += n
		if len(out) >= maxName+1 {
			break
		}
	}
	return out
}

// cloneRelation copies a relation so that its lists and columns may be changed.
func cloneRelation(rel *catalog.Relation) *catalog.Relation {
	c := *rel
	c.Columns = make([]*catalog.Column, len(rel.Columns))
	for i, x := range rel.Columns {
		y := *x
		c.Columns[i] = &y
	}
	c.Constraints = make([]*catalog.Constraint, len(rel.Constraints))
	for i, x := range rel.Constraints {
		y := *x
		c.Constraints[i] = &y
	}
	c.Indexes = make([]*catalog.Index, len(rel.Indexes))
	for i, x := range rel.Indexes {
		y := *x
		y.Keys = append([]catalog.IndexKey(nil), x.Keys...)
		c.Indexes[i] = &y
	}
	c.Policies = make([]*catalog.Policy, len(rel.Policies))
	for i, x := range rel.Policies {
		y := *x
		c.Policies[i] = &y
	}
	if rel.Options != nil {
		c.Options = map[string]string{}
		for k, v := range rel.Options {
			c.Options[k] = v
		}
	}
	return &c
}

func maxColumn(rel *catalog.Relation) int32 {
	n := rel.LastColumn
	for _, c := range rel.Columns {
		n = max(n, c.Num)
	}
	return n
}

func columnNames(rel *catalog.Relation, nums []int32) []string {
	out := make([]string, len(nums))
	for i, n := range nums {
		if c := rel.ColumnByNum(n); c != nil {
			out[i] = c.Name
		}
	}
	return out
}

// qualified is a name with its schema unless the search path finds it without.
func (r *run) qualified(schema, name string) string {
	for _, s := range r.path() {
		if classIn(r.snap(), s, name).found() {
			if s == schema {
				return quote(name)
			}
			break
		}
	}
	return quote(schema) + "." + quote(name)
}
