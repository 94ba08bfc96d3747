package print

import (
	"strconv"

	"github.com/basement-project/basement/internal/sql/ast"
)

func (p *printer) createFunction(s *ast.CreateFunctionStmt) {
	p.w("CREATE ", when(s.Replace, "OR REPLACE "), when(s.Procedure, "PROCEDURE "), when(!s.Procedure, "FUNCTION "))
	p.names(s.Name)
	p.w("(")
	list(p, s.Params, p.parameter)
	p.w(")")
	switch {
	case s.Returns != nil:
		p.w(" RETURNS ")
		p.typeName(s.Returns)
	case len(s.ReturnsTable) > 0:
		p.w(" RETURNS TABLE (")
		list(p, s.ReturnsTable, p.parameter)
		p.w(")")
	}
	for _, o := range s.Options {
		p.w(" ")
		p.functionOption(o)
	}
	switch {
	case s.Return != nil:
		p.w(" ")
		p.statement(s.Return)
	case s.Atomic:
		p.w(" BEGIN ATOMIC ")
		for _, b := range s.Body {
			p.statement(b)
			p.w("; ")
		}
		p.w("END")
	}
}

func (p *printer) parameter(a *ast.FunctionParameter) {
	switch a.Mode {
	case ast.ParamIn:
		p.w("IN ")
	case ast.ParamOut:
		p.w("OUT ")
	case ast.ParamInOut:
		p.w("INOUT ")
	case ast.ParamVariadic:
		p.w("VARIADIC ")
	}
	if a.Name != "" {
		p.ident(a.Name)
		p.w(" ")
	}
	p.typeName(a.Type)
	if a.Default != nil {
		p.w(" DEFAULT ")
		p.expr(a.Default)
	}
}

func (p *printer) functionOption(o *ast.FuncOption) {
	switch o.Kind {
	case ast.FuncLanguage:
		p.w("LANGUAGE ")
		p.literal(o.Value)
	case ast.FuncAs:
		p.w("AS ")
		p.literal(o.Value)
		if o.HasLink {
			p.w(", ")
			p.literal(o.Link)
		}
	case ast.FuncVolatility:
		p.w(map[string]string{"immutable": "IMMUTABLE", "stable": "STABLE", "volatile": "VOLATILE"}[o.Value])
	case ast.FuncStrict:
		p.w(when(o.Bool, "STRICT"), when(!o.Bool, "CALLED ON NULL INPUT"))
	case ast.FuncSecurity:
		p.w("SECURITY ", when(o.Bool, "DEFINER"), when(!o.Bool, "INVOKER"))
	case ast.FuncLeakproof:
		p.w(when(!o.Bool, "NOT "), "LEAKPROOF")
	case ast.FuncWindow:
		p.w("WINDOW")
	case ast.FuncCost:
		p.w("COST ", o.Value)
	case ast.FuncRows:
		p.w("ROWS ", o.Value)
	case ast.FuncSupport:
		p.w("SUPPORT ")
		p.names(o.Name.Parts)
	case ast.FuncParallel:
		p.w("PARALLEL ")
		p.ident(o.Value)
	case ast.FuncSet:
		p.statement(o.Set)
	case ast.FuncTransformType:
		p.w("TRANSFORM ")
		list(p, o.Types, func(t *ast.TypeName) {
			p.w("FOR TYPE ")
			p.typeName(t)
		})
	}
}

func (p *printer) alterFunction(s *ast.AlterFunctionStmt) {
	p.w("ALTER ", objectWords[s.Kind], " ")
	p.functionRef(s.Func)
	for _, o := range s.Options {
		p.w(" ")
		p.functionOption(o)
	}
}

// functionRef prints a function's name with its arguments, if they were given.
func (p *printer) functionRef(o *ast.ObjectWithArgs) {
	p.names(o.Name)
	if o.ArgsUnspecified {
		return
	}
	p.w("(")
	list(p, o.Params, p.parameter)
	p.w(")")
}

func (p *printer) aggregateArgs(o *ast.ObjectWithArgs) {
	p.w("(", when(o.Star, "*"))
	list(p, o.Params, p.parameter)
	if len(o.OrderBy) > 0 {
		p.w(when(len(o.Params) > 0, " "), "ORDER BY ")
		list(p, o.OrderBy, p.parameter)
	}
	p.w(")")
}

func (p *printer) operatorRef(o *ast.ObjectWithArgs) {
	p.qualifiedOperator(o.Name)
	if o.ArgsUnspecified {
		return
	}
	p.w(" (")
	list(p, o.Params, func(a *ast.FunctionParameter) {
		if a == nil {
			p.w("NONE")
			return
		}
		p.typeName(a.Type)
	})
	p.w(")")
}

