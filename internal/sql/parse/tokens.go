package parse

import "github.com/basement-project/basement/internal/sql/keyword"

// TokenKind is what a Token is.
type TokenKind uint8

// The kinds of tokens.
const (
	// TokenIdent is a name that is no keyword, or any quoted name.
	TokenIdent TokenKind = iota
	// TokenKeyword is a word of PostgreSQL's list, whatever its category.
	TokenKeyword
	TokenString
	TokenNumber
	TokenBitString
	TokenParam
	// TokenSymbol is an operator or a sign: text is what it is, with != as <>.
	TokenSymbol
)

// Token is a lexical unit of SQL. Text is the value: the folded name, the string's contents, the number in decimal.
// text[Pos:End] is how it is written.
type Token struct {
	Kind     TokenKind
	Text     string
	Pos, End int
	// Quoted tells that an identifier was written in quotes.
	Quoted bool
}

// Tokens cuts a text into PostgreSQL's tokens, for languages that have SQL in them.
func Tokens(text string) ([]Token, error) {
	var list []Token
	err := run(text, func(p *parser) {
		for !p.is(tokEOF) {
			t := p.next()
			out := Token{Text: t.text, Pos: int(t.pos), End: int(t.end)}
			switch k := t.kind; {
			case k == tokIdent:
				out.Quoted = text[t.pos] == '"' || t.pos+1 < t.end && text[t.pos+1] == '&'
			case k >= kwBase && int(k-kwBase) < keyword.Count:
				out.Kind = TokenKeyword
			case k == tokSconst:
				out.Kind = TokenString
			case k == tokIconst || k == tokFconst:
				out.Kind = TokenNumber
			case k == tokBconst || k == tokXconst:
				out.Kind = TokenBitString
			case k == tokParam:
				out.Kind = TokenParam
			default:
				out.Kind = TokenSymbol
			}
			list = append(list, out)
			p.forget()
		}
	})
	if err != nil {
		return nil, err
	}
	return list, nil
}
