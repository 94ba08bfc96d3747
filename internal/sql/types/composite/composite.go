package composite

import (
	"strings"

	"github.com/basement-project/basement/internal/errs"
)

// Field is one field's text.
type Field struct {
	Text string
	Null bool
}

func isSpace(c byte) bool { return c == ' ' || c >= '\t' && c <= '\r' }

// Parse reads a row literal of so many fields. With an error it gives the fields before the fault.
func Parse(text string, columns int) ([]Field, error) {
	var fields []Field
	malformed := func(detail string) ([]Field, error) {
		return fields, errs.New("22P02", "malformed record literal: \"%s\"", text).WithDetail("%s", detail)
	}
	s := text
	for s != "" && isSpace(s[0]) {
		s = s[1:]
	}
	if !strings.HasPrefix(s, "(") {
		return malformed("Missing left parenthesis.")
	}
	s = s[1:]
	for i := range columns {
		if i > 0 {
			if !strings.HasPrefix(s, ",") {
				return malformed("Too few columns.")
			}
			s = s[1:]
		}
		if s != "" && (s[0] == ',' || s[0] == ')') {
			fields = append(fields, Field{Null: true})
			continue
		}
		text, rest, ok := field(s)
		if !ok {
			return malformed("Unexpected end of input.")
		}
		fields, s = append(fields, Field{Text: text}), rest
	}
	if !strings.HasPrefix(s, ")") {
		return malformed("Too many columns.")
	}
	if strings.TrimLeft(s[1:], " \t\n\v\f\r") != "" {
		return malformed("Junk after right parenthesis.")
	}
	return fields, nil
}

// Split reads a row literal of any number of fields.
func Split(text string) ([]Field, bool) {
	s, ok := strings.CutPrefix(text, "(")
	var fields []Field
	for ok {
		if s != "" && (s[0] == ',' || s[0] == ')') {
			fields = append(fields, Field{Null: true})
		} else {
			var f string
			if f, s, ok = field(s); !ok {
				break
			}
			fields = append(fields, Field{Text: f})
		}
		if s == ")" {
			return fields, true
		}
		s, ok = strings.CutPrefix(s, ",")
	}
	return nil, false
}

// field reads one field up to the comma or parenthesis that ends it.
func field(s string) (text, rest string, ok bool) {
	var b []byte
	quoted := false
	for i := 0; i < len(s); i++ {
		switch c := s[i]; {
		case !quoted && (c == ',' || c == ')'):
			return string(b), s[i:], true
		case c == '\\':
			i++
			if i >= len(s) {
				return "", "", false
			}
			b = append(b, s[i])
		case c == '"' && !quoted:
			quoted = true
		case c == '"':
			if i+1 < len(s) && s[i+1] == '"' {
				b = append(b, '"')
				i++
			} else {
				quoted = false
			}
		default:
			b = append(b, c)
		}
	}
	return "", "", false
}

// AppendField appends one field's text, quoted where it must be.
func AppendField(buf []byte, s string) []byte {
	quote := s == ""
	for i := 0; i < len(s) && !quote; i++ {
		c := s[i]
		quote = c == '"' || c == '\\' || c == '(' || c == ')' || c == ',' || isSpace(c)
	}
	if !quote {
		return append(buf, s...)
	}
	buf = append(buf, '"')
	for i := 0; i < len(s); i++ {
		if c := s[i]; c == '"' || c == '\\' {
			buf = append(buf, c)
		}
		buf = append(buf, s[i])
	}
	return append(buf, '"')
}

// Append appends a row.
func Append(buf []byte, fields []Field) []byte {
	buf = append(buf, '(')
	for i, f := range fields {
		if i > 0 {
			buf = append(buf, ',')
		}
		if !f.Null {
			buf = AppendField(buf, f.Text)
		}
	}
	return append(buf, ')')
}
