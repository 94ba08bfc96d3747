package catalog

// The built-in pseudo-role every role belongs to.
const Public = ""

// memberships gives for each role the set of roles whose rights it has by inheritance or membership, itself included.
func memberships(roles map[string]*Role) map[string]map[string]bool {
	out := make(map[string]map[string]bool, len(roles))
	for name := range roles {
		seen := map[string]bool{name: true}
		todo := []string{name}
		for len(todo) > 0 {
			r := roles[todo[len(todo)-1]]
			todo = todo[:len(todo)-1]
			if r == nil {
				continue
			}
			for _, m := range r.MemberOf {
				if !seen[m] {
					seen[m] = true
					todo = append(todo, m)
				}
			}
		}
		out[name] = seen
	}
	return out
}

// IsMember says whether role may SET ROLE to target: it is target, a member of it directly or not, or a superuser.
func (s *Snapshot) IsMember(role, target string) bool {
	if r := s.roles[role]; r != nil && r.Superuser {
		return true
	}
	return s.memberOf[role][target]
}

// Inherits says whether role has target's rights without SET ROLE (has_privs_of_role): membership through roles that inherit.
func (s *Snapshot) Inherits(role, target string) bool {
	if role == target {
		return true
	}
	r := s.roles[role]
	if r == nil {
		return false
	}
	if r.Superuser {
		return true
	}
	seen := map[string]bool{role: true}
	todo := []*Role{r}
	for len(todo) > 0 {
		r := todo[len(todo)-1]
		todo = todo[:len(todo)-1]
		if r == nil || !r.Inherit {
			continue
		}
		for _, m := range r.MemberOf {
			if m == target {
				return true
			}
			if !seen[m] {
				seen[m] = true
				todo = append(todo, s.roles[m])
			}
		}
	}
	return false
}

// Has says whether role holds every privilege of want under acl; owner is the object's owner and dflt what PUBLIC
// holds while the list is the default one.
func (s *Snapshot) Has(role, owner string, acl ACL, dflt, want Privilege) bool {
	return s.Held(role, owner, acl, dflt)&want == want
}

// Held gives the privileges role holds under acl, through itself, PUBLIC and the roles it inherits from.
func (s *Snapshot) Held(role, owner string, acl ACL, dflt Privilege) Privilege {
	const all = ^Privilege(0)
	if r := s.roles[role]; r != nil && r.Superuser {
		return all
	}
	var held Privilege
	if acl.Default {
		if s.Inherits(role, owner) {
			return all
		}
		return dflt
	}
	for _, g := range acl.Grants {
		if g.Grantee == Public || s.Inherits(role, g.Grantee) {
			held |= g.Privileges
		}
	}
	return held
}

// RelationRights gives the table-level privileges role holds on r.
func (s *Snapshot) RelationRights(role string, r *Relation) Privilege {
	return s.Held(role, r.Owner, r.ACL, 0)
}

// ColumnRights gives the privileges role holds on column c of r, the table's included.
func (s *Snapshot) ColumnRights(role string, r *Relation, c *Column) Privilege {
	held := s.RelationRights(role, r)
	if !c.ACL.Default {
		held |= s.Held(role, r.Owner, c.ACL, 0)
	}
	return held
}

// MayUse says whether role may use (USAGE) the schema.
func (s *Snapshot) MayUse(role string, sc *Schema) bool {
	return s.Has(role, sc.Owner, sc.ACL, 0, Usage)
}

// MayExecute says whether role may call f.
func (s *Snapshot) MayExecute(role string, f *Function) bool {
	return s.Has(role, f.Owner, f.ACL, Execute, Execute)
}

// BypassesRLS says whether row security never applies to role.
func (s *Snapshot) BypassesRLS(role string) bool {
	r := s.roles[role]
	return r != nil && (r.Superuser || r.BypassRLS)
}
