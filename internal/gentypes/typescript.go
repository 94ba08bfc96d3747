package gentypes

import (
	"slices"
	"strings"

	"github.com/basement-project/basement/internal/catalog"
	"github.com/basement-project/basement/internal/sql/types"
)

// apiVersion is the version of the REST dialect the client library may count on.
const apiVersion = "14.1"

const (
	tsNull    = tsText("null")
	tsUnknown = tsText("unknown")
	tsNever   = tsText("never")
)

func typescript(p *project) []byte {
	database := &tsObject{open: true}
	constants := &tsWriter{}
	for _, s := range p.schemas {
		database.fields = append(database.fields, tsField{name: s.name, typ: p.tsSchema(s)})
		writeConstants(constants, s)
	}
	w := &tsWriter{}
	w.put(tsHead)
	body := &tsWriter{}
	database.write(body, 0)
	w.put(strings.TrimPrefix(body.String(), "{\n"))
	w.put(tsHelpers)
	w.put(constants.String())
	w.put("} as const\n")
	return []byte(w.String())
}

func (p *project) tsSchema(s *namespace) tsType {
	var tables, views, functions, enums, composites []tsField
	for _, r := range s.tables {
		tables = append(tables, tsField{name: r.Name, typ: &tsObject{open: true, fields: []tsField{
			{name: "Row", typ: p.tsRow(s, r)},
			{name: "Insert", typ: p.tsWrite(r, false)},
			{name: "Update", typ: p.tsWrite(r, true)},
			{name: "Relationships", typ: tsRelationships(r)},
		}}})
	}
	for _, r := range s.views {
		fields := []tsField{{name: "Row", typ: p.tsRow(s, r)}}
		if r.Kind == catalog.View && r.Insertable {
			fields = append(fields, tsField{name: "Insert", typ: p.tsWrite(r, true)})
		}
		if r.Kind == catalog.View && r.Updatable {
			fields = append(fields, tsField{name: "Update", typ: p.tsWrite(r, true)})
		}
		fields = append(fields, tsField{name: "Relationships", typ: tsRelationships(r)})
		views = append(views, tsField{name: r.Name, typ: &tsObject{open: true, fields: fields}})
	}
	for i := 0; i < len(s.functions); {
		n := 1
		for i+n < len(s.functions) && s.functions[i+n].Name == s.functions[i].Name {
			n++
		}
		overloads := s.functions[i : i+n]
		var union tsUnion
		for _, f := range overloads {
			union = append(union, p.tsFunction(s, f, overloads))
		}
		functions = append(functions, tsField{name: overloads[0].Name, typ: union.simplified()})
		i += n
	}
	for _, t := range s.enums {
		enums = append(enums, tsField{name: t.Name, typ: tsLabels(t)})
	}
	for _, t := range s.composites {
		object := &tsObject{open: true}
		for _, f := range t.Fields {
			object.fields = append(object.fields, tsField{name: f.Name, typ: orNull(p.tsOf(f.Type), true)})
		}
		composites = append(composites, tsField{name: t.Name, typ: object})
	}
	return &tsObject{open: true, fields: []tsField{
		{name: "Tables", typ: tsGroup(tables)},
		{name: "Views", typ: tsGroup(views)},
		{name: "Functions", typ: tsGroup(functions)},
		{name: "Enums", typ: tsGroup(enums)},
		{name: "CompositeTypes", typ: tsGroup(composites)},
	}}
}

// tsGroup is a group of named things; an empty one has no key at all.
func tsGroup(fields []tsField) tsType {
	if len(fields) == 0 {
		return tsNothing{}
	}
	return &tsObject{open: true, fields: fields}
}

// tsNothing is the object type without any property.
type tsNothing struct{}

func (tsNothing) flat() (string, bool) { return "", false }

func (tsNothing) write(w *tsWriter, indent int) {
	w.put("{")
	w.line(indent + 2)
	w.put("[_ in never]: never")
	w.line(indent)
	w.put("}")
}

func (u tsUnion) simplified() tsType {
	if len(u) == 1 {
		return u[0]
	}
	return u
}

func orNull(t tsType, nullable bool) tsType {
	if !nullable || t == tsType(tsUnknown) {
		return t
	}
	if u, ok := t.(tsUnion); ok {
		return append(slices.Clip(u), tsNull)
	}
	return tsUnion{t, tsNull}
}

