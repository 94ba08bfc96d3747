package builtin

import (
	"strings"

	"github.com/basement-project/basement/internal/errs"
	"github.com/basement-project/basement/internal/sql/types"
	"github.com/basement-project/basement/internal/sql/types/regex"
)

// regexTable declares the regular expression operators and functions.
func regexTable() []entry {
	var list []entry
	match := func(flags string, not bool) Func {
		return func(c *Call) (types.Datum, error) {
			re, err := c.host.regex(c.Args[1].S, flags)
			if err != nil {
				return types.Datum{}, err
			}
			ok, err := re.Match(c.Args[0].S)
			return types.Bool(ok != not), err
		}
	}
	for _, t := range []string{"text", "name", "bpchar"} {
		args := "(" + t + ",text)"
		list = append(list,
			entry{sig: t + "regexeq" + args, fn: match("", false)}, entry{sig: t + "regexne" + args, fn: match("", true)},
			entry{sig: t + "icregexeq" + args, fn: match("i", false)}, entry{sig: t + "icregexne" + args, fn: match("i", true)})
	}
	add := func(fn Func, sigs ...string) {
		for _, s := range sigs {
			list = append(list, entry{sig: s, fn: fn})
		}
	}
	add(regexpReplace, "regexp_replace(text,text,text)", "regexp_replace(text,text,text,text)", "regexp_replace(text,text,text,int4)",
		"regexp_replace(text,text,text,int4,int4)", "regexp_replace(text,text,text,int4,int4,text)")
	add(regexpMatch, "regexp_match(text,text)", "regexp_match(text,text,text)")
	add(regexpSubstring, "substring(text,text)")
	add(func(c *Call) (types.Datum, error) {
		p, err := similarEscape(c.Args[1], c.Args[2])
		if err != nil {
			return types.Datum{}, err
		}
		c.Args[1] = p
		return regexpSubstring(c)
	}, "substring(text,text,text)")
	add(regexpLike, "regexp_like(text,text)", "regexp_like(text,text,text)")
	add(regexpCount, "regexp_count(text,text)", "regexp_count(text,text,int4)", "regexp_count(text,text,int4,text)")
	add(regexpSubstr, "regexp_substr(text,text)", "regexp_substr(text,text,int4)", "regexp_substr(text,text,int4,int4)",
		"regexp_substr(text,text,int4,int4,text)", "regexp_substr(text,text,int4,int4,text,int4)")
	add(regexpInstr, "regexp_instr(text,text)", "regexp_instr(text,text,int4)", "regexp_instr(text,text,int4,int4)",
		"regexp_instr(text,text,int4,int4,int4)", "regexp_instr(text,text,int4,int4,int4,text)", "regexp_instr(text,text,int4,int4,int4,text,int4)")
	add(func(c *Call) (types.Datum, error) {
		parts, err := regexpSplit(c, "regexp_split_to_array()")
		if err != nil {
			return types.Datum{}, err
		}
		return textArray(parts), nil
	}, "regexp_split_to_array(text,text)", "regexp_split_to_array(text,text,text)")
	for _, s := range []string{"regexp_split_to_table(text,text)", "regexp_split_to_table(text,text,text)"} {
		list = append(list, entry{sig: s, set: func(c *Call, yield func([]types.Datum) bool) error {
			parts, err := regexpSplit(c, "regexp_split_to_table()")
			for _, p := range parts {
				if err != nil || !yield([]types.Datum{p}) {
					break
				}
			}
			return err
		}})
	}
	for _, s := range []string{"regexp_matches(text,text)", "regexp_matches(text,text,text)"} {
		list = append(list, entry{sig: s, set: regexpMatches})
	}
	return list
}

// regexKey is a compiled pattern's key.
type regexKey struct{ pattern, flags string }

const maxRegexes = 500

// regex gives a compiled pattern; flags are the letters PostgreSQL's functions take.
func (h *host) regex(pattern, flags string) (*regex.Regex, error) {
	if re := h.regexes[regexKey{pattern, flags}]; re != nil {
		return re, nil
	}
	f, _, err := regex.ParseFlags(flags)
	if err != nil {
		return nil, err
	}
	re, err := regex.Compile(pattern, f)
	if err != nil {
		return nil, err
	}
	if len(h.regexes) >= maxRegexes {
		clear(h.regexes)
	}
	h.regexes[regexKey{strings.Clone(pattern), strings.Clone(flags)}] = re
	return re, nil
}

// finder goes through the matches of a pattern in a text.
type finder struct {
	re   *regex.Regex
	text *regex.Text
	from int // where the next search begins
	at   []int
	err  error
}

