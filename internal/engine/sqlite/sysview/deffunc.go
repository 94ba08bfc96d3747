package sysview

import (
	"sort"
	"strconv"
	"strings"

	"github.com/basement-project/basement/internal/analyze/regname"
	"github.com/basement-project/basement/internal/catalog"
	"github.com/basement-project/basement/internal/engine/sqlite/session"
)

func (d *Definer) typeName(oid catalog.OID) string {
	if t := d.snap.TypeByOID(oid); t != nil {
		return d.names.TypeName(t, -1)
	}
	return "???"
}

func (d *Definer) argumentDefault(p catalog.Param) string {
	return d.expr(p.Default, nil, "default", nil, d.snap.TypeByOID(p.Type), -1, false)
}

// Arguments is pg_get_function_arguments; without defaults pg_get_function_identity_arguments.
func (d *Definer) Arguments(f *catalog.Function, defaults bool) string {
	var out []string
	for i, p := range f.Params {
		if p.Mode == catalog.TableCol {
			continue
		}
		var b strings.Builder
		if f.Kind == catalog.Aggregate && f.AggKind != 0 && f.AggKind != 'n' && i == f.DirectArgs {
			b.WriteString("ORDER BY ")
		}
		switch p.Mode {
		case catalog.Out:
			b.WriteString("OUT ")
		case catalog.InOut:
			b.WriteString("INOUT ")
		case catalog.Variadic:
			b.WriteString("VARIADIC ")
		case catalog.In:
			if f.Kind == catalog.Procedure {
				b.WriteString("IN ")
			}
		}
		if p.Name != "" {
			b.WriteString(regname.Quote(p.Name) + " ")
		}
		b.WriteString(d.typeName(p.Type))
		if defaults && (p.HasDefault || p.Default != "") && p.Mode != catalog.Out {
			b.WriteString(" DEFAULT " + d.argumentDefault(p))
		}
		out = append(out, b.String())
	}
	return strings.Join(out, ", ")
}

// Result is pg_get_function_result; false for a procedure.
func (d *Definer) Result(f *catalog.Function) (string, bool) {
	if f.Kind == catalog.Procedure {
		return "", false
	}
	var cols []string
	for _, p := range f.Params {
		if p.Mode == catalog.TableCol {
			name := ""
			if p.Name != "" {
				name = regname.Quote(p.Name) + " "
			}
			cols = append(cols, name+d.typeName(p.Type))
		}
	}
	if len(cols) > 0 {
		return "TABLE(" + strings.Join(cols, ", ") + ")", true
	}
	s := d.typeName(f.Returns)
	if f.ReturnsSet {
		s = "SETOF " + s
	}
	return s, true
}

// Function is pg_get_functiondef.
func (d *Definer) Function(f *catalog.Function) string {
	var b strings.Builder
	word := "FUNCTION"
	if f.Kind == catalog.Procedure {
		word = "PROCEDURE"
	}
	b.WriteString("CREATE OR REPLACE " + word + " " + regname.Quote(f.Schema) + "." + regname.Quote(f.Name) + "(" + d.Arguments(f, true) + ")\n")
	if r, ok := d.Result(f); ok {
		b.WriteString(" RETURNS " + r + "\n")
	}
	b.WriteString(" LANGUAGE " + regname.Quote(f.Language) + "\n")
	line := b.Len()
	if f.Kind == catalog.WindowFunc {
		b.WriteString(" WINDOW")
	}
	switch f.Volatility {
	case 'i':
		b.WriteString(" IMMUTABLE")
	case 's':
		b.WriteString(" STABLE")
	}
	switch f.Parallel {
	case 's':
		b.WriteString(" PARALLEL SAFE")
	case 'r':
		b.WriteString(" PARALLEL RESTRICTED")
	}
	if f.Strict {
		b.WriteString(" STRICT")
	}
	if f.SecurityDefiner {
		b.WriteString(" SECURITY DEFINER")
	}
	if f.Leakproof {
		b.WriteString(" LEAKPROOF")
	}
	if f.Cost > 0 && f.Cost != 100 {
		b.WriteString(" COST " + strconv.FormatFloat(f.Cost, 'g', -1, 64))
	}
	if f.ReturnsSet && f.Rows > 0 && f.Rows != 1000 {
		b.WriteString(" ROWS " + strconv.FormatFloat(f.Rows, 'g', -1, 64))
	}
	if b.Len() > line {
		b.WriteString("\n")
	}
	var keys []string
	for k := range f.Settings {
		keys = append(keys, k)
	}
	sort.Strings(keys)
	for _, k := range keys {
		b.WriteString(" SET " + regname.Quote(k) + " TO " + settingList(k, f.Settings[k]) + "\n")
	}
	if f.NewStyleBody {
		b.WriteString(d.Body(f) + "\n")
		return b.String()
	}
	tag := "$" + strings.ToLower(word) + "$"
	for strings.Contains(f.Body, tag) {
		tag = tag[:len(tag)-1] + "x$"
	}
	b.WriteString("AS " + tag + f.Body + tag + "\n")
	return b.String()
}

// settingList quotes a setting's value; the names of a search path each for itself.
func settingList(name, value string) string {
	lit := func(s string) string { return "'" + strings.ReplaceAll(s, "'", "''") + "'" }
	switch strings.ToLower(name) {
	case "search_path", "datestyle", "temp_tablespaces", "session_preload_libraries", "local_preload_libraries", "shared_preload_libraries":
		names := splitIdentifiers(value)
		for i, n := range names {
			names[i] = lit(n)
		}
		if len(names) == 0 {
			return "''"
		}
		return strings.Join(names, ", ")
	}
	return lit(value)
}

// Rule is pg_get_ruledef for a view's rule.
func (d *Definer) Rule(r *catalog.Relation, pretty bool) string {
	return "CREATE RULE \"_RETURN\" AS\n    ON SELECT TO " + d.relation(r.OID, !pretty) + " DO INSTEAD " + strings.TrimSuffix(d.View(r, pretty, 0), ";") + ";"
}

func splitIdentifiers(s string) []string { return session.SplitIdentifiers(s) }
