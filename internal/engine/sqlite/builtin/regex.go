package builtin

import (
	"regexp"
	"strings"
	"unicode/utf8"

	"github.com/basement-project/basement/internal/errs"
	"github.com/basement-project/basement/internal/sql/types"
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
			return types.Bool(re.MatchString(c.Args[0].S) != not), nil
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
		parts, err := regexpSplit(c, "regexp_split_to_array")
		if err != nil {
			return types.Datum{}, err
		}
		return textArray(parts), nil
	}, "regexp_split_to_array(text,text)", "regexp_split_to_array(text,text,text)")
	for _, s := range []string{"regexp_split_to_table(text,text)", "regexp_split_to_table(text,text,text)"} {
		list = append(list, entry{sig: s, set: func(c *Call, yield func([]types.Datum) bool) error {
			parts, err := regexpSplit(c, "regexp_split_to_table")
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

// takeGlobal splits the g out of flags.
func takeGlobal(flags string) (string, bool) {
	return strings.ReplaceAll(flags, "g", ""), strings.Contains(flags, "g")
}

func regexpReplace(c *Call) (types.Datum, error) {
	s, with := c.Args[0].S, c.Args[2].S
	flags, global, start, nth := "", false, int64(1), int64(1)
	switch {
	case len(c.Args) == 4 && c.Args[3].Kind == types.KindText:
		flags = c.Args[3].S
		if flags != "" && flags[0] >= '0' && flags[0] <= '9' {
			return types.Datum{}, errs.New("22023", "invalid regular expression option: \"%c\"", flags[0]).
				WithHint("If you meant to use regexp_replace() with a start parameter, cast the fourth argument to integer explicitly.")
		}
		flags, global = takeGlobal(flags)
	case len(c.Args) >= 4:
		start = c.Args[3].I
		if start <= 0 {
			return types.Datum{}, errs.New("22023", "invalid value for parameter \"%s\": %d", "start", start)
		}
		if len(c.Args) >= 5 {
			nth = c.Args[4].I
			if nth < 0 {
				return types.Datum{}, errs.New("22023", "invalid value for parameter \"%s\": %d", "n", nth)
			}
			global = nth == 0
		}
		if len(c.Args) >= 6 {
			var g bool
			flags, g = takeGlobal(c.Args[5].S)
			global = global || g && len(c.Args) < 5
		}
	}
	re, err := c.host.regex(c.Args[1].S, flags)
	if err != nil {
		return types.Datum{}, err
	}
	head := left(s, start-1)
	from := len(head)
	var b strings.Builder
	last, count := 0, int64(0)
	for _, m := range re.FindAllStringSubmatchIndex(s, -1) {
		if m[0] < from {
			continue
		}
		count++
		if !global && count < nth {
			continue
		}
		b.WriteString(s[last:m[0]])
		expand(&b, with, s, m)
		last = m[1]
		if !global {
			break
		}
	}
	b.WriteString(s[last:])
	return types.Text(b.String()), nil
}

// expand writes a replacement: \1 to \9 and \& are the groups and the whole match.
func expand(b *strings.Builder, with, s string, m []int) {
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
		if 2*g+1 < len(m) && m[2*g] >= 0 {
			b.WriteString(s[m[2*g]:m[2*g+1]])
		}
	}
}

// groups gives a match's groups, or the whole match when the pattern has none.
func groups(s string, m []int) []types.Datum {
	if len(m) == 2 {
		return []types.Datum{types.Text(s[m[0]:m[1]])}
	}
	var out []types.Datum
	for i := 2; i < len(m); i += 2 {
		if m[i] < 0 {
			out = append(out, types.Datum{})
		} else {
			out = append(out, types.Text(s[m[i]:m[i+1]]))
		}
	}
	return out
}

func regexpMatch(c *Call) (types.Datum, error) {
	flags := ""
	if len(c.Args) > 2 {
		flags = c.Args[2].S
		if strings.Contains(flags, "g") {
			return types.Datum{}, errs.New("22023", "regexp_match() does not support the \"global\" option").
				WithHint("Use the regexp_matches function instead.")
		}
	}
	re, err := c.host.regex(c.Args[1].S, flags)
	if err != nil {
		return types.Datum{}, err
	}
	m := re.FindStringSubmatchIndex(c.Args[0].S)
	if m == nil {
		return types.Datum{}, nil
	}
	return textArray(groups(c.Args[0].S, m)), nil
}

func regexpMatches(c *Call, yield func([]types.Datum) bool) error {
	flags, global := "", false
	if len(c.Args) > 2 {
		flags, global = takeGlobal(c.Args[2].S)
	}
	re, err := c.host.regex(c.Args[1].S, flags)
	if err != nil {
		return err
	}
	n := 1
	if global {
		n = -1
	}
	for _, m := range re.FindAllStringSubmatchIndex(c.Args[0].S, n) {
		if !yield([]types.Datum{textArray(groups(c.Args[0].S, m))}) {
			return nil
		}
	}
	return nil
}

func regexpSubstring(c *Call) (types.Datum, error) {
	re, err := c.host.regex(c.Args[1].S, "")
	if err != nil {
		return types.Datum{}, err
	}
	m := re.FindStringSubmatchIndex(c.Args[0].S)
	if m == nil {
		return types.Datum{}, nil
	}
	return groups(c.Args[0].S, m)[0], nil
}

func regexpLike(c *Call) (types.Datum, error) {
	flags := ""
	if len(c.Args) > 2 {
		flags = c.Args[2].S
		if strings.Contains(flags, "g") {
			return types.Datum{}, errs.New("22023", "regexp_like() does not support the \"global\" option")
		}
	}
	re, err := c.host.regex(c.Args[1].S, flags)
	if err != nil {
		return types.Datum{}, err
	}
	return types.Bool(re.MatchString(c.Args[0].S)), nil
}

// regexpFind gives the matches from a start position (in characters, from 1) on.
func regexpFind(c *Call, name string, start int64, flags string) ([][]int, error) {
	if start <= 0 {
		return nil, errs.New("22023", "invalid value for parameter \"start\": %d", start)
	}
	if strings.Contains(flags, "g") {
		return nil, errs.New("22023", "%s() does not support the \"global\" option", name)
	}
	re, err := c.host.regex(c.Args[1].S, flags)
	if err != nil {
		return nil, err
	}
	if start-1 > int64(utf8.RuneCountInString(c.Args[0].S)) {
		return nil, nil
	}
	from := len(left(c.Args[0].S, start-1))
	var out [][]int
	for _, m := range re.FindAllStringSubmatchIndex(c.Args[0].S, -1) {
		if m[0] >= from {
			out = append(out, m)
		}
	}
	return out, nil
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
	m, err := regexpFind(c, "regexp_count", argInt(c, 2, 1), argText(c, 3))
	return types.Int(int64(len(m))), err
}

func regexpSubstr(c *Call) (types.Datum, error) {
	n, sub := argInt(c, 3, 1), argInt(c, 5, 0)
	if start := argInt(c, 2, 1); start <= 0 {
		return types.Datum{}, errs.New("22023", "invalid value for parameter \"start\": %d", start)
	}
	if n <= 0 {
		return types.Datum{}, errs.New("22023", "invalid value for parameter \"n\": %d", n)
	}
	if sub < 0 {
		return types.Datum{}, errs.New("22023", "invalid value for parameter \"subexpr\": %d", sub)
	}
	m, err := regexpFind(c, "regexp_substr", argInt(c, 2, 1), argText(c, 4))
	if err != nil || n > int64(len(m)) || 2*sub+1 >= int64(len(m[n-1])) || m[n-1][2*sub] < 0 {
		return types.Datum{}, err
	}
	at := m[n-1]
	return types.Text(c.Args[0].S[at[2*sub]:at[2*sub+1]]), nil
}

func regexpInstr(c *Call) (types.Datum, error) {
	n, end, sub := argInt(c, 3, 1), argInt(c, 4, 0), argInt(c, 6, 0)
	switch start := argInt(c, 2, 1); {
	case start <= 0:
		return types.Datum{}, errs.New("22023", "invalid value for parameter \"start\": %d", start)
	case n <= 0:
		return types.Datum{}, errs.New("22023", "invalid value for parameter \"n\": %d", n)
	case end != 0 && end != 1:
		return types.Datum{}, errs.New("22023", "invalid value for parameter \"endoption\": %d", end)
	case sub < 0:
		return types.Datum{}, errs.New("22023", "invalid value for parameter \"subexpr\": %d", sub)
	}
	m, err := regexpFind(c, "regexp_instr", argInt(c, 2, 1), argText(c, 5))
	if err != nil || n > int64(len(m)) || 2*sub+1 >= int64(len(m[n-1])) || m[n-1][2*sub] < 0 {
		return types.Int(0), err
	}
	return types.Int(int64(utf8.RuneCountInString(c.Args[0].S[:m[n-1][2*sub+end]])) + 1), nil
}

// regexpSplit cuts a text at the matches; empty matches at the ends and right after another match cut nothing.
func regexpSplit(c *Call, name string) ([]types.Datum, error) {
	flags := argText(c, 2)
	if strings.Contains(flags, "g") {
		return nil, errs.New("22023", "%s() does not support the \"global\" option", name)
	}
	re, err := c.host.regex(c.Args[1].S, flags)
	if err != nil {
		return nil, err
	}
	return split(c.Args[0].S, re), nil
}

func split(s string, re *regexp.Regexp) []types.Datum {
	var out []types.Datum
	last := 0
	for _, m := range re.FindAllStringIndex(s, -1) {
		if m[1] == 0 || m[0] == m[1] && (m[0] >= len(s) || m[0] == last) && m[0] != 0 && m[0] >= len(s) {
			continue
		}
		if m[0] == m[1] && m[0] == last {
			continue
		}
		out = append(out, types.Text(s[last:m[0]]))
		last = m[1]
	}
	return append(out, types.Text(s[last:]))
}
