package parse

import (
	"slices"

	"github.com/basement-project/basement/internal/sql/ast"
)

// aggregateWithArgs takes an aggregate_with_argtypes.
func (p *parser) aggregateWithArgs() *ast.ObjectWithArgs {
	o := &ast.ObjectWithArgs{Pos: p.pos(), Name: p.funcName()}
	p.aggregateArgs(o)
	return o
}

// aggregateArgs takes aggr_args into o.
func (p *parser) aggregateArgs(o *ast.ObjectWithArgs) {
	p.expect('(')
	if p.accept('*') {
		o.Star = true
		p.expect(')')
		return
	}
	if !p.is(kwOrder) {
		o.Params = p.aggregateArgList()
	}
	if p.is(kwOrder) {
		p.expectSeq(kwOrder, kwBy)
		o.OrderBy = p.aggregateArgList()
	}
	p.expect(')')
	if n := len(o.Params); n > 0 && len(o.OrderBy) > 0 && o.Params[n-1].Mode == ast.ParamVariadic {
		last, first := o.Params[n-1], o.OrderBy[0]
		if len(o.OrderBy) != 1 || first.Mode != ast.ParamVariadic || !sameType(last.Type, first.Type) {
			p.fail(first.Type.Pos, "0A000", "an ordered-set aggregate with a VARIADIC direct argument must have one VARIADIC aggregated argument of the same data type")
		}
	}
}

func sameType(a, b *ast.TypeName) bool {
	return slices.Equal(a.Names, b.Names) && slices.Equal(a.ArrayBounds, b.ArrayBounds) && a.Setof == b.Setof &&
		a.PctType == b.PctType && len(a.TypMods) == len(b.TypMods)
}

func (p *parser) aggregateArgList() []*ast.FunctionParameter {
	var list []*ast.FunctionParameter
	for {
		a := p.funcArg()
		if a.Mode == ast.ParamOut || a.Mode == ast.ParamInOut {
			p.fail(a.Pos, "0A000", "aggregates cannot have output arguments")
		}
		list = append(list, a)
		if !p.accept(',') {
			return list
		}
	}
}

// createAggregate takes CREATE AGGREGATE from AGGREGATE on.
func (p *parser) createAggregate(pos int, replace bool) ast.Statement {
	p.expect(kwAggregate)
	s := &ast.DefineStmt{Pos: pos, Kind: ast.ObjectAggregate, Replace: replace, Defined: true}
	s.NamePos = p.pos()
	s.Name = p.funcName()
	// The old form has "basetype = ..." at once.
	if p.is('(') && p.isAt(1, tokIdent) && p.isAt(2, '=') {
		s.OldStyle = true
		p.next()
		for {
			d := &ast.DefElem{Pos: p.pos(), Name: p.expect(tokIdent).text}
			p.expect('=')
			d.Arg = p.defArg()
			s.Definition = append(s.Definition, d)
			if !p.accept(',') {
				break
			}
		}
		p.expect(')')
		return s
	}
	s.Args = &ast.ObjectWithArgs{Pos: p.pos()}
	p.aggregateArgs(s.Args)
	s.Definition = p.definition()
	return s
}

// operatorWithArgs takes an operator_with_argtypes.
func (p *parser) operatorWithArgs() *ast.ObjectWithArgs {
	o := &ast.ObjectWithArgs{Pos: p.pos(), Name: p.anyOperator()}
	p.operatorArgs(o)
	return o
}

func (p *parser) operatorArgs(o *ast.ObjectWithArgs) {
	param := func() *ast.FunctionParameter {
		if p.accept(kwNone) {
			return nil
		}
		return &ast.FunctionParameter{Pos: p.pos(), Type: p.typeName()}
	}
	p.expect('(')
	left := param()
	if p.is(')') && left != nil {
		at := p.pos()
		p.failDetail(at, "42601", "missing argument", "", "Use NONE to denote the missing argument of a unary operator.")
	}
	p.expect(',')
	if left == nil && p.is(kwNone) {
		p.syntaxError()
	}
	o.Params = []*ast.FunctionParameter{left, param()}
	p.expect(')')
}

// createOperator takes CREATE OPERATOR, OPERATOR CLASS and OPERATOR FAMILY from OPERATOR on.
func (p *parser) createOperator(pos int) ast.Statement {
	p.expect(kwOperator)
	switch {
	case p.is(kwClass) && !p.isAt(1, '.'):
		return p.createOperatorClass(pos)
	case p.is(kwFamily) && !p.isAt(1, '.'):
		p.next()
		s := &ast.CreateOpFamilyStmt{Pos: pos, Name: p.anyNameNode()}
		p.expect(kwUsing)
		s.AccessMethod = p.name()
		return s
	}
	s := &ast.DefineStmt{Pos: pos, Kind: ast.ObjectOperator, Defined: true, NamePos: p.pos()}
	s.Name = p.anyOperator()
	s.Definition = p.definition()
	return s
}

