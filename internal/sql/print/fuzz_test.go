package print

import (
	"testing"

	"github.com/basement-project/basement/internal/errs"
	"github.com/basement-project/basement/internal/sql/ast"
	"github.com/basement-project/basement/internal/sql/parse"
)

// FuzzScript sees that the parser answers every text without a fault of its own, and that what it takes is printed
// as text of the same tree.
func FuzzScript(f *testing.F) {
	for _, s := range statements {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, text string) {
		script, err := parse.Script(text)
		if err != nil {
			if e := errs.Of(err); e == nil || e.Code == "XX000" {
				t.Fatalf("%v: %v", err, e.Err)
			}
			return
		}
		for _, s := range script.Statements {
			if s.Start < 0 || s.End <= s.Start || s.End > len(text) {
				t.Fatalf("statement at %d:%d", s.Start, s.End)
			}
			printed := Statement(s.Stmt)
			again, err := parse.Statement(printed)
			if err != nil {
				// What is printed may be a little longer or deeper than what was read.
				if e := errs.Of(err); e.Code == "54001" || e.Code == "54000" {
					continue
				}
				t.Fatalf("printed %s\n%v", printed, err)
			}
			if !same(s.Stmt, again) {
				t.Fatalf("printed %s\nwhich is %s", printed, Statement(again))
			}
			ast.Walk(s.Stmt, func(ast.Node) bool { return true })
		}
	})
}

func BenchmarkPrint(b *testing.B) {
	n, err := parse.Statement(`select a.id, a.name, (select coalesce(json_agg(x), '[]') from (select c.* from s.c as c where c.a_id = a.id order by c.id limit 10) x) as cs from s.a as a where a.id = $1 and a.name like $2 order by a.name desc nulls last limit 10 offset 20`)
	if err != nil {
		b.Fatal(err)
	}
	var buf []byte
	for b.Loop() {
		buf = Append(buf[:0], n)
	}
}

func BenchmarkParse(b *testing.B) {
	const sql = `select a.id, a.name, (select coalesce(json_agg(x), '[]') from (select c.* from s.c as c where c.a_id = a.id order by c.id limit 10) x) as cs from s.a as a where a.id = $1 and a.name like $2 order by a.name desc nulls last limit 10 offset 20`
	for b.Loop() {
		if _, err := parse.Statement(sql); err != nil {
			b.Fatal(err)
		}
	}
}
