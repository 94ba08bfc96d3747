package migrate

import (
	"context"
	"testing"
)

func TestWithoutConcurrently(t *testing.T) {
	for text, want := range map[string]string{
		"create index concurrently i on t (a)":                        "create index              i on t (a)",
		"-- why\nCREATE UNIQUE INDEX CONCURRENTLY IF NOT EXISTS i":    "-- why\nCREATE UNIQUE INDEX              IF NOT EXISTS i",
		"drop index concurrently if exists i":                         "drop index              if exists i",
		"reindex index concurrently i":                                "reindex index              i",
		"refresh materialized view concurrently m":                    "refresh materialized view concurrently m",
		"create index concurrently_i on t (a)":                        "create index concurrently_i on t (a)",
		"select 'create index concurrently i on t (a)'":               "select 'create index concurrently i on t (a)'",
		"create table t (a text default 'create index concurrently')": "create table t (a text default 'create index concurrently')",
	} {
		if got := withoutConcurrently(context.Background(), text); got != want {
			t.Errorf("%q: %q, not %q", text, got, want)
		}
	}
}
