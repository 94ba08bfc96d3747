package parse

import (
	"strings"
	"unicode/utf8"

	"github.com/basement-project/basement/internal/errs"
	"github.com/basement-project/basement/internal/sql/ast"
	"github.com/basement-project/basement/internal/sql/keyword"
)

// failure is an error on its way out of the parser. pos is a byte offset, -1 when there is none.
type failure struct {
	pos                         int
	code, message, detail, hint string
}

// nearFailure is a syntax error at text[pos:end].
func nearFailure(text string, pos, end int, message string) *failure {
	if pos >= len(text) {
		return &failure{pos: pos, code: "42601", message: message + " at end of input"}
	}
	return &failure{pos: pos, code: "42601", message: message + " at or near \"" + text[pos:end] + "\""}
}

func (f *failure) asError(text string) *errs.Error {
	e := &errs.Error{Code: f.code, Message: f.message, Detail: f.detail, Hint: f.hint}
	if f.pos >= 0 {
		e.Position = utf8.RuneCountInString(text[:min(f.pos, len(text))]) + 1
	}
	return e
}

const (
	maxDepth = 500
	// maxHeight bounds a tree's height, which runs of left-deep operators, joins or set operations make large:
	// consumers recurse into them.
	maxHeight = 10_000
)

// parser reads tokens with as much lookahead as is asked for. All its methods panic with a *failure on an error.
type parser struct {
	lex  lexer
	toks []token
	at   int
	// depth counts nested constructs.
	depth int
	// height is that of the highest tree read so far in the construct at hand.
	height int
	// lastEnd is the end offset of the last token taken.
	lastEnd int
}

func newParser(text string) *parser {
	return &parser{lex: lexer{text: text}, toks: make([]token, 0, min(len(text)/4+4, 256))}
}

// peekAt gives the token n places ahead; tok gives the current one.
func (p *parser) peekAt(n int) *token {
	for len(p.toks) <= p.at+n {
		if len(p.toks) > 0 && p.toks[len(p.toks)-1].kind == tokEOF {
			return &p.toks[len(p.toks)-1]
		}
		p.toks = append(p.toks, p.read())
	}
	return &p.toks[p.at+n]
}

// read takes a token from the lexer and does the Unicode escapes, whose UESCAPE follows the token.
func (p *parser) read() token {
	t := p.lex.next()
	if t.kind != tokUIdent && t.kind != tokUSconst {
		return t
	}
	escape := byte('\\')
	end := t.end
	saved := p.lex
	if u := p.lex.next(); u.kind == kwUescape {
		s := p.lex.next()
		switch {
		case s.kind == tokBad:
			return s
		case s.kind != tokSconst:
			return p.lex.bad(int(s.pos), int(s.end), "UESCAPE must be followed by a simple string literal")
		case len(s.text) != 1 || hexDigit(s.text[0]) >= 0 || strings.IndexByte("+'\"", s.text[0]) >= 0 || isSpace(s.text[0]):
			return p.lex.bad(int(s.pos), int(s.end), "invalid Unicode escape character")
		}
		escape = s.text[0]
		end = s.end
	} else {
		p.lex = saved
	}
	text, f := unescapeUnicode(p.lex.text, t.text, escape, int(t.pos)+3)
	if f != nil {
		p.lex.err = f
		return p.lex.next()
	}
	t.text, t.end = text, end
	if t.kind == tokUIdent {
		t.kind, t.text = tokIdent, truncateIdent(text)
	} else {
		t.kind = tokSconst
	}
	return t
}

func (p *parser) tok() *token { return p.peekAt(0) }

// kind is the current token's kind, kindAt that of a token ahead.
func (p *parser) kind() kind              { return p.peekAt(0).kind }
func (p *parser) kindAt(n int) kind       { return p.peekAt(n).kind }
func (p *parser) is(k kind) bool          { return p.peekAt(0).kind == k }
func (p *parser) isAt(n int, k kind) bool { return p.peekAt(n).kind == k }

