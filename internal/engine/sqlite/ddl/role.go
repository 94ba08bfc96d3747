package ddl

import (
	"sort"
	"strings"

	"github.com/basement-project/basement/internal/catalog"
	"github.com/basement-project/basement/internal/errs"
	"github.com/basement-project/basement/internal/sql/ast"
)

func (r *run) mayCreateRole() bool {
	x := r.snap().Role(r.tx.Role())
	return x != nil && (x.Superuser || x.CreateRole)
}

func (r *run) createRole(s *ast.CreateRoleStmt) error {
	if !r.mayCreateRole() {
		return errs.New("42501", "permission denied to create role")
	}
	if strings.HasPrefix(s.Role, "pg_") || s.Role == "public" || s.Role == "none" {
		e := errs.New("42939", "role name \"%s\" is reserved", s.Role)
		if strings.HasPrefix(s.Role, "pg_") {
			e.Detail = "Role names starting with \"pg_\" are reserved."
		}
		return e
	}
	if r.snap().Role(s.Role) != nil {
		return errs.New("42710", "role \"%s\" already exists", s.Role)
	}
	role := &catalog.Role{OID: r.edit.NewOID(), Name: s.Role, Inherit: true, Login: s.Kind == ast.RoleStmtUser}
	if err := r.roleOptions(role, s.Options); err != nil {
		return err
	}
	r.edit.PutRole(role)
	return r.roleMembers(role.Name, s.Options)
}

func (r *run) roleOptions(role *catalog.Role, options []*ast.RoleOption) error {
	mine := r.snap().Role(r.tx.Role())
	seen := map[ast.RoleOptionKind]bool{}
	for _, o := range options {
		if seen[o.Kind] {
			return r.at(o.Pos, errs.New("42601", "conflicting or redundant options"))
		}
		seen[o.Kind] = true
		switch o.Kind {
		case ast.RoleInherit:
			role.Inherit = o.Bool
		case ast.RoleSuperuser:
			if !mine.Superuser && o.Bool {
				return errs.New("42501", "must be superuser to create superusers")
			}
			role.Superuser = o.Bool
		case ast.RoleCreateDB:
			role.CreateDB = o.Bool
		case ast.RoleCreateRole:
			role.CreateRole = o.Bool
		case ast.RoleReplication:
			if !mine.Superuser && o.Bool {
				return errs.New("42501", "must be superuser to create replication users")
			}
			role.Replication = o.Bool
		case ast.RoleBypassRLS:
			if !mine.Superuser && !mine.BypassRLS && o.Bool {
				return errs.New("42501", "must be superuser to create bypassrls users")
			}
			role.BypassRLS = o.Bool
		case ast.RoleLogin:
			role.Login = o.Bool
		}
	}
	return nil
}

// roleMembers does what ROLE, ADMIN, USER and IN ROLE ask for.
func (r *run) roleMembers(name string, options []*ast.RoleOption) error {
	for _, o := range options {
		switch o.Kind {
		case ast.RoleAdminMembers, ast.RoleMembers:
			for _, spec := range o.Roles {
				who, err := r.someRole(spec)
				if err != nil {
					return err
				}
				if err := r.addMember(who, name); err != nil {
					return err
				}
			}
		case ast.RoleInRole:
			for _, spec := range o.Roles {
				group, err := r.someRole(spec)
				if err != nil {
					return err
				}
				if err := r.addMember(name, group); err != nil {
					return err
				}
			}
		}
	}
	return nil
}

func (r *run) addMember(member, group string) error {
	snap := r.snap()
	if snap.Role(group) != nil && member == group || reaches(snap, group, member) {
		return errs.New("0LP01", "role \"%s\" is a member of role \"%s\"", group, member)
	}
	old := snap.Role(member)
	for _, m := range old.MemberOf {
		if m == group {
			return nil
		}
	}
	x := *old
	x.MemberOf = append(append([]string(nil), old.MemberOf...), group)
	r.edit.PutRole(&x)
	return nil
}

// reaches says whether from is a member of to, directly or not, superuser or not.
func reaches(snap *catalog.Snapshot, from, to string) bool {
	role := snap.Role(from)
	if role == nil {
		return false
	}
	for _, m := range role.MemberOf {
		if m == to || reaches(snap, m, to) {
			return true
		}
	}
	return false
}

