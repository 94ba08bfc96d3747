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

// asked is a privilege asked for, perhaps with the right to grant it on.
type asked struct {
	p     catalog.Privilege
	grant bool
}

// privilegeList reads "SELECT, INSERT WITH GRANT OPTION"; only the privileges of allowed are known.
func privilegeList(s string, allowed catalog.Privilege) ([]asked, error) {
	var out []asked
	for _, part := range strings.Split(s, ",") {
		name, grant := strings.CutSuffix(strings.ToUpper(strings.TrimSpace(part)), " WITH GRANT OPTION")
		p, ok := privilegeNames[strings.TrimSpace(name)]
		if !ok || p&allowed == 0 {
			return nil, errs.New("22023", "unrecognized privilege type: \"%s\"", strings.TrimSpace(part))
		}
		out = append(out, asked{p, grant})
	}
	return out, nil
}

// rightsOn gives what a role holds on an object, and what of it it may grant on.
func rightsOn(c *Call, role, owner string, acl catalog.ACL, public catalog.Privilege) (have, grant catalog.Privilege) {
	snap := c.Snapshot()
	have = snap.Held(role, owner, acl, public)
	if snap.Inherits(role, owner) {
		return have, ^catalog.Privilege(0)
	}
	if !acl.Default {
		for _, g := range acl.Grants {
			if g.Grantee != catalog.Public && snap.Inherits(role, g.Grantee) {
				grant |= g.GrantOption
			}
		}
	}
	return have, grant
}

