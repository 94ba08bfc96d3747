package print

import (
	"strconv"

	"github.com/basement-project/basement/internal/sql/ast"
)

func persistence(p ast.Persistence) string {
	switch p {
	case ast.Temporary:
		return "TEMPORARY "
	case ast.Unlogged:
		return "UNLOGGED "
	}
	return ""
}

func (p *printer) createSchema(s *ast.CreateSchemaStmt) {
	p.w("CREATE SCHEMA ", when(s.IfNotExists, "IF NOT EXISTS "))
	if s.Name != "" {
		p.ident(s.Name)
	}
	if s.Role != nil {
		p.w(when(s.Name != "", " "), "AUTHORIZATION ")
		p.role(s.Role)
	}
	for _, e := range s.Elements {
		p.w(" ")
		p.statement(e)
	}
}

func (p *printer) createTable(s *ast.CreateStmt) {
	p.w("CREATE ", persistence(s.Relation.Persistence), when(s.Foreign, "FOREIGN "), "TABLE ", when(s.IfNotExists, "IF NOT EXISTS "))
	p.rangeVar(s.Relation)
	switch {
	case s.OfType != nil:
		p.w(" OF ")
		p.names(s.OfType.Parts)
		p.tableElements(s.Elements, true)
	case s.PartitionOf != nil:
		p.w(" PARTITION OF ")
		p.rangeVar(s.PartitionOf)
		p.tableElements(s.Elements, true)
		p.w(" ")
		p.partitionBound(s.Bound)
	default:
		p.tableElements(s.Elements, false)
	}
	if len(s.Inherits) > 0 {
		p.w(" INHERITS (")
		list(p, s.Inherits, p.rangeVar)
		p.w(")")
	}
	if s.PartitionBy != nil {
		p.partitionSpec(s.PartitionBy)
	}
	p.optName(" USING ", s.AccessMethod)
	p.optOptions(" WITH ", s.With)
	p.onCommit(s.OnCommit)
	p.optName(" TABLESPACE ", s.Tablespace)
	p.optName(" SERVER ", s.Server)
	p.genericOptions(s.Options)
}

// tableElements prints the list in parentheses; an empty list may be left out where it is optional.
func (p *printer) tableElements(elements []ast.TableElement, optional bool) {
	if optional && len(elements) == 0 {
		return
	}
	p.w(" (")
	list(p, elements, func(e ast.TableElement) {
		switch e := e.(type) {
		case *ast.ColumnDef:
			p.columnDef(e)
		case *ast.Constraint:
			p.tableConstraint(e)
		case *ast.TableLikeClause:
			p.tableLike(e)
		}
	})
	p.w(")")
}

func (p *printer) columnDef(c *ast.ColumnDef) {
	p.ident(c.Name)
	if c.Type != nil {
		p.w(" ")
		p.typeName(c.Type)
	}
	p.optName(" STORAGE ", c.Storage)
	p.optName(" COMPRESSION ", c.Compression)
	p.genericOptions(c.FdwOptions)
	p.collate(c.Collate)
	p.columnConstraints(c.Constraints)
}

func (p *printer) collate(c *ast.CollateClause) {
	if c != nil {
		p.w(" COLLATE ")
		p.names(c.Name)
	}
}

func (p *printer) columnConstraints(cs []*ast.Constraint) {
	for _, c := range cs {
		p.w(" ")
		p.optName("CONSTRAINT ", c.Name)
		p.w(when(c.Name != "", " "))
		p.columnConstraint(c)
	}
}

func (p *printer) columnConstraint(c *ast.Constraint) {
	switch c.Type {
	case ast.ConstrNull:
		p.w("NULL")
	case ast.ConstrNotNull:
		p.w("NOT NULL")
	case ast.ConstrDefault:
		p.w("DEFAULT ")
		p.restricted(c.Expr)
	case ast.ConstrIdentity:
		p.w("GENERATED ", generated(c.Always), " AS IDENTITY")
		p.parenSeqOptions(c.Sequence)
	case ast.ConstrGenerated:
		p.w("GENERATED ", generated(c.Always), " AS (")
		p.expr(c.Expr)
		p.w(") STORED")
	case ast.ConstrCheck:
		p.w("CHECK (")
		p.expr(c.Expr)
		p.w(")", when(c.NoInherit, " NO INHERIT"))
	case ast.ConstrPrimary:
		p.w("PRIMARY KEY")
		p.indexParameters(c)
	case ast.ConstrUnique:
		p.w("UNIQUE", when(c.NullsNotDistinct, " NULLS NOT DISTINCT"))
		p.indexParameters(c)
	case ast.ConstrForeign:
		p.references(c)
	case ast.ConstrAttrDeferrable:
		p.w("DEFERRABLE")
	case ast.ConstrAttrNotDeferrable:
		p.w("NOT DEFERRABLE")
	case ast.ConstrAttrDeferred:
		p.w("INITIALLY DEFERRED")
	case ast.ConstrAttrImmediate:
		p.w("INITIALLY IMMEDIATE")
	}
}

