package plpgsql

import (
	"strings"

	"github.com/basement-project/basement/internal/errs"
	"github.com/basement-project/basement/internal/sql/ast"
	"github.com/basement-project/basement/internal/sql/parse"
)

// label takes <<name>> if it is there.
func (p *parser) label() string {
	if !p.sym("<<") {
		return ""
	}
	p.at++
	n := p.name()
	p.expectSym(">>")
	return n
}

// block takes [DECLARE ...] BEGIN ... END, from the word after its label.
func (p *parser) block(label string) *Block {
	p.enter()
	defer p.leave()
	old := p.scope
	p.push(label, false)
	b := &Block{Label: label, State: -1, Message: -1}
	for p.word("declare") {
		p.at++
		for !p.word("begin") && !p.word("declare") {
			p.declaration(b)
		}
	}
	b.at = p.here()
	p.expectWord("begin")
	b.Body = p.statements("end", "exception")
	if p.takeWord("exception") {
		p.handlers(b)
	}
	p.expectWord("end")
	p.endLabel(label)
	p.scope = old
	return b
}

// endLabel takes the label after END, which must be the one at the beginning.
func (p *parser) endLabel(label string) {
	if !isName(p.tok()) {
		return
	}
	pos := p.tok().Pos
	name := p.name()
	switch {
	case label == "":
		p.fail(pos, "42601", "end label \"%s\" specified for unlabeled block", name)
	case label != name:
		p.fail(pos, "42601", "end label \"%s\" differs from block's label \"%s\"", name, label)
	}
}

func (p *parser) handlers(b *Block) {
	old := p.scope
	b.State = p.datum(&Datum{Name: "sqlstate", Preset: true})
	b.Message = p.datum(&Datum{Name: "sqlerrm", Preset: true})
	p.declare(b.State)
	p.declare(b.Message)
	if !p.word("when") {
		p.syntax()
	}
	for p.word("when") {
		h := &Handler{Line: p.here().line}
		p.at++
		for {
			h.Conditions = append(h.Conditions, p.condition())
			if !p.takeWord("or") {
				break
			}
		}
		p.expectWord("then")
		h.Body = p.statements("when", "end")
		b.Handlers = append(b.Handlers, h)
	}
	p.scope = old
}

func (p *parser) condition() Condition {
	t := p.tok()
	if !isName(t) {
		p.syntax()
	}
	p.at++
	if isWord(t, "sqlstate") {
		return Condition{States: []string{p.state()}}
	}
	if t.Text == "others" {
		return Condition{Others: true}
	}
	states := States(t.Text)
	if states == nil {
		p.fail(-1, "42704", "unrecognized exception condition \"%s\"", t.Text)
	}
	return Condition{States: states}
}

// state takes an SQLSTATE's string.
func (p *parser) state() string {
	t := p.tok()
	if t.Kind != parse.TokenString {
		p.syntax()
	}
	if len(t.Text) != 5 || strings.Trim(t.Text, "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ") != "" {
		p.near("invalid SQLSTATE code")
	}
	p.at++
	return t.Text
}

// declaration takes one declaration.
func (p *parser) declaration(b *Block) {
	if p.sym("<<") {
		p.near("block label must be placed before DECLARE, not after")
	}
	t := p.tok()
	if !isName(t) {
		p.syntax()
	}
	if p.declared(t.Text) {
		p.near("duplicate declaration")
	}
	p.at++
	d := &Datum{Name: t.Text, Line: p.lineAt(t.Pos)}
	switch {
	case p.takeWord("alias"):
		p.expectWord("for")
		list, n := p.names()
		if list == nil {
			p.syntax()
		}
		other, used := p.scope.Find(list)
		if other < 0 || used != len(list) {
			p.fail(p.tok().Pos, "42704", "variable \"%s\" does not exist", strings.Join(list, "."))
		}
		p.at += n
		p.expectSym(";")
		p.scope = &Scope{Outer: p.scope, Name: d.Name, Datum: other}
		return
	case p.word("cursor") || p.words("scroll", "cursor") || p.words("no", "scroll", "cursor"):
		p.cursor(b, d)
		return
	}
	d.Const = p.takeWord("constant")
	d.Type = p.typeRef(";", ":=", "=", "collate", "not", "default")
	if p.takeWord("collate") {
		for p.name(); p.takeSym("."); {
			p.name()
		}
	}
	not := p.tok().Pos
	if p.takeWord("not") {
		p.expectWord("null")
		d.NotNull = true
	}
	switch {
	case p.takeSym(";"):
		if d.NotNull {
			p.fail(not, "22004", "variable \"%s\" must have a default value, since it's declared NOT NULL", d.Name)
		}
	case p.takeSym(":="), p.takeSym("="), p.takeWord("default"):
		d.Default = p.expr(";")
		p.expectSym(";")
	default:
		p.syntax()
	}
	n := p.datum(d)
	p.declare(n)
	b.Decls = append(b.Decls, n)
}

