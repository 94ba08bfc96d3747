package postgres

import (
	"context"
	"encoding/json"
	"fmt"
	"sort"
	"strings"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgxpool"

	"github.com/basement-project/basement/internal/catalog"
	"github.com/basement-project/basement/internal/sql/types"
)

// introspect reads the whole schema in one repeatable-read transaction.
func introspect(ctx context.Context, pool *pgxpool.Pool) (*catalog.Objects, error) {
	tx, err := pool.BeginTx(ctx, pgx.TxOptions{IsoLevel: pgx.RepeatableRead, AccessMode: pgx.ReadOnly})
	if err != nil {
		return nil, err
	}
	defer tx.Rollback(context.WithoutCancel(ctx))
	// Expressions and types are printed with every name qualified. Printing a view or a policy locks relations: one who waits
	// long for a migration's locks could be what that migration waits for, and it would be the one to fail (40P01).
	if _, err := tx.Exec(ctx, "set local search_path = pg_catalog; set local lock_timeout = '200ms'"); err != nil {
		return nil, err
	}
	var raw struct {
		schemas []struct {
			catalog.Schema
			ACL aclText
		}
		relations []relationRow
		sequences []struct {
			catalog.Sequence
			ACL aclText
		}
		types     []typeRow
		functions []functionRow
		roles     []roleRow
		casts     []castRow
		defaults  []struct {
			Role, Schema, Object string
			ACL                  aclText
		}
		extensions   []*catalog.Extension
		publications []*catalog.Publication
	}
	for _, q := range []struct {
		name, sql string
		into      any
	}{
		{"schemas", schemasSQL, &raw.schemas},
		{"relations", relationsSQL, &raw.relations},
		{"sequences", sequencesSQL, &raw.sequences},
		{"types", typesSQL, &raw.types},
		{"functions", functionsSQL, &raw.functions},
		{"roles", rolesSQL, &raw.roles},
		{"casts", castsSQL, &raw.casts},
		{"default privileges", defaultsSQL, &raw.defaults},
		{"extensions", extensionsSQL, &raw.extensions},
		{"publications", publicationsSQL, &raw.publications},
	} {
		var text []byte
		if err := tx.QueryRow(ctx, "select coalesce(json_agg(row_to_json(x)), '[]')::text from ("+q.sql+") x").Scan(&text); err != nil {
			return nil, fmt.Errorf("read the %s of the catalog: %w", q.name, err)
		}
		if err := json.Unmarshal(text, q.into); err != nil {
			return nil, fmt.Errorf("read the %s of the catalog: %w", q.name, err)
		}
	}
	o := &catalog.Objects{Extensions: raw.extensions, Publications: raw.publications}
	for i := range raw.schemas {
		s := raw.schemas[i].Schema
		s.ACL = raw.schemas[i].ACL.list()
		o.Schemas = append(o.Schemas, &s)
	}
	for i := range raw.sequences {
		s := raw.sequences[i].Sequence
		s.ACL = raw.sequences[i].ACL.list()
		o.Sequences = append(o.Sequences, &s)
	}
	for _, d := range raw.defaults {
		o.DefaultACLs = append(o.DefaultACLs, &catalog.DefaultACL{Role: d.Role, Schema: d.Schema, Object: d.Object[0], ACL: d.ACL.list()})
	}
	for _, r := range raw.roles {
		o.Roles = append(o.Roles, r.role())
	}
	for _, c := range raw.casts {
		o.Casts = append(o.Casts, &catalog.Cast{From: c.From, To: c.To, Function: c.Function, Context: c.Context[0], Method: c.Method[0]})
	}
	o.Types = userTypes(raw.types)
	for i := range raw.relations {
		o.Relations = append(o.Relations, raw.relations[i].relation())
	}
	resolveSources(o.Relations, raw.relations)
	for i := range raw.functions {
		o.Functions = append(o.Functions, raw.functions[i].function())
	}
	return o, nil
}

