package builtin

import (
	"strconv"
	"strings"
	"time"

	"github.com/basement-project/basement/internal/catalog"
	"github.com/basement-project/basement/internal/engine/sqlite/layout"
	"github.com/basement-project/basement/internal/engine/sqlite/session"
	"github.com/basement-project/basement/internal/engine/sqlite/sysview"
	"github.com/basement-project/basement/internal/errs"
	"github.com/basement-project/basement/internal/sql/keyword"
	"github.com/basement-project/basement/internal/sql/types"
	"github.com/basement-project/basement/internal/sql/types/array"
)

// aclEntries declare the functions of aclitem.
func aclEntries() []entry {
	roleName := func(c *Call, d types.Datum) string {
		for _, r := range c.Snapshot().Roles {
			if int64(r.OID) == d.I {
				return r.Name
			}
		}
		return ""
	}
	return []entry{
		{sig: "acldefault(char,oid)", safe: true, fn: func(c *Call) (types.Datum, error) {
			kind := byte(0)
			if c.Args[0].S != "" {
				kind = c.Args[0].S[0]
			}
			if !strings.ContainsRune("crsdfltLTnFSp", rune(kind)) || kind == 0 {
				return types.Datum{}, errs.New("XX000", "unrecognized object type abbreviation: %s", strings.Clone(c.Args[0].S))
			}
			var items []types.Datum
			for _, g := range sysview.DefaultACL(kind, roleName(c, c.Args[1])).Grants {
				items = append(items, types.Text(sysview.ACLItem(g)))
			}
			return textArray(items), nil
		}},
		{sig: "makeaclitem(oid,oid,text,bool)", safe: true, fn: func(c *Call) (types.Datum, error) {
			g := catalog.Grant{Grantee: roleName(c, c.Args[0]), Grantor: roleName(c, c.Args[1])}
			p, ok := privilegeNames[strings.ToUpper(strings.TrimSpace(c.Args[2].S))]
			if !ok {
				return types.Datum{}, errs.New("22023", "unrecognized privilege type: \"%s\"", strings.Clone(c.Args[2].S))
			}
			g.Privileges = p
			if c.Args[3].Bool() {
				g.GrantOption = g.Privileges
			}
			return types.Text(sysview.ACLItem(g)), nil
		}},
		{sig: "aclexplode(_aclitem)", safe: true, set: func(c *Call, yield func([]types.Datum) bool) error {
			a, err := array.Parse(c.Args[0].S, ',')
			if err != nil {
				return err
			}
			role := func(name string) types.Datum {
				if r := c.Snapshot().Role(name); r != nil {
					return types.Int(int64(r.OID))
				}
				return types.Int(0)
			}
			for _, e := range a.Elems {
				g, err := sysview.ReadACLItem(e.Text)
				if err != nil {
					return err
				}
				more := true
				sysview.Explode(catalog.ACL{Grants: []catalog.Grant{g}}, func(g catalog.Grant, privilege string, grantable bool) {
					more = more && yield([]types.Datum{role(g.Grantor), role(g.Grantee), types.Text(privilege), types.Bool(grantable)})
				})
				if !more {
					return nil
				}
			}
			return nil
		}},
		{sig: "aclcontains(_aclitem,aclitem)", safe: true, fn: func(c *Call) (types.Datum, error) {
			a, err := array.Parse(c.Args[0].S, ',')
			if err != nil {
				return types.Datum{}, err
			}
			want, err := sysview.ReadACLItem(strings.Clone(c.Args[1].S))
			if err != nil {
				return types.Datum{}, err
			}
			for _, e := range a.Elems {
				g, err := sysview.ReadACLItem(e.Text)
				if err == nil && g.Grantee == want.Grantee && g.Grantor == want.Grantor && g.Privileges&want.Privileges == want.Privileges && g.GrantOption&want.GrantOption == want.GrantOption {
					return types.Bool(true), nil
				}
			}
			return types.Bool(false), nil
		}},
		{sig: "pg_options_to_table(_text)", safe: true, set: func(c *Call, yield func([]types.Datum) bool) error {
			a, err := array.Parse(c.Args[0].S, ',')
			if err != nil {
				return err
			}
			for _, e := range a.Elems {
				name, value, ok := strings.Cut(e.Text, "=")
				v := types.Datum{}
				if ok {
					v = types.Text(value)
				}
				if !yield([]types.Datum{types.Text(name), v}) {
					return nil
				}
			}
			return nil
		}},
	}
}

