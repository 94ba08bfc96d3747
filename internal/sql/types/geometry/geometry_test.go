package geometry

import (
	"testing"

	"github.com/basement-project/basement/internal/sql/types/golden"
)

func TestGolden(t *testing.T) {
	texts := []string{"1,2", "(1,2)", "( 1 , 2 )", "1", "(1,2", "((1,2))", "1,2 x", "[(1,2),(3,4)]", "(1,2),(3,4)", "((1,2),(3,4))", "1,2,3,4", "1,4,3,2", "((3,2),(1,4))", "<(1,2),3>", "((1,2),3)", "(1,2),3", "1,2,3", "<(1,2),-3>", "{1,2,3}", "(0,0),(0,4)", "{0,0,3}", "(1,1),(1,1)", "(1e400,2)", "[(1,2),(3,4))", "[]", "()", "", " [ ( 1 , 2 ) , ( 3 , 4 ) ] ", "((1,2),(3,4),(5,6))", "[(1,2)]", "(NaN,Infinity)", "(-0.5,1e20)", "(1,2,3,4)", "(1,2)(3,4)", "{1,2}", "{1,2,3", "abc", "(1,2),(3,4) x", "(((1,2),(3,4)))", "(0,0),(1,0)", "(0,1),(3,7)", "(1 2)"}
	var ops []golden.Op
	var cases []golden.Case
	for _, typ := range []string{"point", "lseg", "box", "path", "polygon", "circle", "line"} {
		ops = append(ops, golden.Op{Name: typ, SQL: "select ($1::text::" + typ + ")::text", Go: func(a []string) (string, bool, error) {
			s, err := Parse(typ, a[0])
			return s, true, err
		}})
		cases = append(cases, golden.Cross(typ, texts)...)
	}
	golden.Run(t, "testdata/geometry.golden", "", ops, cases)
}