func generated(always bool) string {
	if always {
		return "ALWAYS"
	}
	return "BY DEFAULT"
}

func (p *printer) indexParameters(c *ast.Constraint) {
	p.optOptions(" WITH ", c.With)
	p.optName(" USING INDEX TABLESPACE ", c.IndexTablespace)
}

func (p *printer) references(c *ast.Constraint) {
	p.w("REFERENCES ")
	p.rangeVar(c.References)
	p.optColumns(c.RefColumns)
	p.w(when(c.Match == ast.MatchFull, " MATCH FULL"))
	p.keyAction(" ON UPDATE ", c.OnUpdate)
	p.keyAction(" ON DELETE ", c.OnDelete)
}

func (p *printer) keyAction(event string, a ast.KeyAction) {
	switch a.Action {
	case ast.KeyNoAction:
		return
	case ast.KeyRestrict:
		p.w(event, "RESTRICT")
	case ast.KeyCascade:
		p.w(event, "CASCADE")
	case ast.KeySetNull:
		p.w(event, "SET NULL")
	case ast.KeySetDefault:
		p.w(event, "SET DEFAULT")
	}
	p.optColumns(a.Columns)
}

func (p *printer) tableConstraint(c *ast.Constraint) {
	if c.Name != "" {
		p.w("CONSTRAINT ")
		p.ident(c.Name)
		p.w(" ")
	}
	switch c.Type {
	case ast.ConstrCheck:
		p.w("CHECK (")
		p.expr(c.Expr)
		p.w(")", when(c.NoInherit, " NO INHERIT"))
	case ast.ConstrNotNull:
		p.w("NOT NULL")
	case ast.ConstrUnique, ast.ConstrPrimary:
		p.w(when(c.Type == ast.ConstrUnique, "UNIQUE"), when(c.Type == ast.ConstrPrimary, "PRIMARY KEY"))
		if c.UsingIndex != "" {
			p.optName(" USING INDEX ", c.UsingIndex)
			break
		}
		p.w(when(c.NullsNotDistinct, " NULLS NOT DISTINCT"))
		p.optColumns(c.Keys)
		p.include(c.Including)
		p.indexParameters(c)
	case ast.ConstrExclusion:
		p.w("EXCLUDE")
		p.optName(" USING ", c.AccessMethod)
		p.w(" (")
		list(p, c.Exclusions, func(e *ast.ExclusionElem) {
			p.indexElem(e.Elem)
			p.w(" WITH ")
			p.operator(e.Operator)
		})
		p.w(")")
		p.include(c.Including)
		p.indexParameters(c)
		if c.Where != nil {
			p.w(" WHERE (")
			p.expr(c.Where)
			p.w(")")
		}
	case ast.ConstrForeign:
		p.w("FOREIGN KEY")
		p.optColumns(c.Keys)
		p.w(" ")
		p.references(c)
	}
	p.constraintAttributes(c)
}

func (p *printer) constraintAttributes(c *ast.Constraint) {
	p.w(when(c.Deferrable, " DEFERRABLE"), when(c.InitiallyDeferred, " INITIALLY DEFERRED"), when(c.NotValid, " NOT VALID"))
}

func (p *printer) include(columns []string) {
	if len(columns) > 0 {
		p.w(" INCLUDE")
		p.optColumns(columns)
	}
}

