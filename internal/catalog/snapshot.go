package catalog

import (
	"sort"

	"github.com/basement-project/basement/internal/sql/types"
)

// Objects is the content of a snapshot as plain lists, in no particular order.
type Objects struct {
	Schemas       []*Schema
	Relations     []*Relation
	Sequences     []*Sequence
	Types         []*UserType
	Functions     []*Function
	Operators     []*Operator
	Roles         []*Role
	Casts         []*Cast
	DefaultACLs   []*DefaultACL
	Extensions    []*Extension
	Publications  []*Publication
	EventTriggers []*EventTrigger
	// SearchConfigs are the project's text search configurations and dictionaries.
	SearchConfigs []*SearchConfig
}

// Snapshot is the schema at one moment. It is never changed; every lookup is safe from any goroutine.
type Snapshot struct {
	Version uint64
	Objects
	// Base holds what every database has (pg_catalog's types and functions); nil in Base itself.
	Base *Snapshot
	// InternalName, in Base, names the functions of pg_catalog that SQL cannot call and that Functions leaves out; "" for
	// others. It may be nil.
	InternalName func(OID) string

	schemas   map[string]*Schema
	relations map[Name]*Relation
	relByOID  map[OID]*Relation
	relByRow  map[OID]*Relation
	sequences map[Name]*Sequence
	seqByOID  map[OID]*Sequence
	types     map[Name]*types.Type
	typeByOID map[OID]*types.Type
	userTypes map[OID]*UserType
	functions map[Name][]*Function
	funcByOID map[OID]*Function
	operators map[Name][]*Operator
	roles     map[string]*Role
	referring map[OID][]*Referrer
	memberOf  map[string]map[string]bool
}

// Name is a schema-qualified name.
type Name struct{ Schema, Name string }

// Referrer is a foreign key seen from the table it refers to.
type Referrer struct {
	Table      *Relation
	Constraint *Constraint
}

// NewSnapshot indexes objects over base. The lists and what they hold must not be changed afterwards.
// Relations' row types and their arrays must be among Objects.Types like every other type.
func NewSnapshot(version uint64, o Objects, base *Snapshot) *Snapshot {
	s := &Snapshot{
		Version: version, Objects: o, Base: base,
		schemas: map[string]*Schema{}, relations: make(map[Name]*Relation, len(o.Relations)),
		relByOID: make(map[OID]*Relation, len(o.Relations)), relByRow: make(map[OID]*Relation, len(o.Relations)),
		sequences: map[Name]*Sequence{}, seqByOID: map[OID]*Sequence{},
		types: make(map[Name]*types.Type, len(o.Types)), typeByOID: make(map[OID]*types.Type, len(o.Types)),
		userTypes: make(map[OID]*UserType, len(o.Types)),
		funcByOID: make(map[OID]*Function, len(o.Functions)), roles: map[string]*Role{},
		referring: map[OID][]*Referrer{},
	}
	for _, x := range o.Schemas {
		s.schemas[x.Name] = x
	}
	for _, x := range o.Relations {
		s.relations[Name{x.Schema, x.Name}] = x
		s.relByOID[x.OID] = x
		if x.RowType != 0 {
			s.relByRow[x.RowType] = x
		}
	}
	for _, x := range o.Relations {
		for _, c := range x.Constraints {
			if c.Kind == ForeignKey {
				s.referring[c.RefTable] = append(s.referring[c.RefTable], &Referrer{x, c})
			}
		}
	}
	for _, x := range o.Sequences {
		s.sequences[Name{x.Schema, x.Name}] = x
		s.seqByOID[x.OID] = x
	}
	for _, x := range o.Types {
		s.types[Name{x.Type.Schema, x.Type.Name}] = x.Type
		s.typeByOID[x.Type.OID] = x.Type
		s.userTypes[x.Type.OID] = x
	}
	for _, x := range o.Functions {
		s.funcByOID[x.OID] = x
	}
	s.functions = grouped(o.Functions, func(f *Function) Name { return Name{f.Schema, f.Name} })
	s.Operators = s.linkOperators(o.Operators)
	s.operators = grouped(s.Operators, func(o *Operator) Name { return Name{o.Schema, o.Name} })
	for _, x := range o.Roles {
		s.roles[x.Name] = x
	}
	s.memberOf = memberships(s.roles)
	return s
}

