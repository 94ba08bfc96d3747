package parse

import "github.com/basement-project/basement/internal/sql/ast"

// createView takes CREATE VIEW from RECURSIVE or VIEW on.
func (p *parser) createView(pos int, replace bool, life ast.Persistence) ast.Statement {
	v := &ast.ViewStmt{Pos: pos, Replace: replace}
	v.Recursive = p.accept(kwRecursive)
	p.expect(kwView)
	v.View = p.qualifiedName()
	v.View.Persistence = life
	if v.Recursive {
		v.Columns = p.parenNameList()
	} else {
		v.Columns = p.optParenNameList()
	}
	v.Options = p.optRelOptions()
	p.expect(kwAs)
	v.Query = p.selectStmt()
	if p.is(kwWith) {
		at := p.pos()
		p.next()
		switch {
		case p.accept(kwLocal):
			v.CheckOption = ast.LocalCheckOption
		default:
			p.accept(kwCascaded)
			v.CheckOption = ast.CascadedCheckOption
		}
		p.expectSeq(kwCheck, kwOption)
		if v.Recursive {
			p.fail(at, "0A000", "WITH CHECK OPTION not supported on recursive views")
		}
	}
	return v
}

// createMaterializedView takes CREATE MATERIALIZED VIEW from MATERIALIZED on.
func (p *parser) createMaterializedView(pos int, life ast.Persistence) ast.Statement {
	p.expectSeq(kwMaterialized, kwView)
	s := &ast.CreateTableAsStmt{Pos: pos, Materialized: true}
	s.IfNotExists = p.ifNotExists()
	into := &ast.IntoClause{Pos: p.pos()}
	into.Relation = p.qualifiedName()
	into.Relation.Persistence = life
	into.Columns = p.optParenNameList()
	if p.accept(kwUsing) {
		into.AccessMethod = p.name()
	}
	into.Options = p.optRelOptions()
	into.TableSpace = p.optTablespace()
	p.expect(kwAs)
	s.Into, s.Query = into, p.selectStmt()
	into.WithNoData = p.optWithData()
	return s
}

// parseRefresh takes REFRESH MATERIALIZED VIEW.
func (p *parser) parseRefresh() ast.Statement {
	s := &ast.RefreshMatViewStmt{Pos: p.pos()}
	p.expectSeq(kwRefresh, kwMaterialized, kwView)
	s.Concurrently = p.accept(kwConcurrently)
	s.Relation = p.qualifiedName()
	s.NoData = p.optWithData()
	return s
}
