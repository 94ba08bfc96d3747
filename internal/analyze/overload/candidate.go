package overload

import "github.com/basement-project/basement/internal/sql/types"

// match keeps the candidates whose parameters the arguments convert to implicitly.
func match[C any](r *Rules, in []*types.Type, cands []C, params func(C) []*types.Type) []C {
	var out []C
	for _, c := range cands {
		if r.CanCoerce(in, params(c)[:len(in)], types.ImplicitCast) {
			out = append(out, c)
		}
	}
	return out
}

// best keeps the candidates with the highest score.
func best[C any](cands []C, score func(C) int) []C {
	top := -1
	var out []C
	for _, c := range cands {
		switch n := score(c); {
		case n > top:
			top, out = n, []C{c}
		case n == top:
			out = append(out, c)
		}
	}
	return out
}

// choose picks one of several candidates that all accept the arguments, by PostgreSQL's rules; false when none is best.
func choose[C any](r *Rules, in []*types.Type, cands []C, params func(C) []*types.Type) (C, bool) {
	var none C
	base := make([]*types.Type, len(in))
	unknowns := 0
	for i, t := range in {
		base[i] = t
		if t.OID == types.UnknownOID {
			unknowns++
		} else {
			base[i] = t.Underlying()
		}
	}
	known := func(i int) bool { return base[i].OID != types.UnknownOID }

	cands = best(cands, func(c C) int {
		n := 0
		for i, p := range params(c)[:len(in)] {
			if known(i) && p.OID == base[i].OID {
				n++
			}
		}
		return n
	})
	if len(cands) == 1 {
		return cands[0], true
	}
	cands = best(cands, func(c C) int {
		n := 0
		for i, p := range params(c)[:len(in)] {
			if known(i) && (p.OID == base[i].OID || p.Preferred && p.Category == base[i].Category) {
				n++
			}
		}
		return n
	})
	if len(cands) == 1 {
		return cands[0], true
	}
	if unknowns == 0 {
		return none, false
	}
	if kept := byCategory(in, cands, params, known); len(kept) > 0 {
		cands = kept
		if len(cands) == 1 {
			return cands[0], true
		}
	}
	if unknowns < len(in) {
		var one *types.Type
		for i, t := range base {
			if !known(i) {
				continue
			}
			if one != nil && one.OID != t.OID {
				return none, false
			}
			one = t
		}
		all := make([]*types.Type, len(in))
		for i := range all {
			all[i] = one
		}
		if kept := match(r, all, cands, params); len(kept) == 1 {
			return kept[0], true
		}
	}
	return none, false
}

// byCategory gives the candidates that fit the category which the unknown arguments' parameters suggest; none when they
// suggest nothing.
func byCategory[C any](in []*types.Type, cands []C, params func(C) []*types.Type, known func(int) bool) []C {
	category := make([]byte, len(in))
	preferred := make([]bool, len(in))
	for i := range in {
		if known(i) {
			continue
		}
		conflict := false
		for _, c := range cands {
			p := params(c)[i]
			switch {
			case category[i] == 0:
				category[i], preferred[i] = p.Category, p.Preferred
			case p.Category == category[i]:
				preferred[i] = preferred[i] || p.Preferred
			case p.Category == 'S':
				category[i], preferred[i] = 'S', p.Preferred
			default:
				conflict = true
			}
		}
		if conflict && category[i] != 'S' {
			return nil
		}
	}
	var out []C
	for _, c := range cands {
		keep := true
		for i, p := range params(c)[:len(in)] {
			if known(i) {
				continue
			}
			if p.Category != category[i] || preferred[i] && !p.Preferred {
				keep = false
				break
			}
		}
		if keep {
			out = append(out, c)
		}
	}
	return out
}
