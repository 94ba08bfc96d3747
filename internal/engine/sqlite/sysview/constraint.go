package sysview

import (
	"github.com/basement-project/basement/internal/catalog"
	"github.com/basement-project/basement/internal/sql/ast"
	"github.com/basement-project/basement/internal/sql/parse"
	"github.com/basement-project/basement/internal/sql/types"
)

func pgConstraint(m *maker) {
	for _, r := range m.snap.Relations {
		for _, c := range r.Constraints {
			if c.Kind == catalog.NotNullCon {
				continue
			}
			v := row{"oid": c.OID, "conname": c.Name, "connamespace": m.schemaOID(r.Schema), "contype": c.Kind, "condeferrable": c.Deferrable,
				"condeferred": c.InitiallyDeferred, "convalidated": !c.NotValid, "conrelid": r.OID, "contypid": 0, "conindid": indexOf(r, c), "conparentid": 0,
				"confrelid": c.RefTable, "confupdtype": " ", "confdeltype": " ", "confmatchtype": " ", "conislocal": true, "coninhcount": 0,
				"connoinherit": c.Kind != catalog.Check, "conkey": numbers(c.Columns)}
			switch c.Kind {
			case catalog.ForeignKey:
				match := "s"
				if c.MatchFull {
					match = "f"
				}
				v["confupdtype"], v["confdeltype"], v["confmatchtype"] = orDefault(c.OnUpdate), orDefault(c.OnDelete), match
				v["confkey"], v["confdelsetcols"] = numbers(c.RefColumns), numbers(c.SetColumns)
				m.equalities(v, r, c)
			case catalog.Check:
				v["conbin"] = node("check", 0, c.Expr)
			}
			m.put(v)
		}
	}
	for _, t := range m.snap.Types {
		for _, c := range t.Checks {
			m.put(row{"oid": c.OID, "conname": c.Name, "connamespace": m.schemaOID(t.Type.Schema), "contype": "c", "condeferrable": false, "condeferred": false,
				"convalidated": !c.NotValid, "conrelid": 0, "contypid": t.Type.OID, "conindid": 0, "conparentid": 0, "confrelid": 0, "confupdtype": " ",
				"confdeltype": " ", "confmatchtype": " ", "conislocal": true, "coninhcount": 0, "connoinherit": false, "conbin": node("domain", int(t.Type.OID), c.Expr)})
		}
	}
}

func orDefault(action string) string {
	if action == "" {
		return catalog.NoAction
	}
	return action
}

// equalities are the operators a foreign key compares with.
func (m *maker) equalities(v row, r *catalog.Relation, c *catalog.Constraint) {
	ref := m.snap.RelationByOID(c.RefTable)
	if ref == nil || len(c.Columns) != len(c.RefColumns) {
		return
	}
	eq := func(l, r *types.Type) catalog.OID {
		for _, o := range m.snap.OperatorsNamed(catalogSchema, "=") {
			if o.Left == l.OID && o.Right == r.OID {
				return o.OID
			}
		}
		return 0
	}
	norm := func(rel *catalog.Relation, num int32) *types.Type {
		col := rel.ColumnByNum(num)
		if col == nil {
			return nil
		}
		t := m.snap.TypeByOID(col.Type)
		if t == nil {
			return nil
		}
		t = t.Underlying()
		switch {
		case t.OID == types.VarcharOID:
			return types.ByOID(types.TextOID)
		case t.Kind == types.EnumType:
			return types.ByOID(types.AnyEnumOID)
		case t.Kind == types.ArrayType:
			return types.ByOID(types.AnyArrayOID)
		}
		return t
	}
	var pf, pp, ff []catalog.OID
	for i := range c.Columns {
		f, p := norm(r, c.Columns[i]), norm(ref, c.RefColumns[i])
		if f == nil || p == nil {
			return
		}
		x := eq(p, f)
		if x == 0 {
			x = eq(p, p)
		}
		pf, pp, ff = append(pf, x), append(pp, eq(p, p)), append(ff, eq(f, f))
	}
	v["conpfeqop"], v["conppeqop"], v["conffeqop"] = numbers(pf), numbers(pp), numbers(ff)
}

