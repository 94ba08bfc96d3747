package jsonval

import (
	"github.com/basement-project/basement/internal/errs"
)

// Kind is what a value is, in the order jsonb sorts kinds by.
type Kind uint8

// The kinds.
const (
	Null Kind = iota
	String
	Number
	Bool
	Array
	Object
)

// Value is one JSON value. It is not changed once made.
type Value struct {
	Kind Kind
	Bool bool
	// Text is a string's content or a number's text; for numbers of jsonb it is numeric's output.
	Text string
	// Raw is the source text, for values read with ParseJSON.
	Raw string
	// Items are an array's elements or an object's values, Keys the object's keys beside them.
	Items []Value
	Keys  []string
}

// Validate checks that a text is JSON, as json's input function does.
func Validate(text string) error {
	p := parser{lexer: lexer{src: text, line: 1}}
	return p.document(nil)
}

// ParseJSON reads a text as json: members in their order, twice the same key kept, each value with its source text.
func ParseJSON(text string) (Value, error) {
	var v Value
	p := parser{lexer: lexer{src: text, line: 1, unescape: true}, raw: true}
	err := p.document(&v)
	return v, err
}

// Parse reads a text as jsonb: keys ordered by length and bytes, of a repeated key the last, numbers as numeric prints them.
func Parse(text string) (Value, error) {
	var v Value
	p := parser{lexer: lexer{src: text, line: 1, unescape: true}, canonical: true}
	err := p.document(&v)
	return v, err
}

type parser struct {
	lexer
	raw       bool
	canonical bool
}

// context says what the parser was looking for.
type context uint8

const (
	wantValue context = iota
	wantString
	wantArrayNext
	wantObjectFirst
	wantColon
	wantObjectNext
	wantEnd
)

var wanted = [...]string{
	wantValue:       `Expected JSON value, but found "`,
	wantString:      `Expected string, but found "`,
	wantArrayNext:   `Expected "," or "]", but found "`,
	wantObjectFirst: `Expected string or "}", but found "`,
	wantColon:       `Expected ":", but found "`,
	wantObjectNext:  `Expected "," or "}", but found "`,
	wantEnd:         `Expected end of input, but found "`,
}

func (p *parser) unexpected(c context) error {
	if p.tok == tokEnd {
		return p.fail("The input string ended unexpectedly.")
	}
	return p.fail(wanted[c] + p.src[p.start:p.end] + `".`)
}

func (p *parser) document(v *Value) error {
	if err := p.next(); err != nil {
		return err
	}
	if err := p.value(v); err != nil {
		return err
	}
	if p.tok != tokEnd {
		return p.unexpected(wantEnd)
	}
	return nil
}

// value reads the value that begins with the current token, into v unless that is nil, and moves past it.
func (p *parser) value(v *Value) error {
	from := p.start
	switch p.tok {
	case tokObjectStart, tokArrayStart:
		p.depth++
		if p.depth > maxDepth {
			return errs.New("54001", "stack depth limit exceeded").
				WithHint("Increase the configuration parameter \"max_stack_depth\" (currently 2048kB), after ensuring the platform's stack depth limit is adequate.")
		}
		var end int
		var err error
		if p.tok == tokObjectStart {
			end, err = p.object(v)
		} else {
			end, err = p.array(v)
		}
		p.depth--
		if err == nil && v != nil && p.raw {
			v.Raw = p.src[from:end]
		}
		return err
	case tokString:
		if v != nil {
			*v = Value{Kind: String, Text: p.str}
		}
	case tokNumber:
		if v != nil {
			*v = Value{Kind: Number, Text: p.src[p.start:p.end]}
			if p.canonical {
				text, err := canonicalNumber(v.Text)
				if err != nil {
					return err
				}
				v.Text = text
			}
		}
	case tokTrue, tokFalse:
		if v != nil {
			*v = Value{Kind: Bool, Bool: p.tok == tokTrue}
		}
	case tokNull:
		if v != nil {
			*v = Value{Kind: Null}
		}
	default:
		return p.unexpected(wantValue)
	}
	if v != nil && p.raw {
		v.Raw = p.src[p.start:p.end]
	}
	return p.next()
}

func (p *parser) array(v *Value) (end int, err error) {
	if v != nil {
		*v = Value{Kind: Array}
	}
	if err := p.next(); err != nil {
		return 0, err
	}
	for first := true; p.tok != tokArrayEnd || !first; first = false {
		if !first {
			if p.tok == tokArrayEnd {
				break
			}
			if p.tok != tokComma {
				return 0, p.unexpected(wantArrayNext)
			}
			if err := p.next(); err != nil {
				return 0, err
			}
		}
		var item *Value
		if v != nil {
			v.Items = append(v.Items, Value{})
			item = &v.Items[len(v.Items)-1]
		}
		if err := p.value(item); err != nil {
			return 0, err
		}
	}
	end = p.end
	return end, p.next()
}

func (p *parser) object(v *Value) (end int, err error) {
	if v != nil {
		*v = Value{Kind: Object}
	}
	if err := p.next(); err != nil {
		return 0, err
	}
	if p.tok != tokString && p.tok != tokObjectEnd {
		return 0, p.unexpected(wantObjectFirst)
	}
	for first := true; p.tok != tokObjectEnd; first = false {
		if !first {
			if p.tok != tokComma {
				return 0, p.unexpected(wantObjectNext)
			}
			if err := p.next(); err != nil {
				return 0, err
			}
			if p.tok != tokString {
				return 0, p.unexpected(wantString)
			}
		}
		key := p.str
		if err := p.next(); err != nil {
			return 0, err
		}
		if p.tok != tokColon {
			return 0, p.unexpected(wantColon)
		}
		if err := p.next(); err != nil {
			return 0, err
		}
		var item *Value
		if v != nil {
			v.Keys = append(v.Keys, key)
			v.Items = append(v.Items, Value{})
			item = &v.Items[len(v.Items)-1]
		}
		if err := p.value(item); err != nil {
			return 0, err
		}
	}
	if v != nil && p.canonical {
		sortKeys(v)
	}
	end = p.end
	return end, p.next()
}
