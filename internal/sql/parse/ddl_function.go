package parse

import (
	"slices"

	"github.com/basement-project/basement/internal/sql/ast"
)

// createFunction takes CREATE FUNCTION and PROCEDURE from that word on.
func (p *parser) createFunction(pos int, replace bool) ast.Statement {
	s := &ast.CreateFunctionStmt{Pos: pos, Replace: replace}
	s.Procedure = p.next().kind == kwProcedure
	s.NamePos = p.pos()
	s.Name = p.funcName()
	s.Params = p.funcParams(true)
	if !s.Procedure && p.is(kwReturns) && !p.isAt(1, kwNull) {
		p.next()
		if p.accept(kwTable) {
			s.ReturnsTable = p.tableColumns()
			for _, a := range s.Params {
				if a.Mode == ast.ParamOut || a.Mode == ast.ParamInOut {
					p.fail(-1, "42601", "OUT and INOUT arguments aren't allowed in TABLE functions")
				}
			}
		} else {
			s.Returns = p.funcTypeName()
		}
	}
	for {
		o := p.functionOption(true)
		if o == nil {
			break
		}
		s.Options = append(s.Options, o)
	}
	switch {
	case p.is(kwReturn):
		s.Return = p.returnStmt()
	case p.is(kwBegin):
		p.expectSeq(kwBegin, kwAtomic)
		s.Atomic = true
		for !p.is(kwEnd) {
			switch {
			case p.is(';'):
			case p.is(kwReturn):
				s.Body = append(s.Body, p.returnStmt())
			default:
				s.Body = append(s.Body, p.statement())
			}
			p.expect(';')
		}
		p.next()
	}
	return s
}

func (p *parser) returnStmt() *ast.ReturnStmt {
	r := &ast.ReturnStmt{Pos: p.pos()}
	p.expect(kwReturn)
	r.Value = p.expr()
	return r
}

// funcParams takes ([parameter, ...]); defaults says whether they may have defaults.
func (p *parser) funcParams(defaults bool) []*ast.FunctionParameter {
	p.expect('(')
	var list []*ast.FunctionParameter
	if p.accept(')') {
		return list
	}
	for {
		a := p.funcArg()
		if defaults && (p.is(kwDefault) || p.is('=')) {
			p.next()
			a.Default = p.expr()
		}
		list = append(list, a)
		if !p.accept(',') {
			break
		}
	}
	p.expect(')')
	return list
}

// startsType tells whether a func_type can begin with the token n places ahead.
func (p *parser) startsType(n int) bool {
	k := p.kindAt(n)
	if isTypeFuncName(k) {
		return true
	}
	switch k {
	case kwSetof, kwInt, kwInteger, kwSmallint, kwBigint, kwReal, kwFloat, kwDecimal, kwDec, kwNumeric, kwBoolean,
		kwBit, kwNational, kwCharacter, kwChar, kwNchar, kwVarchar, kwTime, kwTimestamp, kwInterval:
		return true
	}
	return k == kwJson
}

// argClass takes IN, OUT, INOUT, IN OUT or VARIADIC if it is there.
func (p *parser) argClass() ast.FunctionParameterMode {
	switch p.kind() {
	case kwIn:
		p.next()
		if p.accept(kwOut) {
			return ast.ParamInOut
		}
		return ast.ParamIn
	case kwOut:
		p.next()
		return ast.ParamOut
	case kwInout:
		p.next()
		return ast.ParamInOut
	case kwVariadic:
		p.next()
		return ast.ParamVariadic
	}
	return ast.ParamDefault
}

// funcArg takes a func_arg: mode, name and type, the first two in either order and both optional.
func (p *parser) funcArg() *ast.FunctionParameter {
	a := &ast.FunctionParameter{Pos: p.pos()}
	a.Mode = p.argClass()
	if isTypeFuncName(p.kind()) {
		switch k := p.kindAt(1); {
		case a.Mode == ast.ParamDefault && (k == kwIn || k == kwOut || k == kwInout || k == kwVariadic):
			a.Name = p.typeFuncName()
			a.Mode = p.argClass()
		case p.startsType(1) && !p.isSeq(kwDouble, kwPrecision):
			a.Name = p.typeFuncName()
		}
	}
	a.Type = p.funcTypeName()
	return a
}

// tableColumns takes (name type, ...) of RETURNS TABLE.
func (p *parser) tableColumns() []*ast.FunctionParameter {
	p.expect('(')
	var list []*ast.FunctionParameter
	for {
		a := &ast.FunctionParameter{Pos: p.pos(), Mode: ast.ParamTable}
		a.Name = p.typeFuncName()
		a.Type = p.funcTypeName()
		list = append(list, a)
		if !p.accept(',') {
			break
		}
	}
	p.expect(')')
	return list
}

