package parse

import (
	"fmt"
	"strings"
	"unicode/utf8"

	"github.com/basement-project/basement/internal/errs"
	"github.com/basement-project/basement/internal/sql/ast"
)

// MaxText is the longest text the exported functions take, in bytes.
const MaxText = 16 << 20

// Script parses any number of statements with semicolons between. Errors are *errs.Error with PostgreSQL's code and
// text and the position in text.
func Script(text string) (*ast.ParseResult, error) {
	result := &ast.ParseResult{}
	err := run(text, func(p *parser) {
		for {
			for p.accept(';') {
			}
			if p.is(tokEOF) {
				return
			}
			p.forget()
			start := p.pos()
			stmt := p.topStatement()
			result.Statements = append(result.Statements, &ast.RawStatement{Stmt: stmt, Start: start, End: p.lastEnd})
			if !p.is(tokEOF) && !p.is(';') {
				p.syntaxError()
			}
		}
	})
	if err != nil {
		return nil, err
	}
	return result, nil
}

// Statement parses one statement; a semicolon may follow. An empty text is an error.
func Statement(text string) (ast.Statement, error) {
	var stmt ast.Statement
	err := run(text, func(p *parser) {
		stmt = p.topStatement()
		for p.accept(';') {
		}
		p.expect(tokEOF)
	})
	if err != nil {
		return nil, err
	}
	return stmt, nil
}

// Expr parses one expression.
func Expr(text string) (ast.Expr, error) {
	var e ast.Expr
	err := run(text, func(p *parser) {
		e = p.expr()
		p.expect(tokEOF)
	})
	if err != nil {
		return nil, err
	}
	return e, nil
}

// TypeName parses a type's name as it stands in a cast.
func TypeName(text string) (*ast.TypeName, error) {
	var t *ast.TypeName
	err := run(text, func(p *parser) {
		t = p.typeName()
		p.expect(tokEOF)
	})
	if err != nil {
		return nil, err
	}
	return t, nil
}

// LineCol gives the 1-based line and column, in characters, of a byte offset.
func LineCol(text string, pos int) (line, col int) {
	before := text[:max(0, min(pos, len(text)))]
	line = strings.Count(before, "\n") + 1
	col = utf8.RuneCountInString(before[strings.LastIndexByte(before, '\n')+1:]) + 1
	return line, col
}

// Encoded gives PostgreSQL's error (22021) for a text that is not UTF-8 or has a NUL.
func Encoded(text string) error {
	if i := strings.IndexByte(text, 0); i >= 0 {
		return errs.New("22021", "invalid byte sequence for encoding \"UTF8\": 0x00")
	}
	if !utf8.ValidString(text) {
		return errs.New("22021", "invalid byte sequence for encoding \"UTF8\": %s", badBytes([]byte(text)))
	}
	return nil
}

// run parses text with f and turns what f throws into an error.
func run(text string, f func(*parser)) (err error) {
	if len(text) > MaxText {
		return errs.New("54000", "statement text of %d bytes is longer than %d bytes", len(text), MaxText)
	}
	if err := Encoded(text); err != nil {
		return err
	}
	defer func() {
		switch r := recover().(type) {
		case nil:
		case *failure:
			err = r.asError(text)
		default:
			err = errs.Internal("parse", fmt.Errorf("%v", r))
		}
	}()
	f(newParser(text))
	return nil
}

// forgetAfter is how many tokens a long list of rows may keep.
const forgetAfter = 4096

// forget drops the tokens that were read.
func (p *parser) forget() {
	p.toks = append(p.toks[:0], p.toks[p.at:]...)
	p.at = 0
}
