package regname

import (
	"strconv"
	"strings"

	"github.com/basement-project/basement/internal/catalog"
	"github.com/basement-project/basement/internal/errs"
	"github.com/basement-project/basement/internal/sql/parse"
	"github.com/basement-project/basement/internal/sql/types"
)

// Names resolves names in a snapshot and a search path; Path has pg_catalog where it is searched. It is a types.Names.
type Names struct {
	Snap *catalog.Snapshot
	Path []string
}

// In makes Names of a search path as it is set: pg_catalog comes first unless it is named.
func In(snap *catalog.Snapshot, path []string) *Names {
	for _, s := range path {
		if s == "pg_catalog" {
			return &Names{snap, path}
		}
	}
	return &Names{snap, append([]string{"pg_catalog"}, path...)}
}

// RegIn finds what a reg type's text names.
func (n *Names) RegIn(reg catalog.OID, text string) (catalog.OID, error) {
	if text == "-" {
		return 0, nil
	}
	if text != "" && strings.Trim(text, "0123456789") == "" {
		id, err := strconv.ParseUint(text, 10, 32)
		if err != nil {
			return 0, errs.New("22003", "value \"%s\" is out of range for type oid", text)
		}
		return catalog.OID(id), nil
	}
	switch reg {
	case types.RegTypeOID:
		return n.typeIn(text)
	case types.RegProcedureOID:
		return n.procedureIn(text)
	case types.RegOperatorOID:
		return n.operatorIn(text)
	}
	name, ok := Split(text)
	if !ok {
		return 0, errs.New("42602", "invalid name syntax")
	}
	last := name[len(name)-1]
	dotted := strings.Join(name, ".")
	switch reg {
	case types.RegRoleOID:
		if len(name) != 1 {
			return 0, errs.New("42602", "invalid name syntax")
		}
		if r := n.Snap.Role(last); r != nil {
			return r.OID, nil
		}
		return 0, errs.New("42704", "role \"%s\" does not exist", last)
	case types.RegNamespaceOID:
		if len(name) != 1 {
			return 0, errs.New("42602", "invalid name syntax")
		}
		if s := n.Snap.Schema(last); s != nil {
			return s.OID, nil
		}
		return 0, errs.New("3F000", "schema \"%s\" does not exist", last)
	}
	if len(name) == 3 && name[0] == "postgres" {
		name = name[1:]
	}
	if len(name) > 2 {
		if reg == types.RegClassOID {
			return 0, errs.New("42601", "improper relation name (too many dotted names): %s", dotted)
		}
		return 0, errs.New("42601", "improper qualified name (too many dotted names): %s", dotted)
	}
	schemas := n.Path
	if len(name) == 2 {
		if n.Snap.Schema(name[0]) == nil {
			return 0, errs.New("3F000", "schema \"%s\" does not exist", name[0])
		}
		schemas = name[:1]
	}
	switch reg {
	case types.RegClassOID:
		for _, s := range schemas {
			if oid := ClassOID(n.Snap, s, last); oid != 0 {
				return oid, nil
			}
		}
		return 0, errs.New("42P01", "relation \"%s\" does not exist", dotted)
	case types.RegConfigOID:
		if oid := n.Snap.FindSearchConfig(name, n.Path); oid != 0 {
			return oid, nil
		}
		return 0, errs.New("42704", "text search configuration \"%s\" does not exist", dotted)
	case types.RegDictionaryOID:
		if oid := n.Snap.FindSearchDictionary(name, n.Path); oid != 0 {
			return oid, nil
		}
		return 0, errs.New("42704", "text search dictionary \"%s\" does not exist", dotted)
	case types.RegCollationOID:
		if len(name) == 1 || name[0] == "pg_catalog" {
			for oid, c := range collations {
				if c == last {
					return oid, nil
				}
			}
		}
		return 0, errs.New("42704", "collation \"%s\" for encoding \"UTF8\" does not exist", dotted)
	case types.RegProcOID:
		found := n.functions(schemas, last)
		switch len(found) {
		case 0:
			return 0, errs.New("42883", "function \"%s\" does not exist", text)
		case 1:
			return found[0].OID, nil
		}
		return 0, errs.New("42725", "more than one function named \"%s\"", text)
	case types.RegOperOID:
		found := n.operators(schemas, last)
		switch len(found) {
		case 0:
			return 0, errs.New("42883", "operator does not exist: %s", text)
		case 1:
			return found[0].OID, nil
		}
		return 0, errs.New("42725", "more than one operator named %s", text)
	}
	return 0, errs.New("42704", "\"%s\" does not exist", text)
}

