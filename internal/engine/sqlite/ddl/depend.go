package ddl

import (
	"sort"

	"github.com/basement-project/basement/internal/catalog"
	"github.com/basement-project/basement/internal/sql/types"
)

// The kinds of things that may be dropped.
type objectKind int

const (
	schemaObject objectKind = iota
	relationObject
	columnObject
	constraintObject
	indexObject
	policyObject
	defaultObject
	sequenceObject
	typeObject
	functionObject
	domainCheckObject
	triggerObject
	extensionObject
	operatorObject
	castObject
)

// object is something that may be dropped: oid is its own or, for columns and defaults, its relation's.
type object struct {
	kind objectKind
	oid  catalog.OID
	sub  int32       // column number
	part catalog.OID // constraint, index or policy of relation oid
}

// edge is a dependency found: auto ones go without a word.
type edge struct {
	object
	auto bool
	// on is what it depends on when that is not the object it was found from.
	on string
}

// id is the identifier PostgreSQL orders an object by.
func (o object) id() catalog.OID {
	if o.part != 0 {
		return o.part
	}
	return o.oid
}

// describeParent names what something depends on: a key stands for its index, a type's array for itself.
func (r *run) describeParent(o object) string {
	if o.kind == constraintObject {
		rel := r.snap().RelationByOID(o.oid)
		for _, c := range rel.Constraints {
			if c.OID == o.part && (c.Kind == catalog.PrimaryKey || c.Kind == catalog.Unique) {
				return "index " + r.qualified(rel.Schema, c.Name)
			}
		}
	}
	return r.describe(o)
}

// describe names an object as PostgreSQL's messages do.
func (r *run) describe(o object) string {
	snap := r.snap()
	rel := snap.RelationByOID(o.oid)
	on := func() string { return relWord(rel.Kind) + " " + r.qualified(rel.Schema, rel.Name) }
	switch o.kind {
	case schemaObject:
		for _, s := range snap.Schemas {
			if s.OID == o.oid {
				return "schema " + quote(s.Name)
			}
		}
	case relationObject:
		return on()
	case columnObject:
		return "column " + quote(rel.ColumnByNum(o.sub).Name) + " of " + on()
	case defaultObject:
		return "default value for column " + quote(rel.ColumnByNum(o.sub).Name) + " of " + on()
	case constraintObject:
		for _, c := range rel.Constraints {
			if c.OID == o.part {
				return "constraint " + quote(c.Name) + " on " + on()
			}
		}
	case domainCheckObject:
		if u := snap.UserType(o.oid); u != nil {
			for _, c := range u.Checks {
				if c.OID == o.part {
					return "constraint " + quote(c.Name) + " on type " + r.typeText(u.Type)
				}
			}
		}
	case indexObject:
		for _, x := range rel.Indexes {
			if x.OID == o.part {
				return "index " + r.qualified(rel.Schema, x.Name)
			}
		}
	case policyObject:
		for _, p := range rel.Policies {
			if p.OID == o.part {
				return "policy " + quote(p.Name) + " on " + on()
			}
		}
	case triggerObject:
		for _, t := range rel.Triggers {
			if t.OID == o.part {
				return "trigger " + quote(t.Name) + " on " + on()
			}
		}
	case sequenceObject:
		q := snap.SequenceByOID(o.oid)
		return "sequence " + r.qualified(q.Schema, q.Name)
	case typeObject:
		return "type " + r.typeText(snap.TypeByOID(o.oid))
	case extensionObject:
		if x := r.extensionByOID(o.oid); x != nil {
			return "extension " + x.Name
		}
	case functionObject:
		return "function " + r.signature(snap.FunctionByOID(o.oid))
	case eventTriggerObject:
		return r.describeEventTrigger(o.oid)
	case operatorObject, castObject:
		return r.describeDefined(o)
	}
	return "object"
}

