package template

import (
	"strings"

	"github.com/basement-project/basement/internal/errs"
)

var numberKeys = []string{
	",", ".", "0", "9", "B", "C", "D", "EEEE", "FM", "G", "L", "MI", "PL", "PR", "RN", "SG", "SP", "S", "TH", "V",
	"b", "c", "d", "eeee", "fm", "g", "l", "mi", "pl", "pr", "rn", "sg", "sp", "s", "th", "v",
}

// Number is a number's template.
type Number struct {
	nodes              []node
	Pre, Post          int // digits before and after the point
	Multi              int // digits after V
	Scientific, Roman  bool
	fill, blank, zero  bool
	decimal, bracket   bool
	plus, minus        bool
	lsign              byte // 0, '<' before, '>' after
	preSign            int
	zeroStart, zeroEnd int
	multi              bool
}

func syntax(text string) error { return errs.New("42601", "%s", text) }

// ParseNumber reads a number's template.
func ParseNumber(s string) (*Number, error) {
	t := &Number{nodes: parse(s, numberKeys, false)}
	for _, n := range t.nodes {
		key := strings.ToUpper(n.key)
		if t.Scientific && key != "EEEE" && key != "" {
			return nil, syntax(`"EEEE" must be the last pattern used`)
		}
		switch key {
		case "9":
			if t.bracket {
				return nil, syntax(`"9" must be ahead of "PR"`)
			}
			switch {
			case t.multi:
				t.Multi++
			case t.decimal:
				t.Post++
			default:
				t.Pre++
			}
		case "0":
			if t.bracket {
				return nil, syntax(`"0" must be ahead of "PR"`)
			}
			if !t.zero && !t.decimal {
				t.zeroStart = t.Pre + 1
			}
			t.zero = true
			if t.decimal {
				t.Post++
			} else {
				t.Pre++
			}
			t.zeroEnd = t.Pre + t.Post
		case "B":
			t.blank = t.blank || t.Pre == 0 && t.Post == 0 && !t.zero
		case "D", ".":
			if t.decimal {
				return nil, syntax("multiple decimal points")
			}
			if t.multi {
				return nil, syntax(`cannot use "V" and decimal point together`)
			}
			t.decimal = true
		case "FM":
			t.fill = true
		case "S":
			if t.lsign != 0 {
				return nil, syntax(`cannot use "S" twice`)
			}
			if t.plus || t.minus || t.bracket {
				return nil, syntax(`cannot use "S" and "PL"/"MI"/"SG"/"PR" together`)
			}
			t.lsign = '>'
			if !t.decimal {
				t.lsign, t.preSign = '<', t.Pre
			}
		case "MI", "PL", "SG":
			if t.lsign != 0 {
				return nil, syntax(`cannot use "S" and "` + key + `" together`)
			}
			t.minus = t.minus || key != "PL"
			t.plus = t.plus || key != "MI"
		case "PR":
			if t.lsign != 0 || t.plus || t.minus {
				return nil, syntax(`cannot use "PR" and "S"/"PL"/"MI"/"SG" together`)
			}
			t.bracket = true
		case "RN":
			t.Roman = true
		case "V":
			if t.decimal {
				return nil, syntax(`cannot use "V" and decimal point together`)
			}
			t.multi = true
		case "EEEE":
			if t.Scientific {
				return nil, syntax(`cannot use "EEEE" twice`)
			}
			if t.blank || t.fill || t.lsign != 0 || t.bracket || t.minus || t.plus || t.Roman || t.multi {
				return nil, errs.New("42601", `"EEEE" is incompatible with other formats`).
					WithDetail("%s", `"EEEE" may only be used together with digit and decimal point patterns.`)
			}
			t.Scientific = true
		}
	}
	return t, nil
}

