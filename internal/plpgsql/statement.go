package plpgsql

import (
	"strings"

	"github.com/basement-project/basement/internal/errs"
	"github.com/basement-project/basement/internal/sql/parse"
)

// statements takes statements up to one of these words.
func (p *parser) statements(until ...string) []Stmt {
	p.enter()
	defer p.leave()
	var out []Stmt
	for {
		for _, u := range until {
			if p.word(u) {
				return out
			}
		}
		if p.end() {
			p.syntax()
		}
		out = append(out, p.statement())
	}
}

// assignment says whether the present tokens begin an assignment.
func (p *parser) assignment() bool {
	d, _, n := p.variable()
	if d < 0 {
		list, k := p.names()
		if list == nil || k == 0 || !p.symAt(k, ":=") || p.tok().Kind == parse.TokenKeyword && reserved[p.tok().Text] {
			return false
		}
		p.notVariable()
	}
	return p.symAt(n, ":=") || p.symAt(n, "=") || p.symAt(n, "[") || p.symAt(n, ".")
}

func (p *parser) statement() Stmt {
	t := p.tok()
	if p.sym("<<") {
		label := p.label()
		switch {
		case p.word("declare"), p.word("begin"):
			b := p.block(label)
			p.expectSym(";")
			return b
		case p.word("loop"), p.word("while"), p.word("for"), p.word("foreach"):
			return p.loop(label)
		}
		p.syntax()
	}
	if t.Kind != parse.TokenIdent && t.Kind != parse.TokenKeyword && t.Kind != parse.TokenParam {
		p.syntax()
	}
	if p.assignment() {
		from := p.tok().Pos
		s := &Assign{at: p.here(), Target: p.target(true)}
		if !p.takeSym(":=") && !p.takeSym("=") {
			p.syntax()
		}
		if p.sym(";") {
			// It is found when it is run.
			s.Value = &SQL{Expr: true, Scope: p.scope, Pos: p.tok().Pos}
		} else {
			s.Value = p.expr(";")
		}
		s.Value.What = "PL/pgSQL assignment \"" + p.text[from:p.toks[p.at-1].End] + "\""
		p.expectSym(";")
		return s
	}
	if t.Kind == parse.TokenIdent && t.Quoted || t.Kind == parse.TokenParam {
		p.syntax()
	}
	switch t.Text {
	case "declare", "begin":
		b := p.block("")
		p.expectSym(";")
		return b
	case "if":
		return p.ifStatement()
	case "case":
		return p.caseStatement()
	case "loop", "while", "for", "foreach":
		return p.loop("")
	case "exit", "continue":
		return p.exit()
	case "return":
		return p.returnStatement()
	case "raise":
		return p.raise()
	case "assert":
		return p.assert()
	case "execute":
		return p.execute()
	case "perform":
		return p.perform()
	case "call", "do":
		s := &Call{at: p.here(), Do: t.Text == "do"}
		s.SQL = p.query(";")
		p.expectSym(";")
		return s
	case "get":
		return p.diagnostics()
	case "open":
		return p.open()
	case "fetch", "move":
		return p.fetch()
	case "close":
		s := &Close{at: p.here()}
		p.at++
		s.Cursor = p.cursorVariable()
		p.expectSym(";")
		return s
	case "null":
		s := &Null{at: p.here()}
		p.at++
		p.expectSym(";")
		return s
	case "commit", "rollback":
		return p.transaction()
	}
	if reserved[t.Text] {
		p.syntax()
	}
	return p.execSQL()
}

func (p *parser) ifStatement() Stmt {
	s := &If{at: p.here()}
	for p.word("if") || p.word("elsif") || p.word("elseif") {
		b := &Branch{Line: p.here().line}
		p.at++
		b.Cond = p.expr("then")
		p.at++
		b.Body = p.statements("elsif", "elseif", "else", "end")
		s.Branches = append(s.Branches, b)
		if p.word("if") {
			break
		}
	}
	if p.takeWord("else") {
		s.Else = p.statements("end")
	}
	p.expectWord("end")
	p.expectWord("if")
	p.expectSym(";")
	return s
}

func (p *parser) caseStatement() Stmt {
	s := &Case{at: p.here(), Var: -1}
	p.at++
	if !p.word("when") {
		s.Arg = p.expr("when")
	}
	if !p.word("when") {
		p.syntax()
	}
	for p.word("when") {
		b := &Branch{Line: p.here().line}
		p.at++
		if s.Arg == nil {
			b.Cond = p.expr("then")
		} else {
			// The test value is a variable, the conditions ask whether it is among the values.
			if s.Var < 0 {
				s.Var = p.datum(&Datum{Name: "__Case__Variable_", Preset: true})
			}
			start := p.scan(true, "then")
			from, to := p.toks[start].Pos, p.toks[p.at-1].End
			old := p.scope
			p.declare(s.Var)
			text := p.text[from:to]
			b.Cond = &SQL{Text: text, Pos: from, Expr: true, Scope: p.scope}
			stmt, err := parse.Statement(Prefix + "\"__Case__Variable_\" IN (" + text + ")")
			if err != nil {
				p.shifted(err, from, len(Prefix)+len("\"__Case__Variable_\" IN ("))
			}
			b.Cond.Stmt = stmt
			p.scope = old
		}
		p.at++
		b.Body = p.statements("when", "else", "end")
		s.Whens = append(s.Whens, b)
	}
	if p.takeWord("else") {
		s.HasElse = true
		s.Else = p.statements("end")
	}
	p.expectWord("end")
	p.expectWord("case")
	p.expectSym(";")
	return s
}