// privilegeTable declares has_..._privilege, pg_has_role and their like.
func privilegeTable() []entry {
	var list []entry
	// held finds the object a function's middle arguments name and gives the rights a role has on it.
	type held func(c *Call, role string, object []types.Datum) (have, grant catalog.Privilege, ok bool, err error)
	family := func(name string, allowed catalog.Privilege, object []string, f held) {
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
				want, err := privilegeList(strings.Clone(args[len(args)-1].S), allowed)
				if err != nil {
					return types.Datum{}, err
				}
				have, grant, ok, err := f(c, role, args[:len(args)-1])
				if err != nil || !ok {
					return types.Datum{}, err
				}
				for _, a := range want {
					if !a.grant && have&a.p != 0 || a.grant && grant&a.p != 0 {
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
	const tableRights = catalog.Select | catalog.Insert | catalog.Update | catalog.Delete | catalog.Truncate | catalog.References | catalog.TriggerPrivilege
	const columnRights = catalog.Select | catalog.Insert | catalog.Update | catalog.References
	none := func() (catalog.Privilege, catalog.Privilege, bool, error) { return 0, 0, false, nil }
	family("has_table_privilege", tableRights, []string{"text", "oid"}, func(c *Call, role string, o []types.Datum) (have, grant catalog.Privilege, ok bool, err error) {
		r, s, err := table(c, o[0])
		switch {
		case err != nil:
			return 0, 0, false, err
		case r != nil:
			have, grant = rightsOn(c, role, r.Owner, r.ACL, 0)
			return have, grant, true, nil
		case s != nil:
			have, grant = rightsOn(c, role, s.Owner, s.ACL, 0)
			return have, grant, true, nil
		}
		return none()
	})
	family("has_sequence_privilege", catalog.Usage|catalog.Select|catalog.Update, []string{"text", "oid"}, func(c *Call, role string, o []types.Datum) (have, grant catalog.Privilege, ok bool, err error) {
		r, s, err := table(c, o[0])
		switch {
		case err != nil:
			return 0, 0, false, err
		case s != nil:
			have, grant = rightsOn(c, role, s.Owner, s.ACL, 0)
			return have, grant, true, nil
		case r != nil && o[0].Kind == types.KindText:
			return 0, 0, false, errs.New("42809", "\"%s\" is not a sequence", strings.Clone(o[0].S))
		}
		return none()
	})
	family("has_any_column_privilege", columnRights, []string{"text", "oid"}, func(c *Call, role string, o []types.Datum) (have, grant catalog.Privilege, ok bool, err error) {
		r, _, err := table(c, o[0])
		if err != nil || r == nil {
			return 0, 0, false, err
		}
		have, grant = rightsOn(c, role, r.Owner, r.ACL, 0)
		for _, col := range r.Columns {
			if !col.ACL.Default {
				h, g := rightsOn(c, role, r.Owner, col.ACL, 0)
				have, grant = have|h, grant|g
			}
		}
		return have, grant, true, nil
	})
	family("has_column_privilege", columnRights, []string{"text,text", "text,int2", "oid,text", "oid,int2"}, func(c *Call, role string, o []types.Datum) (have, grant catalog.Privilege, ok bool, err error) {
		r, _, err := table(c, o[0])
		if err != nil || r == nil {
			return 0, 0, false, err
		}
		col := r.ColumnByNum(int32(o[1].I))
		if o[1].Kind == types.KindText {
			if col = r.Column(o[1].S); col == nil {
				return 0, 0, false, errs.New("42703", "column \"%s\" of relation \"%s\" does not exist", strings.Clone(o[1].S), r.Name)
			}
		}
		if col == nil {
			return none()
		}
		have, grant = rightsOn(c, role, r.Owner, r.ACL, 0)
		if !col.ACL.Default {
			h, g := rightsOn(c, role, r.Owner, col.ACL, 0)
			have, grant = have|h, grant|g
		}
		return have, grant, true, nil
	})
	family("has_schema_privilege", catalog.Usage|catalog.Create, []string{"text", "oid"}, func(c *Call, role string, o []types.Datum) (have, grant catalog.Privilege, ok bool, err error) {
		snap := c.Snapshot()
		var found *catalog.Schema
		if o[0].Kind == types.KindText {
			if found = snap.Schema(o[0].S); found == nil {
				return 0, 0, false, errs.New("3F000", "schema \"%s\" does not exist", strings.Clone(o[0].S))
			}
		} else {
			for at := snap; at != nil; at = at.Base {
				for _, s := range at.Schemas {
					if s.OID == types.OID(o[0].I) {
						found = s
					}
				}
			}
			if found == nil {
				return none()
			}
		}
		have, grant = rightsOn(c, role, found.Owner, found.ACL, 0)
		return have, grant, true, nil
	})
	family("has_function_privilege", catalog.Execute, []string{"text", "oid"}, func(c *Call, role string, o []types.Datum) (have, grant catalog.Privilege, ok bool, err error) {
		oid := types.OID(o[0].I)
		if o[0].Kind == types.KindText {
			if oid, err = c.Env().Names.RegIn(types.RegProcedureOID, strings.Clone(o[0].S)); err != nil {
				return 0, 0, false, err
			}
		}
		f := c.Snapshot().FunctionByOID(oid)
		if f == nil {
			return none()
		}
		have, grant = rightsOn(c, role, f.Owner, f.ACL, catalog.Execute)
		return have, grant, true, nil
	})
	family("has_type_privilege", catalog.Usage, []string{"text", "oid"}, func(c *Call, role string, o []types.Datum) (have, grant catalog.Privilege, ok bool, err error) {
		oid := types.OID(o[0].I)
		if o[0].Kind == types.KindText {
			if oid, err = c.Env().Names.RegIn(types.RegTypeOID, strings.Clone(o[0].S)); err != nil {
				return 0, 0, false, err
			}
		}
		u := c.Snapshot().UserType(oid)
		if u == nil {
			return none()
		}
		if e := u.Type.Elem; u.Type.Kind == types.ArrayType && e != nil {
			if of := c.Snapshot().UserType(e.OID); of != nil {
				u = of
			}
		}
		have, grant = rightsOn(c, role, u.Owner, u.ACL, catalog.Usage)
		return have, grant, true, nil
	})
	// Objects there is one of, or none: what PUBLIC holds on them by default.
	standing := func(name, kind string, allowed, public catalog.Privilege, known func(c *Call, d types.Datum) bool) {
		family(name, allowed, []string{"text", "oid"}, func(c *Call, role string, o []types.Datum) (have, grant catalog.Privilege, ok bool, err error) {
			if !known(c, o[0]) {
				if o[0].Kind == types.KindText {
					code := "42704"
					if kind == "database" {
						code = "3D000"
					}
					return 0, 0, false, errs.New(code, "%s \"%s\" does not exist", kind, strings.Clone(o[0].S))
				}
				return none()
			}
			have, grant = rightsOn(c, role, Owner, catalog.ACL{Default: true}, public)
			return have, grant, true, nil
		})
	}
	standing("has_database_privilege", "database", catalog.Create|catalog.Connect|catalog.Temporary, catalog.Connect|catalog.Temporary, func(_ *Call, d types.Datum) bool {
		return d.S == Database || d.Kind == types.KindInt && d.I == 5
	})
	standing("has_language_privilege", "language", catalog.Usage, catalog.Usage, func(_ *Call, d types.Datum) bool {
		switch d.S {
		case "internal", "c", "sql", "plpgsql":
			return true
		}
		return d.Kind == types.KindInt && (d.I >= 12 && d.I <= 14 || d.I == 13563)
	})
	standing("has_tablespace_privilege", "tablespace", catalog.Create, 0, func(_ *Call, d types.Datum) bool {
		return d.S == "pg_default" || d.S == "pg_global" || d.Kind == types.KindInt && (d.I == 1663 || d.I == 1664)
	})
	standing("has_foreign_data_wrapper_privilege", "foreign-data wrapper", catalog.Usage, 0, func(*Call, types.Datum) bool { return false })
	standing("has_server_privilege", "server", catalog.Usage, 0, func(*Call, types.Datum) bool { return false })
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