func (p *printer) createCast(s *ast.CreateCastStmt) {
	p.w("CREATE CAST ")
	p.castTypes(s.Source, s.Target)
	switch {
	case s.Func != nil:
		p.w(" WITH FUNCTION ")
		p.functionRef(s.Func)
	case s.InOut:
		p.w(" WITH INOUT")
	default:
		p.w(" WITHOUT FUNCTION")
	}
	p.w(when(s.Context == ast.CastAssignment, " AS ASSIGNMENT"), when(s.Context == ast.CastImplicit, " AS IMPLICIT"))
}

func (p *printer) castTypes(source, target *ast.TypeName) {
	p.w("(")
	p.typeName(source)
	p.w(" AS ")
	p.typeName(target)
	p.w(")")
}

func (p *printer) createTransform(s *ast.CreateTransformStmt) {
	p.w("CREATE ", when(s.Replace, "OR REPLACE "), "TRANSFORM FOR ")
	p.typeName(s.Type)
	p.w(" LANGUAGE ")
	p.ident(s.Language)
	p.w(" (")
	if s.FromSQL != nil {
		p.w("FROM SQL WITH FUNCTION ")
		p.functionRef(s.FromSQL)
	}
	if s.ToSQL != nil {
		p.w(when(s.FromSQL != nil, ", "), "TO SQL WITH FUNCTION ")
		p.functionRef(s.ToSQL)
	}
	p.w(")")
}

func (p *printer) createConversion(s *ast.CreateConversionStmt) {
	p.w("CREATE ", when(s.Default, "DEFAULT "), "CONVERSION ")
	p.names(s.Name.Parts)
	p.w(" FOR ")
	p.literal(s.ForEncoding)
	p.w(" TO ")
	p.literal(s.ToEncoding)
	p.w(" FROM ")
	p.names(s.Func.Parts)
}

func (p *printer) createLanguage(s *ast.CreatePLangStmt) {
	p.w("CREATE ", when(s.Replace, "OR REPLACE "), when(s.Trusted, "TRUSTED "), "LANGUAGE ")
	p.ident(s.Name)
	p.optNames(" HANDLER ", s.Handler)
	p.optNames(" INLINE ", s.Inline)
	p.optNames(" VALIDATOR ", s.Validator)
}

func (p *printer) createAccessMethod(s *ast.CreateAmStmt) {
	p.w("CREATE ACCESS METHOD ")
	p.ident(s.Name)
	p.w(when(s.Table, " TYPE TABLE"), when(!s.Table, " TYPE INDEX"))
	p.optNames(" HANDLER ", s.Handler)
}

func (p *printer) createOpClass(s *ast.CreateOpClassStmt) {
	p.w("CREATE OPERATOR CLASS ")
	p.names(s.Name.Parts)
	p.w(when(s.Default, " DEFAULT"), " FOR TYPE ")
	p.typeName(s.Type)
	p.optName(" USING ", s.AccessMethod)
	p.optNames(" FAMILY ", s.Family)
	p.w(" AS ")
	list(p, s.Items, p.opClassItem)
}

func (p *printer) opClassItem(i *ast.OpClassItem) {
	types := func() {
		if len(i.Types) > 0 {
			p.w(" (")
			list(p, i.Types, p.typeName)
			p.w(")")
		}
	}
	switch i.Kind {
	case ast.OpClassOperator:
		p.w("OPERATOR ", strconv.Itoa(i.Number))
		types()
		if i.Object != nil {
			p.w(" ")
			p.operatorRef(i.Object)
		}
		p.w(when(i.Search, " FOR SEARCH"))
		p.optNames(" FOR ORDER BY ", i.OrderBy)
	case ast.OpClassFunction:
		p.w("FUNCTION ", strconv.Itoa(i.Number))
		types()
		if i.Object != nil {
			p.w(" ")
			p.functionRef(i.Object)
		}
	case ast.OpClassStorage:
		p.w("STORAGE ")
		p.typeName(i.Storage)
	}
}

func (p *printer) createOpFamily(s *ast.CreateOpFamilyStmt) {
	p.w("CREATE OPERATOR FAMILY ")
	p.names(s.Name.Parts)
	p.optName(" USING ", s.AccessMethod)
}

func (p *printer) alterOpFamily(s *ast.AlterOpFamilyStmt) {
	p.w("ALTER OPERATOR FAMILY ")
	p.names(s.Name.Parts)
	p.optName(" USING ", s.AccessMethod)
	p.w(when(s.Drop, " DROP "), when(!s.Drop, " ADD "))
	list(p, s.Items, p.opClassItem)
}

