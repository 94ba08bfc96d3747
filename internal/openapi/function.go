package openapi

import (
	"maps"
	"slices"

	"github.com/basement-project/basement/internal/catalog"
	"github.com/basement-project/basement/internal/sql/types"
)

// functions describes the ways to call the functions of one name: POST always, GET when one changes nothing. The arguments
// decide which of several is called.
func (d *document) functions(name string, list []*catalog.Function) object {
	results, content, query := object{}, object{}, []object{}
	required, readable := true, false
	summary, description := "Call "+name, ""
	for _, f := range list {
		if f.Comment != "" {
			summary, description = split(f.Comment)
		}
		for status, answer := range d.result(f) {
			results[status] = answer
		}
		media, schema, needed := d.arguments(f)
		if known, ok := content[media].(object); ok {
			content[media] = object{"schema": either(known["schema"].(object), schema["schema"].(object))}
		} else {
			content[media] = schema
		}
		required = required && needed
		if f.Volatility != 'v' {
			readable = true
			for _, p := range d.queryArguments(f) {
				if len(list) > 1 {
					p["required"] = false
				}
				if !slices.ContainsFunc(query, func(q object) bool { return q["name"] == p["name"] }) {
					query = append(query, p)
				}
			}
		}
	}
	op := func(verb string) object {
		o := object{"operationId": verb + ".rpc." + name, "tags": []string{"functions"}, "summary": summary,
			"responses": withErrors(maps.Clone(results))}
		if description != "" {
			o["description"] = description
		}
		return o
	}
	post := op("call")
	post["parameters"] = shared("select", "Prefer.call", "Content-Profile")
	post["requestBody"] = object{"required": required, "content": content}
	item := object{"post": post}
	if readable {
		get := op("read")
		get["parameters"] = join(query, shared("select", "order", "limit", "offset", "Accept-Profile"))
		item["get"] = get
	}
	return item
}

// either is the schema of values that fit one of two.
func either(a, b object) object {
	if list, ok := a["anyOf"].([]object); ok {
		return object{"anyOf": append(list, b)}
	}
	return object{"anyOf": []object{a, b}}
}

// arguments gives the media type of the body that a function takes, the description of that, and whether it is needed.
func (d *document) arguments(f *catalog.Function) (media string, schema object, needed bool) {
	inputs := f.Inputs()
	if len(inputs) == 1 && inputs[0].Name == "" {
		switch inputs[0].Type {
		case types.ByteaOID:
			return "application/octet-stream", object{"schema": object{}}, true
		case types.TextOID:
			return "text/plain", object{"schema": object{"type": "string"}}, true
		case types.XMLOID:
			return "text/xml", object{"schema": object{"type": "string"}}, true
		}
		return "application/json", object{"schema": object{}}, true
	}
	properties, required, example := object{}, []string{}, object{}
	for _, p := range inputs {
		properties[p.Name] = d.jsonSchema(d.typeOf(p.Type), -1, 0)
		if !p.HasDefault && p.Mode != catalog.Variadic {
			required = append(required, p.Name)
			if e := exampleValue(d.typeOf(p.Type), 0); e != nil {
				example[p.Name] = e
			}
		}
	}
	body := object{"type": "object", "properties": properties, "additionalProperties": false}
	if len(required) > 0 {
		body["required"] = required
	}
	schema = object{"schema": body}
	if len(example) > 0 {
		schema["examples"] = object{"arguments": object{"value": example}}
	}
	return "application/json", schema, len(required) > 0
}

func (d *document) queryArguments(f *catalog.Function) []object {
	var out []object
	for _, p := range f.Inputs() {
		if p.Name == "" || slices.Contains(words, p.Name) {
			continue
		}
		t := d.typeOf(p.Type)
		q := object{"name": p.Name, "in": "query", "required": !p.HasDefault && p.Mode != catalog.Variadic}
		switch schema := d.jsonSchema(t, -1, 0); {
		case p.Mode == catalog.Variadic:
			q["schema"], q["explode"] = schema, true
		case t.Underlying().Kind == types.ArrayType:
			q["schema"], q["description"] = object{"type": "string"}, "An array as PostgreSQL writes it: {a,b}."
		default:
			q["schema"] = schema
		}
		out = append(out, q)
	}
	return out
}

func (d *document) result(f *catalog.Function) object {
	if f.Returns == types.VoidOID {
		return object{"204": object{"description": "Done."}}
	}
	var schema object
	if outs := f.Outputs(); len(outs) > 0 && (len(outs) > 1 || f.ReturnsSet) {
		properties := object{}
		for _, p := range outs {
			properties[p.Name] = orNull(d.jsonSchema(d.typeOf(p.Type), -1, 0))
		}
		schema = object{"type": "object", "properties": properties}
	} else if r := d.m.Snapshot.RelationOfRowType(f.Returns); r != nil {
		schema = d.rowOf(r)
	} else {
		schema = orNull(d.jsonSchema(d.typeOf(f.Returns), -1, 0))
	}
	if f.ReturnsSet {
		schema = object{"type": "array", "items": schema}
	}
	return object{"200": object{"description": "The result.", "content": object{"application/json": object{"schema": schema}}}}
}

// rowOf describes a row of a relation that may be none of the API's own: the columns the role may read.
func (d *document) rowOf(r *catalog.Relation) object {
	if _, ok := d.schemas[key(r.Name)]; ok && d.m.Table(r.Schema, r.Name) != nil {
		return ref("schemas", key(r.Name))
	}
	properties := object{}
	for _, c := range r.Columns {
		if d.all || d.m.Snapshot.ColumnRights(d.role, r, c)&catalog.Select != 0 {
			properties[c.Name] = orNull(d.jsonSchema(d.typeOf(c.Type), c.Typmod, 0))
		}
	}
	return object{"type": "object", "properties": properties}
}
