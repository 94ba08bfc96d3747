package parse

import "github.com/basement-project/basement/internal/sql/ast"

// expr takes an a_expr.
func (p *parser) expr() ast.Expr { p.syntaxError(); return nil }

// bExpr takes a b_expr: the restricted form (column defaults, BETWEEN's first bound).
func (p *parser) bExpr() ast.Expr { p.syntaxError(); return nil }

// cExpr takes a c_expr: a primary.
func (p *parser) cExpr() ast.Expr { p.syntaxError(); return nil }

// exprList takes a_expr, a_expr, ...
func (p *parser) exprList() []ast.Expr { p.syntaxError(); return nil }

// funcExprWindowless takes a func_expr_windowless: what an index may have without parentheses.
func (p *parser) funcExprWindowless() ast.Expr { p.syntaxError(); return nil }

// funcName takes a func_name.
func (p *parser) funcName() []string { p.syntaxError(); return nil }

// anyOperator takes any_operator: [schema.]op.
func (p *parser) anyOperator() []string { p.syntaxError(); return nil }

// qualAllOp takes qual_all_Op: an operator or OPERATOR(schema.op).
func (p *parser) qualAllOp() []string { p.syntaxError(); return nil }

// typeName takes a Typename.
func (p *parser) typeName() *ast.TypeName { p.syntaxError(); return nil }

// funcTypeName takes a func_type: a Typename or name%TYPE, either with SETOF.
func (p *parser) funcTypeName() *ast.TypeName { p.syntaxError(); return nil }

// optCollate takes COLLATE name if there is one.
func (p *parser) optCollate() *ast.CollateClause { return nil }

// selectStmt takes a SELECT, VALUES or TABLE, with or without parentheses and WITH.
func (p *parser) selectStmt() *ast.SelectStmt { p.syntaxError(); return nil }

// preparableStmt takes a SELECT, INSERT, UPDATE, DELETE or MERGE.
func (p *parser) preparableStmt() ast.Statement { p.syntaxError(); return nil }

// relationExpr takes a relation's name with ONLY or *.
func (p *parser) relationExpr() *ast.RangeVar { p.syntaxError(); return nil }

// optWhere takes WHERE expr if there is one.
func (p *parser) optWhere() ast.Expr { return nil }

// indexElems takes (index_elem, ...): columns and expressions of an index or a conflict target.
func (p *parser) indexElems() []*ast.IndexElem { p.syntaxError(); return nil }

// indexElem takes one of them.
func (p *parser) indexElem() *ast.IndexElem { p.syntaxError(); return nil }

// definition takes (name [= arg], ...): def_list in parentheses.
func (p *parser) definition() []*ast.DefElem { p.syntaxError(); return nil }

// defArg takes a def_arg: a type (bare words too), a keyword, an operator, a number, a string or NONE.
func (p *parser) defArg() ast.Node { p.syntaxError(); return nil }

// relOptions takes ([namespace.]name [= arg], ...): storage parameters in parentheses.
func (p *parser) relOptions() []*ast.DefElem { p.syntaxError(); return nil }

// setResetClause takes SET ... or RESET ... as ALTER ROLE, DATABASE and FUNCTION have them.
func (p *parser) setResetClause() *ast.VariableSetStmt { p.syntaxError(); return nil }

// notifyStmt takes NOTIFY, which a rule's action may be.
func (p *parser) notifyStmt() *ast.NotifyStmt { p.syntaxError(); return nil }

func (p *parser) utilityStmt() ast.Statement { p.syntaxError(); return nil }

func (p *parser) parseTransactionLegacy() ast.Statement { p.syntaxError(); return nil }

func negate(c *ast.AConst) {}
