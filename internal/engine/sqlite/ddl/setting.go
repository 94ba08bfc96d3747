package ddl

import (
	"strings"

	"github.com/basement-project/basement/internal/catalog"
	"github.com/basement-project/basement/internal/engine"
	"github.com/basement-project/basement/internal/engine/sqlite/session"
	"github.com/basement-project/basement/internal/errs"
	"github.com/basement-project/basement/internal/sql/ast"
	"github.com/basement-project/basement/internal/sql/types"
)

// settingText makes the value of SET's arguments. Lists of names (search_path) are quoted where they must be.
func settingText(s *ast.VariableSetStmt) string {
	list := s.Name == "search_path" || s.Name == "temp_tablespaces" || s.Name == "session_preload_libraries"
	var parts []string
	for _, a := range s.Args {
		text := ""
		switch x := a.(type) {
		case *ast.AConst:
			text = constText(x)
			if list && x.Kind == ast.ConstString {
				text = quote(text)
			}
		case *ast.TypeCast:
			if c, ok := x.Arg.(*ast.AConst); ok {
				text = intervalHours(constText(c))
			}
		case *ast.ColumnRef:
			text = strings.Join(x.Fields, ".")
		case *ast.AExpr:
			if c, ok := x.Right.(*ast.AConst); ok && x.Left == nil {
				text = x.Name[0] + constText(c)
			}
		}
		parts = append(parts, text)
	}
	return strings.Join(parts, ", ")
}

// intervalHours turns SET TIME ZONE INTERVAL's text ("+02:30") into a zone of that offset.
func intervalHours(s string) string {
	s = strings.TrimSpace(s)
	if strings.HasPrefix(s, "-") || strings.HasPrefix(s, "+") {
		return "<" + s + ">"
	}
	return "<+" + s + ">"
}

func (r *run) set(s *ast.VariableSetStmt) error {
	tag := "SET"
	if s.Kind == ast.VarReset || s.Kind == ast.VarResetAll {
		tag = "RESET"
	}
	r.out.Tag = tag
	switch s.Kind {
	case ast.VarSetMulti:
		for _, o := range s.Options {
			if o.Name == "transaction_read_only" {
				c, _ := o.Arg.(*ast.AConst)
				on := c != nil && (c.Kind == ast.ConstBoolean && c.Bool || c.Kind == ast.ConstInteger && c.Int != 0 || c.Text == "on" || c.Text == "true")
				value := "off"
				if on {
					value = "on"
				}
				if err := r.tx.Set("transaction_read_only", value); err != nil {
					return err
				}
			}
		}
		return nil
	case ast.VarResetAll:
		return r.tx.Reset("all")
	case ast.VarReset, ast.VarSetDefault:
		return r.tx.Reset(s.Name)
	case ast.VarSetCurrent:
		return nil
	}
	return r.tx.Set(s.Name, settingText(s))
}

// roleSetting applies a SET clause to a map of settings kept with a role or function.
func (r *run) roleSetting(m map[string]string, s *ast.VariableSetStmt) error {
	switch s.Kind {
	case ast.VarResetAll:
		clear(m)
		return nil
	case ast.VarReset, ast.VarSetDefault:
		delete(m, s.Name)
		return nil
	case ast.VarSetCurrent:
		v, ok := r.tx.Setting(s.Name)
		if !ok {
			return errs.New("42704", "unrecognized configuration parameter \"%s\"", s.Name)
		}
		m[s.Name] = v
		return nil
	}
	name, known := session.Known(s.Name)
	if !known {
		return errs.New("42704", "unrecognized configuration parameter \"%s\"", s.Name)
	}
	m[name] = settingText(s)
	return nil
}

func (r *run) show(s *ast.VariableShowStmt) error {
	r.out.Tag = "SHOW"
	if strings.EqualFold(s.Name, "all") {
		r.out.Columns = []engine.Column{{Name: "name", Type: types.TextOID}, {Name: "setting", Type: types.TextOID}, {Name: "description", Type: types.TextOID}}
		for _, key := range session.Parameters() {
			name, _ := session.Known(key)
			value, _ := r.tx.Setting(key)
			empty := ""
			r.out.Rows = append(r.out.Rows, []*string{&name, &value, &empty})
		}
		r.out.Count = int64(len(r.out.Rows))
		return nil
	}
	value, ok := r.tx.Setting(s.Name)
	if !ok {
		return errs.New("42704", "unrecognized configuration parameter \"%s\"", s.Name)
	}
	name, _ := session.Known(s.Name)
	r.out.Columns = []engine.Column{{Name: name, Type: types.TextOID}}
	r.out.Rows = [][]*string{{&value}}
	r.out.Count = 1
	return nil
}