// collations are those every database has.
var (
	collations = map[catalog.OID]string{100: "default", 950: "C", 951: "POSIX", 12340: "ucs_basic", 12341: "C.utf8", 12342: "und-x-icu",
		12453: "de-x-icu", 12481: "en-x-icu", 12579: "en-US-x-icu", 12591: "es-x-icu", 12663: "fr-x-icu"}
)

// functions are the candidates of a name: those of the first schema hide others with the same arguments.
func (n *Names) functions(schemas []string, name string) []*catalog.Function {
	var out []*catalog.Function
	for _, s := range schemas {
	next:
		for _, f := range n.Snap.FunctionsNamed(s, name) {
			for _, g := range out {
				if sameArgs(f, g) {
					continue next
				}
			}
			out = append(out, f)
		}
	}
	return out
}

func sameArgs(f, g *catalog.Function) bool {
	a, b := f.Inputs(), g.Inputs()
	if len(a) != len(b) {
		return false
	}
	for i := range a {
		if a[i].Type != b[i].Type {
			return false
		}
	}
	return true
}

func (n *Names) operators(schemas []string, name string) []*catalog.Operator {
	var out []*catalog.Operator
	for _, s := range schemas {
		out = append(out, n.Snap.OperatorsNamed(s, name)...)
	}
	return out
}

// CompositeOID is the identifier a composite type has in pg_class, in a range no object of a project reaches.
func CompositeOID(t catalog.OID) catalog.OID { return 0xc0000000 + t&0x3fffffff }

// ClassOID finds a relation, sequence, index or composite type by its qualified name, 0 when there is none.
func ClassOID(snap *catalog.Snapshot, schema, name string) catalog.OID {
	if r := snap.Relation(schema, name); r != nil {
		return r.OID
	}
	if s := snap.Sequence(schema, name); s != nil {
		return s.OID
	}
	for _, r := range snap.Relations {
		if r.Schema != schema {
			continue
		}
		for _, x := range r.Indexes {
			if x.Name == name {
				return x.OID
			}
		}
	}
	if t := snap.Type(schema, name); t != nil && t.Kind == types.CompositeType {
		return CompositeOID(t.OID)
	}
	return 0
}

// ClassName gives the qualified name of a relation, sequence or index.
func ClassName(snap *catalog.Snapshot, oid catalog.OID) (schema, name string, ok bool) {
	if r := snap.RelationByOID(oid); r != nil {
		return r.Schema, r.Name, true
	}
	if s := snap.SequenceByOID(oid); s != nil {
		return s.Schema, s.Name, true
	}
	for _, r := range snap.Relations {
		for _, x := range r.Indexes {
			if x.OID == oid {
				return r.Schema, x.Name, true
			}
		}
	}
	if oid >= 0xc0000000 {
		if t := snap.TypeByOID(oid - 0xc0000000); t != nil && t.Kind == types.CompositeType {
			return t.Schema, t.Name, true
		}
	}
	return "", "", false
}

// Type finds the type a text names, and its typmod.
func (n *Names) Type(text string) (*types.Type, int32, error) {
	tn, err := parse.TypeName(text)
	if e := errs.Of(err); e != nil {
		// The place is one in the value, not in the statement.
		c := *e
		c.Position = 0
		return nil, -1, &c
	}
	var t *types.Type
	last := tn.Names[len(tn.Names)-1]
	missing := func() error {
		return errs.New("42704", "type \"%s\" does not exist", strings.Join(tn.Names, ".")+strings.Repeat("[]", min(1, len(tn.ArrayBounds))))
	}
	schemas := n.Path
	if len(tn.Names) > 1 {
		schemas = tn.Names[len(tn.Names)-2 : len(tn.Names)-1]
		if n.Snap.Schema(schemas[0]) == nil {
			return nil, -1, errs.New("3F000", "schema \"%s\" does not exist", schemas[0])
		}
	}
	for _, s := range schemas {
		if t = n.Snap.Type(s, last); t != nil {
			break
		}
	}
	if t == nil || tn.PctType || tn.Setof {
		return nil, -1, missing()
	}
	if len(tn.ArrayBounds) > 0 {
		if t.Array == 0 {
			return nil, -1, missing()
		}
		if t = n.Snap.TypeByOID(t.Array); t == nil {
			return nil, -1, missing()
		}
	}
	return t, -1, nil
}

func (n *Names) typeIn(text string) (catalog.OID, error) {
	t, _, err := n.Type(text)
	if err != nil {
		return 0, err
	}
	return t.OID, nil
}

