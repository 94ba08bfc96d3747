package ddl

import (
	"strings"

	"github.com/basement-project/basement/internal/catalog"
	"github.com/basement-project/basement/internal/errs"
	"github.com/basement-project/basement/internal/sql/ast"
	"github.com/basement-project/basement/internal/sql/types"
)

func (r *run) alterTable(s *ast.AlterTableStmt) error {
	if s.ObjType == ast.ObjectDataType {
		return r.alterAttributes(s)
	}
	c, err := r.class(s.Relation)
	if err != nil {
		if e := errs.Of(err); s.MissingOK && e != nil && e.Code == "3F000" {
			return r.skipped("relation \"%s\" does not exist", s.Relation.Name)
		}
		return err
	}
	if !c.found() {
		if s.MissingOK {
			return r.skipped("relation \"%s\" does not exist", s.Relation.Name)
		}
		return errs.New("42P01", "relation \"%s\" does not exist", written(s.Relation))
	}
	if s.ObjType == ast.ObjectView && c.word() != "view" || s.ObjType == ast.ObjectIndex && c.word() != "index" ||
		s.ObjType == ast.ObjectSequence && c.word() != "sequence" {
		article := "a"
		if s.ObjType == ast.ObjectIndex {
			article = "an"
		}
		return errs.New("42809", "\"%s\" is not %s %s", c.name(), article, strings.ToLower(kindNames[s.ObjType]))
	}
	if err := r.mustOwn(c.owner(), c.word(), c.name()); err != nil {
		return err
	}
	if c.index != nil {
		return r.tablespaces(s.Cmds) // storage parameters mean nothing here
	}
	if c.seq != nil {
		for _, cmd := range s.Cmds {
			if cmd.Type == ast.AlterChangeOwner {
				to, err := r.newOwner(cmd.Owner)
				if err != nil {
					return err
				}
				r.ownSequence(c.seq, to)
			}
		}
		return nil
	}
	oid := c.rel.OID
	// PostgreSQL works in passes: drops, then type changes, then additions of columns, then the rest.
	for _, pass := range []func(ast.AlterTableType) bool{isDrop, isColumnType, isAddColumn, isOther} {
		for _, cmd := range s.Cmds {
			if !pass(cmd.Type) {
				continue
			}
			rel := r.snap().RelationByOID(oid)
			if err := r.alterCommand(rel, cmd, s); err != nil {
				return err
			}
		}
	}
	return nil
}

func isDrop(t ast.AlterTableType) bool {
	return t == ast.AlterDropColumn || t == ast.AlterDropConstraint
}
func isColumnType(t ast.AlterTableType) bool { return t == ast.AlterColumnType }
func isAddColumn(t ast.AlterTableType) bool  { return t == ast.AlterAddColumn }
func isOther(t ast.AlterTableType) bool {
	return !isDrop(t) && !isColumnType(t) && !isAddColumn(t)
}