func (r *run) setConstraints(s *ast.ConstraintsSetStmt) error {
	r.out.Tag = "SET CONSTRAINTS"
	if len(s.Constraints) == 0 {
		return r.tx.SetConstraints(nil, s.Deferred)
	}
	var chosen []catalog.OID
	for _, v := range s.Constraints {
		found := false
		schemas := r.tx.SearchPath()
		if v.Schema != "" {
			schemas = []string{v.Schema}
		}
		for _, sc := range schemas {
			for _, rel := range r.snap().RelationsIn(sc) {
				for _, c := range rel.Constraints {
					if c.Name != v.Name {
						continue
					}
					found = true
					if !c.Deferrable {
						return errs.New("42809", "constraint \"%s\" is not deferrable", c.Name)
					}
					chosen = append(chosen, c.OID)
				}
				for _, t := range rel.Triggers {
					s := r.triggerTree(t)
					if t.Name != v.Name || s == nil || !s.Constraint {
						continue
					}
					found = true
					if !s.Deferrable {
						return errs.New("42809", "constraint \"%s\" is not deferrable", t.Name)
					}
					chosen = append(chosen, t.OID)
				}
			}
			if found {
				break
			}
		}
		if !found {
			return errs.New("42704", "constraint \"%s\" does not exist", v.Name)
		}
	}
	return r.tx.SetConstraints(chosen, s.Deferred)
}

func (r *run) lock(s *ast.LockStmt) error {
	r.out.Tag = "LOCK TABLE"
	for _, v := range s.Relations {
		rel, err := r.relation(v)
		if err != nil {
			return err
		}
		if !rel.IsTable() && rel.Kind != catalog.View {
			return errs.New("42809", "cannot lock relation \"%s\"", rel.Name).
				WithDetail("This operation is not supported for %ss.", relWord(rel.Kind))
		}
		if r.snap().RelationRights(r.tx.Role(), rel)&(catalog.Update|catalog.Delete|catalog.Truncate) == 0 &&
			(s.Mode != ast.AccessShareLock || r.snap().RelationRights(r.tx.Role(), rel)&catalog.Select == 0) {
			return errs.New("42501", "permission denied for %s %s", relWord(rel.Kind), rel.Name)
		}
	}
	return nil
}

func (r *run) vacuum(s *ast.VacuumStmt) error {
	if !s.Analyze {
		return errs.New("25001", "VACUUM cannot run inside a transaction block")
	}
	for _, v := range s.Relations {
		if _, err := r.relation(v.Relation); err != nil {
			return err
		}
	}
	return r.done("ANALYZE")
}

// reindex has nothing to do: SQLite's indexes do not wear out.
func (r *run) reindex(s *ast.ReindexStmt) error {
	switch s.Kind {
	case ast.ReindexSchema:
		if r.snap().Schema(s.Name) == nil {
			return errs.New("3F000", "schema \"%s\" does not exist", s.Name)
		}
	case ast.ReindexTable, ast.ReindexIndex:
		c, err := r.class(s.Relation)
		if err != nil {
			return err
		}
		switch {
		case !c.found():
			return errs.New("42P01", "relation \"%s\" does not exist", written(s.Relation))
		case s.Kind == ast.ReindexIndex && c.index == nil:
			return errs.New("42809", "\"%s\" is not an index", c.name())
		case s.Kind == ast.ReindexTable && (c.index != nil || c.rel == nil || c.rel.Kind == catalog.View):
			return errs.New("42809", "\"%s\" is not a table or materialized view", c.name())
		}
		if err := r.mustOwn(c.owner(), c.word(), c.name()); err != nil {
			return err
		}
	}
	return r.done("REINDEX")
}

