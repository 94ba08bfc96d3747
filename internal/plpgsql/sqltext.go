package plpgsql

import (
	"strings"

	"github.com/basement-project/basement/internal/sql/ast"
	"github.com/basement-project/basement/internal/sql/parse"
)

// expr takes an expression up to one of these words or signs, which it leaves.
func (p *parser) expr(until ...string) *SQL { return p.sql(true, until...) }

// query takes a statement up to one of these.
func (p *parser) query(until ...string) *SQL { return p.sql(false, until...) }

// scan passes over tokens to the first of these words or signs outside of parentheses.
func (p *parser) scan(expr bool, until ...string) (start int) {
	start = p.at
	depth := 0
	what := "statement"
	if expr {
		what = "expression"
	}
	for ; ; p.at++ {
		t := p.tok()
		if depth == 0 && !p.end() {
			for _, u := range until {
				if p.sym(u) || p.word(u) {
					if p.at == start {
						if expr {
							p.near("missing expression")
						}
						p.near("missing SQL statement")
					}
					return start
				}
			}
		}
		if p.end() || p.sym(";") {
			if depth != 0 {
				p.near("mismatched parentheses")
			}
			if p.end() {
				p.syntax()
			}
			p.fail(t.Pos, "42601", "missing \"%s\" at end of SQL %s", strings.ToUpper(until[0]), what)
		}
		if t.Kind == parse.TokenSymbol {
			switch t.Text {
			case "(", "[":
				depth++
			case ")", "]":
				if depth--; depth < 0 {
					p.near("mismatched parentheses")
				}
			}
		}
	}
}

func (p *parser) sql(expr bool, until ...string) *SQL {
	start := p.scan(expr, until...)
	from, to := p.toks[start].Pos, p.toks[p.at-1].End
	return p.made(p.text[from:to], from, expr)
}

// made parses a piece of SQL.
func (p *parser) made(text string, pos int, expr bool) *SQL {
	s := &SQL{Text: text, Pos: pos, Expr: expr, Scope: p.scope}
	whole, prefix := text, 0
	if expr {
		whole, prefix = Prefix+text, len(Prefix)
	}
	stmt, err := parse.Statement(whole)
	if err != nil {
		p.shifted(err, pos, prefix)
	}
	if sel, ok := stmt.(*ast.SelectStmt); expr && (!ok || sel.Into != nil) {
		p.near("syntax error")
	}
	s.Stmt = stmt
	s.What = "SQL statement \"" + text + "\""
	if expr {
		s.What = "SQL expression \"" + text + "\""
	}
	return s
}

// target takes what can be assigned to: a variable with fields and, where elements says so, elements.
func (p *parser) target(elements bool) *Target {
	d, fields, n := p.variable()
	if d < 0 {
		p.notVariable()
	}
	start := p.tok().Pos
	t := &Target{Datum: d}
	for _, f := range fields {
		t.Path = append(t.Path, Step{Field: f})
	}
	if p.fn.Datums[d].Const {
		p.fail(start, "22005", "variable \"%s\" is declared CONSTANT", p.fn.Datums[d].Name)
	}
	p.at += n
	for elements {
		if p.takeSym(".") {
			w := p.tok()
			if w.Kind != parse.TokenIdent && w.Kind != parse.TokenKeyword {
				p.syntax()
			}
			p.at++
			t.Path = append(t.Path, Step{Field: w.Text})
			continue
		}
		if !p.takeSym("[") {
			break
		}
		var s Step
		if !p.sym(":") {
			s.Upper = p.expr("]", ":")
		}
		if p.takeSym(":") {
			s.Slice = true
			s.Lower, s.Upper = s.Upper, nil
			if !p.sym("]") {
				s.Upper = p.expr("]")
			}
		}
		p.expectSym("]")
		t.Path = append(t.Path, s)
	}
	t.Text = p.text[start:p.toks[p.at-1].End]
	return t
}

// notVariable fails at a word that should be a variable.
func (p *parser) notVariable() {
	t := p.tok()
	list, _ := p.names()
	if list == nil || !isName(t) {
		p.syntax()
	}
	p.fail(t.Pos, "42601", "\"%s\" is not a known variable", strings.Join(list, "."))
}

// into takes INTO's list, without the word.
func (p *parser) into() *Into {
	out := &Into{Line: p.here().line}
	for {
		out.Targets = append(out.Targets, p.target(false))
		if !p.takeSym(",") {
			return out
		}
	}
}

// execSQL takes a statement of SQL with INTO anywhere in it.
func (p *parser) execSQL() Stmt {
	here := p.here()
	first := p.at
	s := &ExecSQL{at: here}
	from := p.tok().Pos
	intoFrom, intoTo := -1, -1
	depth, begins := 0, 0
	routine := p.words("create", "function") || p.words("create", "procedure") || p.words("create", "or", "replace")
	var prev parse.Token
	for {
		t := p.tok()
		if p.end() {
			if depth != 0 {
				p.near("mismatched parentheses")
			}
			p.near("unexpected end of function definition")
		}
		if p.sym(";") && depth == 0 && begins == 0 {
			break
		}
		switch {
		case p.sym("("), p.sym("["):
			depth++
		case p.sym(")"), p.sym("]"):
			if depth--; depth < 0 {
				p.near("mismatched parentheses")
			}
		case routine && depth == 0 && p.words("begin", "atomic"):
			begins++
		case begins > 0 && p.word("case"):
			begins++
		case begins > 0 && p.word("end"):
			begins--
		case p.word("into") && begins == 0 && p.at > first && !isWord(prev, "insert") && !isWord(prev, "merge") && !isWord(p.toks[first], "import"):
			if s.Into != nil {
				p.near("INTO specified more than once")
			}
			intoFrom = t.Pos
			p.at++
			s.Strict = p.takeWord("strict")
			s.Into = p.into()
			intoTo = p.tok().Pos
			prev = p.toks[p.at-1]
			continue
		}
		prev = t
		p.at++
	}
	to := p.toks[p.at-1].End
	text := p.text[from:to]
	if s.Into != nil {
		text = p.text[from:intoFrom] + strings.Repeat(" ", intoTo-intoFrom)
		if intoTo < to {
			text += p.text[intoTo:to]
		}
		text = strings.TrimRight(text, " \t\r\n\f\v")
	}
	s.SQL = p.made(text, from, false)
	p.expectSym(";")
	return s
}
