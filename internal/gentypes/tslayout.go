package gentypes

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

// A TypeScript type as a tree that is laid out in lines of at most lineWidth characters, the way the usual formatter of
// that language does it.
type tsType interface {
	// flat gives the type on one line; false when it needs several.
	flat() (string, bool)
	// write writes the type over several lines where it can be broken; indent is that of the line it starts in.
	write(w *tsWriter, indent int)
}

const lineWidth = 80

// tsText is a type that is never broken.
type tsText string

// tsField is a property; Optional adds its question mark.
type tsField struct {
	name     string
	optional bool
	typ      tsType
}

// tsObject is an object type. One that is open has a line for each property even when there is room.
type tsObject struct {
	fields []tsField
	open   bool
}

type tsUnion []tsType

type tsArray struct{ elem tsType }

// tsTuple is a list of types, one to a line where they do not fit in one.
type tsTuple []tsType

// tsBoth is an object and more that a value is at once.
type tsBoth struct {
	object *tsObject
	more   string
}

type tsWriter struct {
	strings.Builder
	column int
}

func (w *tsWriter) put(text string) {
	w.WriteString(text)
	if i := strings.LastIndexByte(text, '\n'); i >= 0 {
		w.column = utf8.RuneCountInString(text[i+1:])
		return
	}
	w.column += utf8.RuneCountInString(text)
}

func (w *tsWriter) line(indent int) { w.put("\n" + strings.Repeat(" ", indent)) }

// place writes the type on the line as far as it fits.
func (w *tsWriter) place(t tsType, indent int) {
	if text, ok := t.flat(); ok && w.column+utf8.RuneCountInString(text) <= lineWidth {
		w.put(text)
		return
	}
	t.write(w, indent)
}

func (t tsText) flat() (string, bool)          { return string(t), true }
func (t tsText) write(w *tsWriter, indent int) { w.put(string(t)) }

func (f tsField) key() string {
	name := f.name
	if !isIdentifier(name) {
		name = tsString(name)
	}
	if f.optional {
		name += "?"
	}
	return name + ":"
}

func (t *tsObject) flat() (string, bool) {
	if len(t.fields) == 0 {
		return "{}", true
	}
	if t.open {
		return "", false
	}
	var parts []string
	for _, f := range t.fields {
		text, ok := f.typ.flat()
		if !ok {
			return "", false
		}
		parts = append(parts, f.key()+" "+text)
	}
	return "{ " + strings.Join(parts, "; ") + " }", true
}

func (t *tsObject) write(w *tsWriter, indent int) {
	if len(t.fields) == 0 {
		w.put("{}")
		return
	}
	w.put("{")
	for _, f := range t.fields {
		w.line(indent + 2)
		w.put(f.key())
		w.property(f.typ, indent+2)
	}
	w.line(indent)
	w.put("}")
}

// property writes what follows a property's colon. A union that does not fit starts on a line of its own, but for an
// object that may be null.
func (w *tsWriter) property(t tsType, indent int) {
	text, ok := t.flat()
	if ok && w.column+1+utf8.RuneCountInString(text) <= lineWidth {
		w.put(" " + text)
		return
	}
	if u, is := t.(tsUnion); is && !u.hugs() {
		w.line(indent + 2)
		u.write(w, indent+2)
		return
	}
	w.put(" ")
	t.write(w, indent)
}

func (u tsUnion) flat() (string, bool) {
	var parts []string
	for _, t := range u {
		text, ok := t.flat()
		if !ok {
			return "", false
		}
		parts = append(parts, text)
	}
	return strings.Join(parts, " | "), true
}

func (u tsUnion) hugs() bool {
	_, object := u[0].(*tsObject)
	return object && len(u) == 2 && u[1] == tsType(tsNull)
}

func (u tsUnion) write(w *tsWriter, indent int) {
	if u.hugs() {
		u[0].write(w, indent)
		w.put(" | null")
		return
	}
	for i, t := range u {
		if i > 0 {
			w.line(indent)
		}
		w.put("| ")
		w.place(t, indent+2)
	}
}

func (t tsArray) flat() (string, bool) {
	text, ok := t.elem.flat()
	if _, union := t.elem.(tsUnion); union {
		text = "(" + text + ")"
	}
	return text + "[]", ok
}

func (t tsArray) write(w *tsWriter, indent int) {
	if u, union := t.elem.(tsUnion); union {
		w.put("(")
		w.line(indent + 2)
		u.write(w, indent+2)
		w.line(indent)
		w.put(")[]")
		return
	}
	t.elem.write(w, indent)
	w.put("[]")
}

func (t tsTuple) flat() (string, bool) {
	var parts []string
	for _, e := range t {
		text, ok := e.flat()
		if !ok {
			return "", false
		}
		parts = append(parts, text)
	}
	return "[" + strings.Join(parts, ", ") + "]", true
}

func (t tsTuple) write(w *tsWriter, indent int) {
	w.put("[")
	for _, e := range t {
		w.line(indent + 2)
		w.place(e, indent+2)
		w.put(",")
	}
	w.line(indent)
	w.put("]")
}

func (t tsBoth) flat() (string, bool) {
	text, ok := t.object.flat()
	return text + " & " + t.more, ok
}

func (t tsBoth) write(w *tsWriter, indent int) {
	t.object.write(w, indent)
	w.put(" & " + t.more)
}

// isIdentifier says whether a property's name needs no quotes.
func isIdentifier(name string) bool {
	for i, c := range name {
		letter := c == '$' || c == '_' || unicode.IsLetter(c) || unicode.Is(unicode.Nl, c)
		if !letter && (i == 0 || !unicode.In(c, unicode.Mn, unicode.Mc, unicode.Nd, unicode.Pc)) {
			return false
		}
	}
	return name != ""
}

// tsString quotes a text: with the kind of quotes the text has fewer of.
func tsString(text string) string {
	quote := byte('"')
	if strings.Count(text, `"`) > strings.Count(text, "'") {
		quote = '\''
	}
	var out strings.Builder
	out.WriteByte(quote)
	for _, c := range text {
		switch {
		case c == rune(quote) || c == '\\':
			out.WriteByte('\\')
			out.WriteRune(c)
		case c == '\n':
			out.WriteString(`\n`)
		case c == '\r':
			out.WriteString(`\r`)
		case c == '\t':
			out.WriteString(`\t`)
		case c == '\b':
			out.WriteString(`\b`)
		case c == '\f':
			out.WriteString(`\f`)
		case c < 0x20:
			const hex = "0123456789abcdef"
			out.WriteString(`\u00` + string(hex[c>>4]) + string(hex[c&15]))
		default:
			out.WriteRune(c)
		}
	}
	out.WriteByte(quote)
	return out.String()
}
