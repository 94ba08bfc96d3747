package jsonpath

import (
	"errors"
	"strings"
	"time"

	"github.com/basement-project/basement/internal/errs"
	"github.com/basement-project/basement/internal/sql/types/float"
	"github.com/basement-project/basement/internal/sql/types/jsonval"
	"github.com/basement-project/basement/internal/sql/types/numeric"
	"github.com/basement-project/basement/internal/sql/types/regex"
)

// failure is an error that silence and predicates swallow; others end the query whatever happens.
type failure struct{ err *errs.Error }

func (f failure) Error() string { return f.err.Error() }

func fail(code, format string, args ...any) error { return failure{errs.New(code, format, args...)} }

// errEnough ends a search whose first result is enough.
var errEnough = errors.New("enough")

type truth uint8

const (
	no truth = iota
	yes
	unknown
)

// Options are what a query takes beside the value.
type Options struct {
	// Vars is the object of the path's variables, nil for none.
	Vars *jsonval.Value
	// Silent hides errors of structure and arithmetic: results end where they happen.
	Silent bool
	// Location is the session's time zone, nil for UTC, and Now its time. UseZone lets moments with and without a zone be compared.
	Location *time.Location
	Now      time.Time
	UseZone  bool
	// Regex gives the compiled patterns of like_regex with the flags PostgreSQL's functions take; nil compiles each anew.
	Regex func(pattern, flags string) (*regex.Regex, error)
}

type run struct {
	path *Path
	Options
	root   *jsonval.Value
	at     *jsonval.Value // @
	size   int            // of the innermost array, for last
	ignore bool           // structural errors are none
	lazy   bool           // only whether there is a result matters
	steps  int
}

// maxSteps bounds the work of one query.
const maxSteps = 50_000_000

type emit func(v *jsonval.Value) error

// start runs a path, giving each result to found.
func (p *Path) start(v *jsonval.Value, o Options, lazy bool, found emit) error {
	if o.Vars != nil && o.Vars.Kind != jsonval.Object {
		return errs.New("22023", "\"vars\" argument is not an object").
			WithDetail("Jsonpath parameters should be encoded as key-value pairs of \"vars\" object.")
	}
	r := &run{path: p, Options: o, root: v, at: v, size: -1, ignore: !p.strict, lazy: lazy && !p.strict}
	return r.item(p.expr, v, !p.strict, found)
}

// settle turns a swallowed error into null when silent, and into itself when not.
func settle(err error, silent bool) (null bool, out error) {
	var f failure
	if errors.As(err, &f) {
		if silent {
			return true, nil
		}
		return false, f.err
	}
	return false, err
}

// Query is jsonb_path_query: it gives each result to found, in order.
func (p *Path) Query(v *jsonval.Value, o Options, found func(*jsonval.Value) error) error {
	_, err := settle(p.start(v, o, false, found), o.Silent)
	return err
}

// Exists is jsonb_path_exists; null says that the answer is NULL.
func (p *Path) Exists(v *jsonval.Value, o Options) (found, null bool, err error) {
	err = p.start(v, o, true, func(*jsonval.Value) error {
		found = true
		if p.strict {
			// In strict mode any error counts.
			return nil
		}
		return errEnough
	})
	if err == errEnough {
		return true, false, nil
	}
	null, err = settle(err, o.Silent)
	return found && !null && err == nil, null, err
}

// Match is jsonb_path_match; null says that the answer is NULL.
func (p *Path) Match(v *jsonval.Value, o Options) (result, null bool, err error) {
	var list []jsonval.Value
	err = p.Query(v, o, func(v *jsonval.Value) error {
		list = append(list, *v)
		return nil
	})
	if err != nil {
		return false, false, err
	}
	if len(list) == 1 {
		switch list[0].Kind {
		case jsonval.Bool:
			return list[0].Bool, false, nil
		case jsonval.Null:
			return false, true, nil
		}
	}
	if o.Silent {
		return false, true, nil
	}
	return false, false, errs.New("22038", "single boolean result is expected")
}

// then goes on with what follows a node.
func (r *run) then(n *node, v *jsonval.Value, found emit) error {
	if n.next == nil {
		return found(v)
	}
	return r.item(n.next, v, !r.path.strict, found)
}

func (r *run) elements(n *node, v *jsonval.Value, found emit) error {
	for i := range v.Items {
		if err := r.item(n, &v.Items[i], false, found); err != nil {
			return err
		}
	}
	return nil
}

