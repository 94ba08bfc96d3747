package guard

import (
	"sort"

	"github.com/basement-project/basement/internal/analyze"
	"github.com/basement-project/basement/internal/catalog"
	"github.com/basement-project/basement/internal/errs"
	"github.com/basement-project/basement/internal/sql/ast"
	"github.com/basement-project/basement/internal/sql/query"
	"github.com/basement-project/basement/internal/sql/types"
)

// security adds row security to a tree that analysis just made (it is changed in place).
type security struct {
	snap  *catalog.Snapshot
	role  string
	cache *analyze.Cache
	off   bool // row_security = off: an error instead of a filter
	seen  map[*query.Query]bool
	// path is the session's search path, for the bodies of functions that policies call.
	path []string
	// caller is the owner of the SECURITY DEFINER function whose body is being guarded.
	caller string
	// bodies are the tables whose policies called the functions whose bodies are being guarded.
	bodies []*catalog.Relation
}

// addRowSecurity adds to every table q reads or writes what its policies let role see and write.
func addRowSecurity(snap *catalog.Snapshot, role string, q *query.Query, cache *analyze.Cache, off bool, path []string) (*query.Query, error) {
	s := &security{snap: snap, role: role, cache: cache, off: off, path: path, seen: map[*query.Query]bool{}}
	if err := s.query(q, nil); err != nil {
		return nil, err
	}
	markBarriers(q)
	return q, nil
}

// query guards q and the queries below it. active are the tables whose policies, and the views whose queries, stand around it.
func (s *security) query(q *query.Query, active []*catalog.Relation) error {
	if q == nil || s.seen[q] {
		return nil
	}
	s.seen[q] = true
	if q.Body != nil {
		// A function's body is rewritten by itself when it is run: what fails there fails then.
		active = nil
		if q.Body.SecurityDefiner {
			old := s.caller
			s.caller = q.Body.Owner
			defer func() { s.caller = old }()
		}
		if err := s.level(q, active); err != nil {
			return raiseLater(q, err)
		}
		return nil
	}
	return s.level(q, active)
}

// level guards q, then the queries below it.
func (s *security) level(q *query.Query, active []*catalog.Relation) error {
	views := map[*query.Query]*catalog.Relation{}
	for _, r := range q.RTable {
		if r.IsView && r.Relation != nil && r.Subquery != nil {
			views[r.Subquery] = r.Relation
		}
	}
	err := parts(q, func(sub *query.Query) error {
		view := views[sub]
		if view == nil {
			return s.query(sub, active)
		}
		for _, a := range active {
			if a == view {
				return errs.New("42P17", "infinite recursion detected in rules for relation %q", view.Name)
			}
		}
		return s.query(sub, append(active[:len(active):len(active)], view))
	})
	if err != nil {
		return err
	}
	for i, r := range q.RTable {
		if r.Kind != query.RelationRTE || r.Relation.Kind != catalog.Table && r.Relation.Kind != catalog.PartitionedTable {
			continue
		}
		if q.OnConflict != nil && q.OnConflict.ExcludedRT == i+1 {
			continue
		}
		if err := s.table(q, r, i+1, active); err != nil {
			return err
		}
	}
	return nil
}

// table adds the policies of one entry.
func (s *security) table(q *query.Query, r *query.RTE, rt int, active []*catalog.Relation) error {
	user := s.role
	if s.caller != "" {
		user = s.caller
	}
	if r.CheckAs != "" {
		user = r.CheckAs
	}
	on, err := s.enabled(r.Relation, user)
	if err != nil || !on {
		return err
	}
	p := &policies{security: s, q: q, r: r, rt: rt, user: user, active: active}
	return p.add()
}

// enabled says whether row security applies to user.
func (s *security) enabled(rel *catalog.Relation, user string) (bool, error) {
	if !rel.RowSecurity || s.snap.BypassesRLS(user) {
		return false, nil
	}
	owner := s.snap.Inherits(user, rel.Owner)
	if owner && !rel.ForceRowSecurity {
		return false, nil
	}
	if s.off {
		e := errs.New("42501", "query would be affected by row-level security policy for table \"%s\"", rel.Name)
		if owner {
			e = e.WithHint("To disable the policy for the table's owner, use ALTER TABLE NO FORCE ROW LEVEL SECURITY.")
		}
		return false, e
	}
	return true, nil
}

// maxPolicies bounds how deep policies may call for the policies of other tables.
const maxPolicies = 50

