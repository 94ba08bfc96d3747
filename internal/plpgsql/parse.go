package plpgsql

import (
	"fmt"
	"strings"
	"unicode/utf8"

	"github.com/basement-project/basement/internal/errs"
	"github.com/basement-project/basement/internal/sql/parse"
)

// Options describe the function whose body is parsed.
type Options struct {
	// Name is the function's name, the label of its parameters; "" for a DO block.
	Name string
	// Params are its parameters by number: $1 and, when it has one, its name.
	Params []Param
	// Trigger, Procedure, Set, Void and Out tell what RETURN may say: Out are the numbers of the output parameters.
	Trigger, Procedure, Set, Void bool
	Out                           []int
	// Presets are more variables the function starts with: NEW, OLD, TG_OP ...
	Presets []string
}

// Param is a parameter.
type Param struct {
	Name string
	// Input says that $n stands for it.
	Input bool
}

// Bounds on what a body may grow to.
const (
	maxDepth  = 200
	maxDatums = 20_000
)

type failure struct{ err *errs.Error }

type parser struct {
	text string
	toks []parse.Token
	at   int
	opt  Options
	fn   *Function
	// scope is the innermost name.
	scope *Scope
	depth int
}

// Parse parses a body. Errors are *errs.Error with PostgreSQL's code and text, and the position, in characters from 1, in
// the body; Where tells the line.
func Parse(text string, opt Options) (fn *Function, err error) {
	line := 1
	p := &parser{text: text, opt: opt, fn: &Function{Text: text, Conflict: "error"}}
	defer func() {
		switch r := recover().(type) {
		case nil:
			return
		case *failure:
			err = r.err
		default:
			err = errs.Internal("plpgsql", fmt.Errorf("%v", r))
		}
		if p.at < len(p.toks) {
			line = p.lineAt(p.toks[p.at].Pos)
		} else if len(p.toks) > 0 {
			line = p.lineAt(len(text))
		}
		if e := errs.Of(err); e != nil && e.Where == "" {
			name := opt.Name
			if name == "" {
				name = "inline_code_block"
			}
			e.Where = fmt.Sprintf("compilation of PL/pgSQL function \"%s\" near line %d", name, line)
		}
	}()
	toks, lexErr := parse.Tokens(text)
	if lexErr != nil {
		return nil, lexErr
	}
	p.toks = toks
	p.function()
	return p.fn, nil
}

func (p *parser) function() {
	p.push(p.opt.Name, false)
	for i, a := range p.opt.Params {
		d := p.datum(&Datum{Name: a.Name, Preset: true})
		if d != i {
			panic("parameters come first")
		}
		if a.Input {
			p.scope = &Scope{Outer: p.scope, Name: fmt.Sprintf("$%d", i+1), Datum: d}
		}
		if a.Name != "" {
			p.scope = &Scope{Outer: p.scope, Name: a.Name, Datum: d}
		}
	}
	for _, n := range p.opt.Presets {
		p.declare(p.datum(&Datum{Name: n, Preset: true}))
	}
	p.fn.Found = p.datum(&Datum{Name: "found", Type: &TypeRef{Boolean: true}})
	p.declare(p.fn.Found)
	for p.sym("#") {
		p.option()
	}
	p.fn.Body = p.block(p.label())
	if p.sym(";") {
		p.at++
	}
	if p.at < len(p.toks) {
		p.syntax()
	}
}

// option is #variable_conflict and its like.
func (p *parser) option() {
	p.at++
	switch {
	case p.takeWord("variable_conflict"):
		switch {
		case p.takeWord("error"):
			p.fn.Conflict = "error"
		case p.takeWord("use_variable"), p.takeWord("use_column"):
			p.fn.Conflict = p.toks[p.at-1].Text
		default:
			p.syntax()
		}
	case p.takeWord("print_strict_params"):
		if !p.takeWord("on") && !p.takeWord("off") {
			p.syntax()
		}
	case p.takeWord("dump"):
	default:
		p.syntax()
	}
}

// Tokens.

func (p *parser) tok() parse.Token { return p.tokAt(0) }

func (p *parser) tokAt(n int) parse.Token {
	if p.at+n < len(p.toks) {
		return p.toks[p.at+n]
	}
	return parse.Token{Kind: parse.TokenSymbol, Pos: len(p.text), End: len(p.text)}
}

func (p *parser) end() bool { return p.at >= len(p.toks) }

// isWord says whether a token is this word, unquoted.
func isWord(t parse.Token, w string) bool {
	return (t.Kind == parse.TokenKeyword || t.Kind == parse.TokenIdent && !t.Quoted) && t.Text == w
}

func (p *parser) word(w string) bool { return isWord(p.tok(), w) }

func (p *parser) takeWord(w string) bool {
	if p.word(w) {
		p.at++
		return true
	}
	return false
}

func (p *parser) words(list ...string) bool {
	for i, w := range list {
		if !isWord(p.tokAt(i), w) {
			return false
		}
	}
	return true
}

