package rest

import (
	"net/http"
	"net/url"
	"slices"
	"sort"
	"strings"
	"unicode/utf8"

	"github.com/basement-project/basement/internal/errs"
)

// DocumentName is the path of the API's OpenAPI 3.1 document below its root.
const DocumentName = "openapi.json"

// Input is a request's bytes.
type Input struct {
	Method string
	// Path is below the API's root and still escaped; it begins with a slash.
	Path     string
	RawQuery string
	Header   http.Header
	Body     []byte
}

// Limits of one request.
const (
	maxQuery  = 1 << 20
	maxValues = 20000
)

// Parse reads a request. Errors are *errs.Error with codes PGRST1xx.
func Parse(in Input, cfg *Config) (*Request, error) {
	r := &Request{Method: in.Method, Path: in.Path, Top: AllRows, rawQuery: in.RawQuery}
	if err := r.resource(in.Path, cfg); err != nil {
		return nil, err
	}
	if err := r.profile(in.Header, cfg); err != nil {
		return nil, err
	}
	if err := r.action(); err != nil {
		return nil, err
	}
	r.Prefer = ParsePreferences(in.Header, cfg.TxOverride)
	r.Accept = parseAccept(strings.Join(in.Header["Accept"], ","))
	r.ContentType = MediaType{Kind: MediaJSON}
	if s := in.Header.Get("Content-Type"); s != "" {
		r.ContentType = ParseMediaType(s)
	}
	if len(in.RawQuery) > maxQuery {
		return nil, &errs.Error{Code: "54000", Message: "the query string is too long", Status: http.StatusRequestURITooLong}
	}
	params := splitQuery(in.RawQuery)
	for _, p := range params {
		if !utf8.ValidString(p.key) || !utf8.ValidString(p.value) {
			return nil, badEncoding()
		}
		if strings.IndexByte(p.key, 0) >= 0 || strings.IndexByte(p.value, 0) >= 0 {
			return nil, badEncoding().WithDetail("The request contains a NUL character.")
		}
	}
	if r.Action == RelationInfo || r.Action == SchemaInfo {
		return r, nil
	}
	var sh shape
	r.beginShape(&sh)
	if r.Action == ReadRelation {
		r.Canonical = canonical(params)
	} else {
		r.Prefer.Keyset = false
	}
	if r.Prefer.Keyset {
		var err error
		if params, err = r.takeCursor(params, &sh); err != nil {
			return nil, err
		}
	}
	if err := r.query(params, in.Header, &sh); err != nil {
		return nil, err
	}
	if err := r.readBody(in.Body); err != nil {
		return nil, err
	}
	if len(r.Values) > maxValues {
		return nil, errs.New("54000", "the request has too many values")
	}
	r.endShape(&sh)
	return r, nil
}

func (r *Request) resource(path string, cfg *Config) error {
	segments := strings.Split(strings.TrimPrefix(path, "/"), "/")
	for i, s := range segments {
		if d, err := url.PathUnescape(s); err == nil {
			segments[i] = d
		}
		if !utf8.ValidString(segments[i]) || strings.IndexByte(segments[i], 0) >= 0 {
			return badEncoding()
		}
	}
	switch {
	case len(segments) == 1 && (segments[0] == "" || segments[0] == DocumentName):
		r.Action, r.Document = ReadSchema, segments[0] != ""
		if cfg.OpenAPI == OpenAPIDisabled {
			return errs.New("PGRST126", "Root endpoint metadata is disabled")
		}
		if cfg.RootSpec.Name != "" && !r.Document {
			r.Action, r.Name = Call, cfg.RootSpec.Name
		}
	case len(segments) == 1:
		r.Action, r.Name = ReadRelation, segments[0]
	case len(segments) == 2 && segments[0] == "rpc":
		r.Action, r.Name = Call, segments[1]
	default:
		return errs.New("PGRST125", "Invalid path specified in request URL")
	}
	return nil
}

func (r *Request) profile(header http.Header, cfg *Config) error {
	name := "Accept-Profile"
	switch r.Method {
	case "POST", "PATCH", "PUT", "DELETE":
		name = "Content-Profile"
	}
	values := header[name]
	if len(values) == 0 {
		r.Schema, r.ByProfile = cfg.Schemas[0], len(cfg.Schemas) > 1
		return nil
	}
	if !slices.Contains(cfg.Schemas, values[0]) {
		return errs.New("PGRST106", "Invalid schema: %s", values[0]).
			WithHint("%s", "Only the following schemas are exposed: "+strings.Join(cfg.Schemas, ", "))
	}
	r.Schema, r.ByProfile = values[0], true
	return nil
}

