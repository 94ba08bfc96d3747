package denial

import (
	"strings"

	"github.com/basement-project/basement/internal/catalog"
)

var privileges = []struct {
	name  string
	value catalog.Privilege
}{{"SELECT", catalog.Select}, {"INSERT", catalog.Insert}, {"UPDATE", catalog.Update}, {"DELETE", catalog.Delete}}

// Rights tells which of the rights on a relation a command needs the role has, and which it has not.
func (j *Judge) Rights(r *catalog.Relation, command string, reads bool) Report {
	s := j.Model.Snapshot
	out := Report{Role: j.Role, Relation: r.Schema + "." + r.Name, Command: commandNames[command], RowSecurity: r.RowSecurity}
	if schema := s.Schema(r.Schema); schema != nil && !s.MayUse(j.Role, schema) {
		out.Missing = append(out.Missing, "USAGE on schema "+r.Schema)
	}
	table := s.RelationRights(j.Role, r)
	for _, p := range privileges {
		needed := p.name == commandNames[command] || p.value == catalog.Select && reads
		if table&p.value != 0 {
			out.Held = append(out.Held, p.name)
			continue
		}
		var with, without []string
		for _, c := range r.Columns {
			if s.ColumnRights(j.Role, r, c)&p.value != 0 {
				with = append(with, c.Name)
			} else {
				without = append(without, c.Name)
			}
		}
		if len(with) > 0 && p.value != catalog.Delete {
			out.Held = append(out.Held, p.name+" ("+strings.Join(with, ", ")+")")
			if needed {
				out.Missing = append(out.Missing, p.name+" ("+strings.Join(without, ", ")+")")
			}
		} else if needed {
			out.Missing = append(out.Missing, p.name)
		}
	}
	switch {
	case len(out.Missing) == 0:
		out.Summary = "The role has the rights on " + out.Relation + "; one on something else is missing."
	default:
		out.Summary = "The role " + j.Role + " lacks " + strings.Join(out.Missing, ", ") + " on " + out.Relation + "."
	}
	return out
}
