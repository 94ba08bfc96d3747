package types

import (
	"strings"

	"github.com/basement-project/basement/internal/errs"
	"github.com/basement-project/basement/internal/sql/types/composite"
	"github.com/basement-project/basement/internal/sql/types/jsonval"
)

func inRow(t *Type, text string, env *Env) (Datum, error) {
	if t.OID == RecordOID && len(t.Fields) == 0 {
		return Datum{}, errs.New("0A000", "input of anonymous composite types is not implemented")
	}
	// Each field is read before the next one is looked for, so a fault in it comes first.
	fields, malformed := composite.Parse(text, len(t.Fields))
	for i, f := range t.Fields[:len(fields)] {
		if fields[i].Null {
			if err := CheckDomain(f.Type, Datum{}, env); err != nil {
				return Datum{}, err
			}
			continue
		}
		d, err := In(f.Type, f.Typmod, fields[i].Text, env)
		if err != nil {
			return Datum{}, err
		}
		fields[i].Text = Out(f.Type, d, stored)
	}
	if malformed != nil {
		return Datum{}, malformed
	}
	return Text(string(composite.Append(nil, fields))), nil
}

// RowDatum stores a row of the given column types.
func RowDatum(columns []*Type, values []Datum) Datum {
	return Text(string(AppendRecord(nil, columns, values, stored)))
}

// RowOf reads a stored row of a composite type: one value for each column.
func RowOf(t *Type, d Datum) []Datum {
	t = t.Underlying()
	out := make([]Datum, len(t.Fields))
	fields, err := composite.Parse(d.S, len(t.Fields))
	if err != nil {
		return out
	}
	for i, f := range fields {
		if !f.Null {
			out[i] = FromStoredText(t.Fields[i].Type, f.Text)
		}
	}
	return out
}

// AppendRecord appends a row of values as record_out prints it: "(1,\"a b\",)".
func AppendRecord(buf []byte, columns []*Type, values []Datum, env *Env) []byte {
	buf = append(buf, '(')
	for i, d := range values {
		if i > 0 {
			buf = append(buf, ',')
		}
		if !d.IsNull() {
			buf = composite.AppendField(buf, Out(columns[i], d, env))
		}
	}
	return append(buf, ')')
}

func outNestedRow(t *Type, s string, env *Env) string {
	fields, err := composite.Parse(s, len(t.Fields))
	if err != nil {
		return s
	}
	for i := range fields {
		if !fields[i].Null {
			fields[i].Text = outNested(t.Fields[i].Type, fields[i].Text, env)
		}
	}
	return string(composite.Append(nil, fields))
}

func appendJSONComposite(buf []byte, t *Type, d Datum, env *Env) []byte {
	buf = append(buf, '{')
	for i, v := range RowOf(t, d) {
		if i > 0 {
			buf = append(buf, ',')
		}
		buf = jsonval.AppendString(buf, t.Fields[i].Name)
		buf = append(buf, ':')
		buf = AppendJSON(buf, t.Fields[i].Type, v, env)
	}
	return append(buf, '}')
}

// compareRows orders rows column by column; a shorter row that is the beginning of another comes first. Rows of no known
// type are compared by their texts.
func compareRows(t *Type, a, b string) int {
	if len(t.Fields) == 0 {
		return compareAnonymous(a, b)
	}
	x, y := RowOf(t, Text(a)), RowOf(t, Text(b))
	for i := range x {
		if c := Compare(t.Fields[i].Type, x[i], y[i]); c != 0 {
			return c
		}
	}
	return 0
}

func compareAnonymous(a, b string) int {
	x, ok1 := composite.Split(a)
	y, ok2 := composite.Split(b)
	if !ok1 || !ok2 {
		return strings.Compare(a, b)
	}
	for i := 0; i < len(x) && i < len(y); i++ {
		switch {
		case x[i].Null && y[i].Null:
			continue
		case x[i].Null:
			return 1
		case y[i].Null:
			return -1
		}
		if c := strings.Compare(x[i].Text, y[i].Text); c != 0 {
			return c
		}
	}
	return len(x) - len(y)
}