func (r *run) alterCommand(rel *catalog.Relation, cmd *ast.AlterTableCmd, s *ast.AlterTableStmt) error {
	if rel.View != nil {
		switch cmd.Type {
		case ast.AlterColumnDefault, ast.AlterChangeOwner, ast.AlterSetRelOptions, ast.AlterResetRelOptions:
		default:
			return errs.New("42809", "ALTER action %s cannot be performed on relation \"%s\"", actionNames[cmd.Type], rel.Name).
				WithDetail("This operation is not supported for %ss.", relWord(rel.Kind))
		}
	}
	switch cmd.Type {
	case ast.AlterAddOf, ast.AlterDropOf:
		return r.alterOf(rel, cmd)
	case ast.AlterAddColumn:
		return r.addColumn(rel, cmd)
	case ast.AlterDropColumn:
		return r.dropColumn(rel, cmd)
	case ast.AlterColumnType:
		return r.alterColumnType(rel, cmd)
	case ast.AlterColumnDefault:
		return r.alterDefault(rel, cmd)
	case ast.AlterSetNotNull, ast.AlterDropNotNull:
		return r.alterNotNull(rel, cmd)
	case ast.AlterDropExpression:
		return r.dropExpression(rel, cmd)
	case ast.AlterSetStatistics, ast.AlterSetColumnOptions, ast.AlterResetColumnOptions, ast.AlterSetStorage,
		ast.AlterSetCompression, ast.AlterSetWithoutOids, ast.AlterClusterOn, ast.AlterSetWithoutCluster,
		ast.AlterSetLogged, ast.AlterSetUnlogged, ast.AlterSetAccessMethod:
		return nil
	case ast.AlterSetTablespace:
		return r.tablespaces([]*ast.AlterTableCmd{cmd})
	case ast.AlterAddIdentity, ast.AlterSetIdentity, ast.AlterDropIdentity:
		return r.alterIdentity(rel, cmd)
	case ast.AlterAddConstraint:
		if cmd.Constraint.Type == ast.ConstrCheck {
			defer r.quiet()()
		}
		return r.addConstraint(rel.OID, cmd.Constraint, true)
	case ast.AlterAlterConstraint:
		return r.alterConstraint(rel, cmd)
	case ast.AlterValidateConstraint:
		return r.validateConstraint(rel, cmd)
	case ast.AlterDropConstraint:
		return r.dropConstraint(rel, cmd)
	case ast.AlterEnableRowSecurity, ast.AlterDisableRowSecurity, ast.AlterForceRowSecurity, ast.AlterNoForceRowSecurity:
		c := cloneRelation(rel)
		switch cmd.Type {
		case ast.AlterEnableRowSecurity:
			c.RowSecurity = true
		case ast.AlterDisableRowSecurity:
			c.RowSecurity = false
		case ast.AlterForceRowSecurity:
			c.ForceRowSecurity = true
		default:
			c.ForceRowSecurity = false
		}
		r.edit.PutRelation(c)
		return nil
	case ast.AlterReplicaIdentity:
		c := cloneRelation(rel)
		if cmd.Value == "index" {
			x := indexNamed(rel, cmd.Name)
			switch {
			case x == nil:
				return errs.New("42704", "index \"%s\" for table \"%s\" does not exist", cmd.Name, rel.Name)
			case !x.Unique:
				return errs.New("42809", "cannot use non-unique index \"%s\" as replica identity", x.Name)
			case x.Where != "":
				return errs.New("42809", "cannot use partial index \"%s\" as replica identity", x.Name)
			}
			for _, k := range x.Keys {
				if k.Column == 0 {
					return errs.New("42809", "cannot use expression index \"%s\" as replica identity", x.Name)
				}
				if col := rel.ColumnByNum(k.Column); !col.NotNull {
					return errs.New("42809", "index \"%s\" cannot be used as replica identity because column \"%s\" is nullable", x.Name, col.Name)
				}
			}
		}
		c.ReplicaIdentity = map[string]string{"nothing": "n", "full": "f", "default": "d", "index": "i"}[cmd.Value]
		r.edit.PutRelation(c)
		return nil
	case ast.AlterSetRelOptions, ast.AlterResetRelOptions:
		c := cloneRelation(rel)
		if cmd.Type == ast.AlterResetRelOptions {
			for _, o := range cmd.Options {
				delete(c.Options, o.Name)
			}
		} else {
			var err error
			if c.Options, err = r.relOptions(c.Options, cmd.Options); err != nil {
				return err
			}
		}
		r.edit.PutRelation(c)
		return nil
	case ast.AlterChangeOwner:
		to, err := r.newOwner(cmd.Owner)
		if err != nil {
			return err
		}
		r.ownRelation(rel, to)
		return nil
	case ast.AlterEnableTriggerAll, ast.AlterEnableTriggerUser:
		return r.enableTriggers(rel, "", "O")
	case ast.AlterDisableTriggerAll, ast.AlterDisableTriggerUser:
		return r.enableTriggers(rel, "", "D")
	case ast.AlterEnableTrigger:
		return r.enableTriggers(rel, cmd.Name, "O")
	case ast.AlterEnableAlwaysTrigger:
		return r.enableTriggers(rel, cmd.Name, "A")
	case ast.AlterEnableReplicaTrigger:
		return r.enableTriggers(rel, cmd.Name, "R")
	case ast.AlterDisableTrigger:
		return r.enableTriggers(rel, cmd.Name, "D")
	case ast.AlterAttachPartition:
		return r.attachPartition(rel, cmd)
	case ast.AlterDetachPartition, ast.AlterDetachPartitionFinal:
		return r.detachPartition(rel, cmd)
	case ast.AlterAddInherit, ast.AlterDropInherit:
		return r.unsupported(s.Pos, "table inheritance", "")
	}
	return r.unsupported(s.Pos, "this form of ALTER TABLE", "")
}