// serverEntries declare what tells about the server and the transaction.
func serverEntries() []entry {
	var list []entry
	safe := func(fn Func, sigs ...string) {
		for _, s := range sigs {
			list = append(list, entry{sig: s, fn: fn, safe: true})
		}
	}
	constant := func(d types.Datum) Func { return func(*Call) (types.Datum, error) { return d, nil } }
	started := timestamp(time.Now())
	safe(constant(started), "pg_postmaster_start_time()", "pg_conf_load_time()")
	safe(func(c *Call) (types.Datum, error) {
		if s := c.Snapshot().Schema(catalog.TempSchema); s != nil {
			return types.Int(int64(s.OID)), nil
		}
		return types.Int(0), nil
	}, "pg_my_temp_schema()")
	safe(func(c *Call) (types.Datum, error) {
		return types.Text(sizePretty(numericInt(c.Args[0].S))), nil
	}, "pg_size_pretty(numeric)")
	safe(constant(types.Bool(true)), "pg_reload_conf()")
	safe(constant(types.Bool(false)), "pg_cancel_backend(int4)", "pg_terminate_backend(int4,int8)")
	safe(constant(types.Datum{}), "pg_last_wal_receive_lsn()", "pg_last_wal_replay_lsn()", "pg_last_xact_replay_timestamp()")
	safe(constant(types.Bool(false)), "pg_is_other_temp_schema(oid)", "pg_is_wal_replay_paused()", "pg_jit_available()", "pg_index_has_property(regclass,text)")
	safe(constant(types.Text("{}")), "pg_blocking_pids(int4)", "pg_safe_snapshot_blocking_pids(int4)")
	safe(constant(types.Text("")), "pg_tablespace_location(oid)")
	for _, sig := range []string{"pg_relation_size(regclass)", "pg_relation_size(regclass,text)", "pg_total_relation_size(regclass)", "pg_table_size(regclass)", "pg_indexes_size(regclass)"} {
		safe(func(c *Call) (types.Datum, error) {
			snap := c.Snapshot()
			of := catalog.OID(c.Args[0].I)
			if snap.RelationByOID(of) == nil && snap.SequenceByOID(of) == nil && !sysview.IsIndex(snap, of) {
				return types.Datum{}, nil
			}
			return relationSize(c, of)
		}, sig)
	}
	safe(func(c *Call) (types.Datum, error) {
		if c.Args[0].Kind == types.KindText && c.Args[0].S != Database {
			return types.Datum{}, errs.New("3D000", "database \"%s\" does not exist", strings.Clone(c.Args[0].S))
		}
		return databaseSize(c)
	}, "pg_database_size(name)", "pg_database_size(oid)")
	list = append(list, entry{sig: "pg_column_size(any)", safe: true, typed: true, fn: func(c *Call) (types.Datum, error) {
		d := c.Args[0]
		if d.IsNull() {
			return types.Datum{}, nil
		}
		return types.Int(columnSize(c.Desc.Items[0].Type, d)), nil
	}})
	safe(func(c *Call) (types.Datum, error) {
		if c.Args[0].I == 6 {
			return types.Text("UTF8"), nil
		}
		if c.Args[0].I == 0 {
			return types.Text("SQL_ASCII"), nil
		}
		return types.Text(""), nil
	}, "pg_encoding_to_char(int4)")
	safe(func(c *Call) (types.Datum, error) {
		switch strings.ToUpper(strings.ReplaceAll(c.Args[0].S, "-", "")) {
		case "UTF8", "UNICODE":
			return types.Int(6), nil
		case "SQL_ASCII", "SQLASCII":
			return types.Int(0), nil
		}
		return types.Int(-1), nil
	}, "pg_char_to_encoding(name)")
	safe(constant(types.Text("UTF8")), "getdatabaseencoding()")
	txid := func(c *Call) (types.Datum, error) {
		tx, err := c.inEngine()
		if err != nil {
			return types.Datum{}, err
		}
		return types.Int(tx.Start.UnixMicro() % (1 << 31)), nil
	}
	safe(txid, "txid_current()", "pg_current_xact_id()")
	safe(func(c *Call) (types.Datum, error) {
		d, err := txid(c)
		if err != nil {
			return d, err
		}
		n := itoa(d.I)
		return types.Text(n + ":" + n + ":"), nil
	}, "txid_current_snapshot()", "pg_current_snapshot()")
	list = append(list, entry{sig: "pg_notify(text,text)", fn: func(c *Call) (types.Datum, error) {
		switch n := len(c.Args[0].S); {
		case n == 0:
			return types.Datum{}, errs.New("22023", "channel name cannot be empty")
		case n >= 64:
			return types.Datum{}, errs.New("22023", "channel name too long")
		case len(c.Args[1].S) >= 8000:
			return types.Datum{}, errs.New("22023", "payload string too long")
		}
		return types.Text(""), nil
	}})
	list = append(list, eventEntries()...)
	list = append(list,
		entry{sig: "pg_get_keywords()", safe: true, set: func(_ *Call, yield func([]types.Datum) bool) error {
			words := map[keyword.Category][2]string{keyword.Unreserved: {"U", "unreserved"}, keyword.ColName: {"C", "unreserved (cannot be function or type name)"},
				keyword.TypeFuncName: {"T", "reserved (can be function or type name)"}, keyword.Reserved: {"R", "reserved"}}
			for id := range keyword.Count {
				k := keyword.ID(id).Word()
				w := words[k.Category]
				bare := "can be bare label"
				if !k.BareLabel {
					bare = "requires AS"
				}
				if !yield([]types.Datum{types.Text(k.Name), types.Text(w[0]), types.Bool(k.BareLabel), types.Text(w[1]), types.Text(bare)}) {
					return nil
				}
			}
			return nil
		}},
		entry{sig: "information_schema._pg_expandarray(anyarray)", safe: true, typed: true, set: func(c *Call, yield func([]types.Datum) bool) error {
			elems, err := elements(c.Desc.Items[0].Type, c.Args[0], c.Env())
			for i, d := range elems {
				if !yield([]types.Datum{d, types.Int(int64(i + 1))}) {
					break
				}
			}
			return err
		}},
		entry{sig: "pg_listening_channels()", safe: true, set: func(*Call, func([]types.Datum) bool) error { return nil }},
		entry{sig: "pg_sequence_parameters(oid)", safe: true, fn: func(c *Call) (types.Datum, error) {
			s := c.Snapshot().SequenceByOID(catalog.OID(c.Args[0].I))
			if s == nil {
				return types.Datum{}, errs.New("XX000", "cache lookup failed for sequence %d", c.Args[0].I)
			}
			cycle := "f"
			if s.Cycle {
				cycle = "t"
			}
			return types.Text("(" + strings.Join([]string{itoa(s.Start), itoa(s.Min), itoa(s.Max), itoa(s.Increment), cycle, itoa(max(s.Cache, 1)), itoa(int64(s.Type))}, ",") + ")"), nil
		}},
		entry{sig: "pg_describe_object(oid,oid,int4)", safe: true, fn: func(c *Call) (types.Datum, error) {
			tx, err := c.inEngine()
			if err != nil {
				return types.Datum{}, err
			}
			s, ok := sysview.Define(tx).Describe(catalog.OID(c.Args[0].I), catalog.OID(c.Args[1].I), int32(c.Args[2].I))
			if !ok {
				return types.Datum{}, nil
			}
			return types.Text(s), nil
		}},
		entry{sig: "pg_identify_object(oid,oid,int4)", safe: true, fn: func(c *Call) (types.Datum, error) {
			tx, err := c.inEngine()
			if err != nil {
				return types.Datum{}, err
			}
			return sysview.Define(tx).Identify(catalog.OID(c.Args[0].I), catalog.OID(c.Args[1].I), int32(c.Args[2].I)), nil
		}},
		entry{sig: "pg_index_column_has_property(regclass,int4,text)", safe: true, fn: func(c *Call) (types.Datum, error) {
			return sysview.IndexColumnProperty(c.Snapshot(), catalog.OID(c.Args[0].I), int(c.Args[1].I), strings.ToLower(c.Args[2].S)), nil
		}},
		entry{sig: "pg_indexam_has_property(oid,text)", safe: true, fn: func(c *Call) (types.Datum, error) {
			return sysview.MethodProperty(catalog.OID(c.Args[0].I), strings.ToLower(c.Args[1].S)), nil
		}},
	)
	return append(list, lockEntries()...)
}

