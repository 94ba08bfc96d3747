package builtin

import (
	"crypto/rand"
	"encoding/hex"
	"strings"
	"time"

	"github.com/basement-project/basement/internal/catalog"
	"github.com/basement-project/basement/internal/engine/sqlite/session"
	"github.com/basement-project/basement/internal/errs"
	"github.com/basement-project/basement/internal/sql/types"
	"github.com/basement-project/basement/internal/sql/types/datetime"
)

// Database is the one database of the embedded engine.
const Database = "postgres"

// Version is what version() answers.
const Version = "PostgreSQL 15.0 (Basement embedded engine)"

// timestamp makes a stored timestamptz of an instant.
func timestamp(t time.Time) types.Datum { return types.TimestampDatum(datetime.FromTime(t)) }

// inEngine refuses what only means something inside of a transaction.
func (c *Call) inEngine() (*session.Tx, error) {
	if tx := c.Tx(); tx != nil {
		return tx, nil
	}
	return nil, errs.New("55000", "this function needs a transaction")
}

// sqlValue is CURRENT_DATE, CURRENT_USER and their like; the described item is the result's type and typmod.
func sqlValue(c *Call) (types.Datum, error) {
	it := c.Desc.Items[0]
	tz := types.ByOID(types.TimestamptzOID)
	switch name := c.Args[0].S; name {
	case "current_date", "current_time", "current_timestamp", "localtime", "localtimestamp":
		return types.Cast(tz, it.Type, it.Typmod, timestamp(c.Now()), types.ExplicitCast, c.Env())
	case "current_catalog":
		return types.Text(Database), nil
	case "current_schema":
		return currentSchema(c)
	case "current_user", "current_role", "user":
		tx, err := c.inEngine()
		if err != nil {
			return types.Datum{}, err
		}
		return types.Text(tx.Role()), nil
	case "session_user":
		tx, err := c.inEngine()
		if err != nil {
			return types.Datum{}, err
		}
		return types.Text(tx.SessionRole), nil
	default:
		return types.Datum{}, errs.New("0A000", "%s is not supported", strings.Clone(name))
	}
}

func currentSchema(c *Call) (types.Datum, error) {
	tx, err := c.inEngine()
	if err != nil {
		return types.Datum{}, err
	}
	if path := tx.SearchPath(); len(path) > 0 {
		return types.Text(path[0]), nil
	}
	return types.Datum{}, nil
}

func randomUUID(*Call) (types.Datum, error) {
	var b [16]byte
	_, _ = rand.Read(b[:])
	b[6], b[8] = b[6]&0x0f|0x40, b[8]&0x3f|0x80
	return types.Text(formatUUID(b)), nil
}

func formatUUID(b [16]byte) string {
	var out [36]byte
	hex.Encode(out[:8], b[:4])
	hex.Encode(out[9:13], b[4:6])
	hex.Encode(out[14:18], b[6:8])
	hex.Encode(out[19:23], b[8:10])
	hex.Encode(out[24:], b[10:])
	out[8], out[13], out[18], out[23] = '-', '-', '-', '-'
	return string(out[:])
}

