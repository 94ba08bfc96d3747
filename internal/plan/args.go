package plan

import (
	"strconv"
	"strings"

	"github.com/basement-project/basement/internal/catalog"
	"github.com/basement-project/basement/internal/errs"
	"github.com/basement-project/basement/internal/rest"
	"github.com/basement-project/basement/internal/sql/ast"
)

type argKind uint8

const (
	argValue  argKind = iota // Values[index]
	argBody                  // the body as text
	argMarked                // the body with its objects' missing members marked
	argBytes                 // the body as a bytea literal
	argLimit                 // the limit of window index
	argOffset                // the offset of window index
	argCountLimit
	argLast      // the offset of the root window's last row
	argMember    // the body's member name, as text
	argMemberRaw // the body's member name, as JSON
	argVariadic  // all URL or form arguments called name, as an array literal
	argNamed     // the last URL or form argument called name
	argForm      // the URL or form arguments as one JSON object
)

// arg tells where a parameter's value comes from.
type arg struct {
	kind  argKind
	index int
	name  string
}

// builder builds one statement of a plan and numbers its parameters.
type builder struct {
	m    *Model
	req  *rest.Request
	args []arg
	// target is the root's relation, nil when there is none.
	target *catalog.Relation
	// source is the name of the query that stands for the root's relation after a write, "" when the root is a relation.
	source string
	// root is what the root's rows come from, nil for the source or the relation.
	root ast.TableRef
	err  error
}

func (b *builder) param(a arg) *ast.ParamRef {
	for i, have := range b.args {
		if have == a {
			return ast.Param(i + 1)
		}
	}
	b.args = append(b.args, a)
	return ast.Param(len(b.args))
}

func (b *builder) fail(err error) {
	if b.err == nil {
		b.err = err
	}
}

// bind takes the parameters' values from a request of the shape the plan was made for.
func bind(args []arg, r *rest.Request, maxRows int64, marked []byte) ([]*string, error) {
	if len(args) == 0 {
		return nil, nil
	}
	out := make([]*string, len(args))
	var body map[string][]byte
	for i, a := range args {
		var s string
		switch a.kind {
		case argValue:
			out[i] = &r.Values[a.index]
			continue
		case argBody:
			s = string(r.Body.Raw)
		case argMarked:
			s = string(marked)
		case argBytes:
			s = hexLiteral(r.Body.Raw)
		case argLimit, argOffset:
			w := r.Top
			if a.index != rootWindow {
				w = r.Ranges[a.index].Range
			}
			w = w.Restrict(maxRows)
			switch {
			case a.kind == argOffset:
				s = strconv.FormatInt(w.Offset, 10)
			case w.Limit < 0:
				continue
			default:
				s = strconv.FormatInt(w.Limit, 10)
			}
		case argLast:
			w := r.Top.Restrict(maxRows)
			s = strconv.FormatInt(w.Offset+max(w.Limit, 1)-1, 10)
		case argCountLimit:
			s = strconv.FormatInt(maxRows+1, 10)
		case argMember, argMemberRaw:
			if body == nil {
				body = r.Body.JSONArgs()
				if body == nil {
					body = map[string][]byte{}
				}
			}
			v, ok := body[a.name]
			if !ok || string(v) == "null" {
				continue
			}
			s = string(v)
			if a.kind == argMember {
				s, _ = rest.ScalarText(v)
			}
		case argVariadic:
			var items []string
			for _, x := range r.Args {
				if x.Name == a.name {
					items = append(items, r.Values[x.Value])
				}
			}
			s = rest.ArrayLiteral(items)
		case argNamed:
			found := false
			for _, x := range r.Args {
				if x.Name == a.name {
					s, found = r.Values[x.Value], true
				}
			}
			if !found {
				continue
			}
		case argForm:
			s = formObject(r)
		}
		if strings.IndexByte(s, 0) >= 0 {
			return nil, errs.New("22021", "invalid byte sequence for encoding \"UTF8\": 0x00")
		}
		out[i] = &s
	}
	return out, nil
}

func hexLiteral(raw []byte) string {
	const hex = "0123456789abcdef"
	b := make([]byte, 2, 2+2*len(raw))
	b[0], b[1] = '\\', 'x'
	for _, c := range raw {
		b = append(b, hex[c>>4], hex[c&15])
	}
	return string(b)
}

func formObject(r *rest.Request) string {
	b := []byte{'{'}
	for i, a := range r.Args {
		if i > 0 {
			b = append(b, ',')
		}
		b = append(rest.AppendJSONString(b, a.Name), ':')
		b = rest.AppendJSONString(b, r.Values[a.Value])
	}
	return string(append(b, '}'))
}
