package plpgsql

import (
	"strings"

	"github.com/basement-project/basement/internal/sql/parse"
)

// raise takes RAISE.
func (p *parser) raise() Stmt {
	s := &Raise{at: p.here(), Level: "exception"}
	p.at++
	if p.takeSym(";") {
		s.Again = true
		return s
	}
	levelled := false
	for _, l := range []string{"exception", "warning", "notice", "info", "log", "debug"} {
		if p.word(l) {
			p.at++
			s.Level = l
			levelled = true
			break
		}
	}
	t := p.tok()
	switch {
	case levelled && p.sym(";"):
		p.syntax()
	case t.Kind == parse.TokenString:
		s.Format, s.HasFormat = t.Text, true
		p.at++
		for p.takeSym(",") {
			s.Args = append(s.Args, p.expr(",", ";", "using"))
		}
		p.checkFormat(s)
	case p.word("using"):
	case p.takeWord("sqlstate"):
		s.State = p.state()
	default:
		if !isName(t) {
			p.syntax()
		}
		p.at++
		s.Condition = t.Text
		states := States(t.Text)
		if states == nil {
			p.fail(-1, "42704", "unrecognized exception condition \"%s\"", t.Text)
		}
		s.State = states[0]
	}
	if p.takeWord("using") {
		for {
			w := p.tok()
			switch w.Text {
			case "errcode", "message", "detail", "hint", "column", "constraint", "datatype", "table", "schema":
			default:
				p.near("unrecognized RAISE statement option")
			}
			p.at++
			if !p.takeSym("=") && !p.takeSym(":=") {
				p.near("syntax error, expected \"=\"")
			}
			s.Options = append(s.Options, RaiseOption{w.Text, p.expr(",", ";")})
			if !p.takeSym(",") {
				break
			}
		}
	}
	p.expectSym(";")
	return s
}

// checkFormat counts a format's places.
func (p *parser) checkFormat(s *Raise) {
	n := 0
	for i := 0; i < len(s.Format); i++ {
		if s.Format[i] == '%' {
			if i+1 < len(s.Format) && s.Format[i+1] == '%' {
				i++
				continue
			}
			n++
		}
	}
	switch {
	case n < len(s.Args):
		p.fail(-1, "42601", "too many parameters specified for RAISE")
	case n > len(s.Args):
		p.fail(-1, "42601", "too few parameters specified for RAISE")
	}
}

var stackedItems = map[string]bool{"pg_exception_context": true, "pg_exception_detail": true, "pg_exception_hint": true,
	"returned_sqlstate": true, "column_name": true, "constraint_name": true, "pg_datatype_name": true, "message_text": true,
	"table_name": true, "schema_name": true}

func (p *parser) diagnostics() Stmt {
	s := &GetDiagnostics{at: p.here()}
	p.at++
	if p.takeWord("stacked") {
		s.Stacked = true
	} else {
		p.takeWord("current")
	}
	p.expectWord("diagnostics")
	for {
		t := p.target(true)
		if !p.takeSym("=") && !p.takeSym(":=") {
			p.syntax()
		}
		item := p.tok().Text
		current := item == "row_count" || item == "pg_routine_oid"
		if !current && item != "pg_context" && !stackedItems[item] {
			p.near("unrecognized GET DIAGNOSTICS item")
		}
		if s.Stacked && !stackedItems[item] {
			p.fail(p.tok().Pos, "42601", "diagnostics item %s is not allowed in GET STACKED DIAGNOSTICS", strings.ToUpper(item))
		}
		if !s.Stacked && stackedItems[item] {
			p.fail(p.tok().Pos, "42601", "diagnostics item %s is not allowed in GET CURRENT DIAGNOSTICS", strings.ToUpper(item))
		}
		p.at++
		s.Items = append(s.Items, DiagItem{t, item})
		if !p.takeSym(",") {
			break
		}
	}
	p.expectSym(";")
	return s
}

// cursorVariable takes a cursor variable's name.
func (p *parser) cursorVariable() int {
	d, fields, n := p.variable()
	if d < 0 {
		p.notVariable()
	}
	if len(fields) > 0 {
		p.fail(p.tok().Pos, "42804", "cursor variable must be a simple variable")
	}
	t := p.fn.Datums[d].Type
	if !p.fn.Datums[d].Preset && (t == nil || !t.Cursor && (t.Name == nil || t.Name.Names[len(t.Name.Names)-1] != "refcursor")) {
		p.fail(p.tok().Pos, "42804", "variable \"%s\" must be of type cursor or refcursor", p.fn.Datums[d].Name)
	}
	p.at += n
	return d
}