// arguments cuts "name(type, type)" into its parts.
func (n *Names) arguments(text string) (name []string, args []catalog.OID, err error) {
	open := -1
	quoted := false
	for i := 0; i < len(text) && open < 0; i++ {
		switch {
		case text[i] == '"':
			quoted = !quoted
		case text[i] == '(' && !quoted:
			open = i
		}
	}
	if open < 0 {
		return nil, nil, errs.New("22P02", "expected a left parenthesis")
	}
	trimmed := strings.TrimRight(text, " \t\n")
	if !strings.HasSuffix(trimmed, ")") {
		return nil, nil, errs.New("22P02", "expected a right parenthesis")
	}
	name, ok := Split(text[:open])
	if !ok {
		return nil, nil, errs.New("42602", "invalid name syntax")
	}
	list := trimmed[open+1 : len(trimmed)-1]
	for _, a := range splitTypes(list) {
		a = strings.TrimSpace(a)
		if a == "" {
			if strings.TrimSpace(list) == "" {
				break
			}
			return nil, nil, errs.New("22P02", "expected a type name")
		}
		if strings.EqualFold(a, "none") {
			args = append(args, 0)
			continue
		}
		oid, err := n.typeIn(a)
		if err != nil {
			return nil, nil, err
		}
		args = append(args, oid)
	}
	return name, args, nil
}

// splitTypes cuts at the commas outside of parentheses and quotes.
func splitTypes(s string) []string {
	var out []string
	depth, start, quoted := 0, 0, false
	for i := range len(s) {
		switch c := s[i]; {
		case c == '"':
			quoted = !quoted
		case quoted:
		case c == '(' || c == '[':
			depth++
		case c == ')' || c == ']':
			depth--
		case c == ',' && depth == 0:
			out = append(out, s[start:i])
			start = i + 1
		}
	}
	return append(out, s[start:])
}

func (n *Names) procedureIn(text string) (catalog.OID, error) {
	name, args, err := n.arguments(text)
	if err != nil {
		return 0, err
	}
	schemas := n.Path
	if len(name) >= 2 {
		schemas = name[len(name)-2 : len(name)-1]
		if n.Snap.Schema(schemas[0]) == nil {
			return 0, errs.New("3F000", "schema \"%s\" does not exist", schemas[0])
		}
	}
	for _, s := range schemas {
	next:
		for _, f := range n.Snap.FunctionsNamed(s, name[len(name)-1]) {
			in := f.Inputs()
			if len(in) != len(args) {
				continue
			}
			for i, p := range in {
				if p.Type != args[i] {
					continue next
				}
			}
			return f.OID, nil
		}
	}
	return 0, errs.New("42883", "function \"%s\" does not exist", text)
}

func (n *Names) operatorIn(text string) (catalog.OID, error) {
	name, args, err := n.arguments(text)
	if err != nil {
		return 0, err
	}
	switch {
	case len(args) == 1:
		return 0, errs.New("42P02", "missing argument").WithHint("Use NONE to denote the missing argument of a unary operator.")
	case len(args) != 2:
		return 0, errs.New("54023", "too many arguments").WithHint("Provide two argument types for operator.")
	}
	schemas := n.Path
	if len(name) == 2 {
		schemas = name[:1]
	}
	for _, o := range n.operators(schemas, name[len(name)-1]) {
		if o.Left == args[0] && o.Right == args[1] {
			return o.OID, nil
		}
	}
	return 0, errs.New("42883", "operator does not exist: %s", text)
}

// Split reads a possibly qualified, possibly quoted name; false when it is none.
func Split(s string) ([]string, bool) {
	var out []string
	s = strings.TrimSpace(s)
	for {
		if s == "" {
			return nil, false
		}
		if s[0] == '"' {
			var b strings.Builder
			i, closed := 1, false
			for i < len(s) {
				if s[i] == '"' {
					if i+1 < len(s) && s[i+1] == '"' {
						i++
					} else {
						closed = true
						break
					}
				}
				b.WriteByte(s[i])
				i++
			}
			if !closed || b.Len() == 0 {
				return nil, false
			}
			out = append(out, b.String())
			s = strings.TrimSpace(s[i+1:])
		} else {
			i := strings.IndexByte(s, '.')
			if i < 0 {
				i = len(s)
			}
			word := strings.TrimSpace(s[:i])
			if word == "" || strings.ContainsAny(word, "\" \t\n") {
				return nil, false
			}
			out = append(out, strings.ToLower(word))
			s = s[i:]
		}
		if s == "" {
			return out, true
		}
		if s[0] != '.' {
			return nil, false
		}
		s = strings.TrimSpace(s[1:])
	}
}
