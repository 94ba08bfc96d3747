package plan

import (
	"slices"
	"sort"
	"strings"

	"github.com/basement-project/basement/internal/catalog"
	"github.com/basement-project/basement/internal/errs"
	"github.com/basement-project/basement/internal/rest"
	"github.com/basement-project/basement/internal/sql/types"
)

func (m *Model) noTable(role, schema, name string) error {
	e := errs.New("PGRST205", "Could not find the table '%s.%s' in the schema cache", schema, name)
	var names []string
	for n, t := range m.tables {
		if n.Schema == schema && m.visible(role, t.Relation) {
			names = append(names, n.Name)
		}
	}
	if len(names) < 500 {
		if s := closest(names, name, 0.75); s != "" {
			e.WithHint("Perhaps you meant the table '%s.%s'", schema, s)
		}
	}
	return e
}

func noColumn(table, column string) error {
	return errs.New("PGRST204", "Could not find the '%s' column of '%s' in the schema cache", column, table)
}

func (m *Model) noRelationship(role, schema, parent, child, hint string, hasHint bool) error {
	e := errs.New("PGRST200", "Could not find a relationship between '%s' and '%s' in the schema cache", parent, child)
	using := ""
	if hasHint {
		using = "' using the hint '" + hint
	}
	e.WithDetail("Searched for a foreign key relationship between '%s' and '%s%s' in the schema '%s', but no matches were found.",
		parent, child, using, schema)
	known, found := m.relations[relationKey{catalog.Name{Schema: schema, Name: parent}, schema}]
	seen := func(n catalog.Name) bool {
		t := m.tables[n]
		return t != nil && m.visible(role, t.Relation)
	}
	if found {
		var children []string
		for _, r := range known {
			if seen(r.Foreign) {
				children = append(children, r.Foreign.Name)
			}
		}
		if s := closest(children, child, 0.33); s != "" && !strings.EqualFold(s, child) {
			e.WithHint("Perhaps you meant '%s' instead of '%s'.", s, child)
		}
		return e
	}
	var parents []string
	for k := range m.relations {
		if k.schema == schema && seen(k.table) {
			parents = append(parents, k.table.Name)
		}
	}
	sort.Strings(parents)
	if s := closest(slices.Compact(parents), parent, 0.33); s != "" {
		e.WithHint("Perhaps you meant '%s' instead of '%s'.", s, parent)
	}
	return e
}

func ambiguousRelationship(parent, child string, found []*Relationship) error {
	e := errs.New("PGRST201", "Could not embed because more than one relationship was found for '%s' and '%s'", parent, child)
	b := []byte{'['}
	var hints []string
	for i, r := range found {
		if i > 0 {
			b = append(b, ',')
		}
		cardinality, using, hint := r.describe()
		b = append(b, `{"cardinality":`...)
		b = rest.AppendJSONString(b, cardinality)
		b = append(b, `,"embedding":`...)
		b = rest.AppendJSONString(b, r.Table.Name+" with "+r.Foreign.Name)
		b = append(b, `,"relationship":`...)
		b = append(rest.AppendJSONString(b, using), '}')
		hints = append(hints, "'"+r.Foreign.Name+"!"+hint+"'")
	}
	e.DetailJSON = string(append(b, ']'))
	return e.WithHint("Try changing '%s' to one of the following: %s. Find the desired relationship in the 'details' key.",
		child, strings.Join(hints, ", "))
}

func (r *Relationship) describe() (cardinality, using, hint string) {
	list := func(names []string) string { return "(" + strings.Join(names, ", ") + ")" }
	if r.Function == nil && r.Cardinality == ManyToMany {
		return "many-to-many", r.Junction.Name + " using " + r.Constraint1 + list(other(r.SourceColumns)) + " and " +
			r.Constraint2 + list(other(r.TargetColumns)), r.Junction.Name
	}
	switch r.Cardinality {
	case ManyToOne:
		cardinality = "many-to-one"
	case OneToOne:
		cardinality = "one-to-one"
	default:
		cardinality = "one-to-many"
	}
	return cardinality, r.Constraint + " using " + r.Table.Name + list(own(r.Columns)) + " and " + r.Foreign.Name +
		list(other(r.Columns)), r.Constraint
}

