package ddl

import (
	"strings"

	"github.com/basement-project/basement/internal/catalog"
	"github.com/basement-project/basement/internal/engine/sqlite/session"
	"github.com/basement-project/basement/internal/sql/ast"
	"github.com/basement-project/basement/internal/sql/types"
)

// The identifiers of the system catalogs that objects are in.
const (
	inClass, inProc, inType, inNamespace = 1259, 1255, 1247, 2615
	inPolicy, inTrigger, inExtension     = 3256, 2620, 3079
)

// thing is an object as event triggers see it.
type thing struct {
	class, oid     catalog.OID
	sub            int32
	kind           string
	schema, name   string
	identity, made string // made is the command that makes such an object
	same           any    // unequal when the object has changed
	inExtension    bool
}

func dotted(schema, name string) string { return quote(schema) + "." + quote(name) }

var relationKinds = map[catalog.RelKind][2]string{catalog.Table: {"table", "CREATE TABLE"}, catalog.PartitionedTable: {"table", "CREATE TABLE"},
	catalog.View: {"view", "CREATE VIEW"}, catalog.MaterializedView: {"materialized view", "CREATE MATERIALIZED VIEW"},
	catalog.ForeignTable: {"foreign table", "CREATE FOREIGN TABLE"}}

// things lists a catalog's objects in the order PostgreSQL makes them: sequences, relations, indexes, ....
func things(s *catalog.Snapshot) []thing {
	var out []thing
	for _, x := range s.Schemas {
		out = append(out, thing{class: inNamespace, oid: x.OID, kind: "schema", name: x.Name, identity: quote(x.Name), made: "CREATE SCHEMA", same: x})
	}
	for _, x := range s.Extensions {
		out = append(out, thing{class: inExtension, oid: x.OID, kind: "extension", name: x.Name, identity: quote(x.Name), made: "CREATE EXTENSION", same: x})
	}
	for _, u := range s.Types {
		x := u.Type
		if x.Kind == types.ArrayType || x.Kind == types.MultirangeType {
			continue
		}
		if rel := s.RelationOfRowType(x.OID); rel != nil && rel.Kind != catalog.CompositeRel {
			continue
		}
		made := "CREATE TYPE"
		if x.Kind == types.DomainType {
			made = "CREATE DOMAIN"
		}
		out = append(out, thing{class: inType, oid: x.OID, kind: "type", schema: x.Schema, name: x.Name, identity: dotted(x.Schema, x.Name), made: made,
			same: typeState(u), inExtension: u.Extension != 0})
	}
	for _, x := range s.Functions {
		kind, made := "function", "CREATE FUNCTION"
		switch x.Kind {
		case catalog.Procedure:
			kind, made = "procedure", "CREATE PROCEDURE"
		case catalog.Aggregate:
			kind, made = "aggregate", "CREATE AGGREGATE"
		}
		out = append(out, thing{class: inProc, oid: x.OID, kind: kind, schema: x.Schema, identity: dotted(x.Schema, x.Name) + identityTypes(s, x),
			made: made, same: x, inExtension: x.Extension != 0})
	}
	for _, x := range s.Sequences {
		out = append(out, thing{class: inClass, oid: x.OID, kind: "sequence", schema: x.Schema, name: x.Name, identity: dotted(x.Schema, x.Name),
			made: "CREATE SEQUENCE", same: x})
	}
	for _, x := range s.Relations {
		k, ok := relationKinds[x.Kind]
		if !ok {
			continue
		}
		out = append(out, thing{class: inClass, oid: x.OID, kind: k[0], schema: x.Schema, name: x.Name, identity: dotted(x.Schema, x.Name), made: k[1], same: x})
	}
	for _, x := range s.Relations {
		for _, i := range x.Indexes {
			out = append(out, thing{class: inClass, oid: i.OID, kind: "index", schema: x.Schema, name: i.Name, identity: dotted(x.Schema, i.Name),
				made: "CREATE INDEX", same: i.Name})
		}
		for _, p := range x.Policies {
			out = append(out, thing{class: inPolicy, oid: p.OID, kind: "policy", identity: quote(p.Name) + " on " + dotted(x.Schema, x.Name), schema: x.Schema,
				made: "CREATE POLICY", same: p})
		}
		for _, t := range x.Triggers {
			out = append(out, thing{class: inTrigger, oid: t.OID, kind: "trigger", identity: quote(t.Name) + " on " + dotted(x.Schema, x.Name), schema: x.Schema,
				made: "CREATE TRIGGER", same: t})
		}
	}
	return out
}