// cursorArgs takes the arguments of a bound cursor, by position or name, in the order of its parameters.
func (p *parser) cursorArgs(cursor int) []*SQL {
	d := p.fn.Datums[cursor]
	if !p.sym("(") {
		if len(d.Args) > 0 {
			p.fail(p.tok().Pos, "42601", "cursor \"%s\" has arguments", d.Name)
		}
		return nil
	}
	if len(d.Args) == 0 {
		p.fail(p.tok().Pos, "42601", "cursor \"%s\" has no arguments", d.Name)
	}
	p.at++
	out := make([]*SQL, len(d.Args))
	for i := 0; ; i++ {
		at := i
		pos := p.tok().Pos
		if isName(p.tok()) && (p.symAt(1, ":=") || p.symAt(1, "=>")) {
			at = -1
			for k, a := range d.Args {
				if p.fn.Datums[a].Name == p.tok().Text {
					at = k
				}
			}
			if at < 0 {
				p.fail(pos, "42601", "cursor \"%s\" has no argument named \"%s\"", d.Name, p.tok().Text)
			}
			p.at += 2
		}
		if at >= len(out) {
			p.fail(pos, "42601", "too many arguments for cursor \"%s\"", d.Name)
		}
		if out[at] != nil {
			p.fail(pos, "42601", "value for parameter \"%s\" of cursor \"%s\" specified more than once", p.fn.Datums[d.Args[at]].Name, d.Name)
		}
		out[at] = p.expr(",", ")")
		if !p.takeSym(",") {
			break
		}
	}
	for _, x := range out {
		if x == nil {
			p.fail(p.tok().Pos, "42601", "not enough arguments for cursor \"%s\"", d.Name)
		}
	}
	p.expectSym(")")
	return out
}

func (p *parser) open() Stmt {
	s := &Open{at: p.here()}
	p.at++
	s.Cursor = p.cursorVariable()
	if p.fn.Datums[s.Cursor].Cursor != nil {
		s.Args = p.cursorArgs(s.Cursor)
		p.expectSym(";")
		return s
	}
	if p.takeWord("no") {
		p.expectWord("scroll")
		s.Scroll = -1
	} else if p.takeWord("scroll") {
		s.Scroll = 1
	}
	if !p.takeWord("for") {
		p.near("syntax error, expected \"FOR\"")
	}
	if p.takeWord("execute") {
		s.Dynamic = true
		s.Query = p.expr("using", ";")
		s.Using = p.using(";")
	} else {
		s.Query = p.query(";")
	}
	p.expectSym(";")
	return s
}

// fetch takes FETCH and MOVE.
func (p *parser) fetch() Stmt {
	s := &Fetch{at: p.here(), Move: p.word("move"), Direction: "next"}
	p.at++
	named := true
	switch w := p.tok().Text; {
	case p.word("next"), p.word("prior"), p.word("first"), p.word("last"):
		s.Direction = w
		p.at++
	case p.word("absolute"), p.word("relative"):
		s.Direction = w
		p.at++
		s.Count = p.expr("from", "in")
	case p.takeWord("all"):
		s.Direction, s.All = "forward", true
	case p.word("forward"), p.word("backward"):
		s.Direction = w
		p.at++
		switch {
		case p.word("from"), p.word("in"):
		case p.takeWord("all"):
			s.All = true
		default:
			s.Count = p.expr("from", "in")
		}
	case p.word("from"), p.word("in"):
	default:
		if d, _, _ := p.variable(); d >= 0 {
			named = false
			break
		}
		s.Direction = "forward"
		s.Count = p.expr("from", "in")
	}
	if named && !p.takeWord("from") && !p.takeWord("in") {
		if d, _, _ := p.variable(); d < 0 {
			p.near("expected FROM or IN")
		}
	}
	s.Cursor = p.cursorVariable()
	if !s.Move {
		if s.All || s.Direction == "forward" && s.Count != nil || s.Direction == "backward" && s.Count != nil {
			p.fail(-1, "0A000", "FETCH statement cannot return multiple rows")
		}
		p.expectWord("into")
		s.Into = p.into()
	}
	p.expectSym(";")
	return s
}