// cursor takes [NO SCROLL] CURSOR [(args)] FOR query.
func (p *parser) cursor(b *Block, d *Datum) {
	d.Type = &TypeRef{Cursor: true}
	if p.takeWord("no") {
		d.Scroll = -1
		p.at++
	} else if p.takeWord("scroll") {
		d.Scroll = 1
	}
	p.expectWord("cursor")
	n := p.datum(d)
	old := p.scope
	if p.takeSym("(") {
		p.push("", false)
		for {
			t := p.tok()
			name := p.name()
			a := &Datum{Name: name, Line: p.lineAt(t.Pos), Type: p.typeRef(",", ")")}
			x := p.datum(a)
			p.declare(x)
			d.Args = append(d.Args, x)
			if !p.takeSym(",") {
				break
			}
		}
		p.expectSym(")")
	}
	if !p.takeWord("is") {
		p.expectWord("for")
	}
	d.Cursor = p.query(";")
	p.expectSym(";")
	p.scope = old
	p.declare(n)
	b.Decls = append(b.Decls, n)
}

// typeRef takes a type up to one of these words or signs, which it leaves.
func (p *parser) typeRef(until ...string) *TypeRef {
	start := p.at
	t := p.tok()
	r := &TypeRef{Pos: t.Pos}
	if list, n := p.names(); list != nil && p.symAt(n, "%") {
		p.at += n + 1
		kind := p.tok()
		p.at++
		switch {
		case isWord(kind, "type"):
			if d, used := p.scope.Find(list); d >= 0 && len(list)-used < 2 {
				r.OfVar = d + 1
				if used < len(list) {
					r.OfField = list[used]
				}
			} else if len(list) > 1 {
				r.Column = list
			} else {
				p.at = start
				p.syntax()
			}
		case isWord(kind, "rowtype"):
			if d, used := p.scope.Find(list); d >= 0 && used == len(list) && len(list) == 1 && p.fn.Datums[d].Type != nil && len(p.fn.Datums[d].Type.Row) > 0 {
				r.OfVar = d + 1
			} else {
				r.Row = list
			}
		default:
			p.at--
			p.syntax()
		}
		if p.takeSym("[") {
			if p.tok().Kind == parse.TokenNumber {
				p.at++
			}
			p.expectSym("]")
			r.Array = true
		}
		return r
	}
	if p.takeWord("record") {
		r.Record = true
		return r
	}
	depth := 0
	for ; !p.end(); p.at++ {
		t := p.tok()
		if depth == 0 {
			stop := false
			for _, u := range until {
				stop = stop || p.sym(u) || p.word(u)
			}
			if stop {
				break
			}
		}
		switch {
		case t.Kind == parse.TokenSymbol && (t.Text == "(" || t.Text == "["):
			depth++
		case t.Kind == parse.TokenSymbol && (t.Text == ")" || t.Text == "]"):
			if depth--; depth < 0 {
				p.near("mismatched parentheses")
			}
		case t.Kind == parse.TokenSymbol && t.Text == ";":
			if depth != 0 {
				p.near("mismatched parentheses")
			}
			p.near("incomplete data type declaration")
		}
	}
	if p.end() {
		p.near("incomplete data type declaration")
	}
	if p.at == start {
		p.near("missing data type declaration")
	}
	text := p.text[t.Pos:p.toks[p.at-1].End]
	n, err := parse.TypeName(text)
	if err != nil {
		p.shifted(err, t.Pos, 0)
	}
	shiftType(n, t.Pos)
	r.Name = n
	return r
}

func shiftType(n *ast.TypeName, by int) { n.Pos += by }

// shifted fails with an error of a part of the body: its position counts from pos in the body; prefix bytes of the text the
// part's parser saw are not in the body.
func (p *parser) shifted(err error, pos, prefix int) {
	e := errs.Of(err)
	if e == nil {
		panic(&failure{errs.Internal("plpgsql", err)})
	}
	c := *e
	if c.Position > 0 {
		c.Position = max(1, c.Position-prefix+p.position(pos)-1)
	}
	panic(&failure{&c})
}
