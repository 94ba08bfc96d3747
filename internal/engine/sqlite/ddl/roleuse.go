package ddl

import (
	"github.com/basement-project/basement/internal/catalog"
	"github.com/basement-project/basement/internal/errs"
	"github.com/basement-project/basement/internal/sql/ast"
)

// changeACLs applies f to every access control list of the catalog, and name to every owner and every role a policy names.
func (r *run) changeACLs(f func(catalog.ACL) (catalog.ACL, bool), name func(string) string) {
	snap := r.snap()
	for _, x := range snap.Schemas {
		if acl, changed := f(x.ACL); changed || name(x.Owner) != x.Owner {
			y := *x
			y.ACL, y.Owner = acl, name(x.Owner)
			r.edit.PutSchema(&y)
		}
	}
	for _, x := range snap.Relations {
		y := cloneRelation(x)
		var changed bool
		y.ACL, changed = f(x.ACL)
		y.Owner = name(x.Owner)
		changed = changed || y.Owner != x.Owner
		for _, c := range y.Columns {
			acl, other := f(c.ACL)
			c.ACL, changed = acl, changed || other
		}
		for _, p := range y.Policies {
			roles := make([]string, len(p.Roles))
			for i, role := range p.Roles {
				roles[i] = name(role)
				changed = changed || roles[i] != role
			}
			if len(roles) > 0 {
				p.Roles = roles
			}
		}
		if changed {
			r.edit.PutRelation(y)
		}
	}
	for _, x := range snap.Sequences {
		if acl, changed := f(x.ACL); changed || name(x.Owner) != x.Owner {
			y := *x
			y.ACL, y.Owner = acl, name(x.Owner)
			r.edit.PutSequence(&y)
		}
	}
	for _, x := range snap.Functions {
		if acl, changed := f(x.ACL); changed || name(x.Owner) != x.Owner {
			y := *x
			y.ACL, y.Owner = acl, name(x.Owner)
			r.edit.PutFunction(&y)
		}
	}
	for _, x := range snap.Types {
		if acl, changed := f(x.ACL); changed || name(x.Owner) != x.Owner {
			y := *x
			y.ACL, y.Owner = acl, name(x.Owner)
			r.edit.PutType(&y)
		}
	}
	var list []*catalog.DefaultACL
	any := false
	for _, x := range snap.DefaultACLs {
		y := *x
		acl, changed := f(x.ACL)
		y.ACL, y.Role = acl, name(x.Role)
		any = any || changed || y.Role != x.Role
		list = append(list, &y)
	}
	if any {
		r.edit.SetDefaultACLs(list)
	}
}

// dropOwned is DROP OWNED: what the roles own is dropped, and the rights they were given are revoked.
func (r *run) dropOwned(s *ast.DropOwnedStmt) error {
	gone := map[string]bool{}
	for _, spec := range s.Roles {
		name, err := r.someRole(spec)
		if err != nil {
			return err
		}
		if !r.snap().IsMember(r.tx.Role(), name) {
			return errs.New("42501", "permission denied to drop objects")
		}
		if role := r.snap().Role(name); role.Superuser && role.Name == r.bootstrap() {
			return errs.New("2BP01", "cannot drop objects owned by %s because they are required by the database system", "role "+name)
		}
		gone[name] = true
	}
	snap := r.snap()
	var targets []object
	for _, x := range snap.Schemas {
		if gone[x.Owner] {
			targets = append(targets, object{kind: schemaObject, oid: x.OID})
		}
	}
	for _, x := range snap.Relations {
		if gone[x.Owner] {
			targets = append(targets, object{kind: relationObject, oid: x.OID})
			continue
		}
		for _, p := range x.Policies {
			only := len(p.Roles) > 0
			for _, role := range p.Roles {
				only = only && gone[role]
			}
			if only {
				targets = append(targets, object{kind: policyObject, oid: x.OID, part: p.OID})
			}
		}
	}
	for _, x := range snap.Sequences {
		if gone[x.Owner] && x.OwnedBy == 0 {
			targets = append(targets, object{kind: sequenceObject, oid: x.OID})
		}
	}
	for _, x := range snap.Functions {
		if gone[x.Owner] {
			targets = append(targets, object{kind: functionObject, oid: x.OID})
		}
	}
	for _, x := range snap.Types {
		if gone[x.Owner] && snap.RelationOfRowType(x.Type.OID) == nil && x.Type.Elem == nil {
			targets = append(targets, object{kind: typeObject, oid: x.Type.OID})
		}
	}
	if len(targets) > 0 {
		if err := r.remove(targets, s.Cascade); err != nil {
			return err
		}
	}
	r.changeACLs(func(acl catalog.ACL) (catalog.ACL, bool) {
		var kept []catalog.Grant
		for _, g := range acl.Grants {
			if !gone[g.Grantee] && !gone[g.Grantor] {
				kept = append(kept, g)
			}
		}
		if len(kept) == len(acl.Grants) {
			return acl, false
		}
		return catalog.ACL{Default: acl.Default, Grants: kept}, true
	}, func(name string) string { return name })
	var list []*catalog.DefaultACL
	for _, x := range r.snap().DefaultACLs {
		if !gone[x.Role] && (x.ACL.Default || len(x.ACL.Grants) > 0) {
			list = append(list, x)
		}
	}
	if len(list) != len(r.snap().DefaultACLs) {
		r.edit.SetDefaultACLs(list)
	}
	for _, rel := range r.snap().Relations {
		c := cloneRelation(rel)
		changed := false
		for _, p := range c.Policies {
			var kept []string
			for _, role := range p.Roles {
				if !gone[role] {
					kept = append(kept, role)
				}
			}
			changed = changed || len(kept) != len(p.Roles)
			p.Roles = kept
		}
		if changed {
			r.edit.PutRelation(c)
		}
	}
	return nil
}

// bootstrap is the role that owns what every database has.
func (r *run) bootstrap() string {
	var first *catalog.Role
	for _, x := range r.snap().Roles {
		if x.Superuser && (first == nil || x.OID < first.OID) {
			first = x
		}
	}
	if first == nil {
		return ""
	}
	return first.Name
}

// roleRenamed gives a role another name everywhere it is named.
func (r *run) roleRenamed(role *catalog.Role, to string) {
	name := func(s string) string {
		if s == role.Name {
			return to
		}
		return s
	}
	r.changeACLs(func(acl catalog.ACL) (catalog.ACL, bool) {
		changed := false
		list := make([]catalog.Grant, len(acl.Grants))
		for i, g := range acl.Grants {
			list[i] = g
			list[i].Grantee, list[i].Grantor = name(g.Grantee), name(g.Grantor)
			changed = changed || list[i] != g
		}
		if !changed {
			return acl, false
		}
		return catalog.ACL{Default: acl.Default, Grants: list}, true
	}, name)
	for _, x := range r.snap().Roles {
		y := *x
		y.Name = name(x.Name)
		y.MemberOf = nil
		changed := y.Name != x.Name
		for _, m := range x.MemberOf {
			y.MemberOf = append(y.MemberOf, name(m))
			changed = changed || name(m) != m
		}
		if changed {
			r.edit.PutRole(&y)
		}
	}
}
