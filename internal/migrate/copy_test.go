package migrate

import (
	"strings"
	"testing"

	"github.com/basement-project/basement/internal/project"
	"github.com/basement-project/basement/internal/sql/ast"
	"github.com/basement-project/basement/internal/sql/parse"
)

func TestCopyRows(t *testing.T) {
	for _, c := range []struct{ script, want string }{
		{"copy t from stdin;\n1\tone\n2\t\\N\n\\.\nselect 1;", "1,one|2,NULL"},
		{"copy t (a, b) from stdin with (format csv, header);\na,b\n1,\"x, \"\"y\"\"\"\n2,\n3,\"\"\n\\.\n", `1,x, "y"|2,NULL|3,`},
		{"COPY t FROM STDIN CSV DELIMITER '|';\na | b\n\\.\n", "a , b"},
		{"copy t from stdin;\na\\tb\tc\\\\d\n", "a\tb,c\\d"},
	} {
		s := project.ParseScript("x", c.script)
		st := s.Statements[0]
		tree, err := parse.Statement(st.Text)
		if err != nil || !st.CopiesIn {
			t.Fatalf("%q: %v %v", c.script, err, st.CopiesIn)
		}
		f, err := copyFormatOf(tree.(*ast.CopyStmt))
		if err != nil {
			t.Fatal(err)
		}
		rows, err := f.rows(st.Data)
		if err != nil {
			t.Fatal(err)
		}
		var lines []string
		for _, row := range rows {
			var values []string
			for _, v := range row {
				if v == nil {
					values = append(values, "NULL")
				} else {
					values = append(values, *v)
				}
			}
			lines = append(lines, strings.Join(values, ","))
		}
		if got := strings.Join(lines, "|"); got != c.want {
			t.Errorf("%q: got %q, want %q", c.script, got, c.want)
		}
		if strings.Contains(c.script, "select") && len(s.Statements) != 2 {
			t.Errorf("%q: %d statements", c.script, len(s.Statements))
		}
	}
}
