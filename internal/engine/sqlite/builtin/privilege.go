package builtin

import (
	"strings"

	"github.com/basement-project/basement/internal/catalog"
	"github.com/basement-project/basement/internal/errs"
	"github.com/basement-project/basement/internal/sql/types"
)

var privilegeNames = map[string]catalog.Privilege{
	"SELECT": catalog.Select, "INSERT": catalog.Insert, "UPDATE": catalog.Update, "DELETE": catalog.Delete,
	"TRUNCATE": catalog.Truncate, "REFERENCES": catalog.References, "TRIGGER": catalog.TriggerPrivilege, "USAGE": catalog.Usage,
	"CREATE": catalog.Create, "EXECUTE": catalog.Execute, "CONNECT": catalog.Connect, "TEMPORARY": catalog.Temporary,
	"TEMP": catalog.Temporary, "MAINTAIN": catalog.Maintain,
}

// privilegeList reads "SELECT, INSERT WITH GRANT OPTION"; the grant option is read over.
func privilegeList(s string) ([]catalog.Privilege, error) {
	var out []catalog.Privilege
	for _, part := range strings.Split(s, ",") {
		name := strings.ToUpper(strings.TrimSpace(part))
		name = strings.TrimSpace(strings.TrimSuffix(name, "WITH GRANT OPTION"))
		p, ok := privilegeNames[name]
		if !ok {
			return nil, errs.New("22023", "unrecognized privilege type: \"%s\"", strings.TrimSpace(part))
		}
		out = append(out, p)
	}
	return out, nil
}

