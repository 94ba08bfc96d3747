package print

import (
	"github.com/basement-project/basement/internal/sql/ast"
)

// typeName writes a type's name: SQL's own spelling for the types the grammar spells so.
func (p *printer) typeName(t *ast.TypeName) {
	if t.Setof {
		p.s("SETOF ")
	}
	if !p.sqlType(t) {
		p.names(t.Names)
		if t.PctType {
			p.s("%TYPE")
		}
		if len(t.TypMods) > 0 {
			p.parenExprs(t.TypMods)
		}
	}
	for _, b := range t.ArrayBounds {
		p.c('[')
		if b >= 0 {
			p.int(int64(b))
		}
		p.c(']')
	}
}

// sqlType writes a type of pg_catalog in SQL's spelling; false when that would not mean the same.
func (p *printer) sqlType(t *ast.TypeName) bool {
	if len(t.Names) != 2 || t.Names[0] != "pg_catalog" || t.PctType {
		return false
	}
	spelled, suffix := "", ""
	switch t.Names[1] {
	case "int4":
		spelled = "integer"
	case "int8":
		spelled = "bigint"
	case "int2":
		spelled = "smallint"
	case "float4":
		spelled = "real"
	case "float8":
		spelled = "double precision"
	case "bool":
		spelled = "boolean"
	case "json":
		spelled = "json"
	case "numeric":
		p.s("numeric")
		if len(t.TypMods) > 0 {
			p.parenExprs(t.TypMods)
		}
		return true
	case "bit", "varbit":
		if t.Names[1] == "bit" && len(t.TypMods) == 0 {
			return false
		}
		p.s("bit")
		if t.Names[1] == "varbit" {
			p.s(" varying")
		}
		if len(t.TypMods) > 0 {
			p.parenExprs(t.TypMods)
		}
		return true
	case "varchar":
		return p.precision("character varying", "", t.TypMods)
	case "bpchar":
		return len(t.TypMods) > 0 && p.precision("character", "", t.TypMods)
	case "timestamp", "time":
		return p.precision(t.Names[1], "", t.TypMods)
	case "timestamptz", "timetz":
		spelled = t.Names[1][:len(t.Names[1])-2]
		suffix = " with time zone"
		return p.precision(spelled, suffix, t.TypMods)
	case "interval":
		return p.interval(t.TypMods)
	}
	if spelled == "" || len(t.TypMods) > 0 {
		return false
	}
	p.s(spelled)
	return true
}

// precision writes name(n)suffix, when the modifiers are nothing or one plain number.
func (p *printer) precision(name, suffix string, mods []ast.Expr) bool {
	n := int32(-1)
	switch len(mods) {
	case 0:
	case 1:
		c, ok := mods[0].(*ast.AConst)
		if !ok || c.Kind != ast.ConstInteger || c.Int < 0 {
			return false
		}
		n = c.Int
	default:
		return false
	}
	p.s(name)
	if n >= 0 {
		p.c('(')
		p.int(int64(n))
		p.c(')')
	}
	p.s(suffix)
	return true
}

// intervalFields spells the masks of interval's fields.
func intervalFields(mask int32) (string, bool) {
	const month, year, day, hour, minute, second = 1 << 1, 1 << 2, 1 << 3, 1 << 10, 1 << 11, 1 << 12
	switch mask {
	case year:
		return " year", true
	case month:
		return " month", true
	case day:
		return " day", true
	case hour:
		return " hour", true
	case minute:
		return " minute", true
	case second:
		return " second", true
	case year | month:
		return " year to month", true
	case day | hour:
		return " day to hour", true
	case day | hour | minute:
		return " day to minute", true
	case day | hour | minute | second:
		return " day to second", true
	case hour | minute:
		return " hour to minute", true
	case hour | minute | second:
		return " hour to second", true
	case minute | second:
		return " minute to second", true
	case 0x7FFF:
		return "", true
	}
	return "", false
}

func (p *printer) interval(mods []ast.Expr) bool {
	fields := ""
	var consts [2]int32
	if len(mods) > 2 {
		return false
	}
	for i, m := range mods {
		c, ok := m.(*ast.AConst)
		if !ok || c.Kind != ast.ConstInteger || c.Int < 0 {
			return false
		}
		consts[i] = c.Int
	}
	if len(mods) > 0 {
		var ok bool
		if fields, ok = intervalFields(consts[0]); !ok || len(mods) == 1 && consts[0] == 0x7FFF {
			return false
		}
		if len(mods) == 2 && consts[0] != 0x7FFF && consts[0]&(1<<12) == 0 {
			return false
		}
	}
	p.s("interval")
	p.s(fields)
	if len(mods) == 2 {
		p.c('(')
		p.int(int64(consts[1]))
		p.c(')')
	}
	return true
}

// constLiteral writes type 'literal', for the places that take constants only.
func (p *printer) constLiteral(e ast.Expr) {
	c, ok := e.(*ast.TypeCast)
	if !ok {
		p.primary(e)
		return
	}
	arg, ok := c.Arg.(*ast.AConst)
	if !ok || arg.Kind != ast.ConstString || len(c.Type.ArrayBounds) > 0 {
		p.s("CAST(")
		p.expr(c.Arg)
		p.s(" AS ")
		p.typeName(c.Type)
		p.c(')')
		return
	}
	p.literalOfType(arg.Text, c.Type)
}

// literalOfType writes type 'text', with interval's fields behind the text.
func (p *printer) literalOfType(text string, t *ast.TypeName) {
	interval := len(t.Names) == 2 && t.Names[0] == "pg_catalog" && t.Names[1] == "interval"
	if !interval {
		p.names(t.Names)
		if len(t.TypMods) > 0 {
			p.parenExprs(t.TypMods)
		}
		p.c(' ')
		p.literal(text)
		return
	}
	start := len(p.b)
	if !p.interval(t.TypMods) {
		p.s("interval")
	}
	fields := string(p.b[start+len("interval"):])
	p.b = p.b[:start+len("interval")]
	if len(fields) > 0 && fields[0] == '(' {
		p.s(fields)
		fields = ""
	}
	p.c(' ')
	p.literal(text)
	p.s(fields)
}