// actionNames are what PostgreSQL calls the actions of ALTER TABLE in errors.
var actionNames = map[ast.AlterTableType]string{ast.AlterAddColumn: "ADD COLUMN", ast.AlterDropColumn: "DROP COLUMN",
	ast.AlterColumnType: "ALTER COLUMN ... SET DATA TYPE", ast.AlterSetNotNull: "ALTER COLUMN ... SET NOT NULL",
	ast.AlterDropNotNull: "ALTER COLUMN ... DROP NOT NULL", ast.AlterDropExpression: "ALTER COLUMN ... DROP EXPRESSION",
	ast.AlterSetStatistics: "ALTER COLUMN ... SET STATISTICS", ast.AlterSetStorage: "ALTER COLUMN ... SET STORAGE",
	ast.AlterAddConstraint: "ADD CONSTRAINT", ast.AlterDropConstraint: "DROP CONSTRAINT", ast.AlterAlterConstraint: "ALTER CONSTRAINT",
	ast.AlterValidateConstraint: "VALIDATE CONSTRAINT", ast.AlterClusterOn: "CLUSTER ON", ast.AlterSetWithoutCluster: "SET WITHOUT CLUSTER",
	ast.AlterSetLogged: "SET LOGGED", ast.AlterSetUnlogged: "SET UNLOGGED", ast.AlterSetTablespace: "SET TABLESPACE",
	ast.AlterEnableTrigger: "ENABLE TRIGGER", ast.AlterDisableTrigger: "DISABLE TRIGGER", ast.AlterEnableTriggerAll: "ENABLE TRIGGER ALL",
	ast.AlterDisableTriggerAll: "DISABLE TRIGGER ALL", ast.AlterEnableTriggerUser: "ENABLE TRIGGER USER",
	ast.AlterDisableTriggerUser: "DISABLE TRIGGER USER", ast.AlterAddInherit: "INHERIT", ast.AlterDropInherit: "NO INHERIT",
	ast.AlterEnableRowSecurity: "ENABLE ROW SECURITY", ast.AlterDisableRowSecurity: "DISABLE ROW SECURITY",
	ast.AlterForceRowSecurity: "FORCE ROW SECURITY", ast.AlterNoForceRowSecurity: "NO FORCE ROW SECURITY",
	ast.AlterReplicaIdentity: "REPLICA IDENTITY", ast.AlterAttachPartition: "ATTACH PARTITION", ast.AlterDetachPartition: "DETACH PARTITION",
	ast.AlterAddIdentity: "ALTER COLUMN ... ADD IDENTITY", ast.AlterSetIdentity: "ALTER COLUMN ... SET", ast.AlterDropIdentity: "ALTER COLUMN ... DROP IDENTITY"}

func (r *run) columnOf(rel *catalog.Relation, name string) (*catalog.Column, error) {
	if c := rel.Column(name); c != nil {
		return c, nil
	}
	if systemColumns[name] {
		return nil, errs.New("0A000", "cannot alter system column \"%s\"", name)
	}
	return nil, errs.New("42703", "column \"%s\" of relation \"%s\" does not exist", name, rel.Name)
}

func (r *run) dropColumn(rel *catalog.Relation, cmd *ast.AlterTableCmd) error {
	if err := notTyped(rel, "drop column from"); err != nil {
		return err
	}
	col := rel.Column(cmd.Name)
	if col == nil {
		if cmd.MissingOK {
			return r.skipped("column \"%s\" of relation \"%s\" does not exist", cmd.Name, rel.Name)
		}
		if systemColumns[cmd.Name] {
			return errs.New("0A000", "cannot drop system column \"%s\"", cmd.Name)
		}
		return errs.New("42703", "column \"%s\" of relation \"%s\" does not exist", cmd.Name, rel.Name)
	}
	if rel.IsPartition {
		return errs.New("42P16", "cannot drop inherited column \"%s\"", cmd.Name)
	}
	if in, expr := r.inPartitionKey(rel, col); in {
		return errs.New("42P16", "cannot drop column \"%s\" because it is part of the partition key of relation \"%s\"", col.Name, rel.Name)
	} else if expr {
		return errs.New("42P16", "cannot drop column \"%s\" because it is referenced in the partition key of relation \"%s\"", col.Name, rel.Name)
	}
	return r.remove([]object{{kind: columnObject, oid: rel.OID, sub: col.Num}}, cmd.Cascade)
}