// systemTable declares settings, roles, the clock, sequences, identifiers and what tells about the catalog.
func systemTable() []entry {
	var list []entry
	add := func(fn Func, sigs ...string) {
		for _, s := range sigs {
			list = append(list, entry{sig: s, fn: fn})
		}
	}
	safe := func(fn Func, sigs ...string) {
		for _, s := range sigs {
			list = append(list, entry{sig: s, fn: fn, safe: true})
		}
	}
	safe(func(c *Call) (types.Datum, error) { return timestamp(c.Now()), nil }, "now()", "transaction_timestamp()")
	safe(func(c *Call) (types.Datum, error) {
		if tx := c.Tx(); tx != nil {
			return timestamp(tx.StatementStart), nil
		}
		return timestamp(time.Now()), nil
	}, "statement_timestamp()")
	safe(func(c *Call) (types.Datum, error) { return timestamp(time.Now()), nil }, "clock_timestamp()")
	safe(randomUUID, "gen_random_uuid()")
	safe(func(*Call) (types.Datum, error) { return types.Text(Version), nil }, "version()")
	safe(func(*Call) (types.Datum, error) { return types.Text(Database), nil }, "current_database()")
	safe(currentSchema, "current_schema()")
	safe(func(c *Call) (types.Datum, error) {
		tx, err := c.inEngine()
		if err != nil {
			return types.Datum{}, err
		}
		return types.Text(tx.Role()), nil
	}, "current_user()")
	safe(func(c *Call) (types.Datum, error) {
		tx, err := c.inEngine()
		if err != nil {
			return types.Datum{}, err
		}
		return types.Text(tx.SessionRole), nil
	}, "session_user()")
	safe(func(c *Call) (types.Datum, error) {
		tx, err := c.inEngine()
		if err != nil {
			return types.Datum{}, err
		}
		var out []types.Datum
		if c.Args[0].Bool() {
			out = append(out, types.Text("pg_catalog"))
		}
		for _, s := range tx.SearchPath() {
			out = append(out, types.Text(s))
		}
		return textArray(out), nil
	}, "current_schemas(bool)")

	setting := func(c *Call) (types.Datum, error) {
		tx, err := c.inEngine()
		if err != nil {
			return types.Datum{}, err
		}
		v, ok := tx.Setting(c.Args[0].S)
		if ok {
			return types.Text(v), nil
		}
		if len(c.Args) > 1 && c.Args[1].Bool() {
			return types.Datum{}, nil
		}
		return types.Datum{}, errs.New("42704", "unrecognized configuration parameter \"%s\"", strings.Clone(c.Args[0].S))
	}
	// Which parameter is asked for is no row's secret.
	safe(setting, "current_setting(text)", "current_setting(text,bool)")
	add(func(c *Call) (types.Datum, error) {
		tx, err := c.inEngine()
		if err != nil {
			return types.Datum{}, err
		}
		if c.Args[0].IsNull() {
			return types.Datum{}, errs.New("22004", "SET requires parameter name")
		}
		name, value := strings.Clone(c.Args[0].S), strings.Clone(c.Args[1].S)
		if c.Args[1].IsNull() {
			err = tx.Reset(name)
		} else {
			err = tx.Set(name, value)
		}
		if err != nil {
			return types.Datum{}, err
		}
		v, _ := tx.Setting(name)
		return types.Text(v), nil
	}, "set_config(text,text,bool)")

	sequence := func(f func(tx *session.Tx, s *catalog.Sequence, c *Call) (types.Datum, error)) Func {
		return func(c *Call) (types.Datum, error) {
			tx, err := c.inEngine()
			if err != nil {
				return types.Datum{}, err
			}
			s := c.Snapshot().SequenceByOID(types.OID(c.Args[0].I))
			if s == nil {
				if r := c.Snapshot().RelationByOID(types.OID(c.Args[0].I)); r != nil {
					return types.Datum{}, errs.New("42809", "\"%s\" is not a sequence", r.Name)
				}
				return types.Datum{}, errs.New("42P01", "could not open relation with OID %d", c.Args[0].I)
			}
			return f(tx, s, c)
		}
	}
	may := func(tx *session.Tx, s *catalog.Sequence, want catalog.Privilege) error {
		if tx.Snapshot.Held(tx.Role(), s.Owner, s.ACL, 0)&want == 0 {
			return errs.New("42501", "permission denied for sequence %s", s.Name)
		}
		return nil
	}
	add(sequence(func(tx *session.Tx, s *catalog.Sequence, c *Call) (types.Datum, error) {
		if err := may(tx, s, catalog.Usage|catalog.Update); err != nil {
			return types.Datum{}, err
		}
		n, err := tx.NextVal(s)
		return types.Int(n), err
	}), "nextval(regclass)")
	add(sequence(func(tx *session.Tx, s *catalog.Sequence, c *Call) (types.Datum, error) {
		if err := may(tx, s, catalog.Usage|catalog.Select); err != nil {
			return types.Datum{}, err
		}
		n, err := tx.CurrVal(s)
		return types.Int(n), err
	}), "currval(regclass)")
	setval := sequence(func(tx *session.Tx, s *catalog.Sequence, c *Call) (types.Datum, error) {
		if err := may(tx, s, catalog.Update); err != nil {
			return types.Datum{}, err
		}
		called := len(c.Args) < 3 || c.Args[2].Bool()
		return c.Args[1], tx.SetVal(s, c.Args[1].I, called)
	})
	add(setval, "setval(regclass,int8)", "setval(regclass,int8,bool)")
	add(sequence(func(tx *session.Tx, s *catalog.Sequence, c *Call) (types.Datum, error) {
		if err := may(tx, s, catalog.Usage|catalog.Select); err != nil {
			return types.Datum{}, err
		}
		st := tx.SequenceState(s)
		if !st.Called {
			return types.Datum{}, nil
		}
		return types.Int(st.Last), nil
	}), "pg_sequence_last_value(regclass)")
	add(func(c *Call) (types.Datum, error) {
		tx, err := c.inEngine()
		if err != nil {
			return types.Datum{}, err
		}
		n, err := tx.LastVal()
		return types.Int(n), err
	}, "lastval()")
	add(serialSequence, "pg_get_serial_sequence(text,text)")

	list = append(list,
		entry{sig: "pg_typeof(any)", typed: true, safe: true, fn: func(c *Call) (types.Datum, error) {
			return types.Int(int64(c.Desc.Items[0].Type.OID)), nil
		}},
	)
	enum := func(name string, f func(t *types.Type, c *Call) (types.Datum, error)) {
		list = append(list, entry{sig: name, typed: true, safe: true, fn: func(c *Call) (types.Datum, error) {
			return f(c.Desc.Items[0].Type.Underlying(), c)
		}})
	}
	label := func(first bool) func(t *types.Type, c *Call) (types.Datum, error) {
		return func(t *types.Type, _ *Call) (types.Datum, error) {
			if len(t.Labels) == 0 {
				return types.Datum{}, nil
			}
			if first {
				return types.Text(t.Labels[0]), nil
			}
			return types.Text(t.Labels[len(t.Labels)-1]), nil
		}
	}
	enum("enum_first(anyenum)", label(true))
	enum("enum_last(anyenum)", label(false))
	labels := func(t *types.Type, from, to types.Datum) (types.Datum, error) {
		var out []types.Datum
		for _, s := range t.Labels {
			d := types.Text(s)
			if (from.IsNull() || types.Compare(t, d, from) >= 0) && (to.IsNull() || types.Compare(t, d, to) <= 0) {
				out = append(out, d)
			}
		}
		return textArray(out), nil
	}
	enum("enum_range(anyenum)", func(t *types.Type, _ *Call) (types.Datum, error) { return labels(t, types.Datum{}, types.Datum{}) })
	enum("enum_range(anyenum,anyenum)", func(t *types.Type, c *Call) (types.Datum, error) { return labels(t, c.Args[0], c.Args[1]) })
	none := func(*Call) (types.Datum, error) { return types.Datum{}, nil }
	safe(none, "inet_client_addr()", "inet_server_addr()")
	safe(func(*Call) (types.Datum, error) { return types.Int(1), nil }, "pg_backend_pid()")
	safe(func(*Call) (types.Datum, error) { return types.Bool(false), nil }, "pg_is_in_recovery()")
	safe(func(*Call) (types.Datum, error) { return types.Text("UTF8"), nil }, "pg_client_encoding()")
	return append(list, privilegeTable()...)
}

func serialSequence(c *Call) (types.Datum, error) {
	tx, err := c.inEngine()
	if err != nil {
		return types.Datum{}, err
	}
	oid, err := tx.Env().Names.RegIn(types.RegClassOID, strings.Clone(c.Args[0].S))
	if err != nil {
		return types.Datum{}, err
	}
	r := c.Snapshot().RelationByOID(oid)
	if r == nil {
		return types.Datum{}, nil
	}
	col := r.Column(c.Args[1].S)
	if col == nil {
		return types.Datum{}, errs.New("42703", "column \"%s\" of relation \"%s\" does not exist", strings.Clone(c.Args[1].S), r.Name)
	}
	for _, s := range c.Snapshot().Sequences {
		if s.OwnedBy == r.OID && s.OwnedByCol == col.Num || col.Sequence != 0 && s.OID == col.Sequence {
			return types.Text(session.QuoteIdentifier(s.Schema) + "." + session.QuoteIdentifier(s.Name)), nil
		}
	}
	return types.Datum{}, nil
}
