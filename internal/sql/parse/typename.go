package parse

import "github.com/basement-project/basement/internal/sql/ast"

// The bits of an interval's fields in its type modifier, as PostgreSQL numbers them.
const (
	maskMonth         = 1 << 1
	maskYear          = 1 << 2
	maskDay           = 1 << 3
	maskHour          = 1 << 10
	maskMinute        = 1 << 11
	maskSecond        = 1 << 12
	intervalFullRange = 0x7FFF
)

func systemType(pos int, name string) *ast.TypeName {
	return &ast.TypeName{Pos: pos, Names: []string{"pg_catalog", name}}
}

func intConst(pos int, n int32) *ast.AConst {
	return &ast.AConst{Pos: pos, Kind: ast.ConstInteger, Int: n}
}

// typeName takes a Typename.
func (p *parser) typeName() *ast.TypeName {
	p.enter()
	defer p.leave()
	setof := p.accept(kwSetof)
	t := p.simpleType()
	t.Setof = setof
	p.arrayBounds(t)
	return t
}

func (p *parser) arrayBounds(t *ast.TypeName) {
	if p.accept(kwArray) {
		bound := -1
		if p.accept('[') {
			bound = int(p.iconst())
			p.expect(']')
		}
		t.ArrayBounds = []int{bound}
		return
	}
	for p.accept('[') {
		bound := -1
		if !p.is(']') {
			bound = int(p.iconst())
		}
		p.expect(']')
		t.ArrayBounds = append(t.ArrayBounds, bound)
		p.chain(len(t.ArrayBounds))
	}
}

// funcTypeName takes a func_type: a Typename or name%TYPE, either with SETOF.
func (p *parser) funcTypeName() *ast.TypeName {
	start := 0
	if p.is(kwSetof) {
		start = 1
	}
	if isTypeFuncName(p.kindAt(start)) {
		n := start + 1
		for p.isAt(n, '.') && isColLabel(p.kindAt(n+1)) {
			n += 2
		}
		if n > start+1 && p.isAt(n, '%') {
			setof := p.accept(kwSetof)
			t := &ast.TypeName{Pos: p.pos(), Setof: setof, PctType: true}
			t.Names = []string{p.typeFuncName()}
			for p.accept('.') {
				t.Names = append(t.Names, p.colLabel())
			}
			p.expectSeq('%', kwType)
			return t
		}
	}
	return p.typeName()
}

// typeNameList takes types with commas between.
func (p *parser) typeNameList() []*ast.TypeName {
	list := []*ast.TypeName{p.typeName()}
	for p.accept(',') {
		list = append(list, p.typeName())
	}
	return list
}

// simpleType takes a SimpleTypename.
func (p *parser) simpleType() *ast.TypeName {
	if t := p.builtinType(false); t != nil {
		return t
	}
	t := &ast.TypeName{Pos: p.pos(), Names: []string{p.typeFuncName()}}
	for p.accept('.') {
		t.Names = append(t.Names, p.colLabel())
	}
	t.TypMods = p.optTypMods()
	return t
}

func (p *parser) optTypMods() []ast.Expr {
	if !p.is('(') {
		return nil
	}
	return p.parenExprs()
}

// builtinType takes a type whose name is SQL syntax, nil when none comes. In a literal (constant set) char and bit
// without a length are of any length, and interval's fields come after the string.
func (p *parser) builtinType(constant bool) *ast.TypeName {
	pos := p.pos()
	k := p.kind()
	take := func(name string) *ast.TypeName {
		p.next()
		return systemType(pos, name)
	}
	switch k {
	case kwInt, kwInteger:
		return take("int4")
	case kwSmallint:
		return take("int2")
	case kwBigint:
		return take("int8")
	case kwReal:
		return take("float4")
	case kwBoolean:
		return take("bool")
	case kwJson:
		return take("json")
	case kwDouble:
		if !p.isAt(1, kwPrecision) {
			return nil
		}
		p.next()
		return take("float8")
	case kwFloat:
		return p.floatType()
	case kwDecimal, kwDec, kwNumeric:
		t := take("numeric")
		t.TypMods = p.optTypMods()
		return t
	case kwBit:
		p.next()
		name := "bit"
		if p.accept(kwVarying) {
			name = "varbit"
		}
		t := systemType(pos, name)
		if p.is('(') {
			t.TypMods = p.parenExprs()
		} else if name == "bit" && !constant {
			t.TypMods = []ast.Expr{intConst(-1, 1)}
		}
		return t
	case kwCharacter, kwChar, kwVarchar, kwNational, kwNchar:
		return p.charType(constant)
	case kwTimestamp, kwTime:
		return p.timeType()
	case kwInterval:
		t := take("interval")
		if p.is('(') {
			t.TypMods = p.intervalPrecision()
		} else if !constant {
			t.TypMods = p.optInterval()
		}
		return t
	}
	return nil
}

func (p *parser) floatType() *ast.TypeName {
	pos := p.pos()
	p.next()
	if !p.is('(') {
		return systemType(pos, "float8")
	}
	p.next()
	argPos := p.pos()
	bits := p.iconst()
	p.expect(')')
	switch {
	case bits < 1:
		p.fail(argPos, "22023", "precision for type float must be at least 1 bit")
	case bits <= 24:
		return systemType(pos, "float4")
	case bits > 53:
		p.fail(argPos, "22023", "precision for type float must be less than 54 bits")
	}
	return systemType(pos, "float8")
}

