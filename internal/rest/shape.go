package rest

import "strings"

// maxShape bounds the shapes that are remembered: a longer one is not worth it.
const maxShape = 8 << 10

// shape gathers what distinguishes a request from others but for its values.
type shape struct{ b []byte }

func (s *shape) add(kind byte, texts ...string) {
	s.b = append(s.b, 0, kind)
	for _, t := range texts {
		s.b = append(append(s.b, t...), 0)
	}
}

func (s *shape) flag(on bool) {
	if on {
		s.b = append(s.b, '1')
	} else {
		s.b = append(s.b, '0')
	}
}

func (s *shape) operand(o *operand) {
	s.b = append(s.b, byte('A'+o.Op), byte('a'+o.Quantifier), byte('a'+o.Is))
	s.flag(o.Not)
	s.flag(o.HasLanguage)
	if o.HasLanguage {
		s.b = append(append(s.b, o.Language...), 0)
	}
}

func (s *shape) field(f Field) {
	s.b = append(append(s.b, f.Name...), 0)
	for _, step := range f.Path {
		s.b = append(s.b, '>')
		s.flag(step.Text)
		s.flag(step.IsIndex)
		s.b = append(append(s.b, step.Key...), 0)
	}
}

func (s *shape) branch(n *logicNode) {
	s.b = append(s.b, '(')
	s.flag(n.not)
	s.flag(n.or)
}

func (s *shape) window(key string, r Range) {
	s.add('w', key)
	s.flag(r.Limit >= 0)
	s.flag(r.Offset > 0)
}

func (r *Request) beginShape(s *shape) {
	s.b = make([]byte, 0, 256)
	s.b = append(s.b, byte('A'+r.Action))
	s.flag(r.HeadOnly)
	s.flag(r.Method == "POST")
	s.b = append(s.b, r.Schema...)
	s.b = append(s.b, 0)
	s.b = append(s.b, r.Name...)
	s.b = append(s.b, 0)
	for _, m := range r.Accept {
		if m.Kind <= MediaJSON {
			s.b = append(s.b, byte('0'+m.Kind))
			continue
		}
		s.b = append(append(s.b, m.String()...), ',')
	}
	s.b = append(s.b, 0)
	s.b = r.Prefer.shape(s.b)
}

func (r *Request) endShape(s *shape) {
	if r.Body.Kind != NoBody {
		s.add('b', r.ContentType.String())
		s.b = append(s.b, byte('0'+r.Body.Kind))
		s.flag(r.Body.Object)
		s.b = append(append(s.b, strings.Join(r.Body.Keys, "\x00")...), 0)
		// An array without keys is a number of default rows.
		if len(r.Body.Keys) == 0 {
			s.b = append(s.b, byte('0'+min(r.Body.Rows, 2)))
		}
	}
	if len(s.b) <= maxShape {
		r.Shape = string(s.b)
	}
}
