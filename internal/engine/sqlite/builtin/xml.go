package builtin

import (
	"strings"

	"github.com/basement-project/basement/internal/errs"
	"github.com/basement-project/basement/internal/sql/types"
	"github.com/basement-project/basement/internal/sql/types/xmltext"
)

// xmlTable declares the functions of xml values that need no path language.
func xmlTable() []entry {
	well := func(document bool) Func {
		return func(c *Call) (types.Datum, error) {
			return types.Bool(xmltext.Check(c.Args[0].S, document) == nil), nil
		}
	}
	return []entry{
		{sig: "xml_is_well_formed(text)", fn: well(false)},
		{sig: "xml_is_well_formed_content(text)", fn: well(false)},
		{sig: "xml_is_well_formed_document(text)", fn: well(true)},
		{sig: "xmlcomment(text)", fn: func(c *Call) (types.Datum, error) {
			if s := c.Args[0].S; strings.Contains(s, "--") || strings.HasSuffix(s, "-") {
				return types.Datum{}, errs.New("2200S", "invalid XML comment")
			}
			return types.Text("<!--" + c.Args[0].S + "-->"), nil
		}},
		{sig: "xmlconcat2(xml,xml)", fn: func(c *Call) (types.Datum, error) {
			switch {
			case c.Args[0].IsNull():
				return c.Args[1], nil
			case c.Args[1].IsNull():
				return c.Args[0], nil
			}
			return types.Text(xmltext.Concat(c.Args[0].S, c.Args[1].S)), nil
		}},
		{sig: "xmlagg(xml)", agg: func() Aggregate { return &xmlAgg{} }},
	}
}

type xmlAgg struct{ list []string }

func (x *xmlAgg) Step(c *Call) error {
	if !c.Args[0].IsNull() {
		x.list = append(x.list, strings.Clone(c.Args[0].S))
	}
	return nil
}

func (x *xmlAgg) Result(*Call) (types.Datum, error) {
	if x.list == nil {
		return types.Datum{}, nil
	}
	return types.Text(xmltext.Concat(x.list...)), nil
}
