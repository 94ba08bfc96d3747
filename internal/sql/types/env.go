package types

import (
	"time"

	"github.com/basement-project/basement/internal/sql/types/datetime"
)

// Env is what the meaning of a value takes from its surroundings. A nil Env means UTC, the wall clock and no catalog.
type Env struct {
	// Location is the session's TimeZone, nil for UTC.
	Location *time.Location
	// Now is the transaction's start, for 'now', 'today' and the like; the zero time means the wall clock.
	Now time.Time
	// Type finds a project's own type by identifier; it is asked only for types that are not built in.
	Type func(OID) *Type
	// CheckDomain applies a domain's CHECK constraints to a value of its base type (NOT NULL is checked here).
	CheckDomain func(domain *Type, value Datum) error
	// Names resolves the names of catalog objects for regclass and its like.
	Names Names
}

// Names turns names of catalog objects into identifiers and back.
type Names interface {
	// RegIn finds what a reg type's text names ("public.todos" for regclass), with PostgreSQL's error when nothing has it.
	RegIn(reg OID, text string) (OID, error)
	// RegOut prints the name of an object, false when there is none.
	RegOut(reg OID, object OID) (string, bool)
}

// TypeName prints a type as errors do: with its schema only where the search path does not find it.
func (e *Env) TypeName(t *Type) string {
	if e != nil && e.Names != nil && t.Schema != "pg_catalog" {
		if name, ok := e.Names.RegOut(RegTypeOID, t.OID); ok {
			return name
		}
	}
	return t.String()
}

func (e *Env) location() *time.Location {
	if e == nil || e.Location == nil {
		return time.UTC
	}
	return e.Location
}

func (e *Env) session() datetime.Session {
	if e == nil {
		return datetime.Session{Location: time.UTC}
	}
	return datetime.Session{Location: e.location(), Now: e.Now}
}

func (e *Env) typeOf(oid OID) *Type {
	if t := ByOID(oid); t != nil {
		return t
	}
	if e != nil && e.Type != nil {
		return e.Type(oid)
	}
	return nil
}