func (r *Request) action() error {
	unsupported := errs.New("PGRST117", "Unsupported HTTP method: %s", r.Method)
	r.HeadOnly = r.Method == "HEAD"
	switch r.Action {
	case Call:
		switch r.Method {
		case "GET", "HEAD", "POST":
		case "OPTIONS":
			r.Action = CallInfo
		default:
			return errs.New("PGRST101", "Cannot use the %s method on RPC", r.Method)
		}
	case ReadSchema:
		switch r.Method {
		case "GET", "HEAD":
		case "OPTIONS":
			r.Action = SchemaInfo
		default:
			return unsupported
		}
	default:
		switch r.Method {
		case "GET", "HEAD":
		case "POST":
			r.Action = Insert
		case "PUT":
			r.Action = Upsert
		case "PATCH":
			r.Action = Update
		case "DELETE":
			r.Action = Delete
		case "OPTIONS":
			r.Action = RelationInfo
		default:
			return unsupported
		}
	}
	return nil
}

func (r *Request) literal(s string) int {
	r.Values = append(r.Values, s)
	return len(r.Values) - 1
}

func lastWord(key string) string {
	if i := strings.LastIndexByte(key, '.'); i >= 0 {
		return key[i+1:]
	}
	return key
}

// query reads the parameters, in the order in which the dialect reports their faults.
func (r *Request) query(params []parameter, header http.Header, sh *shape) error {
	var order, logic, windows, filters []parameter
	var sel, columns, onConflict *parameter
	once := func(at **parameter, p *parameter) {
		if *at == nil {
			*at = p
		}
	}
	for i := range params {
		p := &params[i]
		switch p.key {
		case "select":
			once(&sel, p)
			continue
		case "columns":
			once(&columns, p)
			continue
		case "on_conflict":
			once(&onConflict, p)
			continue
		}
		if !p.hasValue {
			continue
		}
		switch lastWord(p.key) {
		case "order":
			order = append(order, *p)
		case "and", "or":
			logic = append(logic, *p)
		case "limit", "offset":
			windows = append(windows, *p)
		default:
			filters = append(filters, *p)
		}
	}
	for _, p := range order {
		if err := r.orderParam(p); err != nil {
			return err
		}
		sh.add('o', p.key, p.value)
	}
	for _, p := range logic {
		if err := r.logicParam(p, sh); err != nil {
			return err
		}
	}
	if columns != nil && columns.hasValue {
		if err := parseColumns(columns.value, "columns", &r.Columns); err != nil {
			return err
		}
		r.HasColumns = true
		sh.add('c', columns.value)
	}
	text := "*"
	if sel != nil && sel.hasValue {
		text = sel.value
	}
	if err := r.selectParam(text); err != nil {
		return err
	}
	sh.add('s', text)
	for _, p := range filters {
		if err := r.filterParam(p, sh); err != nil {
			return err
		}
	}
	if onConflict != nil && onConflict.hasValue {
		if err := parseColumns(onConflict.value, "on_conflict", &r.OnConflict); err != nil {
			return err
		}
		r.HasOnConflict = true
		sh.add('k', onConflict.value)
	}
	return r.windows(windows, header, sh)
}

func (p *parser) failure(name string, e reply) *errs.Error {
	if p.tooDeep {
		return parseError("\""+name+"\"", "nested more than 100 levels deep")
	}
	return parseError(p.errorTexts(name, e.err))
}

func (r *Request) selectParam(text string) error {
	if fastSelect(text, &r.Select) {
		return nil
	}
	p := &parser{in: text}
	if rep := p.selectList(&r.Select); !rep.ok {
		return p.failure("failed to parse select parameter ("+text+")", rep)
	}
	return nil
}

func parseColumns(text, name string, out *[]string) error {
	p := &parser{in: text}
	if rep := p.columnList(out); !rep.ok {
		return p.failure("failed to parse "+name+" parameter ("+text+")", rep)
	}
	return nil
}

func (r *Request) treePath(key string) ([]string, Field, error) {
	if plainName(key) {
		return nil, Field{Name: key}, nil
	}
	var path []string
	var f Field
	p := &parser{in: key}
	if rep := p.treePath(&path, &f); !rep.ok {
		return nil, f, p.failure("failed to parse tree path ("+key+")", rep)
	}
	return path, f, nil
}

func (r *Request) orderParam(in parameter) error {
	path, _, err := r.treePath(in.key)
	if err != nil {
		return err
	}
	var terms []OrderTerm
	if !fastOrder(in.value, &terms) {
		p := &parser{in: in.value}
		if rep := p.orderList(&terms); !rep.ok {
			return p.failure("failed to parse order ("+in.value+")", rep)
		}
	}
	r.Order = append(r.Order, PathOrder{path, terms})
	return nil
}

func (r *Request) filterParam(in parameter, sh *shape) error {
	// The value's fault is reported after the key's.
	path, field, err := r.treePath(in.key)
	if err != nil {
		return err
	}
	var o operand
	if !fastOperand(in.value, &o) {
		p := &parser{in: in.value}
		if rep := p.opExpr(&o, p.rest); !rep.ok {
			if (r.Action == Call || r.Action == CallInfo) && r.Method != "POST" && !rep.consumed {
				r.Args = append(r.Args, Arg{field.Name, r.literal(in.value)})
				r.FilterKeys = append(r.FilterKeys, in.key)
				sh.add('a', in.key)
				return nil
			}
			return p.failure("failed to parse filter ("+in.value+")", rep)
		}
	}
	o.Field = field
	r.Filters = append(r.Filters, PathFilter{path, r.filter(&o)})
	r.FilterKeys = append(r.FilterKeys, in.key)
	sh.add('f', in.key)
	sh.operand(&o)
	return nil
}