func (r *run) alterDefault(rel *catalog.Relation, cmd *ast.AlterTableCmd) error {
	c := cloneRelation(rel)
	col, err := r.columnOf(c, cmd.Name)
	if err != nil {
		return err
	}
	if col.Identity != "" {
		e := errs.New("42601", "column \"%s\" of relation \"%s\" is an identity column", col.Name, rel.Name)
		if cmd.Expr == nil {
			e.Hint = "Use ALTER TABLE ... ALTER COLUMN ... DROP IDENTITY instead."
		}
		return e
	}
	if col.Generated != "" {
		e := errs.New("42601", "column \"%s\" of relation \"%s\" is a generated column", col.Name, rel.Name)
		if cmd.Expr == nil {
			e.Hint = "Use ALTER TABLE ... ALTER COLUMN ... DROP EXPRESSION instead."
		}
		return e
	}
	col.Default = ""
	if cmd.Expr != nil {
		defer r.quiet()()
		if err := r.setDefault(c, col, cmd.Expr, "default", cmd.Pos); err != nil {
			return err
		}
	}
	r.edit.PutRelation(c)
	return nil
}

func (r *run) alterNotNull(rel *catalog.Relation, cmd *ast.AlterTableCmd) error {
	c := cloneRelation(rel)
	col, err := r.columnOf(c, cmd.Name)
	if err != nil {
		return err
	}
	if cmd.Type == ast.AlterSetNotNull {
		if !col.NotNull {
			if err := r.checkNotNull(c, col); err != nil {
				return err
			}
		}
		col.NotNull = true
		r.edit.PutRelation(c)
		return nil
	}
	if col.Identity != "" {
		return errs.New("42601", "column \"%s\" of relation \"%s\" is an identity column", col.Name, rel.Name)
	}
	if pk := c.PrimaryKey(); pk != nil {
		for _, n := range pk.Columns {
			if n == col.Num {
				return errs.New("42P16", "column \"%s\" is in a primary key", col.Name)
			}
		}
	}
	if parent := r.snap().RelationByOID(rel.Parent); parent != nil && rel.IsPartition {
		if p := parent.Column(col.Name); p != nil && p.NotNull {
			return errs.New("42P16", "column \"%s\" is marked NOT NULL in parent table", col.Name)
		}
	}
	col.NotNull = false
	r.edit.PutRelation(c)
	return nil
}

func (r *run) dropExpression(rel *catalog.Relation, cmd *ast.AlterTableCmd) error {
	c := cloneRelation(rel)
	col, err := r.columnOf(c, cmd.Name)
	if err != nil {
		return err
	}
	if col.Generated == "" {
		if cmd.MissingOK {
			return r.skipped("column \"%s\" of relation \"%s\" is not a stored generated column", col.Name, rel.Name)
		}
		return errs.New("55000", "column \"%s\" of relation \"%s\" is not a stored generated column", col.Name, rel.Name)
	}
	col.Generated, col.Default = "", ""
	r.edit.PutRelation(c)
	return nil
}