// loopBody takes statements END LOOP [label];
func (p *parser) loopBody(label string) []Stmt {
	body := p.statements("end")
	p.expectWord("end")
	p.expectWord("loop")
	p.endLabel(label)
	p.expectSym(";")
	return body
}

func (p *parser) loop(label string) (out Stmt) {
	here := p.here()
	word := p.tok().Text
	p.at++
	p.within(label, true, func() {
		switch word {
		case "loop":
			out = &Loop{at: here, Label: label, Body: p.loopBody(label)}
		case "while":
			s := &While{at: here, Label: label, Cond: p.expr("loop")}
			p.at++
			s.Body = p.loopBody(label)
			out = s
		case "for":
			out = p.forLoop(here, label)
		case "foreach":
			s := &Foreach{at: here, Label: label, Into: p.into()}
			if p.takeWord("slice") {
				t := p.tok()
				if t.Kind != parse.TokenNumber {
					p.syntax()
				}
				p.at++
				for _, c := range t.Text {
					if c < '0' || c > '9' || s.Slice > 100 {
						p.syntax()
					}
					s.Slice = s.Slice*10 + int(c-'0')
				}
			}
			p.expectWord("in")
			p.expectWord("array")
			s.Array = p.expr("loop")
			p.at++
			s.Body = p.loopBody(label)
			out = s
		}
	})
	return out
}

// forLoop takes a FOR loop from its variable on.
func (p *parser) forLoop(here at, label string) Stmt {
	// What the variable is follows from what comes after IN.
	start := p.at
	var list []string
	for {
		if t := p.tok(); t.Kind != parse.TokenIdent && t.Kind != parse.TokenKeyword && t.Kind != parse.TokenParam || t.Kind == parse.TokenKeyword && reserved[t.Text] {
			p.syntax()
		}
		names, n := p.names()
		list = append(list, strings.Join(names, "."))
		p.at += n
		if !p.takeSym(",") {
			break
		}
	}
	p.expectWord("in")
	in := p.at
	// into reads the variables again, as targets of rows.
	into := func() *Into {
		p.at = start
		if len(list) == 1 {
			if d, _, _ := p.variable(); d < 0 {
				p.fail(p.tok().Pos, "42601", "loop variable of loop over rows must be a record variable or list of scalar variables")
			}
		}
		return p.into()
	}
	if p.word("execute") {
		s := &ForDynamic{at: here, Label: label, Into: into()}
		p.at = in + 1
		s.Query = p.expr("loop", "using")
		s.Using = p.using("loop")
		p.expectWord("loop")
		s.Body = p.loopBody(label)
		return s
	}
	if d, fields, n := p.variable(); d >= 0 && len(fields) == 0 && p.fn.Datums[d].Type != nil && p.fn.Datums[d].Type.Cursor && (isWord(p.tokAt(n), "loop") || p.symAt(n, "(")) {
		if len(list) != 1 {
			p.fail(p.toks[start].Pos, "42601", "cursor FOR loop must have only one target variable")
		}
		if p.fn.Datums[d].Cursor == nil {
			p.fail(p.tok().Pos, "42601", "cursor FOR loop must use a bound cursor variable")
		}
		s := &ForCursor{at: here, Label: label, Cursor: d}
		p.at += n
		s.Args = p.cursorArgs(d)
		p.expectWord("loop")
		s.Var = p.datum(&Datum{Name: list[0], Type: &TypeRef{Record: true}})
		p.declare(s.Var)
		s.Body = p.loopBody(label)
		return s
	}
	reverse := p.takeWord("reverse")
	first := p.at
	p.scan(false, "loop", "..")
	if p.sym("..") {
		p.at = first
		s := &ForInt{at: here, Label: label, Reverse: reverse, Lower: p.expr("..")}
		p.at++
		s.Upper = p.expr("loop", "by")
		if p.takeWord("by") {
			s.Step_ = p.expr("loop")
		}
		p.expectWord("loop")
		if len(list) != 1 {
			p.fail(p.toks[start].Pos, "42601", "integer FOR loop must have only one target variable")
		}
		s.Var = p.datum(&Datum{Name: list[0], Line: here.line, Type: &TypeRef{Integer: true}})
		p.declare(s.Var)
		s.Body = p.loopBody(label)
		return s
	}
	if reverse {
		p.fail(p.toks[start].Pos, "42601", "cannot specify REVERSE in query FOR loop")
	}
	s := &ForQuery{at: here, Label: label, Into: into()}
	p.at = in
	s.Query = p.query("loop")
	p.expectWord("loop")
	s.Body = p.loopBody(label)
	return s
}

