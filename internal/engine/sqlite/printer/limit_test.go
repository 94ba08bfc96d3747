package printer_test

import (
	"strconv"
	"strings"
	"testing"
)

// Long lists of conditions must not run into SQLite's bound on the depth of expressions.
func TestManyConditions(t *testing.T) {
	d := newDB(t)
	for _, op := range []string{" or ", " and "} {
		var parts []string
		for i := range 3000 {
			parts = append(parts, "id <> "+strconv.Itoa(i+100))
		}
		if got, _ := d.run("select count(*) from people where " + strings.Join(parts, op)); got != "[6]" {
			t.Errorf("%s: %s", op, got)
		}
	}
}
