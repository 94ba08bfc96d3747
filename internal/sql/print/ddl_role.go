package print

import "github.com/basement-project/basement/internal/sql/ast"

// ddlRole writes roles and rights.
func (p *printer) ddlRole(n ast.Statement) bool {
	switch n := n.(type) {
	case *ast.CreateRoleStmt:
		p.w("CREATE ", [...]string{"ROLE ", "USER ", "GROUP "}[n.Kind])
		p.ident(n.Role)
		for _, o := range n.Options {
			p.roleOption(o, "ROLE ")
		}
	case *ast.AlterRoleStmt:
		p.w("ALTER ", when(n.Group, "GROUP "), when(!n.Group, "ROLE "))
		p.role(n.Role)
		p.w(when(n.Group && n.Drop, " DROP"), when(n.Group && !n.Drop, " ADD"))
		for _, o := range n.Options {
			p.roleOption(o, "USER ")
		}
	case *ast.AlterRoleSetStmt:
		p.w("ALTER ROLE ", when(n.Role == nil, "ALL"))
		if n.Role != nil {
			p.role(n.Role)
		}
		p.optName(" IN DATABASE ", n.Database)
		p.w(" ")
		p.statement(n.Set)
	case *ast.DropRoleStmt:
		p.w("DROP ROLE ", when(n.MissingOK, "IF EXISTS "))
		list(p, n.Roles, p.role)
	case *ast.GrantStmt:
		p.grant(n)
	case *ast.GrantRoleStmt:
		p.grantRole(n)
	case *ast.AlterDefaultPrivilegesStmt:
		p.w("ALTER DEFAULT PRIVILEGES")
		for _, o := range n.Options {
			if len(o.Schemas) > 0 {
				p.w(" IN SCHEMA ")
				p.identList(o.Schemas)
				continue
			}
			p.w(" FOR ROLE ")
			list(p, o.Roles, p.role)
		}
		p.w(" ")
		p.grant(n.Action)
	case *ast.ReassignOwnedStmt:
		p.w("REASSIGN OWNED BY ")
		list(p, n.Roles, p.role)
		p.w(" TO ")
		p.role(n.NewRole)
	case *ast.DropOwnedStmt:
		p.w("DROP OWNED BY ")
		list(p, n.Roles, p.role)
		p.cascade(n.Cascade)
	default:
		return false
	}
	return true
}

// roleOption writes an option; members is the word before a list of members.
func (p *printer) roleOption(o *ast.RoleOption, members string) {
	flag := func(word string) { p.w(" ", when(!o.Bool, "NO"), word) }
	roles := func(word string) {
		p.w(" ", word)
		list(p, o.Roles, p.role)
	}
	switch o.Kind {
	case ast.RolePassword:
		p.w(" PASSWORD ")
		if o.Null {
			p.w("NULL")
			return
		}
		p.literal(o.Value)
	case ast.RoleInherit:
		flag("INHERIT")
	case ast.RoleConnectionLimit:
		p.w(" CONNECTION LIMIT ", o.Value)
	case ast.RoleValidUntil:
		p.w(" VALID UNTIL ")
		p.literal(o.Value)
	case ast.RoleSuperuser:
		flag("SUPERUSER")
	case ast.RoleCreateDB:
		flag("CREATEDB")
	case ast.RoleCreateRole:
		flag("CREATEROLE")
	case ast.RoleReplication:
		flag("REPLICATION")
	case ast.RoleBypassRLS:
		flag("BYPASSRLS")
	case ast.RoleLogin:
		flag("LOGIN")
	case ast.RoleSysID:
		p.w(" SYSID ", o.Value)
	case ast.RoleAdminMembers:
		roles("ADMIN ")
	case ast.RoleMembers:
		roles(members)
	case ast.RoleInRole:
		roles("IN ROLE ")
	}
}

// privileges writes a list of privileges, ALL for an empty one.
func (p *printer) privileges(privileges []*ast.AccessPriv) {
	if len(privileges) == 0 {
		p.w("ALL")
		return
	}
	list(p, privileges, func(a *ast.AccessPriv) {
		switch {
		case a.All:
			p.w("ALL")
		case a.Name == "select":
			p.w("SELECT")
		case a.Name == "references":
			p.w("REFERENCES")
		case a.Name == "create":
			p.w("CREATE")
		case a.Name == "alter system":
			p.w("ALTER SYSTEM")
		default:
			p.ident(a.Name)
		}
		p.optColumns(a.Columns)
	})
}

func (p *printer) grant(s *ast.GrantStmt) {
	p.w(when(s.Grant, "GRANT "), when(!s.Grant, "REVOKE "), when(!s.Grant && s.GrantOption, "GRANT OPTION FOR "))
	p.privileges(s.Privileges)
	p.w(" ON ")
	p.grantTarget(s)
	p.w(when(s.Grant, " TO "), when(!s.Grant, " FROM "))
	list(p, s.Grantees, p.role)
	p.w(when(s.Grant && s.GrantOption, " WITH GRANT OPTION"))
	p.grantedBy(s.GrantedBy)
	p.cascade(s.Cascade)
}

func (p *printer) grantedBy(r *ast.RoleSpec) {
	if r != nil {
		p.w(" GRANTED BY ")
		p.role(r)
	}
}

func (p *printer) grantTarget(s *ast.GrantStmt) {
	word := objectWords[s.Kind]
	switch s.TargetType {
	case ast.GrantDefaults:
		p.w(word, "S")
		return
	case ast.GrantAllInSchema:
		p.w("ALL ", word, "S IN SCHEMA ")
		list(p, s.Objects, func(n *ast.AnyName) { p.names(n.Parts) })
		return
	}
	if s.Kind == ast.ObjectForeignServer {
		word = "FOREIGN SERVER"
	}
	p.w(word, " ")
	list(p, s.Relations, p.rangeVar)
	list(p, s.Funcs, p.functionRef)
	list(p, s.Objects, func(n *ast.AnyName) { p.names(n.Parts) })
	list(p, s.Numbers, func(n string) { p.w(n) })
}

func (p *printer) grantRole(s *ast.GrantRoleStmt) {
	p.w(when(s.Grant, "GRANT "), when(!s.Grant, "REVOKE "))
	if !s.Grant {
		for _, o := range s.Options {
			p.ident(o.Name)
			p.w(" OPTION FOR ")
		}
	}
	p.privileges(s.Roles)
	p.w(when(s.Grant, " TO "), when(!s.Grant, " FROM "))
	list(p, s.Grantees, p.role)
	if s.Grant && len(s.Options) > 0 {
		p.w(" WITH ")
		list(p, s.Options, func(o *ast.RoleGrantOption) {
			p.ident(o.Name)
			p.w(when(o.Value, " TRUE"), when(!o.Value, " FALSE"))
		})
	}
	p.grantedBy(s.GrantedBy)
	p.cascade(s.Cascade)
}