// lockEntries declare the advisory locks.
func lockEntries() []entry {
	var list []entry
	add := func(fn func(tx *session.Tx, k session.LockKey) (types.Datum, error), name string) {
		for _, args := range []string{"(int8)", "(int4,int4)"} {
			list = append(list, entry{sig: name + args, fn: func(c *Call) (types.Datum, error) {
				tx, err := c.inEngine()
				if err != nil {
					return types.Datum{}, err
				}
				k := session.LockKey{Number: c.Args[0].I}
				if len(c.Args) == 2 {
					k = session.LockKey{Pair: true, Number: c.Args[0].I<<32 | c.Args[1].I&0xffffffff}
				}
				return fn(tx, k)
			}})
		}
	}
	for _, shared := range []bool{false, true} {
		suffix := ""
		if shared {
			suffix = "_shared"
		}
		for _, own := range []bool{false, true} {
			kind := "xact_lock"
			if own {
				kind = "lock"
			}
			add(func(tx *session.Tx, k session.LockKey) (types.Datum, error) {
				_, err := tx.LockAdvisory(k, shared, own, true)
				return types.Text(""), err
			}, "pg_advisory_"+kind+suffix)
			add(func(tx *session.Tx, k session.LockKey) (types.Datum, error) {
				ok, err := tx.LockAdvisory(k, shared, own, false)
				return types.Bool(ok), err
			}, "pg_try_advisory_"+kind+suffix)
		}
		add(func(tx *session.Tx, k session.LockKey) (types.Datum, error) {
			return types.Bool(tx.UnlockAdvisory(k, shared)), nil
		}, "pg_advisory_unlock"+suffix)
	}
	return append(list, entry{sig: "pg_advisory_unlock_all()", fn: func(c *Call) (types.Datum, error) {
		tx, err := c.inEngine()
		if err != nil {
			return types.Datum{}, err
		}
		tx.UnlockAllAdvisory()
		return types.Text(""), nil
	}})
}