func (p *parser) createOperatorClass(pos int) ast.Statement {
	p.expect(kwClass)
	s := &ast.CreateOpClassStmt{Pos: pos, Name: p.anyNameNode()}
	s.Default = p.accept(kwDefault)
	p.expectSeq(kwFor, kwType)
	s.Type = p.typeName()
	p.expect(kwUsing)
	s.AccessMethod = p.name()
	if p.accept(kwFamily) {
		s.Family = p.anyNameNode()
	}
	p.expect(kwAs)
	s.Items = p.opClassItems(false)
	return s
}

// opClassItems takes opclass_item_list, with drop opclass_drop_list.
func (p *parser) opClassItems(drop bool) []*ast.OpClassItem {
	var list []*ast.OpClassItem
	for {
		i := &ast.OpClassItem{Pos: p.pos()}
		switch {
		case p.accept(kwOperator):
			i.Kind = ast.OpClassOperator
			i.Number = int(p.iconst())
			if drop {
				i.Types = p.parenTypes()
				break
			}
			i.Object = &ast.ObjectWithArgs{Pos: p.pos(), Name: p.anyOperator(), ArgsUnspecified: true}
			if p.is('(') {
				i.Object.ArgsUnspecified = false
				p.operatorArgs(i.Object)
			}
			if p.accept(kwFor) {
				if p.accept(kwOrder) {
					p.expect(kwBy)
					i.OrderBy = p.anyNameNode()
				} else {
					p.expect(kwSearch)
					i.Search = true
				}
			}
		case p.accept(kwFunction):
			i.Kind = ast.OpClassFunction
			i.Number = int(p.iconst())
			if drop || p.is('(') {
				i.Types = p.parenTypes()
			}
			if !drop {
				i.Object = p.functionWithArgs()
			}
		case !drop && p.accept(kwStorage):
			i.Kind, i.Storage = ast.OpClassStorage, p.typeName()
		default:
			p.syntaxError()
		}
		list = append(list, i)
		if !p.accept(',') {
			return list
		}
	}
}

func (p *parser) parenTypes() []*ast.TypeName {
	p.expect('(')
	list := []*ast.TypeName{p.typeName()}
	for p.accept(',') {
		list = append(list, p.typeName())
	}
	p.expect(')')
	return list
}

// operatorClassRef takes CLASS or FAMILY, a name and USING method.
func (p *parser) operatorClassRef() *ast.ObjectRef {
	ref := &ast.ObjectRef{Kind: ast.ObjectOperatorClass}
	if p.next().kind == kwFamily {
		ref.Kind = ast.ObjectOperatorFamily
	}
	ref.Pos = p.pos()
	ref.Names = p.anyName()
	p.expect(kwUsing)
	ref.Using = p.name()
	return ref
}

// isOperatorClass tells whether CLASS or FAMILY comes, and not an operator in a schema of that name.
func (p *parser) isOperatorClass() bool { return p.isAny(kwClass, kwFamily) && !p.isAt(1, '.') }

// alterOperator takes ALTER OPERATOR, OPERATOR CLASS and OPERATOR FAMILY from OPERATOR on.
func (p *parser) alterOperator(pos int) ast.Statement {
	p.expect(kwOperator)
	if p.isOperatorClass() {
		ref := p.operatorClassRef()
		if ref.Kind == ast.ObjectOperatorFamily && p.isAny(kwAdd, kwDrop) {
			s := &ast.AlterOpFamilyStmt{Pos: pos, Name: &ast.AnyName{Pos: ref.Pos, Parts: ref.Names}, AccessMethod: ref.Using}
			s.Drop = p.next().kind == kwDrop
			s.Items = p.opClassItems(s.Drop)
			return s
		}
		return p.alterNamed(pos, ref, canRename|canOwn|canSetSchema)
	}
	op := p.operatorWithArgs()
	if p.isSeq(kwSet, '(') {
		p.next()
		return &ast.AlterOperatorStmt{Pos: pos, Operator: op, Options: p.operatorDefinition()}
	}
	return p.alterNamed(pos, &ast.ObjectRef{Pos: op.Pos, Kind: ast.ObjectOperator, Func: op}, canOwn|canSetSchema)
}

// operatorDefinition takes (name [= NONE | arg], ...): NONE is an option without a value.
func (p *parser) operatorDefinition() []*ast.DefElem {
	p.expect('(')
	var list []*ast.DefElem
	for {
		d := &ast.DefElem{Pos: p.pos(), Name: p.colLabel()}
		if p.accept('=') && !p.accept(kwNone) {
			d.Arg = p.defArg()
		}
		list = append(list, d)
		if !p.accept(',') {
			break
		}
	}
	p.expect(')')
	return list
}
