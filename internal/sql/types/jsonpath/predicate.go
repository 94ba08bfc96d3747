package jsonpath

import (
	"errors"
	"strings"

	"github.com/basement-project/basement/internal/sql/types/jsonval"
	"github.com/basement-project/basement/internal/sql/types/regex"
)

// truth runs a predicate.
func (r *run) truth(n *node, v *jsonval.Value) (truth, error) {
	switch n.kind {
	case and, or:
		left, err := r.truth(n.left, v)
		stop := no
		if n.kind == or {
			stop = yes
		}
		if err != nil || left == stop {
			return left, err
		}
		right, err := r.truth(n.right, v)
		if err != nil || right != yes && n.kind == and || right != no && n.kind == or {
			return right, err
		}
		return left, nil
	case not:
		t, err := r.truth(n.left, v)
		switch t {
		case yes:
			return no, err
		case no:
			return yes, err
		}
		return t, err
	case isUnknown:
		t, err := r.truth(n.left, v)
		if t == unknown {
			return yes, err
		}
		return no, err
	case exists:
		found := no
		saved := r.lazy
		r.lazy = !r.path.strict
		defer func() { r.lazy = saved }()
		err := r.item(n.left, v, !r.path.strict, func(*jsonval.Value) error {
			found = yes
			if r.path.strict {
				return nil
			}
			return errEnough
		})
		if err == errEnough {
			return yes, nil
		}
		return swallow(found, err)
	}
	left, err := r.collect(n.left, v, true)
	if err != nil {
		return swallow(unknown, err)
	}
	right := []jsonval.Value{{}}
	if n.right != nil {
		if right, err = r.collect(n.right, v, n.kind == compare); err != nil {
			return swallow(unknown, err)
		}
	}
	result, bad := no, false
	for i := range left {
		for k := range right {
			t, err := r.test(n, &left[i], &right[k])
			if err != nil {
				return unknown, err
			}
			switch {
			case t == unknown && r.path.strict:
				return unknown, nil
			case t == unknown:
				bad = true
			case t == yes && !r.path.strict:
				return yes, nil
			case t == yes:
				result = yes
			}
		}
	}
	if result == no && bad {
		return unknown, nil
	}
	return result, nil
}

// swallow turns an error inside a predicate into unknown.
func swallow(t truth, err error) (truth, error) {
	var f failure
	if errors.As(err, &f) {
		return unknown, nil
	}
	return t, err
}

func (r *run) compile(n *node) (*regex.Regex, error) {
	if r.Regex == nil {
		return n.compile()
	}
	return r.Regex(n.text, n.regexFlags())
}

func boolean(b bool) truth {
	if b {
		return yes
	}
	return no
}

// test compares two values, or a value with a pattern.
func (r *run) test(n *node, a, b *jsonval.Value) (truth, error) {
	switch n.kind {
	case startsWith:
		if a.Kind != jsonval.String || b.Kind != jsonval.String {
			return unknown, nil
		}
		return boolean(strings.HasPrefix(a.Text, b.Text)), nil
	case likeRegex:
		re, err := r.compile(n)
		if a.Kind != jsonval.String || err != nil {
			return unknown, nil
		}
		ok, err := re.Match(a.Text)
		if err != nil {
			return unknown, nil
		}
		return boolean(ok), nil
	}
	if a.Kind != b.Kind {
		if a.Kind == jsonval.Null || b.Kind == jsonval.Null {
			return boolean(n.text == "!="), nil
		}
		return unknown, nil
	}
	if a.Kind >= jsonval.Array {
		return unknown, nil
	}
	var c int
	x, xm := momentOf(a)
	y, ym := momentOf(b)
	switch {
	case xm != ym:
		return unknown, nil
	case xm:
		var ok bool
		var err error
		if c, ok, err = r.order(x, y); err != nil || !ok {
			return unknown, err
		}
	default:
		c = jsonval.Compare(a, b)
	}
	switch n.text {
	case "==":
		return boolean(c == 0), nil
	case "!=":
		return boolean(c != 0), nil
	case "<":
		return boolean(c < 0), nil
	case ">":
		return boolean(c > 0), nil
	case "<=":
		return boolean(c <= 0), nil
	}
	return boolean(c >= 0), nil
}
