package textsearch

import (
	"strconv"
	"strings"

	"github.com/basement-project/basement/internal/errs"
)

// HeadlineOptions are ts_headline's options.
type HeadlineOptions struct {
	MaxWords, MinWords, ShortWord, MaxFragments int
	HighlightAll                                bool
	StartSel, StopSel, FragmentDelimiter        string
}

// ParseHeadlineOptions reads a list like "MaxWords=35, StartSel=<b>".
func ParseHeadlineOptions(text string) (HeadlineOptions, error) {
	o := HeadlineOptions{MaxWords: 35, MinWords: 15, ShortWord: 3, StartSel: "<b>", StopSel: "</b>", FragmentDelimiter: " ... "}
	list, err := parseOptions(text)
	if err != nil {
		return o, err
	}
	for _, kv := range list {
		number := func(to *int) {
			n, ok := leadingInt(kv[1])
			if !ok {
				err = errs.New("22P02", "invalid input syntax for type integer: \"%s\"", kv[1])
			}
			*to = n
		}
		switch key := strings.ToLower(kv[0]); key {
		case "maxwords":
			number(&o.MaxWords)
		case "minwords":
			number(&o.MinWords)
		case "shortword":
			number(&o.ShortWord)
		case "maxfragments":
			number(&o.MaxFragments)
		case "startsel":
			o.StartSel = kv[1]
		case "stopsel":
			o.StopSel = kv[1]
		case "fragmentdelimiter":
			o.FragmentDelimiter = kv[1]
		case "highlightall":
			switch strings.ToLower(kv[1]) {
			case "1", "on", "true", "t", "y", "yes":
				o.HighlightAll = true
			default:
				o.HighlightAll = false
			}
		default:
			return o, errs.New("22023", "unrecognized headline parameter: \"%s\"", kv[0])
		}
		if err != nil {
			return o, err
		}
	}
	if o.HighlightAll {
		return o, nil
	}
	switch {
	case o.MinWords >= o.MaxWords:
		return o, errs.New("22023", "MinWords should be less than MaxWords")
	case o.MinWords <= 0:
		return o, errs.New("22023", "MinWords should be positive")
	case o.ShortWord < 0:
		return o, errs.New("22023", "ShortWord should be >= 0")
	case o.MaxFragments < 0:
		return o, errs.New("22023", "MaxFragments should be >= 0")
	}
	return o, nil
}

func leadingInt(s string) (int, bool) {
	n, err := strconv.ParseInt(strings.TrimFunc(s, func(r rune) bool { return r == ' ' || r >= '\t' && r <= '\r' }), 10, 32)
	return int(n), err == nil
}

// parseOptions reads "key = value, ...": keys and values are words, or quoted.
func parseOptions(text string) ([][2]string, error) {
	bad := errs.New("42601", "invalid parameter list format: \"%s\"", text)
	s := text
	space := func() {
		for s != "" && (isSpace(s[0])) {
			s = s[1:]
		}
	}
	var out [][2]string
	for {
		for s != "" && (isSpace(s[0]) || s[0] == ',') {
			s = s[1:]
		}
		if s == "" {
			return out, nil
		}
		var key strings.Builder
		if s[0] == '"' {
			for s = s[1:]; ; s = s[1:] {
				if s == "" {
					return nil, bad
				}
				if s[0] == '"' {
					if len(s) < 2 || s[1] != '"' {
						s = s[1:]
						break
					}
					s = s[1:]
				}
				key.WriteByte(s[0])
			}
		} else {
			for s != "" && !isSpace(s[0]) && s[0] != '=' {
				if s[0] == ',' {
					return nil, bad
				}
				key.WriteByte(s[0])
				s = s[1:]
			}
		}
		space()
		if s == "" || s[0] != '=' {
			return nil, bad
		}
		s = s[1:]
		space()
		var value strings.Builder
		switch {
		case s == "":
			return nil, bad
		case s[0] == '\'' || s[0] == '"':
			q := s[0]
			for s = s[1:]; ; s = s[1:] {
				if s == "" {
					return nil, bad
				}
				if s[0] == q {
					if len(s) < 2 || s[1] != q {
						s = s[1:]
						break
					}
					s = s[1:]
				}
				value.WriteByte(s[0])
			}
		default:
			for s != "" && !isSpace(s[0]) && s[0] != ',' {
				value.WriteByte(s[0])
				s = s[1:]
			}
		}
		space()
		if s != "" && s[0] != ',' {
			return nil, bad
		}
		out = append(out, [2]string{key.String(), value.String()})
	}
}