// dependents finds what depends directly on an object.
func (r *run) dependents(o object) []edge {
	switch o.kind {
	case schemaObject:
		return r.inSchema(o.oid)
	case relationObject:
		return r.onRelation(o.oid)
	case columnObject:
		return r.onColumn(o.oid, o.sub)
	case constraintObject, indexObject:
		return r.onIndex(o)
	case sequenceObject:
		return r.onText(func(u *uses) bool { return u.classes[o.oid] || u.relations[o.oid] }, object{}, true)
	case extensionObject:
		return r.onExtension(o.oid)
	case typeObject:
		return r.onType(o.oid)
	case functionObject:
		return append(r.onFunction(o.oid), r.onText(func(u *uses) bool { return u.functions[o.oid] }, object{}, true)...)
	}
	return nil
}

// onFunction finds the triggers that run a function.
func (r *run) onFunction(oid catalog.OID) []edge {
	var out []edge
	for _, rel := range r.snap().Relations {
		for _, t := range rel.Triggers {
			if t.Function == oid {
				out = append(out, edge{object: object{kind: triggerObject, oid: rel.OID, part: t.OID}})
			}
		}
	}
	out = append(out, r.onEventFunction(oid)...)
	return append(out, r.definedOver(oid)...)
}

func (r *run) inSchema(oid catalog.OID) []edge {
	var name string
	snap := r.snap()
	for _, s := range snap.Schemas {
		if s.OID == oid {
			name = s.Name
		}
	}
	var out []edge
	for _, x := range snap.Relations {
		if x.Schema == name {
			out = append(out, edge{object: object{kind: relationObject, oid: x.OID}})
		}
	}
	for _, x := range snap.Sequences {
		if x.Schema == name {
			out = append(out, edge{object: object{kind: sequenceObject, oid: x.OID}, auto: x.OwnedBy != 0})
		}
	}
	for _, x := range snap.Types {
		if x.Type.Schema == name && x.Type.Kind != types.ArrayType && snap.RelationOfRowType(x.Type.OID) == nil {
			out = append(out, edge{object: object{kind: typeObject, oid: x.Type.OID}})
		}
	}
	for _, x := range snap.Functions {
		if x.Schema == name {
			out = append(out, edge{object: object{kind: functionObject, oid: x.OID}})
		}
	}
	for _, x := range snap.Operators {
		if x.Schema == name {
			out = append(out, edge{object: object{kind: operatorObject, oid: x.OID}})
		}
	}
	sortEdges(out)
	return out
}

func sortEdges(list []edge) {
	sort.SliceStable(list, func(i, j int) bool {
		a, b := list[i], list[j]
		ka, kb := a.oid, b.oid
		if a.part != 0 {
			ka = a.part
		}
		if b.part != 0 {
			kb = b.part
		}
		return ka < kb
	})
}

func (r *run) onRelation(oid catalog.OID) []edge {
	snap := r.snap()
	rel := snap.RelationByOID(oid)
	var out []edge
	for _, q := range snap.Sequences {
		if q.OwnedBy == oid {
			out = append(out, edge{object: object{kind: sequenceObject, oid: q.OID}, auto: true})
		}
	}
	for _, p := range snap.Partitions(oid) {
		out = append(out, edge{object: object{kind: relationObject, oid: p.OID}, auto: true})
	}
	for _, ref := range snap.Referring(oid) {
		if ref.Constraint.Parent != 0 {
			continue
		}
		if ref.Table.OID != oid {
			out = append(out, edge{object: object{kind: constraintObject, oid: ref.Table.OID, part: ref.Constraint.OID}})
		}
	}
	out = append(out, r.onText(func(u *uses) bool { return u.relations[oid] }, object{kind: relationObject, oid: oid}, false)...)
	if rel.RowType != 0 {
		for _, e := range r.onType(rel.RowType) {
			if e.oid != oid {
				out = append(out, e)
			}
		}
	}
	sortEdges(out)
	return out
}

