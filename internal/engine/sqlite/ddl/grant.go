package ddl

import (
	"strings"

	"github.com/basement-project/basement/internal/catalog"
	"github.com/basement-project/basement/internal/engine/sqlite/builtin"
	"github.com/basement-project/basement/internal/errs"
	"github.com/basement-project/basement/internal/sql/ast"
	"github.com/basement-project/basement/internal/sql/types"
)

var privilegeWords = map[string]catalog.Privilege{
	"select": catalog.Select, "insert": catalog.Insert, "update": catalog.Update, "delete": catalog.Delete,
	"truncate": catalog.Truncate, "references": catalog.References, "trigger": catalog.TriggerPrivilege, "usage": catalog.Usage,
	"create": catalog.Create, "execute": catalog.Execute, "connect": catalog.Connect, "temporary": catalog.Temporary,
	"temp": catalog.Temporary, "maintain": catalog.Maintain,
}

// grantKind is the letter of a statement's kind of objects, and what it is called in errors.
func grantKind(k ast.ObjectType) (letter byte, word string) {
	switch k {
	case ast.ObjectTable:
		return 'r', "relation"
	case ast.ObjectSequence:
		return 'S', "sequence"
	case ast.ObjectFunction, ast.ObjectProcedure, ast.ObjectRoutine, ast.ObjectAggregate:
		return 'f', "function"
	case ast.ObjectDataType, ast.ObjectDomain:
		return 'T', "type"
	case ast.ObjectSchema:
		return 'n', "schema"
	case ast.ObjectDatabase:
		return 'd', "database"
	}
	return 0, ""
}

// change is one grant or revoke with its roles resolved.
type change struct {
	grant      bool
	optionOnly bool // REVOKE GRANT OPTION FOR
	option     bool // WITH GRANT OPTION
	cascade    bool
	grantees   []string
	rights     catalog.Privilege
	all        bool
	columns    []columnRights
}

type columnRights struct {
	rights catalog.Privilege
	all    bool
	names  []string
}

func (r *run) change(s *ast.GrantStmt) (*change, error) {
	c := &change{grant: s.Grant, cascade: s.Cascade, option: s.Grant && s.GrantOption, optionOnly: !s.Grant && s.GrantOption}
	for _, g := range s.Grantees {
		name, err := r.role(g)
		if err != nil {
			return nil, err
		}
		if name == catalog.Public && c.option {
			return nil, errs.New("0LP01", "grant options can only be granted to roles")
		}
		c.grantees = append(c.grantees, name)
	}
	letter, word := grantKind(s.Kind)
	allowed := allRights[letter]
	if letter == 'r' {
		// GRANT ... ON TABLE may name sequences, so their privileges are words here too.
		allowed |= catalog.Usage | catalog.Maintain
	}
	if len(s.Privileges) == 0 {
		c.all = true
	}
	for _, p := range s.Privileges {
		if len(p.Columns) > 0 {
			if letter != 'r' {
				return nil, errs.New("0LP01", "column privileges are only valid for relations")
			}
			right := privilegeWords[p.Name]
			if !p.All && right&allRights['c'] == 0 {
				return nil, errs.New("0LP01", "invalid privilege type %s for column", strings.ToUpper(p.Name))
			}
			c.columns = append(c.columns, columnRights{right, p.All, p.Columns})
			continue
		}
		if p.All {
			c.all = true
			continue
		}
		right := privilegeWords[p.Name]
		if right == 0 {
			return nil, errs.New("42601", "unrecognized privilege type \"%s\"", p.Name)
		}
		if right&allowed == 0 {
			return nil, errs.New("0LP01", "invalid privilege type %s for %s", strings.ToUpper(p.Name), word)
		}
		c.rights |= right
	}
	return c, nil
}

// apply changes a list; word and name are for errors.
func (r *run) apply(c *change, acl catalog.ACL, owner string, kind byte, rights catalog.Privilege, all bool, word, name string) (catalog.ACL, error) {
	if all {
		rights = allRights[kind]
	}
	if rights == 0 {
		return acl, nil
	}
	list := spelled(acl, owner, kind)
	grantor := owner
	if !r.owns(owner) {
		var option catalog.Privilege
		for _, g := range list {
			if g.GrantOption&rights != 0 && r.snap().Inherits(r.tx.Role(), g.Grantee) {
				option |= g.GrantOption & rights
				grantor = g.Grantee
			}
		}
		if option == 0 {
			// Without any right on the object it is refused; with some, PostgreSQL only warns.
			if r.snap().Held(r.tx.Role(), owner, acl, publicRights[kind]) == 0 {
				return acl, errs.New("42501", "permission denied for %s %s", word, name)
			}
			return acl, nil
		}
		rights = option
	}
	for _, who := range c.grantees {
		if c.grant {
			g := catalog.Grant{Grantee: who, Grantor: grantor, Privileges: rights}
			if c.option {
				g.GrantOption = rights
			}
			list = addGrant(list, g)
			continue
		}
		if dependents(list, who, rights) && who != owner {
			if !c.cascade {
				return acl, errs.New("2BP01", "dependent privileges exist").WithHint("Use CASCADE to revoke them too.")
			}
			var kept []catalog.Grant
			for _, g := range list {
				if g.Grantor == who && g.Grantee != who {
					g.Privileges &^= rights
					g.GrantOption &^= rights
					if g.Privileges == 0 {
						continue
					}
				}
				kept = append(kept, g)
			}
			list = kept
		}
		list = removeGrant(list, who, grantor, rights, c.optionOnly)
	}
	if kind == 'c' && len(list) == 0 {
		return catalog.ACL{Default: true}, nil
	}
	return catalog.ACL{Grants: list}, nil
}