// aclText is an access control list as PostgreSQL prints its items; nil is the default one.
type aclText []string

func (a aclText) list() catalog.ACL {
	if a == nil {
		return catalog.ACL{Default: true}
	}
	out := catalog.ACL{}
	for _, item := range a {
		grantee, rest := aclName(item)
		privs, grantor, _ := strings.Cut(strings.TrimPrefix(rest, "="), "/")
		g := catalog.Grant{Grantee: grantee}
		g.Grantor, _ = aclName(grantor)
		for i := 0; i < len(privs); i++ {
			p := privilege(privs[i])
			g.Privileges |= p
			if i+1 < len(privs) && privs[i+1] == '*' {
				g.GrantOption |= p
				i++
			}
		}
		out.Grants = append(out.Grants, g)
	}
	return out
}

// aclName reads a role's name, quoted when it holds unusual characters.
func aclName(s string) (name, rest string) {
	if !strings.HasPrefix(s, `"`) {
		if i := strings.IndexAny(s, "=/"); i >= 0 {
			return s[:i], s[i:]
		}
		return s, ""
	}
	var b strings.Builder
	for i := 1; i < len(s); i++ {
		if s[i] == '"' {
			if i+1 < len(s) && s[i+1] == '"' {
				i++
			} else {
				return b.String(), s[i+1:]
			}
		}
		b.WriteByte(s[i])
	}
	return b.String(), ""
}

func privilege(letter byte) catalog.Privilege {
	switch letter {
	case 'r':
		return catalog.Select
	case 'a':
		return catalog.Insert
	case 'w':
		return catalog.Update
	case 'd':
		return catalog.Delete
	case 'D':
		return catalog.Truncate
	case 'x':
		return catalog.References
	case 't':
		return catalog.TriggerPrivilege
	case 'U':
		return catalog.Usage
	case 'C':
		return catalog.Create
	case 'X':
		return catalog.Execute
	case 'c':
		return catalog.Connect
	case 'T':
		return catalog.Temporary
	case 'm':
		return catalog.Maintain
	}
	return 0
}

type roleRow struct {
	catalog.Role
	Config []string
}

func (r roleRow) role() *catalog.Role {
	out := r.Role
	for _, c := range r.Config {
		name, value, _ := strings.Cut(c, "=")
		if out.Settings == nil {
			out.Settings = map[string]string{}
		}
		out.Settings[name] = value
	}
	sort.Strings(out.MemberOf)
	return &out
}

type castRow struct {
	From, To, Function catalog.OID
	Context, Method    string
}

type typeRow struct {
	OID       catalog.OID
	Schema    string
	Name      string
	Kind      string
	Category  string
	Preferred bool
	Elem      catalog.OID
	Array     catalog.OID
	Base      catalog.OID
	Typmod    int32
	NotNull   bool
	Labels    []string
	Subtype   catalog.OID
	Range     catalog.OID
	Multi     catalog.OID
	Default   string
	Owner     string
	ACL       aclText
	Comment   string
	IsArray   bool
	Fields    []struct {
		Name   string
		Type   catalog.OID
		Typmod int32
	}
	Checks []*catalog.Constraint
}

