package builtin

import (
	"fmt"
	"strconv"
	"strings"

	"github.com/basement-project/basement/internal/analyze/regname"
	"github.com/basement-project/basement/internal/catalog"
	"github.com/basement-project/basement/internal/engine/sqlite/session"
	"github.com/basement-project/basement/internal/engine/sqlite/sysview"
	"github.com/basement-project/basement/internal/errs"
	"github.com/basement-project/basement/internal/sql/types"
)

// catalogTable declares the functions that tell about objects of the catalog.
func catalogTable() []entry {
	var list []entry
	add := func(fn func(c *Call, tx *session.Tx) (types.Datum, error), sigs ...string) {
		f := func(c *Call) (types.Datum, error) {
			tx, err := c.inEngine()
			if err != nil {
				return types.Datum{}, err
			}
			return fn(c, tx)
		}
		for _, s := range sigs {
			list = append(list, entry{sig: s, fn: f, safe: true})
		}
	}
	oid := func(c *Call) catalog.OID { return catalog.OID(c.Args[0].I) }
	pretty := func(c *Call, i int) bool { return i < len(c.Args) && c.Args[i].Bool() }
	text := func(s string, ok bool) (types.Datum, error) {
		if !ok {
			return types.Datum{}, nil
		}
		return types.Text(s), nil
	}

	for name, reg := range map[string]types.OID{"to_regclass": types.RegClassOID, "to_regtype": types.RegTypeOID, "to_regrole": types.RegRoleOID,
		"to_regnamespace": types.RegNamespaceOID, "to_regproc": types.RegProcOID, "to_regprocedure": types.RegProcedureOID, "to_regoper": types.RegOperOID,
		"to_regoperator": types.RegOperatorOID, "to_regcollation": types.RegCollationOID} {
		add(func(c *Call, tx *session.Tx) (types.Datum, error) {
			s := strings.Clone(c.Args[0].S)
			if s != "" && strings.Trim(s, "0123456789") == "" {
				// Numbers are no names here.
				if reg != types.RegTypeOID {
					return types.Datum{}, nil
				}
				return types.Datum{}, errs.New("42601", "syntax error at or near \"%s\"", s)
			}
			oid, err := tx.Names().RegIn(reg, s)
			if e := errs.Of(err); e != nil {
				switch e.Code {
				case "42P01", "42704", "42883", "3F000", "42725":
					return types.Datum{}, nil
				}
				return types.Datum{}, err
			}
			if s == "-" {
				return types.Datum{}, nil
			}
			return types.Int(int64(oid)), err
		}, name+"(text)")
	}

	list = append(list, entry{sig: "format_type(oid,int4)", safe: true, fn: func(c *Call) (types.Datum, error) {
		if c.Args[0].IsNull() {
			return types.Datum{}, nil
		}
		mod := int32(-1)
		if !c.Args[1].IsNull() {
			mod = int32(c.Args[1].I)
		}
		t := c.Snapshot().TypeByOID(types.OID(c.Args[0].I))
		if t == nil {
			if c.Args[0].I == 0 {
				return types.Text("-"), nil
			}
			return types.Text("???"), nil
		}
		if !c.Args[1].IsNull() && mod < 0 {
			// Without a length these names would mean the length 1.
			switch t.OID {
			case types.BPCharOID:
				return types.Text("bpchar"), nil
			case types.BitOID:
				return types.Text(`"bit"`), nil
			}
		}
		if tx := c.Tx(); tx != nil {
			return types.Text(tx.Names().TypeName(t, mod)), nil
		}
		return types.Text(types.FormatType(t, mod)), nil
	}})

	add(func(c *Call, tx *session.Tx) (types.Datum, error) {
		return text(sysview.Define(tx).Node(strings.Clone(c.Args[0].S), catalog.OID(c.Args[1].I), pretty(c, 2)))
	}, "pg_get_expr(pg_node_tree,oid)", "pg_get_expr(pg_node_tree,oid,bool)")
	view := func(c *Call, tx *session.Tx, of catalog.OID, pretty bool, wrap int) (types.Datum, error) {
		r := c.Snapshot().RelationByOID(of)
		if r == nil {
			return types.Datum{}, nil
		}
		return types.Text(sysview.Define(tx).View(r, pretty, wrap)), nil
	}
	add(func(c *Call, tx *session.Tx) (types.Datum, error) {
		if len(c.Args) > 1 && c.Desc == nil {
			return view(c, tx, oid(c), pretty(c, 1), 0)
		}
		return view(c, tx, oid(c), false, 0)
	}, "pg_get_viewdef(oid)", "pg_get_viewdef(oid,bool)")
	add(func(c *Call, tx *session.Tx) (types.Datum, error) { return view(c, tx, oid(c), true, int(c.Args[1].I)) }, "pg_get_viewdef(oid,int4)")
	add(func(c *Call, tx *session.Tx) (types.Datum, error) {
		of, err := tx.Names().RegIn(types.RegClassOID, strings.Clone(c.Args[0].S))
		if err != nil {
			return types.Datum{}, err
		}
		return view(c, tx, of, pretty(c, 1), 0)
	}, "pg_get_viewdef(text)", "pg_get_viewdef(text,bool)")
	add(func(c *Call, tx *session.Tx) (types.Datum, error) {
		d := sysview.Define(tx)
		for _, r := range c.Snapshot().Relations {
			for _, k := range r.Constraints {
				if k.OID == oid(c) {
					return types.Text(d.Constraint(r, k, pretty(c, 1))), nil
				}
			}
		}
		for _, t := range c.Snapshot().Types {
			for _, k := range t.Checks {
				if k.OID == oid(c) {
					return types.Text(d.DomainConstraint(t.Type, k, pretty(c, 1))), nil
				}
			}
		}
		return types.Datum{}, nil
	}, "pg_get_constraintdef(oid)", "pg_get_constraintdef(oid,bool)")
	add(func(c *Call, tx *session.Tx) (types.Datum, error) {
		column := 0
		if len(c.Args) == 3 {
			column = int(c.Args[1].I)
		}
		for _, r := range c.Snapshot().Relations {
			for _, x := range r.Indexes {
				if x.OID == oid(c) {
					return types.Text(sysview.Define(tx).Index(r, x, column, pretty(c, 2))), nil
				}
			}
		}
		return types.Datum{}, nil
	}, "pg_get_indexdef(oid)", "pg_get_indexdef(oid,int4,bool)")
	add(func(c *Call, tx *session.Tx) (types.Datum, error) {
		for _, r := range c.Snapshot().Relations {
			for _, t := range r.Triggers {
				if t.OID == oid(c) {
					return types.Text(sysview.Define(tx).Trigger(r, t, pretty(c, 1))), nil
				}
			}
		}
		return types.Datum{}, nil
	}, "pg_get_triggerdef(oid)", "pg_get_triggerdef(oid,bool)")
	add(func(c *Call, tx *session.Tx) (types.Datum, error) {
		if r := sysview.RuleRelation(c.Snapshot(), oid(c)); r != nil {
			return types.Text(sysview.Define(tx).Rule(r, pretty(c, 1))), nil
		}
		return types.Datum{}, nil
	}, "pg_get_ruledef(oid)", "pg_get_ruledef(oid,bool)")

	function := func(f func(d *sysview.Definer, fn *catalog.Function) (string, bool)) func(c *Call, tx *session.Tx) (types.Datum, error) {
		return func(c *Call, tx *session.Tx) (types.Datum, error) {
			fn := c.Snapshot().FunctionByOID(oid(c))
			if fn == nil {
				return types.Datum{}, nil
			}
			return text(f(sysview.Define(tx), fn))
		}
	}
	add(func(c *Call, tx *session.Tx) (types.Datum, error) {
		fn := c.Snapshot().FunctionByOID(oid(c))
		switch {
		case fn == nil:
			return types.Datum{}, nil
		case fn.Kind == catalog.Aggregate:
			return types.Datum{}, errs.New("42809", "\"%s\" is an aggregate function", fn.Name)
		}
		return types.Text(sysview.Define(tx).Function(fn)), nil
	}, "pg_get_functiondef(oid)")
	add(function(func(d *sysview.Definer, fn *catalog.Function) (string, bool) { return d.Arguments(fn, true), true }), "pg_get_function_arguments(oid)")
	add(function(func(d *sysview.Definer, fn *catalog.Function) (string, bool) { return d.Arguments(fn, false), true }), "pg_get_function_identity_arguments(oid)")
	add(function(func(d *sysview.Definer, fn *catalog.Function) (string, bool) { return d.Result(fn) }), "pg_get_function_result(oid)")
	add(function(func(d *sysview.Definer, fn *catalog.Function) (string, bool) { return d.Body(fn), fn.NewStyleBody }), "pg_get_function_sqlbody(oid)")
	add(func(c *Call, tx *session.Tx) (types.Datum, error) {
		fn := c.Snapshot().FunctionByOID(oid(c))
		if fn == nil {
			return types.Datum{}, nil
		}
		return text(sysview.Define(tx).ArgumentDefault(fn, int(c.Args[1].I)))
	}, "pg_get_function_arg_default(oid,int4)")
	null := func(*Call, *session.Tx) (types.Datum, error) { return types.Datum{}, nil }
	add(null, "pg_get_statisticsobjdef(oid)", "pg_get_statisticsobjdef_columns(oid)", "pg_get_statisticsobjdef_expressions(oid)",
		"pg_get_partition_constraintdef(oid)", "pg_get_replica_identity_index(regclass)", "pg_current_logfile()", "pg_current_logfile(text)",
		"inet_client_port()", "inet_server_port()", "txid_current_if_assigned()", "pg_current_xact_id_if_assigned()", "pg_relation_filenode(regclass)", "pg_relation_filepath(regclass)")
	add(func(c *Call, tx *session.Tx) (types.Datum, error) {
		return text(sysview.Define(tx).PartitionKey(oid(c)))
	}, "pg_get_partkeydef(oid)")
	add(func(c *Call, _ *session.Tx) (types.Datum, error) {
		for _, r := range c.Snapshot().Roles {
			if r.OID == oid(c) {
				return types.Text(r.Name), nil
			}
		}
		return types.Text(fmt.Sprintf("unknown (OID=%d)", c.Args[0].I)), nil
	}, "pg_get_userbyid(oid)")

	describe := func(c *Call, class string, object, sub int64) (types.Datum, error) {
		s, ok := sysview.Comment(c.Snapshot(), class, catalog.OID(object), int32(sub))
		return text(s, ok)
	}
	add(func(c *Call, _ *session.Tx) (types.Datum, error) { return describe(c, "", c.Args[0].I, 0) }, "obj_description(oid)")
	add(func(c *Call, _ *session.Tx) (types.Datum, error) {
		return describe(c, strings.Clone(c.Args[1].S), c.Args[0].I, 0)
	}, "obj_description(oid,name)", "shobj_description(oid,name)")
	add(func(c *Call, _ *session.Tx) (types.Datum, error) {
		return describe(c, "pg_class", c.Args[0].I, c.Args[1].I)
	}, "col_description(oid,int4)")

	visible := func(f func(n *regname.Names, snap *catalog.Snapshot, oid catalog.OID) (bool, bool), sig string) {
		add(func(c *Call, tx *session.Tx) (types.Datum, error) {
			v, ok := f(tx.Names(), c.Snapshot(), oid(c))
			if !ok {
				return types.Datum{}, nil
			}
			return types.Bool(v), nil
		}, sig)
	}
	visible(func(n *regname.Names, snap *catalog.Snapshot, oid catalog.OID) (bool, bool) {
		if _, _, ok := regname.ClassName(snap, oid); !ok {
			return sysview.IndexVisible(snap, oid)
		}
		return n.RelationVisible(oid), true
	}, "pg_table_is_visible(oid)")
	visible(func(n *regname.Names, snap *catalog.Snapshot, oid catalog.OID) (bool, bool) {
		t := snap.TypeByOID(oid)
		return t != nil && n.TypeVisible(t), t != nil
	}, "pg_type_is_visible(oid)")
	visible(func(n *regname.Names, snap *catalog.Snapshot, oid catalog.OID) (bool, bool) {
		f := snap.FunctionByOID(oid)
		return f != nil && n.FunctionVisible(f), f != nil
	}, "pg_function_is_visible(oid)")
	visible(func(n *regname.Names, snap *catalog.Snapshot, oid catalog.OID) (bool, bool) {
		for s := snap; s != nil; s = s.Base {
			for _, o := range s.Operators {
				if o.OID == oid {
					return n.OperatorVisible(o), true
				}
			}
		}
		return false, false
	}, "pg_operator_is_visible(oid)")
	for _, sig := range []string{"pg_opclass_is_visible(oid)", "pg_opfamily_is_visible(oid)", "pg_collation_is_visible(oid)", "pg_conversion_is_visible(oid)",
		"pg_ts_config_is_visible(oid)", "pg_ts_dict_is_visible(oid)", "pg_ts_parser_is_visible(oid)", "pg_ts_template_is_visible(oid)"} {
		visible(func(_ *regname.Names, _ *catalog.Snapshot, oid catalog.OID) (bool, bool) { return true, oid != 0 }, sig)
	}
	visible(func(*regname.Names, *catalog.Snapshot, catalog.OID) (bool, bool) { return false, false }, "pg_statistics_obj_is_visible(oid)")

	add(func(c *Call, tx *session.Tx) (types.Datum, error) {
		of, err := tx.Names().RegIn(types.RegClassOID, strings.Clone(c.Args[0].S))
		if err != nil {
			return types.Datum{}, err
		}
		return rowSecurityActive(c, tx, of)
	}, "row_security_active(text)")
	add(func(c *Call, _ *session.Tx) (types.Datum, error) {
		r := c.Snapshot().RelationByOID(oid(c))
		n := 0
		if r != nil {
			ins, upd, del := r.Insertable, r.Updatable, r.Deletable
			if r.Kind == catalog.Table || r.Kind == catalog.PartitionedTable {
				ins, upd, del = true, true, true
			}
			for bit, ok := range map[int]bool{8: ins, 4: upd, 16: del} {
				if ok {
					n |= bit
				}
			}
		}
		return types.Int(int64(n)), nil
	}, "pg_relation_is_updatable(regclass,bool)")
	add(func(c *Call, _ *session.Tx) (types.Datum, error) {
		r := c.Snapshot().RelationByOID(oid(c))
		n := int32(c.Args[1].I)
		switch {
		case r == nil || n <= 0:
			return types.Bool(false), nil
		case r.View != nil && r.Kind == catalog.View:
			return types.Bool(r.Updatable && r.Deletable && int(n) <= len(r.View.Sources) && len(r.View.Sources[n-1]) > 0), nil
		}
		return types.Bool(r.Kind == catalog.Table || r.Kind == catalog.PartitionedTable), nil
	}, "pg_column_is_updatable(regclass,int2,bool)")
	add(func(c *Call, tx *session.Tx) (types.Datum, error) {
		var out []string
		for _, f := range strings.Fields(c.Args[0].S) {
			n, _ := strconv.ParseUint(f, 10, 32)
			if t := c.Snapshot().TypeByOID(catalog.OID(n)); t != nil {
				out = append(out, tx.Names().TypeName(t, -1))
			}
		}
		return types.Text(strings.Join(out, ", ")), nil
	}, "oidvectortypes(oidvector)")
	add(func(c *Call, _ *session.Tx) (types.Datum, error) {
		r := c.Snapshot().RelationByOID(oid(c))
		if r == nil {
			return types.Datum{}, nil
		}
		return types.Bool(r.OID >= 16384 && (r.Kind == catalog.Table || r.Kind == catalog.PartitionedTable) && !strings.HasPrefix(r.Schema, "pg_temp")), nil
	}, "pg_relation_is_publishable(regclass)")
	list = append(list, aclEntries()...)
	return append(list, serverEntries()...)
}

func rowSecurityActive(c *Call, tx *session.Tx, of catalog.OID) (types.Datum, error) {
	r := c.Snapshot().RelationByOID(of)
	if r == nil {
		return types.Datum{}, nil
	}
	return types.Bool(r.RowSecurity && !c.Snapshot().BypassesRLS(tx.Role()) && (r.ForceRowSecurity || !c.Snapshot().Inherits(tx.Role(), r.Owner))), nil
}

func itoa(n int64) string { return strconv.FormatInt(n, 10) }