func (r *run) grant(s *ast.GrantStmt) error {
	letter, _ := grantKind(s.Kind)
	name := ""
	if len(s.Objects) > 0 {
		name = s.Objects[0].Parts[len(s.Objects[0].Parts)-1]
	}
	switch s.Kind {
	case ast.ObjectLanguage:
		if name != "sql" && name != "plpgsql" && name != "c" && name != "internal" {
			return errs.New("42704", "language \"%s\" does not exist", name)
		}
		if s.Grant && (name == "sql" || name == "plpgsql") {
			return nil // everybody may use them already
		}
		return r.unsupported(s.Pos, "this change of the rights on language "+name, "Everybody may write functions in SQL and PL/pgSQL.")
	case ast.ObjectForeignServer:
		return errs.New("42704", "server \"%s\" does not exist", name)
	case ast.ObjectForeignDataWrapper:
		return errs.New("42704", "foreign-data wrapper \"%s\" does not exist", name)
	case ast.ObjectTablespace, ast.ObjectParameter, ast.ObjectLargeObject:
		return r.unsupported(s.Pos, "GRANT on this kind of object", "")
	}
	c, err := r.change(s)
	if err != nil {
		return err
	}
	if s.TargetType == ast.GrantAllInSchema {
		return r.grantInSchemas(s, c, letter)
	}
	switch letter {
	case 'd':
		for _, n := range s.Objects {
			if db := n.Parts[len(n.Parts)-1]; db != builtin.Database {
				return errs.New("3D000", "database \"%s\" does not exist", db)
			}
		}
		return nil
	case 'r', 'S':
		for _, v := range s.Relations {
			cl, err := r.class(v)
			if err != nil {
				return err
			}
			if !cl.found() {
				return errs.New("42P01", "relation \"%s\" does not exist", written(v))
			}
			if cl.index != nil {
				return errs.New("42809", "\"%s\" is an index", cl.index.Name)
			}
			if letter == 'S' && cl.seq == nil {
				return errs.New("42809", "\"%s\" is not a sequence", cl.name())
			}
			if cl.seq != nil {
				if err := r.grantSequence(cl.seq, c); err != nil {
					return err
				}
				continue
			}
			if c.rights&catalog.Usage != 0 {
				return errs.New("0LP01", "invalid privilege type USAGE for table")
			}
			if err := r.grantRelation(cl.rel, c); err != nil {
				return err
			}
		}
	case 'f':
		for _, f := range s.Funcs {
			fn, err := r.function(f, s.Kind)
			if err != nil {
				return err
			}
			if err := r.grantFunction(fn, c); err != nil {
				return err
			}
		}
	case 'T':
		for _, n := range s.Objects {
			t, err := r.typeNamed(n)
			if err != nil {
				return err
			}
			if s.Kind == ast.ObjectDomain && t.Kind != types.DomainType {
				return errs.New("42809", "\"%s\" is not a domain", t.Name)
			}
			u := r.snap().UserType(t.OID)
			x := *u
			if x.ACL, err = r.apply(c, x.ACL, x.Owner, 'T', c.rights, c.all, "type", t.Name); err != nil {
				return err
			}
			if types.ByOID(t.OID) == nil {
				r.edit.PutType(&x)
			}
		}
	case 'n':
		for _, n := range s.Objects {
			name := n.Parts[len(n.Parts)-1]
			sc := r.snap().Schema(name)
			if sc == nil {
				return errs.New("3F000", "schema \"%s\" does not exist", name)
			}
			x := *sc
			if x.ACL, err = r.apply(c, x.ACL, x.Owner, 'n', c.rights, c.all, "schema", name); err != nil {
				return err
			}
			if name != "pg_catalog" {
				r.edit.PutSchema(&x)
			}
		}
	default:
		return r.unsupported(s.Pos, "GRANT on this kind of object", "")
	}
	return nil
}

func (r *run) grantInSchemas(s *ast.GrantStmt, c *change, letter byte) error {
	for _, n := range s.Objects {
		name := n.Parts[len(n.Parts)-1]
		if r.snap().Schema(name) == nil {
			return errs.New("3F000", "schema \"%s\" does not exist", name)
		}
		snap := r.snap()
		switch letter {
		case 'r':
			for _, rel := range snap.RelationsIn(name) {
				if rel.Kind == catalog.CompositeRel {
					continue
				}
				if err := r.grantRelation(rel, c); err != nil {
					return err
				}
			}
		case 'S':
			for _, q := range snap.Sequences {
				if q.Schema == name {
					if err := r.grantSequence(q, c); err != nil {
						return err
					}
				}
			}
		case 'f':
			for _, f := range snap.Functions {
				if f.Schema == name {
					if err := r.grantFunction(f, c); err != nil {
						return err
					}
				}
			}
		}
	}
	return nil
}