func (r *run) alterIdentity(rel *catalog.Relation, cmd *ast.AlterTableCmd) error {
	c := cloneRelation(rel)
	col, err := r.columnOf(c, cmd.Name)
	if err != nil {
		return err
	}
	switch cmd.Type {
	case ast.AlterAddIdentity:
		switch {
		case !integral(r.snap().TypeByOID(col.Type)):
			return errs.New("22023", "identity column type must be smallint, integer, or bigint")
		case !col.NotNull:
			return errs.New("55000", "column \"%s\" of relation \"%s\" must be declared NOT NULL before identity can be added", col.Name, rel.Name)
		case col.Identity != "":
			return errs.New("55000", "column \"%s\" of relation \"%s\" is already an identity column", col.Name, rel.Name)
		case col.Default != "":
			return errs.New("55000", "column \"%s\" of relation \"%s\" already has a default value", col.Name, rel.Name)
		}
		b := &tableBuilder{r: r, rel: c}
		col.Identity = "d"
		if cmd.Constraint.Always {
			col.Identity = "a"
		}
		if _, err := b.sequence(col, cmd.Constraint.Sequence); err != nil {
			return err
		}
	case ast.AlterSetIdentity:
		if col.Identity == "" {
			return errs.New("55000", "column \"%s\" of relation \"%s\" is not an identity column", col.Name, rel.Name)
		}
		var options []*ast.SeqOption
		for _, o := range cmd.Identity {
			if o.Seq != nil {
				options = append(options, o.Seq)
				continue
			}
			col.Identity = "d"
			if o.Always {
				col.Identity = "a"
			}
		}
		if len(options) > 0 {
			if q := r.snap().SequenceByOID(col.Sequence); q != nil {
				if err := r.alterSequenceOptions(q, options); err != nil {
					return err
				}
			}
		}
	case ast.AlterDropIdentity:
		if col.Identity == "" {
			if cmd.MissingOK {
				return r.skipped("column \"%s\" of relation \"%s\" is not an identity column", col.Name, rel.Name)
			}
			return errs.New("55000", "column \"%s\" of relation \"%s\" is not an identity column", col.Name, rel.Name)
		}
		r.edit.DropSequence(col.Sequence)
		r.tx.DropSequence(col.Sequence)
		col.Identity, col.Sequence = "", 0
	}
	r.edit.PutRelation(c)
	return nil
}

func integral(t *types.Type) bool {
	switch t.Underlying().OID {
	case types.Int2OID, types.Int4OID, types.Int8OID:
		return true
	}
	return false
}

func indexNamed(rel *catalog.Relation, name string) *catalog.Index {
	for _, x := range rel.Indexes {
		if x.Name == name {
			return x
		}
	}
	return nil
}

func findConstraint(rel *catalog.Relation, name string) *catalog.Constraint {
	for _, c := range rel.Constraints {
		if c.Name == name {
			return c
		}
	}
	return nil
}

func (r *run) dropConstraint(rel *catalog.Relation, cmd *ast.AlterTableCmd) error {
	con := findConstraint(rel, cmd.Name)
	if con == nil {
		if cmd.MissingOK {
			return r.skipped("constraint \"%s\" of relation \"%s\" does not exist", cmd.Name, rel.Name)
		}
		return errs.New("42704", "constraint \"%s\" of relation \"%s\" does not exist", cmd.Name, rel.Name)
	}
	if con.Parent != 0 {
		return errs.New("42P16", "cannot drop inherited constraint \"%s\" of relation \"%s\"", con.Name, rel.Name)
	}
	return r.remove([]object{{kind: constraintObject, oid: rel.OID, part: con.OID}}, cmd.Cascade)
}

func (r *run) alterConstraint(rel *catalog.Relation, cmd *ast.AlterTableCmd) error {
	c := cloneRelation(rel)
	con := findConstraint(c, cmd.Constraint.Name)
	if con == nil {
		return errs.New("42704", "constraint \"%s\" of relation \"%s\" does not exist", cmd.Constraint.Name, rel.Name)
	}
	if con.Kind != catalog.ForeignKey {
		return errs.New("42809", "constraint \"%s\" of relation \"%s\" is not a foreign key constraint", con.Name, rel.Name)
	}
	con.Deferrable, con.InitiallyDeferred = cmd.Constraint.Deferrable, cmd.Constraint.InitiallyDeferred
	r.edit.PutRelation(c)
	return nil
}

func (r *run) validateConstraint(rel *catalog.Relation, cmd *ast.AlterTableCmd) error {
	c := cloneRelation(rel)
	con := findConstraint(c, cmd.Name)
	if con == nil {
		return errs.New("42704", "constraint \"%s\" of relation \"%s\" does not exist", cmd.Name, rel.Name)
	}
	if con.Kind != catalog.ForeignKey && con.Kind != catalog.Check {
		return errs.New("42809", "constraint \"%s\" of relation \"%s\" is not a foreign key or check constraint", con.Name, rel.Name)
	}
	if !con.NotValid {
		return nil
	}
	con.NotValid = false
	r.edit.PutRelation(c)
	if con.Kind == catalog.ForeignKey {
		return r.validateForeignKey(c, r.snap().RelationByOID(con.RefTable), con)
	}
	x, err := r.storedExpr(c, con.Expr, "check constraint", nil)
	if err != nil {
		return err
	}
	return r.validateCheck(c, con, x)
}
