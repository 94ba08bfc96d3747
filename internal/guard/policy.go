package guard

import (
	"fmt"
	"sort"

	"github.com/basement-project/basement/internal/analyze"
	"github.com/basement-project/basement/internal/catalog"
	"github.com/basement-project/basement/internal/errs"
	"github.com/basement-project/basement/internal/sql/query"
	"github.com/basement-project/basement/internal/sql/types"
)

// policies are those of a relation that apply to one command for one role; restrictive ones in the order of their names.
type policies struct {
	permissive  []*catalog.Policy
	restrictive []*catalog.Policy
}

// The commands policies are for, as pg_policy.polcmd has them.
const (
	forSelect = "r"
	forInsert = "a"
	forUpdate = "w"
	forDelete = "d"
	forAll    = "*"
)

func (s *security) policiesFor(rel *catalog.Relation, command, role string) policies {
	var out policies
	for _, p := range rel.Policies {
		if p.Command != forAll && p.Command != command {
			continue
		}
		applies := len(p.Roles) == 0
		for _, r := range p.Roles {
			applies = applies || r == catalog.Public || s.snap.Inherits(role, r)
		}
		switch {
		case !applies:
		case p.Permissive:
			out.permissive = append(out.permissive, p)
		default:
			out.restrictive = append(out.restrictive, p)
		}
	}
	sort.SliceStable(out.restrictive, func(i, j int) bool { return out.restrictive[i].Name < out.restrictive[j].Name })
	return out
}

// quals adds the conditions rows must meet to be read: every restrictive one, and one of the permissive ones. Without a
// permissive policy no row is read.
func (s *security) quals(t *target, ps policies) error {
	any, err := s.anyOf(t, ps.permissive, func(p *catalog.Policy) string { return p.Using })
	if err != nil {
		return err
	}
	if any == nil {
		t.rte.Security = append(t.rte.Security, falseConst())
		return nil
	}
	for _, p := range ps.restrictive {
		if p.Using == "" {
			continue
		}
		e, err := s.condition(t, p, p.Using)
		if err != nil {
			return err
		}
		t.rte.Security = append(t.rte.Security, e)
	}
	t.rte.Security = append(t.rte.Security, any)
	return nil
}

// checks adds the conditions written rows must meet. usingOnly takes the USING conditions even where a policy has a WITH CHECK.
func (s *security) checks(t *target, kind string, ps policies, usingOnly bool) error {
	text := func(p *catalog.Policy) string {
		if !usingOnly && p.WithCheck != "" {
			return p.WithCheck
		}
		return p.Using
	}
	any, err := s.anyOf(t, ps.permissive, text)
	if err != nil {
		return err
	}
	if any == nil {
		t.rte.Checks = append(t.rte.Checks, &query.WithCheck{Kind: kind, Expr: falseConst()})
		return nil
	}
	t.rte.Checks = append(t.rte.Checks, &query.WithCheck{Kind: kind, Expr: any})
	for _, p := range ps.restrictive {
		if text(p) == "" {
			continue
		}
		e, err := s.condition(t, p, text(p))
		if err != nil {
			return err
		}
		t.rte.Checks = append(t.rte.Checks, &query.WithCheck{Kind: kind, Policy: p.Name, Expr: e})
	}
	return nil
}

func (s *security) anyOf(t *target, list []*catalog.Policy, text func(*catalog.Policy) string) (query.Expr, error) {
	var any []query.Expr
	for _, p := range list {
		if text(p) == "" {
			continue
		}
		e, err := s.condition(t, p, text(p))
		if err != nil {
			return nil, err
		}
		any = append(any, e)
	}
	switch len(any) {
	case 0:
		return nil, nil
	case 1:
		return any[0], nil
	}
	return &query.Bool{T: boolean(), Op: "or", Args: any}, nil
}

// condition analyses a policy's text over the target, checks the rights its subqueries need, and secures the tables in
// them by their own policies.
func (s *security) condition(t *target, p *catalog.Policy, text string) (query.Expr, error) {
	raw, err := s.cache.Expr(text)
	if err != nil {
		return nil, policyError(t.rte.Relation, p, err)
	}
	x, err := analyze.Expr(s.snap, raw, analyze.ExprOptions{
		Options: analyze.Options{SearchPath: p.SearchPath, Cache: s.cache},
		Over:    t.rte.Relation, What: "policy", CheckAs: t.rte.CheckAs, Target: types.ByOID(types.BoolOID), Typmod: -1,
	})
	if err != nil {
		return nil, policyError(t.rte.Relation, p, err)
	}
	check := rightsCheck{snap: s.snap, role: s.role}
	for _, f := range x.Executes {
		if !s.snap.MayExecute(check.as(f.CheckAs), f.Fn) {
			return nil, deniedFunction(f.Fn)
		}
	}
	if err := check.expr(x.Expr); err != nil {
		return nil, err
	}
	e := renumber(x.Expr, 0, t.number)
	for _, active := range s.active {
		if active == t.rte.Relation.OID && hasSubLink(e) {
			return nil, errs.New("42P17", "infinite recursion detected in policy for relation \"%s\"", t.rte.Relation.Name)
		}
	}
	s.active = append(s.active, t.rte.Relation.OID)
	e, err = s.expr(e)
	s.active = s.active[:len(s.active)-1]
	return e, err
}

func policyError(rel *catalog.Relation, p *catalog.Policy, err error) error {
	if e := errs.Of(err); e != nil {
		c := *e
		c.Position = 0
		if c.Where == "" {
			c.Where = fmt.Sprintf("policy %q on table %q", p.Name, rel.Name)
		}
		return &c
	}
	return err
}

func hasSubLink(e query.Expr) bool {
	found := false
	query.Walk(e, func(x query.Expr) bool {
		if _, ok := x.(*query.SubLink); ok {
			found = true
		}
		return !found
	})
	return found
}

// renumber makes an expression analysed over a relation alone (entry 1) speak of entry rt of the query it goes into.
func renumber(e query.Expr, levels, rt int) query.Expr {
	return query.Map(e, func(x query.Expr) query.Expr {
		switch v := x.(type) {
		case *query.Var:
			if v.Levels == levels && v.RT == 1 {
				c := *v
				c.RT = rt
				return &c
			}
		case *query.SubLink:
			c := *v
			c.Query = renumberQuery(v.Query, levels+1, rt)
			return &c
		}
		return x
	})
}

func renumberQuery(q *query.Query, levels, rt int) *query.Query {
	if q == nil {
		return nil
	}
	out := q.Clone()
	out.MapExprs(func(e query.Expr) query.Expr { return renumber(e, levels, rt) })
	for _, r := range out.RTable {
		r.Subquery = renumberQuery(r.Subquery, levels+1, rt)
	}
	for _, c := range out.CTEs {
		c.Query = renumberQuery(c.Query, levels+1, rt)
	}
	return out
}

func boolean() query.T { return query.T{Typ: types.ByOID(types.BoolOID), Mod: -1, Pos: -1} }

func falseConst() query.Expr { return &query.Const{T: boolean(), Value: types.Bool(false)} }