func (r *run) grantSequence(q *catalog.Sequence, c *change) (err error) {
	x := *q
	if x.ACL, err = r.apply(c, x.ACL, x.Owner, 'S', c.rights&allRights['S'], c.all, "sequence", x.Name); err != nil {
		return err
	}
	r.edit.PutSequence(&x)
	return nil
}

func (r *run) grantFunction(f *catalog.Function, c *change) (err error) {
	x := *f
	if x.ACL, err = r.apply(c, x.ACL, x.Owner, 'f', c.rights, c.all, "function", x.Name); err != nil {
		return err
	}
	r.putFunction(&x)
	return nil
}

func (r *run) grantRelation(rel *catalog.Relation, c *change) (err error) {
	x := cloneRelation(rel)
	word := relWord(rel.Kind)
	if x.ACL, err = r.apply(c, x.ACL, x.Owner, 'r', c.rights, c.all, word, x.Name); err != nil {
		return err
	}
	if !c.grant && (c.rights != 0 || c.all) {
		// Taking a right on the table away takes it away on the columns.
		for _, col := range x.Columns {
			if col.ACL.Default {
				continue
			}
			if col.ACL, err = r.apply(c, col.ACL, x.Owner, 'c', c.rights&allRights['c'], c.all, word, x.Name); err != nil {
				return err
			}
		}
	}
	for _, cr := range c.columns {
		for _, name := range cr.names {
			col := x.Column(name)
			if col == nil {
				return errs.New("42703", "column \"%s\" of relation \"%s\" does not exist", name, x.Name)
			}
			if col.ACL, err = r.apply(c, col.ACL, x.Owner, 'c', cr.rights, cr.all, word, x.Name); err != nil {
				return err
			}
		}
	}
	r.edit.PutRelation(x)
	return nil
}

func (r *run) alterDefaultPrivileges(s *ast.AlterDefaultPrivilegesStmt) error {
	var roles, schemas []string
	for _, o := range s.Options {
		for _, spec := range o.Roles {
			name, err := r.someRole(spec)
			if err != nil {
				return err
			}
			if !r.snap().Inherits(r.tx.Role(), name) {
				return errs.New("42501", "permission denied to change default privileges")
			}
			roles = append(roles, name)
		}
		for _, sc := range o.Schemas {
			if r.snap().Schema(sc) == nil {
				return errs.New("3F000", "schema \"%s\" does not exist", sc)
			}
			schemas = append(schemas, sc)
		}
	}
	if len(roles) == 0 {
		roles = []string{r.tx.Role()}
	}
	letter, _ := grantKind(s.Action.Kind)
	if letter == 'n' && len(schemas) > 0 {
		return errs.New("0LP01", "cannot use IN SCHEMA clause when using GRANT/REVOKE ON SCHEMAS")
	}
	if len(schemas) == 0 {
		schemas = []string{""}
	}
	c, err := r.change(s.Action)
	if err != nil {
		return err
	}
	rights := c.rights & allRights[letter]
	if c.all {
		rights = allRights[letter]
	}
	list := append([]*catalog.DefaultACL(nil), r.snap().DefaultACLs...)
	for _, role := range roles {
		for _, schema := range schemas {
			list = changeDefault(list, role, schema, letter, c, rights)
		}
	}
	r.edit.SetDefaultACLs(list)
	return nil
}

func changeDefault(list []*catalog.DefaultACL, role, schema string, letter byte, c *change, rights catalog.Privilege) []*catalog.DefaultACL {
	at := -1
	entry := &catalog.DefaultACL{Role: role, Schema: schema, Object: letter}
	for i, d := range list {
		if d.Role == role && d.Schema == schema && d.Object == letter {
			at = i
			entry.ACL.Grants = append([]catalog.Grant(nil), d.ACL.Grants...)
		}
	}
	if at < 0 && schema == "" {
		entry.ACL.Grants = builtinACL(role, letter)
	}
	for _, who := range c.grantees {
		if c.grant {
			g := catalog.Grant{Grantee: who, Grantor: role, Privileges: rights}
			if c.option {
				g.GrantOption = rights
			}
			entry.ACL.Grants = addGrant(entry.ACL.Grants, g)
		} else {
			entry.ACL.Grants = removeGrant(entry.ACL.Grants, who, role, rights, c.optionOnly)
		}
	}
	empty := schema != "" && len(entry.ACL.Grants) == 0
	switch {
	case at >= 0 && empty:
		return append(list[:at], list[at+1:]...)
	case at >= 0:
		list[at] = entry
	case !empty:
		list = append(list, entry)
	}
	return list
}