// relationSize is the room a table takes in the file; that of indexes and sequences is not told apart.
func relationSize(c *Call, of catalog.OID) (types.Datum, error) {
	tx, err := c.inEngine()
	if err != nil {
		return types.Datum{}, err
	}
	r := c.Snapshot().RelationByOID(of)
	if r == nil || r.Kind != catalog.Table && r.Kind != catalog.MaterializedView || r.OID < 16384 {
		return types.Int(0), nil
	}
	row, err := tx.Conn.QueryRow("SELECT coalesce(sum(pgsize), 0) FROM dbstat WHERE name = ?1", types.Text(layout.Table(r.Schema, r.Name)))
	if err != nil || row == nil {
		return types.Int(0), nil
	}
	return row[0], nil
}

func databaseSize(c *Call) (types.Datum, error) {
	tx, err := c.inEngine()
	if err != nil {
		return types.Datum{}, err
	}
	row, err := tx.Conn.QueryRow("SELECT page_count * page_size FROM pragma_page_count(), pragma_page_size()")
	if err != nil || row == nil {
		return types.Datum{}, err
	}
	return row[0], nil
}

// columnSize is what PostgreSQL would need for a value of a type, uncompressed.
func columnSize(t *types.Type, d types.Datum) int64 {
	if n := sysview.Length(t); n > 0 {
		return n
	}
	n := int64(len(d.S))
	if t.Underlying().OID == types.CStringOID || t.OID == types.UnknownOID {
		return n + 1
	}
	if n+1 <= 127 {
		return n + 1
	}
	return n + 4
}

// numericInt is the whole part of a numeric's text, within bounds.
func numericInt(s string) int64 {
	whole, _, _ := strings.Cut(s, ".")
	n, err := strconv.ParseInt(whole, 10, 64)
	if err != nil && strings.HasPrefix(whole, "-") {
		return -1 << 63
	} else if err != nil {
		return 1<<63 - 1
	}
	return n
}
