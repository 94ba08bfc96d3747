package store

import (
	"encoding/json"
	"fmt"
	"sync/atomic"

	"github.com/basement-project/basement/internal/catalog"
	"github.com/basement-project/basement/internal/engine/sqlite/layout"
	"github.com/basement-project/basement/internal/engine/sqlite/session"
	"github.com/basement-project/basement/internal/errs"
	"github.com/basement-project/basement/internal/sql/types"
)

// FirstOID is the first identifier a project's own object gets, as in PostgreSQL.
const FirstOID catalog.OID = 16384

// format is the version of the file's catalog; a file of a later format is refused.
const format = 1

// The kinds of rows in the catalog table.
const (
	kindSchema      = "schema"
	kindRelation    = "relation"
	kindSequence    = "sequence"
	kindType        = "type"
	kindFunction    = "function"
	kindRole        = "role"
	kindCast        = "cast"
	kindOperator    = "operator"
	kindDefaultACL  = "default_acl"
	kindExtension   = "extension"
	kindPublication = "publication"
)

// Store is the catalog of one open file.
type Store struct {
	base    *catalog.Snapshot
	nextOID atomic.Uint32
	version atomic.Uint64
}

// Create makes the engine's tables in an empty file. It runs inside the caller's transaction.
func Create(c *session.Conn) error {
	return c.ExecScript(`CREATE TABLE ` + layout.Quote(layout.MetaTable) + ` (name TEXT PRIMARY KEY, value) WITHOUT ROWID;
CREATE TABLE ` + layout.Quote(layout.CatalogTable) + ` (kind TEXT, oid INTEGER, object TEXT, PRIMARY KEY (kind, oid)) WITHOUT ROWID;
CREATE TABLE ` + layout.Quote(layout.SequenceTable) + ` (oid INTEGER PRIMARY KEY, last_value INTEGER, is_called INTEGER);
INSERT INTO ` + layout.Quote(layout.MetaTable) + ` VALUES ('format', ` + fmt.Sprint(format) + `), ('next_oid', ` + fmt.Sprint(FirstOID) + `), ('version', 1)`)
}

// Exists says whether the file has the engine's tables.
func Exists(c *session.Conn) (bool, error) {
	row, err := c.QueryRow(`SELECT 1 FROM sqlite_schema WHERE type = 'table' AND name = ?1`, types.Text(layout.MetaTable))
	return row != nil, err
}

// Load reads the catalog and the sequences from the file.
func Load(c *session.Conn, base *catalog.Snapshot) (*Store, *catalog.Snapshot, *session.Sequences, error) {
	s := &Store{base: base}
	meta := map[string]int64{}
	err := c.Query(`SELECT name, value FROM `+layout.Quote(layout.MetaTable), func(row []types.Datum) error {
		meta[row[0].S] = row[1].I
		return nil
	})
	if err != nil {
		return nil, nil, nil, err
	}
	if meta["format"] != format {
		return nil, nil, nil, errs.New("58030", "the database file has format %d, this program reads format %d", meta["format"], format)
	}
	s.nextOID.Store(uint32(meta["next_oid"]))
	s.version.Store(uint64(meta["version"]))
	var o catalog.Objects
	var list []*typeRecord
	err = c.Query(`SELECT kind, object FROM `+layout.Quote(layout.CatalogTable)+` ORDER BY kind, oid`, func(row []types.Datum) error {
		data := []byte(row[1].S)
		switch row[0].S {
		case kindSchema:
			return add(&o.Schemas, data)
		case kindRelation:
			return add(&o.Relations, data)
		case kindSequence:
			return add(&o.Sequences, data)
		case kindType:
			return add(&list, data)
		case kindFunction:
			return add(&o.Functions, data)
		case kindRole:
			return add(&o.Roles, data)
		case kindCast:
			return add(&o.Casts, data)
		case kindOperator:
			return add(&o.Operators, data)
		case kindDefaultACL:
			return add(&o.DefaultACLs, data)
		case kindExtension:
			return add(&o.Extensions, data)
		case kindSearchConfig:
			return add(&o.SearchConfigs, data)
		case kindPublication:
			return add(&o.Publications, data)
		case kindEventTrigger:
			return add(&o.EventTriggers, data)
		}
		return errs.New("XX001", "the catalog holds an object of unknown kind %q", row[0].S)
	})
	if err != nil {
		return nil, nil, nil, err
	}
	o.Types = link(list, o.Relations, base)
	state := map[catalog.OID]session.SequenceState{}
	err = c.Query(`SELECT oid, last_value, is_called FROM `+layout.Quote(layout.SequenceTable), func(row []types.Datum) error {
		state[catalog.OID(row[0].I)] = session.SequenceState{Last: row[1].I, Called: row[2].Bool()}
		return nil
	})
	if err != nil {
		return nil, nil, nil, err
	}
	return s, catalog.NewSnapshot(s.version.Load(), o, base), session.NewSequences(state), nil
}

func add[T any](list *[]*T, data []byte) error {
	x := new(T)
	if err := json.Unmarshal(data, x); err != nil {
		return errs.Internal("read the catalog", err)
	}
	*list = append(*list, x)
	return nil
}

// SaveSequences writes the sequences changed since the last time. It runs in the transaction about to be committed; when
// that succeeded, q.Clean says so.
func SaveSequences(c *session.Conn, q *session.Sequences) error {
	return q.Dirty(func(oid catalog.OID, st session.SequenceState, ok bool) error {
		if !ok {
			return c.Exec(`DELETE FROM `+layout.Quote(layout.SequenceTable)+` WHERE oid = ?1`, types.Int(int64(oid)))
		}
		return c.Exec(`INSERT INTO `+layout.Quote(layout.SequenceTable)+` VALUES (?1, ?2, ?3)
ON CONFLICT (oid) DO UPDATE SET last_value = ?2, is_called = ?3`, types.Int(int64(oid)), types.Int(st.Last), types.Bool(st.Called))
	})
}
