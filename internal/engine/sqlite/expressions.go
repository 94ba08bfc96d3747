package sqlite

import (
	"strings"
	"sync"

	"github.com/basement-project/basement/internal/analyze"
	"github.com/basement-project/basement/internal/catalog"
	"github.com/basement-project/basement/internal/engine/sqlite/printer"
	"github.com/basement-project/basement/internal/engine/sqlite/session"
	"github.com/basement-project/basement/internal/errs"
	"github.com/basement-project/basement/internal/sql/query"
	"github.com/basement-project/basement/internal/sql/types"
)

// storedPath is the search path of stored expressions. Their names are qualified when they are stored; what is left is
// pg_catalog's.
var storedPath = []string{"pg_catalog", "public"}

// bodyPath is the search path of SQL functions that stored expressions call: every session's, until it sets another.
var bodyPath = []string{"$user", "public", "extensions"}

// checkExpr analyses a stored condition (or index key) over the columns of a relation.
func (e *Engine) checkExpr(snap *catalog.Snapshot, rel *catalog.Relation, text string) (query.Expr, error) {
	x, err := e.cache.Expr(text)
	if err != nil {
		return nil, err
	}
	out, err := analyze.Expr(snap, x, analyze.ExprOptions{Options: analyze.Options{SearchPath: storedPath, BodyPath: bodyPath, Cache: e.cache},
		Over: rel, Typmod: -1})
	if err != nil {
		return nil, err
	}
	return out.Expr, nil
}

// defaultExpr analyses a column's default or generation expression; without one it is its domain's default, or nil.
func (e *Engine) defaultExpr(snap *catalog.Snapshot, rel *catalog.Relation, c *catalog.Column) (query.Expr, error) {
	t := snap.TypeByOID(c.Type)
	if c.Identity != "" {
		if seq := snap.SequenceByOID(c.Sequence); seq != nil {
			return &query.NextVal{T: query.T{Typ: t, Mod: -1, Pos: -1}, Sequence: seq}, nil
		}
	}
	text, what := c.Default, "default"
	over := (*catalog.Relation)(nil)
	if c.Generated != "" {
		what, over = "generated column", rel
	}
	for d := t; text == "" && d != nil && d.Kind == types.DomainType; d = d.Base {
		if u := snap.UserType(d.OID); u != nil {
			text = u.Default
		}
	}
	if text == "" && strictDomain(snap, t) {
		text = "NULL"
	}
	if text == "" && t != nil && t.Kind == types.DomainType {
		// The domain may refuse NULL.
		null := &query.Const{T: query.T{Typ: t.Base, Mod: -1, Pos: -1}}
		return &query.Cast{T: query.T{Typ: t, Mod: -1, Pos: -1}, Method: query.ToDomain, Arg: null}, nil
	}
	if text == "" {
		return nil, nil
	}
	x, err := e.cache.Expr(text)
	if err != nil {
		return nil, err
	}
	out, err := analyze.Expr(snap, x, analyze.ExprOptions{Options: analyze.Options{SearchPath: storedPath, BodyPath: bodyPath, Cache: e.cache},
		Over: over, What: what, Target: t, Typmod: c.Typmod})
	if err != nil {
		return nil, err
	}
	return out.Expr, nil
}

// domainCache keeps the printed checks of domains for one snapshot.
type domainCache struct {
	mu     sync.Mutex
	snap   *catalog.Snapshot
	checks map[catalog.OID][]domainCheck
}

type domainCheck struct{ name, sql string }

// checkDomain applies a domain's CHECK constraints to a value.
func (e *Engine) checkDomain(tx *session.Tx, domain *types.Type, value types.Datum) error {
	checks, err := e.domainChecks(tx.Snapshot, domain)
	if err != nil {
		return err
	}
	for _, c := range checks {
		row, err := tx.Conn.QueryRow(c.sql, value)
		if err != nil {
			return err
		}
		if !row[0].IsNull() && !row[0].Bool() {
			e := errs.New("23514", "value for domain %s violates check constraint \"%s\"", tx.Env().TypeName(domain), c.name)
			e.Schema, e.DataType, e.Constraint = domain.Schema, domain.Name, c.name
			return e
		}
	}
	return nil
}

func (e *Engine) domainChecks(snap *catalog.Snapshot, domain *types.Type) ([]domainCheck, error) {
	d := &e.domains
	d.mu.Lock()
	if d.snap != snap {
		d.snap, d.checks = snap, map[catalog.OID][]domainCheck{}
	}
	checks, known := d.checks[domain.OID]
	d.mu.Unlock()
	if known {
		return checks, nil
	}
	u := snap.UserType(domain.OID)
	if u == nil {
		return nil, nil
	}
	for _, con := range u.Checks {
		if con.Kind != catalog.Check {
			continue
		}
		x, err := e.cache.Expr(con.Expr)
		if err != nil {
			return nil, err
		}
		out, err := analyze.Expr(snap, x, analyze.ExprOptions{Options: analyze.Options{SearchPath: storedPath, BodyPath: bodyPath, Cache: e.cache},
			Domain: domain.Base, What: "check constraint", Target: types.ByOID(types.BoolOID), Typmod: -1})
		if err != nil {
			return nil, err
		}
		q := &query.Query{Pos: -1}
		cond := query.Map(out.Expr, func(x query.Expr) query.Expr {
			if v, ok := x.(*query.DomainValue); ok {
				return &query.Param{T: v.T, Number: 1}
			}
			return x
		})
		text, err := printer.Row(snap, q, []query.Expr{cond}, printer.Options{})
		if err != nil {
			return nil, err
		}
		sql := text.SQL
		if text.Params == 0 && !strings.Contains(sql, "?1") {
			// A check that does not look at the value still takes it.
			sql = "SELECT * FROM (" + sql + ") WHERE ?1 IS ?1"
		}
		checks = append(checks, domainCheck{con.Name, sql})
	}
	d.mu.Lock()
	if d.snap == snap {
		d.checks[domain.OID] = checks
	}
	d.mu.Unlock()
	return checks, nil
}

// strictDomain says whether a domain may refuse NULL.
func strictDomain(snap *catalog.Snapshot, t *types.Type) bool {
	for ; t != nil && t.Kind == types.DomainType; t = t.Base {
		if u := snap.UserType(t.OID); t.NotNull || u != nil && len(u.Checks) > 0 {
			return true
		}
	}
	return false
}
