package sqlite

import (
	"context"
	"errors"
	"testing"

	"github.com/basement-project/basement/internal/engine"
	"github.com/basement-project/basement/internal/engine/sqlite/builtin"
)

// TestSystemRelations reads every relation of pg_catalog and information_schema.
func TestSystemRelations(t *testing.T) {
	e, err := Open(context.Background(), t.TempDir(), Options{Readers: 1})
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = e.Close(context.Background()) }()
	tx, err := e.Admin(context.Background(), engine.AdminOptions{})
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = tx.Rollback(context.Background()) }()
	for _, r := range builtin.Base().Relations {
		sql := "select * from " + r.Schema + "." + r.Name
		if err := tx.Savepoint(context.Background()); err != nil {
			t.Fatal(err)
		}
		if _, err := tx.Exec(context.Background(), sql, nil); err != nil {
			t.Errorf("%s: %v %v", sql, err, errors.Unwrap(err))
			_ = tx.RollbackTo(context.Background())
		}
		_ = tx.Release(context.Background())
	}
}