func notEmbedded(name string) error {
	return errs.New("PGRST108", "'%s' is not an embedded resource in this request", name).
		WithHint("Verify that '%s' is included in the 'select' query parameter.", name)
}

func targetNamed(name, alias string) error {
	return errs.New("PGRST108", "'%s' is not an embedded resource in this request", name).
		WithDetail("Target names are not allowed in filters if they have an alias").
		WithHint("Change '%s' to '%s' in filters, orders or limits.", name, alias)
}

func relatedOrder(origin, target string) error {
	return errs.New("PGRST118", "A related order on '%s' is not possible", target).
		WithDetail("'%s' and '%s' do not form a many-to-one or one-to-one relationship", origin, target)
}

func notAcceptable(accept []rest.MediaType) error {
	names := make([]string, len(accept))
	for i, a := range accept {
		names[i] = a.String()
	}
	return errs.New("PGRST107", "%s", "None of these media types are available: "+strings.Join(names, ", "))
}

// noFunction is the answer when no overload fits the arguments.
func (m *Model) noFunction(role string, r *rest.Request, keys []string, overloads []*catalog.Function) error {
	post := r.Method == "POST"
	name := r.Schema + "." + r.Name
	with := func(text string) string {
		if len(keys) == 0 {
			return " without parameters"
		}
		return text
	}
	list := strings.Join(keys, ", ")
	single := ""
	if post {
		switch r.ContentType.Kind {
		case rest.MediaText:
			single = "text"
		case rest.MediaXML:
			single = "xml"
		case rest.MediaOctets:
			single = "bytea"
		}
	}
	message, detail := with("("+list+")"), ""
	plural := " with parameter "
	if len(keys) > 1 {
		plural = " with parameters "
	}
	switch {
	case single != "":
		message, detail = "", " with a single unnamed "+single+" parameter"
	case post && r.ContentType.Kind == rest.MediaJSON:
		detail = with(plural+list) + " or with a single unnamed json/jsonb parameter"
	default:
		detail = with(plural + list)
	}
	e := errs.New("PGRST202", "Could not find the function %s%s in the schema cache", name, message).
		WithDetail("%s", "Searched for the function "+name+detail+", but no matches were found in the schema cache.")
	if single != "" {
		return e
	}
	if len(overloads) == 0 {
		var names []string
		for _, f := range m.Snapshot.Functions {
			if f.Schema == r.Schema && m.callable(f) && m.Snapshot.MayExecute(role, f) && !slices.Contains(names, f.Name) {
				names = append(names, f.Name)
			}
		}
		sort.Strings(names)
		if s := closest(names, r.Name, 0.75); s != "" {
			e.WithHint("Perhaps you meant to call the function %s.%s", r.Schema, s)
		}
		return e
	}
	var lists []string
	for _, f := range overloads {
		if !m.Snapshot.MayExecute(role, f) {
			continue
		}
		var params []string
		for _, p := range f.Inputs() {
			params = append(params, p.Name)
		}
		sort.Strings(params)
		lists = append(lists, "("+strings.Join(params, ", ")+")")
	}
	sorted := slices.Clone(keys)
	sort.Strings(sorted)
	if s := closest(lists, "("+strings.Join(sorted, ", ")+")", 0.33); s != "" {
		e.WithHint("Perhaps you meant to call the function %s%s", name, s)
	}
	return e
}

func (m *Model) ambiguousFunction(found []*catalog.Function) error {
	var texts []string
	for _, f := range found {
		var params []string
		for _, p := range f.Inputs() {
			params = append(params, p.Name+" => "+m.typeText(p.Type))
		}
		texts = append(texts, f.Schema+"."+f.Name+"("+strings.Join(params, ", ")+")")
	}
	return errs.New("PGRST203", "%s", "Could not choose the best candidate function between: "+strings.Join(texts, ", ")).
		WithHint("Try renaming the parameters or the function itself in the database so function overloading can be resolved")
}

// typeText is a type's name as errors show it: qualified unless it is a built-in one.
func (m *Model) typeText(oid catalog.OID) string {
	t := m.Snapshot.TypeByOID(oid)
	if t == nil {
		return "unknown"
	}
	if t.Schema == "public" {
		return "public." + types.FormatType(t, -1)
	}
	return types.FormatType(t, -1)
}
