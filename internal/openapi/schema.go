package openapi

import (
	"encoding/json"
	"strings"

	"github.com/basement-project/basement/internal/catalog"
	"github.com/basement-project/basement/internal/plan"
	"github.com/basement-project/basement/internal/sql/types"
)

// maxNesting bounds how deep composite types are described within each other.
const maxNesting = 8

// jsonSchema is the JSON Schema of a type's values as the API writes them.
func (d *document) jsonSchema(t *types.Type, typmod int32, depth int) object {
	if t == nil || depth > maxNesting {
		return object{}
	}
	if t.Kind == types.DomainType {
		s := d.jsonSchema(t.Base, t.Typmod, depth+1)
		s["title"] = t.Name
		return s
	}
	s := object{}
	if t.Kind != types.CompositeType {
		s["x-postgresql-type"] = types.FormatType(t, typmod)
	}
	switch {
	case t.Elem != nil && t.Kind == types.ArrayType:
		s["type"], s["items"] = "array", d.jsonSchema(t.Elem, -1, depth+1)
	case t.Kind == types.CompositeType && len(t.Fields) > 0:
		properties := object{}
		for _, f := range t.Fields {
			properties[f.Name] = orNull(d.jsonSchema(f.Type, f.Typmod, depth+1))
		}
		s["type"], s["properties"] = "object", properties
	case len(t.Labels) > 0:
		s["type"], s["enum"] = "string", t.Labels
	default:
		scalar(s, t, typmod)
	}
	return s
}

func scalar(s object, t *types.Type, typmod int32) {
	s["type"] = "string"
	switch t.OID {
	case types.BoolOID:
		s["type"] = "boolean"
	case types.Int2OID, types.Int4OID:
		s["type"], s["format"] = "integer", "int32"
	case types.Int8OID:
		s["type"], s["format"] = "integer", "int64"
	case types.OidOID:
		s["type"] = "integer"
	case types.NumericOID:
		s["type"] = "number"
	case types.Float4OID:
		s["type"], s["format"] = "number", "float"
	case types.Float8OID:
		s["type"], s["format"] = "number", "double"
	case types.JSONOID, types.JSONBOID:
		delete(s, "type")
	case types.UUIDOID:
		s["format"] = "uuid"
	case types.DateOID:
		s["format"] = "date"
	case types.TimestamptzOID:
		s["format"] = "date-time"
	case types.VarcharOID, types.BPCharOID:
		if typmod >= 4 {
			s["maxLength"] = typmod - 4
		}
	}
}

// orNull lets a schema hold null as well.
func orNull(s object) object {
	switch t := s["type"].(type) {
	case string:
		s["type"] = []string{t, "null"}
	}
	if labels, ok := s["enum"].([]string); ok {
		values := make([]any, 0, len(labels)+1)
		for _, l := range labels {
			values = append(values, l)
		}
		s["enum"] = append(values, nil)
	}
	return s
}

func (d *document) column(t *plan.Table, c *catalog.Column, nullable bool) object {
	s := d.jsonSchema(d.typeOf(c.Type), c.Typmod, 0)
	if nullable {
		s = orNull(s)
	}
	var text []string
	if c.Comment != "" {
		text = append(text, c.Comment)
	}
	for _, k := range t.Key {
		if k == c.Name {
			text = append(text, "Part of the primary key.")
			s["x-primary-key"] = true
		}
	}
	if table, to, ok := d.m.RefersTo(t, c.Name); ok {
		text = append(text, "Refers to "+table+"."+to+".")
		s["x-references"] = object{"table": table, "column": to}
	}
	if len(text) > 0 {
		s["description"] = strings.Join(text, "\n\n")
	}
	if e := d.exampleOf(c); e != nil {
		s["examples"] = []any{e}
	}
	return s
}

// rowSchema describes a row as it is read. Every column can be left out of select, so none is required.
func (d *document) rowSchema(t *plan.Table, columns []*catalog.Column) object {
	properties := object{}
	for _, c := range columns {
		properties[c.Name] = d.column(t, c, !c.NotNull)
	}
	s := object{"type": "object", "properties": properties}
	if t.Comment != "" {
		s["description"] = t.Comment
	}
	return s
}

// writeSchema describes a row as it is written; required are, for an insert, the columns that have no other value.
func (d *document) writeSchema(t *plan.Table, columns []*catalog.Column, insert bool) object {
	properties, required := object{}, []string{}
	for _, c := range columns {
		if c.Generated != "" || c.Identity == "a" {
			continue
		}
		s := d.column(t, c, !c.NotNull)
		if v, ok := defaultValue(d.dataType(c), d.defaultText(c)); insert && ok {
			s["default"] = v
		}
		properties[c.Name] = s
		if insert && c.NotNull && c.Default == "" && c.Identity == "" && d.defaultText(c) == "" {
			required = append(required, c.Name)
		}
	}
	s := object{"type": "object", "properties": properties, "additionalProperties": false}
	if len(required) > 0 {
		s["required"] = required
	}
	return s
}

// filter describes a column as a filter of the address.
func (d *document) filter(c *catalog.Column) object {
	example := "is.null"
	if e := d.exampleOf(c); e != nil {
		if s, ok := e.(string); ok {
			example = "eq." + s
		} else if text, err := json.Marshal(e); err == nil && d.typeOf(c.Type).Underlying().Kind != types.ArrayType {
			example = "eq." + string(text)
		}
	}
	// Not as an example: the page would send it.
	return object{"name": c.Name, "in": "query", "required": false, "schema": ref("schemas", "api.Filter"),
		"description": "For example " + example}
}

// example is a row to send.
func (d *document) example(columns []*catalog.Column) object {
	out := object{}
	for _, c := range columns {
		if c.Generated != "" || c.Identity != "" || d.defaultText(c) != "" {
			continue
		}
		if e := d.exampleOf(c); e != nil {
			out[c.Name] = e
		}
	}
	return out
}

func (d *document) exampleOf(c *catalog.Column) any { return exampleValue(d.typeOf(c.Type), 0) }

// exampleValue is a value of a type as JSON, nil when none is worth showing.
func exampleValue(t *types.Type, depth int) any {
	if t == nil || depth > 2 {
		return nil
	}
	t = t.Underlying()
	if t.Kind == types.ArrayType {
		if e := exampleValue(t.Elem, depth+1); e != nil {
			return []any{e}
		}
		return []any{}
	}
	if len(t.Labels) > 0 {
		return t.Labels[0]
	}
	switch t.OID {
	case types.BoolOID:
		return true
	case types.Int2OID, types.Int4OID, types.Int8OID:
		return 1
	case types.NumericOID, types.Float4OID, types.Float8OID:
		return 9.5
	case types.TextOID, types.VarcharOID, types.BPCharOID, types.NameOID:
		return "text"
	case types.UUIDOID:
		return "7f0c2f9a-55a1-4d4a-9a3c-2b8f6d1e0c11"
	case types.DateOID:
		return "2026-01-31"
	case types.TimestampOID:
		return "2026-01-31T12:00:00"
	case types.TimestamptzOID:
		return "2026-01-31T12:00:00+00:00"
	case types.TimeOID:
		return "12:00:00"
	case types.IntervalOID:
		return "01:30:00"
	case types.JSONOID, types.JSONBOID:
		return object{"key": "value"}
	}
	return nil
}