// functionOption takes one option of CREATE (create) or ALTER FUNCTION; nil when none comes.
func (p *parser) functionOption(create bool) *ast.FuncOption {
	o := &ast.FuncOption{Pos: p.pos()}
	switch p.kind() {
	case kwCalled:
		p.expectSeq(kwCalled, kwOn, kwNull, kwInput)
		o.Kind = ast.FuncStrict
	case kwReturns:
		p.expectSeq(kwReturns, kwNull, kwOn, kwNull, kwInput)
		o.Kind, o.Bool = ast.FuncStrict, true
	case kwStrict:
		p.next()
		o.Kind, o.Bool = ast.FuncStrict, true
	case kwImmutable, kwStable, kwVolatile:
		o.Kind, o.Value = ast.FuncVolatility, p.next().text
	case kwExternal, kwSecurity:
		p.accept(kwExternal)
		p.expect(kwSecurity)
		o.Kind = ast.FuncSecurity
		if p.accept(kwDefiner) {
			o.Bool = true
		} else {
			p.expect(kwInvoker)
		}
	case kwLeakproof:
		p.next()
		o.Kind, o.Bool = ast.FuncLeakproof, true
	case kwNot:
		p.expectSeq(kwNot, kwLeakproof)
		o.Kind = ast.FuncLeakproof
	case kwCost:
		p.next()
		o.Kind, o.Value = ast.FuncCost, p.numberText()
	case kwRows:
		p.next()
		o.Kind, o.Value = ast.FuncRows, p.numberText()
	case kwSupport:
		p.next()
		o.Kind, o.Name = ast.FuncSupport, p.anyNameNode()
	case kwParallel:
		p.next()
		o.Kind, o.Value = ast.FuncParallel, p.colID()
	case kwSet, kwReset:
		o.Kind, o.Set = ast.FuncSet, p.functionSet()
	default:
		if !create {
			return nil
		}
		return p.createFunctionOption(o)
	}
	return o
}

// createFunctionOption takes the options only CREATE FUNCTION has.
func (p *parser) createFunctionOption(o *ast.FuncOption) *ast.FuncOption {
	switch p.kind() {
	case kwAs:
		p.next()
		o.Kind, o.Value = ast.FuncAs, p.sconst()
		if p.accept(',') {
			o.HasLink, o.Link = true, p.sconst()
		}
	case kwLanguage:
		p.next()
		o.Kind, o.Value = ast.FuncLanguage, p.wordOrString().Text
	case kwWindow:
		p.next()
		o.Kind = ast.FuncWindow
	case kwTransform:
		p.next()
		o.Kind = ast.FuncTransformType
		for {
			p.expectSeq(kwFor, kwType)
			o.Types = append(o.Types, p.typeName())
			if !p.accept(',') {
				break
			}
		}
	default:
		return nil
	}
	return o
}

// functionSet takes SET and RESET of a function, which has no SET TRANSACTION.
func (p *parser) functionSet() *ast.VariableSetStmt {
	if p.isSeq(kwSet, kwTransaction) && !p.isAnyAt(2, kwSnapshot, kwTo, '=', '.') {
		p.next()
		p.next()
		p.syntaxError()
	}
	if p.isSeq(kwSet, kwSession, kwCharacteristics) {
		p.next()
		p.next()
		p.syntaxError()
	}
	return p.setResetClause()
}

// isAnyAt tells whether the token n places ahead is one of these kinds.
func (p *parser) isAnyAt(n int, ks ...kind) bool { return slices.Contains(ks, p.kindAt(n)) }

// alterFunction takes ALTER FUNCTION, PROCEDURE and ROUTINE from that word on.
func (p *parser) alterFunction(pos int) ast.Statement {
	kind := p.routineKind()
	fn := p.functionWithArgs()
	ref := &ast.ObjectRef{Pos: fn.Pos, Kind: kind, Func: fn}
	switch {
	case p.isAny(kwRename, kwOwner, kwNo, kwDepends), p.isSeq(kwSet, kwSchema) && !p.isAt(2, tokSconst):
		return p.alterNamed(pos, ref, canRename|canOwn|canSetSchema|canDepend)
	}
	s := &ast.AlterFunctionStmt{Pos: pos, Kind: kind, Func: fn}
	for {
		o := p.functionOption(false)
		if o == nil {
			break
		}
		s.Options = append(s.Options, o)
	}
	if len(s.Options) == 0 {
		p.syntaxError()
	}
	p.accept(kwRestrict)
	return s
}

// routineKind takes FUNCTION, PROCEDURE or ROUTINE.
func (p *parser) routineKind() ast.ObjectType {
	switch p.kind() {
	case kwFunction:
		p.next()
		return ast.ObjectFunction
	case kwProcedure:
		p.next()
		return ast.ObjectProcedure
	case kwRoutine:
		p.next()
		return ast.ObjectRoutine
	}
	p.syntaxError()
	return 0
}