// isSeq tells whether the next tokens are of these kinds.
func (p *parser) isSeq(ks ...kind) bool {
	for i, k := range ks {
		if p.peekAt(i).kind != k {
			return false
		}
	}
	return true
}

// isAny tells whether the current token is one of these kinds.
func (p *parser) isAny(ks ...kind) bool {
	c := p.kind()
	for _, k := range ks {
		if c == k {
			return true
		}
	}
	return false
}

// pos is the current token's byte offset.
func (p *parser) pos() int { return int(p.peekAt(0).pos) }

// next takes the current token.
func (p *parser) next() token {
	t := *p.peekAt(0)
	if t.kind == tokBad {
		p.syntaxError()
	}
	if t.kind != tokEOF {
		p.at++
	}
	p.lastEnd = int(t.end)
	return t
}

// accept takes the current token when it is of this kind.
func (p *parser) accept(k kind) bool {
	if p.peekAt(0).kind != k {
		return false
	}
	p.next()
	return true
}

// acceptSeq takes all of these tokens, or none.
func (p *parser) acceptSeq(ks ...kind) bool {
	if !p.isSeq(ks...) {
		return false
	}
	for range ks {
		p.next()
	}
	return true
}

// expect takes a token of this kind, or fails with a syntax error.
func (p *parser) expect(k kind) token {
	if p.peekAt(0).kind != k {
		p.syntaxError()
	}
	return p.next()
}

// expectSeq takes these tokens one by one.
func (p *parser) expectSeq(ks ...kind) {
	for _, k := range ks {
		p.expect(k)
	}
}

// syntaxError fails at the current token.
func (p *parser) syntaxError() {
	t := p.tok()
	if t.kind == tokBad {
		panic(p.lex.err)
	}
	panic(nearFailure(p.lex.text, int(t.pos), int(t.end), "syntax error"))
}

// fail ends the parse with an error at a byte offset (-1: no place).
func (p *parser) fail(pos int, code, message string) {
	panic(&failure{pos: pos, code: code, message: message})
}

func (p *parser) failDetail(pos int, code, message, detail, hint string) {
	panic(&failure{pos: pos, code: code, message: message, detail: detail, hint: hint})
}

// enter counts a nested construct; leave ends it. A failure needs no leave.
func (p *parser) enter() {
	p.depth++
	if p.depth > maxDepth {
		p.tooDeep()
	}
}

func (p *parser) leave() { p.depth-- }

func (p *parser) tooDeep() {
	p.failDetail(-1, "54001", "stack depth limit exceeded", "", "Simplify the statement: it nests or chains too many expressions.")
}

// chain bounds a loop of n steps on one operand.
func (p *parser) chain(n int) {
	if n > maxHeight {
		p.tooDeep()
	}
}

// category gives a keyword token's category.
func category(k kind) (keyword.Category, bool) {
	if k < kwBase {
		return 0, false
	}
	return keyword.ID(k - kwBase).Word().Category, true
}

// isColID tells whether a token can be a column's or table's name.
func isColID(k kind) bool {
	if k == tokIdent {
		return true
	}
	c, ok := category(k)
	return ok && (c == keyword.Unreserved || c == keyword.ColName)
}

// isTypeFuncName tells whether a token can be a type's or function's name.
func isTypeFuncName(k kind) bool {
	if k == tokIdent {
		return true
	}
	c, ok := category(k)
	return ok && (c == keyword.Unreserved || c == keyword.TypeFuncName)
}

// isColLabel tells whether a token can be a label after AS or a name after a dot.
func isColLabel(k kind) bool { return k == tokIdent || k >= kwBase }

// isBareLabel tells whether a token can be a label without AS.
func isBareLabel(k kind) bool {
	return k == tokIdent || k >= kwBase && keyword.ID(k-kwBase).Word().BareLabel
}

// colID takes a ColId: a name of a column, table, schema, role ...
func (p *parser) colID() string {
	if !isColID(p.kind()) {
		p.syntaxError()
	}
	return p.next().text
}

