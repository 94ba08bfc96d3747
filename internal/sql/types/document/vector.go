package document

import (
	"github.com/basement-project/basement/internal/sql/types/textsearch"
)

const (
	maxPlace = 16383
	maxWord  = 2046
)

// Builder gathers the lexemes of one document, or of several texts that follow each other.
type Builder struct {
	c   *Config
	at  int
	all textsearch.Vector
}

// NewBuilder starts a document.
func NewBuilder(c *Config) *Builder { return &Builder{c: c} }

// Add adds a text. A gap after it keeps phrases from reaching over its end.
func (b *Builder) Add(s string, gap bool) {
	n := len(b.all)
	for _, t := range tokens(s) {
		if len(t.text) > maxWord {
			continue
		}
		b.at++
		lexeme, stop := b.c.normal(t)
		if !stop {
			b.all = append(b.all, textsearch.Lexeme{Text: lexeme, Positions: []textsearch.Position{{At: min(b.at, maxPlace)}}})
		}
	}
	if gap && len(b.all) > n {
		b.at++
	}
}

// Vector is the tsvector of what was added.
func (b *Builder) Vector() textsearch.Vector { return b.all.Normal() }

// ToVector is to_tsvector(config, text).
func ToVector(c *Config, s string) textsearch.Vector {
	b := NewBuilder(c)
	b.Add(s, false)
	return b.Vector()
}

// Concat is a || b: b's places follow a's.
func Concat(a, b textsearch.Vector) textsearch.Vector {
	last := 0
	for _, l := range a {
		for _, p := range l.Positions {
			last = max(last, p.At)
		}
	}
	out := append(textsearch.Vector(nil), a...)
	for _, l := range b {
		m := textsearch.Lexeme{Text: l.Text}
		for _, p := range l.Positions {
			m.Positions = append(m.Positions, textsearch.Position{At: min(p.At+last, maxPlace), Weight: p.Weight})
		}
		out = append(out, m)
	}
	return out.Normal()
}

// SetWeight gives every place a weight, 0 (D) to 3 (A); only for some lexemes when they are given.
func SetWeight(v textsearch.Vector, weight int, only map[string]bool) textsearch.Vector {
	out := make(textsearch.Vector, len(v))
	for i, l := range v {
		out[i] = textsearch.Lexeme{Text: l.Text}
		for _, p := range l.Positions {
			if only == nil || only[l.Text] {
				p.Weight = weight
			}
			out[i].Positions = append(out[i].Positions, p)
		}
	}
	return out
}

// Strip drops the places.
func Strip(v textsearch.Vector) textsearch.Vector {
	out := make(textsearch.Vector, len(v))
	for i, l := range v {
		out[i] = textsearch.Lexeme{Text: l.Text}
	}
	return out
}