// shown is a word of a document, or what is between words.
type shown struct {
	Token
	pos                         int
	item                        *Query // the word of the query it stands for
	repeated                    bool   // once more, for another word of the query
	in, selected, skip, replace bool
}

func (w *shown) interesting() bool { return w.item != nil && !w.repeated }

func compound(k Kind) bool {
	return k == URL || k == HyphenNumWord || k == HyphenASCIIWord || k == HyphenWord
}

// counts says that a token is a word to be counted.
func (w *shown) counts() bool { return w.Kind != Blank && w.Kind != Tag && !compound(w.Kind) }

type headline struct {
	HeadlineOptions
	words []shown
	query *Query
}

// Headline is ts_headline: the parts of a text that show what a query found.
func (c *Config) Headline(text string, q *Query, o HeadlineOptions) string {
	h := &headline{HeadlineOptions: o, query: q}
	items := q.words(nil)
	at := 0
	for _, t := range Tokens(text) {
		if len(t.Text) >= maxToken && t.Kind != Blank {
			continue
		}
		h.words = append(h.words, shown{Token: t})
		list, _, known := c.Lexize(t)
		if !known {
			continue
		}
		at++
		for _, lexeme := range list {
			w := len(h.words) - 1
			h.words[w].pos = min(at, maxPosition)
			for _, item := range items {
				if !item.takes(lexeme) {
					continue
				}
				if h.words[w].item != nil {
					again := h.words[w]
					again.item, again.repeated = item, true
					h.words = append(h.words, again)
				} else {
					h.words[w].item = item
				}
			}
		}
	}
	if len(h.words) > 0 {
		if o.MaxFragments == 0 {
			h.markWords()
		} else {
			h.markFragments()
		}
	}
	return h.String()
}

func (h *headline) String() string {
	var b strings.Builder
	inside := false
	fragments := 0
	for i := range h.words {
		w := &h.words[i]
		switch {
		case w.repeated:
		case !w.in:
			inside = false
		default:
			if !inside {
				inside = true
				if fragments++; fragments > 1 {
					b.WriteString(h.FragmentDelimiter)
				}
			}
			switch {
			case w.replace:
				b.WriteByte(' ')
			case w.skip:
			case w.selected:
				b.WriteString(h.StartSel + w.Text + h.StopSel)
			default:
				b.WriteString(w.Text)
			}
		}
	}
	return b.String()
}

// badEnd says that a headline should not end at a word.
func (h *headline) badEnd(i int) bool {
	w := &h.words[i]
	if w.interesting() {
		return false
	}
	switch w.Kind {
	case SFloat, Version, Float, Int, Uint, Protocol, Entity:
		return true
	}
	return !w.counts() || len(w.Text) <= h.ShortWord
}

func (h *headline) nextItem(from int) int {
	for i := from; i < len(h.words); i++ {
		if h.words[i].item != nil {
			return i
		}
	}
	return -1
}

func (h *headline) maxCover() int {
	n := max(h.MaxWords*10, 100)
	if h.MaxFragments > 0 {
		n *= h.MaxFragments
	}
	return n
}

// cover finds the first and shortest part from a word on that satisfies the query.
func (h *headline) cover(from int) (first, last int, ok bool) {
	if h.query == nil {
		return 0, 0, false
	}
	most := h.maxCover()
	for first = h.nextItem(from); first >= 0; {
		next := -1
		seen := found{}
		at := first
		for last = first; ; {
			for ; at <= last; at++ {
				if w := &h.words[at]; w.item != nil {
					seen.add(occurrence{pos: Position{At: w.pos}, words: []*Query{w.item}})
				}
			}
			if finder(seen.find).matches(h.query) {
				return first, last, true
			}
			n := h.nextItem(last + 1)
			if last == first {
				next = n
			}
			if last = n; n < 0 || n-first >= most {
				break
			}
		}
		first = next
	}
	return 0, 0, false
}

func (h *headline) mark(from, to int) {
	for i := from; i <= to && i < len(h.words); i++ {
		w := &h.words[i]
		w.selected = w.selected || w.item != nil
		switch {
		case compound(w.Kind):
			w.skip = true
		case w.Kind == Tag && !h.HighlightAll:
			w.replace = true
		}
		w.in = !w.repeated
	}
}

// start gives the end of the first words, as many as asked.
func (h *headline) start(words int) int {
	n, to := 0, 0
	for i := 0; i < len(h.words) && n < words; i++ {
		if h.words[i].counts() {
			n++
		}
		to = i
	}
	return to
}

func b2i(b bool) int {
	if b {
		return 1
	}
	return 0
}