// privilegeTable declares has_..._privilege, pg_has_role and their like.
func privilegeTable() []entry {
	var list []entry
	// held finds the object a function's middle arguments name and gives the rights a role has on it.
	type held func(c *Call, role string, object []types.Datum) (catalog.Privilege, bool, error)
	family := func(name string, object []string, f held) {
		check := func(withRole bool) Func {
			return func(c *Call) (types.Datum, error) {
				tx, err := c.inEngine()
				if err != nil {
					return types.Datum{}, err
				}
				args, role := c.Args, tx.Role()
				if withRole {
					if role, err = roleArg(c, args[0]); err != nil {
						return types.Datum{}, err
					}
					args = args[1:]
				}
				have, ok, err := f(c, role, args[:len(args)-1])
				if err != nil {
					return types.Datum{}, err
				}
				want, err := privilegeList(strings.Clone(args[len(args)-1].S))
				if err != nil || !ok {
					return types.Datum{}, err
				}
				for _, p := range want {
					if have&p != 0 {
						return types.Bool(true), nil
					}
				}
				return types.Bool(false), nil
			}
		}
		for _, o := range object {
			list = append(list, entry{sig: name + "(" + o + ",text)", fn: check(false)},
				entry{sig: name + "(name," + o + ",text)", fn: check(true)}, entry{sig: name + "(oid," + o + ",text)", fn: check(true)})
		}
	}
	table := func(c *Call, d types.Datum) (*catalog.Relation, *catalog.Sequence, error) {
		oid := types.OID(d.I)
		if d.Kind == types.KindText {
			var err error
			if oid, err = c.Env().Names.RegIn(types.RegClassOID, strings.Clone(d.S)); err != nil {
				return nil, nil, err
			}
		}
		return c.Snapshot().RelationByOID(oid), c.Snapshot().SequenceByOID(oid), nil
	}
	rights := func(c *Call, role string, o []types.Datum) (catalog.Privilege, bool, error) {
		r, s, err := table(c, o[0])
		switch {
		case err != nil:
			return 0, false, err
		case r != nil:
			return c.Snapshot().RelationRights(role, r), true, nil
		case s != nil:
			return c.Snapshot().Held(role, s.Owner, s.ACL, 0), true, nil
		}
		return 0, false, nil
	}
	family("has_table_privilege", []string{"text", "oid"}, rights)
	family("has_sequence_privilege", []string{"text", "oid"}, rights)
	family("has_any_column_privilege", []string{"text", "oid"}, func(c *Call, role string, o []types.Datum) (catalog.Privilege, bool, error) {
		r, _, err := table(c, o[0])
		if err != nil || r == nil {
			return 0, false, err
		}
		have := c.Snapshot().RelationRights(role, r)
		for _, col := range r.Columns {
			have |= c.Snapshot().ColumnRights(role, r, col)
		}
		return have, true, nil
	})
	family("has_column_privilege", []string{"text,text", "text,int2", "oid,text", "oid,int2"}, func(c *Call, role string, o []types.Datum) (catalog.Privilege, bool, error) {
		r, _, err := table(c, o[0])
		if err != nil || r == nil {
			return 0, false, err
		}
		col := r.ColumnByNum(int32(o[1].I))
		if o[1].Kind == types.KindText {
			if col = r.Column(o[1].S); col == nil {
				return 0, false, errs.New("42703", "column \"%s\" of relation \"%s\" does not exist", strings.Clone(o[1].S), r.Name)
			}
		}
		if col == nil {
			return 0, false, nil
		}
		return c.Snapshot().ColumnRights(role, r, col), true, nil
	})
	family("has_schema_privilege", []string{"text", "oid"}, func(c *Call, role string, o []types.Datum) (catalog.Privilege, bool, error) {
		snap := c.Snapshot()
		var found *catalog.Schema
		if o[0].Kind == types.KindText {
			if found = snap.Schema(o[0].S); found == nil {
				return 0, false, errs.New("3F000", "schema \"%s\" does not exist", strings.Clone(o[0].S))
			}
		} else {
			for _, s := range snap.Schemas {
				if s.OID == types.OID(o[0].I) {
					found = s
				}
			}
			if found == nil {
				return 0, false, nil
			}
		}
		return snap.Held(role, found.Owner, found.ACL, 0), true, nil
	})
	family("has_function_privilege", []string{"text", "oid"}, func(c *Call, role string, o []types.Datum) (catalog.Privilege, bool, error) {
		oid := types.OID(o[0].I)
		if o[0].Kind == types.KindText {
			var err error
			if oid, err = c.Env().Names.RegIn(types.RegProcedureOID, strings.Clone(o[0].S)); err != nil {
				return 0, false, err
			}
		}
		f := c.Snapshot().FunctionByOID(oid)
		if f == nil {
			return 0, false, nil
		}
		return c.Snapshot().Held(role, f.Owner, f.ACL, catalog.Execute), true, nil
	})
	hasRole := func(withUser bool) Func {
		return func(c *Call) (types.Datum, error) {
			tx, err := c.inEngine()
			if err != nil {
				return types.Datum{}, err
			}
			args, user := c.Args, tx.Role()
			if withUser {
				if user, err = roleArg(c, args[0]); err != nil {
					return types.Datum{}, err
				}
				args = args[1:]
			}
			target, err := roleArg(c, args[0])
			if err != nil {
				return types.Datum{}, err
			}
			for _, part := range strings.Split(strings.ToUpper(args[1].S), ",") {
				ok := false
				switch strings.TrimSpace(strings.TrimSuffix(strings.TrimSpace(part), "WITH ADMIN OPTION")) {
				case "USAGE":
					ok = c.Snapshot().Inherits(user, target)
				case "MEMBER", "SET":
					ok = c.Snapshot().IsMember(user, target)
				default:
					return types.Datum{}, errs.New("22023", "unrecognized privilege type: \"%s\"", strings.Clone(args[1].S))
				}
				if ok {
					return types.Bool(true), nil
				}
			}
			return types.Bool(false), nil
		}
	}
	for _, r := range []string{"name", "oid"} {
		list = append(list, entry{sig: "pg_has_role(" + r + ",text)", fn: hasRole(false)},
			entry{sig: "pg_has_role(name," + r + ",text)", fn: hasRole(true)}, entry{sig: "pg_has_role(oid," + r + ",text)", fn: hasRole(true)})
	}
	return list
}

// roleArg finds a role by name or identifier.
func roleArg(c *Call, d types.Datum) (string, error) {
	if d.Kind == types.KindText {
		if d.S == "public" {
			return catalog.Public, nil
		}
		if c.Snapshot().Role(d.S) == nil {
			return "", errs.New("42704", "role \"%s\" does not exist", strings.Clone(d.S))
		}
		return strings.Clone(d.S), nil
	}
	for _, r := range c.Snapshot().Roles {
		if r.OID == types.OID(d.I) {
			return r.Name, nil
		}
	}
	// An identifier nobody has stands for somebody who has what PUBLIC has.
	return "", nil
}
