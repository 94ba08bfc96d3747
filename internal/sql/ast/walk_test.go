package ast

import (
	"bytes"
	"os"
	"testing"

	"github.com/basement-project/basement/internal/sql/ast/walkgen"
)

func TestWalkMethods(t *testing.T) {
	for name, ddl := range map[string]bool{"walk.go": false, "walk_ddl.go": true} {
		want, err := walkgen.Source(".", ddl)
		if err != nil {
			t.Fatal(err)
		}
		got, err := os.ReadFile(name)
		if err != nil {
			t.Fatal(err)
		}
		if !bytes.Equal(got, want) {
			t.Errorf("%s is out of date: go run internal/sql/ast/walkgen/run.go", name)
		}
	}
}

func TestWalkAndMap(t *testing.T) {
	sel := Select(As(Eq(Col("a"), Param(1)), "x"))
	sel.From = []TableRef{Table("s", "t", "u")}
	sel.Values = [][]Expr{{Int(1)}}
	count := 0
	Walk(sel, func(Node) bool { count++; return true })
	if count != 8 {
		t.Errorf("nodes = %d", count)
	}
	mapped := Map(sel, func(n Node) Node {
		if _, ok := n.(*ParamRef); ok {
			return Int(5)
		}
		return n
	}).(*SelectStmt)
	if c, ok := mapped.Targets[0].Value.(*AExpr).Right.(*AConst); !ok || c.Int != 5 {
		t.Errorf("mapped = %#v", mapped.Targets[0].Value)
	}
	if _, ok := sel.Targets[0].Value.(*AExpr).Right.(*ParamRef); !ok {
		t.Error("Map changed its argument")
	}
	if c := Clone(sel); c == sel || c.From[0] == sel.From[0] {
		t.Error("Clone shares nodes")
	}
}
