package plan

import (
	"regexp"
	"slices"
	"strings"

	"github.com/basement-project/basement/internal/catalog"
	"github.com/basement-project/basement/internal/rest"
	"github.com/basement-project/basement/internal/sql/types"
)

// Model is what planning needs to know of one snapshot under one configuration. It is never changed.
type Model struct {
	Snapshot *catalog.Snapshot
	Config   *rest.Config
	// Estimates says that the database's planner can be asked how many rows a query will have.
	Estimates bool

	tables    map[catalog.Name]*Table
	relations map[relationKey][]*Relationship
	handlers  map[handlerKey]handler
	// parsers and formatters are the domains' representations: the function that makes the domain of text or JSON, and
	// the one that makes JSON of it.
	fromText, fromJSON, toJSON map[catalog.OID]*catalog.Function
	// answersBySettings says that something in the database may set the response's headers or status.
	answersBySettings bool
}

// Table is an exposed relation. Key are the columns of its primary key, a view's taken from the tables below it.
type Table struct {
	*catalog.Relation
	Key []string
}

// NewModel derives the model. estimates says that the database's planner can be asked for row counts.
func NewModel(snap *catalog.Snapshot, cfg *rest.Config, estimates bool) *Model {
	m := &Model{Snapshot: snap, Config: cfg, Estimates: estimates, tables: map[catalog.Name]*Table{}}
	for _, r := range snap.Relations {
		if r.IsPartition || !isTable(r) || !m.exposed(r.Schema) {
			continue
		}
		t := &Table{Relation: r}
		if pk := r.PrimaryKey(); pk != nil {
			for _, num := range pk.Columns {
				if c := r.ColumnByNum(num); c != nil {
					t.Key = append(t.Key, c.Name)
				}
			}
			slices.Sort(t.Key)
		}
		m.tables[catalog.Name{Schema: r.Schema, Name: r.Name}] = t
	}
	m.deriveRelations()
	m.deriveRepresentations()
	m.deriveHandlers()
	m.answersBySettings = m.findAnswersBySettings()
	return m
}

func isTable(r *catalog.Relation) bool {
	switch r.Kind {
	case catalog.Table, catalog.View, catalog.MaterializedView, catalog.PartitionedTable, catalog.ForeignTable:
		return true
	}
	return false
}

func (m *Model) exposed(schema string) bool { return slices.Contains(m.Config.Schemas, schema) }

// Table finds an exposed relation, nil when there is none.
func (m *Model) Table(schema, name string) *Table {
	return m.tables[catalog.Name{Schema: schema, Name: name}]
}

func (m *Model) deriveRepresentations() {
	m.fromText, m.fromJSON = map[catalog.OID]*catalog.Function{}, map[catalog.OID]*catalog.Function{}
	m.toJSON = map[catalog.OID]*catalog.Function{}
	domain := func(oid catalog.OID) bool {
		t := m.Snapshot.TypeByOID(oid)
		return t != nil && t.Kind == types.DomainType
	}
	for _, c := range m.Snapshot.Casts {
		if c.Context != 'i' || c.Method != 'f' {
			continue
		}
		f := m.Snapshot.FunctionByOID(c.Function)
		if f == nil {
			continue
		}
		switch {
		case c.To == types.JSONOID && domain(c.From):
			m.toJSON[c.From] = f
		case c.From == types.JSONOID && domain(c.To):
			m.fromJSON[c.To] = f
		case c.From == types.TextOID && domain(c.To):
			m.fromText[c.To] = f
		}
	}
}

// represented says whether a column of the relation has its own form in JSON.
func (m *Model) represented(r *catalog.Relation) bool {
	if r == nil || len(m.toJSON) == 0 {
		return false
	}
	for _, c := range r.Columns {
		if m.toJSON[c.Type] != nil {
			return true
		}
	}
	return false
}

// handlerKey finds a media type's handler; the zero relation is any relation.
type handlerKey struct {
	relation catalog.Name
	media    string
}

// handler makes an answer of a media type: Function aggregates the rows, cast to Target unless that is empty. A nil
// function is one of the built-in media types.
type handler struct {
	function *catalog.Function
	target   catalog.Name
	// scalar says that the function that is called gives the media type itself.
	scalar bool
	media  rest.MediaType
}

var mediaTypeName = regexp.MustCompile(`^[A-Za-z0-9.-]+/[A-Za-z0-9.+-]+$`)

// mediaDomain gives the media type a domain stands for.
func (m *Model) mediaDomain(oid catalog.OID) (asked, resolved rest.MediaType, ok bool) {
	t := m.Snapshot.TypeByOID(oid)
	if t == nil || t.Kind != types.DomainType {
		return asked, resolved, false
	}
	if t.Name == "*/*" {
		return rest.MediaType{Kind: rest.MediaAny}, rest.MediaType{Kind: rest.MediaOctets}, true
	}
	if !mediaTypeName.MatchString(t.Name) {
		return asked, resolved, false
	}
	asked = rest.ParseMediaType(strings.ToLower(t.Name))
	return asked, asked, true
}

func (m *Model) deriveHandlers() {
	m.handlers = map[handlerKey]handler{}
	for _, k := range []rest.MediaKind{rest.MediaAny, rest.MediaJSON, rest.MediaCSV, rest.MediaGeoJSON} {
		media := rest.MediaType{Kind: k}
		h := handler{media: media}
		if k == rest.MediaAny {
			h.media.Kind = rest.MediaJSON
		}
		m.handlers[handlerKey{media: media.String()}] = h
	}
	for _, f := range m.Snapshot.Functions {
		if !m.exposed(f.Schema) {
			continue
		}
		asked, resolved, ok := m.mediaDomain(f.Returns)
		if !ok {
			continue
		}
		switch {
		case f.Kind == catalog.Aggregate:
			in := f.Inputs()
			if len(in) != 1 {
				continue
			}
			h := handler{function: f, media: resolved}
			if in[0].Type != types.AnyElementOID {
				r := m.Snapshot.RelationOfRowType(in[0].Type)
				if r == nil || !isTable(r) {
					continue
				}
				h.target = catalog.Name{Schema: r.Schema, Name: r.Name}
			}
			m.handlers[handlerKey{h.target, asked.String()}] = h
		case f.Kind == catalog.RegularFunction && !f.ReturnsSet:
			target := catalog.Name{Schema: f.Schema, Name: f.Name}
			m.handlers[handlerKey{target, asked.String()}] = handler{target: target, scalar: true, media: resolved}
		}
	}
}

// findAnswersBySettings looks for anything that speaks of the settings response.headers and response.status.
func (m *Model) findAnswersBySettings() bool {
	speaks := func(text string) bool {
		return strings.Contains(text, "response.headers") || strings.Contains(text, "response.status")
	}
	for _, f := range m.Snapshot.Functions {
		if speaks(f.Body) {
			return true
		}
		if f.Language != "sql" && f.Language != "plpgsql" && f.Language != "c" && f.Language != "internal" && f.Language != "" {
			return true
		}
	}
	for _, r := range m.Snapshot.Relations {
		if r.View != nil && speaks(r.View.SQL) {
			return true
		}
	}
	return false
}