// item runs a node on a value; unwrap lets it look into an array's elements.
func (r *run) item(n *node, v *jsonval.Value, unwrap bool, found emit) error {
	if r.steps++; r.steps > maxSteps {
		return errs.New("54000", "jsonpath query takes too long")
	}
	if n.kind >= compare {
		t, err := r.truth(n, v)
		if err != nil {
			return err
		}
		if t == unknown {
			return r.then(n, &jsonval.Value{}, found)
		}
		return r.then(n, &jsonval.Value{Kind: jsonval.Bool, Bool: t == yes}, found)
	}
	switch n.kind {
	case literal:
		return r.then(n, &n.value, found)
	case variable:
		if r.Vars != nil {
			if got := r.Vars.Field(n.text); got != nil {
				return r.then(n, got, found)
			}
		}
		return errs.New("42704", "could not find jsonpath variable \"%s\"", n.text)
	case root:
		return r.then(n, r.root, found)
	case current:
		return r.then(n, r.at, found)
	case last:
		return r.then(n, numberValue(numeric.FromInt(int64(r.size-1))), found)
	case member:
		return r.member(n, v, unwrap, found)
	case anyMember:
		switch {
		case v.Kind == jsonval.Object:
			for i := range v.Items {
				if err := r.then(n, &v.Items[i], found); err != nil {
					return err
				}
			}
			return nil
		case unwrap && v.Kind == jsonval.Array:
			return r.elements(n, v, found)
		case !r.ignore:
			return fail("2203C", "jsonpath wildcard member accessor can only be applied to an object")
		}
		return nil
	case anyElement:
		switch {
		case v.Kind == jsonval.Array:
			for i := range v.Items {
				if err := r.then(n, &v.Items[i], found); err != nil {
					return err
				}
			}
			return nil
		case !r.path.strict:
			return r.then(n, v, found)
		case !r.ignore:
			return fail("22039", "jsonpath wildcard array accessor can only be applied to an array")
		}
		return nil
	case subscript:
		return r.subscript(n, v, found)
	case descend:
		saved := r.ignore
		r.ignore = true
		defer func() { r.ignore = saved }()
		return r.descend(n, v, 0, found)
	case filter:
		if unwrap && v.Kind == jsonval.Array {
			return r.elements(n, v, found)
		}
		saved := r.at
		r.at = v
		t, err := r.truth(n.left, v)
		r.at = saved
		if err != nil || t != yes {
			return err
		}
		return r.then(n, v, found)
	case method:
		return r.method(n, v, unwrap, found)
	case arith:
		return r.arith(n, v, found)
	}
	return r.sign(n, v, found)
}

func (r *run) member(n *node, v *jsonval.Value, unwrap bool, found emit) error {
	switch {
	case v.Kind == jsonval.Object:
		if got := v.Field(n.text); got != nil {
			return r.then(n, got, found)
		}
		if !r.ignore {
			return fail("2203A", "JSON object does not contain key \"%s\"", n.text)
		}
	case unwrap && v.Kind == jsonval.Array:
		return r.elements(n, v, found)
	case !r.ignore:
		return fail("2203A", "jsonpath member accessor can only be applied to an object")
	}
	return nil
}

func (r *run) descend(n *node, v *jsonval.Value, level uint32, found emit) error {
	if level >= n.from && level <= n.to || n.from == unlimited && level > 0 && v.Kind < jsonval.Array {
		if err := r.then(n, v, found); err != nil {
			return err
		}
	}
	if v.Kind < jsonval.Array || level >= n.to {
		return nil
	}
	for i := range v.Items {
		if err := r.descend(n, &v.Items[i], level+1, found); err != nil {
			return err
		}
	}
	return nil
}

func (r *run) subscript(n *node, v *jsonval.Value, found emit) error {
	list := v.Items
	if v.Kind != jsonval.Array {
		if r.path.strict {
			if r.ignore {
				return nil
			}
			return fail("22039", "jsonpath array accessor can only be applied to an array")
		}
		list = []jsonval.Value{*v}
	}
	saved := r.size
	r.size = len(list)
	defer func() { r.size = saved }()
	for _, s := range n.subs {
		from, err := r.position(s.from, v)
		if err != nil {
			return err
		}
		to := from
		if s.to != nil {
			if to, err = r.position(s.to, v); err != nil {
				return err
			}
		}
		if !r.ignore && (from < 0 || from > to || to >= int64(len(list))) {
			return fail("22033", "jsonpath array subscript is out of bounds")
		}
		for i := max(from, 0); i <= min(to, int64(len(list)-1)); i++ {
			r.size = saved
			err := r.then(n, &list[i], found)
			r.size = len(list)
			if err != nil {
				return err
			}
		}
	}
	return nil
}

func (r *run) position(n *node, v *jsonval.Value) (int64, error) {
	list, err := r.collect(n, v, false)
	if err != nil {
		return 0, err
	}
	if len(list) != 1 || list[0].Kind != jsonval.Number {
		return 0, fail("22033", "jsonpath array subscript is not a single numeric value")
	}
	num, err := numeric.Parse(list[0].Text)
	if err != nil {
		return 0, err
	}
	i, ok := num.Trunc(0).ToInt()
	if !ok || i > 1<<31-1 || i < -1<<31 {
		return 0, fail("22033", "jsonpath array subscript is out of integer range")
	}
	return i, nil
}