// Format writes a number. digits is its absolute value rounded to Post digits ("123.40"), or in scientific notation.
func (t *Number) Format(digits string, negative bool) string {
	if t.Scientific {
		if negative {
			return "-" + digits
		}
		return " " + digits
	}
	whole := strings.IndexByte(digits, '.')
	if whole < 0 {
		whole = len(digits)
		if t.Post > 0 {
			digits += "." + strings.Repeat("0", t.Post)
		}
	}
	pre := t.Pre + t.Multi
	p := &numberPrinter{t: t, number: digits, sign: '+', pre: pre, lsign: t.lsign, bracket: t.bracket, zeroStart: t.zeroStart - 1, last: -1}
	if negative {
		p.sign = '-'
	}
	switch {
	case pre > whole:
		p.spaces = pre - whole
	case pre < whole:
		p.number = strings.Repeat("#", pre) + "." + strings.Repeat("#", t.Post)
	}
	return p.run()
}

// FormatRoman writes 1 to 3999 in Roman numerals.
func (t *Number) FormatRoman(n int64) string {
	s := strings.Repeat("#", 15)
	if n >= 1 && n <= 3999 {
		var b strings.Builder
		for _, r := range []struct {
			v int64
			s string
		}{{1000, "M"}, {900, "CM"}, {500, "D"}, {400, "CD"}, {100, "C"}, {90, "XC"}, {50, "L"}, {40, "XL"}, {10, "X"}, {9, "IX"}, {5, "V"}, {4, "IV"}, {1, "I"}} {
			for n >= r.v {
				b.WriteString(r.s)
				n -= r.v
			}
		}
		s = b.String()
	}
	for _, n := range t.nodes {
		if n.key == "rn" {
			s = strings.ToLower(s)
		}
	}
	if !t.fill {
		s = strings.Repeat(" ", max(15-len(s), 0)) + s
	}
	return s
}

// numberPrinter writes one number, node by node, as PostgreSQL's NUM_processor does.
type numberPrinter struct {
	t         *Number
	b         strings.Builder
	number    string
	at        int // position in number
	cur       int // digits' nodes so far
	count     int
	spaces    int // leading digits the number lacks
	pre       int
	sign      byte
	wrote     bool
	in        bool
	lsign     byte
	bracket   bool
	zeroStart int
	last      int // last digit that must be shown in fill mode, -1 for none
}

func (p *numberPrinter) run() string {
	t := p.t
	switch {
	case t.plus || t.minus:
		p.wrote = !(t.plus && !t.minus)
	default:
		if p.sign != '-' && t.fill {
			p.bracket = false
		}
		p.wrote = p.sign == '+' && t.fill && t.lsign == 0
		if p.lsign == '<' && t.Pre == t.preSign {
			p.lsign = '>'
		}
	}
	p.count = t.Post + p.pre - 1
	if t.fill && t.decimal {
		if dot := strings.IndexByte(p.number, '.'); dot >= 0 {
			p.last = dot
			for i := dot + 1; i < len(p.number); i++ {
				if p.number[i] != '0' {
					p.last = i
				}
			}
			if t.zeroEnd > p.spaces {
				p.last = max(p.last, min(len(p.number)-1, t.zeroEnd-p.spaces))
			}
		}
	}
	if !p.wrote && p.spaces == 0 {
		p.count++
	}
	for _, n := range t.nodes {
		switch key := strings.ToUpper(n.key); key {
		case "":
			p.b.WriteString(n.text)
		case "9", "0", ".", "D":
			p.digit(key)
		case ",", "G":
			if !p.in {
				if !t.fill {
					p.b.WriteByte(' ')
				}
				continue
			}
			p.b.WriteByte(',')
		case "L":
			p.b.WriteByte(' ')
		case "TH":
			if t.Roman || strings.HasPrefix(p.number, "#") || p.sign == '-' || t.decimal {
				continue
			}
			p.b.WriteString(ordinal(p.number, n.key == "TH"))
		case "MI":
			if p.sign == '-' {
				p.b.WriteByte('-')
			} else if !t.fill {
				p.b.WriteByte(' ')
			}
		case "PL":
			if p.sign == '+' {
				p.b.WriteByte('+')
			} else if !t.fill {
				p.b.WriteByte(' ')
			}
		case "SG":
			p.b.WriteByte(p.sign)
		}
	}
	return p.b.String()
}