// indexOf is the index behind a key; for a foreign key that of the table it refers to.
func indexOf(r *catalog.Relation, c *catalog.Constraint) catalog.OID {
	if c.Index != 0 {
		return c.Index
	}
	switch c.Kind {
	case catalog.PrimaryKey, catalog.Unique, catalog.Exclusion:
		for _, x := range r.Indexes {
			if x.Name == c.Name {
				return x.OID
			}
		}
	}
	return 0
}

// Trigger type bits of pg_trigger.tgtype.
const (
	triggerRow     = 1
	triggerBefore  = 2
	triggerInsert  = 4
	triggerDelete  = 8
	triggerUpdate  = 16
	triggerTrunc   = 32
	triggerInstead = 64
)

// triggerStatement parses a trigger's definition.
func triggerStatement(t *catalog.Trigger) *ast.CreateTrigStmt {
	s, err := parse.Statement(t.SQL)
	if err != nil {
		return nil
	}
	c, _ := s.(*ast.CreateTrigStmt)
	return c
}

func triggerBits(s *ast.CreateTrigStmt) int {
	n := 0
	if s.Row {
		n |= triggerRow
	}
	switch s.Timing {
	case ast.TriggerBefore:
		n |= triggerBefore
	case ast.TriggerInsteadOf:
		n |= triggerInstead
	}
	for _, e := range []struct {
		ev  ast.TriggerEvents
		bit int
	}{{ast.TriggerOnInsert, triggerInsert}, {ast.TriggerOnDelete, triggerDelete}, {ast.TriggerOnUpdate, triggerUpdate}, {ast.TriggerOnTruncate, triggerTrunc}} {
		if s.Events&e.ev != 0 {
			n |= e.bit
		}
	}
	return n
}

func pgTrigger(m *maker) {
	for _, r := range m.snap.Relations {
		for _, t := range r.Triggers {
			s := triggerStatement(t)
			if s == nil {
				continue
			}
			args := ""
			for _, a := range s.Args {
				args += a + "\x00"
			}
			var cols []int32
			for _, name := range s.Columns {
				if c := r.Column(name); c != nil {
					cols = append(cols, c.Num)
				}
			}
			v := row{"oid": t.OID, "tgrelid": r.OID, "tgparentid": t.Parent, "tgname": t.Name, "tgfoid": t.Function, "tgtype": triggerBits(s), "tgenabled": t.Enabled,
				"tgisinternal": false, "tgconstrrelid": 0, "tgconstrindid": 0, "tgconstraint": 0, "tgdeferrable": s.Deferrable,
				"tginitdeferred": s.InitiallyDeferred, "tgnargs": len(s.Args), "tgattr": vector(cols), "tgargs": types.Bytes([]byte(args))}
			if s.When != nil {
				v["tgqual"] = node("when", int(t.OID), "")
			}
			for _, x := range s.Transitions {
				if x.New {
					v["tgnewtable"] = x.Name
				} else {
					v["tgoldtable"] = x.Name
				}
			}
			m.put(v)
		}
	}
}

func pgPolicy(m *maker) {
	for _, r := range m.snap.Relations {
		for _, p := range r.Policies {
			roles := []catalog.OID{}
			for _, name := range p.Roles {
				roles = append(roles, m.roleOID(name))
			}
			if len(roles) == 0 {
				roles = []catalog.OID{0}
			}
			v := row{"oid": p.OID, "polname": p.Name, "polrelid": r.OID, "polcmd": p.Command, "polpermissive": p.Permissive, "polroles": numbers(roles)}
			if p.Using != "" {
				v["polqual"] = node("policy", 0, p.Using)
			}
			if p.WithCheck != "" {
				v["polwithcheck"] = node("policy", 0, p.WithCheck)
			}
			m.put(v)
		}
	}
}
