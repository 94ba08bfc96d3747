package print

import "github.com/basement-project/basement/internal/sql/ast"

// ddlForeign writes foreign data, publications and subscriptions.
func (p *printer) ddlForeign(n ast.Statement) bool {
	switch n := n.(type) {
	case *ast.CreateFdwStmt:
		p.w("CREATE FOREIGN DATA WRAPPER ")
		p.ident(n.Name)
		p.fdwOptions(n.FuncOptions)
		p.genericOptions(n.Options)
	case *ast.AlterFdwStmt:
		p.w("ALTER FOREIGN DATA WRAPPER ")
		p.ident(n.Name)
		p.fdwOptions(n.FuncOptions)
		p.genericOptions(n.Options)
	case *ast.CreateForeignServerStmt:
		p.w("CREATE SERVER ", when(n.IfNotExists, "IF NOT EXISTS "))
		p.ident(n.Name)
		if n.Type != nil {
			p.w(" TYPE ")
			p.literal(*n.Type)
		}
		if n.Version != nil || n.VersionNull {
			p.w(" VERSION ")
			p.stringOrNull(n.Version)
		}
		p.optName(" FOREIGN DATA WRAPPER ", n.Wrapper)
		p.genericOptions(n.Options)
	case *ast.AlterForeignServerStmt:
		p.w("ALTER SERVER ")
		p.ident(n.Name)
		if n.HasVersion {
			p.w(" VERSION ")
			p.stringOrNull(n.Version)
		}
		p.genericOptions(n.Options)
	case *ast.UserMappingStmt:
		p.w([...]string{"CREATE", "ALTER", "DROP"}[n.Action], " USER MAPPING ")
		if n.Conditional {
			p.w("IF ", when(n.Action == ast.UserMappingCreate, "NOT "), "EXISTS ")
		}
		p.w("FOR ")
		p.role(n.User)
		p.optName(" SERVER ", n.Server)
		p.genericOptions(n.Options)
	case *ast.ImportForeignSchemaStmt:
		p.w("IMPORT FOREIGN SCHEMA ")
		p.ident(n.RemoteSchema)
		if n.Type != ast.ImportAll {
			p.w(when(n.Type == ast.ImportLimitTo, " LIMIT TO ("), when(n.Type == ast.ImportExcept, " EXCEPT ("))
			list(p, n.Tables, p.rangeVar)
			p.w(")")
		}
		p.optName(" FROM SERVER ", n.Server)
		p.optName(" INTO ", n.LocalSchema)
		p.genericOptions(n.Options)
	case *ast.CreatePublicationStmt:
		p.w("CREATE PUBLICATION ")
		p.ident(n.Name)
		p.w(when(n.AllTables, " FOR ALL TABLES"), when(len(n.Objects) > 0, " FOR "))
		list(p, n.Objects, p.publicationObj)
		p.optOptions(" WITH ", n.Options)
	case *ast.AlterPublicationStmt:
		p.w("ALTER PUBLICATION ")
		p.ident(n.Name)
		p.w([...]string{" SET ", " ADD ", " SET ", " DROP "}[n.Action])
		p.optOptions("", n.Options)
		list(p, n.Objects, p.publicationObj)
	case *ast.CreateSubscriptionStmt:
		p.w("CREATE SUBSCRIPTION ")
		p.ident(n.Name)
		p.w(" CONNECTION ")
		p.literal(n.Connection)
		p.w(" PUBLICATION ")
		p.identList(n.Publications)
		p.optOptions(" WITH ", n.Options)
	case *ast.AlterSubscriptionStmt:
		p.alterSubscription(n)
	case *ast.DropSubscriptionStmt:
		p.w("DROP SUBSCRIPTION ", when(n.MissingOK, "IF EXISTS "))
		p.ident(n.Name)
		p.cascade(n.Cascade)
	default:
		return false
	}
	return true
}

func (p *printer) fdwOptions(options []*ast.DefElem) {
	for _, d := range options {
		p.w(" ", when(d.Arg == nil, "NO "), when(d.Name == "handler", "HANDLER"), when(d.Name == "validator", "VALIDATOR"))
		if name, ok := d.Arg.(*ast.AnyName); ok {
			p.w(" ")
			p.names(name.Parts)
		}
	}
}

func (p *printer) publicationObj(o *ast.PublicationObj) {
	switch o.Kind {
	case ast.PublicationCurrentSchema:
		p.w("TABLES IN SCHEMA CURRENT_SCHEMA")
	case ast.PublicationSchema:
		p.w("TABLES IN SCHEMA ")
		p.ident(o.Schema)
	default:
		p.w("TABLE ")
		p.rangeVar(o.Table)
		p.optColumns(o.Columns)
		if o.Where != nil {
			p.w(" WHERE (")
			p.expr(o.Where)
			p.w(")")
		}
	}
}

func (p *printer) alterSubscription(s *ast.AlterSubscriptionStmt) {
	p.w("ALTER SUBSCRIPTION ")
	p.ident(s.Name)
	switch s.Type {
	case ast.SubscriptionOptions:
		p.optOptions(" SET ", s.Options)
		return
	case ast.SubscriptionConnection:
		p.w(" CONNECTION ")
		p.literal(s.Connection)
	case ast.SubscriptionRefresh:
		p.w(" REFRESH PUBLICATION")
	case ast.SubscriptionAddPublication:
		p.w(" ADD PUBLICATION ")
	case ast.SubscriptionDropPublication:
		p.w(" DROP PUBLICATION ")
	case ast.SubscriptionSetPublication:
		p.w(" SET PUBLICATION ")
	case ast.SubscriptionEnable:
		p.w(" ENABLE")
	case ast.SubscriptionDisable:
		p.w(" DISABLE")
	case ast.SubscriptionSkip:
		p.optOptions(" SKIP ", s.Options)
		return
	}
	p.identList(s.Publications)
	p.optOptions(" WITH ", s.Options)
}