// policies adds the policies of one entry of one query.
type policies struct {
	*security
	q      *query.Query
	r      *query.RTE
	rt     int
	user   string
	active []*catalog.Relation
	// sub are the subqueries of the policies that were added; written says that a policy of them has one in its text.
	sub     []*query.Query
	written bool
}

// The commands of policies, as pg_policy.polcmd.
const (
	forSelect = "r"
	forInsert = "a"
	forUpdate = "w"
	forDelete = "d"
)

func (p *policies) add() error {
	command := forSelect
	if p.q.Result == p.rt {
		switch p.q.Command {
		case query.Insert:
			command = forInsert
		case query.Update:
			command = forUpdate
		case query.Delete:
			command = forDelete
		}
	}
	reads := p.r.Required&catalog.Select != 0
	if p.q.Result == p.rt && p.q.Command == query.Merge {
		return p.merge(reads)
	}
	if command == forSelect && p.r.Required&catalog.Update != 0 {
		if err := p.quals(forUpdate); err != nil {
			return err
		}
	}
	if command != forInsert {
		if err := p.quals(command); err != nil {
			return err
		}
	}
	if (command == forUpdate || command == forDelete) && reads {
		if err := p.quals(forSelect); err != nil {
			return err
		}
	}
	if command == forInsert || command == forUpdate {
		if err := p.writeChecks(command, reads); err != nil {
			return err
		}
	}
	return p.recurse()
}

// merge adds the policies of MERGE's target: which rows may be updated or deleted is decided when a row's action is known.
func (p *policies) merge(reads bool) error {
	if reads {
		if err := p.quals(forSelect); err != nil {
			return err
		}
	}
	list := []struct {
		kind, command string
		using         bool
	}{{"merge update", forUpdate, true}, {"update", forUpdate, false}, {"merge delete", forDelete, true}, {"insert", forInsert, false}}
	var out []*query.WithCheck
	for _, c := range list {
		more, err := p.checks(c.kind, c.command, c.using)
		if err != nil {
			return err
		}
		out = append(out, more...)
	}
	if reads {
		more, err := p.checks("merge select", forSelect, true)
		if err != nil {
			return err
		}
		out = append(out, more...)
	}
	p.r.Checks = append(out, p.r.Checks...)
	return p.recurse()
}

// writeChecks adds the conditions for new rows.
func (p *policies) writeChecks(command string, reads bool) error {
	type check struct {
		kind, command string
		using         bool
		when          bool
	}
	kind := "insert"
	if command == forUpdate {
		kind = "update"
	}
	upsert := command == forInsert && p.q.OnConflict != nil && p.q.OnConflict.Update
	list := []check{
		{kind, command, false, true},
		{kind, forSelect, true, reads},
		{"conflict update", forUpdate, true, upsert},
		{"conflict update", forSelect, true, upsert && reads},
		{"update", forUpdate, false, upsert},
		{"update", forSelect, true, upsert && reads},
	}
	var checks []*query.WithCheck
	for _, c := range list {
		if !c.when {
			continue
		}
		more, err := p.checks(c.kind, c.command, c.using)
		if err != nil {
			return err
		}
		checks = append(checks, more...)
	}
	p.r.Checks = append(checks, p.r.Checks...)
	return nil
}

// matching lists the policies for a command that apply to the user: permissive ones, and restrictive ones by name.
func (p *policies) matching(command string) (permissive, restrictive []*catalog.Policy) {
	for _, x := range p.r.Relation.Policies {
		if x.Command != "*" && x.Command != command || !p.applies(x) {
			continue
		}
		if x.Permissive {
			permissive = append(permissive, x)
		} else {
			restrictive = append(restrictive, x)
		}
	}
	sort.Slice(restrictive, func(i, j int) bool { return restrictive[i].Name < restrictive[j].Name })
	return permissive, restrictive
}

func (p *policies) applies(x *catalog.Policy) bool {
	if len(x.Roles) == 0 {
		return true
	}
	for _, r := range x.Roles {
		if r == catalog.Public || r == "public" || p.snap.Inherits(p.user, r) {
			return true
		}
	}
	return false
}

// quals adds the USING conditions for rows that are read.
func (p *policies) quals(command string) error {
	permissive, restrictive := p.matching(command)
	var any []query.Expr
	for _, x := range permissive {
		if x.Using == "" {
			continue
		}
		e, err := p.expr(x.Using, x)
		if err != nil {
			return err
		}
		any = append(any, e)
	}
	if len(any) == 0 {
		p.r.Security = append(p.r.Security, boolConst(false))
		return nil
	}
	for _, x := range restrictive {
		if x.Using == "" {
			continue
		}
		e, err := p.expr(x.Using, x)
		if err != nil {
			return err
		}
		p.r.Security = append(p.r.Security, e)
	}
	p.r.Security = append(p.r.Security, or(any))
	return nil
}