func (r *run) publicationTables(objects []*ast.PublicationObj) ([]catalog.OID, error) {
	var out []catalog.OID
	for _, o := range objects {
		switch o.Kind {
		case ast.PublicationTable:
			rel, err := r.relation(o.Table)
			if err != nil {
				return nil, err
			}
			if !rel.IsTable() {
				return nil, errs.New("22023", "cannot add relation \"%s\" to publication", rel.Name).
					WithDetail("This operation is not supported for %ss.", relWord(rel.Kind))
			}
			if err := r.mustOwn(rel.Owner, "table", rel.Name); err != nil {
				return nil, err
			}
			out = append(out, rel.OID)
		default:
			name := o.Schema
			if o.Kind == ast.PublicationCurrentSchema {
				path := r.tx.SearchPath()
				if len(path) == 0 {
					return nil, errs.New("3F000", "no schema has been selected for CURRENT_SCHEMA")
				}
				name = path[0]
			}
			if r.snap().Schema(name) == nil {
				return nil, errs.New("3F000", "schema \"%s\" does not exist", name)
			}
			for _, rel := range r.snap().RelationsIn(name) {
				if rel.IsTable() {
					out = append(out, rel.OID)
				}
			}
		}
	}
	return out, nil
}

func publicationOptions(p *catalog.Publication, options []*ast.DefElem) {
	for _, o := range options {
		if o.Name == "publish" {
			p.Operations = optionText(o.Arg)
		}
	}
}

func (r *run) createPublication(s *ast.CreatePublicationStmt) error {
	for _, p := range r.snap().Publications {
		if p.Name == s.Name {
			return errs.New("42710", "publication \"%s\" already exists", s.Name)
		}
	}
	if s.AllTables && !r.superuser() {
		return errs.New("42501", "must be superuser to create FOR ALL TABLES publication")
	}
	p := &catalog.Publication{Name: s.Name, AllTables: s.AllTables, Operations: "insert, update, delete, truncate"}
	publicationOptions(p, s.Options)
	var err error
	if p.Tables, err = r.publicationTables(s.Objects); err != nil {
		return err
	}
	list := append([]*catalog.Publication(nil), r.snap().Publications...)
	r.edit.SetPublications(append(list, p))
	return nil
}

func (r *run) alterPublication(s *ast.AlterPublicationStmt) error {
	list := append([]*catalog.Publication(nil), r.snap().Publications...)
	at := -1
	for i, p := range list {
		if p.Name == s.Name {
			at = i
		}
	}
	if at < 0 {
		return errs.New("42704", "publication \"%s\" does not exist", s.Name)
	}
	p := *list[at]
	publicationOptions(&p, s.Options)
	tables, err := r.publicationTables(s.Objects)
	if err != nil {
		return err
	}
	member := map[catalog.OID]bool{}
	for _, t := range p.Tables {
		member[t] = true
	}
	if p.AllTables && s.Action != ast.PublicationSetOptions {
		return errs.New("55000", "publication \"%s\" is defined as FOR ALL TABLES", p.Name).
			WithDetail("Tables cannot be added to or dropped from FOR ALL TABLES publications.")
	}
	switch s.Action {
	case ast.PublicationAddObjects:
		out := append([]catalog.OID(nil), p.Tables...)
		for _, t := range tables {
			if member[t] {
				return errs.New("42710", "relation \"%s\" is already member of publication \"%s\"", r.snap().RelationByOID(t).Name, p.Name)
			}
			out = append(out, t)
		}
		p.Tables = out
	case ast.PublicationSetObjects:
		p.Tables = tables
	case ast.PublicationDropObjects:
		gone := map[catalog.OID]bool{}
		for _, t := range tables {
			if !member[t] {
				return errs.New("42704", "relation \"%s\" is not part of the publication", r.snap().RelationByOID(t).Name)
			}
			gone[t] = true
		}
		var out []catalog.OID
		for _, t := range p.Tables {
			if !gone[t] {
				out = append(out, t)
			}
		}
		p.Tables = out
	}
	list[at] = &p
	r.edit.SetPublications(list)
	return nil
}

func (r *run) discard(s *ast.DiscardStmt) error {
	switch s.Target {
	case ast.DiscardPlans:
		return r.done("DISCARD PLANS")
	case ast.DiscardSequences:
		return r.done("DISCARD SEQUENCES")
	case ast.DiscardTemp:
		if err := r.dropTemporary(); err != nil {
			return err
		}
		return r.done("DISCARD TEMP")
	}
	return errs.New("25001", "DISCARD ALL cannot run inside a transaction block")
}
