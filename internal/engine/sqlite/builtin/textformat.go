package builtin

import (
	"strconv"
	"strings"
	"unicode/utf8"

	"github.com/basement-project/basement/internal/errs"
	"github.com/basement-project/basement/internal/sql/types"
)

const percentHint = `For a single "%" use "%%".`

// format is format(text, "any"...).
func format(c *Call) (types.Datum, error) {
	if c.Args[0].IsNull() {
		return types.Datum{}, nil
	}
	return formatText(c.Args[0].S, c.Args[1:], c.Desc.Items[1:], c.Env())
}

func formatText(s string, args []types.Datum, items []Item, env *types.Env) (types.Datum, error) {
	var b strings.Builder
	next := 0
	few := errs.New("22023", "too few arguments for format()")
	for i := 0; i < len(s); i++ {
		if s[i] != '%' {
			b.WriteByte(s[i])
			continue
		}
		i++
		if i == len(s) {
			return types.Datum{}, unterminated()
		}
		if s[i] == '%' {
			b.WriteByte('%')
			continue
		}
		number := func() (int, bool, error) {
			start := i
			for i < len(s) && s[i] >= '0' && s[i] <= '9' {
				i++
			}
			if i == start {
				return 0, false, nil
			}
			n, err := strconv.ParseInt(s[start:i], 10, 32)
			if err != nil {
				return 0, false, errs.New("22003", "number is out of range")
			}
			return int(n), true, nil
		}
		arg := -1
		width, hasWidth, leftAlign := 0, false, false
		n, ok, err := number()
		if err != nil {
			return types.Datum{}, err
		}
		if ok && i < len(s) && s[i] == '$' {
			if n == 0 {
				return types.Datum{}, errs.New("22023", "format specifies argument 0, but arguments are numbered from 1")
			}
			arg = n - 1
			i++
		} else if ok {
			width, hasWidth = n, true
		}
		if !hasWidth {
			for i < len(s) && s[i] == '-' {
				leftAlign = true
				i++
			}
			if i < len(s) && s[i] == '*' {
				i++
				at := next
				n, ok, err := number()
				if err != nil {
					return types.Datum{}, err
				}
				if ok {
					if i == len(s) || s[i] != '$' {
						return types.Datum{}, errs.New("22023", "width argument position must be ended by \"$\"")
					}
					if n == 0 {
						return types.Datum{}, errs.New("22023", "format specifies argument 0, but arguments are numbered from 1")
					}
					i++
					at = n - 1
				}
				if at >= len(args) {
					return types.Datum{}, few
				}
				next = at + 1
				w, _ := strconv.Atoi(types.Out(items[at].Type, args[at], env))
				width, hasWidth = w, true
				if w < 0 {
					leftAlign, width = true, -w
				}
			} else if n, ok, err := number(); err != nil {
				return types.Datum{}, err
			} else if ok {
				width, hasWidth = n, true
			}
		}
		if i == len(s) {
			return types.Datum{}, unterminated()
		}
		if strings.IndexByte("sIL", s[i]) < 0 {
			r, _ := utf8.DecodeRuneInString(s[i:])
			return types.Datum{}, errs.New("22023", "unrecognized format() type specifier \"%c\"", r).
				WithHint("%s", percentHint)
		}
		if arg < 0 {
			arg = next
		}
		if arg >= len(args) {
			return types.Datum{}, few
		}
		next = arg + 1
		var out string
		d := args[arg]
		switch {
		case d.IsNull() && s[i] == 'I':
			return types.Datum{}, errs.New("22004", "null values cannot be formatted as an SQL identifier")
		case d.IsNull() && s[i] == 'L':
			out = "NULL"
		case !d.IsNull():
			out = types.Out(items[arg].Type, d, env)
			switch s[i] {
			case 'I':
				out = quoteIdent(out)
			case 'L':
				out = quoteLiteral(out)
			}
		}
		if hasWidth {
			if fill := width - utf8.RuneCountInString(out); fill > 0 {
				if fill > maxText {
					return types.Datum{}, errTooLong
				}
				if leftAlign {
					out += strings.Repeat(" ", fill)
				} else {
					out = strings.Repeat(" ", fill) + out
				}
			}
		}
		b.WriteString(out)
	}
	return types.Text(b.String()), nil
}

func unterminated() error {
	return errs.New("22023", "unterminated format() type specifier").WithHint("%s", percentHint)
}

// likeEscape turns a pattern with another escape character (or none) into one with \.
func likeEscape(pattern, esc string) (types.Datum, error) {
	if utf8.RuneCountInString(esc) > 1 {
		return types.Datum{}, errs.New("22025", "invalid escape string").WithHint("Escape string must be empty or one character.")
	}
	if esc == `\` {
		return types.Text(pattern), nil
	}
	var b strings.Builder
	after := false
	for _, r := range pattern {
		switch {
		case after:
			b.WriteByte('\\')
			b.WriteRune(r)
			after = false
		case esc != "" && string(r) == esc:
			after = true
		case r == '\\':
			b.WriteString(`\\`)
		default:
			b.WriteRune(r)
		}
	}
	if after {
		b.WriteByte('\\')
	}
	return types.Text(b.String()), nil
}

// similarEscape turns a SIMILAR TO pattern into a regular expression.
func similarEscape(pattern, esc types.Datum) (types.Datum, error) {
	if pattern.IsNull() {
		return types.Datum{}, nil
	}
	if esc.IsNull() {
		esc = types.Text(`\`)
	}
	if utf8.RuneCountInString(esc.S) > 1 {
		return types.Datum{}, errs.New("22025", "invalid escape string").WithHint("Escape string must be empty or one character.")
	}
	var b strings.Builder
	b.WriteString("^(?:")
	after, bracket, quotes := false, false, 0
	for _, r := range pattern.S {
		switch {
		case after:
			if r == '"' && !bracket {
				switch quotes++; quotes {
				case 1:
					b.WriteString("){1,1}?(")
				case 2:
					b.WriteString("){1,1}(?:")
				default:
					return types.Datum{}, errs.New("2200C", "SQL regular expression may not contain more than two escape-double-quote separators")
				}
			} else {
				b.WriteByte('\\')
				b.WriteRune(r)
			}
			after = false
		case esc.S != "" && string(r) == esc.S:
			after = true
		case bracket:
			if r == '\\' {
				b.WriteByte('\\')
			}
			b.WriteRune(r)
			bracket = r != ']'
		case r == '[':
			b.WriteRune(r)
			bracket = true
		case r == '%':
			b.WriteString(".*")
		case r == '_':
			b.WriteByte('.')
		case r == '(':
			b.WriteString("(?:")
		case r == '\\' || r == '.' || r == '^' || r == '$':
			b.WriteByte('\\')
			b.WriteRune(r)
		default:
			b.WriteRune(r)
		}
	}
	b.WriteString(")$")
	return types.Text(b.String()), nil
}
