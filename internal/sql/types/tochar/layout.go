package tochar

import (
	"strings"

	"github.com/basement-project/basement/internal/errs"
)

// layout is the state of writing a number into a picture, key word by key word.
type layout struct {
	*picture
	out       strings.Builder
	number    string
	at        int // in number
	last      int // the last digit of the fraction worth showing, -1 when that does not matter
	sign      byte
	signDone  bool
	spaces    int // places before the number's first digit
	place     int // the digit place being written
	places    int
	inNumber  bool
	zeroStart int
	err       error
}

// write lays a number without sign out; spaces are the places it leaves empty at the left.
func (p *picture) write(number string, spaces int, sign byte) (string, error) {
	l := &layout{picture: p, number: number, last: -1, sign: sign, spaces: spaces, zeroStart: p.zeroStart}
	if l.zeroStart > 0 {
		l.zeroStart--
	}
	if p.roman {
		fill := p.fill
		*p = picture{nodes: p.nodes, roman: true, fill: fill}
		l.spaces, l.sign, l.zeroStart = 0, 0, 0
	}
	switch {
	case p.plus || p.minus:
		l.signDone = !(p.plus && !p.minus)
	default:
		if l.sign != '-' && p.fill {
			p.bracket = false
		}
		l.signDone = l.sign == '+' && p.fill && p.lsign == 0
		if p.lsign == 'a' && p.pre == p.preSign {
			p.lsign = 'z'
		}
	}
	l.places = p.post + p.pre - 1
	if p.fill && p.decimal {
		l.findLast()
	}
	if !l.signDone && l.spaces == 0 {
		l.places++
	}
	for _, n := range p.nodes {
		if n.kind != action {
			l.out.WriteString(n.text)
			continue
		}
		l.key(n.key)
	}
	// A number shorter than its picture ends the text, as the end of a C string does.
	text, _, _ := strings.Cut(l.out.String(), "\x00")
	return text, l.err
}

// findLast looks for the last digit of the fraction that is not zero, or that the picture insists on.
func (l *layout) findLast() {
	point := strings.IndexByte(l.number, '.')
	if point < 0 {
		return
	}
	l.last = point
	for i := point + 1; i < len(l.number); i++ {
		if l.number[i] != '0' {
			l.last = i
		}
	}
	if l.zeroEnd > l.spaces {
		l.last = max(l.last, min(len(l.number)-1, l.zeroEnd-l.spaces))
	}
}

func (l *layout) current() byte {
	if l.at < len(l.number) {
		return l.number[l.at]
	}
	return 0
}

func (l *layout) key(key string) {
	switch strings.ToUpper(key) {
	case "9", "0", ".", "D":
		l.digit(key)
	case ",", "G":
		switch {
		case l.inNumber:
			l.out.WriteByte(',')
		case !l.fill:
			l.out.WriteByte(' ')
		}
	case "L":
		l.out.WriteByte(' ')
	case "RN":
		text := l.number[l.at:]
		if key == "rn" {
			text = strings.ToLower(text)
		}
		if !l.fill && len(text) < 15 {
			text = strings.Repeat(" ", 15-len(text)) + text
		}
		l.out.WriteString(text)
	case "TH":
		if !l.roman && l.number[0] != '#' && l.sign != '-' && !l.decimal {
			if !isDigit(l.number[len(l.number)-1]) {
				l.err = errs.New("22P02", "\"%s\" is not a number", l.number)
				return
			}
			l.out.WriteString(ordinal(l.number, key == "TH"))
		}
	case "MI":
		l.mark('-')
	case "PL":
		l.mark('+')
	case "SG":
		l.out.WriteByte(l.sign)
	}
}

// mark writes a sign when it is the number's, or a blank in its place.
func (l *layout) mark(sign byte) {
	switch {
	case l.sign == sign:
		l.out.WriteByte(sign)
	case !l.fill:
		l.out.WriteByte(' ')
	}
}

// hidesZero says whether the zero of "0.1" is not shown: "9.9" gives " .1".
func (l *layout) hidesZero() bool {
	return !l.zero && l.at == 0 && l.current() == '0' && l.post != 0
}

func (l *layout) lastIsPoint() bool { return l.last >= 0 && l.number[l.last] == '.' }

func (l *layout) digit(key string) {
	if l.roman {
		return
	}
	l.inNumber = false
	if !l.signDone && (l.place >= l.spaces || l.zero && l.zeroStart == l.place) && (!l.hidesZero() || l.lastIsPoint()) {
		l.writeSign()
	}
	switch {
	case l.place < l.spaces && (l.zeroStart > l.place || !l.zero):
		if !l.fill {
			l.out.WriteByte(' ')
		}
	case l.zero && l.place < l.spaces && l.zeroStart <= l.place:
		l.out.WriteByte('0')
		l.inNumber = true
	default:
		l.ownDigit(key)
		if l.at < len(l.number) {
			l.at++
		}
	}
	end := l.places
	if l.spaces > 0 {
		end++
	}
	if l.decimal {
		end++
	}
	if l.last >= 0 && l.last == l.at {
		end = l.place
	}
	if l.place+1 == end {
		switch {
		case l.signDone && l.bracket:
			l.out.WriteByte(map[bool]byte{true: ' ', false: '>'}[l.sign == '+'])
		case l.lsign == 'z':
			l.out.WriteByte(l.sign)
		}
	}
	l.place++
}

func (l *layout) writeSign() {
	switch {
	case l.lsign != 0:
		if l.lsign == 'a' {
			l.out.WriteByte(l.sign)
			l.signDone = true
		}
	case l.bracket:
		l.out.WriteByte(map[bool]byte{true: ' ', false: '<'}[l.sign == '+'])
		l.signDone = true
	case l.sign == '+':
		if !l.fill {
			l.out.WriteByte(' ')
		}
		l.signDone = true
	case l.sign == '-':
		l.out.WriteByte('-')
		l.signDone = true
	}
}

// ownDigit writes the number's own next character.
func (l *layout) ownDigit(key string) {
	switch {
	case l.current() == '.':
		if !l.lastIsPoint() || l.fill {
			l.out.WriteByte('.')
		}
	case l.last >= 0 && l.at > l.last && key != "0":
	case l.hidesZero():
		if !l.fill {
			l.out.WriteByte(' ')
		} else if l.lastIsPoint() {
			l.out.WriteByte('0')
		}
	default:
		l.out.WriteByte(l.current())
		l.inNumber = true
	}
}
