package builtin

import (
	_ "embed" // the facts of pg_proc and pg_operator
	"strconv"
	"strings"
	"sync"

	"github.com/basement-project/basement/internal/catalog"
	"github.com/basement-project/basement/internal/engine/sqlite/sysview"
	"github.com/basement-project/basement/internal/sql/types"
)

//go:embed functions.tsv
var functionFacts string

//go:embed operators.tsv
var operatorFacts string

// base is built at its first use: commands that never look at a database do not pay for it.
var base = sync.OnceValue(makeBase)

// Base is the snapshot of what every database has: pg_catalog with the built-in types, functions and operators. It is
// shared; nobody may change it.
func Base() *catalog.Snapshot { return base() }

// Owner is the role that owns the built-in objects.
const Owner = "postgres"

func makeBase() *catalog.Snapshot {
	o := catalog.Objects{
		Schemas: []*catalog.Schema{
			{OID: 11, Name: "pg_catalog", Owner: Owner, ACL: catalog.ACL{Grants: []catalog.Grant{
				{Grantee: catalog.Public, Grantor: Owner, Privileges: catalog.Usage}}}},
		},
	}
	for _, t := range types.Builtin() {
		o.Types = append(o.Types, &catalog.UserType{Type: t, Owner: Owner, ACL: catalog.ACL{Default: true}})
	}
	byOID := make(map[catalog.OID]*catalog.Function, 2800)
	functions := make([]catalog.Function, strings.Count(functionFacts, "\n"))
	params := make([]catalog.Param, 0, 7000)
	var v [16]string
	n := 0
	eachLine(functionFacts, v[:], func() {
		f := &functions[n]
		n++
		params = readFunction(f, v[:], params)
		byOID[f.OID] = f
		o.Functions = append(o.Functions, f)
	})
	operators := make([]catalog.Operator, strings.Count(operatorFacts, "\n"))
	n = 0
	eachLine(operatorFacts, v[:8], func() {
		operators[n] = catalog.Operator{OID: readOID(v[0]), Schema: "pg_catalog", Name: v[1], Left: readOID(v[2]),
			Right: readOID(v[3]), Result: readOID(v[4]), Function: byOID[readOID(v[5])], Commutator: v[6], Negator: v[7]}
		o.Operators = append(o.Operators, &operators[n])
		n++
	})
	o.Functions = append(o.Functions, &catalog.Function{OID: 13208, Schema: "information_schema", Name: "_pg_expandarray", Owner: Owner,
		ACL: catalog.ACL{Default: true}, Kind: catalog.RegularFunction, Returns: types.RecordOID, ReturnsSet: true, Rows: 100, Volatility: 'i',
		Strict: true, Language: "internal", Params: []catalog.Param{{Mode: catalog.In, Type: types.AnyArrayOID},
			{Name: "x", Mode: catalog.Out, Type: types.AnyElementOID}, {Name: "n", Mode: catalog.Out, Type: types.Int4OID}}})
	sysview.Add(&o, Owner)
	s := catalog.NewSnapshot(0, o, nil)
	s.InternalName = func(oid catalog.OID) string { return sysview.FunctionName(s, oid) }
	return s
}

// eachLine cuts the tab-separated lines of text into fields (missing ones are empty) and calls f for each line.
func eachLine(text string, fields []string, f func()) {
	for text != "" {
		line, rest, _ := strings.Cut(text, "\n")
		text = rest
		for i := range fields {
			fields[i], line, _ = strings.Cut(line, "\t")
		}
		f()
	}
}

func readOID(s string) catalog.OID {
	n, _ := strconv.ParseUint(s, 10, 32)
	return catalog.OID(n)
}

// readFunction reads one line of functions.tsv: oid, name, kind, volatility, flags, result, argument types, variadic type,
// rows, all types, modes, names, defaults, number of defaults, aggregate kind, number of direct arguments. It takes the
// parameters' memory from params.
func readFunction(f *catalog.Function, v []string, params []catalog.Param) []catalog.Param {
	f.OID, f.Schema, f.Name, f.Owner = readOID(v[0]), "pg_catalog", v[1], Owner
	f.ACL.Default = true
	f.Kind, f.Volatility, f.Language = v[2][0], v[3][0], "internal"
	for _, c := range v[4] {
		switch c {
		case 's':
			f.Strict = true
		case 'r':
			f.ReturnsSet = true
		case 'l':
			f.Leakproof = true
		}
	}
	f.Returns = readOID(v[5])
	f.Rows, _ = strconv.ParseFloat(v[8], 64)
	if v[14] != "" {
		f.AggKind = v[14][0]
		f.DirectArgs, _ = strconv.Atoi(v[15])
	}
	list := v[6]
	if v[9] != "" {
		list = v[9]
	}
	start := len(params)
	modes, names := v[10], v[11]
	for list != "" && list != "-" {
		var one, name string
		one, list, _ = strings.Cut(list, " ")
		name, names, _ = strings.Cut(names, " ")
		p := catalog.Param{Name: name, Mode: catalog.In, Type: readOID(one)}
		if modes != "" {
			p.Mode = catalog.ParamMode(modes[0])
			modes = modes[1:]
		}
		params = append(params, p)
	}
	f.Params = params[start:len(params):len(params)]
	if n, _ := strconv.Atoi(v[13]); n > 0 {
		defaults := splitDefaults(v[12])
		// The defaults belong to the last input parameters.
		for i := len(f.Params) - 1; i >= 0 && n > 0; i-- {
			switch f.Params[i].Mode {
			case catalog.In, catalog.InOut, catalog.Variadic:
				n--
				f.Params[i].HasDefault, f.Params[i].Default = true, defaults[n]
			}
		}
	}
	return params
}

// splitDefaults cuts pg_get_expr's list of default expressions at the commas outside of quotes and braces.
func splitDefaults(s string) []string {
	var out []string
	quoted, start := false, 0
	for i := 0; i < len(s); i++ {
		switch {
		case s[i] == '\'':
			quoted = !quoted
		case s[i] == ',' && !quoted:
			out = append(out, strings.TrimSpace(s[start:i]))
			start = i + 1
		}
	}
	return append(out, strings.TrimSpace(s[start:]))
}