func (p *parser) charType(constant bool) *ast.TypeName {
	pos := p.pos()
	name := "bpchar"
	switch p.next().kind {
	case kwVarchar:
		name = "varchar"
	case kwNational:
		if !p.accept(kwCharacter) {
			p.expect(kwChar)
		}
	}
	if name == "bpchar" && p.accept(kwVarying) {
		name = "varchar"
	}
	t := systemType(pos, name)
	if p.accept('(') {
		n := p.pos()
		t.TypMods = []ast.Expr{intConst(n, p.iconst())}
		p.expect(')')
	} else if name == "bpchar" && !constant {
		t.TypMods = []ast.Expr{intConst(-1, 1)}
	}
	return t
}

func (p *parser) timeType() *ast.TypeName {
	pos := p.pos()
	name := "timestamp"
	if p.next().kind == kwTime {
		name = "time"
	}
	var mods []ast.Expr
	if p.accept('(') {
		n := p.pos()
		mods = []ast.Expr{intConst(n, p.iconst())}
		p.expect(')')
	}
	switch {
	case p.isSeq(kwWith, kwTime):
		p.next()
		p.expectSeq(kwTime, kwZone)
		name += "tz"
	case p.isSeq(kwWithout, kwTime):
		p.next()
		p.expectSeq(kwTime, kwZone)
	}
	t := systemType(pos, name)
	t.TypMods = mods
	return t
}

// intervalPrecision takes the (n) of interval(n).
func (p *parser) intervalPrecision() []ast.Expr {
	p.expect('(')
	n := p.pos()
	mods := []ast.Expr{intConst(-1, intervalFullRange), intConst(n, p.iconst())}
	p.expect(')')
	return mods
}

// optInterval takes an interval's fields: year to month, second(3) ...
func (p *parser) optInterval() []ast.Expr {
	pos := p.pos()
	var from int32
	switch p.kind() {
	case kwYear:
		from = maskYear
	case kwMonth:
		from = maskMonth
	case kwDay:
		from = maskDay
	case kwHour:
		from = maskHour
	case kwMinute:
		from = maskMinute
	case kwSecond:
		return p.intervalSecond(pos, maskSecond)
	default:
		return nil
	}
	first := p.next().kind
	if first == kwMonth || !p.accept(kwTo) {
		return []ast.Expr{intConst(pos, from)}
	}
	switch p.kind() {
	case kwMonth:
		if first == kwYear {
			p.next()
			return []ast.Expr{intConst(pos, maskYear|maskMonth)}
		}
	case kwHour:
		if first == kwDay {
			p.next()
			return []ast.Expr{intConst(pos, maskDay|maskHour)}
		}
	case kwMinute:
		switch first {
		case kwDay:
			p.next()
			return []ast.Expr{intConst(pos, maskDay|maskHour|maskMinute)}
		case kwHour:
			p.next()
			return []ast.Expr{intConst(pos, maskHour|maskMinute)}
		}
	case kwSecond:
		switch first {
		case kwDay:
			return p.intervalSecond(pos, maskDay|maskHour|maskMinute|maskSecond)
		case kwHour:
			return p.intervalSecond(pos, maskHour|maskMinute|maskSecond)
		case kwMinute:
			return p.intervalSecond(pos, maskMinute|maskSecond)
		}
	}
	p.syntaxError()
	return nil
}

func (p *parser) intervalSecond(pos int, mask int32) []ast.Expr {
	p.expect(kwSecond)
	mods := []ast.Expr{intConst(pos, mask)}
	if p.accept('(') {
		n := p.pos()
		mods = append(mods, intConst(n, p.iconst()))
		p.expect(')')
	}
	return mods
}

// typedLiteral takes a literal whose type is SQL syntax (timestamp '...'), nil when the words at hand are none.
func (p *parser) typedLiteral() ast.Expr {
	switch p.kind() {
	case kwInt, kwInteger, kwSmallint, kwBigint, kwReal, kwBoolean, kwJson:
		if !p.isAt(1, tokSconst) {
			return nil
		}
	case kwDouble:
		if !p.isAt(1, kwPrecision) {
			return nil
		}
	case kwFloat, kwDecimal, kwDec, kwNumeric, kwVarchar:
		if !p.isAt(1, tokSconst) && !p.isAt(1, '(') {
			return nil
		}
	case kwBit, kwCharacter, kwChar, kwNchar:
		if !p.isAt(1, tokSconst) && !p.isAt(1, '(') && !p.isAt(1, kwVarying) {
			return nil
		}
	case kwNational:
		if !p.isAt(1, kwCharacter) && !p.isAt(1, kwChar) {
			return nil
		}
	case kwTimestamp, kwTime:
		if !p.isAt(1, tokSconst) && !p.isAt(1, '(') &&
			!(p.isAt(2, kwTime) && (p.isAt(1, kwWith) || p.isAt(1, kwWithout))) {
			return nil
		}
	case kwInterval:
		if !p.isAt(1, tokSconst) && !p.isAt(1, '(') {
			return nil
		}
		t := p.builtinType(true)
		e := p.literalOf(t)
		if t.TypMods == nil {
			t.TypMods = p.optInterval()
		}
		return e
	default:
		return nil
	}
	return p.literalOf(p.builtinType(true))
}
