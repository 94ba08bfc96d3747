package builtin

import (
	"github.com/basement-project/basement/internal/errs"
	"github.com/basement-project/basement/internal/sql/types"
	"github.com/basement-project/basement/internal/sql/types/composite"
)

// rowValues takes a stored row apart; a NULL row has NULL fields.
func rowValues(t *types.Type, d types.Datum, env *types.Env) ([]types.Datum, error) {
	out := make([]types.Datum, len(t.Fields))
	if d.IsNull() {
		return out, nil
	}
	fields, err := composite.Parse(d.S, len(t.Fields))
	if err != nil {
		return nil, err
	}
	for i, f := range fields {
		if !f.Null {
			if out[i], err = types.In(t.Fields[i].Type, t.Fields[i].Typmod, f.Text, env); err != nil {
				return nil, err
			}
		}
	}
	return out, nil
}

// makeRow is ROW(...): the described items are the fields.
func makeRow(c *Call) (types.Datum, error) { return rowText(c.Desc, c.Args, c.Env()), nil }

func rowText(desc *Description, args []types.Datum, env *types.Env) types.Datum {
	fields := make([]composite.Field, len(args))
	for i, d := range args {
		if d.IsNull() {
			fields[i].Null = true
		} else {
			fields[i].Text = types.Out(desc.Items[i].Type, d, env)
		}
	}
	return types.Text(string(composite.Append(nil, fields)))
}

// rowField is (row).field; the options are the field's position.
func rowField(c *Call) (types.Datum, error) {
	t := c.Desc.Items[0].Type.Underlying()
	n := 0
	for _, r := range c.Desc.Options {
		n = n*10 + int(r-'0')
	}
	fields, ok := composite.Split(c.Args[0].S)
	if !ok || n >= len(fields) {
		return types.Datum{}, errs.New("XX000", "record has no field %d", n)
	}
	if fields[n].Null {
		return types.Datum{}, nil
	}
	// A record's type does not tell its fields': the selection does.
	it := c.Desc.Items[1]
	if n < len(t.Fields) {
		it = Item{Type: t.Fields[n].Type, Typmod: t.Fields[n].Typmod}
	}
	return types.In(it.Type, it.Typmod, fields[n].Text, c.Env())
}

// rowNulls is IS NULL and IS NOT NULL of a row.
func rowNulls(c *Call, null bool) (types.Datum, error) {
	if c.Args[0].IsNull() {
		return types.Bool(null), nil
	}
	fields, ok := composite.Split(c.Args[0].S)
	if !ok {
		return types.Bool(!null), nil
	}
	for _, f := range fields {
		if f.Null != null {
			return types.Bool(false), nil
		}
	}
	return types.Bool(true), nil
}
