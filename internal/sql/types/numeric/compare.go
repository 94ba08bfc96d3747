package numeric

import (
	"cmp"
	"strings"
)

// Compare orders two numbers: -Infinity first, then the finite ones, Infinity, NaN.
func Compare(a, b Num) int {
	if a.form != finite || b.form != finite {
		return cmp.Compare(a.rank(), b.rank())
	}
	sa, sb := a.Sign(), b.Sign()
	if sa != sb {
		return cmp.Compare(sa, sb)
	}
	if a.scale == b.scale && a.b == nil && b.b == nil {
		return sa * cmp.Compare(a.u, b.u)
	}
	x, y, _ := align(a, b)
	return x.Cmp(y)
}

func (n Num) rank() int {
	switch n.form {
	case negInf:
		return -1
	case posInf:
		return 1
	case nan:
		return 2
	}
	return 0
}

// CompareText orders two numbers given in the output form, without reading them into numbers.
func CompareText(a, b string) int {
	ra, rb := textRank(a), textRank(b)
	if ra != 0 || rb != 0 {
		return cmp.Compare(ra, rb)
	}
	na, nb := strings.HasPrefix(a, "-"), strings.HasPrefix(b, "-")
	if na {
		a = a[1:]
	}
	if nb {
		b = b[1:]
	}
	c := compareUnsigned(a, b)
	switch {
	case na && nb:
		return -c
	case na != nb && c == 0 && isZeroText(a):
		return 0
	case na:
		return -1
	case nb:
		return 1
	}
	return c
}

func isZeroText(s string) bool { return strings.Trim(s, "0.") == "" }

func textRank(s string) int {
	if s == "" {
		return 0
	}
	switch s[0] {
	case 'N':
		return 2
	case 'I':
		return 1
	case '-':
		if len(s) > 1 && s[1] == 'I' {
			return -1
		}
	}
	return 0
}

func compareUnsigned(a, b string) int {
	ia, fa := cut(a)
	ib, fb := cut(b)
	if len(ia) != len(ib) {
		return cmp.Compare(len(ia), len(ib))
	}
	if c := strings.Compare(ia, ib); c != 0 {
		return c
	}
	n := min(len(fa), len(fb))
	if c := strings.Compare(fa[:n], fb[:n]); c != 0 {
		return c
	}
	for i := n; i < len(fa); i++ {
		if fa[i] != '0' {
			return 1
		}
	}
	for i := n; i < len(fb); i++ {
		if fb[i] != '0' {
			return -1
		}
	}
	return 0
}

// cut splits at the point and drops leading zeros.
func cut(s string) (whole, fraction string) {
	whole = s
	if i := strings.IndexByte(s, '.'); i >= 0 {
		whole, fraction = s[:i], s[i+1:]
	}
	for whole != "" && whole[0] == '0' {
		whole = whole[1:]
	}
	return whole, fraction
}
