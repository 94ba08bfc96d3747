package textsearch

import (
	"strconv"
	"strings"
	"testing"

	"github.com/basement-project/basement/internal/sql/types/golden"
)

func TestScanGolden(t *testing.T) {
	op := golden.Op{Name: "scan", SQL: "select string_agg(tokid || ':' || token, ' | ') from ts_parse('default', $1) where tokid <> 12", Go: func(a []string) (string, bool, error) {
		var parts []string
		for _, tok := range Tokens(a[0]) {
			if tok.Kind == Blank {
				continue
			}
			parts = append(parts, strconv.Itoa(int(tok.Kind))+":"+tok.Text)
		}
		return strings.Join(parts, " | "), len(parts) > 0, nil
	}}
	texts := []string{"The quick brown fox", "quick-brown fox2 jumped http://www.example.com/foo/bar?x=1#y over", "user@example.com", "first.last@sub.example.co.uk!", "a@b", "foo@bar", "1.5 -2 +3 1e5 -1.5e-3 1.2.3 v1.2", "/usr/local/a.txt foo/bar ~/x ../y ./z", "../y", "~/x", "~user/x", "./z", "..", ".", "<b>x</b> &amp; &#65; &#x41; &foo", "naïve-approach rock-n-roll up-2-date foo-2b-c 2b-foo a1-b2", "a_b c++ 123abc abc.def www.foo.com:8080/x 3.14.", "it's o'neil été-là 2021-01-01 12:30", "x=1&y=2", "a.b.c.de a.b.c", "foo.com2 foo.com-bar foo-bar.com foo_bar.com", "http://", "http://x", "https://example.com/", "example.com/", "example.com/?q=1", "ftp://a.bc/d e", "mailto:me@x.org", "1,234.56 $5.00 50%", "c# .net node.js", "v1 v1.0.1 1.0.1-beta", "192.168.1.1 10.0.0.0/8", "foo.bar.baz/qux.html", "I.B.M. U.S.A.", "e.g. i.e.", "end. Next", "word,word;word", "--- -- - -a", "+1-555-1234", "(foo) [bar] {baz}", "\"quoted\" 'single'", "日本語 テキスト", "Привет мир-труд", "foo\nbar\tbaz", "a-b-c-d", "a--b", "-foo- foo-", "foo-bar- baz", "1-2", "1-a 1a-b", "x1 1x x1y2", "a@b.cd.ef x_y@z.com", "<a href=\"http://x.com\">link</a>", "<br/> <br /> < b > <3", "<!-- comment --> text", "<script>var x = 1;</script> after", "<!DOCTYPE html> t", "<?xml version=\"1.0\"?> t", "5e 5e3x 1e+5 1e-", "1.e5 .5 5.", "12.5.x 1.2.3.4.5", "a/b/c /a /a/ a/", "file.txt dir/file.txt", "#hashtag @mention", "http://user:pass@host.com/x", "http://localhost:3000/a", "www.a.com. www.b.com,", "x.y", "x.yz", "a1.com 1a.com", "foo.c1", "foo.1c foo.11", "100% 3/4 1/2x", "😀 smile😀face", "e\u0301te", "2b||!2b", "don't can't", "C:\\path\\file", "key:value a:b://c", "a://b", "x-1 x-1y", "été1 1été", "ß-1b", "é@x.com", "a.é b.éé.com", "-1.5.2 -x.y", "1_000 a_1", "foo@bar.com/baz", "foo.com:80 foo.com:x foo.com:80/y", "&nbsp;text&lt;b&gt;"}
	golden.Run(t, "testdata/scan.golden", "", []golden.Op{op}, golden.Cross("scan", texts))
}