// functionWithArgs takes a function_with_argtypes.
func (p *parser) functionWithArgs() *ast.ObjectWithArgs {
	o := &ast.ObjectWithArgs{Pos: p.pos()}
	if !isColID(p.kind()) && !isTypeFuncName(p.kind()) {
		p.syntaxError()
	}
	first := p.kind()
	o.Name = []string{p.next().text}
	if isColID(first) {
		for p.accept('.') {
			o.Name = append(o.Name, p.colLabel())
		}
	}
	if !p.is('(') {
		o.ArgsUnspecified = true
		return o
	}
	if len(o.Name) == 1 && !isTypeFuncName(first) {
		p.syntaxError()
	}
	o.Params = p.funcParams(false)
	return o
}

func (p *parser) functionsWithArgs() []*ast.ObjectWithArgs {
	list := []*ast.ObjectWithArgs{p.functionWithArgs()}
	for p.accept(',') {
		list = append(list, p.functionWithArgs())
	}
	return list
}

// createCast takes CREATE CAST from CAST on.
func (p *parser) createCast(pos int) ast.Statement {
	p.expect(kwCast)
	s := &ast.CreateCastStmt{Pos: pos}
	s.Source, s.Target = p.castTypes()
	switch {
	case p.accept(kwWithout):
		p.expect(kwFunction)
	default:
		p.expect(kwWith)
		if p.accept(kwInout) {
			s.InOut = true
			break
		}
		p.expect(kwFunction)
		s.Func = p.functionWithArgs()
	}
	if p.accept(kwAs) {
		if p.accept(kwImplicit) {
			s.Context = ast.CastImplicit
		} else {
			p.expect(kwAssignment)
			s.Context = ast.CastAssignment
		}
	}
	return s
}

// castTypes takes (type AS type).
func (p *parser) castTypes() (source, target *ast.TypeName) {
	p.expect('(')
	source = p.typeName()
	p.expect(kwAs)
	target = p.typeName()
	p.expect(')')
	return source, target
}

// createTransform takes CREATE TRANSFORM from TRANSFORM on.
func (p *parser) createTransform(pos int, replace bool) ast.Statement {
	p.expectSeq(kwTransform, kwFor)
	s := &ast.CreateTransformStmt{Pos: pos, Replace: replace, Type: p.typeName()}
	p.expect(kwLanguage)
	s.Language = p.name()
	p.expect('(')
	side := func() {
		from := p.is(kwFrom)
		if !from && !p.is(kwTo) || from && s.FromSQL != nil || !from && s.ToSQL != nil {
			p.syntaxError()
		}
		p.next()
		p.expectSeq(kwSql, kwWith, kwFunction)
		if from {
			s.FromSQL = p.functionWithArgs()
		} else {
			s.ToSQL = p.functionWithArgs()
		}
	}
	side()
	if p.accept(',') {
		side()
	}
	p.expect(')')
	return s
}

// createConversion takes CREATE [DEFAULT] CONVERSION from DEFAULT or CONVERSION on.
func (p *parser) createConversion(pos int) ast.Statement {
	s := &ast.CreateConversionStmt{Pos: pos, Default: p.accept(kwDefault)}
	p.expect(kwConversion)
	s.Name = p.anyNameNode()
	p.expect(kwFor)
	s.ForEncoding = p.sconst()
	p.expect(kwTo)
	s.ToEncoding = p.sconst()
	p.expect(kwFrom)
	s.Func = p.anyNameNode()
	return s
}

// createLanguage takes CREATE LANGUAGE from TRUSTED, PROCEDURAL or LANGUAGE on.
func (p *parser) createLanguage(pos int, replace bool) ast.Statement {
	s := &ast.CreatePLangStmt{Pos: pos, Replace: replace, Trusted: p.accept(kwTrusted)}
	p.accept(kwProcedural)
	p.expect(kwLanguage)
	s.Name = p.name()
	if !p.accept(kwHandler) {
		return s
	}
	s.Handler = p.anyNameNode()
	if p.accept(kwInline) {
		s.Inline = p.anyNameNode()
	}
	if p.accept(kwValidator) {
		s.Validator = p.anyNameNode()
	} else if p.is(kwNo) {
		p.expectSeq(kwNo, kwValidator)
	}
	return s
}

// createAccessMethod takes CREATE ACCESS METHOD from ACCESS on.
func (p *parser) createAccessMethod(pos int) ast.Statement {
	p.expectSeq(kwAccess, kwMethod)
	s := &ast.CreateAmStmt{Pos: pos, Name: p.name()}
	p.expect(kwType)
	if p.accept(kwTable) {
		s.Table = true
	} else {
		p.expect(kwIndex)
	}
	p.expect(kwHandler)
	s.Handler = p.anyNameNode()
	return s
}