func (p *printer) tableLike(l *ast.TableLikeClause) {
	p.w("LIKE ")
	p.rangeVar(l.Relation)
	options := []struct {
		bit  ast.TableLikeOption
		word string
	}{
		{ast.LikeComments, "COMMENTS"}, {ast.LikeCompression, "COMPRESSION"}, {ast.LikeConstraints, "CONSTRAINTS"},
		{ast.LikeDefaults, "DEFAULTS"}, {ast.LikeGenerated, "GENERATED"}, {ast.LikeIdentity, "IDENTITY"},
		{ast.LikeIndexes, "INDEXES"}, {ast.LikeStatistics, "STATISTICS"}, {ast.LikeStorage, "STORAGE"},
	}
	// More bits than there are words for: ALL, with some taken away again.
	all := l.Options > ast.LikeStorage<<1
	p.w(when(all, " INCLUDING ALL"))
	for _, o := range options {
		if has := l.Options&o.bit != 0; has != all {
			p.w(" ", when(has, "INCLUDING "), when(!has, "EXCLUDING "), o.word)
		}
	}
}

func (p *printer) partitionSpec(s *ast.PartitionSpec) {
	p.w(" PARTITION BY ", [...]string{"LIST", "RANGE", "HASH"}[s.Strategy], " (")
	list(p, s.Params, func(e *ast.PartitionElem) {
		p.columnOrExpr(e.Name, e.Expr)
		if len(e.Collation) > 0 {
			p.w(" COLLATE ")
			p.names(e.Collation)
		}
		if len(e.OpClass) > 0 {
			p.w(" ")
			p.names(e.OpClass)
		}
	})
	p.w(")")
}

func (p *printer) columnOrExpr(name string, e ast.Expr) {
	if e == nil {
		p.ident(name)
		return
	}
	p.w("(")
	p.expr(e)
	p.w(")")
}

func (p *printer) partitionBound(b *ast.PartitionBoundSpec) {
	switch {
	case b.Default:
		p.w("DEFAULT")
	case b.Strategy == ast.PartitionHash:
		p.w("FOR VALUES WITH (MODULUS ", strconv.Itoa(b.Modulus), ", REMAINDER ", strconv.Itoa(b.Remainder), ")")
	case b.Strategy == ast.PartitionList:
		p.w("FOR VALUES IN (")
		p.exprs(b.Values)
		p.w(")")
	default:
		p.w("FOR VALUES FROM (")
		p.exprs(b.From)
		p.w(") TO (")
		p.exprs(b.To)
		p.w(")")
	}
}

func (p *printer) onCommit(a ast.OnCommitAction) {
	switch a {
	case ast.OnCommitDrop:
		p.w(" ON COMMIT DROP")
	case ast.OnCommitDeleteRows:
		p.w(" ON COMMIT DELETE ROWS")
	case ast.OnCommitPreserveRows:
		p.w(" ON COMMIT PRESERVE ROWS")
	}
}

func (p *printer) createTableAs(s *ast.CreateTableAsStmt) {
	p.w("CREATE ", persistence(s.Into.Relation.Persistence), when(s.Materialized, "MATERIALIZED VIEW "), when(!s.Materialized, "TABLE "), when(s.IfNotExists, "IF NOT EXISTS "))
	p.rangeVar(s.Into.Relation)
	p.optColumns(s.Into.Columns)
	p.optName(" USING ", s.Into.AccessMethod)
	p.optOptions(" WITH ", s.Into.Options)
	p.onCommit(s.Into.OnCommit)
	p.optName(" TABLESPACE ", s.Into.TableSpace)
	p.w(" AS ")
	p.statement(s.Query)
	p.w(when(s.Into.WithNoData, " WITH NO DATA"))
}

func (p *printer) refreshMatView(s *ast.RefreshMatViewStmt) {
	p.w("REFRESH MATERIALIZED VIEW ", when(s.Concurrently, "CONCURRENTLY "))
	p.rangeVar(s.Relation)
	p.w(when(s.NoData, " WITH NO DATA"))
}

func (p *printer) createView(s *ast.ViewStmt) {
	p.w("CREATE ", when(s.Replace, "OR REPLACE "), persistence(s.View.Persistence), when(s.Recursive, "RECURSIVE "), "VIEW ")
	p.rangeVar(s.View)
	p.optColumns(s.Columns)
	p.optOptions(" WITH ", s.Options)
	p.w(" AS ")
	p.statement(s.Query)
	switch s.CheckOption {
	case ast.LocalCheckOption:
		p.w(" WITH LOCAL CHECK OPTION")
	case ast.CascadedCheckOption:
		p.w(" WITH CASCADED CHECK OPTION")
	}
}

