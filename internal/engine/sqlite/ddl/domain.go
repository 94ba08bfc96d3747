package ddl

import (
	"github.com/basement-project/basement/internal/catalog"
	"github.com/basement-project/basement/internal/engine/sqlite/layout"
	"github.com/basement-project/basement/internal/errs"
	"github.com/basement-project/basement/internal/sql/ast"
	"github.com/basement-project/basement/internal/sql/types"
)

func (r *run) createDomain(s *ast.CreateDomainStmt) error {
	defer r.quiet()()
	schema, name, err := r.freeType(s.Name)
	if err != nil {
		return err
	}
	base, mod, err := r.typeName(s.Type)
	if err != nil {
		return err
	}
	if base.Kind == types.PseudoType {
		return errs.New("42804", "\"%s\" is not a valid base type for a domain", base)
	}
	if s.Collate != nil {
		if t := base.Underlying(); t.Category != 'S' && (t.Elem == nil || t.Elem.Category != 'S') {
			return errs.New("42804", "collations are not supported by type %s", r.typeText(base))
		}
		if name := s.Collate.Name[len(s.Collate.Name)-1]; !types.ByBytes(name) {
			return r.unsupported(s.Collate.Pos, "a domain with collation \""+name+"\"", "Give the collation to the columns.")
		}
	}
	t := types.NewDomain(r.edit.NewOID(), schema, name, base, mod, false)
	u := r.putTypeWithArray(t, r.tx.Role())
	sawNull, sawDefault := false, false
	for _, c := range s.Constraints {
		switch c.Type {
		case ast.ConstrNotNull:
			if sawNull {
				return errs.New("42601", "conflicting NULL/NOT NULL constraints")
			}
			t.NotNull = true
		case ast.ConstrNull:
			if t.NotNull {
				return errs.New("42601", "conflicting NULL/NOT NULL constraints")
			}
			sawNull = true
		case ast.ConstrDefault:
			if sawDefault {
				return errs.New("42601", "multiple default expressions")
			}
			sawDefault = true
			x, err := r.defaultFor(c.Expr, "default", name, nil, base, mod)
			if err != nil {
				return err
			}
			u.Default = r.storedValue(c.Expr, x)
		case ast.ConstrCheck:
		case ast.ConstrUnique:
			return errs.New("42601", "unique constraints not possible for domains")
		case ast.ConstrPrimary:
			return errs.New("42601", "primary key constraints not possible for domains")
		case ast.ConstrForeign:
			return errs.New("42601", "foreign key constraints not possible for domains")
		case ast.ConstrExclusion:
			return errs.New("42601", "exclusion constraints not possible for domains")
		default:
			return errs.New("0A000", "specifying constraint deferrability not supported for domains")
		}
	}
	for _, c := range s.Constraints {
		if c.Type == ast.ConstrCheck {
			if err := r.domainCheck(u, c); err != nil {
				return err
			}
		}
	}
	r.edit.PutType(u)
	return nil
}

// domainCheck adds a check to a domain's record.
func (r *run) domainCheck(u *catalog.UserType, c *ast.Constraint) error {
	t := u.Type
	if err := r.analyzeDomainCheck(t, c.Expr); err != nil {
		return err
	}
	name := c.Name
	taken := map[string]bool{}
	for _, k := range u.Checks {
		taken[k.Name] = true
	}
	if name == "" {
		name = r.constraintName(t.Schema, t.Name, "", "check", taken)
	} else if taken[name] {
		return errs.New("42710", "constraint \"%s\" for domain \"%s\" already exists", name, t.Name)
	}
	u.Checks = append(append([]*catalog.Constraint(nil), u.Checks...),
		&catalog.Constraint{OID: r.edit.NewOID(), Name: name, Kind: catalog.Check, Expr: r.stored(c.Expr), NotValid: c.NotValid})
	return nil
}

