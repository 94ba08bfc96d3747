package pipeline

import (
	"bytes"
	"encoding/json"
	"net/url"
	"strconv"
	"strings"

	"github.com/basement-project/basement/internal/errs"
)

// A request of a batch refers to what an earlier one was answered with by the request's id and a JSON pointer into the
// answer's body (RFC 6901): id#/0/name. In a body an object with the one key $ref stands for the value; in a path
// ${id#/0/name} stands for its text, escaped.

const (
	// maxReferenceDepth bounds the nesting of bodies that are looked through.
	maxReferenceDepth = 100
	// maxReferences bounds the references of one request.
	maxReferences = 1000
)

// references gives the values that one request of a batch refers to.
type references struct {
	before []reply
	known  map[string]json.RawMessage
	count  int
	// left is how many bytes of values the request may still take.
	left int64
}

func refer(before []reply, limit int64) *references {
	return &references{before: before, known: map[string]json.RawMessage{}, left: limit}
}

// value gives what a reference stands for, within the bounds.
func (r *references) value(reference string) (json.RawMessage, error) {
	if r.count++; r.count > maxReferences {
		return nil, badBatch("A request of a batch has at most "+strconv.Itoa(maxReferences)+" references.", nil)
	}
	v, ok := r.known[reference]
	if !ok {
		var err error
		if v, err = resolve(reference, r.before); err != nil {
			return nil, err
		}
		r.known[reference] = v
	}
	if r.left -= int64(len(v)); r.left < 0 {
		return nil, tooLarge()
	}
	return v, nil
}

// fillPath puts values into a path.
func (r *references) fillPath(path string) (string, error) {
	var b strings.Builder
	for {
		i := strings.Index(path, "${")
		if i < 0 {
			b.WriteString(path)
			return b.String(), nil
		}
		j := strings.IndexByte(path[i:], '}')
		if j < 0 {
			return "", badReference(path[i:], "it has no end")
		}
		value, err := r.value(path[i+2 : i+j])
		if err != nil {
			return "", err
		}
		text, ok := plainText(value)
		if !ok {
			return "", badReference(path[i+2:i+j], "a path takes a text, a number or a boolean")
		}
		b.WriteString(path[:i])
		b.WriteString(strings.ReplaceAll(url.QueryEscape(text), "+", "%20"))
		path = path[i+j+1:]
	}
}

func plainText(value json.RawMessage) (string, bool) {
	var text string
	if json.Unmarshal(value, &text) == nil && len(value) > 0 && value[0] == '"' {
		return text, true
	}
	switch {
	case len(value) == 0, value[0] == '{', value[0] == '[', string(value) == "null":
		return "", false
	}
	return string(value), true
}

// fillBody puts values into a body. Everything else of it stays as it was written.
func (r *references) fillBody(body json.RawMessage) ([]byte, error) {
	if len(body) == 0 || !bytes.Contains(body, []byte(`"$ref"`)) {
		return body, nil
	}
	return r.fillValue(body, 0)
}

func (r *references) fillValue(value json.RawMessage, depth int) ([]byte, error) {
	value = bytes.TrimSpace(value)
	if depth > maxReferenceDepth {
		return nil, badBatch("A body is nested too deep.", nil)
	}
	if len(value) == 0 || !bytes.Contains(value, []byte(`"$ref"`)) {
		return value, nil
	}
	d := json.NewDecoder(bytes.NewReader(value))
	d.UseNumber()
	open, err := d.Token()
	if err != nil {
		return nil, badBatch("A body is not JSON.", err)
	}
	delim, ok := open.(json.Delim)
	if !ok {
		return value, nil
	}
	var out []byte
	out = append(out, byte(delim))
	for n := 0; d.More(); n++ {
		if n > 0 {
			out = append(out, ',')
		}
		key := ""
		if delim == '{' {
			name, err := d.Token()
			if err != nil {
				return nil, badBatch("A body is not JSON.", err)
			}
			key, _ = name.(string)
			text, err := json.Marshal(key)
			if err != nil {
				return nil, badBatch("A body is not JSON.", err)
			}
			out = append(append(out, text...), ':')
		}
		var item json.RawMessage
		if err := d.Decode(&item); err != nil {
			return nil, badBatch("A body is not JSON.", err)
		}
		var to string
		if key == "$ref" && n == 0 && !d.More() && json.Unmarshal(item, &to) == nil {
			return r.value(to)
		}
		filled, err := r.fillValue(item, depth+1)
		if err != nil {
			return nil, err
		}
		out = append(out, filled...)
	}
	return append(out, byte(delim)+2), nil // '[' and ']', '{' and '}' are two apart
}

// resolve gives the value a reference stands for.
func resolve(reference string, before []reply) (json.RawMessage, error) {
	id, pointer, ok := strings.Cut(reference, "#")
	if !ok || pointer != "" && !strings.HasPrefix(pointer, "/") {
		return nil, badReference(reference, "it must be an id, # and a JSON pointer")
	}
	for i := range before {
		if before[i].ID != id {
			continue
		}
		value := before[i].Body
		if pointer == "" {
			return value, nil
		}
		for step := range strings.SplitSeq(pointer[1:], "/") {
			step = strings.NewReplacer("~1", "/", "~0", "~").Replace(step)
			if value, ok = member(value, step); !ok {
				return nil, badReference(reference, "the answer has no such value")
			}
		}
		return value, nil
	}
	return nil, badReference(reference, "no earlier request has that id")
}

func member(value json.RawMessage, step string) (json.RawMessage, bool) {
	value = bytes.TrimSpace(value)
	if len(value) == 0 {
		return nil, false
	}
	switch value[0] {
	case '{':
		var object map[string]json.RawMessage
		if json.Unmarshal(value, &object) != nil {
			return nil, false
		}
		v, ok := object[step]
		return v, ok
	case '[':
		var array []json.RawMessage
		n, err := strconv.Atoi(step)
		if err != nil || json.Unmarshal(value, &array) != nil || n < 0 || n >= len(array) {
			return nil, false
		}
		return array[n], true
	}
	return nil, false
}

func badReference(reference, why string) error {
	return &errs.Error{Code: "PGRST102", Message: "The reference " + strconv.Quote(reference) + " has no value: " + why}
}