// collect runs an expression and gives all results, with arrays unwrapped when asked to in lax mode.
func (r *run) collect(n *node, v *jsonval.Value, unwrap bool) ([]jsonval.Value, error) {
	var out []jsonval.Value
	saved := r.lazy
	r.lazy = false
	defer func() { r.lazy = saved }()
	err := r.item(n, v, !r.path.strict, func(v *jsonval.Value) error {
		if unwrap && !r.path.strict && v.Kind == jsonval.Array {
			out = append(out, v.Items...)
		} else {
			out = append(out, *v)
		}
		return nil
	})
	return out, err
}

func numberValue(n numeric.Num) *jsonval.Value {
	return &jsonval.Value{Kind: jsonval.Number, Text: n.String()}
}

func (r *run) arith(n *node, v *jsonval.Value, found emit) error {
	var nums [2]numeric.Num
	for i, operand := range []*node{n.left, n.right} {
		list, err := r.collect(operand, v, true)
		if err != nil {
			return err
		}
		if len(list) != 1 || list[0].Kind != jsonval.Number {
			side := [...]string{"left", "right"}[i]
			return fail("22038", "%s operand of jsonpath operator %s is not a single numeric value", side, n.text)
		}
		if nums[i], err = numeric.Parse(list[0].Text); err != nil {
			return err
		}
	}
	f := map[string]func(a, b numeric.Num) (numeric.Num, error){"+": numeric.Add, "-": numeric.Sub, "*": numeric.Mul, "/": numeric.Div, "%": numeric.Mod}[n.text]
	result, err := f(nums[0], nums[1])
	if err != nil {
		if e := errs.Of(err); e != nil {
			return failure{e}
		}
		return err
	}
	return r.then(n, numberValue(result), found)
}

func (r *run) sign(n *node, v *jsonval.Value, found emit) error {
	list, err := r.collect(n.left, v, true)
	if err != nil {
		return err
	}
	for i := range list {
		if list[i].Kind != jsonval.Number {
			if r.lazy && n.next == nil {
				continue
			}
			return fail("2203B", "operand of unary jsonpath operator %s is not a numeric value", n.text)
		}
		out := &list[i]
		if n.text == "-" {
			num, err := numeric.Parse(out.Text)
			if err != nil {
				return err
			}
			out = numberValue(num.Neg())
		}
		if err := r.then(n, out, found); err != nil {
			return err
		}
	}
	return nil
}

func (r *run) method(n *node, v *jsonval.Value, unwrap bool, found emit) error {
	switch n.text {
	case "type":
		typ := v.TypeOf()
		if m, ok := momentOf(v); ok {
			typ = m.typ
		}
		return r.then(n, &jsonval.Value{Kind: jsonval.String, Text: typ}, found)
	case "size":
		size := 1
		if v.Kind == jsonval.Array {
			size = len(v.Items)
		} else if r.path.strict {
			if r.ignore {
				return nil
			}
			return fail("22039", "jsonpath item method .size() can only be applied to an array")
		}
		return r.then(n, numberValue(numeric.FromInt(int64(size))), found)
	}
	if unwrap && v.Kind == jsonval.Array {
		return r.elements(n, v, found)
	}
	switch n.text {
	case "keyvalue":
		if v.Kind != jsonval.Object {
			return fail("2203C", "jsonpath item method .keyvalue() can only be applied to an object")
		}
		if v != r.root {
			return errs.Unsupported("jsonpath's .keyvalue() of an inner object", "")
		}
		for i := range v.Items {
			pair := jsonval.NewObject([]string{"key", "value", "id"}, []jsonval.Value{{Kind: jsonval.String, Text: v.Keys[i]}, v.Items[i], {Kind: jsonval.Number, Text: "0"}})
			if err := r.then(n, &pair, found); err != nil {
				return err
			}
		}
		return nil
	case "double":
		return r.double(n, v, found)
	case "datetime":
		return r.datetime(n, v, found)
	}
	if v.Kind != jsonval.Number {
		return fail("22036", "jsonpath item method .%s() can only be applied to a numeric value", n.text)
	}
	num, err := numeric.Parse(v.Text)
	if err != nil {
		return err
	}
	switch n.text {
	case "abs":
		num = num.Abs()
	case "floor":
		num = num.Floor()
	case "ceiling":
		num = num.Ceil()
	}
	return r.then(n, numberValue(num), found)
}

func (r *run) double(n *node, v *jsonval.Value, found emit) error {
	switch v.Kind {
	case jsonval.Number:
		if _, err := float.Parse(v.Text, 64); err != nil {
			return fail("22036", "numeric argument of jsonpath item method .double() is out of range for type double precision")
		}
		return r.then(n, v, found)
	case jsonval.String:
		f, err := float.Parse(strings.TrimSpace(v.Text), 64)
		if err != nil || f != f || f-f != 0 {
			return fail("22036", "string argument of jsonpath item method .double() is not a valid representation of a double precision number")
		}
		return r.then(n, numberValue(numeric.FromFloat(f, 64)), found)
	}
	return fail("22036", "jsonpath item method .double() can only be applied to a string or numeric value")
}
