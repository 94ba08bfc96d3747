package spi

import (
	"slices"

	"github.com/basement-project/basement/internal/engine/sqlite/extension"
	"github.com/basement-project/basement/internal/errs"
	"github.com/basement-project/basement/internal/sql/types"
)

// Extensions are all of them.
func Extensions() []*extension.Extension {
	one := func(name, comment string, f extension.TriggerFunc) *extension.Extension {
		return &extension.Extension{Name: name, Version: "1.0", Comment: comment,
			Objects:   "F\t" + name + "\tf\tv\t\ttrigger\t\t\t\t\t0\t0\n",
			Functions: []extension.Function{{Sig: name + "()", Trigger: f}}}
	}
	return []*extension.Extension{
		one("autoinc", "functions for autoincrementing fields", autoinc),
		one("insert_username", "functions for tracking who changed a table", insertUsername),
		one("moddatetime", "functions for tracking last modification time", moddatetime),
	}
}

func internal(format string, args ...any) error { return errs.New("XX000", format, args...) }

// rowBefore refuses what is no BEFORE row trigger; prefix stands before the complaint.
func rowBefore(t *extension.Trigger, prefix string, events ...string) error {
	switch {
	case t.Level != "ROW":
		return internal("%smust be fired for row", prefix)
	case t.When != "BEFORE":
		return internal("%smust be fired before event", prefix)
	case !slices.Contains(events, t.Op):
		return internal("%scannot process %s events", prefix, t.Op)
	}
	return nil
}

// column finds the column an argument names and checks its type.
func column(t *extension.Trigger, name, want string, allowed ...types.OID) (int, error) {
	i := t.Column(name)
	if i < 0 {
		return 0, errs.New("09000", "\"%s\" has no attribute \"%s\"", t.Table, name)
	}
	if !slices.Contains(allowed, t.Columns[i].Type.OID) {
		return 0, errs.New("09000", "attribute \"%s\" of \"%s\" must be type %s", name, t.Table, want)
	}
	return i, nil
}

func moddatetime(t *extension.Trigger) ([]types.Datum, error) {
	if err := rowBefore(t, "moddatetime: ", "UPDATE"); err != nil {
		return nil, err
	}
	if len(t.Args) != 1 {
		return nil, internal("moddatetime (%s): A single argument was expected", t.Table)
	}
	i, err := column(t, t.Args[0], "TIMESTAMP or TIMESTAMPTZ", types.TimestampOID, types.TimestamptzOID)
	if err != nil {
		return nil, err
	}
	row := slices.Clone(t.New)
	row[i], err = types.In(t.Columns[i].Type, -1, "now", &types.Env{Now: t.Now})
	return row, err
}

func insertUsername(t *extension.Trigger) ([]types.Datum, error) {
	if err := rowBefore(t, "insert_username: ", "INSERT", "UPDATE"); err != nil {
		return nil, err
	}
	if len(t.Args) != 1 {
		return nil, internal("insert_username (%s): one argument was expected", t.Table)
	}
	i, err := column(t, t.Args[0], "TEXT", types.TextOID)
	if err != nil {
		return nil, err
	}
	row := slices.Clone(t.New)
	row[i] = types.Text(t.User)
	return row, nil
}

func autoinc(t *extension.Trigger) ([]types.Datum, error) {
	if err := rowBefore(t, "", "INSERT", "UPDATE"); err != nil {
		return nil, err
	}
	if n := len(t.Args); n == 0 || n%2 != 0 {
		return nil, internal("autoinc (%s): even number gt 0 of arguments was expected", t.Table)
	}
	row := slices.Clone(t.New)
	for k := 0; k < len(t.Args); k += 2 {
		i, err := column(t, t.Args[k], "INT4", types.Int4OID)
		if err != nil {
			return nil, err
		}
		if !row[i].IsNull() && row[i].I != 0 {
			continue
		}
		n, err := t.NextVal(t.Args[k+1])
		if err == nil && n == 0 {
			n, err = t.NextVal(t.Args[k+1])
		}
		if err != nil {
			return nil, err
		}
		row[i] = types.Int(int64(int32(n)))
	}
	return row, nil
}
