package builtin

import (
	"strings"

	"github.com/basement-project/basement/internal/sql/types"
	"github.com/basement-project/basement/internal/sql/types/jsonpath"
	"github.com/basement-project/basement/internal/sql/types/jsonval"
)

// jsonpath reads a call's arguments: target, path, and with the functions the variables and whether to be silent.
func (c *Call) jsonpath(silent, zoned bool) (doc jsonval.Value, path *jsonpath.Path, opt jsonpath.Options, err error) {
	if doc, err = jsonval.Parse(strings.Clone(c.Args[0].S)); err != nil {
		return
	}
	if path = c.host.paths[c.Args[1].S]; path == nil {
		text := strings.Clone(c.Args[1].S)
		if path, err = jsonpath.Parse(text); err != nil {
			return
		}
		if len(c.host.paths) >= maxRegexes {
			clear(c.host.paths)
		}
		c.host.paths[text] = path
	}
	h := c.host
	opt = jsonpath.Options{Silent: silent, Regex: h.regex, UseZone: zoned}
	if e := c.Env(); e != nil {
		opt.Location, opt.Now = e.Location, e.Now
	}
	if len(c.Args) > 2 {
		var vars jsonval.Value
		vars, err = jsonval.Parse(strings.Clone(c.Args[2].S))
		opt.Vars, opt.Silent = &vars, c.Args[3].Bool()
	}
	return
}

// jsonpathTable declares the functions and operators of jsonpath.
func jsonpathTable() []entry {
	type test func(p *jsonpath.Path, v *jsonval.Value, o jsonpath.Options) (bool, bool, error)
	check := func(f test, silent, zoned bool) Func {
		return func(c *Call) (types.Datum, error) {
			doc, path, opt, err := c.jsonpath(silent, zoned)
			if err != nil {
				return types.Datum{}, err
			}
			value, null, err := f(path, &doc, opt)
			if err != nil || null {
				return types.Datum{}, err
			}
			return types.Bool(value), nil
		}
	}
	all := func(c *Call, zoned bool) (items []jsonval.Value, err error) {
		doc, path, opt, err := c.jsonpath(false, zoned)
		if err != nil {
			return nil, err
		}
		err = path.Query(&doc, opt, func(v *jsonval.Value) error { items = append(items, *v); return nil })
		return items, err
	}
	list := []entry{
		{sig: "jsonb_path_exists_opr(jsonb,jsonpath)", fn: check((*jsonpath.Path).Exists, true, false)},
		{sig: "jsonb_path_match_opr(jsonb,jsonpath)", fn: check((*jsonpath.Path).Match, true, false)},
	}
	for _, suffix := range []string{"", "_tz"} {
		zoned := suffix != ""
		const args = "(jsonb,jsonpath,jsonb,bool)"
		list = append(list,
			entry{sig: "jsonb_path_exists" + suffix + args, fn: check((*jsonpath.Path).Exists, false, zoned)},
			entry{sig: "jsonb_path_match" + suffix + args, fn: check((*jsonpath.Path).Match, false, zoned)},
			entry{sig: "jsonb_path_query_array" + suffix + args, fn: func(c *Call) (types.Datum, error) {
				items, err := all(c, zoned)
				out := jsonval.Value{Kind: jsonval.Array, Items: items}
				return types.Text(out.String()), err
			}},
			entry{sig: "jsonb_path_query_first" + suffix + args, fn: func(c *Call) (types.Datum, error) {
				items, err := all(c, zoned)
				if err != nil || len(items) == 0 {
					return types.Datum{}, err
				}
				return types.Text(items[0].String()), nil
			}},
			entry{sig: "jsonb_path_query" + suffix + args, set: func(c *Call, yield func([]types.Datum) bool) error {
				items, err := all(c, zoned)
				for i := range items {
					if err != nil || !yield([]types.Datum{types.Text(items[i].String())}) {
						break
					}
				}
				return err
			}})
	}
	return list
}
