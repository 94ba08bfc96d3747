package parse

import "github.com/basement-project/basement/internal/sql/ast"

// Each of these is called with its first keyword as the current token.

func (p *parser) parseCreate() ast.Statement              { p.syntaxError(); return nil }
func (p *parser) parseAlter() ast.Statement               { p.syntaxError(); return nil }
func (p *parser) parseDrop() ast.Statement                { p.syntaxError(); return nil }
func (p *parser) parseComment() ast.Statement             { p.syntaxError(); return nil }
func (p *parser) parseGrant() ast.Statement               { p.syntaxError(); return nil }
func (p *parser) parseRevoke() ast.Statement              { p.syntaxError(); return nil }
func (p *parser) parseSecurityLabel() ast.Statement       { p.syntaxError(); return nil }
func (p *parser) parseReassignOwned() ast.Statement       { p.syntaxError(); return nil }
func (p *parser) parseImportForeignSchema() ast.Statement { p.syntaxError(); return nil }
func (p *parser) parseRefresh() ast.Statement             { p.syntaxError(); return nil }
