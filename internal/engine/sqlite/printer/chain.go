package printer

import "strings"

// chainLength is how many conditions stand in one row: SQLite's parser makes a row of n a tree of depth n, and bounds
// the depth.
const chainLength = 100

// chain joins conditions with AND or OR. A long row is divided, so that the tree stays shallow.
func chain(conds []string, op string) string {
	for len(conds) > chainLength {
		var groups []string
		for rest := conds; len(rest) > 0; {
			n := min(chainLength, len(rest))
			groups = append(groups, "("+strings.Join(rest[:n], op)+")")
			rest = rest[n:]
		}
		conds = groups
	}
	return strings.Join(conds, op)
}
