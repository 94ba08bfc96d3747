package parse

import "strings"

// Span is a statement's place in a text: Text[Start:End], without the semicolon and without blanks and comments
// around it.
type Span struct {
	Start, End int
}

// Split finds the statements of a script without parsing them: it knows quotes, comments, parentheses and the BEGIN
// ATOMIC bodies of functions, and takes what is wrong in them as it is. What does not end is one statement to the end
// of the text.
func Split(text string) []Span {
	s := splitter{text: text, start: -1}
	for s.at < len(text) {
		s.step()
	}
	s.finish()
	return s.spans
}

type splitter struct {
	text  string
	at    int
	spans []Span
	// start is where the statement at hand began, -1 before its first token; end is behind its last token.
	start, end int
	parens     int
	// words counts the first words of the statement; routine tells that it is CREATE [OR REPLACE] FUNCTION or
	// PROCEDURE, whose BEGIN ... END may hold semicolons; blocks is how many of those (and CASEs) are open.
	words   int
	create  bool
	routine bool
	blocks  int
}

// finish ends the statement at hand.
func (s *splitter) finish() {
	if s.start >= 0 {
		s.spans = append(s.spans, Span{s.start, s.end})
	}
	*s = splitter{text: s.text, at: s.at, spans: s.spans, start: -1}
}

// token passes over n bytes that are part of the statement.
func (s *splitter) token(n int) {
	if s.start < 0 {
		s.start = s.at
	}
	s.at += n
	s.end = s.at
}

// step passes over one token, blank or comment.
func (s *splitter) step() {
	rest := s.text[s.at:]
	c := rest[0]
	switch {
	case isSpace(c):
		s.at++
	case c == '-' && strings.HasPrefix(rest, "--"):
		s.at += lineLength(rest)
	case c == '/' && strings.HasPrefix(rest, "/*"):
		n := commentLength(rest)
		if n < 0 {
			s.token(len(rest))
			return
		}
		s.at += n
	case c == '\'':
		s.token(quotedLength(rest, '\'', false))
	case c == '"':
		s.token(quotedLength(rest, '"', false))
	case c == '$':
		s.dollar(rest)
	case c == ';' && s.parens == 0 && s.blocks == 0:
		s.finish()
		s.at++
	case c == '(':
		s.parens++
		s.token(1)
	case c == ')':
		s.parens = max(0, s.parens-1)
		s.token(1)
	case isIdentStart(c):
		s.word(rest)
	case isDigit(c):
		n := 1
		for n < len(rest) && isIdentCont(rest[n]) {
			n++
		}
		s.token(n)
	default:
		s.token(1)
	}
}

func (s *splitter) dollar(rest string) {
	tag := dollarTag(rest)
	if tag == "" {
		s.token(1)
		return
	}
	n := strings.Index(rest[len(tag):], tag)
	if n < 0 {
		s.token(len(rest))
		return
	}
	s.token(n + 2*len(tag))
}

// quotedLength is the length of the quoted text that s starts with; all of s when it does not end.
func quotedLength(s string, quote byte, backslash bool) int {
	for i := 1; i < len(s); i++ {
		switch {
		case s[i] == '\\' && backslash:
			i++
		case s[i] != quote:
		case i+1 < len(s) && s[i+1] == quote:
			i++
		default:
			return i + 1
		}
	}
	return len(s)
}

func (s *splitter) word(rest string) {
	if len(rest) > 1 && rest[1] == '\'' && (rest[0] == 'e' || rest[0] == 'E') {
		s.token(1 + quotedLength(rest[1:], '\'', true))
		return
	}
	n := 1
	for n < len(rest) && isIdentCont(rest[n]) {
		n++
	}
	word := rest[:n]
	s.token(n)
	s.words++
	is := func(w string) bool { return strings.EqualFold(word, w) }
	switch {
	case s.words == 1:
		s.create = is("create")
	case s.create && s.words <= 4 && (is("function") || is("procedure")):
		s.routine = true
	case !s.routine || s.parens > 0:
	case is("begin"):
		s.blocks++
	case is("case") && s.blocks > 0:
		s.blocks++
	case is("end") && s.blocks > 0:
		s.blocks--
	}
}