// colLabel takes a ColLabel: any word.
func (p *parser) colLabel() string {
	if !isColLabel(p.kind()) {
		p.syntaxError()
	}
	return p.next().text
}

// typeFuncName takes a type_function_name.
func (p *parser) typeFuncName() string {
	if !isTypeFuncName(p.kind()) {
		p.syntaxError()
	}
	return p.next().text
}

// nonReservedWord takes a NonReservedWord: any word but a reserved one.
func (p *parser) nonReservedWord() string {
	k := p.kind()
	c, ok := category(k)
	if k != tokIdent && (!ok || c == keyword.Reserved) {
		p.syntaxError()
	}
	return p.next().text
}

// name is a plain name.
func (p *parser) name() string { return p.colID() }

// nameList takes name, name, ...
func (p *parser) nameList() []string {
	names := []string{p.colID()}
	for p.accept(',') {
		names = append(names, p.colID())
	}
	return names
}

// parenNameList takes (name, ...).
func (p *parser) parenNameList() []string {
	p.expect('(')
	names := p.nameList()
	p.expect(')')
	return names
}

// optParenNameList takes (name, ...) if there is one.
func (p *parser) optParenNameList() []string {
	if !p.is('(') {
		return nil
	}
	return p.parenNameList()
}

// anyName takes a dotted name of any length.
func (p *parser) anyName() []string {
	names := []string{p.colID()}
	for p.accept('.') {
		names = append(names, p.colLabel())
	}
	return names
}

// qualifiedName takes a relation's name: name, schema.name or catalog.schema.name.
func (p *parser) qualifiedName() *ast.RangeVar {
	pos := p.pos()
	return p.rangeVar(p.anyName(), pos)
}

func (p *parser) rangeVar(names []string, pos int) *ast.RangeVar {
	r := &ast.RangeVar{Pos: pos}
	switch len(names) {
	case 1:
		r.Name = names[0]
	case 2:
		r.Schema, r.Name = names[0], names[1]
	case 3:
		r.Catalog, r.Schema, r.Name = names[0], names[1], names[2]
	default:
		p.fail(pos, "42601", "improper qualified name (too many dotted names): "+strings.Join(names, "."))
	}
	return r
}

// qualifiedNameList takes relation names with commas between.
func (p *parser) qualifiedNameList() []*ast.RangeVar {
	list := []*ast.RangeVar{p.qualifiedName()}
	for p.accept(',') {
		list = append(list, p.qualifiedName())
	}
	return list
}

// sconst takes a string literal and gives its contents.
func (p *parser) sconst() string { return p.expect(tokSconst).text }

// iconst takes an integer literal.
func (p *parser) iconst() int32 { return atoi32(p.expect(tokIconst).text) }

// signedIconst takes an integer literal with an optional sign.
func (p *parser) signedIconst() int32 {
	if p.accept('-') {
		return -p.iconst()
	}
	p.accept('+')
	return p.iconst()
}

// numericOnly takes a number with an optional sign (NumericOnly).
func (p *parser) numericOnly() *ast.AConst {
	pos := p.pos()
	negative := p.accept('-')
	if !negative {
		p.accept('+')
	}
	var c *ast.AConst
	switch p.kind() {
	case tokIconst:
		c = &ast.AConst{Kind: ast.ConstInteger, Int: p.iconst()}
	case tokFconst:
		c = &ast.AConst{Kind: ast.ConstFloat, Text: p.next().text}
	default:
		p.syntaxError()
	}
	c.Pos = pos
	if negative {
		negate(c)
	}
	return c
}

func atoi32(s string) int32 {
	n := int32(0)
	for i := 0; i < len(s); i++ {
		n = n*10 + int32(s[i]-'0')
	}
	return n
}

// booleanOrString takes an opt_boolean_or_string: TRUE, FALSE, ON, a non-reserved word or a string.
func (p *parser) booleanOrString() string {
	switch p.kind() {
	case kwTrue, kwFalse, kwOn, tokSconst:
		return p.next().text
	}
	return p.nonReservedWord()
}
