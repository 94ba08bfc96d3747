package enginetest

import (
	"context"
	"testing"

	"github.com/basement-project/basement/internal/engine"
	"github.com/basement-project/basement/internal/engine/postgres"
	"github.com/basement-project/basement/internal/engine/sqlite"
	"github.com/basement-project/basement/internal/system"
	"github.com/basement-project/basement/internal/testkit"
)

func openSQLite(t testing.TB) engine.Engine {
	t.Helper()
	e, err := sqlite.Open(context.Background(), t.TempDir(), sqlite.Options{})
	if err != nil {
		t.Fatal(err)
	}
	return installed(t, e)
}

func openPostgres(t testing.TB) engine.Engine {
	t.Helper()
	// Roles belong to the cluster: a script that makes some needs one of its own.
	e, err := postgres.Open(context.Background(), postgres.Options{URL: testkit.PrivatePostgreSQL(t), Password: "authenticator"})
	if err != nil {
		t.Fatal(err)
	}
	return installed(t, e)
}

func installed(t testing.TB, e engine.Engine) engine.Engine {
	t.Helper()
	ctx := context.Background()
	t.Cleanup(func() {
		if err := e.Close(ctx); err != nil {
			t.Error(err)
		}
	})
	if err := system.Install(ctx, e); err != nil {
		t.Fatal(err)
	}
	return e
}
