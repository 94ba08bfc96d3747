package parse

import "github.com/basement-project/basement/internal/sql/ast"

// topStatement takes a statement of a script.
func (p *parser) topStatement() ast.Statement {
	switch p.kind() {
	case kwBegin, kwEnd:
		// Only here: in a function's body they are the block.
		return p.parseTransactionLegacy()
	}
	return p.statement()
}

// statement takes any statement that may also stand in a function's body.
func (p *parser) statement() ast.Statement {
	p.enter()
	defer p.leave()
	switch p.kind() {
	case kwSelect, kwValues, kwTable, '(':
		return p.selectStmt()
	case kwWith, kwInsert, kwUpdate, kwDelete, kwMerge:
		return p.preparableStmt()
	case kwCreate:
		return p.parseCreate()
	case kwAlter:
		return p.parseAlter()
	case kwDrop:
		return p.parseDrop()
	case kwComment:
		return p.parseComment()
	case kwGrant:
		return p.parseGrant()
	case kwRevoke:
		return p.parseRevoke()
	case kwSecurity:
		return p.parseSecurityLabel()
	case kwReassign:
		return p.parseReassignOwned()
	case kwImport:
		return p.parseImportForeignSchema()
	case kwRefresh:
		return p.parseRefresh()
	}
	return p.utilityStmt()
}
