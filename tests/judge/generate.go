package judge

import (
	"fmt"
	"math/rand/v2"
	"strings"
)

// A Grammar writes statements. Its text is a list of rules, "name = alternative | alternative": <name> is another rule,
// [x] may be left out, {x | y} is a choice; after > or }, "+" means one to three, "*" none to two, ",+" and ",*" the
// same with commas. Everything else is written as it is; \ takes the meaning from the next sign.
type Grammar struct {
	rules map[string]*choice
	rand  *rand.Rand
}

type choice struct {
	alternatives [][]item
	used         []int
	height       int
}

type item struct {
	word     string
	rule     string
	group    *choice
	min, max int
	sep      string
}

// maxDepth is where the generator begins to take the shortest way out.
const maxDepth = 12

// ParseGrammar reads a grammar.
func ParseGrammar(text string, seed uint64) (*Grammar, error) {
	g := &Grammar{rules: map[string]*choice{}, rand: rand.New(rand.NewPCG(seed, 0))}
	var name string
	var body []string
	flush := func() error {
		if name == "" {
			return nil
		}
		p := &grammarParser{tokens: grammarTokens(strings.Join(body, " "))}
		c, err := p.choice("")
		if err != nil {
			return fmt.Errorf("rule %s: %w", name, err)
		}
		g.rules[name] = c
		return nil
	}
	for _, line := range strings.Split(text, "\n") {
		if strings.HasPrefix(line, "#") || strings.TrimSpace(line) == "" {
			continue
		}
		if line[0] != ' ' && line[0] != '\t' {
			if err := flush(); err != nil {
				return nil, err
			}
			head, rest, ok := strings.Cut(line, " = ")
			if !ok {
				return nil, fmt.Errorf("no rule: %s", line)
			}
			name, body = head, []string{rest}
			continue
		}
		body = append(body, line)
	}
	if err := flush(); err != nil {
		return nil, err
	}
	for name, c := range g.rules {
		if missing := g.missing(c); missing != "" {
			return nil, fmt.Errorf("rule %s: no rule %s", name, missing)
		}
	}
	for changed := true; changed; {
		changed = false
		for _, c := range g.rules {
			if h := g.measure(c); h != c.height {
				c.height, changed = h, true
			}
		}
	}
	return g, nil
}

func (g *Grammar) missing(c *choice) string {
	for _, alt := range c.alternatives {
		for _, it := range alt {
			if it.rule != "" && g.rules[it.rule] == nil {
				return it.rule
			}
			if it.group != nil {
				if m := g.missing(it.group); m != "" {
					return m
				}
			}
		}
	}
	return ""
}

// endless is the height of what cannot end (yet).
const endless = 1 << 20

func (g *Grammar) measure(c *choice) int {
	best := endless
	for _, alt := range c.alternatives {
		best = min(best, g.measureAlternative(alt))
	}
	return best
}

func (g *Grammar) measureAlternative(alt []item) int {
	h := 1
	for _, it := range alt {
		if it.min == 0 {
			continue
		}
		if it.rule != "" {
			if rh := g.rules[it.rule].height; rh == 0 {
				h = endless
			} else {
				h = max(h, rh+1)
			}
		}
		if it.group != nil {
			h = max(h, g.measure(it.group))
		}
	}
	return min(h, endless)
}

// Statement writes one sentence of the rule.
func (g *Grammar) Statement(rule string) string {
	var words []string
	g.expand(g.rules[rule], &words, 0)
	return strings.Join(words, " ")
}

func (g *Grammar) expand(c *choice, out *[]string, depth int) {
	if c.used == nil {
		c.used = make([]int, len(c.alternatives))
	}
	best := -1
	for _, i := range g.rand.Perm(len(c.alternatives)) {
		switch {
		case depth > maxDepth:
			if best < 0 || g.measureAlternative(c.alternatives[i]) < g.measureAlternative(c.alternatives[best]) {
				best = i
			}
		case best < 0 || c.used[i] < c.used[best]:
			best = i
		}
	}
	c.used[best]++
	for _, it := range c.alternatives[best] {
		n := it.min
		if depth <= maxDepth && it.max > it.min {
			n += g.rand.IntN(it.max - it.min + 1)
		}
		for i := range n {
			if i > 0 && it.sep != "" {
				*out = append(*out, it.sep)
			}
			switch {
			case it.rule != "":
				g.expand(g.rules[it.rule], out, depth+1)
			case it.group != nil:
				g.expand(it.group, out, depth+1)
			default:
				*out = append(*out, it.word)
			}
		}
	}
}

type grammarParser struct {
	tokens []string
	pos    int
}

func (p *grammarParser) choice(end string) (*choice, error) {
	c := &choice{alternatives: [][]item{nil}}
	for {
		if p.pos == len(p.tokens) {
			if end != "" {
				return nil, fmt.Errorf("%s is missing", end)
			}
			return c, nil
		}
		t := p.tokens[p.pos]
		p.pos++
		last := len(c.alternatives) - 1
		it := item{min: 1, max: 1}
		switch {
		case t == end:
			return c, nil
		case t == "|":
			c.alternatives = append(c.alternatives, nil)
			continue
		case t == "[":
			g, err := p.choice("]")
			if err != nil {
				return nil, err
			}
			it.group, it.min = g, 0
		case t == "{":
			g, err := p.choice("}")
			if err != nil {
				return nil, err
			}
			it.group = g
		case len(t) > 2 && t[0] == '<' && strings.HasSuffix(t, ">"):
			it.rule = t[1 : len(t)-1]
		default:
			it.word = strings.TrimPrefix(t, `\`)
		}
		if p.pos < len(p.tokens) && (it.rule != "" || it.group != nil) {
			switch p.tokens[p.pos] {
			case "+":
				it.max = 3
				p.pos++
			case "*":
				it.min, it.max = 0, 2
				p.pos++
			case ",+":
				it.max, it.sep = 3, ","
				p.pos++
			case ",*":
				it.min, it.max, it.sep = 0, 2, ","
				p.pos++
			}
		}
		c.alternatives[last] = append(c.alternatives[last], it)
	}
}

// grammarTokens cuts at blanks, and at repetition signs that follow > or }.
func grammarTokens(s string) []string {
	var out []string
	for _, f := range strings.Fields(s) {
		for _, suffix := range []string{",+", ",*", "+", "*"} {
			if rest, ok := strings.CutSuffix(f, suffix); ok && rest != "" && (strings.HasSuffix(rest, ">") || rest == "}") {
				out = append(out, rest)
				f = suffix
				break
			}
		}
		out = append(out, f)
	}
	return out
}
