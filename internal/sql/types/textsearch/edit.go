package textsearch

// Builder makes one tsvector of several texts. Between two of them a place stays empty, so that no phrase reaches over.
type Builder struct {
	c   *Config
	at  int
	all Vector
}

// NewBuilder starts a document.
func (c *Config) NewBuilder() *Builder { return &Builder{c: c} }

// Add adds a text.
func (b *Builder) Add(text string) {
	list, n := b.c.cut(text, nil)
	for _, t := range list {
		b.all = append(b.all, Lexeme{Text: t.text, Positions: []Position{{At: min(b.at+t.at, maxPosition)}}})
	}
	b.at += n
	if len(list) > 0 {
		b.at++
	}
}

// Vector is the document's tsvector.
func (b *Builder) Vector() Vector { return b.all.normal() }

// Concat is a || b: b's places follow a's.
func Concat(a, b Vector) Vector {
	last := 0
	for _, l := range a {
		for _, p := range l.Positions {
			last = max(last, p.At)
		}
	}
	out := append(Vector(nil), a...)
	for _, l := range b {
		m := Lexeme{Text: l.Text}
		for _, p := range l.Positions {
			m.Positions = append(m.Positions, Position{At: min(p.At+last, maxPosition), Weight: p.Weight})
		}
		out = append(out, m)
	}
	return out.normal()
}

// SetWeight gives every place a weight, 0 (D) to 3 (A); only for some lexemes when they are given.
func SetWeight(v Vector, weight int, only map[string]bool) Vector {
	out := make(Vector, len(v))
	for i, l := range v {
		out[i] = Lexeme{Text: l.Text}
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
func Strip(v Vector) Vector {
	out := make(Vector, len(v))
	for i, l := range v {
		out[i] = Lexeme{Text: l.Text}
	}
	return out
}

// FromWords is array_to_tsvector: lexemes without places.
func FromWords(words []string) Vector {
	var v Vector
	for _, w := range words {
		v = append(v, Lexeme{Text: w})
	}
	return v.normal()
}

// Filter keeps the places with one of the weights (bit 0 is D) and the lexemes that have one.
func Filter(v Vector, weights uint8) Vector {
	var out Vector
	for _, l := range v {
		m := Lexeme{Text: l.Text}
		for _, p := range l.Positions {
			if weights&(1<<p.Weight) != 0 {
				m.Positions = append(m.Positions, p)
			}
		}
		if len(m.Positions) > 0 {
			out = append(out, m)
		}
	}
	return out
}

// Delete takes lexemes out.
func Delete(v Vector, words map[string]bool) Vector {
	var out Vector
	for _, l := range v {
		if !words[l.Text] {
			out = append(out, l)
		}
	}
	return out
}