// next looks for the next match: its places are in at.
func (f *finder) next() bool {
	if f.from > f.text.Len() {
		return false
	}
	f.at, f.err = f.re.Find(f.text, f.from)
	if f.at == nil {
		return false
	}
	f.from = f.at[1]
	if f.at[0] == f.at[1] {
		f.from++
	}
	return true
}

// find begins a search of the second argument in the first. name is the function's when it does not take g.
func (c *Call) find(flags, name string, start int64) (*finder, bool, error) {
	_, global, err := regex.ParseFlags(flags)
	if err != nil {
		return nil, false, err
	}
	if global && name != "" {
		e := errs.New("22023", "%s does not support the \"global\" option", name)
		if name == "regexp_match()" {
			e = e.WithHint("Use the regexp_matches function instead.")
		}
		return nil, false, e
	}
	re, err := c.host.regex(c.Args[1].S, flags)
	if err != nil {
		return nil, false, err
	}
	f := &finder{re: re, text: regex.NewText(c.Args[0].S)}
	f.from = int(min(start-1, int64(f.text.Len())+1))
	return f, global, nil
}

func badParameter(name string, value int64) error {
	return errs.New("22023", "invalid value for parameter \"%s\": %d", name, value)
}

func regexpReplace(c *Call) (types.Datum, error) {
	flags, start, nth := "", int64(1), int64(1)
	given := len(c.Args) >= 5
	switch {
	case len(c.Args) == 4 && c.Args[3].Kind == types.KindText:
		flags = c.Args[3].S
		if flags != "" && flags[0] >= '0' && flags[0] <= '9' {
			return types.Datum{}, errs.New("22023", "invalid regular expression option: \"%c\"", flags[0]).
				WithHint("If you meant to use regexp_replace() with a start parameter, cast the fourth argument to integer explicitly.")
		}
	case len(c.Args) >= 4:
		if start = c.Args[3].I; start <= 0 {
			return types.Datum{}, badParameter("start", start)
		}
		if given {
			if nth = c.Args[4].I; nth < 0 {
				return types.Datum{}, badParameter("n", nth)
			}
		}
		flags = argText(c, 5)
	}
	f, global, err := c.find(flags, "", start)
	if err != nil {
		return types.Datum{}, err
	}
	if !given && global {
		nth = 0
	}
	var b strings.Builder
	last := 0
	for n := int64(1); f.next(); n++ {
		if nth > 0 && n != nth {
			continue
		}
		b.WriteString(f.text.Slice(last, f.at[0]))
		f.expand(&b, c.Args[2].S)
		last = f.at[1]
		if nth > 0 {
			break
		}
	}
	b.WriteString(f.text.Slice(last, f.text.Len()))
	return types.Text(b.String()), f.err
}

// expand writes a replacement: \1 to \9 and \& are the groups and the whole match.
func (f *finder) expand(b *strings.Builder, with string) {
	for i := 0; i < len(with); i++ {
		if with[i] != '\\' || i+1 == len(with) {
			b.WriteByte(with[i])
			continue
		}
		i++
		g := -1
		switch c := with[i]; {
		case c >= '1' && c <= '9':
			g = int(c - '0')
		case c == '&':
			g = 0
		case c == '\\':
			b.WriteByte('\\')
			continue
		default:
			b.WriteByte('\\')
			b.WriteByte(c)
			continue
		}
		if text, ok := f.group(g); ok {
			b.WriteString(text)
		}
	}
}

// group gives the text of a group of the present match; false when it took no part.
func (f *finder) group(g int) (string, bool) {
	if 2*g+1 >= len(f.at) || f.at[2*g] < 0 {
		return "", false
	}
	return f.text.Slice(f.at[2*g], f.at[2*g+1]), true
}

// values gives a match's groups, or the whole match when the pattern has none.
func (f *finder) values() []types.Datum {
	first := 1
	if f.re.Groups() == 0 {
		first = 0
	}
	var out []types.Datum
	for g := first; 2*g < len(f.at); g++ {
		if text, ok := f.group(g); ok {
			out = append(out, types.Text(text))
		} else {
			out = append(out, types.Datum{})
		}
	}
	return out
}

func regexpMatch(c *Call) (types.Datum, error) {
	f, _, err := c.find(argText(c, 2), "regexp_match()", 1)
	if err != nil || !f.next() {
		if f != nil && f.err != nil {
			err = f.err
		}
		return types.Datum{}, err
	}
	return textArray(f.values()), nil
}

