package enginetest

import (
	"fmt"
	"sort"
	"strings"
	"testing"

	"github.com/basement-project/basement/internal/catalog"
	"github.com/basement-project/basement/internal/sql/types"
)

// compareCatalogs compares what two catalogs say in names: identifiers and the texts of expressions differ by nature.
func compareCatalogs(t *testing.T, a, b *catalog.Snapshot) {
	t.Helper()
	left, right := facts(a), facts(b)
	for _, f := range left {
		if !contains(right, f) {
			t.Errorf("only embedded: %s", f)
		}
	}
	for _, f := range right {
		if !contains(left, f) {
			t.Errorf("only PostgreSQL: %s", f)
		}
	}
}

func contains(sorted []string, s string) bool {
	i := sort.SearchStrings(sorted, s)
	return i < len(sorted) && sorted[i] == s
}

// ours says whether a schema is the project's.
func ours(schema string) bool {
	switch schema {
	case "pg_catalog", "information_schema", "basement", "auth", "storage", "extensions", "pg_toast":
		return false
	}
	return true
}

func facts(s *catalog.Snapshot) []string {
	var out []string
	add := func(format string, args ...any) { out = append(out, fmt.Sprintf(format, args...)) }
	typ := func(oid catalog.OID) string {
		t := s.TypeByOID(oid)
		if t == nil {
			if rel := s.RelationOfRowType(oid); rel != nil {
				return rel.Schema + "." + rel.Name
			}
			return "?"
		}
		return t.Schema + "." + t.Name
	}
	for _, x := range s.Schemas {
		if ours(x.Name) {
			add("schema %s owner %s %s comment %q", x.Name, x.Owner, acl(x.ACL), x.Comment)
		}
	}
	for _, r := range s.Relations {
		if !ours(r.Schema) || r.Kind == catalog.CompositeRel {
			continue
		}
		name := r.Schema + "." + r.Name
		identity := r.ReplicaIdentity
		if r.View != nil {
			identity = ""
		}
		add("relation %s kind %c owner %s %s rls %v %v comment %q updatable %v options %v identity %s", name, r.Kind, r.Owner, acl(r.ACL),
			r.RowSecurity, r.ForceRowSecurity, r.Comment, r.Updatable, r.Options, identity)
		for i, c := range r.Columns {
			add("column %s.%s at %d type %s(%d) notnull %v default %s identity %q generated %q %s comment %q", name, c.Name, i, typ(c.Type),
				c.Typmod, c.NotNull, c.Default, c.Identity, c.Generated, acl(c.ACL), c.Comment)
		}
		for _, c := range r.Constraints {
			if c.Kind == catalog.NotNullCon {
				continue
			}
			ref := ""
			if rel := s.RelationByOID(c.RefTable); c.RefTable != 0 && rel != nil {
				ref = rel.Schema + "." + rel.Name + fmt.Sprint(names(rel, c.RefColumns)) + c.OnUpdate + c.OnDelete + fmt.Sprint(names(r, c.SetColumns))
			}
			cols := names(r, c.Columns)
			if c.Kind == catalog.Check {
				sort.Strings(cols)
			}
			add("constraint %s on %s kind %s %v %v %v notvalid %v %s comment %q", c.Name, name, c.Kind, cols, c.Deferrable, c.InitiallyDeferred, c.NotValid, ref, c.Comment)
		}
		for _, x := range r.Indexes {
			keys := ""
			for _, k := range x.Keys {
				if k.Column != 0 {
					keys += " " + r.ColumnByNum(k.Column).Name
				} else {
					keys += " (expression)"
				}
				keys += fmt.Sprint(k.Desc, k.NullsFirst)
			}
			add("index %s on %s unique %v primary %v %s%s where %v", x.Name, name, x.Unique, x.Primary, x.Method, keys, x.Where != "")
		}
		for _, p := range r.Policies {
			roles := append([]string(nil), p.Roles...)
			sort.Strings(roles)
			add("policy %s on %s %s %v %v using %v check %v comment %q", p.Name, name, p.Command, p.Permissive, roles, p.Using != "", p.WithCheck != "", p.Comment)
		}
		if r.View != nil {
			for i, refs := range r.View.Sources {
				list := []string{}
				for _, ref := range refs {
					list = append(list, ref.Schema+"."+ref.Relation+"."+ref.Column)
				}
				sort.Strings(list)
				add("source %s %d %v", name, i, list)
			}
		}
	}
	for _, q := range s.Sequences {
		if !ours(q.Schema) {
			continue
		}
		owned := ""
		if rel := s.RelationByOID(q.OwnedBy); q.OwnedBy != 0 && rel != nil {
			owned = rel.Name + "." + rel.ColumnByNum(q.OwnedByCol).Name
		}
		add("sequence %s.%s owner %s %s type %s start %d by %d from %d to %d cache %d cycle %v owned by %s comment %q", q.Schema, q.Name, q.Owner,
			acl(q.ACL), typ(q.Type), q.Start, q.Increment, q.Min, q.Max, q.Cache, q.Cycle, owned, q.Comment)
	}
	for _, u := range s.Types {
		x := u.Type
		if !ours(x.Schema) || x.Kind == types.ArrayType || s.RelationOfRowType(x.OID) != nil {
			continue
		}
		more := ""
		switch x.Kind {
		case types.EnumType:
			more = fmt.Sprint(x.Labels)
		case types.DomainType:
			more = typ(x.Base.OID) + fmt.Sprint(x.Typmod, x.NotNull, u.Default != "")
		case types.CompositeType:
			for _, f := range x.Fields {
				more += " " + f.Name + " " + typ(f.Type.OID)
			}
		}
		var checks []string
		for _, c := range u.Checks {
			if c.Kind == catalog.Check {
				checks = append(checks, c.Name)
			}
		}
		sort.Strings(checks)
		add("type %s.%s kind %d %s %v owner %s %s comment %q", x.Schema, x.Name, x.Kind, more, checks, u.Owner, acl(u.ACL), u.Comment)
	}
	for _, f := range s.Functions {
		if !ours(f.Schema) {
			continue
		}
		params := ""
		for _, p := range f.Params {
			params += fmt.Sprintf(" %s %c %s %v", p.Name, p.Mode, typ(p.Type), p.HasDefault)
		}
		add("function %s.%s(%s) returns %s %v rows %v %c strict %v definer %v owner %s %s comment %q", f.Schema, f.Name, params, typ(f.Returns),
			f.ReturnsSet, f.Rows, f.Volatility, f.Strict, f.SecurityDefiner, f.Owner, acl(f.ACL), f.Comment)
	}
	for _, r := range s.Roles {
		if strings.HasPrefix(r.Name, "pg_") {
			continue
		}
		members := append([]string(nil), r.MemberOf...)
		sort.Strings(members)
		add("role %s %v %v %v %v %v %v member of %v settings %v", r.Name, r.Superuser, r.Inherit, r.CreateRole, r.CreateDB, r.Login, r.BypassRLS, members, r.Settings)
	}
	for _, p := range s.Publications {
		var tables []string
		for _, oid := range p.Tables {
			if rel := s.RelationByOID(oid); rel != nil {
				tables = append(tables, rel.Name)
			}
		}
		sort.Strings(tables)
		add("publication %s %v %v", p.Name, p.AllTables, tables)
	}
	sort.Strings(out)
	return out
}

func names(r *catalog.Relation, nums []int32) []string {
	out := []string{}
	for _, n := range nums {
		if c := r.ColumnByNum(n); c != nil {
			out = append(out, c.Name)
		}
	}
	return out
}

func acl(l catalog.ACL) string {
	if l.Default {
		return "default"
	}
	var out []string
	for _, g := range l.Grants {
		out = append(out, fmt.Sprintf("%s=%d*%d/%s", g.Grantee, g.Privileges, g.GrantOption, g.Grantor))
	}
	sort.Strings(out)
	return strings.Join(out, ",")
}
