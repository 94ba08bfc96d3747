package judge

import "strings"

// Split cuts a script as psql does: at semicolons outside quotes, comments, parentheses and BEGIN ATOMIC bodies, with
// psql's own commands and the data after COPY ... FROM STDIN left out.
func Split(script string) []string {
	var out []string
	s := splitter{src: script}
	for {
		text, ok := s.next()
		if text != "" {
			out = append(out, text)
		}
		if !ok {
			return out
		}
	}
}

type splitter struct {
	src string
	pos int
}

func (s *splitter) next() (string, bool) {
	var b strings.Builder
	src := s.src
	depth, begins := 0, 0
	var words []string
	blank := true
	for s.pos < len(src) {
		c := src[s.pos]
		switch {
		case c == '\\' && (blank || !strings.HasPrefix(src[s.pos:], `\:`)):
			// A psql command runs to the end of its line; one in the middle (\gset) ends the statement.
			line := s.pos
			for s.pos < len(src) && src[s.pos] != '\n' {
				s.pos++
			}
			if word := src[line:s.pos]; !blank && strings.HasPrefix(word, `\g`) {
				return strings.TrimSpace(b.String()), true
			}
			if !blank && strings.HasPrefix(src[line:s.pos], `\;`) {
				b.WriteByte(';')
				s.pos = line + 2
			}
		case c == '-' && strings.HasPrefix(src[s.pos:], "--"):
			for s.pos < len(src) && src[s.pos] != '\n' {
				s.pos++
			}
			b.WriteByte(' ')
		case c == '/' && strings.HasPrefix(src[s.pos:], "/*"):
			s.copyComment(&b)
		case c == '\'' || c == '"':
			escapes := c == '\'' && s.pos > 0 && (src[s.pos-1] == 'e' || src[s.pos-1] == 'E') && (s.pos < 2 || !wordByte(src[s.pos-2]))
			s.copyQuoted(&b, c, escapes)
			blank = false
		case c == '$':
			s.copyDollar(&b)
			blank = false
		case wordByte(c):
			start := s.pos
			for s.pos < len(src) && (wordByte(src[s.pos]) || src[s.pos] == '$') {
				s.pos++
			}
			word := strings.ToLower(src[start:s.pos])
			if len(words) < 4 {
				words = append(words, word)
			}
			if depth == 0 && isRoutine(words) {
				switch word {
				case "begin":
					begins++
				case "case":
					if begins > 0 {
						begins++
					}
				case "end":
					if begins > 0 {
						begins--
					}
				}
			}
			b.WriteString(src[start:s.pos])
			blank = false
		case c == ';' && depth == 0 && begins == 0:
			s.pos++
			text := strings.TrimSpace(b.String())
			s.skipCopyData(text)
			return text, true
		default:
			if c == '(' {
				depth++
			} else if c == ')' && depth > 0 {
				depth--
			}
			if c > ' ' {
				blank = false
			}
			b.WriteByte(c)
			s.pos++
		}
	}
	return strings.TrimSpace(b.String()), false
}

// isRoutine follows psql: CREATE [OR REPLACE] FUNCTION or PROCEDURE may have BEGIN ... END inside.
func isRoutine(words []string) bool {
	if len(words) < 2 || words[0] != "create" {
		return false
	}
	w := words[1]
	if w == "or" && len(words) == 4 {
		w = words[3]
	}
	return w == "function" || w == "procedure"
}

func wordByte(c byte) bool {
	return c == '_' || c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' || c >= '0' && c <= '9' || c >= 0x80
}

func (s *splitter) copyComment(b *strings.Builder) {
	start, depth := s.pos, 0
	for s.pos < len(s.src) {
		switch {
		case strings.HasPrefix(s.src[s.pos:], "/*"):
			depth++
			s.pos += 2
		case strings.HasPrefix(s.src[s.pos:], "*/"):
			depth--
			s.pos += 2
		default:
			s.pos++
		}
		if depth == 0 {
			break
		}
	}
	b.WriteString(s.src[start:s.pos])
}

func (s *splitter) copyQuoted(b *strings.Builder, quote byte, escapes bool) {
	start := s.pos
	s.pos++
	for s.pos < len(s.src) {
		c := s.src[s.pos]
		s.pos++
		if c == '\\' && escapes && s.pos < len(s.src) {
			s.pos++
		} else if c == quote {
			break
		}
	}
	b.WriteString(s.src[start:s.pos])
}

func (s *splitter) copyDollar(b *strings.Builder) {
	rest := s.src[s.pos:]
	end := 1
	for end < len(rest) && wordByte(rest[end]) {
		end++
	}
	if end >= len(rest) || rest[end] != '$' || rest[1] >= '0' && rest[1] <= '9' {
		b.WriteByte('$')
		s.pos++
		return
	}
	tag := rest[:end+1]
	close := strings.Index(rest[end+1:], tag)
	if close < 0 {
		b.WriteString(rest)
		s.pos = len(s.src)
		return
	}
	n := end + 1 + close + len(tag)
	b.WriteString(rest[:n])
	s.pos += n
}

func (s *splitter) skipCopyData(text string) {
	low := strings.ToLower(text)
	if !strings.HasPrefix(low, "copy") || !strings.Contains(low, "from stdin") {
		return
	}
	if end := strings.Index(s.src[s.pos:], "\n\\.\n"); end >= 0 {
		s.pos += end + 4
	}
}