func (p *parser) exit() Stmt {
	s := &Exit{at: p.here(), Continue: p.word("continue")}
	pos := p.tok().Pos
	word := strings.ToUpper(p.tok().Text)
	p.at++
	if !p.word("when") && !p.sym(";") {
		pos = p.tok().Pos
		s.Label = p.name()
	}
	found, inLoop, loopLabel := false, false, false
	for sc := p.scope; sc != nil; sc = sc.Outer {
		if !sc.Label {
			continue
		}
		inLoop = inLoop || sc.loop
		if s.Label != "" && sc.Name == s.Label && !found && sc.Outer != nil {
			found, loopLabel = true, sc.loop
		}
	}
	switch {
	case s.Label != "" && !found:
		p.fail(pos, "42601", "there is no label \"%s\" attached to any block or loop enclosing this statement", s.Label)
	case s.Label != "" && s.Continue && !loopLabel:
		p.fail(pos, "42601", "block label \"%s\" cannot be used in CONTINUE", s.Label)
	case s.Label == "" && !inLoop && s.Continue:
		p.fail(pos, "42601", "CONTINUE cannot be used outside a loop")
	case s.Label == "" && !inLoop:
		p.fail(pos, "42601", "%s cannot be used outside a loop, unless it has a label", word)
	}
	if p.takeWord("when") {
		s.When = p.expr(";")
	}
	p.expectSym(";")
	return s
}

func (p *parser) returnStatement() Stmt {
	here := p.here()
	p.at++
	switch {
	case p.takeWord("next"):
		if !p.opt.Set {
			p.fail(p.toks[p.at-2].Pos, "42804", "cannot use RETURN NEXT in a non-SETOF function")
		}
		s := &ReturnNext{at: here}
		if len(p.opt.Out) > 0 {
			if !p.sym(";") {
				p.fail(p.tok().Pos, "42804", "RETURN NEXT cannot have a parameter in function with OUT parameters")
			}
		} else {
			s.Value = p.expr(";")
		}
		p.expectSym(";")
		return s
	case p.takeWord("query"):
		if !p.opt.Set {
			p.fail(p.toks[p.at-2].Pos, "42804", "cannot use RETURN QUERY in a non-SETOF function")
		}
		s := &ReturnQuery{at: here}
		if p.takeWord("execute") {
			s.Dynamic = true
			s.Query = p.expr(";", "using")
			s.Using = p.using(";")
		} else {
			s.Query = p.query(";")
		}
		p.expectSym(";")
		return s
	}
	s := &Return{at: here}
	bare := func(message, hint string) {
		if !p.sym(";") {
			e := errs.New("42804", "%s", message)
			e.Hint, e.Position = hint, p.position(p.tok().Pos)
			panic(&failure{e})
		}
	}
	switch {
	case p.opt.Set:
		bare("RETURN cannot have a parameter in function returning set", "Use RETURN NEXT or RETURN QUERY.")
	case p.opt.Void:
		bare("RETURN cannot have a parameter in function returning void", "")
	case len(p.opt.Out) > 0:
		bare("RETURN cannot have a parameter in function with OUT parameters", "")
	default:
		s.Value = p.expr(";")
	}
	p.expectSym(";")
	return s
}

func (p *parser) assert() Stmt {
	s := &Assert{at: p.here()}
	p.at++
	s.Cond = p.expr(",", ";")
	if p.takeSym(",") {
		s.Message = p.expr(";")
	}
	p.expectSym(";")
	return s
}

func (p *parser) perform() Stmt {
	s := &Perform{at: p.here()}
	p.at++
	s.SQL = p.expr(";")
	s.SQL.Expr = false
	s.SQL.Text = Prefix + s.SQL.Text
	s.SQL.What = "SQL statement \"" + s.SQL.Text + "\""
	s.SQL.Pos -= len(Prefix)
	p.expectSym(";")
	return s
}

// using takes USING's expressions up to one of these, or nothing.
func (p *parser) using(until ...string) []*SQL {
	if !p.takeWord("using") {
		return nil
	}
	var out []*SQL
	for {
		out = append(out, p.expr(append([]string{","}, until...)...))
		if !p.takeSym(",") {
			return out
		}
	}
}

func (p *parser) execute() Stmt {
	s := &Execute{at: p.here()}
	p.at++
	s.Query = p.expr(";", "into", "using")
	for {
		switch {
		case p.word("into"):
			if s.Into != nil {
				p.syntax()
			}
			p.at++
			s.Strict = p.takeWord("strict")
			s.Into = p.into()
		case p.word("using"):
			if s.Using != nil {
				p.syntax()
			}
			s.Using = p.using(";", "into")
		default:
			p.expectSym(";")
			return s
		}
	}
}

func (p *parser) transaction() Stmt {
	s := &Transaction{at: p.here(), Rollback: p.word("rollback")}
	p.at++
	if p.takeWord("and") {
		no := p.takeWord("no")
		p.expectWord("chain")
		s.Chain = !no
	}
	p.expectSym(";")
	return s
}
