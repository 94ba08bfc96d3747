package xmltext

import (
	"encoding/xml"
	"errors"
	"fmt"
	"io"
	"regexp"
	"strings"

	"github.com/basement-project/basement/internal/errs"
)

// maxDepth bounds the nesting of elements.
const maxDepth = 256

// Check says what is wrong with a text as XML: nil, 2200M for a document, 2200N for content, which may also be text and
// several elements.
func Check(text string, document bool) error {
	invalid := func(why string, line int) error {
		code, what := "2200N", "content"
		if document {
			code, what = "2200M", "document"
		}
		return errs.New(code, "invalid XML %s", what).WithDetail("line %d: %s", line, why)
	}
	d := xml.NewDecoder(strings.NewReader(text))
	d.CharsetReader = func(_ string, in io.Reader) (io.Reader, error) { return in, nil }
	depth, roots := 0, 0
	start := true
	for {
		t, err := d.Token()
		line, _ := d.InputPos()
		if err == io.EOF {
			if document && roots != 1 {
				return invalid("Document is empty", line)
			}
			return nil
		}
		if err != nil {
			var syntax *xml.SyntaxError
			if errors.As(err, &syntax) {
				return invalid(syntax.Msg, syntax.Line)
			}
			return invalid(err.Error(), line)
		}
		switch t := t.(type) {
		case xml.StartElement:
			if depth == 0 {
				roots++
			}
			if depth++; depth > maxDepth {
				return invalid("Excessive depth", line)
			}
			if document && roots > 1 {
				return invalid("Extra content at the end of the document", line)
			}
			seen := map[xml.Name]bool{}
			for _, a := range t.Attr {
				if seen[a.Name] {
					return invalid(fmt.Sprintf("Attribute %s redefined", a.Name.Local), line)
				}
				seen[a.Name] = true
			}
		case xml.EndElement:
			depth--
		case xml.CharData:
			if document && depth == 0 && strings.TrimSpace(string(t)) != "" {
				return invalid("Extra content at the end of the document", line)
			}
		case xml.ProcInst:
			if t.Target == "xml" && !start {
				return invalid("XML declaration allowed only at the start of the document", line)
			}
		case xml.Directive:
			// A document type belongs to a document.
			document = true
		}
		start = false
	}
}

var declaration = regexp.MustCompile(`^<\?xml\s+version\s*=\s*["']([^"']*)["']([^?]*)\?>`)
var alone = regexp.MustCompile(`standalone\s*=\s*["'](yes|no)["']`)

// Concat puts values together: their declarations become one, if they say more than version 1.0.
func Concat(list ...string) string {
	version, standalone := "", "yes"
	var body strings.Builder
	for i, s := range list {
		v, a := "", ""
		if m := declaration.FindStringSubmatch(s); m != nil {
			v = m[1]
			if x := alone.FindStringSubmatch(m[2]); x != nil {
				a = x[1]
			}
			s = s[len(m[0]):]
		}
		// A version or standalone that one of the values does not have, none has.
		if i == 0 {
			version = v
		} else if version != v {
			version = ""
		}
		switch {
		case a == "":
			standalone = ""
		case a == "no" && standalone == "yes":
			standalone = "no"
		}
		body.WriteString(s)
	}
	if version != "" && version != "1.0" || standalone != "" {
		if version == "" {
			version = "1.0"
		}
		head := `<?xml version="` + version + `"`
		if standalone != "" {
			head += ` standalone="` + standalone + `"`
		}
		return head + "?>" + body.String()
	}
	return body.String()
}

// Output is a value as it is printed: its declaration says only what is not the default.
func Output(s string) string {
	if declaration.MatchString(s) {
		return Concat(s)
	}
	return s
}