func (r *run) onColumn(oid catalog.OID, num int32) []edge {
	snap := r.snap()
	rel := snap.RelationByOID(oid)
	var out []edge
	has := func(list []int32) bool {
		for _, n := range list {
			if n == num {
				return true
			}
		}
		return false
	}
	for _, q := range snap.Sequences {
		if q.OwnedBy == oid && q.OwnedByCol == num {
			out = append(out, edge{object: object{kind: sequenceObject, oid: q.OID}, auto: true})
		}
	}
	for _, c := range rel.Constraints {
		switch {
		case has(c.Columns):
			out = append(out, edge{object: object{kind: constraintObject, oid: oid, part: c.OID}, auto: true})
		case c.Kind == catalog.ForeignKey && c.RefTable == oid && has(c.RefColumns):
			out = append(out, edge{object: object{kind: constraintObject, oid: oid, part: c.OID}})
		}
	}
	for _, ref := range snap.Referring(oid) {
		if ref.Table.OID != oid && has(ref.Constraint.RefColumns) {
			out = append(out, edge{object: object{kind: constraintObject, oid: ref.Table.OID, part: ref.Constraint.OID}})
		}
	}
	if c := rel.ColumnByNum(num); c != nil {
		out = append(out, r.triggersUsing(rel, c.Name)...)
	}
	key := columnKey{oid, num}
	for _, x := range rel.Indexes {
		used := has(x.Include)
		for _, k := range x.Keys {
			used = used || k.Column == num || k.Expr != "" && r.textUses(k.Expr, rel, nil).columns[key]
		}
		if used || x.Where != "" && r.textUses(x.Where, rel, nil).columns[key] {
			out = append(out, edge{object: object{kind: indexObject, oid: oid, part: x.OID}, auto: true})
		}
	}
	out = append(out, r.onText(func(u *uses) bool { return u.columns[key] }, object{kind: columnObject, oid: oid, sub: num}, true)...)
	sortEdges(out)
	return out
}

// onIndex finds the foreign keys that stand on a key.
func (r *run) onIndex(o object) []edge {
	snap := r.snap()
	rel := snap.RelationByOID(o.oid)
	index := o.part
	var out []edge
	if o.kind == constraintObject {
		index = 0
		for _, c := range rel.Constraints {
			if c.OID == o.part && (c.Kind == catalog.PrimaryKey || c.Kind == catalog.Unique) {
				index = c.Index
			}
		}
	}
	if index == 0 {
		return nil
	}
	for _, ref := range snap.Referring(rel.OID) {
		if ref.Constraint.Index == index {
			out = append(out, edge{object: object{kind: constraintObject, oid: ref.Table.OID, part: ref.Constraint.OID}})
		}
	}
	return out
}

