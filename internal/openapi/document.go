package openapi

import (
	"encoding/json"
	"slices"
	"strings"

	"github.com/basement-project/basement/internal/catalog"
	"github.com/basement-project/basement/internal/plan"
	"github.com/basement-project/basement/internal/rest"
)

// Document is the OpenAPI 3.1 document of one schema, as JSON: the relations and functions that role may use, with the
// methods and columns it has the rights for, or everything when the settings say so. base is the API's own address, used
// unless the settings name the proxy's.
func Document(m *plan.Model, schema, role, base string) []byte {
	d := &document{describer: describer{m: m, role: role, all: m.Config.OpenAPI == rest.OpenAPIIgnore}, schemas: object{}}
	d.schemas["api.Error"], d.schemas["api.Filter"] = errorSchema(), filterSchema()
	paths, tags := object{}, []object{}
	for _, t := range d.tables(schema) {
		item := d.table(t)
		if len(item) == 0 {
			continue
		}
		paths["/"+segment(t.Name)] = item
		tags = append(tags, tag(t.Name, t.Comment))
	}
	overloads := map[string][]*catalog.Function{}
	for _, f := range m.Callable(schema) {
		if d.all || m.Snapshot.MayExecute(role, f) {
			overloads[f.Name] = append(overloads[f.Name], f)
		}
	}
	for name, list := range overloads {
		paths["/rpc/"+segment(name)] = d.functions(name, list)
	}
	if len(overloads) > 0 {
		tags = append(tags, tag("functions", "Functions of the database, called by name."))
	}
	if proxy := m.Config.OpenAPIProxy; proxy != "" {
		base = strings.TrimSuffix(proxy, "/")
	}
	title, description := "REST API", "The tables, views and functions of schema "+schema+"."
	if s := m.Snapshot.Schema(schema); s != nil && s.Comment != "" {
		title, description = split(s.Comment)
	}
	doc := object{
		"openapi": "3.1.0",
		"info":    object{"title": title, "description": description, "version": m.Config.Version},
		"servers": []object{{"url": base}},
		"tags":    tags,
		"paths":   paths,
		"components": object{
			"schemas":    d.schemas,
			"parameters": sharedParameters(m.Config.Schemas),
			"responses":  sharedResponses(),
			"securitySchemes": object{
				"apikey": object{"type": "apiKey", "in": "header", "name": "apikey", "description": "A key of the project."},
				"bearer": object{"type": "http", "scheme": "bearer", "bearerFormat": "JWT", "description": "The token of the user who asks."},
			},
		},
		"security": []object{{}, {"apikey": []string{}}, {"bearer": []string{}}, {"apikey": []string{}, "bearer": []string{}}},
	}
	out, err := json.Marshal(doc)
	if err != nil {
		return []byte("{}")
	}
	return out
}

// document is one OpenAPI 3.1 document in the making; schemas are components/schemas.
type document struct {
	describer
	schemas object
}

func tag(name, comment string) object {
	t := object{"name": name}
	if comment != "" {
		t["description"] = comment
	}
	return t
}

// segment writes a name as a part of a path template, in which braces mean something else.
func segment(name string) string {
	return strings.NewReplacer("%", "%25", "/", "%2F", "?", "%3F", "#", "%23", "{", "%7B", "}", "%7D").Replace(name)
}

// key writes a name as a key of components, which has a narrow alphabet.
func key(name string) string {
	const hex = "0123456789abcdef"
	var b strings.Builder
	for i := range len(name) {
		switch c := name[i]; {
		case c >= 'a' && c <= 'z', c >= 'A' && c <= 'Z', c >= '0' && c <= '9', c == '_', c == '-':
			b.WriteByte(c)
		default:
			b.WriteString("." + string(hex[c>>4]) + string(hex[c&15]))
		}
	}
	return b.String()
}

func ref(kind, name string) object { return object{"$ref": "#/components/" + kind + "/" + name} }

// words are the names in an address that mean something else than a column.
var words = []string{"select", "columns", "on_conflict", "order", "limit", "offset"}

// holds gives the columns that the role holds a privilege on.
func (d *document) holds(t *plan.Table, want catalog.Privilege) []*catalog.Column {
	var out []*catalog.Column
	for _, c := range t.Columns {
		if d.all || d.m.Snapshot.ColumnRights(d.role, t.Relation, c)&want != 0 {
			out = append(out, c)
		}
	}
	return out
}