// userTypes makes the project's types. They refer to one another: all are made first, then joined.
func userTypes(rows []typeRow) []*catalog.UserType {
	made := map[catalog.OID]*types.Type{}
	var out []*catalog.UserType
	for _, r := range rows {
		t := &types.Type{OID: r.OID, Schema: r.Schema, Name: r.Name, Category: r.Category[0], Preferred: r.Preferred,
			Array: r.Array, Typmod: -1, Labels: r.Labels}
		switch {
		case r.IsArray:
			t.Kind = types.ArrayType
		case r.Kind == "e":
			t.Kind = types.EnumType
		case r.Kind == "d":
			t.Kind, t.Typmod, t.NotNull = types.DomainType, r.Typmod, r.NotNull
		case r.Kind == "c":
			t.Kind = types.CompositeType
		case r.Kind == "r":
			t.Kind, t.Multirange = types.RangeType, r.Multi
		case r.Kind == "m":
			t.Kind = types.MultirangeType
		case r.Kind == "p":
			t.Kind = types.PseudoType
		default:
			t.Kind = types.BaseType
		}
		made[r.OID] = t
		out = append(out, &catalog.UserType{Type: t, Owner: r.Owner, ACL: r.ACL.list(), Checks: r.Checks, Default: r.Default, Comment: r.Comment})
	}
	find := func(oid catalog.OID) *types.Type {
		if t := made[oid]; t != nil {
			return t
		}
		if t := types.ByOID(oid); t != nil {
			return t
		}
		return types.ByOID(types.TextOID)
	}
	for _, r := range rows {
		t := made[r.OID]
		switch t.Kind {
		case types.ArrayType:
			t.Elem = find(r.Elem)
		case types.DomainType:
			t.Base = find(r.Base)
		case types.RangeType:
			t.Subtype = find(r.Subtype)
		case types.MultirangeType:
			t.Range = find(r.Range)
			t.Subtype = t.Range.Subtype
		case types.CompositeType:
			for _, f := range r.Fields {
				t.Fields = append(t.Fields, types.Field{Name: f.Name, Type: find(f.Type), Typmod: f.Typmod})
			}
		}
	}
	return out
}

type functionRow struct {
	catalog.Function
	Kind_       string `json:"kind_"`
	Volatility_ string `json:"volatility_"`
	ACL         aclText
	Config      []string
	Types       []catalog.OID
	Modes       []string
	Names       []string
	Defaults    int
	Variadic    catalog.OID
}

func (r *functionRow) function() *catalog.Function {
	f := r.Function
	f.ACL = r.ACL.list()
	f.Kind, f.Volatility = r.Kind_[0], r.Volatility_[0]
	for _, c := range r.Config {
		name, value, _ := strings.Cut(c, "=")
		if f.Settings == nil {
			f.Settings = map[string]string{}
		}
		f.Settings[name] = value
	}
	inputs := 0
	for i, t := range r.Types {
		p := catalog.Param{Mode: catalog.In, Type: t}
		if i < len(r.Modes) {
			p.Mode = catalog.ParamMode(r.Modes[i][0])
		}
		if i < len(r.Names) {
			p.Name = r.Names[i]
		}
		if p.Mode == catalog.In || p.Mode == catalog.InOut || p.Mode == catalog.Variadic {
			inputs++
		}
		f.Params = append(f.Params, p)
	}
	seen := 0
	for i := range f.Params {
		switch f.Params[i].Mode {
		case catalog.In, catalog.InOut, catalog.Variadic:
			seen++
			f.Params[i].HasDefault = seen > inputs-r.Defaults
		}
	}
	return &f
}

type relationRow struct {
	catalog.Relation
	Kind_   string `json:"kind_"`
	ACL     aclText
	Columns []struct {
		catalog.Column
		ACL aclText
	}
	Options_ []string `json:"options_"`
	ViewSQL  string   `json:"view_sql"`
	Rule     string   `json:"rule"`
}

func (r *relationRow) relation() *catalog.Relation {
	out := r.Relation
	out.Kind = catalog.RelKind(r.Kind_[0])
	out.ACL = r.ACL.list()
	for i := range r.Columns {
		c := r.Columns[i].Column
		c.ACL = r.Columns[i].ACL.list()
		out.Columns = append(out.Columns, &c)
	}
	for _, o := range r.Options_ {
		name, value, _ := strings.Cut(o, "=")
		if out.Options == nil {
			out.Options = map[string]string{}
		}
		out.Options[name] = value
	}
	if out.Kind == catalog.View || out.Kind == catalog.MaterializedView {
		out.View = &catalog.ViewQuery{SQL: strings.TrimSuffix(strings.TrimSpace(r.ViewSQL), ";"), Sources: make([][]catalog.ColumnRef, len(out.Columns))}
	}
	return &out
}