// filter moves an operand's literal to the values.
func (r *Request) filter(o *operand) Filter {
	f := o.Filter
	switch {
	case f.Op == OpIs:
		f.Value = -1
	case f.Op == OpLike || f.Op == OpILike:
		f.Value = r.literal(starToPercent(o.text))
	default:
		f.Value = r.literal(o.text)
	}
	return f
}

func (r *Request) logicParam(in parameter, sh *shape) error {
	p := &parser{in: in.key}
	names, rep := p.dotted()
	if !rep.ok {
		return p.failure("failed to parse logic path ("+in.key+")", rep)
	}
	op := names[len(names)-1]
	var path []string
	for _, n := range names[:len(names)-1] {
		if n != "not" {
			path = append(path, n)
		}
	}
	if slices.Contains(names, "not") {
		op = "not." + op
	}
	p = &parser{in: op + in.value}
	var node logicNode
	if rep := p.logicTree(&node); !rep.ok {
		return p.failure("failed to parse logic tree ("+in.value+")", rep)
	}
	sh.add('l', in.key)
	r.Logic = append(r.Logic, PathLogic{path, r.logicTree(&node, sh)})
	return nil
}

func (r *Request) logicTree(n *logicNode, sh *shape) Logic {
	if n.leaf != nil {
		f := r.filter(n.leaf)
		sh.field(n.leaf.Field)
		sh.operand(n.leaf)
		return Logic{Leaf: &f}
	}
	sh.branch(n)
	out := Logic{Not: n.not, Or: n.or, Items: make([]Logic, len(n.items))}
	for i, item := range n.items {
		out.Items[i] = r.logicTree(item, sh)
	}
	sh.b = append(sh.b, ')')
	return out
}

func (r *Request) windows(params []parameter, header http.Header, sh *shape) error {
	byPath := map[string]*window{}
	var keys []string
	for _, p := range params {
		word := lastWord(p.key)
		path := strings.TrimSuffix(strings.TrimSuffix(p.key, word), ".")
		w := byPath[path]
		if w == nil {
			w = &window{}
			byPath[path] = w
			keys = append(keys, path)
		}
		n, ok := parseInteger(p.value)
		if word == "limit" {
			w.limit, w.hasLimit = n, ok
		} else {
			w.offset, w.hasOffset = n, ok
		}
	}
	for _, key := range keys {
		if key == "" {
			continue
		}
		path, f, err := r.treePath(key)
		if err != nil {
			return err
		}
		w := byPath[key].rows()
		r.Ranges = append(r.Ranges, PathRange{append(path, f.Name), w})
		sh.window(key, w)
	}
	asked := everything
	if r.Method == "GET" {
		if h := header.Get("Range"); h != "" {
			asked = headerBounds(h)
		}
	}
	top := window{}
	if w := byPath[""]; w != nil {
		top = *w
	}
	if top.none() {
		r.Top = Range{Limit: 0}
	} else {
		both := asked.intersect(top.bounds())
		if asked.empty() {
			return badRange("The lower boundary must be lower than or equal to the upper boundary in the Range header.")
		}
		if both.empty() {
			return badRange("Limit should be greater than or equal to zero.")
		}
		r.Top = both.window()
		r.Top.Offset = max(r.Top.Offset, 0)
	}
	if r.Method == "PUT" && !r.Top.IsAll() {
		return errs.New("PGRST114", "limit/offset querystring parameters are not allowed for PUT")
	}
	sh.window("", r.Top)
	return nil
}

// canonical is the query string with sorted keys.
func canonical(params []parameter) string {
	if len(params) == 0 {
		return ""
	}
	sorted := slices.Clone(params)
	sort.SliceStable(sorted, func(i, j int) bool { return sorted[i].key < sorted[j].key })
	b := make([]byte, 0, 64)
	for i, p := range sorted {
		if i > 0 && sorted[i-1].key == p.key {
			b = append(b, ',')
		} else {
			if i > 0 {
				b = append(b, '&')
			}
			b = append(percentEncode(b, p.key), '=')
		}
		b = percentEncode(b, p.value)
	}
	return string(b)
}

func percentEncode(b []byte, s string) []byte {
	const hex = "0123456789ABCDEF"
	for i := 0; i < len(s); i++ {
		c := s[i]
		if c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' || c >= '0' && c <= '9' || c == '-' || c == '_' || c == '.' || c == '~' {
			b = append(b, c)
		} else {
			b = append(b, '%', hex[c>>4], hex[c&15])
		}
	}
	return b
}