func (r *run) alterDomain(s *ast.AlterDomainStmt) error {
	defer r.quiet()()
	t, err := r.typeNamed(s.Name)
	if err != nil {
		return err
	}
	if t.Kind != types.DomainType {
		return errs.New("42809", "%s is not a domain", r.typeText(t))
	}
	u := *r.snap().UserType(t.OID)
	c := *t
	u.Type = &c
	if err := r.mustOwn(u.Owner, "domain", t.Name); err != nil {
		return err
	}
	switch s.Type {
	case ast.DomainDefault:
		u.Default = ""
		if s.Expr != nil {
			x, err := r.defaultFor(s.Expr, "default", t.Name, nil, t.Base, t.Typmod)
			if err != nil {
				return err
			}
			u.Default = r.storedValue(s.Expr, x)
		}
	case ast.DomainSetNotNull, ast.DomainDropNotNull:
		c.NotNull = s.Type == ast.DomainSetNotNull
		if c.NotNull {
			err := r.domainRows(t, func(rel *catalog.Relation, col *catalog.Column) error {
				row, err := r.tx.Conn.QueryRow("SELECT 1 FROM " + layout.QuotedTable(rel) + " WHERE " + layout.QuotedColumn(col.Name) + " IS NULL LIMIT 1")
				if err == nil && row != nil {
					return errs.New("23502", "column \"%s\" of table \"%s\" contains null values", col.Name, rel.Name)
				}
				return err
			})
			if err != nil {
				return err
			}
		}
	case ast.DomainAddConstraint:
		if s.Constraint.Type != ast.ConstrCheck {
			return r.unsupported(s.Pos, "this constraint of a domain", "")
		}
		if err := r.domainCheck(&u, s.Constraint); err != nil {
			return err
		}
		r.edit.PutType(&u)
		if !s.Constraint.NotValid {
			return r.validateDomain(t)
		}
		return nil
	case ast.DomainDropConstraint:
		var kept []*catalog.Constraint
		for _, k := range u.Checks {
			if k.Name != s.ConName {
				kept = append(kept, k)
			}
		}
		if len(kept) == len(u.Checks) {
			if s.MissingOK {
				return r.skipped("constraint \"%s\" of domain \"%s\" does not exist", s.ConName, t.Name)
			}
			return errs.New("42704", "constraint \"%s\" of domain \"%s\" does not exist", s.ConName, t.Name)
		}
		u.Checks = kept
	case ast.DomainValidateConstraint:
		found := false
		for i, k := range u.Checks {
			if k.Name == s.ConName {
				found = true
				y := *k
				y.NotValid = false
				u.Checks = append([]*catalog.Constraint(nil), u.Checks...)
				u.Checks[i] = &y
			}
		}
		if !found {
			return errs.New("42704", "constraint \"%s\" of domain \"%s\" does not exist", s.ConName, t.Name)
		}
		r.edit.PutType(&u)
		return r.validateDomain(t)
	}
	r.edit.PutType(&u)
	return nil
}

// domainRows calls f for every column of a table that has the domain as its type.
func (r *run) domainRows(t *types.Type, f func(rel *catalog.Relation, col *catalog.Column) error) error {
	for _, rel := range r.snap().Relations {
		if !rel.IsTable() || rel.IsPartition {
			continue
		}
		for _, c := range rel.Columns {
			for ct := r.snap().TypeByOID(c.Type); ct != nil; ct = ct.Base {
				if ct.OID == t.OID {
					if err := f(rel, c); err != nil {
						return err
					}
				}
			}
		}
	}
	return nil
}

// validateDomain applies a domain's checks to every stored value of it.
func (r *run) validateDomain(t *types.Type) error {
	now := r.snap().TypeByOID(t.OID)
	return r.domainRows(t, func(rel *catalog.Relation, col *catalog.Column) error {
		return r.tx.Conn.Query("SELECT DISTINCT "+layout.QuotedColumn(col.Name)+" FROM "+layout.QuotedTable(rel), func(row []types.Datum) error {
			if err := types.CheckDomain(now, row[0], r.tx.Env()); err != nil {
				if e := errs.Of(err); e != nil && e.Code == "23514" {
					return errs.New("23514", "column \"%s\" of table \"%s\" contains values that violate the new constraint", col.Name, rel.Name)
				}
				return err
			}
			return nil
		})
	})
}