func (p *printer) createIndex(s *ast.IndexStmt) {
	p.w("CREATE ", when(s.Unique, "UNIQUE "), "INDEX ", when(s.Concurrently, "CONCURRENTLY "), when(s.IfNotExists, "IF NOT EXISTS "))
	if s.Name != "" {
		p.ident(s.Name)
		p.w(" ")
	}
	p.w("ON ")
	p.rangeVar(s.Relation)
	p.optName(" USING ", s.AccessMethod)
	p.w(" (")
	list(p, s.Params, p.indexElem)
	p.w(")")
	if len(s.Including) > 0 {
		p.w(" INCLUDE (")
		list(p, s.Including, p.indexElem)
		p.w(")")
	}
	p.w(when(s.NullsNotDistinct, " NULLS NOT DISTINCT"))
	p.optOptions(" WITH ", s.With)
	p.optName(" TABLESPACE ", s.Tablespace)
	if s.Where != nil {
		p.w(" WHERE ")
		p.expr(s.Where)
	}
}

func (p *printer) createSequence(s *ast.CreateSeqStmt) {
	p.w("CREATE ", persistence(s.Sequence.Persistence), "SEQUENCE ", when(s.IfNotExists, "IF NOT EXISTS "))
	p.rangeVar(s.Sequence)
	p.seqOptions(s.Options)
}

func (p *printer) alterSequence(s *ast.AlterSeqStmt) {
	p.w("ALTER SEQUENCE ", when(s.MissingOK, "IF EXISTS "))
	p.rangeVar(s.Sequence)
	p.seqOptions(s.Options)
}

func (p *printer) seqOptions(options []*ast.SeqOption) {
	for _, o := range options {
		p.w(" ")
		p.seqOption(o)
	}
}

func (p *printer) parenSeqOptions(options []*ast.SeqOption) {
	if len(options) == 0 {
		return
	}
	p.w(" (")
	for i, o := range options {
		p.w(when(i > 0, " "))
		p.seqOption(o)
	}
	p.w(")")
}

func (p *printer) seqOption(o *ast.SeqOption) {
	switch o.Kind {
	case ast.SeqAs:
		p.w("AS ")
		p.typeName(o.Type)
	case ast.SeqCache:
		p.w("CACHE ", o.Value)
	case ast.SeqCycle:
		p.w("CYCLE")
	case ast.SeqNoCycle:
		p.w("NO CYCLE")
	case ast.SeqIncrement:
		p.w("INCREMENT BY ", o.Value)
	case ast.SeqMaxValue:
		p.w("MAXVALUE ", o.Value)
	case ast.SeqMinValue:
		p.w("MINVALUE ", o.Value)
	case ast.SeqNoMaxValue:
		p.w("NO MAXVALUE")
	case ast.SeqNoMinValue:
		p.w("NO MINVALUE")
	case ast.SeqOwnedBy:
		p.w("OWNED BY ")
		p.names(o.Name.Parts)
	case ast.SeqSequenceName:
		p.w("SEQUENCE NAME ")
		p.names(o.Name.Parts)
	case ast.SeqStart:
		p.w("START WITH ", o.Value)
	case ast.SeqLogged:
		p.w("LOGGED")
	case ast.SeqUnlogged:
		p.w("UNLOGGED")
	case ast.SeqRestart:
		p.w("RESTART", when(o.Value != "", " WITH "), o.Value)
	}
}

func (p *printer) createStatistics(s *ast.CreateStatsStmt) {
	p.w("CREATE STATISTICS ", when(s.IfNotExists, "IF NOT EXISTS "))
	if s.Name != nil {
		p.names(s.Name.Parts)
		p.w(" ")
	}
	if len(s.Kinds) > 0 {
		p.w("(")
		list(p, s.Kinds, p.ident)
		p.w(") ")
	}
	p.w("ON ")
	list(p, s.Exprs, func(e *ast.StatsElem) { p.columnOrExpr(e.Name, e.Expr) })
	p.w(" FROM ")
	list(p, s.From, p.tableRef)
}

func (p *printer) alterStatistics(s *ast.AlterStatsStmt) {
	p.w("ALTER STATISTICS ", when(s.MissingOK, "IF EXISTS "))
	p.names(s.Name.Parts)
	p.w(" SET STATISTICS ", s.Target, when(s.Target == "", "DEFAULT"))
}
