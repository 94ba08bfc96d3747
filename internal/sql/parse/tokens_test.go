package parse

import (
	"fmt"
	"strings"
	"testing"
)

func TestTokens(t *testing.T) {
	got, err := Tokens(`Select "A".b := 'x''y' || $1 <= 0x1F != b'1' /* c */ .. U&"d" ;`)
	if err != nil {
		t.Fatal(err)
	}
	var b strings.Builder
	for _, k := range got {
		fmt.Fprintf(&b, "%d%v:%s ", k.Kind, k.Quoted, k.Text)
	}
	want := "1false:select 0true:A 6false:. 0false:b 6false::= 2false:x'y 6false:|| 5false:1 6false:<= 3false:31 6false:<> 4false:b1 6false:.. 0true:d 6false:; "
	if b.String() != want {
		t.Errorf("got  %s\nwant %s", b.String(), want)
	}
	if _, err := Tokens("a 'b"); err == nil {
		t.Error("no error for an open string")
	}
}