// typeState is what of a type may change: the types themselves are linked anew in every snapshot.
func typeState(u *catalog.UserType) string {
	var b strings.Builder
	x := u.Type
	b.WriteString(strings.Join([]string{x.Schema, x.Name, u.Owner, u.Default, u.Comment, strings.Join(x.Labels, ",")}, "\x00"))
	for _, c := range u.Checks {
		b.WriteString("\x00" + c.Name + c.Expr)
	}
	for _, f := range x.Fields {
		b.WriteString("\x00" + f.Name + " " + f.Type.Name)
	}
	return b.String()
}

// identityTypes are a function's argument types, fully qualified but for those the grammar has words for.
func identityTypes(s *catalog.Snapshot, f *catalog.Function) string {
	var list []string
	for _, p := range f.Inputs() {
		t := s.TypeByOID(p.Type)
		if t == nil {
			t = types.ByOID(types.TextOID)
		}
		list = append(list, identityType(t))
	}
	return "(" + strings.Join(list, ",") + ")"
}

func identityType(t *types.Type) string {
	if t.Kind == types.ArrayType && t.Elem != nil {
		return identityType(t.Elem) + "[]"
	}
	switch t.OID {
	case types.BoolOID, types.BPCharOID, types.Float4OID, types.Float8OID, types.Int2OID, types.Int4OID, types.Int8OID, types.NumericOID,
		types.IntervalOID, types.TimeOID, types.TimetzOID, types.TimestampOID, types.TimestamptzOID, types.VarcharOID, types.BitOID, types.VarbitOID:
		return t.String()
	}
	return dotted(t.Schema, t.Name)
}

type thingKey struct {
	class, oid catalog.OID
}

// eventOf compares the catalogs before and after a statement.
func eventOf(before, after *catalog.Snapshot, tag string, stmt ast.Statement) *session.Event {
	e := &session.Event{}
	was := map[thingKey]thing{}
	for _, t := range things(before) {
		was[thingKey{t.class, t.oid}] = t
	}
	var made, changed, owned []thing
	alter := strings.HasPrefix(tag, "ALTER") || tag == "COMMENT"
	for _, t := range things(after) {
		k := thingKey{t.class, t.oid}
		old, ok := was[k]
		delete(was, k)
		switch {
		case !ok:
			made = append(made, t)
			if t.kind == "sequence" {
				owned = append(owned, t)
			}
		case old.same != t.same:
			changed = append(changed, t)
		}
	}
	switch {
	case tag == "GRANT" || tag == "REVOKE":
		if g, ok := stmt.(*ast.GrantStmt); ok {
			e.Commands = append(e.Commands, commandRow(thing{kind: ddlGrantKind(g)}, tag, true))
		}
		return e
	case strings.HasPrefix(tag, "DROP"):
	case alter:
		e.Commands = alteredRows(stmt, tag, made, changed)
	default:
		table := tag == "CREATE TABLE"
		for _, t := range made {
			c := t.made
			if tag == "CREATE TABLE AS" || tag == "SELECT INTO" || tag == "CREATE PROCEDURE" {
				c = tag
			}
			if tag == "CREATE EXTENSION" && t.kind != "extension" {
				continue
			}
			e.Commands = append(e.Commands, commandRow(t, c, false))
		}
		if table {
			for _, t := range made {
				if rel := after.RelationByOID(t.oid); rel != nil && t.class == inClass && hasForeignKey(rel) {
					e.Commands = append(e.Commands, commandRow(t, "ALTER TABLE", false))
				}
			}
			for _, t := range owned {
				e.Commands = append(e.Commands, commandRow(t, "ALTER SEQUENCE", false))
			}
		}
		if len(made) == 0 {
			for _, t := range changed {
				if t.made == tag || tag == "REFRESH MATERIALIZED VIEW" {
					e.Commands = append(e.Commands, commandRow(t, tag, false))
				}
			}
		}
	}
	for _, t := range things(before) {
		if _, gone := was[thingKey{t.class, t.oid}]; gone {
			e.Dropped = append(e.Dropped, droppedRow(t, original(stmt, t)))
		}
	}
	e.Dropped = append(e.Dropped, droppedColumns(before, after)...)
	return e
}

func hasForeignKey(rel *catalog.Relation) bool {
	for _, c := range rel.Constraints {
		if c.Kind == catalog.ForeignKey {
			return true
		}
	}
	return false
}