func (r *run) alterRole(s *ast.AlterRoleStmt) error {
	name, err := r.someRole(s.Role)
	if err != nil {
		return err
	}
	old := r.snap().Role(name)
	if s.Group {
		for _, o := range s.Options {
			for _, spec := range o.Roles {
				who, err := r.someRole(spec)
				if err != nil {
					return err
				}
				if s.Drop {
					r.removeMember(who, name)
				} else if err := r.addMember(who, name); err != nil {
					return err
				}
			}
		}
		return nil
	}
	if !r.mayCreateRole() || old.Superuser && !r.superuser() {
		onlyPassword := name == r.tx.Role()
		for _, o := range s.Options {
			onlyPassword = onlyPassword && o.Kind == ast.RolePassword
		}
		if !onlyPassword {
			return errs.New("42501", "permission denied")
		}
	}
	x := *old
	if err := r.roleOptions(&x, s.Options); err != nil {
		return err
	}
	r.edit.PutRole(&x)
	return nil
}

func (r *run) removeMember(member, group string) {
	old := r.snap().Role(member)
	x := *old
	x.MemberOf = nil
	for _, m := range old.MemberOf {
		if m != group {
			x.MemberOf = append(x.MemberOf, m)
		}
	}
	r.edit.PutRole(&x)
}

func (r *run) alterRoleSet(s *ast.AlterRoleSetStmt) error {
	if s.Role == nil {
		if !r.superuser() {
			return errs.New("42501", "must be superuser to alter settings globally")
		}
		return nil
	}
	name, err := r.someRole(s.Role)
	if err != nil {
		return err
	}
	old := r.snap().Role(name)
	if name != r.tx.Role() && (!r.mayCreateRole() || old.Superuser && !r.superuser()) {
		return errs.New("42501", "permission denied")
	}
	x := *old
	x.Settings = map[string]string{}
	for k, v := range old.Settings {
		x.Settings[k] = v
	}
	if err := r.roleSetting(x.Settings, s.Set); err != nil {
		return err
	}
	r.edit.PutRole(&x)
	return nil
}

func (r *run) dropRole(s *ast.DropRoleStmt) error {
	if !r.mayCreateRole() {
		return errs.New("42501", "permission denied to drop role")
	}
	for _, spec := range s.Roles {
		if spec.Kind != ast.RoleName {
			return errs.New("22023", "cannot use special role specifier in DROP ROLE")
		}
		role := r.snap().Role(spec.Name)
		if role == nil {
			if s.MissingOK {
				_ = r.skipped("role \"%s\" does not exist", spec.Name)
				continue
			}
			return errs.New("42704", "role \"%s\" does not exist", spec.Name)
		}
		if role.Name == r.tx.Role() {
			return errs.New("55006", "current user cannot be dropped")
		}
		if role.Name == r.tx.SessionRole {
			return errs.New("55006", "session user cannot be dropped")
		}
		if role.Superuser && !r.superuser() {
			return errs.New("42501", "must be superuser to drop superusers")
		}
		if lines := r.roleDependents(role.Name); len(lines) > 0 {
			return errs.New("2BP01", "role \"%s\" cannot be dropped because some objects depend on it", role.Name).
				WithDetail("%s", strings.Join(lines, "\n"))
		}
		for _, other := range r.snap().Roles {
			r.removeMemberIf(other, role.Name)
		}
		r.edit.DropRole(role.OID)
	}
	return nil
}

func (r *run) removeMemberIf(other *catalog.Role, group string) {
	for _, m := range other.MemberOf {
		if m == group {
			r.removeMember(other.Name, group)
			return
		}
	}
}

