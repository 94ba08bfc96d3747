package gentypes

import (
	"fmt"
	"slices"
	"strings"
	"unicode"

	"github.com/basement-project/basement/internal/catalog"
	"github.com/basement-project/basement/internal/sql/types"
)

// pythonFile collects the declarations of a Python module.
type pythonFile struct {
	p        *project
	body     strings.Builder
	declared map[catalog.OID]string
	taken    names
}

func python(p *project) []byte {
	f := &pythonFile{p: p, declared: map[catalog.OID]string{}, taken: names{}}
	for _, word := range pythonKeywords() {
		f.taken[word] = true
	}
	bases := map[*relation]string{}
	for _, s := range p.schemas {
		for _, t := range slices.Concat(s.enums, s.composites) {
			f.declared[t.OID] = f.taken.take(pascal(s.name, t.Name))
		}
		for _, r := range slices.Concat(s.tables, s.views) {
			base := pascal(s.name, r.Name)
			for f.taken[base] || f.taken[base+"Insert"] || f.taken[base+"Update"] {
				base += "_"
			}
			f.taken[base], f.taken[base+"Insert"], f.taken[base+"Update"] = true, true, true
			bases[r] = base
			f.declared[r.RowType] = base
		}
	}
	f.body.WriteString(pythonHead)
	for _, s := range p.schemas {
		for _, t := range s.enums {
			var labels []string
			for _, l := range t.Labels {
				labels = append(labels, pythonString(l))
			}
			fmt.Fprintf(&f.body, "\n%s = Literal[%s]\n", f.declared[t.OID], strings.Join(labels, ", "))
		}
	}
	for _, s := range p.schemas {
		for _, t := range s.composites {
			c := f.class(f.declared[t.OID], "The composite type "+t.Schema+"."+t.Name+".")
			for _, x := range t.Fields {
				c.field(x.Name, "Optional["+f.of(x.Type)+"]", false)
			}
			c.end()
		}
		for _, r := range slices.Concat(s.tables, s.views) {
			f.relation(r, bases[r])
		}
	}
	return []byte(f.body.String())
}

func (f *pythonFile) relation(r *relation, base string) {
	what := "table "
	if r.View != nil {
		what = "view "
	}
	what += r.Schema + "." + r.Name + "."
	c := f.class(base, "A row of the "+what)
	for _, col := range r.columns {
		c.field(col.name, pythonNull(f.of(col.typ), col.nullable), false)
	}
	c.end()
	if r.View == nil || r.Insertable {
		f.write(r, base+"Insert", "What an insert takes into the "+what, false)
	}
	if r.View == nil || r.Updatable {
		f.write(r, base+"Update", "What an update takes of the "+what, true)
	}
}

// write declares what a write takes: first the fields that must be given, as dataclasses want it.
func (f *pythonFile) write(r *relation, name, doc string, update bool) {
	c := f.class(name, doc)
	for _, optional := range []bool{false, true} {
		for _, col := range r.columns {
			if !col.never && (update || col.optional || col.nullable) == optional {
				c.field(col.name, pythonNull(f.of(col.typ), col.nullable), optional)
			}
		}
	}
	c.end()
}

func pythonNull(t string, nullable bool) string {
	if nullable {
		return "Optional[" + t + "]"
	}
	return t
}

// pythonClass is a dataclass in the making.
type pythonClass struct {
	f      *pythonFile
	fields names
	empty  bool
}

func (f *pythonFile) class(name, doc string) *pythonClass {
	doc = strings.Map(func(c rune) rune {
		if c == '\\' || c == '"' || unicode.IsControl(c) {
			return ' '
		}
		return c
	}, doc)
	fmt.Fprintf(&f.body, "\n\n@dataclass\nclass %s:\n    \"\"\"%s\"\"\"\n\n", name, doc)
	return &pythonClass{f, names{}, true}
}

// field declares a field. A column whose name cannot be a field's is named in the field's metadata.
func (c *pythonClass) field(column, typ string, optional bool) {
	c.empty = false
	name := c.fields.take(pythonName(column))
	if optional {
		typ = "Union[" + typ + ", Unset]"
	}
	fmt.Fprintf(&c.f.body, "    %s: %s", name, typ)
	switch meta := "metadata={\"column\": " + pythonString(column) + "}"; {
	case name != column && optional:
		fmt.Fprintf(&c.f.body, " = field(default=UNSET, %s)", meta)
	case name != column:
		fmt.Fprintf(&c.f.body, " = field(%s)", meta)
	case optional:
		c.f.body.WriteString(" = UNSET")
	}
	c.f.body.WriteByte('\n')
}

func (c *pythonClass) end() {
	if c.empty {
		c.f.body.WriteString("    pass\n")
	}
}

// pythonName makes a field's name: words joined by underscores, never a keyword, never one that Python changes or that
// this module uses in annotations.
func pythonName(column string) string {
	var out strings.Builder
	for i, c := range column {
		switch {
		case c == '_' || c < 0x80 && wordRune(c) && (i > 0 || !unicode.IsDigit(c)):
			out.WriteRune(c)
		case c < 0x80 && unicode.IsDigit(c):
			out.WriteString("x")
			out.WriteRune(c)
		default:
			out.WriteByte('_')
		}
	}
	name := out.String()
	if strings.Trim(name, "_") == "" {
		name = "x" + name
	}
	if strings.HasPrefix(name, "__") {
		name = "x" + name
	}
	if slices.Contains(pythonKeywords(), name) {
		name += "_"
	}
	return name
}

// pythonKeywords are the words that no field and no class may be called.
func pythonKeywords() []string {
	return strings.Fields(`False None True and as assert async await break class continue def del elif else except finally
		for from global if import in is lambda nonlocal not or pass raise return try while with yield
		datetime field dataclass Any Decimal Dict List Literal Optional UUID Union Unset UNSET bool float int str`)
}

func pythonString(text string) string {
	var out strings.Builder
	out.WriteByte('"')
	for _, c := range text {
		switch {
		case c == '"' || c == '\\':
			out.WriteByte('\\')
			out.WriteRune(c)
		case unicode.IsControl(c) || c == '\u2028' || c == '\u2029':
			fmt.Fprintf(&out, `\u%04x`, c)
		default:
			out.WriteRune(c)
		}
	}
	out.WriteByte('"')
	return out.String()
}

// of is the type of a value.
func (f *pythonFile) of(t *types.Type) string {
	if t == nil {
		return "Any"
	}
	t = t.Underlying()
	if name := f.declared[t.OID]; name != "" {
		return name
	}
	switch t.Kind {
	case types.ArrayType:
		return "List[Optional[" + f.of(t.Elem) + "]]"
	case types.CompositeType:
		return "Dict[str, Any]"
	case types.PseudoType:
		return "Any"
	}
	switch t.OID {
	case types.BoolOID:
		return "bool"
	case types.Int2OID, types.Int4OID, types.Int8OID:
		return "int"
	case types.Float4OID, types.Float8OID:
		return "float"
	case types.NumericOID:
		return "Decimal"
	case types.DateOID:
		return "datetime.date"
	case types.TimestampOID, types.TimestamptzOID:
		return "datetime.datetime"
	case types.UUIDOID:
		return "UUID"
	case types.JSONOID, types.JSONBOID:
		return "Any"
	}
	return "str"
}
