package project

import (
	"strings"
	"unicode/utf8"
)

// Script is a text of several SQL statements.
type Script struct {
	// Name is what places in the text are named after: a file's name.
	Name       string
	Text       string
	Statements []Statement
}

// Statement is one statement's text, without the semicolon that ends it and the blanks and comments before it.
type Statement struct {
	Text string
	// Offset is where Text starts in the script, in bytes.
	Offset int
	// Data are the lines after a COPY ... FROM STDIN, up to the one that is "\."; CopiesIn says that there are any to come.
	Data     string
	CopiesIn bool
}

// Place is a place in a script: line and column count from 1, columns in characters.
type Place struct {
	Line, Column int
}

// Place finds the place of a character (from 1, as PostgreSQL counts positions) of a statement; 0 is its start.
func (s *Script) Place(st Statement, position int) Place {
	offset := st.Offset
	for rest := st.Text; position > 1 && rest != ""; position-- {
		_, size := utf8.DecodeRuneInString(rest)
		offset += size
		rest = rest[size:]
	}
	before := s.Text[:offset]
	start := strings.LastIndexByte(before, '\n') + 1
	return Place{Line: strings.Count(before, "\n") + 1, Column: utf8.RuneCountInString(before[start:]) + 1}
}

// ParseScript divides a text into statements at the semicolons psql would: not those in strings, quoted names, dollar
// quotes, comments, parentheses or the body of a BEGIN ATOMIC function. It finds no faults: whatever is wrong with a
// statement is for its parser to say.
func ParseScript(name, text string) *Script {
	s := &Script{Name: name, Text: text}
	d := divider{text: text}
	for {
		start, end, ok := d.next()
		if !ok {
			return s
		}
		st := Statement{Text: text[start:end], Offset: start}
		if st.CopiesIn = copiesIn(st.Text); st.CopiesIn {
			st.Data = d.copyData()
		}
		s.Statements = append(s.Statements, st)
	}
}

// copiesIn says whether the statement is a COPY that takes its rows from the lines after it.
func copiesIn(text string) bool {
	d := divider{text: text}
	if d.word() != "copy" {
		return false
	}
	previous := ""
	for d.pos < len(d.text) {
		switch c := d.text[d.pos]; {
		case d.blankOrComment():
		case c == '\'':
			d.quoted('\'', false)
			previous = ""
		case c == '"':
			d.quoted('"', false)
			previous = ""
		case wordStart(c):
			word := d.word()
			if previous == "from" && word == "stdin" {
				return true
			}
			previous = word
		default:
			d.pos++
			previous = ""
		}
	}
	return false
}

// copyData takes the lines after a statement's, up to and with the line "\.".
func (d *divider) copyData() string {
	i := strings.IndexByte(d.text[d.pos:], '\n')
	if i < 0 {
		return ""
	}
	start := d.pos + i + 1
	for at := start; at < len(d.text); {
		end := len(d.text)
		next := end
		if i := strings.IndexByte(d.text[at:], '\n'); i >= 0 {
			end, next = at+i, at+i+1
		}
		if strings.TrimRight(d.text[at:end], "\r") == `\.` {
			d.pos = next
			return d.text[start:at]
		}
		at = next
	}
	d.pos = len(d.text)
	return d.text[min(start, len(d.text)):]
}

// divider walks a text statement by statement.
type divider struct {
	text string
	pos  int
}

// next gives the bounds of the next statement that has anything but blanks and comments.
func (d *divider) next() (start, end int, ok bool) {
	start, last := -1, 0
	parens, atomic, words := 0, 0, 0
	creating, previous := false, ""
	for d.pos < len(d.text) {
		at := d.pos
		if d.blankOrComment() {
			continue
		}
		if d.text[at] == ';' && parens == 0 && atomic == 0 {
			d.pos++
			if start >= 0 {
				return start, last, true
			}
			continue
		}
		if start < 0 {
			start = at
		}
		switch c := d.text[at]; {
		case c == '\'':
			d.quoted('\'', false)
		case c == '"':
			d.quoted('"', false)
		case c == '$' && d.dollarQuoted():
		case c == '(':
			parens++
			d.pos++
		case c == ')':
			if parens > 0 {
				parens--
			}
			d.pos++
		case wordStart(c):
			word := d.word()
			if (word == "e") && d.pos < len(d.text) && d.text[d.pos] == '\'' {
				d.quoted('\'', true)
				break
			}
			words++
			creating = creating || (words == 1 && word == "create")
			// Only CREATE FUNCTION has BEGIN ATOMIC ... END bodies; CASE ... END nests inside them.
			switch {
			case creating && word == "atomic" && previous == "begin":
				atomic = 1
			case atomic > 0 && word == "case":
				atomic++
			case atomic > 0 && word == "end":
				atomic--
			}
			previous = word
		case '0' <= c && c <= '9':
			d.word() // so that 1e'...' does not start an escape string
		default:
			_, size := utf8.DecodeRuneInString(d.text[at:])
			d.pos += size
		}
		last = d.pos
	}
	return start, last, start >= 0
}