func tsLabels(t *types.Type) tsType {
	var union tsUnion
	for _, l := range t.Labels {
		union = append(union, tsText(tsString(l)))
	}
	return union.simplified()
}

// tsRow is a row as a query gives it; functions over the row come last, as columns that may be null.
func (p *project) tsRow(s *namespace, r *relation) tsType {
	object := &tsObject{open: true}
	for _, c := range r.columns {
		object.fields = append(object.fields, tsField{name: c.name, typ: orNull(p.tsOf(c.typ), c.nullable)})
	}
	for _, f := range r.computed {
		object.fields = append(object.fields, tsField{name: f.Name, typ: orNull(p.tsResult(s, f), true)})
	}
	return object
}

func (p *project) tsWrite(r *relation, update bool) tsType {
	object := &tsObject{open: true}
	for _, c := range r.columns {
		f := tsField{name: c.name, optional: true, typ: tsNever}
		if !c.never {
			nullable := c.nullable || r.View != nil
			f.optional, f.typ = update || c.optional || nullable, orNull(p.tsOf(c.typ), nullable)
		}
		object.fields = append(object.fields, f)
	}
	return object
}

func tsRelationships(r *relation) tsType {
	list := tsTuple{}
	for _, l := range r.relationships {
		unique := tsText("false")
		if l.oneToOne {
			unique = "true"
		}
		list = append(list, &tsObject{open: true, fields: []tsField{
			{name: "foreignKeyName", typ: tsText(tsString(l.constraint))},
			{name: "columns", typ: tsStrings(l.columns)},
			{name: "isOneToOne", typ: unique},
			{name: "referencedRelation", typ: tsText(tsString(l.foreign))},
			{name: "referencedColumns", typ: tsStrings(l.foreignColumns)},
		}})
	}
	return list
}

func tsStrings(list []string) tsType {
	var out tsTuple
	for _, s := range list {
		out = append(out, tsText(tsString(s)))
	}
	return out
}

// tsOf is the type of a value in JSON.
func (p *project) tsOf(t *types.Type) tsType {
	if t == nil {
		return tsUnknown
	}
	t = t.Underlying()
	switch t.Kind {
	case types.ArrayType:
		return tsArray{p.tsOf(t.Elem)}
	case types.EnumType:
		if p.in(t.Schema) && len(t.Labels) > 0 {
			return tsMember(t.Schema, "Enums", t.Name, "")
		}
		if len(t.Labels) > 0 {
			return tsLabels(t)
		}
		return tsUnknown
	case types.CompositeType:
		r := p.rowOf(t.OID)
		switch {
		case !p.in(t.Schema) || r == nil && len(t.Fields) == 0:
			return tsUnknown
		case r == nil:
			return tsMember(t.Schema, "CompositeTypes", t.Name, "")
		case r.View != nil:
			return tsMember(t.Schema, "Views", r.Name, "Row")
		}
		return tsMember(t.Schema, "Tables", r.Name, "Row")
	}
	if t.Name == "citext" || t.Name == "vector" {
		return tsText("string")
	}
	switch t.OID {
	case types.BoolOID:
		return tsText("boolean")
	case types.Int2OID, types.Int4OID, types.Int8OID, types.Float4OID, types.Float8OID, types.NumericOID:
		return tsText("number")
	case types.ByteaOID, types.BPCharOID, types.VarcharOID, types.DateOID, types.TextOID, types.TimeOID, types.TimetzOID,
		types.TimestampOID, types.TimestamptzOID, types.UUIDOID, types.IntervalOID:
		return tsText("string")
	case types.JSONOID, types.JSONBOID:
		return tsText("Json")
	case types.VoidOID:
		return tsText("undefined")
	case types.RecordOID:
		return tsText("Record<string, unknown>")
	}
	return tsUnknown
}

func tsMember(schema, group, name, part string) tsType {
	text := "Database[" + tsString(schema) + "][" + tsString(group) + "][" + tsString(name) + "]"
	if part != "" {
		text += "[" + tsString(part) + "]"
	}
	return tsText(text)
}