func (p *printer) createTrigger(s *ast.CreateTrigStmt) {
	p.w("CREATE ", when(s.Replace, "OR REPLACE "), when(s.Constraint, "CONSTRAINT "), "TRIGGER ")
	p.ident(s.Name)
	p.w([...]string{" BEFORE ", " AFTER ", " INSTEAD OF "}[s.Timing])
	first := true
	for _, e := range []struct {
		bit  ast.TriggerEvents
		word string
	}{{ast.TriggerOnInsert, "INSERT"}, {ast.TriggerOnDelete, "DELETE"}, {ast.TriggerOnUpdate, "UPDATE"}, {ast.TriggerOnTruncate, "TRUNCATE"}} {
		if s.Events&e.bit == 0 {
			continue
		}
		p.w(when(!first, " OR "), e.word)
		first = false
		if e.bit == ast.TriggerOnUpdate && len(s.Columns) > 0 {
			p.w(" OF ")
			list(p, s.Columns, p.ident)
		}
	}
	p.w(" ON ")
	p.rangeVar(s.Relation)
	if s.From != nil {
		p.w(" FROM ")
		p.rangeVar(s.From)
	}
	if s.Constraint {
		p.w(when(s.Deferrable, " DEFERRABLE"), when(s.InitiallyDeferred, " INITIALLY DEFERRED"))
	}
	if len(s.Transitions) > 0 {
		p.w(" REFERENCING")
	}
	for _, t := range s.Transitions {
		p.w(when(t.New, " NEW"), when(!t.New, " OLD"), when(t.Table, " TABLE AS "), when(!t.Table, " ROW AS "))
		p.ident(t.Name)
	}
	p.w(when(s.Row, " FOR EACH ROW"), when(!s.Row, " FOR EACH STATEMENT"))
	if s.When != nil {
		p.w(" WHEN (")
		p.expr(s.When)
		p.w(")")
	}
	p.w(" EXECUTE FUNCTION ")
	p.names(s.Func)
	p.w("(")
	list(p, s.Args, p.literal)
	p.w(")")
}

func (p *printer) createEventTrigger(s *ast.CreateEventTrigStmt) {
	p.w("CREATE EVENT TRIGGER ")
	p.ident(s.Name)
	p.w(" ON ")
	p.ident(s.Event)
	for i, f := range s.When {
		p.w(when(i == 0, " WHEN "), when(i > 0, " AND "))
		p.ident(f.Name)
		p.w(" IN (")
		list(p, f.Values, p.literal)
		p.w(")")
	}
	p.w(" EXECUTE FUNCTION ")
	p.names(s.Func)
	p.w("()")
}

func (p *printer) alterEventTrigger(s *ast.AlterEventTrigStmt) {
	p.w("ALTER EVENT TRIGGER ")
	p.ident(s.Name)
	p.w([...]string{" ENABLE", " ENABLE REPLICA", " ENABLE ALWAYS", " DISABLE"}[s.State])
}

func (p *printer) createRule(s *ast.RuleStmt) {
	p.w("CREATE ", when(s.Replace, "OR REPLACE "), "RULE ")
	p.ident(s.Name)
	p.w(" AS ON ", [...]string{"SELECT", "INSERT", "UPDATE", "DELETE"}[s.Event], " TO ")
	p.rangeVar(s.Relation)
	if s.Where != nil {
		p.w(" WHERE ")
		p.expr(s.Where)
	}
	p.w(" DO ", when(s.Instead, "INSTEAD "))
	switch len(s.Actions) {
	case 0:
		p.w("NOTHING")
	case 1:
		p.statement(s.Actions[0])
	default:
		p.w("(")
		for i, a := range s.Actions {
			p.w(when(i > 0, "; "))
			p.statement(a)
		}
		p.w(")")
	}
}

func (p *printer) createPolicy(s *ast.CreatePolicyStmt) {
	p.w("CREATE POLICY ")
	p.ident(s.Name)
	p.w(" ON ")
	p.rangeVar(s.Table)
	p.w(when(s.Restrictive, " AS RESTRICTIVE"))
	if s.Command != ast.PolicyAll {
		p.w(" FOR ", [...]string{"ALL", "SELECT", "INSERT", "UPDATE", "DELETE"}[s.Command])
	}
	p.policyTail(s.Roles, s.Using, s.WithCheck)
}

func (p *printer) alterPolicy(s *ast.AlterPolicyStmt) {
	p.w("ALTER POLICY ")
	p.ident(s.Name)
	p.w(" ON ")
	p.rangeVar(s.Table)
	p.policyTail(s.Roles, s.Using, s.WithCheck)
}

func (p *printer) policyTail(roles []*ast.RoleSpec, using, check ast.Expr) {
	if len(roles) > 0 {
		p.w(" TO ")
		list(p, roles, p.role)
	}
	if using != nil {
		p.w(" USING (")
		p.expr(using)
		p.w(")")
	}
	if check != nil {
		p.w(" WITH CHECK (")
		p.expr(check)
		p.w(")")
	}
}