// blankOrComment passes one blank or one comment (which nest), false when there is none.
func (d *divider) blankOrComment() bool {
	rest := d.text[d.pos:]
	switch {
	case strings.IndexByte(" \t\n\r\f\v", rest[0]) >= 0:
		d.pos++
	case strings.HasPrefix(rest, "--"):
		if i := strings.IndexAny(rest, "\n\r"); i >= 0 {
			d.pos += i
		} else {
			d.pos = len(d.text)
		}
	case strings.HasPrefix(rest, "/*"):
		depth, i := 0, 0
		for i < len(rest) {
			switch {
			case strings.HasPrefix(rest[i:], "/*"):
				depth++
				i += 2
			case strings.HasPrefix(rest[i:], "*/"):
				depth--
				i += 2
			default:
				i++
			}
			if depth == 0 {
				break
			}
		}
		d.pos += i
	default:
		return false
	}
	return true
}

// quoted passes a quoted text; a doubled quote is one, and in escape strings a backslash takes the next character along.
func (d *divider) quoted(quote byte, escapes bool) {
	for d.pos++; d.pos < len(d.text); d.pos++ {
		switch {
		case escapes && d.text[d.pos] == '\\':
			d.pos++
		case d.text[d.pos] == quote:
			if d.pos+1 >= len(d.text) || d.text[d.pos+1] != quote {
				d.pos++
				return
			}
			d.pos++
		}
	}
	d.pos = len(d.text)
}

// dollarQuoted passes a dollar-quoted text, false when the dollar does not start one.
func (d *divider) dollarQuoted() bool {
	end := d.pos + 1
	for end < len(d.text) && (wordStart(d.text[end]) || (end > d.pos+1 && '0' <= d.text[end] && d.text[end] <= '9')) {
		end++
	}
	if end >= len(d.text) || d.text[end] != '$' {
		return false
	}
	tag := d.text[d.pos : end+1]
	if close := strings.Index(d.text[end+1:], tag); close >= 0 {
		d.pos = end + 1 + close + len(tag)
	} else {
		d.pos = len(d.text)
	}
	return true
}

func (d *divider) word() string {
	start := d.pos
	for d.pos < len(d.text) {
		c := d.text[d.pos]
		if !wordStart(c) && (c < '0' || c > '9') && c != '$' {
			break
		}
		d.pos++
	}
	return strings.ToLower(d.text[start:d.pos])
}

func wordStart(c byte) bool {
	return c == '_' || ('a' <= c && c <= 'z') || ('A' <= c && c <= 'Z') || c >= 0x80
}

// transactionWords start statements that begin or end a transaction, with whether they undo it.
var transactionWords = map[string]bool{
	"abort": true, "begin": false, "commit": false, "end": false, "rollback": true, "start": false,
}

// ControlsTransaction says whether the statement begins or ends a transaction. Files are applied whole in a transaction
// of their own, in which such statements have no place.
func (st Statement) ControlsTransaction() bool {
	d := divider{text: st.Text}
	word := d.word()
	if _, ok := transactionWords[word]; !ok {
		return false
	}
	if word != "rollback" {
		return true
	}
	rest := strings.Fields(strings.ToLower(st.Text[d.pos:]))
	return len(rest) == 0 || (rest[0] != "to" && (len(rest) < 2 || rest[1] != "to"))
}

// UndoesTransaction says of a statement that controls the transaction whether it undoes it.
func (st Statement) UndoesTransaction() bool {
	d := divider{text: st.Text}
	return transactionWords[d.word()]
}