// table describes the methods of one relation.
func (d *document) table(t *plan.Table) object {
	name := key(t.Name)
	item := object{}
	rows := object{"type": "array", "items": object{}}
	var filters []object
	if read := d.holds(t, catalog.Select); len(read) > 0 {
		d.schemas[name] = d.rowSchema(t, read)
		rows["items"] = ref("schemas", name)
		for _, c := range read {
			if !slices.Contains(words, c.Name) {
				filters = append(filters, d.filter(c))
			}
		}
		item["get"] = d.operation(t, "read", "Read rows",
			join(filters, shared("select", "order", "limit", "offset", "Range", "Prefer.read", "Accept-Profile")), nil, object{
				"200": rowsAnswer("All rows that were asked for.", rows),
				"206": rowsAnswer("A part of the rows; Content-Range tells which.", rows),
				"416": ref("responses", "RangeNotSatisfiable")})
	}
	if insert := d.holds(t, catalog.Insert); t.Insertable && len(insert) > 0 {
		d.schemas[name+".insert"] = d.writeSchema(t, insert, true)
		body := ref("schemas", name+".insert")
		item["post"] = d.operation(t, "create", "Create rows", shared("select", "columns", "on_conflict", "Prefer.write", "Content-Profile"),
			bodyOf(object{"oneOf": []object{body, {"type": "array", "items": body}}}, d.example(insert)), object{
				"201": rowsAnswer("Created. With Prefer: return=representation the rows, otherwise no body.", rows),
				"409": ref("responses", "Conflict")})
	}
	if update := d.holds(t, catalog.Update); t.Updatable && len(update) > 0 {
		d.schemas[name+".update"] = d.writeSchema(t, update, false)
		item["patch"] = d.operation(t, "update", "Change the rows that the filters choose",
			join(filters, shared("select", "columns", "order", "limit", "Prefer.write", "Content-Profile")),
			bodyOf(ref("schemas", name+".update"), d.example(update)), changed("changed", rows))
	}
	if t.Deletable && (d.all || d.m.Snapshot.RelationRights(d.role, t.Relation)&catalog.Delete != 0) {
		item["delete"] = d.operation(t, "delete", "Delete the rows that the filters choose",
			join(filters, shared("select", "order", "limit", "Prefer.write", "Content-Profile")), nil, changed("deleted", rows))
	}
	return item
}

func changed(how string, rows object) object {
	return object{
		"200": rowsAnswer("With Prefer: return=representation: the "+how+" rows.", rows),
		"204": object{"description": "Done."},
		"409": ref("responses", "Conflict"),
	}
}

func (d *document) operation(t *plan.Table, verb, summary string, parameters []object, body object, responses object) object {
	op := object{"operationId": verb + "." + t.Name, "tags": []string{t.Name}, "summary": summary, "parameters": parameters,
		"responses": withErrors(responses)}
	if body != nil {
		op["requestBody"] = body
	}
	return op
}

func withErrors(responses object) object {
	for status, name := range map[string]string{"400": "BadRequest", "401": "Unauthorized", "403": "Forbidden", "503": "Unavailable"} {
		responses[status] = ref("responses", name)
	}
	return responses
}

func join(lists ...[]object) []object { return slices.Concat(lists...) }

func shared(names ...string) []object {
	out := make([]object, len(names))
	for i, n := range names {
		out[i] = ref("parameters", n)
	}
	return out
}

func rowsAnswer(description string, schema object) object {
	headers := object{"Content-Range": object{"description": "The rows given and, when asked for, how many there are: 0-19/57.",
		"schema": object{"type": "string"}}}
	return object{"description": description, "headers": headers, "content": object{
		"application/json":                  object{"schema": schema},
		"application/vnd.pgrst.object+json": object{"schema": schema["items"]},
		"text/csv":                          object{"schema": object{"type": "string"}},
	}}
}

func bodyOf(schema, example object) object {
	media := object{"schema": schema}
	if len(example) > 0 {
		media["examples"] = object{"row": object{"value": example}}
	}
	return object{"required": true, "content": object{"application/json": media, "text/csv": object{"schema": object{"type": "string"}}}}
}