// roleDependents says what a role owns and what rights it was given, in the order the objects were made.
func (r *run) roleDependents(role string) []string {
	type line struct {
		oid  catalog.OID
		text string
	}
	var lines []line
	held := func(acl catalog.ACL) bool {
		for _, g := range acl.Grants {
			if g.Grantee == role || g.Grantor == role {
				return true
			}
		}
		return false
	}
	note := func(oid catalog.OID, owner string, acl catalog.ACL, what string) {
		switch {
		case owner == role:
			lines = append(lines, line{oid, "owner of " + what})
		case held(acl):
			lines = append(lines, line{oid, "privileges for " + what})
		}
	}
	snap := r.snap()
	for _, x := range snap.Schemas {
		note(x.OID, x.Owner, x.ACL, "schema "+quote(x.Name))
	}
	for _, x := range snap.Relations {
		note(x.OID, x.Owner, x.ACL, relWord(x.Kind)+" "+r.qualified(x.Schema, x.Name))
		for _, c := range x.Columns {
			if held(c.ACL) {
				lines = append(lines, line{x.OID, "privileges for column " + quote(c.Name) + " of table " + r.qualified(x.Schema, x.Name)})
			}
		}
		for _, p := range x.Policies {
			for _, name := range p.Roles {
				if name == role {
					lines = append(lines, line{p.OID, "target of policy " + quote(p.Name) + " on table " + r.qualified(x.Schema, x.Name)})
				}
			}
		}
	}
	for _, x := range snap.Sequences {
		note(x.OID, x.Owner, x.ACL, "sequence "+r.qualified(x.Schema, x.Name))
	}
	for _, x := range snap.Functions {
		note(x.OID, x.Owner, x.ACL, "function "+r.signature(x))
	}
	for _, x := range snap.Types {
		if snap.RelationOfRowType(x.Type.OID) == nil && x.Type.Elem == nil {
			note(x.Type.OID, x.Owner, x.ACL, "type "+r.typeText(x.Type))
		}
	}
	kinds := map[byte]string{'r': "relations", 'S': "sequences", 'f': "functions", 'T': "types", 'n': "schemas"}
	for _, x := range snap.DefaultACLs {
		what := "default privileges on new " + kinds[x.Object] + " belonging to role " + quote(x.Role)
		if x.Schema != "" {
			what += " in schema " + quote(x.Schema)
		}
		note(^catalog.OID(0), x.Role, x.ACL, what)
	}
	sort.SliceStable(lines, func(i, j int) bool { return lines[i].oid < lines[j].oid })
	out := make([]string, len(lines))
	for i, l := range lines {
		out[i] = l.text
	}
	return out
}

func (r *run) grantRole(s *ast.GrantRoleStmt) error {
	for _, group := range s.Roles {
		g := r.snap().Role(group.Name)
		if g == nil {
			return errs.New("42704", "role \"%s\" does not exist", group.Name)
		}
		if g.Superuser && !r.superuser() {
			return errs.New("42501", "must be superuser to alter superusers")
		}
		if !r.mayCreateRole() {
			return errs.New("42501", "must have admin option on role \"%s\"", g.Name)
		}
		for _, spec := range s.Grantees {
			who, err := r.someRole(spec)
			if err != nil {
				return err
			}
			if s.Grant {
				if err := r.addMember(who, g.Name); err != nil {
					return err
				}
			} else {
				r.removeMember(who, g.Name)
			}
		}
	}
	return nil
}

func (r *run) reassignOwned(s *ast.ReassignOwnedStmt) error {
	to, err := r.someRole(s.NewRole)
	if err != nil {
		return err
	}
	for _, spec := range s.Roles {
		from, err := r.someRole(spec)
		if err != nil {
			return err
		}
		if !r.snap().IsMember(r.tx.Role(), from) || !r.snap().IsMember(r.tx.Role(), to) {
			return errs.New("42501", "permission denied to reassign objects")
		}
		snap := r.snap()
		for _, x := range snap.Schemas {
			if x.Owner == from {
				r.ownSchema(x, to)
			}
		}
		for _, x := range snap.Relations {
			if x.Owner == from {
				r.ownRelation(x, to)
			}
		}
		for _, x := range snap.Sequences {
			if x.Owner == from {
				r.ownSequence(x, to)
			}
		}
		for _, x := range snap.Functions {
			if x.Owner == from {
				r.ownFunction(x, to)
			}
		}
		for _, x := range r.snap().Types {
			if x.Owner == from {
				r.ownType(x, to)
			}
		}
	}
	return nil
}