// grouped gives the lists of those with one name, in their order; all lists share one piece of memory.
func grouped[T any](list []T, name func(T) Name) map[Name][]T {
	count := make(map[Name]int, len(list))
	for _, x := range list {
		count[name(x)]++
	}
	out := make(map[Name][]T, len(count))
	room := make([]T, len(list))
	for _, x := range list {
		n := name(x)
		l, ok := out[n]
		if !ok {
			l, room = room[:0:count[n]], room[count[n]:]
		}
		out[n] = append(l, x)
	}
	return out
}

// Schema gives a schema by name, nil when there is none.
func (s *Snapshot) Schema(name string) *Schema {
	if x := s.schemas[name]; x != nil || s.Base == nil {
		return x
	}
	return s.Base.Schema(name)
}

// Relation gives a relation by its qualified name, nil when there is none.
func (s *Snapshot) Relation(schema, name string) *Relation {
	if x := s.relations[Name{schema, name}]; x != nil || s.Base == nil {
		return x
	}
	return s.Base.Relation(schema, name)
}

// RelationByOID gives a relation by OID, nil when there is none.
func (s *Snapshot) RelationByOID(oid OID) *Relation {
	if x := s.relByOID[oid]; x != nil || s.Base == nil {
		return x
	}
	return s.Base.RelationByOID(oid)
}

// RelationOfRowType gives the relation whose rows have the composite type oid, nil when there is none.
func (s *Snapshot) RelationOfRowType(oid OID) *Relation {
	if x := s.relByRow[oid]; x != nil || s.Base == nil {
		return x
	}
	return s.Base.RelationOfRowType(oid)
}

// Sequence gives a sequence by its qualified name, nil when there is none.
func (s *Snapshot) Sequence(schema, name string) *Sequence { return s.sequences[Name{schema, name}] }

// SequenceByOID gives a sequence by OID, nil when there is none.
func (s *Snapshot) SequenceByOID(oid OID) *Sequence { return s.seqByOID[oid] }

// Type gives a type by its qualified name, nil when there is none.
func (s *Snapshot) Type(schema, name string) *types.Type {
	if x := s.types[Name{schema, name}]; x != nil || s.Base == nil {
		return x
	}
	return s.Base.Type(schema, name)
}

// TypeByOID gives a type by OID, nil when there is none.
func (s *Snapshot) TypeByOID(oid OID) *types.Type {
	if x := s.typeByOID[oid]; x != nil || s.Base == nil {
		return x
	}
	return s.Base.TypeByOID(oid)
}

// UserType gives what the catalog knows of a type beyond its representation (owner, domain checks); nil for built-in types.
func (s *Snapshot) UserType(oid OID) *UserType {
	if x := s.userTypes[oid]; x != nil || s.Base == nil {
		return x
	}
	return s.Base.UserType(oid)
}

// FunctionsNamed gives the functions of one schema with one name (its overloads).
func (s *Snapshot) FunctionsNamed(schema, name string) []*Function {
	x := s.functions[Name{schema, name}]
	if s.Base == nil {
		return x
	}
	if b := s.Base.FunctionsNamed(schema, name); len(b) > 0 {
		return append(append([]*Function(nil), x...), b...)
	}
	return x
}

// FunctionByOID gives a function by OID, nil when there is none.
func (s *Snapshot) FunctionByOID(oid OID) *Function {
	if x := s.funcByOID[oid]; x != nil || s.Base == nil {
		return x
	}
	return s.Base.FunctionByOID(oid)
}

// Role gives a role by name, nil when there is none.
func (s *Snapshot) Role(name string) *Role { return s.roles[name] }

// Referring gives the foreign keys that refer to the table.
func (s *Snapshot) Referring(table OID) []*Referrer { return s.referring[table] }

// RelationsIn gives the relations of a schema, sorted by name.
func (s *Snapshot) RelationsIn(schema string) []*Relation {
	var out []*Relation
	for _, r := range s.Relations {
		if r.Schema == schema {
			out = append(out, r)
		}
	}
	sort.Slice(out, func(i, j int) bool { return out[i].Name < out[j].Name })
	return out
}

// Column gives a column by name, nil when there is none.
func (r *Relation) Column(name string) *Column {
	for _, c := range r.Columns {
		if c.Name == name {
			return c
		}
	}
	return nil
}

// ColumnByNum gives a column by number, nil when there is none.
func (r *Relation) ColumnByNum(num int32) *Column {
	for _, c := range r.Columns {
		if c.Num == num {
			return c
		}
	}
	return nil
}

// PrimaryKey gives the primary key constraint, nil when there is none.
func (r *Relation) PrimaryKey() *Constraint {
	for _, c := range r.Constraints {
		if c.Kind == PrimaryKey {
			return c
		}
	}
	return nil
}