// beforePoint says that the present digit is the lone zero before the point, which 9 does not show.
func (p *numberPrinter) beforePoint() bool {
	return !p.t.zero && p.at == 0 && p.number != "" && p.number[0] == '0' && p.t.Post != 0
}

func (p *numberPrinter) lastIsPoint() bool { return p.last >= 0 && p.number[p.last] == '.' }

func (p *numberPrinter) digit(key string) {
	t := p.t
	p.in = false
	if !p.wrote && (p.cur >= p.spaces || t.zero && p.zeroStart == p.cur) && (!p.beforePoint() || p.lastIsPoint()) {
		switch {
		case t.lsign != 0:
			if p.lsign == '<' {
				p.b.WriteByte(p.sign)
				p.wrote = true
			}
		case p.bracket:
			if p.sign == '+' {
				p.b.WriteByte(' ')
			} else {
				p.b.WriteByte('<')
			}
			p.wrote = true
		case p.sign == '+':
			if !t.fill {
				p.b.WriteByte(' ')
			}
			p.wrote = true
		default:
			p.b.WriteByte('-')
			p.wrote = true
		}
	}
	switch {
	case p.cur < p.spaces && (p.zeroStart > p.cur || !t.zero):
		if !t.fill {
			p.b.WriteByte(' ')
		}
	case t.zero && p.cur < p.spaces && p.zeroStart <= p.cur:
		p.b.WriteByte('0')
		p.in = true
	default:
		switch {
		case p.at >= len(p.number):
		case p.number[p.at] == '.':
			if !p.lastIsPoint() || t.fill {
				p.b.WriteByte('.')
			}
		case p.last >= 0 && p.at > p.last && key != "0":
		case p.beforePoint():
			if !t.fill {
				p.b.WriteByte(' ')
			} else if p.lastIsPoint() {
				p.b.WriteByte('0')
			}
		default:
			p.b.WriteByte(p.number[p.at])
			p.in = true
		}
		if p.at < len(p.number) {
			p.at++
		}
	}
	end := p.count
	if p.spaces > 0 {
		end++
	}
	if t.decimal {
		end++
	}
	if p.last >= 0 && p.last == p.at {
		end = p.cur
	}
	if p.cur+1 == end {
		switch {
		case p.wrote && p.bracket:
			if p.sign == '+' {
				p.b.WriteByte(' ')
			} else {
				p.b.WriteByte('>')
			}
		case t.lsign != 0 && p.lsign == '>':
			p.b.WriteByte(p.sign)
		}
	}
	p.cur++
}

// Read takes the number out of a text: its digits with a point and a sign.
func (t *Number) Read(text string) (string, error) {
	negative, point := false, false
	var whole, part strings.Builder
	s := strings.TrimSpace(text)
	if strings.HasPrefix(s, "<") && strings.Contains(s, ">") {
		negative = t.bracket
	}
	room := t.Pre + t.Multi
	for i := 0; i < len(s); i++ {
		switch c := s[i]; {
		case c == '-':
			negative = true
		case c == '.' && t.decimal && !point:
			point = true
		case c == '.':
			if !t.decimal && t.Post == 0 {
				i = len(s)
			}
		case c >= '0' && c <= '9' && point:
			if part.Len() < t.Post {
				part.WriteByte(c)
			}
		case c >= '0' && c <= '9':
			if whole.Len() < room {
				whole.WriteByte(c)
			}
		}
	}
	out := whole.String()
	if out == "" && part.Len() == 0 {
		return "", errs.New("22P02", "invalid input syntax for type numeric: \"%s\"", " ")
	}
	if out == "" {
		out = "0"
	}
	if part.Len() > 0 {
		out += "." + part.String()
	}
	if negative {
		out = "-" + out
	}
	return out, nil
}