func (r *run) onType(oid catalog.OID) []edge {
	snap := r.snap()
	t := snap.TypeByOID(oid)
	if t == nil {
		return nil
	}
	same := func(x catalog.OID) bool { return x == oid }
	out := r.definedFor(oid)
	if t.Array != 0 {
		out = append(out, edge{object: object{kind: typeObject, oid: t.Array}, auto: true})
	}
	for _, rel := range r.typedTables(oid) {
		out = append(out, edge{object: object{kind: relationObject, oid: rel.OID}})
	}
	for _, rel := range snap.Relations {
		if rel.Kind == catalog.View {
			continue
		}
		for _, c := range rel.Columns {
			if same(c.Type) {
				out = append(out, edge{object: object{kind: columnObject, oid: rel.OID, sub: c.Num}})
			}
		}
	}
	for _, u := range snap.Types {
		x := u.Type
		if x.Kind == types.DomainType && x.Base != nil && same(x.Base.OID) {
			out = append(out, edge{object: object{kind: typeObject, oid: x.OID}})
		}
		if x.Kind == types.CompositeType && snap.RelationOfRowType(x.OID) == nil {
			for _, f := range x.Fields {
				if f.Type != nil && same(f.Type.OID) {
					out = append(out, edge{object: object{kind: typeObject, oid: x.OID}})
					break
				}
			}
		}
	}
	if t.Multirange != 0 && t.Kind == types.RangeType {
		out = append(out, edge{object: object{kind: typeObject, oid: t.Multirange}, auto: true})
	}
	for _, f := range snap.Functions {
		if f.RangeType != 0 && (f.RangeType == oid || t.Kind == types.MultirangeType && t.Range != nil && f.RangeType == t.Range.OID) {
			out = append(out, edge{object: object{kind: functionObject, oid: f.OID}, auto: true})
			continue
		}
		used := same(f.Returns)
		for _, p := range f.Params {
			used = used || same(p.Type)
		}
		if used {
			out = append(out, edge{object: object{kind: functionObject, oid: f.OID}})
		}
	}
	for _, rel := range snap.Relations {
		if rel.View == nil {
			continue
		}
		used := false
		for _, c := range rel.Columns {
			used = used || same(c.Type)
		}
		if !used {
			u := r.viewUses(rel)
			used = u.types[oid]
		}
		if used {
			out = append(out, edge{object: object{kind: relationObject, oid: rel.OID}})
		}
	}
	sortEdges(out)
	return out
}

// onText finds the views, defaults, checks, policies and expression indexes whose text satisfies a test. What belongs to
// the object itself (own) is left out or, inside the same relation, dropped without a word. defaults says whether column
// defaults are looked at.
func (r *run) onText(test func(*uses) bool, own object, defaults bool) []edge {
	snap := r.snap()
	var out []edge
	for _, rel := range snap.Relations {
		if own.kind == relationObject && rel.OID == own.oid {
			continue
		}
		mine := rel.OID == own.oid
		if rel.View != nil {
			if test(r.viewUses(rel)) {
				out = append(out, edge{object: object{kind: relationObject, oid: rel.OID}})
			}
			continue
		}
		for _, p := range rel.Policies {
			if p.Using != "" && test(r.textUses(p.Using, rel, nil)) || p.WithCheck != "" && test(r.textUses(p.WithCheck, rel, nil)) {
				out = append(out, edge{object: object{kind: policyObject, oid: rel.OID, part: p.OID}})
			}
		}
		if !defaults {
			continue
		}
		for _, c := range rel.Columns {
			if c.Default == "" || mine && c.Num == own.sub {
				continue
			}
			var over *catalog.Relation
			if c.Generated != "" {
				over = rel
			}
			if test(r.textUses(c.Default, over, nil)) {
				if c.Generated != "" {
					out = append(out, edge{object: object{kind: columnObject, oid: rel.OID, sub: c.Num}})
				} else {
					out = append(out, edge{object: object{kind: defaultObject, oid: rel.OID, sub: c.Num}})
				}
			}
		}
		if mine {
			continue
		}
		for _, c := range rel.Constraints {
			if c.Kind == catalog.Check && test(r.textUses(c.Expr, rel, nil)) {
				out = append(out, edge{object: object{kind: constraintObject, oid: rel.OID, part: c.OID}})
			}
		}
		for _, x := range rel.Indexes {
			used := x.Where != "" && test(r.textUses(x.Where, rel, nil))
			for _, k := range x.Keys {
				used = used || k.Expr != "" && test(r.textUses(k.Expr, rel, nil))
			}
			if used {
				out = append(out, edge{object: object{kind: indexObject, oid: rel.OID, part: x.OID}})
			}
		}
	}
	for _, u := range snap.Types {
		for _, c := range u.Checks {
			if c.Kind == catalog.Check && u.Type.Base != nil && test(r.textUses(c.Expr, nil, u.Type.Base)) {
				out = append(out, edge{object: object{kind: domainCheckObject, oid: u.Type.OID, part: c.OID}})
			}
		}
	}
	return out
}