// markWords chooses one part of the text.
func (h *headline) markWords() {
	if h.HighlightAll {
		h.mark(0, len(h.words)-1)
		return
	}
	bestFrom, bestTo, bestItems, bestWhole := -1, -1, -1, false
	for p := 0; ; p++ {
		first, last, ok := h.cover(p)
		if !ok {
			break
		}
		p = first
		words, items := 0, 0
		count := func(i, by int) {
			words += by * b2i(h.words[i].counts())
			items += by * b2i(h.words[i].interesting())
		}
		from, to := first, first
		i := first
		for ; i <= last && words < h.MaxWords; i++ {
			count(i, 1)
			to = i
		}
		if words < h.MaxWords {
			for i--; i < len(h.words) && words < h.MaxWords; i++ {
				if i > last {
					count(i, 1)
				}
				to = i
				if h.badEnd(i) {
					continue
				}
				if words >= h.MinWords {
					break
				}
			}
			if words < h.MinWords {
				for i = first - 1; i >= 0; i-- {
					count(i, 1)
					if words >= h.MaxWords {
						break
					}
					if h.badEnd(i) {
						continue
					}
					if words >= h.MinWords {
						break
					}
				}
				from = max(i, 0)
			}
		} else {
			i = min(i, last)
			for ; words > h.MinWords && h.badEnd(i); i-- {
				count(i, -1)
				to = i - 1
			}
		}
		whole := from <= first && to >= last
		if b2i(whole) > b2i(bestWhole) || whole == bestWhole && items > bestItems ||
			whole == bestWhole && items == bestItems && !h.badEnd(to) && h.badEnd(bestTo) {
			bestFrom, bestTo, bestItems, bestWhole = from, to, items, whole
		}
	}
	if bestItems < 0 {
		bestFrom, bestTo = 0, h.start(h.MinWords)
	}
	h.mark(bestFrom, bestTo)
}

type fragment struct {
	from, to, words, items int
	chosen, excluded       bool
}

// fragments cuts the covers into parts of no more than the allowed words, with words of the query at both ends.
func (h *headline) fragments() []fragment {
	var out []fragment
	for p := 0; ; p++ {
		first, last, ok := h.cover(p)
		if !ok {
			return out
		}
		p = first
		from, to := first, last
		for from <= to {
			for i := from; i <= to; i++ {
				from = i
				if h.words[i].interesting() {
					break
				}
			}
			f := fragment{}
			i := from
			for ; i <= to && f.words < h.MaxWords; i++ {
				f.words += b2i(h.words[i].counts())
				f.items += b2i(h.words[i].interesting())
			}
			if to > i {
				to = i
				for i = to; i >= from; i-- {
					to = i
					if h.words[i].interesting() {
						break
					}
					f.words -= b2i(h.words[i].counts())
				}
			}
			f.from, f.to = from, to
			out = append(out, f)
			from = to + 1
			to = last
		}
	}
}

func (h *headline) markFragments() {
	list := h.fragments()
	marked := 0
	for range h.MaxFragments {
		best := -1
		for i := range list {
			f := &list[i]
			if !f.chosen && !f.excluded && (best < 0 && f.items > 0 || best >= 0 && (f.items > list[best].items || f.items == list[best].items && f.words < list[best].words)) {
				best = i
			}
		}
		if best < 0 {
			break
		}
		f := &list[best]
		f.chosen = true
		h.stretch(f)
		h.mark(f.from, f.to)
		marked++
		for i := range list {
			o := &list[i]
			if i != best && (o.from >= f.from && o.from <= f.to || o.to >= f.from && o.to <= f.to || o.from < f.from && o.to > f.to) {
				o.excluded = true
			}
		}
	}
	if marked == 0 {
		h.mark(0, h.start(h.MinWords))
	}
}

// stretch makes a fragment longer at both sides, up to what is shown already.
func (h *headline) stretch(f *fragment) {
	if f.words >= h.MaxWords {
		return
	}
	most := (h.MaxWords - f.words) / 2
	at, n := f.from, 0
	for i := f.from - 1; i >= 0 && n < most && !h.words[i].in; i-- {
		if h.words[i].counts() {
			f.words++
			n++
		}
		at = i
	}
	for ; at < f.from && h.badEnd(at); at++ {
		f.words -= b2i(h.words[at].counts())
	}
	f.from = at
	at = f.to
	for i := f.to + 1; i < len(h.words) && f.words < h.MaxWords && !h.words[i].in; i++ {
		f.words += b2i(h.words[i].counts())
		at = i
	}
	for ; at > f.to && h.badEnd(at); at-- {
		f.words -= b2i(h.words[at].counts())
	}
	f.to = at
}