func writeConstants(w *tsWriter, s *namespace) {
	field := func(name string) string { return tsField{name: name}.key() + " " }
	w.put("  " + field(s.name) + "{\n    Enums: {")
	for _, t := range s.enums {
		w.line(6)
		w.put(field(t.Name))
		// The comma behind counts too.
		list := tsStrings(t.Labels)
		if text, _ := list.flat(); w.column+len([]rune(text))+1 <= lineWidth {
			w.put(text + ",")
			continue
		}
		list.write(w, 6)
		w.put(",")
	}
	if len(s.enums) > 0 {
		w.line(4)
	}
	w.put("},\n  },\n")
}

const tsHead = `export type Json =
  | string
  | number
  | boolean
  | null
  | { [key: string]: Json | undefined }
  | Json[]

export type Database = {
  // Allows to automatically instantiate createClient with right options
  // instead of createClient<Database, { PostgrestVersion: 'XX' }>(URL, KEY)
  __InternalSupabase: {
    PostgrestVersion: "` + apiVersion + `"
  }
`

// tsHelpers shorten what programs name: Tables<"notes"> for a row of public, Tables<{ schema: "shop" }, "orders"> for one
// of another schema.
const tsHelpers = `

type Schemas = Omit<Database, "__InternalSupabase">

type DefaultSchema = Schemas[Extract<keyof Schemas, "public">]

type InSchema = { schema: keyof Schemas }

type Relations<S extends { Tables: unknown; Views: unknown }> = S["Tables"] &
  S["Views"]

type Part<
  Group,
  Name,
  Key extends "Row" | "Insert" | "Update",
> = Name extends keyof Group
  ? Group[Name] extends { [K in Key]: infer T }
    ? T
    : never
  : never

/** A row of a table or view. */
export type Tables<
  NameOrSchema extends keyof Relations<DefaultSchema> | InSchema,
  Name extends NameOrSchema extends InSchema
    ? keyof Relations<Schemas[NameOrSchema["schema"]]>
    : never = never,
> = NameOrSchema extends InSchema
  ? Part<Relations<Schemas[NameOrSchema["schema"]]>, Name, "Row">
  : Part<Relations<DefaultSchema>, NameOrSchema, "Row">

/** What an insert into a table takes. */
export type TablesInsert<
  NameOrSchema extends keyof DefaultSchema["Tables"] | InSchema,
  Name extends NameOrSchema extends InSchema
    ? keyof Schemas[NameOrSchema["schema"]]["Tables"]
    : never = never,
> = NameOrSchema extends InSchema
  ? Part<Schemas[NameOrSchema["schema"]]["Tables"], Name, "Insert">
  : Part<DefaultSchema["Tables"], NameOrSchema, "Insert">

/** What an update of a table takes. */
export type TablesUpdate<
  NameOrSchema extends keyof DefaultSchema["Tables"] | InSchema,
  Name extends NameOrSchema extends InSchema
    ? keyof Schemas[NameOrSchema["schema"]]["Tables"]
    : never = never,
> = NameOrSchema extends InSchema
  ? Part<Schemas[NameOrSchema["schema"]]["Tables"], Name, "Update">
  : Part<DefaultSchema["Tables"], NameOrSchema, "Update">

/** The labels of an enum. */
export type Enums<
  NameOrSchema extends keyof DefaultSchema["Enums"] | InSchema,
  Name extends NameOrSchema extends InSchema
    ? keyof Schemas[NameOrSchema["schema"]]["Enums"]
    : never = never,
> = NameOrSchema extends InSchema
  ? Schemas[NameOrSchema["schema"]]["Enums"][Name]
  : NameOrSchema extends keyof DefaultSchema["Enums"]
    ? DefaultSchema["Enums"][NameOrSchema]
    : never

/** A value of a composite type. */
export type CompositeTypes<
  NameOrSchema extends keyof DefaultSchema["CompositeTypes"] | InSchema,
  Name extends NameOrSchema extends InSchema
    ? keyof Schemas[NameOrSchema["schema"]]["CompositeTypes"]
    : never = never,
> = NameOrSchema extends InSchema
  ? Schemas[NameOrSchema["schema"]]["CompositeTypes"][Name]
  : NameOrSchema extends keyof DefaultSchema["CompositeTypes"]
    ? DefaultSchema["CompositeTypes"][NameOrSchema]
    : never

/** The labels of the enums as values. */
export const Constants = {
`