// alteredRows are the rows of ALTER and COMMENT: the object the statement is about.
func alteredRows(stmt ast.Statement, tag string, made, changed []thing) [][]types.Datum {
	want := map[string]string{"ALTER TABLE": "table", "ALTER VIEW": "view", "ALTER MATERIALIZED VIEW": "materialized view", "ALTER FUNCTION": "function",
		"ALTER PROCEDURE": "procedure", "ALTER TYPE": "type", "ALTER DOMAIN": "type", "ALTER SEQUENCE": "sequence", "ALTER POLICY": "policy",
		"ALTER TRIGGER": "trigger", "ALTER INDEX": "index", "ALTER SCHEMA": "schema", "ALTER EXTENSION": "extension"}[tag]
	var out [][]types.Datum
	for _, t := range changed {
		if want != "" && t.kind != want {
			continue
		}
		if s, ok := stmt.(*ast.RenameStmt); ok && s.Subject == ast.ObjectColumn && t.class == inClass {
			if rel, ok := t.same.(*catalog.Relation); ok {
				if c := rel.Column(s.NewName); c != nil {
					t.kind, t.sub = t.kind+" column", c.Num
					t.identity += "." + quote(c.Name)
				}
			}
		}
		return append(out, commandRow(t, tag, false))
	}
	for _, t := range made {
		if t.kind == "index" && tag == "ALTER TABLE" {
			continue
		}
		out = append(out, commandRow(t, t.made, false))
	}
	return out
}

func ddlGrantKind(g *ast.GrantStmt) string {
	if w, ok := kindNames[g.Kind]; ok {
		return w
	}
	return "TABLE"
}

// commandRow is a row of pg_event_trigger_ddl_commands().
func commandRow(t thing, tag string, bare bool) []types.Datum {
	text := func(s string) types.Datum {
		if s == "" {
			return types.Null()
		}
		return types.Text(s)
	}
	row := []types.Datum{types.Int(int64(t.class)), types.Int(int64(t.oid)), types.Int(int64(t.sub)), types.Text(tag), types.Text(t.kind),
		text(t.schema), text(t.identity), types.Bool(t.inExtension), types.Null()}
	if bare {
		row[0], row[1], row[2] = types.Null(), types.Null(), types.Null()
	}
	if t.kind == "policy" || t.kind == "trigger" || t.kind == "schema" || t.kind == "extension" {
		row[5] = types.Null()
	}
	return row
}

// original says that the statement names the object.
func original(stmt ast.Statement, t thing) bool {
	s, ok := stmt.(*ast.DropStmt)
	if !ok {
		return false
	}
	for _, o := range s.Objects {
		if o.Func != nil && len(o.Func.Name) > 0 {
			if strings.HasPrefix(t.identity, dotted(t.schema, o.Func.Name[len(o.Func.Name)-1])+"(") {
				return true
			}
			continue
		}
		if n := len(o.Names); n > 0 {
			name := o.Names[n-1]
			if t.name == name && t.class != inPolicy && t.class != inTrigger && (t.kind != "index" || s.Kind == ast.ObjectIndex) ||
				t.name == "" && strings.HasPrefix(t.identity, quote(name)+" on ") {
				return true
			}
		}
	}
	return false
}

// droppedRow is a row of pg_event_trigger_dropped_objects().
func droppedRow(t thing, named bool) []types.Datum {
	text := func(s string) types.Datum {
		if s == "" {
			return types.Null()
		}
		return types.Text(s)
	}
	schema := text(t.schema)
	if t.kind == "schema" || t.kind == "extension" {
		schema = types.Null()
	}
	return []types.Datum{types.Int(int64(t.class)), types.Int(int64(t.oid)), types.Int(int64(t.sub)), types.Bool(named), types.Bool(!named),
		types.Bool(false), types.Text(t.kind), schema, text(t.name), types.Text(t.identity), types.Text("{}"), types.Text("{}")}
}

// droppedColumns are the columns that tables lost.
func droppedColumns(before, after *catalog.Snapshot) [][]types.Datum {
	var out [][]types.Datum
	for _, rel := range before.Relations {
		now := after.RelationByOID(rel.OID)
		if now == nil || now == rel || relationKinds[rel.Kind][0] != "table" {
			continue
		}
		for _, c := range rel.Columns {
			if now.ColumnByNum(c.Num) == nil {
				out = append(out, droppedRow(thing{class: inClass, oid: rel.OID, sub: c.Num, kind: "table column", schema: rel.Schema,
					identity: dotted(rel.Schema, rel.Name) + "." + quote(c.Name)}, true))
			}
		}
	}
	return out
}
