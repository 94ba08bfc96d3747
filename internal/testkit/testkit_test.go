package testkit

import (
	"context"
	"testing"

	"github.com/jackc/pgx/v5"
)

func TestFreshDatabasesAreSeparate(t *testing.T) {
	ctx := context.Background()
	for range 2 {
		conn, err := pgx.Connect(ctx, PostgreSQL(t))
		if err != nil {
			t.Fatal(err)
		}
		defer func() { _ = conn.Close(ctx) }()
		if _, err := conn.Exec(ctx, "create table only_here (id int)"); err != nil {
			t.Fatal(err)
		}
		var zone, ctype string
		if err := conn.QueryRow(ctx, "select current_setting('timezone'), current_setting('lc_ctype')").Scan(&zone, &ctype); err != nil {
			t.Fatal(err)
		}
		if zone != "UTC" || ctype != "C.UTF-8" {
			t.Errorf("timezone %s, lc_ctype %s", zone, ctype)
		}
	}
}