func regexpMatches(c *Call, yield func([]types.Datum) bool) error {
	f, global, err := c.find(argText(c, 2), "", 1)
	if err != nil {
		return err
	}
	for f.next() {
		if !yield([]types.Datum{textArray(f.values())}) || !global {
			break
		}
	}
	return f.err
}

func regexpSubstring(c *Call) (types.Datum, error) {
	f, _, err := c.find("", "", 1)
	if err != nil || !f.next() {
		if f != nil && f.err != nil {
			err = f.err
		}
		return types.Datum{}, err
	}
	return f.values()[0], nil
}

func regexpLike(c *Call) (types.Datum, error) {
	flags := argText(c, 2)
	if _, global, err := regex.ParseFlags(flags); err != nil {
		return types.Datum{}, err
	} else if global {
		return types.Datum{}, errs.New("22023", "regexp_like() does not support the \"global\" option")
	}
	re, err := c.host.regex(c.Args[1].S, flags)
	if err != nil {
		return types.Datum{}, err
	}
	ok, err := re.Match(c.Args[0].S)
	return types.Bool(ok), err
}

func argInt(c *Call, i int, dflt int64) int64 {
	if i < len(c.Args) {
		return c.Args[i].I
	}
	return dflt
}

func argText(c *Call, i int) string {
	if i < len(c.Args) {
		return c.Args[i].S
	}
	return ""
}

func regexpCount(c *Call) (types.Datum, error) {
	start := argInt(c, 2, 1)
	if start <= 0 {
		return types.Datum{}, badParameter("start", start)
	}
	f, _, err := c.find(argText(c, 3), "regexp_count()", start)
	if err != nil {
		return types.Datum{}, err
	}
	n := int64(0)
	for f.next() {
		n++
	}
	return types.Int(n), f.err
}

// nth goes to the nth match and gives the places of a group of it; without groups in the pattern the first group is the whole.
func (f *finder) nth(n, group int64) (from, to int, ok bool) {
	for ; n > 0; n-- {
		if !f.next() {
			return 0, 0, false
		}
	}
	if group == 1 && f.re.Groups() == 0 {
		group = 0
	}
	if 2*group+1 >= int64(len(f.at)) || f.at[2*group] < 0 {
		return 0, 0, false
	}
	return f.at[2*group], f.at[2*group+1], true
}

func regexpSubstr(c *Call) (types.Datum, error) {
	start, n, sub := argInt(c, 2, 1), argInt(c, 3, 1), argInt(c, 5, 0)
	switch {
	case start <= 0:
		return types.Datum{}, badParameter("start", start)
	case n <= 0:
		return types.Datum{}, badParameter("n", n)
	case sub < 0:
		return types.Datum{}, badParameter("subexpr", sub)
	}
	f, _, err := c.find(argText(c, 4), "regexp_substr()", start)
	if err != nil {
		return types.Datum{}, err
	}
	from, to, ok := f.nth(n, sub)
	if !ok {
		return types.Datum{}, f.err
	}
	return types.Text(f.text.Slice(from, to)), nil
}

func regexpInstr(c *Call) (types.Datum, error) {
	start, n, end, sub := argInt(c, 2, 1), argInt(c, 3, 1), argInt(c, 4, 0), argInt(c, 6, 0)
	switch {
	case start <= 0:
		return types.Datum{}, badParameter("start", start)
	case n <= 0:
		return types.Datum{}, badParameter("n", n)
	case end != 0 && end != 1:
		return types.Datum{}, badParameter("endoption", end)
	case sub < 0:
		return types.Datum{}, badParameter("subexpr", sub)
	}
	f, _, err := c.find(argText(c, 5), "regexp_instr()", start)
	if err != nil {
		return types.Datum{}, err
	}
	from, to, ok := f.nth(n, sub)
	switch {
	case !ok:
		return types.Int(0), f.err
	case end == 1:
		return types.Int(int64(to) + 1), nil
	}
	return types.Int(int64(from) + 1), nil
}

// regexpSplit cuts a text at the matches; empty matches at the ends and right after another match cut nothing.
func regexpSplit(c *Call, name string) ([]types.Datum, error) {
	f, _, err := c.find(argText(c, 2), name, 1)
	if err != nil {
		return nil, err
	}
	var out []types.Datum
	last, before := 0, 0
	for f.next() {
		if f.at[0] < f.text.Len() && f.at[1] > before {
			out = append(out, types.Text(f.text.Slice(last, f.at[0])))
			last = f.at[1]
		}
		before = f.at[1]
	}
	return append(out, types.Text(f.text.Slice(last, f.text.Len()))), f.err
}