func (p *parser) sym(s string) bool { return p.symAt(0, s) }

func (p *parser) symAt(n int, s string) bool {
	t := p.tokAt(n)
	return t.Kind == parse.TokenSymbol && t.Text == s && s != ""
}

func (p *parser) takeSym(s string) bool {
	if p.sym(s) {
		p.at++
		return true
	}
	return false
}

func (p *parser) expectSym(s string) {
	if !p.takeSym(s) {
		p.syntax()
	}
}

func (p *parser) expectWord(w string) {
	if !p.takeWord(w) {
		p.syntax()
	}
}

// reserved are the words PL/pgSQL keeps for itself.
var reserved = map[string]bool{"all": true, "begin": true, "by": true, "case": true, "declare": true, "else": true, "end": true,
	"execute": true, "for": true, "foreach": true, "from": true, "if": true, "in": true, "into": true, "loop": true, "not": true,
	"null": true, "or": true, "strict": true, "then": true, "to": true, "using": true, "when": true, "while": true}

// isName says whether a token can be a name here.
func isName(t parse.Token) bool {
	switch t.Kind {
	case parse.TokenIdent:
		return t.Quoted || !reserved[t.Text]
	case parse.TokenKeyword:
		return !reserved[t.Text]
	}
	return false
}

func (p *parser) name() string {
	if !isName(p.tok()) {
		p.syntax()
	}
	p.at++
	return p.toks[p.at-1].Text
}

// Errors.

func (p *parser) position(pos int) int {
	return utf8.RuneCountInString(p.text[:min(pos, len(p.text))]) + 1
}

func (p *parser) fail(pos int, code, format string, args ...any) {
	e := errs.New(code, format, args...)
	if pos >= 0 {
		e.Position = p.position(pos)
	}
	panic(&failure{e})
}

// near fails at the current token with "message at or near".
func (p *parser) near(message string) {
	t := p.tok()
	if p.end() {
		p.fail(t.Pos, "42601", "%s at end of input", message)
	}
	p.fail(t.Pos, "42601", "%s at or near \"%s\"", message, p.text[t.Pos:t.End])
}

func (p *parser) syntax() { p.near("syntax error") }

func (p *parser) lineAt(pos int) int { return strings.Count(p.text[:min(pos, len(p.text))], "\n") + 1 }

func (p *parser) here() at { return at{p.lineAt(p.tok().Pos)} }

func (p *parser) enter() {
	if p.depth++; p.depth > maxDepth {
		p.fail(-1, "54001", "stack depth limit exceeded")
	}
}

func (p *parser) leave() { p.depth-- }

// Names.

func (p *parser) push(label string, loop bool) {
	p.scope = &Scope{Outer: p.scope, Name: label, Label: true, loop: loop}
}

// within runs f in a level of names of its own.
func (p *parser) within(label string, loop bool, f func()) {
	old := p.scope
	p.push(label, loop)
	f()
	p.scope = old
}

func (p *parser) datum(d *Datum) int {
	if len(p.fn.Datums) >= maxDatums {
		p.fail(-1, "54000", "too many variables in one function")
	}
	p.fn.Datums = append(p.fn.Datums, d)
	return len(p.fn.Datums) - 1
}

func (p *parser) declare(d int) {
	p.scope = &Scope{Outer: p.scope, Name: p.fn.Datums[d].Name, Datum: d}
}

// declared says whether the innermost level has a name already.
func (p *parser) declared(name string) bool {
	for s := p.scope; s != nil && !s.Label; s = s.Outer {
		if s.Name == name {
			return true
		}
	}
	return false
}

// names reads a.b.c ahead without taking it: at most three words with dots between.
func (p *parser) names() (list []string, tokens int) {
	t := p.tok()
	if t.Kind == parse.TokenParam {
		return []string{"$" + t.Text}, 1
	}
	if t.Kind != parse.TokenIdent && t.Kind != parse.TokenKeyword {
		return nil, 0
	}
	list = []string{t.Text}
	n := 1
	for len(list) < 3 && p.symAt(n, ".") {
		w := p.tokAt(n + 1)
		if w.Kind != parse.TokenIdent && w.Kind != parse.TokenKeyword {
			break
		}
		list = append(list, w.Text)
		n += 2
	}
	return list, n
}

// variable finds the variable the present tokens name; -1 when they name none. tokens is how many they are, with the
// fields after a variable.
func (p *parser) variable() (datum int, fields []string, tokens int) {
	if t := p.tok(); t.Kind == parse.TokenIdent && !t.Quoted && reserved[t.Text] || t.Kind == parse.TokenKeyword && reserved[t.Text] {
		return -1, nil, 0
	}
	list, n := p.names()
	if list == nil {
		return -1, nil, 0
	}
	d, used := p.scope.Find(list)
	if d < 0 {
		return -1, nil, n
	}
	return d, list[used:], n
}