// checks makes the conditions of one kind for rows that are written: one for all permissive policies together, one for each
// restrictive policy. using takes the USING conditions alone.
func (p *policies) checks(kind, command string, using bool) ([]*query.WithCheck, error) {
	permissive, restrictive := p.matching(command)
	text := func(x *catalog.Policy) string {
		if !using && x.WithCheck != "" {
			return x.WithCheck
		}
		return x.Using
	}
	var any []query.Expr
	for _, x := range permissive {
		if text(x) == "" {
			continue
		}
		e, err := p.expr(text(x), x)
		if err != nil {
			return nil, err
		}
		any = append(any, e)
	}
	if len(any) == 0 {
		return []*query.WithCheck{{Kind: kind, Expr: boolConst(false)}}, nil
	}
	out := []*query.WithCheck{{Kind: kind, Expr: or(any)}}
	for _, x := range restrictive {
		if text(x) == "" {
			continue
		}
		e, err := p.expr(text(x), x)
		if err != nil {
			return nil, err
		}
		out = append(out, &query.WithCheck{Kind: kind, Policy: x.Name, Expr: e})
	}
	return out, nil
}

// expr analyses a policy's text over the entry.
func (p *policies) expr(text string, x *catalog.Policy) (query.Expr, error) {
	raw, err := p.cache.Expr(text)
	if err != nil {
		return nil, errs.Internal("policy "+x.Name, err)
	}
	a, err := analyze.Expr(p.snap, raw, analyze.ExprOptions{
		Options: analyze.Options{SearchPath: x.SearchPath, BodyPath: p.path, Role: p.role, Stored: true, Cache: p.cache},
		Over:    p.r.Relation, What: "policy", CheckAs: p.r.CheckAs, Caller: p.caller, Target: types.ByOID(types.BoolOID), Typmod: -1,
	})
	if err != nil {
		return nil, err
	}
	p.q.Executes = append(p.q.Executes, a.Executes...)
	e := a.Expr
	if p.rt != 1 {
		e = query.MapDeep(e, 0, func(y query.Expr, depth int) query.Expr {
			if v, ok := y.(*query.Var); ok && v.Levels == depth && v.RT == 1 {
				c := *v
				c.RT = p.rt
				return &c
			}
			return y
		})
	}
	query.Walk(e, func(y query.Expr) bool {
		if l, ok := y.(*query.SubLink); ok {
			p.sub = append(p.sub, l.Query)
		}
		return true
	})
	p.written = p.written || p.hasSubLink(x.Using) || p.hasSubLink(x.WithCheck)
	return e, nil
}

// hasSubLink says whether a policy's text holds a subquery. One that comes from a function's body does not count.
func (p *policies) hasSubLink(text string) bool {
	if text == "" {
		return false
	}
	raw, err := p.cache.Expr(text)
	if err != nil {
		return false
	}
	found := false
	ast.Walk(raw, func(n ast.Node) bool {
		if _, ok := n.(*ast.SubLink); ok {
			found = true
		}
		return !found
	})
	return found
}

// recurse guards the subqueries of the policies that were added.
func (p *policies) recurse() error {
	rel := p.r.Relation
	active := p.active
	if p.written {
		for _, a := range p.active {
			if a == rel {
				return errs.New("42P17", "infinite recursion detected in policy for relation \"%s\"", rel.Name)
			}
		}
		active = append(append([]*catalog.Relation(nil), p.active...), rel)
	}
	if len(p.sub) == 0 {
		return nil
	}
	again := 0
	for _, b := range p.bodies {
		if b == rel {
			again++
		}
	}
	if again > 6 || len(p.bodies) > maxPolicies {
		return errs.TooDeep()
	}
	p.bodies = append(p.bodies, rel)
	defer func() { p.bodies = p.bodies[:len(p.bodies)-1] }()
	for _, q := range p.sub {
		if err := p.query(q, active); err != nil {
			return err
		}
	}
	return nil
}

func boolT() query.T { return query.T{Typ: types.ByOID(types.BoolOID), Mod: -1, Pos: -1} }

func boolConst(b bool) query.Expr { return &query.Const{T: boolT(), Value: types.Bool(b)} }

func or(list []query.Expr) query.Expr {
	if len(list) == 1 {
		return list[0]
	}
	return &query.Bool{T: boolT(), Op: "or", Args: list}
}
