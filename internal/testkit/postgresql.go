package testkit

import (
	"context"
	"crypto/rand"
	"encoding/hex"
	"fmt"
	"os"
	"sync"
	"testing"
	"time"

	"github.com/jackc/pgx/v5"
)

// DatabaseURLVariable names the environment variable that points tests at a running cluster, as its superuser.
const DatabaseURLVariable = "BASEMENT_TEST_DATABASE_URL"

// shared is the cluster of this test process. It is a variable because tests of one package, which share nothing
// else, must share the second that starting a cluster takes.
var shared = sync.OnceValues(func() (string, error) {
	if url := os.Getenv(DatabaseURLVariable); url != "" {
		return url, nil
	}
	cluster, err := StartCluster()
	if err != nil {
		return "", err
	}
	return cluster.URL(), nil
})

// PostgreSQL gives the URL of a fresh, empty database (locale C.UTF-8, TimeZone UTC), as superuser postgres. The
// database is dropped when the test ends. Roles and role settings belong to the cluster and so are shared with other
// tests: a test that needs them for itself calls PrivatePostgreSQL.
func PostgreSQL(t testing.TB) string {
	t.Helper()
	url, err := shared()
	if err != nil {
		t.Fatalf("a test database is needed: %v", err)
	}
	return freshDatabase(t, url)
}

// PrivatePostgreSQL gives the URL of a fresh database in a cluster of its own, which stops when the test ends.
func PrivatePostgreSQL(t testing.TB) string {
	t.Helper()
	cluster, err := StartCluster()
	if err != nil {
		t.Fatalf("a test database is needed: %v", err)
	}
	t.Cleanup(cluster.Stop)
	return freshDatabase(t, cluster.URL())
}

func freshDatabase(t testing.TB, url string) string {
	t.Helper()
	var suffix [6]byte
	_, _ = rand.Read(suffix[:])
	name := "test_" + hex.EncodeToString(suffix[:])
	if err := execute(url, fmt.Sprintf("create database %s template template0", name)); err != nil {
		t.Fatalf("create a test database: %v", err)
	}
	t.Cleanup(func() {
		if err := execute(url, fmt.Sprintf("drop database if exists %s with (force)", name)); err != nil {
			t.Logf("drop the test database: %v", err)
		}
	})
	fresh, err := withDatabase(url, name)
	if err != nil {
		t.Fatalf("%v", err)
	}
	return fresh
}

func execute(url, sql string) error {
	ctx, cancel := context.WithTimeout(context.Background(), 60*time.Second)
	defer cancel()
	conn, err := pgx.Connect(ctx, url)
	if err != nil {
		return err
	}
	defer func() { _ = conn.Close(ctx) }()
	_, err = conn.Exec(ctx, sql)
	return err
}
